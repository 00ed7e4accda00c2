//! Reads the rule table and sorts it by option, so that evaluation is one walk down the rows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::condition::{self, Condition};
use crate::error::{Error, Result};
use crate::home::FactKey;
use crate::verdict::{HeatOption, Verdict};

/// The whole table.
#[derive(Debug)]
pub struct Rules {
    pub(super) list: Vec<Rule>,
    pub(super) options: Vec<OptionRows>,
    sources: BTreeMap<String, RuleSource>,
    version: String,
    date: String,
    year: u16,
}

/// One rule, as a person reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// `R01`.
    pub id: String,
    /// The condition as it stands in the table.
    pub when: String,
    /// The facts it looks at.
    pub facts: Vec<FactKey>,
    /// The reason, Dutch B1.
    pub nl: String,
    /// The reason, English.
    pub en: String,
    /// On what it rests.
    pub basis: Vec<Basis>,
    /// The ids of its sources ([`Rules::source`]).
    pub sources: Vec<String>,
    effects: Vec<(Kind, Vec<HeatOption>, Option<String>)>,
}

/// What a rule does to a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// Sets it.
    #[serde(rename = "B")]
    Base,
    /// Raises it to at least its own.
    #[serde(rename = "W")]
    Modifier,
    /// Adds a reason only.
    #[serde(rename = "I")]
    Info,
}

/// On what a rule rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Basis {
    /// A national source.
    #[serde(rename = "NAT")]
    National,
    /// The municipality's plans.
    #[serde(rename = "PLAN")]
    Plan,
    /// An assumption of this project: shown as "aanname".
    #[serde(rename = "ASM")]
    Assumption,
}

/// Where a rule comes from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSource {
    /// For people.
    pub name: String,
    /// The year of the source.
    pub year: u16,
    /// Whether the authors read it in the source itself.
    pub checked: bool,
}

#[derive(Debug)]
pub(super) struct OptionRows {
    pub option: HeatOption,
    pub base: Vec<Effect>,
    pub modifiers: Vec<Effect>,
    pub infos: Vec<Effect>,
    pub fallback: Effect,
}

