//! The ways to what a JSON file says, found without holding the file as a tree: a download has as many objects as a town.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::allowlist::{FileRule, least};

/// The ways, each as the names on it with dots between, without the places in lists.
#[derive(Debug, Default)]
pub struct Ways {
    /// To values.
    pub values: BTreeSet<String>,
    /// To lists with nothing in them, of values or of objects.
    pub empty: BTreeSet<String>,
    /// The first count that is too small to be told.
    pub small: Option<(String, f64)>,
}

impl Ways {
    /// Of a file.
    pub fn of(bytes: &[u8], rule: &FileRule) -> serde_json::Result<Self> {
        let mut ways = Self::default();
        let mut reader = serde_json::Deserializer::from_slice(bytes);
        Walk { way: &mut String::new(), ways: &mut ways, rule }.deserialize(&mut reader)?;
        reader.end()?;
        Ok(ways)
    }
}

/// What stood at the end of a way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Met {
    Value,
    Object,
    EmptyList,
    Objects,
}

struct Walk<'a> {
    way: &'a mut String,
    ways: &'a mut Ways,
    rule: &'a FileRule,
}

impl Walk<'_> {
    fn again(&mut self) -> Walk<'_> {
        Walk { way: self.way, ways: self.ways, rule: self.rule }
    }

    fn number(&mut self, number: f64) -> Met {
        let small = number > 0.0 && number < f64::from(least());
        if small && self.ways.small.is_none() && self.rule.is_count(self.way) {
            self.ways.small = Some((self.way.clone(), number));
        }
        Met::Value
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = Met;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Met, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = Met;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut fields: A) -> Result<Met, A::Error> {
        while let Some(name) = fields.next_key::<String>()? {
            let length = self.way.len();
            if length > 0 {
                self.way.push('.');
            }
            self.way.push_str(&name);
            let met = fields.next_value_seed(self.again())?;
            let ways = match met {
                Met::Value => Some(&mut self.ways.values),
                Met::EmptyList => Some(&mut self.ways.empty),
                Met::Object | Met::Objects => None,
            };
            if let Some(ways) = ways.filter(|ways| !ways.contains(self.way.as_str())) {
                ways.insert(self.way.clone());
            }
            self.way.truncate(length);
        }
        Ok(Met::Object)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Met, A::Error> {
        let mut met = Met::EmptyList;
        while let Some(item) = items.next_element_seed(self.again())? {
            // A list of objects is not a value itself.
            met = if item == Met::Object && met != Met::Value { Met::Objects } else { Met::Value };
        }
        Ok(met)
    }

    fn visit_u64<E>(mut self, n: u64) -> Result<Met, E> {
        Ok(self.number(n as f64))
    }

    fn visit_i64<E>(mut self, n: i64) -> Result<Met, E> {
        Ok(self.number(n as f64))
    }

    fn visit_f64<E>(mut self, n: f64) -> Result<Met, E> {
        Ok(self.number(n))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Met, E> {
        Ok(Met::Value)
    }

    fn visit_str<E>(self, _: &str) -> Result<Met, E> {
        Ok(Met::Value)
    }

    fn visit_unit<E>(self) -> Result<Met, E> {
        Ok(Met::Value)
    }
}
