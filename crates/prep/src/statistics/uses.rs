//! Average use of gas and electricity in a neighbourhood, from ranges of postcodes of at least ten connections each.

use std::collections::BTreeMap;

use super::areas::Figures;
use crate::allowlist::least;
use crate::model::{MeterProduct, Town};

/// What is said of one neighbourhood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Uses {
    /// Average use of a connection a year and the number of connections, by their names in files.
    pub figures: Figures,
    /// The ids of their sources, or empty.
    pub source: String,
}

#[derive(Default)]
struct Sum {
    connections: f64,
    used: f64,
    sources: Vec<String>,
}

const fn names(product: MeterProduct) -> [&'static str; 2] {
    match product {
        MeterProduct::Gas => ["gas_m3", "gas_aansluitingen"],
        MeterProduct::Electricity => ["elektriciteit_kwh", "elektriciteit_aansluitingen"],
    }
}

/// By neighbourhood. A range counts whole in the neighbourhood in which most of its dwellings lie: it is never divided, so
/// that no figure is about fewer connections than it was published with.
pub fn of(town: &Town, place: &[Option<usize>]) -> Vec<Uses> {
    let mut at: BTreeMap<&str, BTreeMap<usize, u32>> = BTreeMap::new();
    for (dwelling, place) in town.dwellings.iter().zip(place) {
        if let Some(n) = place {
            *at.entry(dwelling.address.postcode.as_str()).or_default().entry(*n).or_default() += 1;
        }
    }
    let mut sums: Vec<BTreeMap<MeterProduct, Sum>> = Vec::new();
    sums.resize_with(town.neighbourhoods.len(), BTreeMap::new);
    let mut ranges: Vec<_> = town.meters.iter().collect();
    ranges.sort_by(|a, b| (a.product, &a.from, &a.to, &a.source).cmp(&(b.product, &b.from, &b.to, &b.source)));
    for range in ranges {
        let mut homes: BTreeMap<usize, u32> = BTreeMap::new();
        for places in at.range(range.from.as_str()..=range.to.as_str()).map(|(_, places)| places) {
            for (n, count) in places {
                *homes.entry(*n).or_default() += count;
            }
        }
        let most = homes.into_iter().max_by_key(|(n, count)| (*count, std::cmp::Reverse(*n)));
        let Some((n, _)) = most else { continue };
        let active = f64::from(range.connections) * range.active_pct.unwrap_or(100.0) / 100.0;
        let sum = sums[n].entry(range.product).or_default();
        sum.connections += active;
        sum.used += active * range.average;
        if !sum.sources.contains(&range.source) {
            sum.sources.push(range.source.clone());
        }
    }
    sums.into_iter().map(told).collect()
}

fn told(sums: BTreeMap<MeterProduct, Sum>) -> Uses {
    let mut uses = Uses::default();
    let mut sources: Vec<String> = Vec::new();
    for (product, sum) in sums.into_iter().filter(|(_, sum)| sum.connections >= f64::from(least())) {
        let [average, count] = names(product);
        uses.figures.insert(average, (sum.used / sum.connections).round());
        uses.figures.insert(count, sum.connections.round());
        sources.extend(sum.sources);
    }
    sources.sort();
    sources.dedup();
    uses.source = sources.join(";");
    uses
}

#[cfg(test)]
mod tests {
    use gasvrij3d::home::Address;

    use super::*;
    use crate::model::{Dwelling, MeterRange, Neighbourhood};

    fn range(from: &str, to: &str, connections: u32, average: f64) -> MeterRange {
        MeterRange {
            from: from.into(),
            to: to.into(),
            street: String::new(),
            product: MeterProduct::Gas,
            connections,
            active_pct: Some(50.0),
            average,
            source: "liander".into(),
        }
    }

    #[test]
    fn a_range_counts_where_most_of_its_dwellings_lie_and_never_in_part() {
        let dwelling = |postcode: &str| Dwelling {
            address: Address { postcode: postcode.into(), ..Address::default() },
            ..Dwelling::default()
        };
        let town = Town {
            neighbourhoods: vec![Neighbourhood::default(), Neighbourhood::default()],
            dwellings: ["2013AA", "2013AB", "2013AC", "2013AD"].map(dwelling).into(),
            meters: vec![range("2013AA", "2013AC", 40, 1000.0), range("2013AD", "2013AD", 80, 1600.0)],
            ..Town::default()
        };
        let uses = of(&town, &[Some(0), Some(0), Some(1), Some(0)]);
        assert_eq!(uses[0].figures, Figures::from([("gas_m3", 1400.0), ("gas_aansluitingen", 60.0)]));
        assert_eq!((uses[0].source.as_str(), &uses[1]), ("liander", &Uses::default()));
        let few = Town { meters: vec![range("2013AA", "2013AC", 16, 1000.0)], ..town };
        assert_eq!(of(&few, &[Some(0), Some(0), Some(1), Some(0)])[0], Uses::default());
    }
}
