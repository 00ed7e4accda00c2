//! `cargo xtask test`: every check there is, and one line at the end that counts them.

use std::process::{Command, ExitCode};

use crate::child::{self, Lines};
use crate::modules::MODULES;
use crate::page::{self, Kind};
use crate::paths::Paths;
use crate::say::Step;
use crate::town::{self, Size};
use crate::{Outcome, bench, browser, tools};

/// Tests that passed, failed and were left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Went well.
    pub passed: u32,
    /// Did not.
    pub failed: u32,
    /// Could not be run here; each said why.
    pub skipped: u32,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    fn of(ok: bool) -> Self {
        Self { passed: ok.into(), failed: (!ok).into(), skipped: 0 }
    }
}

type Suite = fn(&Paths, Option<&str>) -> Outcome<Tally>;

const SUITES: &[(&str, Suite)] = &[
    ("format", format),
    ("lints", lints),
    ("rust", rust),
    ("fuzz", fuzz),
    ("lints-web", lints_web),
    ("same", same),
    ("browser", in_browser),
];

/// Runs the checks with these names, or all of them.
pub fn run(paths: &Paths, only: &[String], grep: Option<&str>) -> Outcome<ExitCode> {
    if let Some(unknown) = only.iter().find(|name| !SUITES.iter().any(|(known, _)| known == name)) {
        let names: Vec<_> = SUITES.iter().map(|(name, _)| *name).collect();
        return Err(format!("There is no check `{unknown}`. Choose from: {}.", names.join(", ")));
    }
    let mut total = Tally::default();
    let mut bad = Vec::new();
    for (name, suite) in SUITES {
        if only.is_empty() || only.iter().any(|wanted| wanted == name) {
            let tally = suite(paths, grep).unwrap_or_else(|sentence| {
                eprintln!("{sentence}");
                Tally::of(false)
            });
            if tally.failed > 0 {
                bad.push(format!("`cargo xtask test --only {name}` repeats what failed in {name}"));
            }
            total.add(tally);
        }
    }
    println!();
    for line in &bad {
        println!("{line}");
    }
    let skipped = if total.skipped > 0 { format!(", {} skipped", total.skipped) } else { String::new() };
    println!("{} passed, {} failed{skipped}", total.passed, total.failed);
    Ok(if total.failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// A check that is one command, and counts as one test.
fn check(title: &str, why: &str, command: &mut Command, advice: &str) -> Outcome<Tally> {
    let step = Step::begin(title, why);
    child::must(&step, command, advice)?;
    step.done();
    Ok(Tally::of(true))
}

fn format(paths: &Paths, _: Option<&str>) -> Outcome<Tally> {
    let mut cargo = child::cargo(&paths.root);
    cargo.args(["fmt", "--all", "--check"]);
    check("Checking the form of the Rust files", "", &mut cargo, "Run `cargo fmt --all`.")
}

fn lints(paths: &Paths, _: Option<&str>) -> Outcome<Tally> {
    let mut cargo = child::cargo(&paths.root);
    cargo.args(["clippy", "--locked", "--workspace", "--all-targets", "--", "--deny", "warnings"]);
    check(
        "Checking the lints",
        "first time about 2 minutes",
        &mut cargo,
        "Clippy says above what to change, and where.",
    )
}

/// The lints of what is only built for the browser. Clippy as a wrapper around `cargo build` finds the engine built
/// already; `cargo clippy` would compile all of it once more.
fn lints_web(paths: &Paths, _: Option<&str>) -> Outcome<Tally> {
    tools::ensure_target(paths)?;
    let mut tally = Tally::default();
    for package in ["panel"].into_iter().chain(MODULES.iter().map(|(name, _)| *name)).chain(["tiler", "city"]) {
        let mut cargo = child::cargo(&paths.root);
        cargo.args(["build", "--target=wasm32-unknown-unknown", "--manifest-path"]);
        cargo.arg(paths.root.join("crates").join(package).join("Cargo.toml"));
        cargo.args(["--profile", "quick", "--locked"]).env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
        cargo.env("CLIPPY_ARGS", "--deny__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__");
        let title = format!("Checking the lints of {package} for the browser");
        let why = "the first time it builds what the page needs as well";
        tally.add(check(&title, why, &mut cargo, "Clippy says above what to change, and where.")?);
    }
    Ok(tally)
}

fn rust(paths: &Paths, _: Option<&str>) -> Outcome<Tally> {
    let step = Step::begin("Running the Rust tests", "first time about 3 minutes, to build them");
    let mut cargo = child::cargo(&paths.root);
    cargo.args(["test", "--locked", "--workspace", "--no-fail-fast"]);
    let ended = child::run(&step, &mut cargo, Lines::Printed)?;
    let tally = count(&ended.lines);
    step.done();
    match (ended.ok, tally.failed) {
        (false, 0) => Err("The Rust tests could not be run; the lines above say why.".to_owned()),
        _ => Ok(tally),
    }
}

/// How long damaged files are fed to each reader in a test of everything, seconds, unless the environment says it.
const FUZZ_SECONDS: &str = "2";
const FUZZ_VARIABLE: &str = "GASVRIJ_FUZZ_SECONDS";

/// The program that feeds damaged files to the readers of prep.
pub fn fuzz_command(paths: &Paths, seconds: &str, seed: u64, target: Option<String>) -> Command {
    let mut cargo = child::cargo(&paths.root);
    cargo.args(["run", "--locked", "-p", "prep", "--example", "fuzz", "--", "--jobs", "2"]);
    cargo.args(["--seconds", seconds, "--seed", &seed.to_string()]);
    if let Some(target) = target {
        cargo.args(["--target", &target]);
    }
    cargo
}

fn fuzz(paths: &Paths, _: Option<&str>) -> Outcome<Tally> {
    let seconds = std::env::var(FUZZ_VARIABLE).unwrap_or_else(|_| FUZZ_SECONDS.to_owned());
    check(
        "Feeding damaged files to the readers",
        &format!("{seconds} s for each of fifteen, two at a time; {FUZZ_VARIABLE} changes it"),
        &mut fuzz_command(paths, &seconds, 1, None),
        "The lines above name the file that broke a reader: keep it as a test, and put the reader right.",
    )
}

/// Adds up the closing lines of cargo's test runner.
fn count(lines: &[String]) -> Tally {
    let mut tally = Tally::default();
    for line in lines.iter().filter_map(|line| line.strip_prefix("test result: ")) {
        for part in line.split([';', '.']) {
            let mut words = part.split_whitespace();
            if let (Some(Ok(number)), Some(what)) = (words.next().map(str::parse::<u32>), words.next()) {
                match what {
                    "passed" => tally.passed += number,
                    "failed" => tally.failed += number,
                    "ignored" => tally.skipped += number,
                    _ => {}
                }
            }
        }
    }
    tally
}

/// The whole town under the rules gives the same answers natively and in the browser.
fn same(paths: &Paths, _: Option<&str>) -> Outcome<Tally> {
    Ok(Tally::of(bench::same(paths)?))
}

fn in_browser(paths: &Paths, grep: Option<&str>) -> Outcome<Tally> {
    let tools = tools::ensure(paths)?;
    let dist = page::build(paths, &tools, Kind::Quick)?;
    let data = town::made(paths, Size::Quarter)?;
    browser::tests(paths, &dist, &data, grep)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_lines_of_all_test_programs_are_added_up() {
        let lines = [
            "test result: ok. 41 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 1.20s",
            "running 3 tests",
            "test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        ];
        let tally = count(&lines.map(str::to_owned));
        assert_eq!(tally, Tally { passed: 43, failed: 1, skipped: 2 });
    }
}
