//! Texts for people, Dutch first: of the page (`data/text`), of the rules and of the figures. Each is a [`Key`], so that
//! none can be missing.
//!
//! A native program holds all of them. A page holds none: it fetches the file of its language ([`Lang::file`]) and hands it
//! to [`Lang::load`]; what is not loaded is empty.

use std::sync::OnceLock;

use crate::error::{Error, Result};

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Dutch.
    #[default]
    Nl,
    /// English.
    En,
}

/// The texts of a language, as a page fetches them.
#[derive(Debug)]
pub struct TextFile {
    /// Its name, with a part of its hash.
    pub name: &'static str,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: &'static str,
}

// `enum Key`, `static NAMES` and `static FILES`, made by build.rs.
include!(concat!(env!("OUT_DIR"), "/text_keys.rs"));

/// The texts of each language that are there, in the order of the keys.
static TABLES: [OnceLock<Vec<&'static str>>; Lang::ALL.len()] = [OnceLock::new(), OnceLock::new()];

#[cfg(not(target_arch = "wasm32"))]
const EMBEDDED: [&str; Lang::ALL.len()] = [
    include_str!(concat!(env!("OUT_DIR"), "/teksten-nl.txt")),
    include_str!(concat!(env!("OUT_DIR"), "/teksten-en.txt")),
];

impl Lang {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::Nl, Self::En];

    /// As in `lang="nl"`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
        }
    }

    /// The file with its texts.
    pub fn file(self) -> &'static TextFile {
        &FILES[self as usize]
    }

    /// Whether its texts are there.
    pub fn is_loaded(self) -> bool {
        !self.table().is_empty()
    }

    /// Takes the content of [`Lang::file`]. It stays for as long as the program runs.
    pub fn load(self, content: String) -> Result<()> {
        let lines: Vec<&'static str> = content.leak().split('\n').collect();
        if lines.len() != NAMES.len() {
            return Err(Error::new(format!(
                "{} holds {} texts, this program needs {}. Publish the page again, all files together.",
                self.file().name,
                lines.len(),
                NAMES.len()
            )));
        }
        // A second time it holds the same.
        let _ = TABLES[self as usize].set(lines);
        Ok(())
    }

    fn table(self) -> &'static [&'static str] {
        let table = &TABLES[self as usize];
        #[cfg(not(target_arch = "wasm32"))]
        table.get_or_init(|| EMBEDDED[self as usize].split('\n').collect());
        table.get().map_or(&[], Vec::as_slice)
    }

    /// The one of two texts that is in this language.
    pub const fn pick<'a>(self, nl: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Nl => nl,
            Self::En => en,
        }
    }
}

impl Key {
    /// The text.
    ///
    /// ```
    /// use gasvrij3d::text::{Key, Lang};
    /// assert_eq!(Key::VerdictG.text(Lang::Nl), "Geschikt");
    /// ```
    pub fn text(self, lang: Lang) -> &'static str {
        lang.table().get(self as usize).copied().unwrap_or_default()
    }

    /// Its name in `data/text`.
    pub fn code(self) -> &'static str {
        NAMES[self as usize]
    }

    /// The text with `{name}` replaced.
    ///
    /// ```
    /// use gasvrij3d::text::{Key, Lang};
    /// assert_eq!(Key::StatusDelen.fill(Lang::En, &[("shown", "3"), ("total", "9")]), "3 of 9 parts loaded");
    /// ```
    pub fn fill(self, lang: Lang, values: &[(&str, &str)]) -> String {
        let text = self.text(lang);
        let mut out = String::with_capacity(text.len() + 16);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, behind)) = after.split_once('}') else { break };
            out.push_str(before);
            out.push_str(values.iter().find(|(n, _)| *n == name).map_or("", |(_, value)| value));
            rest = behind;
        }
        out.push_str(rest);
        out
    }

    /// The text of a code of some kind: `named("feit", "bj")` is [`Key::FeitBj`].
    pub fn named(kind: &str, code: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|key| key.code().strip_prefix(kind).and_then(|c| c.strip_prefix('-')) == Some(code))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::cijfers::Status;
    use crate::home::{FactKey, JaNee, Method, Monument, NetKind, NetStatus, Ownership, Typology};
    use crate::kosten::{Gap, Insulation, NotIncluded, Scheme};
    use crate::theme::Category;
    use crate::verdict::{HeatOption, Verdict};

    #[test]
    fn every_code_that_is_shown_has_a_text() {
        let codes = [
            ("feit", FactKey::ALL.iter().map(|c| c.code()).collect::<Vec<_>>()),
            ("typ", Typology::ALL.iter().map(|c| c.code()).collect()),
            ("own", Ownership::ALL.iter().map(|c| c.code()).collect()),
            ("mon", Monument::ALL.iter().map(|c| c.code()).collect()),
            ("janee", JaNee::ALL.iter().map(|c| c.code()).collect()),
            ("net", NetKind::ALL.iter().map(|c| c.code()).collect()),
            ("netstatus", NetStatus::ALL.iter().map(|c| c.code()).collect()),
            ("methode", Method::ALL.iter().map(|c| c.code()).collect()),
            ("kleur", Category::ALL.iter().map(|c| c.code()).collect()),
            ("optie", HeatOption::ALL.iter().map(|c| c.code()).collect()),
            ("optie-uitleg", HeatOption::ALL.iter().map(|c| c.code()).collect()),
            ("kosten-reden", Gap::ALL.iter().map(|c| c.code()).collect()),
            ("kosten-subsidie", Scheme::ALL.iter().map(|c| c.code()).collect()),
            ("kosten-niet", NotIncluded::ALL.iter().map(|c| c.code()).collect()),
            ("kosten-stap", Insulation::ALL.iter().map(|c| c.code()).collect()),
            ("kosten-status", Status::ALL.iter().map(|c| c.code()).collect()),
            ("verdict", Verdict::ALL.iter().map(|c| if c.code() == "?" { "onbekend" } else { c.code() }).collect()),
        ];
        for (kind, codes) in codes {
            for code in codes {
                assert!(Key::named(kind, code).is_some(), "data/text has no [{kind}-{code}]");
            }
        }
    }

    #[test]
    fn both_languages_speak_of_the_same_things() {
        let names = |text: &str| -> std::collections::BTreeSet<String> {
            text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name.to_owned()).collect()
        };
        for key in Key::ALL {
            assert_eq!(names(key.text(Lang::Nl)), names(key.text(Lang::En)), "[{}]", key.code());
        }
    }

    #[test]
    fn a_text_is_found_by_its_kind_and_code() {
        let mut codes: Vec<&str> = Key::ALL.iter().map(|key| key.code()).collect();
        codes.dedup();
        assert_eq!(codes.len(), NAMES.len());
        assert_eq!(Key::named("feit", "bj"), Some(Key::FeitBj));
        assert_eq!(Key::named("feit", "b"), None);
    }

    #[test]
    fn a_placeholder_is_replaced_and_other_braces_do_no_harm() {
        assert_eq!(
            Key::StatusDelen.fill(Lang::Nl, &[("shown", "{total}"), ("total", "9")]),
            "{total} van 9 delen geladen"
        );
    }
}
