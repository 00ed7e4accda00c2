//! The house's own rules, held against every file: who may import whom, how long a file is, what may not be in it.
//!
//! Each rule is a sentence; a broken one prints that sentence with the file and line. The last test plants faults, so
//! that a rule that stopped looking is noticed.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail, in its helpers too")]

use std::fs;
use std::path::Path;

/// The rooms of the heart, lowest first. A room may import from lower floors only.
const FLOORS: &[&[&str]] = &[
    &["error"],
    &["few", "json", "letters", "order", "sets", "text"],
    &["home"],
    &["cijfers", "geo", "verdict"],
    &["cluster", "standaard"],
    &["kentallen"],
    &["heat", "kosten"],
    &["rules", "tile"],
    &["figures", "ranking"],
    &["scenario", "vve"],
    &["corrections", "town"],
    &["drawing", "flip", "peers", "theme"],
    &["link", "palette", "wgs84"],
    &["manifest", "search"],
    &["mesh"],
    &["bundles", "pick"],
    &["bus"],
];

/// Pairs that would be downwards, but are kept apart.
const STRANGERS: &[(&str, &str)] = &[("rules", "geo"), ("mesh", "rules"), ("mesh", "verdict"), ("tile", "rules")];

const LONGEST_FILE: usize = 600;
const LONGEST_LOADER: usize = 60;
/// What a browser takes as a script only: the loader, and the service worker (`docs/decisions/0011-without-a-connection.md`).
const SCRIPTS: &[&str] = &["assets/boot.js", "assets/offline.js"];

/// What code outside the heart and outside tools may not use, and what the heart may not use on top of that.
const NOT_IN_THE_BROWSER: &[&str] =
    &["std::fs", "std::env", "std::net", "std::process", "Instant::now", "SystemTime", "println!"];
const NOT_IN_THE_HEART: &[&str] = &["std::time", "bevy", "web_sys", "js_sys", "wasm_bindgen", "gloo_net"];

/// A crate and the only places that may name it.
const HOMES_OF_CRATES: &[(&str, &[&str])] = &[
    ("bevy", &["crates/city/"]),
    ("earcutr", &["src/mesh"]),
    ("geojson", &["crates/evening/src/sketch.rs", "crates/prep/", "tests/"]),
    ("gloo_net", &["crates/tiler/", "crates/city/"]),
    ("rusqlite", &["crates/prep/"]),
    ("ureq", &["crates/prep/src/fetch/"]),
    (
        "web_sys",
        &[
            "crates/kit/",
            "crates/panel/",
            "crates/pages/",
            "crates/evening/",
            "crates/tiler/",
            "crates/vve/",
            "crates/city/",
        ],
    ),
];

const SHELLS: &[&str] = &["advies", "meter", "panel", "pages", "evening", "city", "tiler", "vve", "prep", "xtask"];
/// What shells of the page share; the heart and the native shells do without it.
const LIBRARIES: &[(&str, &[&str])] = &[("kit", &["panel", "pages", "evening", "vve"])];

struct Source {
    path: String,
    text: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    fn is(&self, extension: &str) -> bool {
        self.path.ends_with(extension)
    }

    fn is_test(&self) -> bool {
        let test_file = ["tests.rs", "_test.rs"].iter().any(|end| self.path.ends_with(end));
        test_file || self.path.starts_with("tests/") || self.path.contains("/tests/")
    }

    /// The lines of code that ship, with their numbers: no comments, and nothing from the first test module on.
    fn shipped(&self) -> impl Iterator<Item = (usize, &str)> {
        let test = self.is_test();
        let lines = self.text.lines().enumerate().map(|(i, line)| (i + 1, line));
        lines.take_while(move |(_, line)| !test && line.trim() != "#[cfg(test)]").filter(|(_, l)| !is_comment(l))
    }

    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(i, line)| (i + 1, line)).filter(|(_, line)| !is_comment(line))
    }

    fn at(&self, line: usize, rule: &str) -> String {
        format!("{}:{line}: {rule}", self.path)
    }
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// The room of a file of the heart: `src/mesh/rings.rs` and `src/mesh.rs` are both `mesh`.
fn room(path: &str) -> Option<&str> {
    let inner = path.strip_prefix("src/")?;
    Some(inner.split(['/', '.']).next().unwrap_or(inner))
}

