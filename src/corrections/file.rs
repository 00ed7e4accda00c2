//! Corrections as a file: a small JSON object. A file from elsewhere is a stranger's: anything unexpected in it is refused.

use std::fmt::{self, Write as _};

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{Corrections, STEP, UNKNOWN, written};
use crate::error::{Error, Result};
use crate::home::{FactValue, VboId};

/// The form of the file.
const FORM: u32 = 1;
/// The most bytes that a file can have; ours have a few hundred.
pub const LARGEST_FILE: usize = 8_192;

impl Corrections {
    /// The corrections of a home as a file. `version` is that of data and rules, for who reads it.
    pub fn to_file(&self, home: VboId, version: &str) -> String {
        let mut facts = String::new();
        let mut add = |name: &str, value: &str| {
            let comma = if facts.is_empty() { "" } else { "," };
            let _ = write!(facts, "{comma}\n    \"{name}\": {value}");
        };
        for (key, value) in self.facts() {
            match value {
                None => add(key.code(), "null"),
                Some(FactValue::Number(number)) => add(key.code(), &number.to_string()),
                value => add(key.code(), &format!("\"{}\"", written(*value))),
            }
        }
        if let Some(step) = self.step {
            add(STEP, &format!("\"{}\"", step.code()));
        }
        format!(
            "{{\n  \"gasvrij3d\": {FORM},\n  \"woning\": \"{home}\",\n  \"versie\": \"{version}\",\n  \
             \"door_bewoner_ingevuld\": {{{facts}\n  }}\n}}\n"
        )
    }
}

/// Reads a file with corrections: of which home they are, and what they say.
pub fn read(json: &str) -> Result<(VboId, Corrections)> {
    if json.len() > LARGEST_FILE {
        return Err(Error::new(format!("The file has {} bytes; at most {LARGEST_FILE} are expected.", json.len())));
    }
    let file: File = serde_json::from_str(json).map_err(|e| Error::new(format!("The file cannot be read: {e}.")))?;
    if file.form != FORM {
        return Err(Error::new(format!("The file has form {}; form {FORM} is expected.", file.form)));
    }
    Ok((file.home, file.facts.0))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "gasvrij3d")]
    form: u32,
    #[serde(rename = "woning")]
    home: VboId,
    #[serde(rename = "versie")]
    _version: String,
    #[serde(rename = "door_bewoner_ingevuld")]
    facts: FactsOfFile,
}

struct FactsOfFile(Corrections);

impl<'de> Deserialize<'de> for FactsOfFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_map(FactsVisitor)
    }
}

struct FactsVisitor;

impl<'de> Visitor<'de> for FactsVisitor {
    type Value = FactsOfFile;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with facts of a home")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<FactsOfFile, A::Error> {
        let mut corrections = Corrections::default();
        while let Some(name) = map.next_key::<String>()? {
            let given: Given = map.next_value()?;
            let before = corrections.count();
            let taken = corrections.set_named(&name, &given.0);
            if taken.is_err() || corrections.count() == before {
                let why =
                    format!("`{name}` is no fact that a resident gives, has an impossible value, or stands twice");
                return Err(serde::de::Error::custom(why));
            }
        }
        Ok(FactsOfFile(corrections))
    }
}

/// A text, a number or nothing, as the text that stands for it.
struct Given(String);

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_any(GivenVisitor)
    }
}

struct GivenVisitor;

impl Visitor<'_> for GivenVisitor {
    type Value = Given;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a code, a number or null")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> std::result::Result<Given, E> {
        // In a file a number is a number, and "not known" is null.
        if text.bytes().next().is_none_or(|b| b.is_ascii_digit() && text != "2KAP" || b == b'-') {
            return Err(E::custom(format!("`{text}` is no code")));
        }
        Ok(Given(text.to_owned()))
    }

    fn visit_f64<E>(self, number: f64) -> std::result::Result<Given, E> {
        Ok(Given(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> std::result::Result<Given, E> {
        Ok(Given(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> std::result::Result<Given, E> {
        Ok(Given(number.to_string()))
    }

    fn visit_unit<E>(self) -> std::result::Result<Given, E> {
        Ok(Given(UNKNOWN.to_owned()))
    }
}
