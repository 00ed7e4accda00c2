//! The town as it grows: streets, buildings and front doors, and from them at last the numbered addresses.

use gasvrij3d::geo::Rd;
use gasvrij3d::home::{Address, Home, PandId, VboId};
use gasvrij3d::tile::{GreenClass, RoadClass, RoofKind, WaterClass};

use crate::model::{Body, Building, Dwelling, Road, Town};

use super::facts;
use super::geometry::{Cell, P, area, contains, cross, distance, dot, mix, sub, unit};
use super::line::{Line, densify};
use super::names::Postcodes;
use super::params::{Kind, Params};
use super::warp::Warp;

/// The id of the one source of everything here.
pub const SOURCE: &str = "modelstad";
/// How far apart points of a bent line are, metres.
const STEP: f64 = 12.0;

/// A street: its segments carry addresses.
#[derive(Debug)]
struct Street {
    name: String,
    length: f64,
}

/// A straight part of a street, on the drawing board.
#[derive(Clone, Copy, Debug)]
struct Segment {
    street: usize,
    a: P,
    b: P,
    /// Length of the street before it.
    start: f64,
}

/// A place along a street where a front door can be.
#[derive(Clone, Copy, Debug)]
pub struct Door {
    street: usize,
    chain: f64,
    left: bool,
}

/// How the homes behind one front door are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// Each has a number of its own.
    Own,
    /// 12A, 12B...
    Letters,
    /// 12-1, 12-2...
    Additions,
    /// 12, 12-RD and 12-ZW: below and above, "rood" and "zwart".
    Red,
}

impl Numbering {
    /// Letter and addition of the home with this place in the pand.
    fn suffix(self, i: usize) -> (String, String) {
        match (self, i) {
            (Self::Letters, i) => (char::from(b'A' + (i % 26) as u8).to_string(), String::new()),
            (Self::Additions, i) => (String::new(), (i + 1).to_string()),
            (Self::Own, _) | (Self::Red, 0) => (String::new(), String::new()),
            (Self::Red, 1) => (String::new(), "RD".to_owned()),
            (Self::Red, 2) => (String::new(), "ZW".to_owned()),
            (Self::Red, i) => (String::new(), format!("ZW{i}")),
        }
    }
}

/// A dwelling that waits for its number.
#[derive(Debug)]
pub struct Unit {
    pub at: Rd,
    /// What is known of it; `None` for a shop, school or office.
    pub home: Option<Home>,
}

#[derive(Debug)]
struct Entrance {
    door: Door,
    quarter: usize,
    pand: PandId,
    numbering: Numbering,
    units: Vec<Unit>,
}

/// A quarter that has been laid out: a buurt.
#[derive(Debug)]
pub struct Quarter {
    pub kind: Kind,
    /// Its piece of the plan.
    pub cell: Cell,
    pub name: String,
    /// The roads laid in it, as places in the town's roads.
    pub roads: std::ops::Range<usize>,
}

/// Everything that is being made.
pub struct Site<'a> {
    pub params: &'a Params,
    pub warp: Warp,
    pub town: Town,
    pub quarters: Vec<Quarter>,
    pub homes: usize,
    /// Markets, schools, shopping streets and the like.
    pub amenities: usize,
    streets: Vec<Street>,
    segments: Vec<Segment>,
    entrances: Vec<Entrance>,
}

impl<'a> Site<'a> {
    pub fn new(params: &'a Params, warp: Warp) -> Self {
        Self {
            params,
            warp,
            town: Town::default(),
            quarters: Vec::new(),
            homes: 0,
            amenities: 0,
            streets: Vec::new(),
            segments: Vec::new(),
            entrances: Vec::new(),
        }
    }

    /// Points of the plan on the land, close enough together to follow its curves.
    pub fn bend(&self, points: &[P]) -> Vec<Rd> {
        let mut line = Vec::new();
        for pair in points.windows(2) {
            line.pop();
            line.extend(self.warp.line(&densify(pair[0], pair[1], STEP)));
        }
        line
    }

