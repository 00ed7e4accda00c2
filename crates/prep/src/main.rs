//! The program `prep`: see `prep --help`.

use std::process::ExitCode;

use clap::Parser;
use prep::cli::{Cli, run};
use prep::progress::Progress;

fn main() -> ExitCode {
    let progress = Progress::new();
    let done = run(Cli::parse(), &progress);
    progress.done();
    match done {
        Ok(report) => {
            print!("{report}");
            ExitCode::SUCCESS
        }
        Err(fault) => {
            eprintln!("prep: {fault}");
            ExitCode::from(fault.exit_code())
        }
    }
}
