//! What is not right in the input is said in a sentence with file, row and remedy, and the old data stays.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::Command;

use crate::support::{Data, Gpkg, Place, adds_up, count, house, pand, snapshot, vbo};
use gasvrij3d::tile::HeightKind;

/// Prepares good data, then bad, and gives the sentence. The good data must still be there.
fn refused(place: &Place, args: &[&Path]) -> String {
    let good = place.good();
    place.build([good.to_str().unwrap()]).unwrap();
    let before = snapshot(&place.out());
    let fault = place.build(args.iter().map(|p| p.to_str().unwrap())).unwrap_err();
    assert_eq!(fault.exit_code(), 2, "{fault}");
    assert_eq!(snapshot(&place.out()), before, "the previous output was touched");
    let left = fs::read_dir(place.folder.path())
        .unwrap()
        .filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().starts_with(".prep-"));
    assert_eq!(left.count(), 0, "something was left behind");
    fault.to_string()
}

fn says(sentence: &str, parts: &[&str]) {
    for part in parts {
        assert!(sentence.contains(part), "`{part}` is not in: {sentence}");
    }
}

#[test]
fn a_cut_geopackage_is_refused_by_name() {
    let place = Place::new();
    let good = fs::read(place.good()).unwrap();
    let cut = place.path("cut.gpkg");
    fs::write(&cut, &good[..good.len() / 2]).unwrap();
    says(&refused(&place, &[&cut]), &["cut.gpkg", "cut off", "Fetch it again"]);
    // Also when only a little is left, and when the inside is damaged and the length is right.
    fs::write(&cut, &good[..40]).unwrap();
    says(&refused(&place, &[&cut]), &["cut.gpkg", "Fetch it again"]);
    let mut damaged = good;
    damaged[4096..].fill(0xa5);
    fs::write(&cut, damaged).unwrap();
    says(&refused(&place, &[&cut]), &["cut.gpkg", "Fetch it again"]);
}

#[test]
fn a_geopackage_in_another_grid_is_refused_with_the_conversion() {
    let place = Place::new();
    let path = place.path("wgs.gpkg");
    Gpkg::new(&path, 4326).pand(&pand(1), None, None, &[[4.6, 52.3], [4.7, 52.3], [4.7, 52.4]]);
    says(&refused(&place, &[&path]), &["wgs.gpkg", "layer `", "EPSG:4326", "ogr2ogr -t_srs EPSG:28992"]);
}

#[test]
fn invalid_json_is_refused_with_the_feature_and_the_line() {
    let place = Place::new();
    let feature = format!(
        r#"{{"type":"Feature","properties":{{"identificatie":"{}"}},"geometry":{{"type":"Polygon","coordinates":[[[4.63,52.38],[4.64,52.38],[4.64,52.39],[4.63,52.38]]]}}}}"#,
        pand(1)
    );
    let path = place.write(
        "cut.geojson",
        &format!("{{\"type\":\"FeatureCollection\",\n\"features\":[{feature},\n{feature},\n{{\"type\":"),
    );
    says(&refused(&place, &[&path]), &["cut.geojson", "feature 2", "line 4"]);
    let path = place.write("text.geojson", "{\"type\": FeatureCollection}");
    says(&refused(&place, &[&path]), &["text.geojson", "line 1"]);
    let path = place.write("other.json", "{\"hello\": 1}");
    says(&refused(&place, &[&path]), &["other.json", "`features`"]);
    let path = place.write("cut.city.jsonl", "{\"type\":\"CityJSON\",\"version\":\"2.0\",\"metadata\":{\"referenceSystem\":\"https://www.opengis.net/def/crs/EPSG/0/7415\"},\"CityObjects\":{},\"vertices\":[]}\n{\"type\":\"CityJSONFea");
    says(&refused(&place, &[&path]), &["cut.city.jsonl", "feature 1"]);
}

