//! Writes a data set: to a folder beside the old one, which takes its place at the end or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use gasvrij3d::manifest::FileEntry;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::fault::{Fault, Result};
use crate::read::hex;

/// The name of the file that makes a folder a data set.
const MANIFEST: &str = "manifest.json";
/// How the names of folders begin that are being written, or are about to go: `.prep-<process>-<target>`.
const WORK: &str = ".prep-";

/// A data set that is being written.
pub struct Output {
    target: PathBuf,
    folder: TempDir,
    files: Vec<FileEntry>,
}

impl Output {
    /// Starts a data set that will stand at `target`. Nothing is changed there until [`Output::finish`].
    pub fn new(target: &Path) -> Result<Self> {
        let target = std::path::absolute(target).map_err(|e| Fault::writing(target, e))?;
        if target.exists() && !may_be_replaced(&target) {
            return Err(Fault::input(format!(
                "{}: this exists and is no data set of prep (it has no {MANIFEST}); it is left as it is. Give another --out.",
                target.display()
            )));
        }
        let parent = target.parent().unwrap_or(&target);
        fs::create_dir_all(parent).map_err(|e| Fault::writing(parent, e))?;
        clear(parent, &target);
        let work = format!("{WORK}{}-{}.", std::process::id(), folder_name(&target));
        let folder =
            tempfile::Builder::new().prefix(&work).tempdir_in(parent).map_err(|e| Fault::writing(parent, e))?;
        for sub in ["tiles", "bundels", "zoek"] {
            fs::create_dir(folder.path().join(sub)).map_err(|e| Fault::writing(folder.path(), e))?;
        }
        Ok(Self { target, folder, files: Vec::new() })
    }

    /// Writes a file; a part of its hash goes into its name, before the extension.
    pub fn add(&mut self, stem: &str, extension: &str, bytes: &[u8]) -> Result<FileEntry> {
        let sha256 = hex(&Sha256::digest(bytes));
        let file = format!("{stem}-{}.{extension}", &sha256[..8]);
        self.put(file, bytes, sha256)
    }

    /// Writes a file under a name that stays the same from one data set to the next, so that others can refer to it.
    pub fn add_named(&mut self, file: &str, bytes: &[u8]) -> Result<FileEntry> {
        if let Some(folder) = self.folder.path().join(file).parent() {
            fs::create_dir_all(folder).map_err(|e| Fault::writing(folder, e))?;
        }
        self.put(file.to_owned(), bytes, hex(&Sha256::digest(bytes)))
    }

    fn put(&mut self, file: String, bytes: &[u8], sha256: String) -> Result<FileEntry> {
        let path = self.folder.path().join(&file);
        fs::write(&path, bytes).map_err(|e| Fault::writing(&path, e))?;
        let entry = FileEntry { file, bytes: bytes.len() as u64, sha256 };
        self.files.push(entry.clone());
        Ok(entry)
    }

    /// SHA-256 over the hashes of all files, whatever the order in which they were written.
    pub fn version(&self) -> String {
        let mut hashes: Vec<&str> = self.files.iter().map(|f| f.sha256.as_str()).collect();
        hashes.sort_unstable();
        hex(&Sha256::digest(hashes.concat().as_bytes()))
    }

    /// Where the files stand until they are put in their place.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What was written so far.
    pub fn files(&self) -> &[FileEntry] {
        &self.files
    }

    /// Bytes written so far.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|f| f.bytes).sum()
    }

    /// Writes the manifest and puts the data set in its place.
    pub fn finish(self, manifest: &[u8]) -> Result<()> {
        let path = self.folder.path().join(MANIFEST);
        fs::write(&path, manifest).map_err(|e| Fault::writing(&path, e))?;
        readable(self.folder.path())?;
        if !self.target.exists() {
            fs::rename(self.folder.path(), &self.target).map_err(|e| Fault::writing(&self.target, e))?;
            // The folder has moved: nothing is left to clean up.
            let _ = self.folder.keep();
            return Ok(());
        }
        if exchange(self.folder.path(), &self.target) {
            // Now the old data set stands in the folder that goes away.
            let path = self.folder.path().to_owned();
            return self.folder.close().map_err(|e| Fault::writing(&path, e));
        }
        let old = self.target.with_file_name(format!("{WORK}{}-old-{}", std::process::id(), folder_name(&self.target)));
        fs::rename(&self.target, &old).map_err(|e| Fault::writing(&self.target, e))?;
        if let Err(e) = fs::rename(self.folder.path(), &self.target) {
            // Back to how it was; when that fails too, the next run finds the old data under its other name.
            let _ = fs::rename(&old, &self.target);
            return Err(Fault::writing(&self.target, e));
        }
        let _ = self.folder.keep();
        fs::remove_dir_all(&old).map_err(|e| Fault::writing(&old, e))
    }
}

/// Puts two folders in each other's place in one step, where the system can: at no moment is there no data set.
fn exchange(a: &Path, b: &Path) -> bool {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).is_ok()
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (a, b);
        false
    }
}

/// What an earlier run left beside the target: one that was ended from outside could not take its files away. Folders
/// of a run that is still going on are left alone.
fn clear(parent: &Path, target: &Path) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for path in entries.filter_map(|entry| entry.ok().map(|e| e.path())) {
        let Some(name) = path.file_name().and_then(|n| n.to_str()) else { continue };
        let Some(rest) = name.strip_prefix(WORK) else { continue };
        let Some((process, of)) = rest.split_once('-') else { continue };
        let of = of.strip_prefix("old-").unwrap_or(of);
        let ours = of == folder_name(target) || of.starts_with(&format!("{}.", folder_name(target)));
        if !ours || process.parse().is_ok_and(is_running) {
            continue;
        }
        if rest.contains("-old-") && !target.exists() {
            // It was ended between the two moves: the old data set goes back.
            let _ = fs::rename(&path, target);
        } else {
            let _ = fs::remove_dir_all(&path);
        }
    }
}

/// Whether a process is running. Where that cannot be known it counts as running.
fn is_running(process: u32) -> bool {
    process != std::process::id()
        && (!Path::new("/proc/self").exists() || Path::new(&format!("/proc/{process}")).exists())
}

fn folder_name(target: &Path) -> String {
    target.file_name().map_or_else(|| "data".to_owned(), |n| n.to_string_lossy().into_owned())
}

/// An empty folder, or one that prep made.
fn may_be_replaced(target: &Path) -> bool {
    target.join(MANIFEST).is_file() || fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_none())
}

/// A temporary folder is for its owner only; a web server must be able to read this one.
fn readable(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).map_err(|e| Fault::writing(folder, e))?;
    }
    let _ = folder;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_old_data_stays_until_the_new_is_whole() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("data");
        let mut first = Output::new(&target).unwrap();
        first.add("tiles/a", "mvt", b"one").unwrap();
        first.finish(b"{}").unwrap();
        let mut second = Output::new(&target).unwrap();
        second.add("tiles/a", "mvt", b"two").unwrap();
        drop(second);
        assert!(target.join("tiles/a-7692c3ad.mvt").is_file());
        let mut third = Output::new(&target).unwrap();
        third.add("tiles/a", "mvt", b"three").unwrap();
        third.finish(b"{}").unwrap();
        assert!(!target.join("tiles/a-7692c3ad.mvt").exists());
        let left: Vec<_> = fs::read_dir(place.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(left, ["data"]);
    }

    #[test]
    fn a_folder_with_something_else_in_it_is_left_alone() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("thesis.odt"), "years of work").unwrap();
        assert_eq!(Output::new(place.path()).map(|_| ()).unwrap_err().exit_code(), 2);
    }
}
