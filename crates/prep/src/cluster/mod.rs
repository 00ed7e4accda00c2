//! Clusters: homes of corporations and of associations of owners that lie close enough together for a small heat network.

pub mod limits;
pub mod near;
pub mod publish;
pub mod streets;
pub mod trench;

use std::collections::BTreeSet;

use gasvrij3d::geo::Rd;
use gasvrij3d::home::{Home, Ownership, Typology};
use gasvrij3d::tile::RoadClass;
use rayon::prelude::*;
use serde::Serialize;

use crate::heat::Heat;
use crate::join::Joined;
use crate::model::Polygon;
use limits::{Limits, limits};
use streets::Streets;
use trench::{Trench, dig};

/// MWh in a GJ.
const MWH_PER_GJ: f64 = 1.0 / 3.6;
/// kWh in a GJ.
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
    /// Heat a year for each metre of trench and connections, MWh.
    pub mwh_per_m: f64,
    /// What it comes to.
    pub verdict: Verdict,
}

/// What a cluster comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Heat and density are enough.
    Goed,
    /// Enough heat, and a density that may do.
    Mogelijk,
    /// Enough heat, too far apart.
    TeDun,
    /// Too little heat or too few homes.
    TeKlein,
    /// Too much is not known.
    Onbekend,
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

/// Why a home may count in a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    Known,
    Assumed,
}

fn owner(home: &Home, limits: &Limits) -> Option<Owner> {
    let flat = matches!(home.typ, Some(Typology::Flat | Typology::FlatLaag | Typology::FlatHoog));
    match home.own {
        Some(Ownership::Corp | Ownership::Vve) => Some(Owner::Known),
        None | Some(Ownership::Onbekend) if flat && home.nvbo.is_some_and(|n| f64::from(n) >= limits.unowned_flat) => {
            Some(Owner::Assumed)
        }
        _ => None,
    }
}

/// The clusters of a town, in the order of their first building. `homes` and `heat` go by dwelling.
pub fn derive(joined: &Joined, homes: &[Home], heat: &[Option<Heat>]) -> Vec<Cluster> {
    let limits = limits();
    let counts = |d: usize| joined.town.dwellings[d].is_home && owner(&homes[d], limits).is_some();
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
    let (all, with_heat) = (inside.len() as f64, known.len());
    let verdict = match () {
        () if all < limits.least_homes => Verdict::TeKlein,
        // What is missing could bring it over the limit.
        () if gj < limits.least_gj && with_heat < inside.len() => Verdict::Onbekend,
        () if gj < limits.least_gj => Verdict::TeKlein,
        () if mwh_per_m >= limits.line_good => Verdict::Goed,
        () if mwh_per_m >= limits.line_possible => Verdict::Mogelijk,
        () if with_heat < inside.len() => Verdict::Onbekend,
        () => Verdict::TeDun,
    };
    let assumed = inside.iter().filter(|&&d| owner(&homes[d], limits) == Some(Owner::Assumed)).count();
    Cluster {
        homes_with_heat: with_heat as u32,
        homes_assumed: assumed as u32,
        gj,
        peak_kw: heating * KWH_PER_GJ / limits.full_load_hours * limits.simultaneity,
        connections_m,
        mwh_per_m,
        verdict,
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
    let mut homes: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for &d in &cluster.homes {
        *homes.entry(joined.town.dwellings[d].address.street.as_str()).or_default() += 1;
    }
    let least = limits().least_published as usize;
    let named: BTreeSet<(std::cmp::Reverse<usize>, &str)> = homes
        .into_iter()
        .filter(|(name, homes)| !name.is_empty() && *homes >= least)
        .map(|(name, homes)| (std::cmp::Reverse(homes), name))
        .collect();
    named.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
}
