//! Neighbourhoods by name.

use super::normal;
use crate::error::Result;
use crate::json::Json;
use crate::order;

/// A neighbourhood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its code: `BU03920101`.
    pub code: String,
    /// Its name.
    pub name: String,
    normal: String,
}

/// All neighbourhoods.
#[derive(Clone, Debug, Default)]
pub struct Areas(Vec<Area>);

impl Areas {
    /// Reads their codes and names out of the figures of the neighbourhoods.
    pub fn parse(json: &[u8]) -> Result<Self> {
        let area = |at: &Json| {
            let name = at.text("naam")?.to_owned();
            Ok(Area { code: at.text("code")?.to_owned(), normal: normal(&name), name })
        };
        Json::parse(json)?.list("buurten")?.iter().map(area).collect::<Result<_>>().map(Self)
    }

    /// The neighbourhoods of which the name, or a word in it, begins with what was typed; best first.
    pub fn find(&self, typed: &str, most: usize) -> Vec<&Area> {
        let typed = normal(&typed.chars().take(60).collect::<String>());
        if typed.len() < 3 {
            return Vec::new();
        }
        let later =
            |area: &Area| area.normal.match_indices(' ').any(|(at, _)| area.normal[at + 1..].starts_with(&typed));
        let rank = |area: &Area| match &area.normal {
            name if *name == typed => Some(0),
            name if name.starts_with(&typed) => Some(1),
            _ if later(area) => Some(2),
            _ => None,
        };
        let mut found: Vec<(u8, &Area)> = self.0.iter().filter_map(|area| Some((rank(area)?, area))).collect();
        order::sort_by_key(&mut found, |(rank, _)| *rank);
        found.into_iter().take(most).map(|(_, area)| area).collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_neighbourhood_is_found_by_the_start_of_its_name_or_of_a_word_in_it() {
        let file = br#"{"buurten": [
            {"code": "BU1", "naam": "Oude Stad Noord"}, {"code": "BU2", "naam": "Stad"}, {"code": "BU3", "naam": "Caf\u00e9wijk"}
        ]}"#;
        let areas = Areas::parse(file).unwrap();
        let codes = |typed: &str| areas.find(typed, 5).iter().map(|a| a.code.as_str()).collect::<Vec<_>>();
        assert_eq!(codes("stad"), ["BU2", "BU1"]);
        assert_eq!(codes("CAFE"), ["BU3"]);
        assert!(codes("st").is_empty() && codes("stadsdeel").is_empty());
        assert!(Areas::parse(b"{}").is_err());
    }
}
