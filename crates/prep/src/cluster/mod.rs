//! Clusters: homes of corporations and of associations of owners that lie close enough together for a small heat network.

pub mod limits;
pub mod publish;
pub mod streets;
pub mod trench;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

pub use gasvrij3d::cluster::Verdict;
use gasvrij3d::cluster::{Count, Limits, MWH_PER_GJ, Owner, near, owner};
use gasvrij3d::geo::Rd;
use gasvrij3d::home::Home;
use gasvrij3d::tile::RoadClass;
use rayon::prelude::*;

use crate::join::Joined;
use crate::model::Polygon;
use gasvrij3d::heat::Heat;
use limits::limits;
use streets::Streets;
use trench::{Trench, dig};

/// `kWh` in a GJ.
const KWH_PER_GJ: f64 = 1000.0 / 3.6;

/// Homes that could share a small network.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Its buildings, by place in the town.
    pub panden: Vec<usize>,
    /// Its homes, by place in the town.
    pub homes: Vec<usize>,
    /// Homes of which the heat demand is known.
    pub homes_with_heat: u32,
    /// Homes that count because their building has many, not because an owner is known.
    pub homes_assumed: u32,
    /// Heat of those homes with hot water, GJ a year.
    pub gj: f64,
    /// Peak of all homes together, kW.
    pub peak_kw: f64,
    /// The trench, without the connections to buildings.
    pub trench: Trench,
    /// The connections to buildings, metres.
    pub connections_m: f64,
    /// Heat a year for each metre of trench and connections, `MWh`.
    pub mwh_per_m: f64,
    /// What it comes to.
    pub verdict: Verdict,
}

impl Cluster {
    /// Whether the law still calls it a small system.
    pub fn is_small_system(&self) -> bool {
        self.homes.len() as f64 <= limits().small_system
    }

    /// Whether it is large enough for the national subsidy.
    pub fn has_subsidy_size(&self) -> bool {
        self.homes.len() as f64 >= limits().subsidy_homes && self.panden.len() as f64 >= limits().subsidy_panden
    }
}

/// The clusters of a town, in the order of their first building. `homes` and `heat` go by dwelling.
pub fn derive(joined: &Joined, homes: &[Home], heat: &[Option<Heat>]) -> Vec<Cluster> {
    let limits = limits();
    let counts = |d: usize| joined.town.dwellings[d].is_home && owner(&homes[d]).is_some();
    // By the building a home is in: a home in two buildings counts in the first.
    let mut members = vec![Vec::new(); joined.town.buildings.len()];
    for (d, building) in joined.home_of.iter().enumerate() {
        if let Some(b) = building.filter(|_| counts(d)) {
            members[b].push(d);
        }
    }
    let panden: Vec<usize> = (0..members.len()).filter(|&b| !members[b].is_empty()).collect();
    let footprints: Vec<&[Polygon]> = panden.iter().map(|&b| joined.town.buildings[b].footprint.as_slice()).collect();
    let mut lines: Vec<&[Rd]> =
        joined.town.roads.iter().filter(|r| r.class != RoadClass::Motorway).map(|r| r.line.as_slice()).collect();
    // The same graph in whatever order the roads were read.
    lines.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    let places: Vec<Rd> = panden.iter().map(|&b| joined.inner[b]).collect();
    let (streets, on_street) = Streets::new(&lines, &places, limits.street_reach);
    let groups = near::groups(&footprints, limits.near);
    groups
        .into_par_iter()
        .map(|group| {
            let stops: Vec<_> = group.iter().map(|&i| (places[i], on_street[i])).collect();
            let trench = dig(&stops, &streets, limits.detour, limits.longest_way);
            let panden: Vec<usize> = group.iter().map(|&i| panden[i]).collect();
            let inside: Vec<usize> = panden.iter().flat_map(|&b| members[b].iter().copied()).collect();
            assess(panden, inside, trench, homes, heat)
        })
        .collect()
}

fn assess(panden: Vec<usize>, inside: Vec<usize>, trench: Trench, homes: &[Home], heat: &[Option<Heat>]) -> Cluster {
    let limits = limits();
    let known: Vec<&Heat> = inside.iter().filter_map(|&d| heat[d].as_ref()).collect();
    let gj: f64 = known.iter().map(|h| h.total()).sum();
    let heating: f64 = known.iter().map(|h| h.heating).sum();
    let connections_m = panden.len() as f64 * limits.connection;
    let mwh_per_m = gj * MWH_PER_GJ / (trench.metres() + connections_m);
    let count = Count { homes: inside.len(), with_heat: known.len(), gj, mwh_per_m };
    let assumed = inside.iter().filter(|&&d| owner(&homes[d]) == Some(Owner::Assumed)).count();
    Cluster {
        homes_with_heat: known.len() as u32,
        homes_assumed: assumed as u32,
        gj,
        peak_kw: heating * KWH_PER_GJ / limits.full_load_hours * limits.simultaneity,
        connections_m,
        mwh_per_m,
        verdict: Limits::default().judge(count),
        trench,
        panden,
        homes: inside,
    }
}

