//! Corrections as a file: a small JSON object. A file from elsewhere is a stranger's: anything unexpected in it is refused.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::{Corrections, STEP, UNKNOWN, number, written};
use crate::error::{Error, Result};
use crate::home::{FactValue, VboId};
use crate::json::Json;

/// The fields of the file.
const NAMES: [&str; 4] = ["gasvrij3d", "woning", "versie", "door_bewoner_ingevuld"];
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
                Some(FactValue::Number(number)) => add(key.code(), &written(Some(FactValue::Number(*number)))),
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
    parse(json).map_err(|e| Error::new(format!("The file cannot be read: {e}.")))
}

fn parse(json: &str) -> Result<(VboId, Corrections)> {
    let file = Json::parse(json.as_bytes())?;
    let names: Vec<&str> = fields(&file)?.iter().map(|(name, _)| name.as_ref()).collect();
    if names.len() != NAMES.len() || NAMES.iter().any(|name| !names.contains(name)) {
        return Err(Error::new(format!("its fields are not {}", NAMES.join(", "))));
    }
    let form: u32 = file.whole(NAMES[0])?;
    if form != FORM {
        return Err(Error::new(format!("it has form {form}; form {FORM} is expected")));
    }
    file.text(NAMES[2])?;
    let home = file.text(NAMES[1])?.parse().map_err(|_| Error::new("`woning` has no 16 digits"))?;
    let mut corrections = Corrections::default();
    for (name, value) in fields(file.field(NAMES[3])?)? {
        let before = corrections.count();
        let taken = given(value).is_some_and(|text| corrections.set_named(name, &text).is_ok());
        if !taken || corrections.count() == before {
            let why = "a fact in it is none that a resident gives, has an impossible value, or stands twice";
            return Err(Error::new(why));
        }
    }
    Ok((home, corrections))
}

fn fields<'a, 't>(value: &'a Json<'t>) -> Result<&'a [(Cow<'t, str>, Json<'t>)]> {
    match value {
        Json::Object(fields) => Ok(fields),
        _ => Err(Error::new("an object is expected")),
    }
}

/// The text that stands for a value. In a file a number is a number, and "not known" is null.
fn given(value: &Json) -> Option<String> {
    match value {
        Json::Word("null") => Some(UNKNOWN.to_owned()),
        Json::Number(number) => Some(written(Some(FactValue::Number(*number)))),
        Json::Text(text) if number(text).is_none() && text != UNKNOWN => Some(text.clone().into_owned()),
        _ => None,
    }
}
