//! What a data set is made of, from `data/<municipality>.toml` or from the command line: one form for both.

use std::fs;
use std::path::{Path, PathBuf};

use gasvrij3d::manifest::{Contact, Notice};
use serde::Deserialize;
use toml::Spanned;

use crate::date::Date;
use crate::fault::{Fault, Result};
use crate::kind::SourceKind;
use crate::publisher::Publisher;
use crate::read::{Crs, file_name};
use crate::sources::Said;

/// What to make, and of what.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Name of the municipality; otherwise the one in the layer gemeente.
    pub name: Option<String>,
    /// Its code, such as GM0392.
    pub code: Option<String>,
    /// Folder for the data set.
    pub out: PathBuf,
    /// Coordinate system of files that do not say it.
    pub crs: Option<Crs>,
    /// The day the data set speaks of: ages are told and labels are valid as of this day.
    pub reference: Option<Date>,
    /// What every screen must say.
    pub notice: Notice,
    /// Whom a resident can speak to.
    pub contact: Contact,
    /// What may be shown of a home.
    pub allowed: Allowed,
    /// Who publishes downloads; `None` where none are made.
    pub publisher: Option<Publisher>,
    /// The folder of an earlier data set, to tell what changed in the plans since.
    pub previous: Option<PathBuf>,
    /// The files.
    pub files: Vec<SourceFile>,
}

/// What may be shown of a home beyond what is public.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allowed {
    /// Who owns it. The privacy officer of the municipality decides.
    pub ownership: bool,
}

