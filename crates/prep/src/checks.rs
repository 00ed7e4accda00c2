//! The checks that an input is held against (`data/controle.toml`): what is wrong, in which field, and what to do.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// A check. Its id is the key in the file: V01-V10 for buildings and addresses, V11-V20 for tables, V21-V30 for
/// registers in XML, monuments, networks and plans, V31-V42 for what does not fit together.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// The field it looks at, as registers call it.
    #[serde(rename = "veld")]
    pub field: String,
    /// What is wrong, Dutch.
    pub nl: String,
    /// What is wrong, English.
    pub en: String,
    /// What to do, Dutch.
    #[serde(rename = "doe_nl")]
    pub advice_nl: String,
    /// What to do, English.
    #[serde(rename = "doe_en")]
    pub advice_en: String,
}

/// All checks by id. They are part of the program: a test reads them, so that this never falls back.
pub fn all() -> &'static BTreeMap<String, Check> {
    static ALL: LazyLock<BTreeMap<String, Check>> = LazyLock::new(|| parse().unwrap_or_default());
    &ALL
}

fn parse() -> Result<BTreeMap<String, Check>, toml::de::Error> {
    toml::from_str(include_str!("../../../data/controle.toml"))
}

/// The reason of a tally as a sentence: that of the check where the reason is the id of one.
pub fn sentence(reason: &str) -> String {
    all().get(reason).map_or_else(
        || reason.to_owned(),
        |check| format!("{reason} `{}`: {}. {}", check.field, check.en, check.advice_en),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_checks_reads_and_each_check_says_what_to_do() {
        assert_eq!(parse().err(), None);
        for (id, check) in all() {
            assert!(id.len() == 3 && id.starts_with('V'), "{id}");
            for text in [&check.field, &check.nl, &check.en] {
                assert!(!text.is_empty() && !text.ends_with('.'), "{id}: {text}");
            }
            for text in [&check.advice_nl, &check.advice_en] {
                assert!(text.ends_with('.'), "{id}: {text}");
            }
        }
    }
}
