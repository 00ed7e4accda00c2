//! The BAG extract (LVBAG 2.0): every version (voorkomen) of every object; the one that is valid on the day is taken.
//!
//! Addresses lie apart (nummeraanduiding → openbare ruimte → woonplaats) and are read first, into tables of ids.
//! Of a file with more than one municipality only the one that was asked for is kept, by the relation file.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use gasvrij3d::geo::Rd;

use super::archive::{Archive, Member};
use super::{Element, objects};
use crate::fault::{Fault, Result};
use crate::geometry::{Bounds, bounds, bounds_of, meet};
use crate::read::objects::{Kind, Sink};
use crate::read::record::{Record, Value};
use crate::read::usable::polygons;
use crate::read::wkb::Shape;
use crate::read::{Options, Origin, Part};
use crate::report::{FileReport, Place, Scope, Tally};

/// Addresses that are held at once: those of the largest municipality are a third of it.
const MOST_ADDRESSES: usize = 2_000_000;

/// What a file of the delivery holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holds {
    /// Which woonplaats is in which municipality.
    Relation,
    /// Woonplaatsen.
    Places,
    /// Openbare ruimten: streets.
    Streets,
    /// Nummeraanduidingen: numbers and postcodes.
    Numbers,
    /// Verblijfsobjecten.
    Dwellings,
    /// Panden.
    Buildings,
    /// Berths, pitches, and marks of research: read over.
    Aside,
}

impl Holds {
    /// What a file holds, by its first lines; `None` where it is no part of a BAG extract.
    pub fn of(root: &str, head: &str) -> Option<Self> {
        match root {
            "bagStand" => {}
            "BAG-GWR-Deelbestand-LVC" => return Some(Self::Relation),
            "BAG-Extract-Levering" | "Leveringsdocument-BAG-Extract" => return Some(Self::Aside),
            _ if root.contains("BAG-Extract") => return Some(Self::Aside),
            _ => return None,
        }
        let kind = head.split("objectType>").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default();
        Some(match kind.trim() {
            "WPL" => Self::Places,
            "OPR" => Self::Streets,
            "NUM" => Self::Numbers,
            "VBO" => Self::Dwellings,
            "PND" => Self::Buildings,
            _ => Self::Aside,
        })
    }
}

/// The digits of an object's id as a number.
type Id = u64;

/// A street or number, with which of its versions this is.
struct Version<T> {
    version: u32,
    what: T,
}

struct Street {
    name: String,
    place: Id,
}

struct Number {
    street: Id,
    huisnummer: String,
    letter: String,
    addition: String,
    postcode: String,
}

/// What is known while a delivery is read.
struct Extract<'a, 'b> {
    sink: Sink<'a>,
    report: &'b mut FileReport,
    /// The file that is read.
    scope: Arc<Scope>,
    /// The day for which versions are taken; empty where nobody says it: then versions without an end.
    day: String,
    /// Municipality of each woonplaats.
    municipality: HashMap<Id, String>,
    places: HashMap<Id, Version<String>>,
    streets: HashMap<Id, Version<Street>>,
    numbers: HashMap<Id, Version<Number>>,
    /// Panden and verblijfsobjecten that were taken.
    taken: HashSet<Id>,
    /// The box of the municipality that was asked for, where the delivery tells.
    around: Option<Bounds>,
}

