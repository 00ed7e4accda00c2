//! The prices of a year and everything that follows from them alone, computed once for many homes.

use super::contant::{annuity, capital, present_value};
use crate::cijfers::Cijfer;

/// The horizons, in years.
pub const HORIZONS: [u16; 2] = [15, 30];

/// The yearly growth of prices above inflation, as shares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    /// Gas.
    pub gas: f64,
    /// Electricity.
    pub power: f64,
    /// Heat of a network.
    pub heat: f64,
}

/// What a calculation assumes of the world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scenario {
    /// The first year.
    pub year: u16,
    /// Discount rate, a share a year.
    pub rate: f64,
    /// How prices grow.
    pub growth: Growth,
}

impl Scenario {
    /// The usual assumptions, from a year on: the middle values of `data/prijzen.toml`.
    pub fn of_year(year: u16) -> Self {
        let growth = Growth {
            gas: Cijfer::GroeiGas.waarde(),
            power: Cijfer::GroeiStroom.waarde(),
            heat: Cijfer::GroeiWarmte.waarde(),
        };
        Self { year, rate: Cijfer::Rente.waarde(), growth }
    }
}

/// What energy costs at the start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tariffs {
    /// Gas, € a m³.
    pub gas: f64,
    /// Electricity, € a kWh.
    pub power: f64,
    /// Heat of a network, € a GJ.
    pub heat: f64,
    /// Fixed cost of the gas connection, € a year.
    pub gas_fixed: f64,
    /// Fixed cost of a heat network of 70 °C, € a year.
    pub heat_fixed: f64,
}

/// How long a part lasts; each has its figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// Air-source heat pump.
    Air,
    /// Ground-source heat pump.
    Ground,
    /// Hybrid heat pump.
    Hybrid,
    /// The boiler that is there already.
    Boiler,
    /// Connection and pipes of a network.
    Pipes,
    /// Booster heat pump for hot water.
    Booster,
    /// Collective installation.
    Collective,
    /// Insulation.
    Insulation,
    /// Radiators.
    Radiators,
    /// Cooking.
    Cooking,
    /// Done once, nothing left of it.
    Once,
}

impl Life {
    pub(super) const ALL: [Self; 11] = [
        Self::Air,
        Self::Ground,
        Self::Hybrid,
        Self::Boiler,
        Self::Pipes,
        Self::Booster,
        Self::Collective,
        Self::Insulation,
        Self::Radiators,
        Self::Cooking,
        Self::Once,
    ];

    /// Its figure.
    pub const fn figure(self) -> Cijfer {
        match self {
            Self::Air => Cijfer::DuurLucht,
            Self::Ground => Cijfer::DuurBodem,
            Self::Hybrid => Cijfer::DuurHyb,
            Self::Boiler => Cijfer::DuurKetel,
            Self::Pipes => Cijfer::DuurLeiding,
            Self::Booster => Cijfer::DuurBooster,
            Self::Collective => Cijfer::DuurCol,
            Self::Insulation => Cijfer::DuurIsolatie,
            Self::Radiators => Cijfer::DuurEmissie,
            Self::Cooking => Cijfer::DuurKoken,
            Self::Once => Cijfer::DuurEenmalig,
        }
    }

    fn capital(self, years: u16, rate: f64) -> f64 {
        match self {
            Self::Once => 1.0,
            life => capital(life.figure().waarde(), years, rate, life == Self::Boiler),
        }
    }
}

/// The factors of one horizon.
#[derive(Clone, Copy, Debug)]
pub(super) struct Factors {
    pub annuity: f64,
    pub gas: f64,
    pub power: f64,
    pub heat: f64,
    /// Of what stays the same each year.
    pub level: f64,
    pub capital: [f64; Life::ALL.len()],
}

/// The prices of a scenario. Make it once, use it for all homes.
#[derive(Clone, Debug)]
pub struct Prices {
    scenario: Scenario,
    /// €/m³.
    pub(super) gas: f64,
    /// €/kWh.
    pub(super) power: f64,
    /// €/GJ.
    pub(super) heat: f64,
    /// € a year.
    pub(super) gas_fixed: f64,
    pub(super) heat_fixed: f64,
    pub(super) heat_fixed_lt: f64,
    /// kg a m³, kWh and GJ.
    pub(super) co2_gas: f64,
    pub(super) co2_power: f64,
    pub(super) co2_heat_mt: f64,
    pub(super) co2_heat_lt: f64,
    pub(super) factors: [Factors; HORIZONS.len()],
}

