//! Turns the project's own data (TOML, for people) into JSON (for the browser, which then needs no TOML parser).
//!
//! `data/palette.toml` → `palette.json`; `data/text/*.toml` → `text.json`; `data/rules/*.toml` → `rules.json`, the tables
//! of all files in one object. What the tables must hold is checked where they are read, in the heart.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

fn main() {
    if let Err(sentence) = run() {
        eprintln!("{sentence}");
        process::exit(1);
    }
}

fn run() -> Result<(), String> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(|e| e.to_string())?);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|e| e.to_string())?);
    merge(&[root.join("data/palette.toml")], &out.join("palette.json"))?;
    for folder in ["text", "rules"] {
        let from = root.join("data").join(folder);
        println!("cargo::rerun-if-changed={}", from.display());
        let mut files: Vec<PathBuf> = fs::read_dir(&from)
            .map_err(|e| format!("{}: {e}", from.display()))?
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| path.extension().is_some_and(|e| e == "toml"))
            .collect();
        files.sort();
        merge(&files, &out.join(format!("{folder}.json")))?;
    }
    Ok(())
}

fn merge(files: &[PathBuf], to: &Path) -> Result<(), String> {
    let mut all: BTreeMap<String, toml::Value> = BTreeMap::new();
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let text = fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
        let table: toml::Table = toml::from_str(&text).map_err(|e| format!("{}: {e}", file.display()))?;
        for (key, value) in table {
            match (all.get_mut(&key), value) {
                (None, value) => {
                    all.insert(key, value);
                }
                // Lists go on from file to file: `[[rule]]` in the order of the files' names.
                (Some(toml::Value::Array(list)), toml::Value::Array(more)) => list.extend(more),
                _ => return Err(format!("{}: `{key}` stands in an earlier file too; give it one place", file.display())),
            }
        }
    }
    let json = serde_json::to_string(&all).map_err(|e| e.to_string())?;
    fs::write(to, json).map_err(|e| format!("{}: {e}", to.display()))
}
