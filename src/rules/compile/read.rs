//! The files of the table as they are written, with the line of each part, so that a fault can be found.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::super::table::{Basis, Kind};
use crate::error::{Error, Result};

/// A part of a file, with its place there.
#[derive(Clone, Debug)]
pub struct At<T> {
    pub value: T,
    /// `data/rules/30-hybride.toml:12`.
    pub place: String,
}

/// All files together.
#[derive(Debug)]
pub struct Files {
    pub head: Head,
    pub terms: BTreeMap<String, String>,
    pub sources: BTreeMap<String, At<SourceRow>>,
    pub rules: Vec<At<RuleRow>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    table: Option<Head>,
    #[serde(default)]
    terms: BTreeMap<String, String>,
    #[serde(default)]
    sources: BTreeMap<String, Spanned<SourceRow>>,
    #[serde(default)]
    rule: Vec<Spanned<RuleRow>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub version: String,
    pub date: String,
    pub year: u16,
    pub fallback: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceRow {
    pub nl: String,
    pub en: String,
    pub year: u16,
    pub date: String,
    pub checked: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleRow {
    pub id: String,
    pub when: String,
    /// Base rules that stand above this one and may hold as well, with another verdict.
    #[serde(default)]
    pub after: Vec<String>,
    pub effect: Vec<EffectRow>,
    pub nl: String,
    pub en: String,
    pub basis: Vec<Basis>,
    pub sources: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EffectRow {
    pub kind: Kind,
    pub options: Vec<String>,
    pub when: Option<String>,
    /// A verdict, or the option whose base verdict is taken over.
    pub verdict: Option<String>,
    pub badge: Option<String>,
}

/// Reads the files, each a name and its text, in the order given.
pub fn files(texts: &[(String, String)]) -> Result<Files> {
    let mut head = None;
    let mut all = Files {
        head: Head { version: String::new(), date: String::new(), year: 0, fallback: String::new() },
        terms: BTreeMap::new(),
        sources: BTreeMap::new(),
        rules: Vec::new(),
    };
    for (name, text) in texts {
        let line = |at: usize| format!("{name}:{}", 1 + text[..at.min(text.len())].matches('\n').count());
        let file: File = toml::from_str(text).map_err(|e| {
            let place = e.span().map_or_else(|| name.clone(), |span| line(span.start));
            Error::new(e.message()).at(place)
        })?;
        if let Some(table) = file.table {
            if head.is_some() {
                return Err(Error::new("[table] stands in an earlier file too; give it one place").at(name));
            }
            head = Some(table);
        }
        for (term, condition) in file.terms {
            if all.terms.insert(term.clone(), condition).is_some() {
                return Err(Error::new(format!("the word `{term}` stands in an earlier file too")).at(name));
            }
        }
        for (id, source) in file.sources {
            let place = line(source.span().start);
            if all.sources.contains_key(&id) {
                return Err(Error::new(format!("source `{id}` stands in an earlier file too")).at(place));
            }
            all.sources.insert(id, At { value: source.into_inner(), place });
        }
        for rule in file.rule {
            let place = line(rule.span().start);
            all.rules.push(At { value: rule.into_inner(), place });
        }
    }
    all.head =
        head.ok_or_else(|| Error::new("data/rules: no file has [table] with version, date, year and fallback"))?;
    Ok(all)
}
