//! Sloping roofs: gables along a row, hips on what stands alone and is nearly square.
//!
//! A height model gives the lowest edge and the highest line of a roof, not its shape. The shape is an assumption (aanname),
//! for drawing only: the ridge runs from party wall to party wall, or along the longer side of what stands alone. A
//! footprint that fills too little of the box around it keeps its flat roof: there the guess would be a wrong one.

use crate::tile::{Point, Ring};

/// A footprint fills at least this much of the box around it.
const FILLS: f64 = 0.8;
/// More corners than this are no simple house.
const MOST_CORNERS: usize = 14;
/// What stands alone and is at most this much longer than wide gets a hip roof.
const NEARLY_SQUARE: f64 = 1.3;
/// Steeper than this, rise over run, the lowest edge is that of an extension: the roof begins higher.
const STEEPEST: f64 = 1.4;
/// Half as wide as this, in units, there is no room for a roof of two sides.
const NARROWEST: f64 = 8.0;
/// Units that a place may lie beside a line and still be on it.
const ON_LINE: f64 = 0.75;

type Vec2 = [f64; 2];

/// A side of the box around a footprint; the roof rises from it.
#[derive(Clone, Copy, Debug)]
struct Side {
    /// Towards the middle, length 1.
    inward: Vec2,
    /// The distance of the side from the origin, along `inward`.
    from: f64,
}

impl Side {
    fn distance(&self, p: Vec2) -> f64 {
        p[0] * self.inward[0] + p[1] * self.inward[1] - self.from
    }
}

/// A roof that slopes up from two or four sides.
#[derive(Clone, Debug)]
pub struct Slopes {
    sides: Vec<Side>,
    eaves_dm: f64,
    /// Decimetres up for each unit inwards.
    rise: f64,
}

/// One face of a roof.
pub struct Face {
    /// Its corners, in the order of the footprint.
    pub ring: Ring,
    /// Which way it looks, length 1.
    pub outward: Vec2,
    /// The stretches of its border where it meets another face, each with one face only.
    pub ridges: Vec<[Point; 2]>,
}

impl Slopes {
    /// The roof over a footprint, if a guess at its shape is a fair one. `is_shared` tells party walls; a unit has
    /// `decimetres` decimetres.
    pub fn over(
        ring: &[Point],
        [eaves_dm, ridge_dm]: [u16; 2],
        decimetres: f64,
        is_shared: impl Fn(Point, Point) -> bool,
    ) -> Option<Self> {
        if ring.len() > MOST_CORNERS || ring.len() < 4 || ridge_dm <= eaves_dm {
            return None;
        }
        let area = crate::geo::ring_area2(ring).unsigned_abs() as f64 / 2.0;
        let along = main_direction(ring)?;
        let across = [-along[1], along[0]];
        let [(from, to), (low, high)] = [along, across].map(|axis| span(ring, axis));
        let [length, width] = [to - from, high - low];
        if length * width <= 0.0 || area < length * width * FILLS {
            return None;
        }
        // Party walls stand across the ridge.
        let mut shared = [0.0, 0.0];
        for (a, b) in super::prism::segments(ring).filter(|&(a, b)| is_shared(a, b)) {
            let step = [f64::from(b[0] - a[0]), f64::from(b[1] - a[1])];
            shared[0] += (step[0] * along[0] + step[1] * along[1]).abs();
            shared[1] += (step[0] * across[0] + step[1] * across[1]).abs();
        }
        let alone = shared[0] + shared[1] < ON_LINE;
        let ridge_along = if alone { length >= width } else { shared[1] >= shared[0] };
        let pair = |axis: Vec2, low: f64, high: f64| {
            [Side { inward: axis, from: low }, Side { inward: axis.map(|v| -v), from: -high }]
        };
        let (lengthwise, crosswise) = (pair(across, low, high), pair(along, from, to));
        let is_hip = alone && length.max(width) <= length.min(width) * NEARLY_SQUARE;
        let (half, sides) = match (is_hip, ridge_along) {
            (true, _) => (length.min(width) / 2.0, [lengthwise, crosswise].concat()),
            (false, true) => (width / 2.0, lengthwise.to_vec()),
            (false, false) => (length / 2.0, crosswise.to_vec()),
        };
        let (eaves, ridge) = (f64::from(eaves_dm), f64::from(ridge_dm));
        let rise = ((ridge - eaves) / half).min(STEEPEST * decimetres);
        (half >= NARROWEST).then_some(Self { sides, eaves_dm: ridge - rise * half, rise })
    }

