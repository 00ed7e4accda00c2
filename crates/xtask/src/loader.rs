//! The tag of the loader in the finished page: on it stand the names of the files that the loader asks for.

use std::fmt::Write as _;
use std::path::Path;

use crate::Outcome;

/// The tag, as Trunk.toml writes it.
pub const TAG: &str = "<script type=\"module\" async src=\"./boot.js\"";

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
