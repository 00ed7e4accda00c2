//! One option at one step, in numbers: how much energy, which parts, what each year. The only place with the formulas;
//! the quick number and the explained one both come from here.

use super::prijzen::{Life, Prices};
use super::{Gap, Insulation, Missing, Scheme};
use crate::cijfers::{Band, Cijfer};
use crate::home::{Home, JaNee, Label, Ownership, Typology};
use crate::kentallen::{Demand, GAS_FIGURES, Klasse, Notes};
use crate::standaard::LAATSTE_OUDE_JAAR;
use crate::verdict::HeatOption;

/// What a home uses in a year with an option.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Volumes {
    /// Gas, m³.
    pub gas_m3: f64,
    /// Electricity for heating and hot water, kWh.
    pub power_kwh: f64,
    /// Heat of a network, GJ.
    pub heat_gj: f64,
}

impl Volumes {
    /// An HR boiler, with cooking on gas.
    pub fn boiler(demand: Demand) -> Self {
        Self { gas_m3: demand.gas_m3() + Cijfer::GasKoken.waarde(), ..Self::default() }
    }

    /// A heat pump for heating and hot water, with its efficiency for each.
    pub fn heat_pump(demand: Demand, spf_heating: f64, spf_tap: f64) -> Self {
        let power = demand.heating / spf_heating + demand.tap / spf_tap;
        Self { power_kwh: Cijfer::KwhPerGj.waarde() * power, ..Self::default() }
    }

    /// A hybrid heat pump for a share of the heating; the boiler does the rest and the hot water.
    pub fn hybrid(demand: Demand) -> Self {
        let share = Cijfer::HybDeel.waarde();
        let boiler = Self::boiler(Demand { heating: (1.0 - share) * demand.heating, ..demand });
        let pump = Self::heat_pump(Demand { heating: share * demand.heating, tap: 0.0 }, Cijfer::HybSpf.waarde(), 1.0);
        Self { gas_m3: boiler.gas_m3, ..pump }
    }

    /// A heat network for everything.
    pub fn network(demand: Demand) -> Self {
        Self { heat_gj: demand.heating + demand.tap, ..Self::default() }
    }

    /// A network that is too cool for hot water: a booster lifts it, with the network as its source.
    pub fn cool_network(demand: Demand, spf_tap: f64) -> Self {
        let power_gj = demand.tap / spf_tap;
        Self {
            gas_m3: 0.0,
            power_kwh: Cijfer::KwhPerGj.waarde() * power_gj,
            heat_gj: demand.heating + demand.tap - power_gj,
        }
    }
}

/// One thing to buy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Which figure it is.
    pub figure: Cijfer,
    /// Its price, € with VAT.
    pub price: Band,
    /// How long it lasts. [`Life::Boiler`] is there already: it costs nothing at the start.
    pub life: Life,
}

impl Part {
    const NONE: Self = Self { figure: Cijfer::Ketel, price: Band::ZERO, life: Life::Once };

    /// Whether it is bought at the start.
    pub fn at_start(&self) -> bool {
        self.life != Life::Boiler
    }
}

/// The most parts that an option has.
const MOST_PARTS: usize = 8;

/// Everything about one option at one step, before money over time.
#[derive(Clone, Copy)]
pub(super) struct Sheet {
    pub demand: Demand,
    pub volumes: Volumes,
    parts: [Part; MOST_PARTS],
    count: usize,
    pub fixed: f64,
    pub maintenance: Band,
    pub scheme: Scheme,
    subsidy: f64,
}

/// A home at a step.
#[derive(Clone, Copy)]
struct State {
    demand: Demand,
    envelope: Label,
    insulation: Band,
}

impl State {
    fn of(home: &Home, step: Insulation, measured: Option<f64>, notes: &mut impl Notes) -> Result<Self, Missing> {
        let class = Klasse::of(home).map_err(Missing::Fact)?;
        class.note(notes);
        let as_is = Self {
            demand: Demand { heating: measured.unwrap_or(class.heating_gj()), tap: class.tap_gj() },
            envelope: class.envelope(),
            insulation: Band::ZERO,
        };
        let old = home.bj.is_some_and(|bj| bj <= LAATSTE_OUDE_JAAR);
        match step {
            Insulation::AsIs => return Ok(as_is),
            Insulation::Standaard if old => {
                let is_there = matches!((home.q, home.std), (Some(q), Some(std)) if q <= std);
                return if is_there { Ok(as_is) } else { Err(Missing::Figure(Gap::StandaardOud)) };
            }
            Insulation::Standaard => notes.note(&[Cijfer::StandaardIsB]),
            Insulation::LabelB => {}
        }
        class.note_b(notes);
        Ok(Self {
            // What was measured is saved on by the same share.
            demand: Demand {
                heating: measured.map_or(class.heating_b_gj(), |now| now * class.heating_b_gj() / class.heating_gj()),
                ..as_is.demand
            },
            envelope: as_is.envelope.min(Label::B),
            insulation: class.to_label_b(),
        })
    }

