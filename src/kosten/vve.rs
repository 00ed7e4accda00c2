//! The shares of the owners in one building (a vve): a cost split by breukdeel.

/// Euros as whole cents, a half away from zero: the one rounding before a split.
pub fn cents(euro: f64) -> i64 {
    (euro * 100.0).round() as i64
}

/// Splits an amount in cents by the breukdelen of a splitsingsakte, to the cent: the shares add up to the whole. The
/// cents that are left after rounding down go to the largest remainders, and on a tie to the first. All breukdelen 0
/// (not known) is split evenly; no breukdelen gives no shares.
///
/// ```
/// use gasvrij3d::kosten::share_cents;
/// assert_eq!(share_cents(10_000, &[1, 1, 1]), [3334, 3333, 3333]);
/// assert_eq!(share_cents(10_000, &[2, 1, 1]), [5000, 2500, 2500]);
/// ```
pub fn share_cents(total: i64, breukdelen: &[u32]) -> Vec<i64> {
    let whole: i128 = breukdelen.iter().map(|&part| i128::from(part)).sum();
    let even = whole == 0;
    let whole = if even { breukdelen.len() as i128 } else { whole };
    let exact = |part: u32| i128::from(total.unsigned_abs()) * if even { 1 } else { i128::from(part) };
    let mut shares: Vec<i64> = breukdelen.iter().map(|&part| (exact(part) / whole) as i64).collect();
    let left = total.unsigned_abs() as i64 - shares.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by_key(|&place| std::cmp::Reverse(exact(breukdelen[place]) % whole));
    for &place in order.iter().take(left.max(0) as usize) {
        shares[place] += 1;
    }
    for share in &mut shares {
        *share *= total.signum();
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn the_shares_are_the_whole(total in -1_000_000_000_000..1_000_000_000_000i64, parts in prop::collection::vec(0..100_000u32, 1..20)) {
            prop_assert_eq!(share_cents(total, &parts).iter().sum::<i64>(), total);
        }

        #[test]
        fn no_share_is_a_cent_from_what_is_right(total in 0..10_000_000_000i64, parts in prop::collection::vec(1..10_000u32, 1..20)) {
            let whole: u32 = parts.iter().sum();
            for (share, part) in share_cents(total, &parts).iter().zip(&parts) {
                let exact = total as f64 * f64::from(*part) / f64::from(whole);
                prop_assert!((*share as f64 - exact).abs() < 1.0 + 1e-3);
            }
        }
    }

    #[test]
    fn without_breukdelen_each_home_pays_the_same() {
        assert_eq!(share_cents(1001, &[0, 0]), [501, 500]);
        assert_eq!(share_cents(1001, &[]), Vec::<i64>::new());
    }

    #[test]
    fn a_half_cent_is_rounded_once() {
        assert_eq!(cents(2352.084), 235_208);
        assert_eq!(cents(0.125), 13);
    }
}
