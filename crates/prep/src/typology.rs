//! The kind of each home from shared walls and the number of homes in the pand, and how many floors a flat has.

use gasvrij3d::geo::Rd;
use gasvrij3d::home::Typology;
use rayon::prelude::*;
use rstar::AABB;

use crate::assumptions::{Neighbours, assumptions};
use crate::geometry::{area_of, bounds, bounds_of, edges, grown, meet};
use crate::join::{Joined, index};
use crate::model::Polygon;

/// What is derived for each building.
pub struct Kinds {
    /// Homes in it.
    pub homes: Vec<u32>,
    /// Area of its footprint, m².
    pub footprint: Vec<f64>,
    /// Floor area of its homes where all are known, m².
    pub floor_area: Vec<Option<f64>>,
    /// The kind of the homes in it, where there are any.
    pub typ: Vec<Option<Typology>>,
}

/// Derives the kind of home of every building.
pub fn derive(joined: &Joined) -> Kinds {
    let a = &assumptions().typology;
    let dwellings = &joined.town.dwellings;
    let homes_in = |b: &Vec<usize>| b.iter().filter(|&&d| dwellings[d].is_home).count() as u32;
    let homes: Vec<u32> = joined.inhabitants.iter().map(homes_in).collect();
    let footprint: Vec<f64> = joined.town.buildings.par_iter().map(|b| area_of(&b.footprint)).collect();
    let floor_area: Vec<Option<f64>> = joined
        .inhabitants
        .iter()
        .map(|b| b.iter().filter(|&&d| dwellings[d].is_home).map(|&d| dwellings[d].facts.area_m2).sum())
        .collect();
    // Sheds and garages are no neighbours: else a semi-detached pair would be a row.
    let counts: Vec<bool> = (0..homes.len())
        .map(|i| !joined.inhabitants[i].is_empty() && (homes[i] > 0 || footprint[i] >= a.smallest))
        .collect();
    let neighbours = neighbours(joined, &counts, a);
    let clusters = clusters(&neighbours);
    let typ = (0..homes.len())
        .map(|i| match homes[i] {
            0 => None,
            1 => Some(match (neighbours[i].len(), clusters[i]) {
                (0, _) => Typology::Vrij,
                (_, 2) => Typology::TweeKap,
                (1, _) => Typology::Hoek,
                _ => Typology::Tussen,
            }),
            _ => Some(flat(floor_area[i], footprint[i], joined.town.buildings[i].height_m, a)),
        })
        .collect();
    Kinds { homes, footprint, floor_area, typ }
}

fn flat(area: Option<f64>, footprint: f64, height: Option<f64>, a: &Neighbours) -> Typology {
    let floors = match (area, height) {
        (Some(area), _) if footprint > 0.0 => (area / footprint).ceil() as u32,
        (_, Some(height)) => (height / a.floor).round() as u32,
        _ => return Typology::Flat,
    };
    if floors >= a.high_flat_floors { Typology::FlatHoog } else { Typology::FlatLaag }
}

/// For each building those it shares a wall with.
fn neighbours(joined: &Joined, counts: &[bool], a: &Neighbours) -> Vec<Vec<usize>> {
    let buildings = &joined.town.buildings;
    let boxes: Vec<_> = buildings.iter().map(|b| grown(bounds_of(&b.footprint), a.tolerance / 2.0)).collect();
    let index = index((0..buildings.len()).filter(|&i| counts[i]).map(|i| (i, boxes[i])));
    (0..buildings.len())
        .into_par_iter()
        .map(|i| {
            if !counts[i] {
                return Vec::new();
            }
            let b = boxes[i];
            let mut near: Vec<usize> = index
                .locate_in_envelope_intersecting(AABB::from_corners([b[0], b[1]], [b[2], b[3]]))
                .map(|entry| entry.data)
                .filter(|&j| j != i)
                // Always the same way round, so that both sides agree.
                .filter(|&j| {
                    shared_wall(&buildings[i.min(j)].footprint, &buildings[i.max(j)].footprint, a.tolerance)
                        >= a.shared_wall
                })
                .collect();
            near.sort_unstable();
            near
        })
        .collect()
}

/// Length over which two footprints run along each other within the tolerance, m. Corners need not coincide: the wall
/// of the one may have its points elsewhere than the wall of the other.
pub fn shared_wall(a: &[Polygon], b: &[Polygon], tolerance: f64) -> f64 {
    let near = grown(bounds_of(b), tolerance);
    let others: Vec<(Rd, Rd)> = b.iter().flatten().flat_map(|ring| edges(ring)).collect();
    let mut sum = 0.0;
    for (p, q) in a.iter().flatten().flat_map(|ring| edges(ring)) {
        if meet(bounds([&p, &q]), near) {
            sum += others.iter().map(|&(r, s)| overlap(p, q, r, s, tolerance)).sum::<f64>();
        }
    }
    sum
}

