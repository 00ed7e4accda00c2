//! A file as it is, or the one member of a zip, unpacked in pieces to a temporary file.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, copy};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::file_name;
use crate::fault::{Fault, Result};

/// A file to read.
pub enum Unpacked {
    /// The file itself.
    Plain(PathBuf),
    /// A copy that goes away with this value, and the name it had in the zip.
    Member(NamedTempFile, String),
}

impl Unpacked {
    /// Where it can be read.
    pub fn path(&self) -> &Path {
        match self {
            Self::Plain(path) => path,
            Self::Member(file, _) => file.path(),
        }
    }

    /// What it is called.
    pub fn name(&self) -> String {
        match self {
            Self::Plain(path) => file_name(path),
            Self::Member(_, name) => name.clone(),
        }
    }
}

/// Opens a file; a zip must have one file in it.
pub fn open(path: &Path) -> Result<Unpacked> {
    let file = plain(path)?;
    if !is_zip(path) {
        return Ok(Unpacked::Plain(path.to_owned()));
    }
    let (mut archive, index, name) = only_member(file)?;
    let mut member = archive.by_index(index).map_err(|e| damaged(&e))?;
    let mut copy_of = tempfile::Builder::new()
        .prefix("prep-")
        .suffix(&format!("-{name}"))
        .tempfile()
        .map_err(|e| Fault::writing(&std::env::temp_dir(), e))?;
    let mut out = BufWriter::with_capacity(1 << 20, copy_of.as_file_mut());
    copy(&mut member, &mut out).map_err(|e| damaged(&e))?;
    out.into_inner().map_err(|e| Fault::writing(&std::env::temp_dir(), e))?;
    Ok(Unpacked::Member(copy_of, name))
}

/// The first bytes of a file or of the one file in a zip, and what it is called: to see what it is without unpacking it.
pub fn beginning(path: &Path, bytes: u64) -> Result<(Vec<u8>, String)> {
    let file = plain(path)?;
    let mut head = Vec::new();
    if !is_zip(path) {
        file.take(bytes).read_to_end(&mut head).map_err(|e| super::unreadable(&e))?;
        return Ok((head, file_name(path)));
    }
    let (mut archive, index, name) = only_member(file)?;
    let member = archive.by_index(index).map_err(|e| damaged(&e))?;
    member.take(bytes).read_to_end(&mut head).map_err(|e| damaged(&e))?;
    Ok((head, name))
}

fn plain(path: &Path) -> Result<File> {
    let file = File::open(path).map_err(|e| super::unreadable(&e))?;
    if file.metadata().is_ok_and(|m| m.is_dir()) {
        return Err(Fault::input("this is a folder. Name the files in it."));
    }
    Ok(file)
}

fn is_zip(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("zip"))
}

fn damaged(e: &dyn std::fmt::Display) -> Fault {
    Fault::input(format!("the zip cannot be read: {e}. Fetch it again."))
}

/// The one file in a zip: its place and its name without folders.
fn only_member(file: File) -> Result<(zip::ZipArchive<BufReader<File>>, usize, String)> {
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(|e| damaged(&e))?;
    let mut members = Vec::new();
    for i in 0..archive.len() {
        let member = archive.by_index_raw(i).map_err(|e| damaged(&e))?;
        let name = member.name().map_err(|e| damaged(&e))?.into_owned();
        // What macOS adds to a zip is not part of it.
        if member.is_file() && !name.starts_with("__MACOSX/") && !name.ends_with(".DS_Store") {
            members.push((i, name));
        }
    }
    let [(index, name)] = members.as_slice() else {
        let names: Vec<&str> = members.iter().take(3).map(|(_, n)| n.as_str()).collect();
        return Err(Fault::input(format!(
            "the zip has {} files ({}), one is expected. Unpack it and name the files you need.",
            members.len(),
            names.join(", ")
        )));
    };
    let name = Path::new(name).file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let index = *index;
    Ok((archive, index, name))
}
