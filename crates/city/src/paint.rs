//! The byte of each pand in the table of colours: its category by the theme, or the byte that was laid over it; and
//! whether it is faded because others stand out. Pure.

use std::collections::{BTreeMap, BTreeSet};

use gasvrij3d::bus::map::Side;
use gasvrij3d::mesh::blocks::MOST_BLOCKS;
use gasvrij3d::theme::{Category, Theme};

/// Added to the byte of a pand that is faded. The shader knows it too.
pub const FADED: u8 = 0x80;

/// By what the panden are coloured.
#[derive(Debug, Default)]
pub struct Paint {
    /// The theme.
    pub theme: Theme,
    /// For each side, bytes instead of the theme's, by the place of the tile.
    over: [BTreeMap<usize, Vec<u8>>; Side::ALL.len()],
    /// The panden that stand out, by the place of their tile; while there are any, all others are faded.
    outstanding: BTreeMap<usize, BTreeSet<u64>>,
}

impl Paint {
    /// Lays bytes over the theme of a tile, on one side.
    pub fn lay_over(&mut self, side: Side, tile: usize, bytes: Vec<u8>) {
        self.over[side as usize].insert(tile, bytes);
    }

    /// Back to the theme everywhere on one side.
    pub fn clear(&mut self, side: Side) {
        self.over[side as usize].clear();
    }

    /// Lets these panden stand out, and no others.
    pub fn highlight(&mut self, panden: impl IntoIterator<Item = (usize, u64)>) {
        self.outstanding.clear();
        for (tile, pand) in panden {
            self.outstanding.entry(tile).or_default().insert(pand);
        }
    }

    /// Writes the bytes of a tile on one side. `categories` holds, for each theme one after the other, the category of each pand.
    pub fn fill(&self, side: Side, tile: usize, ids: &[u64], categories: &[u8], out: &mut [u8]) {
        let theme = Theme::ALL.iter().position(|&t| t == self.theme).unwrap_or_default();
        let own = categories.get(theme * ids.len()..(theme + 1) * ids.len()).unwrap_or_default();
        let over = self.over[side as usize].get(&tile).map(Vec::as_slice).unwrap_or_default();
        let outstanding = self.outstanding.get(&tile);
        for (i, ((byte, own), id)) in out.iter_mut().zip(own).zip(ids).enumerate() {
            let laid = over.get(i).copied().filter(|&code| usize::from(code) < Category::ALL.len());
            let faded = !self.outstanding.is_empty() && !outstanding.is_some_and(|panden| panden.contains(id));
            *byte = laid.unwrap_or(*own) | if faded { FADED } else { 0 };
        }
    }
}

/// Bytes that there are: of each category, and of each that is faded.
const BYTES: usize = 32;
const _: () = assert!(Category::ALL.len() <= BYTES / 2);

/// The byte of each block of a tile: that of most of its panden with homes, or that of what is no home.
pub fn of_blocks(block_of: &[u8], panden: &[u8]) -> [u8; MOST_BLOCKS] {
    const NO_HOME: usize = Category::GeenWoning as usize;
    const FADED_HERE: usize = BYTES / 2;
    let mut counts = [[0_u16; BYTES]; MOST_BLOCKS];
    for (&block, &byte) in block_of.iter().zip(panden) {
        let here = usize::from(byte & !FADED) % FADED_HERE + if byte & FADED == 0 { 0 } else { FADED_HERE };
        if let Some(counts) = counts.get_mut(usize::from(block)) {
            counts[here] += 1;
        }
    }
    counts.map(|counts| {
        let homes = (0..BYTES).filter(|here| here % FADED_HERE != NO_HOME && counts[*here] > 0);
        let others = if counts[NO_HOME + FADED_HERE] > 0 { NO_HOME + FADED_HERE } else { NO_HOME };
        let most = homes.max_by_key(|&here| counts[here]).unwrap_or(others);
        (most % FADED_HERE) as u8 | if most < FADED_HERE { 0 } else { FADED }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDS: [u64; 3] = [11, 22, 33];

    fn on(paint: &Paint, side: Side, tile: usize) -> [u8; 3] {
        let categories: Vec<u8> = (0..Theme::ALL.len() as u8).flat_map(|theme| [theme, theme, theme + 1]).collect();
        let mut out = [0; 3];
        paint.fill(side, tile, &IDS, &categories, &mut out);
        out
    }

    fn bytes(paint: &Paint, tile: usize) -> [u8; 3] {
        on(paint, Side::First, tile)
    }

    #[test]
    fn without_anything_laid_over_the_theme_holds() {
        let mut paint = Paint::default();
        assert_eq!(bytes(&paint, 0), [0, 0, 1]);
        paint.theme = Theme::ALL[2];
        assert_eq!(bytes(&paint, 0), [2, 2, 3]);
    }

    #[test]
    fn what_is_laid_over_holds_for_its_tile_until_it_is_cleared_and_no_category_leaves_the_theme() {
        let mut paint = Paint::default();
        paint.lay_over(Side::First, 0, vec![5, 255, 7]);
        assert_eq!(bytes(&paint, 0), [5, 0, 7]);
        assert_eq!(bytes(&paint, 1), [0, 0, 1]);
        // Too few bytes: the rest keeps its theme.
        paint.lay_over(Side::First, 1, vec![9]);
        assert_eq!(bytes(&paint, 1), [9, 0, 1]);
        paint.clear(Side::First);
        assert_eq!(bytes(&paint, 0), [0, 0, 1]);
    }

    #[test]
    fn two_maps_have_colours_of_their_own_and_the_same_theme_below() {
        let mut paint = Paint::default();
        paint.lay_over(Side::First, 0, vec![5, 255, 7]);
        paint.lay_over(Side::Second, 0, vec![255, 6, 255]);
        assert_eq!(on(&paint, Side::First, 0), [5, 0, 7]);
        assert_eq!(on(&paint, Side::Second, 0), [0, 6, 1]);
        paint.clear(Side::Second);
        assert_eq!((on(&paint, Side::First, 0), on(&paint, Side::Second, 0)), ([5, 0, 7], [0, 0, 1]));
    }

    #[test]
    fn a_block_has_the_byte_of_most_of_its_homes() {
        let none = Category::GeenWoning as u8;
        let bytes = of_blocks(&[0, 0, 0, 3, 3, 3, 7, 255], &[2, 4, 4, none, none, 5 | FADED, none | FADED, 9]);
        assert_eq!((bytes[0], bytes[3], bytes[7], bytes[1]), (4, 5 | FADED, none | FADED, none));
    }

    #[test]
    fn while_some_stand_out_all_others_are_faded_also_in_other_tiles() {
        let mut paint = Paint::default();
        paint.highlight([(0, 22)]);
        assert_eq!(bytes(&paint, 0), [FADED, 0, 1 | FADED]);
        assert_eq!(bytes(&paint, 3), [FADED, FADED, 1 | FADED]);
        paint.highlight([]);
        assert_eq!(bytes(&paint, 0), [0, 0, 1]);
    }
}
