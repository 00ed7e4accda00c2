//! Real registers and city models, with the counts that other tools found in them. Skipped where they are not there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, missing_docs)]

use std::path::Path;

use crate::support::{Data, Place, adds_up, count, layer, read_kept, shared};
use gasvrij3d::geo::TileId;
use gasvrij3d::manifest::{FigureFiles, FileEntry};
use gasvrij3d::tile::RoofKind;
use prep::area::Statistic;
use prep::model::Body;
use prep::read::{Options, Origin, Part, read_file};
use serde_json::Value;

fn read(file: &str) -> Option<Part> {
    let origin = Origin { id: "test".to_owned(), ..Origin::default() };
    Some(read_file(&shared(file)?, &origin, &Options::default()).unwrap())
}

fn heights(part: &Part) -> (f64, f64, f64) {
    let mut all: Vec<f64> = part.town.buildings.iter().filter_map(|b| b.height_m).collect();
    all.sort_by(f64::total_cmp);
    (all[0], all[all.len() / 2], all[all.len() - 1])
}

fn close(a: f64, b: f64, by: f64) {
    assert!((a - b).abs() <= by, "{a} is not {b}");
}

#[test]
fn haarlem_as_a_whole() {
    let Some(path) = shared("haarlem/haarlem.gpkg.zip") else { return };
    let place = Place::new();
    let out = place.out();
    let args = ["--source", "haarlem.gpkg.zip: id=reconstructie; estimated=bj", path.to_str().unwrap()];
    let report = place.build(args).unwrap();
    adds_up(&report);
    let kept = |name: &str| {
        let tally = report.files[0].layers.iter().find(|l| l.name == name).unwrap();
        (tally.read, tally.kept)
    };
    assert_eq!(kept("pand"), (84_482, 84_482));
    assert_eq!(kept("verblijfsobject"), (89_981, 89_981));
    assert_eq!((kept("buurt"), kept("gemeente")), ((104, 104), (1, 1)));
    assert_eq!((kept("water"), kept("groen"), kept("spoor")), ((690, 690), (3_783, 3_783), (266, 266)));
    assert_eq!((kept("weg").0, kept("straat").0, kept("warmtebron").0), (8_126, 1_906, 27));

    let data = Data::read(&out);
    let manifest = &data.manifest;
    assert_eq!(manifest.municipality.code, "GM0392");
    assert_eq!((manifest.counts.panden, manifest.counts.woningen, manifest.counts.adressen), (84_482, 83_924, 89_866));
    let years: Vec<u16> = data.panden().iter().filter_map(|p| p.year).collect();
    assert_eq!((years.len(), years.iter().min(), years.iter().max()), (81_708, Some(&1355), Some(&2019)));
    assert_eq!(data.tiles.iter().flat_map(|t| &t.woningen).filter(|w| w.pand.is_some()).count(), 89_906);
    // PBL counted the kinds in the same neighbourhoods from other sources (2020): 29,868 and 6,247. Ours has the whole
    // municipality.
    let kind = |name: &str| report.result[&format!("woningen of kind {name}")];
    assert!((28_000..33_000).contains(&kind("TUSSEN")), "{}", kind("TUSSEN"));
    assert!((5_500..8_000).contains(&kind("HOEK")), "{}", kind("HOEK"));
    assert!(kind("FLAT") > kind("TUSSEN") && kind("2KAP") < 2_000 && kind("VRIJ") < 2_000);

    // The Koepel, in the tile where its point lies.
    let koepel = data.pand("0392109443979546").unwrap();
    let tile = data.manifest.tile(TileId::at([104_535.491, 488_662.722])).unwrap();
    assert!(data.tiles.iter().zip(&data.manifest.tiles).any(|(t, e)| e.id == tile.id && t.panden.contains(koepel)));
    let riouwstraat: Vec<_> = data
        .tiles
        .iter()
        .flat_map(|t| &t.woningen)
        .filter(|w| w.address.street == "Riouwstraat" && w.address.number == 1 && w.address.letter.is_empty())
        .filter(|w| w.address.addition.is_empty())
        .collect();
    assert_eq!(riouwstraat.len(), 1);
    assert_eq!(riouwstraat[0].pand.map(|p| p.to_string()).as_deref(), Some("0392109339482660"));

    // Addresses in no pand; of 83,924 homes 79,928 lie in one of the neighbourhoods.
    assert_eq!((count(&report, "V33"), count(&report, "V40")), (75, 83_924 - 79_928));
    neighbourhoods_of_haarlem(&figure(&out, &data, |f| &f.buurten));
    clusters_of_haarlem(&figure(&out, &data, |f| &f.clusters), &data);
}

