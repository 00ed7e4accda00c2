//! What passes between the city and its worker: orders one way, news and a parcel of arrays the other.
//!
//! The arrays travel as one block of bytes that changes hands without being copied; the header says where each begins.

use serde::{Deserialize, Serialize};

use super::{Detail, Faults};
use crate::geo::TileId;

/// What the city asks of the worker: one tile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// Which tile.
    pub tile: TileId,
    /// Where the file is.
    pub url: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its SHA-256, hexadecimal.
    pub sha256: String,
    /// The place of its first pand in the table of colours.
    pub first: u32,
    /// How many panden the manifest says are in it.
    pub panden: u32,
    /// The bundle in which it also stands, where that is fetched.
    pub bundle: Option<Bundle>,
    /// How much of it.
    pub detail: Detail,
    /// 1 for the first try. Later tries do not trust what the browser kept of earlier ones.
    pub attempt: u32,
}

/// Where a tile stands in a file of more tiles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bundle {
    /// Where the file is.
    pub url: String,
    /// The place of the first byte of the tile.
    pub from: usize,
    /// How many tiles of it are ordered together.
    pub of: u32,
}

/// What the worker tells the city.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum News {
    /// It listens.
    Ready,
    /// A tile is done; the parcel comes with this message.
    Tile(Header),
    /// A tile could not be had.
    Fault {
        /// Which one.
        tile: TileId,
        /// A sentence that names the file.
        reason: String,
    },
}

/// What is in a parcel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// Which tile.
    pub tile: TileId,
    /// How much of it.
    pub detail: Detail,
    /// What could not be drawn as it was given.
    pub hulls: u32,
    /// Polygons left out.
    pub skipped: u32,
    /// For each [`Section`] its length in bytes, in order.
    pub lengths: Vec<u32>,
}

/// The arrays in a parcel, in order. Each begins at a multiple of [`ALIGN`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Vertices of the buildings, four `u16` each.
    BuildingVertices,
    /// Pand of each of those, `u32`.
    BuildingIds,
    /// Their triangles, `u32`.
    BuildingIndices,
    /// Vertices of the buildings as seen from afar.
    FarVertices,
    /// Pand of each of those.
    FarIds,
    /// Their triangles.
    FarIndices,
    /// Vertices of the buildings as seen from furthest.
    FarthestVertices,
    /// Pand of each of those.
    FarthestIds,
    /// Their triangles.
    FarthestIndices,
    /// Vertices of the blocks ([`super::blocks`]).
    BlockVertices,
    /// Square of each of those.
    BlockIds,
    /// Their triangles.
    BlockIndices,
    /// Vertices of the sheds.
    ShedVertices,
    /// Pand of each of those.
    ShedIds,
    /// Their triangles.
    ShedIndices,
    /// Vertices of the roof edges.
    EdgeVertices,
    /// Pand of each of those.
    EdgeIds,
    /// Their lines.
    EdgeIndices,
    /// Vertices of the ground.
    GroundVertices,
    /// Its triangles.
    GroundIndices,
    /// Vertices of the ground as seen from furthest.
    FarGroundVertices,
    /// Its triangles.
    FarGroundIndices,
    /// Corners of the footprints, two `u16` each.
    Corners,
    /// Ends of rings, `u32`.
    Rings,
    /// Ends of panden, `u32`.
    Panden,
    /// Heights, `u16`.
    Heights,
    /// Where the walls end, `u16`.
    Eaves,
    /// What is written on the map, text ([`super::names`]).
    Names,
    /// Ids of the panden, `u64`.
    Ids,
    /// The square of each pand, `u8`.
    BlockOf,
    /// For each theme, one after the other, the category of each pand, `u8`.
    Categories,
}

impl Section {
    /// All of them, in order.
    pub const ALL: [Self; SECTIONS] = [
        Self::BuildingVertices,
        Self::BuildingIds,
        Self::BuildingIndices,
        Self::FarVertices,
        Self::FarIds,
        Self::FarIndices,
        Self::FarthestVertices,
        Self::FarthestIds,
        Self::FarthestIndices,
        Self::BlockVertices,
        Self::BlockIds,
        Self::BlockIndices,
        Self::ShedVertices,
        Self::ShedIds,
        Self::ShedIndices,
        Self::EdgeVertices,
        Self::EdgeIds,
        Self::EdgeIndices,
        Self::GroundVertices,
        Self::GroundIndices,
        Self::FarGroundVertices,
        Self::FarGroundIndices,
        Self::Corners,
        Self::Rings,
        Self::Panden,
        Self::Heights,
        Self::Eaves,
        Self::Names,
        Self::Ids,
        Self::BlockOf,
        Self::Categories,
    ];
}

/// Sections begin at multiples of this many bytes.
pub const ALIGN: usize = 8;
/// How many sections a parcel has.
pub const SECTIONS: usize = Section::Categories as usize + 1;

impl Header {
    /// The header of a parcel with these sections.
    pub fn new(tile: TileId, detail: Detail, faults: Faults, sections: &[&[u8]; SECTIONS]) -> Self {
        let lengths = sections.iter().map(|s| s.len() as u32).collect();
        Self { tile, detail, hulls: faults.hulls, skipped: faults.skipped, lengths }
    }

    /// Where a section lies in the parcel: first byte and length.
    pub fn range(&self, section: Section) -> (usize, usize) {
        let length = |i: usize| self.lengths.get(i).copied().unwrap_or_default() as usize;
        let start = (0..section as usize).map(|i| length(i).next_multiple_of(ALIGN)).sum();
        (start, length(section as usize))
    }

    /// How long the whole parcel is.
    pub fn total(&self) -> usize {
        let (start, length) = self.range(Section::Categories);
        (start + length).next_multiple_of(ALIGN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_lie_one_after_the_other_and_are_aligned() {
        let bytes = [7_u8; 100];
        let mut sections: [&[u8]; SECTIONS] = [&[]; SECTIONS];
        for (i, section) in sections.iter_mut().enumerate() {
            *section = &bytes[..i];
        }
        let header = Header::new(TileId { col: 1, row: 2 }, Detail::Full, Faults::default(), &sections);
        assert_eq!(header.range(Section::BuildingVertices), (0, 0));
        assert_eq!(header.range(Section::BuildingIds), (0, 1));
        assert_eq!(header.range(Section::BuildingIndices), (8, 2));
        assert_eq!(header.range(Section::Categories).1, SECTIONS - 1);
        assert!(header.total().is_multiple_of(ALIGN) && header.total() >= header.lengths.iter().sum::<u32>() as usize);
    }

    #[test]
    fn messages_survive_the_trip() {
        let header =
            Header { tile: TileId { col: 1, row: 2 }, detail: Detail::Far, hulls: 3, skipped: 4, lengths: vec![1, 2] };
        for news in
            [News::Ready, News::Tile(header), News::Fault { tile: TileId { col: 1, row: 2 }, reason: "x".into() }]
        {
            let text = serde_json::to_string(&news).unwrap_or_default();
            assert_eq!(serde_json::from_str::<News>(&text).ok(), Some(news));
        }
    }
}
