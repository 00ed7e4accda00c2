//! From the files in `data/rules` to the table of the program, and every check on the way. Runs when the program is built,
//! and in tests; nothing of it is in the program.

mod check;
mod dnf;
mod emit;
mod read;
mod written;

use std::collections::{BTreeMap, BTreeSet};

use super::condition::{self, Condition};
use super::table::{CodedTest, Effect, Kind, NumberTest, OptionRows, Rule, RuleSource, Rules, SumTest, Term};
use crate::error::{Error, Result};
use crate::home::FactKey;
use crate::verdict::{HeatOption, Verdict};

use dnf::{Clause, Flag, Space};
use read::{At, EffectRow, Files, RuleRow};

pub use emit::emit;
pub use written::written;

/// Stands for every option in a list of options.
const ALL_OPTIONS: &str = "alle";

/// A rule's effect on one option, before it has a bit.
#[derive(Clone, Debug)]
struct Row {
    effect: Effect,
    option: HeatOption,
    clauses: Vec<Clause>,
}

/// Makes the table of these files, each a name and its text in the order of the rows, and checks it.
///
/// The table lives as long as the program does: this runs once in a build.
pub fn compile(texts: &[(String, String)], hash: &str) -> Result<Rules> {
    let files = read::files(texts)?;
    let fallback = files
        .rules
        .iter()
        .position(|r| r.value.id == files.head.fallback)
        .ok_or_else(|| Error::new(format!("the fallback `{}` is no rule in data/rules", files.head.fallback)))?;
    for (id, source) in &files.sources {
        if [&source.value.nl, &source.value.en, &source.value.date].iter().any(|text| text.trim().is_empty()) {
            return Err(Error::new(format!("source `{id}` needs nl, en and date")).at(&source.place));
        }
    }
    let mut space = Space::default();
    let mut rules = Vec::with_capacity(files.rules.len());
    let mut parsed = Vec::with_capacity(files.rules.len());
    for (i, row) in files.rules.iter().enumerate() {
        let earlier = &files.rules[..i];
        let (rule, conditions) =
            rule(row, earlier, &files).map_err(|e| e.at(format!("{}: rule {}", row.place, row.value.id)))?;
        for condition in &conditions {
            space.add(condition).map_err(|e| e.at(&row.place))?;
        }
        rules.push(rule);
        parsed.push(conditions);
    }
    let mut rows = Vec::new();
    for (i, (row, conditions)) in files.rules.iter().zip(&parsed).enumerate() {
        rows_of(i, &row.value, conditions, &space, &mut rows)
            .map_err(|e| e.at(format!("{}: rule {}", row.place, row.value.id)))?;
    }
    check::check(&files, &space, &rows, fallback)?;
    assemble(&files, rules, &space, &rows, fallback, hash)
}

/// The rule as people read it, and the condition of each of its effects.
fn rule(row: &At<RuleRow>, earlier: &[At<RuleRow>], files: &Files) -> Result<(Rule, Vec<Condition>)> {
    let value = &row.value;
    if earlier.iter().any(|r| r.value.id == value.id) {
        return Err(Error::new("this id stands twice in the table"));
    }
    if value.nl.trim().is_empty() || value.en.trim().is_empty() {
        return Err(Error::new("a reason in Dutch (`nl`) and one in English (`en`) are needed"));
    }
    if value.basis.is_empty() || value.sources.is_empty() || value.effect.is_empty() {
        return Err(Error::new("a rule needs at least one `basis`, one of `sources` and one `effect`"));
    }
    if let Some(source) = value.sources.iter().find(|s| !files.sources.contains_key(*s)) {
        return Err(Error::new(format!("source `{source}` does not stand in the table")));
    }
    if let Some(id) = value.after.iter().find(|id| !earlier.iter().any(|r| r.value.id == **id)) {
        return Err(Error::new(format!("`after` names `{id}`, which is no rule above this one")));
    }
    let main = condition::parse(&value.when, &files.terms)?;
    let mut facts = main.facts();
    let mut conditions = Vec::new();
    for effect in &value.effect {
        let narrowed = match &effect.when {
            None => main.clone(),
            Some(when) => Condition::All(vec![main.clone(), condition::parse(when, &files.terms)?]),
        };
        facts.extend(narrowed.facts().into_iter().filter(|key| !facts.contains(key)).collect::<Vec<_>>());
        conditions.push(narrowed);
    }
    let rule = Rule {
        id: text(&value.id),
        facts: list(facts),
        basis: list(value.basis.clone()),
        sources: list(value.sources.iter().map(|s| text(s)).collect()),
    };
    Ok((rule, conditions))
}

