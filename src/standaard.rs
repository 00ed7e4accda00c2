//! The Standaard voor woningisolatie: the heat demand that a well insulated home of this shape has (NTA 8800 §5.3.2).
//!
//! On the scale of the calculated net heat demand (`q`), kWh/m² a year. That is not the scale of the gas meter.

use crate::cijfers::standaard::{GEWICHT, REGELS, TOT_EN_MET};
use crate::home::Typology;

/// The surfaces of a home, m², gross and with windows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Surfaces {
    /// To the outside air: façades and roofs.
    pub outside: f64,
    /// To the ground or a crawl space.
    pub ground: f64,
    /// To the heated space of a neighbour. Counts for nothing; here so that no caller has to know that.
    pub neighbour: f64,
}

impl Surfaces {
    /// `Als`: the surface through which heat is lost, m².
    pub fn als(self) -> f64 {
        GEWICHT[0] * self.outside + GEWICHT[1] * self.ground + GEWICHT[2] * self.neighbour
    }
}

/// The Standaard from the surface `als` and the floor area `ag` in m²; `None` where either is no sensible number.
///
/// ```
/// use gasvrij3d::home::Typology;
/// use gasvrij3d::standaard::standaard;
/// assert_eq!(standaard(Typology::Tussen, 1970, 142.0, 105.0), Some(57));
/// ```
pub fn standaard(typ: Typology, bj: u16, als: f64, ag: f64) -> Option<u16> {
    (als.is_finite() && als >= 0.0 && ag.is_finite() && ag > 0.0).then(|| als / ag).and_then(|x| from_x(typ, bj, x))
}

/// The Standaard from `x` = Als / Ag, which EP-Online calls `Compactheid`.
pub fn from_x(typ: Typology, bj: u16, x: f64) -> Option<u16> {
    let exact = unrounded(typ, bj, x)?;
    // Once, a half up. What a shape would have to be for more than 65 535 is not a home.
    let rounded = (exact + 0.5).floor();
    (rounded <= f64::from(u16::MAX)).then_some(rounded as u16)
}

/// The last year of construction of the old group.
pub const LAATSTE_OUDE_JAAR: u16 = TOT_EN_MET;

fn unrounded(typ: Typology, bj: u16, x: f64) -> Option<f64> {
    if !x.is_finite() || x < 0.0 {
        return None;
    }
    let building = matches!(typ, Typology::Flat | Typology::FlatLaag | Typology::FlatHoog);
    let (base, slope) = REGELS[2 * usize::from(building) + usize::from(bj > LAATSTE_OUDE_JAAR)];
    Some(base + slope * (x - 1.0).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_home() -> impl Strategy<Value = (Typology, u16)> {
        (0..Typology::ALL.len(), 1500..2030u16).prop_map(|(i, bj)| (Typology::ALL[i], bj))
    }

    /// The homes of RVO with their Standaard: each follows from a shape that such a home can have.
    #[test]
    fn the_examples_of_rvo_follow_from_their_shape() {
        let shape = |standard: f64, base: f64, slope: f64| 1.0 + (standard - base) / slope;
        for (typ, bj, standard) in [
            (Typology::Tussen, 1970, 57.5),
            (Typology::Hoek, 1955, 84.2),
            (Typology::Vrij, 1980, 90.3),
            (Typology::TweeKap, 2000, 78.0),
        ] {
            let x = shape(standard, 43.0, 40.0);
            assert!((1.2..2.3).contains(&x), "{typ:?}: a home of x = {x}");
            let exact = unrounded(typ, bj, x).unwrap();
            assert!((exact - standard).abs() < 1e-9, "{typ:?}: {exact}");
        }
        for bj in [1970, 1980] {
            assert_eq!(from_x(Typology::FlatLaag, bj, 0.8), Some(45), "a flat in the middle of its building");
        }
    }

    #[test]
    fn a_home_of_both_eras_and_kinds() {
        assert_eq!(from_x(Typology::Tussen, 1945, 0.9), Some(60));
        assert_eq!(from_x(Typology::Tussen, 1946, 0.9), Some(43));
        assert_eq!(from_x(Typology::Flat, 1945, 2.0), Some(165));
        assert_eq!(from_x(Typology::Flat, 1946, 2.0), Some(90));
        assert_eq!(from_x(Typology::Hoek, 1930, 2.0), Some(165));
    }

    #[test]
    fn rounded_once_and_a_half_goes_up() {
        assert_eq!(from_x(Typology::Tussen, 1970, 1.3625), Some(58), "57.5");
        assert_eq!(from_x(Typology::Tussen, 1970, 1.36), Some(57), "57.4");
        assert_eq!(standaard(Typology::Tussen, 1970, 142.0, 105.0), Some(57), "57.095");
    }

    #[test]
    fn ground_counts_for_seven_tenths_and_the_neighbour_for_nothing() {
        let surfaces = Surfaces { outside: 100.0, ground: 50.0, neighbour: 90.0 };
        assert!((surfaces.als() - 135.0).abs() < 1e-12);
    }

    #[test]
    fn a_shape_that_cannot_be_gives_nothing() {
        for (als, ag) in [(f64::NAN, 100.0), (100.0, 0.0), (-1.0, 100.0), (100.0, -5.0), (1e12, 1.0), (1.0, f64::NAN)] {
            assert_eq!(standaard(Typology::Vrij, 1990, als, ag), None, "{als} {ag}");
        }
        assert_eq!(from_x(Typology::Vrij, 1990, f64::INFINITY), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn a_less_compact_home_never_has_a_lower_standard((typ, bj) in any_home(), x in 0.0..6.0f64, more in 0.0..2.0f64) {
            prop_assert!(from_x(typ, bj, x) <= from_x(typ, bj, x + more));
        }

        #[test]
        fn there_is_no_jump_at_one((typ, bj) in any_home(), step in 0.0..1e-6f64) {
            let (below, above) = (unrounded(typ, bj, 1.0 - step).unwrap(), unrounded(typ, bj, 1.0 + step).unwrap());
            prop_assert!((0.0..1e-3).contains(&(above - below)));
        }

        #[test]
        fn a_later_home_never_has_a_higher_standard((typ, bj) in any_home(), later in 0..300u16, x in 0.0..6.0f64) {
            prop_assert!(from_x(typ, bj + later, x) <= from_x(typ, bj, x));
        }

        #[test]
        fn only_the_ratio_counts((typ, bj) in any_home(), als in 10.0..900.0f64, ag in 20.0..400.0f64) {
            prop_assert_eq!(standaard(typ, bj, als, ag), from_x(typ, bj, als / ag));
        }
    }
}
