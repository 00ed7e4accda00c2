//! Plane geometry on RD metres: boxes, points inside, how far walls are apart.

use super::Rd;

/// A polygon: its outer ring and its holes, closing points not repeated.
pub type Area = Vec<Vec<Rd>>;

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
pub fn bounds_of(polygons: &[Area]) -> Bounds {
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

/// The edges of a ring, the closing one included.
pub fn edges(ring: &[Rd]) -> impl Iterator<Item = (Rd, Rd)> + '_ {
    (0..ring.len()).map(|i| (ring[i], ring[(i + 1) % ring.len()]))
}

/// Whether the point lies in the polygon (even-odd over all rings, so that holes are out).
pub fn contains(polygon: &Area, p: Rd) -> bool {
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
pub fn any_contains(polygons: &[Area], p: Rd) -> bool {
    polygons.iter().any(|polygon| contains(polygon, p))
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

    #[test]
    fn walls_are_as_far_apart_as_their_nearest_points() {
        let far = segments_apart([0.0, 0.0], [10.0, 0.0], [13.0, 4.0], [13.0, 9.0]);
        assert!((far - 5.0).abs() < 1e-9);
        assert!(segments_apart([0.0, 0.0], [10.0, 0.0], [5.0, -5.0], [5.0, 5.0]).abs() < 1e-9);
        assert!((segments_apart([0.0, 0.0], [10.0, 0.0], [4.0, 2.0], [6.0, 3.0]) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn a_courtyard_is_not_inside() {
        let square = |at: f64, side: f64| vec![[at, at], [at + side, at], [at + side, at + side], [at, at + side]];
        let block = vec![square(0.0, 40.0), square(10.0, 20.0)];
        assert!(contains(&block, [5.0, 5.0]) && !contains(&block, [20.0, 20.0]) && !contains(&block, [50.0, 5.0]));
        let far = bounds_of(&[block]).into_iter().zip([0.0, 0.0, 40.0, 40.0]);
        assert!(far.into_iter().all(|(is, wanted)| (is - wanted).abs() < 1e-9));
    }
}