/// The rows of a rule: one for each effect and option.
fn rows_of(rule: usize, row: &RuleRow, conditions: &[Condition], space: &Space, rows: &mut Vec<Row>) -> Result<()> {
    let first = rows.len();
    for (effect, condition) in row.effect.iter().zip(conditions) {
        let (verdict, copies) = says(effect)?;
        for option in options(effect)? {
            // A rule may say two things of one option (R11): the first that holds counts.
            let mut exact = condition.clone();
            for (other, earlier) in row.effect.iter().zip(conditions).take_while(|(e, _)| !std::ptr::eq(*e, effect)) {
                if other.kind == effect.kind && options(other)?.contains(&option) {
                    exact = Condition::All(vec![exact, Condition::Not(Box::new(earlier.clone()))]);
                }
            }
            for test in exact.tests() {
                let later = match test {
                    Condition::Verdict(other, _) => *other >= option,
                    Condition::BaseRule(other, _) => *other > option || *other == option && effect.kind == Kind::Base,
                    _ => false,
                };
                if later {
                    return Err(Error::new(format!("looks at an option that is not judged yet at {}", option.code())));
                }
            }
            if copies.is_some_and(|other| other >= option) {
                return Err(Error::new(format!("takes over a verdict that is not there yet at {}", option.code())));
            }
            let badge = effect.badge.as_deref().map(text);
            rows.push(Row {
                effect: Effect { rule, kind: effect.kind, verdict, copies, badge },
                option,
                clauses: space.clauses(&exact, true),
            });
        }
    }
    if rows.len() == first {
        return Err(Error::new("has no effect on any option"));
    }
    Ok(())
}

fn says(effect: &EffectRow) -> Result<(Verdict, Option<HeatOption>)> {
    let Some(code) = &effect.verdict else {
        return match effect.kind {
            Kind::Info => Ok((Verdict::Geschikt, None)),
            _ => Err(Error::new("a base rule or modifier has a `verdict`")),
        };
    };
    let allowed = match effect.kind {
        Kind::Info => return Err(Error::new("an info has no `verdict`")),
        Kind::Base => "G, N, M, O, X, ?",
        Kind::Modifier => "N, M, O",
    };
    if let Some(option) = code.strip_prefix("basis ").filter(|_| effect.kind == Kind::Base) {
        let option = HeatOption::from_code(option).ok_or_else(|| Error::new(format!("`{option}` is not an option")))?;
        return Ok((Verdict::Onbekend, Some(option)));
    }
    match Verdict::from_code(code).filter(|_| allowed.split(", ").any(|a| a == code)) {
        Some(verdict) => Ok((verdict, None)),
        None => Err(Error::new(format!("the verdict `{code}` is not one of {allowed}"))),
    }
}

fn options(effect: &EffectRow) -> Result<Vec<HeatOption>> {
    if effect.options == [ALL_OPTIONS] {
        return Ok(HeatOption::INTERCHANGE.to_vec());
    }
    let of = |code: &String| {
        HeatOption::from_code(code)
            .ok_or_else(|| Error::new(format!("`{code}` is not an option, and not `{ALL_OPTIONS}`")))
    };
    effect.options.iter().map(of).collect()
}

