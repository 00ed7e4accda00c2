//! Panden as prisms: upright walls and a flat roof, or a sloping one where it is known; shaded once for a sun in the
//! south-west.

use std::collections::HashMap;

use super::prism::{SUN, Top, add_face, add_walls, look, push, segments};
use super::roof::Slopes;
use super::triangles::{Cut, cut};
use super::{
    Detail, Faults, Footprints, FootprintsBuilder, HIGHEST_DM, LOWEST_DM, MOST_IN_TILE, Shape, TileMeshes, blocks, far,
};
use crate::geo::{UNIT, ring_area2};
use crate::tile::{Pand, Point, Roof};

/// Below this a pand without homes is a shed or a garage, m².
const SHED_M2: f64 = 30.0;

/// How light a face of a sloping roof is, on average and towards the sun.
const SLOPE: [f32; 2] = [0.945, 0.055];

/// A polygon of a pand.
struct Block {
    pand: usize,
    height: u16,
    cut: Cut,
    slopes: Option<Slopes>,
}

/// Adds the panden to the meshes.
#[inline(never)]
pub fn add(panden: &[Pand], first: u32, detail: Detail, meshes: &mut TileMeshes) {
    let mut blocks: Vec<Block> = Vec::with_capacity(panden.len());
    let mut corners = 0;
    for (i, pand) in panden.iter().enumerate() {
        let height = pand.height_dm.clamp(LOWEST_DM, HIGHEST_DM);
        for polygon in &pand.footprint {
            if corners >= MOST_IN_TILE {
                meshes.faults.skipped += 1;
            } else if let Some(cut) = cut(polygon, &mut meshes.faults) {
                corners += cut.points.len();
                blocks.push(Block { pand: i, height, cut, slopes: None });
            }
        }
    }
    if panden.iter().any(|pand| matches!(pand.roof, Some(Roof::Sloped { .. }))) {
        let party = Walls::new(&blocks);
        for block in &mut blocks {
            block.slopes = slopes(&panden[block.pand], &block.cut, &party);
        }
    }
    meshes.footprints = footprints(panden, &blocks);
    // Triangles that follow each other lie near each other: what is out of the picture is left out in stretches.
    blocks.sort_by_key(|block| block.cut.points.first().map_or(0, |&corner| square(corner)));

    let seen = blocks.iter().filter(|block| !is_shed(&panden[block.pand]));
    let seen: Vec<far::Block> = seen
        .map(|block| far::Block { cut: &block.cut, height: block.mean_height(), id: first + block.pand as u32 })
        .collect();
    meshes.block_of = vec![blocks::NO_BLOCK; panden.len()];
    blocks::add(&mut meshes.blocks, &mut meshes.block_of, first, &seen);
    let far = (detail >= Detail::Far).then_some((&mut meshes.far, far::FAR));
    far::add([(&mut meshes.farthest, far::FARTHEST)].into_iter().chain(far), &seen);
    if detail == Detail::Full {
        add_whole(panden, first, &blocks, meshes);
    }
}

/// All that is seen from nearby.
#[inline(never)]
fn add_whole(panden: &[Pand], first: u32, blocks: &[Block], meshes: &mut TileMeshes) {
    let walls = Walls::new(blocks);
    for block in blocks {
        let id = first + block.pand as u32;
        let shape = if is_shed(&panden[block.pand]) { &mut meshes.sheds } else { &mut meshes.buildings };
        let mut highs = add_roof(shape, block, id, &mut meshes.edges);
        for ring in &block.cut.rings {
            let wall = |a, b| {
                let top = block.top(a, b);
                walls.foot(a, b, &top).map(|foot| (foot, top))
            };
            add_walls(shape, ring, highs, wall, id);
            highs = highs.map(|first| first + ring.len() as u32);
            if block.slopes.is_some() {
                for (a, b) in segments(ring) {
                    add_edge(&mut meshes.edges, [a, b], &block.top(a, b), id);
                }
            }
        }
        if block.slopes.is_none() {
            add_flat_edges(&mut meshes.edges, block, id);
        }
    }
}

