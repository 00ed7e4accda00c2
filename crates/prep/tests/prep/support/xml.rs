//! Registers in XML and GeoJSON, written by hand: one delivery with a house in it, and plans by the schema.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use super::{Place, X, Y, house, pand, vbo};

pub const DAY: &str = "<sl:StandTechnischeDatum>2026-01-01</sl:StandTechnischeDatum>";

/// The times of a version that holds.
pub fn times(number: u32, begin: &str, end: &str) -> String {
    let end = if end.is_empty() {
        String::new()
    } else {
        format!("<h:eindGeldigheid>{end}</h:eindGeldigheid><h:eindRegistratie>{end}T08:00:00</h:eindRegistratie>")
    };
    format!(
        "<o:voorkomen><h:Voorkomen><h:voorkomenidentificatie>{number}</h:voorkomenidentificatie><h:beginGeldigheid>{begin}</h:beginGeldigheid>{end}</h:Voorkomen></o:voorkomen>"
    )
}

pub fn ring(points: &[[f64; 2]]) -> String {
    let all: Vec<String> = points.iter().chain(points.first()).map(|p| format!("{} {} 0.0 ", p[0], p[1])).collect();
    all.concat()
}

pub fn polygon(points: &[[f64; 2]]) -> String {
    format!(
        "<gml:Polygon srsName='urn:ogc:def:crs:EPSG::28992' srsDimension='3'><gml:exterior><gml:LinearRing><gml:posList>{}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>",
        ring(points)
    )
}

pub fn building(serial: u32, geometry: &str, times: &str) -> String {
    format!(
        "<o:Pand><o:identificatie domein='NL.IMBAG.Pand'>{}</o:identificatie><o:geometrie>{geometry}</o:geometrie><o:oorspronkelijkBouwjaar>1931</o:oorspronkelijkBouwjaar><o:status>Pand in gebruik</o:status>{times}</o:Pand>",
        pand(serial)
    )
}

pub fn home(serial: u32, number: &str, times: &str) -> String {
    format!(
        "<o:Verblijfsobject><o:heeftAlsHoofdadres><r:NummeraanduidingRef>{number}</r:NummeraanduidingRef></o:heeftAlsHoofdadres><o:heeftAlsNevenadres><r:NummeraanduidingRef>0392200000009999</r:NummeraanduidingRef></o:heeftAlsNevenadres><o:identificatie>{}</o:identificatie><o:geometrie><o:punt><gml:Point srsDimension='3'><gml:pos>{} {} 0.0</gml:pos></gml:Point></o:punt></o:geometrie><o:gebruiksdoel>kantoorfunctie</o:gebruiksdoel><o:gebruiksdoel>woonfunctie</o:gebruiksdoel><o:oppervlakte>96</o:oppervlakte><o:status>Verblijfsobject in gebruik</o:status><o:maaktDeelUitVan><r:PandRef>{}</r:PandRef><r:PandRef>{}</r:PandRef></o:maaktDeelUitVan>{times}</o:Verblijfsobject>",
        vbo(serial),
        X + 2.0,
        Y + 2.0,
        pand(serial),
        pand(serial + 1)
    )
}

pub fn file(kind: &str, objects: &[String]) -> String {
    let objects: Vec<String> =
        objects.iter().map(|o| format!("<sl:stand><x:bagObject>{o}</x:bagObject></sl:stand>")).collect();
    let objects = objects.concat();
    format!(
        "<?xml version='1.0' encoding='UTF-8'?><x:bagStand xmlns:x='x' xmlns:sl='s' xmlns:o='o' xmlns:h='h' xmlns:r='r' xmlns:gml='g'><x:bagInfo>{DAY}</x:bagInfo><sl:standBestand><sl:objectTypen><sl:objectType>{kind}</sl:objectType></sl:objectTypen>{objects}</sl:standBestand></x:bagStand>"
    )
}

pub fn street(reference: &str) -> String {
    format!(
        "<o:OpenbareRuimte><o:identificatie>0392300000000001</o:identificatie><o:naam>Frans Halsstraat</o:naam><o:ligtIn><r:WoonplaatsRef>{reference}</r:WoonplaatsRef></o:ligtIn>{}</o:OpenbareRuimte>",
        times(1, "2009-01-01", "")
    )
}

pub fn number(serial: u32, street: &str, begin: &str) -> String {
    format!(
        "<o:Nummeraanduiding><o:identificatie>0392200000000{serial:03}</o:identificatie><o:huisnummer>{serial}</o:huisnummer><o:huisletter>A</o:huisletter><o:postcode>2021AB</o:postcode><o:ligtAan><r:OpenbareRuimteRef>{street}</r:OpenbareRuimteRef></o:ligtAan>{}</o:Nummeraanduiding>",
        times(1, begin, "")
    )
}