/// Length of the edge `p`-`q` along which the edge `r`-`s` runs beside it.
fn overlap(p: Rd, q: Rd, r: Rd, s: Rd, tolerance: f64) -> f64 {
    let length = (q[0] - p[0]).hypot(q[1] - p[1]);
    if length < 1e-6 {
        return 0.0;
    }
    let (ux, uy) = ((q[0] - p[0]) / length, (q[1] - p[1]) / length);
    let along = |c: Rd| (c[0] - p[0]) * ux + (c[1] - p[1]) * uy;
    let aside = |c: Rd| (c[1] - p[1]) * ux - (c[0] - p[0]) * uy;
    let (t0, t1) = (along(r), along(s));
    let (from, to) = (t0.min(t1).max(0.0), t0.max(t1).min(length));
    if to <= from {
        return 0.0;
    }
    // Distance at both ends of the stretch: an edge that only touches or crosses is no shared wall.
    let at = |t: f64| aside(r) + (aside(s) - aside(r)) * (t - t0) / (t1 - t0);
    if at(from).abs() <= tolerance && at(to).abs() <= tolerance { to - from } else { 0.0 }
}

/// For each building the size of the group that hangs together by shared walls.
fn clusters(neighbours: &[Vec<usize>]) -> Vec<usize> {
    let mut size = vec![0; neighbours.len()];
    let mut group = Vec::new();
    for start in 0..neighbours.len() {
        if size[start] > 0 {
            continue;
        }
        group.clear();
        group.push(start);
        // Any number but 0 marks it as seen until the size is known.
        size[start] = 1;
        let mut next = 0;
        while next < group.len() {
            for &n in &neighbours[group[next]] {
                if size[n] == 0 {
                    size[n] = 1;
                    group.push(n);
                }
            }
            next += 1;
        }
        for &member in &group {
            size[member] = group.len();
        }
    }
    size
}

#[cfg(test)]
mod tests {
    use gasvrij3d::home::{Address, Home, PandId, VboId};

    use super::*;
    use crate::model::{Building, Dwelling, Town};

    fn house(x: f64, y: f64, w: f64, d: f64) -> Vec<Polygon> {
        vec![vec![vec![[x, y], [x + w, y], [x + w, y + d], [x, y + d]]]]
    }

    /// Footprints with a number of homes each, joined.
    fn town(houses: &[(Vec<Polygon>, u32)]) -> Kinds {
        let mut town = Town::default();
        for (i, (footprint, homes)) in houses.iter().enumerate() {
            let pand = PandId(i as u64);
            town.buildings.push(Building {
                id: pand,
                footprint: footprint.clone(),
                source: "bag".into(),
                ..Building::default()
            });
            for n in 0..*homes {
                town.dwellings.push(Dwelling {
                    id: VboId(i as u64 * 1000 + u64::from(n)),
                    at: footprint[0][0][0],
                    panden: vec![pand],
                    address: Address::default(),
                    is_home: true,
                    facts: Home { area_m2: Some(80.0), ..Home::default() },
                    source: "bag".into(),
                    ..Dwelling::default()
                });
            }
        }
        derive(&crate::join::join(town, Vec::new(), &mut Vec::new()))
    }

    #[test]
    fn a_street_with_every_kind_of_house() {
        use Typology::{FlatHoog, FlatLaag, Hoek, Tussen, TweeKap, Vrij};
        let kinds = town(&[
            // A row of four, drawn with a gap of 0.2 m and walls that differ in depth.
            (house(1000.0, 0.0, 6.0, 9.0), 1),
            (house(1006.2, 0.0, 6.0, 9.0), 1),
            (house(1012.4, 1.0, 6.0, 9.0), 1),
            (house(1018.6, 0.0, 6.0, 11.0), 1),
            // Semi-detached, with a shed against it and a garage between it and the next house.
            (house(1100.0, 0.0, 7.0, 9.0), 1),
            (house(1107.0, 0.0, 7.0, 9.0), 1),
            (house(1114.0, 0.0, 3.0, 6.0), 0),
            (house(1117.0, 0.0, 9.0, 9.0), 1),
            // Upstairs and downstairs, then a tower of sixty homes of 80 m² on 600 m².
            (house(1200.0, 0.0, 6.0, 12.0), 2),
            (house(1300.0, 0.0, 30.0, 20.0), 60),
            // Corner to corner is no shared wall.
            (house(1400.0, 0.0, 8.0, 8.0), 1),
            (house(1408.0, 8.0, 8.0, 8.0), 1),
        ]);
        let want = [
            Some(Hoek),
            Some(Tussen),
            Some(Tussen),
            Some(Hoek),
            Some(TweeKap),
            Some(TweeKap),
            None,
            Some(Vrij),
            Some(FlatLaag),
            Some(FlatHoog),
            Some(Vrij),
            Some(Vrij),
        ];
        assert_eq!(kinds.typ, want);
        assert_eq!(kinds.homes[9], 60);
    }

    #[test]
    fn a_wall_may_have_its_points_on_one_side_only() {
        let a = vec![vec![vec![[0.0, 0.0], [6.0, 0.0], [6.0, 3.0], [6.0, 6.0], [6.0, 10.0], [0.0, 10.0]]]];
        let b = house(6.1, 2.0, 6.0, 20.0);
        assert!((shared_wall(&a, &b, 0.3) - 8.0).abs() < 0.05);
        assert!((shared_wall(&b, &a, 0.3) - 8.0).abs() < 0.05);
        assert!(shared_wall(&a, &b, 0.05) < 1e-9);
    }

    #[test]
    fn a_flat_without_areas_goes_by_its_measured_height() {
        let a = &assumptions().typology;
        assert_eq!(flat(None, 500.0, Some(11.0), a), Typology::FlatLaag);
        assert_eq!(flat(None, 500.0, Some(31.0), a), Typology::FlatHoog);
        assert_eq!(flat(None, 500.0, None, a), Typology::Flat);
    }
}
