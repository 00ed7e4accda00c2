//! Which tiles stand together in a file, and when that is better fetched than they are one by one.

use std::ops::Range;

use crate::manifest::{Manifest, blocks};
use crate::mesh::Detail;

/// The bundles of a data set.
#[derive(Debug, Default)]
pub struct Bundles {
    files: Vec<String>,
    /// The places of the tiles of each.
    members: Vec<Vec<usize>>,
    /// For each tile its bundle, and its bytes there.
    of_tile: Vec<(usize, Range<usize>)>,
}

impl Bundles {
    /// Those of a data set; none where it has none, or others than its tiles ask for.
    pub fn of_manifest(manifest: &Manifest) -> Self {
        let members = blocks(&manifest.tiles);
        if manifest.bundles.len() != members.len() {
            return Self::default();
        }
        let mut of_tile = vec![(0, 0..0); manifest.tiles.len()];
        for (bundle, places) in members.iter().enumerate() {
            let mut from = 0_usize;
            for &place in places {
                // More than a machine can count is more than any file has: the file is then too short for what is looked for.
                let to = usize::try_from(manifest.tiles[place].file.bytes)
                    .map_or(usize::MAX, |bytes| from.saturating_add(bytes));
                of_tile[place] = (bundle, from..to);
                from = to;
            }
        }
        Self { files: manifest.bundles.clone(), members, of_tile }
    }

    /// The file in which a tile stands with others, and its bytes there.
    pub fn of(&self, place: usize) -> Option<(&str, Range<usize>)> {
        let (bundle, range) = self.of_tile.get(place)?;
        self.files.get(*bundle).filter(|file| !file.is_empty()).map(|file| (file.as_str(), range.clone()))
    }

    /// The places of the tiles that stand in the same file as this one, itself included.
    pub fn beside(&self, place: usize) -> &[usize] {
        let bundle = self.of(place).and_then(|_| self.of_tile.get(place)).map(|(bundle, ..)| *bundle);
        bundle.and_then(|bundle| self.members.get(bundle)).map_or(&[], Vec::as_slice)
    }

    /// Whether these tiles of one bundle are enough of it. From afar half is: a request costs more than a tile that is not needed.
    /// Nearby nearly all of it must be: there the nearest comes first, and what is not needed keeps it waiting.
    pub fn are_worth_it(&self, places: &[usize], detail: Detail) -> bool {
        let share = if detail == Detail::Full { 0.9 } else { 0.5 };
        let bytes = |places: &[usize]| {
            places.iter().filter_map(|&p| self.of_tile.get(p)).map(|(_, range)| range.len() as f64).sum::<f64>()
        };
        places.first().is_some_and(|&first| bytes(places) >= bytes(self.beside(first)) * share)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Tiles by column, row and bytes.
    fn manifest(tiles: &[[u32; 3]], bundles: &str) -> Manifest {
        let file = r#""file":"x","bytes":1,"sha256":"""#;
        let tile = |[col, row, bytes]: &[u32; 3]| {
            format!(
                r#"{{"col":{col},"row":{row},"file":"{col}-{row}","bytes":{bytes},"sha256":"","panden":0,"woningen":0,"top_dm":0,"name":""}}"#
            )
        };
        let tiles: Vec<String> = tiles.iter().map(tile).collect();
        let json = format!(
            r#"{{"form":3,"data_version":"","municipality":{{"name":"","code":"","model_town":true,"notice":{{"nl":"","en":""}}}},
            "crs":"","matrix":"","zoom":11,"extent":4096,"bounds":[0,0,0,0],"centre":[0,0],"tiles":[{}],"bundles":{bundles},
            "search":{{"streets":{{{file}}},"shards":[],"ids":[]}},"sources":[],
            "counts":{{"panden":0,"woningen":0,"adressen":0,"with_year":0,"with_height":0}},"report":{{{file}}}}}"#,
            tiles.join(",")
        );
        Manifest::parse(&json).unwrap()
    }

    #[test]
    fn a_tile_stands_after_those_of_its_block_that_come_before_it() {
        // Two blocks of four by four, by rows: the first tile of the second comes before the last of the first.
        let tiles = [[2, 8, 10], [3, 8, 20], [4, 8, 40], [2, 9, 80]];
        let bundles = Bundles::of_manifest(&manifest(&tiles, r#"["a","b"]"#));
        let all: Vec<_> = (0..4).map(|place| bundles.of(place).unwrap()).collect();
        assert_eq!(all, [("a", 0..10), ("a", 10..30), ("b", 0..40), ("a", 30..110)]);
        assert_eq!(bundles.beside(3), [0, 1, 3]);
        let worth = |places: &[usize], detail| bundles.are_worth_it(places, detail);
        assert!(worth(&[3], Detail::Far) && !worth(&[0, 1], Detail::Furthest) && !worth(&[], Detail::Far));
        assert!(!worth(&[3], Detail::Full) && worth(&[3, 1, 0], Detail::Full));
        assert_eq!((bundles.of(9), bundles.beside(9)), (None, &[][..]));
    }

    #[test]
    fn without_bundles_or_with_a_wrong_number_of_them_tiles_come_one_by_one() {
        for bundles in ["[]", r#"["a","b"]"#, r#"[""]"#] {
            let bundles = Bundles::of_manifest(&manifest(&[[2, 8, 10], [3, 8, 20]], bundles));
            assert_eq!((bundles.of(0), bundles.beside(0)), (None, &[][..]));
        }
    }
}
