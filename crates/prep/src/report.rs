//! What was read, kept and rejected, and why: for the person who runs it (text) and beside the data (JSON).

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

/// Examples kept of each reason: enough to find the rows, few enough to read.
const EXAMPLES: usize = 3;

/// The whole account of one preparation.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Each input file, in the order given.
    pub files: Vec<FileReport>,
    /// What happened to all files' objects together.
    pub steps: Vec<Tally>,
    /// Figures on the result, by name.
    pub result: BTreeMap<String, u64>,
}

/// One input file.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FileReport {
    /// Its name, without folders.
    pub file: String,
    /// How it was understood: `GeoPackage`, `GeoJSON (CRS84)`...
    pub form: String,
    /// The source its facts refer to.
    pub source: String,
    /// Each layer or kind of object in it.
    pub layers: Vec<Tally>,
}

/// A count in which nothing gets lost: read = kept + rejected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Of what.
    pub name: String,
    /// How many came in.
    pub read: u64,
    /// How many went on.
    pub kept: u64,
    /// How many did not, by reason.
    pub rejected: BTreeMap<String, Cases>,
    /// What was put right or left out of those that went on, by kind.
    pub remarks: BTreeMap<String, Cases>,
}

/// How often, and where for example.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cases {
    /// How often.
    pub count: u64,
    /// The first few places.
    pub examples: Vec<String>,
}

impl Cases {
    fn add(&mut self, example: impl FnOnce() -> String) {
        self.count += 1;
        if self.examples.len() < EXAMPLES {
            self.examples.push(example());
        }
    }
}

impl Tally {
    /// An empty count.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// One came in and goes on.
    pub fn keep(&mut self) {
        self.read += 1;
        self.kept += 1;
    }

    /// One came in and stops here.
    pub fn reject(&mut self, reason: &str, example: impl FnOnce() -> String) {
        self.read += 1;
        entry(&mut self.rejected, reason).add(example);
    }

    /// Many came in and stop here for one reason.
    pub fn reject_all(&mut self, count: u64, reason: &str, example: impl FnOnce() -> String) {
        if count > 0 {
            self.reject(reason, example);
            self.read += count - 1;
            entry(&mut self.rejected, reason).count += count - 1;
        }
    }

    /// Something about one that goes on.
    pub fn remark(&mut self, kind: &str, example: impl FnOnce() -> String) {
        entry(&mut self.remarks, kind).add(example);
    }

    /// How many were rejected.
    pub fn rejections(&self) -> u64 {
        self.rejected.values().map(|c| c.count).sum()
    }
}

/// Avoids a copy of the key for every case: there are millions of cases and a handful of keys.
fn entry<'a>(map: &'a mut BTreeMap<String, Cases>, key: &str) -> &'a mut Cases {
    if !map.contains_key(key) {
        map.insert(key.to_owned(), Cases::default());
    }
    map.entry(key.to_owned()).or_default()
}

impl FileReport {
    /// The count with this name, made where it is not there.
    pub fn layer(&mut self, name: &str) -> &mut Tally {
        let place = self.layers.iter().position(|l| l.name == name).unwrap_or_else(|| {
            self.layers.push(Tally::new(name));
            self.layers.len() - 1
        });
        &mut self.layers[place]
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "  {:<22} read {:>8}   kept {:>8}   rejected {:>8}",
            self.name,
            self.read,
            self.kept,
            self.rejections()
        )?;
        for (sign, cases) in [("-", &self.rejected), ("i", &self.remarks)] {
            for (reason, c) in cases {
                write!(f, "      {sign} {:>7}  {reason}", c.count)?;
                if c.examples.is_empty() {
                    writeln!(f)?;
                } else {
                    writeln!(f, " (for example {})", c.examples.join(", "))?;
                }
            }
        }
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for file in &self.files {
            writeln!(f, "{}: {}, source `{}`", file.file, file.form, file.source)?;
            for layer in &file.layers {
                write!(f, "{layer}")?;
            }
        }
        if !self.steps.is_empty() {
            writeln!(f, "All files together")?;
            for step in &self.steps {
                write!(f, "{step}")?;
            }
        }
        writeln!(f, "Result")?;
        for (name, count) in &self.result {
            writeln!(f, "  {name:<34} {count:>9}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_in_is_kept_or_rejected_with_a_reason() {
        let mut tally = Tally::new("pand");
        tally.keep();
        for row in 0..5 {
            tally.reject("no geometry", || format!("row {row}"));
        }
        assert_eq!(tally.read, tally.kept + tally.rejections());
        assert_eq!(tally.rejected["no geometry"].examples, ["row 0", "row 1", "row 2"]);
        assert!(tally.to_string().contains("5  no geometry (for example row 0, row 1, row 2)"));
    }
}
