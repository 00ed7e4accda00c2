//! Panden as prisms: a flat roof and upright walls, shaded once for a sun in the south-west.

use std::collections::HashMap;

use super::triangles::{Cut, cut};
use super::{FootprintsBuilder, HIGHEST_DM, LOWEST_DM, Shape, TileMeshes, quantised};
use crate::geo::{UNIT, ring_area2};
use crate::tile::{Pand, Point};

/// Below this a pand without homes is a shed or a garage, m².
const SHED_M2: f64 = 30.0;

/// A full shade; a roof is exactly as light as its colour in the legend.
const FULL: f32 = 255.0;
/// Colours of categories stay apart down to this shade and no further.
const DARKEST: f32 = 0.8;
/// From which side the light comes: the afternoon sun, so that the walls one sees looking north are not the dark ones.
const SUN: [f32; 2] = [-0.8, 0.6];
/// How much darker a wall is where it meets the ground.
const CONTACT: f32 = 0.07;

/// Adds the panden to the meshes.
pub fn add(panden: &[Pand], first: u32, meshes: &mut TileMeshes) {
    let mut footprints = FootprintsBuilder::default();
    let mut cuts: Vec<(usize, u16, Cut)> = Vec::with_capacity(panden.len());
    for (i, pand) in panden.iter().enumerate() {
        let height = pand.height_dm.clamp(LOWEST_DM, HIGHEST_DM);
        footprints.push(&pand.footprint, height);
        for polygon in &pand.footprint {
            cuts.extend(cut(polygon, &mut meshes.faults).map(|cut| (i, height, cut)));
        }
    }
    meshes.footprints = footprints.finish();

    let walls = Walls::new(&cuts);
    for (i, height, cut) in &cuts {
        let id = first + *i as u32;
        let shape = if is_shed(&panden[*i]) { &mut meshes.sheds } else { &mut meshes.buildings };
        add_roof(shape, cut, *height, id);
        for ring in &cut.rings {
            for (a, b) in segments(ring) {
                if let Some(foot) = walls.foot(a, b, *height) {
                    add_wall(shape, [a, b], [foot, *height], id);
                }
            }
        }
        add_edges(&mut meshes.edges, cut, *height, id);
    }
}

fn is_shed(pand: &Pand) -> bool {
    let area2: i64 = pand.footprint.iter().filter_map(|p| p.first()).map(|outer| ring_area2(outer).abs()).sum();
    pand.homes == 0 && area2 as f64 * 0.5 * UNIT * UNIT < SHED_M2
}

