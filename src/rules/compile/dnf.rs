//! A condition as alternatives: it holds where one of its clauses does, and a clause where each of its parts does.
//!
//! What is asked of one fact is one set of places: of a coded fact its codes, of a number where it lies among the cuts
//! that the rules make; place 0 is "missing". So "and" is an intersection, "not" the rest, and two clauses that differ in
//! one set are one.

use std::collections::{BTreeMap, BTreeSet};

use super::super::condition::{Condition, Sum};
use super::super::table::{NumberTest, Order};
use crate::error::{Error, Result};
use crate::home::FactKey;
use crate::verdict::{HeatOption, Verdict};

/// A test that is not about one fact: it holds or it does not.
#[derive(Clone, Debug, PartialEq)]
pub enum Flag {
    Sum(Sum, Order, Sum),
    Verdict(HeatOption, Verdict),
    BaseRule(HeatOption, String),
}

/// What must be so, all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clause {
    /// For each fact that counts, the places it may have.
    pub places: BTreeMap<FactKey, u64>,
    /// For each flag that counts, by its place in [`Space::flags`], what it must be.
    pub flags: BTreeMap<usize, bool>,
}

/// What the conditions of a table speak of.
#[derive(Debug, Default)]
pub struct Space {
    /// For each number the values at which a rule changes its mind, ascending.
    pub cuts: BTreeMap<FactKey, Vec<f64>>,
    /// The flags.
    pub flags: Vec<Flag>,
}

impl Space {
    /// Takes up what a condition speaks of. Every condition must be taken up before one is put in clauses.
    pub fn add(&mut self, condition: &Condition) -> Result<()> {
        for test in condition.tests() {
            match test {
                Condition::Number(key, _, bound) => {
                    let cuts = self.cuts.entry(*key).or_default();
                    if let Err(at) = cuts.binary_search_by(|cut| cut.total_cmp(bound)) {
                        cuts.insert(at, *bound);
                    }
                    if cuts.len() > 30 {
                        return Err(Error::new(format!("more than 30 bounds of `{}` are too many", key.code())));
                    }
                }
                other => {
                    if let Some(flag) = flag(other).filter(|flag| !self.flags.contains(flag)) {
                        self.flags.push(flag);
                    }
                }
            }
        }
        Ok(())
    }

    /// How many places a fact can have, "missing" included.
    pub fn places(&self, key: FactKey) -> usize {
        match key.codes().len() {
            0 => 2 + 2 * self.cuts.get(&key).map_or(0, Vec::len),
            codes => 1 + codes,
        }
    }

    fn everywhere(&self, key: FactKey) -> u64 {
        (1 << self.places(key)) - 1
    }

    /// The clauses of a condition, or of its opposite.
    pub fn clauses(&self, condition: &Condition, wanted: bool) -> Vec<Clause> {
        let mut clauses = match condition {
            Condition::Not(part) => self.clauses(part, !wanted),
            Condition::All(parts) | Condition::Any(parts) => {
                let each = parts.iter().map(|part| self.clauses(part, wanted));
                if matches!(condition, Condition::All(_)) == wanted {
                    each.fold(vec![Clause::default()], |all, part| self.both(&all, &part))
                } else {
                    each.flatten().collect()
                }
            }
            Condition::Missing(key) => self.unary(*key, 1, wanted),
            Condition::Place(key, places) => {
                self.unary(*key, places.iter().fold(0, |set, place| set | 1 << place), wanted)
            }
            Condition::Number(key, order, bound) => {
                let cuts = self.cuts.get(key).map_or(&[][..], Vec::as_slice);
                let at = NumberTest::class(cuts, Some(*bound));
                let fits = |place: usize| match order {
                    Order::Equal => place == at,
                    Order::Less => place < at,
                    Order::AtMost => place <= at,
                    Order::More => place > at,
                    Order::AtLeast => place >= at,
                };
                let set = (1..self.places(*key)).filter(|place| fits(*place)).fold(0, |set, place| set | 1 << place);
                self.unary(*key, set, wanted)
            }
            test => {
                let at = flag(test).and_then(|flag| self.flags.iter().position(|known| *known == flag));
                at.map(|at| Clause { flags: BTreeMap::from([(at, wanted)]), ..Clause::default() }).into_iter().collect()
            }
        };
        self.simplify(&mut clauses);
        clauses
    }

    fn unary(&self, key: FactKey, set: u64, wanted: bool) -> Vec<Clause> {
        let all = self.everywhere(key);
        let set = if wanted { set & all } else { all & !set };
        match set {
            0 => Vec::new(),
            set if set == all => vec![Clause::default()],
            set => vec![Clause { places: BTreeMap::from([(key, set)]), ..Clause::default() }],
        }
    }

    fn both(&self, left: &[Clause], right: &[Clause]) -> Vec<Clause> {
        left.iter().flat_map(|l| right.iter().filter_map(|r| self.and(l, r))).collect()
    }

    /// One clause of two, unless they contradict each other.
    fn and(&self, left: &Clause, right: &Clause) -> Option<Clause> {
        let mut clause = left.clone();
        for (&key, &set) in &right.places {
            let narrowed = clause.places.get(&key).copied().unwrap_or(self.everywhere(key)) & set;
            if narrowed == 0 {
                return None;
            }
            clause.places.insert(key, narrowed);
        }
        for (&flag, &wanted) in &right.flags {
            if clause.flags.insert(flag, wanted).is_some_and(|known| known != wanted) {
                return None;
            }
        }
        Some(clause)
    }

    /// Joins clauses that differ in the places of one fact only, until none do.
    fn simplify(&self, clauses: &mut Vec<Clause>) {
        let unique: BTreeSet<Clause> = clauses.drain(..).collect();
        clauses.extend(unique);
        while let Some((i, j, key)) = mergeable(clauses) {
            let other = clauses.remove(j);
            let set = clauses[i].places[&key] | other.places[&key];
            if set == self.everywhere(key) {
                clauses[i].places.remove(&key);
            } else {
                clauses[i].places.insert(key, set);
            }
        }
    }
}

fn mergeable(clauses: &[Clause]) -> Option<(usize, usize, FactKey)> {
    for (j, b) in clauses.iter().enumerate() {
        for (i, a) in clauses[..j].iter().enumerate() {
            if a.flags != b.flags || !a.places.keys().eq(b.places.keys()) {
                continue;
            }
            let mut differing = a.places.iter().filter(|(key, set)| b.places[key] != **set).map(|(key, _)| *key);
            if let (Some(key), None) = (differing.next(), differing.next()) {
                return Some((i, j, key));
            }
        }
    }
    None
}

fn flag(test: &Condition) -> Option<Flag> {
    match test {
        Condition::Sum(left, order, right) => Some(Flag::Sum(left.clone(), *order, right.clone())),
        Condition::Verdict(option, verdict) => Some(Flag::Verdict(*option, *verdict)),
        Condition::BaseRule(option, rule) => Some(Flag::BaseRule(*option, rule.clone())),
        _ => None,
    }
}
