//! What was read, kept and rejected, and why: for the person who runs it (text) and beside the data (JSON).

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::checks;

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

/// Where something stands in the input: `row 12`, `pand fid 8`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    scope: Arc<Scope>,
    number: u64,
    id: Option<Box<str>>,
}

/// What is counted in a file: its rows, the features of one layer...
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scope {
    file: String,
    word: String,
}

impl Scope {
    /// In this file, counted by this word: `row`, `feature`, `pand fid`.
    pub fn new(file: impl Into<String>, word: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { file: file.into(), word: word.into() })
    }
}

impl Place {
    /// The object with this number.
    pub fn new(scope: &Arc<Scope>, number: u64) -> Self {
        Self { scope: Arc::clone(scope), number, id: None }
    }

    /// The same place, with the id that the object there goes by.
    #[must_use]
    pub fn named(mut self, id: Option<impl AsRef<str>>) -> Self {
        self.id = id.map(|id| id.as_ref().into());
        self
    }

    /// The file, without folders; empty where it is not known.
    pub fn file(&self) -> &str {
        &self.scope.file
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.scope.word, self.number)
    }
}

/// One case: what was found, which is the same in whatever order rows come, and where it stood, which is not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Example {
    /// An id, or the value that does not fit; empty where there is nothing to name.
    pub what: String,
    /// Where it stood. Told to the person who runs it; not published.
    pub place: Option<Place>,
}

impl From<String> for Example {
    fn from(what: String) -> Self {
        Self { what, place: None }
    }
}

impl From<&Place> for Example {
    fn from(place: &Place) -> Self {
        Self { what: place.id.as_deref().unwrap_or_default().to_owned(), place: Some(place.clone()) }
    }
}

impl<T: fmt::Display> From<(Option<&Place>, T)> for Example {
    /// Of what goes by an id of its own, which `found` names.
    fn from((place, found): (Option<&Place>, T)) -> Self {
        let place = place.map(|p| Place { id: None, ..p.clone() });
        Self { what: found.to_string(), place }
    }
}

impl<T: fmt::Display> From<(&Place, T)> for Example {
    fn from((place, found): (&Place, T)) -> Self {
        let what = match place.id.as_deref() {
            Some(id) => format!("{id}: {found}"),
            None => found.to_string(),
        };
        Self { what, place: Some(place.clone()) }
    }
}

impl fmt::Display for Example {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) if self.what.is_empty() => write!(f, "{place}"),
            Some(place) => write!(f, "{place}: {}", self.what),
            None => write!(f, "{}", self.what),
        }
    }
}

/// How often, and where for example.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cases {
    /// How often.
    pub count: u64,
    /// A few cases, the smallest: the same ones in whatever order they came.
    pub examples: Vec<Example>,
}

impl Cases {
    fn add(&mut self, example: Example) {
        self.count += 1;
        let at = self.examples.partition_point(|known| *known <= example);
        if at < EXAMPLES {
            self.examples.insert(at, example);
            self.examples.truncate(EXAMPLES);
        }
    }
}

/// What is published of cases: no row numbers, which depend on the order of the input.
impl Serialize for Cases {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut examples: Vec<&str> = self.examples.iter().map(|e| e.what.as_str()).filter(|w| !w.is_empty()).collect();
        examples.dedup();
        let mut fields = s.serialize_struct("Cases", 2)?;
        fields.serialize_field("count", &self.count)?;
        fields.serialize_field("examples", &examples)?;
        fields.end()
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

    /// One came in and stops here. The reason is a sentence, or the id of a check (`V07`).
    pub fn reject<E: Into<Example>>(&mut self, reason: &str, example: impl FnOnce() -> E) {
        self.read += 1;
        entry(&mut self.rejected, reason).add(example().into());
    }

    /// Many came in and stop here for one reason.
    pub fn reject_all<E: Into<Example>>(&mut self, count: u64, reason: &str, example: impl FnOnce() -> E) {
        if count > 0 {
            self.reject(reason, example);
            self.read += count - 1;
            entry(&mut self.rejected, reason).count += count - 1;
        }
    }

    /// Something about one that goes on. The kind is a sentence, or the id of a check (`V07`).
    pub fn remark<E: Into<Example>>(&mut self, kind: &str, example: impl FnOnce() -> E) {
        entry(&mut self.remarks, kind).add(example().into());
    }

    /// Adds another count of the same things.
    pub fn merge(&mut self, other: Self) {
        self.read += other.read;
        self.kept += other.kept;
        for (mine, others) in [(&mut self.rejected, other.rejected), (&mut self.remarks, other.remarks)] {
            for (reason, cases) in others {
                let all = entry(mine, &reason);
                let more = cases.count - cases.examples.len() as u64;
                cases.examples.into_iter().for_each(|e| all.add(e));
                all.count += more;
            }
        }
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
                write!(f, "      {sign} {:>7}  {}", c.count, checks::sentence(reason))?;
                let named = c.examples.iter().map(Example::to_string).filter(|example| !example.is_empty());
                let examples: Vec<String> = named.collect();
                if examples.is_empty() {
                    writeln!(f)?;
                } else {
                    writeln!(f, " (for example {})", examples.join(", "))?;
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
        let scope = Scope::new("a.csv", "row");
        let told = |rows: [u64; 5]| {
            let mut tally = Tally::new("pand");
            tally.keep();
            for (row, number) in rows.into_iter().zip(2..) {
                let place = Place::new(&scope, number);
                tally.reject("no geometry", || (&place, row));
            }
            tally
        };
        let tally = told([4, 0, 3, 2, 1]);
        assert_eq!(tally.read, tally.kept + tally.rejections());
        assert!(tally.to_string().contains("5  no geometry (for example row 3: 0, row 6: 1, row 5: 2)"), "{tally}");
        // What is published is the same in another order.
        let json = |tally: &Tally| serde_json::to_string(tally).unwrap_or_default();
        assert!(json(&tally).contains(r#"{"count":5,"examples":["0","1","2"]}"#));
        assert_eq!(json(&tally), json(&told([0, 1, 2, 3, 4])));
    }
}
