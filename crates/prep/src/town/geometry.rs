//! Plane geometry of the town plan: vectors, convex cells that can be cut and inset, overlap tests.

use std::f64::consts::PI;

/// A point or vector, metres.
pub type P = [f64; 2];

pub fn add(a: P, b: P) -> P {
    [a[0] + b[0], a[1] + b[1]]
}

pub fn sub(a: P, b: P) -> P {
    [a[0] - b[0], a[1] - b[1]]
}

pub fn scale(a: P, k: f64) -> P {
    [a[0] * k, a[1] * k]
}

/// `a + k·b`.
pub fn along(a: P, b: P, k: f64) -> P {
    [a[0] + b[0] * k, a[1] + b[1] * k]
}

pub fn dot(a: P, b: P) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

pub fn cross(a: P, b: P) -> f64 {
    a[0] * b[1] - a[1] * b[0]
}

pub fn length(a: P) -> f64 {
    dot(a, a).sqrt()
}

pub fn distance(a: P, b: P) -> f64 {
    length(sub(a, b))
}

/// The vector of length 1 in the same direction; a null vector stays one.
pub fn unit(a: P) -> P {
    let l = length(a);
    if l > 0.0 { scale(a, 1.0 / l) } else { a }
}

/// A quarter turn to the left.
pub fn left(a: P) -> P {
    [-a[1], a[0]]
}

pub fn mix(a: P, b: P, t: f64) -> P {
    along(a, sub(b, a), t)
}

pub fn polar(radius: f64, angle: f64) -> P {
    [radius * angle.cos(), radius * angle.sin()]
}

/// The angle from one direction to another, turning left: 0 up to a whole turn.
pub fn angle(from: P, to: P) -> f64 {
    let angle = cross(from, to).atan2(dot(from, to));
    if angle < 0.0 { angle + 2.0 * PI } else { angle }
}

/// Signed area of a ring: positive when it turns to the left.
pub fn area(ring: &[P]) -> f64 {
    (0..ring.len()).map(|i| cross(ring[i], ring[(i + 1) % ring.len()])).sum::<f64>() / 2.0
}

/// The middle of the vertices.
pub fn middle(ring: &[P]) -> P {
    scale(ring.iter().fold([0.0; 2], |sum, &p| add(sum, p)), 1.0 / ring.len().max(1) as f64)
}

/// Whether the point lies in the ring (even-odd).
pub fn contains(ring: &[P], p: P) -> bool {
    let mut inside = false;
    for i in 0..ring.len() {
        let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
        if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < (b[0] - a[0]) * (p[1] - a[1]) / (b[1] - a[1]) + a[0] {
            inside = !inside;
        }
    }
    inside
}

/// Whether two convex rings share more than `slack` metres in every direction. Rings that only touch do not.
pub fn overlap(a: &[P], b: &[P], slack: f64) -> bool {
    let parted = |ring: &[P], other: &[P]| {
        (0..ring.len()).any(|i| {
            let axis = unit(left(sub(ring[(i + 1) % ring.len()], ring[i])));
            let span = |points: &[P]| {
                points.iter().fold((f64::MAX, f64::MIN), |(low, high), &p| {
                    let d = dot(p, axis);
                    (low.min(d), high.max(d))
                })
            };
            let ((low_a, high_a), (low_b, high_b)) = (span(ring), span(other));
            high_a.min(high_b) - low_a.max(low_b) <= slack
        })
    };
    !parted(a, b) && !parted(b, a)
}

/// A rectangle around a middle: `u` is the direction of its length.
pub fn rectangle(middle: P, u: P, long: f64, wide: f64) -> Vec<P> {
    let (u, v) = (scale(u, long / 2.0), scale(left(u), wide / 2.0));
    vec![sub(sub(middle, u), v), sub(add(middle, u), v), add(add(middle, u), v), add(sub(middle, u), v)]
}

/// What lies along the edge of a cell.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// From the edge to where plots begin, metres.
    pub inset: f64,
    /// From the edge to where streets that come from the other side end: the middle of the road along it, metres.
    pub road: f64,
    /// The street segment on which plots along it have their address.
    pub segment: Option<usize>,
}

