//! The woningen as a table: CSV by RFC 4180, UTF-8, a comma, a header; empty is "not known".

use gasvrij3d::tile::mvt::Value;

use crate::fault::{Fault, Result};
use crate::publish::rows::Rows;

/// The table.
pub fn woningen(rows: &Rows) -> Result<Vec<u8>> {
    let failed = |e: csv::Error| Fault::input(format!("the table of woningen cannot be made: {e}."));
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    out.write_record(rows.woning_columns()).map_err(failed)?;
    for row in &rows.woningen {
        out.write_record(rows.values(row).into_iter().map(cell)).map_err(failed)?;
    }
    out.into_inner().map_err(|e| Fault::input(format!("the table of woningen cannot be made: {}.", e.error())))
}

fn cell(value: Option<Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::Text(text)) => text,
        Some(Value::Uint(n)) => n.to_string(),
        Some(Value::Double(n)) => n.to_string(),
        Some(Value::Bool(yes)) => if yes { "ja" } else { "nee" }.to_owned(),
    }
}
