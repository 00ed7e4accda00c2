//! The plans of an earlier data set, to tell what changed since.

use std::fs;
use std::path::Path;

use gasvrij3d::figures::{self, Plans};
use gasvrij3d::manifest::Manifest;

use crate::fault::{Fault, Result};

/// The version and the plans of an earlier data set.
#[derive(Debug)]
pub struct Earlier {
    /// Its `data_version`.
    pub version: String,
    /// Its plans.
    pub plans: Plans,
}

impl Earlier {
    /// Reads the folder of a data set that `prep` made.
    pub fn read(folder: &Path) -> Result<Self> {
        let fault = |what: &dyn std::fmt::Display| {
            Fault::input(format!(
                "{}: the earlier data set cannot be read: {what}. Name a folder that prep made, or leave it out.",
                folder.display()
            ))
        };
        let text =
            fs::read_to_string(folder.join("manifest.json")).map_err(|e| fault(&format!("manifest.json: {e}")))?;
        let manifest = Manifest::parse(&text).map_err(|e| fault(&e))?;
        let plans = match manifest.figures.as_ref().and_then(|files| files.plannen.as_ref()) {
            None => Plans::default(),
            Some(entry) => {
                let bytes = fs::read(folder.join(&entry.file)).map_err(|e| fault(&format!("{}: {e}", entry.file)))?;
                figures::read(&entry.file, &bytes).map_err(|e| fault(&e))?
            }
        };
        Ok(Self { version: manifest.data_version, plans })
    }
}
