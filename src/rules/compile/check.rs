//! Whether the base rules of each option make sense together: every case of the facts they look at is tried.
//!
//! The cases are exact: a number has one case for each stretch between the bounds that the rules name, a code one for each
//! code, and each fact one for "missing". Comparisons between facts are tried below, at and above equality.

use std::collections::{BTreeMap, BTreeSet};

use super::super::table::{Addend, Kind, NumberTest, sum};
use super::dnf::{Clause, Flag, Space};
use super::read::Files;
use super::{Error, FactKey, HeatOption, Result, Row, Verdict};

/// A case: the place of each fact, and what each flag is.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Case {
    places: BTreeMap<FactKey, usize>,
    flags: BTreeMap<usize, bool>,
}

/// More cases than this and the check would take too long: the rules of one option look at too many facts at once.
const MOST_CASES: usize = 2_000_000;

/// Refuses a table in which an option has no rules, a rule can never hold, or two base rules contradict each other.
pub fn check(files: &Files, space: &Space, rows: &[Row], fallback: usize) -> Result<()> {
    let mut needed: BTreeSet<(usize, &str)> = BTreeSet::new();
    let place = |row: &Row| format!("{}: rule {}", files.rules[row.effect.rule].place, id(files, row));
    for &option in HeatOption::ALL {
        let of = |base: bool| {
            rows.iter().filter(move |r| r.option == option && (r.effect.kind == Kind::Base) == base).collect::<Vec<_>>()
        };
        let mut base = of(true);
        base.sort_by_key(|row| row.effect.rule);
        if base.iter().all(|row| row.effect.rule == fallback) {
            return Err(Error::new(format!("data/rules: no base rule speaks of {}", option.code())));
        }
        let cases = cases(space, &base).map_err(|e| e.at(option.code()))?;
        let mut reached = vec![false; base.len()];
        let mut covered_by: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); base.len()];
        for case in &cases {
            let holding: Vec<usize> = (0..base.len()).filter(|&i| holds(&base[i].clauses, case)).collect();
            let Some((&first, others)) = holding.split_first() else { continue };
            reached[first] = true;
            for &other in others {
                covered_by[other].insert(id(files, base[first]));
                needed.insert((base[other].effect.rule, id(files, base[first])));
                clash(files, &base, first, other, fallback).map_err(|e| {
                    Error::new(format!("{e}, for example where {}", words(case, space))).at(place(base[other]))
                })?;
            }
        }
        if let Some(never) = reached.iter().position(|reached| !reached) {
            let above: Vec<&str> = covered_by[never].iter().copied().collect();
            let why = if above.is_empty() {
                "its condition can never hold".to_owned()
            } else {
                format!("{} always comes first", above.join(", "))
            };
            return Err(Error::new(format!("is never reached for {}: {why}", option.code())).at(place(base[never])));
        }
        if let Some(row) = of(false).into_iter().find(|row| row.clauses.is_empty()) {
            return Err(Error::new(format!("its condition can never hold at {}", option.code())).at(place(row)));
        }
    }
    for (i, rule) in files.rules.iter().enumerate() {
        if let Some(idle) = rule.value.after.iter().find(|after| !needed.contains(&(i, after.as_str()))) {
            let sentence = format!("`after` names {idle}, but the two never hold together; leave it out");
            return Err(Error::new(sentence).at(format!("{}: rule {}", rule.place, rule.value.id)));
        }
    }
    Ok(())
}

fn id<'a>(files: &'a Files, row: &Row) -> &'a str {
    &files.rules[row.effect.rule].value.id
}

/// Two base rules that hold in one case must say the same, unless the lower one says that it comes after the other.
fn clash(files: &Files, base: &[&Row], first: usize, other: usize, fallback: usize) -> Result<()> {
    let (a, b) = (base[first], base[other]);
    let says = |row: &Row| (row.effect.verdict, row.effect.copies);
    let declared = files.rules[b.effect.rule].value.after.iter().any(|after| after == id(files, a));
    if a.effect.rule == b.effect.rule || a.effect.rule == fallback || says(a) == says(b) || declared {
        return Ok(());
    }
    let verdict = |row: &Row| row.effect.verdict.code();
    Err(Error::new(format!(
        "says {} of {} where {} above it says {}; if that is meant, add `after = [\"{}\"]`",
        verdict(b),
        b.option.code(),
        id(files, a),
        verdict(a),
        id(files, a),
    )))
}

