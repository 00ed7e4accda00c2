//! The card of a building that was pressed on the map.

use gasvrij3d::geo::TileId;
use gasvrij3d::link::{View, VvePage};
use gasvrij3d::order;
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::tile::{HeightKind, Pand, Woning};
use maud::{Markup, html};

use super::{page, unbroken};
use crate::words;

/// Whether the register names a residential use: where it says nothing, it is taken for a home, as the rules do.
pub fn is_home(woning: &Woning) -> bool {
    woning.home.woonfunctie != Some(false)
}

/// A building with several homes, or none, and all its addresses. One with a single home has that home's card.
pub fn building(pand: &Pand, tile: Option<TileId>, addresses: &[&Woning], lang: Lang) -> Markup {
    let mut addresses = addresses.to_vec();
    order::sort_by(&mut addresses, |a, b| a.address.order().cmp(&b.address.order()));
    let homes = addresses.iter().filter(|w| is_home(w)).count() as u64;
    html! {
        article class="card" data-pand=(pand.id) {
            (page::back(Key::HuisTerug, lang))
            @if homes == 0 {
                h1 id="kop" tabindex="-1" { (Key::PandGeenWoning.text(lang)) }
                p { (Key::PandGeenWoningUitleg.text(lang)) }
            } @else {
                h1 id="kop" tabindex="-1" {
                    (Key::PandKop.fill(lang, &[("count", &words::whole(homes, lang))]))
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
            @if let Some(tile) = tile.filter(|_| homes > 1) {
                p { a class="button" href=(View::Vve(VvePage::Of(tile, pand.id)).hash()) { (Key::VveInPand.text(lang)) } }
            }
            @if !addresses.is_empty() {
                section class="block" {
                    h2 { (Key::PandKies.text(lang)) }
                    ul class="addresses" {
                        @for one in addresses {
                            li {
                                a href={ "#/huis/" (one.id) } { (unbroken::numbers(&one.address.to_string())) }
                                @if !is_home(one) { span class="origin" { (Key::KleurGeenWoning.text(lang)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
