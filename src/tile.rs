//! A tile of the town: what is in it, and its form as a Mapbox Vector Tile 2.1.
//!
//! One file a tile, in the matrix of [`crate::geo`]; layers `pand`, `woning`, `water`, `groen`, `weg`, `spoor`,
//! `warmtenet`, `plangebied`. A pand lies in exactly one tile (by a point on its surface) and is never cut; the other
//! layers are cut at the tile's edge. The attributes are the allow-list of what may be published (`docs/data.md`).

mod content;
pub mod mvt;
mod pbf;

use crate::geo::TileId;
use crate::home::{Address, Home, NetKind, NetStatus, Origins, PandId, VboId, codes};

pub use content::{Reading, decode, encode};

/// A point in tile units: x to the east, y to the south ([`TileId::to_units`]).
pub type Point = [i32; 2];
/// A closed ring, its first point not repeated.
pub type Ring = Vec<Point>;
/// An outer ring and its holes.
pub type Polygon = Vec<Ring>;

/// Everything in one tile. The order of panden is the order in the table of colours.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tile {
    /// Where it is. Not in the file: its name and the manifest say so.
    pub id: Option<TileId>,
    /// Buildings.
    pub panden: Vec<Pand>,
    /// Dwellings.
    pub woningen: Vec<Woning>,
    /// Water, cut at the edge.
    pub water: Vec<Area<WaterClass>>,
    /// Green, cut at the edge.
    pub groen: Vec<Area<GreenClass>>,
    /// Roads, cut at the edge.
    pub weg: Vec<Path<RoadClass>>,
    /// Railways, cut at the edge.
    pub spoor: Vec<Path<RailClass>>,
    /// Heat networks, cut at the edge.
    pub warmtenet: Vec<Pipe>,
    /// Plan areas, cut at the edge.
    pub plangebied: Vec<PlanArea>,
}

impl Tile {
    /// The plans for a place, in the order of the file.
    pub fn plans_at(&self, place: Point) -> impl Iterator<Item = &PlanArea> {
        self.plangebied.iter().filter(move |plan| holds(&plan.polygon, place))
    }
}

/// Whether a place lies in a polygon, by the parity of the edges to its east. Holes count by themselves.
pub fn holds(polygon: &Polygon, [x, y]: Point) -> bool {
    let mut odd = false;
    for ring in polygon {
        for (place, &[ax, ay]) in ring.iter().enumerate() {
            let [bx, by] = ring[(place + 1) % ring.len()];
            if (ay > y) != (by > y) {
                let wide = |v: i32| i64::from(v);
                // x < ax + (y − ay)·(bx − ax)/(by − ay), without a division.
                let left = (wide(x) - wide(ax)) * (wide(by) - wide(ay));
                let right = (wide(y) - wide(ay)) * (wide(bx) - wide(ax));
                odd ^= if by > ay { left < right } else { left > right };
            }
        }
    }
    odd
}

/// A building.
#[derive(Clone, Debug, PartialEq)]
pub struct Pand {
    /// Its id.
    pub id: PandId,
    /// Its footprint; more than one polygon where the register has a multipolygon.
    pub footprint: Vec<Polygon>,
    /// Height above ground, decimetres, at least 1.
    pub height_dm: u16,
    /// Whether the height was measured or is an assumption.
    pub height: HeightKind,
    /// Year of construction.
    pub year: Option<u16>,
    /// Homes in it (`nvbo`).
    pub homes: u32,
    /// Its roof, where a height model measured it.
    pub roof: Option<Roof>,
}

/// A roof as a height model measured it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Roof {
    /// One level.
    Flat,
    /// Several levels.
    SeveralFlat,
    /// Sloping, between its lowest edge and its highest line, decimetres above ground.
    Sloped {
        /// The lowest edge.
        eaves_dm: u16,
        /// The highest line, above the lowest edge.
        ridge_dm: u16,
    },
}

codes! {
    /// Where a height came from.
    HeightKind {
        /// From a height measurement.
        Measured = "gemeten",
        /// Assumed from the kind of building: "aanname".
        Assumed = "aanname",
    }
}

/// A dwelling with its facts.
#[derive(Clone, Debug, PartialEq)]
pub struct Woning {
    /// Its id.
    pub id: VboId,
    /// The building it is in.
    pub pand: Option<PandId>,
    /// Where its point is.
    pub at: Point,
    /// Its address.
    pub address: Address,
    /// Code of the neighbourhood it lies in, or empty.
    pub buurt: String,
    /// What is known of it.
    pub home: Home,
    /// Where each fact came from.
    pub origins: Origins,
}

