//! From a row or feature, whatever its form, to the parts of a town. One place decides what is kept and why not.

use std::collections::{BTreeSet, HashSet};

use gasvrij3d::geo::{Rd, is_rd};
use gasvrij3d::home::{Address, FactKey, Home, Method, NetKind, NetStatus, PandId, VboId};

use super::facts::{self, Facts};
use super::record::Record;
use super::wkb::{Shape, open_ring};
use super::{Options, Origin, classes};
use crate::assumptions::assumptions;
use crate::geometry::ring_area;
use crate::model::{Building, Dwelling, HeatNetwork, Neighbourhood, Plan, Polygon, Road, Town};
use crate::report::Tally;

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A building.
    Pand,
    /// A dwelling or other unit with an address.
    Verblijfsobject,
    /// A neighbourhood.
    Buurt,
    /// The border of the municipality.
    Gemeente,
    /// Water.
    Water,
    /// Green.
    Groen,
    /// A road.
    Weg,
    /// A railway.
    Spoor,
    /// A heat network.
    Warmtenet,
    /// A plan area.
    Plangebied,
    /// Facts of a dwelling.
    Feiten,
    /// Known, and not for the map.
    NotShown,
}

impl Kind {
    /// The name in the report.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pand => "pand",
            Self::Verblijfsobject => "verblijfsobject",
            Self::Buurt => "buurt",
            Self::Gemeente => "gemeente",
            Self::Water => "water",
            Self::Groen => "groen",
            Self::Weg => "weg",
            Self::Spoor => "spoor",
            Self::Warmtenet => "warmtenet",
            Self::Plangebied => "plangebied",
            Self::Feiten => "feiten",
            Self::NotShown => "other",
        }
    }
}

/// Names of the column with a dwelling's or building's id.
pub const ID: [&str; 5] = ["identificatie", "vbo_id", "pand_id", "id", "bag_id"];
const PANDEN: [&str; 5] = ["pandidentificatie", "pand_identificatie", "pandref", "pand_id", "pand"];
const YEAR: [&str; 3] = ["bouwjaar", "oorspronkelijkbouwjaar", "b3_oorspronkelijkbouwjaar"];
const GROUND: [&str; 2] = ["b3_h_maaiveld", "h_maaiveld"];
const ROOF: [&str; 9] = [
    "b3_h_dak_50p",
    "b3_h_50p",
    "h_dak_50p",
    "b3_h_dak_70p",
    "b3_h_70p",
    "h_dak_70p",
    "b3_h_dak_max",
    "b3_h_max",
    "h_dak_max",
];
/// The states in which a pand stands and is used; the other words of the register are those of [`PAND_NOT_IN_USE`].
const PAND_NOT_IN_USE: [&str; 7] = [
    "bouwvergunning verleend",
    "bouw gestart",
    "niet gerealiseerd pand",
    "sloopvergunning verleend",
    "pand gesloopt",
    "pand buiten gebruik",
    "pand ten onrechte opgevoerd",
];
const VBO_NOT_IN_USE: [&str; 5] = [
    "verblijfsobject gevormd",
    "niet gerealiseerd verblijfsobject",
    "verblijfsobject ingetrokken",
    "verblijfsobject buiten gebruik",
    "verblijfsobject ten onrechte opgevoerd",
];

/// Why an object is not kept: the reason to count it under, and what it said.
pub struct Reject(pub &'static str, pub String);

type Kept<T> = Result<T, Reject>;

fn reject<T>(reason: &'static str, found: impl Into<String>) -> Kept<T> {
    Err(Reject(reason, found.into()))
}

/// Where objects go, and what they came from.
pub struct Sink<'a> {
    /// What was read so far.
    pub town: &'a mut Town,
    /// Facts by dwelling.
    pub facts: &'a mut Vec<Facts>,
    /// Whose facts these are.
    pub origin: &'a Origin,
    /// What the person said.
    pub options: &'a Options,
    made_ids: HashSet<u64>,
}

impl<'a> Sink<'a> {
    /// A sink for one file.
    pub fn new(town: &'a mut Town, facts: &'a mut Vec<Facts>, origin: &'a Origin, options: &'a Options) -> Self {
        Self { town, facts, origin, options, made_ids: HashSet::new() }
    }

    /// Takes one object, counts it, and says where it was if it cannot be used.
    pub fn take(&mut self, kind: Kind, record: &Record, shape: Shape, tally: &mut Tally, place: &str) {
        let outcome = self.sort(kind, record, shape, tally, place);
        match outcome {
            Ok(()) => tally.keep(),
            Err(Reject(reason, found)) if found.is_empty() => tally.reject(reason, || place.to_owned()),
            Err(Reject(reason, found)) => tally.reject(reason, || format!("{place}: {found}")),
        }
    }

