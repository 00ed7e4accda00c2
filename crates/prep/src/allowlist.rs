//! The list of what may be published: `data/toegestaan.toml`, as values.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::config::Allowed;

/// The list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    #[serde(rename = "datum")]
    _date: String,
    /// Words that no attribute of a home holds.
    #[serde(rename = "nooit_per_woning")]
    never: Vec<String>,
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
    #[serde(default, rename = "bij_eigendom")]
    with_ownership: BTreeSet<String>,
    #[serde(default, rename = "aantallen")]
    counts: Vec<String>,
    /// Wholes and the parts beside them.
    #[serde(default, rename = "delen")]
    pub parts: Vec<Parts>,
    /// Wholes at the top and the parts in a list.
    #[serde(default, rename = "verdeeld")]
    pub spread: Vec<Parts>,
    /// Counts of areas that lie in each other.
    #[serde(default, rename = "genest")]
    pub nested: Vec<Nested>,
}

/// Counts of areas that lie in each other, by their codes: buurt in wijk in gemeente.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nested {
    /// The lists that the areas stand in.
    #[serde(rename = "in")]
    pub of: Vec<String>,
    /// Where in an area the counts stand, such as `cbs`.
    #[serde(rename = "bij")]
    pub at: String,
    /// The counts.
    #[serde(rename = "aantallen")]
    pub counts: Vec<String>,
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
    /// The part that is in none of the list, beside the whole.
    #[serde(default, rename = "rest")]
    pub rest: Option<String>,
}

impl List {
    /// The list of this program.
    pub fn built_in() -> Result<Self, String> {
        toml::from_str(include_str!("../../../data/toegestaan.toml")).map_err(|e| e.message().to_owned())
    }

    /// Whether an attribute may be about one home.
    pub fn told_of_one(&self, key: &str) -> Result<(), String> {
        match self.never.iter().find(|word| key.contains(word.as_str())) {
            Some(word) => Err(format!("attribute `{key}` speaks of `{word}`, which is never told of one home.")),
            None => Ok(()),
        }
    }

    /// The rule with the longest beginning, or beginning and end, that a file's name has.
    pub fn file(&self, name: &str) -> Result<&FileRule, String> {
        let fits = |rule: &str| match rule.split_once('*') {
            Some((begin, end)) => name.starts_with(begin) && name.ends_with(end),
            None => name.starts_with(rule),
        };
        let found = self.files.iter().filter(|(rule, _)| fits(rule)).max_by_key(|(rule, _)| rule.len());
        found.map(|(_, rule)| rule).ok_or_else(|| "this file is not on the list in data/toegestaan.toml.".to_owned())
    }
}

impl FileRule {
    /// Whether all of these columns of homes may be there.
    pub fn columns(&self, found: &[impl AsRef<str>], allowed: Allowed) -> Result<(), String> {
        let owner = |name: &str| self.with_ownership.contains(name);
        if let Some(name) = found.iter().map(AsRef::as_ref).find(|name| owner(name) && !allowed.ownership) {
            return Err(format!("`{name}` is there and the configuration does not say `eigendom = \"woning\"`."));
        }
        self.all(found.iter().map(AsRef::as_ref).filter(|name| !owner(name)))
    }

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
    pub fn is_count(&self, way: &str) -> bool {
        self.counts.iter().any(|known| same(known, way))
    }

    /// Whether wholes and parts must be held against each other.
    pub const fn has_groups(&self) -> bool {
        !(self.parts.is_empty() && self.spread.is_empty() && self.nested.is_empty())
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
