//! The shortest trench that joins buildings: along the streets where there are streets, else straight with a detour.
//!
//! A minimum spanning tree of the buildings by their distances along the streets (Mehlhorn 1988: one search from all
//! buildings at once finds a spanning tree as short as that of all pairs). Stretches that two pipes share count once, so
//! that the trench is never longer than the tree of pairs, and at most twice as long as the shortest one there is.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BinaryHeap, HashMap};

use gasvrij3d::geo::Rd;
use gasvrij3d::sets::Groups;
use rstar::primitives::GeomWithData;
use rstar::{PointDistance, RTree};

use super::streets::{Streets, distance};

/// A trench: where it lies and how long it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trench {
    /// Along streets, metres.
    pub street_m: f64,
    /// Where there is no street: straight lines times the detour factor, metres.
    pub direct_m: f64,
    /// Its stretches, for the map.
    pub lines: Vec<[Rd; 2]>,
}

impl Trench {
    /// The whole length, metres.
    pub fn metres(&self) -> f64 {
        self.street_m + self.direct_m
    }
}

/// What must be joined: a place, and the point of the streets it lies at, where it does.
pub type Stop = (Rd, Option<usize>);

/// What the search found at a point: how far from which stop, and through which stretch.
struct Found {
    metres: f64,
    stop: usize,
    through: Option<usize>,
}

/// Joins the stops. Two neighbours that lie more than `longest` metres of street apart are joined straight.
pub fn dig(stops: &[Stop], streets: &Streets, detour: f64, longest: f64) -> Trench {
    let mut trench = Trench::default();
    let mut groups = Groups::new(stops.len());
    let mut first_at: HashMap<usize, usize> = HashMap::new();
    for (i, (_, node)) in stops.iter().enumerate() {
        if let Some(node) = node {
            groups.join(i, *first_at.entry(*node).or_insert(i));
        }
    }
    along_streets(&first_at, streets, longest, &mut groups, &mut trench);
    straight(stops, detour, &mut groups, &mut trench);
    trench
}

fn along_streets(
    first_at: &HashMap<usize, usize>,
    streets: &Streets,
    longest: f64,
    groups: &mut Groups,
    trench: &mut Trench,
) {
    let found = search(first_at, streets, longest / 2.0);
    // Each stretch between the surroundings of two stops is a way from the one to the other.
    let mut ways: Vec<(f64, usize)> = Vec::new();
    let mut seen: Vec<usize> = found.keys().flat_map(|node| streets.at[*node].iter().copied()).collect();
    seen.sort_unstable();
    seen.dedup();
    for stretch in seen {
        let (a, b, metres) = streets.stretches[stretch];
        if let (Some(from), Some(to)) = (found.get(&a), found.get(&b))
            && from.stop != to.stop
        {
            let way = from.metres + metres + to.metres;
            if way <= longest {
                ways.push((way, stretch));
            }
        }
    }
    ways.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut dug = Vec::new();
    for (_, stretch) in ways {
        let (a, b, _) = streets.stretches[stretch];
        let (Some(from), Some(to)) = (found.get(&a), found.get(&b)) else { continue };
        if groups.join(from.stop, to.stop) {
            dug.push(stretch);
            for start in [a, b] {
                let mut node = start;
                while let Some(through) = found.get(&node).and_then(|f| f.through) {
                    dug.push(through);
                    let (x, y, _) = streets.stretches[through];
                    node = if x == node { y } else { x };
                }
            }
        }
    }
    dug.sort_unstable();
    dug.dedup();
    for stretch in dug {
        let (a, b, metres) = streets.stretches[stretch];
        trench.street_m += metres;
        trench.lines.push([streets.nodes[a], streets.nodes[b]]);
    }
}

/// The nearest stop of every point within reach, and the way to it.
fn search(first_at: &HashMap<usize, usize>, streets: &Streets, reach: f64) -> HashMap<usize, Found> {
    let mut found: HashMap<usize, Found> = HashMap::new();
    let mut queue = BinaryHeap::new();
    for (&node, &stop) in first_at {
        queue.push(Reverse((Metres(0.0), stop, node, None)));
    }
    while let Some(Reverse((Metres(metres), stop, node, through))) = queue.pop() {
        if found.contains_key(&node) {
            continue;
        }
        found.insert(node, Found { metres, stop, through });
        for &stretch in &streets.at[node] {
            let (a, b, length) = streets.stretches[stretch];
            let next = if a == node { b } else { a };
            if metres + length <= reach && !found.contains_key(&next) {
                queue.push(Reverse((Metres(metres + length), stop, next, Some(stretch))));
            }
        }
    }
    found
}

/// A length with an order.
#[derive(Clone, Copy, PartialEq)]
struct Metres(f64);

