//! What follows for each home from its building, its neighbourhood, its neighbours and the plans, with where it came from.

use std::collections::{BTreeMap, BTreeSet};

use gasvrij3d::home::{FactKey, Home, Method, NetStatus, Origins, Provenance, Typology};
use gasvrij3d::standaard::{Surfaces, standaard};
use gasvrij3d::tile::HeightKind;
use rayon::prelude::*;

use crate::assumptions::{FlatBuilding, assumptions};
use crate::cluster::{self, Cluster};
use crate::geometry::area_of;
use crate::join::{Areas, Joined};
use crate::model::{Body, Building, Dwelling, Plan, Town, Zone};
use crate::network::Mains;
use crate::shape::{self, Position};
use crate::typology::{Confidence, Kinds};
use gasvrij3d::heat::Heat;

/// What is known of each dwelling, in the order of the town's dwellings, and each building's height.
pub struct Derived {
    /// Facts.
    pub homes: Vec<Home>,
    /// Where they came from.
    pub origins: Vec<Origins>,
    /// Decimetres above ground, for each building.
    pub heights: Vec<(u16, HeightKind)>,
    /// The neighbourhood each dwelling lies in.
    pub place: Vec<Option<usize>>,
    /// Heat of each home by key figures.
    pub heat: Vec<Option<Heat>>,
    /// Homes that could share a small network.
    pub clusters: Vec<Cluster>,
}

/// Facts that a source gives as an estimate, by source.
pub type Estimated = BTreeMap<String, BTreeSet<FactKey>>;

/// Derives every fact that follows from others.
pub fn derive(joined: &Joined, kinds: &Kinds, estimated: &Estimated) -> Derived {
    let town = &joined.town;
    let areas = Areas::new(town.neighbourhoods.iter().map(|n| n.area.as_slice()));
    let place: Vec<Option<usize>> = town.dwellings.par_iter().map(|d| areas.at(d.at)).collect();
    let density = densities(town, &place);
    let mains = Mains::new(&town.networks);
    let plans = Areas::new(town.plans.iter().map(|p| p.area.as_slice()));
    let zones = Zones::new(town);
    let mut facts: Vec<Facts<'_>> = town
        .dwellings
        .par_iter()
        .enumerate()
        .map(|(i, dwelling)| {
            let mut facts = Facts { home: Home::default(), from: BTreeMap::new(), given: dwelling };
            facts.given();
            if dwelling.is_home {
                if let Some(b) = joined.home_of[i] {
                    facts.of_building(&town.buildings[b], kinds, b, estimated, town.model_town);
                    facts.of_shape(joined, kinds, b);
                }
                facts.set(FactKey::Dens, &dwelling.source, Method::Derived, |h| h.dens = Some(density[i]));
                zones.tell(&mut facts);
                facts.of_plans(plans.at(dwelling.at).map(|p| &town.plans[p]), &mains, town);
            } else {
                facts.home.woonfunctie = Some(false);
                facts.origin(FactKey::Woonfunctie, &dwelling.source, Method::Registered);
            }
            facts
        })
        .collect();
    let heat: Vec<Option<Heat>> =
        facts.par_iter().map(|f| f.given.is_home.then(|| Heat::of(&f.home)).flatten()).collect();
    let homes: Vec<Home> = facts.iter().map(|f| f.home.clone()).collect();
    let clusters = cluster::derive(joined, &homes, &heat);
    for (facts, cluster) in facts.iter_mut().zip(cluster::of_dwellings(&clusters, town.dwellings.len())) {
        if let Some(c) = cluster {
            facts.of_cluster(&clusters[c]);
        }
    }
    let heights = (0..town.buildings.len()).map(|b| height(joined, kinds, b)).collect();
    let (homes, origins) = facts.into_iter().map(|f| (f.home, Origins(f.from.into_iter().collect()))).unzip();
    Derived { homes, origins, heights, place, heat, clusters }
}

/// Zones by the fact that holds in them. A fact of which no zone was read is not known.
struct Zones<'a> {
    of: Vec<(FactKey, Vec<&'a Zone>, Areas<'a>)>,
}

impl<'a> Zones<'a> {
    fn new(town: &'a Town) -> Self {
        let facts: BTreeSet<FactKey> = town.zones.iter().map(|z| z.fact).collect();
        let of = |fact: FactKey| {
            let zones: Vec<&Zone> = town.zones.iter().filter(|z| z.fact == fact).collect();
            let areas = Areas::new(zones.iter().map(|z| z.area.as_slice()));
            (fact, zones, areas)
        };
        Self { of: facts.into_iter().map(of).collect() }
    }