#[derive(Clone, Debug)]
pub(super) struct Effect {
    pub rule: usize,
    pub kind: Kind,
    pub condition: Condition,
    pub verdict: Verdict,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    table: Head,
    terms: BTreeMap<String, String>,
    sources: BTreeMap<String, RuleSource>,
    rule: Vec<RuleRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    version: String,
    date: String,
    year: u16,
    fallback: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleRow {
    id: String,
    when: String,
    effect: Vec<EffectRow>,
    nl: String,
    en: String,
    basis: Vec<Basis>,
    sources: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EffectRow {
    kind: Kind,
    options: Vec<HeatOption>,
    when: Option<String>,
    verdict: Option<Verdict>,
    badge: Option<String>,
}

impl Rules {
    /// Reads and checks a table.
    pub fn from_json(json: &str) -> Result<Self> {
        let file: File = serde_json::from_str(json).map_err(|e| Error::new(format!("the rule table: {e}")))?;
        let mut rules: Vec<Rule> = Vec::with_capacity(file.rule.len());
        let mut effects = Vec::new();
        for (index, row) in file.rule.iter().enumerate() {
            let place = format!("rule {}", row.id);
            if rules.iter().any(|r| r.id == row.id) {
                return Err(Error::new("this id stands twice in the table").at(place));
            }
            if row.nl.is_empty() || row.en.is_empty() {
                return Err(Error::new("a reason in Dutch and one in English are needed").at(place));
            }
            if let Some(source) = row.sources.iter().find(|s| !file.sources.contains_key(*s)) {
                return Err(Error::new(format!("source `{source}` does not stand in the table")).at(place));
            }
            let condition = condition::parse(&row.when, &file.terms).map_err(|e| e.at(&place))?;
            for effect in &row.effect {
                if (effect.kind == Kind::Info) == effect.verdict.is_some() {
                    return Err(Error::new("a base rule or modifier has a verdict, an info has none").at(place));
                }
                let narrowed = match &effect.when {
                    None => condition.clone(),
                    Some(when) => {
                        let extra = condition::parse(when, &file.terms).map_err(|e| e.at(&place))?;
                        Condition::All(vec![condition.clone(), extra])
                    }
                };
                for &option in &effect.options {
                    if let Some(later) = narrowed.verdicts().into_iter().find(|o| *o >= option) {
                        let sentence = format!("the verdict of {} is not known yet at {}", later.code(), option.code());
                        return Err(Error::new(sentence).at(place));
                    }
                    let verdict = effect.verdict.unwrap_or(Verdict::Geschikt);
                    effects.push((
                        option,
                        Effect { rule: index, kind: effect.kind, condition: narrowed.clone(), verdict },
                    ));
                }
            }
            let mut facts = Vec::new();
            condition.facts(&mut facts);
            rules.push(Rule {
                id: row.id.clone(),
                when: row.when.clone(),
                facts,
                nl: row.nl.clone(),
                en: row.en.clone(),
                basis: row.basis.clone(),
                sources: row.sources.clone(),
                effects: row.effect.iter().map(|e| (e.kind, e.options.clone(), e.badge.clone())).collect(),
            });
        }
        let fallback = rules.iter().position(|r| r.id == file.table.fallback);
        let fallback = fallback.ok_or_else(|| {
            Error::new(format!("the fallback `{}` does not stand in the rule table", file.table.fallback))
        })?;
        let options = HeatOption::ALL.iter().filter_map(|&o| rows_of(o, &effects, &rules, fallback)).collect();
        Ok(Self {
            list: rules,
            options,
            sources: file.sources,
            version: file.table.version,
            date: file.table.date,
            year: file.table.year,
        })
    }

    /// All rules, in the order of the table.
    pub fn rules(&self) -> &[Rule] {
        &self.list
    }

    /// The options the rules cover.
    pub fn options(&self) -> impl Iterator<Item = HeatOption> + '_ {
        self.options.iter().map(|o| o.option)
    }

    /// A source by its id.
    pub fn source(&self, id: &str) -> Option<&RuleSource> {
        self.sources.get(id)
    }

    /// The version of the table.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The date of the table.
    pub fn date(&self) -> &str {
        &self.date
    }

    /// The year of evaluation when none is chosen.
    pub const fn year(&self) -> u16 {
        self.year
    }
}

impl Rule {
    /// The badge the rule gives to this option, a key of the texts, where it gives one.
    pub fn badge(&self, option: HeatOption) -> Option<&str> {
        self.effects.iter().find(|(_, options, _)| options.contains(&option)).and_then(|(_, _, badge)| badge.as_deref())
    }

    /// What the rule does to this option, if anything.
    pub fn kind(&self, option: HeatOption) -> Option<Kind> {
        self.effects.iter().find(|(_, options, _)| options.contains(&option)).map(|(kind, ..)| *kind)
    }

    /// The options the rule speaks of.
    pub fn options(&self) -> Vec<HeatOption> {
        HeatOption::ALL.iter().copied().filter(|option| self.kind(*option).is_some()).collect()
    }

    /// Every badge the rule can give.
    pub fn badges(&self) -> impl Iterator<Item = &str> {
        self.effects.iter().filter_map(|(.., badge)| badge.as_deref())
    }

    /// Whether the rule rests on an assumption of this project.
    pub fn is_assumption(&self) -> bool {
        self.basis.contains(&Basis::Assumption)
    }
}

fn rows_of(
    option: HeatOption,
    effects: &[(HeatOption, Effect)],
    rules: &[Rule],
    fallback: usize,
) -> Option<OptionRows> {
    let of_kind = |kind: Kind| -> Vec<Effect> {
        effects.iter().filter(|(o, e)| *o == option && e.kind == kind).map(|(_, e)| e.clone()).collect()
    };
    let by_id = |kind: Kind| {
        // Put in its place one by one: a general sort of ten rows costs the page 2 kB.
        let mut found: Vec<Effect> = Vec::new();
        for effect in of_kind(kind) {
            let at = found.partition_point(|e| rules[e.rule].id <= rules[effect.rule].id);
            found.insert(at, effect);
        }
        found
    };
    let base = of_kind(Kind::Base);
    if base.iter().all(|e| e.rule == fallback) {
        return None;
    }
    let fallback =
        Effect { rule: fallback, kind: Kind::Base, condition: Condition::Always, verdict: Verdict::Onbekend };
    Some(OptionRows { option, base, modifiers: by_id(Kind::Modifier), infos: by_id(Kind::Info), fallback })
}
