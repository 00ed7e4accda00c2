//! Registers in XML, monuments, networks and plans: made-up files with one fault each, and files that were damaged.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::support::xml::{
    Delivery, building, city, collection, feature, file, home, plan, point, polygon, street, times,
};
use crate::support::{Data, Gpkg, Place, X, Y, adds_up, count, house, pand, vbo};
use gasvrij3d::home::Monument;
use gasvrij3d::tile::{PlanStage, Roof, Technique};
use prep::fault::Fault;
use prep::kind::SourceKind;
use prep::model::Date;
use prep::read::{Options, Origin, Part, read_file};
use proptest::prelude::*;

fn read(path: &Path, options: &Options) -> Result<Part, Fault> {
    read_file(path, &Origin { id: "test".to_owned(), ..Origin::default() }, options)
}

/// What is read of a delivery.
trait Reads {
    fn read(&self) -> Part;
}

impl Reads for Delivery {
    fn read(&self) -> Part {
        let place = Place::new();
        read(&self.write(&place, "levering.zip"), &Options::default()).unwrap()
    }
}

/// How often a check failed in a file.
fn cases(part: &Part, id: &str) -> u64 {
    let report = prep::report::Report { files: vec![part.report.clone()], ..Default::default() };
    adds_up(&report);
    count(&report, id)
}

#[test]
fn a_delivery_gives_houses_with_their_address() {
    let part = Delivery::good().read();
    let home = &part.town.dwellings[0];
    assert_eq!(
        (home.address.street.as_str(), home.address.number, home.address.letter.as_str()),
        ("Frans Halsstraat", 1, "A")
    );
    assert_eq!((home.address.postcode.as_str(), home.address.place.as_str()), ("2021AB", "Haarlem"));
    assert_eq!(home.panden.len(), 2, "a home in two panden");
    assert!(home.is_home && (home.at[0] - X - 2.0).abs() < 1e-9);
    assert_eq!(part.town.buildings[0].year, Some(1931));
}

#[test]
fn of_several_versions_the_one_of_the_day_counts() {
    let mut delivery = Delivery::good();
    let shed = polygon(&house(0.0, 0.0, 2.0, 2.0));
    let whole = polygon(&house(0.0, 0.0, 8.0, 8.0));
    delivery.panden = vec![
        building(1, &shed, &times(1, "1990-01-01", "2015-06-01")),
        building(1, &whole, &times(2, "2015-06-01", "")),
        // Made and withdrawn: never valid.
        building(1, &shed, &times(3, "2016-01-01", "").replace("</h:Voorkomen>", "<h:eindRegistratie>2016-01-02T00:00:00</h:eindRegistratie></h:Voorkomen>")),
        building(2, &shed, &times(1, "2016-01-01", "").replace("</h:Voorkomen>", "<h:BeschikbaarLV><h:tijdstipNietBagLV>2017-01-01</h:tijdstipNietBagLV></h:BeschikbaarLV></h:Voorkomen>")),
        building(3, &shed, &times(1, "2027-01-01", "")),
    ];
    let place = Place::new();
    let path = delivery.write(&place, "levering.zip");
    for (day, width) in [(None, 8.0), (Date::parse("2014-12-31"), 2.0), (Date::parse("2015-06-01"), 8.0)] {
        let part = read(&path, &Options { reference: day, ..Options::default() }).unwrap();
        assert_eq!(part.town.buildings.len(), 1, "{day:?}");
        let ring = &part.town.buildings[0].footprint[0][0];
        assert!(ring.iter().any(|p| (p[0] - X - width).abs() < 1e-9), "{day:?}: {ring:?}");
    }
}

