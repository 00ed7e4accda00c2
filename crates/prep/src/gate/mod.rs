//! The privacy gate: every file that was written is read back and held against `data/toegestaan.toml` before the data
//! set takes its place. A breach is a fault that names the file and the attribute.

mod groups;
mod pmtiles;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use gasvrij3d::Error;
use gasvrij3d::home::FactKey;
use gasvrij3d::manifest::FileEntry;
use gasvrij3d::tile::mvt;
use rayon::prelude::*;
use rusqlite::{Connection, OpenFlags};
use serde_json::Value as Json;

use crate::allowlist::{FileRule, List, Rule, least};
use crate::config::Allowed;
use crate::derive::Derived;
use crate::fault::{Fault, Result};

/// Takes out what this municipality may not show.
pub fn keep_back(derived: &mut Derived, allowed: Allowed) {
    if allowed.ownership {
        return;
    }
    for (home, origins) in derived.homes.iter_mut().zip(&mut derived.origins) {
        home.forget(FactKey::Own);
        origins.0.remove(&FactKey::Own);
    }
}

/// Reads back every file and says what may not be in it.
pub fn inspect(folder: &Path, files: &[FileEntry], allowed: Allowed) -> Result<()> {
    let list = List::built_in().map_err(|e| Fault::Own(Error::new(format!("data/toegestaan.toml: {e}"))))?;
    let check = |entry: &FileEntry| {
        let path = folder.join(&entry.file);
        look_into(&path, &entry.file, &list, allowed)
            .map_err(|breach| Fault::Own(Error::new(format!("{}: {breach} Nothing was published.", entry.file))))
    };
    // The first breach in the order of the files, whichever was found first.
    files.par_iter().map(check).collect::<Vec<_>>().into_iter().collect()
}

/// What is wrong with one file, as a sentence.
type Breach = String;

fn look_into(path: &Path, name: &str, list: &List, allowed: Allowed) -> std::result::Result<(), Breach> {
    let extension = path.extension().map_or_else(String::new, |e| e.to_string_lossy().into_owned());
    let unreadable = |e: &dyn std::fmt::Display| format!("it cannot be read back: {e}.");
    if extension == "gpkg" {
        return columns_of(path).map_err(|e| unreadable(&e)).and_then(|found| columns(&found, name, list, allowed));
    }
    let bytes = fs::read(path).map_err(|e| unreadable(&e))?;
    match extension.as_str() {
        "mvt" => tile(&bytes, list, allowed),
        // Pages are made of the figures in the JSON file beside them.
        "html" => list.file(name).map(|_| ()),
        "csv" => {
            let header = String::from_utf8_lossy(&bytes);
            let header = header.lines().next().unwrap_or_default().trim_start_matches('\u{feff}').to_owned();
            let found: Vec<&str> = header.split([',', ';']).map(|column| column.trim_matches('"')).collect();
            columns(&found, name, list, allowed)
        }
        "json" | "geojson" | "jsonld" => {
            let json: Json = serde_json::from_slice(&bytes).map_err(|e| unreadable(&e))?;
            let rule = list.file(name)?;
            let found = text(&json, rule)?;
            if extension == "geojson" { columns(&found, name, list, allowed) } else { rule.all(found.iter()) }
        }
        "pmtiles" => {
            pmtiles::columns(&bytes).map_err(|e| unreadable(&e)).and_then(|found| columns(&found, name, list, allowed))
        }
        other => Err(format!("a file of the form `{other}` is not on the list in data/toegestaan.toml.")),
    }
}

fn tile(bytes: &[u8], list: &List, allowed: Allowed) -> std::result::Result<(), Breach> {
    for layer in mvt::layers(bytes).map_err(|e| format!("it cannot be read back: {e}."))? {
        let Some(rule) = list.tiles.get(layer.name) else {
            return Err(format!("layer `{}` is not on the list in data/toegestaan.toml.", layer.name));
        };
        for feature in layer.features() {
            let feature = feature.map_err(|e| format!("it cannot be read back: {e}."))?;
            for (key, _) in &feature.tags {
                permitted(rule, key, list, allowed).map_err(|breach| format!("layer `{}`: {breach}", layer.name))?;
            }
        }
    }
    Ok(())
}

fn permitted(rule: &Rule, key: &str, list: &List, allowed: Allowed) -> std::result::Result<(), Breach> {
    list.told_of_one(key)?;
    if rule.attributes.contains(key) || (allowed.ownership && rule.with_ownership.contains(key)) {
        return Ok(());
    }
    if rule.with_ownership.contains(key) {
        return Err(format!("attribute `{key}` is there and the configuration does not say `eigendom = \"woning\"`."));
    }
    Err(format!("attribute `{key}` is not on the list in data/toegestaan.toml."))
}

/// Whether these may be told of homes.
fn columns(found: &[impl AsRef<str>], name: &str, list: &List, allowed: Allowed) -> std::result::Result<(), Breach> {
    for key in found.iter().map(AsRef::as_ref) {
        list.told_of_one(key)?;
    }
    list.file(name)?.columns(found, allowed)
}

/// What a JSON file speaks of, if its lists and counts may be there.
fn text(json: &Json, rule: &FileRule) -> std::result::Result<Vec<String>, Breach> {
    let mut found = Ways::default();
    let mut numbers = Vec::new();
    walk(json, &mut Vec::new(), &mut found, &mut |path, number| {
        if rule.is_count(path) {
            numbers.push((path.join("."), number));
        }
    });
    rule.lists(&found.empty)?;
    for (path, number) in numbers {
        if number > 0.0 && number < f64::from(least()) {
            return Err(format!("`{path}` is {number}: a group smaller than {} is not told.", least()));
        }
    }
    groups::inspect(json, rule)?;
    Ok(found.values.into_iter().collect())
}

/// The ways to what a file says.
#[derive(Default)]
struct Ways {
    /// To values.
    values: BTreeSet<String>,
    /// To lists with nothing in them, of values or of objects.
    empty: BTreeSet<String>,
}

/// Each way to a value, without the places in lists.
fn walk<'a>(json: &'a Json, path: &mut Vec<&'a str>, found: &mut Ways, number: &mut impl FnMut(&[&str], f64)) {
    match json {
        Json::Object(fields) => {
            for (key, value) in fields {
                path.push(key);
                match value {
                    Json::Object(_) => {}
                    Json::Array(items) if items.is_empty() => {
                        found.empty.insert(path.join("."));
                    }
                    // A list of objects is not a value itself.
                    Json::Array(items) if items.iter().all(Json::is_object) => {}
                    _ => {
                        found.values.insert(path.join("."));
                    }
                }
                walk(value, path, found, number);
                path.pop();
            }
        }
        Json::Array(items) => {
            for item in items {
                walk(item, path, found, number);
            }
        }
        Json::Number(n) => number(path, n.as_f64().unwrap_or_default()),
        _ => {}
    }
}

fn columns_of(path: &Path) -> rusqlite::Result<Vec<String>> {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut query = db.prepare(
        "SELECT DISTINCT c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type IN ('table', 'view') AND \
         m.name NOT LIKE 'gpkg_%' AND m.name NOT LIKE 'rtree_%' AND m.name NOT LIKE 'sqlite_%' ORDER BY c.name",
    )?;
    let names = query.query_map([], |row| row.get(0))?;
    names.collect()
}

#[cfg(test)]
mod tests;
