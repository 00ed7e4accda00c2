//! Panden as one sees them from afar: corners closer than a pixel are left out, and so are walls that no longer show.
//!
//! The rings keep some of their corners and gain none, so neighbours that share a wall still meet. A wall against another
//! pand is left out also where the two do not share their corners.

use super::Shape;
use super::prism::{Top, add_face, add_walls, look};
use super::simple::simple;
use super::triangles::Cut;
use crate::geo::ring_area2;
use crate::tile::{Point, Ring};

/// What is too small to be seen from some distance.
#[derive(Clone, Copy, Debug)]
pub struct Grain {
    /// A corner that lies closer than this to the line past it is left out, units; the first that leaves the shape much
    /// as it was.
    corners: &'static [f64],
    /// A courtyard smaller than this is not seen into, square units twice.
    yard2: i64,
    /// A wall shorter than this is left out, units.
    wall: f64,
    /// Two roofs whose heights differ less than this are one, decimetres: the wall between them is not seen.
    step_dm: u16,
}

/// Where a house is a few pixels: corners of a metre and a half, courtyards of 60 m².
pub const FAR: Grain = Grain { corners: &[14.0], yard2: 2 * 5_442, wall: 0.0, step_dm: 15 };
/// Where a house is hardly a pixel: corners of four metres, courtyards of 400 m².
pub const FARTHEST: Grain = Grain { corners: &[38.0, 24.0, 14.0], yard2: 2 * 36_280, wall: 38.0, step_dm: 40 };

/// A polygon over more squares than this, or of more corners, and all that is more than this many corners in one square, hides
/// no walls: there are no such panden, and looking past them might take minutes.
const MOST_SQUARES: i32 = 400;
const MOST_AROUND: usize = 4_000;

/// Side of a square in which polygons are looked up, units.
const SQUARE: i32 = 256;
/// So far beside a wall another pand is looked for, units: further than a wall is moved when corners are left out.
const BESIDE: f64 = 15.0;

/// A polygon of a pand.
pub struct Block<'a> {
    /// Its rings and triangles.
    pub cut: &'a Cut,
    /// Its height, decimetres.
    pub height: u16,
    /// The place of its pand in the table of colours.
    pub id: u32,
}

/// Adds the roofs and the walls of what is seen from afar, to each shape by its grain.
pub fn add<'a>(shapes: impl IntoIterator<Item = (&'a mut Shape, Grain)>, blocks: &[Block]) {
    let crowd = Crowd::new(blocks);
    for (shape, grain) in shapes {
        for (i, block) in blocks.iter().enumerate() {
            add_block(shape, block, grain, |a, b| crowd.foot(i, grain, a, b));
        }
    }
}

/// All polygons, sorted into squares, to find the walls that stand against another: they cannot be seen.
struct Crowd<'a> {
    blocks: &'a [Block<'a>],
    /// The box around each: the lowest and highest corner.
    boxes: Vec<[Point; 2]>,
    /// The first square, how many there are to the east, and what is in each.
    first: [i32; 2],
    wide: i32,
    squares: Vec<Vec<usize>>,
}

