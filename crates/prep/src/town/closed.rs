//! Closed blocks: houses wall to wall around a court of gardens, as in the old centre and the belt around it.

use std::f64::consts::PI;

use gasvrij3d::geo::Rd;
use gasvrij3d::tile::GreenClass;

use super::facts::{Shape, Shared};
use super::fill::{Filler, House};
use super::geometry::{Cell, along, area, distance, mix, sub, unit};
use super::params::Kind;
use super::site::{Block, Numbering};

/// Corners wider than this have no house of their own: the rows meet.
const WIDE_CORNER: f64 = 0.8 * PI;

/// The court of a block, and along each side the room that its first corner takes.
struct Court {
    inner: Cell,
    room: Vec<f64>,
    depth: f64,
}

/// The court that houses of a depth leave, if there is room for them.
fn court(block: &Block, depth: f64) -> Option<Court> {
    let n = block.sides.len();
    let inner = block.cell.inset(|_| depth).filter(|c| c.corners.len() == n)?;
    let corner_room = |i: usize| {
        let angle = block.cell.angle(i);
        if angle > WIDE_CORNER { 0.0 } else { depth / (angle / 2.0).tan() }
    };
    let room: Vec<f64> = (0..n).map(corner_room).collect();
    let fits = (0..n).all(|i| block.sides[i].line.length() > room[i] + room[(i + 1) % n] + 4.0);
    fits.then_some(Court { inner, room, depth })
}

impl Filler<'_, '_> {
    pub fn closed(&mut self, block: &Block) {
        let depth = self.draw(self.spec.depth);
        // A block that is too small or has too many corners is built shallower, or with a corner cut off.
        let mut simpler = Some(block.clone());
        while let Some(block) = simpler {
            for share in [1.0, 0.85, 0.7] {
                if let Some(court) = court(&block, share * depth) {
                    return self.around(&block, &court);
                }
            }
            simpler = block.cell.without_shortest_edge().map(|cell| Block::new(self.site, cell));
        }
        self.rows(block);
    }

    /// Houses all around a court.
    fn around(&mut self, block: &Block, Court { inner, room, depth }: &Court) {
        let (n, depth) = (block.sides.len(), *depth);
        if self.kind != Kind::Centrum {
            let court = self.site.bend_ring(&inner.corners);
            self.site.green(GreenClass::Garden, court);
        }
        let shared = self.builder(true);
        for i in 0..n {
            let side = &block.sides[i];
            let end = side.line.length() - room[(i + 1) % n];
            let backs = [inner.corners[i], inner.corners[(i + 1) % n]].map(|p| self.site.warp.at(p));
            self.closed_row(block, i, [room[i], end], backs, depth, shared);
            if room[i] > 0.0 {
                let before = &block.sides[(i + n - 1) % n];
                let ring = vec![
                    before.line.at(before.line.length() - room[i]),
                    side.line.at(0.0),
                    side.line.at(room[i]),
                    backs[0],
                ];
                self.one_of_a_row(block, ring, shared);
            }
        }
    }

    /// The houses along a side, between two corners; the first and last wall end at the corners of the court.
    fn closed_row(&mut self, block: &Block, side: usize, [from, to]: [f64; 2], backs: [Rd; 2], depth: f64, s: Shared) {
        let line = &block.sides[side].line;
        let mut cuts = vec![from];
        // Old houses differ in width, those of one builder do not.
        let width = self.draw(self.spec.width);
        while to - cuts[cuts.len() - 1] > 1.5 * self.spec.width[0] {
            let last = cuts[cuts.len() - 1];
            let next = last + if self.kind == Kind::Centrum { self.draw(self.spec.width) } else { width };
            cuts.push(if to - next < 0.6 * self.spec.width[0] { to } else { next });
        }
        if cuts.len() == 1 {
            cuts.push(to);
        }
        let last = cuts.len() - 1;
        cuts[last] = to;
        let wall = |k: usize| -> (Rd, Rd) {
            let front = line.at(cuts[k]);
            let back = match k {
                0 => backs[0],
                k if k == last => backs[1],
                k => along(front, line.normal(cuts[k]), depth),
            };
            (front, back)
        };
        for k in 0..last {
            let ((fl, bl), (fr, br)) = (wall(k), wall(k + 1));
            // Back walls of old houses jump; a house stays on its own plot.
            let short = if self.kind == Kind::Centrum { self.draw([0.78, 1.0]) } else { 1.0 };
            let ring = vec![fl, fr, mix(fr, br, short), mix(fl, bl, short)];
            self.one_of_a_row(block, ring, s);
            if self.kind == Kind::Centrum && self.rng.chance(0.3) {
                self.outhouse(block, [fl, bl, fr, br], depth, s);
            }
        }
    }

    fn one_of_a_row(&mut self, block: &Block, ring: Vec<Rd>, shared: Shared) {
        if area(&ring) < 12.0 {
            return;
        }
        // In the old centre each house has its own builder.
        let shared = if self.kind == Kind::Centrum || self.rng.chance(0.04) { self.builder(true) } else { shared };
        let height = self.draw(self.spec.height);
        let homes = self.homes_in_pand();
        let shape = if homes > 1 { Shape::Flat } else { Shape::Terraced };
        let shared = if homes == 1 { shared.as_house() } else { shared };
        let rear = if homes > 1 { 0.0 } else { self.draw([4.0, 10.0]) };
        let ground = rear * distance(ring[0], ring[1]);
        let numbering = if self.kind == Kind::Centrum { Numbering::Letters } else { Numbering::Red };
        self.house(block, House { ring, height, shared, shape, ground, rear }, homes, numbering);
    }

    /// A workshop or barn behind an old house.
    fn outhouse(&mut self, block: &Block, [fl, bl, fr, br]: [Rd; 4], depth: f64, shared: Shared) {
        let (inward_left, inward_right) = (unit(sub(bl, fl)), unit(sub(br, fr)));
        let room = block.reach(mix(bl, br, 0.5), inward_left);
        let deep = (room - depth) / 2.0 - 1.5;
        if deep < 4.0 {
            return;
        }
        let deep = deep.min(self.rng.within([3.5, 9.0]));
        let near = [bl, br];
        let far = [along(bl, inward_left, deep), along(br, inward_right, deep)];
        let ring = vec![near[0], near[1], far[1], far[0]];
        if area(&ring) > 12.0 && block.holds(&ring) {
            let height = self.rng.within([3.0, 6.0]);
            self.pand(ring, height, shared.year.saturating_add(60));
        }
    }
}
