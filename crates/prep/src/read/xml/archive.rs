//! XML files wherever they lie: as they are, in a zip, or in zips in that zip, as the national deliveries do it.

use std::fs::File;
use std::io::{BufReader, Read, copy};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use zip::ZipArchive;

use crate::fault::{Fault, Result};
use crate::read::{extension, file_name, head, unreadable};

/// The national BAG has zips in a zip, its marks of research zips in zips in a zip.
const DEEPEST: u8 = 3;
/// The whole country has some thousands of files.
const MOST_FILES: usize = 50_000;
/// A zip in a zip hardly gets smaller; one that grows more than this is not honest.
const GROWTH: u64 = 20;

/// The XML files of one input.
pub struct Archive {
    path: PathBuf,
    /// Zips that were in a zip, unpacked; they go away with this value.
    inner: Vec<NamedTempFile>,
    members: Vec<Member>,
}

/// One XML file.
pub struct Member {
    /// Its name, without folders.
    pub name: String,
    /// In which zip: 0 is the input itself.
    zip: usize,
    /// Which of that zip's files; `None` where the input is this file.
    index: Option<usize>,
}

impl Archive {
    /// The XML files of an input, or `None` where it is of another form.
    pub fn open(path: &Path) -> Result<Option<Self>> {
        let file = File::open(path).map_err(|e| unreadable(&e))?;
        if file.metadata().is_ok_and(|m| m.is_dir()) {
            return Ok(None);
        }
        let mut archive = Self { path: path.to_owned(), inner: Vec::new(), members: Vec::new() };
        let name = file_name(path);
        if extension(&name) == "zip" {
            let other = archive.list(&file, 0, 0)?;
            return Ok((!other && !archive.members.is_empty()).then_some(archive));
        }
        let head = head(path)?;
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head);
        let xml = text.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'<');
        archive.members.push(Member { name, zip: 0, index: None });
        Ok(xml.then_some(archive))
    }

    /// The files, in the order of the zip.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// Lists a zip and the zips in it; tells whether there is data of another form in it.
    fn list(&mut self, file: &File, zip: usize, depth: u8) -> Result<bool> {
        let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|e| damaged(&e))?;
        let mut other = false;
        for index in 0..archive.len() {
            let member = archive.by_index_raw(index).map_err(|e| damaged(&e))?;
            let name = member.name().map_err(|e| damaged(&e))?.into_owned();
            // What macOS adds to a zip is not part of it.
            if !member.is_file() || name.contains("__MACOSX/") || name.ends_with(".DS_Store") {
                continue;
            }
            let name = file_name(Path::new(&name));
            match extension(&name).as_str() {
                "xml" | "gml" => self.members.push(Member { name, zip, index: Some(index) }),
                "zip" if depth < DEEPEST => {
                    let most =
                        member.size().min(member.compressed_size().saturating_mul(GROWTH)).saturating_add(1 << 20);
                    drop(member);
                    let member = archive.by_index(index).map_err(|e| damaged(&e))?;
                    let mut unpacked = tempfile::Builder::new()
                        .prefix("prep-")
                        .suffix(".zip")
                        .tempfile()
                        .map_err(|e| Fault::writing(&std::env::temp_dir(), e))?;
                    let length =
                        copy(&mut member.take(most + 1), unpacked.as_file_mut()).map_err(|e| damaged(&e).at(&name))?;
                    if length > most {
                        return Err(Fault::input(format!(
                            "the zip `{name}` in it is larger than it says. Fetch the file again."
                        )));
                    }
                    let inner = unpacked.reopen().map_err(|e| unreadable(&e))?;
                    self.inner.push(unpacked);
                    other |= self.list(&inner, self.inner.len(), depth + 1).map_err(|e| e.at(&name))?;
                }
                "zip" => {
                    return Err(Fault::input(format!(
                        "`{name}` is a zip in more than {DEEPEST} zips. Unpack it and name the files you need."
                    )));
                }
                "gpkg" | "json" | "geojson" | "jsonl" | "csv" | "txt" => other = true,
                _ => {}
            }
            if self.members.len() > MOST_FILES {
                return Err(Fault::input(format!(
                    "the zip has more than {MOST_FILES} XML files. Take the delivery of one municipality."
                )));
            }
        }
        Ok(other)
    }

    /// Opens one of the files.
    pub fn read<T>(&self, member: &Member, with: impl FnOnce(&mut dyn Read) -> Result<T>) -> Result<T> {
        let path = member.zip.checked_sub(1).and_then(|i| self.inner.get(i)).map_or(self.path.as_path(), |f| f.path());
        let mut file = File::open(path).map_err(|e| unreadable(&e))?;
        let read = match member.index {
            None => with(&mut file),
            Some(index) => {
                let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|e| damaged(&e))?;
                let mut member = archive.by_index(index).map_err(|e| damaged(&e))?;
                with(&mut member)
            }
        };
        if self.members.len() > 1 { read.map_err(|e| e.at(&member.name)) } else { read }
    }
}

fn damaged(cause: &dyn std::fmt::Display) -> Fault {
    Fault::input(format!("the zip cannot be read: {cause}. Fetch it again."))
}
