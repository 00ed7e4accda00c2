//! A home in the interchange form: one JSON object, with what is not understood left out as "not known".

use std::borrow::Cow;
use std::fmt;

use gasvrij3d::home::{FactKey, Facts};
use gasvrij3d::rules::rules;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

const FACTS: usize = FactKey::ALL.len();

/// One home. A fact of another type than its own, or with a code that does not exist, is not known.
#[derive(Debug)]
pub struct Record<'a> {
    /// The id as it stood there, quotes included.
    pub id: &'a str,
    /// The year of evaluation.
    pub year: f64,
    /// The facts that stood there in a form that is not theirs, and so count as not known.
    pub faults: Vec<&'static str>,
    places: [u8; FACTS],
    numbers: [Option<f64>; FACTS],
}

impl<'a> Record<'a> {
    /// Reads a line. The error is a sentence.
    pub fn parse(line: &'a str) -> Result<Self, String> {
        let Raw(read) = serde_json::from_str(line).map_err(|e| match e.classify() {
            serde_json::error::Category::Data => "not a JSON object; one with an `id` is expected".to_owned(),
            _ => format!("not valid JSON at character {}; a JSON object with an `id` is expected", e.column()),
        })?;
        match read.id {
            "" => Err("it has no `id`; a text is expected".to_owned()),
            text if text.starts_with('"') => Ok(read),
            _ => Err("its `id` is not a text".to_owned()),
        }
    }

    fn take(&mut self, key: &str, value: &'a str) {
        match key {
            "id" => self.id = value,
            "jaar" => {
                let year = whole(value);
                if year.is_none() && value != "null" {
                    self.faults.push("jaar");
                }
                self.year = year.unwrap_or(f64::from(rules().year()));
            }
            _ => {
                if let Some(key) = FactKey::from_code(key) {
                    self.fact(key, value);
                }
            }
        }
    }

    /// The last of two values with one key counts, also where it is not understood.
    fn fact(&mut self, key: FactKey, value: &str) {
        let (mut place, mut number) = (None, None);
        if key.is_yes_no() {
            place = ["false", "true"].iter().position(|word| *word == value);
        } else if key.codes().is_empty() {
            number = if is_whole(key) { whole(value) } else { any_number(value) };
        } else if value.starts_with('"') {
            let code = serde_json::from_str::<Cow<'_, str>>(value).ok();
            place = code.and_then(|code| key.codes().iter().position(|known| *known == code));
        }
        if place.is_none() && number.is_none() && value != "null" {
            self.faults.push(key.code());
        }
        self.places[key as usize] = place.map_or(0, |at| at as u8 + 1);
        self.numbers[key as usize] = number;
    }
}

impl Facts for Record<'_> {
    fn place(&self, key: FactKey) -> usize {
        usize::from(self.places[key as usize])
    }

    fn number(&self, key: FactKey) -> Option<f64> {
        self.numbers[key as usize]
    }
}

/// Facts that are counted: a number with a fraction or an exponent is not one of theirs.
const fn is_whole(key: FactKey) -> bool {
    use FactKey::{AangewezenJaar, Bj, ClusterHomes, NetStart, Nvbo};
    matches!(key, Bj | Nvbo | NetStart | AangewezenJaar | ClusterHomes)
}

fn whole(value: &str) -> Option<f64> {
    any_number(value).filter(|_| !value.contains(['.', 'e', 'E']))
}

fn any_number(value: &str) -> Option<f64> {
    value.starts_with(|c: char| c == '-' || c.is_ascii_digit()).then(|| value.parse().ok()).flatten()
}

struct Raw<'a>(Record<'a>);

impl<'de> Deserialize<'de> for Raw<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;

        impl<'de> Visitor<'de> for Keys {
            type Value = Record<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record<'de>, A::Error> {
                let mut record = Record {
                    id: "",
                    year: f64::from(rules().year()),
                    faults: Vec::new(),
                    places: [0; FACTS],
                    numbers: [None; FACTS],
                };
                while let Some(key) = map.next_key::<&RawValue>()? {
                    let value = map.next_value::<&RawValue>()?;
                    // A key that is no text of ours, with an odd escape in it, names nothing we know.
                    if let Ok(key) = serde_json::from_str::<Cow<'_, str>>(key.get()) {
                        record.take(&key, value.get());
                    }
                }
                Ok(record)
            }
        }

        deserializer.deserialize_map(Keys).map(Raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_of_another_type_or_with_an_unknown_code_is_not_known() {
        let line = r#"{"id":"x","bj":1935.0,"nvbo":1e2,"typ":"FLAT-L","lab":"a","q":"52","own":null,"mon":7,"gw_bescherming":"ja"}"#;
        let record = Record::parse(line).unwrap();
        for key in FactKey::ALL {
            assert_eq!((record.place(*key), record.number(*key)), (0, None), "{}", key.code());
        }
        assert_eq!(record.faults, ["bj", "nvbo", "typ", "lab", "q", "mon", "gw_bescherming"]);
    }

    #[test]
    fn facts_of_their_own_type_are_read() {
        let record =
            Record::parse(r#"{"bj":1935,"q":52,"std":6.1e1,"typ":"FLAT","gw_bescherming":true,"id":"x","jaar":2030}"#);
        let record = record.unwrap();
        assert_eq!(record.number(FactKey::Bj), Some(1935.0));
        assert_eq!((record.number(FactKey::Q), record.number(FactKey::Std)), (Some(52.0), Some(61.0)));
        assert_eq!((record.place(FactKey::Typ), record.place(FactKey::GwBescherming)), (5, 2));
        assert_eq!((record.id, record.year.to_string()), (r#""x""#, "2030".to_owned()));
    }

    #[test]
    fn the_last_of_two_values_counts_also_where_it_is_not_understood() {
        let record = Record::parse(r#"{"id":"x","bj":1935,"bj":"oud","jaar":2040,"jaar":null}"#).unwrap();
        assert_eq!((record.number(FactKey::Bj), record.year.to_string()), (None, "2026".to_owned()));
    }

    #[test]
    fn a_line_that_is_no_record_says_why() {
        let fault = |line: &str| Record::parse(line).unwrap_err();
        assert!(fault("[1]").contains("not a JSON object"));
        assert!(fault("{\"id\":").contains("not valid JSON") && fault("{}").contains("no `id`"));
        assert!(fault(r#"{"id":7}"#).contains("not a text"));
    }
}
