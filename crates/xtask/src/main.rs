//! The project's own commands: set up, run, test, measure. `cargo xtask help` lists them.

mod advies;
mod bench;
mod browser;
mod budgets;
mod child;
mod deny;
mod lighthouse;
mod listing;
mod loader;
mod modules;
mod packed;
mod page;
mod paths;
mod say;
mod scale;
mod serve;
mod size;
mod slim;
mod speed;
mod stamp;
mod styles;
mod suites;
mod texts;
mod tools;
mod town;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use child::Lines;
use page::Kind;
use paths::Paths;
use say::Step;
use town::Size;

/// The result of a step: a failure is a sentence that says what to do.
type Outcome<T> = Result<T, String>;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The commands of Gasvrij3D", max_term_width = 110)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Set up what is missing, prepare the model town, build the page and serve it on this machine.
    Run {
        /// Build as small as it goes on the web: minutes slower to build.
        #[arg(long)]
        release: bool,
        /// Serve this prepared folder (made by `prep`) in place of the model town.
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
        /// Open the page in the browser.
        #[arg(long)]
        open: bool,
        /// First port to try; the next free one is taken.
        #[arg(long, default_value_t = 8392)]
        port: u16,
    },
    /// Run every check: form, lints, tests, the page and the browser tests.
    Test {
        /// Only these checks (format, lints, rust, fuzz, lints-web, same, browser).
        #[arg(long, value_name = "NAME")]
        only: Vec<String>,
        /// Only the browser tests whose title matches.
        #[arg(long, value_name = "TEXT")]
        grep: Option<String>,
    },
    /// Build for the web and hold each part against `data/budgets.toml`.
    Size {
        /// Weigh the data of this prepared folder in place of the model town.
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
        /// A page that is built already, in place of building one. What is not in it is not weighed.
        #[arg(long, value_name = "DIR")]
        page: Option<PathBuf>,
    },
    /// Measure the rules on the whole model town, natively and in Chromium, against `data/budgets.toml`.
    Bench,
    /// Visit the release build with a slow phone, draw over its map, and hold the waiting against `data/budgets.toml`.
    Speed {
        /// The prepared folder; the whole model town without it.
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
        /// A page that is built already, in place of building one.
        #[arg(long, value_name = "DIR")]
        page: Option<PathBuf>,
    },
    /// Turn the map of the model town once, twice and four times beside itself, and hold frames and memory against
    /// `data/budgets.toml`.
    Scale {
        /// A page that is built already, in place of building one.
        #[arg(long, value_name = "DIR")]
        page: Option<PathBuf>,
    },
    /// Let Lighthouse look at the house card of the release build and hold its points against `data/budgets.toml`.
    Lighthouse {
        /// The prepared folder; the quarter of the model town without it.
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
        /// A page that is built already, in place of building one.
        #[arg(long, value_name = "DIR")]
        page: Option<PathBuf>,
    },
    /// Take pictures of a prepared data set at phone, laptop and projector size.
    Shots {
        /// The prepared folder; the model town without it.
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
    },
    /// Read homes as NDJSON from standard input and write advice as NDJSON to standard output (docs/rules.md).
    Advise,
    /// Write the rule book: every rule on one page, and the description for the algorithm register.
    Rulebook {
        /// The folder to write it to; one under the target folder without it.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Check licences and origins of all dependencies with cargo-deny.
    Deny,
    /// Feed damaged files to everything of prep that reads: none may panic, hang or take much memory.
    Fuzz {
        /// Time for each reader, two at a time.
        #[arg(long, default_value_t = 60)]
        seconds: u32,
        /// Another number is another row of files.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Only this target.
        #[arg(long, value_name = "NAME")]
        target: Option<String>,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    child::end_children_on_signal();
    match carry_out(cli.command) {
        Ok(code) => code,
        Err(sentence) => {
            eprintln!("\n{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(command: Command) -> Outcome<ExitCode> {
    let paths = Paths::find()?;
    match command {
        Command::Run { release, data, open, port } => {
            let data = data.map(|dir| town::prepared(&dir)).transpose()?;
            let tools = tools::ensure(&paths)?;
            let dist = page::build(&paths, &tools, if release { Kind::Web } else { Kind::Quick })?;
            let data = data.map_or_else(|| town::made(&paths, Size::Quarter), Ok)?;
            serve::until_stopped(&dist, &data, port, open)?;
        }
        Command::Test { only, grep } => return suites::run(&paths, &only, grep.as_deref()),
        Command::Size { data, page } => {
            let is_whole = page.is_none();
            let (dist, data) = visited(&paths, page, data, Size::Quarter)?;
            return size::weigh(&paths, &dist, &data, is_whole);
        }
        Command::Speed { data, page } => {
            let (dist, data) = visited(&paths, page, data, Size::Whole)?;
            return speed::measure(&paths, &dist, &data);
        }
        Command::Scale { page } => {
            return scale::measure(&paths, &page_of(&paths, page)?);
        }
        Command::Lighthouse { data, page } => {
            let (dist, data) = visited(&paths, page, data, Size::Quarter)?;
            return lighthouse::look(&paths, &dist, &data);
        }
        Command::Bench => return bench::measure(&paths),
        Command::Shots { data } => {
            let data = data.map(|dir| town::prepared(&dir)).transpose()?;
            let tools = tools::ensure(&paths)?;
            let dist = page::build(&paths, &tools, Kind::Quick)?;
            let data = data.map_or_else(|| town::made(&paths, Size::Quarter), Ok)?;
            browser::shots(&paths, &dist, &data)?;
        }
        Command::Advise => return advies::advise(&paths),
        Command::Rulebook { out } => return advies::rulebook(&paths, out),
        Command::Deny => deny::check(&paths)?,
        Command::Fuzz { seconds, seed, target } => {
            let step = Step::begin("Feeding damaged files to the readers", "");
            let ended = child::run(
                &step,
                &mut suites::fuzz_command(&paths, &seconds.to_string(), seed, target),
                Lines::Printed,
            )?;
            step.done();
            return Ok(if ended.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The release build, or the page that was given.
fn page_of(paths: &Paths, page: Option<PathBuf>) -> Outcome<PathBuf> {
    page.map_or_else(|| page::build(paths, &tools::ensure(paths)?, Kind::Web), Ok)
}

/// That page, and the data for it.
fn visited(paths: &Paths, page: Option<PathBuf>, data: Option<PathBuf>, size: Size) -> Outcome<(PathBuf, PathBuf)> {
    let data = data.map(|dir| town::prepared(&dir)).transpose()?;
    Ok((page_of(paths, page)?, data.map_or_else(|| town::made(paths, size), Ok)?))
}
