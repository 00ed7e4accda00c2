//! A link to pass on, and what came with one that was passed on.

use gasvrij3d::corrections::Corrections;
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::verdict::{HeatOption, Verdict};
use maud::{Markup, html};

use super::icon;
use crate::case::Case;
use crate::parts::PAGES;
use crate::words;

/// What came with a link.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrived {
    /// The version of data and rules it was made with, or empty.
    pub version: String,
    /// What stood out then.
    pub said: Option<(HeatOption, Verdict)>,
    /// What the sender filled in; `None` in it where that cannot be read.
    pub filled_in: Option<Option<Corrections>>,
}

/// What a link of another version means, and what its sender filled in.
pub fn note(case: &Case, arrived: &Arrived, lang: Lang) -> Markup {
    let now = case.version();
    let is_old = !arrived.version.is_empty() && arrived.version != now;
    if !is_old && arrived.filled_in.is_none() {
        return html! {};
    }
    // What the sender saw is compared with what the sender would see now.
    let theirs = arrived.filled_in.clone().flatten().unwrap_or_default();
    let same_home = Case::of(case.woning, case.tile, case.manifest, &theirs);
    let name = |best: Option<(HeatOption, Verdict)>| match best {
        None => Key::LinkOudGeen.text(lang).to_owned(),
        Some((option, verdict)) => {
            format!("{} ({})", words::lower(words::option(option, lang)), words::lower(words::verdict(verdict, lang)))
        }
    };
    html! {
        section class="arrived" {
            @if is_old {
                p { (Key::LinkOud.fill(lang, &[("toen", &arrived.version), ("nu", &now)])) }
                @if arrived.said == same_home.best {
                    p { (Key::LinkOudZelfde.text(lang)) }
                } @else if arrived.said.is_some() {
                    p { (Key::LinkOudAnders.fill(lang, &[("toen", &name(arrived.said)), ("nu", &name(same_home.best))])) }
                }
            }
            @match &arrived.filled_in {
                None => {}
                Some(None) => p { (icon::line(icon::WARN)) (Key::LinkVerbeterdFout.text(lang)) },
                Some(Some(given)) => {
                    p { (Key::LinkVerbeterd.text(lang)) }
                    ul class="plain" {
                        @for (fact, value) in told(&Case::of(case.woning, case.tile, case.manifest, given), lang) {
                            li { (fact) ": " strong { (value) } }
                        }
                    }
                    p class="buttons" {
                        button type="button" class="button primary" data-do="take-over" { (Key::LinkNeemOver.text(lang)) }
                        button type="button" class="button" data-do="leave" { (Key::LinkLaat.text(lang)) }
                    }
                }
            }
        }
    }
}

/// What was filled in, each with its name and value in words.
pub fn told(case: &Case, lang: Lang) -> Vec<(&'static str, String)> {
    let mut told: Vec<(&'static str, String)> = Vec::new();
    for (key, value) in case.corrections.facts() {
        let mut home = case.woning.home.clone();
        // It was taken before as a value of this fact.
        let _ = home.set(*key, *value);
        let value = words::value(&home, *key, lang).unwrap_or_else(|| Key::IngevuldNiets.text(lang).to_owned());
        told.push((words::fact(*key, lang), value));
    }
    if let Some(step) = Key::named("klopt-stap", case.corrections.step().code()) {
        told.push((Key::KloptStap.text(lang), step.text(lang).to_owned()));
    }
    told
}

/// Passing the page on.
pub fn block(case: &Case, base: &str, lang: Lang) -> Markup {
    html! {
        section class="block share" {
            h2 { (Key::ActiesDeel.text(lang)) }
            p class="hint" { (Key::DeelUitleg.text(lang)) }
            label for="deel-link" { (Key::DeelLink.text(lang)) }
            input id="deel-link" type="text" readonly value={ (base) (case.link(false)) };
            @if !case.corrections.is_empty() {
                label class="check" {
                    input type="checkbox" id="deel-met" data-with={ (base) (case.link(true)) }
                        data-without={ (base) (case.link(false)) };
                    span { (Key::DeelMet.text(lang)) " " span class="origin" { (Key::DeelMetUitleg.text(lang)) } }
                }
            }
            p class="buttons" {
                button type="button" class="button" data-module=(PAGES) data-do="copy" data-from="deel-link" data-says="deel-status" {
                    (Key::DeelKopieer.text(lang))
                }
                button type="button" class="button" data-module=(PAGES) data-do="share" id="deel-app" hidden { (Key::DeelDelen.text(lang)) }
            }
            p id="deel-status" class="hint" role="status" {}
        }
    }
}
