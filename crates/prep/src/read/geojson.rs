//! GeoJSON: RFC 7946, and the older form with a `crs` member. Features are read one by one, so a file of any size fits.

use std::fmt;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use gasvrij3d::geo::{Rd, is_rd};
use gasvrij3d::tile::{GreenClass, RailClass, RoadClass, WaterClass};
use geojson::{Feature, GeometryValue, JsonObject, Position};
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::heritage::{self, Heritage};
use super::meter::Allowance;
use super::objects::{ID, Kind, Sink};
use super::plan;
use super::record::Record;
use super::wkb::{Shape, open_ring};
use super::{Crs, Options, Origin, Part};
use crate::fault::{Fault, Result};
use crate::report::{Place, Scope};
use gasvrij3d::wgs84;

/// Reads all features that are known.
pub fn read(path: &Path, origin: &Origin, options: &Options, part: &mut Part) -> Result<()> {
    let crs = system(path, options.crs)?;
    part.report.form = match crs {
        Crs::Rd => "GeoJSON (RD New)".to_owned(),
        Crs::Wgs84 => "GeoJSON (WGS 84)".to_owned(),
    };
    let Part { town, facts, report, .. } = part;
    let file = report.file.clone();
    let scope = Scope::new(&file, "feature");
    let mut sink = Sink::new(town, facts, origin, options, &file);
    stream(path, |number, object| {
        let feature = match feature(object) {
            Ok(feature) => feature,
            Err(e) => {
                let place = Place::new(&scope, number);
                report.layer("feature").reject("it is not a GeoJSON feature", || (&place, e));
                return true;
            }
        };
        let properties = feature.properties.clone().unwrap_or_default();
        let mut record = Record::from_json(&properties);
        if let (false, Some(geojson::feature::Id::String(id))) = (record.has(&ID), &feature.id)
            && id.rsplit('.').next().is_some_and(|digits| digits.len() == 16)
        {
            let mut with_id = properties;
            with_id.insert("identificatie".to_owned(), id.clone().into());
            record = Record::from_json(&with_id);
        }
        let place = Place::new(&scope, number).named(record.text(&ID));
        let shape = match feature.geometry.map_or(Ok(Shape::Empty), |g| shape(&g.value)) {
            Ok(mut shape) => {
                if crs == Crs::Wgs84 {
                    shape.points_mut().for_each(|p| *p = wgs84::from_wgs84(*p));
                }
                shape
            }
            Err(what) => {
                report.layer("feature").reject("the geometry cannot be read", || (&place, what));
                return true;
            }
        };
        let kind = kind(&record, &shape, options);
        match kind {
            Some(kind) => sink.take(kind, &record, shape, report.layer(kind.name()), &place),
            None => report.layer("feature").reject(
                "it has none of the properties by which its kind is known (identificatie, bouwjaar, huisnummer, \
                 buurtcode, gemeentecode, net_status, techniek, rijksmonument_nummer, soort)",
                || &place,
            ),
        }
        true
    })?;
    Ok(())
}

fn feature(object: JsonObject) -> std::result::Result<Feature, serde_json::Error> {
    serde_json::from_value(object.into())
}

/// What a feature is, by its properties.
pub fn kind(record: &Record, shape: &Shape, options: &Options) -> Option<Kind> {
    if let Some(told) = options.kind.and_then(Kind::told) {
        return Some(told);
    }
    let class = record.text(&["soort"]).unwrap_or_default();
    if let Some(heritage) = heritage::kind(record, shape) {
        return Some(match heritage {
            Heritage::Monument => Kind::Monument,
            Heritage::Townscape => Kind::Stadsgezicht,
        });
    }
    if record.has(&plan::COLUMNS) && !record.has(&["huisnummer"]) {
        return match shape {
            Shape::Lines(_) => Some(Kind::Warmtenet),
            Shape::Polygons(_) | Shape::Empty => Some(Kind::Plangebied),
            Shape::Point(_) => None,
        };
    }
    match shape {
        Shape::Lines(_) if RailClass::from_code(&class).is_some() => Some(Kind::Spoor),
        Shape::Lines(_) if RoadClass::from_code(&class).is_some() => Some(Kind::Weg),
        Shape::Polygons(_) if WaterClass::from_code(&class).is_some() => Some(Kind::Water),
        Shape::Polygons(_) if GreenClass::from_code(&class).is_some() => Some(Kind::Groen),
        _ if record.has(&["huisnummer"]) => Some(Kind::Verblijfsobject),
        _ if record.has(&["bouwjaar", "oorspronkelijkbouwjaar", "identificatie"]) => Some(Kind::Pand),
        _ if record.has(&["postcode6", "pc6"]) => Some(Kind::Postcode),
        _ if record.has(&["buurtcode", "bu_code"]) => Some(Kind::Buurt),
        _ if record.has(&["wijkcode", "wk_code"]) => Some(Kind::Wijk),
        _ if record.has(&["gemeentecode", "gm_code"]) => Some(Kind::Gemeente),
        _ => None,
    }
}

