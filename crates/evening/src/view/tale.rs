//! `#/verhaal/<name>/<step>`: a story on the big screen, its screen for the presenter, and the form in which it is made.

use gasvrij3d::link::View;
use gasvrij3d::scenario::YEARS;
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::theme::Theme;
use kit::parts::EVENING;
use kit::view::{page, qr};
use kit::words;
use maud::{Markup, html};

use super::{offline, timeline};
use crate::story::{Both, Colour, Layer, Step, Story};

/// The name of the story that is made of the plans.
pub const OF_PLANS: &str = "plannen";
/// What is said of a file or a change.
pub const SAID: &str = "verhaal-melding";
/// What is said where the homes do not come.
pub const HOMES: &str = "verhaal-huizen";
/// The field for a file.
pub const FILE: &str = "verhaal-bestand";
/// The button back from looking around.
pub const BACK: &str = "verhaal-terug";

/// A story and where one is in it.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// Its name in the address.
    pub name: &'a str,
    /// The story.
    pub story: &'a Story,
    /// The step, counted from 0.
    pub place: usize,
}

impl Told<'_> {
    fn step(&self) -> Option<&Step> {
        self.story.stappen.get(self.place)
    }

    fn link(&self, place: usize) -> String {
        View::Story(self.name.to_owned(), u16::try_from(place + 1).unwrap_or(1)).hash()
    }

    fn count(&self, lang: Lang) -> String {
        let values = [("step", &*(self.place + 1).to_string()), ("all", &*self.story.stappen.len().to_string())];
        Key::VerhaalStap.fill(lang, &values)
    }
}

/// One step on the big screen. `base` is the address of the page before the hash.
pub fn page(told: Told, base: &str, lang: Lang) -> Markup {
    let Some(step) = told.step() else { return missing(lang) };
    let last = told.place + 1 >= told.story.stappen.len();
    html! {
        article class="card story" {
            p class="hint" { (told.story.naam) " · " (told.count(lang)) }
            h1 id="kop" tabindex="-1" { (step.titel.text(lang)) }
            p class="said" { (step.tekst.text(lang)) }
            @if step.kleur == Colour::Plans { (timeline::legend(lang)) }
            p id=(HOMES) class="hint" role="status" {}
            nav class="buttons" aria-label=(Key::VerhaalKop.text(lang)) {
                @if told.place > 0 {
                    a class="button" href=(told.link(told.place - 1)) rel="prev" { (Key::VerhaalVorige.text(lang)) }
                }
                @if !last {
                    a class="button primary" href=(told.link(told.place + 1)) rel="next" { (Key::VerhaalVolgende.text(lang)) }
                }
                button id=(BACK) type="button" class="button" data-do="verhaal-terug" data-module=(EVENING) hidden {
                    (Key::VerhaalTerug.text(lang))
                }
            }
            p class="hint" { (Key::VerhaalToetsen.text(lang)) }
            div class="phone" {
                (qr::code(&format!("{base}{}", told.link(told.place))))
                p { (Key::VerhaalTelefoon.text(lang)) }
            }
            details class="workshop" {
                summary { (Key::OfflineKop.text(lang)) }
                div id=(offline::PLACE) {}
            }
            (workshop(told, step, lang))
        }
    }
}

/// What only the presenter sees, in a window of its own.
pub fn presenter(told: Told, lang: Lang) -> Markup {
    let Some(step) = told.step() else { return missing(lang) };
    let next = told.story.stappen.get(told.place + 1);
    html! {
        article class="card story presenter" {
            p class="hint" { (told.story.naam) " · " (told.count(lang)) }
            h1 id="kop" tabindex="-1" { (step.titel.text(lang)) }
            h2 { (Key::VerhaalNotitie.text(lang)) }
            p class="said" { @if step.notitie.is_empty() { "–" } @else { (step.notitie) } }
            p { (step.tekst.text(lang)) }
            h2 { (Key::VerhaalStraks.text(lang)) }
            p { @match next { Some(next) => (next.titel.text(lang)), None => (Key::VerhaalEinde.text(lang)) } }
            nav class="buttons" aria-label=(Key::VerhaalKop.text(lang)) {
                button type="button" class="button" data-do="verhaal-stap" data-step="-1" data-module=(EVENING) { (Key::VerhaalVorige.text(lang)) }
                button type="button" class="button primary" data-do="verhaal-stap" data-step="1" data-module=(EVENING) { (Key::VerhaalVolgende.text(lang)) }
            }
        }
    }
}

/// A story or step that is not there.
pub fn missing(lang: Lang) -> Markup {
    html! {
        article class="card story" {
            (page::back(Key::PaginaNaarZoeken, lang))
            h1 id="kop" tabindex="-1" { (Key::VerhaalKop.text(lang)) }
            p { (Key::VerhaalWeg.text(lang)) }
            p { a class="button primary" href=(View::Story(OF_PLANS.to_owned(), 1).hash()) { (Key::VerhaalVanPlannen.text(lang)) } }
            (opener(lang))
        }
    }
}

