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