impl<'a> Crowd<'a> {
    #[inline(never)]
    fn new(blocks: &'a [Block<'a>]) -> Self {
        let boxes: Vec<[Point; 2]> = blocks.iter().map(|block| around(block.cut.rings.iter().flatten())).collect();
        let square = |p: Point| p.map(|c| c.div_euclid(SQUARE));
        let [low, high] = around(boxes.iter().flatten());
        let (first, last) = (square(low), square(high));
        let [wide, tall] = [0, 1].map(|k| last[k] - first[k] + 1);
        let mut squares = vec![(0, Vec::new()); (wide * tall) as usize];
        for (i, block) in blocks.iter().enumerate() {
            let corners = block.cut.points.len();
            let [low, high] = boxes[i].map(square);
            if (high[0] - low[0] + 1) * (high[1] - low[1] + 1) > MOST_SQUARES {
                continue;
            }
            for (x, y) in (low[0]..=high[0]).flat_map(|x| (low[1]..=high[1]).map(move |y| (x, y))) {
                let (around, here) = &mut squares[((y - first[1]) * wide + x - first[0]) as usize];
                if *around + corners <= MOST_AROUND {
                    *around += corners;
                    here.push(i);
                }
            }
        }
        Self { blocks, boxes, first, wide, squares: squares.into_iter().map(|(_, here)| here).collect() }
    }

    /// What is in the square of a place.
    fn near(&self, place: Point) -> &[usize] {
        let [x, y] = [0, 1].map(|k| place[k].div_euclid(SQUARE) - self.first[k]);
        let at = usize::try_from(y * self.wide + x).ok().filter(|_| (0..self.wide).contains(&x));
        at.and_then(|at| self.squares.get(at)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Where the wall between two corners begins, if it is seen: on the ground, or on the lower roof beside it.
    #[inline(never)]
    fn foot(&self, of: usize, grain: Grain, a: Point, b: Point) -> Option<u16> {
        // The pand lies to the right of the way from `a` to `b`.
        let along = [0, 1].map(|k| f64::from(b[k]) - f64::from(a[k]));
        let length = (along[0] * along[0] + along[1] * along[1]).sqrt().max(1.0);
        if length < grain.wall {
            return None;
        }
        let out = [along[1] / length * BESIDE, -along[0] / length * BESIDE];
        let at = |t: f64| [0, 1].map(|k| (f64::from(a[k]) + along[k] * t + out[k]).round() as i32);
        let foot = match self.height(of, at(0.25)) {
            // On the ground at one end is on the ground.
            0 => 0,
            height => height.min(self.height(of, at(0.75))),
        };
        (foot + grain.step_dm <= self.blocks[of].height).then_some(foot)
    }

    /// How high another polygon is at a place; 0 where there is none.
    fn height(&self, except: usize, place: Point) -> u16 {
        let near = self.near(place).iter();
        let is_around = |[low, high]: [Point; 2]| (0..2).all(|k| (low[k]..=high[k]).contains(&place[k]));
        let others = near.filter(|&&i| i != except && is_around(self.boxes[i])).map(|&i| &self.blocks[i]);
        others.filter(|block| crate::tile::holds(&block.cut.rings, place)).map(|block| block.height).max().unwrap_or(0)
    }
}

/// The lowest and the highest of some corners.
fn around<'a>(corners: impl IntoIterator<Item = &'a Point>) -> [Point; 2] {
    let mut corners = corners.into_iter();
    let first = corners.next().copied().unwrap_or_default();
    corners.fold([first, first], |[low, high], p| [[0, 1].map(|k| low[k].min(p[k])), [0, 1].map(|k| high[k].max(p[k]))])
}

