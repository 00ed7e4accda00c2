//! Two data sets one after the other: the second tells what changed in the plans since the first.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::path::Path;

use crate::support::{Place, X, Y, snapshot};
use gasvrij3d::figures::{self, Changes, Field, Plans};
use gasvrij3d::manifest::Manifest;

/// A file of plans over the row of three houses: name and start of each.
fn plans(place: &Place, all: &[(&str, u16)]) -> String {
    let [west, south, east, north] = [X - 20.0, Y - 20.0, X + 60.0, Y + 60.0];
    let ring = format!("[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]");
    let feature = |(name, start): &(&str, u16)| {
        format!(
            r#"{{"type":"Feature","properties":{{"naam":"{name}","net_soort":"MT","net_status":"gepland","net_start":{start}}},
               "geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
        )
    };
    let features: Vec<String> = all.iter().map(feature).collect();
    let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::28992"}}"#;
    let text = format!(r#"{{"type":"FeatureCollection",{crs},"features":[{}]}}"#, features.join(","));
    place.write("plan.geojson", &text).display().to_string()
}

/// What the page reads: the version, and the file of plans.
fn read(folder: &Path) -> (String, Plans) {
    let manifest = Manifest::parse(&fs::read_to_string(folder.join("manifest.json")).unwrap()).unwrap();
    let entry = manifest.figures.unwrap().plannen.unwrap();
    (manifest.data_version, figures::read(&entry.file, &fs::read(folder.join(&entry.file)).unwrap()).unwrap())
}

#[test]
fn a_second_data_set_tells_which_plans_came_went_and_say_something_else() {
    let place = Place::new();
    let town = place.good().display().to_string();
    place.build([&town, &plans(&place, &[("Zijlweg", 2028), ("Duinwijk", 2030)])]).unwrap();
    let earlier = place.path("vorige");
    fs::rename(place.out(), &earlier).unwrap();
    let (version, before) = read(&earlier);
    assert_eq!((before.plannen.len(), before.vorige), (2, None));

    let files = [town.clone(), plans(&place, &[("Zijlweg", 2031), ("Ramplaan", 2035)])];
    let previous = earlier.display().to_string();
    let build = || place.build(["--previous", &previous].into_iter().chain(files.iter().map(String::as_str)));
    build().unwrap();
    let (_, now) = read(&place.out());
    let Changes { versie, plannen } = now.vorige.unwrap();
    assert_eq!(versie, version);
    let told: Vec<(&str, &str)> = plannen.iter().map(|p| (p.naam.as_str(), p.soort.as_str())).collect();
    assert_eq!(told, [("Duinwijk", "weg"), ("Ramplaan", "nieuw"), ("Zijlweg", "anders")]);
    let moved = Field { veld: "start".into(), was: "2028".into(), nu: "2031".into() };
    assert_eq!(plannen[2].velden, [moved]);

    // The same again says the same, byte by byte; against itself nothing changed.
    let first = snapshot(&place.out());
    build().unwrap();
    assert_eq!(snapshot(&place.out()), first);
    let itself = place.path("zelf");
    fs::rename(place.out(), &itself).unwrap();
    let itself = itself.display().to_string();
    place.build(["--previous", &itself].into_iter().chain(files.iter().map(String::as_str))).unwrap();
    assert_eq!(read(&place.out()).1.vorige.unwrap().plannen, []);
}

#[test]
fn a_folder_that_is_no_data_set_is_named_and_nothing_is_written() {
    let place = Place::new();
    let town = place.good().display().to_string();
    let nowhere = place.path("nergens").display().to_string();
    let why = place.build(["--previous", &nowhere, &town]).unwrap_err().to_string();
    assert!(why.contains("nergens") && why.contains("Name a folder that prep made"), "{why}");
    assert!(!place.out().exists());
}
