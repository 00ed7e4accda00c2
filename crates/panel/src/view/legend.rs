//! The legend of the map: by what the homes are coloured, and what each colour means.

use gasvrij3d::text::{Key, Lang};
use gasvrij3d::theme::Theme;
use maud::{Markup, html};

use super::icon;
use crate::words;

/// The legend.
pub fn legend(theme: Theme, lang: Lang) -> Markup {
    html! {
        label for="thema" { (Key::LegendaThema.text(lang)) }
        select id="thema" {
            @for (i, choice) in Theme::ALL.iter().enumerate() {
                option value=(i) selected[*choice == theme] { (words::theme(*choice, lang)) }
            }
        }
        ul class="legend-list" {
            @for &category in theme.categories() {
                li { (icon::swatch(category)) span { (words::category(category, lang)) } }
            }
        }
        p class="hint" { (Key::LegendaUitleg.text(lang)) }
    }
}