#[test]
fn rd_metres_without_a_crs_member_are_refused_with_the_flag() {
    let place = Place::new();
    let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"bouwjaar":1990},"geometry":{"type":"Polygon","coordinates":[[[104000,488000],[104010,488000],[104010,488010],[104000,488000]]]}}]}"#;
    let path = place.write("panden.geojson", text);
    says(&refused(&place, &[&path]), &["panden.geojson", "104000", "--crs 28992"]);
    assert!(place.build(["--crs", "28992", path.to_str().unwrap()]).is_ok());
    let odd = text.replace(
        "\"features\"",
        "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::31370\"}},\"features\"",
    );
    let path = place.write("belgie.geojson", &odd);
    says(&refused(&place, &[&path]), &["belgie.geojson", "31370", "ogr2ogr"]);
}

#[test]
fn footprints_outside_the_municipality_are_counted_and_all_of_them_is_a_fault() {
    let place = Place::new();
    let path = place.path("outside.gpkg");
    let gpkg = Gpkg::new(&path, 28992);
    gpkg.border(&house(-100.0, -100.0, 200.0, 200.0));
    gpkg.pand(&pand(1), Some(1950), None, &house(300.0, 0.0, 8.0, 8.0));
    says(&refused(&place, &[&path]), &["outside the border"]);
    // One inside, and one on the border, which belongs to the town too.
    gpkg.pand(&pand(2), Some(1950), None, &house(0.0, 0.0, 8.0, 8.0));
    gpkg.pand(&pand(3), Some(1950), None, &house(98.0, 0.0, 8.0, 8.0));
    let report = place.build([path.to_str().unwrap()]).unwrap();
    adds_up(&report);
    assert_eq!(count(&report, "outside the municipality"), 1);
    assert_eq!(Data::read(&place.out()).panden().len(), 2);
}

#[test]
fn a_town_with_every_small_fault_is_prepared_and_every_fault_is_counted() {
    let place = Place::new();
    let path = place.path("faults.gpkg");
    let gpkg = Gpkg::new(&path, 28992);
    gpkg.pand(&pand(1), Some(1650), None, &house(0.0, 0.0, 8.0, 8.0))
        // The same again, and the same id elsewhere.
        .pand(&pand(1), None, None, &house(0.0, 0.0, 8.0, 8.0))
        .pand(&pand(1), None, None, &house(50.0, 0.0, 8.0, 8.0))
        .pand(&pand(2), Some(9999), None, &house(100.0, 0.0, 8.0, 8.0))
        .pand(&pand(3), Some(3), None, &house(120.0, 0.0, 8.0, 8.0))
        .pand(&pand(4), None, None, &[])
        .pand(&pand(5), None, None, &[[104_000.0, 488_000.0], [104_010.0, 488_000.0]])
        .pand("12", None, None, &house(140.0, 0.0, 8.0, 8.0))
        .pand(&pand(6), None, None, &[[9e9, 1.0], [9e9, 5.0], [f64::NAN, 3.0]])
        // A ring that crosses itself is drawn by its surface.
        .pand(
            &pand(7),
            None,
            None,
            &[[104_200.0, 488_000.0], [104_210.0, 488_010.0], [104_210.0, 488_000.0], [104_200.0, 488_006.0]],
        )
        .pand(&pand(8), None, Some("Pand gesloopt"), &house(160.0, 0.0, 8.0, 8.0));
    gpkg.home(&vbo(1), Some(&pand(1)), 1, 4.0, 4.0)
        .home(&vbo(1), Some(&pand(1)), 1, 4.0, 4.0)
        .home(&vbo(2), Some("0392100000000999"), 3, 4.0, 4.0)
        .home("geen id", None, 5, 4.0, 4.0);
    let report = place.build([path.to_str().unwrap()]).unwrap();
    adds_up(&report);
    for (reason, cases) in [
        ("the same pand twice", 1),
        ("there before, elsewhere", 1),
        ("build year is not a plausible one", 2),
        ("the geometry is empty", 2),
        ("the id is not a BAG id", 2),
        ("outside the Netherlands", 1),
        ("pand is not in use", 1),
        ("the same verblijfsobject twice", 1),
        ("V32", 1),
    ] {
        assert_eq!(count(&report, reason), cases, "{reason}\n{report}");
    }
    assert!(report.to_string().contains("pand fid 8: 12"), "{report}");
    let data = Data::read(&place.out());
    assert_eq!(data.panden().len(), 4);
    assert!(data.panden().iter().all(|p| p.height == HeightKind::Assumed && p.height_dm > 20));
    assert_eq!(data.pand(&pand(1)).unwrap().year, Some(1650));
    assert_eq!(data.pand(&pand(2)).unwrap().year, None);
    assert_eq!(data.woning(&vbo(1)).unwrap().home.bj, Some(1650));
}

