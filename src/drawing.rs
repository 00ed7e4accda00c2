//! A heat network that somebody draws: which homes it reaches, what would be advised to them, and what it would mean.
//!
//! Distances are exact: of every home to every stretch, in metres, in a straight line. A point under the pointer adds one
//! stretch, so a town of 76,000 homes follows it: what is drawn already is kept.

mod summary;

use crate::cijfers::Cijfer;
use crate::geo::Rd;
use crate::home::{Home, NetKind};
use crate::scenario::{Plan, Scenario, YEARS};
use crate::town::{Outcome, Town};
use crate::verdict::HeatOption;

pub use summary::Summary;

/// What is drawn, and what is supposed of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The mains, RD metres. The last one is being drawn.
    pub lines: Vec<Vec<Rd>>,
    /// Its temperature.
    pub kind: NetKind,
    /// The year in which it starts, of [`YEARS`].
    pub start: u16,
    /// How many of the homes within reach connect, 0 to 1.
    pub share: f64,
    /// How far from the main a home can still connect, metres.
    pub within_m: f64,
}

/// The furthest that a connection can be supposed to be, metres.
pub const FURTHEST_M: f64 = 1_000.0;

impl Default for Draft {
    fn default() -> Self {
        Self {
            lines: Vec::new(),
            kind: NetKind::Mt,
            start: *YEARS.start() + 4,
            share: Cijfer::TekenenDeel.waarde(),
            within_m: Cijfer::TekenenBereik.waarde(),
        }
    }
}

impl Draft {
    /// The option that this network is.
    pub const fn option(&self) -> HeatOption {
        match self.kind {
            NetKind::Mt => HeatOption::Nmt,
            NetKind::Lt => HeatOption::Nlt,
            NetKind::Zlt => HeatOption::Nzlt,
        }
    }

    /// Its stretches, from point to point.
    pub fn stretches(&self) -> impl Iterator<Item = [Rd; 2]> {
        self.lines.iter().flat_map(|line| line.windows(2).map(|pair| [pair[0], pair[1]]))
    }

    /// The length of all mains, metres.
    pub fn length_m(&self) -> f64 {
        self.stretches().map(|[a, b]| (b[0] - a[0]).hypot(b[1] - a[1])).sum()
    }

    /// The point from which the next stretch goes on.
    pub fn end(&self) -> Option<Rd> {
        self.lines.last().and_then(|line| line.last()).copied()
    }
}

/// A town while a network is drawn over it.
#[derive(Debug)]
pub struct Drawing {
    town: Town,
    at: Vec<Rd>,
    draft: Draft,
    /// The stretch to the pointer is not drawn yet.
    pointer: Option<Rd>,
    /// What is advised without what is drawn.
    before: Vec<Outcome>,
    /// What is advised with it.
    now: Vec<Outcome>,
    /// Of each home to what is drawn, square metres.
    fixed: Vec<f64>,
    /// The same with the stretch to the pointer.
    near: Vec<f64>,
    /// The homes within reach, at the last look.
    reached: Vec<bool>,
    /// The distance at which each was judged, square metres: one that has not changed is not judged anew.
    judged: Vec<f64>,
}

impl Drawing {
    /// Homes and where they are; of two lists of unequal length the rest is left out.
    pub fn new(mut homes: Vec<Home>, mut at: Vec<Rd>) -> Self {
        let count = homes.len().min(at.len());
        homes.truncate(count);
        at.truncate(count);
        let mut town = Town::new(homes);
        let before = town.evaluate(&Scenario::default()).to_vec();
        let far = vec![f64::INFINITY; count];
        Self {
            town,
            at,
            draft: Draft::default(),
            pointer: None,
            now: before.clone(),
            before,
            near: far.clone(),
            judged: far.clone(),
            fixed: far,
            reached: vec![false; count],
        }
    }

    /// What is drawn.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// The homes.
    pub fn homes(&self) -> &[Home] {
        self.town.homes()
    }

    /// What is advised to each home, with what is drawn.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.now
    }

    /// What is advised to each home without what is drawn.
    pub fn published(&self) -> &[Outcome] {
        &self.before
    }

    /// Metres from a home to the nearest main, the stretch to the pointer included; infinite where nothing is drawn.
    pub fn distance_m(&self, home: usize) -> f64 {
        self.near.get(home).map_or(f64::INFINITY, |square| square.sqrt())
    }

    /// Another network, or other suppositions. Gives the homes of which the advice changed.
    pub fn change(&mut self, draft: Draft) -> Vec<usize> {
        if draft.lines != self.draft.lines {
            self.fixed.fill(f64::INFINITY);
            for stretch in draft.stretches() {
                nearer(&mut self.fixed, &self.at, stretch);
            }
        }
        if (draft.kind, draft.start) != (self.draft.kind, self.draft.start) {
            self.judged.fill(f64::INFINITY);
        }
        self.draft = draft;
        self.pointer = None;
        self.near.clone_from(&self.fixed);
        self.judge()
    }

    /// Goes on to a point, or begins there. Gives the homes of which the advice changed.
    pub fn add(&mut self, point: Rd) -> Vec<usize> {
        let from = self.draft.end();
        match self.draft.lines.last_mut() {
            Some(line) => line.push(point),
            None => self.draft.lines.push(vec![point]),
        }
        if let Some(from) = from {
            nearer(&mut self.fixed, &self.at, [from, point]);
        }
        self.point_at(None)
    }

    /// Looks what the stretch to this point would do. Gives the homes of which the advice changed.
    pub fn point_at(&mut self, pointer: Option<Rd>) -> Vec<usize> {
        self.pointer = pointer;
        self.near.clone_from(&self.fixed);
        if let (Some(from), Some(to)) = (self.draft.end(), pointer) {
            nearer(&mut self.near, &self.at, [from, to]);
        }
        self.judge()
    }

    /// The point that the next stretch goes to.
    pub const fn pointer(&self) -> Option<Rd> {
        self.pointer
    }

    /// Judges the homes within reach anew, and gives back to those that no longer are what was advised before.
    fn judge(&mut self) -> Vec<usize> {
        let Draft { kind, start, within_m, .. } = self.draft;
        let within = within_m * within_m;
        let mut changed = Vec::new();
        let mut some = Vec::new();
        for (home, square) in self.near.iter().enumerate() {
            let is_near = *square <= within;
            if is_near {
                if self.judged[home].total_cmp(square).is_ne() {
                    self.judged[home] = *square;
                    some.push((home, Plan::Drawn { kind, start, distance_m: square.sqrt() }));
                }
            } else if self.reached[home] {
                self.judged[home] = f64::INFINITY;
                if self.now[home] != self.before[home] {
                    self.now[home] = self.before[home];
                    changed.push(home);
                }
            }
            self.reached[home] = is_near;
        }
        for (home, outcome) in self.town.evaluate_some(Scenario::default().year, some) {
            if self.now[home] != outcome {
                self.now[home] = outcome;
                changed.push(home);
            }
        }
        changed
    }
}

/// Takes the distance to a stretch where that is less.
fn nearer(squares: &mut [f64], at: &[Rd], [a, b]: [Rd; 2]) {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let square = dx * dx + dy * dy;
    let scale = if square > 0.0 { 1.0 / square } else { 0.0 };
    for (known, p) in squares.iter_mut().zip(at) {
        let (px, py) = (p[0] - a[0], p[1] - a[1]);
        let along = ((px * dx + py * dy) * scale).clamp(0.0, 1.0);
        let (qx, qy) = (px - along * dx, py - along * dy);
        *known = known.min(qx * qx + qy * qy);
    }
}

#[cfg(test)]
mod tests;
