//! Mapbox Vector Tile 2.1: layers of features with an id, a geometry and attributes.

use std::collections::HashMap;

use super::pbf::{Field, Reader, put_bytes, put_packed, put_uint, put_varint, unzigzag, zigzag};
use super::{Point, Polygon};
use crate::error::{Error, Result};
use crate::geo::{EXTENT, ring_area2};

/// An attribute's value. Numbers that are whole and not negative are stored as such.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A whole number from 0.
    Uint(u64),
    /// Any number.
    Double(f64),
    /// Yes or no.
    Bool(bool),
}

/// A feature's shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Geometry {
    /// One point.
    Point(Point),
    /// One line.
    Line(Vec<Point>),
    /// Polygons, rings without the closing point.
    Polygons(Vec<Polygon>),
}

/// Builds a layer: dictionaries of keys and values, features in the order given.
pub struct LayerWriter {
    name: &'static str,
    features: Vec<u8>,
    keys: Vec<&'static str>,
    key_index: HashMap<&'static str, u32>,
    values: Vec<u8>,
    value_index: HashMap<Vec<u8>, u32>,
    any: bool,
}

impl LayerWriter {
    /// An empty layer.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            features: Vec::new(),
            keys: Vec::new(),
            key_index: HashMap::new(),
            values: Vec::new(),
            value_index: HashMap::new(),
            any: false,
        }
    }

    fn tag(&mut self, key: &'static str, value: &Value, tags: &mut Vec<u32>) {
        let keys = &mut self.keys;
        let key_index = *self.key_index.entry(key).or_insert_with(|| {
            keys.push(key);
            keys.len() as u32 - 1
        });
        let mut encoded = Vec::new();
        match value {
            Value::Text(text) => put_bytes(&mut encoded, 1, text.as_bytes()),
            Value::Double(number) => {
                put_varint(&mut encoded, 3 << 3 | 1);
                encoded.extend_from_slice(&number.to_le_bytes());
            }
            Value::Uint(number) => put_uint(&mut encoded, 5, *number),
            Value::Bool(yes) => put_uint(&mut encoded, 7, u64::from(*yes)),
        }
        let next = self.value_index.len() as u32;
        let values = &mut self.values;
        let value_index = *self.value_index.entry(encoded).or_insert_with_key(|encoded| {
            put_bytes(values, 4, encoded);
            next
        });
        tags.extend([key_index, value_index]);
    }

    /// Adds a feature.
    pub fn push(&mut self, id: Option<u64>, tags: &[(&'static str, Value)], geometry: &Geometry) {
        let mut tag_indices = Vec::with_capacity(tags.len() * 2);
        for (key, value) in tags {
            self.tag(key, value, &mut tag_indices);
        }
        let mut feature = Vec::new();
        if let Some(id) = id {
            put_uint(&mut feature, 1, id);
        }
        if !tag_indices.is_empty() {
            put_packed(&mut feature, 2, &tag_indices);
        }
        let (kind, commands) = commands(geometry);
        put_uint(&mut feature, 3, kind);
        put_packed(&mut feature, 4, &commands);
        put_bytes(&mut self.features, 2, &feature);
        self.any = true;
    }

    /// Appends the layer to a tile. An empty layer is left out, as the standard asks.
    pub fn finish(self, tile: &mut Vec<u8>) {
        if !self.any {
            return;
        }
        let mut layer = Vec::with_capacity(self.features.len() + self.values.len() + 256);
        put_bytes(&mut layer, 1, self.name.as_bytes());
        layer.extend_from_slice(&self.features);
        for key in &self.keys {
            put_bytes(&mut layer, 3, key.as_bytes());
        }
        layer.extend_from_slice(&self.values);
        put_uint(&mut layer, 5, u64::from(EXTENT));
        put_uint(&mut layer, 15, 2);
        put_bytes(tile, 3, &layer);
    }
}

const MOVE_TO: u32 = 1;
const LINE_TO: u32 = 2;
const CLOSE: u32 = 7;

fn commands(geometry: &Geometry) -> (u64, Vec<u32>) {
    let mut out = Vec::new();
    let mut cursor = [0, 0];
    let step = |out: &mut Vec<u32>, cursor: &mut Point, p: &Point| {
        out.extend([zigzag(p[0].wrapping_sub(cursor[0])), zigzag(p[1].wrapping_sub(cursor[1]))]);
        *cursor = *p;
    };
    let path = |out: &mut Vec<u32>, cursor: &mut Point, points: &mut dyn ExactSizeIterator<Item = &Point>| {
        let count = points.len() as u32;
        for (i, p) in points.enumerate() {
            match i {
                0 => out.push(MOVE_TO | 1 << 3),
                1 => out.push(LINE_TO | (count - 1) << 3),
                _ => {}
            }
            step(out, cursor, p);
        }
    };
    let kind = match geometry {
        Geometry::Point(p) => {
            path(&mut out, &mut cursor, &mut std::iter::once(p));
            1
        }
        Geometry::Line(line) => {
            path(&mut out, &mut cursor, &mut line.iter());
            2
        }
        Geometry::Polygons(polygons) => {
            for polygon in polygons {
                for (i, ring) in polygon.iter().enumerate() {
                    // Outer rings have positive area with y downwards, holes negative.
                    if (ring_area2(ring) > 0) == (i == 0) {
                        path(&mut out, &mut cursor, &mut ring.iter());
                    } else {
                        path(&mut out, &mut cursor, &mut ring.iter().rev());
                    }
                    out.push(CLOSE | 1 << 3);
                }
            }
            3
        }
    };
    (kind, out)
}

/// A layer that was read.
pub struct Layer<'a> {
    /// Its name.
    pub name: &'a str,
    /// Units along a side.
    pub extent: u32,
    keys: Vec<&'a str>,
    values: Vec<ValueRef<'a>>,
    features: Vec<Reader<'a>>,
}

