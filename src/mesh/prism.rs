//! Roofs and walls as triangles that share their corners: what a map of a town costs is its corners.
//!
//! A face has the look of the first corner of each of its triangles, whatever the others look like. So a roof lends its
//! corners to the walls below it, and a wall lends the lower corner at its begin, which has its look, to the wall before it.

use super::triangles::Cut;
use super::{Shape, quantised};
use crate::tile::Point;

/// A full shade; a roof is exactly as light as its colour in the legend.
const FULL: f32 = 255.0;
/// From which side the light comes: the afternoon sun, so that the walls one sees looking north are not the dark ones.
pub const SUN: [f32; 2] = [-0.8, 0.6];
/// How light a wall is, on average and towards the sun: colours of categories stay apart down to 0.8 and no further.
const UPRIGHT: [f32; 2] = [0.885, 0.085];

/// Above the shade of a vertex: it belongs to a wall.
pub const WALL: u16 = 1 << 8;

/// The upper side of a wall: the height at its ends, and where it bends between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Top {
    /// At its begin and its end, decimetres.
    pub ends: [u16; 2],
    /// The place between them, and its height.
    pub bend: Option<(Point, u16)>,
}

impl Top {
    /// A level one.
    pub const fn level(height: u16) -> Self {
        Self { ends: [height; 2], bend: None }
    }

    /// Its lowest place: one of the ends.
    pub fn lowest(&self) -> u16 {
        self.ends[0].min(self.ends[1])
    }

    /// Its highest place.
    pub fn highest(&self) -> u16 {
        self.ends[0].max(self.ends[1]).max(self.bend.map_or(0, |(_, height)| height))
    }

    /// The same seen from the other side.
    pub fn turned(&self) -> Self {
        Self { ends: [self.ends[1], self.ends[0]], bend: self.bend }
    }

    /// The places along the upper side, with their heights.
    pub fn places(&self, [a, b]: [Point; 2]) -> impl Iterator<Item = (Point, u16)> {
        [Some((a, self.ends[0])), self.bend, Some((b, self.ends[1]))].into_iter().flatten()
    }
}

/// The stretches of a ring, one after the other.
pub fn segments(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// Adds a vertex; gives its place.
pub fn push(shape: &mut Shape, p: Point, height: u16, look: u16, id: u32) -> u32 {
    let [x, y] = quantised(p);
    shape.vertices.push([x, y, height, look]);
    shape.ids.push(id);
    shape.vertices.len() as u32 - 1
}

/// A shade as a vertex has it.
pub fn look(shade: f32) -> u16 {
    (shade * FULL).round() as u16
}

/// Adds a roof, or a face of one; gives the place of its first corner, after which the others come in their order.
pub fn add_face(shape: &mut Shape, cut: &Cut, look: u16, id: u32, height: impl Fn(Point) -> u16) -> u32 {
    let base = shape.vertices.len() as u32;
    for &p in &cut.points {
        push(shape, p, height(p), look, id);
    }
    shape.indices.extend(cut.triangles.iter().map(|i| base + i));
    base
}

/// Adds the walls along a ring, from one corner to the next, each from its foot to its top, where `wall` gives them.
///
/// `roof` is the place of the first of the vertices of a roof that has the corners of the ring, in their order, at the height
/// of the walls; without one they get corners of their own.
pub fn add_walls(
    shape: &mut Shape,
    ring: &[Point],
    roof: Option<u32>,
    wall: impl Fn(Point, Point) -> Option<(u16, Top)>,
    id: u32,
) {
    let walls: Vec<Option<(u16, Top)>> = segments(ring).map(|(a, b)| wall(a, b)).collect();
    let looks: Vec<u16> = segments(ring).map(|(a, b)| wall_shade(a, b) | WALL).collect();
    let lows: Vec<Option<u32>> =
        (0..ring.len()).map(|i| walls[i].map(|(foot, _)| push(shape, ring[i], foot, looks[i], id))).collect();
    let mut highs: Vec<Option<u32>> = (0..ring.len() as u32).map(|i| roof.map(|first| first + i)).collect();
    for (i, wall) in walls.iter().enumerate() {
        let (Some((foot, top)), Some(begin)) = (wall, lows[i]) else { continue };
        let next = if i + 1 < ring.len() { i + 1 } else { 0 };
        let mut corner = |p, height| push(shape, p, height, looks[i], id);
        let first = *highs[i].get_or_insert_with(|| corner(ring[i], top.ends[0]));
        let bend = top.bend.map(|(p, height)| corner(p, height));
        let last = *highs[next].get_or_insert_with(|| corner(ring[next], top.ends[1]));
        let lent = walls[next].filter(|(other, _)| other == foot).and(lows[next]);
        let end = lent.unwrap_or_else(|| corner(ring[next], *foot));
        let around: Vec<u32> = [Some(first), bend, Some(last), Some(end)].into_iter().flatten().collect();
        shape.indices.extend(around.windows(2).flat_map(|pair| [begin, pair[0], pair[1]]));
    }
}

/// How light a wall is, from the side it faces. The pand lies to the right of the way from `a` to `b`.
fn wall_shade(a: Point, b: Point) -> u16 {
    let (dx, dy) = ((b[0] - a[0]) as f32, (b[1] - a[1]) as f32);
    let facing_sun = (dy * SUN[0] - dx * SUN[1]) / dx.hypot(dy).max(1.0);
    look(UPRIGHT[0] + UPRIGHT[1] * facing_sun)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [Point; 4] = [[0, 0], [60, 0], [60, 90], [0, 90]];

    fn walls(roof: Option<u32>, foot: impl Fn(Point) -> Option<u16>) -> Shape {
        let mut shape = Shape::default();
        add_walls(&mut shape, &SQUARE, roof, |a, _| foot(a).map(|foot| (foot, Top::level(90))), 7);
        shape
    }

    #[test]
    fn a_box_has_four_corners_above_and_four_below_and_each_wall_its_own_shade() {
        let shape = walls(None, |_| Some(0));
        assert_eq!((shape.vertices.len(), shape.ids.len(), shape.indices.len()), (8, 8, 4 * 2 * 3));
        let triangles = shape.indices.as_chunks::<3>().0;
        let shades: Vec<u16> = triangles.iter().map(|t| shape.vertices[t[0] as usize][3]).collect();
        let different: std::collections::BTreeSet<u16> = shades.iter().copied().collect();
        assert_eq!(different.len(), 4);
        assert!(shades.as_chunks::<2>().0.iter().all(|[a, b]| a == b));
        assert!(shades.iter().all(|s| s & WALL != 0 && s & 255 >= 204));
    }

    #[test]
    fn a_roof_lends_its_corners_to_the_walls() {
        assert_eq!(walls(Some(100), |_| Some(0)).vertices.len(), 4);
        assert!(walls(Some(100), |_| Some(0)).indices.iter().all(|&i| i < 4 || (100..104).contains(&i)));
    }

    #[test]
    fn walls_that_begin_at_another_height_share_no_corner_below() {
        // Beside a lower neighbour one wall begins on its roof.
        let shape = walls(None, |a| Some(if a == SQUARE[1] { 30 } else { 0 }));
        assert_eq!(shape.vertices.len(), 8 + 2);
        // The wall of a hidden one is not there, and of its neighbour the end is.
        let hidden = walls(None, |a| (a != SQUARE[1]).then_some(0));
        assert_eq!((hidden.vertices.len(), hidden.indices.len()), (8, 3 * 2 * 3));
    }
}