    /// A ring of the plan on the land.
    pub fn bend_ring(&self, ring: &[P]) -> Vec<Rd> {
        let mut closed = ring.to_vec();
        closed.extend(ring.first());
        let mut bent = self.bend(&closed);
        bent.pop();
        bent
    }

    /// Lays a street on which there can be addresses; gives its first segment.
    pub fn street(&mut self, name: &str, class: RoadClass, points: &[P]) -> usize {
        self.road(name, class, points);
        self.streets.push(Street { name: name.to_owned(), length: 0.0 });
        self.lengthen(self.streets.len() - 1, points)
    }

    fn lengthen(&mut self, street: usize, points: &[P]) -> usize {
        let first = self.segments.len();
        for pair in points.windows(2) {
            let start = self.streets[street].length;
            self.segments.push(Segment { street, a: pair[0], b: pair[1], start });
            self.streets[street].length += distance(pair[0], pair[1]);
        }
        first
    }

    /// Lays a road without addresses.
    pub fn road(&mut self, name: &str, class: RoadClass, points: &[P]) {
        let line = self.bend(points);
        self.town.roads.push(Road { class, name: name.to_owned(), line });
    }

    /// The front door at a point of the plan beside a segment.
    pub fn door(&self, segment: usize, p: P) -> Door {
        let Segment { street, a, b, start } = self.segments[segment];
        let along = unit(sub(b, a));
        let chain = start + dot(sub(p, a), along).clamp(0.0, distance(a, b));
        Door { street, chain, left: cross(along, sub(p, a)) >= 0.0 }
    }

    pub fn green(&mut self, class: GreenClass, ring: Vec<Rd>) {
        self.town.green.push((class, vec![turned_left(ring)]));
    }

    pub fn water(&mut self, class: WaterClass, ring: Vec<Rd>) {
        self.town.water.push((class, vec![turned_left(ring)]));
    }

    /// Builds a pand.
    pub fn building(&mut self, ring: Vec<Rd>, height: f64, year: Option<u16>) -> PandId {
        let id = PandId(8_999_100_000_000_001 + self.town.buildings.len() as u64);
        self.town.buildings.push(Building {
            id,
            footprint: vec![vec![ring]],
            height_m: Some((height * 10.0).round() / 10.0),
            year,
            body: None,
            source: SOURCE.to_owned(),
            place: None,
        });
        id
    }

    /// Gives a pand a sloping roof: its eaves and its ridge, metres above the ground.
    pub fn slope(&mut self, pand: PandId, [eaves, ridge]: [f64; 2]) {
        if let Some(building) = self.town.buildings.iter_mut().rfind(|building| building.id == pand) {
            building.body = Some(Box::new(Body {
                roof: Some(RoofKind::Sloped),
                eaves_m: Some(eaves),
                ridge_m: Some(ridge),
                source: SOURCE.to_owned(),
                ..Body::default()
            }));
        }
    }

    /// Gives a pand a front door and what is behind it.
    pub fn entrance(&mut self, quarter: usize, door: Door, pand: PandId, numbering: Numbering, units: Vec<Unit>) {
        self.homes += units.iter().filter(|u| u.home.is_some()).count();
        self.entrances.push(Entrance { door, quarter, pand, numbering, units });
    }

    /// Whether the town is full.
    pub fn room_for(&self, homes: usize) -> bool {
        self.homes < homes
    }

