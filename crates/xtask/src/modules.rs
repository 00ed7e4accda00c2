//! The parts of the page that come when they are asked for. Each is a WebAssembly module with its own styles: three files
//! with a common name that holds their hash, so that a browser may keep them and never mixes two versions.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::{Outcome, loader, styles};

/// Every part: its name (of its crate, and of its folder in `assets/css`), and what it is for. `index.html` names it to
/// trunk too, and `kit::parts` to the panel.
pub const MODULES: &[(&str, &str)] = &[
    ("pages", "seconds: why, corrections, neighbourhoods, plans, paper"),
    ("evening", "seconds: drawing a heat network, plans by year, a story, the hall"),
    ("vve", "seconds: the table of an owners' association"),
];

/// Names the files of each part by their hash and tells the loader.
pub fn put(root: &Path, dist: &Path) -> Outcome<()> {
    let mut names = Vec::new();
    for (module, _) in MODULES {
        let made = ["js", "wasm"]
            .map(|end| dist.join(if end == "js" { format!("{module}.js") } else { format!("{module}_bg.wasm") }));
        let [js, wasm] = [read(&made[0])?, read(&made[1])?];
        let css = styles(&root.join("assets/css").join(module))?;
        let mut hash = Sha256::new();
        for part in [&js, &wasm, &css] {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        let hash = hash.finalize().iter().take(8).fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        let name = format!("{module}-{hash}");
        for (end, content) in [(".js", &js), ("_bg.wasm", &wasm), (".css", &css)] {
            let place = dist.join(format!("{name}{end}"));
            std::fs::write(&place, content).map_err(|e| format!("{}: cannot be written ({e}).", place.display()))?;
        }
        for old in made {
            std::fs::remove_file(&old).map_err(|e| format!("{}: cannot be removed ({e}).", old.display()))?;
        }
        names.push((*module, name));
    }
    loader::note(dist, &names)
}

/// All styles of a part, one file after the other by name.
fn styles(folder: &Path) -> Outcome<Vec<u8>> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: cannot be read ({e}).", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "css"));
    files.sort();
    let mut all = String::new();
    for file in files {
        all += &styles::bare(&String::from_utf8_lossy(&read(&file)?));
    }
    Ok(all.into_bytes())
}

fn read(file: &Path) -> Outcome<Vec<u8>> {
    std::fs::read(file).map_err(|e| format!("{}: cannot be read ({e}).", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    #[test]
    fn trunk_and_the_panel_know_every_part() {
        let page = std::fs::read_to_string(root().join("index.html")).unwrap();
        let panel = std::fs::read_to_string(root().join("crates/kit/src/parts.rs")).unwrap();
        for (module, _) in MODULES {
            assert!(page.contains(&format!("crates/{module}/Cargo.toml\" data-bin=\"{module}\"")), "{module}");
            assert!(panel.contains(&format!(": &str = \"{module}\";")), "{module}");
        }
    }

    #[test]
    fn another_style_or_program_has_another_name_and_the_loader_knows_it() {
        let names: Vec<String> = ["one", "two"]
            .map(|wasm| {
                let dist = tempfile::tempdir().unwrap();
                let index = dist.path().join("index.html");
                std::fs::write(&index, format!("<head>{} data-js=\"./panel.js\"></script></head>", loader::TAG))
                    .unwrap();
                for (module, _) in MODULES {
                    std::fs::write(dist.path().join(format!("{module}.js")), "export default 1").unwrap();
                    std::fs::write(dist.path().join(format!("{module}_bg.wasm")), wasm).unwrap();
                }
                put(&root(), dist.path()).unwrap();
                let page = std::fs::read_to_string(&index).unwrap();
                let name = page.split("data-pages=\"./").nth(1).unwrap().split('"').next().unwrap().to_owned();
                assert!(std::fs::read_to_string(dist.path().join(format!("{name}.css"))).unwrap().contains("@page"));
                assert!(["_bg.wasm", ".js"].iter().all(|end| dist.path().join(format!("{name}{end}")).is_file()));
                assert!(!dist.path().join("pages.js").exists());
                name
            })
            .to_vec();
        assert_ne!(names[0], names[1]);
    }
}
