//! Small groups: no count below the limit is told, and none follows from what is told. Areas lie in each other (buurt in
//! wijk in gemeente), so that a part that is not told must not be the whole less the other parts.

use std::collections::{BTreeMap, BTreeSet};

use crate::allowlist::least;

/// The parts of a whole, `None` where a part is not told. The whole is told only where it is large enough itself. Nothing
/// at all in a part is told: it is about nobody.
pub fn told<K: Ord + Clone>(parts: &BTreeMap<K, u32>) -> BTreeMap<K, Option<u32>> {
    told_both_ways(std::slice::from_ref(parts)).pop().unwrap_or_default()
}

/// The same for rows of parts of which the columns are parts of wholes too, such as plans that lie in more than one
/// neighbourhood: what is hidden in a row does not follow from its column either, nor the other way round.
pub fn told_both_ways<K: Ord + Clone>(rows: &[BTreeMap<K, u32>]) -> Vec<BTreeMap<K, Option<u32>>> {
    let mut by_row = vec![Vec::new(); rows.len()];
    let mut by_column: BTreeMap<&K, Vec<_>> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        for (key, n) in row.iter().filter(|(_, n)| **n > 0) {
            by_row[place].push(((place, key), *n));
            by_column.entry(key).or_default().push(((place, key), *n));
        }
    }
    let lines: Vec<_> = by_row.into_iter().chain(by_column.into_values()).collect();
    let small = lines.iter().flatten().filter(|(_, n)| *n < least());
    let mut hidden: BTreeSet<(usize, &K)> = small.map(|(cell, _)| *cell).collect();
    loop {
        let before = hidden.len();
        for line in &lines {
            let whole: u32 = line.iter().map(|(_, n)| n).sum();
            while whole >= least() {
                let (out, shown): (Vec<_>, Vec<_>) = line.iter().copied().partition(|(cell, _)| hidden.contains(cell));
                // One hidden part is the whole less the others; a few together are a small group again.
                let follows = !out.is_empty() && (out.len() < 2 || out.iter().map(|(_, n)| n).sum::<u32>() < least());
                match shown.into_iter().min_by_key(|(cell, n)| (*n, *cell)).filter(|_| follows) {
                    Some((next, _)) => hidden.insert(next),
                    None => break,
                };
            }
        }
        if hidden.len() == before {
            break;
        }
    }
    let told = |(place, row): (usize, &BTreeMap<K, u32>)| {
        let is_told = row.values().sum::<u32>() >= least();
        row.iter().map(|(key, n)| (key.clone(), (is_told && !hidden.contains(&(place, key))).then_some(*n))).collect()
    };
    rows.iter().enumerate().map(told).collect()
}

/// A part of a whole that is told itself; `None` where the part or the rest would be a small group.
pub fn part(part: usize, whole: usize) -> Option<u32> {
    let small = |n: usize| (1..least() as usize).contains(&n);
    (!small(part) && !small(whole.saturating_sub(part))).then_some(part as u32)
}

/// How many homes each area has, and how many are in none of them, where it may be told.
pub fn homes(counts: impl Iterator<Item = usize>, outside: usize) -> (Vec<Option<u32>>, Option<u32>) {
    let mut parts: BTreeMap<usize, u32> = counts.map(|n| n as u32).enumerate().collect();
    let areas = parts.len();
    parts.insert(areas, outside as u32);
    let mut told: Vec<Option<u32>> = told(&parts).into_values().collect();
    let outside = told.pop().flatten();
    (told, outside)
}

/// Counts of areas by code; `None` where it is not told.
pub type Counts = BTreeMap<String, Option<u32>>;

/// The area that this one lies in, by its code.
pub fn parent(code: &str) -> Option<String> {
    match (code.get(..2)?, code.len()) {
        ("BU", 10) => Some(format!("WK{}", &code[2..8])),
        ("WK", 8) => Some(format!("GM{}", &code[2..6])),
        _ => None,
    }
}

/// Hides small counts, and as many others as it takes that none of them follows. What is hidden as a part is hidden as a
/// whole too where nothing else is left to hide.
pub fn hide(counts: &mut Counts) {
    for count in counts.values_mut() {
        *count = count.filter(|n| *n == 0 || *n >= least());
    }
    while let Some(code) = next_to_hide(counts) {
        counts.insert(code, None);
    }
}

/// One area that must still be hidden.
fn next_to_hide(counts: &Counts) -> Option<String> {
    let whole_and_parts = families(counts);
    whole_and_parts.into_iter().find_map(|(whole, parts)| {
        if !follows(counts[&whole], parts.iter().map(|(_, n)| *n)) {
            return None;
        }
        let smallest = parts.iter().filter_map(|(code, n)| n.filter(|n| *n > 0).map(|n| (n, code))).min();
        Some(smallest.map_or(whole, |(_, code)| code.clone()))
    })
}

/// Each area that has others in it, with those.
pub fn families(counts: &Counts) -> BTreeMap<String, Vec<(String, Option<u32>)>> {
    let mut families: BTreeMap<String, Vec<(String, Option<u32>)>> = BTreeMap::new();
    for (code, count) in counts {
        if let Some(whole) = parent(code).filter(|whole| counts.contains_key(whole)) {
            families.entry(whole).or_default().push((code.clone(), *count));
        }
    }
    families
}