/// A convex piece of the plan, its corners to the left around it. `edges[i]` runs from corner `i` to the next.
#[derive(Clone, Debug)]
pub struct Cell {
    pub corners: Vec<P>,
    pub edges: Vec<Edge>,
}

impl Cell {
    /// The part on the left of the line through `p` along `direction`; the new edge along the line is `edge`.
    pub fn clip(&self, p: P, direction: P, edge: Edge) -> Option<Self> {
        let side: Vec<f64> = self.corners.iter().map(|&c| cross(direction, sub(c, p))).collect();
        let (mut corners, mut edges) = (Vec::new(), Vec::new());
        for i in 0..self.corners.len() {
            let j = (i + 1) % self.corners.len();
            let crossing = || mix(self.corners[i], self.corners[j], side[i] / (side[i] - side[j]));
            match (side[i] >= 0.0, side[j] >= 0.0) {
                (true, true) => {
                    corners.push(self.corners[i]);
                    edges.push(self.edges[i]);
                }
                (true, false) => {
                    corners.push(self.corners[i]);
                    edges.push(self.edges[i]);
                    corners.push(crossing());
                    edges.push(edge);
                }
                (false, true) => {
                    corners.push(crossing());
                    edges.push(self.edges[i]);
                }
                (false, false) => {}
            }
        }
        let cell = Self { corners, edges }.without_short_edges();
        (cell.corners.len() >= 3 && area(&cell.corners) > 1.0).then_some(cell)
    }

    /// Corners closer than a decimetre to the next are one corner.
    fn without_short_edges(mut self) -> Self {
        let n = self.corners.len();
        let keep: Vec<bool> = (0..n).map(|i| distance(self.corners[i], self.corners[(i + 1) % n]) > 0.1).collect();
        let mut flags = keep.iter();
        self.corners.retain(|_| *flags.next().unwrap_or(&true));
        let mut flags = keep.iter();
        self.edges.retain(|_| *flags.next().unwrap_or(&true));
        self
    }

    /// The cell without the strip of `width(edge)` along each edge; edges keep what they are.
    pub fn inset(&self, width: impl Fn(&Edge) -> f64) -> Option<Self> {
        self.clear_of(self, width)
    }

    /// The cell without the strip of `width(edge)` along each edge of another cell.
    pub fn clear_of(&self, other: &Self, width: impl Fn(&Edge) -> f64) -> Option<Self> {
        let mut cell = self.clone();
        for (i, edge) in other.edges.iter().enumerate() {
            let d = unit(sub(other.corners[(i + 1) % other.corners.len()], other.corners[i]));
            cell = cell.clip(along(other.corners[i], left(d), width(edge)), d, *edge)?;
        }
        Some(cell)
    }

    /// The stretch of a line that lies in the cell.
    pub fn chord(&self, p: P, direction: P) -> Option<(P, P)> {
        let (mut low, mut high) = (f64::MIN, f64::MAX);
        for i in 0..self.corners.len() {
            let d = sub(self.corners[(i + 1) % self.corners.len()], self.corners[i]);
            let (slope, height) = (cross(d, direction), cross(d, sub(p, self.corners[i])));
            if slope.abs() < 1e-9 {
                if height < 0.0 {
                    return None;
                }
            } else if slope > 0.0 {
                low = low.max(-height / slope);
            } else {
                high = high.min(-height / slope);
            }
        }
        (low < high).then(|| (along(p, direction, low), along(p, direction, high)))
    }

    /// The stretch of a line on which a street can lie: it ends in the roads along the edges.
    pub fn street(&self, p: P, direction: P) -> Option<(P, P)> {
        let (a, b) = self.chord(p, direction)?;
        let roads = self.inset(|edge| edge.road)?;
        Some(roads.chord(p, direction).unwrap_or((a, b)))
    }