fn opener(lang: Lang) -> Markup {
    html! {
        label for=(FILE) { (Key::VerhaalOpen.text(lang)) }
        input id=(FILE) type="file" accept=".json,application/json";
        p id=(SAID) class="hint" role="status" {}
    }
}

/// The form in which the story is made, folded away.
fn workshop(told: Told, step: &Step, lang: Lang) -> Markup {
    let control = |what: &str, key: Key| {
        html! { button type="button" class="button" data-do=(what) data-module=(EVENING) { (key.text(lang)) } }
    };
    html! {
        details class="workshop" {
            summary { (Key::VerhaalMaken.text(lang)) }
            p class="hint" { (Key::VerhaalMakenUitleg.text(lang)) }
            (both("titel", Key::VerhaalTitel, &step.titel, false, lang))
            (both("tekst", Key::VerhaalTekst, &step.tekst, true, lang))
            label for="verhaal-notitie" { (Key::VerhaalNotitie.text(lang)) }
            textarea id="verhaal-notitie" rows="3" maxlength="4000" { (step.notitie) }
            label for="verhaal-kleur" { (Key::VerhaalKleur.text(lang)) }
            select id="verhaal-kleur" {
                @for colour in Colour::all() {
                    option value=(colour.code()) selected[colour == step.kleur] { (colour_name(colour, lang)) }
                }
            }
            label for="verhaal-jaar" { (Key::VerhaalJaar.text(lang)) }
            select id="verhaal-jaar" {
                option value="" selected[step.jaar.is_none()] { (Key::VerhaalAlleJaren.text(lang)) }
                @for year in YEARS { option value=(year) selected[step.jaar == Some(year)] { (year) } }
            }
            fieldset {
                legend { (Key::VerhaalLagen.text(lang)) }
                @for layer in Layer::ALL {
                    label class="choice" {
                        input type="checkbox" name="verhaal-laag" value=(layer.code()) checked[step.lagen.contains(&layer)];
                        (Key::named("verhaal-laag", layer.code()).unwrap_or(Key::VerhaalLagen).text(lang))
                    }
                }
            }
            p class="buttons" {
                (control("verhaal-camera", Key::VerhaalCamera))
                (control("verhaal-erbij", Key::VerhaalErbij))
                (control("verhaal-eerder", Key::VerhaalEerder))
                (control("verhaal-later", Key::VerhaalLater))
                (control("verhaal-eruit", Key::VerhaalEruit))
                (control("verhaal-bewaar", Key::VerhaalBewaar))
                (control("verhaal-spreker", Key::VerhaalSpreker))
            }
            (opener(lang))
            p class="hint" { (told.link(told.place)) }
        }
    }
}

fn colour_name(colour: Colour, lang: Lang) -> &'static str {
    match colour {
        Colour::Best => words::theme(Theme::Best, lang),
        Colour::Option(option) => words::option(option, lang),
        Colour::Plans => Key::VerhaalKleurPlannen.text(lang),
    }
}

/// A field for each language.
fn both(name: &str, key: Key, text: &Both, is_long: bool, lang: Lang) -> Markup {
    html! {
        @for (code, value) in [("nl", &text.nl), ("en", &text.en)] {
            @let id = format!("verhaal-{name}-{code}");
            label for=(id) { (key.text(lang)) " (" (code.to_uppercase()) ")" }
            @if is_long {
                textarea id=(id) lang=(code) rows="4" maxlength="4000" { (value) }
            } @else {
                input id=(id) lang=(code) type="text" maxlength="200" value=(value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::text;

    fn story() -> Story {
        let step = |nl: &str, notitie: &str| Step {
            titel: Both { nl: nl.into(), en: String::new() },
            notitie: notitie.into(),
            kleur: Colour::Plans,
            ..Step::default()
        };
        Story { naam: "Avond".into(), stappen: vec![step("Welkom", "Koffie"), step("<b>Plan</b>", "")] }
    }

    #[test]
    fn the_hall_sees_the_step_and_only_the_presenter_the_note() {
        let story = story();
        let told = Told { name: "avond", story: &story, place: 0 };
        let hall = page(told, "https://kaart.example/", Lang::Nl).0;
        let (seen, _) = hall.split_once("workshop").unwrap_or_default();
        assert!(seen.contains("Welkom") && seen.contains("Stap 1 van 2") && !seen.contains("Koffie"));
        assert!(seen.contains("https://kaart.example/#/verhaal/avond/1") && seen.contains("#/verhaal/avond/2"));
        let own = text(&presenter(told, Lang::Nl));
        assert!(own.contains("Koffie") && own.contains("&lt;b&gt;Plan"), "{own}");
        let last = text(&presenter(Told { place: 1, ..told }, Lang::Nl));
        assert!(last.contains(Key::VerhaalEinde.text(Lang::Nl)));
    }

    #[test]
    fn a_step_that_is_not_there_leads_to_a_story_that_is() {
        let story = story();
        let gone = page(Told { name: "avond", story: &story, place: 7 }, "", Lang::En).0;
        assert!(gone.contains("#/verhaal/plannen/1"));
    }
}
