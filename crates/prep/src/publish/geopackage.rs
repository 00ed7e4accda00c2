//! A GeoPackage 1.3 in RD New with the layers `pand` and `woning`. Times in it are the day the data speaks of, so that
//! the same data gives the same bytes.

use gasvrij3d::geo::Rd;
use gasvrij3d::tile::mvt::Value;
use rusqlite::types::{Null, ToSqlOutput};
use rusqlite::{Connection, ToSql, params, params_from_iter};

use crate::fault::{Fault, Result};
use crate::geometry::{Bounds, EMPTY, bounds_of, with_point};
use crate::model::Polygon;
use crate::publish::closed;
use crate::publish::rows::{Notice, PAND, Rows};

const RD: i32 = 28_992;

const RD_WKT: &str = r#"PROJCS["Amersfoort / RD New",GEOGCS["Amersfoort",DATUM["Amersfoort",SPHEROID["Bessel 1841",6377397.155,299.1528128]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4289"]],PROJECTION["Oblique_Stereographic"],PARAMETER["latitude_of_origin",52.1561605555556],PARAMETER["central_meridian",5.38763888888889],PARAMETER["scale_factor",0.9999079],PARAMETER["false_easting",155000],PARAMETER["false_northing",463000],UNIT["metre",1],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","28992"]]"#;
const WGS84_WKT: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]"#;

/// The tables that make a database a GeoPackage (OGC 12-128r17, clause 1.1).
const TABLES: &str = "
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));";

struct Cell<'a>(&'a Option<Value>);

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self.0 {
            None => Null.to_sql(),
            Some(Value::Text(text)) => text.to_sql(),
            Some(Value::Uint(n)) => Ok((*n as i64).into()),
            Some(Value::Double(n)) => n.to_sql(),
            Some(Value::Bool(yes)) => yes.to_sql(),
        }
    }
}

/// The file.
pub fn write(rows: &Rows, notice: &Notice) -> Result<Vec<u8>> {
    let folder = std::env::temp_dir();
    let file = tempfile::Builder::new().suffix(".gpkg").tempfile().map_err(|e| Fault::writing(&folder, e))?;
    let made = Connection::open(file.path()).and_then(|db| {
        make(&db, rows, notice)?;
        db.close().map_err(|(_, e)| e)
    });
    made.map_err(|e| Fault::writing(file.path(), e))?;
    std::fs::read(file.path()).map_err(|e| Fault::writing(file.path(), e))
}

fn make(db: &Connection, rows: &Rows, notice: &Notice) -> rusqlite::Result<()> {
    db.execute_batch(
        "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
         PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300; BEGIN;",
    )?;
    db.execute_batch(TABLES)?;
    let systems = [
        ("Undefined cartesian SRS", -1, "NONE", -1, "undefined"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined"),
        ("WGS 84", 4326, "EPSG", 4326, WGS84_WKT),
        ("Amersfoort / RD New", RD, "EPSG", RD, RD_WKT),
    ];
    for (name, id, organisation, code, definition) in systems {
        db.execute(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)",
            params![name, id, organisation, code, definition],
        )?;
    }
    let boxes: Vec<Bounds> = rows.panden.iter().map(|row| bounds_of(row.footprint)).collect();
    let bounds = boxes.iter().fold(EMPTY, |all, b| with_point(with_point(all, [b[0], b[1]]), [b[2], b[3]]));
    let pand_columns: Vec<&str> = PAND.to_vec();
    let mut add = layer(db, notice, "pand", "MULTIPOLYGON", &pand_columns, bounds)?;
    for (row, b) in rows.panden.iter().zip(&boxes) {
        insert(&mut add, &polygons(row.footprint, *b), &row.values())?;
    }
    drop(add);
    let bounds = rows.woningen.iter().fold(EMPTY, |all, row| with_point(all, row.at));
    let woning: Vec<&str> = rows.woning_columns().collect();
    let mut add = layer(db, notice, "woning", "POINT", &woning, bounds)?;
    for row in &rows.woningen {
        insert(&mut add, &point(row.at), &rows.values(row))?;
    }
    drop(add);
    db.execute_batch("COMMIT;")
}

