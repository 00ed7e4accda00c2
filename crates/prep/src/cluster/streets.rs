//! The streets as a graph in which pipes can lie: stretches between crossings, with the points of buildings on them.

use std::collections::HashMap;

use gasvrij3d::geo::Rd;
use rstar::primitives::{GeomWithData, Line};
use rstar::{PointDistance, RTree};

/// Streets as points and stretches.
pub struct Streets {
    /// Where the points lie.
    pub nodes: Vec<Rd>,
    /// Stretches: two points and the length, metres.
    pub stretches: Vec<(usize, usize, f64)>,
    /// For each point the stretches that meet there.
    pub at: Vec<Vec<usize>>,
}

/// Points of streets closer than this are one crossing, metres: maps round to a decimetre or so.
const SAME_POINT: f64 = 0.5;

/// A cut of a line: how far along it, and the point there.
type Cut = (f64, usize);

impl Streets {
    /// The graph of these lines, and for each place the point on the nearest street within `reach` metres.
    pub fn new(lines: &[&[Rd]], places: &[Rd], reach: f64) -> (Self, Vec<Option<usize>>) {
        let mut points = Points::default();
        let mut ends = Vec::new();
        let mut pieces: Vec<(Rd, Rd)> = Vec::new();
        let mut cuts: Vec<Vec<Cut>> = Vec::new();
        for line in lines {
            let nodes: Vec<usize> = line.iter().map(|p| points.near(*p)).collect();
            ends.extend(nodes.first().into_iter().chain(nodes.last()));
            for (pair, ids) in line.windows(2).zip(nodes.windows(2)) {
                if ids[0] != ids[1] {
                    pieces.push((pair[0], pair[1]));
                    cuts.push(vec![(0.0, ids[0]), (1.0, ids[1])]);
                }
            }
        }
        let tree = RTree::bulk_load(
            pieces.iter().enumerate().map(|(i, (a, b))| GeomWithData::new(Line::new(*a, *b), i)).collect(),
        );
        // A side street ends on the line of the main street, where that need not have a point.
        for end in ends {
            let p = points.places[end];
            for piece in tree.locate_within_distance(p, SAME_POINT * SAME_POINT) {
                cuts[piece.data].push((along(pieces[piece.data], p), end));
            }
        }
        let mut on_street = Vec::with_capacity(places.len());
        for place in places {
            on_street.push(nearest(&tree, *place, reach).map(|i| {
                let (a, b) = pieces[i];
                let t = along(pieces[i], *place);
                let node = points.near([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
                cuts[i].push((t, node));
                node
            }));
        }
        let nodes = points.places;
        let mut stretches: Vec<(usize, usize, f64)> = Vec::new();
        for mut cuts in cuts {
            cuts.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            stretches.extend(cuts.windows(2).filter(|w| w[0].1 != w[1].1).map(|w| {
                let (a, b) = (w[0].1.min(w[1].1), w[0].1.max(w[1].1));
                (a, b, distance(nodes[a], nodes[b]))
            }));
        }
        stretches.sort_by_key(|s| (s.0, s.1));
        stretches.dedup_by_key(|s| (s.0, s.1));
        let mut at = vec![Vec::new(); nodes.len()];
        for (i, (a, b, _)) in stretches.iter().enumerate() {
            at[*a].push(i);
            at[*b].push(i);
        }
        (Self { nodes, stretches, at }, on_street)
    }
}

/// Points, those within [`SAME_POINT`] of an earlier one left out.
#[derive(Default)]
struct Points {
    places: Vec<Rd>,
    cells: HashMap<(i64, i64), Vec<usize>>,
}

impl Points {
    fn near(&mut self, p: Rd) -> usize {
        let cell = |v: f64| (v / SAME_POINT).floor() as i64;
        let (x, y) = (cell(p[0]), cell(p[1]));
        let around = (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| (x, y)));
        let known = around.filter_map(|c| self.cells.get(&c)).flatten().copied();
        let near = known.filter(|&i| distance(self.places[i], p) <= SAME_POINT);
        let best =
            near.min_by(|&a, &b| distance(self.places[a], p).total_cmp(&distance(self.places[b], p)).then(a.cmp(&b)));
        best.unwrap_or_else(|| {
            self.places.push(p);
            self.cells.entry((x, y)).or_default().push(self.places.len() - 1);
            self.places.len() - 1
        })
    }
}

/// The nearest line within reach; of equally near ones the first.
fn nearest(tree: &RTree<GeomWithData<Line<Rd>, usize>>, p: Rd, reach: f64) -> Option<usize> {
    let mut best: Option<(f64, usize)> = None;
    for piece in tree.nearest_neighbor_iter(p) {
        let square = piece.distance_2(&p);
        if square > reach * reach || best.is_some_and(|(least, _)| square > least) {
            break;
        }
        best = Some(best.map_or((square, piece.data), |(least, i)| (least, i.min(piece.data))));
    }
    best.map(|(_, i)| i)
}

/// How far along a line the point nearest to `p` lies, from 0 to 1.
fn along((a, b): (Rd, Rd), p: Rd) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let square = dx * dx + dy * dy;
    if square > 0.0 { (((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square).clamp(0.0, 1.0) } else { 0.0 }
}

/// Metres from one point to another.
pub fn distance(a: Rd, b: Rd) -> f64 {
    (b[0] - a[0]).hypot(b[1] - a[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_street_that_ends_on_the_main_street_is_connected_to_it() {
        let main = [[0.0, 0.0], [200.0, 0.0]];
        let side = [[80.0, 0.2], [80.0, 60.0]];
        let (streets, on) = Streets::new(&[&main, &side], &[[120.0, 9.0], [70.0, 40.0], [500.0, 500.0]], 50.0);
        assert_eq!(on.iter().map(Option::is_some).collect::<Vec<_>>(), [true, true, false]);
        let total: f64 = streets.stretches.iter().map(|s| s.2).sum();
        assert!((total - 260.0).abs() < 0.5, "{total}");
        // Crossing, four ends, two houses; everything hangs together.
        assert_eq!((streets.nodes.len(), streets.stretches.len()), (6, 5));
    }
}