    /// The efficiency for this envelope: A or better, B, C; for worse there is no figure.
    fn spf(&self, [a, b, c]: [Cijfer; 3]) -> Result<Cijfer, Missing> {
        match self.envelope {
            Label::B => Ok(b),
            Label::C => Ok(c),
            better if better < Label::B => Ok(a),
            _ => Err(Missing::Figure(Gap::EerstIsoleren)),
        }
    }

    fn needs(&self, at_worst: Label) -> Result<(), Missing> {
        if self.envelope <= at_worst { Ok(()) } else { Err(Missing::Figure(Gap::EerstIsoleren)) }
    }

    fn volumes(&self, option: HeatOption, notes: &mut impl Notes) -> Result<Volumes, Missing> {
        let demand = self.demand;
        let mut heat_pump = |heating: Cijfer, tap: Cijfer| {
            notes.note(&[heating, tap, Cijfer::KwhPerGj]);
            Ok(Volumes::heat_pump(demand, heating.waarde(), tap.waarde()))
        };
        match option {
            HeatOption::Ael => {
                heat_pump(self.spf([Cijfer::AelSpfA, Cijfer::AelSpfB, Cijfer::AelSpfC])?, Cijfer::AelSpfTap)
            }
            HeatOption::Aeg => {
                heat_pump(self.spf([Cijfer::AegSpfA, Cijfer::AegSpfB, Cijfer::AegSpfC])?, Cijfer::AegSpfTap)
            }
            HeatOption::Nzlt => {
                self.needs(Label::E)?;
                let good = self.envelope <= Label::B;
                heat_pump(if good { Cijfer::NzltSpfB } else { Cijfer::NzltSpfC }, Cijfer::NzltSpfTap)
            }
            HeatOption::Col => {
                self.needs(Label::E)?;
                let good = self.envelope <= Label::B;
                let volumes = heat_pump(if good { Cijfer::ColSpf50 } else { Cijfer::ColSpf70 }, Cijfer::ColSpf70);
                notes.note(&[Cijfer::ColTemperatuur]);
                volumes
            }
            HeatOption::Hyb => {
                self.needs(Label::D)?;
                notes.note(&[Cijfer::HybDeel, Cijfer::HybSpf, Cijfer::KwhPerGj]);
                notes.note(&GAS_FIGURES);
                Ok(Volumes::hybrid(demand))
            }
            HeatOption::Nmt => {
                self.needs(Label::E)?;
                Ok(Volumes::network(demand))
            }
            HeatOption::Nlt => {
                self.needs(Label::B)?;
                notes.note(&[Cijfer::NltBoosterSpf, Cijfer::NltBoosterBalans, Cijfer::KwhPerGj]);
                Ok(Volumes::cool_network(demand, Cijfer::NltBoosterSpf.waarde()))
            }
            HeatOption::NrIso => {
                notes.note(&GAS_FIGURES);
                Ok(Volumes::boiler(demand))
            }
            HeatOption::Gas2 => Err(Missing::Figure(Gap::GroenGas)),
            HeatOption::Bio => Err(Missing::Figure(Gap::Hout)),
            HeatOption::Ir => Err(Missing::Figure(Gap::Vermogen)),
            HeatOption::Air => Err(Missing::Figure(Gap::Boiler)),
            HeatOption::NrKoken => Err(Missing::Figure(Gap::KokenStroom)),
            HeatOption::Wacht => Err(Missing::Figure(Gap::Wachten)),
        }
    }
}

/// What a home uses in a year with an option at a step.
pub(super) fn volumes(
    home: &Home,
    option: HeatOption,
    step: Insulation,
    notes: &mut impl Notes,
) -> Result<Volumes, Missing> {
    State::of(home, step, None, notes)?.volumes(option, notes)
}

/// A price as it is now: with VAT, and with a margin where the source gives one amount.
fn price(figure: Cijfer, notes: &mut impl Notes) -> Band {
    let mut band = figure.spreiding();
    notes.note(&[figure]);
    if band.is_exact() {
        notes.note(&[Cijfer::InvesteringMarge]);
        band = Band::around(band.mid(), Cijfer::InvesteringMarge.waarde());
    }
    if figure.is_prijspeil_2018() {
        notes.note(&[Cijfer::VestaNaarNu]);
        band = band.times(Cijfer::VestaNaarNu.waarde());
    }
    band
}