/// Whether `word` stands in the line as a whole path segment.
fn names(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !joins(before) && !joins(after)
    })
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// Every rule that these files break.
fn broken(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        form(source, &mut found);
        if source.is(".rs") {
            imports_in_the_heart(source, &mut found);
            homes_of_crates(source, &mut found);
            browser_code(source, &mut found);
        }
        if source.is("Cargo.toml") {
            shells_apart(source, &mut found);
        }
        words(source, &mut found);
    }
    let loaders: Vec<_> = sources.iter().filter(|s| s.is("js") && !s.path.starts_with("tests/")).collect();
    for loader in loaders {
        if !SCRIPTS.contains(&&*loader.path) {
            found.push(
                loader.at(1, "the only JavaScript that ships is the loader and the service worker; write it in Rust"),
            );
        }
        if loader.text.lines().count() > LONGEST_LOADER {
            found.push(loader.at(LONGEST_LOADER, "a script is at most 60 lines; what decides anything is in Rust"));
        }
    }
    found
}

fn form(source: &Source, found: &mut Vec<String>) {
    if source.is(".rs") && !source.text.starts_with("//!") {
        found.push(source.at(1, "each file opens with `//!` and says in one to three lines what it is for"));
    }
    let is_code = [".rs", ".js", ".ts", ".css", ".wgsl"].iter().any(|end| source.is(end));
    if is_code && source.text.lines().count() > LONGEST_FILE {
        found.push(source.at(LONGEST_FILE, "a file has one purpose and at most 600 lines; split it"));
    }
}

fn imports_in_the_heart(source: &Source, found: &mut Vec<String>) {
    let Some(room) = room(&source.path).filter(|room| *room != "lib") else { return };
    let Some(own) = floor(room) else {
        found.push(source.at(1, "each room of the heart has its floor in tests/architecture.rs; give it one"));
        return;
    };
    for (number, line) in source.shipped() {
        for (at, _) in line.match_indices("crate::") {
            let name = line[at + 7..].split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            let Some(other) = floor(name).filter(|_| name != room) else { continue };
            if other >= own {
                found.push(
                    source.at(number, &format!("the heart imports downwards only: `{room}` lies below `{name}`")),
                );
            }
            if STRANGERS.contains(&(room, name)) {
                found.push(source.at(number, &format!("`{room}` never sees `{name}`")));
            }
        }
    }
}

fn homes_of_crates(source: &Source, found: &mut Vec<String>) {
    for (name, homes) in HOMES_OF_CRATES {
        if homes.iter().any(|home| source.path.starts_with(home)) || source.path == "tests/architecture.rs" {
            continue;
        }
        let used = |line: &str| names(line, name) && (line.contains("::") || line.contains("use "));
        if let Some((number, _)) = source.shipped().find(|(_, line)| used(line)) {
            found.push(source.at(number, &format!("`{name}` is used in {} only", homes.join(", "))));
        }
    }
}

fn browser_code(source: &Source, found: &mut Vec<String>) {
    let in_heart = source.path.starts_with("src/");
    let in_browser = ["kit", "panel", "pages", "evening", "city", "tiler", "vve"]
        .iter()
        .any(|shell| source.path.starts_with(&format!("crates/{shell}/src")));
    if !in_heart && !in_browser {
        return;
    }
    for (number, line) in source.shipped() {
        for word in NOT_IN_THE_BROWSER.iter().filter(|word| line.contains(**word)) {
            found.push(source.at(number, &format!("`{word}` does not work in a browser; only prep and xtask use it")));
        }
        for word in NOT_IN_THE_HEART.iter().filter(|word| in_heart && names(line, word)) {
            found.push(source.at(number, &format!("the heart is pure: `{word}` belongs in a shell")));
        }
    }
}

