//! Writes the model town of 76,000 homes in the forms that a municipality has, once, twice and four times beside itself,
//! and measures what `prep build` takes for it: time, peak memory, and bytes by building and dwelling.
//!
//! `cargo run --profile quick -p prep --example schaal [FOLDER]`, after `cargo build --profile quick -p prep`.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use gasvrij3d::geo::Rd;
use gasvrij3d::manifest::Manifest;
use gasvrij3d::tile::{self, Tile};
use prep::model::{Polygon, Town};
use prep::town::{Size, generate};
use rusqlite::{Connection, params};

/// Between two copies of the town, metres.
const APART: f64 = 7_500.0;
/// Copies of each data set.
const COPIES: [u32; 3] = [1, 2, 4];

fn main() {
    let folder = std::env::args().nth(1).map_or_else(|| std::env::temp_dir().join("gasvrij3d-schaal"), PathBuf::from);
    fs::create_dir_all(&folder).unwrap();
    let town = generate(Size::Whole, 1).unwrap();
    let mut first = 0.0;
    for copies in COPIES {
        let config = write(&town, copies, &folder);
        let out = folder.join(format!("uit-{copies}"));
        let (seconds, peak) = build(&config);
        if copies == 1 {
            first = seconds;
        }
        println!(
            "{copies} x {} homes: {seconds:.1} s ({:.2} times), peak {} MB",
            town.dwellings.iter().filter(|d| d.is_home).count(),
            seconds / first,
            peak / 1024
        );
        if copies == 1 {
            weigh(&out);
        }
    }
}

/// Runs the program; seconds, and kB of memory at the most.
fn build(config: &Path) -> (f64, u64) {
    let program = std::env::current_exe().unwrap().parent().unwrap().parent().unwrap().join("prep");
    let start = Instant::now();
    let mut child = Command::new(program).arg("build").arg(config).stdout(Stdio::null()).spawn().unwrap();
    let mut peak = 0;
    loop {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(peak);
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success(), "{}", config.display());
            return (start.elapsed().as_secs_f64(), peak);
        }
        sleep(Duration::from_millis(20));
    }
}

/// Bytes of all tiles after brotli, and how many of them go with a layer: what is saved when it is left out.
fn weigh(out: &Path) {
    let manifest = Manifest::parse(&fs::read_to_string(out.join("manifest.json")).unwrap()).unwrap();
    let (mut whole, mut no_pand, mut no_woning, mut panden, mut woningen) = (0, 0, 0, 0, 0);
    for entry in &manifest.tiles {
        let bytes = fs::read(out.join(&entry.file.file)).unwrap();
        let tile = tile::decode(&bytes).unwrap();
        panden += tile.panden.len();
        woningen += tile.woningen.len();
        whole += packed(&bytes);
        no_pand += packed(&tile::encode(&Tile { panden: Vec::new(), ..tile.clone() }));
        no_woning += packed(&tile::encode(&Tile { woningen: Vec::new(), ..tile }));
    }
    let each = |bytes: usize, n: usize| bytes as f64 / n as f64;
    println!(
        "tiles {whole} bytes after brotli; {:.1} bytes a building ({panden}), {:.1} bytes a dwelling ({woningen})",
        each(whole - no_pand, panden),
        each(whole - no_woning, woningen)
    );
}

fn packed(bytes: &[u8]) -> usize {
    let mut packed = Vec::new();
    let mut encoder = brotli::CompressorWriter::new(&mut packed, 1 << 16, 11, 22);
    encoder.write_all(bytes).unwrap();
    drop(encoder);
    packed.len()
}

fn header(kind: u32) -> Vec<u8> {
    let mut b = vec![b'G', b'P', 0, 1];
    b.extend(28992_i32.to_le_bytes());
    b.push(1);
    b.extend(kind.to_le_bytes());
    b
}

fn points(b: &mut Vec<u8>, points: &[Rd], closed: bool, shift: Rd) {
    let first = points.first().filter(|_| closed);
    b.extend((points.len() as u32 + u32::from(first.is_some())).to_le_bytes());
    for p in points.iter().chain(first) {
        b.extend((p[0] + shift[0]).to_le_bytes());
        b.extend((p[1] + shift[1]).to_le_bytes());
    }
}

fn area(polygons: &[Polygon], shift: Rd) -> Vec<u8> {
    let mut b = header(6);
    b.extend((polygons.len() as u32).to_le_bytes());
    for polygon in polygons {
        b.push(1);
        b.extend(3_u32.to_le_bytes());
        b.extend((polygon.len() as u32).to_le_bytes());
        for ring in polygon {
            points(&mut b, ring, true, shift);
        }
    }
    b
}

fn line(line: &[Rd], shift: Rd) -> Vec<u8> {
    let mut b = header(2);
    points(&mut b, line, false, shift);
    b
}

fn point(p: Rd, shift: Rd) -> Vec<u8> {
    let mut b = header(1);
    b.extend((p[0] + shift[0]).to_le_bytes());
    b.extend((p[1] + shift[1]).to_le_bytes());
    b
}

