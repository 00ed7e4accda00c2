//! Closed blocks: houses wall to wall around a court of gardens, as in the old centre and the belt around it.

use std::f64::consts::PI;

use gasvrij3d::geo::Rd;
use gasvrij3d::tile::GreenClass;

use super::facts::{Shape, Shared};
use super::fill::{Filler, House};
use super::geometry::{P, along, angle, area, distance, middle, mix, sub, unit};
use super::params::Kind;
use super::site::Block;

/// Corners wider than this have no house of their own: the rows meet.
const WIDE_CORNER: f64 = 0.83 * PI;
/// Sharper corners are cut off.
const SHARP_CORNER: f64 = 0.22 * PI;

/// How the houses go around the corners of a block.
struct Court {
    /// For each corner: the corner of the court behind it.
    inner: Vec<Rd>,
    /// For each corner: the length of street that its own house takes on either side.
    room: Vec<f64>,
    depth: f64,
}

/// The court that houses of a depth leave, if there is room for them.
fn court(block: &Block, depth: f64) -> Option<Court> {
    let n = block.sides.len();
    block.cell.inset(|_| depth * 1.15).filter(|c| c.corners.len() == n)?;
    let (mut inner, mut room) = (Vec::with_capacity(n), Vec::with_capacity(n));
    for (i, side) in block.sides.iter().enumerate() {
        let before = &block.sides[(i + n - 1) % n].line;
        let corner = side.line.at(0.0);
        // Straight as far as the corner house goes.
        let ahead = unit(sub(side.line.at(depth), corner));
        let back = unit(sub(before.at(before.length() - depth), corner));
        let wide = angle(ahead, back);
        if !(SHARP_CORNER..0.99 * PI).contains(&wide) {
            return None;
        }
        let bisector = unit(mix(ahead, back, 0.5));
        inner.push(along(corner, bisector, depth / (wide / 2.0).sin()));
        room.push(if wide > WIDE_CORNER { 0.0 } else { depth / (wide / 2.0).tan() });
    }
    let fits = (0..n).all(|i| block.sides[i].line.length() > room[i] + room[(i + 1) % n] + 4.0);
    (fits && block.holds(&inner) && area(&inner) > 20.0).then_some(Court { inner, room, depth })
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
    fn around(&mut self, block: &Block, court: &Court) {
        let n = block.sides.len();
        let rows: Vec<Vec<(Rd, Rd)>> = (0..n).map(|i| self.walls(block, i, court)).collect();
        if self.kind != Kind::Centrum {
            // From one row to the next the last back and the first are the same corner of the court.
            let backs = rows.iter().flat_map(|walls| walls.iter().skip(1).map(|wall| wall.1));
            self.site.green(GreenClass::Garden, backs.collect());
        }
        let shared = self.builder(true);
        for (i, walls) in rows.iter().enumerate() {
            for pair in walls.windows(2) {
                self.between_walls(block, pair[0], pair[1], court.depth, shared);
            }
            let before = &rows[(i + n - 1) % n];
            if let (true, Some(last)) = (court.room[i] > 0.0, before.last()) {
                let ring = vec![last.0, block.sides[i].line.at(0.0), walls[0].0, court.inner[i]];
                self.one_of_a_row(block, ring, shared);
            }
        }
    }

    /// The walls between the houses along a side: front and back of each.
    fn walls(&mut self, block: &Block, i: usize, court: &Court) -> Vec<(Rd, Rd)> {
        let line = &block.sides[i].line;
        let next = (i + 1) % block.sides.len();
        let (from, to) = (court.room[i], line.length() - court.room[next]);
        // Old houses differ in width, those of one builder do not.
        let old = self.kind == Kind::Centrum;
        let count = ((to - from) / self.draw(self.spec.width)).round().max(1.0);
        let even = (to - from) / count;
        let mut walls = vec![(line.at(from), court.inner[i])];
        for k in 1..count as usize {
            let s = from + even * (k as f64 + if old { self.rng.within([-0.22, 0.22]) } else { 0.0 });
            let front = line.at(s);
            walls.push((front, along(front, line.normal(s), court.depth)));
        }
        walls.push((line.at(to), court.inner[next]));
        walls
    }

    fn between_walls(&mut self, block: &Block, left: (Rd, Rd), right: (Rd, Rd), depth: f64, shared: Shared) {
        let old = self.kind == Kind::Centrum;
        // Back walls of old houses jump; a house stays on its own plot.
        let short = if old { self.draw([0.78, 1.0]) } else { 1.0 };
        let ring = vec![left.0, right.0, mix(right.0, right.1, short), mix(left.0, left.1, short)];
        self.one_of_a_row(block, ring, shared);
        if old && self.rng.chance(0.3) {
            self.outhouse(block, left, right, depth, shared);
        }
    }

    fn one_of_a_row(&mut self, block: &Block, ring: Vec<Rd>, shared: Shared) {
        // Fronts lie on the edge of the block, so look a little inside them.
        let heart = middle(&ring);
        let within: Vec<Rd> = ring.iter().map(|&p| mix(p, heart, 0.05)).collect();
        if area(&ring) < 14.0 || !block.holds(&within) {
            return;
        }
        // In the old centre each house has its own builder.
        let shared = if self.kind == Kind::Centrum || self.rng.chance(0.04) { self.builder(true) } else { shared };
        let height = self.draw(self.spec.height);
        let homes = self.homes_in_pand();
        let shape = if homes > 1 { Shape::Flat } else { Shape::Terraced };
        let rear = if homes > 1 { 0.0 } else { self.draw([4.0, 10.0]) };
        let ground = rear * distance(ring[0], ring[1]);
        let numbering = self.numbering();
        self.house(block, House { ring, height, shared, shape, ground, rear }, homes, numbering);
    }

    /// A workshop or barn behind an old house.
    fn outhouse(&mut self, block: &Block, left: (Rd, Rd), right: (Rd, Rd), depth: f64, shared: Shared) {
        let inwards = |(front, back): (Rd, Rd)| -> P { unit(sub(back, front)) };
        let room = block.reach(mix(left.1, right.1, 0.5), inwards(left));
        let deep = ((room - depth) / 2.0 - 1.5).min(self.rng.within([3.5, 9.0]));
        if deep < 3.5 {
            return;
        }
        let ring = vec![left.1, right.1, along(right.1, inwards(right), deep), along(left.1, inwards(left), deep)];
        if area(&ring) > 12.0 && block.holds(&ring) {
            let height = self.rng.within([3.0, 6.0]);
            self.pand(ring, height, shared.year.saturating_add(60));
        }
    }
}
