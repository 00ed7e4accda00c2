//! The table `[ophalen]` of a municipality's file: where, what, how much.

use std::path::{Path, PathBuf};
use std::time::Duration;

use gasvrij3d::geo::is_rd;
use serde::Deserialize;

use crate::fault::{Fault, Result};
use crate::fetch::http::Limits;
use crate::fetch::services::{Manner, Service, Services};
use crate::geometry::Bounds;

/// What to fetch.
pub struct Fetch {
    /// Folder for the files.
    pub folder: PathBuf,
    /// The area, RD metres.
    pub area: Bounds,
    /// Patience.
    pub limits: Limits,
    /// Largest file, bytes.
    pub largest: u64,
    contact: String,
    wanted: Vec<String>,
    list: Services,
}

#[derive(Deserialize)]
struct File {
    ophalen: Option<Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// Folder for the files, relative to this file.
    map: PathBuf,
    /// `[min x, min y, max x, max y]`, RD metres.
    gebied: [f64; 4],
    /// Ids of services.
    bronnen: Vec<String>,
    /// Whom the owner of a service can reach: an e-mail address or a page.
    contact: String,
    /// A list of services in place of that of prep.
    diensten: Option<PathBuf>,
    /// Questions a second.
    #[serde(default = "five")]
    per_seconde: f64,
    /// Tries of one question.
    #[serde(default = "six")]
    pogingen: u32,
    /// First pause after a failure, seconds.
    #[serde(default = "one")]
    pauze_s: f64,
    /// Longest pause, seconds.
    #[serde(default = "five_minutes")]
    langste_pauze_s: f64,
    /// Time for one answer, seconds.
    #[serde(default = "two_minutes")]
    antwoord_s: f64,
    /// Largest page, MB.
    #[serde(default = "page_mb")]
    pagina_mb: u64,
    /// Largest file, MB.
    #[serde(default = "file_mb")]
    hoogstens_mb: u64,
}

const fn five() -> f64 {
    5.0
}
const fn six() -> u32 {
    6
}
const fn one() -> f64 {
    1.0
}
const fn five_minutes() -> f64 {
    300.0
}
const fn two_minutes() -> f64 {
    120.0
}
const fn page_mb() -> u64 {
    128
}
const fn file_mb() -> u64 {
    8192
}

impl Fetch {
    /// Reads the file.
    pub fn read(path: &Path) -> Result<Self> {
        let shown = path.display();
        let text = std::fs::read_to_string(path)
            .map_err(|e| Fault::input(format!("{shown}: cannot be read: {e}. Check the path.")))?;
        Self::parse(&text, path.parent().unwrap_or(Path::new("."))).map_err(|e| e.at(shown))
    }

    /// Reads the text of a file that stands in this folder.
    pub fn parse(text: &str, folder: &Path) -> Result<Self> {
        let file: File = toml::from_str(text).map_err(|e| {
            let line = e.span().map_or(1, |span| text[..span.start].lines().count().max(1));
            Fault::input(format!("line {line}: {}. Put that line right.", e.message()))
        })?;
        let Some(table) = file.ophalen else {
            return Err(Fault::input(
                "there is no table [ophalen]. Give at least `map`, `gebied`, `bronnen` and `contact` in it.",
            ));
        };
        let [x0, y0, x1, y1] = table.gebied;
        if !(is_rd([x0, y0]) && is_rd([x1, y1]) && x0 < x1 && y0 < y1) {
            return Err(Fault::input(format!(
                "`gebied` is {x0}, {y0}, {x1}, {y1}; [min x, min y, max x, max y] in RD metres is expected."
            )));
        }
        if table.contact.trim().is_empty() || table.contact.contains(|c: char| c.is_control() || !c.is_ascii()) {
            return Err(Fault::input("`contact` is empty or not plain. Services like to know whom to reach."));
        }
        let seconds = |name: &str, value: f64| {
            Duration::try_from_secs_f64(value)
                .map_err(|_| Fault::input(format!("`{name}` is {value}; a number of seconds is expected.")))
        };
        if !(table.per_seconde > 0.0 && table.per_seconde <= 1000.0) || table.pogingen == 0 {
            return Err(Fault::input("`per_seconde` and `pogingen` must be above 0 (and at most 1000)."));
        }
        let limits = Limits {
            attempts: table.pogingen,
            first_pause: seconds("pauze_s", table.pauze_s)?,
            longest_pause: seconds("langste_pauze_s", table.langste_pauze_s)?,
            between: seconds("per_seconde", 1.0 / table.per_seconde)?,
            answer: seconds("antwoord_s", table.antwoord_s)?,
            page_bytes: table.pagina_mb.min(4096) << 20,
        };
        let list = Services::read(table.diensten.map(|file| folder.join(file)).as_deref())?;
        Ok(Self {
            folder: folder.join(table.map),
            area: table.gebied,
            limits,
            largest: table.hoogstens_mb.min(1 << 20) << 20,
            contact: table.contact,
            wanted: table.bronnen,
            list,
        })
    }

    /// How prep names itself to a service.
    pub fn user_agent(&self) -> String {
        format!("gasvrij3d-prep/{} ({})", env!("CARGO_PKG_VERSION"), self.contact)
    }

    /// The services to ask.
    pub fn services(&self, only: &[String]) -> Result<Vec<&Service>> {
        let all = &self.list.dienst;
        let known = || all.iter().map(|s| s.id.as_str()).collect::<Vec<_>>().join(", ");
        for id in self.wanted.iter().chain(only) {
            if !all.iter().any(|s| s.id == *id) {
                return Err(Fault::input(format!("there is no service `{id}`. Choose from: {}.", known())));
            }
        }
        let wanted = if only.is_empty() { &self.wanted } else { only };
        if wanted.is_empty() {
            return Err(Fault::input(format!("`bronnen` is empty. Choose from: {}.", known())));
        }
        Ok(all.iter().filter(|s| wanted.contains(&s.id)).collect())
    }

    /// The first address that is asked, which names the whole question. Keys are never in it.
    pub fn address(&self, service: &Service) -> String {
        service.page(self.area, 0)
    }

    /// What would be asked.
    pub fn plan(&self, service: &Service) -> String {
        let file = self.folder.join(&service.bestand);
        let here = if file.exists() { "is there" } else { "is not there yet" };
        let how = match service.soort {
            Manner::Wfs => format!("pages of {}", service.per_pagina),
            Manner::WfsTiles => format!("one page of {} at most for each part of the area", service.per_pagina),
            Manner::Ogc | Manner::CityJson => format!("pages of {}, by their links", service.per_pagina),
            Manner::Told | Manner::File => "one file".to_owned(),
        };
        let key = match service.sleutel_uit.as_str() {
            "" => String::new(),
            name if std::env::var_os(name).is_some() => format!("\n  key      from {name}"),
            name => format!("\n  key      missing: put it in {name}"),
        };
        format!(
            "{}: {}\n  asks     {}\n  in       {how}\n  licence  {} ({})\n  file     {} ({here}){key}",
            service.id,
            service.naam,
            self.address(service),
            service.licentie,
            service.naamsvermelding,
            file.display(),
        )
    }
}
