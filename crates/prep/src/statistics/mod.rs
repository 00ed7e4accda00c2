//! What there is in each neighbourhood: counts of its homes, what the rules advise them, heat, and the figures of the
//! statistics office. For a page about a neighbourhood; nothing in it is about a group of fewer than ten homes.

mod areas;
pub mod borders;
pub mod density;
pub mod plans;
mod uses;

use std::collections::{BTreeMap, BTreeSet};

use gasvrij3d::geo::TileId;
use gasvrij3d::home::{Home, Label, Typology};
use gasvrij3d::kosten::Prices;
use gasvrij3d::ranking;
use gasvrij3d::rules::rules;
use gasvrij3d::theme::Theme;
use gasvrij3d::town::Outcome;
use rayon::prelude::*;
use serde::Serialize;

use crate::allowlist::least;
use crate::assumptions::assumptions;
use crate::geometry::area_of;
use crate::groups::{self, part, told};
use crate::join::Joined;
use areas::{Area, Office};
use gasvrij3d::heat::Heat;

/// Where nothing is known.
const UNKNOWN: &str = "onbekend";

/// Counts by code; `null` where a count is too small to be told or follows from the others.
type Counts = BTreeMap<String, Option<u32>>;

/// The file: neighbourhoods in the order of their codes.
#[derive(Debug, PartialEq, Serialize)]
pub struct Neighbourhoods {
    /// The year the rules were asked for.
    jaar: u16,
    buurten: Vec<Neighbourhood>,
    /// Figures of the statistics office on the wijken and the municipality around them, to compare with.
    gebieden: Vec<Area>,
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
    /// By what stands out for them, as the map colours it.
    kleur: Counts,
    /// By class of heat with hot water, GJ a year by key figures.
    vraag: Counts,
    /// By the name of the plan that they lie in.
    plan: Counts,
    /// Homes whose heat is known by key figures; `null` where those without would be a small group.
    woningen_met_warmtevraag: Option<u32>,
    /// Their heat with hot water, GJ a year, by key figures.
    gj_jaar: Option<f64>,
    gj_per_hectare: Option<f64>,
    /// Figures of the statistics office by their codes; none where it counts fewer than ten dwellings.
    cbs: BTreeMap<&'static str, f64>,
    /// The id of their source, or empty.
    cbs_bron: String,
    /// Average use of a connection and the number of connections, by the grid operator.
    verbruik: BTreeMap<&'static str, f64>,
    /// The ids of their sources, or empty.
    verbruik_bron: String,
    /// Column and row of the tiles that its homes are in, by row and column.
    tegels: Vec<[u32; 2]>,
}

/// What is counted of one home.
struct Counted {
    typ: &'static str,
    period: String,
    label: &'static str,
    colour: &'static str,
    heat: String,
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
            .zip(heat)
            .zip(place)
            .map(|(((dwelling, home), heat), place)| {
                (dwelling.is_home && place.is_some()).then(|| count(home, *heat, year, &prices))
            })
            .collect();
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); joined.town.neighbourhoods.len()];
        for (d, (place, counted)) in place.iter().zip(&counted).enumerate() {
            if let (Some(n), Some(_)) = (place, counted) {
                members[*n].push(d);
            }
        }
        let outside = joined.town.dwellings.iter().zip(place).filter(|(d, p)| d.is_home && p.is_none()).count();
        let (homes_told, _) = groups::homes(members.iter().map(Vec::len), outside);
        let office = Office::of(&joined.town);
        let uses = uses::of(&joined.town, place);
        let planned = plans::by_neighbourhood(joined, place);
        let areas = joined.town.neighbourhoods.iter().zip(members).zip(homes_told).zip(uses).zip(planned);
        let buurten = areas.map(|((((area, members), homes_told), uses), planned)| {
            let hectares = area_of(&area.area) / 10_000.0;
            let mut shown = summary(members.iter().filter_map(|&d| counted[d].as_ref()), homes_told, hectares);
            let known: Vec<f64> = members.iter().filter_map(|&d| heat[d].map(|h| h.total())).collect();
            if known.len() as u32 >= least() {
                let gj: f64 = known.iter().sum();
                shown.woningen_met_warmtevraag = homes_told.and_then(|_| part(known.len(), members.len()));
                shown.gj_jaar = Some(gj.round());
                shown.gj_per_hectare = (hectares > 0.0).then(|| (gj / hectares).round());
            }
            shown.plan = planned.into_iter().map(|(name, n)| (name, n.filter(|_| homes_told.is_some()))).collect();
            (shown.cbs, shown.cbs_bron) = office.figures(&area.code);
            (shown.verbruik, shown.verbruik_bron) = (uses.figures, uses.source);
            shown.tegels = tiles(joined, &members);
            Neighbourhood { code: area.code.clone(), naam: area.name.clone(), ..shown }
        });
        Self { jaar: year, buurten: buurten.collect(), gebieden: office.around(&joined.town) }
    }
}

