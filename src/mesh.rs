//! From a tile to what a graphics card draws: compact whole-number arrays, made in a worker.
//!
//! The frame is that of the tile: x to the east and y to the south in tile units, height upwards. Triangles are
//! counter-clockwise seen from outside. Whatever a tile holds, making its meshes ends, and quickly: rings that cannot be
//! cut into triangles are drawn as their hull and counted; rings without area, and what is more than a town can be or lies in
//! another province, are left out and counted.

pub mod blocks;
mod buildings;
mod far;
mod footprints;
mod ground;
pub mod names;
mod outline;
pub mod overlay;
pub mod parcel;
mod prism;
mod ribbon;
mod rings;
mod roof;
mod simple;
mod triangles;

pub use footprints::{Footprints, FootprintsBuilder};
pub use outline::outline;

use serde::{Deserialize, Serialize};

use crate::geo::EXTENT;
use crate::tile::{Point, Tile};

/// Added to a coordinate to make it a vertex: panden are never cut, so some stick out of their tile.
pub const OFFSET: i32 = 16_384;
/// The lowest height that is drawn, decimetres. Lower is a fault in the data, and could not be clicked.
pub const LOWEST_DM: u16 = 3;
/// The greatest height that is drawn, decimetres: twice the highest building of the country.
pub const HIGHEST_DM: u16 = 4_000;

/// More corners than this in one line or polygon is no road, building or pond but a fault; cutting it could take minutes.
const MOST_CORNERS: usize = 4_000;
/// More corners than this of all panden of a tile, or of all that lies on its ground, is no town: the rest is left out. The
/// fullest tiles have a tenth of it.
const MOST_IN_TILE: usize = 400_000;

const SIDE: i32 = EXTENT as i32;

/// One drawable thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// x + [`OFFSET`], y + [`OFFSET`], height, look. Of buildings the height is in decimetres and the look is the shade
    /// (1 is 255), with 256 added for walls; a face has the look of the first corner of its triangles. Of ground the height is in
    /// centimetres and the look is a surface with its strength above it.
    pub vertices: Vec<[u16; 4]>,
    /// For each vertex the place of its pand in the table of colours; empty for ground.
    pub ids: Vec<u32>,
    /// Triangles, or lines for edges.
    pub indices: Vec<u32>,
}

impl Shape {
    /// Whether two bytes are enough for an index.
    pub fn is_narrow(&self) -> bool {
        self.vertices.len() <= 65_535
    }
}

/// Everything drawable in a tile.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TileMeshes {
    /// Roofs and walls of all but sheds.
    pub buildings: Shape,
    /// The same with few corners, for where a house is not much more than a pixel.
    pub far: Shape,
    /// The same with even fewer, for where a house is hardly a pixel.
    pub farthest: Shape,
    /// All panden of a square in one, for where a house is less than a pixel. The ids are those of the squares.
    pub blocks: Shape,
    /// For each pand the square that it is in, or [`blocks::NO_BLOCK`].
    pub block_of: Vec<u8>,
    /// Roofs and walls of sheds and garages: left out from afar.
    pub sheds: Shape,
    /// The edges of the roofs, as lines: drawn from nearby.
    pub edges: Shape,
    /// Green, water, roads, rails, plans and pipes.
    pub ground: Shape,
    /// The same with few corners and without what is narrower than a pixel, for where a house is hardly a pixel.
    pub far_ground: Shape,
    /// Where the panden are, for the pointer.
    pub footprints: Footprints,
    /// What was wrong.
    pub faults: Faults,
}

/// How much of a tile is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Detail {
    /// What is seen from so far that a house is hardly a pixel.
    Furthest,
    /// What is seen from afar, and further.
    Far,
    /// All of it.
    Full,
}

/// What could not be drawn as it was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// Polygons drawn as the hull of their outer ring.
    pub hulls: u32,
    /// Polygons and lines left out: they have no area, or are more than can be.
    pub skipped: u32,
}

/// The meshes of a tile. `first` is the place of its first pand in the table of colours.
///
/// ```
/// use gasvrij3d::{home::PandId, mesh::tile_meshes, tile::{HeightKind, Pand, Tile}};
/// let shed = Pand {
///     id: PandId(392_100_000_000_001),
///     footprint: vec![vec![vec![[0, 0], [30, 0], [30, 20], [0, 20]]]],
///     height_dm: 25,
///     height: HeightKind::Measured,
///     year: None,
///     homes: 0,
///     roof: None,
/// };
/// let meshes = tile_meshes(&Tile { panden: vec![shed], ..Tile::default() }, 7);
/// // A roof of two triangles and four walls of two.
/// assert_eq!(meshes.sheds.indices.len(), 3 * (2 + 4 * 2));
/// assert!(meshes.sheds.ids.iter().all(|&id| id == 7));
/// ```
pub fn tile_meshes(tile: &Tile, first: u32) -> TileMeshes {
    tile_meshes_at(tile, first, Detail::Full)
}

/// The meshes of a tile in as much detail as is wanted. What is seen from further is there too.
pub fn tile_meshes_at(tile: &Tile, first: u32, detail: Detail) -> TileMeshes {
    let mut meshes = TileMeshes::default();
    buildings::add(&tile.panden, first, detail, &mut meshes);
    ground::add(tile, detail, &mut meshes);
    meshes
}

/// A coordinate pair as a vertex has it; what lies absurdly far away is moved to the border of what can be drawn.
fn quantised(p: Point) -> [u16; 2] {
    let [x, y] = rings::within_reach(p);
    [(x + OFFSET) as u16, (y + OFFSET) as u16]
}

#[cfg(test)]
mod tests;
