//! Checks of the whole town: what is in it, where it stands, and that a seed always gives the same.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use gasvrij3d::geo::{Rd, is_rd};
use gasvrij3d::home::{FactKey, Method};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::geometry::{contains, distance, dot, overlap, sub};
use super::params::{Kind, built_in};
use super::*;
use crate::model::Building;

static QUARTER: LazyLock<Town> = LazyLock::new(|| generate(Size::Quarter, 1).unwrap());
static WHOLE: LazyLock<Town> = LazyLock::new(|| generate(Size::Whole, 1).unwrap());

type Boxes = RTree<GeomWithData<Rectangle<Rd>, usize>>;

fn boxes<'a>(rings: impl Iterator<Item = &'a Vec<Rd>>) -> Boxes {
    let of = |(i, ring): (usize, &Vec<Rd>)| {
        let bounds: AABB<Rd> = AABB::from_points(ring.iter());
        GeomWithData::new(Rectangle::from_aabb(bounds), i)
    };
    RTree::bulk_load(rings.enumerate().map(of).collect())
}

fn ring(building: &Building) -> &Vec<Rd> {
    &building.footprint[0][0]
}

fn homes(town: &Town) -> usize {
    town.dwellings.iter().filter(|d| d.is_home).count()
}

#[test]
fn both_sizes_have_the_homes_that_they_promise() {
    for seed in [1, 2, 3, 77] {
        let town = generate(Size::Quarter, seed).unwrap();
        assert!((1_900..=2_200).contains(&homes(&town)), "seed {seed}: {}", homes(&town));
    }
    assert!((75_000..=77_000).contains(&homes(&WHOLE)), "{}", homes(&WHOLE));
}

#[test]
fn a_seed_always_gives_the_same_town_and_another_seed_another() {
    let print = |town: &Town| format!("{town:?}");
    let again = generate(Size::Quarter, 1).unwrap();
    assert_eq!(print(&again), print(&QUARTER));
    assert_ne!(print(&generate(Size::Quarter, 2).unwrap()), print(&QUARTER));
}

#[test]
fn the_description_is_whole() {
    let params = built_in().unwrap();
    for (name, layout) in &params.sizes {
        for plan in [&layout.north, &layout.south] {
            assert_eq!(plan.len() + 1, layout.rings.len(), "{name}: one row of kinds between each two rings");
            assert!(plan.iter().all(|row| row.len() == layout.spokes), "{name}: one cell between each two spokes");
            let mut kinds = plan.iter().flatten().flatten();
            assert!(kinds.all(|kind| params.kinds.contains_key(kind)), "{name}: each kind is described");
        }
        assert_eq!(layout.ring_roads.len() + 1, layout.rings.len(), "{name}: a road on each ring but the last");
    }
}

fn no_two_overlap(town: &Town) {
    let index = boxes(town.buildings.iter().map(ring));
    for (i, building) in town.buildings.iter().enumerate() {
        let bounds: AABB<Rd> = AABB::from_points(ring(building).iter());
        for other in index.locate_in_envelope_intersecting(bounds).filter(|other| other.data > i) {
            let other = &town.buildings[other.data];
            assert!(!overlap(ring(building), ring(other), 0.05), "{} lies over {}", building.id, other.id);
        }
    }
}

#[test]
fn no_two_panden_overlap() {
    no_two_overlap(&QUARTER);
    (2..5).for_each(|seed| no_two_overlap(&generate(Size::Quarter, seed).unwrap()));
    no_two_overlap(&WHOLE);
}

#[test]
fn each_dwelling_lies_in_its_pand() {
    for town in [&*QUARTER, &*WHOLE] {
        let panden: HashMap<_, _> = town.buildings.iter().map(|b| (b.id, b)).collect();
        for dwelling in &town.dwellings {
            let pand = panden[&dwelling.panden[0]];
            assert!(contains(ring(pand), dwelling.at), "{} lies outside its pand {}", dwelling.address, pand.id);
        }
    }
}

fn no_pand_in_water(town: &Town) {
    let index = boxes(town.water.iter().map(|(_, polygon)| &polygon[0]));
    for building in &town.buildings {
        for &p in ring(building) {
            let here = index.locate_in_envelope_intersecting(AABB::from_point(p));
            let wet = here.map(|b| &town.water[b.data]).find(|(_, water)| contains(&water[0], p));
            assert!(wet.is_none(), "pand {} stands in the {:?} at {p:?}", building.id, wet.map(|w| w.0));
        }
    }
}

#[test]
fn no_pand_stands_in_water() {
    no_pand_in_water(&QUARTER);
    (2..5).for_each(|seed| no_pand_in_water(&generate(Size::Quarter, seed).unwrap()));
    no_pand_in_water(&WHOLE);
}

