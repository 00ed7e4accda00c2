//! From a row or feature, whatever its form, to the parts of a town. One place decides what is kept and why not.

use std::sync::Arc;

use gasvrij3d::home::Method;

use super::facts;
use super::pand::{self, MadeIds};
use super::record::Record;
use super::usable::{lines, polygons};
use super::wkb::Shape;
use super::{Options, Origin, body, cbs, classes, dwelling, heritage, plan, zone};
use crate::area::{AreaLevel, AreaStatistics};
use crate::kind::SourceKind;
use crate::model::{Facts, Neighbourhood, Road, Subject, Town};
use crate::report::{Place, Tally};

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A building.
    Pand,
    /// A dwelling or other unit with an address.
    Verblijfsobject,
    /// A neighbourhood.
    Buurt,
    /// A district, a few neighbourhoods together: its figures only.
    Wijk,
    /// A postcode with figures on use.
    Postcode,
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
    /// Areas of walls and roofs of a building, without its outline.
    Maten,
    /// A protected building.
    Monument,
    /// A protected townscape.
    Stadsgezicht,
    /// A zone in which the ground is protected.
    Zone,
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
            Self::Wijk => "wijk",
            Self::Postcode => "postcode",
            Self::Gemeente => "gemeente",
            Self::Water => "water",
            Self::Groen => "groen",
            Self::Weg => "weg",
            Self::Spoor => "spoor",
            Self::Warmtenet => "warmtenet",
            Self::Plangebied => "plangebied",
            Self::Maten => "maten",
            Self::Monument => "monument",
            Self::Stadsgezicht => "stadsgezicht",
            Self::Zone => "zone",
            Self::Feiten => "feiten",
            Self::NotShown => "other",
        }
    }
}

impl Kind {
    /// What the objects of a file are that is said to be about this, where that leaves no doubt.
    pub const fn told(kind: SourceKind) -> Option<Self> {
        match kind {
            SourceKind::Border => Some(Self::Gemeente),
            SourceKind::Monuments => Some(Self::Monument),
            SourceKind::Townscapes => Some(Self::Stadsgezicht),
            SourceKind::Zones => Some(Self::Zone),
            SourceKind::Networks => Some(Self::Warmtenet),
            SourceKind::Plans => Some(Self::Plangebied),
            _ => None,
        }
    }
}

/// Names of the column with a dwelling's or building's id.
pub const ID: [&str; 5] = ["identificatie", "vbo_id", "pand_id", "id", "bag_id"];

