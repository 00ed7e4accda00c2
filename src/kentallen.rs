//! What is usual for a home of this kind and period: heat demand, gas, the cost of insulating (`data/kentallen.toml`).
//!
//! On the scale of actual use, for euros and CO2. An [`Estimate`] is never a fact about one home, and the label that a
//! class was computed with never becomes a label of a home.

use crate::cijfers::klassen::{FLAT_ONBEKEND, KLASSEN, REFERENTIE_M2, Rij, TAP_TOT, TAPWATER, TOT};
use crate::cijfers::{Band, Cijfer};
use crate::home::{FactKey, Home, Label, Typology};
use crate::standaard::LAATSTE_OUDE_JAAR;

/// Square metres to GJ: kWh in a GJ is [`Cijfer::KwhPerGj`]; the tables per m² were made with exactly 3.6 MJ.
const GJ_PER_KWH: f64 = 0.0036;

/// A number that holds for a kind of home, and not for this home in particular: a "schatting".
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate<T> {
    /// The value.
    pub value: T,
    /// The figures it rests on.
    pub figures: Figures,
}

/// The figures that a number rests on, each once, in the order in which they were used.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Figures(Vec<Cijfer>);

impl Figures {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Cijfer> + '_ {
        self.0.iter().copied()
    }

    /// Whether one of them is an assumption.
    pub fn have_aanname(&self) -> bool {
        self.iter().any(Cijfer::is_aanname)
    }
}

impl std::fmt::Debug for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter().map(Cijfer::code)).finish()
    }
}

/// Who computes tells which figures were used: one computation serves the quick number and the explained one.
pub trait Notes {
    /// These figures were used.
    fn note(&mut self, figures: &[Cijfer]);
}

/// For the number alone.
pub struct Quick;

impl Notes for Quick {
    fn note(&mut self, _: &[Cijfer]) {}
}

impl Notes for Figures {
    fn note(&mut self, figures: &[Cijfer]) {
        for figure in figures {
            if !self.0.contains(figure) {
                self.0.push(*figure);
            }
        }
    }
}

/// A home's place in the tables.
#[derive(Clone, Copy)]
pub struct Klasse {
    row: &'static Rij,
    class: usize,
    tap_gj: f64,
    /// m².
    area: f64,
    height_assumed: bool,
    /// A registered label B or better, or a heat demand at the Standaard, where the class itself is not that good.
    known_good: bool,
    label: Option<Label>,
}

impl Klasse {
    /// The class of a home, or the fact that is missing for it.
    pub fn of(home: &Home) -> Result<Self, FactKey> {
        let typ = home.typ.ok_or(FactKey::Typ)?;
        let bj = home.bj.ok_or(FactKey::Bj)?;
        let area = home.area_m2.filter(|area| area.is_finite() && *area > 0.0).ok_or(FactKey::AreaM2)?;
        let class = class_of(typ);
        let row = &KLASSEN[class][period(&TOT, bj)];
        // Suitability by the calculated scale only; its numbers never enter the demand.
        let at_standard = bj > LAATSTE_OUDE_JAAR && matches!((home.q, home.std), (Some(q), Some(s)) if q <= s);
        let known_good = row.label > Label::B && (at_standard || home.lab.is_some_and(|label| label <= Label::B));
        Ok(Self {
            row,
            class,
            tap_gj: TAPWATER[class][period(&TAP_TOT, bj)],
            area,
            height_assumed: typ == Typology::Flat,
            known_good,
            label: home.lab,
        })
    }

    /// The envelope that the numbers hold for ("schillabel"), as it is now. For the choice of figures only: it is never
    /// shown as a label of the home.
    pub(crate) fn envelope(&self) -> Label {
        match self.label {
            _ if self.known_good => Label::B,
            // Solar panels raise a letter, not an envelope: no better than the class, where that is B or better already.
            Some(label) => label.max(self.row.label.min(Label::B)),
            None => self.row.label,
        }
    }

    /// Whether there is nothing to do to come to label B.
    pub fn is_label_b(&self) -> bool {
        self.known_good || self.row.naar_b.is_none()
    }

    /// Space heating as it is now, GJ a year.
    pub fn heating_gj(&self) -> f64 {
        let usual = self.usual_gj(self.area);
        if self.known_good { usual * (1.0 - self.saving()) } else { usual }
    }

    /// Space heating at label B, GJ a year.
    pub fn heating_b_gj(&self) -> f64 {
        if self.is_label_b() { self.heating_gj() } else { self.usual_gj(self.area) * (1.0 - self.saving()) }
    }

    /// Hot water, GJ a year.
    pub fn tap_gj(&self) -> f64 {
        self.tap_gj
    }

    /// Insulating to label B, € with VAT now; nothing where the home is that good already.
    pub fn to_label_b(&self) -> Band {
        match self.row.naar_b {
            Some([low, high]) if !self.known_good => {
                Band::new(low, f64::midpoint(low, high), high).times(Cijfer::VestaNaarNu.waarde())
            }
            _ => Band::ZERO,
        }
    }

    fn usual_gj(&self, area: f64) -> f64 {
        self.row.a + self.row.b * area
    }

    /// The share of the heating that label B saves, at the reference area.
    fn saving(&self) -> f64 {
        let area = REFERENTIE_M2[self.class];
        (1.0 - self.row.kwh_m2_b * area * GJ_PER_KWH / self.usual_gj(area)).max(0.0)
    }

