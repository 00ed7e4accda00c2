//! What changes the answer: from which price an option costs less than staying on gas, which way is cheapest at each price,
//! and what other assumptions do.

use super::table::{Column, Way, column, table};
use super::{Calc, Field, PROEF_PRIJS};
use crate::verdict::Verdict;

/// The prices of which the turning point is looked for.
pub const LEVERS: [Field; 3] = [Field::Gas, Field::Stroom, Field::Warmte];

/// From where an option costs less than staying as it is, by its cost a year over 15 years.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Turn {
    /// Above this value of the field.
    Above(f64),
    /// Below this value of the field.
    Below(f64),
    /// At any value that can be filled in.
    Always,
    /// At none of them.
    Never,
}

/// Another assumption, and the cost of each way with it.
#[derive(Clone, Debug)]
pub struct Trial {
    /// What is other; nothing for the calculation as it is.
    pub change: Option<(Field, i64)>,
    /// The middle cost a year over 15 years of each way of [`table`], in cents; `None` where there is no figure.
    pub eac: Vec<Option<i64>>,
    /// The place of the cheapest way that can be chosen.
    pub cheapest: Option<usize>,
}

/// The cost a year over 15 years, in cents, at a value of a field.
fn eac_at(calc: &Calc, way: Way, field: Field, units: i64) -> Option<f64> {
    let mut other = calc.clone();
    other.set_units(field, units).ok()?;
    column(&other, way).amounts.ok().map(|amounts| amounts.eac[0][1] as f64)
}

/// From where an option costs less than staying as it is. The cost goes straight with a price, so two values tell all.
pub fn turn(calc: &Calc, way: Way, field: Field) -> Option<Turn> {
    let limits = field.limits();
    let difference = |units| Some(eac_at(calc, way, field, units)? - eac_at(calc, Way::Now, field, units)?);
    let (at_least, at_most) = (difference(limits.least)?, difference(limits.most)?);
    let [low, high] = [limits.least, limits.most].map(|units| field.number(units));
    Some(match (at_least < 0.0, at_most < 0.0) {
        (true, true) => Turn::Always,
        (false, false) => Turn::Never,
        (starts_cheaper, _) => {
            let at = low + (high - low) * at_least / (at_least - at_most);
            if starts_cheaper { Turn::Below(at) } else { Turn::Above(at) }
        }
    })
}

/// Whether a way can be chosen: the rules do not call it unsuitable, not there or unknown.
fn is_choice(column: &Column) -> bool {
    column.verdict.is_none_or(|verdict| verdict <= Verdict::Mogelijk)
}

/// The cheapest way that can be chosen, by its place in the columns.
pub fn cheapest(columns: &[Column]) -> Option<usize> {
    let cost = |place: &usize| columns[*place].amounts.as_ref().map_or(i64::MAX, |a| a.eac[0][1]);
    let can = |place: &usize| is_choice(&columns[*place]) && columns[*place].amounts.is_ok();
    (0..columns.len()).filter(can).min_by_key(cost)
}

/// Which way is cheapest from which value of a price on, from its least to its most; of those that can be chosen.
pub fn winners(calc: &Calc, field: Field) -> Vec<(f64, Way)> {
    let limits = field.limits();
    let [low, high] = [limits.least, limits.most].map(|units| field.number(units));
    let lines: Vec<(Way, f64, f64)> = table(calc)
        .iter()
        .filter(|column| is_choice(column))
        .filter_map(|column| {
            let at = |units| eac_at(calc, column.way, field, units);
            let (first, last) = (at(limits.least)?, at(limits.most)?);
            Some((column.way, first, (last - first) / (high - low)))
        })
        .collect();
    let mut found = Vec::new();
    let mut from = low;
    let cost = |line: &(Way, f64, f64), at: f64| line.1 + line.2 * (at - low);
    let mut best = lines.iter().min_by(|a, b| a.1.total_cmp(&b.1).then(a.2.total_cmp(&b.2)));
    while let Some(line) = best {
        found.push((from, line.0));
        // The next to undercut it: of the flatter lines the one that it meets first.
        let meets = |other: &(Way, f64, f64)| from + (cost(other, from) - cost(line, from)) / (line.2 - other.2);
        let next = lines
            .iter()
            .filter(|other| other.2 < line.2)
            .min_by(|a, b| meets(a).total_cmp(&meets(b)).then(a.2.total_cmp(&b.2)));
        best = next.filter(|other| meets(other) < high);
        from = best.map_or(from, |other| meets(other).max(from));
    }
    found
}

/// The calculation as it is, and with one assumption at a time lower and higher: prices by a share, growth and rate to the
/// ends of what their figures give.
pub fn trials(calc: &Calc) -> Vec<Trial> {
    let mut all = vec![trial(calc, None)];
    for field in LEVERS {
        for factor in [1.0 - PROEF_PRIJS, 1.0 + PROEF_PRIJS] {
            all.push(trial(calc, Some((field, (calc.units(field) as f64 * factor).round() as i64))));
        }
    }
    for (field, figure) in [
        (Field::GroeiGas, crate::cijfers::Cijfer::GroeiGas),
        (Field::GroeiStroom, crate::cijfers::Cijfer::GroeiStroom),
        (Field::GroeiWarmte, crate::cijfers::Cijfer::GroeiWarmte),
        (Field::Rekenrente, crate::cijfers::Cijfer::Rente),
    ] {
        let band = figure.spreiding();
        let mut ends = [band.low(), band.high()].map(|share| (share * 1000.0).round() as i64).to_vec();
        ends.dedup();
        for units in ends.into_iter().filter(|units| *units != calc.units(field)) {
            all.push(trial(calc, Some((field, units))));
        }
    }
    all
}

fn trial(calc: &Calc, change: Option<(Field, i64)>) -> Trial {
    let mut other = calc.clone();
    let change = change.map(|(field, units)| {
        let units = units.clamp(field.limits().least, field.limits().most);
        // Within its bounds, and gas as measured does not go by it.
        let _ = other.set_units(field, units);
        (field, units)
    });
    let columns = table(&other);
    let eac = columns.iter().map(|column| column.amounts.as_ref().ok().map(|a| a.eac[0][1])).collect();
    Trial { change, eac, cheapest: cheapest(&columns) }
}
