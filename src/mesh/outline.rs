//! The line around the pand that is shown on the card.

use super::ribbon::{Brush, Round, ring};
use super::rings::clean;
use super::{HIGHEST_DM, LOWEST_DM, Shape};
use crate::palette::Surface;
use crate::tile::Ring;

/// How wide the line along the roof is, metres.
const ROOF_M: f32 = 0.9;
/// How much wider its dark edge is, so that it is seen on any colour.
const EDGE_M: f32 = 0.7;
/// From the roof to the line, and from a line to the one above it, centimetres.
const STEP_CM: u16 = 12;

/// A bright line with a dark edge, where the walls of the pand end.
pub fn outline(rings: &[Ring], eaves_dm: u16) -> Shape {
    let level_cm = eaves_dm.clamp(LOWEST_DM, HIGHEST_DM) * 10 + STEP_CM;
    let mut shape = Shape::default();
    for points in rings.iter().map(|r| clean(r)).filter(|r| r.len() > 2) {
        let line = |width_m, level_cm, surface| Brush { width_m, level_cm, look: look(surface), round: Round::Ends };
        ring(&mut shape, &points, line(ROOF_M + EDGE_M, level_cm, Surface::SelectedEdge));
        ring(&mut shape, &points, line(ROOF_M, level_cm + STEP_CM, Surface::Selected));
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
    fn the_outline_lies_where_the_walls_end() {
        let shape = outline(&[vec![[0, 0], [60, 0], [60, 90], [0, 90]]], 90);
        let heights: std::collections::BTreeSet<u16> = shape.vertices.iter().map(|v| v[2]).collect();
        assert_eq!(heights.into_iter().collect::<Vec<_>>(), [912, 924]);
        assert!(outline(&[vec![], vec![[1, 1]]], 90).vertices.is_empty());
    }
}
