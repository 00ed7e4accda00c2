//! The Dutch grid: RD New metres (EPSG:28992) and the tile matrix NetherlandsRDNewQuad.

pub mod plane;

use serde::{Deserialize, Serialize};

/// A point in RD New, metres: x to the east, y to the north.
pub type Rd = [f64; 2];

/// Left edge of the matrix, metres.
pub const ORIGIN_X: f64 = -285_401.92;
/// Top edge of the matrix, metres.
pub const ORIGIN_Y: f64 = 903_401.92;
/// Width of the whole matrix, metres.
pub const MATRIX_WIDTH: f64 = 880_803.84;
/// The one zoom level the project uses: a tile of 430.08 m, facts of its homes included, is small enough for a first card.
pub const ZOOM: u8 = 11;
/// Units along a tile's side, the usual number: 0.105 m each, finer than the register's own accuracy.
pub const EXTENT: u32 = 4096;
/// Side of a tile, metres.
pub const TILE_WIDTH: f64 = MATRIX_WIDTH / (1 << ZOOM) as f64;
/// Metres in one tile unit.
pub const UNIT: f64 = TILE_WIDTH / EXTENT as f64;

/// The area in which RD New is valid, metres: `[min x, min y, max x, max y]`.
pub const RD_BOUNDS: [f64; 4] = [-7_000.0, 289_000.0, 300_000.0, 629_000.0];

/// Whether the point lies where RD New is valid.
pub fn is_rd(p: Rd) -> bool {
    p[0] >= RD_BOUNDS[0] && p[0] <= RD_BOUNDS[2] && p[1] >= RD_BOUNDS[1] && p[1] <= RD_BOUNDS[3]
}

/// A tile of the matrix at [`ZOOM`]: column from the west, row from the north.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TileId {
    /// Column, counted from the west.
    pub col: u32,
    /// Row, counted from the north.
    pub row: u32,
}

impl TileId {
    /// The tile in which the point lies.
    pub fn at(p: Rd) -> Self {
        let last = f64::from((1_u32 << ZOOM) - 1);
        // `clamp` would bring along all that it takes to write a number in its panic.
        let index = |metres: f64| (metres / TILE_WIDTH).floor().max(0.0).min(last) as u32;
        Self { col: index(p[0] - ORIGIN_X), row: index(ORIGIN_Y - p[1]) }
    }

    /// The block of four by four tiles that it lies in: row and column, counted in blocks.
    pub const fn block(self) -> [u32; 2] {
        [self.row / 4, self.col / 4]
    }

    /// The north-west corner, RD metres.
    pub fn corner(self) -> Rd {
        [ORIGIN_X + f64::from(self.col) * TILE_WIDTH, ORIGIN_Y - f64::from(self.row) * TILE_WIDTH]
    }

    /// `[min x, min y, max x, max y]`, RD metres.
    pub fn bounds(self) -> [f64; 4] {
        let [x, y] = self.corner();
        [x, y - TILE_WIDTH, x + TILE_WIDTH, y]
    }

    /// The point in tile units: x to the east, y to the **south**, both from the north-west corner.
    pub fn to_units(self, p: Rd) -> [i32; 2] {
        let [x, y] = self.corner();
        [((p[0] - x) / UNIT).round() as i32, ((y - p[1]) / UNIT).round() as i32]
    }

    /// Tile units back to RD metres.
    pub fn to_rd(self, p: [i32; 2]) -> Rd {
        let [x, y] = self.corner();
        [x + f64::from(p[0]) * UNIT, y - f64::from(p[1]) * UNIT]
    }
}

impl std::fmt::Display for TileId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{ZOOM}/{}/{}", self.col, self.row)
    }
}

/// Larger than the area of any ring that can be drawn, and small enough to add up many.
const LARGEST_AREA2: i64 = i64::MAX >> 16;

/// Twice the signed area of a ring (closing point not repeated); positive when it turns clockwise with y downwards. Of a ring
/// of absurd numbers it is the largest there is.
pub fn ring_area2(ring: &[[i32; 2]]) -> i64 {
    let mut sum = 0_i64;
    for (i, a) in ring.iter().enumerate() {
        let b = ring[(i + 1) % ring.len()];
        let [to, fro] = [i64::from(a[0]) * i64::from(b[1]), i64::from(b[0]) * i64::from(a[1])];
        sum = sum.saturating_add(to.saturating_sub(fro));
    }
    sum.clamp(-LARGEST_AREA2, LARGEST_AREA2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_is_430_metres_and_a_unit_about_a_decimetre() {
        assert!((TILE_WIDTH - 430.08).abs() < 1e-9);
        assert!((UNIT - 0.105).abs() < 1e-9);
    }

    #[test]
    fn the_grote_markt_of_haarlem_goes_to_a_tile_and_back() {
        let markt = [103_870.0, 488_420.0];
        let tile = TileId::at(markt);
        let [min_x, min_y, max_x, max_y] = tile.bounds();
        assert!(min_x <= markt[0] && markt[0] < max_x && min_y < markt[1] && markt[1] <= max_y);
        let back = tile.to_rd(tile.to_units(markt));
        assert!((back[0] - markt[0]).abs() < UNIT && (back[1] - markt[1]).abs() < UNIT);
    }

    #[test]
    fn points_far_outside_are_clamped_to_the_matrix() {
        assert_eq!(TileId::at([1e9, -1e9]), TileId { col: 2047, row: 2047 });
        assert_eq!(TileId::at([f64::NAN, f64::NAN]), TileId { col: 0, row: 0 });
    }
}