    fn tell(&self, facts: &mut Facts<'_>) {
        for (fact, zones, areas) in &self.of {
            let within = areas.at(facts.given.at);
            let Some(zone) = zones.get(within.unwrap_or(0)) else { continue };
            facts.set(*fact, &zone.source, Method::Derived, |home| match fact {
                FactKey::ArcheologieHoog => home.archeologie_hoog = Some(within.is_some()),
                _ => home.gw_bescherming = Some(within.is_some()),
            });
        }
    }
}

struct Facts<'a> {
    home: Home,
    from: BTreeMap<FactKey, Provenance>,
    given: &'a Dwelling,
}

impl Facts<'_> {
    fn origin(&mut self, key: FactKey, source: &str, method: Method) {
        self.from.insert(key, Provenance { source: source.to_owned(), method });
    }

    /// What a source said of this dwelling itself comes first.
    fn given(&mut self) {
        self.home = self.given.facts.clone();
        for (key, source, method) in &self.given.origins {
            self.origin(*key, source, *method);
        }
    }

    /// Sets a fact, unless a source gave it.
    fn set(&mut self, key: FactKey, source: &str, method: Method, set: impl FnOnce(&mut Home)) {
        if self.home.fact(key).is_none() {
            set(&mut self.home);
            if self.home.fact(key).is_some() {
                self.origin(key, source, method);
            }
        }
    }

    /// The year, kind and number of homes of its building. A registered kind stays, but for the height of a flat.
    fn of_building(&mut self, b: &Building, kinds: &Kinds, place: usize, estimated: &Estimated, invented: bool) {
        let year_is = match estimated.get(&b.source) {
            _ if invented => Method::Invented,
            Some(keys) if keys.contains(&FactKey::Bj) => Method::Estimated,
            _ => Method::Registered,
        };
        self.set(FactKey::Bj, &b.source, year_is, |h| h.bj = b.year);
        let typ = kinds.typ[place];
        let unsure = kinds.sure[place].is_some_and(|(sure, _)| sure == Confidence::Laag);
        if self.home.typ == Some(Typology::Flat) && matches!(typ, Some(Typology::FlatLaag | Typology::FlatHoog)) {
            self.home.typ = None;
        }
        let typ_is = if unsure { Method::Estimated } else { Method::Derived };
        self.set(FactKey::Typ, &b.source, typ_is, |h| h.typ = typ);
        self.set(FactKey::Nvbo, &b.source, Method::Derived, |h| h.nvbo = Some(kinds.homes[place]));
    }

    /// The Standaard, where a height model measured the building.
    fn of_shape(&mut self, joined: &Joined, kinds: &Kinds, b: usize) {
        let Some(body) = joined.town.buildings[b].body.as_deref() else { return };
        let (Some(typ), Some(bj), Some(area)) = (self.home.typ, self.home.bj, self.home.area_m2) else { return };
        if self.given.panden.len() > 1 {
            // Only the shape of the first of its buildings is known to be a part of it.
            return;
        }
        let in_it = &joined.inhabitants[b];
        let all_area = || in_it.iter().map(|&d| joined.town.dwellings[d].facts.area_m2).sum::<Option<f64>>();
        let part = |surfaces: Option<Surfaces>| surfaces.zip(all_area()).map(|(s, all)| (s, all, Method::Estimated));
        let found = if in_it.len() == 1 {
            shape::of_building(body).map(|s| (s, area, Method::Derived))
        } else if kinds.homes[b] > 1 {
            let known = self.position(body, kinds, b).map(|s| (s, area, Method::Derived));
            known.or_else(|| part(shape::of_all_flats(body)))
        } else {
            part(shape::of_building(body))
        };
        let Some((surfaces, ag, method)) = found else { return };
        let inputs = [FactKey::Bj, FactKey::Typ, FactKey::AreaM2];
        let guessed = |key: &FactKey| self.from.get(key).is_some_and(|p| p.method == Method::Estimated);
        let method = if inputs.iter().any(guessed) { Method::Estimated } else { method };
        let value = standaard(typ, bj, surfaces.als(), ag).map(f64::from);
        self.set(FactKey::Std, &body.source, method, |h| h.std = value);
    }

    /// The surfaces of a flat whose place in its building is registered.
    fn position(&self, body: &Body, kinds: &Kinds, b: usize) -> Option<Surfaces> {
        let at = Position::from_subkind(&self.given.label.as_ref()?.subkind)?;
        shape::of_flat(body, kinds.homes[b], kinds.floors[b]?, at)
    }

    /// The cluster it is in: heat by key figures, so an estimate.
    fn of_cluster(&mut self, cluster: &Cluster) {
        let source = &self.given.source;
        let homes = cluster.homes.len() as u32;
        let members = if cluster.homes_assumed == 0 { Method::Derived } else { Method::Estimated };
        if cluster.homes_with_heat > 0 {
            let gj = cluster.gj.round();
            self.set(FactKey::ClusterGj, source, Method::Estimated, |h| h.cluster_gj = Some(gj));
        }
        self.set(FactKey::ClusterHomes, source, members, |h| h.cluster_homes = Some(homes));
    }

    /// The network of the plan area the home lies in; else that of a main within reach; else none, where there is a plan
    /// layer at all.
    fn of_plans(&mut self, plan: Option<&Plan>, mains: &Mains<'_>, town: &Town) {
        let wanted = plan.map(|p| p.kind);
        let near = mains.nearest(self.given.at, wanted.flatten(), assumptions().network.furthest);
        if let Some(plan) = plan {
            let source = plan.source.clone();
            self.set(FactKey::NetStatus, &source, Method::Derived, |h| h.net_status = Some(plan.status));
            self.set(FactKey::NetSoort, &source, Method::Derived, |h| h.net_soort = plan.kind);
            self.set(FactKey::NetStart, &source, Method::Derived, |h| h.net_start = plan.start);
            self.set(FactKey::AangewezenJaar, &source, Method::Derived, |h| h.aangewezen_jaar = plan.gas_ends);
        } else if let Some((network, _)) = near.filter(|(_, metres)| *metres <= assumptions().network.reach) {
            let source = network.source.clone();
            self.set(FactKey::NetStatus, &source, Method::Derived, |h| h.net_status = Some(network.status));
            self.set(FactKey::NetSoort, &source, Method::Derived, |h| h.net_soort = network.kind);
            self.set(FactKey::NetStart, &source, Method::Derived, |h| h.net_start = network.start);
        } else if let Some(layer) = town.plans.first() {
            self.set(FactKey::NetStatus, &layer.source, Method::Derived, |h| h.net_status = Some(NetStatus::Geen));
        }
        if let Some((network, metres)) = near {
            self.set(FactKey::DNet, &network.source, Method::Derived, |h| h.d_net = Some(metres.round()));
        }
    }
}

