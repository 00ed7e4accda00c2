//! What a drawn network would mean for the homes within its reach. Sums and middles of many homes; the page shows none of
//! fewer than ten.

use super::Drawing;
use crate::cijfers::Band;
use crate::cluster::MWH_PER_GJ;
use crate::heat::Heat;
use crate::home::Home;
use crate::kosten::{Prices, eac15_band};
use crate::scenario::Scenario;
use crate::verdict::{HeatOption, Verdict};

/// What a drawn network would mean. Estimates by key figures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Length of the mains, metres.
    pub length_m: f64,
    /// Homes within reach.
    pub homes: u32,
    /// Those of which the heat is known by key figures.
    pub homes_with_heat: u32,
    /// Their heat with hot water, GJ a year.
    pub gj: f64,
    /// Heat by metre of main when the supposed share of homes connects, `MWh` a year; none where nothing is drawn. Homes of
    /// which the heat is not known count as the mean of the others.
    pub mwh_per_m: Option<f64>,
    /// For each verdict of this network, in the order of [`Verdict::ALL`], the homes that get it.
    pub verdicts: [u32; Verdict::ALL.len()],
    /// Homes for which this network would stand out among the options.
    pub first: u32,
    /// Homes of which the cost of this network and that of another way without gas are known.
    pub compared: u32,
    /// Of those, the homes for which another way, no less suitable, costs less a year.
    pub otherwise: u32,
    /// Homes of which the cost with this network is known.
    pub homes_with_cost: u32,
    /// Their middle cost a year over 15 years, €: the middle of the low ends, of the middles and of the high ends.
    pub eac15: Option<Band>,
}

impl Drawing {
    /// What the network means as it is drawn now, the stretch to the pointer not included in its length.
    pub fn summary(&self) -> Summary {
        let option = self.draft.option();
        let prices = Prices::of_year(Scenario::default().year);
        let mut sum = Summary { length_m: self.draft.length_m(), ..Summary::default() };
        let mut costs: Vec<Band> = Vec::new();
        for (place, home) in self.homes().iter().enumerate().filter(|(place, _)| self.reached[*place]) {
            let outcome = &self.now[place];
            sum.homes += 1;
            if let Some(heat) = Heat::of(home) {
                sum.homes_with_heat += 1;
                sum.gj += heat.total();
            }
            sum.verdicts[outcome.verdict(option) as usize] += 1;
            sum.first += u32::from(outcome.best == Some(option));
            let Ok(cost) = eac15_band(home, option, &prices) else { continue };
            costs.push(cost);
            let other = HeatOption::ALL.iter().copied().filter(|other| {
                *other != option && other.ends_gas() && outcome.verdict(*other) <= outcome.verdict(option)
            });
            let cheapest = other.filter_map(|other| mid(home, other, &prices)).fold(f64::INFINITY, f64::min);
            if cheapest.is_finite() {
                sum.compared += 1;
                sum.otherwise += u32::from(cheapest < cost.mid());
            }
        }
        sum.homes_with_cost = costs.len() as u32;
        sum.eac15 = middle(&costs);
        if sum.length_m > 0.0 && sum.homes_with_heat > 0 {
            let all = sum.gj * f64::from(sum.homes) / f64::from(sum.homes_with_heat);
            sum.mwh_per_m = Some(all * self.draft.share * MWH_PER_GJ / sum.length_m);
        }
        sum
    }
}

fn mid(home: &Home, option: HeatOption, prices: &Prices) -> Option<f64> {
    eac15_band(home, option, prices).ok().map(Band::mid)
}

/// The middle of each end by itself; of an even number the lower of the two.
fn middle(costs: &[Band]) -> Option<Band> {
    let of = |end: fn(Band) -> f64| {
        let mut ends: Vec<f64> = costs.iter().map(|cost| end(*cost)).collect();
        let place = ends.len().checked_sub(1)? / 2;
        let (_, middle, _) = ends.select_nth_unstable_by(place, f64::total_cmp);
        Some(*middle)
    };
    Some(Band::new(of(Band::low)?, of(Band::mid)?, of(Band::high)?))
}
