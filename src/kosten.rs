//! What an option costs a home: at the start, each year, and over 15 and 30 years; and its CO2.
//!
//! Every amount is an estimate for a kind of home (`kentallen`), in euro with VAT, at prices of the scenario's year and
//! without inflation. Where there is no figure the answer is [`Missing`], never a guess. `docs/costs.md` has the
//! formulas in words. Nothing is rounded here: who shows an amount rounds it, once.

mod blad;
mod contant;
mod prijzen;
mod vve;

use crate::cijfers::Cijfer;
use crate::home::{FactKey, Home, codes};
use crate::kentallen::{Demand, Estimate, Figures, Notes, Quick};
use crate::verdict::HeatOption;

pub use crate::cijfers::Band;
pub use blad::{Part, Volumes};
pub use contant::{annuity, monthly_loan, present_value};
pub use prijzen::{Growth, HORIZONS, Life, Prices, Scenario, Tariffs};
pub use vve::{cents, share_cents};

use blad::Sheet;

codes! {
    /// How well the home is insulated before the option.
    Insulation {
        /// As it is.
        AsIs = "nu",
        /// To label B (schillabel).
        LabelB = "label-b",
        /// To the Standaard.
        Standaard = "standaard",
    }
}

codes! {
    /// Why there is no number. The text is `kosten-reden-CODE`.
    Gap {
        /// GAS2: no price and no supply to count on.
        GroenGas = "groen-gas",
        /// BIO: not worked out.
        Hout = "hout",
        /// IR: no figure for the power that a home needs.
        Vermogen = "vermogen",
        /// AIR: no figure for the hot water tank.
        Boiler = "boiler",
        /// NZLT: no figure for the share in the network and its yearly cost.
        Bronnet = "bronnet",
        /// `NR_KOKEN`: no figure for the electricity.
        KokenStroom = "koken-stroom",
        /// WACHT: waiting has no price of its own.
        Wachten = "wachten",
        /// There is no efficiency for a home that is insulated so little.
        EerstIsoleren = "eerst-isoleren",
        /// Until 1945 there is no figure for the step to the Standaard.
        StandaardOud = "standaard-oud",
    }
}

codes! {
    /// Which subsidy goes with it. The text is `kosten-subsidie-CODE`.
    Scheme {
        /// ISDE: who owns the home and lives in it.
        Isde = "isde",
        /// SVVE: an association of owners (vve).
        Svve = "svve",
        /// A landlord has other schemes; none is counted.
        Verhuur = "verhuur",
        /// Who owns the home is not known: none is counted, though there may be one.
        Onbekend = "onbekend",
        /// There is nothing to buy.
        Geen = "geen",
    }
}

codes! {
    /// What is not in the numbers. The text is `kosten-niet-CODE`.
    NotIncluded {
        /// Removing asbestos.
        Asbest = "asbest",
        /// A heavier electric connection.
        Stroomaansluiting = "stroomaansluiting",
        /// Scaffolding.
        Steiger = "steiger",
        /// Electricity for cooking.
        KokenStroom = "koken-stroom",
        /// Subsidy for insulation goes by m² and is not counted.
        IsolatieSubsidie = "isolatie-subsidie",
        /// Subsidy for a collective heat pump goes by its power and is not counted.
        ColSubsidie = "col-subsidie",
        /// Maintenance of the booster.
        BoosterOnderhoud = "booster-onderhoud",
        /// Solar panels.
        Zonnepanelen = "zonnepanelen",
    }
}

/// Why a cost cannot be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// This fact of the home is not known.
    Fact(FactKey),
    /// There is no figure.
    Figure(Gap),
}

/// Amounts of one year for each carrier of energy, €.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Energy {
    /// Gas.
    pub gas: f64,
    /// Electricity.
    pub power: f64,
    /// Heat of a network.
    pub heat: f64,
}

impl Energy {
    /// All of it.
    pub fn total(self) -> f64 {
        self.gas + self.power + self.heat
    }
}

/// What an option costs a home, with everything it rests on. An estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionCost {
    /// The option.
    pub option: HeatOption,
    /// How well the home is insulated first.
    pub step: Insulation,
    /// Heat that the home needs then, GJ a year, on the scale of actual use.
    pub demand: Demand,
    /// Energy in the first year.
    pub volumes: Volumes,
    /// What that costs in the first year, €.
    pub energy: Energy,
    /// What is bought, and the boiler that is replaced later.
    pub parts: Vec<Part>,
    /// What is paid at the start, before subsidy, €.
    pub investment: Band,
    /// Which subsidy goes with it.
    pub scheme: Scheme,
    /// How much of that is counted, €.
    pub subsidy: f64,
    /// Fixed cost of gas or network, € a year.
    pub fixed: f64,
    /// Maintenance, € a year.
    pub maintenance: Band,
    /// Present value over 15 and 30 years, €.
    pub npv: [Band; 2],
    /// All cost as an equal amount a year over 15 years, €.
    pub eac15: Band,
    /// All cost as an equal amount a year over 30 years, €.
    pub eac30: Band,
    /// CO2 in the first year, kg.
    pub co2_kg: f64,
    /// The figures it rests on, each with its text, source, year and whether it is an assumption.
    pub assumptions: Figures,
    /// For each of those that goes by year: the year that its value is from.
    pub years: Vec<(Cijfer, u16)>,
    /// What is not in it.
    pub not_included: Vec<NotIncluded>,
}

