//! The shape of a building above ground as 3DBAG gives it, under the names of all its versions: `b3_h_nok` (2025),
//! `b3_h_dak_max` (2022-2024) and `h_dak_max` (2021); and the table of areas that is made from it.

use gasvrij3d::tile::RoofKind;

use super::record::Record;
use crate::assumptions::assumptions;
use crate::model::Body;
use crate::report::{Place, Tally};

/// Height of the ground, m NAP.
pub const GROUND: [&str; 2] = ["b3_h_maaiveld", "h_maaiveld"];
const RIDGE: [&str; 4] = ["b3_h_nok", "b3_h_max", "b3_h_dak_max", "h_dak_max"];
const EAVES: [&str; 3] = ["b3_h_min", "b3_h_dak_min", "h_dak_min"];
/// The same above the ground, metres, as our own form has it and as the reader of shapes measures it.
pub const RIDGE_M: &str = "nok_m";
/// See [`RIDGE_M`].
pub const EAVES_M: &str = "goot_m";
const ROOF: [&str; 3] = ["b3_dak_type", "dak_type", "dak"];
const FLOORS: [&str; 1] = ["b3_bouwlagen"];
const VOLUME: [&str; 3] = ["b3_volume_lod22", "b3_volume_lod13", "b3_volume_lod12"];
const OUTER_WALL: [&str; 2] = ["b3_opp_buitenmuur", "area_exterior_wall"];
const SHARED_WALL: [&str; 2] = ["b3_opp_scheidingsmuur", "area_shared_wall"];
const FLAT_ROOF: [&str; 2] = ["b3_opp_dak_plat", "area_roof_flat"];
const SLOPED_ROOF: [&str; 2] = ["b3_opp_dak_schuin", "area_roof_sloped"];
const GROUND_AREA: [&str; 2] = ["b3_opp_grond", "area_ground"];
/// What says that the height model failed for this building: column, and the value that says so.
const FAILED: [(&str, &str); 6] = [
    ("b3_reconstructie_onvolledig", "true"),
    ("reconstruction_skipped", "true"),
    ("b3_pw_onvoldoende", "true"),
    ("b3_kwaliteitsindicator", "false"),
    ("b3_succes", "false"),
    ("b3_is_glas_dak", "true"),
];
/// The codes that the shape does not close upon itself.
const VALIDITY: [&str; 2] = ["b3_val3dity_lod22", "val3dity_codes_lod22"];

/// Reads the shape; `None` where the record says nothing of it.
pub fn body(record: &Record, source: &str, tally: &mut Tally, place: &Place) -> Option<Body> {
    let mut area = |names: &[&str]| {
        let m2 = record.number(names)?;
        let known = Some(m2).filter(|m2| (0.0..1e6).contains(m2));
        if known.is_none() {
            tally.remark("an area below 0 or above 1,000,000 m²: left out", || (place, format!("{}: {m2}", names[1])));
        }
        known
    };
    let mut body = Body {
        roof: record.text(&ROOF).and_then(|text| roof(&text)),
        ridge_m: None,
        eaves_m: None,
        outer_wall_m2: area(&OUTER_WALL),
        shared_wall_m2: area(&SHARED_WALL),
        flat_roof_m2: area(&FLAT_ROOF),
        sloped_roof_m2: area(&SLOPED_ROOF),
        ground_m2: area(&GROUND_AREA),
        floors: record.whole(&FLOORS).and_then(|n| u8::try_from(n).ok()).filter(|n| *n > 0),
        volume_m3: record.number(&VOLUME).filter(|m3| *m3 > 0.0),
        source: String::new(),
    };
    if let Some(flag) = failed(record) {
        // The height of such a building is a measurement all the same; what follows from its planes is not.
        tally.remark("3DBAG could not make the roof well: only the height is used", || (place, flag));
        return None;
    }
    if record.text(&["b3_kas_warenhuis", "kas_warenhuis"]).is_some_and(|t| t == "true" || t == "1") {
        tally.remark("3DBAG takes it for a greenhouse or warehouse: its roof is not used", || place);
        body.roof = None;
    } else if let (Some(eaves), Some(ridge)) =
        (above_ground(record, &EAVES, EAVES_M), above_ground(record, &RIDGE, RIDGE_M))
    {
        if assumptions().heights.contains(ridge) && eaves >= 0.0 && eaves <= ridge {
            (body.eaves_m, body.ridge_m) = (Some(eaves), Some(ridge));
        } else {
            tally.remark("V26", || (place, format!("{eaves:.2} and {ridge:.2} m")));
            body.roof = None;
        }
    }
    (body != Body::default()).then(|| Body { source: source.to_owned(), ..body })
}

/// Metres above the ground beside the building: from NAP, or as a file says it.
fn above_ground(record: &Record, nap: &[&str], said: &str) -> Option<f64> {
    let measured = record.number(nap).zip(record.number(&GROUND)).map(|(roof, ground)| roof - ground);
    measured.or_else(|| record.number(&[said]))
}

fn roof(text: &str) -> Option<RoofKind> {
    match text {
        "horizontal" => Some(RoofKind::Flat),
        "multiple horizontal" => Some(RoofKind::SeveralFlat),
        "slanted" => Some(RoofKind::Sloped),
        own => RoofKind::from_code(own),
    }
}

