//! A dwelling as its record gives it: id, place, panden, address, use and facts.

use std::collections::BTreeSet;

use gasvrij3d::geo::is_rd;
use gasvrij3d::home::{Address, FactKey, Home, Method, PandId, VboId};

use super::objects::{Kept, reject};
use super::record::Record;
use super::wkb::Shape;
use super::{Origin, facts};
use crate::assumptions::assumptions;
use crate::model::Dwelling;
use crate::report::{Place, Tally};

const PANDEN: [&str; 5] = ["pandidentificatie", "pand_identificatie", "pandref", "pand_id", "pand"];
/// The states in which a verblijfsobject is not used, in the register's words.
const VBO_NOT_IN_USE: [&str; 5] = [
    "verblijfsobject gevormd",
    "niet gerealiseerd verblijfsobject",
    "verblijfsobject ingetrokken",
    "verblijfsobject buiten gebruik",
    "verblijfsobject ten onrechte opgevoerd",
];

/// Reads a dwelling.
pub fn dwelling(record: &Record, shape: &Shape, origin: &Origin, tally: &mut Tally, place: &Place) -> Kept<Dwelling> {
    if let Some(status) = record.text(&["status"])
        && VBO_NOT_IN_USE.contains(&status.to_lowercase().as_str())
    {
        return reject("the verblijfsobject is not in use (by its status)", status);
    }
    let Some(id) = record.text(&["identificatie", "vbo_id", "id"]) else {
        return reject("V01", "");
    };
    let Ok(id) = id.parse::<VboId>() else { return reject("V02", id) };
    let Some(number) = record.whole(&["huisnummer", "nummer"]) else {
        return reject("V08", "");
    };
    let at = match shape {
        Shape::Point(p) if is_rd(*p) => *p,
        Shape::Point(p) => return reject("V04", format!("{p:?}")),
        // A file without places: the dwelling goes where its pand is.
        Shape::Empty => [f64::NAN; 2],
        other => return reject("V05", other.name()),
    };
    let mut panden: Vec<PandId> = Vec::new();
    for text in record.text(&PANDEN).unwrap_or_default().split([',', ';', ' ']).filter(|t| !t.is_empty()) {
        match text.parse() {
            Ok(id) => panden.push(id),
            Err(_) => tally.remark("a pand id is not a BAG id: left out", || (place, text)),
        }
    }
    let use_names = ["gebruiksdoel", "gebruiksdoelen", "woonfunctie"];
    let is_home = if record.has(&use_names) {
        record.text(&use_names).is_some_and(|t| t.contains("woonfunctie") || t == "true" || t == "ja" || t == "1")
    } else {
        tally.remark("the file does not say what it is used for: taken as a home", || place);
        true
    };
    let mut home = facts::read(record, tally, place);
    // The register writes 999999 where it does not know the area.
    let written = record.number(&["oppervlakte"]).filter(|a| (*a - 999_999.0).abs() > f64::EPSILON);
    let area = written.filter(|a| assumptions().floor_area.contains(*a));
    if let (Some(written), None) = (written, area) {
        tally.remark("V10", || (place, written));
    }
    home.area_m2 = home.area_m2.or(area);
    let mut dwelling = Dwelling {
        id,
        at,
        panden,
        address: address(record, number, tally, place),
        is_home,
        facts: Home::default(),
        origins: Vec::new(),
        label: None,
        source: origin.id.clone(),
        place: Some(place.clone()),
    };
    give(&mut dwelling, &home, &origin.id, Method::Registered, &origin.estimated);
    Ok(dwelling)
}

/// Adds facts that a source gives for this dwelling itself.
pub fn give(dwelling: &mut Dwelling, home: &Home, source: &str, method: Method, estimated: &BTreeSet<FactKey>) {
    for &key in FactKey::ALL {
        if home.fact(key).is_some() && dwelling.facts.fact(key).is_none() {
            let method = if estimated.contains(&key) { Method::Estimated } else { method };
            dwelling.origins.push((key, source.to_owned(), method));
        }
    }
    facts::fill(&mut dwelling.facts, home);
}

fn address(record: &Record, number: u32, tally: &mut Tally, place: &Place) -> Address {
    let text = |names: &[&str]| record.text(names).unwrap_or_default().into_owned();
    let mut postcode = text(&["postcode"]).replace(' ', "").to_uppercase();
    let b = postcode.as_bytes();
    let valid = b.len() == 6 && b[..4].iter().all(u8::is_ascii_digit) && b[4..].iter().all(u8::is_ascii_uppercase);
    if !valid && !postcode.is_empty() {
        tally.remark("V09", || (place, &postcode));
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
