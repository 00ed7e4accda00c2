//! What the figures rest on: what was filled in, each figure with its source, the rules for decisions, and what is not in it.

use gasvrij3d::cijfers::Cijfer;
use gasvrij3d::text::Key;
use gasvrij3d::vve::{Choice, Field, SOURCES, Start};
use kit::view::figures;
use kit::words;
use maud::{Markup, html};

use crate::say;
use crate::sheet::Sheet;

/// All of it.
pub fn sources(sheet: &Sheet) -> Markup {
    let lang = sheet.lang;
    html! {
        h3 { (Key::VveBronIngevuld.text(lang)) }
        (filled(sheet))
        h3 { (Key::VveBronCijfers.text(lang)) }
        (figures(sheet))
        h3 { (Key::VveBronNiet.text(lang)) }
        (left_out(sheet))
        h3 { (Key::VveBronBesluit.text(lang)) }
        (rules(sheet))
        p class="hint" { (Key::VveBronVersie.fill(lang, &[("versie", &sheet.version)])) }
    }
}

/// What was filled in, and what of it is no longer what the figures say.
pub fn filled(sheet: &Sheet) -> Markup {
    let lang = sheet.lang;
    let year = gasvrij3d::rules::rules().year();
    html! {
        dl class="vve-filled" {
            @for field in Field::ALL {
                div {
                    dt { (say::field(*field, lang)) }
                    dd {
                        (say::value(*field, sheet.calc.units(*field), lang))
                        @if let Start::Figure(figure) = field.limits().start {
                            @if sheet.calc.units(*field) == field.start(year) { (figures::source(figure, lang)) }
                            @else { span class="origin" { (Key::VveBronEigen.text(lang)) } }
                        }
                    }
                }
            }
            @for choice in Choice::ALL {
                div {
                    dt { (say::word("vve-veld", choice.code(), lang)) }
                    dd { (say::chosen(*choice, sheet.calc.choice(*choice), lang)) }
                }
            }
        }
    }
}

/// Every figure behind the columns that are shown, once.
pub fn figures(sheet: &Sheet) -> Markup {
    let lang = sheet.lang;
    let mut all: Vec<Cijfer> = Vec::new();
    // What was filled in stands above, with its own value.
    let inputs: Vec<Cijfer> = Field::ALL
        .iter()
        .filter_map(|field| match field.limits().start {
            Start::Figure(figure) => Some(figure),
            Start::Own(_) => None,
        })
        .collect();
    for column in sheet.shown() {
        let Ok(found) = &column.amounts else { continue };
        for figure in found.home.assumptions.iter() {
            if !all.contains(&figure) && !inputs.contains(&figure) {
                all.push(figure);
            }
        }
    }
    html! {
        ul class="vve-figures" {
            @for figure in all {
                li {
                    (figure.tekst(lang))
                    @if let Some(value) = figures::value(figure, gasvrij3d::rules::rules().year(), lang) { ": " strong { (value) } }
                    (figures::source(figure, lang))
                }
            }
        }
    }
}

/// What is in no amount.
pub fn left_out(sheet: &Sheet) -> Markup {
    let mut all = Vec::new();
    for column in sheet.shown() {
        let Ok(found) = &column.amounts else { continue };
        for item in &found.home.not_included {
            if !all.contains(item) {
                all.push(*item);
            }
        }
    }
    html! {
        ul class="vve-figures" {
            @for item in all { @if let Some(key) = Key::named("kosten-niet", item.code()) { li { (key.text(sheet.lang)) } } }
        }
    }
}

/// Where the rules for decisions come from.
pub fn rules(sheet: &Sheet) -> Markup {
    let lang = sheet.lang;
    html! {
        ul class="vve-figures" {
            @for source in SOURCES.iter().filter(|source| source.code != "project") {
                li {
                    span lang="nl" { (source.name) } " (" (source.year) ")"
                    span class="origin" { (words::lower((if source.read { Key::VveBronGelezen } else { Key::VveBronNalezen }).text(lang))) }
                }
            }
            li { (Key::VveBronIndeling.text(lang)) }
        }
    }
}
