//! The rule table: what follows from the facts of a home for each option, and why.
//!
//! The rules are data (`data/rules/*.toml`); this module only interprets them. For each option the first **base** rule
//! that matches sets the verdict; every **modifier** that matches raises it to at least its own (a base verdict "?" or
//! "X" stays); **info** rules only add their reason. `docs/rules.md` says it in plain words.

#[cfg(test)]
mod compile;
pub mod condition;
mod table;
mod written;

use crate::home::{FactKey, Facts, Home};
use crate::text::{Key, Lang};
use crate::verdict::{HeatOption, Verdict};

pub use table::{Addend, Basis, Effect, Kind, Order, Rule, RuleSource, Rules};
pub use written::{Named, Written, WrittenEffect, named, written};

use table::{NumberTest, OptionRows, Term, sum};

/// What is said about one home. Copying it is cheap; nothing in it is allocated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advice {
    verdicts: [Verdict; OPTIONS],
    /// The effects that matched, by option.
    matched: [u128; OPTIONS],
    unknown: [bool; GAPS.len()],
    /// How sure the advice is.
    pub confidence: Confidence,
}

/// What is said about one option, and by which rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionAdvice {
    /// The option.
    pub option: HeatOption,
    /// The verdict.
    pub verdict: Verdict,
    matched: u128,
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

const OPTIONS: usize = HeatOption::ALL.len();

/// Facts about the plot: where they are missing a rule could not look at them, and the card says so.
const GAPS: [FactKey; 3] = [FactKey::SpaceGround, FactKey::DRear, FactKey::DNet];

// `static TABLE: Rules`, made by build.rs.
include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The rules of this build.
///
/// ```
/// use gasvrij3d::home::{Home, Typology};
/// use gasvrij3d::rules::rules;
/// use gasvrij3d::verdict::{HeatOption, Verdict};
///
/// let home = Home { bj: Some(1935), typ: Some(Typology::Tussen), d_rear: Some(9.0), ..Home::default() };
/// let advice = rules().evaluate(&home, rules().year());
/// assert_eq!(advice.verdict(HeatOption::Ael), Verdict::Mogelijk);
/// ```
pub const fn rules() -> &'static Rules {
    &TABLE
}

impl Advice {
    /// What is said of each option, in the order of [`HeatOption::ALL`].
    pub fn options(&self) -> impl Iterator<Item = OptionAdvice> + '_ {
        HeatOption::ALL.iter().map(|&option| self.option(option))
    }

    /// What is said of an option.
    pub const fn option(&self, option: HeatOption) -> OptionAdvice {
        OptionAdvice { option, verdict: self.verdicts[option as usize], matched: self.matched[option as usize] }
    }

    /// The verdict of an option.
    pub const fn verdict(&self, option: HeatOption) -> Verdict {
        self.verdicts[option as usize]
    }

    /// The verdict of each option, in the order of [`HeatOption::ALL`].
    pub const fn verdicts(&self) -> [Verdict; OPTIONS] {
        self.verdicts
    }

    /// Facts about the plot that are not known, so that a rule could not look at them. They change no verdict.
    pub fn gaps(&self) -> impl Iterator<Item = FactKey> + '_ {
        GAPS.into_iter().zip(self.unknown).filter(|(_, unknown)| *unknown).map(|(key, _)| key)
    }

    /// The best verdict among the options that end the use of gas, where any is possible.
    pub fn best_verdict(&self) -> Option<Verdict> {
        let of = HeatOption::ALL.iter().filter(|o| o.ends_gas()).map(|o| self.verdict(*o));
        of.min().filter(|verdict| *verdict <= Verdict::Mogelijk)
    }

    /// The options that share the best verdict, in the order of [`HeatOption::ALL`].
    pub fn candidates(&self) -> impl Iterator<Item = HeatOption> + '_ {
        let best = self.best_verdict();
        HeatOption::ALL.iter().copied().filter(move |o| o.ends_gas() && Some(self.verdict(*o)) == best)
    }
}