/// Why an object is not kept: the reason to count it under, and what it said.
pub struct Reject(pub &'static str, pub String);

/// An object, or why not.
pub type Kept<T> = Result<T, Reject>;

/// Not kept, for this reason.
pub fn reject<T>(reason: &'static str, found: impl Into<String>) -> Kept<T> {
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
    /// The file, without folders.
    pub file: &'a str,
    made_ids: MadeIds,
}

impl<'a> Sink<'a> {
    /// A sink for one file.
    pub fn new(
        town: &'a mut Town,
        facts: &'a mut Vec<Facts>,
        origin: &'a Origin,
        options: &'a Options,
        file: &'a str,
    ) -> Self {
        Self { town, facts, origin, options, file, made_ids: MadeIds::default() }
    }

    /// Takes one object, counts it, and says where it was if it cannot be used.
    pub fn take(&mut self, kind: Kind, record: &Record, shape: Shape, tally: &mut Tally, place: &Place) {
        let outcome = self.sort(kind, record, shape, tally, place);
        match outcome {
            Ok(()) => tally.keep(),
            Err(Reject(reason, found)) if found.is_empty() => tally.reject(reason, || place),
            Err(Reject(reason, found)) => tally.reject(reason, || (place, found)),
        }
    }

    fn sort(&mut self, kind: Kind, record: &Record, shape: Shape, tally: &mut Tally, place: &Place) -> Kept<()> {
        let text = |names: &[&str]| record.text(names).unwrap_or_default().into_owned();
        match kind {
            Kind::Pand => {
                let building = pand::building(record, shape, self.origin, &mut self.made_ids, tally, place)?;
                self.town.buildings.push(building);
            }
            Kind::Verblijfsobject => {
                let dwelling = dwelling::dwelling(record, &shape, self.origin, tally, place)?;
                self.town.dwellings.push(dwelling);
            }
            Kind::Feiten => {
                let Some(Ok(id)) = record.text(&["id", "vbo_id", "identificatie"]).map(|t| t.parse()) else {
                    return reject("the id is not a verblijfsobject's (16 digits)", text(&ID));
                };
                let home = facts::read(record, tally, place);
                self.facts.push(Facts {
                    subject: Subject::Vbo(id),
                    home,
                    method: Method::Registered,
                    estimated: Arc::new(self.origin.estimated.clone()),
                    label: None,
                    source: self.origin.id.as_str().into(),
                    place: place.clone(),
                });
            }
            Kind::Buurt | Kind::Wijk | Kind::Gemeente | Kind::Postcode => {
                self.statistical(kind, record, shape, tally, place)?;
            }
            Kind::Water => {
                let class = classes::water(record);
                self.town.water.extend(polygons(shape)?.into_iter().map(|p| (class, p)));
            }
            Kind::Groen => {
                let Some(class) = classes::green(record) else {
                    return reject("a kind that is not shown on the map", classes::named(record));
                };
                self.town.green.extend(polygons(shape)?.into_iter().map(|p| (class, p)));
            }
            Kind::Weg => {
                let class = above_ground(record, classes::road)?;
                let name = text(&["naam", "name", "stt_naam", "straatnaam_nederlands", "straatnaamnl"]);
                self.town.roads.extend(lines(shape)?.into_iter().map(|line| Road { class, name: name.clone(), line }));
            }
            Kind::Spoor => {
                let class = above_ground(record, classes::rail)?;
                self.town.rails.extend(lines(shape)?.into_iter().map(|line| (class, line)));
            }
            Kind::Warmtenet => self.town.networks.push(plan::network(record, shape, self.origin, tally, place)?),
            Kind::Plangebied => self.town.plans.push(plan::plan(record, shape, self.origin, tally, place)?),
            Kind::Maten => {
                let Some(Ok(id)) = record.text(&["identificatie", "pand_id", "id"]).map(|t| t.parse()) else {
                    return reject("V02", text(&ID));
                };
                match body::body(record, &self.origin.id, tally, place) {
                    Some(body) => self.town.bodies.push((id, body)),
                    None => return reject("no area or height is filled", ""),
                }
            }
            Kind::Monument => self.town.monuments.push(heritage::monument(record, shape, self.origin, place)?),
            Kind::Zone => self.town.zones.push(zone::zone(record, shape, self.origin)?),
            Kind::Stadsgezicht => self.town.townscapes.push(heritage::townscape(record, shape, self.origin)?),
            Kind::NotShown => return reject("known, and not shown on the map", ""),
        }
        Ok(())
    }
}

impl Sink<'_> {
    /// An area of this municipality, and not open water, which CBS counts as areas too.
    fn must_be_here(&self, record: &Record) -> Kept<()> {
        if cbs::is_water(record) {
            return reject("open water that CBS counts as an area", "");
        }
        match cbs::municipality(record) {
            Some(code) if !self.options.code.is_empty() && code != self.options.code => {
                reject("another municipality", code)
            }
            _ => Ok(()),
        }
    }

    /// A neighbourhood, district, municipality or postcode, with its outline and its figures.
    fn statistical(&mut self, kind: Kind, record: &Record, shape: Shape, tally: &mut Tally, place: &Place) -> Kept<()> {
        let text = |names: &[&str]| record.text(names).unwrap_or_default().into_owned();
        self.must_be_here(record)?;
        match kind {
            Kind::Buurt => {
                let area = polygons(shape)?;
                let code = cbs::code(AreaLevel::Buurt, record).unwrap_or_else(|| text(&["buurtcode", "code"]));
                let name = text(&["buurtnaam", "bu_naam", "naam", "name"]);
                self.town.statistics.extend(self.figures(AreaLevel::Buurt, record, tally, place));
                self.town.neighbourhoods.push(Neighbourhood { code, name, area });
            }
            Kind::Wijk => {
                let figures = self.figures(AreaLevel::Wijk, record, tally, place);
                let Some(figures) = figures else { return reject("there is no figure in it", "") };
                self.town.statistics.push(figures);
            }
            Kind::Postcode => match cbs::postcode(record, &self.options.known, &self.origin.id) {
                Ok(uses) => self.town.meters.extend(uses),
                Err(reason) => return reject(reason, text(&cbs::POSTCODE)),
            },
            _ => {
                let border = polygons(shape)?;
                self.town.statistics.extend(self.figures(AreaLevel::Gemeente, record, tally, place));
                self.town.border.extend(border);
                if self.town.code.is_empty() {
                    self.town.code = text(&["gemeentecode", "gm_code", "code"]);
                    self.town.name = text(&["gemeentenaam", "gm_naam", "naam", "name"]);
                }
            }
        }
        Ok(())
    }

    fn figures(&self, level: AreaLevel, record: &Record, tally: &mut Tally, place: &Place) -> Option<AreaStatistics> {
        cbs::statistics(level, record, &self.origin.id, tally, place)
    }
}

fn above_ground<C>(record: &Record, known: impl Fn(&Record) -> Option<C>) -> Kept<C> {
    let tunnel =
        record.text(&["brunnel"]).is_some_and(|b| b == "tunnel") || record.text(&["tunnel"]).is_some_and(|t| t == "T");
    if tunnel || record.number(&["hoogteniveau"]).is_some_and(|level| level < 0.0) {
        return reject("a tunnel: not to be seen", "");
    }
    match known(record) {
        Some(class) => Ok(class),
        None => reject("a kind that is not shown on the map", classes::named(record)),
    }
}