impl Eq for Metres {}

impl PartialOrd for Metres {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Metres {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// A straight line: the square of its length, the lower stop, the higher stop.
type Straight = (f64, usize, usize);

type Tree = RTree<GeomWithData<Rd, usize>>;

/// From so many stops on, a group looks for others in a tree without its own stops: passing them by takes longer.
const MANY: usize = 64;

/// Joins the groups that are left by the shortest straight lines between their stops (Borůvka).
fn straight(stops: &[Stop], detour: f64, groups: &mut Groups, trench: &mut Trench) {
    let tree = tree_of(stops, |_| true);
    loop {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for i in 0..stops.len() {
            members.entry(groups.of(i)).or_default().push(i);
        }
        // The line from the largest group to another is found from that other one, or is not needed in this round.
        let Some(largest) = members.values().map(Vec::len).max().filter(|_| members.len() > 1) else { return };
        let mut left_out = false;
        members.retain(|_, stops| left_out || stops.len() < largest || !std::mem::replace(&mut left_out, true));
        let mut lines: Vec<Straight> =
            members.values().filter_map(|members| shortest(members, stops, &tree, groups)).collect();
        lines.sort_by(order);
        for (_, a, b) in lines {
            if groups.join(a, b) {
                trench.direct_m += distance(stops[a].0, stops[b].0) * detour;
                trench.lines.push([stops[a].0, stops[b].0]);
            }
        }
    }
}

fn tree_of(stops: &[Stop], is_in: impl Fn(usize) -> bool) -> Tree {
    let all = stops.iter().enumerate().filter(|(i, _)| is_in(*i));
    RTree::bulk_load(all.map(|(i, (p, _))| GeomWithData::new(*p, i)).collect())
}

/// The shortest line from a group to another.
fn shortest(members: &[usize], stops: &[Stop], all: &Tree, groups: &mut Groups) -> Option<Straight> {
    let mine = groups.of(*members.first()?);
    let others = (members.len() > MANY).then(|| {
        let mut is_mine = vec![false; stops.len()];
        for &i in members {
            is_mine[i] = true;
        }
        tree_of(stops, |i| !is_mine[i])
    });
    let mut best: Option<Straight> = None;
    for &i in members {
        let p = stops[i].0;
        for other in others.as_ref().unwrap_or(all).nearest_neighbor_iter(p) {
            let line = (other.distance_2(&p), i.min(other.data), i.max(other.data));
            if best.is_some_and(|least| line.0 > least.0) {
                break;
            }
            if groups.of(other.data) != mine && best.is_none_or(|least| order(&line, &least).is_lt()) {
                best = Some(line);
            }
        }
    }
    best
}

fn order(a: &Straight, b: &Straight) -> Ordering {
    a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 0.01, "{a} is not {b}");
    }

    fn trench(lines: &[Vec<Rd>], places: &[Rd]) -> Trench {
        let lines: Vec<&[Rd]> = lines.iter().map(Vec::as_slice).collect();
        let (streets, on) = Streets::new(&lines, places, 50.0);
        let stops: Vec<Stop> = places.iter().copied().zip(on).collect();
        dig(&stops, &streets, 1.25, 2000.0)
    }

    #[test]
    fn flats_along_a_street_share_one_trench() {
        // A street of 300 m with a side street of 100 m in the middle; flats at 50, 250 and at the end of the side street.
        let streets = [vec![[0.0, 0.0], [150.0, 0.0], [300.0, 0.0]], vec![[150.0, 0.0], [150.0, 100.0]]];
        let found = trench(&streets, &[[50.0, 20.0], [250.0, -20.0], [165.0, 100.0]]);
        close(found.street_m, 300.0);
        close(found.direct_m, 0.0);
    }

    #[test]
    fn a_bridge_decides_over_the_way_along_the_streets() {
        // Two quays, 20 m apart over the water, joined by a bridge 200 m on.
        let quays =
            [vec![[0.0, 0.0], [200.0, 0.0]], vec![[0.0, 20.0], [200.0, 20.0]], vec![[200.0, 0.0], [200.0, 20.0]]];
        close(trench(&quays, &[[0.0, -9.0], [0.0, 29.0]]).street_m, 420.0);
        // A search that may go no further than 300 m digs straight: 38 m from place to place, with the detour.
        let lines: Vec<&[Rd]> = quays.iter().map(Vec::as_slice).collect();
        let places = [[0.0, -9.0], [0.0, 29.0]];
        let (streets, on) = Streets::new(&lines, &places, 50.0);
        let stops: Vec<Stop> = places.iter().copied().zip(on).collect();
        let found = dig(&stops, &streets, 1.25, 300.0);
        close(found.street_m, 0.0);
        close(found.direct_m, 38.0 * 1.25);
    }

