//! The rule book: a folder with every rule on one page, and the description for the algorithm register.

mod homes;
mod page;
mod register;
mod says;
mod words;

use std::fs;
use std::path::Path;

use gasvrij3d::rules::rules;

/// The file with all rules.
pub const PAGE: &str = "index.html";
/// The file for the algorithm register.
pub const REGISTER: &str = "algoritmeregister.json";

/// The rule book, ready to be written.
#[derive(Debug)]
pub struct Book {
    html: String,
    json: String,
}

impl Book {
    /// Makes it from the table in this program and the words in `data`.
    pub fn new() -> Result<Self, String> {
        let words = words::words()?;
        let homes = homes::homes()?;
        Ok(Self { html: page::page(&words, &homes)?.into_string(), json: register::register(rules())? })
    }

    /// Writes both files into a folder, which is made if it is not there.
    pub fn write(&self, folder: &Path) -> Result<(), String> {
        fs::create_dir_all(folder).map_err(|e| {
            format!("{}: the folder cannot be made ({e}); choose another with --out.", folder.display())
        })?;
        for (name, text) in [(PAGE, &self.html), (REGISTER, &self.json)] {
            let (to, new) = (folder.join(name), folder.join(format!("{name}.new")));
            fs::write(&new, text).and_then(|()| fs::rename(&new, &to)).map_err(|e| {
                format!("{}: cannot be written ({e}); make room or choose another folder with --out.", to.display())
            })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
