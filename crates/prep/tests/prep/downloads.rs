//! The downloads of the model town, read back by other means than they were written with.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use clap::Parser;
use gasvrij3d::manifest::Manifest;
use gasvrij3d::rules::rules;
use gasvrij3d::tile;
use gasvrij3d::verdict::HeatOption;
use prep::cli::{Cli, run};
use prep::progress::Progress;
use prep::publisher::Publisher;
use prep::read::wkb::{self, Shape};
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

const PUBLISHER: &str = r#"
[uitgever]
naam = "Gemeente Modelstad"
uri = "https://identifier.overheid.nl/tooi/id/gemeente/gm9999"
email = "geodata@modelstad.example"
adres = "https://kaart.modelstad.example/data/"
licentie = "CC-BY-4.0"
datum = "2026-11-24"
"#;

struct Town {
    folder: TempDir,
    manifest: Manifest,
}

impl Town {
    fn make() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("gemeente.toml");
        fs::write(&config, PUBLISHER).unwrap();
        let out = folder.path().join("data");
        let args = ["prep", "town", "--out", out.to_str().unwrap(), "--downloads", config.to_str().unwrap()];
        run(Cli::try_parse_from(args).unwrap(), &Progress::quiet()).unwrap();
        let manifest = Manifest::parse(&fs::read_to_string(out.join("manifest.json")).unwrap()).unwrap();
        Self { folder, manifest }
    }

    fn path(&self, end: &str) -> PathBuf {
        let download = self.manifest.downloads.iter().find(|d| d.file.file.ends_with(end)).unwrap();
        self.folder.path().join("data").join(&download.file.file)
    }

    fn json(&self, end: &str) -> Value {
        serde_json::from_slice(&fs::read(self.path(end)).unwrap()).unwrap()
    }

    fn homes(&self) -> Vec<tile::Woning> {
        let data = self.folder.path().join("data");
        let tiles =
            self.manifest.tiles.iter().map(|t| tile::decode(&fs::read(data.join(&t.file.file)).unwrap()).unwrap());
        tiles.flat_map(|t| t.woningen).filter(|w| w.home.woonfunctie != Some(false)).collect()
    }
}

fn town() -> &'static Town {
    static TOWN: OnceLock<Town> = OnceLock::new();
    TOWN.get_or_init(Town::make)
}

#[test]
fn the_manifest_lists_every_download_and_the_same_town_gives_the_same_bytes() {
    let (town, again) = (town(), Town::make());
    let names: Vec<&str> = town.manifest.downloads.iter().map(|d| d.file.file.as_str()).collect();
    assert_eq!(
        names,
        [
            "download/modelstad.gpkg",
            "download/modelstad-pand.geojson",
            "download/modelstad-woning.geojson",
            "download/modelstad-woning.csv",
            "download/modelstad.pmtiles",
            "download/modelstad.dcat.jsonld"
        ]
    );
    for download in &town.manifest.downloads {
        let path = town.folder.path().join("data").join(&download.file.file);
        assert_eq!(fs::metadata(&path).unwrap().len(), download.file.bytes);
        assert_eq!(prep::read::sha256_of(&path).unwrap(), download.file.sha256);
        assert!(["CC-BY-4.0", "CC0-1.0"].contains(&download.licence.as_str()));
    }
    assert_eq!(town.manifest, again.manifest);
}

#[test]
fn the_geopackage_holds_every_pand_and_every_home_with_all_options() {
    let db = Connection::open(town().path(".gpkg")).unwrap();
    let one = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(one("PRAGMA application_id"), 0x4750_4B47);
    assert_eq!(one("SELECT count(*) FROM pand"), i64::from(town().manifest.counts.panden));
    assert_eq!(one("SELECT count(*) FROM woning"), i64::from(town().manifest.counts.woningen));
    assert_eq!(one("SELECT count(*) FROM gpkg_contents WHERE last_change = '2026-11-24T00:00:00.000Z'"), 2);
    assert_eq!(one("SELECT count(*) FROM gpkg_spatial_ref_sys WHERE srs_id IN (-1, 0, 4326, 28992)"), 4);
    let sick: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sick, "ok");
    let columns: Vec<String> = db
        .prepare("SELECT name FROM pragma_table_info('woning')")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert!(HeatOption::INTERCHANGE.iter().all(|o| columns.iter().any(|c| c == o.code())), "{columns:?}");
    let geometry: Vec<u8> = db.query_row("SELECT geom FROM pand LIMIT 1", [], |row| row.get(0)).unwrap();
    let (srs, shape) = wkb::read(&geometry).unwrap();
    assert_eq!(srs, 28_992);
    assert!(matches!(shape, Shape::Polygons(_)) && gasvrij3d::geo::is_rd(shape.first_point().unwrap()));
}

