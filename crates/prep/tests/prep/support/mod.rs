//! Small towns on disk for the tests: databases made row by row, and prepared data sets read back.
#![allow(dead_code, clippy::print_stderr, clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

pub mod server;
pub mod xml;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use gasvrij3d::geo::Rd;
use gasvrij3d::manifest::{Manifest, blocks};
use gasvrij3d::tile::{self, Pand, Tile, Woning};
use prep::cli::{Cli, run};
use prep::fault::Fault;
use prep::progress::Progress;
use prep::read::Part;
use prep::report::{Report, Tally};
use rusqlite::{Connection, params};
use tempfile::TempDir;

/// A corner in Haarlem, RD metres.
pub const X: f64 = 104_000.0;
pub const Y: f64 = 488_000.0;

pub fn pand(serial: u32) -> String {
    format!("039210{serial:010}")
}

pub fn vbo(serial: u32) -> String {
    format!("039201{serial:010}")
}

/// A rectangle with its corner this far from the corner of the town.
pub fn house(dx: f64, dy: f64, w: f64, d: f64) -> Vec<Rd> {
    let (x, y) = (X + dx, Y + dy);
    vec![[x, y], [x + w, y], [x + w, y + d], [x, y + d]]
}

fn header(srs: i32) -> Vec<u8> {
    let mut b = vec![b'G', b'P', 0, 1];
    b.extend(srs.to_le_bytes());
    b
}

pub fn polygon(srs: i32, ring: &[Rd]) -> Vec<u8> {
    let mut b = header(srs);
    b.push(1);
    b.extend(3_u32.to_le_bytes());
    b.extend(1_u32.to_le_bytes());
    b.extend((ring.len() as u32 + 1).to_le_bytes());
    for p in ring.iter().chain(ring.first()) {
        b.extend(p[0].to_le_bytes());
        b.extend(p[1].to_le_bytes());
    }
    b
}

pub fn point(srs: i32, p: Rd) -> Vec<u8> {
    let mut b = header(srs);
    b.push(1);
    b.extend(1_u32.to_le_bytes());
    b.extend(p[0].to_le_bytes());
    b.extend(p[1].to_le_bytes());
    b
}

/// A GeoPackage with layers pand, verblijfsobject and gemeente.
pub struct Gpkg {
    db: Connection,
    srs: i32,
}

impl Gpkg {
    pub fn new(path: &Path, srs: i32) -> Self {
        let db = Connection::open(path).unwrap();
        db.execute_batch(
            "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY;
             CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER);
             INSERT INTO gpkg_spatial_ref_sys VALUES (28992, 'EPSG', 28992), (4326, 'EPSG', 4326);
             CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);
             CREATE TABLE pand (fid INTEGER PRIMARY KEY, geom BLOB, identificatie TEXT, bouwjaar INTEGER, status TEXT);
             CREATE TABLE verblijfsobject (fid INTEGER PRIMARY KEY, geom BLOB, identificatie TEXT,
               pandidentificatie TEXT, openbare_ruimte TEXT, huisnummer INTEGER, huisletter TEXT, toevoeging TEXT,
               postcode TEXT, woonplaats TEXT, oppervlakte INTEGER, gebruiksdoel TEXT);
             CREATE TABLE gemeente (fid INTEGER PRIMARY KEY, geom BLOB, gemeentecode TEXT, gemeentenaam TEXT);",
        )
        .unwrap();
        for table in ["pand", "verblijfsobject", "gemeente"] {
            db.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?)", params![table, srs]).unwrap();
        }
        Self { db, srs }
    }

    pub fn pand(&self, id: &str, year: Option<i64>, status: Option<&str>, ring: &[Rd]) -> &Self {
        let geometry = if ring.is_empty() { None } else { Some(polygon(self.srs, ring)) };
        self.db
            .execute(
                "INSERT INTO pand (geom, identificatie, bouwjaar, status) VALUES (?, ?, ?, ?)",
                params![geometry, id, year, status],
            )
            .unwrap();
        self
    }

    /// A home in a pand; the place is the corner of the town moved.
    pub fn home(&self, id: &str, pand: Option<&str>, number: u32, dx: f64, dy: f64) -> &Self {
        self.dwelling(id, pand, number, dx, dy, "woonfunctie", Some(80))
    }

    #[allow(clippy::too_many_arguments)]
    pub fn dwelling(
        &self,
        id: &str,
        pand: Option<&str>,
        number: u32,
        dx: f64,
        dy: f64,
        used_for: &str,
        area: Option<u32>,
    ) -> &Self {
        let geometry = point(self.srs, [X + dx, Y + dy]);
        self.db
            .execute(
                "INSERT INTO verblijfsobject (geom, identificatie, pandidentificatie, openbare_ruimte, huisnummer, postcode,
                   woonplaats, oppervlakte, gebruiksdoel) VALUES (?, ?, ?, 'Zijlweg', ?, '2013 ab', 'Haarlem', ?, ?)",
                params![geometry, id, pand, number, area, used_for],
            )
            .unwrap();
        self
    }

    pub fn border(&self, ring: &[Rd]) -> &Self {
        self.db
            .execute(
                "INSERT INTO gemeente (geom, gemeentecode, gemeentenaam) VALUES (?, 'GM0392', 'Haarlem')",
                params![polygon(self.srs, ring)],
            )
            .unwrap();
        self
    }
}

/// A folder to work in, with an output folder that need not exist yet.
pub struct Place {
    pub folder: TempDir,
}