    fn sort(&mut self, kind: Kind, record: &Record, shape: Shape, tally: &mut Tally, place: &str) -> Kept<()> {
        let text = |names: &[&str]| record.text(names).unwrap_or_default().into_owned();
        match kind {
            Kind::Pand => {
                let building = self.building(record, shape, tally, place)?;
                self.town.buildings.push(building);
            }
            Kind::Verblijfsobject => {
                let dwelling = self.dwelling(record, &shape, tally, place)?;
                self.town.dwellings.push(dwelling);
            }
            Kind::Feiten => {
                let Some(Ok(id)) = record.text(&["id", "vbo_id", "identificatie"]).map(|t| t.parse()) else {
                    return reject("the id is not a verblijfsobject's (16 digits)", text(&ID));
                };
                let home = facts::read(record, tally, place);
                self.facts.push(Facts {
                    id,
                    home,
                    source: self.origin.id.clone(),
                    estimated: self.origin.estimated.clone(),
                });
            }
            Kind::Buurt => {
                let area = polygons(shape)?;
                let (code, name) = (text(&["buurtcode", "code"]), text(&["buurtnaam", "naam", "name"]));
                self.town.neighbourhoods.push(Neighbourhood { code, name, area });
            }
            Kind::Gemeente => {
                let code = text(&["gemeentecode", "code"]);
                if !self.options.code.is_empty() && !code.is_empty() && code != self.options.code {
                    return reject("another municipality", code);
                }
                self.town.border.extend(polygons(shape)?);
                if self.town.code.is_empty() {
                    self.town.code = code;
                    self.town.name = text(&["gemeentenaam", "naam", "name"]);
                }
            }
            Kind::Water => {
                let class = classes::water(&text(&["soort", "class"]));
                self.town.water.extend(polygons(shape)?.into_iter().map(|p| (class, p)));
            }
            Kind::Groen => {
                let class = classes::green(&text(&["soort", "class"]), &text(&["subclass"]));
                self.town.green.extend(polygons(shape)?.into_iter().map(|p| (class, p)));
            }
            Kind::Weg => {
                let class = above_ground(record, &text(&["soort", "class"]), classes::road)?;
                let name = text(&["naam", "name"]);
                self.town.roads.extend(lines(shape)?.into_iter().map(|line| Road { class, name: name.clone(), line }));
            }
            Kind::Spoor => {
                let class = above_ground(record, &text(&["soort", "class"]), classes::rail)?;
                self.town.rails.extend(lines(shape)?.into_iter().map(|line| (class, line)));
            }
            Kind::Warmtenet => {
                let (kind, status, start) = net(record, tally, place)?;
                let network = HeatNetwork {
                    name: text(&["naam", "name"]),
                    kind,
                    status,
                    start,
                    lines: lines(shape)?,
                    source: self.origin.id.clone(),
                };
                self.town.networks.push(network);
            }
            Kind::Plangebied => {
                let (kind, status, start) = net(record, tally, place)?;
                let plan = Plan {
                    name: text(&["naam", "name"]),
                    kind,
                    status,
                    start,
                    gas_ends: record.whole(&["aangewezen_jaar"]).and_then(|y| u16::try_from(y).ok()),
                    area: polygons(shape)?,
                    source: self.origin.id.clone(),
                };
                self.town.plans.push(plan);
            }
            Kind::NotShown => return reject("known, and not shown on the map", ""),
        }
        Ok(())
    }

    fn building(&mut self, record: &Record, shape: Shape, tally: &mut Tally, place: &str) -> Kept<Building> {
        if let Some(status) = record.text(&["status"])
            && PAND_NOT_IN_USE.contains(&status.to_lowercase().as_str())
        {
            return reject("the pand is not in use (by its status)", status);
        }
        let footprint = polygons(shape)?;
        let id = match record.text(&ID) {
            Some(text) => match text.parse() {
                Ok(id) => id,
                // A name of its own, such as a GUID: another register's id. Digits that are not 16 are a damaged BAG id.
                Err(_) if text.chars().any(|c| !c.is_ascii_digit() && c != '.') && !text.contains("Pand.") => {
                    tally.remark("the id is not a BAG id: an id was made from it, nothing can be joined to it", || {
                        place.to_owned()
                    });
                    self.make_id(text.as_bytes())
                }
                Err(_) => return reject("the id is not a BAG id (16 digits)", text),
            },
            None if record.has(&ID) => return reject("the id is missing", ""),
            None => {
                tally.remark(
                    "the file has no ids: they were made from the place, nothing can be joined to them",
                    || place.to_owned(),
                );
                let p = footprint[0][0][0];
                self.make_id(&[p[0].to_bits().to_le_bytes(), p[1].to_bits().to_le_bytes()].concat())
            }
        };
        let year = year(record, tally, place);
        let height_m = height(record, tally, place);
        Ok(Building { id, footprint, height_m, year, source: self.origin.id.clone() })
    }