#[test]
fn a_planted_fault_in_a_delivery_is_counted_under_its_check() {
    let holds = times(1, "2020-01-01", "");
    let good = Delivery::good().read();
    for id in ["V21", "V22", "V23", "V24", "V25"] {
        assert_eq!(cases(&good, id), 0, "{id}");
    }
    let v21 = Delivery { panden: vec![building(1, &polygon(&house(0.0, 0.0, 6.0, 9.0)), "")], ..Delivery::good() };
    assert_eq!(cases(&v21.read(), "V21"), 1);
    let bent = polygon(&house(0.0, 0.0, 6.0, 9.0)).replace(" 0.0 ", " ");
    let v22 = Delivery {
        panden: vec![building(1, &bent.replace("srsDimension='3'", "srsDimension='7'"), &holds)],
        ..Delivery::good()
    };
    assert_eq!(cases(&v22.read(), "V22"), 1);
    let v23 = Delivery { homes: vec![home(1, "0392200000000777", &holds)], ..Delivery::good() };
    assert_eq!((cases(&v23.read(), "V23"), v23.read().town.dwellings.len()), (1, 0));
    let v24 = Delivery { streets: vec![street("")], ..Delivery::good() };
    // The street, and the number that lies in it.
    assert_eq!(cases(&v24.read(), "V24"), 2);
    let twice = Delivery {
        panden: vec![Delivery::good().panden[0].clone(), Delivery::good().panden[0].clone()],
        ..Delivery::good()
    };
    assert_eq!((cases(&twice.read(), "V25"), twice.read().town.buildings.len()), (1, 1));
}

#[test]
fn a_delivery_without_its_addresses_says_which_files_are_missing() {
    let place = Place::new();
    let path = place.write("0392VBO.xml", &file("VBO", &Delivery::good().homes));
    let fault = read(&path, &Options::default()).unwrap_err().to_string();
    assert!(fault.contains("0392VBO.xml") && fault.contains("NUM") && fault.contains("one zip"), "{fault}");
    let other = place.write("brief.xml", "<brief><aan>u</aan></brief>");
    let fault = read(&other, &Options::default()).unwrap_err().to_string();
    assert!(fault.contains("`brief`") && fault.contains("bagStand"), "{fault}");
}

#[test]
fn whatever_a_file_declares_it_is_a_sentence_and_no_memory() {
    let place = Place::new();
    let pand = |geometry: &str| file("PND", &[building(1, geometry, &times(1, "2020-01-01", ""))]);
    let outline = polygon(&house(0.0, 0.0, 6.0, 9.0));
    let good = pand(&outline);
    let bomb = good.replace("?><x:", "?><!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><x:");
    let deep = good.replace("<o:status>", &format!("{}<o:status>", "<o:a>".repeat(9000)));
    let belgian = good.replace("EPSG::28992", "EPSG::31370");
    let cut = &good[..good.len() * 3 / 4];
    let latin = good.replace("UTF-8", "ISO-8859-1");
    for (name, text, part) in [
        ("bomb.xml", bomb.as_str(), "DOCTYPE"),
        ("deep.xml", deep.as_str(), "deep"),
        ("belgian.xml", belgian.as_str(), "31370"),
        ("cut.xml", cut, "Fetch"),
        ("latin.xml", latin.as_str(), "iconv"),
        ("letters.xml", "<", "valid XML"),
    ] {
        let fault = read(&place.write(name, text), &Options::default()).unwrap_err();
        assert_eq!(fault.exit_code(), 2);
        let fault = fault.to_string();
        assert!(fault.contains(name) && fault.contains(part), "{fault}");
    }
    // What is wrong with one object is counted, and the rest goes on.
    for (geometry, reason) in [
        (outline.replace("<gml:posList>", "<gml:posList count='1000000000'>"), "V22"),
        (polygon(&[[9e30, 1.0], [9e30, 2.0], [8e30, 2.0]]), "V04"),
        (outline.replace(&format!("{X} "), "oneindig "), "V22"),
        (polygon(&[[X, Y], [X, Y]]), "V03"),
    ] {
        let part = read(&place.write("one.xml", &pand(&geometry)), &Options::default()).unwrap();
        assert_eq!((cases(&part, reason), part.town.buildings.len()), (1, 0), "{reason}: {geometry}");
    }
    // A ring that crosses itself is a footprint all the same.
    let eight = [[X, Y], [X + 8.0, Y + 8.0], [X + 8.0, Y], [X, Y + 6.0]];
    let part = read(&place.write("eight.xml", &pand(&polygon(&eight))), &Options::default()).unwrap();
    assert_eq!(part.town.buildings.len(), 1);
}

