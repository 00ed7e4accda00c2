//! What there is in each neighbourhood: counts of its homes, what the rules advise them, heat, and the figures of the
//! statistics office. For a page about a neighbourhood; nothing in it is about a group of fewer than ten homes.

pub mod density;
pub mod gate;

use std::collections::BTreeMap;

use gasvrij3d::home::{Home, Label, Typology};
use gasvrij3d::kosten::Prices;
use gasvrij3d::ranking;
use gasvrij3d::rules::rules;
use gasvrij3d::verdict::HeatOption;
use rayon::prelude::*;
use serde::Serialize;

use crate::assumptions::assumptions;
use crate::geometry::area_of;
use crate::heat::Heat;
use crate::join::Joined;
use crate::model::{AreaStatistics, Statistic};
use gate::{LEAST, part, told};

/// Where nothing is known.
const UNKNOWN: &str = "onbekend";
/// Where no option comes out as possible.
const NONE: &str = "geen";

/// Counts by code; `null` where a count is too small to be told or follows from the others.
type Counts = BTreeMap<String, Option<u32>>;

/// The file: neighbourhoods in the order of their codes.
#[derive(Debug, PartialEq, Serialize)]
pub struct Neighbourhoods {
    /// The year the rules were asked for.
    jaar: u16,
    buurten: Vec<Neighbourhood>,
}

/// A neighbourhood.
#[derive(Debug, Default, PartialEq, Serialize)]
struct Neighbourhood {
    /// `BU03920101`, or empty.
    code: String,
    naam: String,
    hectare: f64,
    woningen: Option<u32>,
    per_hectare: Option<f64>,
    /// By kind of home.
    typ: Counts,
    /// By period of construction.
    periode: Counts,
    /// By registered label.
    label: Counts,
    /// By the option that the rules advise first.
    keuze: Counts,
    /// Homes whose heat is known by key figures; `null` where those without would be a small group.
    woningen_met_warmtevraag: Option<u32>,
    /// Their heat with hot water, GJ a year, by key figures.
    gj_jaar: Option<f64>,
    gj_per_hectare: Option<f64>,
    /// Figures of the statistics office by their codes; none where it counts fewer than ten dwellings.
    cbs: BTreeMap<&'static str, f64>,
    /// The id of their source, or empty.
    cbs_bron: String,
}

/// What is counted of one home.
struct Counted {
    typ: &'static str,
    period: String,
    label: &'static str,
    best: &'static str,
}

impl Neighbourhoods {
    /// Of a town. `place` is the neighbourhood of each dwelling.
    pub fn of(joined: &Joined, homes: &[Home], heat: &[Option<Heat>], place: &[Option<usize>]) -> Self {
        let year = rules().year();
        let prices = Prices::of_year(year);
        let counted: Vec<Option<Counted>> = joined
            .town
            .dwellings
            .par_iter()
            .zip(homes)
            .zip(place)
            .map(|((dwelling, home), place)| (dwelling.is_home && place.is_some()).then(|| count(home, year, &prices)))
            .collect();
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); joined.town.neighbourhoods.len()];
        for (d, (place, counted)) in place.iter().zip(&counted).enumerate() {
            if let (Some(n), Some(_)) = (place, counted) {
                members[*n].push(d);
            }
        }
        let buurten = joined.town.neighbourhoods.iter().zip(members).map(|(area, members)| {
            let hectares = area_of(&area.area) / 10_000.0;
            let mut shown = summary(members.iter().filter_map(|&d| counted[d].as_ref()), hectares);
            let known: Vec<f64> = members.iter().filter_map(|&d| heat[d].map(|h| h.total())).collect();
            if known.len() as u32 >= LEAST {
                let gj: f64 = known.iter().sum();
                shown.woningen_met_warmtevraag = part(known.len(), members.len());
                shown.gj_jaar = Some(gj.round());
                shown.gj_per_hectare = (hectares > 0.0).then(|| (gj / hectares).round());
            }
            let office = joined.town.statistics.iter().find(|s| !s.code.is_empty() && s.code == area.code);
            if let Some(office) = office.filter(|s| are_enough(s)) {
                shown.cbs =
                    office.values.iter().filter(|(k, n)| may_be_told(**k, **n)).map(|(k, n)| (k.code(), *n)).collect();
                shown.cbs_bron.clone_from(&office.source);
            }
            Neighbourhood { code: area.code.clone(), naam: area.name.clone(), ..shown }
        });
        Self { jaar: year, buurten: buurten.collect() }
    }
}

/// Whether the office counts enough dwellings, where it counts them, to speak of their averages and shares.
fn are_enough(office: &AreaStatistics) -> bool {
    office.values.get(&Statistic::Dwellings).is_none_or(|n| *n >= f64::from(LEAST))
}

