//! Who publishes the downloads, from the table `[uitgever]` of a municipality's file.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::date::Date;
use crate::fault::{Fault, Result};

/// Who publishes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publisher {
    /// Name of the organisation.
    pub naam: String,
    /// Its IRI, such as that in the register of government organisations (TOOI).
    pub uri: String,
    /// Where questions go.
    pub email: String,
    /// Where the folder of the data set will stand on the web, ending in `/`.
    pub adres: String,
    /// Licence of the downloads: an SPDX id that `data/uitgave.toml` knows.
    pub licentie: String,
    /// The day the data speaks of: `2026-11-24`.
    pub datum: String,
}

#[derive(Deserialize)]
struct File {
    uitgever: Option<Publisher>,
}

impl Publisher {
    /// Reads the table from a file.
    pub fn read(path: &Path) -> Result<Self> {
        let shown = path.display();
        let text = std::fs::read_to_string(path)
            .map_err(|e| Fault::input(format!("{shown}: cannot be read: {e}. Check the path.")))?;
        Self::parse(&text).map_err(|e| e.at(shown))
    }

    /// Reads the table from a text.
    pub fn parse(text: &str) -> Result<Self> {
        let file: File = toml::from_str(text).map_err(|e| {
            let line = e.span().map_or(1, |span| text[..span.start].lines().count().max(1));
            Fault::input(format!("line {line}: {}. Put that line right.", e.message()))
        })?;
        let Some(publisher) = file.uitgever else {
            return Err(Fault::input(
                "there is no table [uitgever]. Give `naam`, `uri`, `email`, `adres`, `licentie` and `datum` in it.",
            ));
        };
        publisher.check()?;
        Ok(publisher)
    }

    /// Whether every field can be what it says.
    pub fn check(&self) -> Result<()> {
        let wrong = |field: &str, found: &str, expected: &str| {
            Err(Fault::input(format!("[uitgever] `{field}` is `{found}`; {expected} is expected.")))
        };
        if self.naam.trim().is_empty() {
            return wrong("naam", &self.naam, "the name of the organisation");
        }
        if !self.uri.starts_with("https://") && !self.uri.starts_with("http://") {
            return wrong("uri", &self.uri, "an address that begins with https://");
        }
        if !self.email.contains('@') || self.email.contains(char::is_whitespace) {
            return wrong("email", &self.email, "an e-mail address");
        }
        if !self.adres.starts_with("https://") || !self.adres.ends_with('/') {
            return wrong("adres", &self.adres, "an address that begins with https:// and ends with /");
        }
        if licence(&self.licentie).is_none() {
            return wrong("licentie", &self.licentie, "one of the licences in data/uitgave.toml");
        }
        let day = Date::parse(&self.datum).is_some_and(|date| date.to_string() == self.datum);
        if day { Ok(()) } else { wrong("datum", &self.datum, "a day such as 2026-11-24") }
    }
}

/// The addresses that stand for licences, themes and rights, as data.
#[derive(Deserialize)]
pub struct Vocabulary {
    licenties: BTreeMap<String, String>,
    /// Themes of the dataset.
    pub themas: Vec<String>,
    /// Who may see it.
    pub toegang: String,
    /// The language.
    pub taal: String,
    /// Types of files by their media type.
    pub bestandstypen: BTreeMap<String, String>,
}

/// The vocabulary of this program.
pub fn vocabulary() -> Option<&'static Vocabulary> {
    static READ: OnceLock<Option<Vocabulary>> = OnceLock::new();
    READ.get_or_init(|| toml::from_str(include_str!("../../../data/uitgave.toml")).ok()).as_ref()
}

/// The address of a licence.
pub fn licence(id: &str) -> Option<&'static str> {
    vocabulary()?.licenties.get(id).map(String::as_str)
}
