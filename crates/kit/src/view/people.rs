//! People: homes like this one, and whom to speak to.

use gasvrij3d::kentallen::period_of;
use gasvrij3d::text::{Key, Lang};
use maud::{Markup, html};

use crate::case::Case;
use crate::words;

/// How many homes nearby are like this one; nothing where that would tell of too few.
pub fn neighbours(case: &Case, lang: Lang) -> Markup {
    let Some((count, kind, advice)) = told(case, lang) else { return html! {} };
    html! {
        section class="block" {
            h2 { (Key::BurenKop.text(lang)) }
            p { (count) " " (kind) }
            p { (advice) }
        }
    }
}

/// The sentences about them.
pub fn told(case: &Case, lang: Lang) -> Option<(String, String, &'static str)> {
    let peers = case.peers()?;
    let where_ = if peers.in_street { Key::BurenStraat } else { Key::BurenRond };
    let count = where_.fill(lang, &[("aantal", &words::whole(peers.count as u64, lang))]);
    let year = |year: u16| year.to_string();
    let time = match period_of(case.home.bj?) {
        (Some(from), Some(to)) => Key::BurenTussen.fill(lang, &[("van", &year(from)), ("tot", &year(to))]),
        (Some(from), None) => Key::BurenVanaf.fill(lang, &[("jaar", &year(from))]),
        (None, to) => Key::BurenTot.fill(lang, &[("jaar", &to.map(year).unwrap_or_default())]),
    };
    let kind = words::kind(case.home.typ?, lang);
    let kind = Key::BurenSoort.fill(lang, &[("soort", kind), ("tijd", &time)]);
    let advice = if peers.mostly_the_same { Key::BurenZelfde } else { Key::BurenAnders };
    Some((count, kind, advice.text(lang)))
}

/// Somebody to speak to.
pub fn contact(case: &Case, lang: Lang) -> Markup {
    let contact = &case.manifest.municipality.contact;
    let digits: String = contact.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    html! {
        section class="block contact" {
            h2 { (Key::MensKop.text(lang)) }
            @if digits.is_empty() && contact.email.is_empty() && contact.url.is_empty() {
                p { (Key::MensGewoon.text(lang)) }
            } @else {
                @if !contact.name.is_empty() { p { (contact.name) } }
                ul class="plain" {
                    @if !digits.is_empty() {
                        li { a href={ "tel:" (digits) } {
                            (Key::MensBel.fill(lang, &[("nummer", &contact.phone)]))
                        } }
                    }
                    @if !contact.email.is_empty() {
                        li { a href={ "mailto:" (contact.email) } {
                            (Key::MensMail.fill(lang, &[("adres", &contact.email)]))
                        } }
                    }
                    @if contact.url.starts_with("https://") {
                        li { a href=(contact.url) rel="noreferrer" { (contact.url) } }
                    }
                }
            }
        }
    }
}
