//! Low, middle and high of one amount, in that order by construction.

use std::iter::Sum;
use std::ops::Add;

/// An amount that is not known exactly: `low() <= mid() <= high()`, all finite.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Band {
    low: f64,
    mid: f64,
    high: f64,
}

impl Band {
    /// Nothing.
    pub const ZERO: Self = Self::exact(0.0);

    /// A band of three amounts in any order. What is not a finite number counts as 0.
    pub const fn new(a: f64, b: f64, c: f64) -> Self {
        let [a, b, c] = [finite(a), finite(b), finite(c)];
        let (low, high) = (a.min(b).min(c), a.max(b).max(c));
        // The middle one: neither of the two, or equal to one of them.
        let mid = a.max(b).min(a.min(b).max(c));
        Self { low, mid, high }
    }

    /// A band without width.
    pub const fn exact(amount: f64) -> Self {
        let amount = finite(amount);
        Self { low: amount, mid: amount, high: amount }
    }

    /// The amount with a share of it below and above.
    pub fn around(amount: f64, share: f64) -> Self {
        Self::new(amount * (1.0 - share), amount, amount * (1.0 + share))
    }

    /// The lowest amount.
    pub const fn low(self) -> f64 {
        self.low
    }

    /// The middle amount: the one to show where there is room for one.
    pub const fn mid(self) -> f64 {
        self.mid
    }

    /// The highest amount.
    pub const fn high(self) -> f64 {
        self.high
    }

    /// Whether it is one amount.
    pub fn is_exact(self) -> bool {
        self.low >= self.high
    }

    /// Each amount times a factor; a negative factor turns the band around.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        let [low, mid, high] = [self.low * factor, self.mid * factor, self.high * factor];
        if factor >= 0.0 { Self::in_order(low, mid, high) } else { Self::new(low, mid, high) }
    }

    /// Each amount less an exact one, and never below 0.
    #[must_use]
    pub fn less(self, amount: f64) -> Self {
        let less = |from: f64| (from - amount).max(0.0);
        Self::in_order(less(self.low), less(self.mid), less(self.high))
    }

    /// Three amounts that are in order, as what does not change the order of a band leaves them.
    const fn in_order(low: f64, mid: f64, high: f64) -> Self {
        // An amount that grew past what a number can hold makes the others meaningless too.
        if low.is_finite() && high.is_finite() { Self { low, mid, high } } else { Self::ZERO }
    }
}

const fn finite(amount: f64) -> f64 {
    if amount.is_finite() { amount } else { 0.0 }
}

impl Add for Band {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self::in_order(self.low + other.low, self.mid + other.mid, self.high + other.high)
    }
}

impl Sum for Band {
    fn sum<I: Iterator<Item = Self>>(bands: I) -> Self {
        bands.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_band() -> impl Strategy<Value = Band> {
        (-1e9..1e9f64, -1e9..1e9f64, -1e9..1e9f64).prop_map(|(a, b, c)| Band::new(a, b, c))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn a_band_is_in_order_whatever_is_done_to_it(a in any_band(), b in any_band(), f in -10.0..10.0f64) {
            for band in [a, a + b, a.times(f), a.less(f), Band::around(f, 0.3)] {
                prop_assert!(band.low() <= band.mid() && band.mid() <= band.high(), "{band:?}");
            }
        }

        #[test]
        fn a_band_holds_the_three_amounts_it_was_made_of(a in -9..9i32, b in -9..9i32, c in -9..9i32) {
            let mut given = [f64::from(a), f64::from(b), f64::from(c)];
            let band = Band::new(given[0], given[1], given[2]);
            given.sort_by(f64::total_cmp);
            prop_assert_eq!(band, Band { low: given[0], mid: given[1], high: given[2] });
        }
    }

    #[test]
    fn what_is_no_number_does_not_get_into_a_sum() {
        assert_eq!(Band::new(f64::NAN, 1.0, f64::INFINITY), Band::new(0.0, 0.0, 1.0));
    }
}
