//! Which option stands out: the best verdict, and among equals the lowest cost a year.

use crate::home::Home;
use crate::kosten::{Prices, eac15};
use crate::rules::Advice;
use crate::verdict::{HeatOption, Verdict};

/// An option in its place among the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// The option.
    pub option: HeatOption,
    /// Its verdict.
    pub verdict: Verdict,
    /// All cost as an equal amount a year over 15 years, €, insulation included; `None` where there is no figure. An
    /// estimate.
    pub eac15: Option<f64>,
}

/// The steps that are good whatever comes later, and that no plan makes useless.
pub const NO_REGRET: [HeatOption; 2] = [HeatOption::NrIso, HeatOption::NrKoken];

/// The option with the badge: the best verdict among those that end the use of gas, where any is possible. On a tie the
/// cheapest by its cost a year; where one of them has no figure, or two cost the same, the first in the order of
/// [`HeatOption::ALL`].
pub fn best(home: &Home, advice: &Advice, prices: &Prices) -> Option<(HeatOption, Verdict)> {
    let verdict = advice.best_verdict()?;
    let first = advice.candidates().next()?;
    let mut cheapest: Option<(HeatOption, f64)> = None;
    if advice.candidates().nth(1).is_some() {
        for option in advice.candidates() {
            let Ok(cost) = eac15(home, option, prices) else { return Some((first, verdict)) };
            if cheapest.is_none_or(|(_, lowest)| cost < lowest) {
                cheapest = Some((option, cost));
            }
        }
    }
    Some((cheapest.map_or(first, |(option, _)| option), verdict))
}

/// All ways to heat, good before bad and cheap before dear; without a figure after those with one. The steps of
/// [`NO_REGRET`] and waiting are not among them: they go beside any of these.
pub fn ranking(home: &Home, advice: &Advice, prices: &Prices) -> Vec<Ranked> {
    let mut ranked: Vec<Ranked> = Vec::new();
    let ways = HeatOption::ALL.iter().copied().filter(|o| !NO_REGRET.contains(o) && *o != HeatOption::Wacht);
    for option in ways {
        let next = Ranked { option, verdict: advice.verdict(option), eac15: eac15(home, option, prices).ok() };
        let at = ranked.partition_point(|known| known.goes_before(&next));
        ranked.insert(at, next);
    }
    ranked
}

impl Ranked {
    /// Whether this one, which comes first in the order of the options, stays before the other.
    fn goes_before(&self, other: &Self) -> bool {
        let cost = |ranked: &Self| ranked.eac15.unwrap_or(f64::INFINITY);
        self.verdict < other.verdict || self.verdict == other.verdict && cost(self) <= cost(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::home::{Label, NetKind, NetStatus, Typology};
    use crate::rules::rules;

    fn terraced() -> Home {
        Home {
            bj: Some(1998),
            typ: Some(Typology::Tussen),
            area_m2: Some(105.0),
            lab: Some(Label::B),
            ..Home::default()
        }
    }

    fn of(home: &Home) -> (Option<(HeatOption, Verdict)>, Vec<Ranked>) {
        let (advice, prices) = (rules().evaluate(home, 2026), Prices::of_year(2026));
        (best(home, &advice, &prices), ranking(home, &advice, &prices))
    }

    #[test]
    fn the_cheaper_of_two_suitable_options_stands_out() {
        let home = Home { net_soort: Some(NetKind::Mt), net_status: Some(NetStatus::Beschikbaar), ..terraced() };
        let (best, ranked) = of(&home);
        let suitable: Vec<&Ranked> = ranked.iter().filter(|r| r.verdict == Verdict::Geschikt).collect();
        assert!(suitable.len() >= 3 && suitable.iter().all(|r| r.eac15.is_some()), "{ranked:?}");
        let cheapest = suitable.iter().min_by(|a, b| a.eac15.unwrap().total_cmp(&b.eac15.unwrap())).unwrap();
        assert_eq!(best, Some((cheapest.option, Verdict::Geschikt)));
    }

    #[test]
    fn without_a_figure_the_first_in_order_stands_out() {
        // Without its area and kind there is no cost; air comes before ground.
        let home = Home { typ: None, area_m2: None, ..terraced() };
        assert_eq!(of(&home).0, Some((HeatOption::Ael, Verdict::Geschikt)));
    }

    #[test]
    fn nothing_stands_out_where_too_little_is_known() {
        assert_eq!(of(&Home::default()).0, None);
    }

    #[test]
    fn the_ranking_goes_by_verdict_and_then_by_cost() {
        let (_, ranked) = of(&terraced());
        assert_eq!(ranked.len(), HeatOption::ALL.len() - 3);
        assert!(ranked.is_sorted_by(Ranked::goes_before), "{ranked:?}");
    }
}