/// The sloping roof of a pand of one simple polygon, where a height model measured one.
#[inline(never)]
fn slopes(pand: &Pand, cut: &Cut, party: &Walls) -> Option<Slopes> {
    let (Some(Roof::Sloped { eaves_dm, ridge_dm }), [_], [ring]) = (pand.roof, &pand.footprint[..], &cut.rings[..])
    else {
        return None;
    };
    let [eaves_dm, ridge_dm] = [eaves_dm, ridge_dm].map(|dm| dm.clamp(LOWEST_DM, HIGHEST_DM));
    Slopes::over(ring, [eaves_dm, ridge_dm], UNIT * 10.0, |a, b| party.0.contains_key(&(b, a)))
}

/// What can be pointed at is what is drawn.
#[inline(never)]
fn footprints(panden: &[Pand], blocks: &[Block]) -> Footprints {
    let mut footprints = FootprintsBuilder::default();
    let mut left = blocks;
    for (i, pand) in panden.iter().enumerate() {
        // The blocks come in the order of their panden.
        let (of_pand, others) = left.split_at(left.partition_point(|block| block.pand <= i));
        left = others;
        let height = pand.height_dm.clamp(LOWEST_DM, HIGHEST_DM);
        let eaves = of_pand.iter().find_map(|block| block.slopes.as_ref()).map(Slopes::eaves_dm);
        let rings = of_pand.iter().flat_map(|block| &block.cut.rings);
        footprints.push(rings, height, eaves.unwrap_or(height));
    }
    footprints.finish()
}

impl Block {
    /// Halfway up a sloping roof.
    fn mean_height(&self) -> u16 {
        self.slopes.as_ref().map_or(self.height, |slopes| slopes.eaves_dm().midpoint(self.height))
    }

    fn top(&self, a: Point, b: Point) -> Top {
        let Some(slopes) = &self.slopes else { return Top::level(self.height) };
        let height = |p: Point| slopes.height_dm(p.map(f64::from));
        Top { ends: [height(a), height(b)], bend: slopes.bend(a, b).map(|p| (p, height(p))) }
    }
}

/// The place of a square of some hundred metres in an order in which neighbours follow each other as a rule: the bits of its column
/// and row in turn.
fn square(corner: Point) -> u32 {
    const SQUARE: i32 = 512;
    let [column, row] = corner.map(|v| v.div_euclid(SQUARE).clamp(0, 255) as u32);
    (0..8).map(|bit| (column >> bit & 1) << (2 * bit) | (row >> bit & 1) << (2 * bit + 1)).sum()
}

fn is_shed(pand: &Pand) -> bool {
    let area2: i64 = pand.footprint.iter().filter_map(|p| p.first()).map(|outer| ring_area2(outer).abs()).sum();
    pand.homes == 0 && area2 as f64 * 0.5 * UNIT * UNIT < SHED_M2
}

/// The walls of all panden, to find those between two neighbours: they cannot be seen.
struct Walls(HashMap<(Point, Point), Top>);

impl Walls {
    #[inline(never)]
    fn new(blocks: &[Block]) -> Self {
        let mut tops: HashMap<(Point, Point), Top> = HashMap::new();
        for block in blocks {
            for (a, b) in block.cut.rings.iter().flat_map(|ring| segments(ring)) {
                let top = block.top(a, b);
                let known = tops.entry((a, b)).or_insert(top);
                if top.lowest() > known.lowest() {
                    *known = top;
                }
            }
        }
        Self(tops)
    }

    /// Where the wall from `a` to `b` begins: on the ground, or on the roof of a lower neighbour; nowhere beside a
    /// neighbour of the same height or higher. A neighbour has the same wall the other way round.
    fn foot(&self, a: Point, b: Point, top: &Top) -> Option<u16> {
        let Some(neighbour) = self.0.get(&(b, a)) else { return Some(0) };
        let is_hidden = *neighbour == top.turned() || neighbour.lowest() >= top.highest();
        (!is_hidden).then(|| neighbour.lowest().min(top.lowest()))
    }
}

