//! The example homes: `data/voorbeeldwoningen.toml`, read like any record and judged by the rules of this program.

use gasvrij3d::home::{FactKey, Facts};
use gasvrij3d::rules::{Advice, Rule, rules};
use gasvrij3d::verdict::HeatOption;
use serde::Deserialize;

use crate::record::Record;

const FILE: &str = "data/voorbeeldwoningen.toml";
/// As many as help to see what a rule does.
const MOST_EXAMPLES: usize = 3;

/// A home in people's words, with what the rules say of it.
#[derive(Debug)]
pub struct Example {
    /// In people's words.
    pub name: String,
    /// What is known of it: the fact, its place among the codes, and its number.
    pub facts: Vec<(FactKey, usize, Option<f64>)>,
    /// What is said of it.
    pub advice: Advice,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    home: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    facts: serde_json::Map<String, serde_json::Value>,
}

impl Example {
    /// The options at which a rule is listed for this home.
    pub fn options_with<'a>(&'a self, rule: &'a Rule) -> impl Iterator<Item = HeatOption> + 'a {
        self.advice.options().filter(|said| said.rules().any(|r| r.id == rule.id)).map(|said| said.option)
    }
}

/// All example homes, in the order of the file.
pub fn homes() -> Result<Vec<Example>, String> {
    read(include_str!("../../../../data/voorbeeldwoningen.toml"))
}

fn read(text: &str) -> Result<Vec<Example>, String> {
    let file: File = toml::from_str(text).map_err(|e| format!("{FILE}: {e}"))?;
    file.home.into_iter().map(|row| example(row).map_err(|(name, e)| format!("{FILE}: home \"{name}\": {e}"))).collect()
}

fn example(row: Row) -> Result<Example, (String, String)> {
    let Row { name, mut facts } = row;
    if let Some(key) = facts.keys().find(|key| FactKey::from_code(key).is_none()) {
        let sentence = format!("`{key}` is not a fact; docs/facts.md lists them.");
        return Err((name, sentence));
    }
    facts.insert("id".to_owned(), name.clone().into());
    let line = serde_json::Value::Object(facts).to_string();
    let read = Record::parse(&line).and_then(|record| match record.faults.first() {
        Some(fault) => Err(format!("`{fault}` has a value that is not one of its own; docs/facts.md lists them.")),
        None => Ok(Example {
            name: name.clone(),
            facts: FactKey::ALL
                .iter()
                .map(|&key| (key, record.place(key), record.number(key)))
                .filter(|(_, place, number)| *place > 0 || number.is_some())
                .collect(),
            advice: rules().evaluate_facts(&record, record.year),
        }),
    });
    read.map_err(|e| (name, e))
}

/// Up to three homes that show a rule: the simplest first, and then those that show it doing something else.
pub fn showing<'a>(homes: &'a [Example], rule: &Rule) -> Vec<&'a Example> {
    let mut able: Vec<&Example> = homes.iter().filter(|home| home.options_with(rule).next().is_some()).collect();
    able.sort_by_key(|home| home.facts.len());
    let outcomes = |home: &Example| -> Vec<_> {
        home.options_with(rule).map(|option| (option, home.advice.verdict(option))).collect()
    };
    let (mut chosen, mut seen) = (Vec::new(), Vec::new());
    for home in able {
        let new: Vec<_> = outcomes(home).into_iter().filter(|outcome| !seen.contains(outcome)).collect();
        if !new.is_empty() && chosen.len() < MOST_EXAMPLES {
            seen.extend(new);
            chosen.push(home);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_shown_by_a_home() {
        let homes = homes().unwrap();
        for rule in rules().rules() {
            let shown = showing(&homes, rule);
            assert!((1..=3).contains(&shown.len()), "{}: {} homes", rule.id, shown.len());
        }
    }

    #[test]
    fn a_home_with_a_fault_is_refused_by_name() {
        let fault = |facts: &str| read(&format!("[[home]]\nname = \"Huis\"\nfacts = {{ {facts} }}")).unwrap_err();
        assert!(fault("bouwjaar = 1935").contains("home \"Huis\": `bouwjaar` is not a fact"));
        assert!(fault("typ = \"BOOT\"").contains("`typ` has a value that is not one of its own"));
    }
}
