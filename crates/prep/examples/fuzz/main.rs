//! Feeds damaged files to everything of prep that reads: none may panic, hang, or take much memory.
//!
//! `cargo run -p prep --example fuzz -- --seconds 60 --seed 1`. The same seed gives the same files. What broke something
//! is kept in the folder that the message names.
#![allow(clippy::print_stdout)]

mod mutate;
mod samples;

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use clap::Parser;
use gasvrij3d::manifest::Manifest;
use gasvrij3d::tile;
use peak_alloc::PeakAlloc;
use prep::fetch::Fetch;
use prep::publisher::Publisher;
use prep::read::{Options, Origin, read_file, wkb};

use mutate::{Chance, mutate};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Most memory that a file of at most 64 kB may take, bytes.
const MOST_MEMORY: usize = 64 << 20;
/// Longest time for one file, of this program's own work.
const LONGEST: Duration = Duration::from_secs(2);

#[derive(Parser)]
struct Args {
    /// Time for all targets together.
    #[arg(long, default_value_t = 20.0)]
    seconds: f64,
    /// Another number is another row of files.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only this target.
    #[arg(long)]
    target: Option<String>,
}

/// How a target takes a file: as bytes, or by the reader of files under this name.
enum Way {
    Bytes(fn(&[u8])),
    File(&'static str),
}

struct Target {
    name: &'static str,
    samples: Vec<Vec<u8>>,
    way: Way,
}

fn targets(folder: &Path) -> Vec<Target> {
    let file = |name, end, samples| Target { name, samples, way: Way::File(end) };
    let bytes = |name, samples, read| Target { name, samples, way: Way::Bytes(read) };
    vec![
        bytes("wkb", samples::wkb(), |b| drop(wkb::read(b))),
        file("geopackage", "f.gpkg", samples::geopackage(folder).unwrap_or_default()),
        file("geojson", "f.geojson", samples::geojson()),
        file("cityjson", "f.city.json", samples::cityjson()),
        file("cityjsonseq", "f.city.jsonl", samples::sequence()),
        file("csv", "f.csv", samples::tables()),
        file("xml", "f.xml", samples::xml()),
        file("zip", "f.csv.zip", samples::zipped()),
        bytes("config", samples::config(), |b| {
            let text = String::from_utf8_lossy(b);
            drop(Fetch::parse(&text, Path::new("")));
            drop(Publisher::parse(&text));
        }),
        bytes("tile", samples::tiles(), |b| drop(tile::decode(b))),
        bytes("manifest", vec![br#"{"form":1,"data_version":"a","tiles":[]}"#.to_vec()], |b| {
            drop(Manifest::parse(&String::from_utf8_lossy(b)));
        }),
    ]
}

/// What runs now: since when (milliseconds of work, and 0 for nothing), and with which file.
static SINCE: AtomicU64 = AtomicU64::new(0);
static NOW: Mutex<(String, Vec<u8>)> = Mutex::new((String::new(), Vec::new()));

/// Work of this program so far, milliseconds: on a busy machine a clock on the wall says little.
fn work() -> u64 {
    static START: OnceLock<Instant> = OnceLock::new();
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks: Vec<u64> = after.split_whitespace().skip(11).take(2).filter_map(|n| n.parse().ok()).collect();
    match ticks.as_slice() {
        // A tick is a hundredth of a second.
        [user, system] => (user + system) * 10 + 1,
        _ => START.get_or_init(Instant::now).elapsed().as_millis() as u64 + 1,
    }
}

/// Ends the program when one file takes too long.
fn watch(kept: PathBuf) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(200));
            let since = SINCE.load(Ordering::SeqCst);
            if since > 0 && work().saturating_sub(since) > LONGEST.as_millis() as u64 {
                let now = NOW.lock().unwrap_or_else(PoisonError::into_inner);
                let path = keep(&kept, &now.0, "hang", &now.1);
                println!("{}: one file takes longer than {} s: {}", now.0, LONGEST.as_secs(), path.display());
                std::process::exit(1);
            }
        }
    });
}

fn keep(folder: &Path, target: &str, why: &str, data: &[u8]) -> PathBuf {
    let path = folder.join(format!("{target}-{why}"));
    if let Err(e) = fs::create_dir_all(folder).and_then(|()| fs::write(&path, data)) {
        println!("{}: cannot be written: {e}", path.display());
    }
    path
}

