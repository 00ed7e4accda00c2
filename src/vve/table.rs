//! The figures of one option for a whole complex, in cents. Each amount is rounded once, from the unrounded amount of all
//! homes; a sum is the sum of what is shown, so that a reader can add it up.

use super::{Calc, Field, OPTIONS};
use crate::cijfers::Band;
use crate::kosten::{Insulation, Life, Missing, OptionCost, annuity, cents, costs_measured, monthly_loan};
use crate::rules::{Advice, rules};
use crate::verdict::{HeatOption, Verdict};

/// Low, middle and high, in cents.
pub type Cents = [i64; 3];

const MONTHS: f64 = 12.0;
/// The horizons of [`Amounts::eac`], years.
const YEARS: [u16; 2] = crate::kosten::HORIZONS;

/// A way to heat the complex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// As it is now: on gas, and the planned maintenance is done.
    Now,
    /// With an option.
    Option(HeatOption),
}

/// A way to heat, and what is known of it.
#[derive(Clone, Debug)]
pub struct Column {
    /// The way.
    pub way: Way,
    /// What the rules say of it; nothing of staying as it is.
    pub verdict: Option<Verdict>,
    /// Its figures, or what is missing for them.
    pub amounts: Result<Amounts, Missing>,
}

/// What is paid each month by the whole complex, in cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Month {
    /// For the loan.
    pub loan: Cents,
    /// Energy at the prices of the first year.
    pub energy: i64,
    /// Fixed cost of gas or network.
    pub fixed: i64,
    /// Maintenance.
    pub maintenance: Cents,
}

impl Month {
    /// Everything.
    pub fn total(self) -> Cents {
        [0, 1, 2].map(|k| self.loan[k] + self.energy + self.fixed + self.maintenance[k])
    }
}

/// The figures of a way for the whole complex, in cents.
#[derive(Clone, Debug)]
pub struct Amounts {
    /// What the work costs; for staying as it is, the planned maintenance.
    pub investment: Cents,
    /// What is given for it.
    pub subsidy: i64,
    /// What the association pays of its own.
    pub fund: Cents,
    /// What it borrows.
    pub loan: Cents,
    /// What is paid each month.
    pub month: Month,
    /// Energy by carrier in the first year: gas, electricity, heat.
    pub energy: [i64; 3],
    /// All cost as an equal amount a year, over 15 and 30 years.
    pub eac: [Cents; 2],
    /// CO2 in the first year, kg.
    pub co2_kg: f64,
    /// One home of the mean area: parts, figures, what is not counted.
    pub home: OptionCost,
}

impl Amounts {
    /// What is paid by the owners together, before a loan: the work less subsidy.
    pub fn cost(&self) -> Cents {
        self.investment.map(|amount| amount - self.subsidy)
    }
}

/// All ways of a complex: staying as it is first, then the options in the order of the page.
pub fn table(calc: &Calc) -> Vec<Column> {
    let ways = OPTIONS.into_iter().map(Way::Option);
    std::iter::once(Way::Now).chain(ways).map(|way| column(calc, way)).collect()
}

/// One way of a complex.
pub fn column(calc: &Calc, way: Way) -> Column {
    let verdict = match way {
        Way::Now => None,
        Way::Option(option) => Some(advice(calc).verdict(option)),
    };
    Column { way, verdict, amounts: amounts(calc, way) }
}

/// What the rules say of the complex.
pub fn advice(calc: &Calc) -> Advice {
    rules().evaluate(&calc.home(), rules().year())
}

fn amounts(calc: &Calc, way: Way) -> Result<Amounts, Missing> {
    let home = home_cost(calc, way)?;
    let homes = f64::from(calc.homes());
    let all = |band: Band| [band.low(), band.mid(), band.high()].map(|amount| cents(amount * homes));
    // Who goes ahead does not pay for the planned maintenance; who stays as it is does.
    let planned = if way == Way::Now { calc.units(Field::Onderhoud) * 100 } else { 0 };
    let investment = all(home.investment).map(|amount| amount + planned);
    let subsidy = cents(home.subsidy * homes).min(investment[0]);
    let cost = investment.map(|amount| amount - subsidy);
    let fund = cost.map(|amount| amount.min(calc.units(Field::Kas) * 100));
    let loan = [0, 1, 2].map(|k| cost[k] - fund[k]);
    let (interest, months) = (calc.share(Field::LeningRente), calc.units(Field::LeningJaren) as u16 * 12);
    let month = Month {
        loan: loan.map(|amount| cents(monthly_loan(amount as f64 / 100.0, interest, months))),
        energy: cents(home.energy.total() * homes / MONTHS),
        fixed: cents(home.fixed * homes / MONTHS),
        maintenance: all(home.maintenance.times(1.0 / MONTHS)),
    };
    let rate = calc.prices().scenario().rate;
    let planned_a_year = YEARS.map(|years| planned as f64 / 100.0 * annuity(years, rate));
    let eac = [(home.eac15, planned_a_year[0]), (home.eac30, planned_a_year[1])]
        .map(|(band, planned)| [band.low(), band.mid(), band.high()].map(|amount| cents(amount * homes + planned)));
    Ok(Amounts {
        investment,
        subsidy,
        fund,
        loan,
        month,
        energy: [home.energy.gas, home.energy.power, home.energy.heat].map(|amount| cents(amount * homes)),
        eac,
        co2_kg: home.co2_kg * homes,
        home,
    })
}

/// A home of the mean area. An option that needs better insulation takes it along.
fn home_cost(calc: &Calc, way: Way) -> Result<OptionCost, Missing> {
    let (home, prices, measured) = (calc.home(), calc.prices(), calc.measured_gj());
    let at = |option, step| costs_measured(&home, option, step, measured, &prices);
    match way {
        Way::Now => at(HeatOption::NrIso, Insulation::AsIs),
        Way::Option(HeatOption::NrIso) => at(HeatOption::NrIso, Insulation::LabelB),
        Way::Option(option) => match at(option, calc.step()) {
            Err(Missing::Figure(crate::kosten::Gap::EerstIsoleren)) => at(option, Insulation::LabelB),
            answer => answer,
        },
    }
}

/// What the whole complex has paid by the end of each year, €, without interest and inflation: what is bought at the start
/// less subsidy, energy with its growth, fixed cost, maintenance, and what is replaced. The first is the start.
pub fn over_years(calc: &Calc, amounts: &Amounts, years: u16) -> Vec<f64> {
    let (home, homes) = (&amounts.home, f64::from(calc.homes()));
    let growth = calc.prices().scenario().growth;
    let mut paid = amounts.cost()[1] as f64 / 100.0;
    let mut all = vec![paid];
    for year in 1..=years {
        let grown = |growth: f64| (1.0 + growth).powi(i32::from(year) - 1);
        let energy = home.energy.gas * grown(growth.gas)
            + home.energy.power * grown(growth.power)
            + home.energy.heat * grown(growth.heat);
        let replaced: f64 =
            home.parts.iter().filter(|part| is_replaced(part.life, year, years)).map(|p| p.price.mid()).sum();
        paid += (energy + home.fixed + home.maintenance.mid() + replaced) * homes;
        all.push(paid);
    }
    all
}

/// Whether a part that lasts so long is bought again in the year that ends then. Not in the last year: its use lies after it.
fn is_replaced(life: Life, year: u16, years: u16) -> bool {
    if life == Life::Once || year >= years {
        return false;
    }
    let lasts = life.figure().waarde();
    let ends = (f64::from(year) / lasts).floor() * lasts;
    ends > f64::from(year) - 1.0 && ends > 0.0
}
