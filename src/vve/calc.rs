//! What a calculation rests on: the complex and what is assumed. A value that does not fit is refused and changes nothing.

use super::{Field, MOST_SHOWN, OPTIONS};
use crate::home::{Home, JaNee, Label, Monument, NetKind, NetStatus, Ownership, Typology, codes};
use crate::kentallen::{Demand, demand};
use crate::kosten::{Growth, Insulation, Prices, Scenario, Tariffs};
use crate::rules::rules;
use crate::verdict::HeatOption;

/// The longest name of a complex, in characters.
pub const NAME_LENGTH: usize = 60;
/// The largest share of one home.
pub(super) const LARGEST_SHARE: u32 = 1_000_000;
/// The code of "not known".
const UNKNOWN: &str = "-";

codes! {
    /// What is chosen from a list.
    Choice {
        /// The kind of building.
        Soort = "soort",
        /// Its label.
        Label = "label",
        /// Block heating.
        Blok = "blok",
        /// How well it is insulated before the option.
        Stap = "stap",
        /// How far a heat network is.
        Net = "net",
        /// Its temperature.
        NetSoort = "net-soort",
        /// Protection as a monument.
        Monument = "monument",
        /// A parking garage below.
        Garage = "garage",
    }
}

impl Choice {
    /// What there is to choose. `-` is "not known".
    pub const fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Soort => &["FLAT-L", "FLAT-H", "TUSSEN", "HOEK", "2KAP", "VRIJ"],
            Self::Label => &[UNKNOWN, "A", "B", "C", "D", "E", "F", "G"],
            Self::Blok | Self::Garage => &["onb", "ja", "nee"],
            Self::Stap => &["nu", "label-b"],
            Self::Net => &["geen", "onderzoek", "gepland", "beschikbaar"],
            Self::NetSoort => &[UNKNOWN, "MT", "LT", "ZLT"],
            Self::Monument => Monument::CODES,
        }
    }
}

/// Why a value is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not a number.
    NotANumber,
    /// It has more decimals than are kept: this many.
    Decimals(u32),
    /// It is outside the bounds of its field.
    OutOfBounds,
    /// It is none of what can be chosen.
    NotAChoice,
    /// The gas that was measured is less than hot water and cooking take.
    LessThanHotWater,
    /// There are more or fewer shares than homes.
    ShareCount(usize),
    /// A share is too large, or all of them are 0.
    Share,
    /// None is chosen, or too many.
    Count,
}

/// A calculation: all that its figures follow from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calc {
    name: String,
    numbers: [i64; Field::ALL.len()],
    /// Places in [`Choice::codes`].
    choices: [u8; Choice::ALL.len()],
    shares: Vec<u32>,
    shown: Vec<HeatOption>,
}

impl Default for Calc {
    fn default() -> Self {
        let year = rules().year();
        let mut numbers = [0; Field::ALL.len()];
        for field in Field::ALL {
            numbers[*field as usize] = field.start(year);
        }
        let mut choices = [0; Choice::ALL.len()];
        // Nothing is protected until somebody says so.
        choices[Choice::Monument as usize] = (Monument::CODES.len() - 1) as u8;
        let shown = vec![HeatOption::Col, HeatOption::Ael, HeatOption::Hyb];
        Self { name: String::new(), numbers, choices, shares: Vec::new(), shown }
    }
}

impl Calc {
    /// What the complex is called, or empty.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Takes a name: what would not stand on one line is left out, and what is too long is cut.
    pub fn set_name(&mut self, name: &str) {
        let plain = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
        self.name = plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(NAME_LENGTH).collect();
    }

    /// A number, in units of its last decimal.
    pub fn units(&self, field: Field) -> i64 {
        self.numbers[field as usize]
    }

    /// A number, in its unit.
    pub fn number(&self, field: Field) -> f64 {
        field.number(self.units(field))
    }

    /// A percentage, as a share.
    pub fn share(&self, field: Field) -> f64 {
        self.number(field) / 100.0
    }

    /// How many homes.
    pub fn homes(&self) -> u32 {
        self.units(Field::Woningen) as u32
    }

