//! Licences and origins of the dependencies, by cargo-deny.

use crate::child::{self, Lines};
use crate::paths::Paths;
use crate::say::Step;
use crate::{Outcome, tools};

/// Checks against `deny.toml`. The advisories need a database from the network and are left to a machine that has it.
pub fn check(paths: &Paths) -> Outcome<()> {
    let deny = tools::ensure_deny(paths)?;
    let step = Step::begin("Checking licences, bans and sources", "what deny.toml allows");
    let mut cargo_deny = child::program(&paths.root, &deny);
    cargo_deny.args(["--locked", "check", "licenses", "bans", "sources"]);
    child::must(&step, &mut cargo_deny, "deny.toml says what is allowed, and why.")?;
    step.done();

    let step = Step::begin("Checking known advisories", "needs the advisory database");
    let mut cargo_deny = child::program(&paths.root, &deny);
    let ended = child::run(&step, cargo_deny.args(["--locked", "check", "advisories"]), Lines::Passing)?;
    if ended.ok {
        step.done();
        return Ok(());
    }
    let unreachable = ended.lines.iter().any(|line| line.contains("failed to fetch advisory database"));
    if unreachable {
        step.done();
        println!(
            "NOT CHECKED: the advisory database could not be fetched. Run this once on a machine that reaches it."
        );
        return Ok(());
    }
    Err(format!("{}\n\n{}", ended.tail(), step.failed("Update the crate, or write in deny.toml why it may stay.")))
}
