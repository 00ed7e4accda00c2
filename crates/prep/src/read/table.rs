//! CSV: addresses, or facts by dwelling. `;`, `,` or tab; with or without a byte order mark; UTF-8 or Latin-1.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use gasvrij3d::home::FactKey;

use super::meter::Allowance;
use super::objects::{ID, Kind, Sink};
use super::record::{Record, Value};
use super::wkb::Shape;
use super::{Options, Origin, Part};
use crate::fault::{Fault, Result};
use crate::report::{Place, Scope};

/// Longer than any header: a file without line ends is no CSV.
const LONGEST_HEADER: u64 = 64 * 1024;

/// Reads all rows.
pub fn read(path: &Path, origin: &Origin, options: &Options, part: &mut Part) -> Result<()> {
    let file = File::open(path).map_err(|e| super::unreadable(&e))?;
    let allowance = Allowance::new(super::LARGEST_FEATURE);
    let mut reader = BufReader::with_capacity(1 << 18, allowance.over(file));
    let mut first = Vec::new();
    reader.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut first).map_err(|e| super::unreadable(&e))?;
    let header = text(&first);
    let header = header.trim_start_matches('\u{feff}').trim_end();
    let delimiter =
        [b';', b'\t', b','].into_iter().max_by_key(|d| header.bytes().filter(|b| b == d).count()).unwrap_or(b';');
    let names: Arc<[String]> =
        header.split(char::from(delimiter)).map(|name| name.trim().trim_matches('"').to_lowercase()).collect();
    let kind = kind(&names).ok_or_else(|| {
        Fault::input(format!(
            "the header is `{}`; addresses need a column `huisnummer` (and identificatie or vbo_id), facts need `id` or \
             `vbo_id` and the keys of the interchange record, such as `lab`. Put names in the first row.",
            header.chars().take(120).collect::<String>()
        ))
    })?;
    part.report.form = format!("CSV ({})", kind.name());
    let Part { town, facts, report, .. } = part;
    let file = report.file.clone();
    let scope = Scope::new(&file, "row");
    let mut sink = Sink::new(town, facts, origin, options, &file);
    let tally = report.layer(kind.name());
    let mut rows = csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).flexible(true).from_reader(reader);
    let mut row = csv::ByteRecord::new();
    // The header was row 1.
    let mut number = 1;
    loop {
        number += 1;
        allowance.renew();
        match rows.read_byte_record(&mut row) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(e) => return Err(Fault::input(format!("row {number} cannot be read: {e}. Fetch the file again."))),
        }
        if row.iter().all(<[u8]>::is_empty) {
            continue;
        }
        let place = Place::new(&scope, number);
        if row.len() != names.len() {
            tally.reject("a row with another number of columns than the header", || {
                (&place, format!("{} of {}", row.len(), names.len()))
            });
            continue;
        }
        let values = row.iter().map(|field| Value::Text(text(field))).collect();
        let record = Record::new(Arc::clone(&names), values);
        let shape = match (record.number(&["x", "x_rd", "rd_x"]), record.number(&["y", "y_rd", "rd_y"])) {
            (Some(x), Some(y)) => Shape::Point([x, y]),
            _ => Shape::Empty,
        };
        let place = place.named(record.text(&ID));
        sink.take(kind, &record, shape, tally, &place);
    }
}

fn kind(names: &[String]) -> Option<Kind> {
    let has = |wanted: &[&str]| names.iter().any(|n| wanted.contains(&n.as_str()));
    if !has(&["id", "vbo_id", "identificatie"]) {
        None
    } else if has(&["huisnummer", "nummer"]) {
        Some(Kind::Verblijfsobject)
    } else {
        names.iter().any(|n| FactKey::from_code(n).is_some()).then_some(Kind::Feiten)
    }
}

/// UTF-8, or else Latin-1: what older programs of municipalities write.
fn text(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(|b| char::from(*b)).collect(), str::to_owned)
}
