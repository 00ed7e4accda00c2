//! Many homes at once: what the map shows of a whole town, judged anew for each scenario.
//!
//! The rules see a home as a handful of bits, and a town of 76,000 homes has a few thousand different ones: each is judged
//! once. A cost is computed only where two options are equally good, and kept as long as the prices and the insulation stay.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::home::Home;
use crate::kosten::{Insulation, Prices, eac15};
use crate::rules::{Advice, rules};
use crate::scenario::{Plan, Scenario};
use crate::verdict::{HeatOption, Verdict};

/// What the map needs of a home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The verdict of each option, in the order of [`HeatOption::ALL`].
    pub verdicts: [Verdict; OPTIONS],
    /// The option that stands out, where one does.
    pub best: Option<HeatOption>,
}

const OPTIONS: usize = HeatOption::ALL.len();

/// Homes that are judged together.
#[derive(Debug, Default)]
pub struct Town {
    homes: Vec<Home>,
    outcomes: Vec<Outcome>,
    judged: HashMap<u128, Judged, BuildHasherDefault<Mix>>,
    costs: HashMap<Insulation, Costs>,
}

/// What the rules say of all homes that look alike to them.
#[derive(Clone, Copy, Debug)]
struct Judged {
    verdicts: [Verdict; OPTIONS],
    first: Option<HeatOption>,
    tie: bool,
}

/// Cost a year of the options of each home, €; not a number where it was not asked for yet.
#[derive(Debug)]
struct Costs {
    prices: Prices,
    of_home: Vec<[f64; WAYS.len()]>,
}

/// The options that can stand out.
const WAYS: [HeatOption; 6] =
    [HeatOption::Ael, HeatOption::Aeg, HeatOption::Nmt, HeatOption::Nlt, HeatOption::Nzlt, HeatOption::Col];

impl Town {
    /// A town of these homes.
    pub fn new(homes: Vec<Home>) -> Self {
        Self { homes, ..Self::default() }
    }

    /// The homes.
    pub fn homes(&self) -> &[Home] {
        &self.homes
    }

    /// Judges every home, and gives the outcomes in the order of the homes.
    pub fn evaluate(&mut self, scenario: &Scenario) -> &[Outcome] {
        let prices = Prices::of_year(scenario.year);
        let alone = scenario.leaves_homes_alone();
        // A correction changes what a home costs; it is for one home, so nothing is kept of it.
        if !scenario.corrections.is_empty()
            || self.costs.get(&scenario.step).is_some_and(|c| !c.prices.cost_as(&prices))
        {
            self.costs.clear();
        }
        let count = self.homes.len();
        let fresh = || Costs { prices: prices.clone(), of_home: vec![[f64::NAN; WAYS.len()]; count] };
        let costs = self.costs.entry(scenario.step).or_insert_with(fresh);
        self.outcomes.clear();
        self.outcomes.reserve(count);
        let year = f64::from(scenario.year);
        for (home, costs) in self.homes.iter().zip(&mut costs.of_home) {
            let supposed;
            let home = if alone {
                home
            } else {
                supposed = scenario.home(home);
                &supposed
            };
            self.outcomes.push(judge(&mut self.judged, home, costs, &prices, year));
        }
        if !scenario.corrections.is_empty() {
            self.costs.clear();
        }
        &self.outcomes
    }

    /// The outcomes of some of the homes, each under a plan of its own; nothing else of them changes. An unknown place is
    /// left out.
    pub fn evaluate_some(&mut self, year: u16, some: impl IntoIterator<Item = (usize, Plan)>) -> Vec<(usize, Outcome)> {
        let prices = Prices::of_year(year);
        let count = self.homes.len();
        let fresh = || Costs { prices: prices.clone(), of_home: vec![[f64::NAN; WAYS.len()]; count] };
        let costs = self.costs.entry(Insulation::AsIs).or_insert_with(fresh);
        if !costs.prices.cost_as(&prices) {
            *costs = fresh();
        }
        let mut scenario = Scenario { year, ..Scenario::default() };
        let mut outcomes = Vec::new();
        for (place, plan) in some {
            let (Some(home), Some(costs)) = (self.homes.get(place), costs.of_home.get_mut(place)) else { continue };
            scenario.plan = plan;
            let outcome = judge(&mut self.judged, &scenario.home(home), costs, &prices, f64::from(year));
            outcomes.push((place, outcome));
        }
        outcomes
    }
}

