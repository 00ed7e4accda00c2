//! Whether what different sources say of one home can be true together (checks V34 to V40). Nothing is put right here: a
//! contradiction is for the keeper of the register.

use gasvrij3d::home::{Home, Typology};

use crate::assumptions::assumptions;
use crate::geometry::{any_contains, apart, edges};
use crate::join::Joined;
use crate::model::Polygon;
use crate::report::Tally;
use crate::typology::Kinds;

/// Looks at every home and every building with homes.
pub fn check(joined: &Joined, kinds: &Kinds, homes: &[Home], place: &[Option<usize>]) -> Tally {
    let mut tally = Tally::new("samenhang");
    let town = &joined.town;
    for (d, dwelling) in town.dwellings.iter().enumerate().filter(|(_, d)| d.is_home) {
        tally.keep();
        let at = dwelling.place.as_ref();
        let id = || (at, dwelling.id.to_string());
        if !town.neighbourhoods.is_empty() && place[d].is_none() {
            tally.remark("V40", id);
        }
        let Some(b) = joined.home_of[d] else { continue };
        let outside = metres_outside(dwelling.at, &town.buildings[b].footprint);
        if !dwelling.panden.is_empty() && outside > assumptions().contradiction.outside {
            tally.remark("V34", || (at, format!("{}: {outside:.0} m", dwelling.id)));
        }
        if dwelling.facts.typ.is_some_and(|typ| is_flat(typ) != (kinds.homes[b] > 1)) {
            tally.remark("V38", id);
        }
        let years = dwelling.label.as_ref().and_then(|l| l.year).zip(homes[d].bj);
        if let Some((label, bag)) = years.filter(|(l, b)| l.abs_diff(*b) > assumptions().contradiction.years) {
            tally.remark("V39", || (at, format!("{}: {label}, {bag}", dwelling.id)));
        }
    }
    let heights = town.buildings.iter().any(|b| b.height_m.is_some());
    for (b, building) in town.buildings.iter().enumerate().filter(|(b, _)| kinds.homes[*b] > 0) {
        let at = building.place.as_ref();
        let id = || (at, building.id.to_string());
        if building.year.is_none() {
            tally.remark("V35", id);
        }
        if heights && building.height_m.is_none() {
            tally.remark("V36", id);
        }
        let floors = kinds.floor_area[b].map_or(0.0, |area| area / kinds.footprint[b].max(1.0));
        if floors > assumptions().contradiction.floors {
            tally.remark("V37", || (at, format!("{}: {floors:.0}", building.id)));
        }
    }
    tally
}

const fn is_flat(typ: Typology) -> bool {
    matches!(typ, Typology::Flat | Typology::FlatLaag | Typology::FlatHoog)
}

/// How far a point lies outside some polygons, metres.
fn metres_outside(p: [f64; 2], polygons: &[Polygon]) -> f64 {
    if any_contains(polygons, p) {
        return 0.0;
    }
    let walls = polygons.iter().flatten().flat_map(|ring| edges(ring));
    walls.map(|(a, b)| apart(p, a, b)).fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use gasvrij3d::home::{PandId, VboId};

    use super::*;
    use crate::model::{Building, Dwelling, LabelRecord, Neighbourhood, Town};

    fn square(x: f64, side: f64) -> Vec<Polygon> {
        vec![vec![vec![[x, 0.0], [x + side, 0.0], [x + side, side], [x, side]]]]
    }

    /// Three houses in a neighbourhood, with which nothing is wrong.
    fn town() -> Town {
        let pand = |i: u32| Building {
            id: PandId(u64::from(i) + 1),
            footprint: square(f64::from(i) * 50.0, 8.0),
            height_m: Some(8.0),
            year: Some(1930),
            source: "bag".into(),
            ..Building::default()
        };
        let home = |i: u32| Dwelling {
            id: VboId(u64::from(i) + 1),
            at: [f64::from(i) * 50.0 + 4.0, 4.0],
            panden: vec![PandId(u64::from(i) + 1)],
            is_home: true,
            facts: Home { area_m2: Some(110.0), ..Home::default() },
            source: "bag".into(),
            ..Dwelling::default()
        };
        Town {
            buildings: (0..3).map(pand).collect(),
            dwellings: (0..3).map(home).collect(),
            neighbourhoods: vec![Neighbourhood { area: square(-100.0, 1000.0), ..Neighbourhood::default() }],
            ..Town::default()
        }
    }

    fn found(town: Town) -> Vec<(String, u64)> {
        let joined = crate::join::join(town, Vec::new(), &mut Vec::new());
        let kinds = crate::typology::derive(&joined);
        let derived = crate::derive::derive(&joined, &kinds, &crate::derive::Estimated::new());
        let tally = check(&joined, &kinds, &derived.homes, &derived.place);
        assert_eq!(tally.read, tally.kept);
        tally.remarks.into_iter().map(|(check, cases)| (check, cases.count)).collect()
    }

    fn with(change: impl FnOnce(&mut Town)) -> Vec<(String, u64)> {
        let mut town = town();
        change(&mut town);
        found(town)
    }

    #[test]
    fn where_everything_fits_nothing_is_said() {
        assert_eq!(found(town()), []);
    }

    #[test]
    fn each_planted_contradiction_is_found_and_no_other() {
        let one = |check: &str| vec![(check.to_owned(), 1)];
        assert_eq!(with(|t| t.dwellings[1].at = [54.0, 60.0]), one("V34"));
        assert_eq!(with(|t| t.dwellings[1].at = [54.0, 30.0]), []);
        assert_eq!(with(|t| t.buildings[0].year = None), one("V35"));
        assert_eq!(with(|t| t.buildings[0].height_m = None), one("V36"));
        assert_eq!(with(|t| t.buildings.iter_mut().for_each(|b| b.height_m = None)), []);
        assert_eq!(with(|t| t.dwellings[0].facts.area_m2 = Some(64.0 * 41.0)), one("V37"));
        assert_eq!(with(|t| t.dwellings[0].facts.typ = Some(Typology::Flat)), one("V38"));
        assert_eq!(with(|t| t.dwellings[0].facts.typ = Some(Typology::Hoek)), []);
        let label = |year| Some(Box::new(LabelRecord { year: Some(year), ..LabelRecord::default() }));
        assert_eq!(with(|t| t.dwellings[0].label = label(1941)), one("V39"));
        assert_eq!(with(|t| t.dwellings[0].label = label(1940)), []);
        assert_eq!(with(|t| t.neighbourhoods[0].area = square(20.0, 1000.0)), one("V40"));
        assert_eq!(with(|t| t.neighbourhoods.clear()), []);
    }
}
