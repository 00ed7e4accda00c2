//! From files to the parts of a town: finds out what a file is, unpacks it, and hands it to the reader of its form.

pub mod body;
pub mod cbs;
pub mod cityjson;
mod classes;
pub mod columns;
pub mod delimited;
pub mod dwelling;
pub mod dwellings;
pub mod ep_online;
pub mod facts;
pub mod geojson;
pub mod geopackage;
pub mod heritage;
pub mod liander;
mod meter;
pub mod municipal;
pub mod objects;
mod pand;
pub mod plan;
mod record;
pub mod table;
mod unpack;
mod usable;
pub mod values;
pub mod wkb;
pub mod xml;
pub mod zone;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use gasvrij3d::home::FactKey;
use sha2::{Digest, Sha256};

use crate::fault::{Fault, Result};
use crate::kind::SourceKind;
use crate::model::{Date, Facts, Town};
use crate::report::FileReport;
use dwellings::Dwellings;
use xml::archive::Archive;

/// No feature or row of a real file is larger, bytes.
const LARGEST_FEATURE: u64 = 256 << 20;

/// Where objects of a file come from, and how sure its facts are.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The id of the source.
    pub id: String,
    /// Facts of this source that are estimates, whatever the file says.
    pub estimated: BTreeSet<FactKey>,
}

/// What the person said about all files.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The coordinate system of files that do not say it.
    pub crs: Option<Crs>,
    /// The code of the municipality, or empty: of a layer of municipalities only this one is taken.
    pub code: String,
    /// What the file is said to be about, where it is said. A reader that cannot tell two kinds apart by the form of the
    /// file goes by this: a list of monuments or of owners, a layer of zones.
    pub kind: Option<SourceKind>,
    /// The dwellings that are known when a table by dwelling is read: a national table has millions of others, which are
    /// counted and not kept.
    pub known: Arc<Dwellings>,
    /// The day of the data: an energy label must be valid on it, and of a register with versions the one that held then
    /// is taken. Otherwise the day of the file.
    pub reference: Option<Date>,
}

impl Options {
    /// Whether the file is the border: any polygon in it counts.
    pub fn is_border(&self) -> bool {
        self.kind == Some(SourceKind::Border)
    }
}

/// A coordinate system that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crs {
    /// RD New, EPSG:28992 (also the horizontal part of EPSG:7415).
    Rd,
    /// WGS 84, longitude first: CRS84, and EPSG:4326 as GeoJSON writes it.
    Wgs84,
}

impl Crs {
    /// Reads `28992`, `EPSG:28992`, a URN or a URL; `None` for a system that is not read.
    pub fn parse(text: &str) -> Option<Self> {
        match text.rsplit([':', '/', '#']).next()?.trim() {
            "28992" | "7415" => Some(Self::Rd),
            // ETRS89 (4258) and WGS 84 are less than a metre apart here.
            "4326" | "4979" | "4258" | "CRS84" | "CRS84h" => Some(Self::Wgs84),
            _ => None,
        }
    }
}

/// What a file gave.
#[derive(Debug, Default)]
pub struct Part {
    /// Its objects.
    pub town: Town,
    /// Its facts by dwelling.
    pub facts: Vec<Facts>,
    /// The account of it.
    pub report: FileReport,
    /// What the file says of itself.
    pub about: About,
}

/// What a file says of itself.
#[derive(Debug, Default)]
pub struct About {
    /// A name for its source, where its form tells.
    pub known_as: Option<&'static str>,
}

/// Reads one file of any form that is known.
pub fn read_file(path: &Path, origin: &Origin, options: &Options) -> Result<Part> {
    let shown = file_name(path);
    let mut part = Part::default();
    part.report.file.clone_from(&shown);
    part.report.source.clone_from(&origin.id);
    if let Some(archive) = Archive::open(path).map_err(|e| e.at(&shown))? {
        xml::read(&archive, origin, options, &mut part).map_err(|e| e.at(&shown))?;
        return Ok(part);
    }
    let unpacked = unpack::open(path).map_err(|e| e.at(&shown))?;
    let path = unpacked.path();
    let head = head(path).map_err(|e| e.at(&shown))?;
    let extension = extension(&unpacked.name());
    let extension = extension.as_str();
    let text = String::from_utf8_lossy(&head);
    let begin = text.trim_start_matches('\u{feff}').trim_start();
    let read = if head.starts_with(b"SQLite format 3") {
        geopackage::read(path, origin, options, &mut part)
    } else if begin.starts_with(['{', '[']) || matches!(extension, "json" | "geojson" | "jsonl") {
        if text.contains("\"CityJSON\"") || text.contains("\"CityJSONFeature\"") {
            cityjson::read(path, origin, options, &mut part)
        } else {
            geojson::read(path, origin, options, &mut part)
        }
    } else if matches!(extension, "csv" | "txt") {
        table::read(path, origin, options, &mut part)
    } else {
        Err(Fault::input(unknown_form(&head, extension)))
    };
    read.map_err(|e| e.at(&shown))?;
    Ok(part)
}

/// Whether a file speaks of dwellings that another one must have named: it is read after those. What is wrong with the
/// file is told when it is read.
pub fn comes_last(path: &Path) -> bool {
    let Ok((head, name)) = unpack::beginning(path, 64 * 1024) else { return false };
    matches!(extension(&name).as_str(), "csv" | "txt") && table::is_about_dwellings(&head)
}

fn unknown_form(head: &[u8], extension: &str) -> &'static str {
    if head.is_empty() {
        "the file is empty. Fetch it again."
    } else if matches!(extension, "xml" | "gml") {
        "this is no XML (it does not begin with `<`). Fetch it again."
    } else if extension == "gpkg" {
        "this is no GeoPackage (it does not begin with `SQLite format 3`). Fetch it again."
    } else {
        "the form is not known: GeoPackage (.gpkg), GeoJSON, CityJSON, CityJSONSeq (.jsonl), XML or GML, or CSV (.csv) is \
         expected, each also in a .zip. Convert it first."
    }
}

/// The end of a file's name after the last dot, in lower case.
fn extension(name: &str) -> String {
    Path::new(name).extension().map_or_else(String::new, |e| e.to_string_lossy().to_lowercase())
}

/// The name of a file without its folders.
pub fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}

fn unreadable(cause: &std::io::Error) -> Fault {
    Fault::input(format!("cannot be read: {cause}. Check the path and the rights on the file."))
}

fn head(path: &Path) -> Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path).and_then(|f| f.take(64 * 1024).read_to_end(&mut head)).map_err(|e| unreadable(&e))?;
    Ok(head)
}

/// The SHA-256 of a file, hexadecimal, read in pieces.
pub fn sha256_of(path: &Path) -> Result<String> {
    let mut file = File::open(path).map_err(|e| unreadable(&e).at(file_name(path)))?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; 1 << 20];
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(hex(&hash.finalize())),
            Ok(n) => hash.update(&piece[..n]),
            Err(e) => return Err(unreadable(&e).at(file_name(path))),
        }
    }
}

/// Bytes as hexadecimal text.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, b| {
        let _ = write!(text, "{b:02x}");
        text
    })
}
