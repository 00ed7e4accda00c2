//! GeoPackage: layers recognised by name and columns, read row by row.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row};

use super::objects::{ID, Kind, Sink};
use super::record::{Record, Value};
use super::wkb::{self, Shape};
use super::{Crs, Options, Origin, Part};
use crate::fault::{Fault, Result};
use crate::report::{FileReport, Place, Scope, Tally};

/// Tables that a GeoPackage has for itself.
const OWN_TABLES: [&str; 3] = ["gpkg_", "rtree_", "sqlite_"];

/// The register's own tables: a dwelling has its address in another one.
const DWELLINGS: &str = "verblijfsobjectactueelbestaand";
const NUMBERS: &str = "nummeraanduidingactueelbestaand";
/// The columns that are wanted from there.
const NUMBER_COLUMNS: [&str; 4] = ["huisnummer", "huisletter", "huisnummertoevoeging", "postcode"];

struct Layer {
    table: String,
    /// Its addresses are in [`NUMBERS`].
    numbers_apart: bool,
    /// Its geometry column and coordinate system; `None` for a table without geometry.
    geometry: Option<(String, i64)>,
    columns: Vec<String>,
    /// The row's own number, to name a row by.
    key: String,
}

/// Reads all layers that are known.
pub fn read(path: &Path, origin: &Origin, options: &Options, part: &mut Part) -> Result<()> {
    "GeoPackage".clone_into(&mut part.report.form);
    check_length(path)?;
    let db = open(path)?;
    let systems = systems(&db)?;
    for layer in layers(&db)? {
        let Part { town, facts, report, about } = part;
        let file = report.file.clone();
        let kind = match (kind(&layer), options.kind.and_then(Kind::told)) {
            // A layer of another name in a file that is said to be about this.
            (Kind::NotShown, Some(told)) if layer.geometry.is_some() => told,
            (kind, _) => kind,
        };
        if kind == Kind::NotShown {
            skip(&db, &layer, report)?;
            continue;
        }
        if let Some((_, srs)) = &layer.geometry {
            check_system(&layer.table, *srs, &systems)?;
        }
        if layer.columns.iter().any(|c| c == "rdf_seealso" || c == "tijdstipregistratielv") {
            about.known_as = Some("bag");
        } else if layer.columns.iter().any(|c| c.starts_with("b3_")) {
            about.known_as = Some("3dbag");
        } else if layer.columns.iter().any(|c| c == "jrstatcode" || c == "indelingswijziging_wijken_en_buurten") {
            about.known_as = about.known_as.or(Some("cbs"));
        }
        let mut sink = Sink::new(town, facts, origin, options, &file);
        let tally = report.layer(&layer.table);
        rows(&db, &layer, kind, &mut sink, tally)?;
    }
    Ok(())
}

/// A download that stopped half-way is shorter than its own header says; SQLite would only notice far into the file.
fn check_length(path: &Path) -> Result<()> {
    let mut header = [0; 100];
    let mut file = File::open(path).map_err(|e| super::unreadable(&e))?;
    let length = file.metadata().map_or(0, |m| m.len());
    if file.read_exact(&mut header).is_err() {
        return Err(cut(length, 100));
    }
    let u32_at =
        |at: usize| u64::from(u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]));
    let page = match u64::from(u16::from_be_bytes([header[16], header[17]])) {
        1 => 65_536,
        size => size,
    };
    // The count of pages holds only where the last change was by a program that keeps it.
    let expected = page * u32_at(28);
    if u32_at(24) == u32_at(92) && length < expected { Err(cut(length, expected)) } else { Ok(()) }
}

fn cut(length: u64, expected: u64) -> Fault {
    Fault::input(format!("the GeoPackage is cut off: it is {length} bytes and should be {expected}. Fetch it again."))
}

fn open(path: &Path) -> Result<Connection> {
    // `immutable`: also from a folder where SQLite may not write its lock files.
    let escaped: String = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags).map_err(|e| damaged(&e))
}

