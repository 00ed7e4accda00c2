//! The legend of the map: by what the homes are coloured, and what each colour means.

use gasvrij3d::palette::Surface;
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::theme::Theme;
use maud::{Markup, html};

use super::icon;
use crate::words;

/// The lines on the map, and whether they are always broken ones.
const LINES: [(Surface, bool); 5] = [
    (Surface::PipeMt, false),
    (Surface::PipeLt, false),
    (Surface::PipeZlt, false),
    (Surface::PipePlanned, false),
    (Surface::PlanArea, true),
];

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
        details class="legend-lines" {
            summary { (Key::LegendaLijnen.text(lang)) }
            ul class="legend-list" {
                @for (surface, is_broken) in LINES {
                    li { (icon::stroke(surface, is_broken)) span { (words::line(surface, lang)) } }
                }
            }
            p class="hint" { (Key::LijnGepland.text(lang)) }
        }
    }
}
