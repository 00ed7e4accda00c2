//! The compiler of the rules against faults: each is named with its file, line and rule.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

/// The project's own files, by name.
fn own() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/rules");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let name = |path: &std::path::Path| format!("data/rules/{}", path.file_name().unwrap().to_string_lossy());
    files.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

/// The fault that is found when one text in the project's files is replaced by another.
fn fault(old: &str, new: &str) -> String {
    let mut texts = own();
    let file = texts.iter_mut().find(|(_, text)| text.contains(old)).expect("the text to replace stands in a file");
    file.1 = file.1.replacen(old, new, 1);
    compile(&texts, "").unwrap_err().to_string()
}

/// The fault that is found when a rule is added to the project's files.
fn fault_of_rule(lines: &str) -> String {
    let mut texts = own();
    texts.push(("data/rules/99-nieuw.toml".to_owned(), format!("# A new file.\n[[rule]]\n{lines}")));
    compile(&texts, "").unwrap_err().to_string()
}

const TEXTS: &str = "nl = \"x\"\nen = \"x\"\nbasis = [\"ASM\"]\nsources = [\"project\"]\n";

fn base(id: &str, when: &str, option: &str, verdict: &str) -> String {
    let effect = format!("effect = [{{ kind = \"B\", options = [\"{option}\"], verdict = \"{verdict}\" }}]");
    format!("id = \"{id}\"\nwhen = \"{when}\"\n{effect}\n{TEXTS}")
}

#[test]
fn the_table_of_the_project_is_the_one_in_the_program() {
    let table = compile(&own(), super::super::rules().hash()).unwrap();
    assert_eq!(emit(&table), emit(super::super::rules()));
    assert_eq!(written(&own()).unwrap(), include_str!(concat!(env!("OUT_DIR"), "/rules_written.rs")));
}

#[test]
fn a_field_that_does_not_exist_is_named_with_its_line() {
    let sentence = fault_of_rule(&format!("{}notitie = \"x\"\n", base("R90", "bj = 1", "AEL", "G")));
    assert!(sentence.starts_with("data/rules/99-nieuw.toml:") && sentence.contains("notitie"), "{sentence}");
}

#[test]
fn a_missing_text_is_named() {
    assert!(fault("en = \"Your home is far from the pipe.\"", "en = \" \"").contains("rule R33: a reason in Dutch"));
    assert!(fault("en = \"Your home is far from the pipe.\"\n", "").contains("missing field `en`"));
}

#[test]
fn a_condition_that_cannot_be_read_is_named_with_its_rule() {
    let of = |when: &str| fault_of_rule(&base("R90", when, "AEL", "G"));
    assert!(of("bj > ").starts_with("data/rules/99-nieuw.toml:2: rule R90: `` is not a number"), "{}", of("bj > "));
    assert!(of("typ = DUPLEX").contains("`DUPLEX` is not a code of `typ`: VRIJ, 2KAP"));
    assert!(of("typ in VRIJ..FLAT").contains("has codes"));
    assert!(of("bouwjaar > 1").contains("`bouwjaar` is not a number, a fact or a named condition"));
    assert!(of("bj = 1 bj = 2").contains("not expected here"));
    assert!(of("lab > B").contains("a label is compared with"));
}

#[test]
fn a_verdict_that_is_not_there_yet_cannot_be_asked_for() {
    assert!(fault_of_rule(&base("R90", "oordeel.HYB = G", "AEL", "G")).contains("not judged yet at AEL"));
    assert!(fault_of_rule(&base("R90", "basisregel.AEL = R01", "AEL", "G")).contains("not judged yet at AEL"));
    assert!(fault_of_rule(&base("R90", "bj = 1", "AEL", "basis AEG")).contains("not there yet at AEL"));
}

#[test]
fn two_base_rules_that_contradict_each_other_are_named_with_an_example() {
    let sentence = fault("after = [\"R20\", \"R62\"]\n", "after = [\"R62\"]\n");
    assert!(sentence.contains("rule R21: says M of HYB where R20 above it says X"), "{sentence}");
    assert!(sentence.contains("add `after = [\"R20\"]`, for example where "), "{sentence}");
}

