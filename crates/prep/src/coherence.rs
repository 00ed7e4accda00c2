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
        let id = || dwelling.id.to_string();
        if !town.neighbourhoods.is_empty() && place[d].is_none() {
            tally.remark("V40", id);
        }
        let Some(b) = joined.home_of[d] else { continue };
        let outside = metres_outside(dwelling.at, &town.buildings[b].footprint);
        if !dwelling.panden.is_empty() && outside > assumptions().contradiction.outside {
            tally.remark("V34", || format!("{}: {outside:.0} m", dwelling.id));
        }
        if dwelling.facts.typ.is_some_and(|typ| is_flat(typ) != (kinds.homes[b] > 1)) {
            tally.remark("V38", id);
        }
        let years = dwelling.label.as_ref().and_then(|l| l.year).zip(homes[d].bj);
        if let Some((label, bag)) = years.filter(|(l, b)| l.abs_diff(*b) > assumptions().contradiction.years) {
            tally.remark("V39", || format!("{}: {label}, {bag}", dwelling.id));
        }
    }
    let heights = town.buildings.iter().any(|b| b.height_m.is_some());
    for (b, building) in town.buildings.iter().enumerate().filter(|(b, _)| kinds.homes[*b] > 0) {
        let id = || building.id.to_string();
        if building.year.is_none() {
            tally.remark("V35", id);
        }
        if heights && building.height_m.is_none() {
            tally.remark("V36", id);
        }
        let floors = kinds.floor_area[b].map_or(0.0, |area| area / kinds.footprint[b].max(1.0));
        if floors > assumptions().contradiction.floors {
            tally.remark("V37", || format!("{}: {floors:.0}", building.id));
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
