//! A calculation with all that follows from it, for one page in one language.

use gasvrij3d::text::Lang;
use gasvrij3d::verdict::HeatOption;
use gasvrij3d::vve::{Amounts, Calc, Column, Way, cheapest, table};

/// A calculation and its figures.
pub struct Sheet {
    /// What it rests on.
    pub calc: Calc,
    /// Every way to heat: staying as it is first.
    pub columns: Vec<Column>,
    /// The language.
    pub lang: Lang,
    /// Data and rules that it was made with.
    pub version: String,
}

impl Sheet {
    /// Computes it.
    pub fn of(calc: &Calc, version: &str, lang: Lang) -> Self {
        Self { calc: calc.clone(), columns: table(calc), lang, version: version.to_owned() }
    }

    /// The columns that stand side by side: staying as it is, and the options that were chosen.
    pub fn shown(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| match column.way {
            Way::Now => true,
            Way::Option(option) => self.calc.shown().contains(&option),
        })
    }

    /// The same without staying as it is.
    pub fn options(&self) -> impl Iterator<Item = (HeatOption, &Column)> {
        self.shown().filter_map(|column| match column.way {
            Way::Now => None,
            Way::Option(option) => Some((option, column)),
        })
    }

    /// The figures of staying as it is.
    pub fn now(&self) -> Option<&Amounts> {
        self.columns.iter().find(|column| column.way == Way::Now)?.amounts.as_ref().ok()
    }

    /// The cheapest way over 15 years that can be chosen.
    pub fn cheapest(&self) -> Option<&Column> {
        cheapest(&self.columns).map(|place| &self.columns[place])
    }

    /// Cents of the complex as euros of a mean home.
    pub fn a_home(&self, cents: i64) -> f64 {
        cents as f64 / 100.0 / f64::from(self.calc.homes())
    }
}
