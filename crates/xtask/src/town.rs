//! The data that is served: the model town, or a folder that `prep` made.

use std::path::{Path, PathBuf};

use crate::paths::Paths;
use crate::say::Step;
use crate::{Outcome, child, stamp};

/// What the model town is made of.
const INPUTS: &[&str] =
    &["Cargo.lock", "Cargo.toml", "build.rs", "codegen", "src", "crates/prep/Cargo.toml", "crates/prep/src", "data"];
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

/// How much of the model town.
#[derive(Clone, Copy)]
pub enum Size {
    /// About 2,000 homes.
    Quarter,
    /// About 76,000 homes.
    Whole,
}

impl Size {
    const fn name(self) -> &'static str {
        match self {
            Self::Quarter => "quarter",
            Self::Whole => "whole",
        }
    }

    const fn takes(self) -> &'static str {
        match self {
            Self::Quarter => "a few seconds: about 2,000 homes, the same on every machine",
            Self::Whole => "about 15 seconds: about 76,000 homes, the same on every machine",
        }
    }
}

/// The model town in this size, made unless it is there already.
pub fn made(paths: &Paths, size: Size) -> Outcome<PathBuf> {
    let out = paths.made().join(format!("data/modelstad-{}", size.name()));
    let stamp = stamp::of(&paths.root, INPUTS, &[size.name(), SEED])?;
    if stamp::is_fresh(&out, &stamp) {
        return Ok(out);
    }
    let step =
        Step::begin("Building prep", "first time about 2 minutes: it turns registers into tiles, SQLite included");
    let mut cargo = child::cargo(&paths.root);
    cargo.args(["build", "--locked", "--profile", "quick", "--package", "prep"]);
    child::must(&step, &mut cargo, "The lines above are the compiler's. A clean clone builds on Rust 1.95 or newer.")?;
    step.done();

    let step = Step::begin("Preparing the model town", size.takes());
    stamp::forget(&out)?;
    std::fs::create_dir_all(paths.made().join("data"))
        .map_err(|e| format!("{}: cannot be made ({e}).", paths.made().display()))?;
    let mut prep = child::program(&paths.root, paths.target.join("quick/prep"));
    prep.args(["town", "--size", size.name(), "--seed", SEED, "--out"]).arg(&out);
    child::must(&step, &mut prep, "The sentence above says what prep could not do.")?;
    stamp::note(&out, &stamp)?;
    step.done();
    Ok(out)
}
