//! CityJSON 1.1 and 2.0, one document or a sequence of features (CityJSONSeq): buildings with footprint and height.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use gasvrij3d::geo::Rd;
use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};

use super::body::{EAVES_M, RIDGE_M};
use super::meter::Allowance;
use super::objects::{Kind, Sink};
use super::pand::measured;
use super::record::Record;
use super::wkb::{Shape, open_ring};
use super::{Crs, Options, Origin, Part};
use crate::fault::{Fault, Result};
use crate::geometry::ring_area;
use crate::model::Polygon;
use crate::report::{Place, Scope};

/// A single document is held in memory whole; a sequence is not.
const LARGEST_DOCUMENT: u64 = 1 << 30;
/// Faces this much above the lowest point are still the ground, metres.
const GROUND: f64 = 0.3;

#[derive(Deserialize)]
struct Document {
    #[serde(rename = "type")]
    kind: String,
    transform: Option<Transform>,
    metadata: Option<Metadata>,
    #[serde(rename = "CityObjects", default)]
    objects: BTreeMap<String, Object>,
    #[serde(default)]
    vertices: Vec<[f64; 3]>,
}

#[derive(Clone, Deserialize)]
struct Transform {
    scale: [f64; 3],
    translate: [f64; 3],
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(rename = "referenceSystem")]
    system: Option<String>,
    title: Option<String>,
    #[serde(rename = "datasetTitle")]
    old_title: Option<String>,
}

#[derive(Deserialize)]
struct Object {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    attributes: Option<Map<String, Json>>,
    #[serde(default)]
    geometry: Vec<Geometry>,
    #[serde(default)]
    parents: Vec<String>,
    #[serde(default)]
    children: Vec<String>,
}

#[derive(Deserialize)]
struct Geometry {
    lod: Option<Json>,
    #[serde(default)]
    boundaries: Nest,
    semantics: Option<Semantics>,
}

#[derive(Deserialize)]
struct Semantics {
    #[serde(default)]
    surfaces: Vec<SurfaceKind>,
    #[serde(default)]
    values: Nest,
}

#[derive(Deserialize)]
struct SurfaceKind {
    #[serde(rename = "type")]
    kind: String,
}

/// Lists in lists of numbers, as deep as the kind of geometry asks.
#[derive(Default)]
enum Nest {
    #[default]
    Nothing,
    Index(usize),
    List(Vec<Nest>),
}

impl<'de> Deserialize<'de> for Nest {
    fn deserialize<D: Deserializer<'de>>(d: D) -> std::result::Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Nest;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list or an index")
            }

            fn visit_unit<E>(self) -> std::result::Result<Nest, E> {
                Ok(Nest::Nothing)
            }

            fn visit_u64<E>(self, n: u64) -> std::result::Result<Nest, E> {
                Ok(Nest::Index(n as usize))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<Nest, A::Error> {
                let mut list = Vec::new();
                while let Some(one) = seq.next_element()? {
                    list.push(one);
                }
                Ok(Nest::List(list))
            }
        }
        d.deserialize_any(Any)
    }
}

impl Nest {
    /// All surfaces (lists of rings of indices), whatever they are nested in.
    fn surfaces<'a>(&'a self, out: &mut Vec<&'a [Nest]>) {
        let Self::List(list) = self else { return };
        match list.first() {
            Some(Self::List(ring)) if matches!(ring.first(), Some(Self::Index(_)) | None) => out.push(list),
            _ => list.iter().for_each(|n| n.surfaces(out)),
        }
    }

    /// All numbers in reading order, `None` for nothing.
    fn numbers(&self, out: &mut Vec<Option<usize>>) {
        match self {
            Self::Nothing => out.push(None),
            Self::Index(n) => out.push(Some(*n)),
            Self::List(list) => list.iter().for_each(|n| n.numbers(out)),
        }
    }
}