    /// Numbers the front doors, odd on the left of a street and even on the right, and hands over the town.
    pub fn finish(mut self) -> Town {
        let mut entrances = std::mem::take(&mut self.entrances);
        // Equal places keep the order in which they were built.
        entrances.sort_by(|a, b| {
            let key = |e: &Entrance| (e.door.street, !e.door.left);
            key(a).cmp(&key(b)).then(a.door.chain.total_cmp(&b.door.chain))
        });
        let mut postcodes = Postcodes::default();
        let mut side = None;
        let (mut number, mut postcode) = (0, String::new());
        for entrance in entrances {
            let here = (entrance.door.street, entrance.door.left);
            if side != Some(here) {
                side = Some(here);
                number = if entrance.door.left { 1 } else { 2 };
                postcode = postcodes.next(entrance.quarter);
            }
            let several = entrance.units.len() > 1;
            for (i, unit) in entrance.units.into_iter().enumerate() {
                let (letter, addition) = if several { entrance.numbering.suffix(i) } else { <_>::default() };
                let address = Address {
                    street: self.streets[entrance.door.street].name.clone(),
                    number,
                    letter,
                    addition,
                    postcode: postcode.clone(),
                    place: self.params.name.clone(),
                };
                if entrance.numbering == Numbering::Own {
                    number += 2;
                }
                let is_home = unit.home.is_some();
                let facts = unit.home.unwrap_or_default();
                self.town.dwellings.push(Dwelling {
                    id: VboId(8_999_010_000_000_001 + self.town.dwellings.len() as u64),
                    at: unit.at,
                    panden: vec![entrance.pand],
                    address,
                    is_home,
                    origins: facts::origins(&facts),
                    facts,
                    label: None,
                    source: SOURCE.to_owned(),
                    place: None,
                });
            }
            if entrance.numbering != Numbering::Own {
                number += 2;
            }
        }
        self.town
    }
}

/// The ring, turning to the left as a footprint does.
fn turned_left(mut ring: Vec<Rd>) -> Vec<Rd> {
    if area(&ring) < 0.0 {
        ring.reverse();
    }
    ring
}

/// A side of a block: where fronts stand.
#[derive(Clone, Debug)]
pub struct Side {
    pub line: Line,
    pub segment: Option<usize>,
    a: P,
    b: P,
}

impl Side {
    /// The point of the plan at this distance along the side.
    pub fn on_plan(&self, s: f64) -> P {
        mix(self.a, self.b, s / self.line.length().max(1e-6))
    }
}

/// A block: what is left between the streets.
#[derive(Clone, Debug)]
pub struct Block {
    /// On the drawing board, its edges where plots begin.
    pub cell: Cell,
    /// On the land.
    pub ring: Vec<Rd>,
    pub sides: Vec<Side>,
}

impl Block {
    pub fn new(site: &Site, cell: Cell) -> Self {
        let n = cell.corners.len();
        let sides = (0..n)
            .map(|i| {
                let (a, b) = (cell.corners[i], cell.corners[(i + 1) % n]);
                Side { line: Line::new(site.bend(&[a, b])), segment: cell.edges[i].segment, a, b }
            })
            .collect();
        Self { ring: site.bend_ring(&cell.corners), cell, sides }
    }

    pub fn holds(&self, ring: &[Rd]) -> bool {
        ring.iter().all(|&p| contains(&self.ring, p))
    }

    /// How far it is from a point inside to the edge, in a direction.
    pub fn reach(&self, p: Rd, direction: P) -> f64 {
        let n = self.ring.len();
        (0..n)
            .filter_map(|i| {
                let (a, d) = (self.ring[i], sub(self.ring[(i + 1) % n], self.ring[i]));
                let slope = cross(direction, d);
                let (t, u) = (cross(sub(a, p), d) / slope, cross(sub(a, p), direction) / slope);
                (slope.abs() > 1e-9 && t > 0.0 && (0.0..=1.0).contains(&u)).then_some(t)
            })
            .fold(f64::MAX, f64::min)
            .min(500.0)
    }

    /// The side with a street that is nearest to a point, and where along it.
    pub fn nearest_side(&self, p: Rd) -> Option<(&Side, f64)> {
        self.sides
            .iter()
            .filter(|side| side.segment.is_some())
            .filter_map(|side| {
                let steps = (side.line.length() / 4.0).ceil() as usize;
                (0..=steps)
                    .map(|i| side.line.length() * i as f64 / steps.max(1) as f64)
                    .map(|s| (distance(side.line.at(s), p), s))
                    .min_by(|a, b| a.0.total_cmp(&b.0))
                    .map(|(d, s)| (d, side, s))
            })
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, side, s)| (side, s))
    }

    /// The front door on the nearest street.
    pub fn door(&self, site: &Site, p: Rd) -> Option<Door> {
        let (side, s) = self.nearest_side(p)?;
        Some(site.door(side.segment?, side.on_plan(s)))
    }
}
