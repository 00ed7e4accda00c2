//! The loader in the finished page: its tag, on which stand the names of the files that it asks for, and its script.

use std::fmt::Write as _;
use std::path::Path;

use crate::Outcome;

/// The tag, as Trunk.toml writes it.
pub const TAG: &str = "<script type=\"module\" async fetchpriority=\"high\" src=\"./boot.js\"";

/// Writes names onto the tag: `data-<what>="./<name>"` for each.
pub fn note(dist: &Path, names: &[(&str, String)]) -> Outcome<()> {
    let index = dist.join("index.html");
    let page = std::fs::read_to_string(&index).map_err(|e| format!("{}: cannot be read ({e}).", index.display()))?;
    if !page.contains(TAG) {
        return Err(format!("{}: the loader's tag is not in it. Trunk.toml writes it: `{TAG}`.", index.display()));
    }
    let mut tag = TAG.to_owned();
    for (what, name) in names {
        let _ = write!(tag, " data-{what}=\"./{name}\"");
    }
    std::fs::write(&index, page.replace(TAG, &tag))
        .map_err(|e| format!("{}: cannot be written ({e}).", index.display()))
}

/// Takes out of `boot.js` and `index.html` what is there for people only: every visitor waits for these two. Of the script
/// lines that are a remark (its texts are of one line each), of the page the space at the start of a line.
pub fn lighten(dist: &Path) -> Outcome<()> {
    for (name, bare) in [("boot.js", script as fn(&str) -> String), ("index.html", page)] {
        let file = dist.join(name);
        let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: cannot be read ({e}).", file.display()))?;
        std::fs::write(&file, bare(&text)).map_err(|e| format!("{}: cannot be written ({e}).", file.display()))?;
    }
    Ok(())
}

fn script(text: &str) -> String {
    lines(text, |line| !line.starts_with("//"))
}

fn page(text: &str) -> String {
    lines(text, |line| !line.is_empty())
}

fn lines(text: &str, stays: impl Fn(&str) -> bool) -> String {
    text.lines().map(str::trim_start).filter(|line| stays(line)).fold(String::new(), |bare, line| bare + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visitor_is_not_sent_what_is_there_for_people_only() {
        let dist = tempfile::tempdir().unwrap();
        let file = |name: &str| dist.path().join(name);
        std::fs::write(file("boot.js"), "// Why.\nlet a = \"http://b\"; // Because.\n  // More.\n  a += 1;\n").unwrap();
        std::fs::write(file("index.html"), "<p>\n  Uw huis\n\n  van het gas\n</p>\n").unwrap();
        lighten(dist.path()).unwrap();
        let read = |name| std::fs::read_to_string(file(name)).unwrap();
        assert_eq!(read("boot.js"), "let a = \"http://b\"; // Because.\na += 1;\n");
        assert_eq!(read("index.html"), "<p>\nUw huis\nvan het gas\n</p>\n");
    }
}