    /// An id in the range of a municipality that does not exist, the same for the same building each time.
    fn make_id(&mut self, seed: &[u8]) -> PandId {
        // FNV-1a: small, and the same on every machine and in every version.
        let hash =
            seed.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
        let mut serial = hash % 10_000_000_000;
        while !self.made_ids.insert(serial) {
            serial = (serial + 1) % 10_000_000_000;
        }
        PandId(9_999_100_000_000_000 + serial)
    }

    fn dwelling(&self, record: &Record, shape: &Shape, tally: &mut Tally, place: &str) -> Kept<Dwelling> {
        if let Some(status) = record.text(&["status"])
            && VBO_NOT_IN_USE.contains(&status.to_lowercase().as_str())
        {
            return reject("the verblijfsobject is not in use (by its status)", status);
        }
        let Some(id) = record.text(&["identificatie", "vbo_id", "id"]) else {
            return reject("the id is missing", "");
        };
        let Ok(id) = id.parse::<VboId>() else { return reject("the id is not a BAG id (16 digits)", id) };
        let Some(number) = record.whole(&["huisnummer", "nummer"]) else {
            return reject("there is no house number", "");
        };
        let at = match shape {
            Shape::Point(p) if is_rd(*p) => *p,
            Shape::Point(p) => return reject("the point lies outside the Netherlands (RD New)", format!("{p:?}")),
            // A file without places: the dwelling goes where its pand is.
            Shape::Empty => [f64::NAN; 2],
            other => return reject("a verblijfsobject must be a point", other.name()),
        };
        let mut panden: Vec<PandId> = Vec::new();
        for text in record.text(&PANDEN).unwrap_or_default().split([',', ';', ' ']).filter(|t| !t.is_empty()) {
            match text.parse() {
                Ok(id) => panden.push(id),
                Err(_) => tally.remark("a pand id is not a BAG id: left out", || format!("{place}: {text}")),
            }
        }
        let use_names = ["gebruiksdoel", "gebruiksdoelen", "woonfunctie"];
        let is_home = if record.has(&use_names) {
            record.text(&use_names).is_some_and(|t| t.contains("woonfunctie") || t == "true" || t == "ja" || t == "1")
        } else {
            tally.remark("the file does not say what it is used for: taken as a home", || place.to_owned());
            true
        };
        let mut home = facts::read(record, tally, place);
        // The register writes 999999 where it does not know the area.
        let area = record.number(&["oppervlakte"]).filter(|a| *a > 0.0 && *a < 999_999.0);
        home.area_m2 = home.area_m2.or(area);
        let mut dwelling = Dwelling {
            id,
            at,
            panden,
            address: address(record, number, tally, place),
            is_home,
            facts: Home::default(),
            origins: Vec::new(),
            source: self.origin.id.clone(),
        };
        give(&mut dwelling, &home, &self.origin.id, &self.origin.estimated);
        Ok(dwelling)
    }
}

/// Adds facts that a source gives for this dwelling itself.
pub fn give(dwelling: &mut Dwelling, home: &Home, source: &str, estimated: &BTreeSet<FactKey>) {
    for &key in FactKey::ALL {
        if home.fact(key).is_some() && dwelling.facts.fact(key).is_none() {
            let method = if estimated.contains(&key) { Method::Estimated } else { Method::Registered };
            dwelling.origins.push((key, source.to_owned(), method));
        }
    }
    facts::fill(&mut dwelling.facts, home);
}

fn address(record: &Record, number: u32, tally: &mut Tally, place: &str) -> Address {
    let text = |names: &[&str]| record.text(names).unwrap_or_default().into_owned();
    let mut postcode = text(&["postcode"]).replace(' ', "").to_uppercase();
    let b = postcode.as_bytes();
    let valid = b.len() == 6 && b[..4].iter().all(u8::is_ascii_digit) && b[4..].iter().all(u8::is_ascii_uppercase);
    if !valid && !postcode.is_empty() {
        tally.remark("the postcode is not four digits and two letters: left out", || format!("{place}: {postcode}"));
        postcode.clear();
    }
    Address {
        street: text(&["openbare_ruimte", "openbare_ruimte_naam", "openbareruimtenaam", "straatnaam", "straat"]),
        number,
        letter: text(&["huisletter", "letter"]),
        addition: text(&["toevoeging", "huisnummertoevoeging"]),
        postcode,
        place: text(&["woonplaats", "woonplaats_naam", "woonplaatsnaam", "plaats"]),
    }
}