pub fn town() -> String {
    format!(
        "<o:Woonplaats><o:identificatie>1245</o:identificatie><o:naam>Haarlem</o:naam><o:geometrie><o:vlak>{}</o:vlak></o:geometrie>{}</o:Woonplaats>",
        polygon(&house(-50.0, -50.0, 200.0, 200.0)),
        times(1, "2009-01-01", "")
    )
}

/// A delivery with one house in it, its parts replaced by others where a test plants a fault.
pub struct Delivery {
    pub places: Vec<String>,
    pub streets: Vec<String>,
    pub numbers: Vec<String>,
    pub homes: Vec<String>,
    pub panden: Vec<String>,
}

impl Delivery {
    pub fn good() -> Self {
        let holds = times(2, "2020-01-01", "");
        Self {
            places: vec![town()],
            streets: vec![street("1245")],
            numbers: vec![number(1, "0392300000000001", "2010-01-01")],
            homes: vec![home(1, "0392200000000001", &holds)],
            panden: vec![building(1, &polygon(&house(0.0, 0.0, 6.0, 9.0)), &holds)],
        }
    }

    pub fn write(&self, place: &Place, name: &str) -> PathBuf {
        let path = place.path(name);
        let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        for (kind, objects) in [
            // In an order in which nothing can be looked up.
            ("PND", &self.panden),
            ("VBO", &self.homes),
            ("NUM", &self.numbers),
            ("OPR", &self.streets),
            ("WPL", &self.places),
        ] {
            zip.start_file(format!("9999{kind}01012026-000001.xml"), options).unwrap();
            zip.write_all(file(kind, objects).as_bytes()).unwrap();
        }
        zip.finish().unwrap();
        path
    }
}

/// One house with its shape as 3DBAG writes it, as a GeoPackage cannot be written by hand: a CityJSON document.
pub fn city(attributes: &str) -> String {
    let [a, b, c, d] = [[X, Y], [X + 6.0, Y], [X + 6.0, Y + 9.0], [X, Y + 9.0]];
    format!(
        r#"{{"type":"CityJSON","version":"2.0","metadata":{{"title":"3DBAG","referenceSystem":"https://www.opengis.net/def/crs/EPSG/0/7415"}},"transform":{{"scale":[1,1,1],"translate":[0,0,0]}},"CityObjects":{{"NL.IMBAG.Pand.{}":{{"type":"Building","attributes":{{{attributes}}},"geometry":[{{"type":"MultiSurface","lod":"0","boundaries":[[[0,1,2,3]]]}}]}}}},"vertices":[[{},{},0],[{},{},0],[{},{},0],[{},{},0]]}}"#,
        pand(1),
        a[0],
        a[1],
        b[0],
        b[1],
        c[0],
        c[1],
        d[0],
        d[1]
    )
}

pub fn collection(features: &[String]) -> String {
    let features = features.join(",");
    format!(
        r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::28992"}}}},"features":[{features}]}}"#
    )
}

pub fn feature(properties: &str, geometry: &str) -> String {
    format!(r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{geometry}}}"#)
}

pub fn point(x: f64, y: f64) -> String {
    format!(r#"{{"type":"Point","coordinates":[{},{}]}}"#, X + x, Y + y)
}

pub fn area(points: &[[f64; 2]]) -> String {
    let all: Vec<String> = points.iter().chain(points.first()).map(|p| format!("[{},{}]", p[0], p[1])).collect();
    format!(r#"{{"type":"Polygon","coordinates":[[{}]]}}"#, all.join(","))
}

/// The example of `docs/data.md`, with the names of the schema.
pub fn plan(changes: &[(&str, &str)]) -> String {
    let mut properties = vec![
        ("naam", r#""Ramplaan""#),
        ("techniek", r#""warmtenet""#),
        ("fase", r#""vastgesteld""#),
        ("net_soort", r#""ZLT""#),
        ("net_status", r#""gepland""#),
        ("start", "2028"),
        ("eind", "2032"),
        ("aangewezen_jaar", "2035"),
        ("besluit", r#""Warmteprogramma 2026""#),
        ("besluit_url", r#""https://example.org/warmteprogramma""#),
        ("besluit_datum", r#""2026-06-25""#),
        ("onzeker_nl", r#""De bron is nog niet gekozen.""#),
        ("onzeker_en", r#""The source has not been chosen yet.""#),
    ];
    for (name, value) in changes {
        properties.iter_mut().filter(|(n, _)| n == name).for_each(|p| p.1 = value);
    }
    let properties: Vec<String> = properties.iter().map(|(n, v)| format!(r#""{n}":{v}"#)).collect();
    collection(&[feature(&properties.join(","), &area(&house(-10.0, -10.0, 60.0, 60.0)))])
}
