//! The commands of `crates/advies`: built here, then run in this program's place.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::paths::Paths;
use crate::say::Step;
use crate::{Outcome, child};

/// Reads homes from standard input and writes advice to standard output.
pub fn advise(paths: &Paths) -> Outcome<ExitCode> {
    let program = build(paths)?;
    child::hand_over(std::process::Command::new(program).arg("advise"))
}

/// Writes the rule book to a folder.
pub fn rulebook(paths: &Paths, out: Option<PathBuf>) -> Outcome<ExitCode> {
    let program = build(paths)?;
    let out = out.unwrap_or_else(|| paths.made().join("regelboek"));
    child::hand_over(std::process::Command::new(program).args(["rulebook", "--out"]).arg(out))
}

/// Standard output belongs to the data: all that is said here goes to standard error.
fn build(paths: &Paths) -> Outcome<PathBuf> {
    let step = Step::begin("Building advies", "first time about a minute: the rules are checked while it builds");
    let mut cargo = child::cargo(&paths.root);
    cargo.args(["build", "--locked", "--profile", "quick", "--package", "advies"]);
    child::must(
        &step,
        &mut cargo,
        "The lines above are the compiler's. A fault in data/rules is named by file and line.",
    )?;
    step.done();
    Ok(paths.target.join("quick/advies"))
}
