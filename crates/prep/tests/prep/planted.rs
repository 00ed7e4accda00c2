//! One fault planted for each check: all are reported with file, row and field, and with what to do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeSet;

use crate::support::xml::{
    Delivery, area, building, city, collection, feature, home, plan, point, polygon, street, times,
};
use crate::support::{Gpkg, Place, adds_up, house, pand, vbo};
use prep::checks;
use prep::report::{Example, Report};

/// A fault that was planted: the check, the file, and how the case is told.
type Planted = (&'static str, &'static str, String);

fn at(id: &'static str, file: &'static str, case: impl Into<String>) -> Planted {
    (id, file, case.into())
}

/// Every case of a check with the file it was found in, and the sentence it is counted under.
fn cases(report: &Report, id: &str) -> Vec<(String, Example, String)> {
    let in_files = report.files.iter().flat_map(|f| f.layers.iter().map(|l| (f.file.clone(), l)));
    let all = in_files.chain(report.steps.iter().map(|s| (String::new(), s)));
    let mut found = Vec::new();
    for (file, tally) in all {
        for (reason, cases) in tally.rejected.iter().chain(&tally.remarks).filter(|(r, _)| r.starts_with(id)) {
            for example in cases.examples.clone() {
                let file = example.place.as_ref().map_or(file.clone(), |p| p.file().to_owned());
                found.push((file, example, checks::sentence(reason)));
            }
        }
    }
    found
}

/// Each is told with file, row, field and what to do, and the run says so to people.
fn told(report: &Report, planted: &[Planted]) {
    let text = report.to_string();
    for (id, file, case) in planted {
        let found = cases(report, id);
        let hit = found.iter().find(|(in_file, e, _)| in_file == file && e.to_string().starts_with(case.as_str()));
        let Some((_, _, sentence)) = hit else { panic!("{id}: {file} {case} is not among {found:?}") };
        assert!(text.contains(sentence.as_str()), "{id}: {sentence} is not in\n{text}");
        // The field, then what is wrong, then what to do.
        assert!(sentence.starts_with(&format!("{id} `")) && sentence.ends_with('.'), "{id}: {sentence}");
        assert!(sentence.contains("`: "), "{id} names no field: {sentence}");
    }
}

