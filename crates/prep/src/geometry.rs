//! Plane geometry on RD metres: areas, boxes, points inside.

use gasvrij3d::geo::Rd;

use crate::model::Polygon;

/// A box: `[min x, min y, max x, max y]`.
pub type Bounds = [f64; 4];

/// A box that holds nothing yet.
pub const EMPTY: Bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];

/// The box widened to hold the point.
pub fn with_point(b: Bounds, p: Rd) -> Bounds {
    [b[0].min(p[0]), b[1].min(p[1]), b[2].max(p[0]), b[3].max(p[1])]
}

/// The box of some points.
pub fn bounds<'a>(points: impl IntoIterator<Item = &'a Rd>) -> Bounds {
    points.into_iter().fold(EMPTY, |b, p| with_point(b, *p))
}

/// The box of some polygons.
pub fn bounds_of(polygons: &[Polygon]) -> Bounds {
    bounds(polygons.iter().flatten().flatten())
}

/// The box made wider on all sides.
pub fn grown(b: Bounds, by: f64) -> Bounds {
    [b[0] - by, b[1] - by, b[2] + by, b[3] + by]
}

/// Whether two boxes touch or overlap.
pub fn meet(a: Bounds, b: Bounds) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

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

/// The edges of a ring, the closing one included.
pub fn edges(ring: &[Rd]) -> impl Iterator<Item = (Rd, Rd)> + '_ {
    (0..ring.len()).map(|i| (ring[i], ring[(i + 1) % ring.len()]))
}

/// Whether the point lies in the polygon (even-odd over all rings, so that holes are out).
pub fn contains(polygon: &Polygon, p: Rd) -> bool {
    let mut inside = false;
    for ring in polygon {
        for (a, b) in edges(ring) {
            if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < (b[0] - a[0]) * (p[1] - a[1]) / (b[1] - a[1]) + a[0] {
                inside = !inside;
            }
        }
    }
    inside
}

/// Whether the point lies in one of the polygons.
pub fn any_contains(polygons: &[Polygon], p: Rd) -> bool {
    polygons.iter().any(|polygon| contains(polygon, p))
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

/// Metres from a point to a line.
pub fn apart(p: Rd, a: Rd, b: Rd) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let square = dx * dx + dy * dy;
    let t = if square > 0.0 { (((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square).clamp(0.0, 1.0) } else { 0.0 };
    (p[0] - a[0] - t * dx).hypot(p[1] - a[1] - t * dy)
}

/// Metres between two lines, 0 where they cross.
pub fn segments_apart(p: Rd, q: Rd, r: Rd, s: Rd) -> f64 {
    let side = |a: Rd, b: Rd, c: Rd| (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    let crosses = |a, b, c, d| (side(a, b, c) > 0.0) != (side(a, b, d) > 0.0);
    if crosses(p, q, r, s) && crosses(r, s, p, q) {
        return 0.0;
    }
    apart(p, r, s).min(apart(q, r, s)).min(apart(r, p, q)).min(apart(s, p, q))
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
    fn walls_are_as_far_apart_as_their_nearest_points() {
        let far = segments_apart([0.0, 0.0], [10.0, 0.0], [13.0, 4.0], [13.0, 9.0]);
        assert!((far - 5.0).abs() < 1e-9);
        assert!(segments_apart([0.0, 0.0], [10.0, 0.0], [5.0, -5.0], [5.0, 5.0]).abs() < 1e-9);
        assert!((segments_apart([0.0, 0.0], [10.0, 0.0], [4.0, 2.0], [6.0, 3.0]) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn no_surface_has_no_point() {
        assert_eq!(inner_point(&[]), None);
        assert_eq!(inner_point(&[vec![vec![[0.0, 0.0], [1.0, 0.0]]]]), None);
    }
}