fn holds(clauses: &[Clause], case: &Case) -> bool {
    clauses.iter().any(|clause| {
        let here = |key: &FactKey| case.places.get(key).copied().unwrap_or_default();
        clause.places.iter().all(|(key, set)| set >> here(key) & 1 == 1)
            && clause.flags.iter().all(|(flag, wanted)| case.flags.get(flag) == Some(wanted))
    })
}

/// Every case of what these rows look at.
fn cases(space: &Space, rows: &[&Row]) -> Result<Vec<Case>> {
    let clauses = || rows.iter().flat_map(|row| &row.clauses);
    let flags: BTreeSet<usize> = clauses().flat_map(|c| c.flags.keys().copied()).collect();
    let mut keys: BTreeSet<FactKey> = clauses().flat_map(|c| c.places.keys().copied()).collect();
    let mut groups: Vec<Vec<Case>> = Vec::new();
    // Facts that are compared with each other are tried together.
    let sums: Vec<usize> = flags.iter().copied().filter(|flag| matches!(space.flags[*flag], Flag::Sum(..))).collect();
    for group in connected(space, &sums) {
        let facts: BTreeSet<FactKey> = group.iter().flat_map(|flag| facts_of(&space.flags[*flag])).collect();
        groups.push(compared(space, &group, &facts));
        keys.retain(|key| !facts.contains(key));
    }
    for key in keys {
        // Places that no clause tells apart are one case.
        let sets: BTreeSet<u64> = clauses().filter_map(|c| c.places.get(&key).copied()).collect();
        let mut seen = BTreeSet::new();
        let told_apart = (0..space.places(key))
            .filter(|place| seen.insert(sets.iter().map(|set| set >> place & 1 == 1).collect::<Vec<_>>()));
        groups.push(told_apart.map(|p| Case { places: BTreeMap::from([(key, p)]), ..Case::default() }).collect());
    }
    for flag in flags.into_iter().filter(|flag| !sums.contains(flag)) {
        // The verdict or base rule of another option: both are tried, whatever the facts are.
        let either = [true, false].map(|is| Case { flags: BTreeMap::from([(flag, is)]), ..Case::default() });
        groups.push(either.to_vec());
    }
    let count = groups.iter().try_fold(1_usize, |n, group| n.checked_mul(group.len())).unwrap_or(usize::MAX);
    if count > MOST_CASES {
        let sentence =
            format!("its base rules look at too many facts at once: {count} cases, {MOST_CASES} can be tried");
        return Err(Error::new(sentence));
    }
    Ok(groups.iter().fold(vec![Case::default()], |all, group| {
        let with = |case: &Case, more: &Case| {
            let mut case = case.clone();
            case.places.extend(&more.places);
            case.flags.extend(&more.flags);
            case
        };
        all.iter().flat_map(|case| group.iter().map(move |more| with(case, more))).collect()
    }))
}

fn facts_of(flag: &Flag) -> Vec<FactKey> {
    let Flag::Sum(left, _, right) = flag else { return Vec::new() };
    left.iter()
        .chain(right)
        .filter_map(|(_, addend)| if let Addend::Fact(key) = addend { Some(*key) } else { None })
        .collect()
}

/// The comparisons in groups that share facts.
fn connected(space: &Space, sums: &[usize]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(BTreeSet<FactKey>, Vec<usize>)> = Vec::new();
    for &flag in sums {
        let mut facts: BTreeSet<FactKey> = facts_of(&space.flags[flag]).into_iter().collect();
        let mut members = vec![flag];
        groups.retain_mut(|(others, flags)| {
            let shares = !others.is_disjoint(&facts);
            if shares {
                facts.append(others);
                members.append(flags);
            }
            !shares
        });
        groups.push((facts, members));
    }
    groups.into_iter().map(|(_, flags)| flags).collect()
}

