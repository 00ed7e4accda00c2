//! What would change the advice: the one fact most worth checking.

use gasvrij3d::flip::{Alternative, Change, Flip, Flips};
use gasvrij3d::link::HomePage;
use gasvrij3d::text::{Key, Lang};
use maud::{Markup, html};

use crate::case::Case;
use crate::words;

/// The answer in short: one fact to check, or that nothing changes it.
pub fn short(case: &Case, lang: Lang) -> Markup {
    let flips = case.flips();
    html! {
        section class="block" {
            h2 { (Key::FlipKop.text(lang)) }
            @if let Some(flip) = flips.worth_checking() {
                p { (Key::FlipControleer.fill(lang, &[("feit", &words::lower(words::fact(flip.fact, lang)))])) }
                (outcomes(case, flip, lang))
            } @else {
                p { (Key::FlipNiets.text(lang)) }
            }
            p class="hint" { a href=(case.page(HomePage::Why, "flip")) { (Key::ActiesWaarom.text(lang)) } }
        }
    }
}

/// In one sentence, for paper.
pub fn sentence(flips: &Flips, lang: Lang) -> String {
    match flips.worth_checking() {
        Some(flip) => Key::FlipControleer.fill(lang, &[("feit", &words::lower(words::fact(flip.fact, lang)))]),
        None => Key::FlipNiets.text(lang).to_owned(),
    }
}

/// The values of a fact that lead to the same, together.
pub fn outcomes(case: &Case, flip: &Flip, lang: Lang) -> Markup {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    // What is known is said first: "196 kWh of niet bekend".
    let (known, unknown): (Vec<&Alternative>, Vec<_>) = flip.alternatives.iter().partition(|a| a.value.is_some());
    for alternative in known.into_iter().chain(unknown) {
        let then = outcome(alternative, lang);
        let value = alternative.value.map_or_else(
            || Key::FlipOnbekend.text(lang).to_owned(),
            |value| {
                let mut other = case.home.clone();
                // The alternatives are values of this fact.
                let _ = other.set(flip.fact, Some(value));
                words::lower(&words::value(&other, flip.fact, lang).unwrap_or_default())
            },
        );
        match groups.iter_mut().find(|(known, _)| *known == then) {
            Some((_, values)) => values.push(value),
            None => groups.push((then, vec![value])),
        }
    }
    html! {
        ul class="flips" {
            @for (then, values) in groups {
                li { (Key::FlipAls.fill(lang, &[("waarde", &either(&values, lang))])) " " strong { (then) } }
            }
        }
    }
}

/// `A, B of C`.
fn either(values: &[String], lang: Lang) -> String {
    match values {
        [one] => one.clone(),
        [before @ .., last] => Key::FlipOf.fill(lang, &[("een", &before.join(", ")), ("ander", last)]),
        [] => String::new(),
    }
}

fn outcome(alternative: &Alternative, lang: Lang) -> String {
    match (alternative.change, alternative.best) {
        (Change::None, _) => Key::FlipGelijk.text(lang).to_owned(),
        (_, Some((option, verdict))) => {
            let verdict = words::lower(words::verdict(verdict, lang));
            let option = words::option(option, lang);
            Key::FlipDan.fill(lang, &[("optie", option), ("oordeel", &verdict)])
        }
        (_, None) => Key::FlipGeen.text(lang).to_owned(),
    }
}