fn figure(out: &Path, data: &Data, file: impl Fn(&FigureFiles) -> &FileEntry) -> Value {
    let files = data.manifest.figures.as_ref().unwrap();
    serde_json::from_slice(&std::fs::read(out.join(&file(files).file)).unwrap()).unwrap()
}

/// All homes of the neighbourhoods are told, but those of neighbourhoods with fewer than ten.
fn neighbourhoods_of_haarlem(buurten: &Value) {
    let list = buurten["buurten"].as_array().unwrap();
    assert_eq!(list.len(), 104);
    let told: u64 = list.iter().filter_map(|b| b["woningen"].as_u64()).sum();
    let small = list.iter().filter(|b| b["woningen"].is_null()).count() as u64;
    assert!(told <= 79_928 && 79_928 - told <= 9 * small, "{told} told, {small} small");
    for b in list {
        for by in ["typ", "periode", "label", "kleur"] {
            let parts: Vec<Option<u64>> = b[by].as_object().unwrap().values().map(Value::as_u64).collect();
            let sum: u64 = parts.iter().flatten().sum();
            assert!(parts.iter().flatten().all(|n| *n == 0 || *n >= 10), "{b}");
            let whole = b["woningen"].as_u64().unwrap_or(0);
            assert!(sum <= whole && (parts.contains(&None) || sum == whole), "{b}");
        }
    }
}

/// Every flat of eight homes or more is in one cluster, and what is drawn is as long as what is told.
fn clusters_of_haarlem(layer: &Value, data: &Data) {
    let woningen = || data.tiles.iter().flat_map(|t| &t.woningen);
    let flats = woningen().filter(|w| w.home.typ.is_some_and(|t| t.rule_code() == "FLAT"));
    let flats = flats.filter(|w| w.home.nvbo.is_some_and(|n| n >= 8)).count() as u64;
    let list = layer["clusters"].as_array().unwrap();
    let told: u64 = list.iter().map(|c| c["woningen"].as_u64().unwrap()).sum();
    assert_eq!(told + layer["niet_getoond"][1].as_u64().unwrap(), flats);
    assert_eq!(woningen().filter(|w| w.home.cluster_homes.is_some()).count() as u64, told);
    let drawn = |c: &Value| -> f64 {
        let line = |l: &Value| -> f64 {
            let points: Vec<[f64; 2]> = serde_json::from_value(l.clone()).unwrap();
            points.windows(2).map(|p| (p[1][0] - p[0][0]).hypot(p[1][1] - p[0][1])).sum()
        };
        c["sleuf"].as_array().unwrap().iter().map(line).sum()
    };
    let number = |c: &Value, key: &str| c[key].as_f64().unwrap();
    for c in list {
        assert!(number(c, "woningen") >= 10.0);
        let length = number(c, "sleuf_straat_m") + number(c, "sleuf_recht_m") / 1.25;
        let possible = ["goed", "mogelijk"].contains(&c["oordeel"].as_str().unwrap());
        // Points are told to a decimetre.
        close(drawn(c), if possible { length } else { 0.0 }, 1.0 + length * 0.01);
        let metres = number(c, "sleuf_straat_m") + number(c, "sleuf_recht_m") + number(c, "aansluitingen_m");
        // Metres and GJ are told whole.
        let want = number(c, "gj_jaar") / 3.6 / metres;
        close(number(c, "mwh_per_m_jaar"), want, 0.01 + want * 0.02);
    }
}

