//! `prep fetch` against a server on this computer: everything of an area comes once, whatever the service does.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::support::server::{Answer, Ask, Server};
use prep::fault::Fault;
use prep::fetch;
use prep::progress::Progress;
use prep::read::{Options, Origin, read_file};
use serde_json::{Value, json};
use tempfile::TempDir;

const AREA: [f64; 4] = [100_000.0, 480_000.0, 108_000.0, 488_000.0];

/// A municipality's folder, with one service in its list.
struct Place(TempDir);

impl Place {
    fn new(service: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let list = format!(
            "datum = \"2026-11-24\"\n[[dienst]]\nid = \"panden\"\nnaam = \"Panden\"\nlicentie = \"CC0-1.0\"\n\
             naamsvermelding = \"Kadaster\"\nherkomst = \"proef\"\nnagegaan = \"2026-11-24\"\n{service}\n"
        );
        fs::write(folder.path().join("diensten.toml"), list).unwrap();
        let config = format!(
            "[ophalen]\nmap = \"bronnen\"\ngebied = {AREA:?}\nbronnen = [\"panden\"]\ncontact = \"proef@example.org\"\n\
             diensten = \"diensten.toml\"\nper_seconde = 1000\npogingen = 3\npauze_s = 0.01\nlangste_pauze_s = 2\n\
             antwoord_s = 5\npagina_mb = 64\nhoogstens_mb = 1\n"
        );
        fs::write(folder.path().join("gemeente.toml"), config).unwrap();
        Self(folder)
    }

    fn fetch(&self) -> Result<String, Fault> {
        self.run(false)
    }

    fn run(&self, dry: bool) -> Result<String, Fault> {
        let report = fetch::run(&self.0.path().join("gemeente.toml"), &[], dry, &Progress::quiet())?;
        Ok(report.files.first().map(|f| f.form.clone()).unwrap_or_default())
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join("bronnen").join(name)
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&fs::read(self.file("panden.geojson")).unwrap()).unwrap()
    }

    /// The ids in the file, each of which must be there once.
    fn ids(&self) -> BTreeSet<String> {
        let json = self.json();
        let features = json["features"].as_array().unwrap();
        let ids: BTreeSet<String> =
            features.iter().map(|f| f["properties"]["identificatie"].as_str().unwrap().to_owned()).collect();
        assert_eq!(ids.len(), features.len(), "an object is there twice");
        ids
    }
}

fn geojson(kind: &str, address: &str, more: &str) -> String {
    format!(
        "soort = \"{kind}\"\nadres = \"{address}\"\nlaag = \"pand\"\nbestand = \"panden.geojson\"\n\
         sleutel = \"identificatie\"\n{more}"
    )
}

/// So many points, spread over the area.
fn points(count: usize) -> Vec<[f64; 2]> {
    let side = (count as f64).sqrt().ceil() as usize;
    let step = 8000.0 / side as f64;
    (0..count)
        .map(|i| [AREA[0] + step * ((i % side) as f64 + 0.3), AREA[1] + step * ((i / side) as f64 + 0.3)])
        .collect()
}

/// The page of a WFS: at most `cap` of the points in the area from `start`.
fn wfs(points: &[[f64; 2]], ask: &Ask, start: usize, cap: usize) -> Answer {
    let [x0, y0, x1, y1] = ask.area();
    let inside = |p: &[f64; 2]| p[0] >= x0 && p[0] <= x1 && p[1] >= y0 && p[1] <= y1;
    let found: Vec<usize> = (0..points.len()).filter(|&i| inside(&points[i])).collect();
    let mut body = format!("{{\"type\":\"FeatureCollection\",\"numberMatched\":{},\"features\":[", found.len());
    for (n, &i) in found.iter().skip(start).take(cap).enumerate() {
        let comma = if n == 0 { "" } else { "," };
        let [x, y] = points[i];
        write!(
            body,
            "{comma}{{\"type\":\"Feature\",\"properties\":{{\"identificatie\":\"{i:016}\"}},\
             \"geometry\":{{\"type\":\"Point\",\"coordinates\":[{x},{y}]}}}}"
        )
        .unwrap();
    }
    body.push_str("]}");
    Answer::json(body)
}

