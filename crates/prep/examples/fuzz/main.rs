//! Feeds damaged files to everything of prep that reads: none may panic, hang, or take much memory.
//!
//! `cargo run -p prep --example fuzz -- --seconds 60 --jobs 2`. The same seed gives the same files. What broke something
//! is kept in the folder that the message names.
#![allow(clippy::print_stdout)]

mod mutate;
mod samples;

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use clap::Parser;
use gasvrij3d::link::Link;
use gasvrij3d::manifest::Manifest;
use gasvrij3d::search::{Ids, Shard, Streets};
use gasvrij3d::tile;
use peak_alloc::PeakAlloc;
use prep::config::Config;
use prep::fetch::Fetch;
use prep::model::Date;
use prep::publisher::Publisher;
use prep::read::dwellings::Dwellings;
use prep::read::{Options, Origin, Part, read_file, wkb};

use mutate::{Chance, mutate};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Most memory that a file of at most 64 kB may take, bytes.
const MOST_MEMORY: usize = 64 << 20;
/// Longest time for one file, of this program's own work.
const LONGEST: Duration = Duration::from_secs(2);

#[derive(Parser)]
struct Args {
    /// Time for each target.
    #[arg(long, default_value_t = 2.0)]
    seconds: f64,
    /// Programs that share the targets, each in its own memory.
    #[arg(long, default_value_t = 1)]
    jobs: usize,
    /// Which of these programs this is.
    #[arg(long, hide = true)]
    part: Option<usize>,
    /// Another number is another row of files.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only this target.
    #[arg(long)]
    target: Option<String>,
}

/// How a target takes a file: as bytes, or by the reader of files or of configurations under this name.
enum Way {
    Bytes(fn(&[u8])),
    File(&'static str),
    Config(&'static str),
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
        file("xml-zip", "f.zip", samples::delivery()),
        bytes("config", samples::config(), |b| {
            let text = String::from_utf8_lossy(b);
            drop(Fetch::parse(&text, Path::new("")));
            drop(Publisher::parse(&text));
        }),
        Target { name: "municipality", samples: samples::municipality(), way: Way::Config("f.toml") },
        bytes("search", samples::search(), |b| {
            drop(Streets::parse(b));
            drop(Shard::parse(b));
            drop(Ids::parse(b));
        }),
        bytes("link", samples::links(), |b| drop(Link::parse(&String::from_utf8_lossy(b)))),
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

/// Reads a file as a build does that has read the sample's dwelling before.
fn read(path: &Path) -> prep::fault::Result<Part> {
    static OPTIONS: OnceLock<Options> = OnceLock::new();
    let options = OPTIONS.get_or_init(|| {
        let known = Arc::new(Dwellings::new(std::iter::once(&samples::dwelling())));
        Options { known, reference: Date::parse("2026-04-01"), ..Options::default() }
    });
    read_file(path, &Origin { id: "proef".into(), ..Origin::default() }, options)
}

/// Runs one file; says what went wrong.
fn one(target: &Target, folder: &Path, data: &[u8]) -> Option<&'static str> {
    if let Way::File(name) | Way::Config(name) = target.way
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
        Way::File(name) => drop(read(&folder.join(name))),
        Way::Config(name) => drop(Config::read(&folder.join(name))),
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

/// What is wrong with a sample that should be right: changes to what is refused at once would test little.
fn refused(target: &Target, folder: &Path) -> Option<String> {
    let (Way::File(name) | Way::Config(name)) = target.way else { return None };
    let path = folder.join(name);
    target.samples.iter().find_map(|sample| {
        fs::write(&path, sample).map_err(|e| e.to_string()).err().or_else(|| match target.way {
            Way::Config(_) => Config::read(&path).err().map(|e| e.to_string()),
            _ => read(&path).err().map(|e| e.to_string()),
        })
    })
}

/// Starts the programs that share the targets, and waits for all of them.
fn share(args: &Args) -> ExitCode {
    let start = |part: usize| {
        let mut program = Command::new(std::env::current_exe()?);
        program.args(["--seconds", &args.seconds.to_string(), "--seed", &args.seed.to_string()]);
        program.args(["--jobs", &args.jobs.to_string(), "--part", &part.to_string()]).spawn()
    };
    let programs: Vec<_> = (0..args.jobs).map(start).collect();
    let ended = programs.into_iter().map(|program| program.and_then(|mut program| program.wait()));
    // All are waited for, whichever failed first.
    let fine: Vec<bool> = ended.map(|status| status.is_ok_and(|status| status.success())).collect();
    if fine.into_iter().all(|fine| fine) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn main() -> ExitCode {
    let args = Args::parse();
    if args.jobs > 1 && args.part.is_none() && args.target.is_none() {
        return share(&args);
    }
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
    if let Some(part) = args.part {
        targets = targets.into_iter().enumerate().filter(|(i, _)| i % args.jobs == part).map(|(_, t)| t).collect();
    }
    if targets.is_empty() || targets.iter().any(|t| t.samples.iter().any(Vec::is_empty) || t.samples.is_empty()) {
        println!("there is no such target, or its samples could not be made.");
        return ExitCode::FAILURE;
    }
    if let Some((name, why)) = targets.iter().find_map(|t| refused(t, folder.path()).map(|why| (t.name, why))) {
        println!("{name}: a sample that should be right is refused: {why}");
        return ExitCode::FAILURE;
    }
    let share = Duration::from_secs_f64(args.seconds.max(0.1));
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
        println!("{:<12} {files:>8} files in {seconds:>5.1} s, at most {:.1} MB", target.name, most as f64 / 1e6);
    }
    for ((target, why), path) in &bad {
        println!("{target}: {why}: {}", path.display());
    }
    if bad.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
