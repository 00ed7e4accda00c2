//! What may be told of small groups: no count below a limit, and none that follows by subtraction from those that are
//! told.

use std::collections::BTreeMap;

/// Fewest homes of which a figure is told.
pub const LEAST: u32 = 10;

/// The parts of a whole, `None` where a part is not told. The whole is told only where it is large enough itself. Nothing
/// at all in a part is told: it is about nobody.
pub fn told<K: Ord + Clone>(parts: &BTreeMap<K, u32>) -> BTreeMap<K, Option<u32>> {
    let whole: u32 = parts.values().sum();
    let mut hidden: Vec<&K> = parts.iter().filter(|(_, n)| (1..LEAST).contains(*n)).map(|(k, _)| k).collect();
    let sum = |hidden: &[&K]| hidden.iter().map(|k| parts[*k]).sum::<u32>();
    // One hidden part is the whole less the others; a few together are a small group again.
    while whole >= LEAST && !hidden.is_empty() && (hidden.len() < 2 || sum(&hidden) < LEAST) {
        let next = parts.iter().filter(|(k, n)| **n > 0 && !hidden.contains(k)).min_by_key(|(_, n)| **n);
        match next {
            Some((k, _)) => hidden.push(k),
            None => break,
        }
    }
    parts.iter().map(|(k, n)| (k.clone(), (whole >= LEAST && !hidden.contains(&k)).then_some(*n))).collect()
}

/// A part of a whole that is told itself; `None` where the part or the rest would be a small group.
pub fn part(part: usize, whole: usize) -> Option<u32> {
    let small = |n: usize| (1..LEAST as usize).contains(&n);
    (!small(part) && !small(whole.saturating_sub(part))).then_some(part as u32)
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
    fn three_homes_that_are_missing_do_not_follow_either() {
        assert_eq!([part(97, 100), part(3, 100), part(0, 100), part(100, 100)], [None, None, Some(0), Some(100)]);
        assert_eq!(part(60, 100), Some(60));
    }

    proptest! {
        #[test]
        fn what_is_hidden_cannot_be_computed(parts in prop::collection::vec(0u32..60, 1..8)) {
            let whole: u32 = parts.iter().sum();
            let told = of(&parts);
            let shown: u32 = told.iter().flatten().sum();
            prop_assert!(told.iter().flatten().all(|n| *n == 0 || *n >= LEAST));
            let hidden = told.iter().filter(|n| n.is_none()).count();
            if whole >= LEAST && hidden > 0 {
                // Either nothing is told but zeros, or what is left is as large as a told group and of two parts at least.
                prop_assert!(shown == 0 || (hidden >= 2 && whole - shown >= LEAST));
            }
        }
    }
}
