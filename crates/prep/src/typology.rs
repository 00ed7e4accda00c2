//! The kind of each home from shared walls and the number of homes in the pand, how many floors there are, and how sure
//! that is.

use gasvrij3d::geo::Rd;
use gasvrij3d::home::Typology;
use gasvrij3d::sets::Groups;
use rayon::prelude::*;
use rstar::AABB;

use crate::assumptions::{Neighbours, assumptions};
use crate::geometry::{area_of, bounds, bounds_of, edges, grown, meet};
use crate::join::{Joined, index};
use crate::model::{Building, Polygon};

/// What is derived for each building.
pub struct Kinds {
    /// Homes in it.
    pub homes: Vec<u32>,
    /// Area of its footprint, m².
    pub footprint: Vec<f64>,
    /// Floor area of its homes where all are known, m².
    pub floor_area: Vec<Option<f64>>,
    /// Floors above ground, where they follow from something.
    pub floors: Vec<Option<u32>>,
    /// The kind of the homes in it, where there are any.
    pub typ: Vec<Option<Typology>>,
    /// How sure that is, and why.
    pub sure: Vec<Option<(Confidence, Evidence)>>,
}

/// How sure a derived kind is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Two sources agree, or there is nothing to mistake.
    Hoog,
    /// From one source.
    Midden,
    /// Sources disagree, or something is missing: an assumption.
    Laag,
}

impl Confidence {
    /// In the report.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hoog => "sure",
            Self::Midden => "likely",
            Self::Laag => "assumed",
        }
    }
}

/// What a derived kind rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// The walls of the height model agree with the map.
    Walls,
    /// The height model has a shared wall where the map has no neighbour, or the other way round.
    WallsDisagree,
    /// A neighbour stands at a gap that may be one of drawing.
    Gap,
    /// A shed or garage stands against it, which is no neighbour.
    Shed,
    /// The map alone.
    Map,
    /// Floors that were counted, or the area of the homes on the footprint.
    Floors,
    /// An area of homes that is just about four floors.
    FloorsNearLimit,
    /// The height.
    Height,
    /// Nothing tells how high it is.
    NoHeight,
}

impl Evidence {
    /// A sentence for the report.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Walls => "the walls of the height model agree with the map",
            Self::WallsDisagree => "the height model and the map disagree on a shared wall",
            Self::Gap => "a neighbour stands at a gap that may be one of drawing",
            Self::Shed => "a shed or garage against it was left out",
            Self::Map => "from the map alone",
            Self::Floors => "floors from the height model or the area of the homes",
            Self::FloorsNearLimit => "the area of the homes is just about four floors",
            Self::Height => "floors from the height",
            Self::NoHeight => "nothing tells how high it is",
        }
    }
}

impl Kinds {
    /// Whether the building is one of homes upstairs and downstairs (beneden-/bovenwoning), as in streets of 1900.
    pub fn is_upstairs(&self, b: usize) -> bool {
        let a = &assumptions().certainty;
        (2..=a.upstairs_homes).contains(&self.homes[b]) && self.floors[b].is_some_and(|n| n <= a.upstairs_floors)
    }
}

