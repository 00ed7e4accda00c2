//! The lines around the pand that is shown on the card.

use super::ribbon::{Brush, ring};
use super::rings::clean;
use super::{HIGHEST_DM, LOWEST_DM, Shape};
use crate::palette::Surface;
use crate::tile::Ring;

/// How wide the line around the foot is, metres.
const HALO_M: f32 = 3.2;
/// How wide the line along the roof is, metres.
const ROOF_M: f32 = 0.8;
/// How much wider the dark edge of each is, so that it is seen on any colour.
const EDGE_M: f32 = 1.1;
/// Just above everything that lies on the ground, centimetres.
const ABOVE_GROUND_CM: u16 = 170;
/// From one line to the one above it, centimetres.
const STEP_CM: u16 = 12;

/// A bright line with a dark edge, on the ground around the pand and along its roof.
pub fn outline(rings: &[Ring], height_dm: u16) -> Shape {
    let roof_cm = height_dm.clamp(LOWEST_DM, HIGHEST_DM) * 10 + STEP_CM;
    let mut shape = Shape::default();
    for points in rings.iter().map(|r| clean(r)).filter(|r| r.len() > 2) {
        for (width_m, level_cm) in [(HALO_M, ABOVE_GROUND_CM), (ROOF_M, roof_cm)] {
            let line = |width_m, level_cm, surface| Brush { width_m, level_cm, look: look(surface), round_ends: true };
            ring(&mut shape, &points, line(width_m + EDGE_M, level_cm, Surface::SelectedEdge));
            ring(&mut shape, &points, line(width_m, level_cm + STEP_CM, Surface::Selected));
        }
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
        assert_eq!(heights.into_iter().collect::<Vec<_>>(), [170, 182, 912, 924]);
        assert!(outline(&[vec![], vec![[1, 1]]], 90).vertices.is_empty());
    }
}
