//! Every text for people → `text_keys.rs`, a key for each, and files that the page fetches: one for each part and language.
//!
//! The texts of the page are in `data/text`, the reasons and sources of the rules in `data/rules`, what a figure is in the
//! files with figures. All become keys of one list. What is loaded first is in `data/text` itself; a folder in it holds the
//! texts of a part that comes later, so that nobody waits for those.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use toml::{Table, Value};

/// The languages, in the order of `text::Lang`.
const LANGUAGES: [&str; 2] = ["nl", "en"];

/// The folder with the texts of the page.
const TEXTS: &str = "data/text";

/// Other places with texts: folder or file, the table in it of which each entry has a text, the kind of their keys, and the
/// part of the page that needs them; `""` is what is loaded first.
const PLACES: [(&str, &str, &str, &str); 6] = [
    ("data/rules", "rule", "regel", ""),
    ("data/rules", "sources", "regelbron", ""),
    ("data/kentallen.toml", "cijfer", "cijfer", "cijfers"),
    ("data/opties.toml", "cijfer", "cijfer", "cijfers"),
    ("data/prijzen.toml", "cijfer", "cijfer", "cijfers"),
    ("data/tekenen.toml", "cijfer", "cijfer", "cijfers"),
];

/// Texts by part and key, one for each language. The part that is loaded first is `""`.
pub type Texts = BTreeMap<String, BTreeMap<String, [String; 2]>>;

/// The texts of one part in one language, as the page fetches them.
pub struct TextFile {
    /// The part.
    pub part: String,
    /// `nl` or `en`.
    pub language: &'static str,
    /// Its name, with a part of the hash.
    pub name: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// One text a line, in the order of the keys.
    pub content: String,
}

/// Reads every text of the project whose root this is. `seen` is told each file and folder that was looked at.
pub fn read(root: &Path, mut seen: impl FnMut(&Path)) -> Result<Texts, String> {
    let mut places: Vec<(PathBuf, &str, &str, String)> = vec![(root.join(TEXTS), "", "", String::new())];
    for folder in folders(&root.join(TEXTS))? {
        let part = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        places.push((folder, "", "", part));
    }
    places.extend(PLACES.map(|(place, table, kind, part)| (root.join(place), table, kind, part.to_owned())));
    let mut texts = Texts::new();
    for (place, table, kind, part) in places {
        seen(&place);
        for file in toml_files(&place)? {
            seen(&file);
            let fault = |what: &str| format!("{}: {what}", file.display());
            let content = fs::read_to_string(&file).map_err(|e| fault(&e.to_string()))?;
            let content: Table = toml::from_str(&content).map_err(|e| fault(&e.to_string()))?;
            for (name, entry) in entries(&content, table) {
                let key = if kind.is_empty() { name } else { format!("{kind}-{name}") };
                let both = both(entry).map_err(|what| fault(&format!("`{key}` {what}")))?;
                if texts.values().any(|known| known.contains_key(&key)) {
                    return Err(fault(&format!("`{key}` stands in another place too; give it one")));
                }
                texts.entry(part.clone()).or_default().insert(key, both);
            }
        }
    }
    Ok(texts)
}

fn folders(place: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(place).map_err(|e| format!("{}: {e}", place.display()))?;
    let mut folders: Vec<PathBuf> =
        entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(|path| path.is_dir()).collect();
    folders.sort();
    Ok(folders)
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

/// The files: of each part one for each language.
pub fn files(texts: &Texts) -> Vec<TextFile> {
    let mut files = Vec::new();
    for (part, texts) in texts {
        for (place, language) in LANGUAGES.into_iter().enumerate() {
            let lines: Vec<&str> = texts.values().map(|both| both[place].as_str()).collect();
            let content = lines.join("\n");
            let sha256 = Sha256::digest(&content).iter().fold(String::new(), |mut text, byte| {
                let _ = write!(text, "{byte:02x}");
                text
            });
            let name = format!("{}-{}.txt", stem(part, language), &sha256[..8]);
            files.push(TextFile { part: part.clone(), language, name, sha256, content });
        }
    }
    files
}

/// `teksten-nl` and `teksten-pages-nl`.
pub fn stem(part: &str, language: &str) -> String {
    let part = if part.is_empty() { String::new() } else { format!("-{part}") };
    format!("teksten{part}-{language}")
}

/// The source of `enum Key` and of what is known of the parts: `[zoek-label]` becomes `Key::ZoekLabel`.
pub fn source(texts: &Texts, files: &[TextFile]) -> String {
    let (mut variants, mut parts, mut all, mut embedded) = <(String, String, String, String)>::default();
    let mut first = 0;
    for (place, (part, texts)) in texts.iter().enumerate() {
        let (mut keys, mut names, mut known) = <(String, String, String)>::default();
        for (key, [nl, _]) in texts {
            let variant: String = key.split(['-', '_']).map(capital).collect();
            let _ = writeln!(variants, "    /// `{nl}`\n    {variant},");
            let _ = writeln!(all, "        Self::{variant},");
            let _ = writeln!(keys, "        Key::{variant},");
            let _ = writeln!(names, "        {key:?},");
        }
        for file in files.iter().filter(|file| file.part == *part) {
            let (name, bytes, sha256) = (&file.name, file.content.len(), &file.sha256);
            let _ = writeln!(known, "        TextFile {{ name: {name:?}, bytes: {bytes}, sha256: {sha256:?} }},");
            let _ = writeln!(
                embedded,
                "    include_str!(concat!(env!(\"OUT_DIR\"), \"/{}.txt\")),",
                stem(part, file.language)
            );
        }
        let name = if part.is_empty() { "FIRST".to_owned() } else { part.to_ascii_uppercase() };
        let _ = writeln!(
            parts,
            "/// The texts in `data/text/{part}`.\npub static {name}: Part = Part {{\n    place: {place},\n    first: \
             {first},\n    keys: &[\n{keys}    ],\n    names: &[\n{names}    ],\n    files: [\n{known}    ],\n}};\n"
        );
        first += texts.len();
    }
    let statics: Vec<String> = texts
        .keys()
        .map(|part| if part.is_empty() { "&FIRST".to_owned() } else { format!("&{}", part.to_ascii_uppercase()) })
        .collect();
    let count = texts.len();
    format!(
        "/// One text, in every language.\n#[derive(Clone, Copy, Debug, PartialEq, Eq)]\npub enum Key {{\n{variants}}}\n\n\
         impl Key {{\n    /// Every text.\n    pub const ALL: &'static [Self] = &[\n{all}    ];\n}}\n\n{parts}\
         /// How many parts have texts.\nconst PARTS: usize = {count};\n\n\
         #[cfg(not(target_arch = \"wasm32\"))]\nstatic EVERY: [&Part; PARTS] = [{}];\n\n\
         /// The texts of each part, in each language.\n#[cfg(not(target_arch = \"wasm32\"))]\n\
         static EMBEDDED: [&str; PARTS * Lang::ALL.len()] = [\n{embedded}];\n",
        statics.join(", ")
    )
}

/// `huis` → `Huis`, `NMT` → `Nmt`, `2KAP` → `2kap`.
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters.map(|c| c.to_ascii_lowercase())).collect()
}
