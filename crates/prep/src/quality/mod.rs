//! How good the data is: how much is known of the homes, how it is known, and how old each source is; for the town and
//! for each neighbourhood. What was rejected and what contradicts is in the report.

pub mod page;

use std::collections::BTreeMap;

use gasvrij3d::home::{FactKey, Home, Method, Origins};
use serde::Serialize;

use crate::date::Date;
use crate::derive::Derived;
use crate::groups;
use crate::join::Joined;
use crate::model::Town;

/// The figures.
#[derive(Debug, Serialize)]
pub struct Quality {
    /// The day from which ages count: as configured, else that of the newest source.
    #[serde(rename = "peildatum")]
    pub reference: Option<Date>,
    /// Homes.
    #[serde(rename = "woningen")]
    pub homes: u32,
    /// Homes in no neighbourhood; `null` where they are fewer than a group, or another group would follow.
    #[serde(rename = "woningen_zonder_buurt")]
    pub outside: Option<u32>,
    /// Each fact.
    #[serde(rename = "feiten")]
    pub facts: Vec<Coverage>,
    /// Each source.
    #[serde(rename = "bronnen")]
    pub sources: Vec<Age>,
    /// Kinds of sources that there is nothing of.
    #[serde(rename = "afwezig")]
    pub gaps: Vec<&'static str>,
    /// Each neighbourhood.
    #[serde(rename = "buurten")]
    pub neighbourhoods: Vec<Part>,
}

/// How much is known of one fact.
#[derive(Debug, Serialize)]
pub struct Coverage {
    /// Its key.
    #[serde(rename = "feit")]
    pub fact: &'static str,
    /// Homes of which it is known.
    #[serde(rename = "bekend")]
    pub known: u32,
    /// Of these, how it came to be: by the code of the method.
    #[serde(rename = "hoe")]
    pub methods: BTreeMap<&'static str, u32>,
}

/// How old a source is.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Age {
    /// Its id.
    pub id: String,
    /// For people.
    #[serde(rename = "naam")]
    pub name: String,
    /// The date it speaks of, or empty.
    #[serde(rename = "datum")]
    pub date: String,
    /// Whole months from there to the reference day; `null` where the source has no date.
    #[serde(rename = "maanden")]
    pub months: Option<u32>,
}

/// A neighbourhood.
#[derive(Debug, Serialize)]
pub struct Part {
    /// Its code.
    pub code: String,
    /// For people.
    #[serde(rename = "naam")]
    pub name: String,
    /// Homes; `null` where they are fewer than a group.
    #[serde(rename = "woningen")]
    pub homes: Option<u32>,
    /// By fact, the share of homes of which it is known, whole per cents; nothing where the homes are fewer than a group.
    #[serde(rename = "bekend_pct")]
    pub known_pct: BTreeMap<&'static str, u32>,
}

impl Quality {
    /// Of a town.
    pub fn of(joined: &Joined, derived: &Derived, gaps: Vec<&'static str>, reference: Option<Date>) -> Self {
        let town = &joined.town;
        let is_home = |d: &usize| town.dwellings[*d].is_home;
        let homes: Vec<usize> = (0..town.dwellings.len()).filter(is_home).collect();
        let facts = FactKey::ALL.iter().filter(|k| **k != FactKey::Woonfunctie);
        let sources = ages(town, reference);
        let (neighbourhoods, outside) = neighbourhoods(town, &homes, derived);
        Self {
            reference: reference.or_else(|| newest(town)),
            homes: homes.len() as u32,
            outside,
            facts: facts.map(|key| coverage(*key, &homes, &derived.homes, &derived.origins)).collect(),
            sources,
            gaps,
            neighbourhoods,
        }
    }
}

fn coverage(key: FactKey, members: &[usize], homes: &[Home], origins: &[Origins]) -> Coverage {
    let mut methods = BTreeMap::new();
    let mut known = 0;
    for &d in members {
        if homes[d].fact(key).is_some() {
            known += 1;
            if let Some(origin) = origins[d].0.get(&key) {
                *methods.entry(Method::code(origin.method)).or_default() += 1;
            }
        }
    }
    Coverage { fact: key.code(), known, methods }
}

/// The first day of what a source calls its date: `2026`, `2026-04` or `2026-04-01`.
fn day(text: &str) -> Option<Date> {
    match text.len() {
        4 => Date::parse(&format!("{text}-01-01")),
        7 => Date::parse(&format!("{text}-01")),
        _ => Date::parse(text),
    }
}

fn newest(town: &Town) -> Option<Date> {
    town.sources.iter().filter_map(|s| day(&s.date)).max()
}

fn ages(town: &Town, reference: Option<Date>) -> Vec<Age> {
    let reference = reference.or_else(|| newest(town));
    let months = |date: Date| u32::from(date.year) * 12 + u32::from(date.month);
    let mut ages: Vec<Age> = town
        .sources
        .iter()
        .map(|s| Age {
            id: s.id.clone(),
            name: s.name.clone(),
            date: s.date.clone(),
            months: day(&s.date).zip(reference).map(|(from, to)| months(to).saturating_sub(months(from))),
        })
        .collect();
    ages.sort();
    ages.dedup();
    ages
}

fn neighbourhoods(town: &Town, homes: &[usize], derived: &Derived) -> (Vec<Part>, Option<u32>) {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); town.neighbourhoods.len()];
    for &d in homes {
        if let Some(n) = derived.place[d] {
            members[n].push(d);
        }
    }
    let inside: usize = members.iter().map(Vec::len).sum();
    let (told, outside) = groups::homes(members.iter().map(Vec::len), homes.len() - inside);
    let part = |(i, members): (usize, Vec<usize>)| {
        let (n, told) = (&town.neighbourhoods[i], told[i]);
        let share = |key: FactKey| {
            let with = members.iter().filter(|&&d| derived.homes[d].fact(key).is_some()).count();
            (with * 100 / members.len().max(1)) as u32
        };
        let enough = told.is_some_and(|n| n > 0);
        let facts = FactKey::ALL.iter().filter(|k| enough && **k != FactKey::Woonfunctie);
        Part {
            code: n.code.clone(),
            name: n.name.clone(),
            homes: told,
            known_pct: facts.map(|key| (key.code(), share(*key))).collect(),
        }
    };
    (members.into_iter().enumerate().map(part).collect(), outside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_of_a_year_is_as_old_as_its_first_day() {
        assert_eq!(day("2021"), Date::new(2021, 1, 1));
        assert_eq!(day("2021-08"), Date::new(2021, 8, 1));
        assert_eq!(day("2021-08-09"), Date::new(2021, 8, 9));
        assert_eq!(day(""), None);
        let source = |date: &str| gasvrij3d::manifest::Source {
            id: "bag".into(),
            name: "BAG".into(),
            attribution: String::new(),
            licence: String::new(),
            date: date.into(),
            file: String::new(),
            sha256: String::new(),
        };
        let town = Town { sources: vec![source("2021-08"), source("2026-04-01"), source("")], ..Town::default() };
        let months: Vec<_> = ages(&town, None).into_iter().map(|a| a.months).collect();
        assert_eq!(months, [None, Some(56), Some(0)]);
    }
}
