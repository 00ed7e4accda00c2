//! Cuts context to tiles: polygons and lines against a half-plane, four of which are a tile.
//!
//! A polygon is cut the exact way: the stretches inside are joined along the cut in pairs, so that a lake with two arms
//! becomes two polygons and no false edge runs between them.

use gasvrij3d::geo::Rd;

use crate::geometry::{Bounds, contains, ring_area};
use crate::model::Polygon;

/// Cut pieces smaller than this are slivers that nobody sees, m².
const SLIVER_M2: f64 = 0.5;

/// A half-plane: the side of `x = limit` or `y = limit` that is kept.
#[derive(Clone, Copy)]
struct Cut {
    axis: usize,
    limit: f64,
    keep_above: bool,
}

impl Cut {
    fn inside(self, p: Rd) -> bool {
        if self.keep_above { p[self.axis] >= self.limit } else { p[self.axis] < self.limit }
    }

    fn crossing(self, a: Rd, b: Rd) -> Rd {
        let t = (self.limit - a[self.axis]) / (b[self.axis] - a[self.axis]);
        let other = 1 - self.axis;
        let mut p = [0.0; 2];
        p[self.axis] = self.limit;
        p[other] = a[other] + t * (b[other] - a[other]);
        p
    }
}

const fn cuts(b: Bounds) -> [Cut; 4] {
    [
        Cut { axis: 0, limit: b[0], keep_above: true },
        Cut { axis: 0, limit: b[2], keep_above: false },
        Cut { axis: 1, limit: b[1], keep_above: true },
        Cut { axis: 1, limit: b[3], keep_above: false },
    ]
}

/// The parts of a polygon within a box.
pub fn polygon(polygon: &Polygon, within: Bounds) -> Vec<Polygon> {
    let mut parts = vec![polygon.clone()];
    for cut in cuts(within) {
        parts = parts.into_iter().flat_map(|p| half_polygon(p, cut)).collect();
    }
    parts.retain(|p| p.first().is_some_and(|outer| ring_area(outer).abs() >= SLIVER_M2));
    parts
}

/// The parts of a line within a box.
pub fn line(line: &[Rd], within: Bounds) -> Vec<Vec<Rd>> {
    let mut parts = vec![line.to_vec()];
    for cut in cuts(within) {
        parts = parts.iter().flat_map(|part| half_line(part, cut)).collect();
    }
    parts
}

fn half_line(line: &[Rd], cut: Cut) -> Vec<Vec<Rd>> {
    let mut parts = Vec::new();
    let mut part: Vec<Rd> = Vec::new();
    for (i, &p) in line.iter().enumerate() {
        let inside = cut.inside(p);
        if i > 0 && cut.inside(line[i - 1]) != inside {
            part.push(cut.crossing(line[i - 1], p));
        }
        if inside {
            part.push(p);
        } else if !part.is_empty() {
            parts.push(std::mem::take(&mut part));
        }
    }
    parts.push(part);
    parts.retain(|part| part.len() > 1);
    parts
}

fn half_polygon(polygon: Polygon, cut: Cut) -> Vec<Polygon> {
    let inside = polygon.iter().flatten().filter(|p| cut.inside(**p)).count();
    if inside == polygon.iter().map(Vec::len).sum::<usize>() {
        return vec![polygon];
    }
    if inside == 0 {
        return Vec::new();
    }
    let mut whole_holes = Vec::new();
    let mut whole_outer = None;
    let mut chains: Vec<Vec<Rd>> = Vec::new();
    for (i, mut ring) in polygon.into_iter().enumerate() {
        // Outer rings one way round and holes the other: then every chain keeps the surface on the same hand.
        if (ring_area(&ring) > 0.0) != (i == 0) {
            ring.reverse();
        }
        match ring.iter().filter(|p| cut.inside(**p)).count() {
            n if n == ring.len() && i == 0 => whole_outer = Some(ring),
            n if n == ring.len() => whole_holes.push(ring),
            0 => {}
            _ => chains.extend(chains_of(&ring, cut)),
        }
    }
    let mut outers = joined(&chains, cut);
    outers.extend(whole_outer);
    let mut parts: Vec<Polygon> = outers.into_iter().filter(|r| r.len() > 2).map(|r| vec![r]).collect();
    for hole in whole_holes {
        if let Some(part) = parts.iter_mut().find(|part| contains(&vec![part[0].clone()], hole[0])) {
            part.push(hole);
        }
    }
    parts
}

/// The stretches of a ring inside, each from where it enters to where it leaves, both on the cut.
fn chains_of(ring: &[Rd], cut: Cut) -> Vec<Vec<Rd>> {
    let n = ring.len();
    let at = |i: usize| ring[i % n];
    let mut chains = Vec::new();
    for start in (0..n).filter(|&i| !cut.inside(at(i)) && cut.inside(at(i + 1))) {
        let mut chain = vec![cut.crossing(at(start), at(start + 1))];
        let mut i = start + 1;
        while cut.inside(at(i)) {
            chain.push(at(i));
            i += 1;
        }
        chain.push(cut.crossing(at(i - 1), at(i)));
        chains.push(chain);
    }
    chains
}