#[test]
fn a_zip_that_grows_without_end_or_lies_too_deep_is_refused() {
    let place = Place::new();
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let wrap = |name: &str, inner: &str, bytes: &[u8]| {
        let path = place.path(name);
        let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
        zip.start_file(inner, options).unwrap();
        zip.write_all(bytes).unwrap();
        zip.finish().unwrap();
        path
    };
    let bomb = wrap("bomb.zip", "9999PND01012026.zip", &vec![0; 64 << 20]);
    let fault = read(&bomb, &Options::default()).unwrap_err().to_string();
    assert!(fault.contains("bomb.zip") && fault.contains("larger than it says"), "{fault}");
    let mut path = wrap("0.zip", "9999PND01012026-000001.xml", file("PND", &[]).as_bytes());
    for depth in 1..6 {
        let bytes = fs::read(&path).unwrap();
        path = wrap(&format!("{depth}.zip"), "inner.zip", &bytes);
    }
    let fault = read(&path, &Options::default()).unwrap_err().to_string();
    assert!(fault.contains("Unpack it"), "{fault}");
}

#[test]
fn a_sloping_roof_gets_into_the_tile_and_an_impossible_one_does_not() {
    let place = Place::new();
    let good =
        r#""b3_h_maaiveld":-0.5,"b3_h_50p":7.9,"b3_h_nok":9.7,"b3_h_min":4.9,"b3_dak_type":"slanted","b3_bouwlagen":2"#;
    let path = place.write("haarlem.city.json", &city(good));
    place.build([path.to_str().unwrap()]).unwrap();
    let data = Data::read(&place.out());
    assert_eq!(data.panden()[0].roof, Some(Roof::Sloped { eaves_dm: 54, ridge_dm: 102 }));
    assert_eq!(data.panden()[0].height_dm, 84);
    // V26: the ridge below the eaves.
    let path = place.write("omgekeerd.city.json", &city(&good.replace("9.7", "3.1")));
    let report = place.build([path.to_str().unwrap()]).unwrap();
    assert_eq!(count(&report, "V26"), 1);
    assert_eq!(Data::read(&place.out()).panden()[0].roof, None);
}

#[test]
fn a_table_of_areas_goes_to_its_panden() {
    let place = Place::new();
    let good = place.good();
    let text = format!(
        "\"id\",\"area_ground\",\"area_exterior_wall\",\"identificatie\"\n\"a-0\",\"50\",\"90\",\"NL.IMBAG.Pand.{}\"\n\"a-1\",\"4\",\"12\",\"NL.IMBAG.Pand.{}\"\n\"b\",\"1\",\"2\",\"NL.IMBAG.Pand.{}\"\n",
        pand(1),
        pand(1),
        pand(77)
    );
    let areas = place.write("vlakken.csv", &text);
    let part = read(&areas, &Options::default()).unwrap();
    assert_eq!(part.town.bodies.len(), 3);
    let report = place.build([good.to_str().unwrap(), areas.to_str().unwrap()]).unwrap();
    adds_up(&report);
    assert_eq!(count(&report, "no pand with this id"), 1);
}

