//! The tools a page is built with: the wasm target, trunk, and wasm-bindgen in exactly the version of Cargo.lock.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::paths::Paths;
use crate::say::Step;
use crate::{Outcome, child};

/// The newest trunk that builds with the Rust this project asks for.
const TRUNK: &str = "0.21.14";
const DENY: &str = "0.20.2";
const TARGET: &str = "wasm32-unknown-unknown";

/// Tools that are there, and in the right version.
pub struct Tools {
    /// PATH with the folders of the tools in front.
    pub path: OsString,
    /// All versions in one text: another compiler or tool makes another page.
    pub versions: String,
    /// The trunk to call.
    pub trunk: PathBuf,
    /// The wasm-bindgen to call.
    pub wasm_bindgen: PathBuf,
}

/// A tool and how it builds quickest.
struct Tool {
    name: &'static str,
    package: &'static str,
    version: String,
    /// wasm-bindgen works through tens of megabytes on each build, so a little optimisation pays; trunk waits for it.
    opt_level: &'static str,
    flags: &'static [&'static str],
    why: &'static str,
}

/// Looks for each tool and installs what is missing.
pub fn ensure(paths: &Paths) -> Outcome<Tools> {
    ensure_target(paths)?;
    let bindgen = Tool {
        name: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        version: locked_version(&paths.root, "wasm-bindgen")?,
        opt_level: "1",
        flags: &["--bin", "wasm-bindgen"],
        why: "once, about 3 minutes: it joins WebAssembly to the browser and must match Cargo.lock exactly",
    };
    let trunk = Tool {
        name: "trunk",
        package: "trunk",
        version: TRUNK.to_owned(),
        opt_level: "0",
        // Without TLS and update check: it never downloads here.
        flags: &["--locked", "--no-default-features"],
        why: "once, about 4 minutes: it puts the page together",
    };
    let bindgen_at = ensure_tool(paths, &bindgen)?;
    let trunk_at = ensure_tool(paths, &trunk)?;
    let old = std::env::var_os("PATH").unwrap_or_default();
    let folders = [&bindgen_at, &trunk_at].map(|tool| tool.parent().map(Path::to_owned).unwrap_or_default());
    let path = std::env::join_paths(folders.into_iter().chain(std::env::split_paths(&old))).map_err(|e| {
        format!("PATH cannot be extended with the tools' folder: {e}. Move the clone to a plainer path.")
    })?;
    let rustc = said(Command::new("rustc").arg("--version")).unwrap_or_default();
    let versions = format!("{rustc}; wasm-bindgen {}; trunk {TRUNK}", bindgen.version);
    Ok(Tools { path, versions, trunk: trunk_at, wasm_bindgen: bindgen_at })
}

/// cargo-deny, for the one command that needs it.
pub fn ensure_deny(paths: &Paths) -> Outcome<PathBuf> {
    let deny = Tool {
        name: "cargo-deny",
        package: "cargo-deny",
        version: DENY.to_owned(),
        opt_level: "0",
        flags: &["--locked"],
        why: "once, about a minute: it reads the licences of all dependencies",
    };
    ensure_tool(paths, &deny)
}

/// The standard library for the browser, for whoever builds for it without the other tools.
pub fn ensure_target(paths: &Paths) -> Outcome<()> {
    let sysroot = said(Command::new("rustc").current_dir(&paths.root).args(["--print", "sysroot"]))
        .ok_or("rustc cannot be started. Install Rust with rustup, then run this again.")?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).exists() {
        return Ok(());
    }
    let step = Step::begin("Adding the wasm target to Rust", "once: the standard library for the browser, about 20 MB");
    let advice = format!(
        "Add it by hand with `rustup target add {TARGET}`; where Rust came from a package manager, install that \
         manager's package of the standard library for {TARGET}."
    );
    child::must(&step, Command::new("rustup").current_dir(&paths.root).args(["target", "add", TARGET]), &advice)?;
    step.done();
    Ok(())
}

fn ensure_tool(paths: &Paths, tool: &Tool) -> Outcome<PathBuf> {
    let own = paths.tools().join("bin").join(format!("{}{}", tool.name, std::env::consts::EXE_SUFFIX));
    for candidate in [own.clone(), PathBuf::from(tool.name)] {
        if has_version(&candidate, &tool.version) {
            return Ok(candidate);
        }
    }
    let step = Step::begin(&format!("Installing {} {}", tool.name, tool.version), tool.why);
    if said(child::cargo(&paths.root).args(["binstall", "-V"])).is_some() {
        let mut ready_made = child::cargo(&paths.root);
        ready_made.args(["binstall", "--no-confirm", "--disable-strategies", "compile", "--root"]).arg(paths.tools());
        ready_made.arg(format!("{}@{}", tool.package, tool.version));
        let ended = child::run(&step, &mut ready_made, child::Lines::Passing)?;
        if ended.ok && has_version(&own, &tool.version) {
            step.done();
            return Ok(own);
        }
        step.print("  cargo binstall found nothing ready-made; building it");
    }
    let mut install = child::cargo(&paths.root);
    install.args(["install", tool.package, "--version", &format!("={}", tool.version), "--profile", "dev", "--force"]);
    install.args(tool.flags).arg("--root").arg(paths.tools());
    install.arg("--target-dir").arg(paths.target.join("tools-build"));
    install.env("CARGO_PROFILE_DEV_OPT_LEVEL", tool.opt_level);
    install.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_INCREMENTAL", "0").env_remove("RUSTFLAGS");
    let advice = "Without a connection to the package registry it cannot be built: connect and run this again, or put \
                  the tool in this version on PATH yourself.";
    child::must(&step, &mut install, advice)?;
    if !has_version(&own, &tool.version) {
        return Err(step.failed(&format!(
            "{} was installed but does not answer with version {}.",
            own.display(),
            tool.version
        )));
    }
    step.done();
    Ok(own)
}

/// `tool --version` ends its first word-and-number pair with this version.
fn has_version(tool: &Path, version: &str) -> bool {
    said(Command::new(tool).arg("--version")).is_some_and(|text| text.split_whitespace().nth(1) == Some(version))
}

fn said(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The version of a package in Cargo.lock.
fn locked_version(root: &Path, package: &str) -> Outcome<String> {
    let file = root.join("Cargo.lock");
    let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: cannot be read ({e}).", file.display()))?;
    find_version(&text, package)
        .ok_or_else(|| format!("{}: holds no package `{package}`. Take the file from the repository.", file.display()))
}

fn find_version(lock: &str, package: &str) -> Option<String> {
    let lock: toml::Table = lock.parse().ok()?;
    let packages = lock.get("package")?.as_array()?;
    let found = packages.iter().find(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))?;
    Some(found.get("version")?.as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_a_tool_is_that_of_the_lock_file() {
        let lock = "version = 4\n[[package]]\nname = \"walrus\"\nversion = \"0.1.0\"\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(find_version(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(find_version(lock, "trunk"), None);
    }
}