    /// What is chosen, as its code.
    pub fn choice(&self, choice: Choice) -> &'static str {
        choice.codes().get(self.choices[choice as usize] as usize).copied().unwrap_or(UNKNOWN)
    }

    /// The breukdelen; none where they are all the same.
    pub fn shares(&self) -> &[u32] {
        &self.shares
    }

    /// The breukdelen of all homes: one each where none were given.
    pub fn all_shares(&self) -> Vec<u32> {
        if self.shares.is_empty() { vec![1; self.homes() as usize] } else { self.shares.clone() }
    }

    /// The options that stand side by side.
    pub fn shown(&self) -> &[HeatOption] {
        &self.shown
    }

    /// Takes a number in units of its last decimal.
    pub fn set_units(&mut self, field: Field, units: i64) -> Result<(), Refusal> {
        let limits = field.limits();
        if !(limits.least..=limits.most).contains(&units) {
            return Err(Refusal::OutOfBounds);
        }
        let mut changed = self.clone();
        changed.numbers[field as usize] = units;
        // Shares are of homes that are there.
        if field == Field::Woningen && units != self.units(field) {
            changed.shares.clear();
        }
        changed.check_gas()?;
        *self = changed;
        Ok(())
    }

    /// Takes a number as it was typed: `1.250`, `1,30`, `€ 12.000`, `3 %`.
    pub fn set(&mut self, field: Field, typed: &str) -> Result<(), Refusal> {
        self.set_units(field, units(typed, field.limits().decimals)?)
    }

    /// Takes a choice by its code.
    pub fn choose(&mut self, choice: Choice, code: &str) -> Result<(), Refusal> {
        let place = choice.codes().iter().position(|known| *known == code).ok_or(Refusal::NotAChoice)?;
        let mut changed = self.clone();
        changed.choices[choice as usize] = place as u8;
        changed.check_gas()?;
        *self = changed;
        Ok(())
    }

    /// Takes the breukdelen, one for each home; none is "all the same".
    pub fn set_shares(&mut self, shares: Vec<u32>) -> Result<(), Refusal> {
        if !shares.is_empty() && shares.len() != self.homes() as usize {
            return Err(Refusal::ShareCount(shares.len()));
        }
        let fits = |share: &u32| *share <= LARGEST_SHARE;
        if !shares.iter().all(fits) || (!shares.is_empty() && shares.iter().all(|share| *share == 0)) {
            return Err(Refusal::Share);
        }
        self.shares = shares;
        Ok(())
    }

    /// Takes the options to lay side by side, in the order of [`OPTIONS`].
    pub fn show(&mut self, options: &[HeatOption]) -> Result<(), Refusal> {
        let shown: Vec<_> = OPTIONS.into_iter().filter(|option| options.contains(option)).collect();
        if shown.is_empty() || shown.len() > MOST_SHOWN || shown.len() != options.len() {
            return Err(Refusal::Count);
        }
        self.shown = shown;
        Ok(())
    }

    /// What was known of the homes of a building or complex, where it fits; what does not stays as it was.
    pub fn take(&mut self, homes: &[&Home]) {
        let Some(first) = homes.first() else { return };
        let _ = self.set_units(Field::Woningen, homes.len() as i64);
        let areas: Vec<f64> = homes.iter().filter_map(|home| home.area_m2).collect();
        if !areas.is_empty() {
            let mean = areas.iter().sum::<f64>() / areas.len() as f64;
            let _ = self.set_units(Field::Oppervlakte, (mean * 10.0).round() as i64);
        }
        if let Some(year) = first.bj {
            let _ = self.set_units(Field::Bouwjaar, i64::from(year));
        }
        if let Some(start) = first.net_start {
            let _ = self.set_units(Field::NetStart, i64::from(start));
        }
        let typ = first.typ.map(|typ| if typ == Typology::Flat { Typology::FlatLaag } else { typ });
        let label = worst_common_label(homes);
        for (choice, code) in [
            (Choice::Soort, typ.map(Typology::code)),
            (Choice::Label, label),
            (Choice::Blok, first.block.map(JaNee::code)),
            (Choice::Garage, first.garage.map(JaNee::code)),
            (Choice::Monument, first.mon.map(Monument::code)),
            (Choice::Net, first.net_status.map(NetStatus::code)),
            (Choice::NetSoort, first.net_soort.map(NetKind::code)),
        ] {
            if let Some(code) = code {
                let _ = self.choose(choice, code);
            }
        }
        let Home { net_status: Some(NetStatus::Beschikbaar | NetStatus::Gepland), net_soort: Some(network), .. } =
            self.home()
        else {
            return;
        };
        // A network that comes or is there is laid beside what an association does by itself.
        let network = match network {
            NetKind::Mt => HeatOption::Nmt,
            NetKind::Lt => HeatOption::Nlt,
            NetKind::Zlt => return,
        };
        let _ = self.show(&[HeatOption::Col, network, HeatOption::Ael]);
    }

    /// The home that stands for all: of the mean area, and with the facts of the complex.
    pub fn home(&self) -> Home {
        let code = |choice| self.choice(choice);
        let status = NetStatus::from_code(code(Choice::Net));
        let start = || Some(self.units(Field::NetStart) as u16).filter(|_| status == Some(NetStatus::Gepland));
        Home {
            bj: Some(self.units(Field::Bouwjaar) as u16),
            typ: Typology::from_code(code(Choice::Soort)),
            own: Some(Ownership::Vve),
            lab: Label::from_code(code(Choice::Label)),
            area_m2: Some(self.number(Field::Oppervlakte)),
            nvbo: Some(self.homes()),
            mon: Monument::from_code(code(Choice::Monument)),
            block: JaNee::from_code(code(Choice::Blok)),
            garage: JaNee::from_code(code(Choice::Garage)),
            net_soort: NetKind::from_code(code(Choice::NetSoort)).filter(|_| status != Some(NetStatus::Geen)),
            net_status: status,
            net_start: start(),
            ..Home::default()
        }
    }

    /// How well it is insulated before an option.
    pub fn step(&self) -> Insulation {
        Insulation::from_code(self.choice(Choice::Stap)).unwrap_or(Insulation::AsIs)
    }

    /// Heating of a home as it is now, GJ a year, from the gas that was measured; `None` where none was filled in.
    pub fn measured_gj(&self) -> Option<f64> {
        let gas = self.number(Field::GasMeting);
        if gas <= 0.0 {
            return None;
        }
        let tap = demand(&self.home()).ok()?.value.tap;
        Some(Demand::of_gas(gas, tap).heating)
    }

    /// The prices of the scenario.
    pub fn prices(&self) -> Prices {
        let growth = Growth {
            gas: self.share(Field::GroeiGas),
            power: self.share(Field::GroeiStroom),
            heat: self.share(Field::GroeiWarmte),
        };
        let scenario = Scenario { year: rules().year(), rate: self.share(Field::Rekenrente), growth };
        Prices::of(scenario).with(Tariffs {
            gas: self.number(Field::Gas),
            power: self.number(Field::Stroom),
            heat: self.number(Field::Warmte),
            gas_fixed: self.number(Field::GasVast),
            heat_fixed: self.number(Field::WarmteVast),
        })
    }

    fn check_gas(&self) -> Result<(), Refusal> {
        let fits = self.measured_gj().is_none_or(|heating| heating > 0.0);
        if fits { Ok(()) } else { Err(Refusal::LessThanHotWater) }
    }
}

