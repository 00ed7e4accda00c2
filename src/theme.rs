//! By what the homes are coloured, and the category each home falls in. The colours are in `data/palette.toml`.

use serde::{Deserialize, Serialize};

use crate::home::codes;
use crate::town::Outcome;
use crate::verdict::{HeatOption, Verdict};

/// By what the homes are coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// By the most promising option.
    #[default]
    Best,
    /// By the verdict of one option.
    Verdict(HeatOption),
}

codes! {
    /// What a colour on the map means. One byte a building.
    Category {
        /// Not a home.
        GeenWoning = "geen-woning",
        /// Not enough is known.
        Onbekend = "onbekend",
        /// Heat network, medium temperature.
        Warmtenet = "warmtenet",
        /// Heat network of low temperature, or source network.
        Bronnet = "bronnet",
        /// Air-source heat pump.
        Luchtwarmtepomp = "luchtwarmtepomp",
        /// Ground source, or one installation for the building.
        Bodem = "bodem",
        /// Hybrid as a step.
        Hybride = "hybride",
        /// None is easy: find out first.
        Maatwerk = "maatwerk",
        /// Verdict: suitable.
        Geschikt = "geschikt",
        /// Verdict: suitable after a step.
        NaStap = "na-stap",
        /// Verdict: possible but hard, or not needed.
        Mogelijk = "mogelijk",
        /// Verdict: unsuitable.
        Ongeschikt = "ongeschikt",
        /// Verdict: not available here or now.
        NietBeschikbaar = "niet-beschikbaar",
    }
}

impl Theme {
    /// All themes a visitor can choose, in order.
    pub const ALL: &'static [Self] = &[
        Self::Best,
        Self::Verdict(HeatOption::Ael),
        Self::Verdict(HeatOption::Hyb),
        Self::Verdict(HeatOption::Nmt),
        Self::Verdict(HeatOption::Col),
    ];

    /// The categories that this theme can show, in the order of the legend.
    pub const fn categories(self) -> &'static [Category] {
        match self {
            Self::Best => &[
                Category::Warmtenet,
                Category::Bronnet,
                Category::Luchtwarmtepomp,
                Category::Bodem,
                Category::Hybride,
                Category::Maatwerk,
                Category::Onbekend,
                Category::GeenWoning,
            ],
            Self::Verdict(_) => &[
                Category::Geschikt,
                Category::NaStap,
                Category::Mogelijk,
                Category::Ongeschikt,
                Category::NietBeschikbaar,
                Category::Onbekend,
                Category::GeenWoning,
            ],
        }
    }

    /// The category of one home.
    ///
    /// By best option: what is advised where it is suitable or suitable after a step; else bespoke where anything is
    /// possible; else unknown.
    pub fn category(self, outcome: &Outcome) -> Category {
        match self {
            Self::Verdict(option) => outcome.verdict(option).into(),
            Self::Best => match outcome.advised() {
                Some((option, verdict)) if verdict <= Verdict::NaStap => of_option(option),
                None if outcome.verdict(HeatOption::Hyb) != Verdict::Mogelijk => Category::Onbekend,
                _ => Category::Maatwerk,
            },
        }
    }

    /// The category of a building from those of its homes: the most frequent, on a tie the first of the legend.
    pub fn majority(self, homes: impl IntoIterator<Item = Category>) -> Category {
        let mut counts = [0_u32; Category::ALL.len()];
        for category in homes {
            counts[category as usize] += 1;
        }
        let mut winner = Category::GeenWoning;
        for &category in self.categories() {
            if counts[category as usize] > counts[winner as usize] {
                winner = category;
            }
        }
        winner
    }
}

impl From<Verdict> for Category {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Geschikt => Self::Geschikt,
            Verdict::NaStap => Self::NaStap,
            Verdict::Mogelijk => Self::Mogelijk,
            Verdict::Ongeschikt => Self::Ongeschikt,
            Verdict::NietBeschikbaar => Self::NietBeschikbaar,
            Verdict::Onbekend => Self::Onbekend,
        }
    }
}

const fn of_option(option: HeatOption) -> Category {
    match option {
        HeatOption::Nmt => Category::Warmtenet,
        HeatOption::Nlt | HeatOption::Nzlt => Category::Bronnet,
        HeatOption::Aeg | HeatOption::Col => Category::Bodem,
        HeatOption::Hyb => Category::Hybride,
        _ => Category::Luchtwarmtepomp,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::home::{Home, JaNee, Label, NetKind, NetStatus, Typology};
    use crate::scenario::Scenario;

    fn category(theme: Theme, home: &Home) -> Category {
        theme.category(&Outcome::of(home, &Scenario::default()))
    }

    #[test]
    fn a_new_house_is_coloured_by_the_air_heat_pump() {
        let home = Home { bj: Some(2020), typ: Some(Typology::Tussen), ..Home::default() };
        assert_eq!(category(Theme::Best, &home), Category::Luchtwarmtepomp);
        assert_eq!(category(Theme::Verdict(HeatOption::Ael), &home), Category::Geschikt);
        assert_eq!(category(Theme::Verdict(HeatOption::Hyb), &home), Category::NietBeschikbaar);
    }

    #[test]
    fn a_flat_with_block_heating_at_a_network_is_coloured_by_the_network() {
        let home = Home {
            bj: Some(1968),
            typ: Some(Typology::FlatHoog),
            nvbo: Some(96),
            lab: Some(Label::D),
            block: Some(JaNee::Ja),
            net_soort: Some(NetKind::Mt),
            net_status: Some(NetStatus::Beschikbaar),
            ..Home::default()
        };
        assert_eq!(category(Theme::Best, &home), Category::Warmtenet);
    }

    #[test]
    fn an_old_house_falls_back_to_hybrid_and_an_unknown_one_is_unknown() {
        let old = Home { bj: Some(1910), typ: Some(Typology::Tussen), ..Home::default() };
        assert_eq!(category(Theme::Best, &old), Category::Hybride);
        assert_eq!(category(Theme::Best, &Home::default()), Category::Onbekend);
    }

    #[test]
    fn every_colour_that_a_home_can_have_is_in_the_legend_and_counts_for_its_building() {
        for option in HeatOption::ALL.iter().copied().filter(|option| option.ends_gas()) {
            let category = of_option(option);
            assert!(Theme::Best.categories().contains(&category), "{option:?}");
            assert_eq!(Theme::Best.majority([category, category]), category);
        }
    }

    #[test]
    fn a_building_takes_the_colour_of_most_of_its_homes_and_the_first_of_the_legend_on_a_tie() {
        use Category::{GeenWoning, Hybride, Luchtwarmtepomp, Onbekend};
        assert_eq!(Theme::Best.majority([Hybride, Onbekend, Hybride]), Hybride);
        assert_eq!(Theme::Best.majority([Hybride, Luchtwarmtepomp]), Luchtwarmtepomp);
        assert_eq!(Theme::Best.majority([]), GeenWoning);
    }
}
