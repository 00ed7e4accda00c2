//! Small drawings. Each stands beside its word, so screen readers skip them.

use gasvrij3d::palette::{Rgb, Surface, palette, sign};
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

/// The colour of a category with its sign: the same on the card, in the legend and, as a colour, on the map.
pub fn swatch(category: Category) -> Markup {
    let style = palette().style(category);
    let ink = if luminance(style.colour) > 0.4 { "#1d1b18" } else { "#ffffff" };
    let outline = style.outline.unwrap_or(style.colour);
    html! {
        svg class="swatch" viewBox="0 0 24 24" aria-hidden="true" focusable="false" {
            rect x="1" y="1" width="22" height="22" rx="5" fill=(hex(style.colour)) stroke=(hex(outline)) stroke-width="1.5" {}
            path d=(sign(category)) fill=(ink) {}
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
