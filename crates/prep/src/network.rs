//! Heat mains, to find the nearest of a place.

use gasvrij3d::geo::Rd;
use gasvrij3d::home::{NetKind, NetStatus};
use rstar::primitives::{GeomWithData, Line};
use rstar::{PointDistance, RTree};

use crate::model::HeatNetwork;

/// The mains of networks that are there or planned.
pub struct Mains<'a> {
    networks: &'a [HeatNetwork],
    tree: RTree<GeomWithData<Line<Rd>, usize>>,
}

impl<'a> Mains<'a> {
    /// An index over the mains.
    pub fn new(networks: &'a [HeatNetwork]) -> Self {
        let mut stretches = Vec::new();
        for (i, network) in networks.iter().enumerate().filter(|(_, n)| n.status != NetStatus::Geen) {
            for pair in network.lines.iter().flat_map(|line| line.windows(2)) {
                stretches.push(GeomWithData::new(Line::new(pair[0], pair[1]), i));
            }
        }
        Self { networks, tree: RTree::bulk_load(stretches) }
    }

    /// The nearest main within a distance, of this kind where one is asked for, and how far it is.
    pub fn nearest(&self, p: Rd, kind: Option<NetKind>, within: f64) -> Option<(&'a HeatNetwork, f64)> {
        for stretch in self.tree.nearest_neighbor_iter(p) {
            let metres = stretch.distance_2(&p).sqrt();
            if metres > within {
                break;
            }
            let network = &self.networks[stretch.data];
            if kind.is_none() || network.kind == kind {
                return Some((network, metres));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn network(kind: NetKind, status: NetStatus, y: f64) -> HeatNetwork {
        HeatNetwork {
            name: String::new(),
            kind: Some(kind),
            status,
            start: None,
            lines: vec![vec![[0.0, y], [100.0, y]]],
            source: "plan".into(),
        }
    }

    #[test]
    fn the_nearest_main_of_the_kind_that_is_planned() {
        let networks = [
            network(NetKind::Mt, NetStatus::Gepland, 40.0),
            network(NetKind::Lt, NetStatus::Gepland, 10.0),
            network(NetKind::Mt, NetStatus::Geen, 1.0),
        ];
        let mains = Mains::new(&networks);
        let metres = |kind, within| mains.nearest([50.0, 0.0], kind, within).map(|(_, m)| m);
        assert_eq!(metres(None, 100.0), Some(10.0));
        assert_eq!(metres(Some(NetKind::Mt), 100.0), Some(40.0));
        assert_eq!(metres(Some(NetKind::Mt), 30.0), None);
    }

    proptest! {
        /// Measured against every main.
        #[test]
        fn the_distance_is_that_to_the_nearest_of_all_mains(
            lines in prop::collection::vec(
                (prop::collection::vec((0.0..3000.0f64, 0.0..3000.0f64), 2..6), 0usize..3, 0usize..4), 1..12),
            (x, y) in (0.0..3000.0f64, 0.0..3000.0f64),
            wanted in prop::option::of(0usize..3),
        ) {
            let networks: Vec<HeatNetwork> = lines.iter().map(|(line, kind, status)| HeatNetwork {
                lines: vec![line.iter().map(|&(x, y)| [x, y]).collect()],
                ..network(NetKind::ALL[*kind], NetStatus::ALL[*status], 0.0)
            }).collect();
            let wanted = wanted.map(|kind| NetKind::ALL[kind]);
            let mains = Mains::new(&networks);
            let found = mains.nearest([x, y], wanted, 2000.0);
            let fits = |n: &&HeatNetwork| n.status != NetStatus::Geen && (wanted.is_none() || n.kind == wanted);
            let slow = networks.iter().filter(fits).flat_map(|n| n.lines.iter().flat_map(|l| l.windows(2)))
                .map(|pair| crate::geometry::apart([x, y], pair[0], pair[1]))
                .fold(f64::INFINITY, f64::min);
            match found {
                Some((network, metres)) => {
                    prop_assert!((metres - slow).abs() < 1e-6);
                    prop_assert!(fits(&network));
                }
                None => prop_assert!(slow > 2000.0 - 1e-6),
            }
        }
    }
}