/// Reads a delivery: addresses first, then what has one.
pub fn read(
    archive: &Archive,
    mut files: Vec<(Holds, &Member)>,
    origin: &Origin,
    options: &Options,
    part: &mut Part,
) -> Result<()> {
    files.sort_by_key(|(holds, _)| *holds);
    let has_numbers = files.iter().any(|(holds, _)| *holds == Holds::Numbers);
    let Part { town, facts, report, about } = part;
    "BAG extract (XML)".clone_into(&mut report.form);
    about.known_as = Some("bag");
    let file = report.file.clone();
    let mut extract = Extract {
        sink: Sink::new(town, facts, origin, options, &file),
        report,
        scope: Scope::new(&file, "object"),
        day: options.reference.map(|day| day.to_string()).unwrap_or_default(),
        municipality: HashMap::new(),
        places: HashMap::new(),
        streets: HashMap::new(),
        numbers: HashMap::new(),
        taken: HashSet::new(),
        around: None,
    };
    for (holds, member) in files {
        if holds == Holds::Aside {
            let tally = extract.report.layer("bestand");
            tally.reject("berths, pitches and marks of research: not needed", || member.name.clone());
            continue;
        }
        extract.scope = Scope::new(&file, format!("{} object", member.name));
        if holds == Holds::Dwellings && !has_numbers {
            return Err(Fault::input(format!(
                "{}: verblijfsobjecten without nummeraanduidingen: their addresses lie in another file of the delivery \
                 (NUM, with OPR and WPL). Give the whole delivery as one zip.",
                member.name
            )));
        }
        archive.read(member, |stream| {
            objects(
                stream,
                |parent, name| {
                    matches!(parent, "bagObject" | "GemeenteWoonplaatsRelatieProduct") || name == "StandTechnischeDatum"
                },
                |number, object| extract.object(number, &object),
            )
        })?;
    }
    Ok(())
}

impl Extract<'_, '_> {
    fn object(&mut self, number: u64, object: &Element) -> Result<()> {
        if object.name == "StandTechnischeDatum" {
            if self.day.is_empty() {
                self.day.clone_from(&object.text);
            }
            return Ok(());
        }
        if object.name == "GemeenteWoonplaatsRelatie" {
            self.relation(number, object);
            return Ok(());
        }
        let tally = self.report.layer(&object.name);
        let written = object.child("identificatie").map_or("", |e| e.text.as_str());
        let place = Place::new(&self.scope, number).named(Some(written));
        let Ok(id) = written.parse::<Id>() else {
            tally.reject("V02", || (&place, written));
            return Ok(());
        };
        if let Some(reason) = not_valid(object, &self.day) {
            tally.reject(reason, || &place);
            return Ok(());
        }
        match object.name.as_str() {
            "Woonplaats" => self.place(id, object, &place)?,
            "OpenbareRuimte" => self.street(id, object, &place),
            "Nummeraanduiding" => self.number(id, object, &place)?,
            "Verblijfsobject" => self.dwelling(id, object, &place)?,
            "Pand" => self.building(id, object, &place)?,
            _ => tally.reject("a berth or pitch: not needed", || &place),
        }
        Ok(())
    }

    fn relation(&mut self, number: u64, object: &Element) {
        let tally = self.report.layer(&object.name);
        let id = |of: &str| object.child(of).and_then(|e| e.text_of("identificatie"));
        let place = Place::new(&self.scope, number);
        let (Some(Ok(town)), Some(municipality)) =
            (id("gerelateerdeWoonplaats").map(str::parse), id("gerelateerdeGemeente"))
        else {
            tally.reject("V24", || &place);
            return;
        };
        let begin = object.text_of("begindatumTijdvakGeldigheid").unwrap_or_default();
        let end = object.text_of("einddatumTijdvakGeldigheid");
        if object.text_of("status") == Some("voorlopig") || !holds_on(begin, end, &self.day) {
            tally.reject(NOT_ON_THE_DAY, || &place);
            return;
        }
        self.municipality.insert(town, format!("GM{municipality}"));
        tally.keep();
    }

    /// Whether a woonplaats is of another municipality than the one that was asked for.
    fn elsewhere(&self, place: Id) -> bool {
        let code = &self.sink.options.code;
        !code.is_empty() && self.municipality.get(&place).is_some_and(|m| m != code)
    }