fn damaged(e: &rusqlite::Error) -> Fault {
    Fault::input(format!("the GeoPackage cannot be read: {e}. Fetch it again, or check it with `ogrinfo`."))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn systems(db: &Connection) -> Result<BTreeMap<i64, String>> {
    let mut statement = db
        .prepare("SELECT srs_id, organization || ':' || organization_coordsys_id FROM gpkg_spatial_ref_sys")
        .map_err(|e| damaged(&e))?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(|e| damaged(&e))?;
    rows.collect::<std::result::Result<_, _>>().map_err(|e| damaged(&e))
}

fn check_system(table: &str, srs: i64, systems: &BTreeMap<i64, String>) -> Result<()> {
    let name = systems.get(&srs).cloned().unwrap_or_else(|| srs.to_string());
    match Crs::parse(&name) {
        Some(Crs::Rd) => Ok(()),
        _ => Err(Fault::input(format!(
            "layer `{table}` is in coordinate system {name}, RD New (EPSG:28992) is expected. Convert it first, for \
             example with `ogr2ogr -t_srs EPSG:28992 out.gpkg in.gpkg`."
        ))),
    }
}

fn layers(db: &Connection) -> Result<Vec<Layer>> {
    let mut geometry: BTreeMap<String, (String, i64)> = BTreeMap::new();
    let mut statement =
        db.prepare("SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns").map_err(|e| damaged(&e))?;
    let mut found = statement.query([]).map_err(|e| damaged(&e))?;
    while let Some(row) = found.next().map_err(|e| damaged(&e))? {
        let read = (|| Ok((row.get::<_, String>(0)?, (row.get(1)?, row.get(2)?))))();
        let (table, column): (String, (String, i64)) = read.map_err(|e: rusqlite::Error| damaged(&e))?;
        geometry.insert(table, column);
    }
    let mut statement = db
        .prepare("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name")
        .map_err(|e| damaged(&e))?;
    let names = statement.query_map([], |row| row.get::<_, String>(0)).map_err(|e| damaged(&e))?;
    let mut layers = Vec::new();
    for table in names {
        let table = table.map_err(|e| damaged(&e))?;
        if OWN_TABLES.iter().any(|own| table.starts_with(own)) {
            continue;
        }
        let mut info = db.prepare(&format!("PRAGMA table_info({})", quoted(&table))).map_err(|e| damaged(&e))?;
        let columns = info
            .query_map([], |row| Ok((row.get::<_, String>(1)?, row.get::<_, i64>(5)?)))
            .map_err(|e| damaged(&e))?
            .collect::<std::result::Result<Vec<_>, _>>()
            .map_err(|e| damaged(&e))?;
        let key = columns.iter().find(|(_, primary)| *primary == 1).map_or("rowid", |(name, _)| name).to_owned();
        let geometry = geometry.remove(&table);
        let columns = columns.into_iter().map(|(name, _)| name).collect();
        layers.push(Layer { table, numbers_apart: false, geometry, columns, key });
    }
    let has_numbers = layers.iter().any(|l| l.table == NUMBERS);
    if let Some(dwellings) = layers.iter_mut().find(|l| has_numbers && l.table == DWELLINGS) {
        dwellings.numbers_apart = true;
    }
    Ok(layers)
}

/// What a layer holds, by its name, else by its columns.
fn kind(layer: &Layer) -> Kind {
    let name = layer.table.to_lowercase();
    let has = |columns: &[&str]| layer.columns.iter().any(|c| columns.contains(&c.to_lowercase().as_str()));
    match name.as_str() {
        "pand" | "panden" | "pandactueelbestaand" | "lod12_2d" | "lod13_2d" | "lod22_2d" => return Kind::Pand,
        DWELLINGS if layer.numbers_apart => return Kind::Verblijfsobject,
        "verblijfsobject" | "verblijfsobjecten" | "adres" | "adressen" => return Kind::Verblijfsobject,
        "buurt" | "buurten" => return Kind::Buurt,
        "wijk" | "wijken" => return Kind::Wijk,
        "gemeente" | "gemeenten" | "gemeentegrens" => return Kind::Gemeente,
        "water"
        | "waterdeel"
        | "bgt_waterdeel"
        | "waterdeel_vlak"
        | "top10nl_waterdeel_vlak"
        | "gis_osm_water_a_free" => {
            return Kind::Water;
        }
        "groen"
        | "wegdeel"
        | "bgt_wegdeel"
        | "begroeidterreindeel"
        | "bgt_begroeidterreindeel"
        | "terrein_vlak"
        | "top10nl_terrein_vlak"
        | "gis_osm_landuse_a_free" => return Kind::Groen,
        "weg" | "wegen" | "wegvakken" | "wegdeel_hartlijn" | "top10nl_wegdeel_hartlijn" | "gis_osm_roads_free" => {
            return Kind::Weg;
        }
        "spoor" | "spoorbaandeel_lijn" | "top10nl_spoorbaandeel_lijn" | "gis_osm_railways_free" => return Kind::Spoor,
        "warmtenet" | "warmtenetten" => return Kind::Warmtenet,
        "plangebied" | "plangebieden" => return Kind::Plangebied,
        "monument"
        | "monumenten"
        | "rijksmonument"
        | "rijksmonumenten"
        | "gemeentelijke_monumenten"
        | "nationallistedmonumentpoints"
        | "nationallistedmonumentpolygons" => return Kind::Monument,
        "stadsgezicht" | "stadsgezichten" | "beschermde_stadsgezichten" | "townscapes" => return Kind::Stadsgezicht,
        "zone" | "zones" => return Kind::Zone,
        "straat" | "warmtebron" => return Kind::NotShown,
        _ => {}
    }
    if has(&["postcode6", "pc6"]) || name.contains("pc6") || name.contains("postcode6") {
        Kind::Postcode
    } else if has(&["huisnummer"]) && has(&["identificatie"]) && layer.geometry.is_some() {
        Kind::Verblijfsobject
    } else if has(&["bouwjaar", "oorspronkelijkbouwjaar"]) && has(&ID) && layer.geometry.is_some() {
        Kind::Pand
    } else {
        Kind::NotShown
    }
}

fn skip(db: &Connection, layer: &Layer, report: &mut FileReport) -> Result<()> {
    let count: i64 = db
        .query_row(&format!("SELECT count(*) FROM {}", quoted(&layer.table)), [], |row| row.get(0))
        .map_err(|e| damaged(&e))?;
    let reason = if layer.table == NUMBERS {
        "taken along with its verblijfsobject"
    } else {
        "a layer that is not needed on the map"
    };
    report.layer(&layer.table).reject_all(count.unsigned_abs(), reason, || format!("layer `{}`", layer.table));
    Ok(())
}

fn rows(db: &Connection, layer: &Layer, kind: Kind, sink: &mut Sink<'_>, tally: &mut Tally) -> Result<()> {
    let geometry = layer.geometry.as_ref().map(|(column, _)| column.as_str());
    let own: Vec<&str> = layer.columns.iter().map(String::as_str).filter(|c| Some(*c) != geometry).collect();
    let more: &[&str] = if layer.numbers_apart { &NUMBER_COLUMNS } else { &[] };
    let names: Arc<[String]> = own.iter().chain(more).map(|c| c.to_lowercase()).collect();
    let mut columns = vec![
        format!("t.{}", quoted(&layer.key)),
        geometry.map_or_else(|| "NULL".to_owned(), |column| format!("t.{}", quoted(column))),
    ];
    columns.extend(own.iter().map(|c| format!("t.{}", quoted(c))));
    columns.extend(more.iter().map(|c| format!("n.{}", quoted(c))));
    let with_numbers = if layer.numbers_apart {
        format!(" LEFT JOIN {NUMBERS} n ON n.identificatie = t.hoofdadresnummeraanduidingref")
    } else {
        String::new()
    };
    let sql = format!("SELECT {} FROM {} t{with_numbers}", columns.join(", "), quoted(&layer.table));
    let broken =
        |e: &rusqlite::Error, row: u64| damaged(e).at(format_args!("layer `{}`, after row {row}", layer.table));
    let mut statement = db.prepare(&sql).map_err(|e| broken(&e, 0))?;
    let mut found = statement.query([]).map_err(|e| broken(&e, 0))?;
    let mut count = 0;
    let scopes = [&layer.key, "row"].map(|word| Scope::new(sink.file, format!("{} {word}", layer.table)));
    while let Some(row) = found.next().map_err(|e| broken(&e, count))? {
        count += 1;
        let values = (0..names.len()).map(|i| value(row, i + 2)).collect();
        let record = Record::new(Arc::clone(&names), values);
        let place = place(&scopes, row, count, &record);
        match shape(row) {
            Ok(shape) => sink.take(kind, &record, shape, tally, &place),
            Err(what) => tally.reject("the geometry cannot be read", || (&place, what)),
        }
    }
    Ok(())
}

/// A row by its key; by its number where the key is no number.
fn place(scope: &[Arc<Scope>; 2], row: &Row<'_>, count: u64, record: &Record) -> Place {
    let place = match value(row, 0) {
        Value::Int(n) => Place::new(&scope[0], n.unsigned_abs()),
        _ => Place::new(&scope[1], count),
    };
    place.named(record.text(&ID))
}

fn shape(row: &Row<'_>) -> std::result::Result<Shape, &'static str> {
    match row.get_ref(1) {
        Ok(ValueRef::Blob(bytes)) => wkb::read(bytes).map(|(_, shape)| shape),
        Ok(ValueRef::Null) => Ok(Shape::Empty),
        _ => Err("a geometry that is not stored as one"),
    }
}

fn value(row: &Row<'_>, column: usize) -> Value {
    match row.get_ref(column) {
        Ok(ValueRef::Integer(n)) => Value::Int(n),
        Ok(ValueRef::Real(n)) => Value::Real(n),
        Ok(ValueRef::Text(text)) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        _ => Value::Null,
    }
}
