//! The plan of the town: rings around the old centre, spokes, a river, a moat and a railway, and between them the
//! quarters.

use std::f64::consts::PI;

use gasvrij3d::tile::{GreenClass, RailClass, RoadClass, WaterClass};

use super::geometry::{Cell, Edge, P, along, area, distance, left, middle, mix, polar, scale, sub, unit};
use super::line::{offset, ribbon};
use super::names::{Namer, Theme};
use super::params::{Kind, Layout};
use super::rng::Rng;
use super::site::Site;

/// From the water to the middle of the quay, and to the fronts.
const QUAY: [f64; 2] = [4.5, 10.0];
/// From the middle of a road between quarters to the plots.
const ROAD_INSET: f64 = 10.0;
/// Half the width of the strip that the railway takes.
const RAILWAY_HALF: f64 = 10.0;
/// Rings, counted from the middle, within which the river has quays; further out it has grass banks.
const QUAY_RINGS: usize = 3;

/// A piece of the plan that becomes a quarter.
#[derive(Debug)]
pub struct Part {
    pub kind: Kind,
    pub cell: Cell,
}

/// Lays out rivers, rings and spokes, and cuts the rest into quarters.
pub struct Planner<'a, 'b, 'c> {
    pub site: &'a mut Site<'b>,
    pub namer: &'a mut Namer<'c>,
    pub layout: &'b Layout,
    pub rng: &'a mut Rng,
    lanes: Theme,
    parts: Vec<Part>,
}

impl<'a, 'b, 'c> Planner<'a, 'b, 'c> {
    pub fn new(site: &'a mut Site<'b>, namer: &'a mut Namer<'c>, layout: &'b Layout, rng: &'a mut Rng) -> Self {
        let lanes = namer.lanes(rng);
        Self { site, namer, layout, rng, lanes, parts: Vec::new() }
    }

    /// The whole plan, its quarters from the middle outwards.
    pub fn lay_out(mut self) -> Vec<Part> {
        let beyond = self.layout.rings.last().copied().unwrap_or_default() * 1.25;
        self.lay_water(beyond);
        for (half, plan) in [(1.0, &self.layout.north), (-1.0, &self.layout.south)] {
            self.lay_half(half, plan);
        }
        self.lay_bridges();
        self.lay_railway(beyond);
        let mut parts = self.parts;
        parts.sort_by(|a, b| {
            let far = |part: &Part| distance(middle(&part.cell.corners), [0.0; 2]);
            far(a).total_cmp(&far(b))
        });
        parts
    }

    fn lay_water(&mut self, beyond: f64) {
        let river = ribbon(&[[-beyond, 0.0], [beyond, 0.0]], self.layout.river);
        let ring = self.site.bend_ring(&river);
        self.site.water(WaterClass::River, ring);
    }

    /// The nodes of half the plan: `nodes[ring][spoke]`, spokes from east to west.
    fn nodes(&mut self, half: f64) -> Vec<Vec<P>> {
        let spokes = self.layout.spokes;
        let step = PI / spokes as f64;
        let angles: Vec<f64> = (0..=spokes)
            .map(|j| step * j as f64 + if j == 0 || j == spokes { 0.0 } else { self.rng.within([-0.12, 0.12]) * step })
            .collect();
        let rings = self.layout.rings.iter().enumerate();
        rings
            .map(|(i, &radius)| {
                let moved = angles.iter().enumerate().map(|(j, &angle)| {
                    // The old centre stays round, and rings meet the river where their bridge is.
                    let loose = i > 0 && j > 0 && j < spokes;
                    let radius = radius * if loose { self.rng.within([0.965, 1.035]) } else { 1.0 };
                    let [x, y] = polar(radius, angle);
                    [x, half * (y + self.layout.river)]
                });
                moved.collect()
            })
            .collect()
    }