fn year(record: &Record, tally: &mut Tally, place: &str) -> Option<u16> {
    let value = record.value(&YEAR)?;
    let year = record.whole(&YEAR).and_then(|y| u16::try_from(y).ok());
    let known = year.filter(|y| assumptions().build_year.contains(*y));
    if known.is_none() {
        tally.remark("the build year is not a plausible one: unknown", || format!("{place}: {value:?}"));
    }
    known
}

/// Height above ground from the measurements, metres.
fn height(record: &Record, tally: &mut Tally, place: &str) -> Option<f64> {
    let height = measured(record)?;
    let known = Some(height).filter(|h| assumptions().heights.contains(*h));
    if known.is_none() {
        tally.remark("the measured height is not a plausible one: assumed instead", || {
            format!("{place}: {height:.2} m")
        });
    }
    known
}

/// The height that the record says, plausible or not.
pub fn measured(record: &Record) -> Option<f64> {
    match (record.number(&ROOF), record.number(&GROUND)) {
        (Some(roof), Some(ground)) => Some(roof - ground),
        _ => record.number(&["hoogte_m", "hoogte"]),
    }
}

/// Usable polygons: every point on the Dutch grid, rings with a surface.
fn polygons(shape: Shape) -> Kept<Vec<Polygon>> {
    let all = match shape {
        Shape::Polygons(all) => all,
        Shape::Empty => return reject("the geometry is empty", ""),
        other => return reject("a polygon is expected", other.name()),
    };
    if let Some(p) = all.iter().flatten().flatten().find(|p| !is_rd(**p)) {
        return reject("a point lies outside the Netherlands (RD New)", format!("{p:?}"));
    }
    let mut kept = Vec::with_capacity(all.len());
    for polygon in all {
        let mut rings = polygon.into_iter().map(open_ring);
        let Some(outer) = rings.next().filter(|r| has_surface(r)) else { continue };
        let mut polygon = vec![outer];
        polygon.extend(rings.filter(|r| has_surface(r)));
        kept.push(polygon);
    }
    if kept.is_empty() { reject("the geometry is empty", "no ring has a surface") } else { Ok(kept) }
}

fn has_surface(ring: &[Rd]) -> bool {
    ring.len() > 2 && ring_area(ring).abs() > 0.01
}

fn lines(shape: Shape) -> Kept<Vec<Vec<Rd>>> {
    let all = match shape {
        Shape::Lines(all) => all,
        Shape::Empty => return reject("the geometry is empty", ""),
        other => return reject("a line is expected", other.name()),
    };
    if let Some(p) = all.iter().flatten().find(|p| !is_rd(**p)) {
        return reject("a point lies outside the Netherlands (RD New)", format!("{p:?}"));
    }
    let kept: Vec<Vec<Rd>> = all.into_iter().filter(|line| line.len() > 1).collect();
    if kept.is_empty() { reject("the geometry is empty", "no line has two points") } else { Ok(kept) }
}

fn above_ground<C>(record: &Record, class: &str, known: impl Fn(&str) -> Option<C>) -> Kept<C> {
    if record.text(&["brunnel"]).is_some_and(|b| b == "tunnel") {
        return reject("a tunnel: not to be seen", "");
    }
    match known(class) {
        Some(class) => Ok(class),
        None => reject("a kind that is not shown on the map", class),
    }
}

fn net(record: &Record, tally: &mut Tally, place: &str) -> Kept<(Option<NetKind>, NetStatus, Option<u16>)> {
    let Some(status) = record.text(&["net_status"]).as_deref().and_then(NetStatus::from_code) else {
        let found = record.text(&["net_status"]).unwrap_or_default();
        return reject("`net_status` must be beschikbaar, gepland, onderzoek or geen", found);
    };
    let kind = record.text(&["net_soort"]).and_then(|text| {
        let kind = NetKind::from_code(&text);
        if kind.is_none() {
            tally.remark("`net_soort` is not MT, LT or ZLT: left out", || format!("{place}: {text}"));
        }
        kind
    });
    let start = record.whole(&["net_start"]).and_then(|y| u16::try_from(y).ok());
    Ok((kind, status, start))
}
