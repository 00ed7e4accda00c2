//! The privacy gate: every file that was written is read back and held against `data/toegestaan.toml` before the data
//! set takes its place. A breach is a fault that names the file and the attribute.

mod groups;
mod pmtiles;
mod ways;

use std::fs;
use std::path::Path;

use gasvrij3d::Error;
use gasvrij3d::home::FactKey;
use gasvrij3d::manifest::FileEntry;
use gasvrij3d::tile::mvt;
use rayon::prelude::*;
use rusqlite::{Connection, OpenFlags};
use serde_json::Value as Json;
use ways::Ways;

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
            let rule = list.file(name)?;
            let found = text(&bytes, rule)?;
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
fn text(bytes: &[u8], rule: &FileRule) -> std::result::Result<Vec<String>, Breach> {
    let found = Ways::of(bytes, rule).map_err(|e| format!("it cannot be read back: {e}."))?;
    rule.lists(&found.empty)?;
    if let Some((way, number)) = found.small {
        return Err(format!("`{way}` is {number}: a group smaller than {} is not told.", least()));
    }
    if rule.has_groups() {
        let json: Json = serde_json::from_slice(bytes).map_err(|e| format!("it cannot be read back: {e}."))?;
        groups::inspect(&json, rule)?;
    }
    Ok(found.values.into_iter().collect())
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
