//! What somebody typed, read in every way that makes sense: `Plein 1944 12` is a street and a number, so is `2021 AB 12`.

use super::normal::{normal, plain};
use crate::letters::lowercase;

/// What somebody typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The ways to read it.
    pub(super) readings: Vec<Reading>,
    /// The same with every word as it was typed, to look for typing errors in.
    pub(super) as_typed: Vec<Reading>,
}

/// One way to read it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reading {
    /// Street, or the start of one, normalised; empty when only a postcode was given.
    pub street: String,
    /// Postcode or the start of one, in capitals without a space; or empty.
    pub postcode: String,
    /// House number.
    pub number: Option<u32>,
    /// What stands behind the number: letter and addition, and what may be a place.
    pub behind: Vec<String>,
}

/// What stands behind a number, once it is known which places there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Behind {
    /// Letter and addition, as [`suffix`] writes them.
    pub suffix: String,
    /// Whether there are words that say nothing to us: `12 Amsterdam` where there is no Amsterdam.
    pub strange: bool,
    /// The place that was asked for, by its place in the list of places.
    pub place: Option<usize>,
}

/// Longer input is no address.
const LONGEST: usize = 120;

/// Words for an addition that are written out by some.
const ADDITIONS: &[(&str, &str)] = &[("rood", "rd"), ("zwart", "zw"), ("huis", "hs"), ("hoog", "h"), ("boven", "bv")];

/// Letter and addition in one form: small letters and digits, nothing between.
pub(super) fn suffix(parts: &[&str]) -> String {
    let mut out = String::new();
    for part in parts {
        for word in lowercase(part).split(|c: char| !c.is_alphanumeric()) {
            out.push_str(ADDITIONS.iter().find(|(long, _)| *long == word).map_or(word, |(_, short)| short));
        }
    }
    out
}

/// Letter and addition as people say them: `1hoog`, `I` and `0001` are all the first.
pub(super) fn loosely(suffix: &str) -> String {
    let plain = suffix.strip_suffix('h').filter(|p| p.ends_with(|c: char| c.is_ascii_digit())).unwrap_or(suffix);
    let plain = match plain {
        "i" => "1",
        "ii" => "2",
        "iii" => "3",
        "iv" => "4",
        other => other,
    };
    plain.trim_start_matches('0').to_owned()
}

/// What stands before the place at the end, and which of the places that is: the longest that fits.
pub(super) fn before_place<'t>(text: &'t str, places: &[String]) -> Option<(&'t str, usize)> {
    let before = |(index, place): (usize, &String)| {
        let before = text.strip_suffix(place.as_str()).filter(|_| !place.is_empty())?;
        Some((if before.is_empty() { before } else { before.strip_suffix(' ')? }, index))
    };
    places.iter().enumerate().filter_map(before).min_by_key(|(before, _)| before.len())
}

impl Reading {
    /// Letter and addition, and the place that may stand at the end.
    pub(super) fn behind(&self, places: &[String]) -> Behind {
        let said = self.behind.join(" ");
        let (own, place) = before_place(&said, places).map_or((&said[..], None), |(own, place)| (own, Some(place)));
        let words: Vec<&str> = own.split(' ').filter(|w| !w.is_empty()).collect();
        let is_addition = |w: &&&str| {
            w.len() <= 3
                || (w.len() <= 5 && w.contains(|c: char| c.is_ascii_digit()))
                || ADDITIONS.iter().any(|(long, _)| long == *w)
        };
        let own = words.iter().take_while(is_addition).count();
        Behind { suffix: suffix(&words[..own]), strange: own < words.len(), place }
    }
}

impl Query {
    /// Reads what somebody typed.
    pub fn parse(text: &str) -> Self {
        let text: String = text.chars().take(LONGEST).collect();
        Self { readings: readings(&normal(&text)), as_typed: readings(&plain(&text)) }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.readings.is_empty()
    }
}

fn readings(text: &str) -> Vec<Reading> {
    let words: Vec<&str> = text.split(' ').filter(|w| !w.is_empty()).collect();
    let mut readings = Vec::new();
    for (at, end, postcode) in postcodes(&words) {
        if at > 0 {
            // `Riouwstraat 12 2021 AB Haarlem`: what follows the postcode is the place.
            let place = words[end..].iter().map(|w| (*w).to_owned());
            readings.extend(streets(&words[..at]).map(|mut r| {
                r.behind.extend(place.clone());
                Reading { postcode: postcode.clone(), ..r }
            }));
            continue;
        }
        let (number, behind) = words.get(end).and_then(|w| number(w, &words[end + 1..])).unzip();
        readings.push(Reading { postcode, number, behind: behind.unwrap_or_default(), street: String::new() });
    }
    readings.extend(streets(&words));
    readings
}

