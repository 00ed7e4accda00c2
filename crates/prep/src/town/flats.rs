//! Slabs in the green: three or four floors with stairs in common, or eight to twelve with galleries.

use gasvrij3d::geo::Rd;
use gasvrij3d::tile::GreenClass;

use super::facts::Shape;
use super::fill::{Filler, House};
use super::geometry::{P, add, along, left, length, middle, mix, rectangle, scale, sub, unit};
use super::site::{Block, Numbering};

/// Width of one pair of homes around a staircase, metres.
const STAIRCASE: f64 = 17.0;
/// Width of one home along a gallery, metres.
const GALLERY_HOME: f64 = 7.2;
/// From a slab to the edge of its block.
const MARGIN: f64 = 3.0;

impl Filler<'_, '_> {
    /// Slabs side by side across the block.
    pub fn slabs(&mut self, block: &Block) {
        self.site.green(GreenClass::Grass, block.ring.clone());
        let depth = self.draw(self.spec.depth);
        let height = self.draw(self.spec.height).round();
        let (origin, long) = frame(block);
        // Most slabs stand across the block, as the sun wants it; some along it.
        let u = if self.rng.chance(0.25) { left(long) } else { long };
        let between = depth + self.draw([22.0, 27.0]);
        let [low, high] = extent(block, origin, u);
        let count = ((high - low - depth) / between).floor().max(0.0) as usize + 1;
        let first = f64::midpoint(low, high) - between * (count - 1) as f64 / 2.0;
        let shared = self.builder(true);
        for i in 0..count {
            let p = along(origin, u, first + between * i as f64);
            let Some((a, b)) = clear_line(block, p, left(u), depth, 90.0) else { continue };
            self.staircases(block, a, b, depth, height, shared);
        }
    }

    /// A slab from staircase to staircase; each is a pand.
    fn staircases(&mut self, block: &Block, a: Rd, b: Rd, depth: f64, height: f64, shared: super::facts::Shared) {
        let count = (length(sub(b, a)) / STAIRCASE).round().max(1.0);
        if length(sub(b, a)) < 14.0 {
            return;
        }
        let v = scale(left(unit(sub(b, a))), depth / 2.0);
        let floors = (height / 3.0).floor();
        for k in 0..count as usize {
            let walls = [k, k + 1].map(|k| mix(a, b, k as f64 / count));
            let ring = vec![sub(walls[0], v), sub(walls[1], v), add(walls[1], v), add(walls[0], v)];
            let house = House { ring, height, shared, shape: Shape::Flat, ground: 4.0, rear: 0.0 };
            self.house(block, house, 2 * floors as usize, Numbering::Additions);
        }
    }

    /// One or two high slabs, garage boxes and a car park; rows where there is no room for a slab.
    pub fn towers(&mut self, block: &Block) {
        let depth = self.draw(self.spec.depth);
        let (origin, long) = frame(block);
        let u = if self.rng.chance(0.3) { left(long) } else { long };
        let [low, high] = extent(block, origin, u);
        let middle_line = along(origin, u, low + (high - low) * self.rng.within([0.3, 0.4]));
        let Some((a, b)) = clear_line(block, middle_line, left(u), depth, 105.0) else { return self.rows(block) };
        if length(sub(b, a)) < 48.0 {
            return self.rows(block);
        }
        self.site.green(GreenClass::Grass, block.ring.clone());
        let floors = (self.draw(self.spec.height) / 2.9).round();
        let per_floor = (length(sub(b, a)) / GALLERY_HOME).floor();
        let v = scale(left(unit(sub(b, a))), depth / 2.0);
        let shared = self.builder(true);
        let ring = vec![sub(a, v), sub(b, v), add(b, v), add(a, v)];
        let house = House { ring, height: floors * 2.9 + 1.5, shared, shape: Shape::Flat, ground: 2.0, rear: 0.0 };
        self.house(block, house, (floors * per_floor) as usize, Numbering::Own);
        // Beside it a car park with garage boxes.
        let beside = along(mix(a, b, 0.5), u, depth / 2.0 + 26.0);
        let park = rectangle(beside, unit(sub(b, a)), 0.6 * length(sub(b, a)), 30.0);
        if block.holds(&park) {
            self.site.green(GreenClass::Paved, park);
            let boxes = rectangle(along(beside, u, 11.0), unit(sub(b, a)), 0.5 * length(sub(b, a)), 5.5);
            for k in 0..10 {
                let ends = [k, k + 1].map(|k| f64::from(k) / 10.0);
                let [p, q] = ends.map(|t| mix(boxes[0], boxes[1], t));
                let [r, s] = ends.map(|t| mix(boxes[3], boxes[2], t));
                self.pand(vec![p, q, s, r], 2.6, shared.year);
            }
        }
    }
}

/// A point in the block and the direction of its longest side.
pub fn frame(block: &Block) -> (Rd, P) {
    let line = block.sides.iter().map(|s| s.line.points()).max_by(|a, b| {
        let long = |p: &[Rd]| length(sub(p[p.len() - 1], p[0]));
        long(a).total_cmp(&long(b))
    });
    let u = line.map_or([1.0, 0.0], |p| unit(sub(p[p.len() - 1], p[0])));
    (middle(&block.ring), u)
}

/// How far the block reaches from a point, in a direction and against it.
pub fn extent(block: &Block, origin: Rd, u: P) -> [f64; 2] {
    [-block.reach(origin, scale(u, -1.0)), block.reach(origin, u)]
}

/// The middle line of the longest slab through `p` that stays in the block, no longer than `most`.
pub fn clear_line(block: &Block, p: Rd, v: P, depth: f64, most: f64) -> Option<(Rd, Rd)> {
    let side = scale(left(v), depth / 2.0 + MARGIN);
    let lines = [sub(p, side), p, add(p, side)];
    if !block.holds(&lines) {
        return None;
    }
    let reach = |v: P| lines.iter().map(|&q| block.reach(q, v)).fold(f64::MAX, f64::min) - MARGIN;
    let (back, ahead) = (reach(scale(v, -1.0)), reach(v));
    let spare = ((back + ahead - most) / 2.0).max(0.0);
    (back + ahead > 10.0).then(|| (along(p, v, spare - back), along(p, v, ahead - spare)))
}