impl Sheet {
    /// The sheet of an option, or what is missing for it. `measured`: heating as it is now in GJ a year, where that is
    /// known of the home itself.
    pub fn of(
        home: &Home,
        option: HeatOption,
        step: Insulation,
        measured: Option<f64>,
        prices: &Prices,
        notes: &mut impl Notes,
    ) -> Result<Self, Missing> {
        if option == HeatOption::Nzlt {
            return Err(Missing::Figure(Gap::Bronnet));
        }
        let state = State::of(home, step, measured, notes)?;
        let volumes = state.volumes(option, notes)?;
        let mut sheet = Self {
            demand: state.demand,
            volumes,
            parts: [Part::NONE; MOST_PARTS],
            count: 0,
            fixed: 0.0,
            maintenance: Band::ZERO,
            scheme: Scheme::Geen,
            subsidy: 0.0,
        };
        if state.insulation.high() > 0.0 {
            notes.note(&[Life::Insulation.figure()]);
            sheet.push(Part { figure: Cijfer::KlasseIsolatie, price: state.insulation, life: Life::Insulation });
        }
        sheet.add_parts(home, option, notes);
        sheet.add_years(option, prices, notes);
        sheet.add_subsidy(home, option, notes);
        Ok(sheet)
    }

    fn push(&mut self, part: Part) {
        self.parts[self.count] = part;
        self.count += 1;
    }

    fn add(&mut self, figure: Cijfer, life: Life, notes: &mut impl Notes) {
        let price = price(figure, notes);
        notes.note(&[life.figure()]);
        self.push(Part { figure, price, life });
    }

    fn add_parts(&mut self, home: &Home, option: HeatOption, notes: &mut impl Notes) {
        let flat = matches!(home.typ, Some(Typology::Flat | Typology::FlatLaag | Typology::FlatHoog));
        let emission = if flat { Cijfer::EmissieFlat } else { Cijfer::EmissieHuis };
        match option {
            HeatOption::Ael => {
                self.add(Cijfer::AelPomp, Life::Air, notes);
                self.add(emission, Life::Radiators, notes);
            }
            HeatOption::Aeg => {
                self.add(Cijfer::AegPomp, Life::Ground, notes);
                notes.note(&[Cijfer::AegBronDeel]);
                self.add(emission, Life::Radiators, notes);
            }
            HeatOption::Hyb => {
                self.add(Cijfer::HybPomp, Life::Hybrid, notes);
            }
            HeatOption::Nmt | HeatOption::Nlt => {
                self.add(Cijfer::NetAansluiting, Life::Pipes, notes);
                let pipes = match home.block {
                    _ if !flat => Cijfer::NetInpandigHuis,
                    Some(JaNee::Ja) => Cijfer::NetInpandigBlok,
                    Some(JaNee::Nee) => Cijfer::NetInpandigFlat,
                    Some(JaNee::Onbekend) | None => {
                        notes.note(&[Cijfer::NetBlokOnbekend]);
                        Cijfer::NetInpandigFlat
                    }
                };
                self.add(pipes, Life::Pipes, notes);
                if option == HeatOption::Nlt {
                    self.add(Cijfer::NltRadiatoren, Life::Radiators, notes);
                    self.add(Cijfer::NltBooster, Life::Booster, notes);
                }
            }
            // All in: cooking and the end of gas too.
            HeatOption::Col => return self.add(Cijfer::ColAlles, Life::Collective, notes),
            _ => {}
        }
        if self.volumes.gas_m3 > 0.0 {
            notes.note(&[Cijfer::KetelBlijft]);
            self.add(Cijfer::Ketel, Life::Boiler, notes);
        } else {
            notes.note(&[Cijfer::GasWegAltijd]);
            self.add(Cijfer::Koken, Life::Cooking, notes);
            self.add(if flat { Cijfer::GasWegFlat } else { Cijfer::GasWegHuis }, Life::Once, notes);
        }
    }

