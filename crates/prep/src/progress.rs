//! What is being done, on stderr: a bar on a terminal, plain lines elsewhere.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Shows the steps of a preparation.
pub struct Progress {
    bar: Option<ProgressBar>,
    quiet: bool,
    start: Instant,
    noted: Mutex<Instant>,
}

/// Between two notes on a step, where there is no terminal.
const BETWEEN_NOTES: Duration = Duration::from_secs(10);

impl Progress {
    /// A bar on a terminal; plain lines where there is none.
    pub fn new() -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::no_length();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed:>4} [{bar:24}] {pos}/{len} {wide_msg}")
            {
                bar.set_style(style.progress_chars("=> "));
            }
            bar.enable_steady_tick(Duration::from_millis(100));
            bar
        });
        Self { bar, quiet: false, start: Instant::now(), noted: Mutex::new(Instant::now()) }
    }

    /// Shows nothing: for tests.
    pub fn quiet() -> Self {
        Self { bar: None, quiet: true, start: Instant::now(), noted: Mutex::new(Instant::now()) }
    }

    /// So many steps are to come.
    pub fn expect(&self, steps: usize) {
        if let Some(bar) = &self.bar {
            bar.set_length(steps as u64);
        }
    }

    /// The next step begins.
    pub fn step(&self, what: &str) {
        match &self.bar {
            Some(bar) => {
                bar.inc(1);
                bar.set_message(what.to_owned());
            }
            None if self.quiet => {}
            None => eprintln!("[{:>5.1} s] {what}", self.start.elapsed().as_secs_f64()),
        }
    }

    /// How far a long step is.
    pub fn note(&self, what: &str) {
        match &self.bar {
            Some(bar) => bar.set_message(what.to_owned()),
            None if self.quiet || !self.is_time() => {}
            None => eprintln!("[{:>5.1} s] {what}", self.start.elapsed().as_secs_f64()),
        }
    }

    /// Whether the last note is long enough ago, and if so, that one is given now.
    fn is_time(&self) -> bool {
        let Ok(mut noted) = self.noted.lock() else { return false };
        let due = noted.elapsed() >= BETWEEN_NOTES;
        if due {
            *noted = Instant::now();
        }
        due
    }

    /// All is done.
    pub fn done(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

impl Default for Progress {
    fn default() -> Self {
        Self::new()
    }
}
