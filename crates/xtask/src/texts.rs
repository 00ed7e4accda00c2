//! Puts the texts beside the page, a file for each language, and tells the loader their names.

use std::fmt::Write as _;
use std::path::Path;

use crate::Outcome;

// The very source by which the build gives the panel the names and hashes of these files.
#[allow(dead_code, missing_docs, clippy::pedantic)]
#[path = "../../../codegen/texts.rs"]
mod codegen;

/// The tag of the loader, as Trunk.toml writes it.
const LOADER: &str = "<script type=\"module\" src=\"./boot.js\"";

/// Writes the files into the folder of the page and their names onto the loader's tag.
pub fn put(root: &Path, dist: &Path) -> Outcome<()> {
    let texts = codegen::read(root, |_| {})?;
    let index = dist.join("index.html");
    let page = std::fs::read_to_string(&index).map_err(|e| format!("{}: cannot be read ({e}).", index.display()))?;
    let mut tag = LOADER.to_owned();
    for (file, language) in codegen::files(&texts).iter().zip(["nl", "en"]) {
        let place = dist.join(&file.name);
        std::fs::write(&place, &file.content).map_err(|e| format!("{}: cannot be written ({e}).", place.display()))?;
        let _ = write!(tag, " data-{language}=\"./{}\"", file.name);
    }
    if !page.contains(LOADER) {
        return Err(format!("{}: the loader's tag is not in it. Trunk.toml writes it: `{LOADER}`.", index.display()));
    }
    std::fs::write(&index, page.replace(LOADER, &tag))
        .map_err(|e| format!("{}: cannot be written ({e}).", index.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_stand_beside_the_page_and_the_loader_knows_their_names() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let dist = tempfile::tempdir().unwrap();
        let index = dist.path().join("index.html");
        std::fs::write(&index, format!("<head>{LOADER} data-js=\"./panel.js\"></script></head>")).unwrap();
        put(&root, dist.path()).unwrap();
        let page = std::fs::read_to_string(&index).unwrap();
        for language in ["nl", "en"] {
            let name = page.split(&format!("data-{language}=\"./")).nth(1).unwrap().split('"').next().unwrap();
            let texts = std::fs::read_to_string(dist.path().join(name)).unwrap();
            assert!(texts.lines().count() > 100 && texts.lines().all(|line| !line.trim().is_empty()), "{name}");
        }
        std::fs::write(&index, "<head></head>").unwrap();
        assert!(put(&root, dist.path()).unwrap_err().contains("index.html"));
    }
}