fn shells_apart(source: &Source, found: &mut Vec<String>) {
    let Some(own) = source.path.strip_prefix("crates/").and_then(|rest| rest.split('/').next()) else { return };
    let manifest: toml::Table = source.text.parse().expect("cargo reads it too");
    for (number, line) in source.code() {
        let key = line.split(['.', ' ', '=']).next().unwrap_or_default();
        if SHELLS.contains(&key) && key != own {
            found.push(source.at(number, "no shell imports another shell; what both need belongs in the heart"));
        }
        let shared = LIBRARIES.iter().find(|(library, _)| key == *library && own != key);
        if let Some((library, users)) = shared.filter(|(_, users)| !users.contains(&own)) {
            found.push(source.at(number, &format!("`{library}` is for {} only", users.join(", "))));
        }
    }
    let engine = manifest.get("dependencies").and_then(|table| table.get("bevy"));
    let optional = |entry: &toml::Value| entry.get("optional").and_then(toml::Value::as_bool) == Some(true);
    if engine.is_some_and(|entry| !optional(entry)) {
        found.push(source.at(1, "bevy is for the browser only, so that `cargo test` stays quick"));
    }
}

fn words(source: &Source, found: &mut Vec<String>) {
    // Put together here, so that this file does not break its own rule.
    let unfinished = ["TO".to_owned() + "DO", "FIX".to_owned() + "ME", "XX".to_owned() + "X"];
    let registries = ["crates".to_owned() + ".io", "npm".to_owned() + "js", "registry.".to_owned() + "npm"];
    for (number, line) in source.text.lines().enumerate() {
        if unfinished.iter().any(|word| names(line, word)) {
            found.push(source.at(number + 1, "nothing is left for later in a file; finish it, or file an issue"));
        }
        if registries.iter().any(|host| line.contains(host)) {
            found.push(source.at(number + 1, "no file names the host of a package registry"));
        }
    }
    let is_code = source.is(".rs") || source.is(".wgsl") || source.is(".js");
    // Its help shows an example that works as it stands.
    let is_help = source.path == "crates/prep/src/cli.rs";
    let of_one_town = source.shipped().find(|(_, line)| line.contains("Haarlem") || line.contains("GM0392"));
    if let Some((number, _)) = of_one_town.filter(|_| is_code && !is_help) {
        found.push(source.at(number, "nothing of one municipality is in code; it belongs in data/"));
    }
}

fn read(folder: &Path, root: &Path, into: &mut Vec<Source>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !name.starts_with('.')
                && !["target", "node_modules", "dist", "build", "snapshots"].contains(&name.as_str())
            {
                read(&path, root, into);
            }
            continue;
        }
        let text_file = ["rs", "toml", "md", "html", "css", "js", "mjs", "ts", "wgsl", "json"];
        if path.extension().is_some_and(|e| text_file.iter().any(|known| e == *known)) {
            let text = fs::read_to_string(&path).unwrap();
            into.push(Source { path: path.strip_prefix(root).unwrap().to_string_lossy().into_owned(), text });
        }
    }
}

#[test]
fn the_house_keeps_its_own_rules() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Vec::new();
    read(root, root, &mut sources);
    assert!(sources.iter().any(|s| s.path == "src/rules.rs"), "the files of the heart were not found");
    let broken = broken(&sources);
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn every_shell_is_known_to_the_rules() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut shells: Vec<_> = fs::read_dir(root.join("crates")).unwrap().map(|e| e.unwrap().file_name()).collect();
    shells.sort();
    let mut known: Vec<&str> = SHELLS.iter().copied().chain(LIBRARIES.iter().map(|(name, _)| *name)).collect();
    known.sort_unstable();
    assert_eq!(shells, known);
}

