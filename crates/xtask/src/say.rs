//! What the person at the keyboard sees: each step with its reason, that it still moves, and how long it took.

use std::cell::Cell;
use std::fmt::Write as _;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// How often a line says that a step still moves, where there is no terminal to draw on.
const HEARTBEAT: Duration = Duration::from_secs(30);

/// A step that is under way.
pub struct Step {
    title: String,
    began: Instant,
    bar: Option<ProgressBar>,
    said: Cell<Instant>,
    compiled: Cell<u32>,
}

impl Step {
    /// Announces a step: what it does, and what it takes and why.
    pub fn begin(title: &str, why: &str) -> Self {
        let colon = if why.is_empty() { "" } else { ": " };
        eprintln!("▸ {title}{colon}{why}");
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("  {spinner} {elapsed} {wide_msg:.dim}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        let now = Instant::now();
        Self { title: title.to_owned(), began: now, bar, said: Cell::new(now), compiled: Cell::new(0) }
    }

    /// Shows the latest line of a child process.
    pub fn line(&self, line: &str) {
        let line = line.trim();
        if line.starts_with("Compiling ") || line.starts_with("Checking ") {
            self.compiled.set(self.compiled.get() + 1);
        }
        if let Some(bar) = &self.bar {
            let mut message = String::new();
            if self.compiled.get() > 1 {
                let _ = write!(message, "{} crates, ", self.compiled.get());
            }
            bar.set_message(message + line);
        } else if self.said.get().elapsed() >= HEARTBEAT {
            self.said.set(Instant::now());
            eprintln!("  … {}, now: {line}", span(self.began.elapsed()));
        }
    }

    /// Prints a line that stays.
    pub fn print(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| println!("{line}")),
            None => println!("{line}"),
        }
    }

    /// The step is done.
    pub fn done(self) {
        self.clear();
        eprintln!("  done in {}", span(self.began.elapsed()));
    }

    /// The step failed: the sentence to end with.
    pub fn failed(&self, what: &str) -> String {
        self.clear();
        format!("{} failed after {}. {what}", self.title, span(self.began.elapsed()))
    }

    fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// A duration as people say it.
pub fn span(time: Duration) -> String {
    match time.as_secs() {
        0..10 => format!("{:.1} s", time.as_secs_f32()),
        secs @ 10..120 => format!("{secs} s"),
        secs => format!("{} min {} s", secs / 60, secs % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_well_at_each_size() {
        assert_eq!(span(Duration::from_millis(1_240)), "1.2 s");
        assert_eq!(span(Duration::from_secs(75)), "75 s");
        assert_eq!(span(Duration::from_secs(192)), "3 min 12 s");
    }
}
