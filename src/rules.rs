//! The rule table: what follows from the facts of a home for each option, and why.
//!
//! The rules are data (`data/rules/*.toml`); this module only interprets them. For each option the first **base** rule
//! that matches sets the verdict; every **modifier** that matches raises it to at least its own (a base verdict "?" or
//! "X" stays); **info** rules only add their reason. `docs/rules.md` says it in plain words.

mod condition;
mod table;

use std::sync::OnceLock;

use crate::home::{FactKey, Home};
use crate::verdict::{HeatOption, Verdict};

pub use table::{Basis, Kind, Rule, RuleSource, Rules};

use condition::Facts;

/// What is said about one home.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Advice {
    /// For each option that the rules cover, in the order of [`HeatOption::ALL`].
    pub options: Vec<OptionAdvice>,
    /// Facts about the plot that are not known, so that a rule could not look at them. They change no verdict.
    pub gaps: Vec<FactKey>,
    /// How sure the advice is.
    pub confidence: Confidence,
}

/// What is said about one option, and by which rules.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionAdvice {
    /// The option.
    pub option: HeatOption,
    /// The verdict.
    pub verdict: Verdict,
    /// The base rule, then the modifiers by id, then the infos by id: places in [`Rules::rules`].
    pub rules: Vec<usize>,
}

/// How sure an advice is: by the best thing known about the envelope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// No label: by the year of construction only.
    #[default]
    Low,
    /// A registered label, without the heat demand behind it.
    Middle,
    /// A registered heat demand (NTA 8800).
    High,
}

/// The rules of this build.
///
/// ```
/// use gasvrij3d::home::{Home, Typology};
/// use gasvrij3d::rules::rules;
/// use gasvrij3d::verdict::{HeatOption, Verdict};
///
/// let home = Home { bj: Some(1935), typ: Some(Typology::Tussen), d_rear: Some(9.0), ..Home::default() };
/// let advice = rules().evaluate(&home, rules().year());
/// assert_eq!(advice.verdict(HeatOption::Ael), Some(Verdict::Mogelijk));
/// ```
///
/// # Panics
/// Never in a tested build: the table is part of the program, and a test loads it.
#[allow(clippy::panic)]
pub fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| {
        Rules::from_json(include_str!(concat!(env!("OUT_DIR"), "/rules.json"))).unwrap_or_else(|e| panic!("{e}"))
    })
}

impl Advice {
    /// What is said of an option, if the rules cover it.
    pub fn option(&self, option: HeatOption) -> Option<&OptionAdvice> {
        self.options.iter().find(|o| o.option == option)
    }

    /// The verdict of an option, if the rules cover it.
    pub fn verdict(&self, option: HeatOption) -> Option<Verdict> {
        self.option(option).map(|o| o.verdict)
    }

    /// The option with the badge: the best verdict among those that end the use of gas, where any is possible; on a
    /// tie the first in the order of [`HeatOption::ALL`].
    pub fn best(&self) -> Option<(HeatOption, Verdict)> {
        self.options
            .iter()
            .filter(|o| o.option.ends_gas() && o.verdict <= Verdict::Mogelijk)
            .map(|o| (o.option, o.verdict))
            .min_by_key(|(_, verdict)| *verdict)
    }
}

impl Rules {
    /// The advice for a home in a year. Pure: the same home, year and table give the same advice anywhere.
    pub fn evaluate(&self, home: &Home, year: u16) -> Advice {
        let mut options: Vec<OptionAdvice> = Vec::with_capacity(self.options.len());
        for rows in &self.options {
            let earlier = |option| options.iter().find(|o| o.option == option).map(|o| o.verdict);
            let no_base = |_| None;
            let facts = Facts { home, year, verdict: &earlier, base_rule: &no_base };
            let base = rows.base.iter().find(|e| e.condition.holds(&facts)).unwrap_or(&rows.fallback);
            let base_id = self.list[base.rule].id.as_str();
            let this_base = |option| (option == rows.option).then_some(base_id);
            let facts = Facts { base_rule: &this_base, ..facts };

            let mut verdict = base.verdict;
            let is_final = matches!(verdict, Verdict::Onbekend | Verdict::NietBeschikbaar);
            let mut matched = vec![base.rule];
            // A rule may say two things of one option (R11): the first that holds counts.
            for effect in rows.modifiers.iter().chain(&rows.infos) {
                if !matched.contains(&effect.rule) && effect.condition.holds(&facts) {
                    matched.push(effect.rule);
                    if !is_final && effect.kind == Kind::Modifier {
                        verdict = verdict.max(effect.verdict);
                    }
                }
            }
            options.push(OptionAdvice { option: rows.option, verdict, rules: matched });
        }
        let gaps = [FactKey::SpaceGround, FactKey::DRear, FactKey::DNet];
        Advice {
            options,
            gaps: gaps.into_iter().filter(|key| home.fact(*key).is_none()).collect(),
            confidence: match (home.q, home.lab) {
                (Some(_), _) => Confidence::High,
                (None, Some(_)) => Confidence::Middle,
                (None, None) => Confidence::Low,
            },
        }
    }
}

#[cfg(test)]
mod tests;
