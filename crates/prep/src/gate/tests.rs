//! Breaches planted in files, each found by name.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use gasvrij3d::home::{Home, Ownership, PandId, VboId};
use gasvrij3d::tile::mvt::{Geometry, LayerWriter, Value};
use gasvrij3d::tile::{HeightKind, Pand, Tile, Woning, encode};

use super::*;

const NOT_ALLOWED: Allowed = Allowed { ownership: false };

fn found(name: &str, bytes: &[u8], allowed: Allowed) -> std::result::Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, bytes).unwrap();
    let entry = FileEntry { file: name.to_owned(), bytes: bytes.len() as u64, sha256: String::new() };
    inspect(folder.path(), &[entry], allowed).map_err(|fault| fault.to_string())
}

fn breach(name: &str, bytes: &[u8], parts: &[&str]) {
    let sentence = found(name, bytes, NOT_ALLOWED).unwrap_err();
    for part in [name].iter().chain(parts) {
        assert!(sentence.contains(part), "`{part}` is not in: {sentence}");
    }
}

fn layer(name: &'static str, key: &'static str) -> Vec<u8> {
    let mut layer = LayerWriter::new(name);
    layer.push(Some(1), &[(key, Value::Uint(1))], &Geometry::Point([1, 1]));
    let mut bytes = Vec::new();
    layer.finish(&mut bytes);
    bytes
}

fn owned() -> Vec<u8> {
    let woning = Woning {
        id: VboId(1),
        pand: Some(PandId(1)),
        at: [1, 1],
        address: gasvrij3d::home::Address { number: 1, ..Default::default() },
        buurt: "BU03920301".into(),
        home: Home { own: Some(Ownership::Koop), ..Home::default() },
        origins: gasvrij3d::home::Origins::default(),
    };
    encode(&Tile { woningen: vec![woning], ..Tile::default() })
}

#[test]
fn gas_people_and_strange_attributes_in_a_tile_stop_the_build() {
    breach("tiles/a.mvt", &layer("woning", "gas_m3"), &["gas_m3", "never told of one home"]);
    breach("tiles/a.mvt", &layer("pand", "inwoners"), &["inwoner"]);
    breach("tiles/a.mvt", &layer("woning", "telefoon"), &["`telefoon`", "toegestaan.toml"]);
    breach("tiles/a.mvt", &layer("personen", "naam"), &["layer `personen`"]);
    breach("tiles/a.mvt", b"no tile", &["read back"]);
}

#[test]
fn ownership_is_shown_only_where_it_may_be() {
    breach("tiles/a.mvt", &owned(), &["`own`", "eigendom"]);
    assert_eq!(found("tiles/a.mvt", &owned(), Allowed { ownership: true }), Ok(()));
}

#[test]
fn every_attribute_that_a_tile_can_have_is_on_the_list_and_no_other() {
    let list = List::built_in().unwrap();
    let facts: BTreeSet<&str> = FactKey::ALL.iter().map(|k| k.code()).collect();
    let woning = &list.tiles["woning"];
    let on_list: BTreeSet<&str> = woning.attributes.iter().chain(&woning.with_ownership).map(String::as_str).collect();
    assert!(facts.is_subset(&on_list), "{:?}", facts.difference(&on_list));
    let address = ["pand", "straat", "nummer", "letter", "toevoeging", "postcode", "plaats", "buurt", "bron"];
    let others: BTreeSet<&str> = on_list.difference(&facts).copied().collect();
    assert_eq!(others, address.into_iter().collect());
    let pand = Pand {
        id: PandId(1),
        footprint: vec![vec![vec![[0, 0], [9, 0], [9, 9]]]],
        height_dm: 1,
        height: HeightKind::Measured,
        year: Some(1990),
        roof: None,
        homes: 1,
    };
    assert_eq!(found("tiles/a.mvt", &encode(&Tile { panden: vec![pand], ..Tile::default() }), NOT_ALLOWED), Ok(()));
}

