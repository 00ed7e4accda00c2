//! `cargo xtask speed`: how long a visitor with a slow phone waits, against `data/budgets.toml`.

use std::path::Path;
use std::process::ExitCode;

use serde::Deserialize;

use crate::paths::Paths;
use crate::{Outcome, browser, budgets};

/// What the visits said; times in ms.
#[derive(Deserialize)]
struct Visits {
    search: Times,
    card: Times,
    keys: Times,
    runs: u32,
}

#[derive(Deserialize)]
struct Times {
    median: f64,
    p75: f64,
}

/// Measures, prints the table, and fails where a budget is passed.
pub fn measure(paths: &Paths, dist: &Path, data: &Path) -> Outcome<ExitCode> {
    let budget = budgets::read(paths)?.visit;
    let printed = browser::speed(paths, dist, data)?;
    let visits: Visits = serde_json::from_str(&printed)
        .map_err(|e| format!("The visits printed `{printed}`, which cannot be read ({e})."))?;
    println!("\n{} visits each; another program on this machine makes them longer", visits.runs);
    let mut over = false;
    for (what, times, limit) in [
        ("search answers", &visits.search, budget.search),
        ("card of a link", &visits.card, budget.card),
        ("key to list", &visits.keys, budget.key),
    ] {
        over |= times.p75 > limit;
        let verdict = if times.p75 > limit { "TOO SLOW" } else { "ok" };
        println!("{verdict:>9}  {what}: median {:.0} ms, p75 {:.0} ms, limit {limit:.0} ms", times.median, times.p75);
    }
    Ok(if over { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
