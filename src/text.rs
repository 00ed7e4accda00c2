//! Texts for people, Dutch first: of the page (`data/text`), of the rules and of the figures. Each is a [`Key`], so that
//! none can be missing.
//!
//! A native program holds all of them. A page holds none: it fetches a file for each [`Part`] it has entered and hands it to
//! [`Part::load`]; what is not loaded is empty. A program for the browser holds the names of the parts that it enters only.

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

/// The texts of a part in a language, as a page fetches them.
#[derive(Debug)]
pub struct TextFile {
    /// Its name, with a part of its hash.
    pub name: &'static str,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: &'static str,
}

/// Texts that are loaded together: [`FIRST`], or those of a part of the page that comes later.
#[derive(Debug)]
pub struct Part {
    place: usize,
    /// The number of its first key.
    first: usize,
    keys: &'static [Key],
    names: &'static [&'static str],
    files: [TextFile; Lang::ALL.len()],
}

// `enum Key` and a static for each `Part`, made by build.rs.
include!(concat!(env!("OUT_DIR"), "/text_keys.rs"));

/// The parts that were entered.
static ENTERED: [OnceLock<&'static Part>; PARTS] = [const { OnceLock::new() }; PARTS];

/// The texts that are there, by part and language, in the order of the keys.
static TABLES: [[OnceLock<Vec<&'static str>>; Lang::ALL.len()]; PARTS] =
    [const { [const { OnceLock::new() }; Lang::ALL.len()] }; PARTS];

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

    /// The one of two texts that is in this language.
    pub const fn pick<'a>(self, nl: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Nl => nl,
            Self::En => en,
        }
    }

    /// The one that is in this language, or the Dutch where nobody gave the English, with the language to mark it with: what
    /// a municipality writes itself may lack one, and nobody is told less for it.
    pub const fn pick_given<'a>(self, nl: &'a str, en: &'a str) -> (&'a str, Option<&'static str>) {
        match self {
            Self::En if !en.is_empty() => (en, None),
            Self::En => (nl, Some("nl")),
            Self::Nl => (nl, None),
        }
    }
}

impl Part {
    /// Makes its texts known to this program, before any is asked for.
    pub fn enter(&'static self) {
        // A second time it is the same.
        let _ = ENTERED[self.place].set(self);
    }

    /// The parts that were entered; natively all.
    pub fn entered() -> impl Iterator<Item = &'static Self> {
        #[cfg(not(target_arch = "wasm32"))]
        for part in EVERY {
            part.enter();
        }
        ENTERED.iter().filter_map(|part| part.get().copied())
    }

    /// Its texts.
    pub const fn keys(&self) -> &'static [Key] {
        self.keys
    }

    /// The file with its texts.
    pub fn file(&self, lang: Lang) -> &TextFile {
        &self.files[lang as usize]
    }

    /// Whether its texts are there.
    pub fn is_loaded(&self, lang: Lang) -> bool {
        !self.table(lang).is_empty()
    }

    /// Takes the content of [`Part::file`]. It stays for as long as the program runs.
    pub fn load(&self, lang: Lang, content: String) -> Result<()> {
        let lines: Vec<&'static str> = content.leak().split('\n').collect();
        if lines.len() != self.names.len() {
            return Err(Error::new(format!(
                "{} holds {} texts, this program needs {}. Publish the page again, all files together.",
                self.file(lang).name,
                lines.len(),
                self.names.len()
            )));
        }
        // A second time it holds the same.
        let _ = TABLES[self.place][lang as usize].set(lines);
        Ok(())
    }

    fn table(&self, lang: Lang) -> &'static [&'static str] {
        let table = &TABLES[self.place][lang as usize];
        #[cfg(not(target_arch = "wasm32"))]
        table.get_or_init(|| EMBEDDED[self.place * Lang::ALL.len() + lang as usize].split('\n').collect());
        table.get().map_or(&[], Vec::as_slice)
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
        self.part().and_then(|(part, place)| part.table(lang).get(place).copied()).unwrap_or_default()
    }

    /// Its name in `data/text`, where its part was entered.
    pub fn code(self) -> &'static str {
        self.part().map_or("", |(part, place)| part.names[place])
    }

    /// Its part, and its place there.
    fn part(self) -> Option<(&'static Part, usize)> {
        let place = |part: &Part| (self as usize).checked_sub(part.first).filter(|place| *place < part.names.len());
        Part::entered().find_map(|part| Some((part, place(part)?)))
    }

    /// Every text of the parts that were entered, with its name.
    pub fn known() -> impl Iterator<Item = (&'static str, Self)> {
        Part::entered().flat_map(|part| part.names.iter().copied().zip(part.keys.iter().copied()))
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
        let is = |name: &str| name.strip_prefix(kind).and_then(|c| c.strip_prefix('-')) == Some(code);
        Self::known().find(|(name, _)| is(name)).map(|(_, key)| key)
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
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Key::ALL.len());
        assert!(Key::known().all(|(name, key)| key.code() == name) && Key::known().count() == Key::ALL.len());
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
