//! Heat networks and plan areas: which quarters they serve, and their mains along the streets.

use gasvrij3d::tile::{Decision, Technique};

use crate::model::{HeatNetwork, Plan};

use super::geometry::{distance, middle};
use super::params::HeatPlan;
use super::site::{SOURCE, Site};

/// Mains lie this far from the middle of the roads around a quarter, metres.
const BESIDE: f64 = 3.0;

/// Draws the networks and areas of the description.
pub fn lay(site: &mut Site) {
    let mut served = vec![false; site.quarters.len()];
    for plan in &site.params.heat {
        for (i, quarter) in quarters_of(site, plan).into_iter().enumerate() {
            // One quarter, one plan: the first that names it.
            if std::mem::replace(&mut served[quarter], true) {
                continue;
            }
            let ring = site.bend_ring(&site.quarters[quarter].cell.corners);
            site.town.plans.push(Plan {
                name: plan.area.clone(),
                kind: Some(plan.kind),
                status: plan.status,
                start: plan.start,
                gas_ends: plan.gas_ends,
                technique: Some(Technique::HeatNetwork),
                stage: plan.stage,
                end: plan.end,
                decision: Decision { title: plan.decision.clone(), url: String::new(), date: plan.decided.clone() },
                uncertain: plan.unsure.clone(),
                uncertain_en: plan.unsure_en.clone(),
                area: vec![vec![ring]],
                source: SOURCE.to_owned(),
            });
            if plan.mains {
                let lines = mains(site, quarter);
                let name = if i == 0 { plan.name.clone() } else { format!("{}, deel {}", plan.name, i + 1) };
                site.town.networks.push(HeatNetwork {
                    name,
                    kind: Some(plan.kind),
                    status: plan.status,
                    start: plan.start,
                    lines,
                    source: SOURCE.to_owned(),
                });
            }
        }
    }
}

/// The first quarter of the plan and those of its kind nearest to it.
fn quarters_of(site: &Site, plan: &HeatPlan) -> Vec<usize> {
    let mut all: Vec<usize> = (0..site.quarters.len()).filter(|&i| site.quarters[i].kind == plan.serves).collect();
    let Some(last) = all.len().checked_sub(1) else { return all };
    let first = all[(plan.from * last as f64).round() as usize];
    let place = |i: usize| middle(&site.quarters[i].cell.corners);
    all.sort_by(|&a, &b| distance(place(a), place(first)).total_cmp(&distance(place(b), place(first))));
    all.truncate(((plan.share * all.len() as f64).round() as usize).max(1));
    all
}

/// A main beside each road around the quarter and under each street in it.
fn mains(site: &Site, quarter: usize) -> Vec<Vec<[f64; 2]>> {
    let quarter = &site.quarters[quarter];
    let mut lines = Vec::new();
    if let Some(cell) = quarter.cell.inset(|_| BESIDE) {
        let n = cell.corners.len();
        let roads = (0..n).filter(|&i| cell.edges[i].segment.is_some());
        lines.extend(roads.map(|i| site.bend(&[cell.corners[i], cell.corners[(i + 1) % n]])));
    }
    lines.extend(site.town.roads[quarter.roads.clone()].iter().map(|road| road.line.clone()));
    lines
}
