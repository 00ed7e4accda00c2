//! A street from files of every form: who wins, what is derived, where each fact came from, and that order is no matter.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::fs;

use crate::support::{Data, Gpkg, Place, X, Y, adds_up, count, house, pand, vbo};
use gasvrij3d::geo::Rd;
use gasvrij3d::home::{FactKey, Label, Method, NetKind, NetStatus, Ownership, Typology};
use gasvrij3d::tile::{HeightKind, WaterClass};
use proptest::prelude::*;

fn geojson_rd(features: &[String]) -> String {
    format!(
        r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::28992"}}}},"features":[{}]}}"#,
        features.join(",")
    )
}

fn coordinates(points: &[Rd]) -> String {
    let all: Vec<String> = points.iter().map(|p| format!("[{},{}]", p[0], p[1])).collect();
    all.join(",")
}

fn polygon_feature(properties: &str, ring: &[Rd]) -> String {
    let closed = [ring, &ring[..1]].concat();
    format!(
        r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"Polygon","coordinates":[[{}]]}}}}"#,
        coordinates(&closed)
    )
}

fn line_feature(properties: &str, line: &[Rd]) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"LineString","coordinates":[{}]}}}}"#,
        coordinates(line)
    )
}

/// One line of a sequence of features: a house of 3DBAG with a footprint and heights above NAP.
fn three_d(id: &str, dx: f64, roof: f64, ground: f64) -> String {
    let v = |x: f64, y: f64| format!("[{},{},0]", ((dx + x) * 1000.0) as i64, (y * 1000.0) as i64);
    format!(
        r#"{{"type":"CityJSONFeature","id":"{id}","CityObjects":{{"{id}":{{"type":"Building","attributes":{{"identificatie":"{id}","oorspronkelijkbouwjaar":1931,"b3_h_50p":{roof},"b3_h_maaiveld":{ground}}},"geometry":[{{"type":"MultiSurface","lod":"0","boundaries":[[[0,1,2,3]]]}}]}}}},"vertices":[{},{},{},{}]}}"#,
        v(0.0, 0.0),
        v(6.0, 0.0),
        v(6.0, 9.0),
        v(0.0, 9.0)
    )
}

fn three_d_file(features: &[String]) -> String {
    let header = format!(
        r#"{{"type":"CityJSON","version":"2.0","transform":{{"scale":[0.001,0.001,0.001],"translate":[{X},{Y},0]}},"metadata":{{"referenceSystem":"https://www.opengis.net/def/crs/EPSG/0/7415","title":"3DBAG"}},"CityObjects":{{}},"vertices":[]}}"#
    );
    format!("{header}\n{}\n", features.join("\n"))
}