#[test]
fn the_table_says_of_each_home_what_the_rules_say() {
    let text = fs::read(town().path(".csv")).unwrap();
    assert!(std::str::from_utf8(&text).is_ok() && text.windows(2).any(|w| w == b"\r\n"));
    let mut reader = csv::Reader::from_reader(text.as_slice());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: BTreeMap<String, BTreeMap<String, String>> = reader
        .records()
        .map(|row| {
            let row: BTreeMap<String, String> =
                header.iter().cloned().zip(row.unwrap().iter().map(str::to_owned)).collect();
            (row["identificatie"].clone(), row)
        })
        .collect();
    let homes = town().homes();
    assert_eq!(rows.len(), homes.len());
    for home in homes {
        let row = &rows[&home.id.to_string()];
        let advice = rules().evaluate(&home.home, rules().year());
        for option in HeatOption::INTERCHANGE {
            assert_eq!(row[option.code()], advice.verdict(*option).code(), "{} {option:?}", home.id);
        }
        assert_eq!(row["bj"], home.home.bj.map(|year| year.to_string()).unwrap_or_default());
        assert_eq!((&row["straat"], &row["huisnummer"]), (&home.address.street, &home.address.number.to_string()));
    }
}

#[test]
fn the_geojson_is_in_degrees_and_turns_the_right_way() {
    let panden = town().json("-pand.geojson");
    assert!(panden.get("crs").is_none());
    let features = panden["features"].as_array().unwrap();
    assert_eq!(features.len(), town().manifest.counts.panden as usize);
    for feature in features {
        let ring: Vec<[f64; 2]> = serde_json::from_value(feature["geometry"]["coordinates"][0].clone())
            .or_else(|_| serde_json::from_value(feature["geometry"]["coordinates"][0][0].clone()))
            .unwrap();
        assert_eq!(ring.first(), ring.last());
        assert!(ring.iter().all(|[lon, lat]| (3.0..7.5).contains(lon) && (50.5..54.0).contains(lat)));
        let twice: f64 = ring
            .windows(2)
            .map(|w| (w[0][0] - ring[0][0]) * (w[1][1] - ring[0][1]) - (w[1][0] - ring[0][0]) * (w[0][1] - ring[0][1]))
            .sum();
        assert!(twice > 0.0, "an outer ring that turns clockwise");
    }
    let homes = town().json("-woning.geojson");
    assert_eq!(homes["features"].as_array().unwrap().len(), town().manifest.counts.woningen as usize);
    assert_eq!(homes["metadata"]["licence"], "CC-BY-4.0");
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut out).unwrap();
    out
}

fn varints(mut bytes: &[u8]) -> Vec<u64> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = bytes[0];
            bytes = &bytes[1..];
            value |= u64::from(byte & 127) << shift;
            shift += 7;
            if byte < 128 {
                break;
            }
        }
        all.push(value);
    }
    all
}

/// The entries of a directory: tile id, place, length, how many tiles.
fn entries(directory: &[u8]) -> Vec<(u64, usize, usize, u64)> {
    let numbers = varints(&unpacked(directory));
    let n = numbers[0] as usize;
    let column = |i: usize| &numbers[1 + i * n..=(i + 1) * n];
    let (mut id, mut out) = (0, Vec::<(u64, usize, usize, u64)>::new());
    for i in 0..n {
        id += column(0)[i];
        let length = column(2)[i] as usize;
        let place = match (column(3)[i], out.last()) {
            (0, Some((_, place, length, _))) => place + length,
            (offset, _) => offset as usize - 1,
        };
        out.push((id, place, length, column(1)[i]));
    }
    out
}