    /// The cell without its shortest edge: the corner that takes least with it is cut off.
    pub fn without_shortest_edge(&self) -> Option<Self> {
        let n = self.corners.len();
        if n <= 3 {
            return None;
        }
        let long = |i: usize| distance(self.corners[i], self.corners[(i + 1) % n]);
        let shortest = (0..n).min_by(|&a, &b| long(a).total_cmp(&long(b)))?;
        let cut = |i: usize| {
            let (before, after) = (self.corners[(i + n - 1) % n], self.corners[(i + 1) % n]);
            cross(sub(self.corners[i], before), sub(after, before)).abs()
        };
        let next = (shortest + 1) % n;
        let corner = if cut(shortest) < cut(next) { shortest } else { next };
        let mut cell = self.clone();
        // Of the two edges at the corner the longer one lends its street to the new edge.
        let before = (corner + n - 1) % n;
        if long(corner) > long(before) {
            cell.edges[before] = cell.edges[corner];
        }
        cell.corners.remove(corner);
        cell.edges.remove(corner);
        Some(cell)
    }

    /// Least and greatest distance along a direction.
    pub fn extent(&self, direction: P) -> [f64; 2] {
        self.corners.iter().fold([f64::MAX, f64::MIN], |[low, high], &c| {
            let d = dot(c, direction);
            [low.min(d), high.max(d)]
        })
    }

    /// The direction of the longest edge.
    pub fn axis(&self) -> P {
        let n = self.corners.len();
        let longest = (0..n)
            .map(|i| sub(self.corners[(i + 1) % n], self.corners[i]))
            .fold([1.0, 0.0], |best, d| if length(d) > length(best) { d } else { best });
        unit(longest)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn square() -> Cell {
        let edge = Edge { inset: 1.0, road: 0.0, segment: None };
        Cell { corners: vec![[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]], edges: vec![edge; 4] }
    }

    #[test]
    fn a_cut_gives_two_parts_that_make_the_whole() {
        let edge = Edge { inset: 2.0, road: 0.0, segment: Some(7) };
        let (a, b) = (square().clip([4.0, 0.0], [0.1, 1.0], edge), square().clip([4.0, 0.0], [-0.1, -1.0], edge));
        let (a, b) = (a.unwrap(), b.unwrap());
        assert!((area(&a.corners) + area(&b.corners) - 100.0).abs() < 1e-9);
        assert_eq!(a.edges.iter().filter(|e| e.segment == Some(7)).count(), 1);
    }

    #[test]
    fn an_inset_takes_the_strip_along_each_edge() {
        assert!((area(&square().inset(|e| e.inset).unwrap().corners) - 64.0).abs() < 1e-9);
        assert!(square().inset(|_| 6.0).is_none());
    }

    #[test]
    fn a_chord_ends_on_the_edges() {
        let (a, b) = square().chord([5.0, 5.0], [1.0, 0.0]).unwrap();
        assert!(distance(a, [0.0, 5.0]) < 1e-9 && distance(b, [10.0, 5.0]) < 1e-9);
        assert!(square().chord([5.0, 15.0], [1.0, 0.0]).is_none());
    }

    #[test]
    fn a_street_ends_in_the_road_along_the_edge() {
        let mut cell = square();
        cell.edges[1].road = 3.0;
        let (a, b) = cell.street([5.0, 5.0], [1.0, 0.0]).unwrap();
        assert!(distance(a, [0.0, 5.0]) < 1e-9 && distance(b, [7.0, 5.0]) < 1e-9);
    }

    #[test]
    fn a_cell_loses_its_shortest_edge() {
        let edge = Edge { inset: 1.0, road: 0.0, segment: None };
        let cell = square().clip([9.0, 0.0], [1.0, 1.0], edge).unwrap();
        assert_eq!(cell.corners.len(), 5);
        let cell = cell.without_shortest_edge().unwrap();
        assert_eq!(cell.corners.len(), 4);
        assert!(area(&cell.corners) > 90.0);
    }

    #[test]
    fn neighbours_that_share_a_wall_do_not_overlap() {
        let (a, b) = (rectangle([0.0, 0.0], [1.0, 0.0], 6.0, 9.0), rectangle([6.0, 0.0], [1.0, 0.0], 6.0, 9.0));
        assert!(!overlap(&a, &b, 0.01));
        assert!(overlap(&a, &rectangle([5.0, 1.0], [0.6, 0.8], 6.0, 9.0), 0.01));
    }
}
