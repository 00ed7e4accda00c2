//! Every plan and heat network of the town in one small file, so that a page about plans needs no tile.

use std::collections::{BTreeMap, BTreeSet};

use gasvrij3d::figures::{Network, Plan, Plans};
use gasvrij3d::home::NetStatus;

use super::Counts;
use crate::allowlist::least;
use crate::cluster::streets::distance;
use crate::groups::told_both_ways;
use crate::join::{Areas, Joined};
use crate::model;

/// Where nothing is planned.
const NONE: &str = "geen";

/// The plans of a town. `place` is the neighbourhood of each dwelling.
pub fn plans(joined: &Joined, place: &[Option<usize>]) -> Plans {
    let town = &joined.town;
    let areas = Areas::new(town.plans.iter().map(|p| p.area.as_slice()));
    let mut homes = vec![0; town.plans.len()];
    let mut buurten: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); town.plans.len()];
    for (dwelling, place) in town.dwellings.iter().zip(place).filter(|(d, _)| d.is_home) {
        if let Some(plan) = areas.at(dwelling.at) {
            homes[plan] += 1;
            buurten[plan].extend(place.map(|n| town.neighbourhoods[n].code.as_str()).filter(|code| !code.is_empty()));
        }
    }
    let mut merged: Vec<(Plan, u32, BTreeSet<&str>)> = Vec::new();
    for (plan, (homes, codes)) in town.plans.iter().zip(homes.into_iter().zip(buurten)) {
        let plan = of_plan(plan);
        // Areas that agree in everything are one plan.
        if let Some(same) = merged.iter_mut().find(|(known, _, _)| *known == plan) {
            same.1 += homes;
            same.2.extend(codes);
        } else {
            merged.push((plan, homes, codes));
        }
    }
    let told = |(plan, homes, codes): (Plan, u32, BTreeSet<&str>)| Plan {
        woningen: (homes >= least()).then_some(homes),
        buurten: codes.into_iter().map(str::to_owned).collect(),
        ..plan
    };
    let mut plannen: Vec<Plan> = merged.into_iter().map(told).collect();
    plannen.sort_by(|a, b| (a.years().is_none(), a.years(), &a.naam).cmp(&(b.years().is_none(), b.years(), &b.naam)));
    Plans { plannen, netten: networks(&town.networks), vorige: None }
}

/// For each neighbourhood its homes by the name of the plan that they lie in. The homes of a plan are told as a whole too.
pub fn by_neighbourhood(joined: &Joined, place: &[Option<usize>]) -> Vec<Counts> {
    let town = &joined.town;
    let areas = Areas::new(town.plans.iter().map(|p| p.area.as_slice()));
    // Homes outside of all neighbourhoods are a row too: they are in the whole of a plan.
    let mut rows: Vec<BTreeMap<String, u32>> = vec![BTreeMap::new(); town.neighbourhoods.len() + 1];
    for (dwelling, place) in town.dwellings.iter().zip(place).filter(|(d, _)| d.is_home) {
        let plan = areas.at(dwelling.at).map_or(NONE, |plan| town.plans[plan].name.as_str());
        *rows[place.unwrap_or(town.neighbourhoods.len())].entry(plan.to_owned()).or_default() += 1;
    }
    let mut told = told_both_ways(&rows);
    told.pop();
    told
}

fn of_plan(plan: &model::Plan) -> Plan {
    Plan {
        naam: plan.name.clone(),
        techniek: plan.technique,
        fase: plan.stage,
        net_soort: plan.kind,
        net_status: (plan.status != NetStatus::Geen).then_some(plan.status),
        start: plan.start,
        eind: plan.end,
        aangewezen_jaar: plan.gas_ends,
        besluit: plan.decision.title.clone(),
        besluit_url: plan.decision.url.clone(),
        besluit_datum: plan.decision.date.clone(),
        onzeker: plan.uncertain.clone(),
        onzeker_en: plan.uncertain_en.clone(),
        bron: plan.source.clone(),
        ..Plan::default()
    }
}

