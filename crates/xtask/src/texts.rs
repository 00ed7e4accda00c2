//! Puts the texts beside the page, a file for each part and language, and tells the loader their names.

use std::path::Path;

use crate::{Outcome, loader};

// The very source by which the build gives the panel the names and hashes of these files.
#[allow(dead_code, missing_docs, clippy::pedantic)]
#[path = "../../../codegen/texts.rs"]
mod codegen;

/// Writes the files into the folder of the page and their names onto the loader's tag.
pub fn put(root: &Path, dist: &Path) -> Outcome<()> {
    let texts = codegen::read(root, |_| {})?;
    let mut names = Vec::new();
    for file in codegen::files(&texts) {
        let place = dist.join(&file.name);
        std::fs::write(&place, &file.content).map_err(|e| format!("{}: cannot be written ({e}).", place.display()))?;
        // A part knows the names of its own.
        if file.part.is_empty() {
            names.push((file.language, file.name));
        }
    }
    loader::note(dist, &names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_stand_beside_the_page_and_the_loader_knows_their_names() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let dist = tempfile::tempdir().unwrap();
        let index = dist.path().join("index.html");
        std::fs::write(&index, format!("<head>{} data-js=\"./panel.js\"></script></head>", loader::TAG)).unwrap();
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
