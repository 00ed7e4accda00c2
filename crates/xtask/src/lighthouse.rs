//! `cargo xtask lighthouse`: what Lighthouse says of the house card on a phone, against `data/budgets.toml`.

use std::path::Path;
use std::process::ExitCode;

use serde::Deserialize;

use crate::paths::Paths;
use crate::{Outcome, browser, budgets};

/// What was printed: points out of 100, and what they were taken for.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Points {
    accessibility: u32,
    best_practices: u32,
    performance: u32,
    found: Vec<String>,
    visits: u32,
}

/// Looks, prints the table, and fails where there are too few points.
pub fn look(paths: &Paths, dist: &Path, data: &Path) -> Outcome<ExitCode> {
    let budget = budgets::read(paths)?.lighthouse;
    let printed = browser::lighthouse(paths, dist, data)?;
    let points: Points = serde_json::from_str(&printed)
        .map_err(|e| format!("Lighthouse printed `{printed}`, which cannot be read ({e})."))?;
    println!("\nThe middle of {} visits; another program on this machine makes performance less", points.visits);
    let mut under = false;
    for (what, reached, least) in [
        ("accessibility", points.accessibility, budget.accessibility),
        ("best practices", points.best_practices, budget.best_practices),
        ("performance", points.performance, budget.performance),
    ] {
        under |= reached < least;
        let verdict = if reached < least { "TOO LOW" } else { "ok" };
        println!("{verdict:>9}  {what}: {reached} of 100, at least {least}");
    }
    for fault in points.found {
        println!("           {fault}");
    }
    Ok(if under { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