impl Prices {
    /// The prices of a scenario. A rate or growth that is no number, or far from any that was seen, becomes the usual
    /// one.
    pub fn of(scenario: Scenario) -> Self {
        let usual = Scenario::of_year(scenario.year);
        let sane = |share: f64, usual: f64| if (-0.2..=0.5).contains(&share) { share } else { usual };
        let growth = Growth {
            gas: sane(scenario.growth.gas, usual.growth.gas),
            power: sane(scenario.growth.power, usual.growth.power),
            heat: sane(scenario.growth.heat, usual.growth.heat),
        };
        let rate = sane(scenario.rate, usual.rate).max(0.0);
        let factors = HORIZONS.map(|years| Factors {
            annuity: annuity(years, rate),
            gas: present_value(years, rate, growth.gas),
            power: present_value(years, rate, growth.power),
            heat: present_value(years, rate, growth.heat),
            level: present_value(years, rate, 0.0),
            capital: Life::ALL.map(|life| life.capital(years, rate)),
        });
        let of_year = |figure: Cijfer| figure.in_jaar(scenario.year).map_or(figure.waarde(), |(_, value)| value);
        let heat_fixed = of_year(Cijfer::WarmteVast);
        let co2_power = co2_power(scenario.year);
        let co2_heat = |loss: Cijfer| {
            Cijfer::KwhPerGj.waarde() / Cijfer::Co2WarmteSpf.waarde() * co2_power / (1.0 - loss.waarde())
        };
        Self {
            scenario: Scenario { rate, growth, ..scenario },
            gas: of_year(Cijfer::GasPrijs),
            power: of_year(Cijfer::StroomPrijs),
            heat: of_year(Cijfer::WarmtePrijs),
            gas_fixed: of_year(Cijfer::GasVast),
            heat_fixed,
            heat_fixed_lt: fixed_lt(heat_fixed),
            co2_gas: Cijfer::Co2Gas.waarde(),
            co2_power,
            co2_heat_mt: co2_heat(Cijfer::NetVerliesMt),
            co2_heat_lt: co2_heat(Cijfer::NetVerliesLt),
            factors,
        }
    }

    /// The usual assumptions, from a year on.
    pub fn of_year(year: u16) -> Self {
        Self::of(Scenario::of_year(year))
    }

    /// The same with other tariffs than those of the year; what follows from a tariff goes along.
    #[must_use]
    pub fn with(self, tariffs: Tariffs) -> Self {
        let Tariffs { gas, power, heat, gas_fixed, heat_fixed } = tariffs;
        let heat_fixed_lt = fixed_lt(heat_fixed);
        Self { gas, power, heat, gas_fixed, heat_fixed, heat_fixed_lt, ..self }
    }

    /// Whether every cost comes out the same with other prices; CO2 may differ.
    pub fn cost_as(&self, other: &Self) -> bool {
        let of = |p: &Self| {
            let money = [p.gas, p.power, p.heat, p.gas_fixed, p.heat_fixed, p.heat_fixed_lt];
            (money, p.scenario.rate, p.scenario.growth)
        };
        of(self) == of(other)
    }

    /// What they assume.
    pub fn scenario(&self) -> Scenario {
        self.scenario
    }
}

/// The fixed cost of a cooler network beside that of one of 70 °C.
fn fixed_lt(heat_fixed: f64) -> f64 {
    heat_fixed * Cijfer::WarmteVastLt.waarde() / Cijfer::WarmteVastMt.waarde()
}

/// CO2 of electricity in a year, kg a kWh: the last known one, and from there a straight line to the expected one.
fn co2_power(year: u16) -> f64 {
    let (Some((known, now)), Some((then, later))) =
        (Cijfer::Co2Stroom.in_jaar(year), Cijfer::Co2StroomLater.in_jaar(year))
    else {
        return Cijfer::Co2Stroom.waarde();
    };
    let then = then.max(known + 1);
    now + (later - now) * f64::from(year.clamp(known, then) - known) / f64::from(then - known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_life_stands_at_its_own_place() {
        for (place, life) in Life::ALL.iter().enumerate() {
            assert_eq!(*life as usize, place);
        }
    }

    #[test]
    fn heat_of_a_network_is_about_thirty_kilograms_a_gigajoule() {
        let prices = Prices::of_year(2026);
        assert!((prices.co2_heat_mt - 31.25).abs() < 0.01, "{}", prices.co2_heat_mt);
        assert!((prices.co2_heat_lt - 29.41).abs() < 0.01, "{}", prices.co2_heat_lt);
    }

    #[test]
    fn electricity_gets_cleaner_year_by_year_until_2035() {
        assert!((Prices::of_year(2020).co2_power - 0.27).abs() < 1e-12);
        assert!((Prices::of_year(2035).co2_power - 0.075).abs() < 1e-12);
        assert!((Prices::of_year(2060).co2_power - 0.075).abs() < 1e-12);
        assert!((2026..2035).all(|year| co2_power(year + 1) < co2_power(year)));
    }

    #[test]
    fn a_year_takes_the_heat_tariff_of_that_year() {
        assert!((Prices::of_year(2024).heat - 46.69).abs() < 1e-12);
        assert!((Prices::of_year(2031).heat - 40.97).abs() < 1e-12);
    }

    #[test]
    fn a_rate_that_is_no_number_becomes_the_usual_one() {
        let mut scenario = Scenario::of_year(2026);
        scenario.rate = f64::NAN;
        scenario.growth.gas = 1e9;
        assert_eq!(Prices::of(scenario).scenario(), Scenario::of_year(2026));
    }
}
