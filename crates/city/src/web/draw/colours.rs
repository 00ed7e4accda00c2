//! The colours that the shaders know, and the table with the colour of each pand.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};
use gasvrij3d::mesh::blocks::MOST_BLOCKS;
use gasvrij3d::palette::{Rgb, Surface, palette};
use gasvrij3d::theme::Category;

use super::super::city::City;
use crate::ink::{Ink, Inks, pointed};
use crate::paint::of_blocks;

/// Panden in a row of the table.
pub const ROW: usize = 1024;
/// No pand at all.
pub const NOBODY: u32 = u32::MAX;
/// Room in the shaders for colours; a test in the heart would be too late to notice a colour too many.
const SURFACES: usize = 48;
const _: () = assert!(Surface::ALL.len() <= SURFACES);

/// A colour and one number beside it, as the shaders have them.
type Colour = [f32; 4];

/// What the shaders know (`Colours` in `scene.glsl`).
#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable)]
pub struct Colours {
    /// The last of each is 0 where the surface is left out.
    surfaces: [Colour; SURFACES],
    haze: Colour,
    /// The last is how much of it is in an edge.
    edge: Colour,
    selected: Colour,
    bare: Colour,
    /// The pand on the card; then the rows of the table before those of the second map.
    marks: [u32; 4],
}

/// An sRGB colour with a number beside it.
fn given([r, g, b]: Rgb, beside: f32) -> Colour {
    let part = |v: u8| f32::from(v) / 255.0;
    [part(r), part(g), part(b), beside]
}

impl Colours {
    /// Those of the palette, for a table with so many rows for each map.
    pub fn new(rows: u32) -> Self {
        let mut colours = Self::zeroed();
        for slot in &mut colours.surfaces {
            slot[3] = 1.0;
        }
        colours.selected = given(palette().surface(Surface::Selected), 1.0);
        colours.marks = [NOBODY, rows, 0, 0];
        colours
    }

    /// Takes the colours of all that is no home, and so much of the edge colour for edges.
    pub fn dress(&mut self, colour: impl Fn(Surface) -> Rgb, edge: f32) {
        for (slot, &surface) in self.surfaces.iter_mut().zip(Surface::ALL) {
            *slot = given(colour(surface), slot[3]);
        }
        self.haze = given(colour(Surface::Sky), 1.0);
        self.bare = given(colour(Surface::Ground), 1.0);
        self.edge = given(colour(Surface::RoofEdge), edge);
    }

    /// Marks the pand on the card; whether it is another.
    pub const fn select(&mut self, pand: u32) -> bool {
        let was = self.marks[0];
        self.marks[0] = pand;
        was != pand
    }

    /// Shows a surface or leaves it out; whether that was new.
    pub fn show(&mut self, surface: Surface, shown: bool) -> bool {
        let shown = if shown { 1.0 } else { 0.0 };
        (std::mem::replace(&mut self.surfaces[surface as usize][3], shown) - shown).abs() > 0.5
    }
}

/// For each pand of the city, and each block, its byte and its colour; as many again for the second of two maps.
pub struct Table {
    inks: Inks,
    bytes: Vec<u8>,
    colours: Vec<Ink>,
    hovered: u32,
    /// Rows that the graphics card has not been given.
    new: Range<usize>,
}

impl Table {
    pub fn new(city: &City) -> Self {
        let rows = (city.blocks_from(city.tiles.len()) as usize).div_ceil(ROW).max(1) * 2;
        let inks = Inks::new(|surface| palette().surface(surface));
        let bytes = vec![Category::GeenWoning as u8; ROW * rows];
        let colours = bytes.iter().map(|&byte| inks.of(byte)).collect();
        Self { inks, bytes, colours, hovered: NOBODY, new: 0..rows }
    }

    /// Rows for one map.
    pub const fn rows(&self) -> u32 {
        (self.bytes.len() / ROW / 2) as u32
    }

    /// Takes other colours for all.
    pub fn dress(&mut self, colour: impl Fn(Surface) -> Rgb) {
        self.inks = Inks::new(colour);
        self.colour(0..self.bytes.len());
    }

    /// Lights up the pand under the pointer.
    pub fn hover(&mut self, pand: u32) {
        let before = std::mem::replace(&mut self.hovered, pand);
        if before == pand {
            return;
        }
        for pand in [before, pand].map(|pand| pand as usize) {
            for map in [0, self.bytes.len() / 2] {
                if pand < self.bytes.len() / 2 {
                    self.colour(map + pand..map + pand + 1);
                }
            }
        }
    }

    /// Writes the colours of tiles that came, or of all after a change of theme.
    pub fn paint(&mut self, city: &mut City) {
        let half = self.bytes.len() / 2;
        for tile in std::mem::take(&mut city.unpainted) {
            let Some(loaded) = &city.tiles[tile] else { continue };
            for (side, half) in city.panes().sides().iter().zip([0, half]) {
                let (first, count) = (half + city.first[tile] as usize, loaded.ids.len());
                if let Some(to) = self.bytes.get_mut(first..first + count) {
                    city.paint.fill(*side, tile, &loaded.ids, &loaded.categories, to);
                    let blocks = of_blocks(&loaded.block_of, to);
                    let from = half + city.blocks_from(tile) as usize;
                    if let Some(to) = self.bytes.get_mut(from..from + MOST_BLOCKS) {
                        to.copy_from_slice(&blocks);
                    }
                    self.colour(from..(from + MOST_BLOCKS).min(self.bytes.len()));
                    self.colour(first..first + count);
                }
            }
        }
    }

    /// Gives these their colours by their bytes.
    fn colour(&mut self, places: Range<usize>) {
        let half = self.bytes.len() / 2;
        let rows = places.start / ROW..places.end.div_ceil(ROW);
        self.new = if self.new.is_empty() { rows } else { self.new.start.min(rows.start)..self.new.end.max(rows.end) };
        for place in places {
            let ink = self.inks.of(self.bytes[place]);
            self.colours[place] = if place % half == self.hovered as usize { pointed(ink) } else { ink };
        }
    }

    /// Takes the rows that are new: the first, and their colours.
    pub fn take_new(&mut self) -> Option<(u32, &[Ink])> {
        let rows = std::mem::take(&mut self.new);
        let colours = self.colours.get(rows.start * ROW..rows.end * ROW).filter(|colours| !colours.is_empty());
        colours.map(|colours| (rows.start as u32, colours))
    }
}