/// A value that was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ValueRef<'a> {
    /// Text.
    Text(&'a str),
    /// A whole number.
    Int(i64),
    /// Any number.
    Double(f64),
    /// Yes or no.
    Bool(bool),
}

impl<'a> ValueRef<'a> {
    /// The text, if it is one.
    pub fn text(self) -> Option<&'a str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The number, if it is one.
    pub fn number(self) -> Option<f64> {
        match self {
            Self::Int(n) => Some(n as f64),
            Self::Double(n) => Some(n),
            Self::Text(_) | Self::Bool(_) => None,
        }
    }

    /// The whole number, if it is one that fits.
    pub fn whole<T: TryFrom<i64>>(self) -> Option<T> {
        if let Self::Int(n) = self { T::try_from(n).ok() } else { None }
    }
}

/// A feature that was read.
pub struct Feature<'a> {
    /// Its id.
    pub id: Option<u64>,
    /// Its attributes.
    pub tags: Vec<(&'a str, ValueRef<'a>)>,
    /// Its shape.
    pub geometry: Geometry,
}

impl<'a> Feature<'a> {
    /// The attribute with this name.
    pub fn tag(&self, key: &str) -> Option<ValueRef<'a>> {
        self.tags.iter().find(|(k, _)| *k == key).map(|(_, v)| *v)
    }
}

fn text(bytes: &[u8]) -> Result<&str> {
    std::str::from_utf8(bytes).map_err(|_| Error::new("the tile holds text that is not UTF-8"))
}

/// Reads the layers of a tile.
pub fn layers(bytes: &[u8]) -> Result<Vec<Layer<'_>>> {
    let mut layers = Vec::new();
    let mut tile = Reader::new(bytes);
    while let Some((number, field)) = tile.field()? {
        if let (3, Field::Bytes(layer)) = (number, field) {
            layers.push(Layer::read(layer)?);
        }
    }
    Ok(layers)
}

