//! Every number of the costs and the typology, with its unit, source, year and standing. The numbers are in `data`
//! (`kentallen.toml`, `opties.toml`, `prijzen.toml`, `standaard.toml`); `build.rs` makes static tables of them.

mod band;

use crate::home::codes;
use crate::text::{Key, Lang};

pub use band::Band;

/// A source of figures.
#[derive(Debug, PartialEq, Eq)]
pub struct Bron {
    /// Its key in `data/cijferbronnen.toml`.
    pub code: &'static str,
    /// For people, Dutch.
    pub naam: &'static str,
    /// The year of the source.
    pub jaar: u16,
    /// Whether the authors read the figure in the source itself.
    pub nagelezen: bool,
    /// What the owner of the numbers asks, where that is anything.
    pub licentie: Option<&'static str>,
}

codes! {
    /// How sure a figure is.
    Status {
        /// Read in the source.
        Gevonden = "gevonden",
        /// Computed from what was read in the source.
        Afgeleid = "afgeleid",
        /// Known in the trade; still to be read in the source itself.
        Nakijken = "nakijken",
        /// An assumption of this project: shown as "aanname".
        Aanname = "aanname",
    }
}

struct Rij {
    code: &'static str,
    tekst: Key,
    eenheid: &'static str,
    bron: usize,
    jaar: u16,
    status: Status,
}

/// Whose limit for small heat networks it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grens {
    /// Of a national source; otherwise an assumption ("aanname").
    pub landelijk: bool,
    /// The source, or what the assumption means.
    pub bron: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/cijfers.rs"));

impl Cijfer {
    /// The middle value in its unit, or 0 for a figure that is a choice or a table (those have texts only).
    pub fn waarde(self) -> f64 {
        self.spreiding().mid()
    }

    /// Low, middle and high. All equal where the source gives one value.
    pub fn spreiding(self) -> Band {
        WAARDEN[self as usize].map_or(Band::ZERO, |[low, mid, high]| Band::new(low, mid, high))
    }

    /// The value for a year, and the year that it is from: the last known one up to that year, else the first known.
    /// `None` for a figure that does not go by year.
    ///
    /// ```
    /// use gasvrij3d::cijfers::Cijfer;
    /// assert_eq!(Cijfer::WarmtePrijs.in_jaar(2025), Some((2025, 43.79)));
    /// assert_eq!(Cijfer::GasPrijs.in_jaar(2024), Some((2026, 1.30)));
    /// ```
    pub fn in_jaar(self, year: u16) -> Option<(u16, f64)> {
        let years = JAREN[self as usize];
        years.iter().rev().find(|(known, _)| *known <= year).or_else(|| years.first()).copied()
    }

    /// Its key in `data`.
    pub fn code(self) -> &'static str {
        RIJEN[self as usize].code
    }

    /// What it is.
    pub fn tekst(self, lang: Lang) -> &'static str {
        RIJEN[self as usize].tekst.text(lang)
    }

    /// Its unit. `EUR2018` is euro without VAT at the prices of 2018.
    pub fn eenheid(self) -> &'static str {
        RIJEN[self as usize].eenheid
    }

    /// Whether it is a price without VAT at the level of 2018.
    pub fn is_prijspeil_2018(self) -> bool {
        PRIJSPEIL_2018[self as usize]
    }

    /// Where it comes from.
    pub fn bron(self) -> &'static Bron {
        &BRONNEN[RIJEN[self as usize].bron]
    }

    /// The year it holds for.
    pub fn jaar(self) -> u16 {
        RIJEN[self as usize].jaar
    }

    /// How sure it is.
    pub fn status(self) -> Status {
        RIJEN[self as usize].status
    }

    /// Whether it is shown as "aanname".
    pub fn is_aanname(self) -> bool {
        self.status() == Status::Aanname
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_assumption_is_of_this_project_and_nothing_else_is_unread_in_silence() {
        for figure in Cijfer::ALL {
            let (source, name) = (figure.bron(), figure.code());
            if figure.is_aanname() {
                assert_eq!(source.code, "project", "{name} is an assumption: of whom?");
            }
            assert!(
                source.nagelezen || matches!(figure.status(), Status::Nakijken | Status::Aanname),
                "{name}: its source was not read, so its status is `nakijken`"
            );
        }
    }

    #[test]
    fn every_figure_says_what_it_is_in_both_languages() {
        for figure in Cijfer::ALL {
            assert_ne!(figure.tekst(Lang::Nl), figure.tekst(Lang::En), "{}", figure.code());
            assert!((2018..=2026).contains(&figure.jaar()), "{}", figure.code());
        }
    }

    #[test]
    fn numbers_of_the_source_ask_for_its_name() {
        let licence = Cijfer::KlasseWarmte.bron().licentie.unwrap_or_default();
        assert!(licence.contains("PBL Vesta MAIS 5.0"), "{licence}");
    }

    #[test]
    fn the_first_known_year_serves_for_earlier_ones() {
        assert_eq!(Cijfer::WarmtePrijs.in_jaar(1999), Some((2024, 46.69)));
        assert_eq!(Cijfer::WarmtePrijs.in_jaar(2040), Some((2026, 40.97)));
        assert_eq!(Cijfer::AelPomp.in_jaar(2026), None);
    }
}