/// Derives the kind of home of every building.
pub fn derive(joined: &Joined) -> Kinds {
    let a = &assumptions().typology;
    let buildings = &joined.town.buildings;
    let dwellings = &joined.town.dwellings;
    let homes_in = |b: &Vec<usize>| b.iter().filter(|&&d| dwellings[d].is_home).count() as u32;
    let homes: Vec<u32> = joined.inhabitants.iter().map(homes_in).collect();
    let footprint: Vec<f64> = buildings.par_iter().map(|b| area_of(&b.footprint)).collect();
    let floor_area: Vec<Option<f64>> = joined
        .inhabitants
        .iter()
        .map(|b| b.iter().filter(|&&d| dwellings[d].is_home).map(|&d| dwellings[d].facts.area_m2).sum())
        .collect();
    // Sheds and garages are no neighbours: else a semi-detached pair would be a row.
    let counts: Vec<bool> = (0..homes.len())
        .map(|i| !joined.inhabitants[i].is_empty() && (homes[i] > 0 || footprint[i] >= a.smallest))
        .collect();
    let around = around(joined, &counts, a);
    let sizes = sizes(&around);
    let storeys: Vec<_> = (0..homes.len())
        .map(|i| storeys(&buildings[i], floor_area[i].filter(|_| homes[i] > 0), footprint[i], a))
        .collect();
    let house = |i: usize| match (around[i].neighbours.len(), sizes[i]) {
        (0, _) => Typology::Vrij,
        (_, 2) => Typology::TweeKap,
        (1, _) => Typology::Hoek,
        _ => Typology::Tussen,
    };
    let typ = (0..homes.len())
        .map(|i| match homes[i] {
            0 => None,
            1 => Some(house(i)),
            _ => Some(flat(storeys[i].0, a)),
        })
        .collect();
    let sure = (0..homes.len())
        .map(|i| match homes[i] {
            0 => None,
            1 => Some(sure_of_house(&buildings[i], &around[i])),
            _ => Some(storeys[i].1),
        })
        .collect();
    Kinds { homes, footprint, floor_area, floors: storeys.into_iter().map(|s| s.0).collect(), typ, sure }
}

fn flat(floors: Option<u32>, a: &Neighbours) -> Typology {
    match floors {
        Some(floors) if floors >= a.high_flat_floors => Typology::FlatHoog,
        Some(_) => Typology::FlatLaag,
        None => Typology::Flat,
    }
}

/// Floors: as counted in the height model, else from the area of the homes, else from the height.
fn storeys(b: &Building, area: Option<f64>, footprint: f64, a: &Neighbours) -> (Option<u32>, (Confidence, Evidence)) {
    let body = b.body.as_deref();
    if let Some(floors) = body.and_then(|body| body.floors) {
        return (Some(u32::from(floors)), (Confidence::Hoog, Evidence::Floors));
    }
    let ground = body.and_then(|body| body.ground_m2).unwrap_or(footprint);
    match (area, b.height_m) {
        (Some(area), _) if ground > 0.0 && area > 0.0 => {
            let ratio = area / ground;
            let near_limit = (ratio - f64::from(a.high_flat_floors - 1)).abs() < 0.2;
            let sure = if near_limit {
                (Confidence::Midden, Evidence::FloorsNearLimit)
            } else {
                (Confidence::Hoog, Evidence::Floors)
            };
            (Some(ratio.ceil() as u32), sure)
        }
        (_, Some(height)) => (Some(((height / a.floor).round() as u32).max(1)), (Confidence::Midden, Evidence::Height)),
        // A flat it is: the kind without a height says no more than that.
        _ => (None, (Confidence::Midden, Evidence::NoHeight)),
    }
}

fn sure_of_house(b: &Building, around: &Around) -> (Confidence, Evidence) {
    let attached = !around.neighbours.is_empty();
    let wall = b.body.as_deref().and_then(|body| body.shared_wall_m2);
    match wall.map(|m2| m2 > assumptions().certainty.shared_wall_m2) {
        Some(shared) if shared == attached => (Confidence::Hoog, Evidence::Walls),
        Some(true) if around.shed => (Confidence::Midden, Evidence::Shed),
        Some(_) => (Confidence::Laag, Evidence::WallsDisagree),
        None if around.gap => (Confidence::Laag, Evidence::Gap),
        None if around.shed => (Confidence::Midden, Evidence::Shed),
        None => (Confidence::Midden, Evidence::Map),
    }
}

/// What stands around a building.
#[derive(Default)]
struct Around {
    /// Buildings with which it shares a wall, sheds left out.
    neighbours: Vec<usize>,
    /// Another stands at a gap that may be one of drawing.
    gap: bool,
    /// Something that is no neighbour stands against it.
    shed: bool,
}

