//! The rule table as the program holds it: made from `data/rules` when the program is built, constant from then on.
//!
//! A condition is a handful of bits. Each **atom** ("built 1946 to 1974", "label C to E", "heat demand at most the
//! Standaard") has one; a **term** holds where all of its atoms do; a condition holds where one of its terms does. An
//! **effect** is what a rule does under one condition, and has a bit too, so that what matched is one number.

use serde::{Deserialize, Serialize};

use crate::home::FactKey;
use crate::verdict::{HeatOption, Verdict};

/// The whole table.
#[derive(Debug)]
pub struct Rules {
    pub(super) version: &'static str,
    pub(super) date: &'static str,
    pub(super) hash: &'static str,
    pub(super) year: u16,
    pub(super) list: &'static [Rule],
    pub(super) sources: &'static [RuleSource],
    pub(super) coded: &'static [CodedTest],
    pub(super) numbers: &'static [NumberTest],
    pub(super) sums: &'static [SumTest],
    pub(super) terms: &'static [Term],
    pub(super) effects: &'static [Effect],
    /// One for each option, in the order of [`HeatOption::ALL`].
    pub(super) options: &'static [OptionRows],
}

/// One rule, as a person reads it.
#[derive(Debug)]
pub struct Rule {
    /// `R01`.
    pub id: &'static str,
    /// The facts it looks at.
    pub facts: &'static [FactKey],
    /// On what it rests.
    pub basis: &'static [Basis],
    /// The ids of its sources ([`Rules::source`]).
    pub sources: &'static [&'static str],
}

/// What a rule does to a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
#[derive(Debug)]
pub struct RuleSource {
    /// Its id in the table.
    pub id: &'static str,
    /// The year of the source.
    pub year: u16,
    /// The date on which the authors last looked at it, `2026-11-23`.
    pub date: &'static str,
    /// Whether they read it in the source itself.
    pub checked: bool,
}

/// What a rule does under one condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Effect {
    /// The place of its rule in [`Rules::rules`].
    pub rule: usize,
    /// What it does.
    pub kind: Kind,
    /// The verdict it sets or raises to; of an info it says nothing.
    pub verdict: Verdict,
    /// An earlier option whose base verdict it takes over.
    pub copies: Option<HeatOption>,
    /// The badge it gives, a key of the texts.
    pub badge: Option<&'static str>,
}

/// The atoms that hold by each place of a coded fact.
#[derive(Debug)]
pub(super) struct CodedTest {
    pub key: FactKey,
    pub atoms: &'static [u128],
}

/// The atoms that hold for a number: first where it is missing, then below, at and above each cut.
#[derive(Debug)]
pub(super) struct NumberTest {
    pub key: FactKey,
    pub cuts: &'static [f64],
    pub atoms: &'static [u128],
}

/// A comparison between facts, or of a fact with the year of evaluation.
#[derive(Debug)]
pub(super) struct SumTest {
    pub left: &'static [(f64, Addend)],
    pub order: Order,
    pub right: &'static [(f64, Addend)],
    /// The atom of "holds".
    pub yes: u128,
    /// The atom of "does not hold", a missing fact included.
    pub no: u128,
}

/// How two numbers compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `=`
    Equal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

/// What is added up, each times a factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addend {
    /// The number 1: the factor is the number itself.
    One,
    /// The year of evaluation.
    Year,
    /// A fact of the home.
    Fact(FactKey),
}

/// An effect holds where all of these atoms do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Term {
    pub atoms: u128,
    pub effect: u128,
}

/// What the rules say of one option. Effects by their bits; the base rules' bits are in the order of the table, the others
/// by id, so that reading bits from the lowest is reading reasons in order.
#[derive(Debug)]
pub(super) struct OptionRows {
    pub base: u128,
    pub fallback: u128,
    /// Modifiers that raise to N, M and O.
    pub floors: [u128; 3],
    /// Modifiers and infos.
    pub rest: u128,
    /// Terms that look at earlier options, for the base rules.
    pub late_base: &'static [Term],
    /// Terms that look at earlier options or at this option's base rule, for the others.
    pub late_rest: &'static [Term],
    /// The atoms of "its base rule is one of these effects" and of "it is not".
    pub base_atoms: &'static [(u128, u128, u128)],
    /// The atoms of "its verdict is this" and of "it is not".
    pub verdict_atoms: &'static [(Verdict, u128, u128)],
}

impl Order {
    pub(super) fn holds(self, left: f64, right: f64) -> bool {
        match self {
            #[allow(clippy::float_cmp, reason = "as given, without tolerance")]
            Self::Equal => left == right,
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::More => left > right,
            Self::AtLeast => left >= right,
        }
    }
}

impl NumberTest {
    /// Where a number stands among the cuts; 0 where it is missing.
    pub(super) fn class(cuts: &[f64], number: Option<f64>) -> usize {
        let Some(n) = number.filter(|n| !n.is_nan()) else { return 0 };
        cuts.iter().fold(1, |class, &cut| class + usize::from(n >= cut) + usize::from(n > cut))
    }
}

/// The sum, or nothing where one of the facts is missing.
pub(super) fn sum(addends: &[(f64, Addend)], year: f64, number: impl Fn(FactKey) -> Option<f64>) -> Option<f64> {
    addends.iter().try_fold(0.0, |sum, &(factor, addend)| {
        let value = match addend {
            Addend::One => 1.0,
            Addend::Year => year,
            Addend::Fact(key) => number(key)?,
        };
        Some(sum + factor * value)
    })
}

impl Rules {
    /// All rules, in the order of the table.
    pub const fn rules(&self) -> &'static [Rule] {
        self.list
    }

    /// A source by its id.
    pub fn source(&self, id: &str) -> Option<&'static RuleSource> {
        self.sources.iter().find(|s| s.id == id)
    }

    /// Every source, by id.
    pub const fn sources(&self) -> &'static [RuleSource] {
        self.sources
    }

    /// The version of the table.
    pub const fn version(&self) -> &'static str {
        self.version
    }

    /// The date of the table.
    pub const fn date(&self) -> &'static str {
        self.date
    }

    /// SHA-256 of the files the table was made of, in hexadecimal.
    pub const fn hash(&self) -> &'static str {
        self.hash
    }

    /// The year of evaluation when none is chosen.
    pub const fn year(&self) -> u16 {
        self.year
    }

    /// What a rule does to an option, in the order of the table: an effect for each condition it speaks under.
    pub fn effects_of<'a>(
        &'static self,
        rule: &'a Rule,
        option: HeatOption,
    ) -> impl Iterator<Item = &'static Effect> + 'a {
        let rows = &self.options[option as usize];
        let all = rows.base | rows.rest | rows.fallback;
        self.effects
            .iter()
            .enumerate()
            .filter(move |(bit, effect)| all >> bit & 1 == 1 && self.list[effect.rule].id == rule.id)
            .map(|(_, effect)| effect)
    }

    /// The options a rule speaks of.
    pub fn options_of(&'static self, rule: &Rule) -> Vec<HeatOption> {
        HeatOption::ALL.iter().copied().filter(|option| self.effects_of(rule, *option).next().is_some()).collect()
    }

    /// Every badge that a rule of the table can give.
    pub fn badges(&self) -> impl Iterator<Item = &'static str> {
        self.effects.iter().filter_map(|effect| effect.badge)
    }
}

impl Rule {
    /// Whether the rule rests on an assumption of this project.
    pub fn is_assumption(&self) -> bool {
        self.basis.contains(&Basis::Assumption)
    }
}
