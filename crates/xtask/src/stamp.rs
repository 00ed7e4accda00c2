//! Whether something has to be made again: a hash over all it is made of, kept beside it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::Outcome;

/// The hash of these files and folders (all files in them, by path and content) and of these words.
pub fn of(root: &Path, inputs: &[&str], words: &[&str]) -> Outcome<String> {
    let mut hash = Sha256::new();
    for word in words {
        hash.update(word.len().to_le_bytes());
        hash.update(word);
    }
    let mut files = Vec::new();
    for input in inputs {
        list(&root.join(input), &mut files)?;
    }
    files.sort();
    for file in files {
        let bytes = std::fs::read(&file).map_err(|e| format!("{}: cannot be read ({e}).", file.display()))?;
        let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().into_owned();
        hash.update(name.len().to_le_bytes());
        hash.update(name);
        hash.update(bytes.len().to_le_bytes());
        hash.update(bytes);
    }
    Ok(hash.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

fn list(path: &Path, files: &mut Vec<PathBuf>) -> Outcome<()> {
    let unreadable = |e: std::io::Error| format!("{}: cannot be read ({e}).", path.display());
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        list(&entry.map_err(unreadable)?.path(), files)?;
    }
    Ok(())
}

/// Whether what lies at `made` was made from this.
pub fn is_fresh(made: &Path, stamp: &str) -> bool {
    made.exists() && std::fs::read_to_string(beside(made)).is_ok_and(|old| old == stamp)
}

/// Forgets what `made` was made from, before it is made anew: a half-made folder is never taken for whole.
pub fn forget(made: &Path) -> Outcome<()> {
    match std::fs::remove_file(beside(made)) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("{}: cannot be removed ({e}).", beside(made).display()))
        }
        _ => Ok(()),
    }
}

/// Notes what `made` was made from.
pub fn note(made: &Path, stamp: &str) -> Outcome<()> {
    std::fs::write(beside(made), stamp).map_err(|e| format!("{}: cannot be written ({e}).", beside(made).display()))
}

fn beside(made: &Path) -> PathBuf {
    let mut name = made.file_name().unwrap_or_default().to_owned();
    name.push(".stamp");
    made.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_byte_a_renamed_file_and_another_word_each_change_the_stamp() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("src")).unwrap();
        std::fs::write(dir.path().join("src/a"), "1").unwrap();
        let stamp = |word| of(dir.path(), &["src"], &[word]).unwrap();
        let first = stamp("quick");
        assert_eq!(first, stamp("quick"));
        assert_ne!(first, stamp("web"));
        std::fs::write(dir.path().join("src/a"), "2").unwrap();
        let second = stamp("quick");
        assert_ne!(first, second);
        std::fs::rename(dir.path().join("src/a"), dir.path().join("src/b")).unwrap();
        assert_ne!(second, stamp("quick"));
    }

    #[test]
    fn what_is_being_made_anew_is_not_fresh() {
        let dir = tempfile::tempdir().unwrap();
        let made = dir.path().join("dist");
        assert!(!is_fresh(&made, "x"));
        std::fs::create_dir(&made).unwrap();
        note(&made, "x").unwrap();
        assert!(is_fresh(&made, "x") && !is_fresh(&made, "y"));
        forget(&made).unwrap();
        forget(&made).unwrap();
        assert!(!is_fresh(&made, "x"));
    }
}