impl<'a> Layer<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self> {
        let mut layer = Self { name: "", extent: 4096, keys: Vec::new(), values: Vec::new(), features: Vec::new() };
        let mut reader = Reader::new(bytes);
        while let Some((number, field)) = reader.field()? {
            match (number, field) {
                (1, Field::Bytes(name)) => layer.name = text(name)?,
                (2, Field::Bytes(feature)) => layer.features.push(Reader::new(feature)),
                (3, Field::Bytes(key)) => layer.keys.push(text(key)?),
                (4, Field::Bytes(value)) => layer.values.push(read_value(value)?),
                (5, Field::Varint(extent)) => layer.extent = extent as u32,
                _ => {}
            }
        }
        Ok(layer)
    }

    /// Number of features.
    pub const fn len(&self) -> usize {
        self.features.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// Reads the features, in order.
    pub fn features(&self) -> impl Iterator<Item = Result<Feature<'a>>> + '_ {
        self.features.iter().map(|reader| self.read_feature(*reader))
    }

    /// Reads the feature in this place, if there is one.
    pub fn feature(&self, place: usize) -> Option<Result<Feature<'a>>> {
        self.features.get(place).map(|reader| self.read_feature(*reader))
    }

    fn read_feature(&self, mut reader: Reader<'a>) -> Result<Feature<'a>> {
        let (mut id, mut tags, mut kind, mut shape) = (None, Vec::new(), 0, &[][..]);
        while let Some((number, field)) = reader.field()? {
            match (number, field) {
                (1, Field::Varint(v)) => id = Some(v),
                (2, Field::Bytes(packed)) => {
                    tags.reserve(packed.len() / 2);
                    let mut packed = Reader::new(packed);
                    while !packed.is_empty() {
                        let key = self.keys.get(packed.varint()? as usize);
                        let value = self.values.get(packed.varint()? as usize);
                        let (Some(&key), Some(&value)) = (key, value) else {
                            return Err(Error::new("the tile names an attribute that it does not hold"));
                        };
                        tags.push((key, value));
                    }
                }
                (3, Field::Varint(v)) => kind = v,
                (4, Field::Bytes(packed)) => shape = packed,
                _ => {}
            }
        }
        Ok(Feature { id, tags, geometry: read_geometry(kind, shape)? })
    }
}

fn read_value(bytes: &[u8]) -> Result<ValueRef<'_>> {
    let mut reader = Reader::new(bytes);
    let mut value = None;
    while let Some((number, field)) = reader.field()? {
        value = Some(match (number, field) {
            (1, Field::Bytes(bytes)) => ValueRef::Text(text(bytes)?),
            (2, Field::Fixed32(bytes)) => ValueRef::Double(f64::from(f32::from_le_bytes(bytes))),
            (3, Field::Fixed64(bytes)) => ValueRef::Double(f64::from_le_bytes(bytes)),
            (4 | 5, Field::Varint(v)) => ValueRef::Int(v.cast_signed()),
            (6, Field::Varint(v)) => ValueRef::Int((v >> 1).cast_signed() ^ -((v & 1).cast_signed())),
            (7, Field::Varint(v)) => ValueRef::Bool(v != 0),
            _ => continue,
        });
    }
    value.ok_or_else(|| Error::new("the tile holds an attribute without a value"))
}

fn read_geometry(kind: u64, packed: &[u8]) -> Result<Geometry> {
    let mut paths: Vec<Vec<Point>> = Vec::new();
    let mut cursor: Point = [0, 0];
    let mut reader = Reader::new(packed);
    while !reader.is_empty() {
        let command = reader.varint()?;
        match command & 7 {
            1 | 2 => {
                for _ in 0..command >> 3 {
                    let dx = unzigzag(reader.varint()? as u32);
                    let dy = unzigzag(reader.varint()? as u32);
                    cursor = [cursor[0].wrapping_add(dx), cursor[1].wrapping_add(dy)];
                    match paths.last_mut() {
                        Some(path) if command & 7 == 2 => path.push(cursor),
                        _ => paths.push(vec![cursor]),
                    }
                }
            }
            7 => {}
            other => return Err(Error::new(format!("the tile holds an unknown drawing command {other}"))),
        }
    }
    let first = || paths.first().cloned().ok_or_else(|| Error::new("the tile holds a feature without a shape"));
    match kind {
        1 => Ok(Geometry::Point(first()?[0])),
        2 => Ok(Geometry::Line(first()?)),
        3 => {
            let mut polygons: Vec<Polygon> = Vec::new();
            for ring in paths {
                match polygons.last_mut() {
                    Some(polygon) if ring_area2(&ring) < 0 => polygon.push(ring),
                    _ => polygons.push(vec![ring]),
                }
            }
            Ok(Geometry::Polygons(polygons))
        }
        other => Err(Error::new(format!("the tile holds a feature of unknown kind {other}"))),
    }
}