fn buildings_and_addresses() -> Vec<Planted> {
    let place = Place::new();
    let gpkg = Gpkg::new(&place.path("bag.gpkg"), 28992);
    for i in 0..3 {
        gpkg.pand(&pand(i), Some(2010), None, &house(f64::from(i) * 6.0, 0.0, 6.0, 9.0));
        gpkg.home(&vbo(i), Some(&pand(i)), i * 2 + 1, f64::from(i) * 6.0 + 3.0, 4.0);
    }
    gpkg.pand("", None, None, &house(100.0, 0.0, 8.0, 8.0))
        .pand("12", None, None, &house(120.0, 0.0, 8.0, 8.0))
        .pand(&pand(13), None, None, &[])
        .pand(&pand(14), None, None, &[[9e9, 1.0], [9e9, 5.0], [9e9, 3.0]])
        .pand(&pand(15), Some(9999), None, &house(140.0, 0.0, 8.0, 8.0));
    drop(gpkg);
    place.write(
        "hoogten.geojson",
        &format!(
            r#"{{"type":"FeatureCollection","features":[
               {{"type":"Feature","properties":{{"identificatie":"{}","bouwjaar":1990}},"geometry":{{"type":"Point","coordinates":[4.63,52.38]}}}},
               {{"type":"Feature","properties":{{"identificatie":"{}","bouwjaar":1990,"hoogte_m":900}},"geometry":{{"type":"Polygon","coordinates":[[[4.63,52.38],[4.6302,52.38],[4.6302,52.3802],[4.63,52.38]]]}}}}]}}"#,
            pand(20),
            pand(21)
        ),
    );
    place.write(
        "adressen.csv",
        &format!(
            "vbo_id,pand_id,straat,huisnummer,postcode,oppervlakte,gebruiksdoel,x,y\n{a},,Zijlweg,,2013AB,80,woonfunctie,104001,488001\n\
             {b},,Zijlweg,8,20A3,80,woonfunctie,104001,488001\n{c},,Zijlweg,9,2013AB,0,woonfunctie,104001,488001\n",
            a = vbo(30),
            b = vbo(31),
            c = vbo(32)
        ),
    );
    place.write("feiten.csv", &format!("id;q;mon\n{};90;\n{};;rm\n{};80;\n", vbo(0), vbo(1), vbo(999)));
    let files =
        ["bag.gpkg", "hoogten.geojson", "adressen.csv", "feiten.csv"].map(|f| place.path(f).display().to_string());
    let report = place.build(&files).unwrap();
    adds_up(&report);
    let planted = vec![
        at("V01", "bag.gpkg", "pand fid 4"),
        at("V02", "bag.gpkg", "pand fid 5: 12"),
        at("V03", "bag.gpkg", "pand fid 6"),
        at("V04", "bag.gpkg", "pand fid 7"),
        at("V05", "hoogten.geojson", "feature 1"),
        at("V06", "bag.gpkg", "pand fid 8"),
        at("V07", "hoogten.geojson", "feature 2"),
        at("V08", "adressen.csv", "row 2"),
        at("V09", "adressen.csv", "row 3"),
        at("V10", "adressen.csv", "row 4"),
        at("V31", "feiten.csv", "row 4"),
        // What does not fit together is told at the home, with the value and the source that said it.
        at("V41", "bag.gpkg", "verblijfsobject fid 1: 0392010000000000: 90 (feiten)"),
        at("V42", "bag.gpkg", "verblijfsobject fid 2: 0392010000000001: 2010 (feiten)"),
    ];
    told(&report, &planted);
    planted
}

const LABELS: &str = "PublicatieDatum;01-04-2026\r\nLaatstVerwerkteMutatievolgnummer;19345219\r\nRegistratiedatum;Opnamedatum;GeldigTot;Status;Berekeningstype;Gebouwklasse;Gebouwtype;\
    Gebouwsubtype;Postcode;Huisnummer;Huisletter;Huisnummertoevoeging;BAGVerblijfsobjectID;Energieklasse;Bouwjaar;\
    Warmtebehoefte\r\n";

fn label(day: &str, kind: &str, address: &str, letter: &str, year: u32, demand: &str) -> String {
    format!(
        "{day};20231201;20340101;Bestaand;NTA 8800:2023 (basisopname woningbouw);W;{kind};;{address};{letter};{year};\
         {demand}\r\n"
    )
}

fn tables() -> Vec<Planted> {
    let place = Place::new();
    let good = place.good();
    let row = "Rijwoning tussen";
    let text = LABELS.to_owned()
        + "20240101;te;weinig\r\n"
        + &label("20240101", row, ";;;;039201000000000", "C", 1930, "90")
        + &label("31-31-2024", row, &format!(";;;;{}", vbo(0)), "C", 1930, "90")
        + &label("20240101", row, &format!(";;;;{}", vbo(0)), "Q", 1930, "90")
        + &label("20240101", row, &format!(";;;;{}", vbo(0)), "C", 1930, "veel")
        + &label("20240101", row, "2013AB;geen;;;", "C", 1930, "90");
    place.write("labels.csv", &text);
    place.write(
        "verbruik.csv",
        "POSTCODE_VAN;POSTCODE_TOT;PRODUCTSOORT;AANSLUITINGEN_AANTAL;FYSIEKE_STATUS_PERC;SJV_GEMIDDELD\n\
         2013AB;2013AB;GAS;8;100;1200\n",
    );
    place.write(
        "eigendom.csv",
        &format!("verblijfsobject;eigendom\n{a};koop\n{b};corp\n{b};vve\n", a = vbo(0), b = vbo(1)),
    );
    let files = ["labels.csv", "verbruik.csv", "eigendom.csv"].map(|f| place.path(f));
    let report = place.build([&good].into_iter().chain(&files).map(|f| f.to_str().unwrap())).unwrap();
    adds_up(&report);
    let mut planted = vec![
        at("V12", "labels.csv", "row 4"),
        at("V13", "labels.csv", "row 5: `039201000000000`"),
        at("V14", "labels.csv", "row 6: `31-31-2024`"),
        at("V15", "labels.csv", "row 7: `Q`"),
        at("V16", "labels.csv", "row 8: `veel`"),
        at("V17", "labels.csv", "row 9: `geen`"),
        at("V18", "verbruik.csv", "row 2"),
        at("V19", "eigendom.csv", "row 2: `koop`"),
        at("V20", "eigendom.csv", "row 4"),
    ];
    told(&report, &planted);
    // A column that is missing stops the run before the first row.
    place.write("labels.csv", &LABELS.replace("GeldigTot", "Geldig_tm"));
    let stopped = place.build([good, place.path("labels.csv")].iter().map(|f| f.to_str().unwrap())).unwrap_err();
    let sentence = stopped.to_string();
    assert!(sentence.starts_with("labels.csv: V11: the column `GeldigTot` is missing. "), "{sentence}");
    planted.push(at("V11", "labels.csv", "header"));
    planted
}

