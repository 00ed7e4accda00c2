//! The rules outside the map. `advies advise` reads homes and writes advice, one of each a line; `advies rulebook` writes
//! the rules for people to read.

mod book;
mod record;
mod stream;

use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "advies", about = "Advice for a file of homes, by the rules of the map", max_term_width = 110)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Reads homes as NDJSON from standard input and writes advice as NDJSON to standard output.
    ///
    /// One home in, one advice out, in order; docs/rules.md describes both records. Blank lines are skipped. A line that
    /// is no record gives a record with `error` and `line`, and exit code 2 at the end.
    Advise,
    /// Writes the rule book: every rule on one page that stands alone, and the description for the algorithm register.
    Rulebook {
        /// The folder to write it to; it is made if it is not there.
        #[arg(long, value_name = "DIR", default_value = "target/gasvrij3d/regelboek")]
        out: PathBuf,
    },
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Advise => advise(),
        Command::Rulebook { out } => rulebook(&out),
    };
    done.unwrap_or_else(|sentence| {
        eprintln!("{sentence}");
        ExitCode::from(2)
    })
}

fn rulebook(out: &Path) -> Result<ExitCode, String> {
    book::Book::new()?.write(out)?;
    println!("{}", out.join(book::PAGE).display());
    println!("{}", out.join(book::REGISTER).display());
    Ok(ExitCode::SUCCESS)
}

fn advise() -> Result<ExitCode, String> {
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let faults =
        stream::advise(io::stdin().lock(), &mut out).and_then(|faults| out.flush().map(|()| faults)).map_err(|e| {
            format!("The advice could not be passed on: {e}. What was written so far is whole up to its last line.")
        })?;
    for (fact, (homes, line)) in &faults.facts {
        eprintln!(
            "`{fact}` was not understood in {homes} homes, first in line {line}, and counts as not known there; \
             docs/facts.md lists what it can be."
        );
    }
    if faults.lines == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    let lines = if faults.lines == 1 { "1 line is".to_owned() } else { format!("{} lines are", faults.lines) };
    eprintln!("{lines} no record; each has its `error` and `line` in the output.");
    Ok(ExitCode::from(2))
}