#[test]
fn a_street_from_five_files_knows_what_each_of_them_says() {
    let place = Place::new();
    let good = place.good();
    let heights = place.write(
        "hoogten.city.jsonl",
        &three_d_file(&[
            three_d(&format!("NL.IMBAG.Pand.{}", pand(0)), 0.0, 9.25, 0.75),
            three_d(&format!("NL.IMBAG.Pand.{}", pand(9)), 60.0, 3.0, 0.4),
        ]),
    );
    let addresses = place.write(
        "adressen.csv",
        &format!(
            "vbo_id,pand_id,straat,huisnummer,huisletter,postcode,plaats,gebruiksdoel,x,y\n\
             {},,Zijlweg,8,a,2013AB,Haarlem,winkelfunctie,{},{}\n{},{},Zijlweg,10,,,Haarlem,woonfunctie,,\n",
            vbo(8),
            X + 61.0,
            Y + 2.0,
            vbo(9),
            pand(9)
        ),
    );
    let labels = place.write("labels.csv", &format!("id;lab;own;bj\n{};C;koop;1928\n", vbo(0)));
    let plan = place.write(
        "plan.geojson",
        &geojson_rd(&[
            polygon_feature(
                r#""naam":"Zijlwegkwartier","net_soort":"MT","net_status":"gepland","net_start":2031,"aangewezen_jaar":2036"#,
                &house(-20.0, -20.0, 50.0, 50.0),
            ),
            line_feature(r#""naam":"Leiding Zijlweg","net_soort":"MT","net_status":"gepland""#, &[[X - 10.0, Y - 6.0], [X + 90.0, Y - 6.0]]),
            polygon_feature(r#""soort":"gracht""#, &house(-40.0, -60.0, 120.0, 20.0)),
        ]),
    );
    let files = [&good, &heights, &addresses, &labels, &plan].map(|p| p.display().to_string());
    let about = "good.gpkg: id=bag; licence=CC0-1.0; estimated=bj";
    let report = place
        .build(["--show-ownership", "--source", about].into_iter().chain(files.iter().map(String::as_str)))
        .unwrap();
    adds_up(&report);
    assert_eq!(count(&report, "the same pand in a later file"), 1);
    let data = Data::read(&place.out());
    assert_eq!((data.manifest.counts.panden, data.manifest.counts.woningen, data.manifest.counts.adressen), (4, 4, 5));

    // The height of 3DBAG in the footprint and year of the BAG; the others by assumption.
    let first = data.pand(&pand(0)).unwrap();
    assert_eq!((first.height_dm, first.height, first.year), (85, HeightKind::Measured, Some(1930)));
    assert_eq!(data.pand(&pand(1)).unwrap().height, HeightKind::Assumed);
    assert_eq!(data.pand(&pand(9)).unwrap().height_dm, 26);

    // What a file says of the dwelling itself wins from what its building says.
    let corner = data.woning(&vbo(0)).unwrap();
    assert_eq!((corner.home.lab, corner.home.own, corner.home.bj), (Some(Label::C), Some(Ownership::Koop), Some(1928)));
    assert_eq!((corner.home.typ, corner.home.nvbo, corner.home.area_m2), (Some(Typology::Hoek), Some(1), Some(80.0)));
    let origin = |key| corner.origins.0.get(&key).map(|p| (p.source.as_str(), p.method));
    assert_eq!(origin(FactKey::Lab), Some(("labels", Method::Registered)));
    assert_eq!(origin(FactKey::Bj), Some(("labels", Method::Registered)));
    assert_eq!(origin(FactKey::Typ), Some(("bag", Method::Derived)));
    assert_eq!(origin(FactKey::NetSoort), Some(("plan", Method::Derived)));
    let middle = data.woning(&vbo(1)).unwrap();
    assert_eq!((middle.home.typ, middle.home.bj), (Some(Typology::Tussen), Some(1930)));
    assert_eq!(middle.origins.0[&FactKey::Bj].method, Method::Estimated);
    assert_eq!(middle.address.postcode, "2013AB");

    // The plan and the main.
    assert_eq!((middle.home.net_soort, middle.home.net_status), (Some(NetKind::Mt), Some(NetStatus::Gepland)));
    assert_eq!(
        (middle.home.net_start, middle.home.aangewezen_jaar, middle.home.d_net),
        (Some(2031), Some(2036), Some(10.0))
    );

    // By its point, by its pand, and a shop that is no home.
    let shop = data.woning(&vbo(8)).unwrap();
    assert_eq!(shop.pand.map(|p| p.to_string()), Some(pand(9)));
    assert_eq!((shop.home.woonfunctie, shop.home.typ), (Some(false), None));
    let beside = data.woning(&vbo(9)).unwrap();
    assert_eq!(beside.home.typ, Some(Typology::Vrij));
    // Outside the plan area and within reach of the main: that of the main.
    assert_eq!((beside.home.net_status, beside.home.net_start), (Some(NetStatus::Gepland), None));
    assert_eq!(data.pand(&pand(9)).unwrap().homes, 1);

    assert!(data.tiles.iter().flat_map(|t| &t.water).any(|w| w.class == WaterClass::Canal));
    let sources: Vec<&str> = data.manifest.sources.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(sources, ["bag", "hoogten", "adressen", "labels", "plan"]);
    assert_eq!(data.manifest.sources[1].licence, "CC-BY-4.0");
    assert_eq!(data.manifest.sources[4].licence, "niet opgegeven");
}

#[test]
fn wgs84_panden_land_where_they_stand_and_a_border_file_keeps_out_the_rest() {
    let place = Place::new();
    // The Grote Kerk of Haarlem, and a house in Zandvoort.
    let ring =
        |lon: f64, lat: f64| [[lon, lat], [lon + 0.0005, lat], [lon + 0.0005, lat + 0.0003], [lon, lat + 0.0003]];
    let panden = format!(
        r#"{{"type":"FeatureCollection","features":[{},{}]}}"#,
        polygon_feature(&format!(r#""identificatie":"{}","bouwjaar":1400"#, pand(1)), &ring(4.637, 52.381)),
        polygon_feature(&format!(r#""identificatie":"{}","bouwjaar":1970"#, pand(2)), &ring(4.530, 52.371))
    );
    let panden = place.write("panden.geojson", &panden);
    let border = format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        polygon_feature("", &[[4.60, 52.34], [4.68, 52.34], [4.68, 52.42], [4.60, 52.42]])
    );
    let border = place.write("grens.geojson", &border);
    let report = place.build(["--border", border.to_str().unwrap(), panden.to_str().unwrap()]).unwrap();
    adds_up(&report);
    let data = Data::read(&place.out());
    assert_eq!(data.panden().len(), 1);
    let [x, y] = data.manifest.centre;
    assert!((x - 103_900.0).abs() < 150.0 && (y - 488_400.0).abs() < 150.0, "{x} {y}");
}

#[test]
fn a_sidecar_says_whose_data_it_is() {
    let place = Place::new();
    let good = place.good();
    place.write("good.gpkg.bron.toml", "id = \"bag-2026\"\nlicentie = \"CC0-1.0\"\nnaamsvermelding = \"Kadaster\"\n");
    place.build([good.to_str().unwrap()]).unwrap();
    let source = Data::read(&place.out()).manifest.sources.remove(0);
    assert_eq!((source.id.as_str(), source.attribution.as_str()), ("bag-2026", "Kadaster"));
    assert_eq!(source.sha256, prep::read::sha256_of(&good).unwrap());
    let wrong = place.write("good.gpkg.bron.toml", "licence-of = \"me\"\n");
    let fault = place.build([good.to_str().unwrap()]).unwrap_err().to_string();
    assert!(fault.contains("good.gpkg.bron.toml") && fault.contains("licence-of"), "{fault}");
    fs::remove_file(wrong).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_changes_no_tile_and_no_index(order in Just((0..12_u32).collect::<Vec<_>>()).prop_shuffle()) {
        let prepared = |order: &[u32]| {
            let place = Place::new();
            let path = place.path("town.gpkg");
            let gpkg = Gpkg::new(&path, 28992);
            for &i in order {
                let (dx, dy) = (f64::from(i % 4) * 6.0 + f64::from(i / 8) * 900.0, f64::from(i / 4) * 30.0);
                gpkg.pand(&pand(i), Some(1900 + i64::from(i)), None, &house(dx, dy, 6.0, 9.0));
                for n in 0..=(i % 3) {
                    gpkg.home(&vbo(i * 10 + n), None, i * 2 + 1, dx + 1.0 + f64::from(n), dy + 4.0);
                }
            }
            drop(gpkg);
            place.build([path.to_str().unwrap()]).unwrap();
            let manifest = Data::read(&place.out()).manifest;
            (manifest.tiles, manifest.search, manifest.centre, manifest.counts)
        };
        let sorted: Vec<u32> = (0..12).collect();
        prop_assert_eq!(prepared(&sorted), prepared(&order));
    }
}
