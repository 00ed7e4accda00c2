//! Turns the project's own data (TOML, for people) into constants, so that no program for the browser needs a parser of it.
//!
//! `data/palette.toml` → `palette.rs`. `data/rules/*.toml` → `rules.rs`: a table of constants, after every check; a
//! fault in a rule stops the build with its file and line; `rules_written.rs`: the rules as they are written. Every text for
//! people → `text_keys.rs`: a key for each text, so that a missing text or language is an error of the compiler, and
//! `teksten-nl.txt` and its neighbours: the texts themselves, by part and language. The files with figures
//! (`data/kentallen.toml` and its neighbours) → `cijfers.rs`: static tables. `data/vve.toml` → `vve.rs`: what a board fills
//! in, and what it decides on.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

use sha2::{Digest, Sha256};

#[path = "codegen/cijfers.rs"]
mod cijfers;
#[path = "codegen/palette.rs"]
mod palette;
#[path = "codegen/texts.rs"]
mod texts;
#[path = "codegen/vve.rs"]
mod vve;
// The words of the rules and their compiler, as the program has them.
#[allow(dead_code, unused_imports, missing_docs)]
#[path = "src/rules/compile/mod.rs"]
mod compile;
#[allow(dead_code)]
#[path = "src/rules/condition.rs"]
mod condition;
#[allow(dead_code)]
#[path = "src/error.rs"]
mod error;
#[allow(dead_code, unused_imports)]
#[path = "src/few.rs"]
mod few;
#[allow(dead_code, unused_imports)]
#[path = "src/home.rs"]
mod home;
#[allow(dead_code, unused_imports)]
#[path = "src/rules/table.rs"]
mod table;
#[allow(dead_code)]
#[path = "src/verdict.rs"]
mod verdict;

fn main() {
    if let Err(sentence) = run() {
        eprintln!("{sentence}");
        process::exit(1);
    }
}

fn run() -> Result<(), String> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(|e| e.to_string())?);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|e| e.to_string())?);
    let file = root.join("data/palette.toml");
    let colours = palette::source(&read_table(&file)?).map_err(|e| format!("{}: {e}", file.display()))?;
    write(&colours, &out.join("palette.rs"))?;
    let (table, written) = rules(&root)?;
    write(&table, &out.join("rules.rs"))?;
    write(&written, &out.join("rules_written.rs"))?;
    let figures = cijfers::FILES.map(|file| root.join("data").join(file));
    let figures = figures.iter().map(|file| read_table(file)).collect::<Result<Vec<_>, _>>()?;
    write(&cijfers::tables(&figures)?, &out.join("cijfers.rs"))?;
    write(&vve::tables(&read_table(&root.join("data/vve.toml"))?)?, &out.join("vve.rs"))?;
    let read = texts::read(&root, |path| println!("cargo::rerun-if-changed={}", path.display()))?;
    let files = texts::files(&read);
    for file in &files {
        write(&file.content, &out.join(format!("{}.txt", texts::stem(&file.part, file.language))))?;
    }
    write(&texts::source(&read, &files), &out.join("text_keys.rs"))
}

/// The source of the rule table, and that of the rules as they are written.
fn rules(root: &Path) -> Result<(String, String), String> {
    for source in ["src/rules", "src/error.rs", "src/home.rs", "src/verdict.rs"] {
        println!("cargo::rerun-if-changed={}", root.join(source).display());
    }
    let mut texts = Vec::new();
    let mut hash = Sha256::new();
    for file in tables_in(&root.join("data/rules"))? {
        println!("cargo::rerun-if-changed={}", file.display());
        let text = fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        hash.update(&text);
        let name = file.strip_prefix(root).unwrap_or(&file).display().to_string();
        texts.push((name, text));
    }
    let hash = hash.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    let table = compile::compile(&texts, &hash).map_err(|e| e.to_string())?;
    Ok((compile::emit(&table), compile::written(&texts).map_err(|e| e.to_string())?))
}

/// The TOML files of a folder, by name.
fn tables_in(folder: &Path) -> Result<Vec<PathBuf>, String> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    Ok(files)
}

fn read_table(file: &Path) -> Result<toml::Table, String> {
    println!("cargo::rerun-if-changed={}", file.display());
    let text = fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    toml::from_str(&text).map_err(|e| format!("{}: {e}", file.display()))
}

fn write(text: &str, to: &Path) -> Result<(), String> {
    fs::write(to, text).map_err(|e| format!("{}: {e}", to.display()))
}
