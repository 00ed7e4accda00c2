//! `manifest.json`: what a prepared data set holds, so that every file can be checked before it is used.

use serde::Serialize;

use crate::error::{Error, Result};
use crate::geo::TileId;
use crate::json::Json;

/// The version of the data set's form. Another number is another form.
pub const FORM: u32 = 3;

/// What a data set holds. All paths are relative to the manifest.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Manifest {
    /// [`FORM`].
    pub form: u32,
    /// SHA-256 over all other files' hashes: two equal data sets have equal versions.
    pub data_version: String,
    /// Whose data it is.
    pub municipality: Municipality,
    /// `EPSG:28992`.
    pub crs: String,
    /// `NetherlandsRDNewQuad`.
    pub matrix: String,
    /// [`crate::geo::ZOOM`].
    pub zoom: u8,
    /// [`crate::geo::EXTENT`].
    pub extent: u32,
    /// `[min x, min y, max x, max y]` of the buildings, RD metres.
    pub bounds: [f64; 4],
    /// Where to look first: RD metres, the middle of the homes.
    pub centre: [f64; 2],
    /// Tiles, sorted by row and column.
    pub tiles: Vec<TileEntry>,
    /// Paths of bundles: for each of [`blocks`] a file in which its tiles stand one after the other, so that a whole town takes a
    /// dozen requests; empty for a block of one tile. None in a data set from before there were any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bundles: Vec<String>,
    /// The search index.
    pub search: SearchFiles,
    /// Where the facts came from.
    pub sources: Vec<Source>,
    /// Kinds of sources that this data set has nothing of, by their word in the configuration of `prep`.
    pub gaps: Vec<String>,
    /// What was counted.
    pub counts: Counts,
    /// The report of what was read, kept and rejected.
    pub report: FileEntry,
    /// How good the data is.
    pub quality: Option<QualityFiles>,
    /// Files that only some pages need; absent in a data set from before there were any.
    pub figures: Option<FigureFiles>,
    /// Files for other maps and sums, where they were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub downloads: Vec<Download>,
}

/// How much is known of the homes, how old it is, and what does not fit together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QualityFiles {
    /// A page for people.
    pub page: FileEntry,
    /// The same figures as JSON.
    pub data: FileEntry,
}

/// Figures about groups of homes, in the forms of `docs/data.md`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureFiles {
    /// Homes, advice and heat of each neighbourhood.
    pub buurten: FileEntry,
    /// Plans and heat networks; absent in a data set from before this file.
    pub plannen: Option<FileEntry>,
    /// The borders of the neighbourhoods; absent in a data set from before this file.
    pub grenzen: Option<FileEntry>,
    /// Heat by the hectare and along streets.
    pub warmte: FileEntry,
    /// Clusters of homes that could share a small heat network.
    pub clusters: FileEntry,
}

/// A file for people to take along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Download {
    /// The file. Its name stays the same in the next data set.
    pub file: FileEntry,
    /// For people: `GeoPackage`.
    pub title: String,
    /// Its media type.
    pub media_type: String,
    /// Licence: an SPDX id.
    pub licence: String,
}

/// A municipality, or the model town.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Municipality {
    /// For people: `Haarlem`, `Modelstad`.
    pub name: String,
    /// `GM0392`, or empty.
    pub code: String,
    /// Made-up addresses: says so on every screen.
    pub model_town: bool,
    /// A sentence that must stand on every screen beside this data (Dutch, English), or both empty.
    pub notice: Notice,
    /// Whom a resident can speak to; empty where nobody is named.
    pub contact: Contact,
}

/// A person or desk at the municipality. Each part may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// What it is called: `Energieloket`.
    pub name: String,
    /// Telephone number, as people write it.
    pub phone: String,
    /// E-mail address.
    pub email: String,
    /// A page.
    pub url: String,
}

/// A sentence in two languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// Dutch.
    pub nl: String,
    /// English.
    pub en: String,
}

/// A file and how to know it is whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileEntry {
    /// Path relative to the manifest, with a part of the hash in its name.
    pub file: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// A tile and what lies in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "TileRow")]
pub struct TileEntry {
    /// Place in the matrix.
    pub id: TileId,
    /// The file.
    pub file: FileEntry,
    /// Panden in it. The running sum gives each pand its place in the table of colours.
    pub panden: u32,
    /// Homes in it.
    pub woningen: u32,
    /// Height of its highest building, decimetres.
    pub top_dm: u32,
    /// What people call the place: a neighbourhood or its longest street.
    pub name: String,
}

