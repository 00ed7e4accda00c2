//! Child processes: each in a group of its own, their lines shown while they come, and none left behind.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::Outcome;
use crate::say::Step;

/// How many of its last lines a failed command shows.
const TAIL: usize = 40;

static GROUPS: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// What happens to a command's lines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// Shown while they come, and the last of them again if it fails.
    Passing,
    /// Printed, every one.
    Printed,
}

/// A command that ended: whether well, and all it said.
pub struct Ended {
    /// Exit status 0.
    pub ok: bool,
    /// Standard output and standard error, line by line as they came.
    pub lines: Vec<String>,
}

impl Ended {
    /// The last lines, for a person to see what was wrong.
    pub fn tail(&self) -> String {
        self.lines[self.lines.len().saturating_sub(TAIL)..].join("\n")
    }
}

/// A cargo command in this folder.
pub fn cargo(folder: &Path) -> Command {
    program(folder, std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
}

/// A command in this folder, without what the cargo that started this program told it about itself: crates that watch
/// those variables would be built anew each time.
pub fn program(folder: &Path, name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(folder);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") || text == "CARGO" {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs a command to its end. An error only if it cannot be started.
pub fn run(step: &Step, command: &mut Command, show: Lines) -> Outcome<Ended> {
    let mut running = Running::start(command)?;
    let (sender, lines) = mpsc::channel();
    let readers = [
        running.child.stdout.take().map(|pipe| read_lines(pipe, sender.clone())),
        running.child.stderr.take().map(|pipe| read_lines(pipe, sender)),
    ];
    let mut ended = Ended { ok: false, lines: Vec::new() };
    loop {
        match lines.recv_timeout(Duration::from_secs(5)) {
            Ok(line) => {
                match show {
                    Lines::Passing => step.line(&line),
                    Lines::Printed => step.print(&line),
                }
                ended.lines.push(line);
            }
            Err(RecvTimeoutError::Timeout) if show == Lines::Passing => {
                step.line(ended.lines.last().map_or("", String::as_str));
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    for reader in readers.into_iter().flatten() {
        // A reader that stopped early has already handed over the lines it had.
        drop(reader.join());
    }
    let name = command.get_program().to_string_lossy().into_owned();
    ended.ok = running.wait().map_err(|e| format!("{name}: its end could not be waited for ({e})."))?.success();
    Ok(ended)
}

/// Runs a command that must succeed; `advice` says what to do if it does not.
pub fn must(step: &Step, command: &mut Command, advice: &str) -> Outcome<Vec<String>> {
    let ended = run(step, command, Lines::Passing)?;
    if ended.ok {
        return Ok(ended.lines);
    }
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let shown = words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ");
    Err(format!("{}\n\n{}", ended.tail(), step.failed(&format!("{advice}\nThe command was: {shown}"))))
}

/// Lets a command take this program's place, with its streams, its folder and its place in the terminal; its exit status
/// becomes this program's own.
#[cfg(unix)]
pub fn hand_over(command: &mut Command) -> Outcome<ExitCode> {
    let error = std::os::unix::process::CommandExt::exec(command);
    Err(format!("{} cannot be started ({error}).", command.get_program().display()))
}

/// Runs a command with this program's streams; its exit status becomes this program's own.
#[cfg(not(unix))]
pub fn hand_over(command: &mut Command) -> Outcome<ExitCode> {
    let status = command.status();
    let status = status.map_err(|e| format!("{} cannot be started ({e}).", command.get_program().display()))?;
    Ok(ExitCode::from(u8::try_from(status.code().unwrap_or(1)).unwrap_or(1)))
}

fn read_lines(pipe: impl Read + Send + 'static, sender: Sender<String>) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        let mut pipe = BufReader::new(pipe);
        let mut line = Vec::new();
        while pipe.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            if sender.send(String::from_utf8_lossy(&line).trim_end().to_owned()).is_err() {
                return;
            }
            line.clear();
        }
    })
}

/// A child that is ended, with all that it started, when it is let go.
struct Running {
    child: Child,
    group: u32,
}

impl Running {
    fn start(command: &mut Command) -> Outcome<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().map_err(|e| {
            format!("{} cannot be started ({e}). Install it, or add it to PATH.", command.get_program().display())
        })?;
        let group = child.id();
        GROUPS.lock().unwrap_or_else(PoisonError::into_inner).insert(group);
        Ok(Self { child, group })
    }

    fn wait(&mut self) -> std::io::Result<ExitStatus> {
        self.child.wait()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        end_group(self.group);
        GROUPS.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.group);
    }
}

#[cfg(unix)]
fn end_group(group: u32) {
    if let Some(pid) = rustix::process::Pid::from_raw(group.cast_signed()) {
        // An error means that nothing of the group is left, which is the aim.
        let _ = rustix::process::kill_process_group(pid, rustix::process::Signal::KILL);
    }
}

#[cfg(not(unix))]
fn end_group(group: u32) {
    // An error means that nothing of the group is left, which is the aim.
    drop(Command::new("taskkill").args(["/T", "/F", "/PID", &group.to_string()]).output());
}

/// From now on Ctrl-C and a request to stop end all children too, and then this program.
pub fn end_children_on_signal() {
    std::thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let Ok(runtime) = runtime else { return };
        runtime.block_on(stop_asked());
        for &group in GROUPS.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            end_group(group);
        }
        eprintln!("\nStopped.");
        std::process::exit(130);
    });
}

#[cfg(unix)]
async fn stop_asked() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

#[cfg(not(unix))]
async fn stop_asked() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_failed_command_shows_what_it_said_and_what_to_do() {
        let step = Step::begin("Baking", "");
        let error = must(&step, &mut shell("echo no flour >&2; exit 3"), "Buy flour.").unwrap_err();
        assert!(error.contains("no flour") && error.contains("Baking failed after") && error.contains("Buy flour."));
    }

    #[test]
    fn what_a_command_leaves_running_is_ended_with_it() {
        let step = Step::begin("Leaving", "");
        let lines = must(&step, &mut shell("sleep 60 >/dev/null 2>&1 & echo $!"), "").unwrap();
        let alive = || std::fs::read_to_string(format!("/proc/{}/stat", lines[0])).is_ok_and(|s| !s.contains(") Z"));
        for _ in 0..50 {
            if !alive() {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("process {} is still there", lines[0]);
    }
}