impl Place {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn out(&self) -> PathBuf {
        self.path("data")
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// A GeoPackage with one row of three houses in it, which prepares without a fault.
    pub fn good(&self) -> PathBuf {
        let path = self.path("good.gpkg");
        if path.exists() {
            return path;
        }
        let gpkg = Gpkg::new(&path, 28992);
        for i in 0..3 {
            gpkg.pand(&pand(i), Some(1930), Some("Pand in gebruik"), &house(f64::from(i) * 6.0, 0.0, 6.0, 9.0));
            gpkg.home(&vbo(i), Some(&pand(i)), i * 2 + 1, f64::from(i) * 6.0 + 3.0, 4.0);
        }
        path
    }

    /// Runs `prep build --out <folder>/data --name Haarlem ...`.
    pub fn build<S: AsRef<str>>(&self, args: impl IntoIterator<Item = S>) -> Result<Report, Fault> {
        build_to(&self.out(), args)
    }
}

fn build_to<S: AsRef<str>>(out: &Path, args: impl IntoIterator<Item = S>) -> Result<Report, Fault> {
    let mut all = vec!["prep".to_owned(), "build".to_owned(), "--out".to_owned(), out.display().to_string()];
    all.extend(["--name".to_owned(), "Haarlem".to_owned()]);
    all.extend(args.into_iter().map(|a| a.as_ref().to_owned()));
    run(Cli::try_parse_from(all).map_err(|e| e.to_string()).unwrap(), &Progress::quiet())
}

/// What was prepared, read back and checked against its manifest.
pub struct Data {
    pub manifest: Manifest,
    pub tiles: Vec<Tile>,
}

impl Data {
    pub fn read(folder: &Path) -> Self {
        let manifest = Manifest::parse(&fs::read_to_string(folder.join("manifest.json")).unwrap()).unwrap();
        let read = |file: &gasvrij3d::manifest::FileEntry| {
            let bytes = fs::read(folder.join(&file.file)).unwrap();
            assert_eq!(bytes.len() as u64, file.bytes, "{}", file.file);
            assert_eq!(prep::read::sha256_of(&folder.join(&file.file)).unwrap(), file.sha256, "{}", file.file);
            bytes
        };
        let blocks = blocks(&manifest.tiles);
        assert_eq!(blocks.len(), manifest.bundles.len());
        for (file, places) in manifest.bundles.iter().zip(blocks) {
            let tiles: Vec<Vec<u8>> = places.iter().map(|&place| read(&manifest.tiles[place].file)).collect();
            let bundle = if file.is_empty() { Vec::new() } else { fs::read(folder.join(file)).unwrap() };
            assert_eq!(bundle, if tiles.len() > 1 { tiles.concat() } else { Vec::new() }, "{file}");
        }
        let tiles: Vec<Tile> = manifest.tiles.iter().map(|t| tile::decode(&read(&t.file)).unwrap()).collect();
        for file in manifest
            .search
            .shards
            .iter()
            .chain(&manifest.search.ids)
            .chain([&manifest.search.streets, &manifest.report])
            .chain(manifest.quality.iter().flat_map(|q| [&q.page, &q.data]))
        {
            read(file);
        }
        for file in manifest.figures.iter().flat_map(|f| [&f.buurten, &f.warmte, &f.clusters]) {
            read(file);
        }
        for (tile, entry) in tiles.iter().zip(&manifest.tiles) {
            assert_eq!(tile.panden.len() as u32, entry.panden);
        }
        Self { manifest, tiles }
    }

    pub fn panden(&self) -> Vec<&Pand> {
        self.tiles.iter().flat_map(|t| &t.panden).collect()
    }

    pub fn pand(&self, id: &str) -> Option<&Pand> {
        self.panden().into_iter().find(|p| p.id.to_string() == id)
    }

    pub fn woning(&self, id: &str) -> Option<&Woning> {
        self.tiles.iter().flat_map(|t| &t.woningen).find(|w| w.id.to_string() == id)
    }
}

/// How often something was rejected or remarked, in the files and in the steps.
pub fn count(report: &Report, reason: &str) -> u64 {
    let layers = report.files.iter().flat_map(|f| &f.layers).chain(&report.steps);
    layers
        .flat_map(|l| l.rejected.iter().chain(&l.remarks))
        .filter(|(why, _)| prep::checks::sentence(why).contains(reason))
        .map(|(_, cases)| cases.count)
        .sum()
}

/// Nothing got lost anywhere.
pub fn adds_up(report: &Report) {
    for tally in report.files.iter().flat_map(|f| &f.layers).chain(&report.steps) {
        assert_eq!(tally.read, tally.kept + tally.rejections(), "{tally}");
    }
}

pub fn layer<'a>(part: &'a Part, name: &str) -> &'a Tally {
    part.report.layers.iter().find(|l| l.name == name).unwrap()
}

pub fn read_kept(part: &Part, name: &str) -> (u64, u64) {
    let tally = layer(part, name);
    assert_eq!(tally.read, tally.kept + tally.rejections());
    (tally.read, tally.kept)
}

/// Every file below a folder, with its bytes.
pub fn snapshot(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(snapshot(&path));
        } else {
            files.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
    files.sort();
    files
}

/// The file, or a line that says why the test says nothing.
pub fn shared(file: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("GASVRIJ3D_SHARED_DATA")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")), PathBuf::from);
    let path = folder.join(file);
    if path.is_file() {
        Some(path)
    } else {
        eprintln!("skipped: {} is not here (set GASVRIJ3D_SHARED_DATA to the folder with real data)", path.display());
        None
    }
}