/// Homes per hectare for each dwelling: of its neighbourhood where that is known, else around it.
fn densities(town: &Town, neighbourhood: &[Option<usize>]) -> Vec<f64> {
    let hectares: Vec<f64> = town.neighbourhoods.iter().map(|n| area_of(&n.area) / 10_000.0).collect();
    let mut homes = vec![0.0; hectares.len()];
    for (dwelling, place) in town.dwellings.iter().zip(neighbourhood) {
        if let (true, Some(n)) = (dwelling.is_home, place) {
            homes[*n] += 1.0;
        }
    }
    let radius = assumptions().density.radius;
    let around = std::f64::consts::PI * radius * radius / 10_000.0;
    let points = if neighbourhood.iter().any(Option::is_none) {
        town.dwellings.iter().filter(|d| d.is_home).map(|d| d.at).collect()
    } else {
        Vec::new()
    };
    let tree = rstar::RTree::bulk_load(points);
    town.dwellings
        .par_iter()
        .zip(neighbourhood)
        .map(|(dwelling, place)| match place {
            Some(n) => homes[*n] / hectares[*n].max(0.01),
            None => tree.locate_within_distance(dwelling.at, radius * radius).count() as f64 / around,
        })
        .map(f64::round)
        .collect()
}

fn height(joined: &Joined, kinds: &Kinds, b: usize) -> (u16, HeightKind) {
    let building = &joined.town.buildings[b];
    let dm = |metres: f64| (metres * 10.0).round().clamp(1.0, f64::from(u16::MAX)) as u16;
    if let Some(metres) = building.height_m {
        return (dm(metres), HeightKind::Measured);
    }
    let a = assumptions();
    let area = kinds.footprint[b];
    let metres = match (kinds.homes[b], kinds.typ[b]) {
        (1, Some(typ)) => a.height.house(typ, building.year, area),
        (homes @ 1.., _) => {
            let shops = joined.inhabitants[b].len() > homes as usize;
            let flats =
                FlatBuilding { homes, shops, known_area: kinds.floor_area[b], footprint: area, year: building.year };
            // A few homes in a large hall do not make it lower than a hall.
            a.flats.height(&flats).max(a.height.without_home(area))
        }
        _ if joined.inhabitants[b].is_empty() => a.height.without_address(area),
        _ => a.height.without_home(area),
    };
    (dm(metres), HeightKind::Assumed)
}

#[cfg(test)]
mod tests {
    use gasvrij3d::home::{PandId, VboId};

    use super::*;
    use crate::model::LabelRecord;