/// Reads all buildings.
pub fn read(path: &Path, origin: &Origin, options: &Options, part: &mut Part) -> Result<()> {
    let file = File::open(path).map_err(|e| super::unreadable(&e))?;
    let length = file.metadata().map_or(0, |m| m.len());
    if length > LARGEST_DOCUMENT && !super::head(path)?.windows(17).any(|w| w == b"\"CityJSONFeature\"") {
        return Err(Fault::input(format!(
            "a CityJSON document of {} MB does not fit in memory. Make a sequence of it (CityJSONSeq, .jsonl), for example \
             with `cjio in.json export jsonl out.jsonl`, or take smaller tiles.",
            length / 1_000_000
        )));
    }
    let Part { town, facts, report, about } = part;
    let shown = report.file.clone();
    let scope = Scope::new(&shown, "feature");
    let mut sink = Sink::new(town, facts, origin, options, &shown);
    let mut transform: Option<Transform> = None;
    let mut number = 0_u64;
    "CityJSON".clone_into(&mut report.form);
    let allowance = Allowance::new(LARGEST_DOCUMENT);
    let reader = BufReader::with_capacity(1 << 18, allowance.over(file));
    let documents = serde_json::Deserializer::from_reader(reader).into_iter();
    for document in documents {
        let Document { kind, transform: own, metadata, objects, vertices } = document.map_err(|e| {
            let place = if number == 0 { "the document".to_owned() } else { format!("feature {number}") };
            Fault::input(format!("{place} is no valid CityJSON: {e}. Fetch the file again."))
        })?;
        match (number, kind.as_str()) {
            (0, "CityJSON") => {
                check_system(metadata.as_ref(), options.crs)?;
                let title = metadata.and_then(|m| m.title.or(m.old_title)).unwrap_or_default();
                if title.contains("3DBAG") || title.contains("3D BAG") {
                    about.known_as = Some("3dbag");
                }
                transform.clone_from(&own);
            }
            (1.., "CityJSONFeature") => "CityJSONSeq".clone_into(&mut report.form),
            _ => {
                return Err(Fault::input(format!(
                    "object {number} has type `{kind}`; a CityJSON object first and CityJSONFeature objects after it are \
                     expected. Fetch the file again."
                )));
            }
        }
        let vertices = place_vertices(&vertices, own.as_ref().or(transform.as_ref()));
        for (id, object) in objects.iter().filter(|(_, o)| o.parents.is_empty()) {
            let tally = report.layer("pand");
            let place = Place::new(&scope, number).named(Some(id));
            if object.kind != "Building" {
                tally.reject("a kind of object that is no building", || (&place, &object.kind));
                continue;
            }
            let parts: Vec<&Object> =
                std::iter::once(object).chain(object.children.iter().filter_map(|c| objects.get(c))).collect();
            let (record, shape) = building(id, object, &parts, &vertices);
            sink.take(Kind::Pand, &record, shape, tally, &place);
        }
        number += 1;
        allowance.renew();
    }
    if number == 0 { Err(Fault::input("the file is empty. Fetch it again.")) } else { Ok(()) }
}

fn check_system(metadata: Option<&Metadata>, told: Option<Crs>) -> Result<()> {
    match metadata.and_then(|m| m.system.as_deref()) {
        Some(system) if Crs::parse(system) == Some(Crs::Rd) => Ok(()),
        None if told == Some(Crs::Rd) => Ok(()),
        Some(system) => Err(Fault::input(format!(
            "the coordinate system is {system}; RD New (EPSG:28992 or 7415) is expected. Convert the file first, for \
             example with `cjio in.json crs_reproject 7415 save out.json`."
        ))),
        None => Err(Fault::input(
            "the file does not say its coordinate system (metadata.referenceSystem). If it is RD New, say so with \
             `--crs 28992`.",
        )),
    }
}

fn place_vertices(vertices: &[[f64; 3]], transform: Option<&Transform>) -> Vec<[f64; 3]> {
    match transform {
        Some(t) => vertices.iter().map(|v| std::array::from_fn(|i| v[i] * t.scale[i] + t.translate[i])).collect(),
        None => vertices.to_vec(),
    }
}

