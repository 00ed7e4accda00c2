//! From a quarter to its blocks: streets cut it, the long way and the short way, until each block is of a size.

use gasvrij3d::tile::WaterClass;

use super::geometry::{Cell, Edge, P, along, left, length, scale, sub, unit};
use super::line::ribbon;
use super::names::{Namer, Theme};
use super::params::KindSpec;
use super::rng::Rng;
use super::site::Site;

/// A stretch of less is no street.
const SHORTEST: f64 = 18.0;
/// A piece is cut when it is this many blocks long or wide.
const WORTH_A_STREET: f64 = 1.5;
/// From the water of a canal to the middle of the street along it, metres.
const BESIDE: f64 = 3.5;

/// Cuts a quarter into blocks.
pub struct Cutter<'a, 'b, 'c> {
    pub site: &'a mut Site<'b>,
    pub namer: &'a mut Namer<'c>,
    pub theme: &'a mut Theme,
    pub spec: &'b KindSpec,
    pub rng: &'a mut Rng,
}

impl Cutter<'_, '_, '_> {
    /// The blocks of a cell, still up to the middles of their streets.
    pub fn cut(&mut self, cell: Cell) -> Vec<Cell> {
        let mut blocks = Vec::new();
        let axis = cell.axis();
        self.cut_further(cell, axis, &mut blocks);
        blocks
    }

    fn cut_further(&mut self, cell: Cell, axis: P, blocks: &mut Vec<Cell>) {
        // What wider roads take along the edges is not to be divided.
        let Some(room) = cell.inset(|edge| (edge.inset - self.spec.inset).max(0.0)) else {
            return blocks.push(cell);
        };
        let extents = [axis, left(axis)].map(|d| room.extent(d));
        let ratio = |i: usize| (extents[i][1] - extents[i][0]) / self.spec.block[i];
        let (dimension, times) = if ratio(0) > ratio(1) { (0, ratio(0)) } else { (1, ratio(1)) };
        if times < WORTH_A_STREET {
            blocks.push(cell);
            return;
        }
        let parts = times.round().max(2.0);
        let first = (parts / 2.0).floor();
        let across = if dimension == 0 { axis } else { left(axis) };
        let [low, high] = extents[dimension];
        let loose = 0.35 * (self.spec.skew / 15.0).clamp(0.15, 1.0);
        let at = low + (high - low) * (first + self.rng.within([-loose, loose])) / parts;
        let skew = self.rng.within([-self.spec.skew, self.spec.skew]).to_radians().tan();
        let direction = unit(along(left(across), across, skew));
        let [side_low, side_high] = cell.extent(left(across));
        let p = along(scale(across, at), left(across), f64::midpoint(side_low, side_high));
        let Some((a, b)) = cell.street(p, direction).filter(|(a, b)| length(sub(*b, *a)) > SHORTEST) else {
            blocks.push(cell);
            return;
        };
        let water = self.spec.water_half;
        // Water needs the whole length of a quarter: only early cuts, along the blocks.
        let wet = water > 0.0 && dimension == 1 && parts >= 3.0 && self.rng.chance(self.spec.water);
        let sides = if wet { self.lay_canal(&cell, a, b) } else { [self.lay_street(a, b); 2] };
        let gap = if wet { water } else { 0.0 };
        for (edge, direction) in [(sides[0], sub(b, a)), (sides[1], sub(a, b))] {
            if let Some(part) = cell.clip(along(a, left(unit(direction)), gap), direction, edge) {
                // Streets of a skewed quarter follow their block, those of a straight one the quarter.
                let turned = if self.spec.skew > 5.0 { part.axis() } else { axis };
                self.cut_further(part, turned, blocks);
            }
        }
    }

    fn lay_street(&mut self, a: P, b: P) -> Edge {
        let name = self.namer.street(self.theme, self.rng);
        let segment = self.site.street(&name, self.spec.street, &[a, b]);
        Edge { inset: self.spec.inset, road: 0.0, segment: Some(segment) }
    }

    /// A canal or ditch with a street on its left, and on its right too where it is wide.
    fn lay_canal(&mut self, cell: &Cell, a: P, b: P) -> [Edge; 2] {
        let half = self.spec.water_half;
        let class = if half > 5.0 { WaterClass::Canal } else { WaterClass::Ditch };
        let (from, to) = cell.chord(a, sub(b, a)).unwrap_or((a, b));
        let ring = self.site.bend_ring(&ribbon(&[from, to], half));
        self.site.water(class, ring);
        let sideways = left(unit(sub(b, a)));
        let mut quay = |by: f64| {
            let beside = cell.street(along(a, sideways, by), sub(b, a));
            let (from, to) = beside.unwrap_or((along(a, sideways, by), along(b, sideways, by)));
            let name = self.namer.street(self.theme, self.rng);
            let segment = self.site.street(&name, self.spec.street, &[from, to]);
            Edge { inset: BESIDE + self.spec.inset, road: BESIDE, segment: Some(segment) }
        };
        let near = quay(half + BESIDE);
        let far = if class == WaterClass::Canal {
            quay(-half - BESIDE)
        } else {
            Edge { inset: 4.0, road: 8.0, segment: None }
        };
        [near, far]
    }
}
