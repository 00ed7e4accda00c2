//! Plain language (B1): every Dutch text of the page, the rules and the figures, against `data/taal.toml`.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use gasvrij3d::text::{Key, Lang};
use serde::Deserialize;

#[derive(Deserialize)]
struct Language {
    gemiddeld: f64,
    langste: usize,
    liever: BTreeMap<String, String>,
    mag: BTreeMap<String, Vec<String>>,
    blijft: BTreeMap<String, String>,
}

fn language() -> Language {
    toml::from_str(include_str!("../data/taal.toml")).unwrap()
}

/// Every text by its key. Not the titles of laws and reports, which have the words that their writers gave them.
fn texts(lang: Lang) -> Vec<(&'static str, &'static str)> {
    let is_ours = |key: &&Key| !key.code().starts_with("regelbron-");
    Key::ALL.iter().filter(is_ours).map(|key| (key.code(), key.text(lang))).collect()
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let is_part = |c: char| c.is_alphanumeric() || c == '-';
    text.split(move |c| !is_part(c)).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn sentences(text: &str) -> Vec<usize> {
    text.split(['.', '?', '!', ':']).map(|s| s.split_whitespace().count()).filter(|n| *n > 0).collect()
}

#[test]
fn a_dutch_sentence_has_at_most_fifteen_words_on_average_and_none_is_long() {
    let language = language();
    let mut all = Vec::new();
    for (key, text) in texts(Lang::Nl).into_iter().filter(|(key, _)| *key != "maanden") {
        for words in sentences(text) {
            assert!(words <= language.langste, "[{key}] has a sentence of {words} words: {text}");
            all.push(words);
        }
    }
    let mean = all.iter().sum::<usize>() as f64 / all.len() as f64;
    assert!(mean <= language.gemiddeld, "mean Dutch sentence: {mean:.2} words in {} sentences", all.len());
}

#[test]
fn no_text_uses_a_word_that_has_a_plain_one() {
    let language = language();
    let mut wrong = Vec::new();
    for (key, text) in texts(Lang::Nl) {
        for word in words(text) {
            let found = language.liever.iter().find(|(banned, _)| match banned.strip_suffix('*') {
                Some(start) => word.starts_with(start),
                None => word == **banned,
            });
            let allowed = |banned: &String| {
                language.mag.get(banned).is_some_and(|keys| keys.iter().any(|start| key.starts_with(start.as_str())))
            };
            if let Some((banned, better)) = found.filter(|(banned, _)| !allowed(banned)) {
                wrong.push(format!("[{key}] says `{banned}`; rather `{better}`: {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_term_that_stays_is_explained_and_every_explanation_is_of_a_term() {
    let language = language();
    for (term, code) in &language.blijft {
        assert!(Key::named("begrip", code).is_some(), "`{term}`: data/text/begrippen.toml has no [begrip-{code}]");
    }
    for key in Key::ALL {
        if let Some(code) = key.code().strip_prefix("begrip-") {
            assert!(Key::named("uitleg", code).is_some(), "[begrip-{code}] has no [uitleg-{code}]");
        }
        if let Some(code) = key.code().strip_prefix("uitleg-") {
            assert!(Key::named("begrip", code).is_some(), "[uitleg-{code}] has no [begrip-{code}]");
        }
    }
}

/// The reader is `u`, never `je`.
#[test]
fn the_reader_is_addressed_as_u() {
    for (key, text) in texts(Lang::Nl) {
        let informal = words(text).find(|word| ["je", "jij", "jou", "jouw", "jullie"].contains(&word.as_str()));
        assert_eq!(informal, None, "[{key}] {text}");
    }
}

/// Both languages are whole: a text that is the same in both is a name, a number or a sign.
#[test]
fn every_text_is_there_in_both_languages() {
    for ((key, nl), (_, en)) in texts(Lang::Nl).into_iter().zip(texts(Lang::En)) {
        assert!(!nl.trim().is_empty() && !en.trim().is_empty(), "[{key}]");
        let is_sentence = nl.ends_with('.') && nl.split_whitespace().count() > 3;
        assert!(!is_sentence || nl != en, "[{key}] is not translated: {nl}");
    }
}

/// The code that is linked into what is loaded first: the panel, what it shares with the other parts, and the views that
/// these name, and so on.
fn loaded_first() -> String {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("crates");
    let read = |path: &std::path::Path| {
        let text = std::fs::read_to_string(path).unwrap();
        text.split("#[cfg(test)]").next().unwrap().to_owned()
    };
    let files = |folder: &str| {
        let entries = std::fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.extension().is_some_and(|end| end == "rs")).collect::<Vec<_>>()
    };
    let mut code: String = files("panel/src").iter().chain(&files("kit/src")).map(|path| read(path)).collect();
    let views = files("kit/src/view");
    let mut seen: Vec<&std::path::Path> = Vec::new();
    loop {
        let named = |path: &std::path::Path| {
            let name = path.file_stem().unwrap().to_str().unwrap();
            [format!("{name}::"), format!("{name},"), format!("{name}}}"), format!("{name};")].iter().any(|use_| {
                code.lines().filter(|line| use_.ends_with("::") || line.trim_start().starts_with("use ")).any(|line| {
                    line.match_indices(use_.as_str()).any(|(at, _)| !line[..at].ends_with(char::is_alphanumeric))
                })
            })
        };
        let new: Vec<_> = views.iter().filter(|path| !seen.contains(&path.as_path()) && named(path)).collect();
        if new.is_empty() {
            return code;
        }
        for path in new {
            code.push_str(&read(path));
            seen.push(path);
        }
    }
}

#[test]
fn what_is_loaded_first_needs_no_text_of_a_later_part() {
    let code = loaded_first();
    assert!(code.contains("Key::HuisBest") && !code.contains("Key::WaaromInleiding"), "the wrong files were read");
    let first = gasvrij3d::text::FIRST.keys();
    let later: Vec<&Key> = Key::ALL.iter().filter(|key| !first.contains(key)).collect();
    assert!(!later.is_empty());
    for key in later {
        let name = format!("Key::{key:?}");
        let used = code
            .match_indices(&name)
            .any(|(at, _)| !code[at + name.len()..].starts_with(|c: char| c.is_alphanumeric()));
        let kind = |kind: &str| key.code().strip_prefix(kind).is_some_and(|rest| rest.starts_with('-'));
        let asked = ["named(\"", "word(\""]
            .iter()
            .any(|call| code.split(call).skip(1).any(|rest| kind(rest.split('"').next().unwrap())));
        assert!(!used && !asked, "[{}] is used by what is loaded first: it belongs in data/text itself", key.code());
    }
}