/// For each dwelling the cluster it is in, where that is large enough to say so.
pub fn of_dwellings(clusters: &[Cluster], dwellings: usize) -> Vec<Option<usize>> {
    let mut of = vec![None; dwellings];
    for (c, cluster) in clusters.iter().enumerate().filter(|(_, c)| c.homes.len() as f64 >= limits().least_published) {
        for &d in &cluster.homes {
            of[d] = Some(c);
        }
    }
    of
}

/// The names of the streets a cluster lies at, for people: those with most homes first.
pub fn streets_of(cluster: &Cluster, joined: &Joined) -> Vec<String> {
    let mut homes: BTreeMap<&str, usize> = BTreeMap::new();
    for &d in &cluster.homes {
        *homes.entry(joined.town.dwellings[d].address.street.as_str()).or_default() += 1;
    }
    let least = limits().least_published as usize;
    let named: BTreeSet<(Reverse<usize>, &str)> = homes
        .into_iter()
        .filter(|(name, homes)| !name.is_empty() && *homes >= least)
        .map(|(name, homes)| (Reverse(homes), name))
        .collect();
    named.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use gasvrij3d::home::{Ownership, PandId, Typology, VboId};
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Building, Dwelling, Road, Town};

    /// A flat of a corporation: its south-west corner, homes, and heat of each of them.
    type Flat = (f64, f64, u32, f64);

    fn road(line: &[Rd]) -> Road {
        Road { class: RoadClass::Street, name: "Europaweg".into(), line: line.to_vec() }
    }

    fn clusters(flats: &[Flat], roads: Vec<Road>, own: Option<Ownership>) -> Vec<Cluster> {
        let mut town = Town { roads, ..Town::default() };
        let mut heat = Vec::new();
        for (i, &(x, y, homes, gj)) in flats.iter().enumerate() {
            let id = PandId(i as u64 + 1);
            town.buildings.push(Building {
                id,
                footprint: vec![vec![vec![[x, y], [x + 20.0, y], [x + 20.0, y + 10.0], [x, y + 10.0]]]],
                ..Building::default()
            });
            for n in 0..homes {
                town.dwellings.push(Dwelling {
                    id: VboId(i as u64 * 1000 + u64::from(n)),
                    at: [x + 1.0, y + 1.0],
                    panden: vec![id],
                    is_home: true,
                    ..Dwelling::default()
                });
                heat.push(Some(Heat { heating: gj * 0.8, tap: gj * 0.2 }));
            }
        }
        let nvbo: Vec<u32> = flats.iter().flat_map(|f| vec![f.2; f.2 as usize]).collect();
        let home = |n: &u32| Home { own, typ: Some(Typology::FlatHoog), nvbo: Some(*n), ..Home::default() };
        let homes: Vec<Home> = nvbo.iter().map(home).collect();
        let joined = crate::join::join(town, Vec::new(), &mut Vec::new());
        derive(&joined, &homes, &heat)
    }

    #[test]
    fn two_flats_of_sixty_homes_along_one_street_could_share_a_network() {
        let flats = [(0.0, 10.0, 60, 25.0), (80.0, 10.0, 60, 25.0), (400.0, 10.0, 50, 25.0)];
        let found = clusters(&flats, vec![road(&[[-50.0, 0.0], [500.0, 0.0]])], Some(Ownership::Corp));
        assert_eq!(found.iter().map(|c| c.homes.len()).collect::<Vec<_>>(), [120, 50]);
        let c = &found[0];
        assert!((c.gj - 3000.0).abs() < 1e-6);
        // From middle to middle 80 m of street, and two connections of 15 m: 833.3 MWh on 110 m.
        assert!((c.trench.street_m - 80.0).abs() < 0.01 && c.trench.direct_m.abs() < 1e-9);
        assert!((c.mwh_per_m - 3000.0 / 3.6 / 110.0).abs() < 0.001);
        // Half of 2400 GJ of heating in 1650 hours.
        assert!((c.peak_kw - 2400.0 / 3.6 * 1000.0 / 1650.0 * 0.5).abs() < 0.01);
        assert_eq!(
            (c.verdict, c.homes_assumed, c.is_small_system(), c.has_subsidy_size()),
            (Verdict::Goed, 0, true, false)
        );
        assert_eq!((found[1].verdict, found[1].trench.metres()), (Verdict::TeKlein, 0.0));
    }

    #[test]
    fn owners_of_their_own_home_are_in_no_cluster_and_unknown_owners_only_with_many() {
        let flats = [(0.0, 0.0, 7, 25.0), (40.0, 0.0, 8, 25.0)];
        assert_eq!(clusters(&flats, Vec::new(), Some(Ownership::Koop)), []);
        let unknown = clusters(&flats, Vec::new(), None);
        assert_eq!(unknown.iter().map(|c| (c.homes.len(), c.homes_assumed)).collect::<Vec<_>>(), [(8, 8)]);
        let owned = clusters(&flats, Vec::new(), Some(Ownership::Vve));
        assert_eq!(owned.iter().map(|c| (c.homes.len(), c.homes_assumed)).collect::<Vec<_>>(), [(15, 0)]);
        // 40 m apart without a street: a straight trench with its detour.
        assert!((owned[0].trench.direct_m - 50.0).abs() < 1e-6);
        // Seven and eight homes: the first group alone would be told of nobody.
        assert_eq!(of_dwellings(&unknown, 15), vec![None; 15]);
        assert_eq!(of_dwellings(&owned, 15), vec![Some(0); 15]);
    }

    #[test]
    fn each_limit_has_its_verdict() {
        let of = |homes, gj, apart| {
            let flats = [(0.0, 0.0, homes, gj), (apart, 0.0, homes, gj)];
            clusters(&flats, Vec::new(), Some(Ownership::Vve))[0].verdict
        };
        assert_eq!(of(49, 40.0, 60.0), Verdict::TeKlein);
        assert_eq!(of(50, 19.9, 60.0), Verdict::TeKlein);
        assert_eq!(of(50, 20.0, 60.0), Verdict::Goed);
        // A hundred homes of 20 GJ in fifty houses, 40 m from door to door.
        let far: Vec<Flat> = (0..50).map(|i| (f64::from(i) * 115.0, 0.0, 2, 20.0)).collect();
        assert_eq!(clusters(&far, Vec::new(), Some(Ownership::Corp))[0].verdict, Verdict::TeDun);
        let near: Vec<Flat> = (0..50).map(|i| (f64::from(i) * 30.0, 0.0, 10, 20.0)).collect();
        assert_eq!(clusters(&near, Vec::new(), Some(Ownership::Corp))[0].verdict, Verdict::Mogelijk);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// One more home gives no less heat and no fewer homes, to itself and to all others.
        #[test]
        fn one_more_building_takes_nothing_away(
            flats in prop::collection::vec((0.0..800.0f64, 0.0..800.0f64, 1u32..4, 10.0..60.0f64), 2..14)
        ) {
            let all = clusters(&flats, Vec::new(), Some(Ownership::Corp));
            let fewer = clusters(&flats[..flats.len() - 1], Vec::new(), Some(Ownership::Corp));
            for c in &fewer {
                let larger = all.iter().find(|a| a.panden.contains(&c.panden[0]));
                prop_assert!(larger.is_some_and(|a| c.panden.iter().all(|p| a.panden.contains(p))
                    && a.gj >= c.gj - 1e-9 && a.homes.len() >= c.homes.len()));
            }
            let total: f64 = flats.iter().map(|f| f64::from(f.2) * f.3).sum();
            prop_assert!((all.iter().map(|c| c.gj).sum::<f64>() - total).abs() < 1e-6);
        }

        /// The order of the roads says nothing.
        #[test]
        fn roads_in_any_order_give_the_same_trench(
            flats in prop::collection::vec((0.0..300.0f64, 0.0..300.0f64, 1u32..3, 20.0..30.0f64), 2..8)
        ) {
            let mut roads: Vec<Road> = (0..4).flat_map(|i| {
                let at = f64::from(i) * 100.0;
                [road(&[[0.0, at], [150.0, at], [300.0, at]]), road(&[[at, 0.0], [at, 300.0]])]
            }).collect();
            let one = clusters(&flats, roads.clone(), Some(Ownership::Corp));
            roads.reverse();
            prop_assert_eq!(one, clusters(&flats, roads, Some(Ownership::Corp)));
        }
    }
}
