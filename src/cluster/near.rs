//! Which buildings lie within a distance of each other, directly or through others in between.

use std::collections::HashMap;

use crate::geo::plane::{Area, Bounds, any_contains, bounds, bounds_of, edges, grown, meet, segments_apart};
use crate::sets::Groups;

/// Side of a square by which boxes are found again, metres.
const CELL: f64 = 50.0;

/// Groups of footprints that hang together by steps of at most `within` metres from wall to wall: the members of each, in
/// the order of their first member.
pub fn groups(footprints: &[&[Area]], within: f64) -> Vec<Vec<usize>> {
    let boxes: Vec<_> = footprints.iter().map(|f| bounds_of(f)).collect();
    let mut index: HashMap<[i64; 2], Vec<usize>> = HashMap::new();
    for (i, b) in boxes.iter().enumerate() {
        cells(*b).for_each(|cell| index.entry(cell).or_default().push(i));
    }
    let mut groups = Groups::new(footprints.len());
    // Rows first: what already hangs together need not be measured again with the longer step.
    for step in [within / 10.0, within] {
        for (i, b) in boxes.iter().enumerate() {
            let near = grown(*b, step);
            for &j in cells(near).filter_map(|cell| index.get(&cell)).flatten() {
                let may = j > i && meet(near, boxes[j]) && groups.of(i) != groups.of(j);
                if may && apart_at_most(footprints[i], footprints[j], step) {
                    groups.join(i, j);
                }
            }
        }
    }
    groups.members()
}

/// The squares that a box touches; none of a box that holds nothing.
fn cells([x0, y0, x1, y1]: Bounds) -> impl Iterator<Item = [i64; 2]> {
    let cell = |metres: f64| (metres / CELL).floor() as i64;
    let rows = (x0 <= x1).then(|| cell(y0)..=cell(y1));
    rows.into_iter().flatten().flat_map(move |row| (cell(x0)..=cell(x1)).map(move |column| [column, row]))
}

/// Whether two footprints lie at most this far apart, wall to wall, metres. One inside the other is no distance.
pub fn apart_at_most(a: &[Area], b: &[Area], within: f64) -> bool {
    let near_b = grown(bounds_of(b), within);
    let near_a = grown(bounds_of(a), within);
    let close: Vec<_> =
        b.iter().flatten().flat_map(|r| edges(r)).filter(|(p, q)| meet(bounds([p, q]), near_a)).collect();
    let walls = a.iter().flatten().flat_map(|r| edges(r)).filter(|(p, q)| meet(bounds([p, q]), near_b));
    let mut walls = walls;
    if walls.any(|(p, q)| close.iter().any(|&(r, s)| segments_apart(p, q, r, s) <= within)) {
        return true;
    }
    let first = |polygons: &[Area]| polygons.first().and_then(|p| p.first()).and_then(|r| r.first()).copied();
    first(a).is_some_and(|p| any_contains(b, p)) || first(b).is_some_and(|p| any_contains(a, p))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn house(x: f64, y: f64, w: f64, d: f64) -> Vec<Area> {
        vec![vec![vec![[x, y], [x + w, y], [x + w, y + d], [x, y + d]]]]
    }

    fn sets(houses: &[Vec<Area>], within: f64) -> Vec<Vec<usize>> {
        let footprints: Vec<&[Area]> = houses.iter().map(Vec::as_slice).collect();
        groups(&footprints, within)
    }

    #[test]
    fn three_flats_in_a_row_are_one_group_and_one_across_the_park_is_not() {
        let flats = [
            house(0.0, 0.0, 60.0, 12.0),
            // 100 m from wall to wall, though the middles lie 160 m apart.
            house(160.0, 0.0, 60.0, 12.0),
            house(221.0, 110.0, 12.0, 60.0),
            house(0.0, 113.0, 60.0, 12.0),
        ];
        assert_eq!(sets(&flats, 100.0), [vec![0, 1, 2], vec![3]]);
        assert_eq!(sets(&flats, 102.0), [vec![0, 1, 2, 3]]);
    }

    #[test]
    fn a_chapel_in_a_courtyard_lies_at_its_walls_and_a_shed_in_a_hall_at_no_distance() {
        let court =
            vec![vec![house(0.0, 0.0, 100.0, 100.0)[0][0].clone(), house(10.0, 10.0, 80.0, 80.0)[0][0].clone()]];
        let chapel = house(40.0, 40.0, 10.0, 10.0);
        assert!(!apart_at_most(&court, &chapel, 29.0) && apart_at_most(&court, &chapel, 30.0));
        assert!(apart_at_most(&house(0.0, 0.0, 100.0, 100.0), &chapel, 0.5));
    }

    proptest! {
        /// Measured pair by pair, and in another order.
        #[test]
        fn groups_are_those_of_all_pairs_in_any_order(
            places in prop::collection::vec((0.0..900.0f64, 0.0..900.0f64, 4.0..80.0f64, 4.0..80.0f64), 1..24)
        ) {
            let houses: Vec<_> = places.iter().map(|&(x, y, w, d)| house(x, y, w, d)).collect();
            let gap = |a: &(f64, f64, f64, f64), b: &(f64, f64, f64, f64)| {
                let dx = (b.0 - a.0 - a.2).max(a.0 - b.0 - b.2).max(0.0);
                let dy = (b.1 - a.1 - a.3).max(a.1 - b.1 - b.3).max(0.0);
                dx.hypot(dy)
            };
            let mut slow: Vec<usize> = (0..places.len()).collect();
            for _ in 0..places.len() {
                for i in 0..places.len() {
                    for j in 0..places.len() {
                        if gap(&places[i], &places[j]) <= 100.0 {
                            let least = slow[i].min(slow[j]);
                            (slow[i], slow[j]) = (least, least);
                        }
                    }
                }
            }
            let quick = sets(&houses, 100.0);
            for group in &quick {
                prop_assert!(group.iter().all(|&i| slow[i] == group[0]));
            }
            prop_assert_eq!(quick.iter().map(|g| g[0]).collect::<Vec<_>>(),
                (0..slow.len()).filter(|&i| slow[i] == i).collect::<Vec<_>>());
            let reversed: Vec<_> = houses.iter().rev().cloned().collect();
            let mut back: Vec<Vec<usize>> = sets(&reversed, 100.0).into_iter()
                .map(|g| { let mut g: Vec<_> = g.into_iter().map(|i| houses.len() - 1 - i).collect(); g.sort_unstable(); g })
                .collect();
            back.sort();
            prop_assert_eq!(back, quick);
        }
    }
}
