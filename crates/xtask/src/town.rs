//! The data that is served: the model town, or a folder that `prep` made.

use std::path::{Path, PathBuf};

use crate::paths::Paths;
use crate::say::Step;
use crate::{Outcome, child, stamp};

/// What the model town is made of.
const INPUTS: &[&str] =
    &["Cargo.lock", "Cargo.toml", "build.rs", "src", "crates/prep/Cargo.toml", "crates/prep/src", "data"];
/// The same town on every machine.
const SEED: &str = "2040";

/// Checks that a folder holds prepared data.
pub fn prepared(dir: &Path) -> Outcome<PathBuf> {
    if dir.join("manifest.json").is_file() {
        return Ok(dir.to_owned());
    }
    Err(format!(
        "{}: holds no manifest.json, so it is not a prepared folder. Make one with `prep build --out {} FILES...`.",
        dir.display(),
        dir.display()
    ))
}

/// The model town's quarter of about 2,000 homes, made unless it is there already.
pub fn quarter(paths: &Paths) -> Outcome<PathBuf> {
    let out = paths.made().join("data/modelstad-quarter");
    let stamp = stamp::of(&paths.root, INPUTS, &["quarter", SEED])?;
    if stamp::is_fresh(&out, &stamp) {
        return Ok(out);
    }
    let step =
        Step::begin("Building prep", "first time about 2 minutes: it turns registers into tiles, SQLite included");
    let mut cargo = child::cargo(&paths.root);
    cargo.args(["build", "--locked", "--profile", "quick", "--package", "prep"]);
    child::must(&step, &mut cargo, "The lines above are the compiler's. A clean clone builds on Rust 1.95 or newer.")?;
    step.done();

    let step = Step::begin("Preparing the model town", "a few seconds: about 2,000 homes, the same on every machine");
    stamp::forget(&out)?;
    std::fs::create_dir_all(paths.made().join("data"))
        .map_err(|e| format!("{}: cannot be made ({e}).", paths.made().display()))?;
    let mut prep = child::program(&paths.root, paths.target.join("quick/prep"));
    prep.args(["town", "--size", "quarter", "--seed", SEED, "--out"]).arg(&out);
    child::must(&step, &mut prep, "The sentence above says what prep could not do.")?;
    stamp::note(&out, &stamp)?;
    step.done();
    Ok(out)
}
