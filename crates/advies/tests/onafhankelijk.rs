//! The program against what was worked out without it: homes with their advice, and a second implementation in Python
//! that was written from the table alone (`tests/onafhankelijk`).
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail, in its helpers too")]

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// As many random homes as both programs judge in a few seconds.
const HOMES: &str = "20000";
/// The same homes each time.
const SEED: &str = "7";
/// The share of lines that are no home at all.
const BROKEN: &str = "0.02";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/onafhankelijk")
}

fn advise(homes: &Path) -> Output {
    let mut advies = Command::new(env!("CARGO_BIN_EXE_advies"));
    advies.arg("advise").stdin(File::open(homes).unwrap()).output().expect("advies starts")
}

/// The records of NDJSON. What an error says is each program's own; that it is one, and of which line, is not.
fn records(ndjson: &[u8]) -> Vec<Value> {
    let read = |line: &str| {
        let mut record: Value = serde_json::from_str(line).expect("each line of output is JSON");
        if let Some(error) = record.get_mut("error") {
            assert!(error.as_str().is_some_and(|text| !text.is_empty()), "an error without words: {line}");
            *error = Value::Null;
        }
        record
    };
    String::from_utf8(ndjson.to_vec()).expect("output is UTF-8").lines().map(read).collect()
}

fn assert_same(found: &[u8], expected: &[u8]) -> usize {
    let (found, expected) = (records(found), records(expected));
    for (i, (found, expected)) in found.iter().zip(&expected).enumerate() {
        assert_eq!(found, expected, "record {}", i + 1);
    }
    assert_eq!(found.len(), expected.len());
    found.len()
}

/// `python3`, where there is one of 3.11 or newer.
fn python() -> Option<Command> {
    let version = "import sys; sys.exit(sys.version_info < (3, 11))";
    let is_there =
        Command::new("python3").args(["-c", version]).stderr(Stdio::null()).status().is_ok_and(|s| s.success());
    if !is_there {
        // As a line of the test's output, since there is nothing else to say it with.
        eprintln!("skipped: python3 of version 3.11 or newer is not installed");
        return None;
    }
    let mut python = Command::new("python3");
    python.current_dir(folder()).env("PYTHONDONTWRITEBYTECODE", "1");
    Some(python)
}

#[test]
fn every_worked_home_gets_exactly_its_advice() {
    let expected = fs::read(folder().join("voorbeelden-advies.ndjson")).unwrap();
    let output = advise(&folder().join("voorbeelden.ndjson"));
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(assert_same(&output.stdout, &expected), 370);
}

#[test]
fn a_second_implementation_says_the_same_of_random_homes() {
    let Some(mut generate) = python() else { return };
    let made = generate.args(["woningen.py", HOMES, "--seed", SEED, "--broken", BROKEN]).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let mut homes = tempfile::NamedTempFile::new().unwrap();
    homes.write_all(&made.stdout).unwrap();
    let second = python()
        .unwrap()
        .arg("advies.py")
        .stdin(File::open(homes.path()).unwrap())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let first = advise(homes.path());
    let second = second.wait_with_output().unwrap();
    assert_eq!((first.status.code(), second.status.code()), (Some(2), Some(2)), "some lines are no home");
    // Some of the lines that are no home are blank, and those are skipped.
    let lines = || made.stdout.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    assert_eq!(assert_same(&first.stdout, &second.stdout), lines().count());
    assert!(lines().count() > 19_000);
}

#[test]
fn the_second_implementation_passes_its_own_tests() {
    let Some(mut python) = python() else { return };
    let done = python.args(["-m", "unittest", "--quiet"]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}