#[inline(never)]
fn add_block(shape: &mut Shape, block: &Block, grain: Grain, foot: impl Fn(Point, Point) -> Option<u16>) {
    let Block { cut: from, height, id } = *block;
    let seen = from.rings.iter().enumerate().filter(|(i, ring)| *i == 0 || ring_area2(ring).abs() >= grain.yard2);
    let seen: Vec<&Ring> = seen.map(|(_, ring)| ring).collect();
    let simple = simple(from, &seen, grain.corners);
    let shown = simple.as_ref().unwrap_or(from);
    let mut first = add_face(shape, shown, look(1.0), id, |_| height);
    for ring in &shown.rings {
        add_walls(shape, ring, Some(first), |a, b| foot(a, b).map(|foot| (foot, Top::level(height))), id);
        first += ring.len() as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::home::PandId;
    use crate::mesh::tile_meshes;
    use crate::tile::{HeightKind, Pand, Tile};

    fn pand(ring: Ring) -> Pand {
        Pand {
            id: PandId(1),
            footprint: vec![vec![ring]],
            height_dm: 90,
            height: HeightKind::Measured,
            year: None,
            homes: 1,
            roof: None,
        }
    }

    fn far(panden: Vec<Pand>) -> Shape {
        tile_meshes(&Tile { panden, ..Tile::default() }, 0).far
    }

    /// A house with a bay window of a metre.
    fn house(x: i32) -> Ring {
        vec![[x, 0], [x + 60, 0], [x + 60, 90], [x + 40, 90], [x + 40, 99], [x + 20, 99], [x + 20, 90], [x, 90]]
    }

    #[test]
    fn a_bay_window_is_not_seen_from_afar() {
        let shape = far(vec![pand(house(0))]);
        assert_eq!(shape.indices.len(), 3 * (2 + 4 * 2));
        let [east, south] = [0, 1].map(|k| shape.vertices.iter().map(|v| i32::from(v[k])).max().unwrap_or_default());
        assert_eq!([east, south], [60, 90].map(|c| c + crate::mesh::OFFSET));
    }

    #[test]
    fn the_walls_inside_a_row_stay_hidden() {
        let row = far((0..5).map(|i| pand(house(i * 60))).collect());
        assert_eq!(row.indices.len(), 3 * (5 * 2 + (5 * 2 + 2) * 2));
    }

    #[test]
    fn a_wall_is_hidden_also_where_the_neighbour_stands_further_back() {
        let deep = vec![[60, -20], [120, -20], [120, 110], [60, 110]];
        let pair = far(vec![pand(vec![[0, 0], [60, 0], [60, 90], [0, 90]]), pand(deep)]);
        // Of the deeper one the whole wall is hidden: a house is not much more than a pixel.
        assert_eq!(pair.indices.len(), 3 * (2 * 2 + 6 * 2));
    }

    #[test]
    fn above_a_lower_neighbour_the_upper_part_of_the_wall_is_seen() {
        let low = Pand { height_dm: 30, ..pand(vec![[60, 0], [120, 0], [120, 90], [60, 90]]) };
        let pair = far(vec![pand(vec![[0, 0], [60, 0], [60, 90], [0, 90]]), low]);
        assert_eq!(pair.indices.len(), 3 * (2 * 2 + 7 * 2));
        assert!(pair.vertices.iter().any(|v| v[2] == 30));
    }

    #[test]
    fn what_has_a_shape_of_its_own_keeps_it() {
        let hall = vec![[0, 0], [400, 0], [400, 200], [200, 200], [200, 400], [0, 400]];
        let shape = far(vec![pand(hall)]);
        assert_eq!(shape.indices.len(), 3 * (4 + 6 * 2));
    }

    #[test]
    fn a_shed_is_not_seen_from_afar_and_a_church_is() {
        let shed = Pand { homes: 0, ..pand(vec![[0, 0], [30, 0], [30, 20], [0, 20]]) };
        let church = Pand { homes: 0, ..pand(vec![[0, 0], [300, 0], [300, 200], [0, 200]]) };
        assert!(far(vec![shed]).indices.is_empty());
        assert!(!far(vec![church]).indices.is_empty());
    }

    #[test]
    fn from_furthest_a_house_is_a_box_and_low_or_narrow_walls_are_not_seen() {
        let furthest = |panden| tile_meshes(&Tile { panden, ..Tile::default() }, 0).farthest;
        // A wing of three metres is left out, a shape of its own stays.
        let wing = vec![[0, 0], [60, 0], [60, 90], [40, 90], [40, 118], [20, 118], [20, 90], [0, 90]];
        assert!(furthest(vec![pand(wing.clone())]).indices.len() < far(vec![pand(wing)]).indices.len());
        // A roof of three and a half metres stands on no walls that are seen.
        let low = Pand { height_dm: 35, ..pand(vec![[0, 0], [60, 0], [60, 90], [0, 90]]) };
        assert_eq!(furthest(vec![low]).indices.len(), 3 * 2);
    }

    proptest::proptest! {
        #[test]
        fn any_ring_is_survived(ring in proptest::collection::vec([-200..4300_i32, -200..4300_i32], 0..40)) {
            let shape = far(vec![pand(ring)]);
            let vertices = shape.vertices.len();
            assert!(shape.indices.iter().all(|&i| (i as usize) < vertices));
        }
    }
}