#[test]
fn den_haag_and_voorburg_in_the_form_of_bag_light() {
    let Some(part) = read("denhaag-voorburg/bag-light.gpkg.zip") else { return };
    assert_eq!(read_kept(&part, "pand"), (15_380, 15_380 - 74 - 5 - 4 - 1));
    assert_eq!(read_kept(&part, "verblijfsobject"), (31_293, 29_502 + 188));
    assert_eq!(part.about.known_as, Some("bag"));
    let homes = || part.town.dwellings.iter().filter(|d| d.is_home);
    // 26,505 in use, and 181 that are being rebuilt.
    assert_eq!(homes().count(), 26_505 + 181);
    assert!(part.town.dwellings.iter().all(|d| !d.panden.is_empty() || d.at[0].is_finite()));
    // Several ids in `pand_identificatie`: 290 in the file, of which most are withdrawn.
    assert_eq!(part.town.dwellings.iter().filter(|d| d.panden.len() > 1).count(), 17);
    assert_eq!(part.town.dwellings.iter().map(|d| d.panden.len()).sum::<usize>(), 29_712);

    let place = Place::new();
    let path = shared("denhaag-voorburg/bag-light.gpkg.zip").unwrap();
    let report = place.build([path.to_str().unwrap()]).unwrap();
    adds_up(&report);
    let by_kind = |kind: &str| report.result[&format!("woningen of kind {kind}")];
    // A part of a city of flats: most homes are in flats, and no kind is missing.
    assert!(by_kind("FLAT-L") > by_kind("FLAT-H") && by_kind("FLAT-H") > by_kind("TUSSEN"));
    assert!(by_kind("TUSSEN") > by_kind("HOEK") && by_kind("HOEK") > by_kind("2KAP") && by_kind("VRIJ") > 0);
    // Counted a second way: homes and areas with SQL, footprints with another reader of WKB.
    assert_eq!((by_kind("FLAT-L"), by_kind("FLAT-H"), by_kind("FLAT")), (17_108, 4_251, 0));
    assert_eq!(by_kind("TUSSEN") + by_kind("HOEK") + by_kind("2KAP") + by_kind("VRIJ"), 5_327);
    assert_eq!(report.result["woningen upstairs or downstairs"], 2_973);
    assert_eq!(report.result["kind likely: the area of the homes is just about four floors"], 680);
    assert_eq!((count(&report, "V35"), count(&report, "V37")), (0, 0));
}

#[test]
fn the_registers_own_tables_say_the_same_as_bag_light() {
    let Some(part) = read("denhaag-voorburg/bag.gpkg.zip") else { return };
    let light = read("denhaag-voorburg/bag-light.gpkg.zip").unwrap();
    assert_eq!(read_kept(&part, "buurten"), (14, 14));
    assert_eq!(read_kept(&part, "pandactueelbestaand"), read_kept(&light, "pand"));
    assert_eq!(read_kept(&part, "verblijfsobjectactueelbestaand"), read_kept(&light, "verblijfsobject"));
    let addresses = |part: &Part| {
        let mut all: Vec<_> = part
            .town
            .dwellings
            .iter()
            .map(|d| (d.id, d.address.number, d.address.postcode.clone(), d.panden.clone(), d.is_home))
            .collect();
        all.sort();
        all
    };
    assert!(addresses(&part) == addresses(&light), "the two forms differ in an address");
}

#[test]
fn the_figures_of_cbs_are_those_of_its_file() {
    let Some(part) = read("denhaag-voorburg/bag.gpkg.zip") else { return };
    // Counted with SQL in `buurten`: 14 rows, sum(aantal_inwoners), sum(aantal_huishoudens).
    let sum = |part: &Part, of: Statistic| part.town.statistics.iter().filter_map(|s| s.values.get(&of)).sum::<f64>();
    assert_eq!(part.town.statistics.len(), 14);
    assert_eq!((sum(&part, Statistic::Inhabitants), sum(&part, Statistic::Households)), (48_695.0, 26_295.0));
    let kampen = part.town.statistics.iter().find(|s| s.code == "BU05182567").unwrap();
    assert_eq!((kampen.name.as_str(), kampen.values[&Statistic::Inhabitants]), ("Kampen", 2_750.0));
    assert_eq!(kampen.values.len(), 2, "age, origin and marriage are not kept");

    // Of one municipality: GM0518 has 4 of the 14.
    let path = shared("denhaag-voorburg/bag.gpkg.zip").unwrap();
    let options = Options { code: "GM0518".to_owned(), ..Options::default() };
    let part = read_file(&path, &Origin::default(), &options).unwrap();
    assert_eq!((part.town.statistics.len(), layer(&part, "buurten").rejected["another municipality"].count), (4, 10));

    let Some(part) = read("haarlem/haarlem.gpkg.zip") else { return };
    assert_eq!((part.town.neighbourhoods.len(), sum(&part, Statistic::Dwellings)), (104, 72_411.0));
}