    /// How low the roof begins.
    pub fn eaves_dm(&self) -> u16 {
        self.eaves_dm.round() as u16
    }

    /// The height of the roof over a place, decimetres.
    pub fn height_dm(&self, p: Vec2) -> u16 {
        let nearest = self.sides.iter().map(|side| side.distance(p)).fold(f64::INFINITY, f64::min);
        (self.eaves_dm + self.rise * nearest.max(0.0)).round() as u16
    }

    /// The faces over a footprint.
    pub fn faces(&self, ring: &[Point]) -> Vec<Face> {
        let all: Vec<Vec2> = ring.iter().map(|p| p.map(f64::from)).collect();
        let mut faces = Vec::with_capacity(self.sides.len());
        for (i, side) in self.sides.iter().enumerate() {
            let others = || self.sides.iter().enumerate().filter(move |(j, _)| *j != i);
            let piece =
                others().fold(all.clone(), |piece, (_, other)| clip(&piece, |p| other.distance(p) - side.distance(p)));
            let mut ring: Ring = piece.iter().map(|p| p.map(|c| c.round() as i32)).collect();
            ring.dedup();
            let meets = |p: Vec2| others().any(|(j, o)| j > i && (o.distance(p) - side.distance(p)).abs() < ON_LINE);
            let ridges = super::prism::segments(&ring).filter(|(a, b)| {
                let at = |part: f64| [0, 1].map(|k| f64::from(a[k]) + f64::from(b[k] - a[k]) * part);
                a != b && meets(at(0.1)) && meets(at(0.9))
            });
            let ridges = ridges.map(|(a, b)| [a, b]).collect();
            faces.push(Face { ring, outward: side.inward.map(|v| -v), ridges });
        }
        faces
    }

    /// Where the top of a wall bends, between its ends; one place at most, for walls of a box.
    pub fn bend(&self, a: Point, b: Point) -> Option<Point> {
        let [p, q] = [a, b].map(|p| p.map(f64::from));
        let lowest = |p: Vec2| {
            let by = |x: &&Side, y: &&Side| x.distance(p).total_cmp(&y.distance(p));
            self.sides.iter().min_by(by)
        };
        let (first, last) = (lowest(p)?, lowest(q)?);
        let [start, end] = [p, q].map(|p| first.distance(p) - last.distance(p));
        if (start - end).abs() < 1e-9 {
            return None;
        }
        let part = start / (start - end);
        let at = [0, 1].map(|k| (p[k] + (q[k] - p[k]) * part).round() as i32);
        (part > 0.02 && part < 0.98 && at != a && at != b).then_some(at)
    }
}

/// The direction of the longest wall.
fn main_direction(ring: &[Point]) -> Option<Vec2> {
    let step = |(a, b): (Point, Point)| [f64::from(b[0] - a[0]), f64::from(b[1] - a[1])];
    let longest =
        super::prism::segments(ring).map(step).max_by(|a, b| a[0].hypot(a[1]).total_cmp(&b[0].hypot(b[1])))?;
    let length = longest[0].hypot(longest[1]);
    (length > 0.0).then(|| longest.map(|v| v / length))
}

/// From where to where a ring reaches along an axis.
fn span(ring: &[Point], axis: Vec2) -> (f64, f64) {
    let along = |p: &Point| f64::from(p[0]) * axis[0] + f64::from(p[1]) * axis[1];
    ring.iter().map(along).fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
}