#[test]
fn all_pages_of_a_wfs_come_once_with_their_source_beside_them() {
    let all = points(2500);
    let server = Server::start(move |ask, _| wfs(&all, ask, ask.number("startIndex"), 1000));
    let place = Place::new(&geojson("wfs", &server.url("/wfs"), "plafond = 50000"));
    assert_eq!(place.fetch().unwrap(), "2500 objects on 3 pages, 0 of which were there already");
    assert_eq!(place.ids().len(), 2500);
    assert_eq!(place.json()["crs"]["properties"]["name"], "urn:ogc:def:crs:EPSG::28992");
    assert!(server.asked()[0].header("user-agent").unwrap().contains("proef@example.org"));
    let about: toml::Table =
        toml::from_str(&fs::read_to_string(place.file("panden.geojson.bron.toml")).unwrap()).unwrap();
    assert_eq!(about["licentie"].as_str(), Some("CC0-1.0"));
    assert_eq!(
        about["ophalen"]["sha256"].as_str().unwrap(),
        prep::read::sha256_of(&place.file("panden.geojson")).unwrap()
    );
    assert!(about["ophalen"]["adres"].as_str().unwrap().starts_with(&server.url("/wfs?service=WFS")));
    // Whole already: nobody is asked again.
    let before = server.asked().len();
    assert_eq!(place.fetch().unwrap(), "was there already");
    assert_eq!(server.asked().len(), before);
    // Changed by someone: fetched again.
    fs::write(place.file("panden.geojson"), "{}").unwrap();
    place.fetch().unwrap();
    assert_eq!(place.ids().len(), 2500);
}

#[test]
fn beyond_the_ceiling_of_fifty_thousand_the_area_is_cut() {
    let all = points(60_000);
    let server = Server::start(move |ask, _| match ask.number("startIndex") {
        start if start + 1000 > 50_000 => Answer::status(400),
        start => wfs(&all, ask, start, 1000),
    });
    let place = Place::new(&geojson("wfs", &server.url("/wfs"), "plafond = 50000"));
    place.fetch().unwrap();
    assert_eq!(place.ids().len(), 60_000);
}

#[test]
fn a_service_that_ignores_start_index_gives_all_the_same() {
    for kind in ["wfs-tegels", "wfs"] {
        let all = points(3000);
        let server = Server::start(move |ask, _| {
            let mut answer = wfs(&all, ask, 0, 1000);
            // Such a service does not say how many there are.
            let text = String::from_utf8(answer.body).unwrap();
            let begin = text.find("\"numberMatched\"").unwrap();
            let end = begin + text[begin..].find(',').unwrap() + 1;
            answer.body = format!("{}{}", &text[..begin], &text[end..]).into_bytes();
            answer
        });
        let place = Place::new(&geojson(kind, &server.url("/wfs"), ""));
        place.fetch().unwrap();
        assert_eq!(place.ids().len(), 3000, "{kind}");
    }
}

fn linked(ids: std::ops::Range<usize>, next: Option<&str>) -> Answer {
    let features: Vec<Value> = ids
        .map(|i| {
            json!({"type": "Feature", "properties": {"identificatie": format!("{i:016}")},
                "geometry": {"type": "Point", "coordinates": [104_000.0 + i as f64, 484_000.0]}})
        })
        .collect();
    let links: Vec<Value> = next.iter().map(|href| json!({"rel": "next", "href": href})).collect();
    Answer::json(json!({"type": "FeatureCollection", "links": links, "features": features}).to_string())
}

#[test]
fn next_links_are_followed_to_the_end() {
    let server = Server::start(|ask, _| {
        let host = format!("http://{}", ask.header("host").unwrap());
        match ask.query("cursor") {
            None => linked(0..10, Some(&format!("{host}/collections/pand/items?cursor=a"))),
            Some("a") => linked(10..20, Some(&format!("{host}/collections/pand/items?cursor=b"))),
            Some(_) => linked(20..25, None),
        }
    });
    let place = Place::new(&geojson("ogc", &server.url(""), "per_pagina = 10"));
    assert_eq!(place.fetch().unwrap(), "25 objects on 3 pages, 0 of which were there already");
    assert!(server.asked()[0].target.contains("crs=http://www.opengis.net/def/crs/EPSG/0/28992"));
}

