//! `data/modelstad.toml`: everything about the model town that is a number, a name or a choice.

use std::collections::BTreeMap;

use gasvrij3d::home::{Label, NetKind, NetStatus, Ownership};
use gasvrij3d::tile::{PlanStage, RoadClass};
use serde::Deserialize;

use super::warp::Wave;

/// The whole description.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    pub name: String,
    pub code: String,
    pub notice_nl: String,
    pub notice_en: String,
    pub source_name: String,
    pub attribution: String,
    pub licence: String,
    pub date: String,
    /// The middle of the town, RD metres.
    pub centre: [f64; 2],
    /// The share of homes of which a fact is left out, though it could be known.
    pub missing: f64,
    pub sizes: BTreeMap<String, Layout>,
    pub kinds: BTreeMap<Kind, KindSpec>,
    /// Label shares by year of construction, oldest first.
    pub periods: Vec<Period>,
    /// Standaard and heat demand.
    pub demand: Demand,
    pub heat: Vec<HeatPlan>,
    pub names: Names,
}

/// The plan of one size of town: rings around the old centre, cut by spokes, a river through the middle.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// No new quarter is begun when the town has this many homes, and no block at `most`; what is left is farmland.
    pub homes: usize,
    pub most: usize,
    pub rotation: f64,
    /// Half the width of the river.
    pub river: f64,
    /// Half the width of the canal around the old centre.
    pub moat: f64,
    /// How far north of the river the railway runs, if there is one.
    pub railway: Option<f64>,
    /// Radii of the rings, metres; the first is the old centre.
    pub rings: Vec<f64>,
    /// Class of the road on each ring.
    pub ring_roads: Vec<RoadClass>,
    /// Spokes on each side of the river.
    pub spokes: usize,
    /// The size of a quarter (buurt), m².
    pub quarter: f64,
    /// Kinds of quarter, ring by ring, from east to west; more than one where a cell is divided.
    pub north: Vec<Vec<Vec<Kind>>>,
    pub south: Vec<Vec<Vec<Kind>>>,
    pub waves: Vec<Wave>,
}

/// Kinds of quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Centrum,
    Gordel,
    Jaren30,
    Stroken,
    Galerij,
    Rij65,
    Bloemkool,
    Vinex,
    Nieuw,
    Villa,
    Bedrijven,
    Station,
    Park,
    Sport,
    Volkstuin,
    Begraafplaats,
    Bos,
    Plas,
    Akker,
}

/// How the blocks of a quarter are filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Houses all around the block, gardens inside.
    Gesloten,
    /// Rows along the streets, gardens at the back.
    Rijen,
    /// Slabs of three or four floors in the green.
    Stroken,
    /// High slabs, with rows in between.
    Hoogbouw,
    /// Houses on their own plots.
    Vrij,
    /// Halls.
    Hallen,
    /// Nothing is built by the block.
    Open,
}

/// One kind of quarter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindSpec {
    pub form: Form,
    /// Length and width of a block between the middles of the streets, metres.
    #[serde(default)]
    pub block: [f64; 2],
    /// How far streets turn from the straight, degrees.
    #[serde(default)]
    pub skew: f64,
    /// Class of the streets, and from their middle to the plots.
    #[serde(default = "street")]
    pub street: RoadClass,
    #[serde(default)]
    pub inset: f64,
    /// The share of streets that are a canal or ditch, and half its width.
    #[serde(default)]
    pub water: f64,
    #[serde(default)]
    pub water_half: f64,
    #[serde(default)]
    pub width: [f64; 2],
    #[serde(default)]
    pub depth: [f64; 2],
    #[serde(default)]
    pub setback: [f64; 2],
    #[serde(default)]
    pub height: [f64; 2],
    /// Houses in a row, and the gap to the next row, metres.
    #[serde(default)]
    pub row: Vec<usize>,
    #[serde(default)]
    pub gap: f64,
    #[serde(default)]
    pub years: [u16; 2],
    /// Shares of panden with one, two, three... homes.
    #[serde(default)]
    pub homes: Vec<f64>,
    /// Shops on the ground floor: the share of panden that have one.
    #[serde(default)]
    pub shops: f64,
    /// Shares of ownership.
    #[serde(default)]
    pub own: BTreeMap<Ownership, f64>,
    /// Shares of rijksmonument, gemeentelijk monument; the rest is `bsg` where `townscape` holds.
    #[serde(default)]
    pub listed: [f64; 2],
    #[serde(default)]
    pub townscape: bool,
    #[serde(default)]
    pub archaeology: bool,
    #[serde(default)]
    pub groundwater: bool,
    /// Of homes in flats: the share with block heating, and with a garage below.
    #[serde(default)]
    pub block_heating: f64,
    #[serde(default)]
    pub garage: f64,
    /// What quarters of this kind are called, after a theme: `{}buurt`.
    #[serde(default)]
    pub called: Vec<String>,
    /// Endings of street names.
    #[serde(default)]
    pub endings: Vec<String>,
}

const fn street() -> RoadClass {
    RoadClass::Street
}

/// Labels of homes up to a year of construction.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    pub until: u16,
    /// Shares of labels.
    pub labels: BTreeMap<Label, f64>,
    /// The share of homes with a registered label.
    pub registered: f64,
    /// The share of labels that were made by NTA 8800, so with a heat demand.
    pub nta: f64,
}

/// How the heat demand follows from label and Standaard.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    /// Heat loss area over floor area: detached, semi-detached, corner, terraced, flat.
    pub compactness: [f64; 5],
    /// For each label, best first: heat demand over Standaard.
    pub ratio: BTreeMap<Label, [f64; 2]>,
}

/// A heat network, with the area it is planned for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeatPlan {
    pub name: String,
    pub area: String,
    pub kind: NetKind,
    pub status: NetStatus,
    pub start: Option<u16>,
    pub gas_ends: Option<u16>,
    /// Kind of the quarters that it serves.
    pub serves: Kind,
    /// Of all quarters of that kind: where the first lies, 0 the first, 1 the last.
    pub from: f64,
    /// The share of those quarters, at least one.
    pub share: f64,
    /// Whether its mains are known.
    pub mains: bool,
    /// How far the plan is.
    pub stage: Option<PlanStage>,
    /// Year in which the works are to be done.
    pub end: Option<u16>,
    /// The decision it rests on, and its day.
    #[serde(default)]
    pub decision: String,
    #[serde(default)]
    pub decided: String,
    /// What is not certain yet, Dutch and English.
    #[serde(default)]
    pub unsure: String,
    #[serde(default)]
    pub unsure_en: String,
}

/// Made-up names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    pub river_banks: [String; 2],
    /// Inner north and south, outer north and south.
    pub moat: [String; 4],
    pub bridges: Vec<String>,
    /// Ring roads and spokes, from the middle outwards and from east to west.
    pub rings: Vec<String>,
    pub spokes: Vec<String>,
    /// Put before a name that is taken.
    pub before: Vec<String>,
    /// The old centre has names of its own.
    pub centre: Vec<String>,
    /// Roads between quarters.
    pub lanes: Vec<String>,
    pub lane_endings: Vec<String>,
    /// Words of a theme: `Bomen = ["Eiken", ...]`.
    pub themes: BTreeMap<String, Vec<String>>,
}

/// Reads the description that is built in.
pub fn built_in() -> Result<Params, toml::de::Error> {
    toml::from_str(include_str!("../../../../data/modelstad.toml"))
}
