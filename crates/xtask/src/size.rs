//! `cargo xtask size`: what a visitor downloads, compressed as a web server does it, against `data/budgets.toml`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Deserialize;

use crate::Outcome;
use crate::budgets::{self, Compression, DataPart};
use crate::packed;
use crate::paths::Paths;
use crate::say::Step;

/// Of a data set's manifest only what is weighed.
#[derive(Deserialize)]
struct Manifest {
    tiles: Vec<FileEntry>,
    search: Search,
}

#[derive(Deserialize)]
struct Search {
    streets: FileEntry,
    shards: Vec<FileEntry>,
    ids: Vec<FileEntry>,
}

#[derive(Deserialize)]
struct FileEntry {
    file: String,
    bytes: u64,
}

/// Weighs each group, prints the table, and fails where a budget is passed. Of a page that is not whole, groups may be missing.
pub fn weigh(paths: &Paths, dist: &Path, data: &Path, is_whole: bool) -> Outcome<ExitCode> {
    let budgets = budgets::read(paths)?;
    let manifest = data.join("manifest.json");
    let manifest: Manifest = serde_json::from_str(&read_text(&manifest)?).map_err(|e| {
        format!("{}: cannot be understood ({e}). Prepare the data again with `prep`.", manifest.display())
    })?;
    let step = Step::begin("Compressing", "seconds: with brotli and gzip at their best, what does not lie ready");
    let mut table = Vec::new();
    let mut over = false;
    for group in &budgets.group {
        let found: Outcome<Vec<_>> = group.page.iter().map(|pattern| matching(dist, pattern)).collect();
        if !is_whole && found.is_err() {
            table.push(format!(" not here  {}", group.name));
            continue;
        }
        let mut files = found?.concat();
        files.extend(group.data.iter().filter_map(|part| largest(&manifest, *part)).map(|name| data.join(name)));
        let mut sum = 0.0;
        let mut lines = Vec::new();
        for file in files {
            step.line(&file.display().to_string());
            let bytes = std::fs::read(&file).map_err(|e| format!("{}: cannot be read ({e}).", file.display()))?;
            let (end, way): (_, fn(&[u8]) -> _) = match group.compression {
                Compression::Brotli => (packed::BROTLI, packed::brotli),
                Compression::Gzip => (packed::GZIP, packed::gzip),
            };
            // What lies ready beside the page is what a host sends; of the data nothing does.
            let ready = std::fs::read(packed::beside(&file, end)).or_else(|_| way(&bytes));
            let small = ready.map_err(|e| format!("{}: cannot be compressed ({e}).", file.display()))?.len();
            let name = file.strip_prefix(dist).or_else(|_| file.strip_prefix(data)).unwrap_or(&file);
            let kb = small as f64 / 1000.0;
            sum += kb;
            lines.push(format!("    {kb:9.1} kB  {:9.1} kB raw  {}", bytes.len() as f64 / 1000.0, name.display()));
        }
        let fits = sum <= group.max_kb;
        over |= !fits;
        let verdict = if fits { "ok" } else { "TOO LARGE" };
        table.push(format!("{verdict:>9}  {}: {sum:.1} of {:.0} kB", group.name, group.max_kb));
        table.extend(lines);
    }
    step.done();
    println!("{}", table.join("\n"));
    Ok(if over { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn read_text(file: &Path) -> Outcome<String> {
    std::fs::read_to_string(file).map_err(|e| format!("{}: cannot be read ({e}).", file.display()))
}

fn largest(manifest: &Manifest, part: DataPart) -> Option<String> {
    let of = |files: &[FileEntry]| files.iter().max_by_key(|f| f.bytes).map(|f| f.file.clone());
    match part {
        DataPart::Manifest => Some("manifest.json".to_owned()),
        DataPart::Streets => Some(manifest.search.streets.file.clone()),
        DataPart::SearchShard => of(&manifest.search.shards),
        DataPart::IdShard => of(&manifest.search.ids),
        DataPart::Tile => of(&manifest.tiles),
    }
}

fn matching(dist: &Path, pattern: &str) -> Outcome<Vec<PathBuf>> {
    let (folder, name) = pattern.rsplit_once('/').unwrap_or(("", pattern));
    let dist = dist.join(folder);
    let entries = std::fs::read_dir(&dist).map_err(|e| format!("{}: cannot be read ({e}).", dist.display()))?;
    let mut found: Vec<_> = entries
        .filter_map(Result::ok)
        .filter(|entry| fits(&entry.file_name().to_string_lossy(), name))
        .map(|entry| entry.path())
        .collect();
    found.sort();
    if found.is_empty() {
        return Err(format!("data/budgets.toml: the page has no file `{pattern}`. Correct the name there."));
    }
    Ok(found)
}

/// Whether the name fits a pattern in which `*` stands for anything.
fn fits(name: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => name == pattern,
        Some((first, rest)) => name
            .strip_prefix(first)
            .is_some_and(|tail| (0..=tail.len()).filter(|i| tail.is_char_boundary(*i)).any(|i| fits(&tail[i..], rest))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        assert!(fits("panel-12ab_bg.wasm", "panel-*_bg.wasm") && fits("city.js", "city.js"));
        assert!(!fits("panel-12ab.js", "panel-*_bg.wasm") && !fits("city.js.map", "city.js"));
    }
}