#[test]
fn links_that_go_round_or_elsewhere_are_not_followed() {
    let round = Server::start(|ask, _| {
        let next = format!("http://{}/collections/pand/items?cursor=a", ask.header("host").unwrap());
        if ask.query("cursor").is_none() { linked(0..10, Some(&next)) } else { linked(10..20, Some(&next)) }
    });
    let place = Place::new(&geojson("ogc", &round.url(""), ""));
    assert!(place.fetch().unwrap_err().to_string().contains("round in a circle"));
    let repeats = Server::start(|ask, n| {
        let next = format!("http://{}/collections/pand/items?cursor={n}", ask.header("host").unwrap());
        linked(0..10, Some(&next))
    });
    let place = Place::new(&geojson("ogc", &repeats.url(""), ""));
    assert!(place.fetch().unwrap_err().to_string().contains("round in a circle"));
    assert_eq!(repeats.asked().len(), 2);
    let elsewhere = Server::start(|_, _| linked(0..10, Some("https://elders.example/items?cursor=a")));
    let place = Place::new(&geojson("ogc", &elsewhere.url(""), ""));
    let fault = place.fetch().unwrap_err().to_string();
    assert!(fault.contains("another host (https://elders.example)"), "{fault}");
    assert!(!place.file("panden.geojson").exists());
}

#[test]
fn a_busy_service_is_given_the_time_it_asks_for() {
    let all = points(10);
    let server = Server::start(move |ask, n| match n {
        0 => Answer::status(429).with("Retry-After", "1"),
        1 => Answer::status(503),
        _ => wfs(&all, ask, 0, 1000),
    });
    let place = Place::new(&geojson("wfs", &server.url("/wfs"), ""));
    let start = Instant::now();
    place.fetch().unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!((place.ids().len(), server.asked().len()), (10, 3));
    let closed = Server::start(|_, _| Answer::status(429).with("Retry-After", "86400"));
    let place = Place::new(&geojson("wfs", &closed.url("/wfs"), ""));
    let fault = place.fetch().unwrap_err();
    assert!(fault.to_string().contains("asks to wait 86400 s"), "{fault}");
    assert_eq!((fault.exit_code(), closed.asked().len()), (2, 1));
}

#[test]
fn an_answer_that_is_cut_or_mislabelled_is_asked_again_or_read() {
    let all = points(20);
    let server = Server::start(move |ask, n| {
        let good = wfs(&all, ask, 0, 1000);
        match n {
            // Cut on the way.
            0 => Answer { cut: Some(100), ..good },
            // Cut at the source: the announced length is that of the half.
            1 => Answer { announced: Some(200), cut: Some(200), ..good },
            _ => good.with("Content-Type", "text/plain"),
        }
    });
    let place = Place::new(&geojson("wfs", &server.url("/wfs"), ""));
    place.fetch().unwrap();
    assert_eq!((place.ids().len(), server.asked().len()), (20, 3));
}

#[test]
fn a_page_of_html_is_no_data() {
    let server = Server::start(|_, _| {
        Answer::json("<html><body><h1>Onderhoud</h1> De dienst is er morgen weer</body></html>")
            .with("Content-Type", "text/html")
    });
    let place = Place::new(&geojson("wfs", &server.url("/wfs"), ""));
    let fault = place.fetch().unwrap_err().to_string();
    assert!(fault.contains("Onderhoud De dienst is er morgen weer") && fault.contains("3 tries"), "{fault}");
    assert!(!place.file("panden.geojson").exists() && !place.file("panden.geojson.bron.toml").exists());
}

