//! Every text for people → `text_keys.rs`, a key for each, and one file for each language that the page fetches.
//!
//! The texts of the page are in `data/text`, the reasons and sources of the rules in `data/rules`, what a figure is in the
//! files with figures. All become keys of one list, so that a page needs one file of texts, and only that of its language.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use toml::{Table, Value};

/// The languages, in the order of `text::Lang`.
const LANGUAGES: [&str; 2] = ["nl", "en"];

/// Folders and files with texts, and the table in them of which each entry has a text; `""`: the entries of the file itself.
const PLACES: [(&str, &str, &str); 7] = [
    ("data/text", "", ""),
    ("data/rules", "rule", "regel"),
    ("data/rules", "sources", "regelbron"),
    ("data/kentallen.toml", "cijfer", "cijfer"),
    ("data/opties.toml", "cijfer", "cijfer"),
    ("data/prijzen.toml", "cijfer", "cijfer"),
    ("data/tekenen.toml", "cijfer", "cijfer"),
];

/// Texts by key, one for each language.
pub type Texts = BTreeMap<String, [String; 2]>;

/// The texts of one language, as the page fetches them.
pub struct TextFile {
    /// Its name, with a part of the hash.
    pub name: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// One text a line, in the order of the keys.
    pub content: String,
}

/// Reads every text of the project whose root this is. `seen` is told each file and folder that was looked at.
pub fn read(root: &Path, mut seen: impl FnMut(&Path)) -> Result<Texts, String> {
    let mut texts = Texts::new();
    for (place, table, kind) in PLACES {
        let place = root.join(place);
        seen(&place);
        for file in toml_files(&place)? {
            seen(&file);
            let fault = |what: &str| format!("{}: {what}", file.display());
            let content = fs::read_to_string(&file).map_err(|e| fault(&e.to_string()))?;
            let content: Table = toml::from_str(&content).map_err(|e| fault(&e.to_string()))?;
            for (name, entry) in entries(&content, table) {
                let key = if kind.is_empty() { name } else { format!("{kind}-{name}") };
                let both = both(entry).map_err(|what| fault(&format!("`{key}` {what}")))?;
                if texts.insert(key.clone(), both).is_some() {
                    return Err(fault(&format!("`{key}` stands in another place too; give it one")));
                }
            }
        }
    }
    Ok(texts)
}

fn toml_files(place: &Path) -> Result<Vec<PathBuf>, String> {
    if place.is_file() {
        return Ok(vec![place.to_owned()]);
    }
    let entries = fs::read_dir(place).map_err(|e| format!("{}: {e}", place.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    Ok(files)
}

/// The entries of a table, or of a list of tables that each have an `id`.
fn entries<'a>(file: &'a Table, table: &str) -> Vec<(String, &'a Value)> {
    let named = |table: &'a Table| table.iter().map(|(name, entry)| (name.clone(), entry)).collect();
    match file.get(table) {
        None if table.is_empty() => named(file),
        Some(Value::Table(table)) => named(table),
        Some(Value::Array(list)) => {
            list.iter().filter_map(|entry| Some((entry.get("id")?.as_str()?.to_owned(), entry))).collect()
        }
        _ => Vec::new(),
    }
}

fn both(entry: &Value) -> Result<[String; 2], String> {
    let mut both = <[String; 2]>::default();
    for (text, language) in both.iter_mut().zip(LANGUAGES) {
        let found = entry.get(language).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
        let found = found.ok_or(format!("has no text `{language}`; each text needs `nl` and `en`"))?;
        if found.contains(['\n', '\r']) {
            return Err(format!("has a text `{language}` of more than one line; write it on one"));
        }
        found.clone_into(text);
    }
    Ok(both)
}

/// The file of each language.
pub fn files(texts: &Texts) -> [TextFile; 2] {
    [0, 1].map(|language| {
        let lines: Vec<&str> = texts.values().map(|both| both[language].as_str()).collect();
        let content = lines.join("\n");
        let sha256 = Sha256::digest(&content).iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        TextFile { name: format!("teksten-{}-{}.txt", LANGUAGES[language], &sha256[..8]), sha256, content }
    })
}

/// The source of `enum Key` and of what is known of the files: `[zoek-label]` becomes `Key::ZoekLabel`.
pub fn source(texts: &Texts, files: &[TextFile]) -> String {
    let (mut variants, mut names, mut all, mut known) = <(String, String, String, String)>::default();
    for (key, [nl, _]) in texts {
        let variant: String = key.split(['-', '_']).map(capital).collect();
        let _ = writeln!(variants, "    /// `{nl}`\n    {variant},");
        let _ = writeln!(all, "        Self::{variant},");
        let _ = writeln!(names, "    {key:?},");
    }
    for file in files {
        let _ = writeln!(
            known,
            "    TextFile {{ name: {:?}, bytes: {}, sha256: {:?} }},",
            file.name,
            file.content.len(),
            file.sha256
        );
    }
    format!(
        "/// One text, in every language.\n#[derive(Clone, Copy, Debug, PartialEq, Eq)]\npub enum Key {{\n{variants}}}\n\n\
         impl Key {{\n    /// Every text.\n    pub const ALL: &'static [Self] = &[\n{all}    ];\n}}\n\n\
         /// The names, in the order of the keys.\nstatic NAMES: [&str; {}] = [\n{names}];\n\n\
         /// The file of each language.\nstatic FILES: [TextFile; {}] = [\n{known}];\n",
        texts.len(),
        files.len()
    )
}

/// `huis` → `Huis`, `NMT` → `Nmt`, `2KAP` → `2kap`.
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters.map(|c| c.to_ascii_lowercase())).collect()
}