/// The label that most homes with one have, the worse on a tie: a building has one envelope.
fn worst_common_label(homes: &[&Home]) -> Option<&'static str> {
    let letter = |label: Label| label.max(Label::A).code();
    let count =
        |letter: &str| homes.iter().filter(|home| home.lab.is_some_and(|l| l.max(Label::A).code() == letter)).count();
    homes.iter().filter_map(|home| home.lab).map(letter).max_by_key(|letter| (count(letter), *letter))
}

/// A number as people type it, in units of its last decimal. A comma is the decimal sign; a point is one too, unless three
/// digits follow it and the field has no decimals.
fn units(typed: &str, decimals: u32) -> Result<i64, Refusal> {
    let bare: String = typed.chars().filter(|c| !c.is_whitespace() && !"€%".contains(*c)).collect();
    let bare = bare.replace('−', "-");
    let (sign, digits) = bare.strip_prefix('-').map_or((1, bare.as_str()), |rest| (-1, rest));
    let groups: Vec<&str> = digits.split('.').collect();
    let in_thousands = groups.len() > 1
        && groups[0].len() <= 3
        && groups[1..].iter().all(|group| group.split(',').next().is_some_and(|g| g.len() == 3));
    let plain = if digits.contains(',') || (decimals == 0 && in_thousands) {
        if groups.len() > 1 && !in_thousands {
            return Err(Refusal::NotANumber);
        }
        digits.replace('.', "").replace(',', ".")
    } else {
        digits.to_owned()
    };
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 12 || !is_digits(whole) || !is_digits(part) {
        return Err(Refusal::NotANumber);
    }
    let part = part.trim_end_matches('0');
    if part.len() > decimals as usize {
        return Err(Refusal::Decimals(decimals));
    }
    let padded = format!("{whole}{part:0<width$}", width = decimals as usize);
    padded.parse::<i64>().map(|units| sign * units).map_err(|_| Refusal::NotANumber)
}