/// A file to read.
#[derive(Clone, Debug, Default)]
pub struct SourceFile {
    /// Where it is.
    pub path: PathBuf,
    /// What it is about; `None` where the form of the file has to tell.
    pub kind: Option<SourceKind>,
    /// What is said of its source.
    pub said: Said,
    /// Where this was said: `haarlem.toml line 12`, or empty.
    pub at: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    gemeente: Municipality,
    uit: PathBuf,
    #[serde(default)]
    vorige: Option<PathBuf>,
    #[serde(default)]
    crs: Option<Spanned<u32>>,
    #[serde(default)]
    peildatum: Option<Spanned<String>>,
    #[serde(default)]
    loket: Option<Spanned<Desk>>,
    #[serde(default)]
    mag: Permitted,
    #[serde(default)]
    bron: Vec<Source>,
    // Read by `prep fetch`.
    #[serde(default, rename = "ophalen")]
    _fetch: Option<toml::Table>,
    #[serde(default)]
    uitgever: Option<Spanned<Publisher>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Municipality {
    naam: String,
    code: Spanned<String>,
    #[serde(default)]
    melding_nl: String,
    #[serde(default)]
    melding_en: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Desk {
    naam: String,
    telefoon: String,
    email: String,
    pagina: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Permitted {
    #[serde(default)]
    eigendom: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    soort: Spanned<String>,
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    naam: Option<String>,
    bestanden: Spanned<Vec<Spanned<PathBuf>>>,
    datum: Spanned<String>,
    licentie: String,
    naamsvermelding: String,
    #[serde(default)]
    geschat: Vec<String>,
}

/// The text of a configuration, to say where in it something stands.
struct Text<'a> {
    name: String,
    text: &'a str,
}

impl Text<'_> {
    fn at(&self, offset: usize) -> String {
        let line = self.text.get(..offset).map_or(1, |before| before.matches('\n').count() + 1);
        format!("{} line {line}", self.name)
    }

    fn fault<T>(&self, value: &Spanned<T>, sentence: impl std::fmt::Display) -> Fault {
        Fault::input(format!("{}: {sentence}", self.at(value.span().start)))
    }
}

impl Config {
    /// Reads a configuration. Paths in it are relative to it.
    pub fn read(path: &Path) -> Result<Self> {
        let name = file_name(path);
        let text = fs::read_to_string(path).map_err(|e| {
            Fault::input(format!("{name}: cannot be read: {e}. Check the path and the rights on the file."))
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let config = Self::parse(&name, &text, folder)?;
        if let Some(file) = config.files.iter().find(|f| !f.path.is_file()) {
            return Err(Fault::input(format!(
                "{}: {} is not there. Fetch it, or put the path right; it is relative to {name}.",
                file.at,
                file.path.display()
            )));
        }
        Ok(config)
    }

    fn parse(name: &str, text: &str, folder: &Path) -> Result<Self> {
        let place = Text { name: name.to_owned(), text };
        let file: File = toml::from_str(text).map_err(|e| {
            let at = place.at(e.span().map_or(0, |span| span.start));
            Fault::input(format!("{at}: {}. data/voorbeeld.toml shows all keys.", e.message().replace('\n', " ")))
        })?;
        let code = file.gemeente.code.get_ref();
        if code.len() != 6 || !code.starts_with("GM") || !code[2..].bytes().all(|b| b.is_ascii_digit()) {
            return Err(place.fault(
                &file.gemeente.code,
                format!("`{code}` is no code of a municipality; GM and four digits are expected."),
            ));
        }
        let crs = match &file.crs {
            Some(crs) => Some(Crs::parse(&crs.get_ref().to_string()).ok_or_else(|| {
                place.fault(
                    crs,
                    format!(
                        "coordinate system {} is not read; 28992 (RD New) or 4326 (WGS 84) is expected.",
                        crs.get_ref()
                    ),
                )
            })?),
            None => None,
        };
        let reference = match &file.peildatum {
            Some(day) => Some(Date::parse(day.get_ref()).ok_or_else(|| {
                place.fault(day, format!("`{}` is no day; a day such as 2026-04-01 is expected.", day.get_ref()))
            })?),
            None => None,
        };
        let ownership = match &file.mag.eigendom {
            None => false,
            Some(level) => match level.get_ref().as_str() {
                "nee" => false,
                "woning" => true,
                other => {
                    return Err(
                        place.fault(level, format!("eigendom = `{other}` is no level; `nee` or `woning` is expected."))
                    );
                }
            },
        };
        let contact = file.loket.map(|table| place.contact(&table)).transpose()?.unwrap_or_default();
        let publisher = file.uitgever.map(|table| {
            let at = place.at(table.span().start);
            let publisher = table.into_inner();
            publisher.check().map_err(|e| e.at(&at)).map(|()| publisher)
        });
        let mut files = Vec::new();
        for source in file.bron {
            files.extend(place.files(source, folder)?);
        }
        if files.is_empty() {
            return Err(Fault::input(format!(
                "{name}: there is no [[bron]] with a file. data/voorbeeld.toml shows how."
            )));
        }
        Ok(Self {
            name: Some(file.gemeente.naam),
            code: Some(file.gemeente.code.into_inner()),
            out: folder.join(file.uit),
            crs,
            reference,
            notice: Notice { nl: file.gemeente.melding_nl, en: file.gemeente.melding_en },
            contact,
            allowed: Allowed { ownership },
            publisher: publisher.transpose()?,
            previous: file.vorige.map(|path| folder.join(path)),
            files,
        })
    }
}

impl Text<'_> {
    /// Residents press on these: an address or page of another form would lead nowhere.
    fn contact(&self, table: &Spanned<Desk>) -> Result<Contact> {
        let Desk { naam, telefoon, email, pagina } = table.get_ref();
        if !email.is_empty() && (!email.contains('@') || email.contains(char::is_whitespace)) {
            return Err(self.fault(table, format!("[loket] `email` is `{email}`; an e-mail address is expected.")));
        }
        if !pagina.is_empty() && !pagina.starts_with("https://") {
            return Err(self.fault(table, format!("[loket] `pagina` is `{pagina}`; it has to begin with https://.")));
        }
        let [name, phone, email, url] = [naam, telefoon, email, pagina].map(String::clone);
        Ok(Contact { name, phone, email, url })
    }

    fn files(&self, source: Source, folder: &Path) -> Result<Vec<SourceFile>> {
        let word = source.soort.get_ref();
        let Some(kind) = SourceKind::from_code(word) else {
            let all: Vec<&str> = SourceKind::ALL.iter().map(|k| k.code()).collect();
            return Err(self.fault(
                &source.soort,
                format!("`{word}` is no kind of source; one of {} is expected.", all.join(", ")),
            ));
        };
        if !is_date(source.datum.get_ref()) {
            return Err(self.fault(
                &source.datum,
                format!("`{}` is no date; 2026, 2026-04 or 2026-04-01 is expected.", source.datum.get_ref()),
            ));
        }
        if source.bestanden.get_ref().is_empty() {
            return Err(
                self.fault(&source.bestanden, "there is no file in this list. Name one, or leave the source out.")
            );
        }
        let said = Said {
            id: Some(source.id.unwrap_or_else(|| kind.code().to_owned())),
            name: Some(source.naam.unwrap_or_else(|| kind.name()[0].to_owned())),
            licence: Some(source.licentie),
            attribution: Some(source.naamsvermelding),
            date: Some(source.datum.into_inner()),
            estimated: source.geschat,
            ophalen: None,
        };
        // A wrong id or fact is told with the line of its source.
        let at = self.at(source.soort.span().start);
        said.origin(Path::new(kind.code())).map_err(|e| e.at(&at))?;
        let files = source.bestanden.into_inner().into_iter().map(|path| SourceFile {
            at: self.at(path.span().start),
            path: folder.join(path.into_inner()),
            kind: Some(kind),
            said: said.clone(),
        });
        Ok(files.collect())
    }
}

/// A year, a month or a day.
fn is_date(text: &str) -> bool {
    let day = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    Date::parse(&day).is_some()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const GOOD: &str = r#"uit = "../data"
[gemeente]
naam = "Haarlem"
code = "GM0392"
[[bron]]
soort = "bag"
bestanden = ["bag.gpkg"]
datum = "2026-04"
licentie = "CC0-1.0"
naamsvermelding = "Kadaster"
geschat = ["bj"]
"#;

    fn refused(from: &str, to: &str) -> String {
        assert!(GOOD.contains(from), "{from}");
        Config::parse("haarlem.toml", &GOOD.replace(from, to), Path::new("conf")).unwrap_err().to_string()
    }

    #[test]
    fn paths_are_relative_to_the_configuration_and_the_kind_is_the_source() {
        let config = Config::parse("haarlem.toml", GOOD, Path::new("conf")).unwrap();
        assert_eq!(config.out, Path::new("conf/../data"));
        let file = &config.files[0];
        assert_eq!((file.path.as_path(), file.kind), (Path::new("conf/bag.gpkg"), Some(SourceKind::Bag)));
        assert_eq!(file.said.origin(&file.path).unwrap().id, "bag");
        assert_eq!(config.allowed, Allowed::default());
    }

    #[test]
    fn what_is_not_right_is_told_with_its_line() {
        for (from, to, parts) in [
            ("geschat", "geschatt", ["haarlem.toml line 11", "geschatt"]),
            ("naam = \"Haarlem\"", "naam = 3", ["haarlem.toml line 3", "string"]),
            ("\"bag\"", "\"bagg\"", ["haarlem.toml line 6", "3dbag"]),
            ("GM0392", "0392", ["haarlem.toml line 4", "GM and four digits"]),
            ("2026-04", "april", ["haarlem.toml line 8", "2026-04-01"]),
            ("\"bj\"", "\"jaar\"", ["haarlem.toml line 6", "`jaar` is not a fact"]),
            ("[\"bag.gpkg\"]", "[]", ["haarlem.toml line 7", "no file"]),
            ("licentie = \"CC0-1.0\"\n", "", ["haarlem.toml line 5", "licentie"]),
            ("uit =", "crs = 31370\nuit =", ["haarlem.toml line 1", "31370"]),
            ("uit =", "peildatum = \"nu\"\nuit =", ["haarlem.toml line 1", "`nu`"]),
            ("[gemeente]", "[mag]\neigendom = \"straat\"\n[gemeente]", ["haarlem.toml line 3", "`straat`"]),
            ("[gemeente]", "[loket]\nemail = \"loket\"\n[gemeente]", ["haarlem.toml line 2", "`loket`"]),
            ("[gemeente]", "[loket]\npagina = \"javascript:\"\n[gemeente]", ["haarlem.toml line 2", "https://"]),
            ("= \"Kadaster\"", "= Kadaster", ["haarlem.toml line 10", "data/voorbeeld.toml"]),
        ] {
            let sentence = refused(from, to);
            for part in parts {
                assert!(sentence.contains(part), "`{part}` is not in: {sentence}");
            }
        }
    }
}
