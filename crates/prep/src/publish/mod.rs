//! Downloads beside the tiles, for people who make maps and sums of their own: GeoPackage, GeoJSON, CSV, `PMTiles`, and
//! metadata by DCAT-AP-NL 3.0. They hold what the tiles hold and nothing else; two equal data sets give equal bytes.

mod csv;
mod dcat;
mod geojson;
mod geopackage;
mod pmtiles;
mod rows;

use std::path::Path;

use gasvrij3d::geo::Rd;
use gasvrij3d::manifest::Download;
use serde::Deserialize;

use crate::date::Date;
use crate::fault::{Fault, Result};
use crate::geometry::ring_area;
use crate::join::Joined;
use crate::output::Output;
use crate::tiles::Built;

use rows::Rows;

/// Who publishes, from the table `[uitgever]` of a municipality's file.
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

    fn check(&self) -> Result<()> {
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
        if dcat::licence(&self.licentie).is_none() {
            return wrong("licentie", &self.licentie, "one of the licences in data/uitgave.toml");
        }
        let day = Date::parse(&self.datum).is_some_and(|date| date.to_string() == self.datum);
        if day { Ok(()) } else { wrong("datum", &self.datum, "a day such as 2026-11-24") }
    }
}

/// What a download is, for people and for the metadata.
struct Kind {
    /// The end of its name.
    end: &'static str,
    title: &'static str,
    media_type: &'static str,
}

const GEOPACKAGE: Kind = Kind { end: ".gpkg", title: "GeoPackage", media_type: "application/geopackage+sqlite3" };
const PANDEN: Kind = Kind { end: "-pand.geojson", title: "GeoJSON, panden", media_type: "application/geo+json" };
const WONINGEN: Kind = Kind { end: "-woning.geojson", title: "GeoJSON, woningen", media_type: "application/geo+json" };
const TABLE: Kind = Kind { end: "-woning.csv", title: "CSV, woningen", media_type: "text/csv" };
const TILES: Kind = Kind { end: ".pmtiles", title: "PMTiles", media_type: "application/vnd.pmtiles" };

/// Writes the downloads and says what they are.
pub fn write(output: &mut Output, joined: &Joined, tiles: &[Built], publisher: &Publisher) -> Result<Vec<Download>> {
    let rows = Rows::read(joined, tiles)?;
    let version = output.version();
    let town = &joined.town;
    let notice = rows::Notice { publisher, town, version: &version };
    let stem = format!("download/{}", slug(&town.name));
    let mut downloads = Vec::new();
    let mut add = |kind: &Kind, bytes: &[u8]| -> Result<()> {
        let file = output.add_named(&format!("{stem}{}", kind.end), bytes)?;
        downloads.push(Download {
            file,
            title: kind.title.to_owned(),
            media_type: kind.media_type.to_owned(),
            licence: publisher.licentie.clone(),
        });
        Ok(())
    };
    add(&GEOPACKAGE, &geopackage::write(&rows, &notice)?)?;
    add(&PANDEN, &geojson::panden(&rows, &notice))?;
    add(&WONINGEN, &geojson::woningen(&rows, &notice))?;
    add(&TABLE, &csv::woningen(&rows)?)?;
    add(&TILES, &pmtiles::write(&rows, &notice)?)?;
    let metadata = dcat::write(&notice, &downloads)?;
    let file = output.add_named(&format!("{stem}.dcat.jsonld"), &metadata)?;
    downloads.push(Download {
        file,
        title: "Metadata, DCAT-AP-NL 3.0".to_owned(),
        media_type: "application/ld+json".to_owned(),
        licence: "CC0-1.0".to_owned(),
    });
    Ok(downloads)
}

/// A name for files: `Den Haag` is `den-haag`.
fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.map(str::to_lowercase).collect::<Vec<_>>().join("-");
    if slug.is_empty() { "gemeente".to_owned() } else { slug }
}

/// A ring with its closing point, outer rings counter-clockwise and holes clockwise.
fn closed(ring: &[Rd], outer: bool) -> Vec<Rd> {
    let mut points = ring.to_vec();
    if (ring_area(ring) > 0.0) != outer {
        points.reverse();
    }
    points.extend(points.first().copied());
    points
}