fn judge(
    known: &mut HashMap<u128, Judged, BuildHasherDefault<Mix>>,
    home: &Home,
    costs: &mut [f64; WAYS.len()],
    prices: &Prices,
    year: f64,
) -> Outcome {
    let atoms = rules().atoms(home, year);
    let judged = *known.entry(atoms).or_insert_with(|| Judged::of(&rules().evaluate_facts(home, year)));
    let best = if judged.tie { cheapest(home, &judged, costs, prices) } else { judged.first };
    Outcome { verdicts: judged.verdicts, best }
}

/// What is said of a home first, and what the map colours it by: see [`Outcome::advised`].
pub fn advised(home: &Home, advice: &Advice, prices: &Prices) -> Option<(HeatOption, Verdict)> {
    let best = crate::ranking::best(home, advice, prices).map(|(option, _)| option);
    Outcome { verdicts: advice.verdicts(), best }.advised()
}

impl Outcome {
    /// The outcome for one home in a scenario.
    pub fn of(home: &Home, scenario: &Scenario) -> Self {
        let home = scenario.home(home);
        let advice = rules().evaluate(&home, scenario.year);
        let best = crate::ranking::best(&home, &advice, &Prices::of_year(scenario.year));
        Self { verdicts: advice.verdicts(), best: best.map(|(option, _)| option) }
    }

    /// What is said of the home first: the option that stands out where it is suitable, at most after a step; else the
    /// hybrid as a step where that is; else what stands out all the same, though it is hard.
    pub fn advised(&self) -> Option<(HeatOption, Verdict)> {
        let of = |option: HeatOption| (option, self.verdict(option));
        let ready = |(_, verdict): &(HeatOption, Verdict)| *verdict <= Verdict::NaStap;
        let best = self.best.map(of);
        best.filter(ready).or_else(|| Some(of(HeatOption::Hyb)).filter(ready)).or(best)
    }

    /// The verdict of an option.
    pub const fn verdict(&self, option: HeatOption) -> Verdict {
        self.verdicts[option as usize]
    }
}

impl Judged {
    fn of(advice: &Advice) -> Self {
        let mut candidates = advice.candidates();
        Self { verdicts: advice.verdicts(), first: candidates.next(), tie: candidates.next().is_some() }
    }
}

/// As [`crate::ranking::best`] does among equals, with costs that are kept.
fn cheapest(home: &Home, judged: &Judged, costs: &mut [f64; WAYS.len()], prices: &Prices) -> Option<HeatOption> {
    let first = judged.first?;
    let verdict = judged.verdicts[first as usize];
    let mut best: Option<(HeatOption, f64)> = None;
    for (option, cost) in WAYS.into_iter().zip(costs) {
        if judged.verdicts[option as usize] != verdict {
            continue;
        }
        if cost.is_nan() {
            *cost = eac15(home, option, prices).unwrap_or(f64::INFINITY);
        }
        if cost.is_infinite() {
            return Some(first);
        }
        if best.is_none_or(|(_, lowest)| *cost < lowest) {
            best = Some((option, *cost));
        }
    }
    best.map(|(option, _)| option)
}

/// One number for the outcomes of many homes, in their order (FNV-1a): two that say the same of each are equal.
pub fn digest(outcomes: &[Outcome]) -> u64 {
    let each = outcomes.iter().flat_map(|outcome| {
        let best = outcome.best.map_or(u8::MAX, |option| option as u8);
        outcome.verdicts.iter().map(|verdict| *verdict as u8).chain([best])
    });
    each.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Spreads the bits that the rules see over a hash. They come from our own table, so nobody can choose them to collide.
#[derive(Debug, Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(23) ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 ^= self.0 >> 29;
    }

    fn write_u128(&mut self, n: u128) {
        self.write_u64(n as u64);
        self.write_u64((n >> 64) as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_options_that_can_stand_out_are_those_that_end_the_use_of_gas() {
        assert!(HeatOption::ALL.iter().copied().filter(|option| option.ends_gas()).eq(WAYS));
    }
}