    #[test]
    fn without_streets_it_is_the_spanning_tree_with_a_detour() {
        let corners = [[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0], [50.0, 50.0]];
        close(trench(&[], &corners).direct_m, 4.0 * 50.0 * 2f64.sqrt() * 1.25);
        assert_eq!(trench(&[], &corners[..1]), Trench::default());
        assert_eq!(trench(&[], &[]), Trench::default());
    }

    /// Prim over all pairs.
    fn spanning(n: usize, between: impl Fn(usize, usize) -> f64) -> f64 {
        let mut nearest: Vec<f64> = (0..n).map(|i| if i == 0 { 0.0 } else { f64::INFINITY }).collect();
        let mut left: Vec<usize> = (0..n).collect();
        let mut sum = 0.0;
        while !left.is_empty() {
            let at = (0..left.len()).min_by(|&a, &b| nearest[left[a]].total_cmp(&nearest[left[b]])).unwrap_or(0);
            let i = left.swap_remove(at);
            sum += nearest[i];
            for &j in &left {
                nearest[j] = nearest[j].min(between(i, j));
            }
        }
        sum
    }

    /// All distances along the streets (Floyd and Warshall).
    fn all_pairs(streets: &Streets) -> Vec<Vec<f64>> {
        let n = streets.nodes.len();
        let mut d = vec![vec![f64::INFINITY; n]; n];
        for (i, row) in d.iter_mut().enumerate() {
            row[i] = 0.0;
        }
        for &(a, b, m) in &streets.stretches {
            d[a][b] = d[a][b].min(m);
            d[b][a] = d[b][a].min(m);
        }
        for k in 0..n {
            for i in 0..n {
                for j in 0..n {
                    d[i][j] = d[i][j].min(d[i][k] + d[k][j]);
                }
            }
        }
        d
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Straight lines: as long as the spanning tree of all pairs.
        #[test]
        fn straight_lines_are_a_shortest_tree(places in prop::collection::vec((0.0..500.0f64, 0.0..500.0f64), 2..300)) {
            let places: Vec<Rd> = places.into_iter().map(|(x, y)| [x, y]).collect();
            let want = spanning(places.len(), |i, j| distance(places[i], places[j])) * 1.25;
            prop_assert!((trench(&[], &places).direct_m - want).abs() < 1e-6);
        }

        /// A grid of streets of 100 m with gaps: never longer than the tree of all pairs or the star from any stop, at
        /// least half the tree, and the same in another order.
        #[test]
        fn along_streets_it_is_no_longer_than_the_tree_of_all_pairs(
            stops in prop::collection::vec((0.0..400.0f64, 0usize..5, any::<bool>()), 2..12),
            gaps in prop::collection::vec(0usize..5, 0..3),
        ) {
            let mut lines: Vec<Vec<Rd>> = Vec::new();
            for i in 0..5 {
                let at = i as f64 * 100.0;
                lines.push((0..5).map(|j| [f64::from(j) * 100.0, at]).collect());
                if !gaps.contains(&i) || i == 0 {
                    lines.push((0..5).map(|j| [at, f64::from(j) * 100.0]).collect());
                }
            }
            let places: Vec<Rd> = stops.iter().map(|&(t, i, flat)| {
                // The streets that may be missing carry no stops.
                let at = if flat { i as f64 * 100.0 } else { 0.0 };
                if flat { [t, at + 3.0] } else { [at + 3.0, t] }
            }).collect();
            let refs: Vec<&[Rd]> = lines.iter().map(Vec::as_slice).collect();
            let (streets, on) = Streets::new(&refs, &places, 50.0);
            let stops: Vec<Stop> = places.iter().copied().zip(on.iter().copied()).collect();
            let found = dig(&stops, &streets, 1.25, 1e6);
            prop_assert!(found.direct_m.abs() < 1e-9);
            let d = all_pairs(&streets);
            let node = |i: usize| on[i].unwrap_or(0);
            let tree = spanning(places.len(), |i, j| d[node(i)][node(j)]);
            prop_assert!(found.street_m <= tree + 1e-6, "{} > {}", found.street_m, tree);
            prop_assert!(found.street_m >= tree / 2.0 - 1e-6);
            for centre in 0..places.len() {
                let star: f64 = (0..places.len()).map(|j| d[node(centre)][node(j)]).sum();
                prop_assert!(found.street_m <= star + 1e-6);
            }
            let drawn: f64 = found.lines.iter().map(|l| distance(l[0], l[1])).sum();
            prop_assert!((drawn - found.metres()).abs() < 1e-6);
        }
    }
}
