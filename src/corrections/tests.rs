//! What a resident can say of a home, and what is refused.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::home::{Label, VboId};
use crate::verdict::{HeatOption, Verdict};

const HOME: VboId = VboId(392_010_000_000_001);

fn terraced() -> Home {
    Home {
        bj: Some(1955),
        typ: Some(Typology::Tussen),
        lab: Some(Label::F),
        q: Some(190.0),
        std: Some(57.0),
        ..Home::default()
    }
}

fn of(pairs: &[(FactKey, &str)]) -> Corrections {
    let mut corrections = Corrections::default();
    for (key, text) in pairs {
        corrections.set(*key, text).unwrap();
    }
    corrections
}

#[test]
fn a_better_label_changes_the_advice() {
    let corrected = of(&[(FactKey::Lab, "A")]);
    let verdict = |c: &Corrections| c.scenario().evaluate(&terraced()).verdict(HeatOption::Ael);
    assert!(verdict(&corrected) < verdict(&Corrections::default()));
    assert_eq!(verdict(&corrected), Verdict::Geschikt);
}

#[test]
fn what_was_measured_before_no_longer_holds() {
    let home = of(&[(FactKey::Lab, "B")]).scenario().home(&terraced());
    assert_eq!((home.lab, home.q), (Some(Label::B), None));
    let both = of(&[(FactKey::Lab, "B"), (FactKey::Q, "80")]);
    assert_eq!(both.scenario().home(&terraced()).q, Some(80.0));
    assert_eq!(both.mark(&terraced(), FactKey::Q), Mark::Given);
    let moved = of(&[(FactKey::Bj, "1930")]);
    assert_eq!(moved.scenario().home(&terraced()).std, None);
    let marks = [FactKey::Bj, FactKey::Std, FactKey::Lab].map(|key| moved.mark(&terraced(), key));
    assert_eq!(marks, [Mark::Given, Mark::Follows, Mark::Known]);
}

#[test]
fn insulating_since_the_label_counts() {
    let mut corrections = Corrections::default();
    corrections.set_step("label-b").unwrap();
    assert_eq!(corrections.scenario().home(&terraced()).lab, Some(Label::B));
    assert_eq!(corrections.mark(&terraced(), FactKey::Lab), Mark::Follows);
    assert_eq!(corrections.set_step("nu"), Err(Refusal::NotAChoice));
    assert_eq!(corrections.count(), 1);
}

#[test]
fn impossible_values_are_refused_and_change_nothing() {
    let mut corrections = of(&[(FactKey::AreaM2, "90")]);
    let before = corrections.clone();
    for (key, text, why) in [
        (FactKey::Bj, "3000", Refusal::OutOfBounds(1200, 2026)),
        (FactKey::Bj, "1935,5", Refusal::NotWhole),
        (FactKey::AreaM2, "-5", Refusal::OutOfBounds(8, 5_000)),
        (FactKey::AreaM2, "groot", Refusal::NotANumber),
        (FactKey::AreaM2, "1e3", Refusal::NotANumber),
        (FactKey::AreaM2, "nan", Refusal::NotANumber),
        (FactKey::AreaM2, "1,2,3", Refusal::NotANumber),
        (FactKey::Lab, "H", Refusal::NotAChoice),
        (FactKey::Lab, "a", Refusal::NotAChoice),
        (FactKey::NetStatus, "gepland", Refusal::NotAChoice),
    ] {
        assert_eq!(corrections.set(key, text), Err(why), "{text}");
    }
    assert_eq!(corrections, before);
}

#[test]
fn what_the_register_says_too_is_no_correction() {
    let same = of(&[(FactKey::Lab, "F"), (FactKey::Bj, "1956")]).without_what_is_known(&terraced());
    assert_eq!(same.to_link(), "bj=1956");
    assert!(of(&[(FactKey::Own, "-")]).without_what_is_known(&terraced()).is_empty());
}

#[test]
fn an_emptied_field_is_as_registered_again() {
    let mut corrections = of(&[(FactKey::Lab, "C"), (FactKey::Bj, "1990")]);
    corrections.set(FactKey::Lab, " ").unwrap();
    assert_eq!((corrections.count(), corrections.to_link().as_str()), (1, "bj=1990"));
}

#[test]
fn the_file_says_what_was_filled_in() {
    let mut corrections = of(&[(FactKey::AreaM2, "82.5"), (FactKey::Lab, "A++"), (FactKey::Own, "-")]);
    corrections.set_step("standaard").unwrap();
    let file = corrections.to_file(HOME, "1a2b3c4d-2026.2");
    insta::assert_snapshot!(file);
    assert_eq!(read(&file).unwrap(), (HOME, corrections));
}

#[test]
fn a_file_of_a_stranger_is_refused_with_a_sentence() {
    let file = |facts: &str| {
        format!("{{\"gasvrij3d\":1,\"woning\":\"{HOME}\",\"versie\":\"x\",\"door_bewoner_ingevuld\":{{{facts}}}}}")
    };
    assert!(read(&file("\"lab\":\"B\",\"q\":null,\"typ\":\"2KAP\",\"bj\":1990")).is_ok());
    let huge = file(&format!("\"lab\":\"{}\"", "B".repeat(1_000_000)));
    let deep = "[".repeat(5_000);
    for hostile in [
        "",
        "null",
        "[]",
        &deep,
        &huge,
        &file("\"lab\":\"<script>\""),
        &file("\"lab\":\"\""),
        &file("\"lab\":\"-\""),
        &file("\"lab\":[\"B\"]"),
        &file("\"lab\":true"),
        &file("\"bj\":\"1990\""),
        &file("\"bj\":1e400"),
        &file("\"bj\":3000"),
        &file("\"area_m2\":-5"),
        &file("\"net_status\":\"gepland\""),
        &file("\"__proto__\":1"),
        &file("\"lab\":\"B\",\"lab\":\"C\""),
        &file("\"isolatie\":\"label-b\",\"isolatie\":\"standaard\""),
        &file("").replace("\"versie\"", "\"v\\u0000\""),
        &file("").replace("1,\"woning\"", "2,\"woning\""),
        &file("").replace("0392", "039x"),
    ] {
        let sentence = read(hostile).unwrap_err().to_string();
        assert!(sentence.ends_with('.') && sentence.len() < 400, "{sentence}");
    }
}

proptest! {
    #[test]
    fn what_is_given_comes_back_from_a_link_and_a_file(
        facts in prop::collection::vec((0..KNOWABLE.len(), 0..200u32, any::<bool>()), 0..12),
    ) {
        let mut corrections = Corrections::default();
        for (place, seed, unknown) in facts {
            let key = KNOWABLE[place];
            let codes = choices(key);
            let (least, most) = bounds(key);
            let text = match (unknown, codes.is_empty()) {
                (true, _) => "-".to_owned(),
                (_, true) => (least + seed % (most - least + 1)).to_string(),
                _ => codes[seed as usize % codes.len()].to_owned(),
            };
            corrections.set(key, &text).unwrap();
        }
        prop_assert_eq!(Corrections::from_link(&corrections.to_link()), Some(corrections.clone()));
        prop_assert_eq!(read(&corrections.to_file(HOME, "")).unwrap(), (HOME, corrections));
    }

    #[test]
    fn no_text_at_all_breaks_a_link_a_file_or_a_field(text in "\\PC{0,60}", place in 0..KNOWABLE.len()) {
        let _ = Corrections::from_link(&text);
        let _ = read(&text);
        let mut corrections = Corrections::default();
        if corrections.set(KNOWABLE[place], &text).is_err() {
            prop_assert!(corrections.is_empty());
        }
    }
}
