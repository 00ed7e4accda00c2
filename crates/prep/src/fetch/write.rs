//! The files that a fetch leaves: the objects in one file, and beside it where they came from.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use gasvrij3d::geo::is_rd;
use serde_json::{Value, json};

use crate::fault::{Fault, Result};
use crate::fetch::services::{Manner, Service};
use crate::fetch::walk::{PageOf, Sink};
use crate::read::Crs;

/// Writes objects to a file that takes its name when it is whole.
pub struct Objects {
    path: PathBuf,
    part: PathBuf,
    out: BufWriter<File>,
    city: bool,
    crs: Option<Crs>,
    transform: Option<Transform>,
    /// Objects written.
    pub count: usize,
}

#[derive(Clone, Copy, PartialEq)]
struct Transform {
    scale: [f64; 3],
    translate: [f64; 3],
}

impl Transform {
    fn read(value: &Value) -> Option<Self> {
        let three = |key: &str| -> Option<[f64; 3]> {
            let list: Vec<f64> = value.get(key)?.as_array()?.iter().filter_map(Value::as_f64).collect();
            list.try_into().ok()
        };
        let read = Self { scale: three("scale")?, translate: three("translate")? };
        read.scale.iter().all(|s| *s > 0.0).then_some(read)
    }
}

impl Objects {
    /// A file for the objects of a service.
    pub fn new(path: &Path, service: &Service) -> Result<Self> {
        let part = beside(path, ".part");
        let out = BufWriter::new(File::create(&part).map_err(|e| Fault::writing(&part, e))?);
        let city = service.soort == Manner::CityJson;
        Ok(Self { path: path.to_owned(), part, out, city, crs: None, transform: None, count: 0 })
    }

    fn put(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes()).map_err(|e| Fault::writing(&self.part, e))
    }

    /// Closes the file and gives it its name.
    pub fn finish(mut self) -> Result<()> {
        if !self.city {
            if self.count == 0 {
                self.put("{\"type\":\"FeatureCollection\",\"features\":[")?;
            }
            self.put("\n]}\n")?;
        }
        let Self { out, part, path, .. } = self;
        let file = out.into_inner().map_err(|e| Fault::writing(&part, e.error()))?;
        file.sync_all().and_then(|()| fs::rename(&part, &path)).map_err(|e| Fault::writing(&path, e))
    }

    /// A service may keep silent about its coordinate system: the numbers tell degrees from metres.
    fn geojson(&mut self, feature: &Value) -> Result<()> {
        if let Some(p) = feature.pointer("/geometry/coordinates").and_then(first_position) {
            let crs = match p {
                [lon, lat] if lon.abs() <= 180.0 && lat.abs() <= 90.0 => Crs::Wgs84,
                p if is_rd(p) => Crs::Rd,
                [x, y] => {
                    return Err(Fault::input(format!(
                        "{}: the point {x} {y} is neither in degrees nor in RD. Check the service.",
                        self.path.display()
                    )));
                }
            };
            if self.crs.is_some_and(|before| before != crs) {
                return Err(Fault::input(format!(
                    "{}: some objects are in degrees, others in RD. Check the service.",
                    self.path.display()
                )));
            }
            self.crs = Some(crs);
        }
        if self.count == 0 {
            let name =
                if self.crs == Some(Crs::Rd) { "urn:ogc:def:crs:EPSG::28992" } else { "urn:ogc:def:crs:OGC::CRS84" };
            let crs = json!({"type": "name", "properties": {"name": name}});
            self.put(&format!("{{\"type\":\"FeatureCollection\",\"crs\":{crs},\"features\":["))?;
        }
        let comma = if self.count == 0 { "" } else { "," };
        self.put(&format!("{comma}\n{feature}"))
    }

    /// Every page has a transform of its own; a sequence has one.
    fn cityjson(&mut self, mut feature: Value, page: &PageOf) -> Result<()> {
        let own = page.transform.as_ref().and_then(Transform::read).ok_or_else(|| {
            Fault::input(format!("{}: a page has no `transform`. Check the service.", self.path.display()))
        })?;
        let first = if let Some(first) = self.transform {
            first
        } else {
            let header = json!({"type": "CityJSON", "version": "2.0", "CityObjects": {}, "vertices": [],
                    "transform": page.transform, "metadata": {"title": "3DBAG",
                    "referenceSystem": "https://www.opengis.net/def/crs/EPSG/0/7415"}});
            self.put(&format!("{header}\n"))?;
            self.transform = Some(own);
            own
        };
        if own != first {
            moved(&mut feature, own, first);
        }
        self.put(&format!("{feature}\n"))
    }
}

