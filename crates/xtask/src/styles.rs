//! The styles of the first load as one file: a visitor far away waits once for it, not for each of seven.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::Outcome;

/// How trunk links a file of styles.
const LINK: &str = "<link rel=\"stylesheet\" href=\"./";
/// The file of whoever publishes the page: it stays on its own, after the rest.
const THEME: &str = "thema.css";

/// Joins what `index.html` links, in that order, into one file named by its hash.
pub fn join(dist: &Path) -> Outcome<()> {
    let index = dist.join("index.html");
    let page = std::fs::read_to_string(&index).map_err(|e| format!("{}: cannot be read ({e}).", index.display()))?;
    let names: Vec<&str> =
        page.split(LINK).skip(1).filter_map(|rest| rest.split('"').next()).filter(|name| *name != THEME).collect();
    let mut styles = String::new();
    for name in &names {
        let file = dist.join(name);
        let file = std::fs::read_to_string(&file).map_err(|e| format!("{}: cannot be read ({e}).", file.display()))?;
        styles += &bare(&file);
    }
    let hash = Sha256::digest(&styles).iter().take(8).fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    let joined = format!("stijl-{hash}.css");
    std::fs::write(dist.join(&joined), styles).map_err(|e| format!("{joined}: cannot be written ({e})."))?;
    let mut rest = page.as_str();
    let mut out = String::with_capacity(page.len());
    while let Some((before, after)) = rest.split_once(LINK) {
        out.push_str(before);
        let (name, end) = after.split_once('>').unwrap_or((after, ""));
        let name = name.split('"').next().unwrap_or_default();
        let linked = if name == THEME {
            Some(THEME)
        } else {
            names.first().filter(|first| **first == name).map(|_| joined.as_str())
        };
        for part in linked.iter().flat_map(|linked| [LINK, linked, "\" />"]) {
            out.push_str(part);
        }
        rest = end;
    }
    out.push_str(rest);
    std::fs::write(&index, out).map_err(|e| format!("{}: cannot be written ({e}).", index.display()))?;
    for name in names {
        let file = dist.join(name);
        std::fs::remove_file(&file).map_err(|e| format!("{}: cannot be removed ({e}).", file.display()))?;
    }
    Ok(())
}

/// Styles without what is there for people only: comments, and the space at the start of a line.
pub fn bare(styles: &str) -> String {
    let mut said = String::with_capacity(styles.len());
    let mut rest = styles;
    while let Some((before, comment)) = rest.split_once("/*") {
        said.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    said.push_str(rest);
    let lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::new(), |bare, line| bare + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_for_people_only_is_not_sent() {
        let styles = "/* Why. */\n.a {\n  color: red; /* as the sign */\n}\n\n/* two\n   lines */\n.b::before { content: \"* /\" }\n";
        assert_eq!(bare(styles), ".a {\ncolor: red;\n}\n.b::before { content: \"* /\" }\n");
    }

    #[test]
    fn the_files_become_one_in_their_order_and_the_theme_stays_last() {
        let dist = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| std::fs::write(dist.path().join(name), text).unwrap();
        put("tokens-1.css", ":root{}\n");
        put("base-2.css", "p{}\n");
        put("thema.css", "b{}\n");
        let links = ["tokens-1.css\"/>", "base-2.css\"/>", "thema.css\" />"].map(|name| format!("{LINK}{name}"));
        put("index.html", &format!("<head>{}<title>x</title></head>", links.join("\n")));
        join(dist.path()).unwrap();
        let page = std::fs::read_to_string(dist.path().join("index.html")).unwrap();
        let linked: Vec<&str> = page.split(LINK).skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert_eq!((linked.len(), linked[1]), (2, THEME));
        assert_eq!(std::fs::read_to_string(dist.path().join(linked[0])).unwrap(), ":root{}\np{}\n");
        assert!(page.contains("<title>x</title></head>") && !dist.path().join("base-2.css").exists());
    }
}
