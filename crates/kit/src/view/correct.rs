//! "Is this wrong?": a form for what a resident knows better, what the advice becomes, and how to keep or pass it on.

use gasvrij3d::corrections::{Corrections, KNOWABLE, Mark, Refusal, choices, written};
use gasvrij3d::home::{FactKey, FactValue};
use gasvrij3d::kosten::Insulation;
use gasvrij3d::text::{Key, Lang};
use maud::{Markup, html};

use super::answer::{self, Answer};
use super::{facts, icon, page, share};
use crate::case::Case;
use crate::parts::PAGES;
use crate::words;

/// The name of the field for insulation.
pub const STEP: &str = "isolatie";
/// The element with the advice, filled anew at each answer.
pub const OUTCOME: &str = "klopt-uitkomst";
/// The element with what can be done with the answers.
pub const KEEP: &str = "klopt-bewaar";

/// Facts that are shown first; the others, about the building and the ground, are folded until one is filled in.
const FIRST: usize = 5;

/// The page.
pub fn correct(case: &Case, lang: Lang) -> Markup {
    html! {
        article class="card correct" {
            (page::back_home(case, lang))
            h1 id="kop" tabindex="-1" { (Key::KloptKop.text(lang)) }
            p { (Key::KloptInleiding.text(lang)) }
            div id=(OUTCOME) class="outcome" role="status" { (outcome(case, lang)) }
            form id="klopt" autocomplete="off" {
                fieldset {
                    legend { (Key::HuisGroepHuis.text(lang)) }
                    @for &key in &KNOWABLE[..FIRST] { (field(case, key, lang)) }
                    (step(case, lang))
                }
                details class="more" open[KNOWABLE[FIRST..].iter().any(|key| !given(case, *key).is_empty())] {
                    summary { span { (Key::KloptGroepMeer.text(lang)) } (icon::line(icon::OPEN)) }
                    fieldset aria-label=(Key::KloptGroepMeer.text(lang)) {
                        @for &key in &KNOWABLE[FIRST..] { (field(case, key, lang)) }
                    }
                }
            }
            p class="hint" { (Key::KloptPrive.text(lang)) }
            div id=(KEEP) { (keep(case, lang)) }
            section class="block" {
                h2 { label for="klopt-bestand" { (Key::KloptOpenen.text(lang)) } }
                input type="file" id="klopt-bestand" accept=".json,application/json" aria-describedby="klopt-melding";
                p id="klopt-melding" class="hint" role="status" {}
            }
        }
    }
}

/// What the advice is with these answers, and without.
pub fn outcome(case: &Case, lang: Lang) -> Markup {
    let now = Answer::of(case);
    if case.corrections.is_empty() {
        return html! { h2 { (Key::KloptAdviesNu.text(lang)) } (said(&now, lang)) };
    }
    let before = Answer::of(&Case::of(case.woning, case.tile, case.manifest, &Corrections::default()));
    let (before, after) = (before.words(lang), now.words(lang));
    html! {
        h2 { (Key::KloptAdvies.text(lang)) }
        (said(&now, lang))
        @if before == after {
            p class="hint" { (Key::KloptZelfde.text(lang)) }
        } @else {
            p class="hint" { (Key::KloptZonder.fill(lang, &[("advies", &before)])) }
        }
    }
}

fn said(answer: &Answer, lang: Lang) -> Markup {
    html! {
        @if answer.said.is_some() { (answer::line(answer, lang)) } @else { p { (answer.title.text(lang)) } }
    }
}

/// What was typed or chosen before, as the field has it.
fn given(case: &Case, key: FactKey) -> String {
    case.corrections.given(key).map(written).unwrap_or_default()
}

fn registered(case: &Case, key: FactKey, lang: Lang) -> Option<String> {
    Some(()).filter(|()| !words::is_gap(&case.woning.home, key))?;
    words::value(&case.woning.home, key, lang)
}

fn field(case: &Case, key: FactKey, lang: Lang) -> Markup {
    let (code, now) = (key.code(), given(case, key));
    let help = Key::named("klopt-hulp", code).map(|key| key.text(lang));
    let known = registered(case, key, lang);
    html! {
        div class="field" data-field=(code) {
            label for={ "klopt-" (code) } { (words::fact(key, lang)) }
            @if let Some(help) = help { p class="hint" id={ "klopt-" (code) "-hulp" } { (help) } }
            @let described = format!("klopt-{code}-hulp klopt-{code}-weten klopt-{code}-fout");
            @if choices(key).is_empty() {
                input id={ "klopt-" (code) } name=(code) type="text" data-correct=(code) value=(now) maxlength="12"
                    inputmode=(if matches!(key, FactKey::Bj | FactKey::Nvbo) { "numeric" } else { "decimal" })
                    aria-describedby=(described);
            } @else {
                select id={ "klopt-" (code) } name=(code) data-correct=(code) aria-describedby=(described) {
                    option value="" selected[now.is_empty()] {
                        (known.map_or_else(|| Key::KloptOnbekend.text(lang).to_owned(), |value| we_know(&value, lang)))
                    }
                    @for &choice in choices(key).iter().filter(|choice| **choice != "onb") {
                        option value=(choice) selected[now == choice] { (choice_word(key, choice, lang)) }
                    }
                    option value="-" selected[now == "-"] { (Key::KloptWeetNiet.text(lang)) }
                }
            }
            p class="hint" id={ "klopt-" (code) "-weten" } { (knowing(case, key, lang)) }
            p class="field-fault" id={ "klopt-" (code) "-fout" } role="alert" {}
        }
    }
}

