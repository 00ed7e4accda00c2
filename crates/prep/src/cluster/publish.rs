//! Clusters as a layer of the data set, for an overlay on the map. What stands here is all that is published of them.

use std::collections::BTreeMap;

use gasvrij3d::geo::Rd;
use serde::Serialize;

use super::limits::{Limit, limits, table};
use super::{Cluster, Verdict, streets_of};
use crate::geometry::{EMPTY, bounds_of, with_point};
use crate::groups::part;
use crate::join::Joined;

/// The file. Lengths in metres, RD New.
#[derive(Serialize)]
pub struct Layer<'a> {
    /// `EPSG:28992`.
    crs: &'static str,
    /// The limits that were used, with their sources.
    grenzen: &'a BTreeMap<String, Limit>,
    /// The clusters of at least `minst_gepubliceerd` homes, most heat first.
    clusters: Vec<Shown>,
    /// How many smaller ones there are, and how many homes in them together.
    niet_getoond: [usize; 2],
}

/// One cluster.
#[derive(Serialize)]
struct Shown {
    /// Streets with at least ten of its homes.
    straten: Vec<String>,
    /// `[min x, min y, max x, max y]` of its buildings.
    vak: [f64; 4],
    panden: usize,
    woningen: usize,
    /// Homes of which no owner is known: they count because their building has many homes ("aanname"). `null` where
    /// these or the others would be a small group; so for the homes with a known heat.
    woningen_aanname: Option<u32>,
    woningen_met_warmtevraag: Option<u32>,
    gj_jaar: f64,
    piek_kw: f64,
    sleuf_straat_m: f64,
    sleuf_recht_m: f64,
    aansluitingen_m: f64,
    mwh_per_m_jaar: f64,
    oordeel: Verdict,
    /// Up to the size that the law calls a small system.
    klein_stelsel: bool,
    /// Large enough for the national subsidy.
    wis: bool,
    /// Where the trench lies, points in order; only where a network comes into question.
    sleuf: Vec<Vec<Rd>>,
}

impl Layer<'_> {
    /// The layer of these clusters.
    pub fn new(clusters: &[Cluster], joined: &Joined) -> Self {
        let large = |c: &&Cluster| c.homes.len() as f64 >= limits().least_published;
        let mut shown: Vec<&Cluster> = clusters.iter().filter(large).collect();
        shown.sort_by(|a, b| b.gj.total_cmp(&a.gj).then(a.panden.cmp(&b.panden)));
        let small = clusters.iter().filter(|c| !large(c));
        let hidden = small.fold([0, 0], |[n, homes], c| [n + 1, homes + c.homes.len()]);
        // A few homes would be a small group again.
        let hidden = if hidden[1] as f64 >= limits().least_published { hidden } else { [0, 0] };
        Self {
            crs: "EPSG:28992",
            grenzen: table(),
            clusters: shown.into_iter().map(|c| show(c, joined)).collect(),
            niet_getoond: hidden,
        }
    }
}

fn show(c: &Cluster, joined: &Joined) -> Shown {
    let mut bounds = EMPTY;
    for &b in &c.panden {
        let [x0, y0, x1, y1] = bounds_of(&joined.town.buildings[b].footprint);
        bounds = with_point(with_point(bounds, [x0, y0]), [x1, y1]);
    }
    let possible = matches!(c.verdict, Verdict::Goed | Verdict::Mogelijk);
    Shown {
        straten: streets_of(c, joined),
        vak: bounds.map(round1),
        panden: c.panden.len(),
        woningen: c.homes.len(),
        woningen_aanname: part(c.homes_assumed as usize, c.homes.len()),
        woningen_met_warmtevraag: part(c.homes_with_heat as usize, c.homes.len()),
        gj_jaar: c.gj.round(),
        piek_kw: c.peak_kw.round(),
        sleuf_straat_m: c.trench.street_m.round(),
        sleuf_recht_m: c.trench.direct_m.round(),
        aansluitingen_m: c.connections_m,
        mwh_per_m_jaar: (c.mwh_per_m * 100.0).round() / 100.0,
        oordeel: c.verdict,
        klein_stelsel: c.is_small_system(),
        wis: c.has_subsidy_size(),
        sleuf: if possible { chained(&c.trench.lines) } else { Vec::new() },
    }
}

fn round1(metres: f64) -> f64 {
    (metres * 10.0).round() / 10.0
}

/// Stretches put together to lines, to a decimetre.
fn chained(stretches: &[[Rd; 2]]) -> Vec<Vec<Rd>> {
    let key = |p: Rd| p.map(|v| (v * 10.0).round() as i64);
    let mut at: BTreeMap<[i64; 2], Vec<usize>> = BTreeMap::new();
    for (i, ends) in stretches.iter().enumerate() {
        for end in ends {
            at.entry(key(*end)).or_default().push(i);
        }
    }
    let mut used = vec![false; stretches.len()];
    let mut lines = Vec::new();
    // From each end and crossing; a ring cannot be left over, since a trench is a tree.
    let starts: Vec<[i64; 2]> = at.iter().filter(|(_, s)| s.len() != 2).map(|(p, _)| *p).collect();
    for start in starts {
        for &first in &at[&start] {
            let (mut point, mut next) = (start, Some(first));
            let mut line = vec![start];
            while let Some(stretch) = next.filter(|s| !std::mem::replace(&mut used[*s], true)) {
                let [a, b] = stretches[stretch].map(key);
                point = if a == point { b } else { a };
                line.push(point);
                let here = &at[&point];
                next = if here.len() == 2 { here.iter().copied().find(|s| !used[*s]) } else { None };
            }
            if line.len() > 1 {
                lines.push(line.into_iter().map(|p| p.map(|v| v as f64 / 10.0)).collect());
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trench_with_a_side_arm_is_three_lines_from_the_crossing() {
        let stretches =
            [[[0.0, 0.0], [1.0, 0.0]], [[2.0, 0.0], [1.0, 0.0]], [[2.0, 0.0], [3.0, 0.0]], [[2.0, 0.0], [2.0, 5.0]]];
        let mut lines = chained(&stretches);
        lines.sort_by_key(Vec::len);
        assert_eq!(lines.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 3]);
        assert_eq!(lines[2], [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]]);
    }
}
