//! Putting lists in order with one function for all types: the standard sort is made anew for each type of item, five kilobytes
//! a time, and the page has a dozen of them in what it loads first. These lists are of some hundred lines.

use std::cmp::Ordering;

/// Puts items in order; equal ones stay as they were.
///
/// ```
/// let mut words = vec!["warmtenet", "gas", "hybride"];
/// gasvrij3d::order::sort_by(&mut words, |a, b| a.len().cmp(&b.len()));
/// assert_eq!(words, ["gas", "hybride", "warmtenet"]);
/// ```
pub fn sort_by<T>(items: &mut Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) {
    let places = in_order(items.len() as u32, &mut |a, b| match (items.get(a as usize), items.get(b as usize)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut slots: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(places.into_iter().filter_map(|place| slots.get_mut(place as usize)?.take()));
}

/// Puts items in the order of a key.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// So many places, each put where it belongs among those before it.
#[inline(never)]
fn in_order(count: u32, compare: &mut dyn FnMut(u32, u32) -> Ordering) -> Vec<u32> {
    let mut places = Vec::new();
    for place in 0..count {
        let at = places.partition_point(|&known| compare(known, place) != Ordering::Greater);
        places.insert(at, place);
    }
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_the_order_of_the_standard_sort(items in prop::collection::vec((0_u8..9, any::<u8>()), 0..200)) {
            let (mut own, mut standard) = (items.clone(), items);
            sort_by_key(&mut own, |(key, _)| *key);
            standard.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(own, standard);
        }
    }
}