/// A tile as it stands in the file: one flat row. Written out because serde's own flattening would cost the page 10 kB.
#[derive(Serialize)]
struct TileRow {
    col: u32,
    row: u32,
    file: String,
    bytes: u64,
    sha256: String,
    panden: u32,
    woningen: u32,
    top_dm: u32,
    name: String,
}

fn text(at: &Json, name: &str) -> Result<String> {
    at.text(name).map(str::to_owned)
}

fn numbers<const N: usize>(at: &Json, name: &str) -> Result<[f64; N]> {
    let numbers: Option<Vec<f64>> = at.list(name)?.iter().map(Json::as_number).collect();
    let numbers = numbers.and_then(|numbers| numbers.try_into().ok());
    numbers.ok_or_else(|| Error::new(format!("`{name}` is not a list of {N} numbers")))
}

fn each<T>(at: &Json, name: &str, read: impl Fn(&Json) -> Result<T>) -> Result<Vec<T>> {
    at.list(name)?.iter().map(|item| read(item).map_err(|e| e.at(name))).collect()
}

/// Texts that an older data set does not have.
#[inline(never)]
fn texts(at: &Json, name: &str) -> Result<Vec<String>> {
    match at.find(name) {
        None => Ok(Vec::new()),
        Some(_) => each(at, name, |one| one.as_text().map(str::to_owned).ok_or_else(|| Error::new("a text"))),
    }
}

fn entry(at: &Json) -> Result<FileEntry> {
    Ok(FileEntry { file: text(at, "file")?, bytes: at.whole("bytes")?, sha256: text(at, "sha256")? })
}

/// A file that an older data set does not have.
fn optional(at: &Json, name: &str) -> Result<Option<FileEntry>> {
    match at.find(name) {
        None | Some(Json::Word(_)) => Ok(None),
        Some(file) => Ok(Some(entry(file)?)),
    }
}

fn contact(at: &Json) -> Result<Contact> {
    Ok(Contact { name: text(at, "name")?, phone: text(at, "phone")?, email: text(at, "email")?, url: text(at, "url")? })
}

fn download(at: &Json) -> Result<Download> {
    Ok(Download {
        file: entry(at.field("file")?)?,
        title: text(at, "title")?,
        media_type: text(at, "media_type")?,
        licence: text(at, "licence")?,
    })
}

fn tile(at: &Json) -> Result<TileEntry> {
    Ok(TileEntry {
        id: TileId { col: at.whole("col")?, row: at.whole("row")? },
        file: entry(at)?,
        panden: at.whole("panden")?,
        woningen: at.whole("woningen")?,
        top_dm: at.whole("top_dm")?,
        name: text(at, "name")?,
    })
}

fn source(at: &Json) -> Result<Source> {
    Ok(Source {
        id: text(at, "id")?,
        name: text(at, "name")?,
        attribution: text(at, "attribution")?,
        licence: text(at, "licence")?,
        date: text(at, "date")?,
        file: text(at, "file")?,
        sha256: text(at, "sha256")?,
    })
}

impl From<TileEntry> for TileRow {
    fn from(entry: TileEntry) -> Self {
        let TileEntry { id, file: FileEntry { file, bytes, sha256 }, panden, woningen, top_dm, name } = entry;
        Self { col: id.col, row: id.row, file, bytes, sha256, panden, woningen, top_dm, name }
    }
}

/// The files of the search index ([`crate::search`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SearchFiles {
    /// All streets, small enough to load at once.
    pub streets: FileEntry,
    /// Addresses, in shards of whole streets.
    pub shards: Vec<FileEntry>,
    /// From dwelling id to tile; a dwelling is in shard `id % ids.len()`.
    pub ids: Vec<FileEntry>,
}

/// A source of facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The id that facts refer to: lower-case letters, digits and dashes.
    pub id: String,
    /// For people.
    pub name: String,
    /// As its owner wants to be named, on the map.
    pub attribution: String,
    /// Licence: an SPDX id where there is one.
    pub licence: String,
    /// The date the data speaks of, as the source gives it, or empty.
    pub date: String,
    /// Name of the file read, without folders, or empty.
    pub file: String,
    /// SHA-256 of that file, or empty.
    pub sha256: String,
}

/// What was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Panden on the map.
    pub panden: u32,
    /// Homes on the map.
    pub woningen: u32,
    /// Addresses that can be found, homes and others.
    pub adressen: u32,
    /// Homes of which the year of construction is known.
    pub with_year: u32,
    /// Panden with a measured height.
    pub with_height: u32,
}