#[test]
fn what_came_before_a_stop_is_not_asked_again() {
    let all = points(5000);
    let server = Server::start(move |ask, n| match n {
        3..6 => Answer::status(500),
        _ => wfs(&all, ask, ask.number("startIndex"), 1000),
    });
    let place = Place::new(&geojson("wfs", &server.url("/wfs"), ""));
    assert!(place.fetch().unwrap_err().to_string().contains("goes on where it was"));
    // A last page that is full may not be the last: one question more.
    assert_eq!(place.fetch().unwrap(), "5000 objects on 6 pages, 3 of which were there already");
    assert_eq!(place.ids().len(), 5000);
    let left: Vec<_> = fs::read_dir(place.file("")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn a_count_that_does_not_come_true_is_told() {
    let server = Server::start(|_, _| {
        Answer::json(r#"{"features":[{"id":"a","geometry":null},{"id":"b","geometry":null}],"numberMatched":1}"#)
    });
    let place = Place::new(&geojson("wfs", &server.url("/wfs"), ""));
    let fault = place.fetch().unwrap_err().to_string();
    assert!(fault.contains("says 1 objects and gave 2"), "{fault}");
}

fn file(address: &str, kind: &str) -> String {
    format!("soort = \"{kind}\"\nadres = \"{address}\"\nbestand = \"labels.csv\"\nsleutel_uit = \"CARGO_MANIFEST_DIR\"")
}

/// Serves bytes with ranges, as a store of files does.
fn piece(ask: &Ask, all: &[u8], tag: &str) -> Answer {
    let from = ask.header("range").filter(|_| ask.header("if-range") == Some(tag));
    let from: Option<usize> = from.map(|r| r.trim_start_matches("bytes=").trim_end_matches('-').parse().unwrap());
    let answer = Answer::json(&all[from.unwrap_or(0)..]).with("ETag", tag);
    match from {
        Some(from) => Answer { status: 206, ..answer }
            .with("Content-Range", format!("bytes {from}-{}/{}", all.len() - 1, all.len())),
        None => answer,
    }
}

#[test]
fn a_large_file_goes_on_where_it_was_and_the_key_stays_secret() {
    let all: Vec<u8> = (0..300_000_u32).map(|i| b'0' + (i % 10) as u8).collect();
    let sent = all.clone();
    let store = Server::start(move |ask, n| {
        let answer = piece(ask, &sent, "\"v1\"");
        if n < 4 { Answer { cut: Some(60_000), ..answer } } else { answer }
    });
    let address = store.url("/labels.csv?sig=GEHEIM");
    let told =
        json!({"bestandsnaam": "labels.csv", "downloadUrl": address, "datum": "2026-11-01T00:00:00"}).to_string();
    let info = Server::start(move |_, _| Answer::json(told.clone()));
    let place = Place::new(&file(&info.url("/DownloadInfo?fileType=csv"), "mutatiebestand"));
    assert_eq!(place.fetch().unwrap(), "300000 bytes");
    assert_eq!(fs::read(place.file("labels.csv")).unwrap(), all);
    assert!(store.asked()[1].header("range").unwrap().starts_with("bytes="));
    let key = env!("CARGO_MANIFEST_DIR");
    assert_eq!(info.asked()[0].header("authorization"), Some(key));
    assert!(store.asked().iter().all(|ask| ask.header("authorization").is_none()));
    let about = fs::read_to_string(place.file("labels.csv.bron.toml")).unwrap();
    assert!(about.contains("2026-11-01") && !about.contains("GEHEIM") && !about.contains(key), "{about}");
    let left: Vec<_> = fs::read_dir(place.file("")).unwrap().collect();
    assert_eq!(left.len(), 2);
}

#[test]
fn a_file_that_changes_half_way_is_fetched_anew() {
    let server = Server::start(|ask, n| match n {
        0 => Answer { cut: Some(50_000), ..piece(ask, &vec![b'a'; 100_000], "\"v1\"") },
        // This one goes on with another file, against the rules.
        1 => piece(ask, &vec![b'b'; 100_000], "\"v1\"").with("ETag", "\"v2\""),
        _ => piece(ask, &vec![b'b'; 100_000], "\"v2\""),
    });
    let place = Place::new(&file(&server.url("/labels.csv"), "bestand"));
    place.fetch().unwrap();
    assert_eq!(fs::read(place.file("labels.csv")).unwrap(), vec![b'b'; 100_000]);
}

#[test]
fn a_file_that_is_not_what_was_said_is_not_kept() {
    let cases: [(Answer, &str); 4] = [
        (Answer { announced: Some(2000), ..Answer::json("id,lab") }, "cut"),
        (Answer::json("<html>Log in</html>"), "Log in"),
        (Answer::json(vec![b'a'; 1_100_000]), "larger than 1 MB"),
        (Answer::status(403), "refuses (status 403)"),
    ];
    for (answer, expected) in cases {
        let server = Server::start(move |_, _| answer.clone());
        let place = Place::new(&file(&server.url("/labels.csv"), "bestand"));
        let fault = place.fetch().unwrap_err().to_string();
        assert!(fault.contains(expected), "{expected}: {fault}");
        assert!(!place.file("labels.csv").exists());
    }
}

#[test]
fn a_rehearsal_asks_nobody_anything() {
    let server = Server::start(|_, _| Answer::status(500));
    let place = Place::new(&geojson("wfs", &server.url("/wfs"), ""));
    place.run(true).unwrap();
    assert!(server.asked().is_empty() && !place.file("").exists());
}

#[test]
fn an_address_that_is_not_safe_is_refused() {
    let place = Place::new(&geojson("wfs", "http://dienst.example/wfs", ""));
    assert!(place.fetch().unwrap_err().to_string().contains("https://"));
}

/// A recorded answer, where the folder with real data is there.
fn recorded(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/contract").join(name);
    let text = fs::read_to_string(path).ok();
    if text.is_none() {
        eprintln!("skipped: {name} is not here");
    }
    text
}

#[test]
fn recorded_roads_keep_their_grid_though_the_answer_is_silent_about_it() {
    let Some(text) = recorded("pdok-ogc/wegdelen.json") else { return };
    let whole = text.clone();
    let away = Server::start(move |_, _| Answer::json(whole.clone()));
    let place = Place::new(&geojson("ogc", &away.url(""), ""));
    // Its next page is on the real server, where no test goes.
    assert!(place.fetch().unwrap_err().to_string().contains("https://api.pdok.nl"));
    let mut json: Value = serde_json::from_str(&text).unwrap();
    json["links"] = json!([]);
    let server = Server::start(move |_, _| Answer::json(json.to_string()));
    let place = Place::new(&geojson("ogc", &server.url(""), ""));
    assert!(place.fetch().unwrap().starts_with("10 objects"));
    assert_eq!(place.json()["crs"]["properties"]["name"], "urn:ogc:def:crs:EPSG::28992");
}

#[test]
fn recorded_panden_are_read_by_prep_after_the_fetch() {
    let Some(text) = recorded("bag-wfs/panden_haarlem.geojson") else { return };
    let server = Server::start(move |_, _| Answer::json(text.clone()));
    let place = Place::new(&geojson("wfs", &server.url("/wfs"), ""));
    assert!(place.fetch().unwrap().starts_with("20 objects"));
    let origin = Origin { id: "bag".into(), ..Origin::default() };
    let part = read_file(&place.file("panden.geojson"), &origin, &Options::default()).unwrap();
    assert_eq!(part.town.buildings.len(), 20);
}

#[test]
fn a_recorded_building_of_3dbag_is_read_by_prep_after_the_fetch() {
    let Some(text) = recorded("3dbag-api/item_0851100000000564.json") else { return };
    let item: Value = serde_json::from_str(&text).unwrap();
    let page = json!({"metadata": item["metadata"], "features": [item["feature"]], "links": []}).to_string();
    let server = Server::start(move |_, _| Answer::json(page.clone()));
    let place = Place::new(&format!(
        "soort = \"3dbag\"\nadres = \"{}\"\nlaag = \"pand\"\nbestand = \"3dbag.city.jsonl\"",
        server.url("")
    ));
    assert!(place.fetch().unwrap().starts_with("1 objects"));
    let origin = Origin { id: "3dbag".into(), ..Origin::default() };
    let part = read_file(&place.file("3dbag.city.jsonl"), &origin, &Options::default()).unwrap();
    assert_eq!(part.town.buildings[0].id.to_string(), "0851100000000564");
}
