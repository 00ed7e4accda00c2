//! What stands in the place of a card: the start, waiting, and what went wrong.

use gasvrij3d::link::{HomePage, View};
use gasvrij3d::manifest::Manifest;
use gasvrij3d::text::{Key, Lang};
use maud::{Markup, html};

use super::{icon, unbroken};
use crate::case::Case;
use crate::words;

/// Leads back to the search.
pub fn back(words: Key, lang: Lang) -> Markup {
    back_to(&View::Search, words, lang)
}

/// Leads back to a page that this one is under.
pub fn back_to(view: &View, words: Key, lang: Lang) -> Markup {
    html! { p class="back" { a href=(view.hash()) { (icon::line(icon::BACK)) (words.text(lang)) } } }
}

/// The other pages, for who has no address to search. `here` is the one that this stands on.
pub fn others(here: Option<Key>, lang: Lang) -> Markup {
    let all = [
        ("#/buurt", Key::BuurtKies),
        ("#/plannen", Key::PaginaPlannen),
        ("#/vve", Key::VveInStart),
        ("#/begrippen", Key::BegrippenKop),
        ("#/over", Key::OverKop),
    ];
    html! {
        nav class="others" aria-label=(Key::OverBuurten.text(lang)) {
            ul { @for (to, name) in all { @if here != Some(name) { li { a href=(to) { (name.text(lang)) } } } } }
        }
    }
}

/// Leads to the page about the quality of the data, where there is one.
pub fn quality_link(manifest: &Manifest, lang: Lang) -> Markup {
    let page = manifest.quality.as_ref().map(|files| &files.page);
    html! {
        @if let Some(page) = page {
            p { a href={ "data/" (page.file) } { (Key::BuurtKwaliteitPagina.text(lang)) } }
        }
    }
}

/// Leads back to the card of a home.
pub fn back_home(case: &Case, lang: Lang) -> Markup {
    let address = case.woning.address.to_string();
    html! {
        p class="back" {
            a href=(case.page(HomePage::Card, "")) {
                (icon::line(icon::BACK)) (unbroken::numbers(&Key::ActiesTerug.fill(lang, &[("adres", &address)])))
            }
        }
    }
}

/// How it works. `kept`: how many of the last addresses are kept, where the visitor wants that.
pub fn start(manifest: Option<&Manifest>, kept: Option<usize>, lang: Lang) -> Markup {
    html! {
        section class="start" {
            h2 { (Key::StartKop.text(lang)) }
            ol class="steps" {
                li { (Key::StartStapEen.text(lang)) }
                li { (Key::StartStapTwee.text(lang)) }
                li { (Key::StartStapDrie.text(lang)) }
            }
            p class="hint" { (Key::StartPrivacy.text(lang)) }
            (recent(kept, lang))
            (others(None, lang))
            @if let Some(manifest) = manifest {
                p class="hint" {
                    (Key::StartGegevens.fill(lang, &[
                        ("homes", &words::whole(u64::from(manifest.counts.woningen), lang)),
                        ("addresses", &words::whole(u64::from(manifest.counts.adressen), lang)),
                        ("name", &manifest.municipality.name),
                    ]))
                }
            }
        }
    }
}

/// Whether the addresses that were looked at last are kept.
fn recent(kept: Option<usize>, lang: Lang) -> Markup {
    html! {
        label class="check" {
            input type="checkbox" id="zoek-onthoud" checked[kept.is_some()] aria-describedby="zoek-onthoud-uitleg";
            span { (Key::ZoekOnthoud.text(lang)) }
        }
        p id="zoek-onthoud-uitleg" class="hint" { (Key::ZoekOnthoudUitleg.text(lang)) }
        @if let Some(count @ 1..) = kept {
            p {
                button type="button" class="button" data-do="wipe" {
                    (Key::ZoekWis.fill(lang, &[("count", &words::whole(count as u64, lang))]))
                }
            }
        }
    }
}

/// While a card is on its way: grey bars where it will stand, so that nothing jumps.
pub fn waiting(lang: Lang) -> Markup {
    html! {
        div class="card waiting" aria-busy="true" {
            p class="hidden" { (Key::HuisLaden.text(lang)) }
            div class="bar bar-title" {} div class="bar bar-short" {}
            div class="bar bar-block" {} div class="bar" {} div class="bar" {} div class="bar bar-short" {}
        }
    }
}

/// A smaller fault beside the search box.
pub fn notice(what: Key, detail: &str, lang: Lang) -> Markup {
    html! {
        p { (icon::line(icon::WARN)) (what.text(lang)) }
        button type="button" class="button" data-do="search-again" { (Key::FoutOpnieuw.text(lang)) }
        (details(detail, lang))
    }
}

fn details(detail: &str, lang: Lang) -> Markup {
    html! {
        @if !detail.is_empty() {
            details class="detail" {
                summary { (Key::FoutDetails.text(lang)) }
                p lang="en" { (detail) }
            }
        }
    }
}

/// What went wrong, what to do, and the sentence behind it for who wants to know.
pub fn failed(what: Key, detail: &str, lang: Lang) -> Markup {
    failed_under(&back(Key::HuisTerug, lang), what, detail, lang)
}

/// The same for a page that is under another one than the search.
pub fn failed_under(back: &Markup, what: Key, detail: &str, lang: Lang) -> Markup {
    html! {
        section class="card failed" {
            (back)
            h1 id="kop" tabindex="-1" { (icon::line(icon::WARN)) (Key::FoutKop.text(lang)) }
            p { (what.text(lang)) }
            @match what {
                // What is not in the data is not there the next time either.
                Key::FoutAdres | Key::PandWeg => p {
                    button type="button" class="button" data-do="search" { (Key::FoutAnderAdres.text(lang)) }
                },
                _ => p { button type="button" class="button" data-do="again" { (Key::FoutOpnieuw.text(lang)) } },
            }
            (details(detail, lang))
        }
    }
}