#[test]
fn a_base_rule_that_is_never_reached_is_named_with_what_covers_it() {
    let sentence = fault_of_rule(&base("R90", "bj in 2020..2030", "AEL", "G"));
    assert!(sentence.contains("rule R90: is never reached for AEL: ") && sentence.contains("R01"), "{sentence}");
    let never = fault_of_rule(&base("R90", "bj < 1900 en bj > 1900", "AEL", "G"));
    assert!(never.contains("its condition can never hold"), "{never}");
}

#[test]
fn a_modifier_that_can_never_hold_is_named() {
    let sentence =
        fault("when = \"archeologie_hoog = ja\"", "when = \"archeologie_hoog = ja en archeologie_hoog = nee\"");
    assert!(sentence.contains("rule R19: its condition can never hold at AEG"), "{sentence}");
}

#[test]
fn a_precedence_that_settles_nothing_is_named() {
    let sentence = fault("after = [\"R07\"]\n", "after = [\"R07\", \"R01\"]\n");
    assert!(sentence.contains("rule R08: `after` names R01, but the two never hold together"), "{sentence}");
    assert!(fault("after = [\"R07\"]\n", "after = [\"R99\"]\n").contains("`R99`, which is no rule above"));
}

#[test]
fn an_option_without_rules_and_a_table_without_fallback_are_named() {
    let no_cooking = "kind = \"B\", options = [\"NR_KOKEN\"], verdict = \"G\"";
    let info = "kind = \"I\", options = [\"NR_KOKEN\"]";
    assert_eq!(fault(no_cooking, info), "data/rules: no base rule speaks of NR_KOKEN");
    assert!(fault("fallback = \"R60\"", "fallback = \"R99\"").contains("the fallback `R99` is no rule"));
}

#[test]
fn doubles_and_strangers_are_named() {
    assert!(fault_of_rule(&base("R01", "bj = 1", "AEL", "G")).contains("this id stands twice"));
    assert!(fault_of_rule(&base("R90", "bj = 1", "ZON", "G")).contains("`ZON` is not an option"));
    assert!(
        fault_of_rule(&base("R90", "bj = 1", "AEL", "Z")).contains("the verdict `Z` is not one of G, N, M, O, X, ?")
    );
    assert!(fault("sources = [\"geluid\", \"project\"]", "sources = [\"gerucht\"]").contains("source `gerucht`"));
    assert!(fault("basis = [\"PLAN\", \"NAT\", \"ASM\"]", "basis = []").contains("needs at least one `basis`"));
    assert!(
        fault(
            "{ kind = \"W\", options = [\"HYB\"], verdict = \"M\" }",
            "{ kind = \"W\", options = [\"HYB\"], verdict = \"X\" }"
        )
        .contains("not one of N, M, O")
    );
    assert!(
        fault("kind = \"I\", options = [\"AEL\"]", "kind = \"I\", verdict = \"N\", options = [\"AEL\"]")
            .contains("an info has no")
    );
}

#[test]
fn more_than_fits_is_refused() {
    let mut texts = own();
    let mut many = String::new();
    for i in 0..200 {
        let effect = "effect = [{ kind = \"I\", options = [\"AEL\"] }]";
        let _ = write!(many, "[[rule]]\nid = \"S{i}\"\nwhen = \"area_m2 > {i}\"\n{effect}\n{TEXTS}");
    }
    texts.push(("data/rules/99-veel.toml".to_owned(), many));
    assert!(compile(&texts, "").unwrap_err().to_string().contains("are too many"));
}

proptest! {
    #[test]
    fn no_condition_makes_the_reader_panic(text in "[a-z0-9 ().,{}<>=*-]{0,40}") {
        let _ = condition::parse(&text, &BTreeMap::new());
    }

    #[test]
    fn no_file_makes_the_reader_panic(text in "(\\[\\[rule\\]\\]|[a-z]{1,6} = (\"[a-z]{0,4}\"|\\[\\]|[0-9]{1,3})|\n){0,12}") {
        let _ = compile(&[("x.toml".to_owned(), text)], "");
    }
}
