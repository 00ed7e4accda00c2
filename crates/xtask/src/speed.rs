//! `cargo xtask speed`: how long a visitor with a slow phone waits, and how soon the map of a whole town answers, against
//! `data/budgets.toml`.

use std::path::Path;
use std::process::ExitCode;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::paths::Paths;
use crate::{Outcome, browser, budgets};

/// What the visits said; times in ms.
#[derive(Deserialize)]
struct Visits {
    search: Times,
    card: Times,
    keys: Times,
}

/// What the map said; times in ms.
#[derive(Deserialize)]
struct Map {
    drawing: Times,
    rebuild: Times,
}

/// What measured times are told by, in ms.
#[derive(Deserialize)]
pub struct Times {
    /// The middle one.
    pub median: f64,
    /// What three of four are within.
    pub p75: f64,
    /// What nineteen of twenty are within.
    pub p95: f64,
    /// How many there are.
    pub runs: u32,
}

/// Measures, prints the table, and fails where a budget is passed.
pub fn measure(paths: &Paths, dist: &Path, data: &Path) -> Outcome<ExitCode> {
    let budgets = budgets::read(paths)?;
    let visits: Visits = read(&browser::speed(paths, dist, data)?)?;
    let map: Map = read(&browser::map(paths, dist, data)?)?;
    println!("\nAnother program on this machine makes all of these longer");
    let mut over = false;
    for (what, times, limit) in [
        ("search answers, slow phone", &visits.search, budgets.visit.search),
        ("card of a link, slow phone", &visits.card, budgets.visit.card),
        ("key to list", &visits.keys, budgets.visit.key),
        ("pointer to pixels, drawing", &map.drawing, budgets.map.drawing),
        ("graphics killed to map again", &map.rebuild, budgets.map.rebuild),
    ] {
        over |= times.p75 > limit;
        let verdict = if times.p75 > limit { "TOO SLOW" } else { "ok" };
        let Times { median, p75, p95, runs } = times;
        println!(
            "{verdict:>9}  {what}: median {median:.0} ms, p75 {p75:.0}, p95 {p95:.0}, of {runs}; limit of p75 {limit:.0}"
        );
    }
    Ok(if over { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What a project that measures printed.
pub fn read<T: DeserializeOwned>(printed: &str) -> Outcome<T> {
    serde_json::from_str(printed).map_err(|e| format!("The browser printed `{printed}`, which cannot be read ({e})."))
}