fn from_line(p: Rd, a: Rd, b: Rd) -> f64 {
    let d = sub(b, a);
    let t = (dot(sub(p, a), d) / dot(d, d).max(1e-9)).clamp(0.0, 1.0);
    distance(p, [a[0] + d[0] * t, a[1] + d[1] * t])
}

fn no_pand_on_a_road(town: &Town) {
    let index = boxes(town.roads.iter().map(|road| &road.line));
    for building in &town.buildings {
        for &p in ring(building) {
            let near = AABB::from_corners([p[0] - 8.0, p[1] - 8.0], [p[0] + 8.0, p[1] + 8.0]);
            for road in index.locate_in_envelope_intersecting(near).map(|b| &town.roads[b.data]) {
                // A footpath in a park may pass under the eaves of a hut.
                if road.name.is_empty() {
                    continue;
                }
                let half = f64::from(road.class.width_m()) / 2.0;
                let on = road.line.windows(2).any(|w| from_line(p, w[0], w[1]) < half);
                assert!(!on, "pand {} stands on {} at {p:?}", building.id, road.name);
            }
        }
    }
}

#[test]
fn no_pand_stands_on_a_road() {
    no_pand_on_a_road(&QUARTER);
    (2..5).for_each(|seed| no_pand_on_a_road(&generate(Size::Quarter, seed).unwrap()));
    no_pand_on_a_road(&WHOLE);
}

#[test]
fn ids_and_addresses_are_given_once() {
    for town in [&*QUARTER, &*WHOLE] {
        let panden: BTreeSet<_> = town.buildings.iter().map(|b| b.id).collect();
        assert_eq!(panden.len(), town.buildings.len());
        let dwellings: BTreeSet<_> = town.dwellings.iter().map(|d| d.id).collect();
        assert_eq!(dwellings.len(), town.dwellings.len());
        let mut addresses = BTreeSet::new();
        for dwelling in &town.dwellings {
            assert!(addresses.insert(&dwelling.address), "{} stands twice", dwelling.address);
            assert!(dwelling.address.postcode.starts_with('0') && dwelling.address.postcode.len() == 6);
        }
        assert!(town.buildings.iter().all(|b| b.id.to_string().starts_with("899910")));
        assert!(town.dwellings.iter().all(|d| d.id.to_string().starts_with("899901")));
    }
}

#[test]
fn odd_and_even_numbers_stand_on_opposite_sides() {
    let mut sides: BTreeMap<(&str, u32), BTreeSet<&str>> = BTreeMap::new();
    for dwelling in &QUARTER.dwellings {
        let side = sides.entry((&dwelling.address.street, dwelling.address.number % 2)).or_default();
        side.insert(&dwelling.address.postcode);
    }
    assert!(sides.values().all(|postcodes| postcodes.len() == 1), "one postcode a side of a street");
}

#[test]
fn every_input_of_the_rules_occurs_and_is_sometimes_missing() {
    use FactKey::{ArcheologieHoog, AreaM2, Block, DRear, Garage, GwBescherming, Lab, Mon, Own, Q, SpaceGround, Std};
    for town in [&*QUARTER, &*WHOLE] {
        let homes: Vec<_> = town.dwellings.iter().filter(|d| d.is_home).collect();
        for key in [Own, Lab, Q, Std, Mon, Block, Garage, SpaceGround, DRear, AreaM2, GwBescherming, ArcheologieHoog] {
            let values: BTreeSet<String> = homes.iter().map(|d| format!("{:?}", d.facts.fact(key))).collect();
            assert!(values.contains("None"), "{key:?} is known of every home");
            assert!(values.len() >= 3, "{key:?} is always the same: {values:?}");
        }
        for dwelling in &homes {
            let named: BTreeSet<_> = dwelling.origins.iter().map(|(key, ..)| *key).collect();
            let known: BTreeSet<_> =
                FactKey::ALL.iter().copied().filter(|k| dwelling.facts.fact(*k).is_some()).collect();
            assert_eq!(named, known);
            assert!(dwelling.origins.iter().all(|(_, source, m)| source == "modelstad" && *m == Method::Invented));
            assert_eq!(dwelling.facts.q.is_some(), dwelling.facts.std.is_some());
            assert!(dwelling.facts.q.is_none() || dwelling.facts.lab.is_some());
        }
    }
}

