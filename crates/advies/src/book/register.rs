//! The description for the algorithm register: `data/algoritmeregister.toml`, filled in from the table of rules.

use gasvrij3d::home::FactKey;
use gasvrij3d::rules::Rules;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::words::{LANG, fill, named, small};

const FILE: &str = "data/algoritmeregister.toml";

/// The keys of the publication standard, and then those of the older API.
const KEYS: [&str; 38] = [
    "name",
    "organization",
    "department",
    "description_short",
    "category",
    "website",
    "status",
    "begin_date",
    "end_date",
    "goal",
    "proportionality",
    "lawful_basis",
    "contact_email",
    "methods_and_models",
    "human_intervention",
    "risks",
    "provider",
    "source_data",
    "impacttoetsen",
    "tags",
    "url",
    "source_id",
    "decision_making_process",
    "documentation",
    "competent_authority",
    "iama",
    "iama_description",
    "dpia",
    "dpia_description",
    "objection_procedure",
    "publiccode",
    "mprd",
    "monitoring",
    "performance_standard",
    "area",
    "lang",
    "revision_date",
    "schema",
];
/// What is still in use has no end.
const MAY_BE_EMPTY: &[&str] = &["end_date"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    municipality: Map<String, Value>,
    general: Map<String, Value>,
}

/// The JSON for the register.
pub fn register(rules: &Rules) -> Result<String, String> {
    read(include_str!("../../../../data/algoritmeregister.toml"), rules)
}

fn read(text: &str, rules: &Rules) -> Result<String, String> {
    let File { municipality, mut general } = toml::from_str(text).map_err(|e| format!("{FILE}: {e}"))?;
    for (key, value) in municipality {
        if general.insert(key.clone(), value).is_some() {
            return Err(format!("{FILE}: `{key}` stands in [municipality] and in [general]; give it one place."));
        }
    }
    let facts: Vec<String> = FactKey::ALL.iter().map(|key| small(&named("feit", key.code()))).collect();
    let sources: Vec<String> = rules.sources().iter().map(|s| format!("{} ({})", s.name(LANG), s.year)).collect();
    let values = [
        ("version", rules.version()),
        ("date", rules.date()),
        ("hash", rules.hash()),
        ("rules", &rules.rules().len().to_string()),
        ("facts", &facts.join(", ")),
        ("sources", &sources.join("; ")),
    ];
    let mut filled = Map::new();
    for key in KEYS {
        let value =
            general.remove(key).ok_or_else(|| format!("{FILE}: `{key}` is missing; the register asks for it."))?;
        let value = match value {
            Value::String(text) => Value::String(fill(&text, &values)),
            other => other,
        };
        let is_empty = value.as_str().is_some_and(|text| text.trim().is_empty()) || value == Value::Array(Vec::new());
        if is_empty && !MAY_BE_EMPTY.contains(&key) {
            return Err(format!("{FILE}: `{key}` has no value; the register asks for one."));
        }
        if value.as_str().is_some_and(|text| text.contains(['{', '}'])) {
            return Err(format!("{FILE}: `{key}` has a word in {{}} that nothing is filled in for."));
        }
        filled.insert(key.to_owned(), value);
    }
    if let Some(key) = general.keys().next() {
        return Err(format!("{FILE}: `{key}` is no field of the register; leave it out."));
    }
    serde_json::to_string_pretty(&filled).map(|text| text + "\n").map_err(|e| format!("{FILE}: {e}"))
}

#[cfg(test)]
mod tests {
    use gasvrij3d::rules::rules;

    use super::*;

    const OWN: &str = include_str!("../../../../data/algoritmeregister.toml");

    /// As the register lists them, counted out here once more.
    const FIELDS: &str = "name organization department description_short category website status begin_date end_date goal \
        proportionality lawful_basis contact_email methods_and_models human_intervention risks provider source_data \
        impacttoetsen tags url source_id decision_making_process documentation competent_authority iama iama_description \
        dpia dpia_description objection_procedure publiccode mprd monitoring performance_standard area lang \
        revision_date schema";

    #[test]
    fn the_description_has_exactly_the_fields_of_the_register() {
        let value: Map<String, Value> = serde_json::from_str(&register(rules()).unwrap()).unwrap();
        let mut keys: Vec<&str> = value.keys().map(String::as_str).collect();
        let mut fields: Vec<&str> = FIELDS.split_whitespace().collect();
        keys.sort_unstable();
        fields.sort_unstable();
        assert_eq!(keys, fields);
        for (key, value) in &value {
            let is_empty = value.as_str().is_some_and(str::is_empty) || value.as_array().is_some_and(Vec::is_empty);
            assert!(key == "end_date" || !is_empty, "{key}");
        }
    }

    #[test]
    fn the_description_names_the_table_and_its_sources() {
        let value: Value = serde_json::from_str(&register(rules()).unwrap()).unwrap();
        let method = value["methods_and_models"].as_str().unwrap();
        assert!(method.contains(rules().hash()) && method.contains(rules().version()));
        assert_eq!(value["revision_date"], rules().date());
        let data = value["source_data"].as_str().unwrap();
        assert!(
            rules().sources().iter().all(|source| data.contains(source.name(LANG))) && data.contains("energielabel")
        );
    }

    #[test]
    fn a_field_that_is_missing_empty_or_unknown_is_refused() {
        let fault = |old: &str, new: &str| read(&OWN.replacen(old, new, 1), rules()).unwrap_err();
        assert!(fault("\ngoal = ", "\ngoals = ").contains("`goal` is missing"));
        assert!(fault("[general]", "[general]\nkleur = \"rood\"").contains("`kleur` is no field"));
        assert!(fault("status = \"In ontwikkeling\"", "status = \"\"").contains("`status` has no value"));
        assert!(fault("SHA-256 {hash}", "SHA-256 {hasj}").contains("`methods_and_models` has a word in {}"));
        assert!(fault("[general]", "[general]\nstatus = \"x\"").contains("give it one place"));
    }
}
