//! Difficult words: what they mean.

use gasvrij3d::text::{Key, Lang};
use maud::{Markup, html};

use super::page;
use super::terms::terms;
use crate::words;

/// A word as it stands at the begin of a line. One with capitals of its own, such as kWh, is only itself.
fn title(word: &str) -> String {
    if word.bytes().any(|byte| byte.is_ascii_uppercase()) { word.to_owned() } else { words::capital(word) }
}

/// `#/begrippen`.
pub fn glossary(lang: Lang) -> Markup {
    html! {
        article class="card glossary" {
            (page::back(Key::PaginaNaarZoeken, lang))
            h1 id="kop" tabindex="-1" { (Key::BegrippenKop.text(lang)) }
            p { (Key::BegrippenInleiding.text(lang)) }
            dl class="terms" {
                @for term in terms(lang) {
                    div id={ "begrip-" (term.code) } tabindex="-1" {
                        dt { (title(term.word)) }
                        @if let Some(key) = Key::named("uitleg", term.code) { dd { (key.text(lang)) } }
                    }
                }
            }
        }
    }
}