fn failed(record: &Record) -> Option<String> {
    let said = |name: &str| {
        record.text(&[name]).map(|t| match &*t {
            "1" => "true".to_owned(),
            "0" => "false".to_owned(),
            text => text.to_lowercase(),
        })
    };
    for (name, bad) in FAILED {
        if said(name).is_some_and(|value| value == bad) {
            return Some(name.to_owned());
        }
    }
    let codes = record.text(&VALIDITY)?;
    (codes.chars().any(|c| c.is_ascii_digit())).then(|| format!("val3dity {codes}"))
}

/// Adds what a second row says of a part of the same pand: areas and volume are sums.
pub fn add(body: &mut Body, part: &Body) {
    let sum = |a: &mut Option<f64>, b: Option<f64>| *a = a.zip(b).map(|(a, b)| a + b).or(*a).or(b);
    sum(&mut body.outer_wall_m2, part.outer_wall_m2);
    sum(&mut body.shared_wall_m2, part.shared_wall_m2);
    sum(&mut body.flat_roof_m2, part.flat_roof_m2);
    sum(&mut body.sloped_roof_m2, part.sloped_roof_m2);
    sum(&mut body.ground_m2, part.ground_m2);
    sum(&mut body.volume_m3, part.volume_m3);
}

/// Fills what the first source does not say with what the second does.
pub fn fill(body: &mut Body, other: &Body) {
    body.roof = body.roof.or(other.roof);
    // Two heights of one roof belong together.
    if body.ridge_m.is_none() {
        (body.eaves_m, body.ridge_m) = (other.eaves_m, other.ridge_m);
    }
    body.outer_wall_m2 = body.outer_wall_m2.or(other.outer_wall_m2);
    body.shared_wall_m2 = body.shared_wall_m2.or(other.shared_wall_m2);
    body.flat_roof_m2 = body.flat_roof_m2.or(other.flat_roof_m2);
    body.sloped_roof_m2 = body.sloped_roof_m2.or(other.sloped_roof_m2);
    body.ground_m2 = body.ground_m2.or(other.ground_m2);
    body.floors = body.floors.or(other.floors);
    body.volume_m3 = body.volume_m3.or(other.volume_m3);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::read::record::Value;

    fn read(columns: &[(&str, &str)]) -> (Option<Body>, Tally) {
        let names: Vec<String> = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        let values = columns.iter().map(|(_, text)| Value::Text((*text).to_owned())).collect();
        let mut tally = Tally::new("pand");
        let body = body(&Record::new(names.into(), values), "3dbag", &mut tally, &Place::default());
        (body, tally)
    }

    #[test]
    fn three_generations_of_names_give_the_same_roof() {
        for names in [
            ["b3_dak_type", "b3_h_maaiveld", "b3_h_nok", "b3_h_min"],
            ["b3_dak_type", "b3_h_maaiveld", "b3_h_dak_max", "b3_h_dak_min"],
            ["dak_type", "h_maaiveld", "h_dak_max", "h_dak_min"],
        ] {
            let columns: Vec<(&str, &str)> = names.into_iter().zip(["slanted", "-1.3", "8.7", "4.2"]).collect();
            let body = read(&columns).0.unwrap();
            assert_eq!(body.roof, Some(RoofKind::Sloped), "{names:?}");
            assert!((body.ridge_m.unwrap() - 10.0).abs() < 1e-9 && (body.eaves_m.unwrap() - 5.5).abs() < 1e-9);
        }
    }

    #[test]
    fn a_ridge_below_its_eaves_is_no_roof() {
        let heights = [
            ("b3_dak_type", "slanted"),
            ("b3_h_maaiveld", "0"),
            ("b3_h_nok", "3"),
            ("b3_h_min", "5"),
            ("b3_opp_grond", "60"),
        ];
        let (body, tally) = read(&heights);
        let body = body.unwrap();
        assert_eq!((body.roof, body.ridge_m, body.ground_m2), (None, None, Some(60.0)));
        assert_eq!(tally.remarks["V26"].count, 1);
    }

    #[test]
    fn what_3dbag_itself_doubts_gives_no_roof() {
        for flag in [("b3_val3dity_lod22", "[104,203]"), ("reconstruction_skipped", "true"), ("b3_succes", "0")] {
            let (body, tally) = read(&[("b3_dak_type", "slanted"), ("b3_opp_grond", "60"), flag]);
            assert_eq!((body, tally.remarks.len()), (None, 1), "{flag:?}");
        }
        assert!(read(&[("b3_dak_type", "slanted"), ("b3_val3dity_lod22", "[]")]).0.is_some());
        let glass =
            read(&[("b3_dak_type", "slanted"), ("b3_opp_grond", "60"), ("b3_kas_warenhuis", "true")]).0.unwrap();
        assert_eq!((glass.roof, glass.ground_m2), (None, Some(60.0)));
    }

    #[test]
    fn the_rows_of_one_pand_add_up_and_another_source_fills() {
        let row = Body { ground_m2: Some(40.0), outer_wall_m2: Some(90.0), ..Body::default() };
        let mut all = Body { ground_m2: Some(10.0), ..Body::default() };
        add(&mut all, &row);
        assert_eq!((all.ground_m2, all.outer_wall_m2), (Some(50.0), Some(90.0)));
        fill(&mut all, &Body { ground_m2: Some(1.0), floors: Some(3), ..Body::default() });
        assert_eq!((all.ground_m2, all.floors), (Some(50.0), Some(3)));
    }
}