    /// Why something refers to what was not read: it lies elsewhere where one municipality was asked for, else this.
    fn not_read(&self, check: &'static str) -> &'static str {
        if self.municipality.is_empty() || self.sink.options.code.is_empty() { check } else { ANOTHER_MUNICIPALITY }
    }

    fn place(&mut self, id: Id, object: &Element, place: &Place) -> Result<()> {
        let elsewhere = self.elsewhere(id);
        let known = self.municipality.contains_key(&id);
        let tally = self.report.layer(&object.name);
        if elsewhere {
            tally.reject(ANOTHER_MUNICIPALITY, || place);
            return Ok(());
        }
        let Some(name) = object.text_of("naam") else {
            tally.reject("V24", || place);
            return Ok(());
        };
        if known && !self.sink.options.code.is_empty() {
            match shape(object, self.sink.options)?.and_then(|s| polygons(s).map_err(|r| r.0.to_owned())) {
                Ok(area) => {
                    let b = bounds_of(&area);
                    let all =
                        self.around.map_or(b, |a| bounds(&[[a[0], a[1]], [a[2], a[3]], [b[0], b[1]], [b[2], b[3]]]));
                    self.around = Some(all);
                    self.sink.town.border.extend(area);
                }
                Err(what) => tally.remark("V22", || (place, what)),
            }
        }
        newest(&mut self.places, id, object, name.to_owned(), tally, place);
        Ok(())
    }

    fn street(&mut self, id: Id, object: &Element, place: &Place) {
        let town = object.child("ligtIn").and_then(|e| e.text_of("WoonplaatsRef")).and_then(|t| t.parse().ok());
        let elsewhere = town.is_some_and(|town| self.elsewhere(town));
        let tally = self.report.layer(&object.name);
        match (object.text_of("naam"), town) {
            _ if elsewhere => tally.reject(ANOTHER_MUNICIPALITY, || place),
            (Some(name), Some(town)) => {
                newest(&mut self.streets, id, object, Street { name: name.to_owned(), place: town }, tally, place);
            }
            _ => tally.reject("V24", || place),
        }
    }

    fn number(&mut self, id: Id, object: &Element, place: &Place) -> Result<()> {
        let missing = self.not_read("V24");
        let tally = self.report.layer(&object.name);
        let street = object.child("ligtAan").and_then(|e| e.text_of("OpenbareRuimteRef")).and_then(|t| t.parse().ok());
        let Some(street) = street.filter(|s| self.streets.contains_key(s)) else {
            tally.reject(missing, || place);
            return Ok(());
        };
        if self.numbers.len() >= MOST_ADDRESSES {
            return Err(Fault::input(format!(
                "there are more than {MOST_ADDRESSES} addresses. Say with --code which municipality is wanted, and give the \
                 delivery with its relation file (GEM-WPL-RELATIE), or take the delivery of one municipality."
            )));
        }
        let text = |name: &str| object.text_of(name).unwrap_or_default().to_owned();
        let what = Number {
            street,
            huisnummer: text("huisnummer"),
            letter: text("huisletter"),
            addition: text("huisnummertoevoeging"),
            postcode: text("postcode"),
        };
        newest(&mut self.numbers, id, object, what, tally, place);
        Ok(())
    }

    fn dwelling(&mut self, id: Id, object: &Element, place: &Place) -> Result<()> {
        let main = object.child("heeftAlsHoofdadres").and_then(|e| e.text_of("NummeraanduidingRef"));
        let address = main.and_then(|t| t.parse().ok()).and_then(|id: Id| self.numbers.get(&id));
        let missing = self.not_read("V23");
        let tally = self.report.layer(&object.name);
        let Some(address) = address else {
            tally.reject(missing, || place);
            return Ok(());
        };
        let address = &address.what;
        let street = self.streets.get(&address.street).map(|s| &s.what);
        let town = street.and_then(|s| self.places.get(&s.place)).map(|p| p.what.as_str());
        let with_address = [
            ("huisnummer", address.huisnummer.as_str()),
            ("huisletter", &address.letter),
            ("huisnummertoevoeging", &address.addition),
            ("postcode", &address.postcode),
            ("openbare_ruimte", street.map_or("", |s| s.name.as_str())),
            ("woonplaats", town.unwrap_or_default()),
        ];
        let record = object.record();
        let names = record.iter().map(|(name, _)| name).chain(with_address.iter().map(|(name, _)| *name));
        let values = record.iter().map(|(_, v)| v.clone());
        let values = values.chain(with_address.iter().map(|(_, text)| Value::Text((*text).to_owned())));
        let record = Record::new(names.map(str::to_owned).collect(), values.collect());
        self.take(Kind::Verblijfsobject, id, object, &record, place)
    }

    fn building(&mut self, id: Id, object: &Element, place: &Place) -> Result<()> {
        self.take(Kind::Pand, id, object, &object.record(), place)
    }

    fn take(&mut self, kind: Kind, id: Id, object: &Element, record: &Record, place: &Place) -> Result<()> {
        let shape = shape(object, self.sink.options)?;
        let tally = self.report.layer(&object.name);
        let shape = match shape {
            Ok(shape) => shape,
            Err(what) => {
                tally.reject("V22", || (place, what));
                return Ok(());
            }
        };
        let far = |p: Rd| self.around.is_some_and(|b| !meet(b, [p[0], p[1], p[0], p[1]]));
        if shape.first_point().is_some_and(far) {
            tally.reject(ANOTHER_MUNICIPALITY, || place);
        } else if self.taken.insert(id) {
            self.sink.take(kind, record, shape, tally, place);
        } else {
            tally.reject("V25", || place);
        }
        Ok(())
    }
}

const NOT_ON_THE_DAY: &str = "a version that is not valid on the day";
const ANOTHER_MUNICIPALITY: &str = "another municipality";

/// A geometry; a coordinate system that is not read is a fault of the file, anything else one of the object.
fn shape(object: &Element, options: &Options) -> Result<std::result::Result<Shape, String>> {
    super::feature::shape(object, options)
}

/// Why a version is not the one to take, by its times.
fn not_valid(object: &Element, day: &str) -> Option<&'static str> {
    let Some(times) = object.all().find(|e| e.name == "Voorkomen") else {
        return Some("V21");
    };
    if times.all().any(|e| e.name.starts_with("tijdstipNietBag")) {
        return Some("no BAG object any more");
    }
    if times.all().any(|e| e.name.starts_with("tijdstipInactief")) {
        return Some("an inactive version");
    }
    let begin = times.text_of("beginGeldigheid").unwrap_or_default();
    let end = times.text_of("eindGeldigheid");
    // The registration of a version that still holds was ended: it was a mistake.
    let withdrawn = end.is_none() && times.text_of("eindRegistratie").is_some();
    (withdrawn || !holds_on(begin, end, day)).then_some(NOT_ON_THE_DAY)
}

/// Whether a day lies in the stretch from `begin` up to `end`. Days and times are written alike, largest part first.
fn holds_on(begin: &str, end: Option<&str>, day: &str) -> bool {
    match (day, end) {
        ("", None) => true,
        ("", Some(_)) => false,
        (day, end) => begin <= day && end.is_none_or(|end| end > day),
    }
}

/// Keeps the newest of the versions that are valid on one day, of which there should be one.
fn newest<T>(all: &mut HashMap<Id, Version<T>>, id: Id, object: &Element, what: T, tally: &mut Tally, place: &Place) {
    let version = object.text_of("voorkomenidentificatie").and_then(|t| t.parse().ok()).unwrap_or(0);
    match all.get_mut(&id) {
        None => {
            all.insert(id, Version { version, what });
            tally.keep();
        }
        Some(present) => {
            if version > present.version {
                *present = Version { version, what };
            }
            tally.reject("V25", || place);
        }
    }
}