/// Joins the ends of chains along the cut: sorted along it, the first crossing pairs with the second, and so on.
fn joined(chains: &[Vec<Rd>], cut: Cut) -> Vec<Vec<Rd>> {
    let other = 1 - cut.axis;
    // Each crossing: place along the cut, chain, whether it is where the chain leaves.
    let mut crossings: Vec<(f64, usize, bool)> = Vec::with_capacity(chains.len() * 2);
    for (i, chain) in chains.iter().enumerate() {
        crossings.push((chain[0][other], i, false));
        crossings.push((chain[chain.len() - 1][other], i, true));
    }
    crossings.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)).then(a.1.cmp(&b.1)));
    let mut next = vec![None; chains.len()];
    for pair in crossings.chunks_exact(2) {
        match (pair[0], pair[1]) {
            ((_, from, true), (_, to, false)) | ((_, to, false), (_, from, true)) => next[from] = Some(to),
            // Two ends that both leave: a ring that crosses itself. Each closes on itself.
            _ => {}
        }
    }
    let mut done = vec![false; chains.len()];
    let mut rings = Vec::new();
    for first in 0..chains.len() {
        let mut ring = Vec::new();
        let mut at = first;
        while !done[at] {
            done[at] = true;
            ring.extend_from_slice(&chains[at]);
            at = next[at].unwrap_or(at);
        }
        if !ring.is_empty() {
            rings.push(crate::read::wkb::open_ring(ring));
        }
    }
    rings
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geometry::{area_of, polygon_area};

    const TILE: Bounds = [0.0, 0.0, 100.0, 100.0];

    #[test]
    fn a_lake_with_two_arms_becomes_two_lakes() {
        // A U open to the west, of which the box keeps the two arms' west ends only.
        let lake = vec![vec![
            [10.0, 10.0],
            [150.0, 10.0],
            [150.0, 90.0],
            [10.0, 90.0],
            [10.0, 70.0],
            [130.0, 70.0],
            [130.0, 30.0],
            [10.0, 30.0],
        ]];
        let parts = polygon(&lake, TILE);
        assert_eq!(parts.len(), 2);
        assert!((area_of(&parts) - 2.0 * 90.0 * 20.0).abs() < 1e-6);
    }

    #[test]
    fn an_island_on_the_edge_is_cut_out_of_both_tiles() {
        let lake = vec![
            vec![[-50.0, 10.0], [90.0, 10.0], [90.0, 90.0], [-50.0, 90.0]],
            vec![[-20.0, 40.0], [-20.0, 60.0], [20.0, 60.0], [20.0, 40.0]],
        ];
        let here = polygon(&lake, TILE);
        let there = polygon(&lake, [-100.0, 0.0, 0.0, 100.0]);
        assert!((area_of(&here) - (90.0 * 80.0 - 20.0 * 20.0)).abs() < 1e-6);
        assert!((area_of(&here) + area_of(&there) - polygon_area(&lake)).abs() < 1e-6);
    }

    #[test]
    fn a_road_that_leaves_and_returns_is_two_roads() {
        let road = [[50.0, 50.0], [150.0, 50.0], [150.0, 60.0], [50.0, 60.0]];
        let parts = line(&road, TILE);
        assert_eq!(parts, [vec![[50.0, 50.0], [100.0, 50.0]], vec![[100.0, 60.0], [50.0, 60.0]]]);
    }

    proptest! {
        /// A star around a point never crosses itself, whatever its rays: cut in four it keeps its area.
        #[test]
        fn four_tiles_together_hold_the_whole_lake(rays in prop::collection::vec(5.0..90.0_f64, 3..40), x in -20.0..20.0_f64, y in -20.0..20.0_f64) {
            let n = rays.len() as f64;
            let ring: Vec<Rd> = rays.iter().enumerate().map(|(i, r)| {
                let angle = i as f64 / n * std::f64::consts::TAU;
                [x + r * angle.cos(), y + r * angle.sin()]
            }).collect();
            let lake = vec![ring];
            let whole = polygon_area(&lake);
            let quarters = [[-200.0, -200.0, 0.0, 0.0], [0.0, -200.0, 200.0, 0.0], [-200.0, 0.0, 0.0, 200.0], [0.0, 0.0, 200.0, 200.0]];
            let cut: f64 = quarters.iter().map(|q| area_of(&polygon(&lake, *q))).sum();
            // Slivers are dropped: a few of at most half a square metre.
            prop_assert!((whole - cut).abs() < 0.5 * 2.0 * n, "{whole} {cut}");
        }
    }
}