/// Every place where the words could be split into a street and a number, and the whole as a street.
fn streets<'a>(words: &'a [&'a str]) -> impl Iterator<Item = Reading> + 'a {
    let whole = (!words.is_empty()).then(|| Reading { street: words.join(" "), ..Reading::default() });
    let split = (1..words.len()).filter_map(|at| {
        let (number, behind) = number(words[at], &words[at + 1..])?;
        Some(Reading { street: words[..at].join(" "), number: Some(number), behind, ..Reading::default() })
    });
    whole.into_iter().chain(split)
}

/// `12a` and the words after it: the number, and what stands behind it.
fn number(word: &str, after: &[&str]) -> Option<(u32, Vec<String>)> {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = word[..digits].parse().ok()?;
    let parts = std::iter::once(&word[digits..]).chain(after.iter().copied()).filter(|part| !part.is_empty());
    Some((number, parts.map(str::to_owned).collect()))
}

/// Where a postcode could stand: first word, the word after it, and the postcode.
fn postcodes(words: &[&str]) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if !word.is_ascii() || word.len() < 4 || !word[..4].bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        let letters = |text: &str, least: usize| {
            (least..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphabetic())
        };
        let capitals = |letters: &str| format!("{}{}", &word[..4], letters.to_ascii_uppercase());
        match (&word[4..], words.get(at + 1)) {
            ("", Some(next)) if letters(next, 1) && (next.len() == 2 || at + 2 == words.len()) => {
                found.push((at, at + 2, capitals(next)));
            }
            ("", None) if at == 0 => found.push((at, at + 1, capitals(""))),
            (rest, _) if letters(rest, if at == 0 { 1 } else { 2 }) => found.push((at, at + 1, capitals(rest))),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str, street: &str, number: u32, suffix: &str) -> bool {
        let places = ["haarlem".to_owned(), "den haag".to_owned()];
        Query::parse(text).readings.iter().any(|r| {
            let behind = r.behind(&places);
            r.street == normal(street) && r.number == Some(number) && behind.suffix == suffix && !behind.strange
        })
    }

    #[test]
    fn a_number_is_read_in_all_the_forms_people_use() {
        assert!(reads("Riouwstraat 12", "Riouwstraat", 12, ""));
        assert!(reads("riouwstraat 12a", "Riouwstraat", 12, "a"));
        assert!(reads("riouwstr. 12 A-RD", "Riouwstraat", 12, "ard"));
        assert!(reads("Riouwstraat 12-2", "Riouwstraat", 12, "2"));
        assert!(reads("Riouwstraat 12 bis", "Riouwstraat", 12, "bis"));
        assert!(reads("Riouwstraat 12 rood", "Riouwstraat", 12, "rd"));
        assert!(reads("Riouwstraat 12 1 hoog", "Riouwstraat", 12, "1h"));
        assert!(reads("Riouwstraat 12, Haarlem", "Riouwstraat", 12, ""));
        assert!(reads("Riouwstraat 12a Den Haag", "Riouwstraat", 12, "a"));
        assert!(!reads("Riouwstraat 12, Amsterdam", "Riouwstraat", 12, ""));
    }

    #[test]
    fn the_place_at_the_end_is_the_longest_that_fits() {
        let places = ["", "haag", "den haag"].map(str::to_owned);
        assert_eq!(before_place("riouwstraat den haag", &places), Some(("riouwstraat", 2)));
        assert_eq!(before_place("riouwstraat haag", &places), Some(("riouwstraat", 1)));
        assert_eq!(before_place("den haag", &places), Some(("", 2)));
        assert_eq!(before_place("oranjehaag", &places), None);
        assert_eq!(before_place("", &places), None);
    }

    #[test]
    fn a_number_that_is_part_of_the_name_is_read_both_ways() {
        assert!(reads("Plein 1944 12", "Plein 1944", 12, ""));
        assert!(reads("Plein 1944", "Plein", 1944, ""));
        assert!(Query::parse("Plein 1944").readings.iter().any(|r| r.street == "plein 1944" && r.number.is_none()));
        assert!(reads("1e Vooruitgangstraat 3", "1e Vooruitgangstraat", 3, ""));
    }

    #[test]
    fn a_postcode_is_read_with_and_without_a_space() {
        for text in ["2021AB 12a", "2021 ab 12 a", "2021 AB, 12-A"] {
            let first = Query::parse(text).readings.into_iter().next().unwrap_or_default();
            assert_eq!(
                (first.postcode.as_str(), first.number, first.behind(&[]).suffix.as_str()),
                ("2021AB", Some(12), "a"),
                "{text}"
            );
        }
        let behind = Query::parse("Riouwstraat 12 2021 AB Haarlem");
        assert!(behind.readings.iter().any(|r| r.postcode == "2021AB" && r.number == Some(12)));
        assert_eq!(Query::parse("2021").readings[0].postcode, "2021");
        assert_eq!(Query::parse("2021 a").readings[0].postcode, "2021A");
    }

    #[test]
    fn nothing_typed_is_nothing_to_look_for() {
        assert!(Query::parse("  ,. ").is_empty());
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_typed_it_never_breaks(text in "\\PC{0,200}") {
            let _ = Query::parse(&text);
        }
    }
}
