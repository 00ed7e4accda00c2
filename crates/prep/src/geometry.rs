//! Plane geometry on RD metres: areas, and a point inside. The rest of it is the heart's.

use gasvrij3d::geo::Rd;
pub use gasvrij3d::geo::plane::{
    Bounds, EMPTY, any_contains, apart, bounds, bounds_of, contains, edges, grown, meet, with_point,
};

use crate::model::Polygon;

/// Signed area of a ring, positive when counter-clockwise. Relative to its first point, so that no digits get lost.
pub fn ring_area(ring: &[Rd]) -> f64 {
    let Some(&[x0, y0]) = ring.first() else { return 0.0 };
    let mut sum = 0.0;
    for (a, b) in edges(ring) {
        sum += (a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0);
    }
    sum / 2.0
}

/// Area of a polygon: the outer ring less its holes, m².
pub fn polygon_area(polygon: &Polygon) -> f64 {
    let mut rings = polygon.iter().map(|r| ring_area(r).abs());
    let outer = rings.next().unwrap_or(0.0);
    (outer - rings.sum::<f64>()).max(0.0)
}

/// Area of some polygons, m².
pub fn area_of(polygons: &[Polygon]) -> f64 {
    polygons.iter().map(polygon_area).sum()
}

/// A point on the surface: the middle of the widest stretch inside, on the level of half the height of the largest
/// polygon. Always inside, also for rings and crescents. `None` where there is no surface.
pub fn inner_point(polygons: &[Polygon]) -> Option<Rd> {
    let largest = polygons.iter().max_by(|a, b| polygon_area(a).total_cmp(&polygon_area(b)))?;
    let b = bounds(largest.first()?);
    // A level through a corner is ambiguous: a little off the middle is as good a place.
    [0.5, 0.437, 0.561, 0.309].into_iter().find_map(|share| {
        let y = b[1] + (b[3] - b[1]) * share;
        let mut crossings: Vec<f64> = largest
            .iter()
            .flat_map(|ring| edges(ring))
            .filter(|(a, c)| (a[1] > y) != (c[1] > y))
            .map(|(a, c)| (c[0] - a[0]) * (y - a[1]) / (c[1] - a[1]) + a[0])
            .collect();
        crossings.sort_by(f64::total_cmp);
        crossings
            .chunks_exact(2)
            .map(|pair| (pair[1] - pair[0], [f64::midpoint(pair[0], pair[1]), y]))
            .filter(|(width, _)| *width > 0.0)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, point)| point)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: f64, y: f64, side: f64) -> Vec<Rd> {
        vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side]]
    }

    #[test]
    fn a_courtyard_is_no_part_of_the_building() {
        let block = vec![square(100_000.0, 480_000.0, 40.0), square(100_010.0, 480_010.0, 20.0)];
        assert!((polygon_area(&block) - 1200.0).abs() < 1e-6);
        assert!(!contains(&block, [100_020.0, 480_020.0]));
        let inner = inner_point(std::slice::from_ref(&block)).map(|p| contains(&block, p));
        assert_eq!(inner, Some(true));
    }

    #[test]
    fn a_crescent_has_its_point_inside() {
        let crescent = vec![vec![
            [0.0, 0.0],
            [30.0, 0.0],
            [30.0, 30.0],
            [0.0, 30.0],
            [0.0, 25.0],
            [25.0, 25.0],
            [25.0, 5.0],
            [0.0, 5.0],
        ]];
        assert_eq!(inner_point(std::slice::from_ref(&crescent)).map(|p| contains(&crescent, p)), Some(true));
    }

    #[test]
    fn no_surface_has_no_point() {
        assert_eq!(inner_point(&[]), None);
        assert_eq!(inner_point(&[vec![vec![[0.0, 0.0], [1.0, 0.0]]]]), None);
    }
}