fn we_know(value: &str, lang: Lang) -> String {
    Key::KloptBekend.fill(lang, &[("waarde", value)])
}

/// Under a field: that the resident filled it in, or what is registered and by whom.
pub fn knowing(case: &Case, key: FactKey, lang: Lang) -> Markup {
    if case.mark(key) != Mark::Known {
        return facts::origin(case, key, lang);
    }
    match registered(case, key, lang) {
        None => html! { (Key::KloptOnbekend.text(lang)) },
        // A list says the value itself.
        Some(_) if !choices(key).is_empty() => facts::origin(case, key, lang),
        Some(value) => html! {
            (we_know(&value, lang)) " (" (facts::origin(case, key, lang)) ")"
        },
    }
}

fn choice_word(key: FactKey, choice: &'static str, lang: Lang) -> String {
    let mut home = gasvrij3d::home::Home::default();
    // The choices are values of this fact.
    let _ = home.set(key, Some(FactValue::Code(choice)));
    words::value(&home, key, lang).unwrap_or_else(|| choice.to_owned())
}

fn step(case: &Case, lang: Lang) -> Markup {
    let now = case.corrections.step();
    html! {
        div class="field" data-field=(STEP) {
            label for="klopt-isolatie" { (Key::KloptStap.text(lang)) }
            select id="klopt-isolatie" name=(STEP) data-correct=(STEP) {
                option value="" selected[now == Insulation::AsIs] { (Key::KloptStapNee.text(lang)) }
                @for (step, key) in [
                    (Insulation::LabelB, Key::KloptStapLabelB),
                    (Insulation::Standaard, Key::KloptStapStandaard),
                ] {
                    option value=(step.code()) selected[now == step] { (key.text(lang)) }
                }
            }
        }
    }
}

/// Why a value is not taken, as a sentence at its field.
pub fn refusal(refusal: Refusal, key: FactKey, lang: Lang) -> String {
    let example = if key == FactKey::Bj { "1965" } else { "85" };
    match refusal {
        Refusal::NotANumber => Key::KloptFoutGetal.fill(lang, &[("voorbeeld", example)]),
        Refusal::NotWhole => Key::KloptFoutHeel.text(lang).to_owned(),
        Refusal::NotAChoice => Key::KloptFoutKeuze.text(lang).to_owned(),
        Refusal::OutOfBounds(least, most) => {
            // A year has no thousands.
            let write = |n: u32| if key == FactKey::Bj { n.to_string() } else { words::whole(u64::from(n), lang) };
            Key::KloptFoutGrens.fill(lang, &[("van", &write(least)), ("tot", &write(most))])
        }
    }
}

/// Keeping the answers as a file, passing them on, and erasing them.
pub fn keep(case: &Case, lang: Lang) -> Markup {
    if case.corrections.is_empty() {
        return html! {
            section class="block" { h2 { (Key::KloptBewaren.text(lang)) } p { (Key::KloptNiets.text(lang)) } }
        };
    }
    let id = case.woning.id;
    let file = case.corrections.to_file(id, &case.version());
    let letter = letter(case, lang);
    let subject = Key::KloptMailOnderwerp.fill(lang, &[("adres", &case.woning.address.to_string())]);
    let email = &case.manifest.municipality.contact.email;
    html! {
        section class="block" {
            h2 { (Key::KloptBewaren.text(lang)) }
            p class="hint" { (Key::KloptBewarenUitleg.text(lang)) }
            p class="buttons" {
                a class="button" download={ "gasvrij3d-" (id) ".json" }
                    href={ "data:application/json;charset=utf-8," (words::encode(&file)) } {
                    (Key::KloptBestand.text(lang))
                }
                @if !email.is_empty() {
                    a class="button" href={
                        "mailto:" (email) "?subject=" (words::encode(&subject)) "&body=" (words::encode(&letter))
                    } { (Key::KloptMail.text(lang)) }
                }
                button type="button" class="button" data-module=(PAGES) data-do="erase" { (Key::KloptWis.text(lang)) }
            }
            p class="hint" {
                (if email.is_empty() { Key::KloptMailGeen } else { Key::KloptMailUitleg }.text(lang))
            }
            textarea id="klopt-brief" readonly rows="6" aria-label=(subject) { (letter) }
            p class="buttons" {
                button type="button" class="button" data-module=(PAGES) data-do="copy" data-from="klopt-brief" data-says="klopt-status" {
                    (Key::KloptKopieer.text(lang))
                }
            }
            p id="klopt-status" class="hint" role="status" {}
        }
    }
}

/// A letter to the municipality: what is wrong, what it should be, what is registered now.
fn letter(case: &Case, lang: Lang) -> String {
    let mut lines = vec![
        Key::KloptMailTekst.text(lang).to_owned(),
        String::new(),
        format!("{}, {}", case.woning.address, super::card::place(&case.woning.address)),
        format!("BAG {}", case.woning.id),
        String::new(),
    ];
    let keys = case.corrections.facts().iter().map(|(key, _)| Some(*key)).chain([None]);
    for ((fact, value), key) in share::told(case, lang).into_iter().zip(keys) {
        let before = key.and_then(|key| registered(case, key, lang));
        let values = [
            ("feit", fact),
            ("waarde", value.as_str()),
            ("register", before.as_deref().unwrap_or(Key::IngevuldNiets.text(lang))),
        ];
        lines.push(Key::KloptMailRegel.fill(lang, &values));
    }
    lines.extend([String::new(), format!("Gasvrij3D {}", case.version())]);
    lines.join("\n")
}