    fn lay_half(&mut self, half: f64, plan: &[Vec<Vec<Kind>>]) {
        let nodes = self.nodes(half);
        let (rings, spokes) = (nodes.len(), self.layout.spokes);
        let bank = self.lay_bank(half, &nodes);
        let (inner, outer) = self.lay_moat(half, &nodes[0]);
        let side = usize::from(half < 0.0);
        let names = &self.site.params.names;
        // Behind the last ring there is nothing to drive to.
        let ring_roads: Vec<usize> = (1..rings - 1)
            .map(|i| {
                let name = names.rings.get(2 * (i - 1) + side).cloned().unwrap_or_default();
                let class = self.layout.ring_roads.get(i).copied().unwrap_or(RoadClass::Secondary);
                self.site.street(&name, class, &nodes[i])
            })
            .collect();
        let spoke_roads: Vec<usize> = (1..spokes)
            .map(|j| {
                let name = names.spokes.get(j - 1 + side * (spokes - 1)).cloned().unwrap_or_default();
                let mut line: Vec<P> = nodes.iter().map(|ring| ring[j]).collect();
                // Over the moat, up to the quay on the side of the old centre.
                let start = polar_towards(line[0], self.layout.moat + QUAY[0]);
                line[0] = start;
                self.site.street(&name, RoadClass::Secondary, &line)
            })
            .collect();

        let quay = |segment| Edge { inset: QUAY[1], road: QUAY[0], segment: Some(segment) };
        let road = |segment| Edge { inset: ROAD_INSET, road: 0.0, segment: Some(segment) };
        // The old centre: the moat around it, the river along it.
        let mut edges: Vec<Edge> = (0..spokes).map(|j| quay(inner + j)).collect();
        edges.push(quay(bank + rings - 1));
        let gaps = vec![self.layout.moat; spokes].into_iter().chain([0.0]).collect::<Vec<_>>();
        self.cell(half, nodes[0].clone(), &edges, &gaps, &[Kind::Centrum]);
        for (i, kinds) in plan.iter().enumerate() {
            for (j, kind) in kinds.iter().enumerate().take(spokes) {
                let corners = vec![nodes[i][j], nodes[i + 1][j], nodes[i + 1][j + 1], nodes[i][j + 1]];
                let spoke = |j: usize, last: usize| match j {
                    0 => quay(bank + rings + i),
                    j if j == spokes => quay(bank + rings - 2 - i),
                    j => road(spoke_roads[j - 1] + last),
                };
                let within = if i == 0 { quay(outer + j) } else { road(ring_roads[i - 1] + j) };
                let beyond = Edge { inset: 0.0, road: 0.0, segment: None };
                let outside = ring_roads.get(i).map_or(beyond, |first| road(first + j));
                let edges = [spoke(j, i), outside, spoke(j + 1, i), within];
                let gaps = [0.0, 0.0, 0.0, if i == 0 { self.layout.moat } else { 0.0 }];
                self.cell(half, corners, &edges, &gaps, kind);
            }
        }
    }

    /// The street along the river, from west to east, and what lies between it and the water.
    fn lay_bank(&mut self, half: f64, nodes: &[Vec<P>]) -> usize {
        let spokes = self.layout.spokes;
        let mut line: Vec<P> = nodes.iter().rev().map(|ring| ring[spokes]).collect();
        line.extend(nodes.iter().map(|ring| ring[0]));
        for (pair, k) in line.windows(2).zip(0_usize..) {
            let near = k.abs_diff(nodes.len() - 1) < QUAY_RINGS;
            let class = if near { GreenClass::Quay } else { GreenClass::Grass };
            let far: Vec<P> = pair.iter().map(|&[x, y]| [x, y + half * QUAY[1]]).collect();
            let ring = self.site.bend_ring(&[pair[0], pair[1], far[1], far[0]]);
            self.site.green(class, ring);
        }
        let street: Vec<P> = line.iter().map(|&[x, y]| [x, y + half * QUAY[0]]).collect();
        let name = &self.site.params.names.river_banks[usize::from(half < 0.0)];
        self.site.street(name, RoadClass::Street, &street)
    }

    /// The moat with its two quays; gives the first segments of the inner and the outer one.
    fn lay_moat(&mut self, half: f64, ring: &[P]) -> (usize, usize) {
        let moat = self.layout.moat;
        // It runs out into the river.
        let mut line = ring.to_vec();
        for end in [0, ring.len() - 1] {
            line[end][1] -= half * 2.0;
        }
        let bent = self.site.bend_ring(&ribbon(&line, moat));
        self.site.water(WaterClass::Canal, bent);
        // Towards the old centre is more.
        let parallel = |by: f64| offset(ring, half * by);
        for shore in [moat, -moat] {
            let mut quay = parallel(shore);
            quay.extend(parallel(shore + shore.signum() * QUAY[1]).into_iter().rev());
            let bent = self.site.bend_ring(&quay);
            self.site.green(GreenClass::Quay, bent);
        }
        let names = &self.site.params.names;
        let side = usize::from(half < 0.0);
        let inner = self.site.street(&names.moat[side], RoadClass::Street, &parallel(moat + QUAY[0]));
        let outer = self.site.street(&names.moat[2 + side], RoadClass::Secondary, &parallel(-moat - QUAY[0]));
        (inner, outer)
    }