#[test]
fn rows_of_a_table_that_do_not_fit_are_counted_by_row() {
    let place = Place::new();
    let good = place.good();
    let text = format!(
        "\u{feff}vbo_id;lab;own\r\n{};C;koop\r\n{};Z;koop\r\n{};B\r\n{};A;vve\r\nx;A;vve\r\n",
        vbo(0),
        vbo(1),
        vbo(2),
        vbo(77)
    );
    let labels = place.write("labels.csv", &text);
    let report = place.build([good.to_str().unwrap(), labels.to_str().unwrap()]).unwrap();
    adds_up(&report);
    assert_eq!(count(&report, "another number of columns"), 1);
    assert_eq!(count(&report, "`lab` has a value"), 1);
    assert_eq!(count(&report, "not a verblijfsobject's"), 1);
    assert_eq!(count(&report, "V31"), 1);
    assert!(report.to_string().contains("row 4: 2 of 3"), "{report}");
    let wrong = place.write("other.csv", "naam;kleur\nBavo;rood\n");
    says(&refused(&place, &[&wrong]), &["other.csv", "naam;kleur", "huisnummer"]);
}

#[test]
fn a_file_of_two_gigabytes_of_nothing_is_refused_at_once() {
    let place = Place::new();
    for name in ["big.gpkg", "big.geojson", "big.city.jsonl", "big.csv", "big.zip", "big.dat"] {
        let path = place.path(name);
        // Sparse: it takes no room on the disk.
        File::create(&path).unwrap().set_len(2 << 30).unwrap();
        says(&refused(&place, &[&path]), &[name]);
    }
    // With a header that promises more than there is.
    let path = place.path("lying.gpkg");
    let mut file = File::create(&path).unwrap();
    file.write_all(&fs::read(place.good()).unwrap()[..4096]).unwrap();
    file.set_len(2 << 30).unwrap();
    says(&refused(&place, &[&path]), &["lying.gpkg", "Fetch it again"]);
}

#[test]
fn what_is_no_data_is_refused_with_what_to_do() {
    let place = Place::new();
    says(&refused(&place, &[&place.path("nothing.gpkg")]), &["nothing.gpkg", "Check the path"]);
    says(&refused(&place, &[place.folder.path()]), &["folder"]);
    let zip = place.write("cut.zip", "PK\u{3}\u{4} and then nothing");
    says(&refused(&place, &[&zip]), &["cut.zip", "Fetch it again"]);
    let xml = place.write("9999PND.xml", "<?xml version='1.0'?>");
    says(&refused(&place, &[&xml]), &["9999PND.xml", "no element"]);
    let empty = place.write("empty.geojson", "");
    says(&refused(&place, &[&empty]), &["empty.geojson"]);
}

#[test]
fn the_program_ends_with_two_and_one_sentence() {
    let place = Place::new();
    let bad = place.write("bad.geojson", "{");
    let out = place.out();
    let run = Command::new(env!("CARGO_BIN_EXE_prep"))
        .args(["build", "--name", "Haarlem", "--out"])
        .args([&out, &bad])
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).contains("prep: bad.geojson: "));
    assert!(!out.exists());
    let town = Command::new(env!("CARGO_BIN_EXE_prep"))
        .args(["town", "--size", "quarter", "--out"])
        .arg(&out)
        .output()
        .unwrap();
    assert_eq!(town.status.code(), Some(0), "{}", String::from_utf8_lossy(&town.stderr));
}
