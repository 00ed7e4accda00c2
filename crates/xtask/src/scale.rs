//! `cargo xtask scale`: what the map takes of time and memory for the model town once, twice and four times, against
//! `data/budgets.toml`.

use std::path::Path;
use std::process::ExitCode;

use serde::Deserialize;

use crate::paths::Paths;
use crate::say::Step;
use crate::speed::{Times, read};
use crate::{Outcome, browser, budgets, child};

/// How often the town lies beside itself, as the example `schaal` writes it.
const COPIES: [u32; 3] = [1, 2, 4];

/// What the map said of a town; times in ms, memory in MB.
#[derive(Deserialize)]
struct Town {
    panden: u32,
    shown: f64,
    whole: Times,
    street: Times,
    memory: f64,
}

/// Measures, prints the table, and fails where a budget is passed.
pub fn measure(paths: &Paths, dist: &Path) -> Outcome<ExitCode> {
    let limit = budgets::read(paths)?.scale;
    let folder = paths.made().join("data/schaal");
    let step = Step::begin("Making towns of three sizes", "about 3 minutes: prep reads each as a municipality has it");
    for arguments in [&["build"][..], &["run", "--example", "schaal"]] {
        let mut cargo = child::cargo(&paths.root);
        cargo.args(arguments).args(["--locked", "--profile", "quick", "--package", "prep"]);
        if arguments.len() > 1 {
            cargo.arg("--").arg(&folder);
        }
        child::must(&step, &mut cargo, "The lines above say what could not be made.")?;
    }
    step.done();
    let mut towns: Vec<Town> = Vec::new();
    for copies in COPIES {
        towns.push(read(&browser::scale(paths, dist, &folder.join(format!("uit-{copies}")))?)?);
    }
    println!("\nAnother program on this machine makes all of these longer");
    let mut over = false;
    for Town { panden, shown, whole, street, memory } in &towns {
        let is_over = whole.median > limit.frame || street.median > limit.frame || *memory > limit.memory;
        over |= is_over;
        println!(
            "{:>9}  {panden} panden: shown in {:.1} s; a frame of all {:.0} ms (p95 {:.0}), of a street {:.0} (p95 {:.0}), \
             limit {:.0}; memory {memory:.0} MB, limit {:.0}",
            if is_over { "TOO MUCH" } else { "ok" },
            shown / 1000.0,
            whole.median,
            whole.p95,
            street.median,
            street.p95,
            limit.frame,
            limit.memory,
        );
    }
    Ok(if over { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