/// The tiles that these dwellings are in: that of their building, or of their own point.
fn tiles(joined: &Joined, dwellings: &[usize]) -> Vec<[u32; 2]> {
    let tile = |d: usize| TileId::at(joined.home_of[d].map_or(joined.town.dwellings[d].at, |b| joined.inner[b]));
    let places: BTreeSet<(u32, u32)> = dwellings.iter().map(|&d| tile(d)).map(|id| (id.row, id.col)).collect();
    places.into_iter().map(|(row, col)| [col, row]).collect()
}

/// What is told of these homes, where their number may be told.
fn summary<'a>(homes: impl Iterator<Item = &'a Counted>, woningen: Option<u32>, hectares: f64) -> Neighbourhood {
    let mut by: [BTreeMap<String, u32>; 5] = Default::default();
    for home in homes {
        for (parts, code) in by.iter_mut().zip([home.typ, &home.period, home.label, home.colour, &home.heat]) {
            *parts.entry(code.to_owned()).or_default() += 1;
        }
    }
    // Where the number is not told, no part is: they would add up to it.
    let [typ, periode, label, kleur, vraag] = by.map(|parts| match woningen {
        Some(_) => told(&parts),
        None => parts.into_keys().map(|code| (code, None)).collect(),
    });
    Neighbourhood {
        hectare: (hectares * 10.0).round() / 10.0,
        per_hectare: woningen.filter(|_| hectares > 0.0).map(|n| (f64::from(n) / hectares * 10.0).round() / 10.0),
        woningen,
        typ,
        periode,
        label,
        kleur,
        vraag,
        ..Neighbourhood::default()
    }
}

fn count(home: &Home, heat: Option<Heat>, year: u16, prices: &Prices) -> Counted {
    Counted {
        typ: home.typ.map_or(UNKNOWN, Typology::code),
        period: home.bj.map_or_else(|| UNKNOWN.to_owned(), |bj| assumptions().periods.of(bj)),
        label: home.lab.map_or(UNKNOWN, Label::code),
        colour: colour(home, year, prices),
        heat: heat.map_or_else(|| UNKNOWN.to_owned(), |heat| assumptions().heat_classes.of(heat.total())),
    }
}

/// The colour on the map without a scenario: what the card of the home says first.
fn colour(home: &Home, year: u16, prices: &Prices) -> &'static str {
    let advice = rules().evaluate(home, year);
    let best = ranking::best(home, &advice, prices).map(|(option, _)| option);
    Theme::Best.category(&Outcome { verdicts: advice.verdicts(), best }).code()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use gasvrij3d::scenario::Scenario;

    #[test]
    fn a_neighbourhood_tells_its_kinds_periods_labels_and_advice() {
        let year = rules().year();
        let prices = Prices::of_year(year);
        let row = Home { typ: Some(Typology::Tussen), bj: Some(1998), lab: Some(Label::B), ..Home::default() };
        let old = Home { typ: Some(Typology::Vrij), bj: Some(1920), ..Home::default() };
        let of = |home: &Home| count(home, Heat::of(home), year, &prices);
        let homes: Vec<Counted> = (0..40).map(|i| of(if i < 30 { &row } else { &old })).collect();
        let shown = summary(homes.iter(), Some(40), 2.0);
        assert_eq!((shown.woningen, shown.per_hectare), (Some(40), Some(20.0)));
        assert_eq!(shown.typ, BTreeMap::from([("TUSSEN".to_owned(), Some(30)), ("VRIJ".to_owned(), Some(10))]));
        assert_eq!(shown.periode["1992-2005"], Some(30));
        assert_eq!(shown.label[UNKNOWN], Some(10));
        // A neighbourhood says what the map shows: also of a home that has a hybrid as its first step.
        let colour = |home: &Home| Theme::Best.category(&Outcome::of(home, &Scenario::default())).code();
        assert_ne!(colour(&row), colour(&old));
        let shares = [(colour(&row).to_owned(), Some(30)), (colour(&old).to_owned(), Some(10))];
        assert_eq!(shown.kleur, BTreeMap::from(shares));
        assert_eq!(shown.vraag.values().flatten().sum::<u32>(), 40);
        assert_eq!(shown.vraag[&assumptions().heat_classes.of(Heat::of(&row).unwrap().total())], Some(30));
        // One home less of the one kind and it is told of neither.
        let fewer = summary(homes[..39].iter(), Some(39), 2.0);
        assert_eq!(fewer.typ.values().flatten().count(), 0);
        assert_eq!(fewer.woningen, Some(39));
    }

    #[test]
    fn nine_homes_are_nobody_to_speak_of() {
        let home = Home { bj: Some(1998), ..Home::default() };
        let homes: Vec<Counted> = (0..9).map(|_| count(&home, None, 2026, &Prices::of_year(2026))).collect();
        let shown = summary(homes.iter(), groups::homes([9, 40].into_iter(), 0).0[0], 2.0);
        assert_eq!((shown.woningen, shown.per_hectare), (None, None));
        assert!(shown.periode.values().chain(shown.vraag.values()).all(Option::is_none));
    }
}