#[test]
fn monuments_and_townscapes_reach_the_homes_they_protect() {
    let place = Place::new();
    let good = place.good();
    let state = collection(&[
        feature(
            r#""rijksmonument_nummer":19168,"juridische_status":"rijksmonument","aard_monument":"gebouwd""#,
            &point(3.0, -1.5),
        ),
        // V27: far from any pand.
        feature(r#""rijksmonument_nummer":19169,"juridische_status":"rijksmonument""#, &point(900.0, 0.0)),
        feature(r#""rijksmonument_nummer":19170,"aard_monument":"archeologisch""#, &point(3.0, 4.0)),
    ]);
    let state = place.write("rce.geojson", &state);
    let own = collection(&[feature(&format!(r#""soort":"gemeentelijk monument","pand_id":"{}""#, pand(1)), "null")]);
    let own = place.write("gemeente.geojson", &own);
    // The townscape in GML, as the national service gives it.
    let gml = format!(
        "<wfs:FeatureCollection xmlns:wfs='w' xmlns:gml='g' xmlns:rce='r'><wfs:member><rce:Townscapes><rce:naam>Centrum</rce:naam><rce:type>beschermd stadsgezicht</rce:type><rce:geom>{}</rce:geom></rce:Townscapes></wfs:member></wfs:FeatureCollection>",
        polygon(&house(-10.0, -10.0, 100.0, 100.0))
    );
    let townscape = place.write("gezichten.gml", &gml);
    let files = [&good, &state, &own, &townscape];
    let report = place.build(files.iter().map(|p| p.to_str().unwrap())).unwrap();
    adds_up(&report);
    assert_eq!((count(&report, "V27"), count(&report, "archaeological")), (1, 1));
    let data = Data::read(&place.out());
    let mon = |serial: u32| data.woning(&vbo(serial)).unwrap().home.mon;
    assert_eq!(
        [mon(0), mon(1), mon(2)],
        [Some(Monument::Rijks), Some(Monument::Gemeentelijk), Some(Monument::Stadsgezicht)]
    );
}

#[test]
fn a_plan_area_by_the_schema_is_read_whole() {
    let place = Place::new();
    let path = place.write("plannen.geojson", &plan(&[]));
    let part = read(&path, &Options { kind: Some(SourceKind::Plans), ..Options::default() }).unwrap();
    let plan = &part.town.plans[0];
    assert_eq!((plan.technique, plan.stage), (Some(Technique::HeatNetwork), Some(PlanStage::Decided)));
    assert_eq!((plan.start, plan.end, plan.gas_ends), (Some(2028), Some(2032), Some(2035)));
    assert_eq!((plan.decision.title.as_str(), plan.decision.date.as_str()), ("Warmteprogramma 2026", "2026-06-25"));
    assert_eq!(plan.uncertain, "De bron is nog niet gekozen.");
    assert_eq!(plan.uncertain_en, "The source has not been chosen yet.");
    for id in ["V28", "V29", "V30"] {
        assert_eq!(cases(&part, id), 0, "{id}");
    }
}

#[test]
fn a_planted_fault_in_a_plan_is_counted_with_file_feature_field_and_advice() {
    let place = Place::new();
    let good = place.good();
    for (change, id, found, kept) in [
        (("net_status", r#""misschien""#), "V28", "misschien", 0),
        (("start", "20288"), "V29", "20288", 1),
        (("eind", "2027"), "V29", "eind 2027", 1),
        (("techniek", r#""kernfusie""#), "V30", "techniek: kernfusie", 1),
        (("fase", r#""ooit""#), "V30", "fase: ooit", 1),
        (("net_soort", r#""XT""#), "V30", "net_soort: XT", 1),
        (("besluit_datum", r#""25 juni""#), "V30", "besluit_datum: 25 juni", 1),
        (("besluit_url", r#""javascript:alert(1)""#), "V30", "besluit_url: javascript", 1),
    ] {
        let path = place.write("plannen.geojson", &plan(&[change]));
        let part = read(&path, &Options::default()).unwrap();
        assert_eq!((cases(&part, id), part.town.plans.len()), (1, kept), "{change:?}");
        let report = place.build([good.to_str().unwrap(), path.to_str().unwrap()]).unwrap().to_string();
        for part in ["plannen.geojson", "feature 1", found, id] {
            assert!(report.contains(part), "`{part}` is not in: {report}");
        }
    }
    // Another technique has no network, and need not say so.
    let path = place.write(
        "plannen.geojson",
        &plan(&[("techniek", r#""individueel""#), ("net_status", "null"), ("net_soort", "null")]),
    );
    assert_eq!(read(&path, &Options::default()).unwrap().town.plans.len(), 1);
}

/// Valid files of every form read here, to be damaged.
fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let delivery = Delivery::good();
    let bgt = format!(
        "<CityModel xmlns='c' xmlns:imgeo='i' xmlns:gml='g'><cityObjectMember><TrafficArea><imgeo:bgt-status>bestaand</imgeo:bgt-status><function>voetpad</function><imgeo:geometrie2dWegdeel><gml:Polygon><gml:exterior><gml:Ring><gml:curveMember><gml:Curve><gml:segments><gml:LineStringSegment><gml:posList>{X} {Y} {} {Y}</gml:posList></gml:LineStringSegment><gml:Arc><gml:posList>{} {Y} {} {} {X} {Y}</gml:posList></gml:Arc></gml:segments></gml:Curve></gml:curveMember></gml:Ring></gml:exterior></gml:Polygon></imgeo:geometrie2dWegdeel></TrafficArea></cityObjectMember></CityModel>",
        X + 20.0,
        X + 20.0,
        X + 10.0,
        Y + 10.0
    );
    let monuments =
        collection(&[feature(r#""rijksmonument_nummer":19168,"straat":"Zijlweg","huisnummer":1"#, &point(3.0, 3.0))]);
    let place = Place::new();
    let zip = delivery.write(&place, "levering.zip");
    let gpkg = place.path("bag-light.gpkg");
    Gpkg::new(&gpkg, 28992).pand(&pand(1), Some(1931), None, &house(0.0, 0.0, 6.0, 9.0)).home(
        &vbo(1),
        Some(&pand(1)),
        1,
        3.0,
        3.0,
    );
    vec![
        ("pand.xml", file("PND", &delivery.panden).into_bytes()),
        ("levering.zip", fs::read(zip).unwrap()),
        ("wegdeel.gml", bgt.into_bytes()),
        ("plannen.geojson", plan(&[]).into_bytes()),
        ("monumenten.geojson", monuments.into_bytes()),
        (
            "3dbag.city.json",
            city(r#""b3_h_maaiveld":-0.5,"b3_h_nok":9.7,"b3_h_min":4.9,"b3_dak_type":"slanted""#).into_bytes(),
        ),
        ("bag-light.gpkg", fs::read(gpkg).unwrap()),
    ]
}

#[test]
fn every_sample_is_good_before_it_is_damaged() {
    let place = Place::new();
    for (name, bytes) in samples() {
        let path = place.path(name);
        fs::write(&path, bytes).unwrap();
        let town = read(&path, &Options::default()).unwrap().town;
        let objects = town.buildings.len() + town.green.len() + town.plans.len() + town.monuments.len();
        assert_eq!(objects, 1, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_is_a_sentence_or_a_count_never_a_panic(
        which in 0_usize..7,
        damage in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>(), 0_usize..24), 1..6),
        cut in proptest::option::of(any::<proptest::sample::Index>()),
    ) {
        let (name, mut bytes) = samples().swap_remove(which);
        for (at, byte, twice) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
            // A piece of the file comes twice.
            let piece: Vec<u8> = bytes[at..(at + twice).min(bytes.len())].to_vec();
            bytes.splice(at..at, piece);
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let place = Place::new();
        let path = place.path(name);
        fs::write(&path, bytes).unwrap();
        match read(&path, &Options::default()) {
            Ok(part) => adds_up(&prep::report::Report { files: vec![part.report], ..Default::default() }),
            Err(fault) => {
                prop_assert_eq!(fault.exit_code(), 2, "{}", &fault);
                prop_assert!(fault.to_string().starts_with(name), "{}", &fault);
            }
        }
    }
}
