//! What is known of a source: its licence and how its owner wants to be named. From the command line, from a file
//! `<file>.bron.toml` beside the data, or from the forms that are recognised (`data/bronnen.toml`).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use gasvrij3d::home::FactKey;
use gasvrij3d::manifest::Source;
use serde::Deserialize;

use crate::fault::{Fault, Result};
use crate::read::{self, Origin, file_name};

/// What is shown where nobody said it: a person must see that it is missing.
const NOT_GIVEN: &str = "niet opgegeven";

/// What a person says about a source. Every part may be missing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// The id that facts refer to.
    pub id: Option<String>,
    /// For people.
    #[serde(alias = "naam")]
    pub name: Option<String>,
    /// Licence.
    #[serde(alias = "licentie")]
    pub licence: Option<String>,
    /// As its owner wants to be named.
    #[serde(alias = "naamsvermelding")]
    pub attribution: Option<String>,
    /// The date the data speaks of.
    #[serde(alias = "datum")]
    pub date: Option<String>,
    /// Facts that this source guesses.
    #[serde(default, alias = "geschat")]
    pub estimated: Vec<String>,
    /// What `prep fetch` noted; its other words are for people.
    pub ophalen: Option<Fetched>,
}

/// What `prep fetch` noted of a file.
#[derive(Clone, Debug, Deserialize)]
pub struct Fetched {
    /// Of the file as it came.
    sha256: String,
}

#[derive(Deserialize)]
struct Known {
    naam: String,
    licentie: String,
    naamsvermelding: String,
}

impl Said {
    /// Reads `FILE: key=value; key=value`, as on the command line.
    pub fn parse(text: &str) -> std::result::Result<(String, Self), String> {
        let form = "`FILE: id=...; name=...; licence=...; attribution=...; date=...; estimated=bj,area_m2` is expected";
        let (file, rest) = text.split_once(':').ok_or(form)?;
        let mut table = toml::Table::new();
        for pair in rest.split(';').map(str::trim).filter(|p| !p.is_empty()) {
            let (key, value) = pair.split_once('=').ok_or_else(|| format!("`{pair}` has no `=`; {form}"))?;
            let value = match key.trim() {
                "estimated" => {
                    toml::Value::Array(value.split(',').map(|v| toml::Value::String(v.trim().to_owned())).collect())
                }
                _ => toml::Value::String(value.trim().to_owned()),
            };
            table.insert(key.trim().to_owned(), value);
        }
        let said = Self::deserialize(table).map_err(|e| format!("{}; {form}", e.message()))?;
        Ok((file.trim().to_owned(), said))
    }

    /// Reads the file beside the data, where there is one.
    pub fn beside(path: &Path) -> Result<Option<Self>> {
        let mut name = path.as_os_str().to_owned();
        name.push(".bron.toml");
        let about = Path::new(&name);
        let Ok(text) = fs::read_to_string(about) else { return Ok(None) };
        let said: Self = toml::from_str(&text)
            .map_err(|e| Fault::input(format!("{}: {}. Put that line right.", file_name(about), e.message())))?;
        if let Some(fetched) = &said.ophalen
            && read::sha256_of(path)? != fetched.sha256
        {
            return Err(Fault::input(format!(
                "{}: this is not the file that was fetched (another SHA-256 than in {}). Fetch it again, or remove the \
                     table [ophalen] there if the change is meant.",
                file_name(path),
                file_name(about)
            )));
        }
        Ok(Some(said))
    }

    /// Whose facts these are, for the reader.
    pub fn origin(&self, path: &Path) -> Result<Origin> {
        let id = self.id.clone().unwrap_or_else(|| slug(&file_name(path)));
        if id.is_empty() || id != slug(&id) {
            return Err(Fault::input(format!(
                "{}: the source id `{id}` must be lower-case letters, digits and dashes. Give another with --source.",
                file_name(path)
            )));
        }
        let mut estimated = BTreeSet::new();
        for key in &self.estimated {
            let Some(key) = FactKey::from_code(key) else {
                return Err(Fault::input(format!(
                    "{}: `{key}` is not a fact. Use the keys of the interchange record, such as bj or area_m2.",
                    file_name(path)
                )));
            };
            estimated.insert(key);
        }
        Ok(Origin { id, estimated })
    }

    /// The source as the manifest names it.
    pub fn source(&self, origin: &Origin, path: &Path, sha256: String, known_as: Option<&str>) -> Source {
        let known = known_as.and_then(known);
        let or_known = |said: &Option<String>, part: fn(&Known) -> &String, fallback: &str| {
            said.clone().or_else(|| known.as_ref().map(|k| part(k).clone())).unwrap_or_else(|| fallback.to_owned())
        };
        Source {
            id: origin.id.clone(),
            name: or_known(&self.name, |k| &k.naam, &file_name(path)),
            attribution: or_known(&self.attribution, |k| &k.naamsvermelding, NOT_GIVEN),
            licence: or_known(&self.licence, |k| &k.licentie, NOT_GIVEN),
            date: self.date.clone().unwrap_or_default(),
            file: file_name(path),
            sha256,
        }
    }
}

fn known(name: &str) -> Option<Known> {
    let mut all: BTreeMap<String, toml::Value> = toml::from_str(include_str!("../../../data/bronnen.toml")).ok()?;
    all.remove(name)?.try_into().ok()
}

/// A file's name as an id: `Haarlem (2021).gpkg.zip` is `haarlem-2021`.
fn slug(name: &str) -> String {
    let stem = name.split('.').find(|part| !part.is_empty()).unwrap_or_default();
    let mut id = String::new();
    for c in stem.to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_source_is_told_on_one_line() {
        let (file, said) = Said::parse(
            "haarlem.gpkg.zip: id=osm; licence=ODbL-1.0; attribution=(c) OpenStreetMap contributors; estimated=bj",
        )
        .unwrap();
        let path = Path::new("/data/haarlem.gpkg.zip");
        let origin = said.origin(path).unwrap();
        assert_eq!((file.as_str(), origin.id.as_str()), ("haarlem.gpkg.zip", "osm"));
        assert!(origin.estimated.contains(&FactKey::Bj));
        assert_eq!(said.source(&origin, path, String::new(), None).attribution, "(c) OpenStreetMap contributors");
        assert!(Said::parse("haarlem.gpkg: license=x").unwrap_err().contains("license"));
    }

    #[test]
    fn a_source_that_nobody_described_says_so_unless_its_form_is_known() {
        let path = Path::new("Delft (2024).city.jsonl.zip");
        let said = Said::default();
        let origin = said.origin(path).unwrap();
        assert_eq!(origin.id, "delft-2024");
        assert_eq!(said.source(&origin, path, String::new(), None).licence, "niet opgegeven");
        assert_eq!(said.source(&origin, path, String::new(), Some("3dbag")).licence, "CC-BY-4.0");
        assert_eq!(said.source(&origin, path, String::new(), Some("bag")).name, "BAG");
    }
}
