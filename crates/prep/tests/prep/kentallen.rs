//! The key figures of `data/kentallen.toml` against the table they were taken from. Skipped where that is not there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeMap;
use std::fs::File;

use crate::support::shared;
use toml::{Table, Value};

type Row = BTreeMap<String, String>;

fn vesta() -> Option<Vec<Row>> {
    let path = shared("vesta/vesta-kentallen.zip")?;
    let mut archive = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
    let table = archive.by_name("20201202_Woningen_BAG.csv").unwrap();
    let mut reader = csv::Reader::from_reader(table);
    Some(reader.deserialize().map(|row| row.unwrap()).collect())
}

fn kentallen() -> Table {
    include_str!("../../../../data/kentallen.toml").parse().unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_float().or(value.as_integer().map(|whole| whole as f64)).unwrap()
}

/// The source has shorter periods after 1991; the project's table takes one of each.
fn period(from: i64) -> &'static str {
    match from {
        0 => "voor 1930",
        1930 => "1930 - 1945",
        1946 => "1946 - 1964",
        1965 => "1965 - 1974",
        1975 => "1975 - 1991",
        1992 => "1996 - 1999",
        2006 => "2006 - 2010",
        2015 => "2015 - 2020",
        other => panic!("no period begins in {other}"),
    }
}

fn kind(typ: &str) -> &'static str {
    match typ {
        "VRIJ" => "vrijstaand",
        "2KAP" => "2 onder 1 kap",
        "HOEK" => "rijwoning hoek",
        "TUSSEN" => "rijwoning tussen",
        "FLAT-L" => "meergezins: laag en midden",
        "FLAT-H" => "meergezins: hoog",
        other => panic!("no kind {other}"),
    }
}

/// At most this far from it, with a hair for the binary fraction.
#[track_caller]
fn within(found: f64, source: f64, half_a_digit: f64, what: &str) {
    assert!((found - source).abs() <= half_a_digit + 1e-6, "{what}: {found} here, {source} in the source");
}

#[test]
fn every_row_is_the_source_rounded() {
    let Some(rows) = vesta() else { return };
    let file = kentallen();
    let classes = file["klasse"].as_array().unwrap();
    assert_eq!(classes.len(), 48);
    for class in classes {
        let (typ, from) = (class["typ"].as_str().unwrap(), class["van"].as_integer().unwrap());
        let area = number(&file["referentie_m2"][typ]);
        let source = rows.iter().find(|r| r["type_str"] == kind(typ) && r["bouwjaar_str"] == period(from)).unwrap();
        let of = |name: &str| -> f64 { source[name].parse().unwrap() };
        let at_area = |name: &str| of(&format!("{name}_asl")) + of(&format!("{name}_opp")) * area;
        let name = format!("{typ} from {from}");

        let label = class["label"].as_str().unwrap();
        assert_eq!(source["Default_label"], label, "{name}");
        within(number(&class["a"]), of(&format!("Vrv_{label}_asl")), 0.05, &format!("{name}, a"));
        within(number(&class["b"]), of(&format!("Vrv_{label}_opp")), 0.0005, &format!("{name}, b"));

        let until = class["tot"].as_integer().unwrap();
        let ends = file["tapwater"]["tot"].as_array().unwrap();
        let column = ends.iter().position(|end| until <= end.as_integer().unwrap()).unwrap();
        within(number(&file["tapwater"][typ][column]), of("Vww_asl"), 1e-9, &format!("{name}, hot water"));

        if let Some(costs) = class.get("naar_b_keur") {
            within(number(&class["kwh_m2_b"]), at_area("Vrv_B") / 0.0036 / area, 0.5, &format!("{name}, at label B"));
            for (place, bound) in ["min", "max"].into_iter().enumerate() {
                let source = at_area(&format!("Ki_S{label}B_{bound}")) / 1000.0;
                within(number(&costs[place]), source, 0.5, &format!("{name}, {bound} cost to label B"));
            }
        }
    }
}
