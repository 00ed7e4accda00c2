//! Rows of houses along the streets, with front gardens, back gardens and sheds.

use gasvrij3d::geo::Rd;
use gasvrij3d::tile::GreenClass;

use super::facts::{Shape, Shared};
use super::fill::{Filler, House};
use super::geometry::{along, distance, mix, overlap, sub, unit};
use super::params::{Form, Kind};
use super::site::{Block, Side};

/// A back garden is at least this deep, metres; no deeper than the other.
const GARDEN: [f64; 2] = [6.5, 14.0];
/// The same where a block was meant to be closed, but is too narrow for a court.
const YARD: [f64; 2] = [0.5, 6.0];
/// From the end of a street to the first house.
const CORNER: f64 = 1.5;

/// What the houses of one block share.
#[derive(Clone, Copy)]
struct Row {
    setback: f64,
    depth: f64,
    height: f64,
    garden: [f64; 2],
    shared: Shared,
}

/// A plot with its house: fronts and backs of its two side walls.
struct Lot {
    house: Vec<Rd>,
    claim: Vec<Rd>,
}

impl Filler<'_, '_> {
    pub fn rows(&mut self, block: &Block) {
        let (ground, garden) = match self.spec.form {
            Form::Gesloten => (GreenClass::Paved, YARD),
            _ => (GreenClass::Garden, GARDEN),
        };
        self.site.green(ground, block.ring.clone());
        let shared = self.builder(true);
        let row = Row {
            setback: self.draw(self.spec.setback),
            depth: self.draw(self.spec.depth),
            height: self.draw(self.spec.height),
            garden,
            shared,
        };
        let mut sides: Vec<&Side> = block.sides.iter().filter(|s| s.segment.is_some()).collect();
        sides.sort_by(|a, b| b.line.length().total_cmp(&a.line.length()));
        // Plots and sheds, with the number of the row they belong to.
        let mut claims: Vec<(usize, Vec<Rd>)> = Vec::new();
        let mut sheds = Vec::new();
        for side in sides {
            self.rows_along(block, side, row, &mut claims, &mut sheds);
        }
        for (number, shed) in sheds {
            let strange = claims.iter().filter(|(row, _)| *row != number);
            if block.holds(&shed) && !strange.clone().any(|(_, claim)| overlap(claim, &shed, 0.05)) {
                self.pand(shed, 2.6, shared.year);
            }
        }
    }

    fn rows_along(
        &mut self,
        block: &Block,
        side: &Side,
        row: Row,
        claims: &mut Vec<(usize, Vec<Rd>)>,
        sheds: &mut Vec<(usize, Vec<Rd>)>,
    ) {
        let end = side.line.length() - CORNER;
        let mut s = CORNER;
        while s + self.spec.width[0] < end {
            let width = self.draw(self.spec.width);
            let wanted = self.row_length();
            // Groups of a woonerf stand a step forward or back.
            let step = if self.kind == Kind::Bloemkool { self.draw([0.0, 3.0]) } else { 0.0 };
            let row = Row { setback: row.setback + step, ..row };
            let mut lots: Vec<Lot> = Vec::new();
            while lots.len() < wanted && s + width <= end {
                let lot = lot(side, s, width, row);
                if block.holds(&lot.claim) && !claims.iter().any(|(_, c)| overlap(c, &lot.claim, 0.05)) {
                    lots.push(lot);
                    s += width;
                } else if lots.is_empty() {
                    s += 1.0;
                } else {
                    break;
                }
            }
            let number = claims.len();
            sheds.extend(self.row(block, row, &lots).into_iter().map(|shed| (number, shed)));
            claims.extend(lots.into_iter().map(|lot| (number, lot.claim)));
            s += self.spec.gap.max(0.5);
        }
    }

    /// How many houses the next row has.
    fn row_length(&mut self) -> usize {
        let choices = &self.spec.row;
        choices.get(self.rng.whole([0, choices.len().max(1) - 1])).copied().unwrap_or(8)
    }

    /// Builds a row; gives the sheds that could stand in its gardens.
    fn row(&mut self, block: &Block, row: Row, lots: &[Lot]) -> Vec<Vec<Rd>> {
        let mut sheds = Vec::new();
        // One house between two gaps is no row: it would pass for a villa.
        if lots.len() < 2 {
            return sheds;
        }
        for (i, lot) in lots.iter().enumerate() {
            let [fl, fr, br, bl] = [lot.house[0], lot.house[1], lot.house[2], lot.house[3]];
            let back = mix(bl, br, 0.5);
            let inwards = unit(sub(bl, fl));
            let room = block.reach(back, inwards);
            let rear = ((room - row.setback - row.depth) / 2.0).clamp(row.garden[0] - 0.5, row.garden[1]).min(room);
            let shape = match (lots.len(), i) {
                (2, _) => Shape::SemiDetached,
                (n, i) if i == 0 || i == n - 1 => Shape::Corner,
                _ => Shape::Terraced,
            };
            let homes = self.homes_in_pand();
            let shape = if homes > 1 { Shape::Flat } else { shape };
            let house = House {
                ring: lot.house.clone(),
                height: row.height,
                shared: row.shared,
                shape,
                ground: rear * distance(fl, fr),
                rear,
            };
            self.house(block, house, homes, self.numbering());
            if rear > 6.0 && self.rng.chance(0.75) {
                sheds.push(shed(fl, fr, bl, br, rear, i % 2 == 0));
            }
        }
        sheds
    }
}

fn lot(side: &Side, s: f64, width: f64, row: Row) -> Lot {
    let walls = [s, s + width].map(|s| {
        let (street, inwards) = (side.line.at(s), side.line.normal(s));
        let front = along(street, inwards, row.setback);
        (street, front, along(front, inwards, row.depth), along(front, inwards, row.depth + row.garden[0]))
    });
    let [(sl, fl, bl, gl), (sr, fr, br, gr)] = walls;
    // The claim begins a little inside, where rounding cannot put it in the street.
    let inside = |street: Rd, front: Rd| mix(street, front, 0.02);
    Lot { house: vec![fl, fr, br, bl], claim: vec![inside(sl, gl), inside(sr, gr), gr, gl] }
}

/// A shed at the end of a garden, against one of its fences.
fn shed(fl: Rd, fr: Rd, bl: Rd, br: Rd, rear: f64, at_left: bool) -> Vec<Rd> {
    let (a, b, inwards) = if at_left { (bl, br, unit(sub(bl, fl))) } else { (br, bl, unit(sub(br, fr))) };
    let across = unit(sub(b, a));
    let near = along(along(a, inwards, rear - 3.2), across, 0.1);
    let far = along(near, inwards, 3.0);
    let mut ring = vec![near, along(near, across, 2.2), along(far, across, 2.2), far];
    if !at_left {
        ring.reverse();
    }
    ring
}
