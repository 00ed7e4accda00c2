//! Polygons cut into triangles, and checked: the triangles must have the area of the polygon.

use super::rings::{clean, hull, turn, within_reach};
use super::{Faults, MOST_CORNERS};
use crate::geo::ring_area2;
use crate::tile::{Point, Ring};

/// To find that a ring crosses itself can take a second where it has thousands of corners: after so many of a tile, those of
/// more than a few corners are drawn as their hull at once.
const MANY_HULLS: u32 = 20;
const FEW_CORNERS: usize = 300;

/// A polygon in triangles.
pub struct Cut {
    /// The rings in use: the outer one turns clockwise as seen from above, holes the other way.
    pub rings: Vec<Ring>,
    /// All points of `rings`, one after the other.
    pub points: Vec<Point>,
    /// Places in `points`, three a triangle, counter-clockwise as seen from above.
    pub triangles: Vec<u32>,
}

/// Cuts a polygon into triangles; `None`, and counted, where it has no area, more corners than can be, or corners out of reach.
#[inline(never)]
pub fn cut(polygon: &[Ring], faults: &mut Faults) -> Option<Cut> {
    let corners = || polygon.iter().flatten();
    if corners().count() > MOST_CORNERS || corners().any(|&p| within_reach(p) != p) {
        faults.skipped += 1;
        return None;
    }
    let is_tried = faults.hulls < MANY_HULLS || corners().count() <= FEW_CORNERS;
    let rings = fit(polygon).filter(|_| is_tried);
    let exact = rings.as_deref().and_then(try_cut);
    if exact.is_some() {
        return exact;
    }
    let hull = polygon.first().map(|outer| hull(&clean(outer))).unwrap_or_default();
    if hull.len() < 3 {
        faults.skipped += 1;
        return None;
    }
    faults.hulls += 1;
    let triangles = (1..hull.len() as u32 - 1).flat_map(|i| [0, i + 1, i]).collect();
    Some(Cut { points: hull.clone(), rings: vec![hull], triangles })
}

/// The rings cleaned and turned the right way; `None` where the outer one is no ring.
#[inline(never)]
fn fit(polygon: &[Ring]) -> Option<Vec<Ring>> {
    let mut rings = Vec::with_capacity(polygon.len());
    for (i, ring) in polygon.iter().enumerate() {
        let mut ring = clean(ring);
        let area = ring_area2(&ring);
        if ring.len() < 3 || area == 0 {
            // A hole without area hides nothing.
            if i == 0 {
                return None;
            }
            continue;
        }
        if (area > 0) != (i == 0) {
            ring.reverse();
        }
        rings.push(ring);
    }
    (!rings.is_empty()).then_some(rings)
}

#[inline(never)]
fn try_cut(rings: &[Ring]) -> Option<Cut> {
    let points: Vec<Point> = rings.iter().flatten().copied().collect();
    if let [ring] = rings
        && is_convex(ring)
    {
        // Most panden: all corners are seen from the first.
        let triangles = (1..ring.len() as u32 - 1).flat_map(|i| [0, i + 1, i]).collect();
        return Some(Cut { rings: rings.to_vec(), points, triangles });
    }
    let mut holes = Vec::with_capacity(rings.len() - 1);
    let mut at = rings[0].len();
    for ring in &rings[1..] {
        holes.push(at);
        at += ring.len();
    }
    let flat: Vec<f64> = points.iter().flatten().map(|&c| f64::from(c)).collect();
    let found = earcutr::earcut(&flat, &holes, 2).ok()?;
    let mut triangles = Vec::with_capacity(found.len());
    let mut covered = 0;
    for t in found.as_chunks::<3>().0 {
        let area = turn(points[t[0]], points[t[1]], points[t[2]]);
        covered += area.abs();
        match area.signum() {
            1 => triangles.extend([t[0] as u32, t[2] as u32, t[1] as u32]),
            -1 => triangles.extend([t[0] as u32, t[1] as u32, t[2] as u32]),
            _ => {}
        }
    }
    let wanted: i64 = rings.iter().map(|r| ring_area2(r)).sum();
    // Half a percent: less than one sees, more than a sliver that two crossing segments of a decimetre make.
    let close = wanted > 0 && (covered - wanted).abs() * 200 <= wanted;
    close.then(|| Cut { rings: rings.to_vec(), points, triangles })
}

