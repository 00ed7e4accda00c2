//! CSV: the tables of registers by their columns, addresses, or facts by dwelling. `;`, `,` or tab; with or without a byte
//! order mark; UTF-8 or Windows-1252.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use gasvrij3d::home::FactKey;

use super::columns::Table;
use super::objects::{ID, Kind, Sink};
use super::record::{Record, Value};
use super::values::text;
use super::wkb::Shape;
use super::{Options, Origin, Part, ep_online, liander, municipal};
use crate::fault::{Fault, Result};

/// Reads all rows.
pub fn read(path: &Path, origin: &Origin, options: &Options, part: &mut Part) -> Result<()> {
    let table = Table::open(File::open(path).map_err(|e| super::unreadable(&e))?)?;
    match register(&table) {
        Some(Register::EpOnline) => ep_online::read(table, origin, options, part),
        Some(Register::Liander) => liander::read(table, origin, options, part),
        Some(Register::Municipal) => municipal::read(table, origin, part),
        None => objects(table, origin, options, part),
    }
}

/// Tables about dwellings that other files name.
enum Register {
    EpOnline,
    Liander,
    Municipal,
}

fn register<R>(table: &Table<R>) -> Option<Register> {
    if ep_online::is_it(&table.header, &table.preamble) {
        Some(Register::EpOnline)
    } else if liander::is_it(&table.header) {
        Some(Register::Liander)
    } else {
        municipal::is_it(&table.header).then_some(Register::Municipal)
    }
}

/// Whether a table that begins like this is about dwellings that other files name.
pub fn is_about_dwellings(head: &[u8]) -> bool {
    Table::open(head).is_ok_and(|table| register(&table).is_some())
}

/// Addresses, or facts by dwelling.
fn objects(table: Table<File>, origin: &Origin, options: &Options, part: &mut Part) -> Result<()> {
    let names: Arc<[String]> = table.header.clone().into();
    let kind = kind(&names).ok_or_else(|| {
        Fault::input(format!(
            "the header is `{}`; addresses need a column `huisnummer` (and identificatie or vbo_id), facts need `id` or \
             `vbo_id` and the keys of the interchange record, such as `lab`. Put names in the first row.",
            names.join(";").chars().take(120).collect::<String>()
        ))
    })?;
    part.report.form = format!("CSV ({})", kind.name());
    let Part { town, facts, report, .. } = part;
    let file = report.file.clone();
    let mut sink = Sink::new(town, facts, origin, options, &file);
    table.each(&file, report.layer(kind.name()), |place, row, tally| {
        let values = (0..names.len()).map(|i| Value::Text(text(row.get(i)).into_owned())).collect();
        let record = Record::new(Arc::clone(&names), values);
        let shape = match (record.number(&["x", "x_rd", "rd_x"]), record.number(&["y", "y_rd", "rd_y"])) {
            (Some(x), Some(y)) => Shape::Point([x, y]),
            _ => Shape::Empty,
        };
        let place = place.named(record.text(&ID));
        sink.take(kind, &record, shape, tally, &place);
    })
}

fn kind(names: &[String]) -> Option<Kind> {
    let has = |wanted: &[&str]| names.iter().any(|n| wanted.contains(&n.as_str()));
    if !has(&["id", "vbo_id", "identificatie"]) {
        None
    } else if has(&["area_exterior_wall", "b3_opp_buitenmuur"]) {
        Some(Kind::Maten)
    } else if has(&["huisnummer", "nummer"]) {
        Some(Kind::Verblijfsobject)
    } else {
        names.iter().any(|n| FactKey::from_code(n).is_some()).then_some(Kind::Feiten)
    }
}
