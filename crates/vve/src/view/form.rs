//! What a board can fill in: the building, its money, prices. Each change counts at once; a value that cannot be is said
//! beside its field, and the old one stays.

use gasvrij3d::cijfers::Cijfer;
use gasvrij3d::text::Key;
use gasvrij3d::vve::{Choice, Field, Group, NAME_LENGTH, OPTIONS, Start, Way};
use maud::{Markup, html};

use super::{Notes, PART, answer};
use crate::say;
use crate::sheet::Sheet;

/// Groups whose numbers have a slider.
const SLIDERS: [Group; 4] = [Group::Lening, Group::Prijs, Group::Groei, Group::Vast];

/// The form.
pub fn form(sheet: &Sheet, notes: &Notes) -> Markup {
    let lang = sheet.lang;
    html! {
        form class="vve-form" autocomplete="off" data-module=(PART) {
            details open {
                summary { h2 { (Key::VveVulKop.text(lang)) } }
                div class="vve-fields" {
                    (name(sheet))
                    @if !notes.neighbours.is_empty() { (neighbours(sheet, notes)) }
                    p class="hint" { (Key::VveGebouwKaart.text(lang)) }
                    p {
                        button type="button" class="button" data-do="vve-kaart" data-module=(PART) { (Key::LagenKop.text(lang)) }
                    }
                    (numbers(sheet, Group::Gebouw))
                    @for choice in [Choice::Soort, Choice::Label, Choice::Blok, Choice::Stap, Choice::Net] { (select(sheet, choice)) }
                    details class="vve-fold" {
                        summary { (Key::VveVulMeer.text(lang)) }
                        (select(sheet, Choice::NetSoort))
                        (numbers(sheet, Group::Net))
                        (select(sheet, Choice::Monument))
                        (select(sheet, Choice::Garage))
                    }
                    (options(sheet))
                }
            }
            details open {
                summary { h2 { (Key::VveVulPrijsKop.text(lang)) } }
                div class="vve-fields" {
                    (numbers(sheet, Group::Prijs))
                    (numbers(sheet, Group::Groei))
                    details class="vve-fold" {
                        summary { (Key::VveGroepVast.text(lang)) }
                        (numbers(sheet, Group::Vast))
                    }
                    p { button type="button" class="button" data-do="vve-prices" data-module=(PART) { (Key::VveDoeTerug.text(lang)) } }
                    div id="vve-kort" class="vve-kort" aria-hidden="true" { (answer::short(sheet)) }
                }
            }
            details open {
                summary { h2 { (Key::VveVulGeldKop.text(lang)) } }
                div class="vve-fields" {
                    (numbers(sheet, Group::Geld))
                    (numbers(sheet, Group::Lening))
                }
            }
            p class="hint" { (Key::VveLezen.text(lang)) }
            p { button type="button" class="button" data-do="vve-restart" data-module=(PART) { (Key::VveDoeOpnieuw.text(lang)) } }
        }
    }
}

fn name(sheet: &Sheet) -> Markup {
    let lang = sheet.lang;
    html! {
        div class="vve-field" {
            label for="vve-naam" { (Key::VveVulNaam.text(lang)) }
            input id="vve-naam" type="text" maxlength=(NAME_LENGTH) value=(sheet.calc.name()) data-vve="naam"
                aria-describedby="vve-naam-hulp";
            p id="vve-naam-hulp" class="hint" { (Key::VveVulNaamHulp.text(lang)) }
        }
    }
}

fn neighbours(sheet: &Sheet, notes: &Notes) -> Markup {
    let lang = sheet.lang;
    html! {
        fieldset class="vve-choose" {
            legend { (Key::VveGebouwErbij.text(lang)) }
            @for one in &notes.neighbours {
                label class="check" {
                    input type="checkbox" data-vve="pand" value=(one.id) checked[one.chosen];
                    span { (Key::VveGebouwEen.fill(lang, &[("adres", &one.address), ("aantal", &one.homes.to_string())])) }
                }
            }
        }
    }
}

fn numbers(sheet: &Sheet, group: Group) -> Markup {
    html! { @for field in Field::ALL.iter().filter(|field| field.limits().group == group) { (number(sheet, *field)) } }
}

fn number(sheet: &Sheet, field: Field) -> Markup {
    let (lang, limits, units) = (sheet.lang, field.limits(), sheet.calc.units(field));
    let code = field.code();
    let help = Key::named("vve-hulp", code);
    let unit = limits.unit.to_ascii_lowercase().replace('/', "-");
    let unit = Key::named("vve-eenheid", &unit).map_or("", |key| key.text(lang));
    let described =
        format!("vve-fout-{code}{}", if help.is_some() { format!(" vve-hulp-{code}") } else { String::new() });
    html! {
        div class="vve-field" data-veld=(code) {
            label for={ "vve-" (code) } {
                (say::field(field, lang))
                @if let Start::Figure(figure) = limits.start { (mark(figure, sheet)) }
            }
            div class="vve-input" {
                input id={ "vve-" (code) } type="text" inputmode="decimal" value=(say::number(field, units, lang))
                    data-vve="getal" data-code=(code) aria-describedby=(described);
                span { (unit) }
            }
            @if SLIDERS.contains(&limits.group) {
                input id={ "vve-schuif-" (code) } class="vve-slider" type="range" min=(limits.least) max=(limits.most)
                    step=(limits.step) value=(units) data-vve="schuif" data-code=(code) aria-label=(say::field(field, lang))
                    aria-valuetext=(say::value(field, units, lang));
            }
            @if let Some(help) = help { p id={ "vve-hulp-" (code) } class="hint" { (help.text(lang)) } }
            p id={ "vve-fout-" (code) } class="field-fault" role="alert" {}
        }
    }
}

/// Whether the value that it starts with is an assumption.
fn mark(figure: Cijfer, sheet: &Sheet) -> Markup {
    html! { @if figure.is_aanname() { " " span class="tag" { (Key::HuisAanname.text(sheet.lang)) } } }
}

fn select(sheet: &Sheet, choice: Choice) -> Markup {
    let (lang, code) = (sheet.lang, choice.code());
    let help = Key::named("vve-hulp", code);
    html! {
        div class="vve-field" {
            label for={ "vve-" (code) } { (say::word("vve-veld", code, lang)) }
            select id={ "vve-" (code) } data-vve="keuze" data-code=(code) aria-describedby=[help.map(|_| format!("vve-hulp-{code}"))] {
                @for one in choice.codes() {
                    option value=(one) selected[*one == sheet.calc.choice(choice)] { (kit::words::capital(say::chosen(choice, one, lang))) }
                }
            }
            @if let Some(help) = help { p id={ "vve-hulp-" (code) } class="hint" { (help.text(lang)) } }
        }
    }
}

fn options(sheet: &Sheet) -> Markup {
    let lang = sheet.lang;
    html! {
        fieldset class="vve-choose" {
            legend { (Key::VveVulOpties.text(lang)) }
            p class="hint" { (Key::VveVulOptiesHulp.text(lang)) }
            @for option in OPTIONS {
                label class="check" {
                    input type="checkbox" data-vve="optie" value=(option.code()) checked[sheet.calc.shown().contains(&option)];
                    span { (say::way(Way::Option(option), lang)) }
                }
            }
            p id="vve-fout-opties" class="field-fault" role="alert" {}
        }
    }
}
