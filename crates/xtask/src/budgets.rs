//! `data/budgets.toml`: what the product may weigh, and how long it may take.

use serde::Deserialize;

use crate::Outcome;
use crate::paths::Paths;

/// All budgets.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budgets {
    /// What a visitor downloads.
    pub group: Vec<Group>,
    /// How long the rules take on a whole town.
    pub speed: Vec<Speed>,
    /// How long a visitor waits.
    pub visit: Visit,
    /// How soon the map of a whole town answers.
    pub map: Map,
    /// What a town of any size takes.
    pub scale: Scale,
    /// What Lighthouse says at least.
    pub lighthouse: Lighthouse,
}

/// At least these points out of 100, on the house card with the profile of a phone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lighthouse {
    /// For everyone.
    pub accessibility: u32,
    /// What browsers and visitors may expect of a page.
    pub best_practices: u32,
    /// How soon it is there, and how still it stands.
    pub performance: u32,
}

/// What three of four visits with a slow phone may take at most, in ms.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// Until the search box answers.
    pub search: f64,
    /// Until the card of a link is there.
    pub card: f64,
    /// From a key press to the list.
    pub key: f64,
}

/// What three of four times take at most with the map of a whole town, in ms, on two cores that draw too.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// From a move of the pointer that draws a main to the pixels of the homes that it recolours.
    pub drawing: f64,
    /// From a graphics process that is killed to the home in sight again.
    pub rebuild: f64,
}

/// What the map takes at most, for towns of up to 300,000 homes, on two cores that draw too.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// The middle one of the frames in which the map is turned, in ms.
    pub frame: f64,
    /// The page's own process and the one that draws for it, in MB.
    pub memory: f64,
}

/// Files that a visitor waits for together.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// For people.
    pub name: String,
    /// At most this, in kB (1000 bytes), compressed.
    pub max_kb: f64,
    /// How it is compressed.
    #[serde(default)]
    pub compression: Compression,
    /// Names in the page's folder; `*` stands for anything. Each must be there.
    #[serde(default)]
    pub page: Vec<String>,
    /// Parts of the data; of each the largest file counts.
    #[serde(default)]
    pub data: Vec<DataPart>,
}

/// How a host compresses what it sends, at its best.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compression {
    /// What browsers of today ask for.
    #[default]
    Brotli,
    /// What every host can.
    Gzip,
}

/// A kind of file in a data set.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DataPart {
    /// The manifest.
    Manifest,
    /// All streets.
    Streets,
    /// Addresses of some streets.
    SearchShard,
    /// Dwelling ids.
    IdShard,
    /// A tile.
    Tile,
}

/// At most this many milliseconds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Speed {
    /// For people.
    pub name: String,
    /// Where it is measured.
    pub place: Place,
    /// The limit.
    pub max_ms: f64,
}

/// Where something is measured.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// On this machine, as it is.
    Native,
    /// In Chromium.
    Browser,
}

/// Reads the budgets.
pub fn read(paths: &Paths) -> Outcome<Budgets> {
    let file = paths.root.join("data/budgets.toml");
    let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: cannot be read ({e}).", file.display()))?;
    toml::from_str(&text).map_err(|e| format!("{}: cannot be understood: {e}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budgets_of_the_project_can_be_read() {
        let budgets: Budgets = toml::from_str(include_str!("../../../data/budgets.toml")).unwrap();
        assert!(budgets.group.iter().all(|group| group.max_kb > 0.0 && !group.page.is_empty()));
        assert!(budgets.speed.iter().all(|speed| speed.max_ms > 0.0));
    }
}
