//! The table of a vereniging van eigenaren (VvE): one complex, what is assumed, and options side by side, for a board that
//! has to decide. All amounts are whole cents of the complex; a share of one is split to the cent.
//!
//! [`Calc`] is everything that a calculation rests on, and a link holds all of it ([`Calc::to_link`]). [`table`] gives the
//! figures, [`what_if`](trials) how they change. `docs/vve.md` has the formulas in words.

mod calc;
mod link;
mod shares;
mod table;
mod what_if;

use crate::cijfers::Cijfer;
use crate::home::codes;
use crate::verdict::HeatOption;

pub use calc::{Calc, Choice, NAME_LENGTH, Refusal};
pub use shares::{ShareFault, read_shares};
pub use table::{Amounts, Cents, Column, Month, Way, advice, column, over_years, table};
pub use what_if::{LEVERS, Trial, Turn, cheapest, trials, turn, winners};

/// The options that a board can lay side by side, in the order of the page.
pub const OPTIONS: [HeatOption; 7] = [
    HeatOption::Col,
    HeatOption::Nmt,
    HeatOption::Nlt,
    HeatOption::Ael,
    HeatOption::Aeg,
    HeatOption::Hyb,
    HeatOption::NrIso,
];

/// How many of them at most stand side by side.
pub const MOST_SHOWN: usize = 4;

codes! {
    /// Where a field stands on the page.
    Group {
        /// The building.
        Gebouw = "gebouw",
        /// The heat network.
        Net = "net",
        /// What the association has and plans.
        Geld = "geld",
        /// The loan.
        Lening = "lening",
        /// Prices of energy.
        Prijs = "prijs",
        /// How these grow.
        Groei = "groei",
        /// Fixed cost and the rate to count with.
        Vast = "vast",
    }
}

/// What a field can hold, in units of its last decimal.
pub struct Limits {
    /// Where it stands.
    pub group: Group,
    /// Its unit, `EUR/m3` or `pct`.
    pub unit: &'static str,
    /// How many decimals are kept.
    pub decimals: u32,
    /// The least.
    pub least: i64,
    /// The most.
    pub most: i64,
    /// A step of its slider.
    pub step: i64,
    /// What it is before anything is filled in.
    pub start: Start,
}

/// What a field is before anything is filled in.
#[derive(Clone, Copy)]
pub enum Start {
    /// A value of its own.
    Own(i64),
    /// A figure with a source.
    Figure(Cijfer),
}

/// Where a rule about decisions comes from.
pub struct Source {
    /// Its code.
    pub code: &'static str,
    /// For people, Dutch.
    pub name: &'static str,
    /// Its year.
    pub year: u16,
    /// Whether the authors read it in the source itself.
    pub read: bool,
}

/// What a decision needs, as it usually stands in a deed (splitsingsakte). Shares as above and below the line.
#[derive(Clone, Copy)]
pub struct Majority {
    /// Of the votes cast.
    pub votes: (u32, u32),
    /// Of all votes that must be there; 0 where no such rule is known.
    pub present: (u32, u32),
    source: usize,
}

impl Majority {
    /// Where it comes from.
    pub fn source(self) -> &'static Source {
        &SOURCES[self.source]
    }
}

/// What an option asks of a board.
pub struct Ask {
    /// The option.
    pub option: HeatOption,
    /// Which decision.
    pub decision: Decision,
    /// Whether the deed has to be changed: `nee`, `soms`, `vaak`. The text is `vve-akte-CODE`.
    pub deed: &'static str,
    /// How people cook then. The text is `vve-koken-CODE`.
    pub cooking: &'static str,
    /// What it depends on. The texts are `vve-hangt-CODE`.
    pub depends: &'static [&'static str],
    /// The steps, in order. The texts are `vve-doen-CODE`.
    pub steps: &'static [&'static str],
}

// `enum Field`, its limits, `enum Decision` and the tables, made by build.rs.
include!(concat!(env!("OUT_DIR"), "/vve.rs"));

impl Field {
    /// What it can hold.
    pub fn limits(self) -> &'static Limits {
        &LIMITS[self as usize]
    }

    /// A value of it as a number in its unit.
    pub fn number(self, units: i64) -> f64 {
        units as f64 / 10_f64.powi(self.limits().decimals as i32)
    }

    /// What it is before anything is filled in.
    pub fn start(self, year: u16) -> i64 {
        let limits = self.limits();
        match limits.start {
            Start::Own(units) => units,
            Start::Figure(figure) => {
                let value = figure.in_jaar(year).map_or(figure.waarde(), |(_, value)| value);
                // A share is filled in as a percentage.
                let value = if limits.unit == "pct" { value * 100.0 } else { value };
                let units = (value * 10_f64.powi(limits.decimals as i32)).round() as i64;
                units.clamp(limits.least, limits.most)
            }
        }
    }
}

impl Decision {
    /// What it needs.
    pub fn majority(self) -> Majority {
        MAJORITIES[self as usize]
    }
}

/// What an option asks of a board; nothing for an option that no board lays on the table.
pub fn asks(option: HeatOption) -> Option<&'static Ask> {
    ASKS.iter().find(|ask| ask.option == option)
}

#[cfg(test)]
mod tests;