/// Gives every atom and effect its bit.
fn assemble(
    files: &Files,
    rules: Vec<Rule>,
    space: &Space,
    rows: &[Row],
    fallback: usize,
    hash: &str,
) -> Result<Rules> {
    // Base rules in the order of the table, the others by id: so the bits of what matched are the reasons in order.
    let order = |row: &&Row| match row.effect.kind {
        Kind::Base => (Kind::Base, "", row.effect.rule),
        kind => (kind, rules[row.effect.rule].id, row.effect.rule),
    };
    let mut sorted: Vec<&Row> = rows.iter().collect();
    sorted.sort_by_key(order);
    let mut effects: Vec<(Effect, &[Clause])> = Vec::new();
    for row in sorted {
        if !effects.contains(&(row.effect, &row.clauses)) {
            effects.push((row.effect, &row.clauses));
        }
    }
    // After the base rules, of which it is the last, and before the others.
    let fallback_at = effects.iter().take_while(|(effect, _)| effect.kind == Kind::Base).count();
    let unknown = Effect { rule: fallback, kind: Kind::Base, verdict: Verdict::Onbekend, copies: None, badge: None };
    effects.insert(fallback_at, (unknown, &[]));
    let bits = Bits::new(effects.iter().flat_map(|(_, clauses)| *clauses), effects.len())?;
    let late = |clause: &Clause| clause.flags.keys().any(|flag| !matches!(space.flags[*flag], Flag::Sum(..)));
    let terms_of = |wanted: u128, is_late: bool| {
        let of = |(bit, (_, clauses)): (usize, &(Effect, &[Clause]))| {
            let effect = 1_u128 << bit;
            let terms = clauses.iter().filter(|c| wanted & effect != 0 && late(c) == is_late);
            terms.map(|c| Term { atoms: bits.of(c), effect }).collect::<Vec<_>>()
        };
        list(effects.iter().enumerate().flat_map(of).collect())
    };
    let options = HeatOption::ALL.iter().map(|&option| {
        let bits_where = |fits: &dyn Fn(&Effect) -> bool| {
            let own = rows.iter().filter(|row| row.option == option && fits(&row.effect));
            own.fold(0, |set, row| {
                let at = effects.iter().position(|e| *e == (row.effect, &row.clauses[..])).unwrap_or_default();
                set | 1_u128 << at
            })
        };
        let base = bits_where(&|e| e.kind == Kind::Base);
        let rest = bits_where(&|e| e.kind != Kind::Base);
        let floor = |verdict: Verdict| bits_where(&|e| e.kind == Kind::Modifier && e.verdict == verdict);
        let fallback_bit = 1_u128 << fallback_at;
        let flags = || space.flags.iter().enumerate();
        let base_atoms = flags().filter_map(|(at, flag)| match flag {
            Flag::BaseRule(other, id) if *other == option => {
                let named = |e: &Effect| e.kind == Kind::Base && rules[e.rule].id == id.as_str();
                let also = if rules[fallback].id == id.as_str() { fallback_bit } else { 0 };
                Some((bits_where(&named) | also, bits.flag(at, true), bits.flag(at, false)))
            }
            _ => None,
        });
        let verdict_atoms = flags().filter_map(|(at, flag)| match flag {
            Flag::Verdict(other, verdict) if *other == option => {
                Some((*verdict, bits.flag(at, true), bits.flag(at, false)))
            }
            _ => None,
        });
        OptionRows {
            base,
            fallback: fallback_bit,
            floors: [floor(Verdict::NaStap), floor(Verdict::Mogelijk), floor(Verdict::Ongeschikt)],
            rest,
            late_base: terms_of(base, true),
            late_rest: terms_of(rest, true),
            base_atoms: list(base_atoms.collect()),
            verdict_atoms: list(verdict_atoms.collect()),
        }
    });
    let options = list(options.collect());
    let terms = terms_of(u128::MAX, false);
    let sums = space.flags.iter().enumerate().filter_map(|(at, flag)| match flag {
        Flag::Sum(left, order, right) => Some(SumTest {
            left: list(left.clone()),
            order: *order,
            right: list(right.clone()),
            yes: bits.flag(at, true),
            no: bits.flag(at, false),
        }),
        _ => None,
    });
    let (coded, numbers): (Vec<FactKey>, Vec<FactKey>) =
        bits.facts().into_iter().partition(|key| !key.codes().is_empty());
    Ok(Rules {
        version: text(&files.head.version),
        date: text(&files.head.date),
        hash: text(hash),
        year: files.head.year,
        sources: list(files.sources.iter().map(|(id, s)| source(id, &s.value)).collect()),
        coded: list(coded.iter().map(|&key| CodedTest { key, atoms: bits.by_place(key, space) }).collect()),
        numbers: list(
            numbers
                .iter()
                .map(|&key| NumberTest {
                    key,
                    cuts: list(space.cuts.get(&key).cloned().unwrap_or_default()),
                    atoms: bits.by_place(key, space),
                })
                .collect(),
        ),
        sums: list(sums.collect()),
        terms,
        effects: list(effects.iter().map(|(effect, _)| *effect).collect()),
        options,
        list: list(rules),
    })
}

