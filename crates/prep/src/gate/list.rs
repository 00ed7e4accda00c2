//! The list of what may be published: `data/toegestaan.toml`, as values.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// The list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    #[serde(rename = "datum")]
    _date: String,
    /// Words that no attribute of a home holds.
    #[serde(rename = "nooit_per_woning")]
    pub never: Vec<String>,
    #[serde(rename = "kleinste_groep")]
    least: u32,
    /// Layers of tiles.
    #[serde(rename = "tegels")]
    pub tiles: BTreeMap<String, Rule>,
    #[serde(rename = "bestanden")]
    files: BTreeMap<String, FileRule>,
}

/// What a layer may have.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Attributes.
    #[serde(rename = "kenmerken")]
    pub attributes: BTreeSet<String>,
    /// Attributes that need leave to show ownership.
    #[serde(default, rename = "bij_eigendom")]
    pub with_ownership: BTreeSet<String>,
}

/// What a file may have.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRule {
    #[serde(rename = "kenmerken")]
    attributes: BTreeSet<String>,
    #[serde(default, rename = "aantallen")]
    counts: Vec<String>,
    /// Wholes and the parts beside them.
    #[serde(default, rename = "delen")]
    pub parts: Vec<Parts>,
    /// Counts of areas that lie in each other, by their codes.
    #[serde(default, rename = "genest")]
    pub nested: Vec<String>,
}

/// A whole and where it is split.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parts {
    /// The list that the objects stand in, such as `buurten`.
    #[serde(rename = "in")]
    pub of: String,
    /// The whole, such as `woningen`.
    #[serde(rename = "geheel")]
    pub whole: String,
    /// The parts, such as `typ`.
    #[serde(rename = "deel")]
    pub split: String,
}

impl List {
    /// The list of this program.
    pub fn built_in() -> Result<Self, String> {
        toml::from_str(include_str!("../../../../data/toegestaan.toml")).map_err(|e| e.message().to_owned())
    }

    /// The rule with the longest beginning that a file's name has.
    pub fn file(&self, name: &str) -> Result<&FileRule, String> {
        let found =
            self.files.iter().filter(|(begin, _)| name.starts_with(begin.as_str())).max_by_key(|(b, _)| b.len());
        found.map(|(_, rule)| rule).ok_or_else(|| "this file is not on the list in data/toegestaan.toml.".to_owned())
    }
}

impl FileRule {
    /// Whether all of these may be there.
    pub fn all(&self, found: impl Iterator<Item = impl AsRef<str>>) -> Result<(), String> {
        for name in found {
            let name = name.as_ref();
            let on_list = self.attributes.contains(name) || self.attributes.iter().any(|known| same(known, name));
            if !on_list {
                return Err(format!("`{name}` is not on the list in data/toegestaan.toml."));
            }
        }
        Ok(())
    }

    /// Whether these lists, with nothing in them, may be there: as values, or as a step on the way to a value.
    pub fn lists(&self, empty: &BTreeSet<String>) -> Result<(), String> {
        let on_the_way = |name: &str| {
            self.attributes.iter().any(|known| known.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
        };
        self.all(empty.iter().filter(|name| !on_the_way(name)))
    }

    /// Whether the number on this way is a count of homes or people.
    pub fn is_count(&self, path: &[&str]) -> bool {
        self.counts.iter().any(|known| {
            let mut known = known.split('.');
            path.iter().all(|part| known.next().is_some_and(|k| k == "*" || k == *part)) && known.next().is_none()
        })
    }
}

/// Whether a way is the one on the list, where `*` stands for any name. A name may have dots in it.
fn same(known: &str, name: &str) -> bool {
    let Some((begin, end)) = known.split_once('*') else { return known == name };
    let Some(rest) = name.strip_prefix(begin) else { return false };
    if end.is_empty() { !rest.is_empty() } else { rest.len() > end.len() && rest.ends_with(end) }
}

/// The smallest group that is told.
pub fn least() -> u32 {
    static LEAST: LazyLock<u32> = LazyLock::new(|| List::built_in().map_or(u32::MAX, |list| list.least));
    *LEAST
}
