//! What the statistics office says of buurten, wijken and the municipality, as far as nothing about a small group follows.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::allowlist::least;
use crate::groups::{self, Counts};
use crate::model::{AreaStatistics, Statistic, Town};

/// Figures that count people or homes; the others are averages and shares.
const COUNTS: [Statistic; 3] = [Statistic::Inhabitants, Statistic::Households, Statistic::Dwellings];

/// Figures by their names in files.
pub type Figures = BTreeMap<&'static str, f64>;

/// A wijk or a municipality.
#[derive(Debug, PartialEq, Serialize)]
pub struct Area {
    /// `WK039201` or `GM0392`.
    code: String,
    naam: String,
    cbs: Figures,
    cbs_bron: String,
}

/// What may be told of each area.
pub struct Office<'a> {
    told: BTreeMap<&'a str, (&'a AreaStatistics, Figures)>,
}

impl<'a> Office<'a> {
    /// Of a town: its buurten, and the wijken and the municipality that they lie in.
    pub fn of(town: &'a Town) -> Self {
        let buurten: BTreeSet<&str> =
            town.neighbourhoods.iter().map(|n| n.code.as_str()).filter(|c| !c.is_empty()).collect();
        let around: BTreeSet<String> = buurten.iter().flat_map(|code| above(code)).collect();
        let of: BTreeMap<&str, &AreaStatistics> =
            town.statistics.iter().map(|s| (s.code.as_str(), s)).filter(|(code, _)| !code.is_empty()).collect();
        let rows: BTreeMap<&str, &AreaStatistics> =
            of.into_iter().filter(|(code, _)| buurten.contains(code) || around.contains(*code)).collect();
        // A buurt that the office says nothing of is one that is not told: else it would be the rest of its wijk.
        let codes = buurten.iter().copied().chain(rows.keys().copied());
        let blank: Counts = codes.map(|code| (code.to_owned(), None)).collect();
        let counts = COUNTS.map(|figure| {
            let mut counts = blank.clone();
            let known = rows
                .iter()
                .filter_map(|(code, row)| Some(((*code).to_owned(), Some(*row.values.get(&figure)? as u32))));
            counts.extend(known);
            groups::hide(&mut counts);
            counts
        });
        let dwellings = &counts[2];
        let told = rows.iter().map(|(code, row)| {
            let mut figures = Figures::new();
            for (figure, value) in &row.values {
                let may_be_told = match COUNTS.iter().position(|c| c == figure) {
                    Some(i) => counts[i].get(*code).copied().flatten().is_some_and(|n| n > 0),
                    None => are_enough(row) && !follows(*figure, code, &rows, &blank, dwellings),
                };
                if may_be_told {
                    figures.insert(figure.code(), *value);
                }
            }
            (*code, (*row, figures))
        });
        Self { told: told.collect() }
    }

    /// The figures of an area and their source; nothing where the office has none that may be told.
    pub fn figures(&self, code: &str) -> (Figures, String) {
        let found = self.told.get(code).filter(|(_, figures)| !figures.is_empty());
        found.map(|(row, figures)| (figures.clone(), row.source.clone())).unwrap_or_default()
    }

    /// The areas around the buurten.
    pub fn around(&self, town: &Town) -> Vec<Area> {
        let is_buurt = |code: &str| town.neighbourhoods.iter().any(|n| n.code == code);
        let areas = self.told.iter().filter(|(code, (_, figures))| !is_buurt(code) && !figures.is_empty());
        areas
            .map(|(code, (row, figures))| Area {
                code: (*code).to_owned(),
                naam: row.name.clone(),
                cbs: figures.clone(),
                cbs_bron: row.source.clone(),
            })
            .collect()
    }
}

/// The wijk and the municipality of a buurt, by its code.
fn above(buurt: &str) -> Vec<String> {
    std::iter::successors(groups::parent(buurt), |code| groups::parent(code)).collect()
}

