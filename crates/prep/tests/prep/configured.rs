//! A municipality from its configuration: what is checked, what is refused, and that the order of files, tables and rows,
//! the language and the time zone change no byte.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::xml::{area, collection, feature};
use crate::support::{Data, Gpkg, Place, adds_up, house, pand, snapshot, vbo};
use clap::Parser;
use gasvrij3d::home::{FactKey, Label, Method};
use prep::cli::{Cli, run};
use prep::fault::Fault;
use prep::progress::Progress;
use prep::report::Report;
use proptest::prelude::*;

const HEAD: &str =
    "uit = \"uit/data\"\npeildatum = \"2026-06-01\"\n[gemeente]\nnaam = \"Haarlem\"\ncode = \"GM0392\"\n";

fn bron(kind: &str, files: &str) -> String {
    format!(
        "[[bron]]\nsoort = \"{kind}\"\nbestanden = [{files}]\ndatum = \"2026-04\"\nlicentie = \"CC0-1.0\"\nnaamsvermelding \
         = \"Kadaster\"\n"
    )
}

fn prep(args: &[&str]) -> Result<Report, Fault> {
    let all = ["prep"].iter().chain(args);
    run(Cli::try_parse_from(all).unwrap(), &Progress::quiet())
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A street, labels and a list of corrections, with rows in some order.
fn street(place: &Place, order: &[u32]) -> PathBuf {
    let gpkg = Gpkg::new(&place.path("bag.gpkg"), 28992);
    for &i in order {
        let (dx, dy) = (f64::from(i % 4) * 6.0 + f64::from(i / 8) * 900.0, f64::from(i / 4) * 30.0);
        // Each has a fault of its own, so that the examples in the report must be chosen.
        gpkg.pand(&pand(i), Some(3 + i64::from(i)), None, &house(dx, dy, 6.0, 9.0));
        for n in 0..=(i % 3) {
            gpkg.home(&vbo(i * 10 + n), None, i * 2 + 1, dx + 1.0 + f64::from(n), dy + 4.0);
        }
        // The same pand again, with what the first does not say.
        if i % 5 == 0 {
            gpkg.pand(&pand(i), Some(1950 + i64::from(i)), None, &house(dx, dy, 6.0, 9.0));
        }
    }
    drop(gpkg);
    let rows = |f: &dyn Fn(u32) -> String| order.iter().map(|i| f(*i)).collect::<String>();
    place.write(
        "labels.csv",
        &format!("id;lab;q\n{}", rows(&|i| format!("{};{};90\n", vbo(i * 10), if i % 2 == 0 { "C" } else { "Z" }))),
    );
    place.write("zelf.csv", &format!("id;lab\n{}", rows(&|i| format!("{};B\n", vbo(i * 40)))));
    place.write("lijst.csv", &format!("id;block\n{}", rows(&|i| format!("{};nee\n", vbo(i * 10 + 1)))));
    place.path("haarlem.toml")
}

fn sources(order: &[usize]) -> String {
    let all = [
        bron("bag", "\"bag.gpkg\""),
        bron("labels", "\"labels.csv\""),
        bron("correcties", "\"zelf.csv\""),
        bron("lijst", "\"lijst.csv\""),
    ];
    order.iter().map(|i| all[*i].as_str()).collect()
}

#[test]
fn a_correction_wins_and_what_is_not_there_is_told() {
    let place = Place::new();
    let config = street(&place, &[0, 1, 2, 3]);
    fs::write(&config, format!("{HEAD}{}", sources(&[0, 1, 2, 3]))).unwrap();
    let report = prep(&["check", text(&config)]).unwrap();
    adds_up(&report);
    assert!(!place.path("uit").exists(), "a check wrote something");
    prep(&["build", text(&config)]).unwrap();
    let data = Data::read(&place.path("uit/data"));
    let first = data.woning(&vbo(0)).unwrap();
    assert_eq!((first.home.lab, first.home.q), (Some(Label::B), Some(90.0)));
    assert_eq!(first.origins.0[&FactKey::Lab].method, Method::Corrected);
    assert_eq!(first.origins.0[&FactKey::Q].source, "labels");
    assert_eq!(data.manifest.municipality.code, "GM0392");
    for gap in ["3dbag", "cbs", "plannen"] {
        assert!(data.manifest.gaps.iter().any(|g| g == gap), "{:?}", data.manifest.gaps);
    }
    assert!(!data.manifest.gaps.iter().any(|g| g == "labels"));
    let page =
        fs::read_to_string(place.path("uit/data").join(&data.manifest.quality.as_ref().unwrap().page.file)).unwrap();
    for part in ["lang=\"nl\"", "hoogten en daken", "2026-06-01", "het bouwjaar kan niet kloppen", "Meld het bij"] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn a_file_of_another_kind_and_one_that_is_not_there_are_refused_with_the_line() {
    let place = Place::new();
    let config = street(&place, &[0, 1]);
    let refused = |sources: &str| {
        fs::write(&config, format!("{HEAD}{sources}")).unwrap();
        prep(&["check", text(&config)]).unwrap_err().to_string()
    };
    let sentence = refused(&(bron("bag", "\"bag.gpkg\"") + &bron("plannen", "\n\"labels.csv\"")));
    for part in ["haarlem.toml line 15", "labels.csv", "`plannen`", "Put the kind right"] {
        assert!(sentence.contains(part), "`{part}` is not in: {sentence}");
    }
    let sentence = refused(&bron("bag", "\"bag.gpkg\", \"weg.gpkg\""));
    for part in ["haarlem.toml line 8", "weg.gpkg is not there", "relative to haarlem.toml"] {
        assert!(sentence.contains(part), "`{part}` is not in: {sentence}");
    }
}

#[test]
fn language_and_time_zone_change_no_byte() {
    let place = Place::new();
    let config = street(&place, &[3, 1, 0, 2]);
    fs::write(&config, format!("{HEAD}{}", sources(&[0, 1, 2, 3]))).unwrap();
    let build = |lang: &str, zone: &str, out: &str| {
        let run = Command::new(env!("CARGO_BIN_EXE_prep"))
            .args(["build", "--out", text(&place.path(out)), text(&config)])
            .env("LC_ALL", lang)
            .env("LANG", lang)
            .env("TZ", zone)
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        relative(&place.path(out))
    };
    let one = build("C", "UTC", "one");
    assert!(one == build("nl_NL.UTF-8", "Pacific/Auckland", "two"));
    assert!(one == build("tr_TR.UTF-8", "America/St_Johns", "three"));
}

/// Files by name; the sums of the input files are left out, since a file with its rows in another order is another file.
fn relative(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let without_sums = |bytes: Vec<u8>| {
        let mut json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        for source in json["sources"].as_array_mut().unwrap() {
            source["sha256"] = "".into();
        }
        serde_json::to_vec(&json).unwrap()
    };
    let strip = |(path, bytes): (PathBuf, Vec<u8>)| {
        let bytes = if path.ends_with("manifest.json") { without_sums(bytes) } else { bytes };
        (path.strip_prefix(folder).unwrap().to_owned(), bytes)
    };
    snapshot(folder).into_iter().map(strip).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_and_files_changes_no_byte(
        rows in Just((0..12_u32).collect::<Vec<_>>()).prop_shuffle(),
        files in Just((0..4_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let built = |rows: &[u32], files: &[usize]| {
            let place = Place::new();
            let config = street(&place, rows);
            fs::write(&config, format!("{HEAD}{}", sources(files))).unwrap();
            prep(&["build", text(&config)]).unwrap();
            relative(&place.path("uit/data"))
        };
        let sorted: Vec<u32> = (0..12).collect();
        let first = built(&sorted, &[0, 1, 2, 3]);
        let second = built(&rows, &files);
        let names = |all: &[(PathBuf, Vec<u8>)]| all.iter().map(|(p, _)| p.clone()).collect::<Vec<_>>();
        prop_assert_eq!(names(&first), names(&second));
        prop_assert!(first == second);
    }
}

#[test]
fn a_zone_and_the_use_of_gas_come_to_the_homes_and_the_neighbourhood() {
    let place = Place::new();
    let gpkg = Gpkg::new(&place.path("bag.gpkg"), 28992);
    for i in 0..12 {
        gpkg.pand(&pand(i), Some(1930), None, &house(f64::from(i) * 6.0, 0.0, 6.0, 9.0));
        gpkg.home(&vbo(i), Some(&pand(i)), i * 2 + 1, f64::from(i) * 6.0 + 3.0, 4.0);
    }
    drop(gpkg);
    let zone = |properties: &str, width: f64| feature(properties, &area(&house(-5.0, -5.0, width, 50.0)));
    let zones = [zone(r#""zone":"archeologie","verwachting":"hoog""#, 35.0), zone(r#""zone":"stilte""#, 90.0)];
    place.write("zones.geojson", &collection(&zones));
    let around = zone(r#""buurtcode":"BU03920101","buurtnaam":"Zijlweg""#, 300.0);
    place.write("buurten.geojson", &collection(&[around]));
    place.write(
        "verbruik.csv",
        "POSTCODE_VAN;POSTCODE_TOT;PRODUCTSOORT;AANSLUITINGEN_AANTAL;FYSIEKE_STATUS_PERC;SJV_GEMIDDELD\n\
         2013AB;2013AB;GAS;12;100;1234\n",
    );
    let config = place.path("haarlem.toml");
    let sources = [
        bron("bag", "\"bag.gpkg\""),
        bron("zones", "\"zones.geojson\""),
        bron("cbs", "\"buurten.geojson\""),
        bron("verbruik", "\"verbruik.csv\""),
    ];
    fs::write(&config, format!("{HEAD}{}", sources.concat())).unwrap();
    let report = prep(&["build", text(&config)]).unwrap();
    adds_up(&report);
    let data = Data::read(&place.path("uit/data"));
    let home = |i: u32| &data.woning(&vbo(i)).unwrap().home;
    assert_eq!((home(0).archeologie_hoog, home(11).archeologie_hoog), (Some(true), Some(false)));
    assert_eq!(home(0).gw_bescherming, None, "no zone of that kind was read");
    let file = &data.manifest.figures.as_ref().unwrap().buurten.file;
    let figures: serde_json::Value =
        serde_json::from_slice(&fs::read(place.path("uit/data").join(file)).unwrap()).unwrap();
    assert_eq!(figures["buurten"][0]["verbruik"]["gas_m3"], 1234.0);
    assert_eq!(figures["buurten"][0]["verbruik_bron"], "verbruik");
}
