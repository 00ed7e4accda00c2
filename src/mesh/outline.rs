//! The lines around the pand that is shown on the card.

use super::ribbon::{Brush, ring};
use super::rings::clean;
use super::{HIGHEST_DM, LOWEST_DM, Shape};
use crate::palette::Surface;
use crate::tile::Ring;

/// How wide the line around the foot is, metres.
const HALO_M: f32 = 2.4;
/// How wide the line along the roof is, metres.
const ROOF_M: f32 = 0.7;
/// Just above everything that lies on the ground, centimetres.
const ABOVE_GROUND_CM: u16 = 170;

/// A bright line on the ground around the pand and a dark one along its roof.
pub fn outline(rings: &[Ring], height_dm: u16) -> Shape {
    let top = height_dm.clamp(LOWEST_DM, HIGHEST_DM) * 10;
    let mut shape = Shape::default();
    for points in rings.iter().map(|r| clean(r)).filter(|r| r.len() > 2) {
        let brush = Brush { width_m: HALO_M, level_cm: ABOVE_GROUND_CM, look: look(Surface::Selected), round_ends: true };
        ring(&mut shape, &points, brush);
        let brush = Brush { width_m: ROOF_M, level_cm: top + 15, look: look(Surface::SelectedEdge), round_ends: true };
        ring(&mut shape, &points, brush);
    }
    shape
}

fn look(surface: Surface) -> u16 {
    super::ground::look(surface, 255)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outline_lies_around_the_foot_and_along_the_roof() {
        let shape = outline(&[vec![[0, 0], [60, 0], [60, 90], [0, 90]]], 90);
        let heights: std::collections::BTreeSet<u16> = shape.vertices.iter().map(|v| v[2]).collect();
        assert_eq!(heights.into_iter().collect::<Vec<_>>(), [170, 915]);
        assert!(outline(&[vec![], vec![[1, 1]]], 90).vertices.is_empty());
    }
}