/// Whether the office counts enough dwellings, where it counts them, to speak of their averages and shares.
fn are_enough(office: &AreaStatistics) -> bool {
    office.values.get(&Statistic::Dwellings).is_none_or(|n| *n >= f64::from(least()))
}

/// Whether the average of a part that is not told would follow from that of the whole and of the other parts. It cannot
/// where all parts are told; else only where those that are not are several and large enough together.
fn follows(
    figure: Statistic,
    code: &str,
    rows: &BTreeMap<&str, &AreaStatistics>,
    all: &Counts,
    dwellings: &Counts,
) -> bool {
    let parts: Vec<&String> = all.keys().filter(|part| groups::parent(part).as_deref() == Some(code)).collect();
    let is_told = |part: &&&String| {
        rows.get(part.as_str()).is_some_and(|row| row.values.contains_key(&figure) && are_enough(row))
    };
    let silent = parts.iter().filter(|part| !is_told(part)).count();
    if silent == 0 {
        return false;
    }
    let of = |code: &str| dwellings.get(code).copied().flatten();
    let Some(whole) = of(code) else { return true };
    let told: u32 = parts.iter().filter(is_told).map(|part| of(part).unwrap_or(0)).sum();
    silent < 2 || whole.saturating_sub(told) < least()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Neighbourhood;

    fn row(code: &str, figures: [Option<f64>; 3]) -> AreaStatistics {
        let [dwellings, inhabitants, gas] = figures;
        let values = [(Statistic::Dwellings, dwellings), (Statistic::Inhabitants, inhabitants), (Statistic::Gas, gas)];
        AreaStatistics {
            code: code.into(),
            values: values.into_iter().filter_map(|(figure, value)| Some((figure, value?))).collect(),
            source: "cbs".into(),
            ..AreaStatistics::default()
        }
    }

    fn town(rows: Vec<AreaStatistics>) -> Town {
        let buurt = |code: &str| Neighbourhood { code: code.into(), ..Neighbourhood::default() };
        let neighbourhoods = ["BU03920101", "BU03920102", "BU03920103"].map(buurt).into();
        Town { neighbourhoods, statistics: rows, ..Town::default() }
    }

    fn told(rows: Vec<AreaStatistics>, code: &str) -> Vec<(&'static str, f64)> {
        Office::of(&town(rows)).figures(code).0.into_iter().collect()
    }

    #[test]
    fn the_office_does_not_speak_of_eight_dwellings_or_of_four_inhabitants() {
        let one = |dwellings, inhabitants| {
            told(vec![row("BU03920101", [Some(dwellings), Some(inhabitants), Some(1250.0)])], "BU03920101")
        };
        assert_eq!(one(8.0, 40.0), [("inwoners", 40.0)]);
        assert_eq!(one(40.0, 4.0), [("gas_m3", 1250.0), ("woningen", 40.0)]);
    }

    #[test]
    fn a_neighbourhood_without_figures_is_not_the_rest_of_its_wijk() {
        let rows = |third: Option<AreaStatistics>| {
            let mut rows = vec![
                row("BU03920101", [Some(400.0), Some(900.0), Some(1200.0)]),
                row("BU03920102", [Some(50.0), Some(100.0), Some(1400.0)]),
                row("WK039201", [Some(454.0), Some(1008.0), Some(1220.0)]),
            ];
            rows.extend(third);
            rows
        };
        // Four dwellings would follow: the smallest other is not told either, and no average of the whole.
        assert_eq!(told(rows(None), "BU03920102"), [("gas_m3", 1400.0)]);
        assert_eq!(told(rows(None), "WK039201"), [("inwoners", 1008.0), ("woningen", 454.0)]);
        let known = || rows(Some(row("BU03920103", [Some(40.0), Some(90.0), Some(1300.0)])));
        assert_eq!(told(known(), "BU03920102").len(), 3);
        assert_eq!(told(known(), "WK039201").len(), 3);
        assert_eq!(Office::of(&town(known())).around(&town(known())).len(), 1);
    }
}
