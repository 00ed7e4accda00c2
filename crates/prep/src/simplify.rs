//! Leaves out the points of a ring that say nothing: those within half a tile unit of the line between others.
//!
//! Registers put a point in a wall wherever a neighbour's wall meets it. The map needs corners only: fewer points are
//! fewer triangles and fewer bytes, and at half a decimetre nobody sees the difference.

use gasvrij3d::tile::Point;

/// Squared distance, in tile units, within which a point lies on a line.
const NEAR2: f64 = 0.5 * 0.5;

/// The corners of a ring. The ring keeps at least three points.
pub fn ring(points: Vec<Point>) -> Vec<Point> {
    if points.len() < 4 {
        return points;
    }
    // The point farthest from the first is a corner in any case.
    let far = |p: &Point| square(p[0] - points[0][0]) + square(p[1] - points[0][1]);
    let start = (0..points.len()).max_by_key(|&i| (far(&points[i]), i)).unwrap_or(0);
    let at = |i: usize| points[(start + i) % points.len()];
    let mut kept = vec![at(0)];
    let mut anchor = 0;
    for next in 2..=points.len() {
        if (anchor + 1..next).any(|between| !on_line(at(between), at(anchor), at(next))) {
            anchor = next - 1;
            kept.push(at(anchor));
        }
    }
    if kept.len() < 3 { points } else { kept }
}

fn square(n: i32) -> i64 {
    i64::from(n) * i64::from(n)
}

fn on_line(p: Point, a: Point, b: Point) -> bool {
    let d = |i: usize| f64::from(b[i] - a[i]);
    let e = |i: usize| f64::from(p[i] - a[i]);
    let length2 = d(0) * d(0) + d(1) * d(1);
    let along = e(0) * d(0) + e(1) * d(1);
    let across = e(0) * d(1) - e(1) * d(0);
    length2 > 0.0 && (0.0..=length2).contains(&along) && across * across <= NEAR2 * length2
}

#[cfg(test)]
mod tests {
    use gasvrij3d::geo::ring_area2;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_points_of_the_neighbours_go_and_the_corners_stay() {
        let house = vec![[0, 0], [30, 0], [60, 0], [60, 50], [60, 90], [31, 90], [0, 90], [0, 45]];
        let mut corners = ring(house);
        corners.sort_unstable();
        assert_eq!(corners, [[0, 0], [0, 90], [60, 0], [60, 90]]);
    }

    #[test]
    fn a_bay_window_of_a_decimetre_stays() {
        let house = vec![[0, 0], [20, 0], [20, -1], [40, -1], [40, 0], [60, 0], [60, 90], [0, 90]];
        assert_eq!(ring(house.clone()).len(), house.len());
    }

    proptest! {
        #[test]
        fn the_surface_stays_the_same_to_half_a_unit_along_the_edge(
            radii in prop::collection::vec(20.0..400.0_f64, 3..60),
        ) {
            let n = radii.len() as f64;
            let star: Vec<Point> = radii.iter().enumerate().map(|(i, r)| {
                let angle = i as f64 / n * std::f64::consts::TAU;
                [(r * angle.cos()) as i32, (r * angle.sin()) as i32]
            }).collect();
            let edge: f64 = (0..star.len()).map(|i| {
                let (a, b) = (star[i], star[(i + 1) % star.len()]);
                f64::from(b[0] - a[0]).hypot(f64::from(b[1] - a[1]))
            }).sum();
            let simple = ring(star.clone());
            prop_assert!(simple.len() >= 3);
            let difference = (ring_area2(&star) - ring_area2(&simple)).abs() as f64 / 2.0;
            prop_assert!(difference <= 0.5 * edge + 1.0, "{difference} of {edge}");
        }
    }
}