fn segments(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// The walls of all panden, to find those between two neighbours: they cannot be seen.
struct Walls(HashMap<(Point, Point), u16>);

impl Walls {
    fn new(cuts: &[(usize, u16, Cut)]) -> Self {
        let mut heights = HashMap::new();
        for (_, height, cut) in cuts {
            for segment in cut.rings.iter().flat_map(|ring| segments(ring)) {
                heights.entry(segment).and_modify(|h: &mut u16| *h = (*h).max(*height)).or_insert(*height);
            }
        }
        Self(heights)
    }

    /// Where the wall from `a` to `b` begins: on the ground, or on the roof of a lower neighbour; nowhere beside a
    /// neighbour of the same height or higher. A neighbour has the same wall the other way round.
    fn foot(&self, a: Point, b: Point, height: u16) -> Option<u16> {
        match self.0.get(&(b, a)) {
            None => Some(0),
            Some(neighbour) => (*neighbour < height).then_some(*neighbour),
        }
    }
}

fn push(shape: &mut Shape, p: Point, height: u16, shade: f32, id: u32) -> u32 {
    let [x, y] = quantised(p);
    shape.vertices.push([x, y, height, (shade * FULL).round() as u16]);
    shape.ids.push(id);
    shape.vertices.len() as u32 - 1
}

fn add_roof(shape: &mut Shape, cut: &Cut, height: u16, id: u32) {
    let base = shape.vertices.len() as u32;
    for &p in &cut.points {
        push(shape, p, height, 1.0, id);
    }
    shape.indices.extend(cut.triangles.iter().map(|i| base + i));
}

fn add_wall(shape: &mut Shape, [a, b]: [Point; 2], [foot, top]: [u16; 2], id: u32) {
    let light = wall_shade(a, b);
    let dark = (light - CONTACT).max(DARKEST);
    let low_a = push(shape, a, foot, dark, id);
    let high_a = push(shape, a, top, light, id);
    let high_b = push(shape, b, top, light, id);
    let low_b = push(shape, b, foot, dark, id);
    shape.indices.extend([low_a, high_a, high_b, low_a, high_b, low_b]);
}

/// How light a wall is, from the side it faces. The pand lies to the right of the way from `a` to `b`.
fn wall_shade(a: Point, b: Point) -> f32 {
    let (dx, dy) = ((b[0] - a[0]) as f32, (b[1] - a[1]) as f32);
    let facing_sun = (dy * SUN[0] - dx * SUN[1]) / dx.hypot(dy).max(1.0);
    0.885 + 0.085 * facing_sun
}

fn add_edges(shape: &mut Shape, cut: &Cut, height: u16, id: u32) {
    let mut base = shape.vertices.len() as u32;
    for ring in &cut.rings {
        let count = ring.len() as u32;
        for (i, &p) in ring.iter().enumerate() {
            push(shape, p, height, 1.0, id);
            shape.indices.extend([base + i as u32, base + (i as u32 + 1) % count]);
        }
        base += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::home::PandId;
    use crate::mesh::tile_meshes;
    use crate::tile::{HeightKind, Tile};

    fn house(x: i32, height_dm: u16) -> Pand {
        Pand {
            id: PandId(x.unsigned_abs().into()),
            footprint: vec![vec![vec![[x, 0], [x + 60, 0], [x + 60, 90], [x, 90]]]],
            height_dm,
            height: HeightKind::Assumed,
            year: None,
            homes: 1,
            roof: None,
        }
    }

    fn walls(panden: Vec<Pand>) -> usize {
        let meshes = tile_meshes(&Tile { panden, ..Tile::default() }, 0);
        let roofs: usize = meshes.buildings.ids.last().map_or(0, |last| *last as usize + 1);
        (meshes.buildings.indices.len() / 3 - 2 * roofs) / 2
    }

    #[test]
    fn a_detached_house_has_four_walls_and_a_row_hides_the_walls_between() {
        assert_eq!(walls(vec![house(0, 90)]), 4);
        assert_eq!(walls(vec![house(0, 90), house(60, 90), house(120, 90)]), 4 * 3 - 4);
    }

    #[test]
    fn beside_a_lower_neighbour_the_upper_part_of_the_wall_is_seen() {
        let meshes = tile_meshes(&Tile { panden: vec![house(0, 90), house(60, 60)], ..Tile::default() }, 0);
        assert_eq!(walls(vec![house(0, 90), house(60, 60)]), 7);
        assert!(meshes.buildings.vertices.iter().any(|v| v[2] == 60 && v[3] < 255));
    }

    #[test]
    fn two_panden_on_the_same_spot_both_keep_their_walls() {
        assert_eq!(walls(vec![house(0, 90), house(0, 90)]), 8);
    }

    #[test]
    fn absurd_heights_are_drawn_sanely() {
        for (given, drawn) in [(1, LOWEST_DM), (60_000, HIGHEST_DM), (90, 90)] {
            let meshes = tile_meshes(&Tile { panden: vec![house(0, given)], ..Tile::default() }, 0);
            assert_eq!(meshes.buildings.vertices.iter().map(|v| v[2]).max(), Some(drawn));
        }
    }

    #[test]
    fn roofs_are_as_light_as_the_legend_and_walls_never_too_dark_to_tell_colours_apart() {
        let round: Vec<Point> = (0..36)
            .map(|i| (f64::from(i) * 10.0).to_radians())
            .map(|a| [(a.cos() * 500.0).round() as i32, (a.sin() * 500.0).round() as i32])
            .collect();
        let gasholder = Pand { footprint: vec![vec![round]], ..house(0, 200) };
        let meshes = tile_meshes(&Tile { panden: vec![gasholder], ..Tile::default() }, 0);
        let shades: Vec<u16> = meshes.buildings.vertices.iter().map(|v| v[3]).collect();
        assert!(shades[..36].iter().all(|&s| s == 255));
        assert!(shades[36..].iter().all(|&s| (204..250).contains(&s)));
    }

    #[test]
    fn the_walls_face_outwards() {
        let meshes = tile_meshes(&Tile { panden: vec![house(0, 90)], ..Tile::default() }, 0);
        let at = |i: u32| {
            let v = meshes.buildings.vertices[i as usize];
            // East, up, south: right-handed, as the card draws.
            [f64::from(v[0]) - 16_384.0, f64::from(v[2]), f64::from(v[1]) - 16_384.0]
        };
        let middle = [30.0, 45.0, 45.0];
        for t in meshes.buildings.indices.as_chunks::<3>().0 {
            let [a, b, c] = t.map(at);
            let [u, v] = [b, c].map(|p| [p[0] - a[0], p[1] - a[1], p[2] - a[2]]);
            let normal = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
            let outward: f64 = (0..3).map(|k| normal[k] * (a[k] - middle[k])).sum();
            assert!(outward > 0.0, "{a:?} {b:?} {c:?}");
        }
    }
}