/// Which tiles, by their place in the list, lie in the same block, in the order in which the blocks are first met.
pub fn blocks(tiles: &[TileEntry]) -> Vec<Vec<usize>> {
    let mut blocks: Vec<([u32; 2], Vec<usize>)> = Vec::new();
    for (place, tile) in tiles.iter().enumerate() {
        match blocks.iter_mut().find(|(block, _)| *block == tile.id.block()) {
            Some((_, places)) => places.push(place),
            None => blocks.push((tile.id.block(), vec![place])),
        }
    }
    blocks.into_iter().map(|(_, places)| places).collect()
}

impl Manifest {
    /// Reads and checks a manifest.
    pub fn parse(json: &str) -> Result<Self> {
        let broken = |why: &Error| {
            Error::new(format!("manifest.json cannot be read: {why}. Prepare the data again with `prep`."))
        };
        let file = Json::parse(json.as_bytes()).map_err(|e| broken(&e))?;
        let form: u32 = file.whole("form").map_err(|e| broken(&e))?;
        if form != FORM {
            return Err(Error::new(format!(
                "manifest.json has form {form}, this program reads form {FORM}. Prepare the data again with `prep`."
            )));
        }
        Self::of(&file, form).map_err(|e| broken(&e))
    }

    fn of(file: &Json, form: u32) -> Result<Self> {
        let (municipality, search, counts) =
            (file.field("municipality")?, file.field("search")?, file.field("counts")?);
        let notice = municipality.field("notice")?;
        Ok(Self {
            form,
            data_version: text(file, "data_version")?,
            municipality: Municipality {
                name: text(municipality, "name")?,
                code: text(municipality, "code")?,
                model_town: municipality.is_true("model_town")?,
                notice: Notice { nl: text(notice, "nl")?, en: text(notice, "en")? },
                contact: municipality.find("contact").map(contact).transpose()?.unwrap_or_default(),
            },
            crs: text(file, "crs")?,
            matrix: text(file, "matrix")?,
            zoom: file.whole("zoom")?,
            extent: file.whole("extent")?,
            bounds: numbers(file, "bounds")?,
            centre: numbers(file, "centre")?,
            tiles: each(file, "tiles", tile)?,
            bundles: texts(file, "bundles")?,
            search: SearchFiles {
                streets: entry(search.field("streets")?)?,
                shards: each(search, "shards", entry)?,
                ids: each(search, "ids", entry)?,
            },
            sources: each(file, "sources", source)?,
            gaps: texts(file, "gaps")?,
            counts: Counts {
                panden: counts.whole("panden")?,
                woningen: counts.whole("woningen")?,
                adressen: counts.whole("adressen")?,
                with_year: counts.whole("with_year")?,
                with_height: counts.whole("with_height")?,
            },
            report: entry(file.field("report")?)?,
            quality: match file.find("quality") {
                None | Some(Json::Word(_)) => None,
                Some(quality) => {
                    Some(QualityFiles { page: entry(quality.field("page")?)?, data: entry(quality.field("data")?)? })
                }
            },
            downloads: match file.find("downloads") {
                None => Vec::new(),
                Some(_) => each(file, "downloads", download)?,
            },
            figures: match file.find("figures") {
                None | Some(Json::Word(_)) => None,
                Some(figures) => Some(FigureFiles {
                    buurten: entry(figures.field("buurten")?)?,
                    plannen: optional(figures, "plannen")?,
                    grenzen: optional(figures, "grenzen")?,
                    warmte: entry(figures.field("warmte")?)?,
                    clusters: entry(figures.field("clusters")?)?,
                }),
            },
        })
    }

    /// All files that the page may ask for: what is offered to take along, and the report, are for people.
    pub fn files(&self) -> Vec<&FileEntry> {
        let SearchFiles { streets, shards, ids } = &self.search;
        let mut files: Vec<&FileEntry> = self.tiles.iter().map(|tile| &tile.file).collect();
        files.push(streets);
        files.extend(shards.iter().chain(ids));
        files.extend(self.quality.iter().flat_map(|quality| [&quality.page, &quality.data]));
        if let Some(FigureFiles { buurten, plannen, grenzen, warmte, clusters }) = &self.figures {
            files.extend([buurten, warmte, clusters].into_iter().chain(plannen).chain(grenzen));
        }
        files
    }

    /// The tile with this id.
    pub fn tile(&self, id: TileId) -> Option<&TileEntry> {
        self.tiles.iter().find(|t| t.id == id)
    }

    /// For each tile the place of its first pand in the table of all panden.
    pub fn first_panden(&self) -> Vec<u32> {
        let mut next = 0;
        let mut first = Vec::with_capacity(self.tiles.len());
        for tile in &self.tiles {
            first.push(next);
            next += tile.panden;
        }
        first
    }
}
