//! What the readers and the model town hand to the pipeline: sources, before anything is joined or derived.
//!
//! All coordinates are RD New metres (EPSG:28992). Ids are unique after [`crate::report::Report`] had its say. The id of
//! a source leads to its date (`Source::date`); a fact with a date of its own (a label) carries it.

use std::collections::BTreeSet;
use std::sync::Arc;

pub use crate::area::{AreaLevel, AreaStatistics, MeterProduct, MeterRange, Statistic};
pub use crate::date::Date;
pub use crate::report::Place;
use gasvrij3d::geo::Rd;
use gasvrij3d::home::{Address, FactKey, Home, Method, Monument, NetKind, NetStatus, PandId, VboId};
use gasvrij3d::manifest::{Contact, Notice, Source};
use gasvrij3d::tile::{Decision, GreenClass, PlanStage, RailClass, RoadClass, RoofKind, Technique, WaterClass};

/// A polygon: its outer ring and its holes, rings without the closing point.
pub type Polygon = gasvrij3d::geo::plane::Area;

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
    /// Whom a resident can speak to, or empty.
    pub contact: Contact,
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
    /// Statistics of buurten, wijken and the municipality (CBS).
    pub statistics: Vec<AreaStatistics>,
    /// Average use by range of postcodes (the grid operator).
    pub meters: Vec<MeterRange>,
    /// Shapes of buildings that came in tables of their own; the rows of one pand are added up.
    pub bodies: Vec<(PandId, Body)>,
    /// Protected buildings.
    pub monuments: Vec<ProtectedBuilding>,
    /// Protected townscapes.
    pub townscapes: Vec<Townscape>,
    /// Areas in which something holds for every home: groundwater protection, archaeology.
    pub zones: Vec<Zone>,
    /// The sources, each with the id that facts refer to.
    pub sources: Vec<Source>,
}

impl Town {
    /// Adds what another file gave. The first name, code and notice stay.
    pub fn append(&mut self, other: Self) {
        if self.name.is_empty() {
            self.name = other.name;
            self.code = other.code;
        }
        self.border.extend(other.border);
        self.buildings.extend(other.buildings);
        self.dwellings.extend(other.dwellings);
        self.water.extend(other.water);
        self.green.extend(other.green);
        self.roads.extend(other.roads);
        self.rails.extend(other.rails);
        self.neighbourhoods.extend(other.neighbourhoods);
        self.networks.extend(other.networks);
        self.plans.extend(other.plans);
        self.statistics.extend(other.statistics);
        self.meters.extend(other.meters);
        self.bodies.extend(other.bodies);
        self.monuments.extend(other.monuments);
        self.townscapes.extend(other.townscapes);
        self.zones.extend(other.zones);
        self.sources.extend(other.sources);
    }
}

/// A pand as its source gives it.
#[derive(Clone, Debug, Default)]
pub struct Building {
    /// Its id.
    pub id: PandId,
    /// Its footprint.
    pub footprint: Vec<Polygon>,
    /// Measured height above ground, metres, where the source has one.
    pub height_m: Option<f64>,
    /// Year of construction.
    pub year: Option<u16>,
    /// Its shape above ground, where a height model measured it.
    pub body: Option<Box<Body>>,
    /// The id of its source.
    pub source: String,
    /// Where it stands in a file; `None` where it was made up.
    pub place: Option<Place>,
}

/// The shape of a building above ground, as a height model (3DBAG) measured it. Heights are above the ground beside it,
/// not NAP.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// Kind of roof.
    pub roof: Option<RoofKind>,
    /// Highest line of the roof, metres.
    pub ridge_m: Option<f64>,
    /// Lowest edge of the roof, metres.
    pub eaves_m: Option<f64>,
    /// Outer walls, m².
    pub outer_wall_m2: Option<f64>,
    /// Walls shared with neighbours, m².
    pub shared_wall_m2: Option<f64>,
    /// Flat parts of the roof, m².
    pub flat_roof_m2: Option<f64>,
    /// Sloped parts of the roof, m².
    pub sloped_roof_m2: Option<f64>,
    /// Ground floor, m².
    pub ground_m2: Option<f64>,
    /// Floors above ground (3DBAG gives at most 5).
    pub floors: Option<u8>,
    /// Volume, m³.
    pub volume_m3: Option<f64>,
    /// The id of the source that measured it.
    pub source: String,
}

