//! The tests in a real browser: finds or installs Chromium, Node.js and the test packages, and starts them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child::{self, Lines};
use crate::paths::Paths;
use crate::say::Step;
use crate::serve::Server;
use crate::suites::Tally;
use crate::{Outcome, stamp};

/// The projects of the browser tests that measure.
const METER: &str = "meter";
const SPEED: &str = "speed";
const MAP: &str = "map";
const SCALE: &str = "scale";
const LIGHTHOUSE: &str = "lighthouse";

const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Runs the browser tests on this page and this data.
pub fn tests(paths: &Paths, dist: &Path, data: &Path, grep: Option<&str>) -> Outcome<Tally> {
    let report = paths.made().join("browser-report.json");
    let mut more = vec!["--project=tests"];
    more.extend(grep.iter().flat_map(|text| ["--grep", *text]));
    let ended = play(paths, dist, data, &report, "Running the browser tests", "about 11 minutes in software", &more)?;
    let tally = read_report(&report)?;
    match (ended, tally.failed) {
        (false, 0) => Err("The browser tests could not be run; the lines above say why.".to_owned()),
        _ => Ok(tally),
    }
}

/// Takes pictures of this page with this data.
pub fn shots(paths: &Paths, dist: &Path, data: &Path) -> Outcome<()> {
    let report = paths.made().join("shots-report.json");
    let done = play(paths, dist, data, &report, "Taking pictures", "about 2 minutes", &["--project=shots"])?;
    println!("Pictures: {}", paths.made().join("shots").display());
    if done { Ok(()) } else { Err("Not every picture could be taken; the lines above say which, and why.".to_owned()) }
}

/// Lets the meter judge the whole town in the browser, and gives what it printed.
pub fn meter(paths: &Paths, page: &Path, data: &Path) -> Outcome<String> {
    measured(paths, page, data, METER, ("Judging the whole town in Chromium", "half a minute"))
}

/// Lets visitors with a slow phone come to this page, and gives what was printed of their times.
pub fn speed(paths: &Paths, dist: &Path, data: &Path) -> Outcome<String> {
    measured(paths, dist, data, SPEED, ("Visiting with a slow phone", "3 minutes"))
}

/// Draws a main over the town and kills the graphics process of this page, and gives what was printed of the waiting.
pub fn map(paths: &Paths, dist: &Path, data: &Path) -> Outcome<String> {
    measured(paths, dist, data, MAP, ("Drawing over the whole town", "2 minutes"))
}

/// Turns the map of this data, and gives what was printed of its frames and its memory.
pub fn scale(paths: &Paths, dist: &Path, data: &Path) -> Outcome<String> {
    measured(paths, dist, data, SCALE, ("Turning a whole town", "half a minute"))
}

/// Lets Lighthouse look at a house card, and gives what was printed of its points.
pub fn lighthouse(paths: &Paths, dist: &Path, data: &Path) -> Outcome<String> {
    ensure_packages(paths, "lighthouse", "once, about 185 MB: Lighthouse and all it needs")?;
    measured(paths, dist, data, LIGHTHOUSE, ("Looking with Lighthouse", "2 minutes"))
}

/// Runs one of the projects that measure, and gives what it printed after its own name.
fn measured(paths: &Paths, dist: &Path, data: &Path, project: &str, (title, why): (&str, &str)) -> Outcome<String> {
    let report = paths.made().join(format!("{project}-report.json"));
    let ended = play(paths, dist, data, &report, title, why, &["--project", project])?;
    let text = std::fs::read_to_string(&report)
        .map_err(|_| "The browser ended before its report; the lines above say why.".to_owned())?;
    let json: serde_json::Value = serde_json::from_str(&text)
        .map_err(|e| format!("{}: is not the report of a whole run ({e}).", report.display()))?;
    let printed = find_text(&json, &format!("{} ", project.to_uppercase())).filter(|_| ended);
    printed.ok_or_else(|| "It did not come to its end in the browser; the lines above say why.".to_owned())
}

/// What follows a mark in the first text of a report that begins with it.
fn find_text(json: &serde_json::Value, mark: &str) -> Option<String> {
    match json {
        serde_json::Value::String(text) => text.strip_prefix(mark).map(|rest| rest.trim().to_owned()),
        serde_json::Value::Array(items) => items.iter().find_map(|item| find_text(item, mark)),
        serde_json::Value::Object(fields) => fields.values().find_map(|item| find_text(item, mark)),
        _ => None,
    }
}

