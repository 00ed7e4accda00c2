//! A row or feature as its file gives it: named values, whatever the form of the file.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// A value in a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// A number.
    Real(f64),
    /// A text.
    Text(String),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("nothing"),
            Self::Int(n) => n.fmt(f),
            Self::Real(n) => n.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

/// Named values. Names are in lower case: files do not agree on it.
#[derive(Clone, Debug)]
pub struct Record {
    names: Arc<[String]>,
    values: Vec<Value>,
}

impl Record {
    /// A row of a table with these columns.
    pub fn new(names: Arc<[String]>, values: Vec<Value>) -> Self {
        Self { names, values }
    }

    /// The properties of a JSON object. Lists become comma-separated text, as registers write them.
    pub fn from_json(properties: &serde_json::Map<String, serde_json::Value>) -> Self {
        let names = properties.keys().map(|k| k.to_lowercase()).collect();
        Self { names, values: properties.values().map(from_json).collect() }
    }

    /// Whether there is a column with one of these names, filled or not.
    pub fn has(&self, names: &[&str]) -> bool {
        self.names.iter().any(|n| names.contains(&n.as_str()))
    }

    /// The first of these columns that has a value.
    pub fn value(&self, names: &[&str]) -> Option<&Value> {
        names.iter().find_map(|name| {
            let place = self.names.iter().position(|n| n == name)?;
            self.values.get(place).filter(|v| match v {
                Value::Null => false,
                Value::Text(text) => !text.trim().is_empty(),
                Value::Int(_) | Value::Real(_) => true,
            })
        })
    }

    /// As text, without spaces around.
    pub fn text(&self, names: &[&str]) -> Option<Cow<'_, str>> {
        self.value(names).map(|v| match v {
            Value::Text(text) => Cow::Borrowed(text.trim()),
            Value::Int(n) => Cow::Owned(n.to_string()),
            Value::Real(n) => Cow::Owned(n.to_string()),
            Value::Null => Cow::Borrowed(""),
        })
    }

    /// As a number; a decimal comma is read as a point.
    pub fn number(&self, names: &[&str]) -> Option<f64> {
        self.value(names)
            .and_then(|v| match v {
                Value::Int(n) => Some(*n as f64),
                Value::Real(n) => Some(*n),
                Value::Text(text) => text.trim().replace(',', ".").parse().ok(),
                Value::Null => None,
            })
            .filter(|n| n.is_finite())
    }

    /// As a whole number from 0.
    pub fn whole(&self, names: &[&str]) -> Option<u32> {
        self.number(names).filter(|n| n.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(n)).map(|n| n as u32)
    }

    /// All columns with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.names.iter().map(String::as_str).zip(&self.values)
    }
}

fn from_json(value: &serde_json::Value) -> Value {
    use serde_json::Value as Json;
    match value {
        Json::Null | Json::Object(_) => Value::Null,
        Json::Bool(yes) => Value::Text(yes.to_string()),
        Json::Number(n) => n.as_i64().map_or_else(|| n.as_f64().map_or(Value::Null, Value::Real), Value::Int),
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(list) => Value::Text(list.iter().filter_map(|v| v.as_str()).collect::<Vec<_>>().join(",")),
    }
}
