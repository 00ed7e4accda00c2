//! The services that can be asked, as data: `data/diensten.toml`, or a municipality's own list.

use std::path::Path;

use serde::Deserialize;

use crate::fault::{Fault, Result};
use crate::geometry::Bounds;

/// A list of services.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Services {
    /// The day on which the list was made.
    pub datum: String,
    /// The services.
    pub dienst: Vec<Service>,
}

/// One service and one kind of object it gives.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The id: also of the source in the data set.
    pub id: String,
    /// For people.
    pub naam: String,
    /// How it is asked.
    pub soort: Manner,
    /// Its address.
    pub adres: String,
    /// The kind of object: `bag:pand`, or the name of a collection.
    #[serde(default)]
    pub laag: String,
    /// The file that is written.
    pub bestand: String,
    /// The property that tells objects apart; otherwise their id.
    #[serde(default)]
    pub sleutel: String,
    /// The property by which pages are put in order, where the service needs one.
    #[serde(default)]
    pub volgorde: String,
    /// Objects a page.
    #[serde(default = "thousand")]
    pub per_pagina: usize,
    /// Objects beyond which a question must be split, or 0.
    #[serde(default)]
    pub plafond: usize,
    /// The environment variable with the key, where one is needed.
    #[serde(default)]
    pub sleutel_uit: String,
    /// Licence: an SPDX id.
    pub licentie: String,
    /// As the owner wants to be named.
    pub naamsvermelding: String,
    /// Where this was found.
    pub herkomst: String,
    /// The day on which it was last checked against that.
    pub nagegaan: String,
}

/// How a service is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Manner {
    /// WFS 2.0 with pages by `startIndex`.
    #[serde(rename = "wfs")]
    Wfs,
    /// WFS 2.0 that gives the first page only: the area is cut until each part fits on a page.
    #[serde(rename = "wfs-tegels")]
    WfsTiles,
    /// OGC API Features: pages by their `next` link.
    #[serde(rename = "ogc")]
    Ogc,
    /// The API of 3DBAG: pages of CityJSON features by their `next` link.
    #[serde(rename = "3dbag")]
    CityJson,
    /// One large file, at an address that the service tells (EP-Online).
    #[serde(rename = "mutatiebestand")]
    Told,
    /// One large file.
    #[serde(rename = "bestand")]
    File,
}

const fn thousand() -> usize {
    1000
}

impl Services {
    /// The list of this build, or that in a file.
    pub fn read(file: Option<&Path>) -> Result<Self> {
        let (name, text) = match file {
            None => ("data/diensten.toml".to_owned(), include_str!("../../../../data/diensten.toml").to_owned()),
            Some(path) => {
                let text = std::fs::read_to_string(path)
                    .map_err(|e| Fault::input(format!("{}: cannot be read: {e}. Check the path.", path.display())))?;
                (path.display().to_string(), text)
            }
        };
        let list: Self = toml::from_str(&text)
            .map_err(|e| Fault::input(format!("{name}: {}. Put that line right.", e.message())))?;
        if list.datum.len() != 10 {
            return Err(Fault::input(format!(
                "{name}: `datum` is `{}`; a day such as 2026-11-24 is expected.",
                list.datum
            )));
        }
        for (i, service) in list.dienst.iter().enumerate() {
            let plain = |text: &str| !text.is_empty() && !text.contains(['/', '\\']) && !text.starts_with('.');
            if !plain(&service.bestand) || !plain(&service.id) {
                return Err(Fault::input(format!(
                    "{name}: service `{}` has the file `{}`: names without folders are expected.",
                    service.id, service.bestand
                )));
            }
            if list.dienst[..i].iter().any(|other| other.id == service.id || other.bestand == service.bestand) {
                return Err(Fault::input(format!(
                    "{name}: the id or file of service `{}` is there twice. Give each its own.",
                    service.id
                )));
            }
        }
        Ok(list)
    }
}

impl Service {
    /// The address of a page.
    pub fn page(&self, area: Bounds, start: usize) -> String {
        let [x0, y0, x1, y1] = area;
        let Self { adres, laag, per_pagina: count, .. } = self;
        match self.soort {
            Manner::Wfs | Manner::WfsTiles => {
                let order = if self.volgorde.is_empty() { String::new() } else { format!("&sortBy={}", self.volgorde) };
                let start = if self.soort == Manner::Wfs { format!("&startIndex={start}") } else { String::new() };
                format!(
                    "{adres}?service=WFS&version=2.0.0&request=GetFeature&typeNames={laag}&outputFormat=application/json\
                     &srsName=EPSG:28992&bbox={x0},{y0},{x1},{y1},EPSG:28992&count={count}{start}{order}"
                )
            }
            Manner::Ogc => {
                const RD: &str = "http://www.opengis.net/def/crs/EPSG/0/28992";
                format!(
                    "{adres}/collections/{laag}/items?bbox={x0},{y0},{x1},{y1}&bbox-crs={RD}&crs={RD}&limit={count}&f=json"
                )
            }
            Manner::CityJson => format!("{adres}/collections/{laag}/items?bbox={x0},{y0},{x1},{y1}&limit={count}"),
            Manner::Told | Manner::File => adres.clone(),
        }
    }
}
