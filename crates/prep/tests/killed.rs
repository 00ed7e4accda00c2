//! A build that is ended from outside at any moment leaves the old data set whole, and nothing that piles up.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "prep/support/mod.rs"]
mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Instant;

use support::{Data, Gpkg, Place, house, pand, snapshot, vbo};

/// So many streets that a build takes long enough to be ended in the middle.
fn quarter(path: &Path, year: i64) {
    let gpkg = Gpkg::new(path, 28992);
    for i in 0..600_u32 {
        let (dx, dy) = (f64::from(i % 30) * 40.0, f64::from(i / 30) * 60.0);
        gpkg.pand(&pand(i), Some(year), Some("Pand in gebruik"), &house(dx, dy, 6.0, 9.0));
        gpkg.home(&vbo(i), Some(&pand(i)), i * 2 + 1, dx + 3.0, dy + 4.0);
    }
}

fn prep(input: &Path, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_prep"));
    command.args(["build", "--name", "Haarlem", "--out"]).args([out, input]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn twenty_builds_are_ended_and_the_old_data_set_is_whole_each_time() {
    let place = Place::new();
    let (old, new) = (place.path("old.gpkg"), place.path("new.gpkg"));
    quarter(&old, 1930);
    quarter(&new, 1990);
    let folder = place.path("work");
    fs::create_dir(&folder).unwrap();
    let out = folder.join("data");
    assert!(prep(&old, &out).status().unwrap().success());
    let start = Instant::now();
    assert!(prep(&new, &folder.join("other")).status().unwrap().success());
    let whole = start.elapsed();
    fs::remove_dir_all(folder.join("other")).unwrap();
    let before = snapshot(&out);
    let finished = snapshot_of(&new, &place);
    // Moments spread over the whole build by a sequence that hits no pattern twice.
    let mut ended = 0;
    for i in 1..=20_u32 {
        let share = (f64::from(i) * 0.618_034).fract();
        let mut child = prep(&new, &out).spawn().unwrap();
        sleep(whole.mul_f64(share));
        child.kill().unwrap();
        ended += u32::from(!child.wait().unwrap().success());
        let now = snapshot(&out);
        assert!(now == before || names(&now) == finished, "neither the old data set nor the new one");
        Data::read(&out);
        if now != before {
            assert!(prep(&old, &out).status().unwrap().success());
        }
    }
    assert!(ended >= 10, "only {ended} of 20 builds were ended before they were done");
    // The next build succeeds and clears what the ended ones left.
    assert!(prep(&new, &out).status().unwrap().success());
    assert_eq!(names(&snapshot(&out)), finished);
    let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["data"]);
    // One that was ended between two moves, on a system that cannot exchange folders.
    fs::rename(&out, folder.join(".prep-4294967295-old-data")).unwrap();
    let bad = place.write("bad.geojson", "{");
    assert!(!prep(&bad, &out).status().unwrap().success());
    assert!(!out.exists() || names(&snapshot(&out)) == finished);
    assert!(prep(&new, &out).status().unwrap().success());
    assert_eq!(names(&snapshot(&out)), finished);
}

/// Names and bytes without the folder they stand in.
fn names(files: &[(std::path::PathBuf, Vec<u8>)]) -> Vec<(String, Vec<u8>)> {
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    files.iter().map(|(path, bytes)| (name(path), bytes.clone())).collect()
}

fn snapshot_of(input: &Path, place: &Place) -> Vec<(String, Vec<u8>)> {
    let out = place.path("finished");
    assert!(prep(input, &out).status().unwrap().success());
    names(&snapshot(&out))
}