#[test]
fn delft_with_the_heights_of_3dbag() {
    let Some(part) = read("delft/delft.city.jsonl.zip") else { return };
    let (all, kept) = read_kept(&part, "pand");
    assert_eq!(all, 1_115);
    // Six may be torn down.
    assert_eq!(layer(&part, "pand").rejected["the pand is not in use (by its status)"].count, all - kept);
    assert_eq!(part.about.known_as, Some("3dbag"));
    assert!(part.town.buildings.iter().all(|b| b.height_m.is_some()));
    let (low, middle, high) = heights(&part);
    close(low, 1.483, 0.001);
    close(middle, 7.474, 0.05);
    close(high, 30.491, 0.001);
    let years: Vec<u16> = part.town.buildings.iter().filter_map(|b| b.year).collect();
    assert_eq!((years.iter().min(), years.iter().max()), (Some(&1675), Some(&2020)));
}

#[test]
fn the_older_names_of_3dbag() {
    let Some(part) = read("3dbag-2021/tile_901_trimmed.city.jsonl.zip") else { return };
    assert_eq!(read_kept(&part, "pand"), (52, 52));
    let (low, middle, high) = heights(&part);
    close(low, 2.940, 0.001);
    close(middle, 8.899, 0.2);
    close(high, 18.281, 0.001);
    let part = read("3dbag-2021/5870_ext.city.jsonl.zip").unwrap();
    assert_eq!(read_kept(&part, "pand"), (55, 54));
    let unknown = &layer(&part, "pand").rejected["a kind of object that is no building"];
    assert!(unknown.examples[0].to_string().contains("BuildingZ"));
    let (low, middle, high) = heights(&part);
    close(low, 1.961, 0.001);
    close(middle, 6.735, 0.2);
    close(high, 8.801, 0.001);
}

#[test]
fn a_city_model_that_is_not_3dbag() {
    let Some(part) = read("rotterdam/3-20-DELFSHAVEN.city.json.zip") else { return };
    assert_eq!(read_kept(&part, "pand"), (853, 853));
    assert_eq!(layer(&part, "pand").remarks.values().next().unwrap().count, 853);
    let (low, middle, high) = heights(&part);
    assert!(low > 1.0 && (5.0..15.0).contains(&middle) && high < 60.0, "{low} {middle} {high}");
}

#[test]
fn recorded_answers_of_the_national_services() {
    let Some(part) = read("contract/bag-wfs/panden_haarlem.geojson") else { return };
    assert_eq!(read_kept(&part, "pand"), (20, 20));
    assert!(part.town.buildings.iter().all(|b| b.year.is_some() && b.id.to_string().starts_with("0392100")));
    // Riouwstraat 1 stands in one of them, by the place that the national address service gives in RD.
    let path = shared("contract/pdok-ogc/wegdelen.json").unwrap();
    let fault = read_file(&path, &Origin::default(), &Options::default()).unwrap_err().to_string();
    assert!(fault.contains("wegdelen.json") && fault.contains("--crs 28992"), "{fault}");
}

#[test]
fn a_third_of_a_million_footprints_without_ids() {
    let Some(path) = shared("scale/pand-334902.gpkg.zip") else { return };
    let part = read_file(&path, &Origin::default(), &Options::default()).unwrap();
    assert_eq!(read_kept(&part, "pand"), (334_902, 334_902));
    assert_eq!(part.town.buildings.iter().map(|b| b.id).collect::<std::collections::BTreeSet<_>>().len(), 334_902);
    assert_eq!(
        count(&prep::report::Report { files: vec![part.report], ..Default::default() }, "the file has no ids"),
        334_902
    );
}