/// A building as a record with a footprint; the height from its shape where no attribute has it.
fn building(id: &str, object: &Object, parts: &[&Object], vertices: &[[f64; 3]]) -> (Record, Shape) {
    let mut attributes = object.attributes.clone().unwrap_or_default();
    attributes.entry("identificatie").or_insert_with(|| Json::from(id));
    // A city's own status words and numbers are not those of the register.
    let record = Record::from_json(&attributes);
    let lod = |g: &Geometry| match &g.lod {
        Some(Json::String(text)) => text.parse().unwrap_or(9.0),
        Some(Json::Number(n)) => n.as_f64().unwrap_or(9.0),
        _ => 9.0_f64,
    };
    let mut geometries: Vec<&Geometry> = parts.iter().flat_map(|o| &o.geometry).collect();
    geometries.sort_by(|a, b| lod(a).total_cmp(&lod(b)));
    let heights = || {
        let mut all = Vec::new();
        for geometry in &geometries {
            geometry.boundaries.numbers(&mut all);
        }
        all.into_iter().flatten().filter_map(|i| vertices.get(i)).map(|v| v[2])
    };
    let lowest = heights().fold(f64::INFINITY, f64::min);
    let highest = heights().fold(f64::NEG_INFINITY, f64::max);
    let best = geometries.first().map_or(9.0, |g| lod(g));
    // All geometries of the coarsest level together: a building may consist of parts.
    let footprint: Vec<Polygon> =
        geometries.iter().filter(|g| lod(g) <= best).flat_map(|g| ground(g, lod(g) < 1.0, vertices, lowest)).collect();
    let shape = if footprint.is_empty() { Shape::Empty } else { Shape::Polygons(footprint) };
    if measured(&record).is_some() || highest <= lowest {
        return (record, shape);
    }
    attributes.insert("hoogte_m".to_owned(), Json::from(highest - lowest));
    if let Some((eaves, ridge)) = geometries.last().and_then(|g| roof_span(g, vertices)) {
        attributes.insert(EAVES_M.to_owned(), Json::from(eaves - lowest));
        attributes.insert(RIDGE_M.to_owned(), Json::from(ridge - lowest));
    }
    (Record::from_json(&attributes), shape)
}

/// The lowest and highest point of the faces that call themselves roof.
fn roof_span(geometry: &Geometry, vertices: &[[f64; 3]]) -> Option<(f64, f64)> {
    let roofs = faces_of_kind(geometry, "RoofSurface")?;
    let mut surfaces = Vec::new();
    geometry.boundaries.surfaces(&mut surfaces);
    let mut corners = Vec::new();
    for (rings, _) in surfaces.into_iter().zip(roofs).filter(|(_, roof)| *roof) {
        for ring in rings {
            ring.numbers(&mut corners);
        }
    }
    let heights = || corners.iter().flatten().filter_map(|i| vertices.get(*i)).map(|v| v[2]);
    let (low, high) = (heights().fold(f64::INFINITY, f64::min), heights().fold(f64::NEG_INFINITY, f64::max));
    (low <= high).then_some((low, high))
}

/// For each face whether it says that it is of this kind; `None` where none does.
fn faces_of_kind(geometry: &Geometry, kind: &str) -> Option<Vec<bool>> {
    let semantics = geometry.semantics.as_ref()?;
    let mut surfaces = Vec::new();
    geometry.boundaries.surfaces(&mut surfaces);
    let mut kinds = Vec::new();
    semantics.values.numbers(&mut kinds);
    let of_kind = |k: Option<usize>| k.and_then(|k| semantics.surfaces.get(k)).is_some_and(|s| s.kind == kind);
    let says: Vec<bool> = kinds.into_iter().map(of_kind).collect();
    (says.len() == surfaces.len() && says.contains(&true)).then_some(says)
}

/// The faces of a geometry that lie on the ground: all of a footprint, else those that say so, else the lowest flat ones.
fn ground(geometry: &Geometry, is_footprint: bool, vertices: &[[f64; 3]], lowest: f64) -> Vec<Polygon> {
    let mut surfaces = Vec::new();
    geometry.boundaries.surfaces(&mut surfaces);
    let says_ground = faces_of_kind(geometry, "GroundSurface");
    let mut polygons = Vec::new();
    for (i, rings) in surfaces.into_iter().enumerate() {
        let corners: Vec<Vec<[f64; 3]>> = rings
            .iter()
            .map(|ring| {
                let mut indices = Vec::new();
                ring.numbers(&mut indices);
                indices.into_iter().flatten().filter_map(|i| vertices.get(i).copied()).collect()
            })
            .collect();
        let on_ground = match &says_ground {
            _ if is_footprint => true,
            Some(says) => says[i],
            None => corners.iter().flatten().all(|v| v[2] <= lowest + GROUND),
        };
        if !on_ground {
            continue;
        }
        let flat = |ring: Vec<[f64; 3]>| open_ring(ring.into_iter().map(|v| [v[0], v[1]] as Rd).collect());
        let polygon: Polygon = corners.into_iter().map(flat).collect();
        // A wall seen from above has no surface.
        if polygon.first().is_some_and(|outer| ring_area(outer).abs() > 0.01) {
            polygons.push(polygon);
        }
    }
    polygons
}