fn may_be_told(figure: Statistic, n: f64) -> bool {
    let counts = matches!(figure, Statistic::Inhabitants | Statistic::Households | Statistic::Dwellings);
    !counts || n >= f64::from(LEAST)
}

fn summary<'a>(homes: impl Iterator<Item = &'a Counted>, hectares: f64) -> Neighbourhood {
    let mut by: [BTreeMap<String, u32>; 4] = Default::default();
    let mut all = 0;
    for home in homes {
        all += 1;
        for (parts, code) in by.iter_mut().zip([home.typ, &home.period, home.label, home.best]) {
            *parts.entry(code.to_owned()).or_default() += 1;
        }
    }
    let [typ, periode, label, keuze] = by.map(|parts| told(&parts));
    let woningen = (all >= LEAST).then_some(all);
    Neighbourhood {
        hectare: (hectares * 10.0).round() / 10.0,
        per_hectare: woningen.filter(|_| hectares > 0.0).map(|n| (f64::from(n) / hectares * 10.0).round() / 10.0),
        woningen,
        typ,
        periode,
        label,
        keuze,
        ..Neighbourhood::default()
    }
}

fn count(home: &Home, year: u16, prices: &Prices) -> Counted {
    Counted {
        typ: home.typ.map_or(UNKNOWN, Typology::code),
        period: home.bj.map_or_else(|| UNKNOWN.to_owned(), |bj| assumptions().periods.of(bj)),
        label: home.lab.map_or(UNKNOWN, Label::code),
        best: best(home, year, prices).map_or(NONE, HeatOption::code),
    }
}

/// What the rules advise first; among equals the cheapest at the prices of that year.
fn best(home: &Home, year: u16, prices: &Prices) -> Option<HeatOption> {
    ranking::best(home, &rules().evaluate(home, year), prices).map(|(option, _)| option)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Neighbourhood as Area, Town};

    #[test]
    fn a_neighbourhood_tells_its_kinds_periods_labels_and_advice() {
        let year = rules().year();
        let prices = Prices::of_year(year);
        let row = Home { typ: Some(Typology::Tussen), bj: Some(1998), lab: Some(Label::B), ..Home::default() };
        let old = Home { typ: Some(Typology::Vrij), bj: Some(1920), ..Home::default() };
        let homes: Vec<Counted> = (0..40).map(|i| count(if i < 30 { &row } else { &old }, year, &prices)).collect();
        let shown = summary(homes.iter(), 2.0);
        assert_eq!((shown.woningen, shown.per_hectare), (Some(40), Some(20.0)));
        assert_eq!(shown.typ, BTreeMap::from([("TUSSEN".to_owned(), Some(30)), ("VRIJ".to_owned(), Some(10))]));
        assert_eq!(shown.periode["1992-2005"], Some(30));
        assert_eq!(shown.label[UNKNOWN], Some(10));
        assert_eq!(shown.keuze.values().flatten().sum::<u32>(), 40);
        // One home less of the one kind and it is told of neither.
        let fewer = summary(homes[..39].iter(), 2.0);
        assert_eq!(fewer.typ.values().flatten().count(), 0);
        assert_eq!(fewer.woningen, Some(39));
    }

    #[test]
    fn the_office_does_not_speak_of_eight_dwellings_or_of_four_inhabitants() {
        let office = |dwellings, inhabitants| AreaStatistics {
            code: "BU03920101".into(),
            values: BTreeMap::from([
                (Statistic::Dwellings, dwellings),
                (Statistic::Inhabitants, inhabitants),
                (Statistic::Gas, 1250.0),
            ]),
            source: "cbs".into(),
            ..AreaStatistics::default()
        };
        let town = |office| Town {
            neighbourhoods: vec![Area { code: "BU03920101".into(), ..Area::default() }],
            statistics: vec![office],
            ..Town::default()
        };
        let told = |office| {
            let joined = crate::join::join(town(office), Vec::new(), &mut Vec::new());
            Neighbourhoods::of(&joined, &[], &[], &[]).buurten.remove(0).cbs
        };
        assert_eq!(told(office(8.0, 40.0)), BTreeMap::new());
        assert_eq!(told(office(40.0, 4.0)), BTreeMap::from([("woningen", 40.0), ("gas_m3", 1250.0)]));
    }

    #[test]
    fn nine_homes_are_nobody_to_speak_of() {
        let home = Home { bj: Some(1998), ..Home::default() };
        let homes: Vec<Counted> = (0..9).map(|_| count(&home, 2026, &Prices::of_year(2026))).collect();
        let shown = summary(homes.iter(), 2.0);
        assert_eq!((shown.woningen, shown.per_hectare), (None, None));
        assert!(shown.periode.values().all(Option::is_none));
    }
}