fn play(
    paths: &Paths,
    dist: &Path,
    data: &Path,
    report: &Path,
    title: &str,
    why: &str,
    more: &[&str],
) -> Outcome<bool> {
    let chromium = ensure_chromium(paths)?;
    let folder = ensure_packages(paths, "browser", "once, about 20 MB: Playwright and axe")?;
    // An old report must not stand for a run that never began.
    if report.exists() {
        std::fs::remove_file(report).map_err(|e| format!("{}: cannot be removed ({e}).", report.display()))?;
    }
    // Where visitors are waiting, the files come compressed, as from a host.
    let is_visit = more.contains(&SPEED) || more.contains(&LIGHTHOUSE);
    let server = if is_visit { Server::start_compressed(dist, data)? } else { Server::start(dist, data, 0)? };
    let step = Step::begin(title, why);
    let mut node = child::program(&folder, "node");
    node.args(["node_modules/@playwright/test/cli.js", "test", "--reporter", "list,json"]).args(more);
    node.env("GASVRIJ_URL", &server.url).env("CHROMIUM", chromium).env("GASVRIJ_MADE", paths.made());
    node.env("PLAYWRIGHT_JSON_OUTPUT_NAME", report).env("PLAYWRIGHT_FORCE_TTY", "0").env("FORCE_COLOR", "0");
    let ended = child::run(&step, &mut node, Lines::Printed)?;
    step.done();
    Ok(ended.ok)
}

fn read_report(report: &Path) -> Outcome<Tally> {
    let text = std::fs::read_to_string(report)
        .map_err(|_| "The browser tests ended before their report; the lines above say why.".to_owned())?;
    let json: serde_json::Value = serde_json::from_str(&text)
        .map_err(|e| format!("{}: is not the report of a whole run ({e}).", report.display()))?;
    let number = |key: &str| json["stats"][key].as_u64().unwrap_or_default() as u32;
    Ok(Tally { passed: number("expected") + number("flaky"), failed: number("unexpected"), skipped: number("skipped") })
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
        .find(|file| file.is_file())
}

fn find_chromium() -> Option<PathBuf> {
    let mac = PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    let given = std::env::var_os("CHROMIUM").map(PathBuf::from).filter(|file| file.is_file());
    given.or_else(|| BROWSERS.iter().find_map(|name| on_path(name))).or_else(|| mac.is_file().then_some(mac))
}

fn ensure_chromium(paths: &Paths) -> Outcome<PathBuf> {
    if let Some(found) = find_chromium() {
        return Ok(found);
    }
    install(paths, "chromium", "once, about 100 MB: a real browser to test in")?;
    find_chromium().ok_or_else(|| {
        "No Chromium or Chrome was found. Install one, or set CHROMIUM to its path, and run this again.".to_owned()
    })
}

/// Installs a package of the system where that is possible without asking anything.
fn install(paths: &Paths, package: &str, why: &str) -> Outcome<()> {
    let by_hand = format!("Install {package} with your system's package manager and run this again.");
    if on_path("apt-get").is_none() {
        return Err(by_hand);
    }
    let step = Step::begin(&format!("Installing {package}"), why);
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.starts_with(b"0\n"));
    for arguments in [&["update"][..], &["install", "--yes", "--no-install-recommends", package][..]] {
        let mut apt = child::program(&paths.root, if is_root { "apt-get" } else { "sudo" });
        if !is_root {
            // `-n`: a question for a password would wait unseen.
            apt.args(["-n", "apt-get"]);
        }
        child::must(&step, apt.args(arguments).env("DEBIAN_FRONTEND", "noninteractive"), &by_hand)?;
    }
    step.done();
    Ok(())
}

/// The test packages in a folder of `tests`, exactly as the lock file there names them.
fn ensure_packages(paths: &Paths, of: &str, why: &str) -> Outcome<PathBuf> {
    let folder = paths.root.join("tests").join(of);
    if on_path("npm").is_none() {
        install(paths, "npm", "once: Node.js, which drives the browser in the tests")?;
    }
    let stamp = stamp::of(&folder, &["package.json", "package-lock.json"], &[])?;
    let modules = folder.join("node_modules");
    if !stamp::is_fresh(&modules.join("packages"), &stamp) {
        let step = Step::begin("Installing the test packages", why);
        let advice = "They come from the npm registry: connect and run this again.";
        child::must(&step, child::program(&folder, "npm").args(["ci", "--no-audit", "--no-fund"]), advice)?;
        std::fs::create_dir_all(modules.join("packages"))
            .map_err(|e| format!("{}: cannot be made ({e}).", modules.display()))?;
        stamp::note(&modules.join("packages"), &stamp)?;
        step.done();
    }
    Ok(folder)
}