    /// Takes a cell of the plan apart into quarters.
    fn cell(&mut self, half: f64, corners: Vec<P>, edges: &[Edge], gaps: &[f64], kinds: &[Kind]) {
        let mut cell = Cell { corners, edges: edges.to_vec() };
        let mut gaps = gaps.to_vec();
        if half < 0.0 {
            // Mirrored: the corners run to the right, so turn them round.
            cell.corners.reverse();
            cell.edges = cell.edges.into_iter().rev().cycle().skip(1).take(edges.len()).collect();
            gaps = gaps.iter().rev().cycle().skip(1).take(edges.len()).copied().collect();
        }
        let mut rest = cell.clone();
        for (i, &gap) in gaps.iter().enumerate().filter(|(_, gap)| **gap > 0.0) {
            let d = unit(sub(cell.corners[(i + 1) % cell.corners.len()], cell.corners[i]));
            let Some(kept) = rest.clip(along(cell.corners[i], left(d), gap), d, cell.edges[i]) else { return };
            rest = kept;
        }
        let verge = Edge { inset: 3.0, road: 6.0, segment: None };
        let pieces = match self.layout.railway.map(|y| [0.0, y + self.layout.river]) {
            Some(p) => {
                let above = rest.clip(along(p, [0.0, 1.0], RAILWAY_HALF), [1.0, 0.0], verge);
                let below = rest.clip(along(p, [0.0, 1.0], -RAILWAY_HALF), [-1.0, 0.0], verge);
                vec![below, above]
            }
            None => vec![Some(rest)],
        };
        for piece in pieces.into_iter().flatten() {
            let wanted = (area(&piece.corners) / self.layout.quarter).round() as usize;
            let several = if area(&piece.corners) > 0.4 * self.layout.quarter { kinds.len() } else { 1 };
            self.divide(piece, kinds, wanted.max(several).max(1));
        }
    }

    fn divide(&mut self, cell: Cell, kinds: &[Kind], parts: usize) {
        let whole_centre = kinds.contains(&Kind::Centrum);
        if parts <= 1 || whole_centre {
            self.parts.extend(kinds.first().map(|&kind| Part { kind, cell }));
            return;
        }
        let axis = cell.axis();
        let [long, wide] = [axis, left(axis)].map(|d| cell.extent(d));
        let (across, [low, high]) =
            if long[1] - long[0] >= wide[1] - wide[0] { (axis, long) } else { (left(axis), wide) };
        let first = parts / 2;
        let at = low + (high - low) * (first as f64 / parts as f64 + self.rng.within([-0.04, 0.04]));
        let direction = unit(along(left(across), across, self.rng.within([-0.1, 0.1])));
        let p = along(scale(across, at), left(across), middle_along(&cell, left(across)));
        let Some((a, b)) = cell.street(p, direction) else { return };
        let name = self.namer.street(&mut self.lanes, self.rng);
        let segment = self.site.street(&name, RoadClass::Secondary, &[a, b]);
        let edge = Edge { inset: ROAD_INSET, road: 0.0, segment: Some(segment) };
        let cut = (kinds.len() * first).div_ceil(parts).clamp(1, kinds.len());
        let (ours, theirs) = if kinds.len() > 1 { kinds.split_at(cut.min(kinds.len() - 1)) } else { (kinds, kinds) };
        // The part on the left of the cut lies on the low side of `across`.
        if let Some(low_side) = cell.clip(a, sub(b, a), edge) {
            self.divide(low_side, ours, first);
        }
        if let Some(high_side) = cell.clip(a, sub(a, b), edge) {
            self.divide(high_side, theirs, parts - first);
        }
    }

    /// Bridges where rings meet the river, and within the old centre.
    fn lay_bridges(&mut self) {
        let names = &self.site.params.names;
        let reach = self.layout.river + QUAY[0];
        let first = self.layout.rings.first().copied().unwrap_or_default();
        let mut places = vec![(0.0, RoadClass::Street)];
        for (i, (&radius, &class)) in self.layout.rings.iter().zip(&self.layout.ring_roads).enumerate() {
            let x = if i == 0 { first - self.layout.moat - QUAY[0] } else { radius };
            places.extend([(x, class), (-x, class)]);
        }
        for (i, (x, class)) in places.into_iter().enumerate() {
            let name = names.bridges.get(i).cloned().unwrap_or_default();
            self.site.road(&name, class, &[[x, -reach], [x, reach]]);
        }
    }

    fn lay_railway(&mut self, beyond: f64) {
        let Some(y) = self.layout.railway.map(|y| y + self.layout.river) else { return };
        for track in [-2.3, 2.3] {
            let line = self.site.bend(&[[-beyond, y + track], [beyond, y + track]]);
            self.site.town.rails.push((RailClass::Rail, line));
        }
        let strip = ribbon(&[[-beyond, y], [beyond, y]], RAILWAY_HALF - 1.0);
        let ring = self.site.bend_ring(&strip);
        self.site.green(GreenClass::Grass, ring);
    }
}

/// The point `by` metres from `p` towards the middle of the plan.
fn polar_towards(p: P, by: f64) -> P {
    mix(p, [0.0; 2], by / distance(p, [0.0; 2]).max(by))
}

fn middle_along(cell: &Cell, direction: P) -> f64 {
    let [low, high] = cell.extent(direction);
    f64::midpoint(low, high)
}
