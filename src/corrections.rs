//! What a resident knows better than the registers: kept on the device, and judged as any other fact.
//!
//! One form serves the page, a link (`lab=B,bj=1980`) and a file. All are read strictly: what does not fit is refused and
//! changes nothing.

mod file;

use std::fmt::Write as _;

use crate::home::{FactKey, FactValue, Home, Typology};
use crate::json::Json;
use crate::kosten::Insulation;
use crate::letters::decimal;
use crate::rules::rules;
use crate::scenario::Scenario;

pub use file::{LARGEST_FILE, read};

/// The facts that a resident can know, in the order of the form: what matters most for the advice first.
pub const KNOWABLE: [FactKey; 12] = [
    FactKey::Lab,
    FactKey::Typ,
    FactKey::Bj,
    FactKey::AreaM2,
    FactKey::Own,
    FactKey::Block,
    FactKey::Nvbo,
    FactKey::Mon,
    FactKey::Garage,
    FactKey::SpaceGround,
    FactKey::DRear,
    FactKey::Q,
];

/// The name of the insulation step among the facts.
const STEP: &str = "isolatie";
/// The text of "not known".
const UNKNOWN: &str = "-";
/// Decimals that a corrected number keeps.
const DECIMALS: u32 = 4;

/// Corrections of one home.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corrections {
    /// Each fact once, in the order of [`KNOWABLE`]; `None` is "not known".
    facts: Vec<(FactKey, Option<FactValue>)>,
    step: Option<Insulation>,
}

/// Why a value is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not a number.
    NotANumber,
    /// It is not a whole number.
    NotWhole,
    /// It is outside these bounds.
    OutOfBounds(u32, u32),
    /// It is none of the codes, or the fact is not one that a resident can know.
    NotAChoice,
}

/// What became of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// As it is registered.
    Known,
    /// The resident gave it.
    Given,
    /// It follows from what the resident gave: what was known before no longer holds.
    Follows,
}

/// The least and the most that a number can be: wide limits that only keep out what no home has (aanname).
pub fn bounds(key: FactKey) -> (u32, u32) {
    match key {
        FactKey::Bj => (1200, u32::from(rules().year())),
        FactKey::AreaM2 => (8, 5_000),
        FactKey::Nvbo => (1, 2_000),
        FactKey::SpaceGround => (0, 100_000),
        FactKey::DRear => (0, 500),
        _ => (0, 1_000),
    }
}

/// The codes to choose from; none for a number.
pub const fn choices(key: FactKey) -> &'static [&'static str] {
    match key {
        // The costs tell a low building from a high one, the rules do not.
        FactKey::Typ => Typology::CODES,
        _ => key.codes(),
    }
}