/// The cases of facts that are compared with each other: each is missing, or has a value at, just below or just above what
/// makes one of the comparisons equal, or one of its own bounds.
fn compared(space: &Space, flags: &[usize], facts: &BTreeSet<FactKey>) -> Vec<Case> {
    const YEAR: f64 = 2026.0;
    const STEP: f64 = 0.5;
    let mut values: BTreeMap<FactKey, Vec<f64>> = facts.iter().map(|&key| (key, vec![60.0])).collect();
    for &key in facts {
        let mut edges: Vec<f64> = space.cuts.get(&key).cloned().unwrap_or_default();
        for flag in flags {
            let Flag::Sum(left, _, right) = &space.flags[*flag] else { continue };
            // What the comparison comes to with this fact at 0 and at 1, the other facts at their first value.
            let at = |value: f64| {
                let number = |k: FactKey| if k == key { Some(value) } else { Some(60.0) };
                Some(sum(left, YEAR, number)? - sum(right, YEAR, number)?)
            };
            if let (Some(zero), Some(one)) = (at(0.0), at(1.0))
                && (one - zero).abs() > f64::EPSILON
            {
                edges.push(-zero / (one - zero));
            }
        }
        values.entry(key).or_default().extend(edges.iter().flat_map(|edge| [edge - STEP, *edge, edge + STEP]));
    }
    let mut assignments: Vec<BTreeMap<FactKey, Option<f64>>> = vec![BTreeMap::new()];
    for (&key, values) in &values {
        let choices: Vec<Option<f64>> = std::iter::once(None).chain(values.iter().copied().map(Some)).collect();
        assignments = assignments
            .iter()
            .flat_map(|known| {
                choices.iter().map(move |choice| {
                    let mut known = known.clone();
                    known.insert(key, *choice);
                    known
                })
            })
            .collect();
    }
    let case = |known: &BTreeMap<FactKey, Option<f64>>| {
        let number = |key: FactKey| known.get(&key).copied().flatten();
        let place = |key: FactKey| NumberTest::class(space.cuts.get(&key).map_or(&[], Vec::as_slice), number(key));
        let is = |flag: usize| {
            let Flag::Sum(left, order, right) = &space.flags[flag] else { return false };
            matches!((sum(left, YEAR, number), sum(right, YEAR, number)), (Some(l), Some(r)) if order.holds(l, r))
        };
        Case {
            places: facts.iter().map(|&key| (key, place(key))).collect(),
            flags: flags.iter().map(|&flag| (flag, is(flag))).collect(),
        }
    };
    assignments.iter().map(case).collect::<BTreeSet<Case>>().into_iter().collect()
}

/// A case as a person reads it: `bj < 1946, lab = C`.
fn words(case: &Case, space: &Space) -> String {
    let fact = |(&key, &place): (&FactKey, &usize)| {
        let name = key.code();
        if place == 0 {
            return format!("{name} is not known");
        }
        if let Some(code) = key.codes().get(place - 1) {
            return format!("{name} = {code}");
        }
        let cuts = space.cuts.get(&key).map_or(&[][..], Vec::as_slice);
        let (at, exactly) = ((place - 1) / 2, place % 2 == 0);
        match (at.checked_sub(1).and_then(|i| cuts.get(i)), cuts.get(at)) {
            (_, Some(cut)) if exactly => format!("{name} = {cut}"),
            (Some(low), Some(high)) => format!("{name} between {low} and {high}"),
            (Some(low), None) => format!("{name} > {low}"),
            (None, Some(high)) => format!("{name} < {high}"),
            (None, None) => format!("{name} is known"),
        }
    };
    let flag = |(at, is): (&usize, &bool)| {
        let holds = if *is { "" } else { "not " };
        match &space.flags[*at] {
            Flag::Verdict(option, verdict) => format!("{holds}the verdict of {} is {}", option.code(), verdict.code()),
            Flag::BaseRule(option, rule) => format!("{holds}the base rule of {} is {rule}", option.code()),
            flag @ Flag::Sum(..) => {
                let names: Vec<&str> = facts_of(flag).into_iter().map(FactKey::code).collect();
                format!("a comparison of {} {}", names.join(" and "), if *is { "holds" } else { "does not hold" })
            }
        }
    };
    let parts: Vec<String> = case.places.iter().map(fact).chain(case.flags.iter().map(flag)).collect();
    if parts.is_empty() { format!("the verdict is {}", Verdict::Onbekend.code()) } else { parts.join(", ") }
}
