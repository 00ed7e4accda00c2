//! Where things are: the source tree, and everything that is made, which lies under cargo's target folder.

use std::path::{Path, PathBuf};

use crate::{Outcome, child};

/// The folders of this project.
pub struct Paths {
    /// The source tree.
    pub root: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
}

impl Paths {
    /// Asks cargo, since the target folder may be set in several ways.
    pub fn find() -> Outcome<Self> {
        // As cargo says it now: where clones share a target folder, this program may have been built in another one.
        let own = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&own).join("../..");
        let root = root.canonicalize().map_err(|e| {
            format!(
                "{}: the source tree is not there any more ({e}). Run this from a clone of the project.",
                root.display()
            )
        })?;
        let mut cargo = child::cargo(&root);
        let answer = cargo.args(["metadata", "--no-deps", "--format-version", "1"]).output();
        let answer = answer.map_err(|e| format!("cargo cannot be started ({e}). Install Rust with rustup."))?;
        let metadata: serde_json::Value = serde_json::from_slice(&answer.stdout)
            .map_err(|_| format!("cargo metadata failed:\n{}", String::from_utf8_lossy(&answer.stderr)))?;
        let target = metadata["target_directory"].as_str().map(PathBuf::from);
        Ok(Self { target: target.unwrap_or_else(|| root.join("target")), root })
    }

    /// Everything this program makes, besides what cargo makes.
    pub fn made(&self) -> PathBuf {
        self.target.join("gasvrij3d")
    }

    /// The tools that it installs.
    pub fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }
}