impl Corrections {
    /// Whether nothing is corrected.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.step.is_none()
    }

    /// How many things are corrected.
    pub fn count(&self) -> usize {
        self.facts.len() + usize::from(self.step.is_some())
    }

    /// The facts that were given; `None` is "not known".
    pub fn facts(&self) -> &[(FactKey, Option<FactValue>)] {
        &self.facts
    }

    /// What was given for a fact.
    pub fn given(&self, key: FactKey) -> Option<Option<FactValue>> {
        self.facts.iter().find(|(known, _)| *known == key).map(|(_, value)| *value)
    }

    /// How well the resident says that the home is insulated by now.
    pub fn step(&self) -> Insulation {
        self.step.unwrap_or(Insulation::AsIs)
    }

    /// Takes what was typed or chosen for a fact: empty is "as registered", `-` is "not known".
    ///
    /// ```
    /// use gasvrij3d::corrections::{Corrections, Refusal};
    /// use gasvrij3d::home::FactKey;
    /// let mut mine = Corrections::default();
    /// mine.set(FactKey::AreaM2, "82,5").unwrap();
    /// assert_eq!(mine.to_link(), "area_m2=82.5");
    /// assert_eq!(mine.set(FactKey::Bj, "3000"), Err(Refusal::OutOfBounds(1200, 2026)));
    /// ```
    pub fn set(&mut self, key: FactKey, text: &str) -> Result<(), Refusal> {
        let text = text.trim();
        let place = KNOWABLE.iter().position(|known| *known == key).ok_or(Refusal::NotAChoice)?;
        let value = match text {
            "" => None,
            UNKNOWN => Some(None),
            text => Some(Some(value(key, text)?)),
        };
        self.facts.retain(|(known, _)| *known != key);
        if let Some(value) = value {
            let before = |known: &FactKey| KNOWABLE[..place].contains(known);
            let at = self.facts.partition_point(|(known, _)| before(known));
            self.facts.insert(at, (key, value));
        }
        Ok(())
    }

    /// Takes how well the home is insulated by now, by the code of the step; empty is "as registered".
    pub fn set_step(&mut self, code: &str) -> Result<(), Refusal> {
        self.step = match code {
            "" => None,
            code => match Insulation::from_code(code) {
                None | Some(Insulation::AsIs) => return Err(Refusal::NotAChoice),
                step => step,
            },
        };
        Ok(())
    }

    /// Takes a fact or the step by its name.
    fn set_named(&mut self, name: &str, text: &str) -> Result<(), Refusal> {
        match FactKey::from_code(name) {
            _ if text.is_empty() => Err(Refusal::NotAChoice),
            _ if name == STEP => self.set_step(text),
            Some(key) => self.set(key, text),
            None => Err(Refusal::NotAChoice),
        }
    }

    /// Leaves out what the register says too.
    #[must_use]
    pub fn without_what_is_known(mut self, home: &Home) -> Self {
        self.facts.retain(|(key, value)| {
            let mut other = home.clone();
            other.set(*key, *value).is_ok() && other != *home
        });
        self
    }

    /// What is supposed of a home with these corrections. A better label makes a heat demand that was measured before it
    /// meaningless, and another kind or year its Standaard: those are not known then, unless they are given too.
    pub fn scenario(&self) -> Scenario {
        let mut corrections = self.facts.clone();
        for (given, lost) in [(FactKey::Lab, FactKey::Q), (FactKey::Typ, FactKey::Std), (FactKey::Bj, FactKey::Std)] {
            if self.given(given).is_some() && self.given(lost).is_none() {
                corrections.push((lost, None));
            }
        }
        Scenario { corrections, step: self.step(), ..Scenario::default() }
    }

    /// What became of a fact of a home.
    pub fn mark(&self, home: &Home, key: FactKey) -> Mark {
        if self.given(key).is_some() {
            return Mark::Given;
        }
        let follows = !self.is_empty() && self.scenario().home(home).fact(key) != home.fact(key);
        if follows { Mark::Follows } else { Mark::Known }
    }

    /// As it stands in a link: `lab=B,bj=1980,isolatie=label-b`.
    pub fn to_link(&self) -> String {
        let mut link = String::new();
        let step = self.step.map(|step| (STEP, step.code().to_owned()));
        for (name, value) in self.facts.iter().map(|(key, value)| (key.code(), written(*value))).chain(step) {
            let comma = if link.is_empty() { "" } else { "," };
            let _ = write!(link, "{comma}{name}={value}");
        }
        link
    }

    /// Reads what stands in a link; `None` where any part of it does not fit.
    pub fn from_link(text: &str) -> Option<Self> {
        let mut corrections = Self::default();
        for part in text.split(',').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=')?;
            corrections.set_named(name, value).ok()?;
        }
        Some(corrections)
    }
}

/// The number that stands in a text.
fn number(text: &str) -> Option<f64> {
    Json::parse(text.as_bytes()).ok()?.as_number()
}

/// The value that a text stands for.
fn value(key: FactKey, text: &str) -> Result<FactValue, Refusal> {
    let codes = choices(key);
    if !codes.is_empty() {
        let code = codes.iter().copied().find(|code| *code == text);
        return code.map(FactValue::Code).ok_or(Refusal::NotAChoice);
    }
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-');
    let number =
        text.chars().all(plain).then(|| number(&text.replace(',', "."))).flatten().ok_or(Refusal::NotANumber)?;
    let (least, most) = bounds(key);
    if !(f64::from(least)..=f64::from(most)).contains(&number) {
        return Err(Refusal::OutOfBounds(least, most));
    }
    if matches!(key, FactKey::Bj | FactKey::Nvbo) && number.fract() != 0.0 {
        return Err(Refusal::NotWhole);
    }
    Ok(FactValue::Number(number))
}

/// The text that stands for a value.
pub fn written(value: Option<FactValue>) -> String {
    match value {
        None => UNKNOWN.to_owned(),
        Some(FactValue::Number(number)) => decimal(number, DECIMALS),
        Some(FactValue::Code(code)) => code.to_owned(),
        Some(FactValue::Bool(yes)) => if yes { "ja" } else { "nee" }.to_owned(),
    }
}

#[cfg(test)]
mod tests;
