//! The map of a neighbourhood as a list: every address by street, with what suits it best.

use std::collections::BTreeMap;

use gasvrij3d::geo::TileId;
use gasvrij3d::link::{AreaPage, HomePage, View};
use gasvrij3d::order;
use gasvrij3d::scenario::Scenario;
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::theme::Theme;
use gasvrij3d::tile::Woning;
use gasvrij3d::town::Outcome;
use maud::{Markup, html};

use super::{page, unbroken};
use crate::words;

/// `#/buurt/<code>/huizen`: the addresses of a neighbourhood.
pub fn homes(name: &str, area: &str, all: &[&Woning], lang: Lang) -> Markup {
    let mut streets: BTreeMap<&str, Vec<&Woning>> = BTreeMap::new();
    for woning in all {
        streets.entry(&woning.address.street).or_default().push(woning);
    }
    html! {
        article class="card homes" {
            (page::back_to(&View::Area(AreaPage::One(name.to_owned())), Key::BuurtVan, lang))
            h1 id="kop" tabindex="-1" { (Key::BuurtHuizenKop.fill(lang, &[("name", area)])) }
            @if all.is_empty() {
                p { (Key::BuurtHuizenNiet.text(lang)) }
            } @else {
                p { (Key::BuurtHuizenUitleg.text(lang)) }
                div class="options" { @for (street, homes) in streets { (self::street(street, homes, lang)) } }
            }
        }
    }
}

fn street(name: &str, mut homes: Vec<&Woning>, lang: Lang) -> Markup {
    order::sort_by(&mut homes, |a, b| a.address.order().cmp(&b.address.order()));
    let name = if name.is_empty() { Key::BuurtStraatGeen.text(lang) } else { name };
    let count = words::whole(homes.len() as u64, lang);
    html! {
        details class="street fold" {
            summary { (Key::BuurtStraat.fill(lang, &[("street", name), ("count", &count)])) }
            table class="homes-table" {
                thead { tr { th scope="col" { (Key::BuurtAdres.text(lang)) } th scope="col" { (Key::BuurtKeuze.text(lang)) } } }
                tbody {
                    @for woning in homes {
                        tr {
                            th scope="row" { a href=(View::House(woning.id, HomePage::Card).hash()) { (unbroken::numbers(&woning.address.to_string())) } }
                            td { (best(woning, lang)) }
                        }
                    }
                }
            }
        }
    }
}

/// What the map shows of it.
fn best(woning: &Woning, lang: Lang) -> &'static str {
    if woning.home.woonfunctie == Some(false) {
        return Key::BuurtGeenWoning.text(lang);
    }
    words::category(Theme::Best.category(&Outcome::of(&woning.home, &Scenario::default())), lang)
}

/// The tiles of a neighbourhood, as the file of figures has them.
pub fn tiles(places: &[[u32; 2]]) -> impl Iterator<Item = TileId> + '_ {
    places.iter().map(|&[col, row]| TileId { col, row })
}