/// Parts of a network differ in what comes after a comma in its name.
fn networks(all: &[model::HeatNetwork]) -> Vec<Network> {
    let mut found: BTreeMap<(NetStatus, Option<u16>, &str), Network> = BTreeMap::new();
    for network in all.iter().filter(|n| n.status != NetStatus::Geen) {
        let naam = network.name.split(", deel ").next().unwrap_or_default();
        let known = found.entry((network.status, network.start, naam)).or_insert_with(|| Network {
            naam: naam.to_owned(),
            net_soort: network.kind,
            net_status: Some(network.status),
            start: network.start,
            lengte_m: 0.0,
            bron: network.source.clone(),
        });
        known.lengte_m +=
            network.lines.iter().flat_map(|line| line.windows(2)).map(|p| distance(p[0], p[1])).sum::<f64>();
    }
    found.into_values().map(|n| Network { lengte_m: n.lengte_m.round(), ..n }).collect()
}

#[cfg(test)]
mod tests {
    use gasvrij3d::home::{NetKind, VboId};
    use gasvrij3d::tile::{Decision, Technique};

    use super::*;
    use crate::model::{Dwelling, HeatNetwork, Neighbourhood, Town};

    fn square(x: f64) -> Vec<Vec<Vec<[f64; 2]>>> {
        vec![vec![vec![[x, 0.0], [x + 100.0, 0.0], [x + 100.0, 100.0], [x, 100.0]]]]
    }

    fn plan(name: &str, start: Option<u16>, x: f64) -> model::Plan {
        model::Plan {
            name: name.into(),
            technique: Some(Technique::HeatNetwork),
            stage: None,
            kind: Some(NetKind::Lt),
            status: NetStatus::Gepland,
            start,
            gas_ends: None,
            end: None,
            decision: Decision::default(),
            uncertain: String::new(),
            uncertain_en: String::new(),
            area: square(x),
            source: "plan".into(),
        }
    }

    #[test]
    fn two_areas_of_one_plan_are_one_and_nine_homes_are_not_told() {
        let home = |i: u64, x: f64| Dwelling { id: VboId(i + 1), at: [x, 50.0], is_home: true, ..Dwelling::default() };
        let town = Town {
            plans: vec![
                plan("Ramplaan", Some(2030), 0.0),
                plan("Ramplaan", Some(2030), 200.0),
                plan("Later", None, 400.0),
            ],
            neighbourhoods: vec![Neighbourhood {
                code: "BU03920501".into(),
                area: square(0.0),
                ..Neighbourhood::default()
            }],
            dwellings: (0..12)
                .map(|i| home(i, if i < 11 { 10.0 } else { 210.0 }))
                .chain((12..21).map(|i| home(i, 410.0)))
                .collect(),
            ..Town::default()
        };
        let place: Vec<Option<usize>> = (0..21).map(|i| (i < 11).then_some(0)).collect();
        let joined = crate::join::join(town, Vec::new(), &mut Vec::new());
        let Plans { plannen, .. } = plans(&joined, &place);
        let told: Vec<_> = plannen.iter().map(|p| (p.naam.as_str(), p.woningen, p.buurten.len())).collect();
        assert_eq!(told, [("Ramplaan", Some(12), 1), ("Later", None, 0)]);
        // Eleven of its twelve homes: the twelfth would follow.
        assert_eq!(by_neighbourhood(&joined, &place), [Counts::from([("Ramplaan".to_owned(), None)])]);
        let all_inside: Vec<Option<usize>> = (0..21).map(|i| (i < 12).then_some(0)).collect();
        let told = by_neighbourhood(&joined, &all_inside);
        assert_eq!(told, [Counts::from([("Ramplaan".to_owned(), Some(12))])]);
    }

    #[test]
    fn the_parts_of_a_network_are_one() {
        let part = |name: &str, status| HeatNetwork {
            name: name.into(),
            kind: Some(NetKind::Mt),
            status,
            start: None,
            lines: vec![vec![[0.0, 0.0], [60.0, 80.0]]],
            source: "plan".into(),
        };
        let all = [
            part("Net Oost", NetStatus::Gepland),
            part("Net Oost, deel 2", NetStatus::Gepland),
            part("Niets", NetStatus::Geen),
        ];
        let netten = networks(&all);
        assert_eq!(netten.len(), 1);
        assert_eq!((netten[0].naam.as_str(), netten[0].lengte_m), ("Net Oost", 200.0));
    }
}
