//! Lines and polygons with fewer corners: those that are closer than a pixel, from where one looks, are left out.

use super::Faults;
use super::triangles::{Cut, cut};
use crate::geo::ring_area2;
use crate::tile::{Point, Ring};

/// A polygon that loses more of its area than a part in this keeps its corners.
const MOST_LOST: i64 = 5;

/// What has more corners than this keeps them all: looking for those that can go might take minutes.
const MOST_CORNERS: usize = 2_000;

/// A polygon with the corners that are seen, by the first grain that leaves it much the same; nothing where it stays as it is.
#[inline(never)]
pub fn simple(from: &Cut, rings: &[&Ring], grains: &[f64]) -> Option<Cut> {
    let count = |rings: &[Ring]| rings.iter().map(Vec::len).sum::<usize>();
    for &grain in grains {
        let fewer = |ring: &&Ring| Some(corners(ring, grain)?.into_iter().map(|i| ring[i]).collect());
        let Some(fewer) = rings.iter().map(fewer).collect::<Option<Vec<Ring>>>() else { continue };
        if count(&fewer) == count(&from.rings) {
            // A finer grain leaves out no more.
            return None;
        }
        // What is no longer the same shape need not be cut.
        if fewer.first().is_some_and(|outer| is_alike(outer, rings[0])) {
            let mut faults = Faults::default();
            let simple = cut(&fewer, &mut faults).filter(|simple| is_alike(&simple.rings[0], rings[0]));
            if let Some(simple) = simple.filter(|_| faults == Faults::default()) {
                return Some(simple);
            }
        }
    }
    None
}

fn is_alike(simple: &Ring, full: &Ring) -> bool {
    let [simple, full] = [simple, full].map(|r| ring_area2(r));
    (simple - full).abs() * MOST_LOST <= full.abs()
}

/// The places of the corners that are seen, in order: those of Douglas and Peucker's, between the two furthest apart.
/// Nothing where no shape is left of them.
#[inline(never)]
fn corners(ring: &Ring, grain: f64) -> Option<Vec<usize>> {
    if ring.len() <= 4 || ring.len() > MOST_CORNERS {
        return Some((0..ring.len()).collect());
    }
    let furthest = |from: usize| (0..ring.len()).max_by_key(|&i| apart2(ring[from], ring[i])).unwrap_or_default();
    let first = furthest(0);
    let second = furthest(first);
    let keep = keep(ring, vec![(first, second), (second, first)], grain);
    let kept: Vec<usize> = (0..ring.len()).filter(|&i| keep[i]).collect();
    (kept.len() >= 3).then_some(kept)
}

/// A line with the corners that are seen; its ends stay.
#[inline(never)]
pub fn line(points: &[Point], grain: f64) -> Vec<Point> {
    if points.len() < 3 || points.len() > MOST_CORNERS {
        return points.to_vec();
    }
    let keep = keep(points, vec![(0, points.len() - 1)], grain);
    points.iter().zip(keep).filter_map(|(&point, keep)| keep.then_some(point)).collect()
}

/// Which points stay: both of each stretch, and between them those too far from it. A stretch may go on past the last point.
fn keep(points: &[Point], mut todo: Vec<(usize, usize)>, grain: f64) -> Vec<bool> {
    let next = |i: usize| if i + 1 == points.len() { 0 } else { i + 1 };
    let mut keep = vec![false; points.len()];
    while let Some((a, b)) = todo.pop() {
        (keep[a], keep[b]) = (true, true);
        let (mut worst, mut most) = (a, 0.0);
        let mut i = next(a);
        while i != b {
            let off = off_line2(points[i], points[a], points[b]);
            if off >= most {
                (worst, most) = (i, off);
            }
            i = next(i);
        }
        if most > grain * grain {
            todo.extend([(a, worst), (worst, b)]);
        }
    }
    keep
}

fn apart2(a: Point, b: Point) -> i64 {
    let [dx, dy] = [0, 1].map(|k| i64::from(a[k]) - i64::from(b[k]));
    dx * dx + dy * dy
}

/// How far a point lies from the stretch between two others, square units.
fn off_line2(p: Point, a: Point, b: Point) -> f64 {
    let to = |q: Point| [0, 1].map(|k| f64::from(q[k]) - f64::from(a[k]));
    let ([px, py], [bx, by]) = (to(p), to(b));
    let along = ((px * bx + py * by) / (bx * bx + by * by).max(1.0)).clamp(0.0, 1.0);
    (px - bx * along).powi(2) + (py - by * along).powi(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_keeps_its_ends_and_the_bends_that_are_seen() {
        let road = [[0, 0], [100, 5], [200, 0], [300, 80], [400, 0]];
        assert_eq!(line(&road, 20.0), [[0, 0], [200, 0], [300, 80], [400, 0]]);
        assert_eq!(line(&road, 500.0), [[0, 0], [400, 0]]);
        assert_eq!(line(&road[..2], 500.0), &road[..2]);
        assert!(line(&[], 1.0).is_empty());
    }

    #[test]
    fn a_road_around_a_block_that_ends_where_it_begins_stays_a_road() {
        let around = [[0, 0], [300, 0], [300, 300], [0, 300], [0, 0]];
        assert_eq!(line(&around, 20.0), around);
    }
}