#[test]
fn a_planted_fault_is_found() {
    let long = "//! Long.\n".to_owned() + &"\n".repeat(LONGEST_FILE);
    let later = format!("//! Later.\n// {}{}: the rest\n", "TO", "DO");
    let host = format!("see https://{}{}/crates/bevy", "crates", ".io");
    let faults = [
        ("src/rules/new.rs", "//! R.\nuse crate::pick::Ray;\n", "`rules` lies below `pick`"),
        ("src/rules.rs", "//! R.\nuse crate::geo::Rd;\n", "`rules` never sees `geo`"),
        (
            "src/mesh/new.rs",
            "//! M.\nuse crate::{rules::rules};\nlet r = crate::rules::rules();\n",
            "never sees `rules`",
        ),
        ("src/attic.rs", "//! A.\n", "has its floor"),
        ("src/geo.rs", "//! G.\nuse std::fs::File;\n", "does not work in a browser"),
        ("src/tile.rs", "//! T.\nuse web_sys::Request;\n", "the heart is pure"),
        ("crates/panel/src/map.rs", "//! M.\nuse bevy::prelude::*;\n", "`bevy` is used in crates/city/ only"),
        (
            "crates/city/src/cut.rs",
            "//! C.\nlet t = earcutr::earcut(&p, &h, 2);\n",
            "`earcutr` is used in src/mesh only",
        ),
        ("crates/panel/src/out.rs", "//! O.\nprintln!(\"{x}\");\n", "does not work in a browser"),
        ("crates/panel/Cargo.toml", "[dependencies]\ncity.workspace = true\n", "no shell imports another shell"),
        (
            "crates/city/Cargo.toml",
            "[dependencies]\nkit.workspace = true\n",
            "`kit` is for panel, pages, evening, vve only",
        ),
        ("crates/kit/Cargo.toml", "[dependencies]\npanel.workspace = true\n", "no shell imports another shell"),
        ("crates/city/Cargo.toml", "[dependencies]\nbevy.workspace = true\n", "bevy is for the browser only"),
        ("crates/city/src/clock.rs", "//! C.\nlet t = Instant::now();\n", "does not work in a browser"),
        ("crates/prep/src/bare.rs", "use std::fs;\n", "opens with `//!`"),
        ("crates/prep/src/long.rs", &long, "at most 600 lines"),
        ("crates/prep/src/later.rs", &later, "nothing is left for later"),
        ("docs/data.md", &host, "host of a package registry"),
        ("crates/prep/src/town.rs", "//! T.\nlet name = \"Haarlem\";\n", "nothing of one municipality"),
        ("assets/extra.js", "export {};\n", "only JavaScript that ships"),
    ];
    for (path, text, rule) in faults {
        let found = broken(&[Source::new(path, text)]);
        assert!(found.iter().any(|line| line.contains(rule)), "{path}: expected `{rule}`, found {found:?}");
    }
}

#[test]
fn what_is_allowed_is_not_reported() {
    let fine = [
        ("src/mesh/rings.rs", "//! R.\nuse crate::geo::ring_area2;\nuse crate::mesh::Mesh;\nuse earcutr::earcut;\n"),
        ("src/theme.rs", "//! T.\nuse crate::rules::Advice;\n/// See [`crate::bus`].\nfn f() {}\n"),
        ("src/rules.rs", "//! R.\n#[cfg(test)]\nmod tests { use crate::pick; const TOWN: &str = \"Haarlem\"; }\n"),
        ("crates/prep/src/main.rs", "//! P.\nuse std::fs;\nprintln!(\"done\");\n"),
        ("crates/panel/Cargo.toml", "[dependencies]\ngasvrij3d.workspace = true\nkit.workspace = true\n"),
        ("crates/city/Cargo.toml", "[dependencies]\nbevy = { workspace = true, optional = true }\n"),
        ("assets/boot.js", "import('./city.js');\n"),
        ("assets/offline.js", "addEventListener('fetch', () => {});\n"),
    ];
    for (path, text) in fine {
        assert_eq!(broken(&[Source::new(path, text)]), Vec::<String>::new());
    }
}
