//! Monuments and protected townscapes: the register of the Rijksdienst voor het Cultureel Erfgoed, and lists of the
//! municipality.

use gasvrij3d::geo::is_rd;
use gasvrij3d::home::{Address, Monument};

use super::Origin;
use super::objects::{Kept, reject};
use super::record::Record;
use super::usable::polygons;
use super::wkb::Shape;
use crate::model::{ProtectedBuilding, Subject, Townscape};
use crate::report::Place;

/// Columns with the number of a rijksmonument.
pub const NATIONAL: [&str; 5] =
    ["rijksmonument_nummer", "rijksmonumentnummer", "rijksmonumentnr", "rijksmonum", "rijksmonumenturl"];
/// Columns with the number of a monument of the municipality.
pub const MUNICIPAL: [&str; 4] =
    ["gemeentelijk_monument_nummer", "gemeentelijkmonumentnummer", "gem_monument_nummer", "monumentnummer"];
const TOWNSCAPE: [&str; 3] = ["beschermd_gezicht", "gezichtnummer", "stadsgezicht"];

/// Columns of panden, networks and plans.
const OTHERS: [&str; 5] = ["bouwjaar", "oorspronkelijkbouwjaar", "net_status", "net_soort", "techniek"];

/// What a feature can be here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heritage {
    /// A protected building.
    Monument,
    /// A protected townscape.
    Townscape,
}

/// Whether a feature is a monument or townscape, by its columns or by the word in `soort`. A list of panden or networks
/// with a column about protection is not one.
pub fn kind(record: &Record, shape: &Shape) -> Option<Heritage> {
    if record.has(&OTHERS) {
        return None;
    }
    let word = record.text(&["soort", "type"]).unwrap_or_default().to_lowercase();
    let is_townscape = word.contains("stadsgezicht") || word.contains("dorpsgezicht") || record.has(&TOWNSCAPE);
    let is_monument = word.contains("monument") || record.has(&NATIONAL) || record.has(&MUNICIPAL);
    match shape {
        Shape::Polygons(_) if is_townscape => Some(Heritage::Townscape),
        _ if is_monument => Some(Heritage::Monument),
        _ => None,
    }
}

/// Reads a monument. It may be a point or an area, or go by its pand, dwelling or address.
pub fn monument(record: &Record, shape: Shape, origin: &Origin, place: &Place) -> Kept<ProtectedBuilding> {
    if let Some(status) = record.text(&["juridische_status", "status"])
        && ["geen", "afgevoerd", "ingetrokken", "voorbeschermd", "vervallen"]
            .iter()
            .any(|s| status.to_lowercase().starts_with(s))
    {
        return reject("it is not protected (any more)", status);
    }
    if let Some(nature) = record.text(&["aard_monument", "aard_monum"])
        && nature.to_lowercase().contains("archeologisch")
    {
        return reject("in the ground: an archaeological monument is no building", nature);
    }
    let word = record.text(&["soort", "type", "mon", "juridische_status"]).unwrap_or_default().to_lowercase();
    let national =
        word.contains("rijks") || word == "rm" || (record.value(&NATIONAL).is_some() && !word.contains("gemeente"));
    let (at, area) = match shape {
        Shape::Point(p) if is_rd(p) => (Some(p), Vec::new()),
        Shape::Point(p) => return reject("V04", format!("{p:?}")),
        Shape::Polygons(all) => (None, polygons(Shape::Polygons(all))?),
        Shape::Empty => (None, Vec::new()),
        lines @ Shape::Lines(_) => return reject("V05", lines.name()),
    };
    let subject = subject(record);
    if at.is_none() && area.is_empty() && subject.is_none() {
        return reject("V27", "");
    }
    let number = record.text(&NATIONAL[..4]).or(record.text(&MUNICIPAL)).unwrap_or_default().into_owned();
    let kind = if national { Monument::Rijks } else { Monument::Gemeentelijk };
    Ok(ProtectedBuilding { number, kind, at, area, subject, source: origin.id.clone(), place: place.clone() })
}

/// The pand, dwelling or address that a list names.
fn subject(record: &Record) -> Option<Subject> {
    let text = |names: &[&str]| record.text(names).unwrap_or_default().into_owned();
    if let Some(Ok(id)) = record.text(&["vbo_id", "verblijfsobject", "bagverblijfsobjectid"]).map(|t| t.parse()) {
        return Some(Subject::Vbo(id));
    }
    if let Some(Ok(id)) = record.text(&["pand_id", "pandidentificatie", "bagpandid", "bag_pand"]).map(|t| t.parse()) {
        return Some(Subject::Pand(id));
    }
    let number = record.whole(&["huisnummer"])?;
    let postcode = text(&["postcode"]).replace(' ', "").to_uppercase();
    let street = text(&["openbare_ruimte", "straatnaam", "straat"]);
    (!postcode.is_empty() || !street.is_empty()).then(|| {
        Subject::Address(Address {
            street,
            number,
            letter: text(&["huisletter"]),
            addition: text(&["toevoeging", "huisnummertoevoeging"]),
            postcode,
            place: text(&["woonplaats", "plaats", "woonplaatsnaam"]),
        })
    })
}

/// Reads a protected townscape.
pub fn townscape(record: &Record, shape: Shape, origin: &Origin) -> Kept<Townscape> {
    if let Some(status) = record.text(&["status", "juridische_status"])
        && ["in procedure", "in voorbereiding", "vervallen", "afgevoerd"]
            .iter()
            .any(|s| status.to_lowercase().contains(s))
    {
        return reject("it is not protected (any more)", status);
    }
    let name = record.text(&["naam", "name", "gezicht", "beschermd_gezicht"]).unwrap_or_default().into_owned();
    Ok(Townscape { name, area: polygons(shape)?, source: origin.id.clone() })
}
