//! The list of all files of the page, beside it: what a device has to keep for the page to work without a connection.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::Outcome;

/// Its name. `crates/evening/src/ready.rs` reads it, `assets/offline.js` compares it.
pub const NAME: &str = "bestanden.txt";
/// What a browser keeps by itself.
const WORKER: &str = "offline.js";
/// The file of whoever publishes the page: it may change afterwards, so its hash says nothing.
pub const THEME: &str = "thema.css";

/// Writes a line for each file, by name: SHA-256 (or `-`), length in bytes, path.
pub fn put(dist: &Path) -> Outcome<()> {
    let mut files = Vec::new();
    collect(dist, &mut files)?;
    let mut names: Vec<(String, PathBuf)> = files
        .into_iter()
        .map(|file| {
            let name = file.strip_prefix(dist).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            (name, file)
        })
        .filter(|(name, _)| name != NAME && name != WORKER)
        .collect();
    names.sort();
    let mut list = String::new();
    for (name, file) in names {
        let bytes = std::fs::read(&file).map_err(|e| format!("{}: cannot be read ({e}).", file.display()))?;
        let hash = if name == THEME {
            "-".to_owned()
        } else {
            Sha256::digest(&bytes).iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
        };
        let _ = writeln!(list, "{hash} {} {name}", bytes.len());
    }
    let place = dist.join(NAME);
    std::fs::write(&place, list).map_err(|e| format!("{}: cannot be written ({e}).", place.display()))
}

/// Every file in the folder and in those within.
pub fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Outcome<()> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: cannot be read ({e}).", folder.display()))?;
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_in_it_but_the_list_itself_and_the_worker() {
        let dist = tempfile::tempdir().unwrap();
        std::fs::create_dir(dist.path().join("fonts")).unwrap();
        for name in ["index.html", "fonts/a.woff2", WORKER, THEME, NAME] {
            std::fs::write(dist.path().join(name), "abc").unwrap();
        }
        put(dist.path()).unwrap();
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let list = std::fs::read_to_string(dist.path().join(NAME)).unwrap();
        assert_eq!(list, format!("{abc} 3 fonts/a.woff2\n{abc} 3 index.html\n- 3 thema.css\n"));
        std::fs::write(dist.path().join("index.html"), "abcd").unwrap();
        put(dist.path()).unwrap();
        assert_ne!(std::fs::read_to_string(dist.path().join(NAME)).unwrap(), list);
    }
}