/// Whether a ring turns the same way at each of its corners, and once around.
fn is_convex(ring: &[Point]) -> bool {
    let count = ring.len();
    let corner = |i: usize| ring[i % count];
    let turns = (0..count).all(|i| turn(corner(i), corner(i + 1), corner(i + 2)) > 0);
    // A star turns the same way at each corner, but more than once around: it goes from left to right more than once.
    let is_eastward = |i: usize| corner(i + 1)[0] > corner(i)[0];
    turns && (0..count).filter(|&i| is_eastward(i) && !is_eastward(i + 1)).count() == 1
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn area_of(cut: &Cut) -> i64 {
        let at = |i: u32| cut.points[i as usize];
        cut.triangles.as_chunks::<3>().0.iter().map(|t| -turn(at(t[0]), at(t[1]), at(t[2]))).sum()
    }

    fn square(from: i32, to: i32) -> Ring {
        vec![[from, from], [to, from], [to, to], [from, to]]
    }

    #[test]
    fn a_courtyard_stays_open() {
        let mut faults = Faults::default();
        let cut = cut(&[square(0, 100), square(30, 70)], &mut faults).unwrap();
        assert_eq!(area_of(&cut), 2 * (100 * 100 - 40 * 40));
        assert_eq!(faults, Faults::default());
    }

    #[test]
    fn the_direction_in_which_a_register_lists_the_corners_does_not_matter() {
        let mut reversed = square(0, 100);
        reversed.reverse();
        let mut faults = Faults::default();
        assert_eq!(area_of(&cut(&[reversed], &mut faults).unwrap()), 20_000);
        assert_eq!(faults.hulls, 0);
    }

    #[test]
    fn a_star_turns_the_same_way_at_each_corner_but_is_not_convex() {
        let corners = [[100, 0], [30, 95], [-80, 58], [-80, -58], [30, -95]];
        let star = [0, 2, 4, 1, 3].map(|i| corners[i]);
        assert!(is_convex(&corners) && !is_convex(&star));
        let dented = [[100, 0], [30, 95], [0, 0], [-80, -58], [30, -95]];
        assert!(!is_convex(&dented));
        let mut faults = Faults::default();
        assert_eq!(cut(&[corners.to_vec()], &mut faults).unwrap().triangles.len(), 9);
        assert_eq!(faults, Faults::default());
    }

    #[test]
    fn a_footprint_like_a_bow_tie_becomes_its_hull_and_is_counted() {
        for crossing in [vec![[0, 0], [100, 100], [100, 0], [0, 100]], vec![[0, 0], [100, 90], [100, 0], [0, 100]]] {
            let mut faults = Faults::default();
            let cut = cut(&[crossing], &mut faults).unwrap();
            assert_eq!(faults, Faults { hulls: 1, skipped: 0 });
            assert!(area_of(&cut) >= 100 * 90);
        }
    }

    #[test]
    fn a_ring_that_touches_itself_keeps_its_area() {
        let touching = vec![[0, 0], [100, 0], [100, 100], [50, 50], [0, 100], [50, 50], [0, 50]];
        let mut faults = Faults::default();
        let wanted = ring_area2(&touching);
        let cut = cut(&[touching], &mut faults).unwrap();
        assert!(faults.hulls == 1 || area_of(&cut) == wanted);
    }

    #[test]
    fn a_footprint_without_area_is_left_out_and_counted() {
        for nothing in [vec![], vec![[5, 5]], vec![[0, 0], [10, 10]], vec![[0, 0], [10, 0], [20, 0], [5, 0]]] {
            let mut faults = Faults::default();
            assert!(cut(&[nothing], &mut faults).is_none());
            assert_eq!(faults, Faults { hulls: 0, skipped: 1 });
        }
        let mut faults = Faults::default();
        assert!(cut(&[], &mut faults).is_none());
        assert_eq!(faults.skipped, 1);
    }

    #[test]
    fn a_ring_of_a_million_points_does_not_freeze_the_map() {
        let noise = (0..1_000_000_i32).map(|i| [i.wrapping_mul(7919) % 4096, i.wrapping_mul(104_729) % 4096]).collect();
        let mut faults = Faults::default();
        assert!(cut(&[noise], &mut faults).is_none());
        assert_eq!(faults, Faults { hulls: 0, skipped: 1 });
    }

    #[test]
    fn a_footprint_that_reaches_into_another_province_is_left_out_for_it_would_cover_the_town() {
        let mut faults = Faults::default();
        assert!(cut(&[vec![[0, 0], [2_000_000_000, 0], [0, 90]]], &mut faults).is_none());
        assert_eq!(faults.skipped, 1);
    }

    proptest! {
        #[test]
        fn triangles_cover_the_ring_or_its_hull(ring in prop::collection::vec([-200..9000_i32, -200..9000_i32], 0..40)) {
            let mut faults = Faults::default();
            let made = cut(std::slice::from_ref(&ring), &mut faults);
            prop_assert_eq!(made.is_none(), faults.skipped == 1);
            if let Some(cut) = made {
                prop_assert!(cut.triangles.iter().all(|&i| (i as usize) < cut.points.len()));
                let wanted = ring_area2(&cut.rings[0]);
                prop_assert!(wanted > 0);
                prop_assert!((area_of(&cut) - wanted).abs() * 200 <= wanted);
                if faults.hulls == 1 {
                    prop_assert_eq!(&cut.rings[0], &hull(&clean(&ring)));
                }
            }
        }

        #[test]
        fn any_numbers_at_all_are_survived(
            polygon in prop::collection::vec(prop::collection::vec(any::<[i32; 2]>(), 0..12), 0..4)
        ) {
            let mut faults = Faults::default();
            if let Some(cut) = cut(&polygon, &mut faults) {
                prop_assert!(cut.triangles.iter().all(|&i| (i as usize) < cut.points.len()));
            }
        }
    }
}
