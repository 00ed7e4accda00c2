//! A building as its record gives it: id, footprint, year and height.

use std::collections::HashSet;

use gasvrij3d::home::PandId;

use super::Origin;
use super::body::{self, GROUND};
use super::objects::{ID, Kept, reject};
use super::record::Record;
use super::usable::polygons;
use super::wkb::Shape;
use crate::assumptions::assumptions;
use crate::model::Building;
use crate::report::{Place, Tally};

const YEAR: [&str; 3] = ["bouwjaar", "oorspronkelijkbouwjaar", "b3_oorspronkelijkbouwjaar"];
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
/// The states in which a pand does not stand, or is not used, in the register's words.
const PAND_NOT_IN_USE: [&str; 7] = [
    "bouwvergunning verleend",
    "bouw gestart",
    "niet gerealiseerd pand",
    "sloopvergunning verleend",
    "pand gesloopt",
    "pand buiten gebruik",
    "pand ten onrechte opgevoerd",
];

/// Ids made for buildings that have none, so that no two are the same.
#[derive(Default)]
pub struct MadeIds(HashSet<u64>);

/// Reads a building.
pub fn building(
    record: &Record,
    shape: Shape,
    origin: &Origin,
    made: &mut MadeIds,
    tally: &mut Tally,
    place: &Place,
) -> Kept<Building> {
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
                tally.remark("the id is not a BAG id: an id was made from it, nothing can be joined to it", || place);
                made.make(text.as_bytes())
            }
            Err(_) => return reject("V02", text),
        },
        None if record.has(&ID) => return reject("V01", ""),
        None => {
            tally.remark("the file has no ids: they were made from the place, nothing can be joined to them", || place);
            let p = footprint[0][0][0];
            made.make(&[p[0].to_bits().to_le_bytes(), p[1].to_bits().to_le_bytes()].concat())
        }
    };
    let year = year(record, tally, place);
    let height_m = height(record, tally, place);
    let body = body::body(record, &origin.id, tally, place).map(Box::new);
    Ok(Building { id, footprint, height_m, year, body, source: origin.id.clone(), place: Some(place.clone()) })
}

impl MadeIds {
    /// An id in the range of a municipality that does not exist, the same for the same building each time.
    fn make(&mut self, seed: &[u8]) -> PandId {
        // FNV-1a: small, and the same on every machine and in every version.
        let hash =
            seed.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
        let mut serial = hash % 10_000_000_000;
        while !self.0.insert(serial) {
            serial = (serial + 1) % 10_000_000_000;
        }
        PandId(8_999_100_000_000_000 + serial)
    }
}

fn year(record: &Record, tally: &mut Tally, place: &Place) -> Option<u16> {
    let value = record.value(&YEAR)?;
    let year = record.whole(&YEAR).and_then(|y| u16::try_from(y).ok());
    let known = year.filter(|y| assumptions().build_year.contains(*y));
    if known.is_none() {
        tally.remark("V06", || (place, value));
    }
    known
}

/// Height above ground from the measurements, metres.
fn height(record: &Record, tally: &mut Tally, place: &Place) -> Option<f64> {
    let height = measured(record)?;
    let known = Some(height).filter(|h| assumptions().heights.contains(*h));
    if known.is_none() {
        tally.remark("V07", || (place, format!("{height:.2} m")));
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
