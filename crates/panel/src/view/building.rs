//! The card of a building that was pressed on the map.

use gasvrij3d::text::{Key, Lang};
use gasvrij3d::tile::{HeightKind, Pand, Woning};
use maud::{Markup, html};

use super::page;
use crate::words;

/// A building with several homes, or none. One with a single home has that home's card.
pub fn building(pand: &Pand, homes: &[&Woning], lang: Lang) -> Markup {
    let mut homes = homes.to_vec();
    homes.sort_by(|a, b| a.address.cmp(&b.address));
    html! {
        article class="card" data-pand=(pand.id) {
            (page::back(lang))
            @if homes.is_empty() {
                h1 id="kop" tabindex="-1" { (Key::PandGeenWoning.text(lang)) }
                p { (Key::PandGeenWoningUitleg.text(lang)) }
            } @else {
                h1 id="kop" tabindex="-1" {
                    (Key::PandKop.fill(lang, &[("count", &words::whole(homes.len() as u64, lang))]))
                }
            }
            dl class="facts" {
                @if let Some(year) = pand.year {
                    div { dt { (Key::FeitBj.text(lang)) } dd { (year) } }
                }
                div {
                    dt { (Key::PandHoogte.text(lang)) }
                    dd {
                        (words::measure(f64::from(pand.height_dm) / 10.0, lang)) " m"
                        span class="origin" {
                            @match pand.height {
                                HeightKind::Measured => (Key::PandGemeten.text(lang)),
                                HeightKind::Assumed => span class="tag" { (Key::HuisAanname.text(lang)) },
                            }
                        }
                    }
                }
                div { dt { (Key::PandId.text(lang)) } dd class="code" { (pand.id) } }
            }
            @if !homes.is_empty() {
                section class="block" {
                    h2 { (Key::PandKies.text(lang)) }
                    ul class="addresses" {
                        @for home in homes { li { a href={ "#/huis/" (home.id) } { (home.address) } } }
                    }
                }
            }
        }
    }
}
