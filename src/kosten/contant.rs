//! Money over time: present values, the equal annual cost, a loan. Rates and growth are shares a year (0.03 is 3 %).

/// Σ over t = 1..years of (1+growth)^(t−1) / (1+rate)^t: the present value of one euro a year that grows.
pub fn present_value(years: u16, rate: f64, growth: f64) -> f64 {
    let (mut amount, mut worth, mut sum) = (1.0, 1.0, 0.0);
    for _ in 0..years {
        worth /= 1.0 + rate;
        sum += amount * worth;
        amount *= 1.0 + growth;
    }
    sum
}

/// What one euro now is as an equal amount at the end of each year: `rate / (1 − (1+rate)^−years)`.
///
/// ```
/// use gasvrij3d::kosten::annuity;
/// assert!((annuity(15, 0.03) - 0.08377).abs() < 5e-6);
/// assert!((annuity(30, 0.03) - 0.05102).abs() < 5e-6);
/// ```
pub fn annuity(years: u16, rate: f64) -> f64 {
    // Below this the rounding of the formula is worse than its limit.
    if rate.abs() < 1e-9 {
        return 1.0 / f64::from(years);
    }
    rate / (1.0 - (1.0 + rate).powi(-i32::from(years)))
}

/// What a part costs over the years for each euro of its price: bought at the start (unless it is there already, new
/// now), replaced each time its life ends before the horizon, less what is left of it at the end (linear).
pub fn capital(life: f64, years: u16, rate: f64, is_there: bool) -> f64 {
    let horizon = f64::from(years);
    let mut cost = if is_there { 0.0 } else { 1.0 };
    let mut end = life;
    while end < horizon {
        cost += (1.0 + rate).powf(-end);
        end += life;
    }
    let bought = !is_there || end > life;
    let left = if bought { (end - horizon) / life } else { 0.0 };
    cost - left * (1.0 + rate).powf(-horizon)
}

/// The equal monthly payment of a loan in euro, at a yearly interest, over whole months.
///
/// ```
/// use gasvrij3d::kosten::monthly_loan;
/// assert_eq!(monthly_loan(12_000.0, 0.0, 120), 100.0);
/// ```
pub fn monthly_loan(loan: f64, interest: f64, months: u16) -> f64 {
    if months == 0 {
        return loan;
    }
    loan * annuity(months, interest / 12.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_part_that_lasts_as_long_as_the_horizon_costs_its_price() {
        assert!((capital(15.0, 15, 0.03, false) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn half_of_the_insulation_is_left_after_fifteen_years() {
        assert!((capital(30.0, 15, 0.0, false) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn the_boiler_that_stays_is_bought_once_in_thirty_years() {
        assert!(capital(15.0, 15, 0.03, true).abs() < 1e-12);
        assert!((capital(15.0, 30, 0.03, true) - 1.03f64.powi(-15)).abs() < 1e-12);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn without_growth_a_constant_amount_is_worth_what_the_annuity_says(years in 1..60u16, rate in 0.0..0.1f64) {
            let product = present_value(years, rate, 0.0) * annuity(years, rate);
            prop_assert!((product - 1.0).abs() < 1e-6, "{product}");
        }

        #[test]
        fn a_loan_is_repaid_exactly(loan in 1.0..500_000.0f64, interest in 0.0..0.12f64, months in 1..480u16) {
            let payment = monthly_loan(loan, interest, months);
            let rest = (0..months).fold(loan, |rest, _| rest * (1.0 + interest / 12.0) - payment);
            prop_assert!(rest.abs() < 0.005, "{rest} left");
        }

        #[test]
        fn a_longer_horizon_never_costs_less(years in 1..50u16, rate in 0.0..0.1f64, growth in 0.0..0.05f64) {
            prop_assert!(present_value(years + 1, rate, growth) > present_value(years, rate, growth));
        }

        #[test]
        fn a_part_costs_at_least_what_is_used_of_it(life in 5.0..60.0f64, years in 1..50u16, rate in 0.0..0.1f64) {
            let cost = capital(life, years, rate, false);
            prop_assert!(cost >= -1e-9);
            let used = f64::from(years) / life;
            prop_assert!(rate > 0.0 || (cost - used).abs() < 1e-9, "{cost} for {used} lives");
        }
    }
}
