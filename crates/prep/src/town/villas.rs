//! Detached houses on large plots among the trees.

use gasvrij3d::geo::Rd;
use gasvrij3d::tile::GreenClass;

use super::facts::Shape;
use super::fill::{Filler, House};
use super::geometry::{P, add, along, left, overlap, rectangle, scale};
use super::site::{Block, Numbering, Side};

impl Filler<'_, '_> {
    pub fn villas(&mut self, block: &Block) {
        let ground = if self.rng.chance(0.5) { GreenClass::Wood } else { GreenClass::Garden };
        self.site.green(ground, block.ring.clone());
        let mut claims: Vec<Vec<Rd>> = Vec::new();
        for side in block.sides.iter().filter(|s| s.segment.is_some()) {
            let mut s = 4.0;
            while s + 18.0 < side.line.length() {
                let plot = self.draw(self.spec.width);
                if self.villa(block, side, s + plot / 2.0, plot, &mut claims) { s += plot } else { s += 4.0 }
            }
        }
    }

    /// A house with a wing and a garage; whether there was room for it.
    fn villa(&mut self, block: &Block, side: &Side, s: f64, plot: f64, claims: &mut Vec<Vec<Rd>>) -> bool {
        let (street, inwards) = (side.line.at(s), side.line.normal(s));
        let (wide, deep) = (self.draw([9.0, (plot - 7.0).max(10.0)]), self.draw(self.spec.depth));
        let setback = self.draw(self.spec.setback);
        let across = scale(left(inwards), -1.0);
        let centre = along(street, inwards, setback + deep / 2.0);
        let rear = 9.0;
        let claim = rectangle(along(centre, inwards, rear / 2.0 - 1.0), across, plot - 1.0, deep + rear + 2.0);
        if !block.holds(&claim) || claims.iter().any(|c| overlap(c, &claim, 0.05)) {
            return false;
        }
        let shared = self.builder(false);
        let ring = with_wing(centre, across, inwards, wide, deep, self.rng.chance(0.5));
        let height = self.draw(self.spec.height);
        let room = block.reach(along(centre, inwards, deep / 2.0), inwards);
        let rear = (room / 2.0).clamp(rear, 40.0);
        let house = House { ring, height, shared, shape: Shape::Detached, ground: plot * rear, rear };
        self.house(block, house, 1, Numbering::Own);
        let garage = add(along(centre, across, plot / 2.0 - 2.6), scale(inwards, deep / 2.0 + 2.0));
        self.pand(rectangle(garage, across, 3.4, 6.0), 3.0, shared.year);
        claims.push(claim);
        true
    }
}

/// A rectangle of which one rear corner stays open: convex parts only meet in a house with a straight front.
fn with_wing(centre: Rd, across: P, inwards: P, wide: f64, deep: f64, open_left: bool) -> Vec<Rd> {
    let at = |x: f64, y: f64| add(centre, add(scale(across, x * wide / 2.0), scale(inwards, y * deep / 2.0)));
    if open_left {
        vec![at(-1.0, -1.0), at(1.0, -1.0), at(1.0, 1.0), at(-0.1, 1.0), at(-0.1, 0.3), at(-1.0, 0.3)]
    } else {
        vec![at(-1.0, -1.0), at(1.0, -1.0), at(1.0, 0.3), at(0.1, 0.3), at(0.1, 1.0), at(-1.0, 1.0)]
    }
}
