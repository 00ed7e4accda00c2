//! Small drawings. Each stands beside its word, so screen readers skip them.

use gasvrij3d::palette::{Rgb, Surface, palette};
use gasvrij3d::theme::Category;
use maud::{Markup, html};

/// A drawing of lines in the colour of the text.
pub fn line(path: &str) -> Markup {
    html! {
        svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false" {
            path d=(path) {}
        }
    }
}

/// An arrow to the left.
pub const BACK: &str = "M15 5l-7 7 7 7";
/// A pointer downwards, for what can be opened.
pub const OPEN: &str = "M6 9l6 6 6-6";
/// A house.
pub const HOUSE: &str = "M4 11.5L12 5l8 6.5M6.5 10v9h11v-9M10 19v-5h4v5";
/// A road between houses.
pub const STREET: &str = "M8 4L6 20M16 4l2 16M12 5v3M12 11v3M12 17v3";
/// A sheet with dates.
pub const PLAN: &str = "M5 6.5h14V19H5zM5 10.5h14M9 4v4M15 4v4";
/// An exclamation mark in a triangle.
pub const WARN: &str = "M12 4.5l8.5 15h-17zM12 10v4.5M12 17v.2";

/// The sign of a category, on 24 by 24.
const fn sign(category: Category) -> &'static str {
    match category {
        Category::GeenWoning => "",
        Category::Onbekend => "M9 9.2a3 3 0 1 1 4.2 2.7c-.8.4-1.2.9-1.2 1.9M12 17.3v.2",
        Category::Warmtenet => "M4 14h9a3 3 0 0 0 3-3V6M4 9h6M20 6h-8M8 14v4",
        Category::Bronnet => "M4 9c2.7-2 5.3 2 8 0s5.3-2 8 0M4 15c2.7-2 5.3 2 8 0s5.3-2 8 0",
        Category::Luchtwarmtepomp => "M12 12V6.5M12 12l4.8 2.8M12 12l-4.8 2.8M12 4.2a7.8 7.8 0 1 0 .01 0",
        Category::Bodem => "M8 12V5h8v7M4 12h16M12 12v7M9 16l3 3 3-3",
        Category::Hybride => "M5 12h14M12 5v14",
        Category::Maatwerk => "M10.5 5a5.5 5.5 0 1 0 .01 0M14.6 14.6L19 19",
        Category::Geschikt => "M6 12.5l4 4 8-9",
        Category::NaStap => "M5 17h4.7v-4.5h4.6V8H19",
        Category::Mogelijk => "M5 13.5c2.5-4.5 5-2.5 7-1s4.5 3 7-1.5",
        Category::Ongeschikt => "M7 7l10 10M17 7L7 17",
        Category::NietBeschikbaar => "M6 12h12",
    }
}

/// The colour of a category with its sign: the same on the card, in the legend and, as a colour, on the map.
pub fn swatch(category: Category) -> Markup {
    let style = palette().style(category);
    let ink = if luminance(style.colour) > 0.4 { "#1d1b18" } else { "#ffffff" };
    let outline = style.outline.unwrap_or(style.colour);
    html! {
        svg class="swatch" viewBox="0 0 24 24" aria-hidden="true" focusable="false" {
            rect x="1" y="1" width="22" height="22" rx="5" fill=(hex(style.colour)) stroke=(hex(outline)) stroke-width="1.5" {}
            path d=(sign(category)) fill="none" stroke=(ink) stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" {}
        }
    }
}

/// A line on the map.
pub fn stroke(surface: Surface, is_broken: bool) -> Markup {
    let path = if is_broken { "M1 12h6M9.5 12h5M17 12h6" } else { "M1 12h22" };
    html! {
        svg class="swatch" viewBox="0 0 24 24" aria-hidden="true" focusable="false" {
            path d=(path) fill="none" stroke=(hex(palette().surface(surface))) stroke-width="4" {}
        }
    }
}

/// `#A81D00`.
pub fn hex(colour: Rgb) -> String {
    let [r, g, b] = colour;
    format!("#{r:02X}{g:02X}{b:02X}")
}

fn luminance(colour: Rgb) -> f64 {
    // The square is near enough to the curve of the screen to choose between two inks.
    let linear = |channel: u8| (f64::from(channel) / 255.0).powi(2);
    0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}