fn registers() -> Vec<Planted> {
    let place = Place::new();
    let holds = times(1, "2020-01-01", "");
    let good = Delivery::good();
    let whole = polygon(&house(0.0, 0.0, 6.0, 9.0));
    let bent = whole.replace("srsDimension='3'", "srsDimension='7'");
    let delivery = Delivery {
        panden: vec![
            good.panden[0].clone(),
            good.panden[0].clone(),
            building(2, &whole, ""),
            building(3, &bent, &holds),
        ],
        homes: vec![good.homes[0].clone(), home(5, "0392200000000777", &holds)],
        streets: vec![good.streets[0].clone(), street("").replace("0392300000000001", "0392300000000002")],
        ..good
    };
    let zip = delivery.write(&place, "levering.zip");
    let roof = r#""b3_h_maaiveld":-0.5,"b3_h_50p":7.9,"b3_h_nok":3.1,"b3_h_min":4.9,"b3_dak_type":"slanted""#;
    place.write("dak.city.json", &city(roof));
    let far = feature(r#""rijksmonument_nummer":19169,"juridische_status":"rijksmonument""#, &point(900.0, 0.0));
    place.write("monumenten.geojson", &collection(&[far]));
    place.write("status.geojson", &plan(&[("net_status", r#""misschien""#)]));
    place.write("jaren.geojson", &plan(&[("eind", "2027")]));
    place.write("techniek.geojson", &plan(&[("techniek", r#""kernfusie""#)]));
    let others = ["dak.city.json", "monumenten.geojson", "status.geojson", "jaren.geojson", "techniek.geojson"];
    let others = others.map(|f| place.path(f));
    let report = place.build([&zip].into_iter().chain(&others).map(|f| f.to_str().unwrap())).unwrap();
    adds_up(&report);
    let planted = vec![
        at("V21", "levering.zip", "9999PND01012026-000001.xml object 4"),
        at("V22", "levering.zip", "9999PND01012026-000001.xml object 5"),
        at("V23", "levering.zip", "9999VBO01012026-000001.xml object 3"),
        at("V24", "levering.zip", "9999OPR01012026-000001.xml object 3"),
        at("V25", "levering.zip", "9999PND01012026-000001.xml object 3"),
        at("V26", "dak.city.json", "feature 0: NL.IMBAG.Pand.0392100000000001"),
        at("V27", "monumenten.geojson", "feature 1"),
        at("V28", "status.geojson", "feature 1: misschien"),
        at("V29", "jaren.geojson", "feature 1: start 2028, eind 2027"),
        at("V30", "techniek.geojson", "feature 1: techniek: kernfusie"),
    ];
    told(&report, &planted);
    planted
}

fn what_does_not_fit_together() -> Vec<Planted> {
    let place = Place::new();
    let gpkg = Gpkg::new(&place.path("bag.gpkg"), 28992);
    for i in 0..6 {
        let year = (i != 3).then_some(1930);
        gpkg.pand(&pand(i), year, None, &house(f64::from(i) * 20.0, 0.0, 6.0, 9.0));
    }
    let at_pand = |i: u32| (vbo(i), pand(i), f64::from(i) * 20.0 + 3.0);
    for i in 0..6 {
        let (id, pand, dx) = at_pand(i);
        match i {
            // Far outside its pand.
            1 => gpkg.home(&id, Some(&pand), 3, dx, 190.0),
            // Forty-one floors.
            2 => gpkg.dwelling(&id, Some(&pand), 5, dx, 4.0, "woonfunctie", Some(54 * 41)),
            _ => gpkg.home(&id, Some(&pand), i * 2 + 1, dx, 4.0),
        };
    }
    gpkg.home(&vbo(6), Some(&pand(99)), 13, 3.0, 60.0).home(&vbo(7), None, 15, 3.0, 80.0);
    drop(gpkg);
    let heights: Vec<String> = (0..5)
        .map(|i| {
            let properties = format!(r#""identificatie":"{}","hoogte_m":8.0"#, pand(i));
            feature(&properties, &area(&house(f64::from(i) * 20.0, 0.0, 6.0, 9.0)))
        })
        .collect();
    place.write("hoogten.geojson", &collection(&heights));
    let around =
        feature(r#""buurtcode":"BU03920101","buurtnaam":"Zijlweg""#, &area(&house(-50.0, -50.0, 300.0, 125.0)));
    place.write("buurten.geojson", &collection(&[around]));
    let about = |i: u32| format!(";;;;{}", vbo(i));
    let text = LABELS.to_owned()
        + &label("20240101", "Appartement", &about(0), "C", 1930, "90")
        + &label("20240101", "Rijwoning tussen", &about(4), "C", 1960, "90");
    place.write("labels.csv", &text);
    let files = ["bag.gpkg", "hoogten.geojson", "buurten.geojson", "labels.csv"].map(|f| place.path(f));
    let report = place.build(files.iter().map(|f| f.to_str().unwrap())).unwrap();
    adds_up(&report);
    let home = |fid: u32, id: u32, more: &str| format!("verblijfsobject fid {fid}: {}{more}", vbo(id));
    let building = |i: u32, more: &str| format!("pand fid {}: {}{more}", i + 1, pand(i));
    let planted = vec![
        at("V32", "bag.gpkg", home(7, 6, "")),
        at("V33", "bag.gpkg", home(8, 7, "")),
        at("V34", "bag.gpkg", home(2, 1, ": ")),
        at("V35", "bag.gpkg", building(3, "")),
        at("V36", "bag.gpkg", building(5, "")),
        at("V37", "bag.gpkg", building(2, ": 41")),
        at("V38", "bag.gpkg", home(1, 0, "")),
        at("V39", "bag.gpkg", home(5, 4, ": 1960, 1930")),
        at("V40", "bag.gpkg", home(2, 1, "")),
    ];
    told(&report, &planted);
    planted
}

#[test]
fn every_check_finds_its_planted_fault_and_tells_file_row_field_and_advice() {
    let planted = [buildings_and_addresses(), tables(), registers(), what_does_not_fit_together()].concat();
    let found: BTreeSet<&str> = planted.iter().map(|(id, ..)| *id).collect();
    let all: BTreeSet<&str> = checks::all().keys().map(String::as_str).collect();
    assert_eq!(found, all);
    assert!(all.len() >= 40);
}

#[test]
fn the_table_in_the_documentation_names_every_check() {
    let table = include_str!("../../../../docs/data.md");
    for (id, check) in checks::all() {
        assert!(table.contains(&format!("| {id} | {} | {} |", check.field, check.en)), "{id} is not in docs/data.md");
    }
}