/// The type of a column, as a GeoPackage names it.
fn type_of(column: &str) -> &'static str {
    match column {
        "bouwjaar" | "woningen" | "huisnummer" | "bj" | "nvbo" | "net_start" | "aangewezen_jaar" | "cluster_homes" => {
            "INTEGER"
        }
        "hoogte_m" | "q" | "std" | "d_net" | "dens" | "space_ground" | "d_rear" | "area_m2" | "cluster_gj" => "DOUBLE",
        "gw_bescherming" | "archeologie_hoog" | "woonfunctie" => "BOOLEAN",
        _ => "TEXT",
    }
}

fn layer<'a>(
    db: &'a Connection,
    notice: &Notice,
    name: &str,
    shape: &str,
    columns: &[&str],
    [x0, y0, x1, y1]: Bounds,
) -> rusqlite::Result<rusqlite::Statement<'a>> {
    let typed: Vec<String> = columns.iter().map(|c| format!("\"{c}\" {}", type_of(c))).collect();
    db.execute_batch(&format!(
        "CREATE TABLE {name} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {shape}, {});",
        typed.join(", ")
    ))?;
    let time = format!("{}T00:00:00.000Z", notice.publisher.datum);
    db.execute(
        "INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?, ?, ?, ?, ?, ?, ?)",
        params![name, name, notice.text(), time, x0, y0, x1, y1, RD],
    )?;
    db.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", params![name, shape, RD])?;
    let quoted: Vec<String> = columns.iter().map(|c| format!("\"{c}\"")).collect();
    let marks = vec!["?"; columns.len() + 1].join(", ");
    db.prepare(&format!("INSERT INTO {name} (geom, {}) VALUES ({marks})", quoted.join(", ")))
}

fn insert(add: &mut rusqlite::Statement, geometry: &[u8], values: &[Option<Value>]) -> rusqlite::Result<()> {
    let cells: Vec<Cell> = values.iter().map(Cell).collect();
    let geometry: &dyn ToSql = &geometry;
    add.execute(params_from_iter(std::iter::once(geometry).chain(cells.iter().map(|c| c as &dyn ToSql))))?;
    Ok(())
}

/// The header of a geometry, little-endian, with or without its box.
fn header(envelope: Option<Bounds>) -> Vec<u8> {
    let mut out = vec![b'G', b'P', 0, if envelope.is_some() { 0b11 } else { 0b01 }];
    out.extend(RD.to_le_bytes());
    if let Some([x0, y0, x1, y1]) = envelope {
        out.extend([x0, x1, y0, y1].iter().flat_map(|v| v.to_le_bytes()));
    }
    out
}

fn begin(out: &mut Vec<u8>, kind: u32) {
    out.push(1);
    out.extend(kind.to_le_bytes());
}

fn point(p: Rd) -> Vec<u8> {
    let mut out = header(None);
    begin(&mut out, 1);
    out.extend(p.iter().flat_map(|v| v.to_le_bytes()));
    out
}

fn polygons(footprint: &[Polygon], envelope: Bounds) -> Vec<u8> {
    let mut out = header(Some(envelope));
    begin(&mut out, 6);
    out.extend((footprint.len() as u32).to_le_bytes());
    for polygon in footprint {
        begin(&mut out, 3);
        out.extend((polygon.len() as u32).to_le_bytes());
        for (i, ring) in polygon.iter().enumerate() {
            let ring = closed(ring, i == 0);
            out.extend((ring.len() as u32).to_le_bytes());
            out.extend(ring.iter().flatten().flat_map(|v| v.to_le_bytes()));
        }
    }
    out
}
