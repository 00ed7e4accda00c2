//! Heat of a home for sums over many: by the key figures of its class. Never shown as a fact about one home.

use crate::home::Home;
use crate::kentallen::{demand, reference_area};

/// Heat of one home, GJ a year, on the scale of actual use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heat {
    /// Space heating.
    pub heating: f64,
    /// Hot water.
    pub tap: f64,
}

impl Heat {
    /// Of a home with a kind and a year of construction. Where its area is not known, the usual one of its kind holds.
    pub fn of(home: &Home) -> Option<Self> {
        let usual = home.typ.map(reference_area);
        let home = Home { area_m2: home.area_m2.or(usual), ..home.clone() };
        let value = demand(&home).ok()?.value;
        Some(Self { heating: value.heating, tap: value.tap })
    }

    /// All heat.
    pub fn total(&self) -> f64 {
        self.heating + self.tap
    }
}

#[cfg(test)]
mod tests {
    use crate::home::Typology;

    use super::*;

    #[test]
    fn a_terraced_home_of_1955_without_an_area_counts_as_one_of_105_m2() {
        let mut home = Home { typ: Some(Typology::Tussen), bj: Some(1955), ..Home::default() };
        // 16.1 + 0.140 × 105 and 6.4 for hot water.
        let total = |home: &Home| Heat::of(home).map(|h| (h.total() * 10.0).round() / 10.0);
        assert_eq!(total(&home), Some(37.2));
        home.area_m2 = Some(205.0);
        assert_eq!(total(&home), Some(51.2));
        home.bj = None;
        assert_eq!(total(&home), None);
    }
}
