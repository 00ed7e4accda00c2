//! The page: every wasm module compiled and put together by trunk, unless nothing has changed.

use std::path::{Path, PathBuf};

use crate::modules::{self, MODULES};
use crate::paths::Paths;
use crate::say::Step;
use crate::tools::Tools;
use crate::{Outcome, child, listing, loader, packed, slim, stamp, styles, texts};

/// What the page is made of.
const INPUTS: &[&str] = &[
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "assets",
    "build.rs",
    "codegen",
    "crates/city",
    "crates/kit",
    "crates/evening",
    "crates/pages",
    "crates/panel",
    "crates/tiler",
    "crates/vve",
    "crates/xtask/src/listing.rs",
    "crates/xtask/src/loader.rs",
    "crates/xtask/src/modules.rs",
    "crates/xtask/src/packed.rs",
    "crates/xtask/src/page.rs",
    "crates/xtask/src/slim.rs",
    "crates/xtask/src/styles.rs",
    "crates/xtask/src/texts.rs",
    "data",
    "index.html",
    "src",
];

/// The cargo profile of the worker in the page for the web.
const WORKER_PROFILE: &str = "web-worker";

/// How the page is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Quick to build, quick enough to use.
    Quick,
    /// As small as it gets.
    Web,
}

impl Kind {
    /// The cargo profile.
    const fn profile(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Web => "web",
        }
    }

    const fn city_takes(self) -> &'static str {
        match self {
            Self::Quick => "first time about 3 minutes: it builds the engine; later seconds",
            Self::Web => "first time about 4 minutes: the engine, optimised as a whole for size",
        }
    }
}

/// Builds the page and says where it lies.
pub fn build(paths: &Paths, tools: &Tools, kind: Kind) -> Outcome<PathBuf> {
    let profile = kind.profile();
    let dist = paths.made().join(format!("dist-{profile}"));
    let flags = std::env::var("RUSTFLAGS").unwrap_or_default();
    let stamp = stamp::of(&paths.root, INPUTS, &[profile, &tools.versions, &flags])?;
    if stamp::is_fresh(&dist, &stamp) {
        return Ok(dist);
    }
    let mut packages = vec![("panel", "first time about a minute: search and house card")];
    packages.extend(MODULES);
    packages.push(("tiler", "seconds: the worker that makes meshes of tiles"));
    packages.push(("city", kind.city_takes()));
    for (package, why) in packages {
        module(paths, package, why, profile)?;
    }
    let step = Step::begin("Putting the page together", "half a minute: wasm-bindgen and trunk");
    stamp::forget(&dist)?;
    std::fs::create_dir_all(&dist).map_err(|e| format!("{}: cannot be made ({e}).", dist.display()))?;
    let mut trunk = child::program(&paths.root, &tools.trunk);
    // Trunk takes `NO_COLOR=1` for a wrong value of its own option.
    trunk.env("PATH", &tools.path).env_remove("NO_COLOR");
    trunk.args(["build", "--skip-version-check", "--color", "never", "--cargo-profile", profile, "--dist"]).arg(&dist);
    child::must(&step, &mut trunk, "The lines above are trunk's; index.html and Trunk.toml say what it does.")?;
    texts::put(&paths.root, &dist)?;
    styles::join(&dist)?;
    if kind == Kind::Web {
        worker(paths, tools, &dist)?;
        slim::modules(&dist)?;
    }
    // After all else: the names hold a hash of what the files are now, and the list holds all names.
    modules::put(&paths.root, &dist)?;
    loader::lighten(&dist)?;
    listing::put(&dist)?;
    step.done();
    if kind == Kind::Web {
        let step = Step::begin(
            "Compressing the page",
            "a minute or two: beside each file, for hosts that send what lies ready",
        );
        packed::put(&dist, &step)?;
        step.done();
    }
    stamp::note(&dist, &stamp)?;
    Ok(dist)
}

/// Compiles a module. These are the very arguments with which trunk calls cargo, so that trunk finds all of it done.
fn module(paths: &Paths, package: &str, why: &str, profile: &str) -> Outcome<()> {
    let step = Step::begin(&format!("Building {package}"), why);
    let mut cargo = child::cargo(&paths.root);
    cargo.args(["build", "--target=wasm32-unknown-unknown", "--manifest-path"]);
    cargo.arg(paths.root.join("crates").join(package).join("Cargo.toml"));
    cargo.args(["--profile", profile, "--locked"]);
    child::must(&step, &mut cargo, "The lines above are the compiler's. A clean clone builds on Rust 1.95 or newer.")?;
    step.done();
    Ok(())
}

/// Puts the worker in the page as quick as it gets: trunk knows one profile for all modules.
fn worker(paths: &Paths, tools: &Tools, dist: &Path) -> Outcome<()> {
    module(paths, "tiler", "a minute: once more, for speed", WORKER_PROFILE)?;
    let step = Step::begin("Putting the worker in the page", "seconds: wasm-bindgen");
    let mut bindgen = child::program(&paths.root, &tools.wasm_bindgen);
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", "tiler", "--out-dir"]).arg(dist);
    bindgen.arg(paths.target.join("wasm32-unknown-unknown").join(WORKER_PROFILE).join("tiler.wasm"));
    child::must(&step, &mut bindgen, "The lines above are wasm-bindgen's; its version must be that in Cargo.lock.")?;
    step.done();
    Ok(())
}
