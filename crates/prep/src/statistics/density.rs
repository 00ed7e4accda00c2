//! How much heat there is on a hectare and along a metre of street: where a network may pay.

use std::collections::{BTreeMap, HashMap};

use gasvrij3d::geo::Rd;
use gasvrij3d::tile::RoadClass;
use rstar::RTree;
use rstar::primitives::{GeomWithData, Line};
use serde::Serialize;

use crate::allowlist::least;
use crate::cluster::limits::limits;
use crate::cluster::streets::distance;
use crate::join::Joined;
use gasvrij3d::heat::Heat;

/// Side of a cell, metres: one hectare.
const CELL: f64 = 100.0;

/// The file: heat by key figures, on the scale of actual use.
#[derive(Debug, PartialEq, Serialize)]
pub struct Density {
    /// `EPSG:28992`.
    crs: &'static str,
    /// Side of a cell, metres.
    cel_m: f64,
    /// South-west corner, homes, GJ per hectare a year. Only cells of at least ten homes.
    cellen: Vec<(u32, u32, u32, u32)>,
    /// Streets of at least ten homes, by name.
    straten: Vec<Street>,
}

/// A street and the heat of the buildings that lie at it.
#[derive(Debug, PartialEq, Serialize)]
struct Street {
    naam: String,
    woningen: u32,
    lengte_m: f64,
    gj_jaar: f64,
    mwh_per_m_jaar: f64,
}

impl Density {
    /// Of all homes whose heat is known.
    pub fn of(joined: &Joined, heat: &[Option<Heat>]) -> Self {
        let at: Vec<(Rd, Option<f64>)> = joined
            .town
            .dwellings
            .iter()
            .zip(heat)
            .enumerate()
            .filter(|(_, (d, _))| d.is_home)
            .map(|(i, (d, h))| (joined.home_of[i].map_or(d.at, |b| joined.inner[b]), h.map(|h| h.total())))
            .collect();
        Self { crs: "EPSG:28992", cel_m: CELL, cellen: cells(&at), straten: streets(joined, &at) }
    }
}

/// Cells in which at least ten homes have a known heat.
fn cells(homes: &[(Rd, Option<f64>)]) -> Vec<(u32, u32, u32, u32)> {
    let mut cells: BTreeMap<(u32, u32), (u32, f64)> = BTreeMap::new();
    for (p, gj) in homes {
        if let Some(gj) = gj {
            let corner = |v: f64| ((v / CELL).floor() * CELL).max(0.0) as u32;
            let cell = cells.entry((corner(p[0]), corner(p[1]))).or_default();
            cell.0 += 1;
            cell.1 += gj;
        }
    }
    let hectares = CELL * CELL / 10_000.0;
    cells
        .into_iter()
        .filter(|(_, (homes, _))| *homes >= least())
        .map(|((x, y), (homes, gj))| (x, y, homes, (gj / hectares).round() as u32))
        .collect()
}

/// Each home at the nearest named street within reach.
fn streets(joined: &Joined, homes: &[(Rd, Option<f64>)]) -> Vec<Street> {
    let mut names: BTreeMap<&str, (f64, u32, f64)> = BTreeMap::new();
    let mut pieces = Vec::new();
    for road in joined.town.roads.iter().filter(|r| !r.name.is_empty() && carries_homes(r.class)) {
        for pair in road.line.windows(2) {
            pieces.push(GeomWithData::new(Line::new(pair[0], pair[1]), road.name.as_str()));
            names.entry(&road.name).or_default().0 += distance(pair[0], pair[1]);
        }
    }
    let tree = RTree::bulk_load(pieces);
    // Homes of one building share their place.
    let mut known: HashMap<[u64; 2], Option<&str>> = HashMap::new();
    for (p, gj) in homes {
        let Some(gj) = gj else { continue };
        let name = *known.entry(p.map(f64::to_bits)).or_insert_with(|| nearest(&tree, *p));
        if let Some(street) = name.and_then(|name| names.get_mut(name)) {
            street.1 += 1;
            street.2 += gj;
        }
    }
    let enough = names.into_iter().filter(|(_, (metres, homes, _))| *homes >= least() && *metres > 0.0);
    enough
        .map(|(naam, (metres, woningen, gj))| Street {
            naam: naam.to_owned(),
            woningen,
            lengte_m: metres.round(),
            gj_jaar: gj.round(),
            mwh_per_m_jaar: (gj / 3.6 / metres * 100.0).round() / 100.0,
        })
        .collect()
}

/// A motorway serves no homes, and a path through a park is no street.
fn carries_homes(class: RoadClass) -> bool {
    !matches!(class, RoadClass::Motorway | RoadClass::Cycle | RoadClass::Foot)
}

fn nearest<'a>(tree: &RTree<GeomWithData<Line<Rd>, &'a str>>, p: Rd) -> Option<&'a str> {
    let reach = limits().street_reach;
    let (piece, square) = tree.nearest_neighbor_iter_with_distance_2(p).next()?;
    if square > reach * reach {
        return None;
    }
    // Of streets that meet at the nearest point the first by name, whatever the order in which they were read.
    let same = tree.locate_within_distance(p, square).map(|piece| piece.data);
    Some(same.fold(piece.data, |first, name| first.min(name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Road, Town};

    fn place(x: f64, y: f64) -> (Rd, Option<f64>) {
        ([x, y], Some(40.0))
    }

    #[test]
    fn a_hectare_with_ten_homes_of_40_gj_has_400_and_one_with_nine_is_not_told() {
        let mut homes: Vec<_> = (0..10).map(|i| place(104_000.0 + f64::from(i) * 9.0, 488_050.0)).collect();
        homes.extend((0..9).map(|i| place(104_100.0 + f64::from(i) * 9.0, 488_050.0)));
        homes.push(([104_150.0, 488_050.0], None));
        assert_eq!(cells(&homes), [(104_000, 488_000, 10, 400)]);
    }

    #[test]
    fn a_street_of_80_m_with_ten_homes_has_its_heat_by_the_metre() {
        let road = |name: &str, y: f64, class| Road { class, name: name.into(), line: vec![[0.0, y], [80.0, y]] };
        let town = Town {
            roads: vec![
                road("Zijlweg", 0.0, RoadClass::Street),
                road("Achterweg", 60.0, RoadClass::Street),
                road("A9", 8.0, RoadClass::Motorway),
            ],
            ..Town::default()
        };
        let joined = crate::join::join(town, Vec::new(), &mut Vec::new());
        let mut homes: Vec<_> = (0..10).map(|i| place(f64::from(i) * 8.0, 12.0)).collect();
        homes.push(place(10.0, 50.0));
        let streets = streets(&joined, &homes);
        // 400 GJ are 111.1 MWh; on 80 m. The street with one home is not told.
        assert_eq!(streets.len(), 1);
        assert_eq!((streets[0].naam.as_str(), streets[0].woningen, streets[0].mwh_per_m_jaar), ("Zijlweg", 10, 1.39));
    }
}