/// How many buildings have each kind of roof.
fn roofs(part: &Part) -> [usize; 3] {
    let kinds = [RoofKind::Flat, RoofKind::SeveralFlat, RoofKind::Sloped];
    kinds.map(|kind| {
        part.town.buildings.iter().filter(|b| b.body.as_ref().is_some_and(|b| b.roof == Some(kind))).count()
    })
}

#[test]
fn roofs_walls_and_floors_of_3dbag() {
    let Some(part) = read("delft/delft.city.jsonl.zip") else { return };
    // 13 panden have a shape that does not close, and 5 a roof that begins below the ground beside it.
    let tally = layer(&part, "pand");
    assert_eq!(tally.remarks["3DBAG could not make the roof well: only the height is used"].count, 13);
    assert_eq!(tally.remarks["V26"].count, 5);
    assert_eq!(roofs(&part), [329, 196, 566]);
    let bodies: Vec<_> = part.town.buildings.iter().filter_map(|b| b.body.as_deref()).collect();
    assert_eq!(bodies.len(), 1_096);
    assert_eq!(bodies.iter().filter(|b| b.floors.is_some()).count(), 697);
    let sum = |of: fn(&Body) -> Option<f64>| bodies.iter().filter_map(|b| of(b)).sum::<f64>();
    close(sum(|b| b.outer_wall_m2), 318_188.83, 0.01);
    close(sum(|b| b.shared_wall_m2), 113_830.42, 0.01);
    close(sum(|b| b.flat_roof_m2), 169_341.21, 0.01);
    close(sum(|b| b.sloped_roof_m2), 66_605.93, 0.01);
    close(sum(|b| b.ground_m2), 214_069.29, 0.01);
    let mut ridges: Vec<f64> = bodies.iter().filter_map(|b| b.ridge_m).collect();
    ridges.sort_by(f64::total_cmp);
    assert_eq!(ridges.len(), 1_091);
    close(ridges[0], 1.563, 0.001);
    close(ridges[ridges.len() / 2], 8.827, 0.001);
    close(ridges[ridges.len() - 1], 40.984, 0.001);
}

#[test]
fn roofs_of_the_older_names() {
    let Some(part) = read("3dbag-2021/tile_901_trimmed.city.jsonl.zip") else { return };
    assert_eq!(roofs(&part), [15, 11, 26]);
    let part = read("3dbag-2021/5870_ext.city.jsonl.zip").unwrap();
    assert_eq!(roofs(&part), [12, 0, 41]);
    // A city model of its own has its roof heights from the faces that say so.
    let part = read("rotterdam/3-20-DELFSHAVEN.city.json.zip").unwrap();
    let measured = part.town.buildings.iter().filter_map(|b| b.body.as_deref()).filter(|b| b.ridge_m >= b.eaves_m);
    assert!(measured.count() > 800);
}

#[test]
fn areas_of_steenbergen_add_up() {
    let Some(part) = read("steenbergen/997_lod2_surface_areas.csv") else { return };
    assert_eq!(read_kept(&part, "maten"), (2_256, 2_256));
    let sum = |of: fn(&Body) -> Option<f64>| part.town.bodies.iter().filter_map(|(_, b)| of(b)).sum::<f64>();
    close(sum(|b| b.ground_m2), 303_675.19, 0.01);
    close(sum(|b| b.flat_roof_m2), 157_019.76, 0.01);
    close(sum(|b| b.sloped_roof_m2), 183_424.93, 0.01);
    close(sum(|b| b.shared_wall_m2), 84_554.16, 0.01);
    // The sum of the column is 398,024.50; eight negative ones are left out.
    let negative = &layer(&part, "maten").remarks["an area below 0 or above 1,000,000 m²: left out"];
    assert_eq!(negative.count, 8);
    close(sum(|b| b.outer_wall_m2), 400_714.57, 0.01);
    let panden: std::collections::BTreeSet<_> = part.town.bodies.iter().map(|(id, _)| id).collect();
    assert_eq!(panden.len(), 2_248);
}
