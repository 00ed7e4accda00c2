//! What would change the advice: each uncertain fact is given its neighbouring values, and the rules judge again.
//!
//! A label can be one class better or worse; a fact that is not known can be anything. The relation goes both ways: if B is
//! a neighbour of A, then A is one of B. So a fact that turns the advice one way turns it back the other way.

use crate::home::{FactKey, FactValue, Facts, Home, JaNee, Label, NetStatus, Ownership, Typology};
use crate::kosten::Prices;
use crate::scenario::Scenario;
use crate::town::advised;
use crate::verdict::{HeatOption, Verdict};

/// The facts that can be uncertain, the easiest to check first: the letter, how well the home is insulated, who owns it,
/// block heating, and what the municipality plans.
pub const UNCERTAIN: [FactKey; 5] = [FactKey::Lab, FactKey::Q, FactKey::Own, FactKey::Block, FactKey::NetStatus];

/// A heat demand well above 1.5 times the Standaard, as a part of it: the home that "not at all insulated" stands for.
const POOR: f64 = 2.0;

/// How much the first advice changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Not at all.
    None,
    /// The same option, with another verdict.
    Verdict,
    /// Another option.
    Option,
}

/// One value that a fact could have, and the first advice with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alternative {
    /// The value; `None` is "not known".
    pub value: Option<FactValue>,
    /// What is advised first then.
    pub best: Option<(HeatOption, Verdict)>,
    /// How that differs from the advice as it is.
    pub change: Change,
}

/// What a fact could be.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// The fact.
    pub fact: FactKey,
    /// Its neighbouring values.
    pub alternatives: Vec<Alternative>,
}

/// The answer to "what would change this?".
#[derive(Clone, Debug, PartialEq)]
pub struct Flips {
    /// The first advice as it is.
    pub best: Option<(HeatOption, Verdict)>,
    /// Each uncertain fact that this home can have.
    pub facts: Vec<Flip>,
}

impl Flip {
    /// The most that the advice changes by this fact.
    pub fn change(&self) -> Change {
        self.alternatives.iter().map(|a| a.change).max().unwrap_or(Change::None)
    }

    /// How much there is to learn: the mean change over its values, from 0 to 2.
    fn weight(&self) -> f64 {
        let sum: usize = self.alternatives.iter().map(|a| a.change as usize).sum();
        sum as f64 / self.alternatives.len().max(1) as f64
    }
}

impl Flips {
    /// The one fact most worth checking: where a change of option is possible before where only a verdict changes; then the
    /// one that changes most; then the easiest to check. `None` where no fact changes the advice.
    pub fn worth_checking(&self) -> Option<&Flip> {
        let mut winner: Option<&Flip> = None;
        for flip in self.facts.iter().filter(|flip| flip.change() > Change::None) {
            let better = |known: &Flip| {
                flip.change() > known.change() || flip.change() == known.change() && flip.weight() > known.weight()
            };
            if winner.is_none_or(better) {
                winner = Some(flip);
            }
        }
        winner
    }
}

/// Tries every uncertain fact of a home.
pub fn flips(home: &Home, scenario: &Scenario, prices: &Prices) -> Flips {
    let supposed = scenario.home(home);
    let judged = |home: &Home| advised(home, &crate::rules::rules().evaluate(home, scenario.year), prices);
    let now = judged(&supposed);
    let facts = UNCERTAIN.iter().filter_map(|&fact| {
        let alternatives: Vec<Alternative> = neighbours(&supposed, fact)
            .into_iter()
            .map(|value| {
                let mut other = supposed.clone();
                // The neighbours are values of this fact.
                let _ = other.set(fact, value);
                let best = judged(&other);
                Alternative { value, best, change: change(now, best) }
            })
            .collect();
        (!alternatives.is_empty()).then_some(Flip { fact, alternatives })
    });
    let facts = facts.collect();
    Flips { best: now, facts }
}

fn change(a: Option<(HeatOption, Verdict)>, b: Option<(HeatOption, Verdict)>) -> Change {
    match (a, b) {
        (a, b) if a == b => Change::None,
        (Some((a, _)), Some((b, _))) if a == b => Change::Verdict,
        _ => Change::Option,
    }
}

/// The values that a fact of this home could have instead of its own.
pub fn neighbours(home: &Home, fact: FactKey) -> Vec<Option<FactValue>> {
    let code = |code: &'static str| Some(FactValue::Code(code));
    let own = home.fact(fact);
    let others = |codes: &[&'static str]| {
        let all = std::iter::once(None).chain(codes.iter().map(|c| code(c)));
        all.filter(|value| *value != own).collect::<Vec<_>>()
    };
    match fact {
        FactKey::Lab => {
            let letters = &Label::CODES[Label::A as usize..];
            match home.lab {
                None => others(letters),
                Some(label) => {
                    let class = (label as usize).saturating_sub(Label::A as usize);
                    let beside = [class.checked_sub(1), Some(class + 1)].into_iter().flatten();
                    std::iter::once(None).chain(beside.filter_map(|at| letters.get(at)).map(|c| code(c))).collect()
                }
            }
        }
        // At the Standaard, or far above; without a Standaard the heat demand says nothing.
        FactKey::Q => match home.std {
            None => Vec::new(),
            Some(std) => {
                let levels = [None, Some(FactValue::Number(std)), Some(FactValue::Number(std * POOR))];
                levels.into_iter().filter(|value| *value != own).collect()
            }
        },
        FactKey::Own => others(Ownership::CODES),
        FactKey::Block => match home.typ {
            Some(Typology::Flat | Typology::FlatLaag | Typology::FlatHoog) => others(JaNee::CODES),
            _ => Vec::new(),
        },
        // A plan for a network of which the kind is not known cannot be tried out.
        FactKey::NetStatus if home.place(FactKey::NetSoort) > 0 => others(NetStatus::CODES),
        _ => Vec::new(),
    }
}