const TABLES: &str = "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY;
 CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER);
 INSERT INTO gpkg_spatial_ref_sys VALUES (28992, 'EPSG', 28992);
 CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);
 INSERT INTO gpkg_geometry_columns VALUES ('pand', 'geom', 28992), ('verblijfsobject', 'geom', 28992),
   ('buurt', 'geom', 28992), ('water', 'geom', 28992), ('groen', 'geom', 28992), ('weg', 'geom', 28992);
 CREATE TABLE pand (fid INTEGER PRIMARY KEY, geom BLOB, identificatie TEXT, bouwjaar INTEGER, status TEXT,
   hoogte_m REAL);
 CREATE TABLE verblijfsobject (fid INTEGER PRIMARY KEY, geom BLOB, identificatie TEXT, pandidentificatie TEXT,
   openbare_ruimte TEXT, huisnummer INTEGER, huisletter TEXT, toevoeging TEXT, postcode TEXT, woonplaats TEXT,
   oppervlakte INTEGER, gebruiksdoel TEXT);
 CREATE TABLE buurt (fid INTEGER PRIMARY KEY, geom BLOB, buurtcode TEXT, buurtnaam TEXT);
 CREATE TABLE water (fid INTEGER PRIMARY KEY, geom BLOB, soort TEXT);
 CREATE TABLE groen (fid INTEGER PRIMARY KEY, geom BLOB, soort TEXT);
 CREATE TABLE weg (fid INTEGER PRIMARY KEY, geom BLOB, soort TEXT, naam TEXT);";

/// The files of so many towns beside each other, and their configuration.
fn write(town: &Town, copies: u32, folder: &Path) -> PathBuf {
    let path = |name: &str| folder.join(format!("{name}-{copies}"));
    let (bag, labels, config) = (
        path("bag").with_extension("gpkg"),
        path("ep-online").with_extension("csv"),
        path("schaal").with_extension("toml"),
    );
    let _ = fs::remove_file(&bag);
    let mut db = Connection::open(&bag).unwrap();
    db.execute_batch(TABLES).unwrap();
    let mut csv = BufWriter::new(File::create(&labels).unwrap());
    write!(
        csv,
        "PublicatieDatum;01-04-2026\r\nLaatstVerwerkteMutatievolgnummer;1\r\nRegistratiedatum;Opnamedatum;GeldigTot;Status;\
         Berekeningstype;Gebouwklasse;Gebouwtype;Gebouwsubtype;Postcode;Huisnummer;Huisletter;Huisnummertoevoeging;\
         BAGVerblijfsobjectID;Energieklasse;Compactheid;Warmtebehoefte\r\n"
    )
    .unwrap();
    let all = db.transaction().unwrap();
    for copy in 0..copies {
        // Two beside each other, then the next two.
        let shift = [copy % 2, copy / 2].map(|steps| f64::from(steps) * APART);
        // Ids of another copy are other ids of the same kind.
        let id = |id: u64| format!("{:016}", id + u64::from(copy) * 10_000_000);
        let mut insert = all.prepare("INSERT INTO pand VALUES (NULL, ?, ?, ?, 'Pand in gebruik', ?)").unwrap();
        for b in &town.buildings {
            insert.execute(params![area(&b.footprint, shift), id(b.id.0), b.year, b.height_m]).unwrap();
        }
        let mut insert =
            all.prepare("INSERT INTO verblijfsobject VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").unwrap();
        for d in &town.dwellings {
            let a = &d.address;
            let used = if d.is_home { "woonfunctie" } else { "winkelfunctie" };
            let pand = d.panden.first().map(|p| id(p.0));
            insert
                .execute(params![
                    point(d.at, shift),
                    id(d.id.0),
                    pand,
                    a.street,
                    a.number,
                    a.letter,
                    a.addition,
                    a.postcode,
                    a.place,
                    d.facts.area_m2.map(f64::round),
                    used
                ])
                .unwrap();
            if let Some(lab) = d.facts.lab {
                let q = d.facts.q.map_or_else(String::new, |q| q.to_string().replace('.', ","));
                write!(
                    csv,
                    "20240101;20231201;20340101;Bestaand;NTA 8800:2023 (basisopname woningbouw);W;;;;;;;{};{};1,4;{q}\r\n",
                    id(d.id.0),
                    lab.code()
                )
                .unwrap();
            }
        }
        let mut insert = all.prepare("INSERT INTO buurt VALUES (NULL, ?, ?, ?)").unwrap();
        for (i, n) in town.neighbourhoods.iter().enumerate() {
            insert.execute(params![area(&n.area, shift), format!("BU8999{copy:02}{i:02}"), n.name]).unwrap();
        }
        let mut insert = all.prepare("INSERT INTO water VALUES (NULL, ?, ?)").unwrap();
        for (class, p) in &town.water {
            insert.execute(params![area(std::slice::from_ref(p), shift), class.code()]).unwrap();
        }
        let mut insert = all.prepare("INSERT INTO groen VALUES (NULL, ?, ?)").unwrap();
        for (class, p) in &town.green {
            insert.execute(params![area(std::slice::from_ref(p), shift), class.code()]).unwrap();
        }
        let mut insert = all.prepare("INSERT INTO weg VALUES (NULL, ?, ?, ?)").unwrap();
        for r in &town.roads {
            insert.execute(params![line(&r.line, shift), r.class.code(), r.name]).unwrap();
        }
    }
    all.commit().unwrap();
    csv.flush().unwrap();
    let source = |kind: &str, file: &Path| {
        format!(
            "[[bron]]\nsoort = \"{kind}\"\nbestanden = [\"{}\"]\ndatum = \"2026-04-01\"\nlicentie = \"CC0-1.0\"\n\
             naamsvermelding = \"Modelstad\"\n",
            file.file_name().unwrap().to_string_lossy()
        )
    };
    let head = format!("uit = \"uit-{copies}\"\n[gemeente]\nnaam = \"Modelstad\"\ncode = \"GM8999\"\n");
    fs::write(&config, head + &source("bag", &bag) + &source("labels", &labels)).unwrap();
    config
}
