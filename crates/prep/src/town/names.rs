//! Made-up names of streets and quarters, and postcodes that do not exist.

use std::collections::{BTreeMap, BTreeSet};

use super::params::{KindSpec, Names};
use super::rng::Rng;

/// Hands out names; no name twice.
pub struct Namer<'a> {
    names: &'a Names,
    /// Themes in the order in which quarters get them.
    themes: Vec<&'a str>,
    next_theme: usize,
    taken: BTreeSet<String>,
}

/// The theme of a quarter's streets.
#[derive(Clone, Debug)]
pub struct Theme {
    words: Vec<String>,
    endings: Vec<String>,
    next: usize,
}

impl<'a> Namer<'a> {
    pub fn new(names: &'a Names, rng: &mut Rng) -> Self {
        let mut themes: Vec<&str> = names.themes.keys().map(String::as_str).collect();
        shuffle(&mut themes, rng);
        Self { names, themes, next_theme: 0, taken: BTreeSet::new() }
    }

    /// A quarter's name and the theme of its streets.
    pub fn quarter(&mut self, spec: &KindSpec, rng: &mut Rng) -> (String, Theme) {
        let (mut name, mut theme) = (None, self.themes[0]);
        for _ in 0..self.themes.len() {
            theme = self.themes[self.next_theme % self.themes.len()];
            self.next_theme += 1;
            name = spec.called.iter().map(|form| form.replace("{}", theme)).find(|name| !self.taken.contains(name));
            if name.is_some() {
                break;
            }
        }
        let name = self.free(name.unwrap_or_else(|| format!("{theme}kwartier")));
        let mut words = self.names.themes.get(theme).cloned().unwrap_or_default();
        shuffle(&mut words, rng);
        (name, Theme { words, endings: spec.endings.clone(), next: 0 })
    }

    /// The theme of the old centre: names without a system.
    pub fn centre(&self, rng: &mut Rng) -> Theme {
        let mut words = self.names.centre.clone();
        shuffle(&mut words, rng);
        Theme { words, endings: vec![String::new()], next: 0 }
    }

    /// The theme of roads between quarters.
    pub fn lanes(&self, rng: &mut Rng) -> Theme {
        let mut words = self.names.lanes.clone();
        shuffle(&mut words, rng);
        Theme { words, endings: self.names.lane_endings.clone(), next: 0 }
    }

    /// A street's name in a theme.
    pub fn street(&mut self, theme: &mut Theme, rng: &mut Rng) -> String {
        for _ in 0..theme.words.len() * theme.endings.len() {
            let word = &theme.words[theme.next % theme.words.len()];
            let ending = &theme.endings[rng.whole([0, theme.endings.len() - 1])];
            theme.next += 1;
            let name = format!("{word}{ending}");
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
        let word = theme.words.get(theme.next % theme.words.len().max(1)).map_or("Nieuwe", String::as_str);
        theme.next += 1;
        self.free(format!("{word}{}", theme.endings.first().map_or("straat", String::as_str)))
    }

    /// This name, or the first like it that is free.
    pub fn free(&mut self, name: String) -> String {
        if self.taken.insert(name.clone()) {
            return name;
        }
        for before in &self.names.before {
            let longer = format!("{before} {name}");
            if self.taken.insert(longer.clone()) {
                return longer;
            }
        }
        for number in 2.. {
            let longer = format!("{name} {number}");
            if self.taken.insert(longer.clone()) {
                return longer;
            }
        }
        name
    }
}

fn shuffle<T>(items: &mut [T], rng: &mut Rng) {
    for i in (1..items.len()).rev() {
        items.swap(i, rng.whole([0, i]));
    }
}

/// Postcodes: digits by quarter, letters by side of a street. They begin with 0, as no real postcode does.
#[derive(Debug, Default)]
pub struct Postcodes {
    used: BTreeMap<usize, usize>,
}

impl Postcodes {
    pub fn next(&mut self, quarter: usize) -> String {
        let used = self.used.entry(quarter).or_default();
        let letters = loop {
            let letters: String = [*used / 26 % 26, *used % 26].map(|i| char::from(b'A' + i as u8)).iter().collect();
            *used += 1;
            // These pairs are never given out.
            if !["SA", "SD", "SS"].contains(&letters.as_str()) {
                break letters;
            }
        };
        format!("{:04}{letters}", quarter % 999 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postcodes_begin_with_0_and_skip_the_forbidden_pairs() {
        let mut postcodes = Postcodes::default();
        assert_eq!(postcodes.next(0), "0001AA");
        assert_eq!(postcodes.next(0), "0001AB");
        assert_eq!(postcodes.next(41), "0042AA");
        assert!((0..650).map(|_| postcodes.next(7)).all(|p| p.starts_with('0') && !p.ends_with("SS")));
    }
}