/// A flat thing on the ground.
#[derive(Clone, Debug, PartialEq)]
pub struct Area<C> {
    /// Its kind.
    pub class: C,
    /// One polygon.
    pub polygon: Polygon,
}

/// A line on the ground.
#[derive(Clone, Debug, PartialEq)]
pub struct Path<C> {
    /// Its kind.
    pub class: C,
    /// What it is called, or empty.
    pub name: String,
    /// Its points, at least two.
    pub line: Vec<Point>,
}

/// A stretch of heat network.
#[derive(Clone, Debug, PartialEq)]
pub struct Pipe {
    /// Its temperature.
    pub kind: Option<NetKind>,
    /// How far it is.
    pub status: NetStatus,
    /// Year in which it starts, where planned.
    pub start: Option<u16>,
    /// What it is called.
    pub name: String,
    /// Its points, at least two.
    pub line: Vec<Point>,
}

/// An area for which the municipality has a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanArea {
    /// What it is called.
    pub name: String,
    /// Kind of heat network planned, where one is.
    pub kind: Option<NetKind>,
    /// How far it is.
    pub status: NetStatus,
    /// Year in which the works start.
    pub start: Option<u16>,
    /// Year in which gas ends, where the area is designated.
    pub gas_ends: Option<u16>,
    /// What the municipality plans here.
    pub technique: Option<Technique>,
    /// How far the plan is.
    pub stage: Option<PlanStage>,
    /// Year in which the works are to be done.
    pub end: Option<u16>,
    /// The decision it rests on.
    pub decision: Decision,
    /// What is not certain yet, a sentence for people, Dutch, or empty.
    pub uncertain: String,
    /// The same in English, or empty.
    pub uncertain_en: String,
    /// The id of its source in the manifest, or empty.
    pub source: String,
    /// One polygon.
    pub polygon: Polygon,
}

impl PlanArea {
    /// The year by which its works have begun: that of their start or, where only their end is known, that one.
    pub fn begun_by(&self) -> Option<u16> {
        self.start.or(self.end)
    }
}

/// The decision that a plan rests on. Each part may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// What it is called.
    pub title: String,
    /// Where it can be read.
    pub url: String,
    /// Its day, `2026-01-31`.
    pub date: String,
}

codes! {
    /// What a municipality plans for an area.
    Technique {
        /// A heat network; its temperature is in `net_soort`.
        HeatNetwork = "warmtenet",
        /// Each building for itself, without gas.
        AllElectric = "individueel",
        /// Hybrid heat pumps first.
        Hybrid = "hybride",
        /// One installation for a building or block.
        Collective = "collectief",
        /// Renewable gas.
        GreenGas = "duurzaam_gas",
        /// Not chosen yet.
        Open = "nog_open",
    }
}
codes! {
    /// How far a plan is.
    PlanStage {
        /// Being explored.
        Explored = "verkenning",
        /// Proposed, open for views.
        Draft = "ontwerp",
        /// Decided by the council.
        Decided = "vastgesteld",
        /// Works are going on.
        Works = "uitvoering",
        /// Done.
        Done = "gereed",
    }
}
codes! {
    /// Kinds of roof, as 3DBAG tells them apart.
    RoofKind { Flat = "plat", SeveralFlat = "plat_meerlaags", Sloped = "schuin" }
}

codes! {
    /// Kinds of water.
    WaterClass { River = "rivier", Canal = "gracht", Lake = "plas", Ditch = "sloot", Other = "water" }
}
codes! {
    /// Kinds of green and other open ground.
    GreenClass {
        Park = "park", Grass = "gras", Wood = "bos", Garden = "tuin", Pitch = "sportveld", Cemetery = "begraafplaats",
        Farmland = "akker", Sand = "zand", Paved = "plein", Quay = "kade", Other = "groen",
    }
}
codes! {
    /// Kinds of road, widest first.
    RoadClass {
        Motorway = "snelweg", Main = "hoofdweg", Secondary = "gebiedsweg", Street = "straat", Service = "erf",
        Cycle = "fietspad", Foot = "voetpad",
    }
}
codes! {
    /// Kinds of railway.
    RailClass { Rail = "trein", Tram = "tram" }
}

impl RoadClass {
    /// Width on the map, metres: what such a road usually measures in the Netherlands (aanname).
    pub const fn width_m(self) -> f32 {
        match self {
            Self::Motorway => 14.0,
            Self::Main => 9.0,
            Self::Secondary => 7.0,
            Self::Street => 5.5,
            Self::Service => 3.5,
            Self::Cycle => 2.5,
            Self::Foot => 1.6,
        }
    }
}

#[cfg(test)]
mod tests;