impl OptionAdvice {
    /// What matched, in order: the base rule, then the modifiers by id, then the infos by id.
    pub fn effects(self) -> impl Iterator<Item = &'static Effect> {
        let mut left = self.matched;
        std::iter::from_fn(move || {
            let bit = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            TABLE.effects.get(bit)
        })
    }

    /// The rules that matched, in the same order.
    pub fn rules(self) -> impl Iterator<Item = &'static Rule> {
        self.effects().map(|effect| &TABLE.list[effect.rule])
    }

    /// The rule that decides: the first that raised the verdict to what it is, else the base rule.
    pub fn deciding(self) -> Option<&'static Rule> {
        let base = self.effects().next()?;
        let raised = |effect: &&Effect| effect.kind == Kind::Modifier && effect.verdict == self.verdict;
        let raiser = self.effects().find(raised).filter(|_| base.verdict != self.verdict);
        Some(&TABLE.list[raiser.unwrap_or(base).rule])
    }

    /// The badges that the rules give, each once.
    pub fn badges(self) -> Vec<&'static str> {
        let mut badges = Vec::new();
        for badge in self.effects().filter_map(|effect| effect.badge) {
            if !badges.contains(&badge) {
                badges.push(badge);
            }
        }
        badges
    }
}

impl Rules {
    /// The advice for a home in a year. Pure: the same home, year and table give the same advice anywhere.
    pub fn evaluate(&self, home: &Home, year: u16) -> Advice {
        self.evaluate_facts(home, f64::from(year))
    }

    /// The advice for anything that has the facts of a home.
    pub fn evaluate_facts(&self, facts: &impl Facts, year: f64) -> Advice {
        let mut atoms = self.atoms(facts, year);
        let mut held = holding(self.terms, atoms);
        let mut advice = Advice {
            verdicts: [Verdict::Onbekend; OPTIONS],
            matched: [0; OPTIONS],
            unknown: GAPS.map(|key| facts.number(key).is_none()),
            confidence: match (facts.number(FactKey::Q), facts.place(FactKey::Lab)) {
                (Some(_), _) => Confidence::High,
                (None, 1..) => Confidence::Middle,
                (None, 0) => Confidence::Low,
            },
        };
        let mut base_verdicts = [Verdict::Onbekend; OPTIONS];
        for (i, rows) in self.options.iter().enumerate() {
            held |= holding(rows.late_base, atoms);
            let candidates = held & rows.base;
            let base = if candidates == 0 { rows.fallback } else { candidates & candidates.wrapping_neg() };
            let effect = &self.effects[base.trailing_zeros() as usize];
            base_verdicts[i] = effect.copies.map_or(effect.verdict, |option| base_verdicts[option as usize]);
            for &(effects, yes, no) in rows.base_atoms {
                atoms |= if effects & base == 0 { no } else { yes };
            }
            held |= holding(rows.late_rest, atoms);
            let verdict = rows.raised(base_verdicts[i], held);
            for &(wanted, yes, no) in rows.verdict_atoms {
                atoms |= if verdict == wanted { yes } else { no };
            }
            advice.verdicts[i] = verdict;
            advice.matched[i] = base | held & rows.rest;
        }
        advice
    }

    /// All that the rules see of these facts in a year, as bits: two homes with the same bits get the same advice, but for
    /// what it says of gaps and confidence.
    pub fn atoms(&self, facts: &impl Facts, year: f64) -> u128 {
        let mut atoms = 0;
        for test in self.coded {
            atoms |= test.atoms[facts.place(test.key)];
        }
        for test in self.numbers {
            atoms |= test.atoms[NumberTest::class(test.cuts, facts.number(test.key))];
        }
        for test in self.sums {
            let of = |addends| sum(addends, year, |key| facts.number(key));
            let holds = matches!((of(test.left), of(test.right)), (Some(l), Some(r)) if test.order.holds(l, r));
            atoms |= if holds { test.yes } else { test.no };
        }
        atoms
    }
}

impl Rule {
    /// The reason. The build makes a key of each.
    pub fn text(&self, lang: Lang) -> &'static str {
        Key::named("regel", self.id).map_or("", |key| key.text(lang))
    }
}

impl RuleSource {
    /// Its name. The build makes a key of each.
    pub fn name(&self, lang: Lang) -> &'static str {
        Key::named("regelbron", self.id).map_or("", |key| key.text(lang))
    }
}

/// The effects of which a term holds.
fn holding(terms: &[Term], atoms: u128) -> u128 {
    terms.iter().fold(0, |held, term| held | if atoms & term.atoms == term.atoms { term.effect } else { 0 })
}

impl OptionRows {
    /// A verdict after the modifiers: the worst of it and theirs. "?" and "X" stay.
    fn raised(&self, base: Verdict, held: u128) -> Verdict {
        if matches!(base, Verdict::Onbekend | Verdict::NietBeschikbaar) {
            return base;
        }
        let worst = [Verdict::NaStap, Verdict::Mogelijk, Verdict::Ongeschikt];
        worst
            .into_iter()
            .zip(self.floors)
            .filter(|(_, floor)| floor & held != 0)
            .fold(base, |v, (floor, _)| v.max(floor))
    }
}

#[cfg(test)]
mod tests;
