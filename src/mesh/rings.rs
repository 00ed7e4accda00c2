//! Rings made fit for use: no repeated points, nothing out of reach; and the hull for those that stay unfit.

use super::OFFSET;
use crate::tile::Point;

/// The point, or the nearest one that a vertex can hold.
pub fn within_reach(p: Point) -> Point {
    p.map(|c| c.clamp(-OFFSET, i32::from(u16::MAX) - OFFSET))
}

/// The line within reach, without repeated points.
pub fn clean_line(line: &[Point]) -> Vec<Point> {
    let mut out: Vec<Point> = line.iter().map(|&p| within_reach(p)).collect();
    out.dedup();
    out
}

/// The ring within reach, without repeated points. Fewer than three points are left of a ring that is none.
pub fn clean(ring: &[Point]) -> Vec<Point> {
    let mut out = clean_line(ring);
    while out.len() > 1 && out.first() == out.last() {
        out.pop();
    }
    out
}

/// Twice the signed area of a triangle; negative when it turns counter-clockwise as seen from above.
pub fn turn(a: Point, b: Point, c: Point) -> i64 {
    let [abx, aby] = [i64::from(b[0]) - i64::from(a[0]), i64::from(b[1]) - i64::from(a[1])];
    let [acx, acy] = [i64::from(c[0]) - i64::from(a[0]), i64::from(c[1]) - i64::from(a[1])];
    abx * acy - aby * acx
}

/// The convex hull, in the direction of an outer ring; fewer than three points where there is no area.
#[inline(never)]
pub fn hull(points: &[Point]) -> Vec<Point> {
    let mut sorted = points.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    if sorted.len() < 3 {
        return Vec::new();
    }
    let half = |points: &mut dyn Iterator<Item = &Point>| {
        let mut chain: Vec<Point> = Vec::new();
        for &p in points {
            while chain.len() > 1 && turn(chain[chain.len() - 2], chain[chain.len() - 1], p) <= 0 {
                chain.pop();
            }
            chain.push(p);
        }
        chain.pop();
        chain
    };
    let mut hull = half(&mut sorted.iter());
    hull.extend(half(&mut sorted.iter().rev()));
    hull
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::ring_area2;

    #[test]
    fn a_point_that_is_given_twice_counts_once() {
        assert_eq!(clean(&[[0, 0], [0, 0], [5, 0], [5, 5], [0, 0]]), [[0, 0], [5, 0], [5, 5]]);
        assert_eq!(clean(&[[3, 3]; 9]).len(), 1);
        assert!(clean(&[]).is_empty());
    }

    #[test]
    fn a_point_on_the_moon_is_brought_within_reach() {
        assert_eq!(within_reach([i32::MAX, i32::MIN]), [49_151, -16_384]);
    }

    #[test]
    fn the_hull_of_a_star_is_its_tips_in_the_direction_of_an_outer_ring() {
        let star = [[0, -9], [2, -2], [9, 0], [2, 2], [0, 9], [-2, 2], [-9, 0], [-2, -2]];
        let hull = hull(&star);
        assert_eq!(hull.len(), 4);
        assert!(ring_area2(&hull) > 0);
    }

    #[test]
    fn points_on_a_line_have_no_hull() {
        assert!(hull(&[[0, 0], [5, 5], [10, 10], [2, 2]]).len() < 3);
    }
}