/// Runs one file; says what went wrong.
fn one(target: &Target, folder: &Path, data: &[u8]) -> Option<&'static str> {
    if let Way::File(name) = target.way
        && fs::write(folder.join(name), data).is_err()
    {
        return Some("unwritten");
    }
    *NOW.lock().unwrap_or_else(PoisonError::into_inner) = (target.name.to_owned(), data.to_vec());
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    SINCE.store(work(), Ordering::SeqCst);
    let done = catch_unwind(AssertUnwindSafe(|| match target.way {
        Way::Bytes(read) => read(data),
        Way::File(name) => {
            let origin = Origin { id: "proef".into(), ..Origin::default() };
            drop(read_file(&folder.join(name), &origin, &Options::default()));
        }
    }));
    SINCE.store(0, Ordering::SeqCst);
    if done.is_err() {
        Some("panic")
    } else if MEMORY.peak_usage().saturating_sub(before) > MOST_MEMORY {
        Some("memory")
    } else {
        None
    }
}

/// Planted faults are found, or nothing that is said here means anything.
#[allow(clippy::panic)]
fn sees_faults(folder: &Path) -> bool {
    let planted = |read| Target { name: "planted", samples: Vec::new(), way: Way::Bytes(read) };
    std::panic::set_hook(Box::new(|_| {}));
    let panics = one(&planted(|_| panic!("planted")), folder, b"x") == Some("panic");
    let eats = one(&planted(|b| drop(std::hint::black_box(vec![b[0]; MOST_MEMORY + 1]))), folder, b"x");
    let fine = one(&planted(|_| {}), folder, b"x").is_none();
    panics && eats == Some("memory") && fine
}

/// How many samples are read without a fault: changes to what is refused at once would test little.
fn accepted(target: &Target, folder: &Path) -> Option<usize> {
    let Way::File(name) = target.way else { return None };
    let path = folder.join(name);
    let origin = Origin { id: "proef".into(), ..Origin::default() };
    let reads =
        |sample: &&Vec<u8>| fs::write(&path, sample).is_ok() && read_file(&path, &origin, &Options::default()).is_ok();
    Some(target.samples.iter().filter(reads).count())
}

fn main() -> ExitCode {
    let args = Args::parse();
    let kept = std::env::temp_dir().join("prep-fuzz");
    let shm = Path::new("/dev/shm");
    let place = if shm.is_dir() { shm.to_owned() } else { std::env::temp_dir() };
    let Ok(folder) = tempfile::Builder::new().prefix("prep-fuzz-").tempdir_in(&place) else {
        println!("{}: no folder can be made there.", place.display());
        return ExitCode::FAILURE;
    };
    if !sees_faults(folder.path()) {
        println!("a planted fault was not found.");
        return ExitCode::FAILURE;
    }
    watch(kept.clone());
    std::panic::set_hook(Box::new(|info| println!("  {info}")));
    let mut targets = targets(folder.path());
    targets.retain(|t| args.target.as_deref().is_none_or(|only| only == t.name));
    if targets.is_empty() || targets.iter().any(|t| t.samples.iter().any(Vec::is_empty) || t.samples.is_empty()) {
        println!("there is no such target, or its samples could not be made.");
        return ExitCode::FAILURE;
    }
    let share = Duration::from_secs_f64(args.seconds.max(0.1) / targets.len() as f64);
    let mut bad: BTreeMap<(&str, &str), PathBuf> = BTreeMap::new();
    for target in &targets {
        let start = Instant::now();
        let mut chance = Chance::new(args.seed);
        let mut files = 0_u64;
        let mut most = 0;
        while start.elapsed() < share || files < target.samples.len() as u64 {
            // The samples first, as they are.
            let data = if let Some(sample) = target.samples.get(files as usize) {
                sample.clone()
            } else {
                let sample = &target.samples[chance.below(target.samples.len())];
                let other = &target.samples[chance.below(target.samples.len())];
                mutate(&mut chance, sample, other)
            };
            files += 1;
            let found = one(target, folder.path(), &data);
            most = most.max(MEMORY.peak_usage());
            if let Some(why) = found {
                bad.entry((target.name, why)).or_insert_with(|| keep(&kept, target.name, why, &data));
            }
        }
        let seconds = start.elapsed().as_secs_f64();
        let read = accepted(target, folder.path())
            .map_or_else(String::new, |n| format!("; {n} of {} samples are read as they are", target.samples.len()));
        println!("{:<12} {files:>8} files in {seconds:>5.1} s, at most {:.1} MB{read}", target.name, most as f64 / 1e6);
    }
    for ((target, why), path) in &bad {
        println!("{target}: {why}: {}", path.display());
    }
    if bad.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