fn source(id: &str, row: &read::SourceRow) -> RuleSource {
    RuleSource { id: text(id), year: row.year, date: text(&row.date), checked: row.checked }
}

/// The bit of each atom.
#[derive(Debug, Default)]
struct Bits {
    sets: BTreeMap<(FactKey, u64), u128>,
    flags: BTreeMap<(usize, bool), u128>,
}

impl Bits {
    fn new<'a>(clauses: impl Iterator<Item = &'a Clause>, effects: usize) -> Result<Self> {
        let mut bits = Self::default();
        let mut next: u32 = 0;
        for clause in clauses {
            let mut take = || {
                next += 1;
                1_u128.checked_shl(next - 1).unwrap_or_default()
            };
            for (&key, &set) in &clause.places {
                bits.sets.entry((key, set)).or_insert_with(&mut take);
            }
            for (&flag, &wanted) in &clause.flags {
                bits.flags.entry((flag, wanted)).or_insert_with(&mut take);
            }
        }
        if next > 128 || effects > 128 {
            let sentence = format!("the table asks {next} different things and says {effects}; 128 of each fit");
            return Err(Error::new(sentence));
        }
        Ok(bits)
    }

    fn of(&self, clause: &Clause) -> u128 {
        let sets = clause.places.iter().map(|(&key, &set)| self.sets.get(&(key, set)));
        let flags = clause.flags.iter().map(|(&flag, &wanted)| self.flags.get(&(flag, wanted)));
        sets.chain(flags).flatten().fold(0, |atoms, bit| atoms | bit)
    }

    fn flag(&self, at: usize, wanted: bool) -> u128 {
        self.flags.get(&(at, wanted)).copied().unwrap_or_default()
    }

    fn facts(&self) -> BTreeSet<FactKey> {
        self.sets.keys().map(|(key, _)| *key).collect()
    }

    /// The atoms that hold at each place of a fact.
    fn by_place(&self, key: FactKey, space: &Space) -> &'static [u128] {
        let at = |place: usize| {
            let holding = self.sets.iter().filter(|((k, set), _)| *k == key && set >> place & 1 == 1);
            holding.fold(0, |atoms, (_, bit)| atoms | bit)
        };
        list((0..space.places(key)).map(at).collect())
    }
}

fn text(text: &str) -> &'static str {
    Box::leak(text.into())
}

fn list<T>(items: Vec<T>) -> &'static [T] {
    Box::leak(items.into_boxed_slice())
}

#[cfg(test)]
mod tests;