/// A verblijfsobject as its source gives it.
#[derive(Clone, Debug, Default)]
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
    /// The registered energy label behind the facts `lab` and `q`, where there is one.
    pub label: Option<Box<LabelRecord>>,
    /// The id of its source.
    pub source: String,
    /// Where it stands in a file; `None` where it was made up.
    pub place: Option<Place>,
}

/// What the register says of a label besides its letter. The newest valid one of a dwelling counts.
#[derive(Clone, Debug, Default, PartialEq, PartialOrd)]
pub struct LabelRecord {
    /// Day of registration.
    pub registered: Option<Date>,
    /// Last day on which it is valid.
    pub valid_until: Option<Date>,
    /// Year of construction as the label has it.
    pub year: Option<u16>,
    /// `Gebouwtype` and `Gebouwsubtype` as the register writes them, or empty. A registered kind wins from a derived one.
    pub kind: String,
    /// `Gebouwsubtype`, or empty.
    pub subkind: String,
    /// The calculation (`Berekeningstype`), or empty.
    pub method: String,
    /// By NTA 8800: loss area per floor area (`Compactheid`, Als/Ag), for the Standaard.
    pub compactness: Option<f64>,
    /// By NTA 8800: floor area of the heated zone, m².
    pub area_m2: Option<f64>,
}

/// What a file says of homes, by dwelling, pand or address: EP-Online, lists of the municipality, corrections.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Of what.
    pub subject: Subject,
    /// What is said of it.
    pub home: Home,
    /// Whether the facts are registered, estimated or corrected. A corrected fact wins from every other.
    pub method: Method,
    /// Facts of this source that are estimates all the same.
    pub estimated: Arc<BTreeSet<FactKey>>,
    /// The label behind them.
    pub label: Option<Box<LabelRecord>>,
    /// The id of the source.
    pub source: Arc<str>,
    /// Where it stands in the file: `row 12`.
    pub place: Place,
}

/// What a row speaks of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// One dwelling.
    Vbo(VboId),
    /// All homes in a pand.
    Pand(PandId),
    /// An address: postcode, number, letter and addition; street and place may be empty.
    Address(Address),
}

/// A protected building: rijksmonument or gemeentelijk monument.
#[derive(Clone, Debug)]
pub struct ProtectedBuilding {
    /// Its number in the register, or empty.
    pub number: String,
    /// Whose protection it is.
    pub kind: Monument,
    /// Where it stands: a point, in its pand or within 2 m of it.
    pub at: Option<Rd>,
    /// Its area, where the register gives one.
    pub area: Vec<Polygon>,
    /// Its pand, address or dwelling, where a list gives one.
    pub subject: Option<Subject>,
    /// The id of its source.
    pub source: String,
    /// Where it stands in its file.
    pub place: Place,
}

/// A protected townscape (beschermd stadsgezicht).
#[derive(Clone, Debug)]
pub struct Townscape {
    /// For people.
    pub name: String,
    /// Its area.
    pub area: Vec<Polygon>,
    /// The id of its source.
    pub source: String,
}

/// An area in which a fact holds for every home.
#[derive(Clone, Debug)]
pub struct Zone {
    /// The fact: [`FactKey::GwBescherming`] or [`FactKey::ArcheologieHoog`].
    pub fact: FactKey,
    /// For people.
    pub name: String,
    /// Its area.
    pub area: Vec<Polygon>,
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

/// A neighbourhood (buurt). Its statistics are those with its code in [`Town::statistics`].
#[derive(Clone, Debug, Default)]
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
    /// What the municipality plans here; `None` where the source does not say.
    pub technique: Option<Technique>,
    /// How far the plan is.
    pub stage: Option<PlanStage>,
    /// Heat network that is planned here, where one is.
    pub kind: Option<NetKind>,
    /// How far the heat network is.
    pub status: NetStatus,
    /// Year in which the works start.
    pub start: Option<u16>,
    /// Year in which gas ends, where the area is designated.
    pub gas_ends: Option<u16>,
    /// Year in which the works are to be done.
    pub end: Option<u16>,
    /// The decision it rests on.
    pub decision: Decision,
    /// What is not certain yet, a sentence for people, Dutch, or empty.
    pub uncertain: String,
    /// The same in English, or empty.
    pub uncertain_en: String,
    /// Its area.
    pub area: Vec<Polygon>,
    /// The id of its source.
    pub source: String,
}
