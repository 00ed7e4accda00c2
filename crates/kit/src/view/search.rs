//! The list below the search box.

use gasvrij3d::geo::TileId;
use gasvrij3d::home::VboId;
use gasvrij3d::text::{Key, Lang};
use maud::{Markup, html};

use super::icon;
use crate::words;

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// An address.
    Address {
        /// Its dwelling.
        id: VboId,
        /// The tile that is in.
        tile: TileId,
        /// `Riouwstraat 12A`.
        name: String,
        /// `2021 AB Haarlem`.
        place: String,
        /// Whether it is just what was typed, and the only one: Enter opens it.
        certain: bool,
    },
    /// A neighbourhood.
    Area {
        /// Its code.
        code: String,
        /// Its name.
        name: String,
    },
    /// A street, to type the number after.
    Street {
        /// Its name.
        name: String,
        /// Its place, where there are more.
        place: String,
        /// Addresses on it.
        count: u32,
    },
}

/// The options of the list box.
pub fn choices(choices: &[Choice], active: Option<usize>, lang: Lang) -> Markup {
    html! {
        @for (i, choice) in choices.iter().enumerate() {
            li id=(option_id(i)) role="option" aria-selected=(active == Some(i)) data-choice=(i) {
                @match choice {
                    Choice::Address { name, place, .. } => {
                        (icon::line(icon::HOUSE))
                        span class="choice-name" { (name) }
                        span class="choice-place" { (place) }
                    }
                    Choice::Area { name, .. } => {
                        (icon::line(icon::PLAN))
                        span class="choice-name" { (name) }
                        span class="choice-place" { (Key::ZoekBuurt.text(lang)) }
                    }
                    Choice::Street { name, place, count } => {
                        (icon::line(icon::STREET))
                        span class="choice-name" { (name) }
                        span class="choice-place" {
                            @if !place.is_empty() { (place) ", " }
                            (Key::ZoekStraat.fill(lang, &[("count", &words::whole(u64::from(*count), lang))]))
                        }
                    }
                }
            }
        }
    }
}

/// The id of an option in the list box.
pub fn option_id(place: usize) -> String {
    format!("zoek-keus-{place}")
}

/// What a screen reader says about the list.
pub fn announcement(choices: &[Choice], lang: Lang) -> String {
    let streets = choices.iter().all(|c| matches!(c, Choice::Street { .. }));
    let count = words::whole(choices.len() as u64, lang);
    match choices.len() {
        0 => Key::ZoekNiets.text(lang).to_owned(),
        1 if streets => Key::ZoekStraatEen.text(lang).to_owned(),
        _ if streets => Key::ZoekStraten.fill(lang, &[("count", &count)]),
        1 => Key::ZoekEen.text(lang).to_owned(),
        _ => Key::ZoekAantal.fill(lang, &[("count", &count)]),
    }
}