fn around(joined: &Joined, counts: &[bool], a: &Neighbours) -> Vec<Around> {
    let wide = assumptions().certainty.wide_gap;
    let buildings = &joined.town.buildings;
    let boxes: Vec<_> = buildings.iter().map(|b| grown(bounds_of(&b.footprint), wide / 2.0)).collect();
    let index = index(boxes.iter().copied().enumerate());
    (0..buildings.len())
        .into_par_iter()
        .map(|i| {
            let mut around = Around::default();
            if !counts[i] {
                return around;
            }
            let b = boxes[i];
            for entry in index.locate_in_envelope_intersecting(AABB::from_corners([b[0], b[1]], [b[2], b[3]])) {
                let j = entry.data;
                if j == i {
                    continue;
                }
                // Always the same way round, so that both sides agree.
                let (first, second) = (&buildings[i.min(j)].footprint, &buildings[i.max(j)].footprint);
                let shares = |tolerance| shared_wall(first, second, tolerance) >= a.shared_wall;
                match (shares(a.tolerance), counts[j]) {
                    (true, true) => around.neighbours.push(j),
                    (true, false) => around.shed = true,
                    (false, true) => around.gap = around.gap || shares(wide),
                    (false, false) => {}
                }
            }
            around.neighbours.sort_unstable();
            around
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
fn sizes(around: &[Around]) -> Vec<usize> {
    let mut groups = Groups::new(around.len());
    for (i, around) in around.iter().enumerate() {
        for &j in &around.neighbours {
            groups.join(i, j);
        }
    }
    let mut sizes = vec![0; around.len()];
    for members in groups.members() {
        for &member in &members {
            sizes[member] = members.len();
        }
    }
    sizes
}

#[cfg(test)]
mod tests {
    use gasvrij3d::home::{Address, Home, PandId, VboId};

    use super::*;
    use crate::model::{Body, Building, Dwelling, Town};

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
        let of = |height_m, area| {
            let (floors, sure) = storeys(&Building { height_m, ..Building::default() }, area, 500.0, a);
            (flat(floors, a), sure)
        };
        assert_eq!(of(Some(11.0), None), (Typology::FlatLaag, (Confidence::Midden, Evidence::Height)));
        assert_eq!(of(Some(31.0), None), (Typology::FlatHoog, (Confidence::Midden, Evidence::Height)));
        assert_eq!(of(None, None), (Typology::Flat, (Confidence::Midden, Evidence::NoHeight)));
        assert_eq!(of(Some(31.0), Some(1400.0)), (Typology::FlatLaag, (Confidence::Hoog, Evidence::Floors)));
        // 2,020 m² on 500 m² are four floors and a staircase, or five.
        assert_eq!(of(None, Some(2020.0)), (Typology::FlatHoog, (Confidence::Midden, Evidence::FloorsNearLimit)));
        let counted =
            Building { body: Some(Box::new(Body { floors: Some(3), ..Body::default() })), ..Building::default() };
        assert_eq!(storeys(&counted, Some(9999.0), 500.0, a), (Some(3), (Confidence::Hoog, Evidence::Floors)));
    }

    #[test]
    fn how_sure_a_house_is_depends_on_walls_gaps_and_sheds() {
        use Confidence::{Hoog, Laag, Midden};
        let sure = |wall: Option<f64>, neighbours: usize, gap, shed| {
            let body = wall.map(|m2| Box::new(Body { shared_wall_m2: Some(m2), ..Body::default() }));
            let b = Building { body, ..Building::default() };
            sure_of_house(&b, &Around { neighbours: vec![0; neighbours], gap, shed })
        };
        assert_eq!(sure(Some(48.0), 1, false, false), (Hoog, Evidence::Walls));
        assert_eq!(sure(Some(0.0), 0, true, true), (Hoog, Evidence::Walls));
        assert_eq!(sure(Some(48.0), 0, true, false), (Laag, Evidence::WallsDisagree));
        assert_eq!(sure(Some(12.0), 0, false, true), (Midden, Evidence::Shed));
        assert_eq!(sure(None, 0, true, false), (Laag, Evidence::Gap));
        assert_eq!(sure(None, 1, false, false), (Midden, Evidence::Map));
        // In a town: a gap of 0.8 m is no wall, and it is not sure either.
        let kinds = town(&[(house(0.0, 0.0, 6.0, 9.0), 1), (house(6.8, 0.0, 6.0, 9.0), 1)]);
        assert_eq!(kinds.typ, [Some(Typology::Vrij); 2]);
        assert_eq!(kinds.sure, [Some((Laag, Evidence::Gap)); 2]);
    }
}
