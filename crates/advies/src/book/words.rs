//! The words of the rule book: `data/regelboek.toml`. A word that is missing or never used is a fault.

use std::collections::BTreeMap;

use gasvrij3d::home::FactKey;
use gasvrij3d::rules::{Basis, Kind, Order};
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::verdict::{HeatOption, Verdict};
use serde::Deserialize;

/// The rule book is in Dutch; what it quotes in English says so.
pub const LANG: Lang = Lang::Nl;
const FILE: &str = "data/regelboek.toml";

/// Everything the book says besides the rules.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub page: PageWords,
    pub kinds: BTreeMap<String, KindWords>,
    pub basis: BTreeMap<String, String>,
    pub condition: ConditionWords,
    pub facts: FactWords,
    pub glossary: Vec<Entry>,
}

/// Headings and paragraphs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageWords {
    pub title: String,
    pub subtitle: String,
    pub skip: String,
    pub contents: String,
    pub advice_only: String,
    pub version: String,
    pub how: String,
    pub how_text: Vec<String>,
    pub how_steps: Vec<String>,
    pub how_labels: String,
    pub sureness: String,
    pub verdicts: String,
    pub verdicts_text: String,
    pub kinds: String,
    pub basis: String,
    pub options: String,
    pub options_text: String,
    pub waiting: String,
    pub base_rules: String,
    pub modifiers: String,
    pub infos: String,
    pub rules: String,
    pub rules_text: String,
    pub all_options: String,
    pub all_but_waiting: String,
    pub does: String,
    pub sets: String,
    pub raises: String,
    pub explains: String,
    pub copies: String,
    pub badge: String,
    pub only_when: String,
    pub otherwise: String,
    pub condition: String,
    pub condition_extra: String,
    pub in_words: String,
    pub in_english: String,
    pub rests_on: String,
    pub sources: String,
    pub source_of: String,
    pub unchecked: String,
    pub after: String,
    pub after_none: String,
    pub after_above: String,
    pub after_other: String,
    pub examples: String,
    pub outcome: String,
    pub outcome_rules: String,
    pub and_more: String,
    pub homes: String,
    pub homes_text: String,
    pub home_option: String,
    pub home_verdict: String,
    pub home_rules: String,
    pub home_nothing: String,
    pub words: String,
    pub words_text: String,
    pub glossary: String,
    pub facts: String,
    pub facts_text: String,
    pub all_sources: String,
    pub about: String,
    pub about_text: String,
    pub about_version: String,
    pub about_date: String,
    pub about_year: String,
    pub about_hash: String,
    pub about_register: String,
}

/// The name of a kind of rule, and what it does.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindWords {
    pub name: String,
    pub text: String,
}

/// How a condition is said.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionWords {
    pub always: String,
    pub all: String,
    pub any: String,
    pub not_all: String,
    pub not_any: String,
    pub fact: String,
    pub missing: String,
    pub known: String,
    pub or: String,
    pub not: String,
    pub label_best: String,
    pub label_worst: String,
    pub range: String,
    pub year: Orders,
    pub size: Orders,
    pub other: Orders,
    pub times: String,
    pub minus: String,
    pub verdict: String,
    pub base_rule: String,
    pub base_rule_not: String,
    pub evaluation_year: String,
}

/// A comparison with `{n}`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Orders {
    equal: String,
    less: String,
    at_most: String,
    more: String,
    at_least: String,
}

/// How facts are written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactWords {
    pub years: Vec<FactKey>,
    pub units: BTreeMap<FactKey, String>,
    pub phrases: BTreeMap<FactKey, String>,
}

/// A word with its meaning.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub word: String,
    pub text: String,
}

/// The words of this program.
pub fn words() -> Result<Words, String> {
    let text = include_str!("../../../../data/regelboek.toml");
    let mut words: Words = toml::from_str(text).map_err(|e| format!("{FILE}: {e}"))?;
    words.glossary.sort_by_key(|entry| entry.word.to_lowercase());
    Ok(words)
}

impl Orders {
    /// The words of a comparison.
    pub fn of(&self, order: Order) -> &str {
        match order {
            Order::Equal => &self.equal,
            Order::Less => &self.less,
            Order::AtMost => &self.at_most,
            Order::More => &self.more,
            Order::AtLeast => &self.at_least,
        }
    }
}

/// A text with `{name}` replaced.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// A text of `data/text`; the code where there is none.
pub fn named(kind: &str, code: &str) -> String {
    Key::named(kind, code).map_or(code, |key| key.text(LANG)).to_owned()
}

/// A text as it stands in the middle of a sentence.
pub fn small(text: &str) -> String {
    // `VvE` and `NTA` keep their capital.
    let is_word = text.chars().nth(1).is_some_and(char::is_lowercase);
    let mut letters = text.chars();
    match letters.next().filter(|_| is_word) {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => text.to_owned(),
    }
}

/// A date as people write it: `23-11-2026`.
pub fn date(iso: &str) -> String {
    iso.rsplit('-').collect::<Vec<_>>().join("-")
}

/// An option's name.
pub fn option(option: HeatOption) -> String {
    named("optie", option.code())
}

/// What a verdict says of an option.
pub fn verdict(option: HeatOption, verdict: Verdict, badges: &[&str]) -> String {
    match (option, verdict) {
        (_, Verdict::Onbekend) => named("verdict", "onbekend"),
        (HeatOption::Wacht, _) => named("wacht", verdict.code()),
        (_, Verdict::Mogelijk) if badges.contains(&"niet-nodig") => named("verdict", "M-niet-nodig"),
        _ => named("verdict", verdict.code()),
    }
}

/// The code of a kind.
pub const fn kind_code(kind: Kind) -> &'static str {
    match kind {
        Kind::Base => "B",
        Kind::Modifier => "W",
        Kind::Info => "I",
    }
}

/// The code of a basis.
pub const fn basis_code(basis: Basis) -> &'static str {
    match basis {
        Basis::National => "NAT",
        Basis::Plan => "PLAN",
        Basis::Assumption => "ASM",
    }
}