/// Adds the roof; gives where its corners begin, if walls may share them.
fn add_roof(shape: &mut Shape, block: &Block, id: u32, edges: &mut Shape) -> Option<u32> {
    let Some(slopes) = &block.slopes else {
        return Some(add_face(shape, &block.cut, look(1.0), id, |_| block.height));
    };
    let height = |p: Point| slopes.height_dm(p.map(f64::from));
    for face in block.cut.rings.iter().flat_map(|ring| slopes.faces(ring)) {
        let facing_sun = face.outward[0] as f32 * SUN[0] + face.outward[1] as f32 * SUN[1];
        // A face of no width, where a footprint ends in a point: there is nothing to draw, and no fault in the data.
        if let Some(cut) = cut(&[face.ring], &mut Faults::default()) {
            add_face(shape, &cut, look(SLOPE[0] + SLOPE[1] * facing_sun), id, height);
        }
        for [a, b] in face.ridges {
            line(edges, [(a, height(a)), (b, height(b))], id);
        }
    }
    None
}

fn add_edge(edges: &mut Shape, ends: [Point; 2], top: &Top, id: u32) {
    let places: Vec<(Point, u16)> = top.places(ends).collect();
    for pair in places.windows(2) {
        line(edges, [pair[0], pair[1]], id);
    }
}

/// The edges of a flat roof share their corners.
fn add_flat_edges(edges: &mut Shape, block: &Block, id: u32) {
    let mut base = edges.vertices.len() as u32;
    for ring in &block.cut.rings {
        let count = ring.len() as u32;
        for (i, &p) in ring.iter().enumerate() {
            push(edges, p, block.height, look(1.0), id);
            edges.indices.extend([base + i as u32, base + (i as u32 + 1) % count]);
        }
        base += count;
    }
}

fn line(edges: &mut Shape, ends: [(Point, u16); 2], id: u32) {
    let ends = ends.map(|(p, height)| push(edges, p, height, look(1.0), id));
    edges.indices.extend(ends);
}

#[cfg(test)]
mod tests {
    use super::super::prism::WALL;
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
        assert!(meshes.buildings.vertices.iter().any(|v| v[2] == 60 && v[3] & WALL != 0));
    }

    #[test]
    fn a_row_of_gables_has_one_ridge_and_hides_the_party_walls_and_its_roofs_are_lighter_than_the_darkest_shade() {
        let gabled = |x: i32| Pand {
            roof: Some(Roof::Sloped { eaves_dm: 58, ridge_dm: 92 }),
            footprint: vec![vec![vec![[x, 0], [x + 60, 0], [x + 60, 90], [x, 90]]]],
            ..house(x, 80)
        };
        let meshes = tile_meshes(&Tile { panden: vec![gabled(0), gabled(60)], ..Tile::default() }, 0);
        let triangles = meshes.buildings.indices.as_chunks::<3>().0;
        let is_wall = |t: &&[u32; 3]| meshes.buildings.vertices[t[0] as usize][3] & WALL != 0;
        // Two faces of two triangles a house; two walls of two at front and back; one gable of three at each end.
        assert_eq!(triangles.iter().filter(|t| !is_wall(t)).count(), 2 * 2 * 2);
        assert_eq!(triangles.iter().filter(is_wall).count(), 2 * 2 * 2 + 2 * 3);
        let heights: std::collections::BTreeSet<u16> = meshes.buildings.vertices.iter().map(|v| v[2]).collect();
        assert_eq!(heights.into_iter().collect::<Vec<_>>(), [0, 58, 92]);
        assert!(meshes.buildings.vertices.iter().all(|v| v[3] & 255 >= 204));
        assert_eq!((meshes.footprints.heights_dm, meshes.footprints.eaves_dm), (vec![80, 80], vec![58, 58]));
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
        let shades: Vec<u16> = meshes.buildings.vertices.iter().map(|v| v[3] & 255).collect();
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