#[test]
fn the_pmtiles_are_read_by_the_specification() {
    let bytes = fs::read(town().path(".pmtiles")).unwrap();
    let at = |i: usize| u64::from_le_bytes(bytes[8 + i * 8..16 + i * 8].try_into().unwrap()) as usize;
    assert_eq!((&bytes[..7], bytes[7]), (&b"PMTiles"[..], 3));
    // Gzip inside and for tiles, vector tiles, zoom 12 to 15 (specification 3.4, header).
    assert_eq!((bytes[97], bytes[98], bytes[99], bytes[100], bytes[101]), (2, 2, 1, 12, 15));
    let metadata: Value = serde_json::from_slice(&unpacked(&bytes[at(2)..at(2) + at(3)])).unwrap();
    assert_eq!(metadata["vector_layers"][1]["id"], "woning");
    assert_eq!(metadata["vector_layers"][1]["fields"]["AEL"], "String");
    let (leaves, data) = (&bytes[at(4)..at(4) + at(5)], &bytes[at(6)..at(6) + at(7)]);
    let mut all = Vec::new();
    for entry in entries(&bytes[at(0)..at(0) + at(1)]) {
        if entry.3 == 0 { all.extend(entries(&leaves[entry.1..entry.1 + entry.2])) } else { all.push(entry) }
    }
    // Ids of zoom 15 begin after those of all zooms before it.
    let first_of_15 = (4_u64.pow(15) - 1) / 3;
    let (mut panden, mut homes) = (BTreeSet::new(), BTreeSet::new());
    for (_, place, length, _) in all.iter().filter(|e| e.0 >= first_of_15) {
        let reader = mvt_reader::Reader::new(unpacked(&data[*place..place + length])).unwrap();
        for (i, name) in reader.get_layer_names().unwrap().iter().enumerate() {
            let ids = reader.get_features(i).unwrap().into_iter().map(|f| f.id.unwrap());
            if name == "pand" { panden.extend(ids) } else { homes.extend(ids) }
        }
    }
    let counts = &town().manifest.counts;
    assert_eq!(homes.len(), counts.woningen as usize);
    assert!(panden.len() <= counts.panden as usize && panden.len() * 100 >= counts.panden as usize * 95);
}

/// The mandatory properties of DCAT-AP-NL 3.0, and those of DCAT-AP below it.
const MANDATORY: [(&str, &[&str]); 4] = [
    ("dcat:Catalog", &["dct:title", "dct:description", "dct:publisher", "dcat:contactPoint", "dcat:dataset"]),
    ("dcat:CatalogRecord", &["foaf:primaryTopic", "dct:modified", "dct:language"]),
    (
        "dcat:Dataset",
        &[
            "dct:title",
            "dct:description",
            "dct:accessRights",
            "dcat:contactPoint",
            "dct:creator",
            "dct:identifier",
            "dct:publisher",
            "dcat:theme",
            "dcat:distribution",
        ],
    ),
    ("dcat:Distribution", &["dct:license", "dcat:accessURL", "dcat:downloadURL", "dcat:mediaType"]),
];

fn objects<'a>(json: &'a Value, all: &mut Vec<&'a Value>) {
    match json {
        Value::Object(map) => {
            all.push(json);
            map.values().for_each(|value| objects(value, all));
        }
        Value::Array(list) => list.iter().for_each(|value| objects(value, all)),
        _ => {}
    }
}

#[test]
fn the_metadata_has_every_mandatory_property() {
    let json = town().json(".jsonld");
    let mut all = Vec::new();
    objects(&json, &mut all);
    for (class, properties) in MANDATORY {
        let of_class: Vec<_> = all.iter().filter(|o| o["@type"] == class).collect();
        assert_eq!(of_class.len(), if class == "dcat:Distribution" { 5 } else { 1 }, "{class}");
        for (object, property) in of_class.iter().flat_map(|o| properties.iter().map(move |p| (o, p))) {
            let value = &object[property];
            let empty = value.is_null() || value == "" || value["@id"] == "" || value["@value"] == "";
            assert!(!empty, "{class} lacks {property}: {object}");
        }
    }
    let prefixes = json["@context"].as_object().unwrap();
    for key in all.iter().flat_map(|o| o.as_object().unwrap().keys()).filter(|k| !k.starts_with('@')) {
        let prefix = key.split(':').next().unwrap();
        assert!(prefixes.contains_key(prefix), "{key} has no prefix");
    }
    assert_eq!(json["dcat:dataset"]["dct:publisher"]["foaf:name"]["@value"], "Gemeente Modelstad");
}

#[test]
fn a_publisher_that_is_not_whole_is_told_what_is_missing() {
    for (from, to, expected) in [
        ("email = \"geodata@modelstad.example\"", "email = \"geodata\"", "an e-mail address"),
        ("licentie = \"CC-BY-4.0\"", "licentie = \"gratis\"", "data/uitgave.toml"),
        ("example/data/\"", "example/data\"", "ends with /"),
        ("datum = \"2026-11-24\"", "datum = \"gisteren\"", "2026-11-24"),
        ("naam = \"Gemeente Modelstad\"\n", "", "naam"),
        ("[uitgever]", "[andere]", "no table [uitgever]"),
    ] {
        let fault = Publisher::parse(&PUBLISHER.replace(from, to)).unwrap_err().to_string();
        assert!(fault.contains(expected), "{expected}: {fault}");
    }
}

#[test]
fn without_a_publisher_there_are_no_downloads() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("data");
    let args = ["prep", "town", "--out", out.to_str().unwrap()];
    run(Cli::try_parse_from(args).unwrap(), &Progress::quiet()).unwrap();
    assert!(!Path::new(&out).join("download").exists());
    assert!(!fs::read_to_string(out.join("manifest.json")).unwrap().contains("downloads"));
}