    /// Tells which figures the demand as it is rests on.
    pub fn note(&self, notes: &mut impl Notes) {
        notes.note(&[Cijfer::KlasseWarmte, Cijfer::KlasseTapwater]);
        if self.height_assumed {
            notes.note(&[Cijfer::FlatHoogte]);
        }
        if self.known_good {
            notes.note(&[Cijfer::LabelBBesparing]);
        }
        if self.known_good || self.label.is_some() {
            notes.note(&[Cijfer::LabelNaastKlasse]);
        }
    }

    /// Tells which figures come on top for the demand at label B and its cost.
    pub fn note_b(&self, notes: &mut impl Notes) {
        if !self.is_label_b() {
            notes.note(&[Cijfer::LabelBBesparing, Cijfer::KlasseIsolatie, Cijfer::Midden, Cijfer::VestaNaarNu]);
        }
    }
}

fn class_of(typ: Typology) -> usize {
    match typ {
        Typology::Vrij => 0,
        Typology::TweeKap => 1,
        Typology::Hoek => 2,
        Typology::Tussen => 3,
        Typology::FlatLaag => 4,
        Typology::FlatHoog => 5,
        Typology::Flat => FLAT_ONBEKEND,
    }
}

/// The usual floor area of such a home, m²: for sums over many homes, where that of some is not known.
pub fn reference_area(typ: Typology) -> f64 {
    REFERENTIE_M2[class_of(typ)]
}

/// The first and last year of the period that a home of this year belongs to; `None` at an open end.
///
/// ```
/// use gasvrij3d::kentallen::period_of;
/// assert_eq!(period_of(1935), (Some(1930), Some(1945)));
/// assert_eq!(period_of(1890), (None, Some(1929)));
/// ```
pub fn period_of(bj: u16) -> (Option<u16>, Option<u16>) {
    let place = period(&TOT, bj);
    let last = Some(TOT[place]).filter(|_| place + 1 < TOT.len());
    (place.checked_sub(1).map(|before| TOT[before] + 1), last)
}

fn period(ends: &[u16], bj: u16) -> usize {
    ends.iter().position(|end| bj <= *end).unwrap_or(ends.len() - 1)
}

/// Heat in a year, GJ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Demand {
    /// Space heating (`Q_rv`).
    pub heating: f64,
    /// Hot water (`Q_tap`).
    pub tap: f64,
}

impl Demand {
    /// Gas of an HR boiler, m³ a year, without cooking.
    pub fn gas_m3(self) -> f64 {
        let useful = self.heating / Cijfer::KetelVerwarming.waarde() + self.tap / Cijfer::KetelTapwater.waarde();
        useful / Cijfer::GasEnergie.waarde()
    }

    /// The other way round: the heating that follows from the gas of a meter in m³ a year, with cooking, where this much
    /// goes to hot water. Below 0 where the gas is not enough for that.
    pub fn of_gas(gas_m3: f64, tap: f64) -> Self {
        let useful = (gas_m3 - Cijfer::GasKoken.waarde()) * Cijfer::GasEnergie.waarde();
        let heating = (useful - tap / Cijfer::KetelTapwater.waarde()) * Cijfer::KetelVerwarming.waarde();
        Self { heating, tap }
    }
}

/// Heat demand of a home as it is, GJ a year.
pub fn demand(home: &Home) -> Result<Estimate<Demand>, FactKey> {
    let class = Klasse::of(home)?;
    let mut figures = Figures::default();
    class.note(&mut figures);
    Ok(Estimate { value: Demand { heating: class.heating_gj(), tap: class.tap_gj() }, figures })
}

/// Gas of a home with an HR boiler as it is, m³ a year, with cooking.
///
/// ```
/// use gasvrij3d::home::{FactKey, Home, Typology};
/// use gasvrij3d::kentallen::gas_m3;
/// let mut home = Home { bj: Some(1955), typ: Some(Typology::Tussen), area_m2: Some(105.0), ..Home::default() };
/// assert_eq!(gas_m3(&home).map(|estimate| estimate.value.round()), Ok(1254.0));
/// home.area_m2 = None;
/// assert_eq!(gas_m3(&home), Err(FactKey::AreaM2));
/// ```
pub fn gas_m3(home: &Home) -> Result<Estimate<f64>, FactKey> {
    let Estimate { value, mut figures } = demand(home)?;
    figures.note(&GAS_FIGURES);
    Ok(Estimate { value: value.gas_m3() + Cijfer::GasKoken.waarde(), figures })
}

/// The figures of [`Demand::gas_m3`] and of cooking.
pub const GAS_FIGURES: [Cijfer; 4] =
    [Cijfer::KetelVerwarming, Cijfer::KetelTapwater, Cijfer::GasEnergie, Cijfer::GasKoken];

/// The cost of insulating to label B, € with VAT now. Nothing to do gives 0.
pub fn cost_to_label_b(home: &Home) -> Result<Estimate<Band>, FactKey> {
    let class = Klasse::of(home)?;
    let mut figures = Figures::default();
    class.note_b(&mut figures);
    Ok(Estimate { value: class.to_label_b(), figures })
}

#[cfg(test)]
mod tests;