/// The part of a ring where a linear function is not negative.
fn clip(ring: &[Vec2], of: impl Fn(Vec2) -> f64) -> Vec<Vec2> {
    let mut out = Vec::with_capacity(ring.len() + 2);
    for (i, &a) in ring.iter().enumerate() {
        let b = ring[(i + 1) % ring.len()];
        let (va, vb) = (of(a), of(b));
        if va >= 0.0 {
            out.push(a);
        }
        if (va > 0.0 && vb < 0.0) || (va < 0.0 && vb > 0.0) {
            let part = va / (va - vb);
            out.push([0, 1].map(|k| a[k] + (b[k] - a[k]) * part));
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const HOUSE: [Point; 4] = [[0, 0], [60, 0], [60, 90], [0, 90]];

    fn over(ring: &[Point], shared: &[usize]) -> Option<Slopes> {
        let walls: Vec<(Point, Point)> = super::super::prism::segments(ring).collect();
        let is_shared = |a: Point, b: Point| shared.iter().any(|&i| walls[i] == (a, b));
        Slopes::over(ring, [60, 95], 1.05, is_shared)
    }

    #[test]
    fn in_a_row_the_ridge_runs_from_party_wall_to_party_wall() {
        // The party walls are the long ones: the ridge lies across the depth of the house.
        let roof = over(&HOUSE, &[1, 3]).unwrap();
        let heights = [[30.0, 0.0], [30.0, 90.0], [0.0, 45.0], [60.0, 45.0]].map(|p| roof.height_dm(p));
        assert_eq!(heights, [60, 60, 95, 95]);
        assert_eq!(roof.bend(HOUSE[1], HOUSE[2]), Some([60, 45]));
        assert_eq!(roof.bend(HOUSE[0], HOUSE[1]), None);
        let faces = roof.faces(&HOUSE);
        assert_eq!(faces.len(), 2);
        assert_eq!(faces.iter().map(|f| f.ridges.len()).sum::<usize>(), 1);
    }

    #[test]
    fn what_stands_alone_has_its_ridge_along_its_longer_side_or_a_hip_where_it_is_nearly_square() {
        let roof = over(&HOUSE, &[]).unwrap();
        assert_eq!([[30.0, 0.0], [30.0, 90.0], [0.0, 45.0]].map(|p| roof.height_dm(p)), [95, 95, 60]);
        let square = [[0, 0], [80, 0], [80, 90], [0, 90]];
        let hip = over(&square, &[]).unwrap();
        assert_eq!([[0.0, 40.0], [40.0, 0.0], [80.0, 90.0]].map(|p| hip.height_dm(p)), [60, 60, 60]);
        assert_eq!(hip.height_dm([40.0, 45.0]), 95);
        assert_eq!(hip.faces(&square).len(), 4);
    }

    #[test]
    fn the_faces_cover_the_footprint_also_of_a_house_with_a_corner_cut_off() {
        let notched = [[0, 0], [60, 0], [60, 80], [50, 80], [50, 90], [0, 90]];
        for (ring, shared) in [(&HOUSE[..], &[1, 3][..]), (&HOUSE[..], &[]), (&notched[..], &[1])] {
            let faces = over(ring, shared).unwrap().faces(ring);
            let covered: i64 = faces.iter().map(|face| crate::geo::ring_area2(&face.ring)).sum();
            let wanted = crate::geo::ring_area2(ring);
            assert!((covered - wanted).abs() * 50 < wanted, "{covered} of {wanted}");
        }
    }

    #[test]
    fn where_the_guess_would_be_a_wrong_one_the_roof_stays_flat() {
        let ell = [[0, 0], [90, 0], [90, 30], [30, 30], [30, 90], [0, 90]];
        assert!(over(&ell, &[]).is_none());
        assert!(Slopes::over(&HOUSE, [95, 95], 1.05, |_, _| false).is_none());
        let round: Vec<Point> =
            (0..24).map(|i| f64::from(i) * 0.26).map(|a| [(a.cos() * 90.0) as i32, (a.sin() * 90.0) as i32]).collect();
        assert!(over(&round, &[]).is_none());
        assert!(over(&[[0, 0], [9, 0], [9, 90], [0, 90]], &[]).is_none());
    }

    #[test]
    fn the_eaves_of_an_extension_do_not_make_a_spire() {
        let roof = Slopes::over(&HOUSE, [10, 200], 1.05, |_, _| false).unwrap();
        assert_eq!(roof.height_dm([30.0, 45.0]), 200);
        assert!((150..=160).contains(&roof.eaves_dm()), "{}", roof.eaves_dm());
    }
}