#[test]
fn homes_of_every_time_and_form_occur() {
    for town in [&*QUARTER, &*WHOLE] {
        let years: HashMap<_, _> = town.buildings.iter().map(|b| (b.id, b.year)).collect();
        let mut in_pand: BTreeMap<_, usize> = BTreeMap::new();
        let homes = town.dwellings.iter().filter(|d| d.is_home);
        homes.clone().for_each(|d| *in_pand.entry(d.panden[0]).or_default() += 1);
        let all = homes.clone().count() as f64;
        for (from, to) in
            [(1000, 1894), (1895, 1945), (1946, 1964), (1965, 1975), (1976, 1991), (1992, 2005), (2006, 2030)]
        {
            let of = homes.clone().filter(|d| years[&d.panden[0]].is_some_and(|y| (from..=to).contains(&y))).count();
            assert!(of as f64 / all > 0.012, "{}: {of} homes of {from}-{to}", town.buildings.len());
        }
        assert!(in_pand.values().any(|&n| n == 1) && in_pand.values().any(|&n| n >= 50));
        assert!(in_pand.values().any(|&n| n == 2) && in_pand.values().any(|n| (5..=16).contains(n)));
        let tallest = town.buildings.iter().filter_map(|b| b.height_m).fold(0.0, f64::max);
        assert!(tallest > 55.0, "the church tower is missing: {tallest}");
        let other = town.dwellings.iter().filter(|d| !d.is_home).count();
        assert!(other as f64 > 0.01 * all, "{other} shops, schools and halls");
        let sheds = town.buildings.iter().filter(|b| b.height_m == Some(2.6)).count();
        assert!(sheds > 50, "{sheds} sheds");
    }
}

#[test]
fn neighbours_in_a_row_share_the_ends_of_their_wall() {
    let corner = |p: &Rd| p.map(|v| (v * 1000.0).round() as i64);
    let mut at: HashMap<_, usize> = HashMap::new();
    QUARTER.buildings.iter().flat_map(ring).for_each(|p| *at.entry(corner(p)).or_default() += 1);
    let shared = at.values().filter(|&&n| n >= 2).count();
    assert!(shared > QUARTER.buildings.len() / 2, "{shared} shared corners");
}

#[test]
fn heat_networks_of_every_state_have_their_areas() {
    use gasvrij3d::home::{NetKind, NetStatus};
    for town in [&*QUARTER, &*WHOLE] {
        let states: BTreeSet<_> = town.plans.iter().map(|p| (p.status, p.kind)).collect();
        assert!(states.contains(&(NetStatus::Beschikbaar, Some(NetKind::Mt))), "{states:?}");
        assert!(states.contains(&(NetStatus::Gepland, Some(NetKind::Mt))), "{states:?}");
        assert!(states.contains(&(NetStatus::Onderzoek, Some(NetKind::Lt))), "{states:?}");
        assert!(states.iter().any(|s| s.1 == Some(NetKind::Zlt)), "{states:?}");
        let mains = town.networks.iter().flat_map(|n| &n.lines);
        assert!(mains.clone().count() > 10 && mains.clone().all(|line| line.len() >= 2));
    }
    assert!(WHOLE.plans.iter().any(|p| p.gas_ends == Some(2031)) && WHOLE.plans.iter().any(|p| p.gas_ends.is_none()));
    assert!(
        QUARTER.plans.iter().any(|p| p.gas_ends == Some(2031)) && QUARTER.plans.iter().any(|p| p.gas_ends.is_none())
    );
}

#[test]
fn everything_lies_in_rd_and_within_the_border() {
    for town in [&*QUARTER, &*WHOLE] {
        let border = &town.border[0][0];
        for building in &town.buildings {
            assert!(ring(building).iter().all(|&p| is_rd(p) && contains(border, p)), "{}", building.id);
            assert!(super::geometry::area(ring(building)) > 4.0, "{} has no area", building.id);
            assert!(building.height_m.is_some_and(|h| h >= 2.0));
        }
    }
}

#[test]
fn every_home_lies_in_one_neighbourhood() {
    for town in [&*QUARTER, &*WHOLE] {
        let index = boxes(town.neighbourhoods.iter().map(|n| &n.area[0][0]));
        for dwelling in &town.dwellings {
            let here = index.locate_in_envelope_intersecting(AABB::from_point(dwelling.at));
            let n = here.filter(|n| contains(&town.neighbourhoods[n.data].area[0][0], dwelling.at)).count();
            assert_eq!(n, 1, "{} lies in {n} neighbourhoods", dwelling.address);
        }
        let names: BTreeSet<_> = town.neighbourhoods.iter().map(|n| &n.name).collect();
        assert_eq!(names.len(), town.neighbourhoods.len());
    }
}

#[test]
fn a_kind_has_shares_that_make_one() {
    let params = built_in().unwrap();
    for (kind, spec) in &params.kinds {
        if !spec.homes.is_empty() {
            assert!((spec.homes.iter().sum::<f64>() - 1.0).abs() < 1e-6, "{kind:?}");
            assert!((spec.own.values().sum::<f64>() - 1.0).abs() < 1e-6, "{kind:?}");
        }
    }
    assert!(params.kinds.contains_key(&Kind::Centrum));
}