/// The coordinate system: as the file says, else as the person says, else degrees where they can be degrees.
fn system(path: &Path, told: Option<Crs>) -> Result<Crs> {
    let mut first: Option<Rd> = None;
    let named = stream(path, |_, object| {
        if let Ok(Feature { geometry: Some(geometry), .. }) = feature(object)
            && let Ok(shape) = shape(&geometry.value)
        {
            first = shape.first_point();
        }
        first.is_none()
    })?;
    let degrees = |p: Rd| p[0].abs() <= 180.0 && p[1].abs() <= 90.0;
    let crs = match &named {
        Some(name) => Crs::parse(name).ok_or_else(|| {
            Fault::input(format!(
                "the `crs` member says {name}; WGS 84 (CRS84) or RD New (EPSG:28992) is expected. Convert the file first, \
                 for example with `ogr2ogr -t_srs EPSG:28992 out.gpkg in.geojson`."
            ))
        })?,
        None => told.unwrap_or(Crs::Wgs84),
    };
    match (crs, first) {
        (Crs::Wgs84, Some(p)) if !degrees(p) && is_rd(p) && named.is_none() && told.is_none() => {
            Err(Fault::input(format!(
                "the file has no `crs` member, so its coordinates should be degrees, and ({}, {}) looks like RD New metres. If \
             they are, say so with `--crs 28992`.",
                p[0], p[1]
            )))
        }
        (Crs::Wgs84, Some(p)) if !degrees(p) => Err(Fault::input(format!(
            "the coordinates should be degrees and ({}, {}) are none. Convert the file to WGS 84 or RD New first.",
            p[0], p[1]
        ))),
        (Crs::Rd, Some(p)) if degrees(p) => Err(Fault::input(format!(
            "the coordinates should be RD New metres and ({}, {}) are degrees. Leave out `--crs`, or put the `crs` member \
             right.",
            p[0], p[1]
        ))),
        _ => Ok(crs),
    }
}

fn shape(value: &GeometryValue) -> std::result::Result<Shape, &'static str> {
    let ring = |ring: &Vec<Position>| points(ring).map(open_ring);
    let polygon = |rings: &Vec<Vec<Position>>| rings.iter().map(ring).collect::<std::result::Result<Vec<_>, _>>();
    Ok(match value {
        GeometryValue::Point { coordinates } => Shape::Point(point(coordinates)?),
        GeometryValue::LineString { coordinates } => Shape::Lines(vec![points(coordinates)?]),
        GeometryValue::MultiLineString { coordinates } => {
            Shape::Lines(coordinates.iter().map(|line| points(line)).collect::<std::result::Result<_, _>>()?)
        }
        GeometryValue::Polygon { coordinates } if coordinates.is_empty() => Shape::Empty,
        GeometryValue::Polygon { coordinates } => Shape::Polygons(vec![polygon(coordinates)?]),
        GeometryValue::MultiPolygon { coordinates } if coordinates.is_empty() => Shape::Empty,
        GeometryValue::MultiPolygon { coordinates } => {
            Shape::Polygons(coordinates.iter().map(polygon).collect::<std::result::Result<_, _>>()?)
        }
        GeometryValue::MultiPoint { .. } | GeometryValue::GeometryCollection { .. } => {
            return Err("a collection of points or of mixed geometries");
        }
    })
}

fn points(line: &[Position]) -> std::result::Result<Vec<Rd>, &'static str> {
    line.iter().map(point).collect()
}

fn point(position: &Position) -> std::result::Result<Rd, &'static str> {
    match position.as_slice() {
        [x, y, ..] => Ok([*x, *y]),
        _ => Err("a position with fewer than two numbers"),
    }
}

/// Gives each feature with its number, from 1, until it is told to stop; returns the name in the `crs` member. After a
/// stop the rest is still read over, so that a `crs` at the end and a fault in the file are found.
fn stream(path: &Path, mut each: impl FnMut(u64, JsonObject) -> bool) -> Result<Option<String>> {
    let file = File::open(path).map_err(|e| super::unreadable(&e))?;
    let mut number = 0;
    let allowance = Allowance::new(super::LARGEST_FEATURE);
    let reader = BufReader::with_capacity(1 << 18, allowance.over(file));
    let mut deserializer = serde_json::Deserializer::from_reader(reader);
    let mut each = |number, object| {
        allowance.renew();
        each(number, object)
    };
    let renew = || allowance.renew();
    let collection = Collection { each: &mut each, renew: &renew, number: &mut number };
    let read = deserializer.deserialize_map(collection).and_then(|crs| deserializer.end().map(|()| crs));
    read.map_err(|e| {
        let after = if number == 0 { String::new() } else { format!(", in or after feature {number}") };
        Fault::input(format!("this is no valid GeoJSON{after}: {e}. Fetch it again, or check it with a JSON checker."))
    })
}

struct Collection<'a> {
    each: &'a mut dyn FnMut(u64, JsonObject) -> bool,
    /// To be called for each feature that is passed over.
    renew: &'a dyn Fn(),
    number: &'a mut u64,
}

impl<'de> Visitor<'de> for Collection<'_> {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a FeatureCollection")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Self::Value, A::Error> {
        let mut crs = None;
        let mut any = false;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "features" => {
                    any = true;
                    map.next_value_seed(Features {
                        each: &mut *self.each,
                        renew: self.renew,
                        number: &mut *self.number,
                    })?;
                }
                "crs" => {
                    let member: serde_json::Value = map.next_value()?;
                    crs = member.pointer("/properties/name").and_then(|n| n.as_str()).map(str::to_owned);
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if any {
            Ok(crs)
        } else {
            Err(A::Error::custom("there is no list `features`; a FeatureCollection is expected"))
        }
    }
}

struct Features<'a> {
    each: &'a mut dyn FnMut(u64, JsonObject) -> bool,
    /// To be called for each feature that is passed over.
    renew: &'a dyn Fn(),
    number: &'a mut u64,
}

impl<'de> DeserializeSeed<'de> for Features<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, d: D) -> std::result::Result<(), D::Error> {
        d.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<(), A::Error> {
        while let Some(object) = seq.next_element::<JsonObject>()? {
            *self.number += 1;
            if !(self.each)(*self.number, object) {
                while seq.next_element::<IgnoredAny>()?.is_some() {
                    *self.number += 1;
                    (self.renew)();
                }
                return Ok(());
            }
        }
        Ok(())
    }
}
