//! Shapes that can be used: every point on the Dutch grid, rings with a surface, lines with a length.

use gasvrij3d::geo::{Rd, is_rd};

use super::objects::{Kept, reject};
use super::wkb::{Shape, open_ring};
use crate::geometry::ring_area;
use crate::model::Polygon;

/// Usable polygons.
pub fn polygons(shape: Shape) -> Kept<Vec<Polygon>> {
    let all = match shape {
        Shape::Polygons(all) => all,
        Shape::Empty => return reject("V03", ""),
        other => return reject("V05", other.name()),
    };
    if let Some(p) = all.iter().flatten().flatten().find(|p| !is_rd(**p)) {
        return reject("V04", format!("{p:?}"));
    }
    let mut kept = Vec::with_capacity(all.len());
    for polygon in all {
        let mut rings = polygon.into_iter().map(open_ring);
        let Some(outer) = rings.next().filter(|r| has_surface(r)) else { continue };
        let mut polygon = vec![outer];
        polygon.extend(rings.filter(|r| has_surface(r)));
        kept.push(polygon);
    }
    if kept.is_empty() { reject("V03", "no ring has a surface") } else { Ok(kept) }
}

fn has_surface(ring: &[Rd]) -> bool {
    ring.len() > 2 && ring_area(ring).abs() > 0.01
}

/// Usable lines.
pub fn lines(shape: Shape) -> Kept<Vec<Vec<Rd>>> {
    let all = match shape {
        Shape::Lines(all) => all,
        Shape::Empty => return reject("V03", ""),
        other => return reject("V05", other.name()),
    };
    if let Some(p) = all.iter().flatten().find(|p| !is_rd(**p)) {
        return reject("V04", format!("{p:?}"));
    }
    let kept: Vec<Vec<Rd>> = all.into_iter().filter(|line| line.len() > 1).collect();
    if kept.is_empty() { reject("V03", "no line has two points") } else { Ok(kept) }
}