/// Whether something about a small group follows from a whole and its parts.
pub fn follows(whole: Option<u32>, parts: impl Iterator<Item = Option<u32>>) -> bool {
    // A whole that is small itself is not told as a group; where it is, that is a breach of its own.
    let Some(whole) = whole.filter(|n| *n >= least()) else { return false };
    let (mut told, mut hidden) = (0, 0);
    for part in parts {
        match part {
            Some(n) => told += n,
            None => hidden += 1,
        }
    }
    let rest = whole.saturating_sub(told);
    hidden > 0 && rest > 0 && (hidden == 1 || rest < least())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(parts: &[u32]) -> Vec<Option<u32>> {
        told(&parts.iter().copied().enumerate().collect()).into_values().collect()
    }

    #[test]
    fn four_detached_homes_do_not_follow_from_the_others() {
        assert_eq!(of(&[4, 200, 35]), [None, Some(200), None]);
        assert_eq!(of(&[4, 7, 200]), [None, None, Some(200)]);
        assert_eq!(of(&[4, 5, 200]), [None, None, None]);
        assert_eq!(of(&[0, 120, 80]), [Some(0), Some(120), Some(80)]);
        assert_eq!(of(&[3, 4]), [None, None]);
    }

    #[test]
    fn a_plan_in_two_neighbourhoods_tells_neither_where_one_is_small() {
        let row = |parts: &[(&'static str, u32)]| parts.iter().copied().collect::<BTreeMap<_, _>>();
        // The plan has 100 homes, which is told elsewhere: 95 here would leave 5 there.
        let rows = [row(&[("plan", 95), ("geen", 200)]), row(&[("plan", 5), ("geen", 60)])];
        let told = told_both_ways(&rows);
        assert!(told.iter().all(|row| row.values().all(Option::is_none)), "{told:?}");
        let rows = [row(&[("plan", 95), ("geen", 200)]), row(&[("plan", 15), ("geen", 60)])];
        assert!(told_both_ways(&rows).iter().flat_map(BTreeMap::values).all(Option::is_some));
    }

    #[test]
    fn three_homes_that_are_missing_do_not_follow_either() {
        assert_eq!([part(97, 100), part(3, 100), part(0, 100), part(100, 100)], [None, None, Some(0), Some(100)]);
        assert_eq!(part(60, 100), Some(60));
    }

    proptest! {
        #[test]
        fn nothing_follows_along_a_row_or_a_column(
            table in prop::collection::vec(prop::collection::vec(0u32..60, 4), 1..6)
        ) {
            let rows: Vec<BTreeMap<usize, u32>> =
                table.iter().map(|row| row.iter().copied().enumerate().collect()).collect();
            let told = told_both_ways(&rows);
            let cell = |r: usize, c: usize| (rows[r][&c], told[r][&c]);
            let columns = (0..4).map(|c| (0..rows.len()).map(|r| cell(r, c)).collect::<Vec<_>>());
            let lines = (0..rows.len()).map(|r| (0..4).map(|c| cell(r, c)).collect::<Vec<_>>()).chain(columns);
            for line in lines {
                prop_assert!(line.iter().all(|(n, told)| told.is_none_or(|told| told == *n && (*n == 0 || *n >= least()))));
                let hidden: Vec<u32> = line.iter().filter(|(n, told)| *n > 0 && told.is_none()).map(|(n, _)| *n).collect();
                let shown = line.iter().any(|(n, told)| *n > 0 && told.is_some());
                // Where something is told, what is not told is more than one part, and a group.
                prop_assert!(!shown || hidden.is_empty() || (hidden.len() > 1 && hidden.iter().sum::<u32>() >= least()));
            }
        }

        #[test]
        fn what_is_hidden_cannot_be_computed(parts in prop::collection::vec(0u32..60, 1..8)) {
            let whole: u32 = parts.iter().sum();
            let told = of(&parts);
            let shown: u32 = told.iter().flatten().sum();
            prop_assert!(told.iter().flatten().all(|n| *n == 0 || *n >= least()));
            let hidden = told.iter().filter(|n| n.is_none()).count();
            if whole >= least() && hidden > 0 {
                // Either nothing is told but zeros, or what is left is as large as a told group and of two parts at least.
                prop_assert!(shown == 0 || (hidden >= 2 && whole - shown >= least()));
            }
        }
    }

    fn town(parts: &[(u32, u32)]) -> Counts {
        // (wijk, count) for each buurt; wholes add up.
        let mut counts = Counts::new();
        for (i, (wijk, n)) in parts.iter().enumerate() {
            counts.insert(format!("BU0392{wijk:02}{i:02}"), Some(*n));
            for whole in [format!("WK0392{wijk:02}"), "GM0392".to_owned()] {
                let sum = counts.entry(whole).or_insert(Some(0));
                *sum = sum.map(|s| s + n);
            }
        }
        counts
    }

    #[test]
    fn a_hidden_neighbourhood_takes_the_smallest_other_along() {
        let mut counts = town(&[(1, 4), (1, 30), (1, 200)]);
        hide(&mut counts);
        assert_eq!(counts["BU03920100"], None);
        assert_eq!(counts["BU03920101"], None);
        assert_eq!(counts["BU03920102"], Some(200));
        assert_eq!(counts["WK039201"], Some(234));
    }

    #[test]
    fn a_wijk_of_one_small_neighbourhood_is_hidden_with_another_wijk() {
        let mut counts = town(&[(1, 4), (2, 100), (3, 300)]);
        hide(&mut counts);
        assert_eq!((counts["WK039201"], counts["WK039202"], counts["WK039203"]), (None, None, Some(300)));
        assert_eq!(counts["GM0392"], Some(404));
        assert_eq!(counts["BU03920100"], None);
    }

    proptest! {
        #[test]
        fn nothing_hidden_can_be_computed(parts in prop::collection::vec((0u32..4, 0u32..60), 1..14)) {
            let mut counts = town(&parts);
            hide(&mut counts);
            prop_assert!(counts.values().flatten().all(|n| *n == 0 || *n >= least()));
            for (whole, parts) in families(&counts) {
                prop_assert!(!follows(counts[&whole], parts.iter().map(|(_, n)| *n)));
            }
        }
    }
}