impl Sink for Objects {
    fn take(&mut self, feature: Value, page: &PageOf) -> Result<()> {
        if self.city {
            self.cityjson(feature, page)?;
        } else {
            self.geojson(&feature)?;
        }
        self.count += 1;
        Ok(())
    }
}

fn moved(feature: &mut Value, from: Transform, to: Transform) {
    let vertices = feature.get_mut("vertices").and_then(Value::as_array_mut);
    for vertex in vertices.into_iter().flatten().filter_map(Value::as_array_mut) {
        for (i, v) in vertex.iter_mut().take(3).enumerate() {
            if let Some(n) = v.as_f64() {
                let metres = n * from.scale[i] + from.translate[i];
                *v = json!(((metres - to.translate[i]) / to.scale[i]).round() as i64);
            }
        }
    }
}

fn first_position(coordinates: &Value) -> Option<[f64; 2]> {
    let mut inner = coordinates.as_array()?;
    // Rings in polygons in multipolygons: four deep at most.
    for _ in 0..4 {
        match inner.first()? {
            Value::Array(next) => inner = next,
            first => return Some([first.as_f64()?, inner.get(1)?.as_f64()?]),
        }
    }
    None
}

/// A name beside a file.
pub fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// What is known of a file that was fetched.
pub struct Fetched<'a> {
    /// The service.
    pub service: &'a Service,
    /// The day the data speaks of.
    pub date: &'a str,
    /// The day of the fetch.
    pub day: &'a str,
    /// The address, without anything secret.
    pub address: &'a str,
    /// SHA-256 of the file.
    pub sha256: &'a str,
}

impl Fetched<'_> {
    /// Writes `<file>.bron.toml`.
    pub fn write(&self, path: &Path) -> Result<()> {
        let Service { id, naam, licentie, naamsvermelding, .. } = self.service;
        let mut table = toml::Table::new();
        for (key, value) in [
            ("id", id.as_str()),
            ("naam", naam),
            ("licentie", licentie),
            ("naamsvermelding", naamsvermelding),
            ("datum", self.date),
        ] {
            table.insert(key.to_owned(), toml::Value::String(value.to_owned()));
        }
        let fetch = [("dag", self.day), ("adres", self.address), ("sha256", self.sha256)];
        let fetch = fetch.into_iter().map(|(key, value)| (key.to_owned(), toml::Value::String(value.to_owned())));
        table.insert("ophalen".to_owned(), toml::Value::Table(fetch.collect()));
        let about = beside(path, ".bron.toml");
        let part = beside(&about, ".part");
        fs::write(&part, table.to_string())
            .and_then(|()| fs::rename(&part, &about))
            .map_err(|e| Fault::writing(&about, e))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_building_stays_in_its_place_when_its_numbers_change() {
        let from = Transform { scale: [0.001; 3], translate: [100.0, 200.0, 0.0] };
        let to = Transform { scale: [0.001; 3], translate: [90.0, 205.0, 0.0] };
        let mut feature = json!({"vertices": [[5, 7000, 3]]});
        moved(&mut feature, from, to);
        assert_eq!(feature["vertices"][0], json!([10_005, 2_000, 3]));
    }
}
