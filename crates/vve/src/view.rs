//! The pages of the table, as HTML. What changes with an input is in parts of its own ([`live`]), so that the form keeps its
//! focus and nothing that was opened closes.

pub mod answer;
pub mod charts;
pub mod form;
pub mod papers;
pub mod shares;
pub mod side;
pub mod sources;
pub mod what_if;

use gasvrij3d::link::{Link, View, VvePage};
use gasvrij3d::text::Key;
use kit::view::{icon, page, unbroken};
use maud::{Markup, html};

use crate::csv;
use crate::say;
use crate::sheet::Sheet;

/// The name of this part, for its controls.
pub const PART: &str = kit::parts::VVE;

/// A building that may belong to the complex too.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbour {
    /// Its id.
    pub id: String,
    /// Its first and last address.
    pub address: String,
    /// How many homes.
    pub homes: usize,
    /// Whether it is counted.
    pub chosen: bool,
}

/// What is said above the page, apart from figures.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// A link or building that could not be opened.
    pub fault: Option<String>,
    /// What was filled in from the registers, or that it is an example.
    pub filled: Option<String>,
    /// Buildings beside it.
    pub neighbours: Vec<Neighbour>,
    /// The address of the page, before the hash.
    pub base: String,
}

/// The hash of a calculation on a page.
pub fn hash(sheet: &Sheet, page: VvePage) -> String {
    Link { view: View::Vve(page), calc: sheet.calc.to_link(), ..Link::default() }.hash()
}

/// The parts that change with an input, by the ids of their elements.
pub fn live(sheet: &Sheet, base: &str) -> Vec<(&'static str, Markup)> {
    let mut parts = vec![
        ("kop", unbroken::numbers(&title(sheet))),
        ("vve-antwoord", answer::cards(sheet)),
        ("vve-besluit", answer::decisions(sheet)),
        ("vve-kort", answer::short(sheet)),
        ("vve-doen", actions(sheet, base)),
        ("vve-tabel", side::table(sheet)),
        ("vve-als", what_if::turns(sheet)),
        ("vve-als-tabel", what_if::trials_table(sheet)),
        ("vve-delen", shares::table(sheet)),
        ("vve-bronnen", sources::sources(sheet)),
    ];
    parts.extend(charts::live(sheet));
    parts
}

/// What the page is called.
pub fn title(sheet: &Sheet) -> String {
    match sheet.calc.name() {
        "" => Key::VveKop.text(sheet.lang).to_owned(),
        name => Key::VveKopNaam.fill(sheet.lang, &[("naam", name)]),
    }
}

/// The page.
pub fn whole(sheet: &Sheet, notes: &Notes) -> Markup {
    let lang = sheet.lang;
    html! {
        article class="vve" {
            div class="vve-top" {
                (page::back(Key::VveTerug, lang))
                h1 id="kop" tabindex="-1" { (unbroken::numbers(&title(sheet))) }
                p class="lead" { (Key::VveInleiding.text(lang)) }
                @if let Some(fault) = &notes.fault {
                    div class="fault" role="alert" { p { (icon::line(icon::WARN)) (fault) } }
                }
                @if let Some(filled) = &notes.filled { p class="vve-note" { (filled) } }
            }
            section class="vve-answer" aria-labelledby="vve-antwoord-kop" {
                h2 id="vve-antwoord-kop" { (Key::VveAntwoordKop.text(lang)) }
                div id="vve-antwoord" { (answer::cards(sheet)) }
                div class="vve-pair" {
                    div {
                        h2 { (Key::VveBesluitKop.text(lang)) }
                        div id="vve-besluit" { (answer::decisions(sheet)) }
                    }
                    div {
                        div id="vve-doen" { (actions(sheet, &notes.base)) }
                        p id="vve-status" class="hint" role="status" {}
                    }
                }
            }
            (form::form(sheet, notes))
            div class="vve-more" {
                section class="block" {
                    h2 id="vve-tabel-kop" { (Key::VveTabelKop.text(lang)) }
                    div id="vve-tabel" class="scroll" role="region" tabindex="0" aria-labelledby="vve-tabel-kop" { (side::table(sheet)) }
                    p class="hint" { (Key::VveSchatting.text(lang)) }
                }
                (charts::figures(sheet))
                section class="block" {
                    h2 { (Key::VveAlsKop.text(lang)) }
                    div id="vve-als" { (what_if::turns(sheet)) }
                    details class="vve-fold" {
                        summary { (Key::VveAlsTabel.text(lang)) }
                        div id="vve-als-tabel" class="scroll" role="region" tabindex="0" aria-label=(Key::VveAlsTabel.text(lang)) {
                            (what_if::trials_table(sheet))
                        }
                    }
                }
                section class="block" id="vve-delen-blok" {
                    h2 id="vve-delen-kop" { (Key::VveDelenKop.text(lang)) }
                    (shares::paste(sheet))
                    div id="vve-delen" class="scroll" role="region" tabindex="0" aria-labelledby="vve-delen-kop" { (shares::table(sheet)) }
                }
                details class="vve-fold block" {
                    summary { h2 { (Key::VveBronKop.text(lang)) } }
                    div id="vve-bronnen" { (sources::sources(sheet)) }
                }
            }
        }
    }
}

/// What can be done with the calculation.
pub fn actions(sheet: &Sheet, base: &str) -> Markup {
    let lang = sheet.lang;
    let file = csv::csv(sheet);
    html! {
        p class="buttons" {
            a class="button primary" id="vve-naar-stukken" href=(hash(sheet, VvePage::Papers)) {
                (Key::VveDoeStukken.text(lang))
            }
            a class="button" download="vve.csv" href={ "data:text/csv;charset=utf-8," (kit::words::encode(&file)) } {
                (Key::VveDoeCsv.text(lang))
            }
            button type="button" class="button" data-do="vve-copy" data-module=(PART) {
                (Key::VveDoeLink.text(lang))
            }
        }
        p class="hint" { (Key::VveLinkUitleg.text(lang)) }
        label class="hidden" for="vve-link" { (Key::DeelLink.text(lang)) }
        input id="vve-link" class="vve-link" type="text" readonly value={ (base) (hash(sheet, VvePage::Table)) };
    }
}

/// A way's verdict in words, with its sign.
pub fn verdict(verdict: gasvrij3d::verdict::Verdict, lang: gasvrij3d::text::Lang) -> Markup {
    html! { span class="vve-verdict" { (icon::swatch(verdict.into())) (kit::words::verdict(verdict, lang)) } }
}

/// An amount of money with its unit, or why there is none.
pub(crate) fn no_amount(why: gasvrij3d::kosten::Missing, lang: gasvrij3d::text::Lang) -> Markup {
    html! { span class="origin" { (say::missing(why, lang)) } }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;