#[test]
fn files_that_nobody_put_on_the_list_stop_the_build() {
    breach("extra-1.json", b"{}", &["not on the list"]);
    breach("zoek/straten-1.json", br#"{"places":[],"bewoners":[]}"#, &["`bewoners`"]);
    breach("rapport-1.json", br#"{"steps":[{"name":"a","secret":1}]}"#, &["`steps.secret`"]);
    breach("rapport-1.json", br#"{"steps":[{"name":"a"},7]}"#, &["`steps`"]);
    breach("kwaliteit-1.json", br#"{"buurten":[],"bewoners":[]}"#, &["`bewoners`"]);
    assert_eq!(found("kwaliteit-1.json", br#"{"buurten":[]}"#, NOT_ALLOWED), Ok(()));
    breach("notes-1.txt", b"hello", &["`txt`"]);
    assert_eq!(found("zoek/straten-1.json", br#"{"places":[],"tiles":[[1,2]]}"#, NOT_ALLOWED), Ok(()));
}

#[test]
fn a_small_group_and_one_that_follows_stop_the_build() {
    let areas = |figures: [&str; 3]| {
        let [whole, first, second] = figures;
        format!(
            r#"{{"gebieden":[{{"code":"WK039201","cbs":{{"woningen":{whole}}}}}],
               "buurten":[{{"code":"BU03920101","cbs":{{"woningen":{first}}}}},
               {{"code":"BU03920102","cbs":{{"woningen":{second}}}}}]}}"#
        )
    };
    breach("buurten-1.json", areas(["100", "96", "4"]).as_bytes(), &["woningen", "is 4"]);
    breach("buurten-1.json", areas(["100", "96", "null"]).as_bytes(), &["WK039201", "follows"]);
    assert_eq!(found("buurten-1.json", areas(["100", "null", "null"]).as_bytes(), NOT_ALLOWED), Ok(()));
    assert_eq!(found("buurten-1.json", areas(["null", "96", "null"]).as_bytes(), NOT_ALLOWED), Ok(()));
    let spread = br#"{"woningen":100,"woningen_zonder_buurt":0,"buurten":[{"code":"BU1","woningen":96},{"code":"BU2","woningen":null}]}"#;
    breach("kwaliteit-1.json", spread, &["`buurten.woningen`", "follows"]);
    let split = br#"{"buurten":[{"code":"BU1","woningen":100,"typ":{"TUSSEN":96,"VRIJ":null}}]}"#;
    breach("buurten-1.json", split, &["`buurten.typ`", "BU1", "follows"]);
}

#[test]
fn a_download_tells_no_owner_no_gas_and_no_column_that_is_not_on_the_list() {
    let csv = |column: &str| format!("identificatie,{column}\r\n0392010000000001,x\r\n");
    let table = "download/haarlem-woning.csv";
    breach(table, csv("own").as_bytes(), &["`own`", "eigendom"]);
    breach(table, csv("gas_m3").as_bytes(), &["gas_m3", "never told of one home"]);
    breach(table, csv("telefoon").as_bytes(), &["`telefoon`", "toegestaan.toml"]);
    assert_eq!(found(table, csv("own").as_bytes(), Allowed { ownership: true }), Ok(()));
    assert_eq!(found(table, csv("AEL").as_bytes(), NOT_ALLOWED), Ok(()));
    let json = |key: &str| format!(r#"{{"type":"FeatureCollection","features":[{{"properties":{{"{key}":"vve"}}}}]}}"#);
    let homes = "download/haarlem-woning.geojson";
    breach(homes, json("own").as_bytes(), &["`features.properties.own`", "eigendom"]);
    breach(homes, json("bewoner").as_bytes(), &["bewoner", "never told of one home"]);
    assert_eq!(found(homes, json("typ").as_bytes(), NOT_ALLOWED), Ok(()));
    breach("download/haarlem-personen.csv", csv("typ").as_bytes(), &["not on the list"]);
    breach("download/haarlem.pmtiles", b"PMTiles", &["no PMTiles"]);
}
