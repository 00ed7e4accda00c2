//! Small groups: no count below the limit is told, and none follows from what is told. Areas lie in each other (buurt in
//! wijk in gemeente), so that a part that is not told must not be the whole less the other parts.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::least;
use super::list::{FileRule, Parts};

/// Counts of areas by code; `None` where it is not told.
pub type Counts = BTreeMap<String, Option<u32>>;

/// The area that this one lies in, by its code.
fn parent(code: &str) -> Option<String> {
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
fn families(counts: &Counts) -> BTreeMap<String, Vec<(String, Option<u32>)>> {
    let mut families: BTreeMap<String, Vec<(String, Option<u32>)>> = BTreeMap::new();
    for (code, count) in counts {
        if let Some(whole) = parent(code).filter(|whole| counts.contains_key(whole)) {
            families.entry(whole).or_default().push((code.clone(), *count));
        }
    }
    families
}

/// Whether something about a small group follows from a whole and its parts.
fn follows(whole: Option<u32>, parts: impl Iterator<Item = Option<u32>>) -> bool {
    let Some(whole) = whole else { return false };
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

/// Looks whether a small group follows from what a file tells.
pub fn inspect(json: &Json, rule: &FileRule) -> Result<(), String> {
    for parts in &rule.parts {
        for object in json.get(&parts.of).and_then(Json::as_array).into_iter().flatten() {
            inspect_parts(object, parts)?;
        }
    }
    for figure in &rule.nested {
        let counts = nested(json, figure);
        for (whole, parts) in families(&counts) {
            if follows(counts[&whole], parts.iter().map(|(_, n)| *n)) {
                return Err(format!(
                    "`{figure}`: a part of {whole} that is not told follows from the parts that are: hide one more."
                ));
            }
        }
    }
    Ok(())
}

fn count(json: &Json) -> Option<u32> {
    json.as_f64().map(|n| n as u32)
}

fn inspect_parts(object: &Json, parts: &Parts) -> Result<(), String> {
    let whole = object.get(&parts.whole).and_then(count);
    let split = object.get(&parts.split).and_then(Json::as_object);
    if follows(whole, split.into_iter().flat_map(|s| s.values().map(count))) {
        let name = object.get("code").and_then(Json::as_str).unwrap_or_default();
        return Err(format!(
            "`{}.{}` of {name}: a part that is not told follows from the whole `{}` and the other parts: hide one more.",
            parts.of, parts.split, parts.whole
        ));
    }
    Ok(())
}

fn nested(json: &Json, figure: &str) -> Counts {
    let areas = json.get("gebieden").and_then(Json::as_array);
    let row = |area: &Json| {
        let code = area.get("code")?.as_str()?.to_owned();
        Some((code, area.get("cijfers").and_then(|f| f.get(figure)).and_then(count)))
    };
    areas.into_iter().flatten().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
