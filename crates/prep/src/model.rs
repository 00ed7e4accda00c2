//! What the readers and the model town hand to the pipeline: sources, before anything is joined or derived.
//!
//! All coordinates are RD New metres (EPSG:28992). Ids are unique after [`crate::report::Report`] had its say.

use gasvrij3d::geo::Rd;
use gasvrij3d::home::{Address, FactKey, Home, Method, NetKind, NetStatus, PandId, VboId};
use gasvrij3d::manifest::{Notice, Source};
use gasvrij3d::tile::{GreenClass, RailClass, RoadClass, WaterClass};

/// A polygon: its outer ring and its holes, rings without the closing point.
pub type Polygon = Vec<Vec<Rd>>;

/// Everything that was read for one municipality.
#[derive(Clone, Debug, Default)]
pub struct Town {
    /// For people: `Haarlem`.
    pub name: String,
    /// `GM0392`, or empty.
    pub code: String,
    /// Made up: every screen says so.
    pub model_town: bool,
    /// What every screen must say about this data, or empty.
    pub notice: Notice,
    /// The municipality's border; empty where it is not known. Buildings outside are rejected.
    pub border: Vec<Polygon>,
    /// Buildings.
    pub buildings: Vec<Building>,
    /// Verblijfsobjecten.
    pub dwellings: Vec<Dwelling>,
    /// Water.
    pub water: Vec<(WaterClass, Polygon)>,
    /// Green and other open ground.
    pub green: Vec<(GreenClass, Polygon)>,
    /// Roads.
    pub roads: Vec<Road>,
    /// Railways.
    pub rails: Vec<(RailClass, Vec<Rd>)>,
    /// Neighbourhoods.
    pub neighbourhoods: Vec<Neighbourhood>,
    /// Heat networks.
    pub networks: Vec<HeatNetwork>,
    /// Plan areas.
    pub plans: Vec<Plan>,
    /// The sources, each with the id that facts refer to.
    pub sources: Vec<Source>,
}

/// A pand as its source gives it.
#[derive(Clone, Debug)]
pub struct Building {
    /// Its id.
    pub id: PandId,
    /// Its footprint.
    pub footprint: Vec<Polygon>,
    /// Measured height above ground, metres, where the source has one.
    pub height_m: Option<f64>,
    /// Year of construction.
    pub year: Option<u16>,
    /// The id of its source.
    pub source: String,
}

/// A verblijfsobject as its source gives it.
#[derive(Clone, Debug)]
pub struct Dwelling {
    /// Its id.
    pub id: VboId,
    /// Where its point lies.
    pub at: Rd,
    /// The panden it is in, as registered; empty where the source does not say (then by place).
    pub panden: Vec<PandId>,
    /// Its address.
    pub address: Address,
    /// Whether it has a woonfunctie: only then is it a home.
    pub is_home: bool,
    /// Facts that a source gives for this dwelling itself (area, label, ownership...). Derived facts come later.
    pub facts: Home,
    /// Where those facts came from: fact, source id, method.
    pub origins: Vec<(FactKey, String, Method)>,
    /// The id of its source.
    pub source: String,
}

/// A road with its kind and name.
#[derive(Clone, Debug)]
pub struct Road {
    /// Its kind.
    pub class: RoadClass,
    /// Its name, or empty.
    pub name: String,
    /// Its points.
    pub line: Vec<Rd>,
}

/// A neighbourhood (buurt).
#[derive(Clone, Debug)]
pub struct Neighbourhood {
    /// `BU03920101`, or empty.
    pub code: String,
    /// For people.
    pub name: String,
    /// Its area.
    pub area: Vec<Polygon>,
}

/// A heat network, built or planned.
#[derive(Clone, Debug)]
pub struct HeatNetwork {
    /// For people.
    pub name: String,
    /// Its temperature.
    pub kind: Option<NetKind>,
    /// How far it is.
    pub status: NetStatus,
    /// Year in which it starts, where planned.
    pub start: Option<u16>,
    /// Its mains.
    pub lines: Vec<Vec<Rd>>,
    /// The id of its source.
    pub source: String,
}

/// An area for which the municipality has a plan (the plan layer of the warmteprogramma).
#[derive(Clone, Debug)]
pub struct Plan {
    /// For people.
    pub name: String,
    /// Heat network that is planned here, where one is.
    pub kind: Option<NetKind>,
    /// How far it is.
    pub status: NetStatus,
    /// Year in which it starts.
    pub start: Option<u16>,
    /// Year in which gas ends, where the area is designated.
    pub gas_ends: Option<u16>,
    /// Its area.
    pub area: Vec<Polygon>,
    /// The id of its source.
    pub source: String,
}