/// What an option costs a home at a step.
///
/// ```
/// use gasvrij3d::home::{Home, Typology};
/// use gasvrij3d::kosten::{Insulation, Prices, costs};
/// use gasvrij3d::verdict::HeatOption;
///
/// let home = Home { bj: Some(1955), typ: Some(Typology::Tussen), area_m2: Some(105.0), ..Home::default() };
/// let cost = costs(&home, HeatOption::Ael, Insulation::LabelB, &Prices::of_year(2026)).unwrap();
/// assert_eq!(cost.volumes.power_kwh.round(), 2660.0);
/// assert_eq!(cost.energy.power.round(), 692.0);
/// ```
pub fn costs(home: &Home, option: HeatOption, step: Insulation, prices: &Prices) -> Result<OptionCost, Missing> {
    costs_measured(home, option, step, None, prices)
}

/// The same for a home whose heating is known: `measured` is what it takes now, GJ a year.
pub fn costs_measured(
    home: &Home,
    option: HeatOption,
    step: Insulation,
    measured: Option<f64>,
    prices: &Prices,
) -> Result<OptionCost, Missing> {
    let mut figures = Figures::default();
    let sheet = Sheet::of(home, option, step, measured, prices, &mut figures)?;
    figures.note(&[Cijfer::Rente]);
    for (used, growth) in [
        (sheet.volumes.gas_m3, Cijfer::GroeiGas),
        (sheet.volumes.power_kwh, Cijfer::GroeiStroom),
        (sheet.volumes.heat_gj, Cijfer::GroeiWarmte),
    ] {
        if used > 0.0 {
            figures.note(&[growth]);
        }
    }
    let Volumes { gas_m3, power_kwh, heat_gj } = sheet.volumes;
    let co2_heat = if option == HeatOption::Nlt { prices.co2_heat_lt } else { prices.co2_heat_mt };
    let year = prices.scenario().year;
    Ok(OptionCost {
        option,
        step,
        demand: sheet.demand,
        volumes: sheet.volumes,
        energy: Energy { gas: gas_m3 * prices.gas, power: power_kwh * prices.power, heat: heat_gj * prices.heat },
        parts: sheet.parts().to_vec(),
        investment: sheet.investment(),
        scheme: sheet.scheme,
        subsidy: sheet.subsidy(),
        fixed: sheet.fixed,
        maintenance: sheet.maintenance,
        npv: [sheet.npv(prices, 0), sheet.npv(prices, 1)],
        eac15: sheet.eac(prices, 0),
        eac30: sheet.eac(prices, 1),
        co2_kg: gas_m3 * prices.co2_gas + power_kwh * prices.co2_power + heat_gj * co2_heat,
        years: figures.iter().filter_map(|f| f.in_jaar(year).map(|(known, _)| (f, known))).collect(),
        not_included: not_included(&sheet, option),
        assumptions: figures,
    })
}

fn not_included(sheet: &Sheet, option: HeatOption) -> Vec<NotIncluded> {
    let insulated = sheet.parts().iter().any(|part| part.life == Life::Insulation);
    NotIncluded::ALL
        .iter()
        .copied()
        .filter(|item| match item {
            NotIncluded::KokenStroom => sheet.volumes.gas_m3 <= 0.0,
            NotIncluded::IsolatieSubsidie => insulated,
            NotIncluded::ColSubsidie => option == HeatOption::Col,
            NotIncluded::BoosterOnderhoud => option == HeatOption::Nlt,
            _ => true,
        })
        .collect()
}

/// The reference: the home as it is, with its HR boiler on gas.
pub fn reference(home: &Home, prices: &Prices) -> Result<OptionCost, Missing> {
    costs(home, HeatOption::NrIso, Insulation::AsIs, prices)
}

/// What a home uses in a year with an option at a step. Also for NZLT, whose cost is not known.
pub fn volumes(home: &Home, option: HeatOption, step: Insulation) -> Result<Estimate<Volumes>, Missing> {
    let mut figures = Figures::default();
    let value = blad::volumes(home, option, step, &mut figures)?;
    Ok(Estimate { value, figures })
}

/// The first step at which an option can be computed: as it is, else to label B.
pub fn first_step(home: &Home, option: HeatOption, prices: &Prices) -> Result<Insulation, Missing> {
    quick(home, option, prices).map(|(step, _)| step)
}

/// The middle equal annual cost over 15 years at the first step that is possible, €; insulation is in it. Quick and
/// without allocation, for ranking many homes.
pub fn eac15(home: &Home, option: HeatOption, prices: &Prices) -> Result<f64, Missing> {
    eac15_band(home, option, prices).map(Band::mid)
}

/// The same with its lowest and highest.
pub fn eac15_band(home: &Home, option: HeatOption, prices: &Prices) -> Result<Band, Missing> {
    quick(home, option, prices).map(|(_, sheet)| sheet.eac(prices, 0))
}

fn quick(home: &Home, option: HeatOption, prices: &Prices) -> Result<(Insulation, Sheet), Missing> {
    let sheet = |step| Sheet::of(home, option, step, None, prices, &mut Quick).map(|sheet| (step, sheet));
    match sheet(Insulation::AsIs) {
        Err(Missing::Figure(Gap::EerstIsoleren)) => sheet(Insulation::LabelB),
        answer => answer,
    }
}

#[cfg(test)]
mod tests;
