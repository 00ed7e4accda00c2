//! `cargo xtask bench`: the rules on the whole model town, natively and in Chromium, against `data/budgets.toml`.

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Deserialize;

use crate::budgets::{self, Place};
use crate::child::{self, Lines};
use crate::paths::Paths;
use crate::say::Step;
use crate::town::{self, Size};
use crate::{Outcome, browser, tools};

/// What the meter found in the browser; times in ms.
#[derive(Deserialize)]
struct InBrowser {
    homes: u64,
    digest: String,
    as_is: f64,
    changed: f64,
    first: f64,
    trivial: f64,
}

/// Whether the whole town gets the same answers natively and in the browser.
pub fn same(paths: &Paths) -> Outcome<bool> {
    let town = town::made(paths, Size::Whole)?;
    let native = native(paths, &town, &["--test"])?;
    let there = in_browser(paths, &town, "quick")?;
    let same = native.iter().any(|line| *line == format!("homes {} digest {}", there.homes, there.digest));
    if !same {
        let natively: Vec<&String> = native.iter().filter(|line| line.contains("digest")).collect();
        println!("The browser says of {} homes: {}. Natively: {natively:?}", there.homes, there.digest);
    }
    Ok(same)
}

/// Measures, prints the table, and fails where a budget is passed.
pub fn measure(paths: &Paths) -> Outcome<ExitCode> {
    let budgets = budgets::read(paths)?;
    let town = town::made(paths, Size::Whole)?;
    native(paths, &town, &[])?;
    let of = |name: &str| median(paths, name);
    let native = [of("as_is")?, of("changed")?, of("first")?, of("trivial")?];
    let web = in_browser(paths, &town, "web")?;
    let browser = [web.as_is, web.changed, web.first, web.trivial];
    println!(
        "\n{} homes, every option; median in ms, and how often a trivial loop over the same homes fits in it",
        web.homes
    );
    let mut over = false;
    for budget in &budgets.speed {
        let times = match budget.place {
            Place::Browser => browser,
            Place::Native => native,
        };
        let worst = times[0].max(times[1]);
        over |= worst > budget.max_ms;
        let verdict = if worst > budget.max_ms { "TOO SLOW" } else { "ok" };
        println!(
            "{verdict:>9}  {}: as it is {:.1} ms ({:.0} x), all changed {:.1} ms ({:.0} x), limit {:.0} ms; \
             the very first time {:.1} ms",
            budget.name,
            times[0],
            times[0] / times[3],
            times[1],
            times[1] / times[3],
            budget.max_ms,
            times[2]
        );
    }
    Ok(if over { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Runs the native bench on this town and gives what it printed.
fn native(paths: &Paths, town: &std::path::Path, more: &[&str]) -> Outcome<Vec<String>> {
    let step = Step::begin("Judging the whole town natively", "first time about a minute, to build it");
    let mut cargo = child::cargo(&paths.root);
    cargo.args(["bench", "--locked", "--package", "meter", "--profile", "quick", "--bench", "town", "--"]).args(more);
    cargo.env("GASVRIJ_TOWN", town);
    let ended = child::run(&step, &mut cargo, Lines::Printed)?;
    step.done();
    if ended.ok { Ok(ended.lines) } else { Err("The native bench failed; the lines above say why.".to_owned()) }
}

/// Criterion's median in ms.
fn median(paths: &Paths, name: &str) -> Outcome<f64> {
    let file = paths.target.join("criterion/town").join(name).join("new/estimates.json");
    let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: cannot be read ({e}).", file.display()))?;
    let json: serde_json::Value =
        serde_json::from_str(&text).map_err(|e| format!("{}: cannot be understood ({e}).", file.display()))?;
    let nanoseconds = json["median"]["point_estimate"].as_f64();
    nanoseconds.map(|ns| ns / 1e6).ok_or_else(|| format!("{}: has no median.", file.display()))
}

/// Builds the meter for the browser with this profile and lets it judge the town.
fn in_browser(paths: &Paths, town: &std::path::Path, profile: &str) -> Outcome<InBrowser> {
    let tools = tools::ensure(paths)?;
    let page = page(paths, &tools, profile)?;
    let printed = browser::meter(paths, &page, town)?;
    serde_json::from_str(&printed).map_err(|e| format!("The meter printed `{printed}`, which cannot be read ({e})."))
}

fn page(paths: &Paths, tools: &tools::Tools, profile: &str) -> Outcome<PathBuf> {
    let step = Step::begin("Building the meter for the browser", "seconds");
    let mut cargo = child::cargo(&paths.root);
    cargo.args(["build", "--locked", "--package", "meter", "--target=wasm32-unknown-unknown", "--profile", profile]);
    child::must(&step, &mut cargo, "The lines above are the compiler's.")?;
    let page = paths.made().join(format!("meter-{profile}"));
    let mut bindgen = child::program(&paths.root, &tools.wasm_bindgen);
    bindgen.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(&page);
    bindgen.arg(paths.target.join("wasm32-unknown-unknown").join(profile).join("meter.wasm"));
    child::must(&step, &mut bindgen, "The lines above are those of wasm-bindgen.")?;
    let html = "<!doctype html><html lang=\"en\"><title>Meter</title><body></body></html>\n";
    std::fs::write(page.join("index.html"), html)
        .map_err(|e| format!("{}: cannot be written ({e}).", page.display()))?;
    step.done();
    Ok(page)
}