    /// A building of 10 by 10 m with these homes of 80 m², and its shape as a height model has it.
    fn town(homes: u64, year: u16) -> Town {
        let body = Body {
            outer_wall_m2: Some(200.0),
            flat_roof_m2: Some(100.0),
            sloped_roof_m2: Some(0.0),
            ground_m2: Some(100.0),
            source: "3dbag".into(),
            ..Body::default()
        };
        let pand = PandId(1);
        let footprint = vec![vec![vec![[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]]]];
        let dwelling = |i| Dwelling {
            id: VboId(i + 1),
            at: [5.0, 5.0],
            panden: vec![pand],
            is_home: true,
            facts: Home { area_m2: Some(80.0), ..Home::default() },
            source: "bag".into(),
            ..Dwelling::default()
        };
        Town {
            buildings: vec![Building {
                id: pand,
                footprint,
                year: Some(year),
                body: Some(Box::new(body)),
                source: "bag".into(),
                ..Building::default()
            }],
            dwellings: (0..homes).map(dwelling).collect(),
            ..Town::default()
        }
    }

    fn first(town: Town, estimated: &Estimated) -> (Home, Origins) {
        let joined = crate::join::join(town, Vec::new(), &mut Vec::new());
        let derived = derive(&joined, &crate::typology::derive(&joined), estimated);
        (derived.homes[0].clone(), derived.origins[0].clone())
    }

    fn standard(town: Town) -> (Option<f64>, Option<Method>) {
        let (home, origins) = first(town, &Estimated::new());
        (home.std, origins.0.get(&FactKey::Std).map(|p| p.method))
    }

    #[test]
    fn a_detached_home_has_its_standaard_from_its_own_walls() {
        // 200 + 100 + 0.7 × 100 = 370 m² on 80 m² is 4.625: 43 + 40 × 3.625 = 188, before 1946 60 + 105 × 3.625 = 440.6.
        assert_eq!(standard(town(1, 1970)), (Some(188.0), Some(Method::Derived)));
        assert_eq!(standard(town(1, 1930)), (Some(441.0), Some(Method::Derived)));
        let mut without = town(1, 1970);
        without.dwellings[0].facts.area_m2 = None;
        assert_eq!(standard(without), (None, None));
        let mut given = town(1, 1970);
        given.dwellings[0].facts.std = Some(61.0);
        given.dwellings[0].origins = vec![(FactKey::Std, "ep-online".into(), Method::Registered)];
        assert_eq!(standard(given), (Some(61.0), Some(Method::Registered)));
        let guessed = Estimated::from([("bag".to_owned(), BTreeSet::from([FactKey::Bj]))]);
        assert_eq!(first(town(1, 1970), &guessed).1.0[&FactKey::Std].method, Method::Estimated);
    }

    #[test]
    fn a_flat_has_its_part_of_the_building_or_that_of_its_place() {
        // Eight homes on seven floors: 0.95 × 200 + 100 + 70 = 360 m² on 640 m²: below 1, so 45. An estimate.
        assert_eq!(standard(town(8, 1970)), (Some(45.0), Some(Method::Estimated)));
        // Under the roof, at the corner: 27.1 × 3/3.43 + 87.5 m² on 80 m² is 1.39: 45 + 45 × 0.39.
        let mut at_the_top = town(8, 1970);
        let label = LabelRecord { subkind: "Hoekdak".into(), ..LabelRecord::default() };
        at_the_top.dwellings[0].label = Some(Box::new(label));
        let floors = 7.0;
        let on_floor = 8.0 / floors;
        let x = (190.0 / floors * 3.0 / (on_floor * 3.0) + 100.0 / on_floor) / 80.0;
        let (std, method) = standard(at_the_top);
        assert_eq!((std, method), (Some((45.0 + 45.0 * (x - 1.0) + 0.5f64).floor()), Some(Method::Derived)));
        let mut one_unknown = town(8, 1970);
        one_unknown.dwellings[5].facts.area_m2 = None;
        assert_eq!(standard(one_unknown), (None, None));
    }

    #[test]
    fn a_registered_kind_stays_and_a_registered_flat_gets_its_height() {
        let registered = |homes, typ| {
            let mut town = town(homes, 1970);
            town.dwellings[0].facts.typ = Some(typ);
            town.dwellings[0].origins = vec![(FactKey::Typ, "ep-online".into(), Method::Registered)];
            let (home, origins) = first(town, &Estimated::new());
            (home.typ, origins.0[&FactKey::Typ].method)
        };
        assert_eq!(registered(1, Typology::Hoek), (Some(Typology::Hoek), Method::Registered));
        assert_eq!(registered(8, Typology::Flat), (Some(Typology::FlatHoog), Method::Derived));
        assert_eq!(registered(3, Typology::Flat), (Some(Typology::FlatLaag), Method::Derived));
        assert_eq!(registered(1, Typology::Flat), (Some(Typology::Flat), Method::Registered));
    }
}
