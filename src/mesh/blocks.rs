//! A town as one sees it from very far, where a house is less than half a pixel: the panden of a square are one block, as
//! high as they are on average. Its colour is that of most of its homes, so it has a place of its own in the table of colours.

use super::far::Block;
use super::prism::{Top, add_face, add_walls, look};
use super::triangles::Cut;
use super::{SIDE, Shape};
use crate::geo::ring_area2;
use crate::tile::Point;

/// Squares along a side of a tile: each is some fifty metres.
const ACROSS: i32 = 8;
/// How many blocks a tile has at most.
pub const MOST_BLOCKS: usize = (ACROSS * ACROSS) as usize;
/// In no block: a shed, or a pand that is not drawn.
pub const NO_BLOCK: u8 = u8::MAX;

/// How much more ground a block covers than its panden do, at most: between them are gardens, that are less than a pixel too.
const SPREAD: f64 = 1.5;

/// The panden of a square.
#[derive(Clone, Copy)]
struct Sum {
    low: Point,
    high: Point,
    area2: f64,
    /// Area times height.
    volume2: f64,
}

/// Adds the blocks; in `of` the square of each pand, by its place in the tile. `first` is the id of the first of them. The ids of
/// the blocks are those of their squares.
#[inline(never)]
pub fn add(shape: &mut Shape, of: &mut [u8], first: u32, panden: &[Block]) {
    let mut sums: [Option<Sum>; MOST_BLOCKS] = [None; MOST_BLOCKS];
    for block in panden {
        let Some(outer) = block.cut.rings.first() else { continue };
        let [low, high] = around(outer);
        let square = |k: usize| (low[k].midpoint(high[k]) * ACROSS / SIDE).clamp(0, ACROSS - 1);
        let place = (square(1) * ACROSS + square(0)) as usize;
        if let Some(of) = of.get_mut((block.id - first) as usize) {
            *of = place as u8;
        }
        let area2: f64 = block.cut.rings.iter().map(|ring| ring_area2(ring) as f64).sum();
        let sum = sums[place].get_or_insert(Sum { low, high, area2: 0.0, volume2: 0.0 });
        for k in [0, 1] {
            (sum.low[k], sum.high[k]) = (sum.low[k].min(low[k]), sum.high[k].max(high[k]));
        }
        sum.area2 += area2;
        sum.volume2 += area2 * f64::from(block.height);
    }
    for (place, sum) in sums.iter().enumerate() {
        if let Some(sum) = sum {
            add_block(shape, sum, place as u32);
        }
    }
}

/// The lowest and the highest of the coordinates of a ring.
fn around(ring: &[Point]) -> [Point; 2] {
    let along = |k: usize| ring.iter().map(move |p| p[k]);
    [[0, 1].map(|k| along(k).min().unwrap_or_default()), [0, 1].map(|k| along(k).max().unwrap_or_default())]
}

/// A box in the middle of the panden, in the proportions of what they lie in.
fn add_block(shape: &mut Shape, sum: &Sum, id: u32) {
    let size = [0, 1].map(|k| f64::from(sum.high[k] - sum.low[k]));
    let ground2 = 2.0 * size[0] * size[1];
    if sum.area2 <= 0.0 || ground2 <= 0.0 {
        return;
    }
    let part = (sum.area2 * SPREAD / ground2).min(1.0).sqrt();
    let edge = |k: usize, side: f64| {
        let middle = f64::from(sum.low[k]) + size[k] / 2.0;
        (middle + side * size[k] * part / 2.0).round() as i32
    };
    let [west, east, north, south] = [edge(0, -1.0), edge(0, 1.0), edge(1, -1.0), edge(1, 1.0)];
    let ring = vec![[west, north], [east, north], [east, south], [west, south]];
    let height = (sum.volume2 / sum.area2).round() as u16;
    let cut = Cut { points: ring.clone(), rings: vec![ring], triangles: vec![0, 2, 1, 0, 3, 2] };
    let roof = add_face(shape, &cut, look(1.0), id, |_| height);
    add_walls(shape, &cut.rings[0], Some(roof), |_, _| Some((0, Top::level(height))), id);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::home::PandId;
    use crate::mesh::{TileMeshes, tile_meshes};
    use crate::tile::{HeightKind, Pand, Tile};

    fn pand([x, y]: Point, side: i32, height_dm: u16, homes: u32) -> Pand {
        Pand {
            id: PandId(1),
            footprint: vec![vec![vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side]]]],
            height_dm,
            height: HeightKind::Measured,
            year: None,
            homes,
            roof: None,
        }
    }

    fn meshes(panden: Vec<Pand>) -> TileMeshes {
        tile_meshes(&Tile { panden, ..Tile::default() }, 500)
    }

    #[test]
    fn the_panden_of_a_square_are_one_block_as_high_as_they_are_on_average() {
        let made =
            meshes(vec![pand([10, 10], 80, 60, 1), pand([200, 10], 80, 120, 1), pand([3_000, 3_000], 80, 90, 1)]);
        assert_eq!(made.block_of, [0, 0, 5 * 8 + 5]);
        assert_eq!(made.blocks.indices.len(), 2 * 3 * (2 + 4 * 2));
        assert_eq!(made.blocks.vertices.len(), 2 * 8);
        let ids: std::collections::BTreeSet<u32> = made.blocks.ids.iter().copied().collect();
        assert_eq!(ids.into_iter().collect::<Vec<_>>(), [0, 45]);
        assert!(made.blocks.vertices.iter().all(|v| [0, 90].contains(&v[2])));
    }

    #[test]
    fn a_block_covers_little_more_than_its_panden_and_never_more_than_what_they_lie_in() {
        let area = |made: &TileMeshes| {
            let along = |k: usize| made.blocks.vertices.iter().map(move |v| i64::from(v[k]));
            let size = [0, 1].map(|k| along(k).max().unwrap_or_default() - along(k).min().unwrap_or_default());
            size[0] * size[1]
        };
        assert_eq!(area(&meshes(vec![pand([0, 0], 100, 90, 1)])), 100 * 100);
        let apart = area(&meshes(vec![pand([0, 0], 100, 90, 1), pand([400, 400], 100, 90, 1)]));
        assert!((28_000..32_000).contains(&apart), "{apart}");
    }

    #[test]
    fn a_shed_is_in_no_block() {
        let made = meshes(vec![pand([0, 0], 20, 25, 0), pand([4_200, -40], 80, 90, 1)]);
        // What sticks out of the tile is in the square that it is nearest to.
        assert_eq!(made.block_of, [NO_BLOCK, 7]);
        assert!(meshes(Vec::new()).blocks.indices.is_empty());
    }
}
