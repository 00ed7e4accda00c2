//! The colours that the shaders know, and the table with the category of each pand.

use bytemuck::{Pod, Zeroable};
use gasvrij3d::mesh::blocks::MOST_BLOCKS;
use gasvrij3d::palette::{Rgb, Surface, palette};
use gasvrij3d::theme::Category;

use super::super::city::City;
use crate::paint::of_blocks;

/// Panden in a row of the table.
pub const ROW: usize = 1024;
/// No pand at all.
pub const NOBODY: u32 = u32::MAX;
/// Room in the shaders for colours; a test in the heart would be too late to notice a colour too many.
const CATEGORIES: usize = 16;
const SURFACES: usize = 48;
const _: () = assert!(Category::ALL.len() <= CATEGORIES && Surface::ALL.len() <= SURFACES);
/// How much of its colour is in the house under the pointer.
const HOVER_STRENGTH: f32 = 0.62;

/// A colour and one number beside it, as the shaders have them.
type Colour = [f32; 4];

/// What the shaders know (`Colours` in `scene.glsl`).
#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable)]
pub struct Colours {
    /// The last of each is its pattern, by its place in the list.
    categories: [Colour; CATEGORIES],
    /// The last of each is 0 where the surface is left out.
    surfaces: [Colour; SURFACES],
    haze: Colour,
    /// What a faded pand fades to.
    plain: Colour,
    hover: Colour,
    /// The last is how much of it is in an edge.
    edge: Colour,
    selected: Colour,
    bare: Colour,
    /// The pand under the pointer, and the one on the card; then the rows of the table before those of the second map.
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
        let palette = palette();
        let mut colours = Self::zeroed();
        for (slot, &category) in colours.categories.iter_mut().zip(Category::ALL) {
            let style = palette.style(category);
            *slot = given(style.colour, f32::from(style.hatch as u8));
        }
        for slot in &mut colours.surfaces {
            slot[3] = 1.0;
        }
        colours.hover = given(palette.surface(Surface::Hover), HOVER_STRENGTH);
        colours.selected = given(palette.surface(Surface::Selected), 1.0);
        colours.marks = [NOBODY, NOBODY, rows, 0];
        colours
    }

    /// Takes the colours of all that is no home, and so much of the edge colour for edges.
    pub fn dress(&mut self, colour: impl Fn(Surface) -> Rgb, edge: f32) {
        for (slot, &surface) in self.surfaces.iter_mut().zip(Surface::ALL) {
            *slot = given(colour(surface), slot[3]);
        }
        self.haze = given(colour(Surface::Sky), 1.0);
        self.bare = given(colour(Surface::Ground), 1.0);
        self.plain = given(colour(Surface::Building), 1.0);
        let other = &mut self.categories[Category::GeenWoning as usize];
        *other = given(colour(Surface::Building), other[3]);
        self.edge = given(colour(Surface::RoofEdge), edge);
    }

    /// Marks the pand under the pointer and the one on the card.
    pub const fn mark(&mut self, hovered: u32, selected: u32) {
        (self.marks[0], self.marks[1]) = (hovered, selected);
    }

    /// Shows a surface or leaves it out.
    pub const fn show(&mut self, surface: Surface, shown: bool) {
        self.surfaces[surface as usize][3] = if shown { 1.0 } else { 0.0 };
    }
}

/// For each pand of the city, and each block, its byte; as many again for the second of two maps.
pub struct Table {
    pub bytes: Vec<u8>,
}

impl Table {
    pub fn new(city: &City) -> Self {
        let rows = (city.blocks_from(city.tiles.len()) as usize).div_ceil(ROW).max(1);
        Self { bytes: vec![Category::GeenWoning as u8; ROW * rows * 2] }
    }

    /// Rows for one map.
    pub const fn rows(&self) -> u32 {
        (self.bytes.len() / ROW / 2) as u32
    }

    /// Writes the colours of tiles that came, or of all after a change of theme; whether there were any.
    pub fn paint(&mut self, city: &mut City) -> bool {
        let tiles = std::mem::take(&mut city.unpainted);
        let half = self.bytes.len() / 2;
        for &tile in &tiles {
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
                }
            }
        }
        !tiles.is_empty()
    }
}