    /// What comes back each year, apart from energy.
    fn add_years(&mut self, option: HeatOption, prices: &Prices, notes: &mut impl Notes) {
        if self.volumes.gas_m3 > 0.0 {
            notes.note(&[Cijfer::GasPrijs, Cijfer::GasVast, Cijfer::Co2Gas]);
            self.fixed += prices.gas_fixed;
        }
        if self.volumes.power_kwh > 0.0 {
            notes.note(&[Cijfer::StroomPrijs, Cijfer::Co2Stroom, Cijfer::Co2StroomLater]);
        }
        if self.volumes.heat_gj > 0.0 {
            notes.note(&[Cijfer::WarmtePrijs, Cijfer::WarmteVast, Cijfer::Co2WarmteSpf, Cijfer::Co2Stroom]);
        }
        let maintenance = match option {
            HeatOption::Ael => Cijfer::OnderhoudAel,
            HeatOption::Aeg => Cijfer::OnderhoudAeg,
            HeatOption::Hyb => Cijfer::OnderhoudHyb,
            HeatOption::Nmt => {
                self.fixed += prices.heat_fixed;
                notes.note(&[Cijfer::NetVerliesMt]);
                Cijfer::OnderhoudAfleverset
            }
            HeatOption::Nlt => {
                self.fixed += prices.heat_fixed_lt;
                notes.note(&[Cijfer::WarmtePrijsLt, Cijfer::WarmteVastDeelLt, Cijfer::WarmteVastMt]);
                notes.note(&[Cijfer::WarmteVastLt, Cijfer::NetVerliesLt]);
                Cijfer::OnderhoudAfleverset
            }
            HeatOption::Col => {
                notes.note(&[Cijfer::OnderhoudColDeel]);
                let collective = self.parts().iter().filter(|part| part.life == Life::Collective);
                self.maintenance =
                    collective.map(|part| part.price).sum::<Band>().times(Cijfer::OnderhoudColDeel.waarde());
                Cijfer::OnderhoudColBeheer
            }
            _ => Cijfer::OnderhoudKetel,
        };
        notes.note(&[maintenance]);
        self.maintenance = self.maintenance + maintenance.spreiding();
    }

    fn add_subsidy(&mut self, home: &Home, option: HeatOption, notes: &mut impl Notes) {
        let parts: &[(Cijfer, f64)] = match option {
            HeatOption::Ael => &[(Cijfer::IsdeEerste, 1.0), (Cijfer::IsdePerKw, Cijfer::AelVermogen.waarde())],
            HeatOption::Hyb => &[(Cijfer::IsdeEerste, 1.0), (Cijfer::IsdePerKw, Cijfer::HybVermogen.waarde())],
            HeatOption::Aeg => &[(Cijfer::IsdeBodem, 1.0)],
            HeatOption::Nmt | HeatOption::Nlt => &[(Cijfer::IsdeWarmtenet, 1.0), (Cijfer::IsdeKoken, 1.0)],
            _ => &[],
        };
        let nothing_to_buy = self.investment().high() <= 0.0;
        self.scheme = match home.own {
            _ if nothing_to_buy => Scheme::Geen,
            Some(Ownership::Koop) => Scheme::Isde,
            Some(Ownership::Vve) => Scheme::Svve,
            Some(Ownership::Corp | Ownership::PartHuur) => Scheme::Verhuur,
            Some(Ownership::Onbekend) | None => Scheme::Onbekend,
        };
        if !matches!(self.scheme, Scheme::Isde | Scheme::Svve) {
            return;
        }
        if self.scheme == Scheme::Svve && !parts.is_empty() {
            notes.note(&[Cijfer::SvveAlsIsde]);
        }
        match option {
            HeatOption::Ael => notes.note(&[Cijfer::AelVermogen]),
            HeatOption::Hyb => notes.note(&[Cijfer::HybVermogen]),
            _ => {}
        }
        for (figure, times) in parts {
            notes.note(&[*figure]);
            self.subsidy += figure.waarde() * times;
        }
    }

    /// The parts.
    pub fn parts(&self) -> &[Part] {
        &self.parts[..self.count]
    }

    /// What is paid at the start, before subsidy, €.
    pub fn investment(&self) -> Band {
        self.parts().iter().filter(|part| part.at_start()).map(|part| part.price).sum()
    }

    /// What is given for it, €; never more than the lowest price.
    pub fn subsidy(&self) -> f64 {
        self.subsidy.min(self.investment().low())
    }

    /// The present value of everything over a horizon, €.
    pub fn npv(&self, prices: &Prices, horizon: usize) -> Band {
        let factors = &prices.factors[horizon];
        let energy = self.volumes.gas_m3 * prices.gas * factors.gas
            + self.volumes.power_kwh * prices.power * factors.power
            + self.volumes.heat_gj * prices.heat * factors.heat;
        let parts: Band = self.parts().iter().map(|part| part.price.times(factors.capital[part.life as usize])).sum();
        let years = self.maintenance.times(factors.level);
        parts + years + Band::exact(energy + self.fixed * factors.level - self.subsidy())
    }

    /// The same as an equal amount each year, €.
    pub fn eac(&self, prices: &Prices, horizon: usize) -> Band {
        self.npv(prices, horizon).times(prices.factors[horizon].annuity)
    }
}
