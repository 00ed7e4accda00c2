//! The colour of a pand as the screen shows it, by its byte: that of its category, faded where others stand out, lighter under
//! the pointer; and the pattern of its roof. Pure.

use gasvrij3d::palette::{Rgb, Surface, palette};
use gasvrij3d::theme::Category;

use crate::paint::FADED;

/// sRGB; the last is the pattern by its place in the list, and [`LIGHT`] more where its lines are white. The shaders know it too.
pub type Ink = [u8; 4];

/// A pattern in white, on a colour that black would not be seen on.
const LIGHT: u8 = 16;
/// Colours darker than this have such a pattern, whichever side of the roof they are on.
const DEEP: f32 = 0.54;
/// How far a faded pand fades into the paper of the map.
const FADES: f32 = 0.86;
/// How much of its colour is in the house under the pointer.
const HOVER: f32 = 0.62;
/// Room for categories; the shaders know none.
const CATEGORIES: usize = Category::ALL.len();

/// The colours of all categories.
#[derive(Clone, Debug)]
pub struct Inks {
    strong: [Ink; CATEGORIES],
    faded: [Ink; CATEGORIES],
}

impl Inks {
    /// Those of the palette, on a map whose surfaces have these colours.
    pub fn new(surface: impl Fn(Surface) -> Rgb) -> Self {
        let palette = palette();
        let plain = surface(Surface::Building);
        let strong = std::array::from_fn(|i| {
            let style = palette.style(Category::ALL[i]);
            let colour = if Category::ALL[i] == Category::GeenWoning { plain } else { style.colour };
            with(colour, style.hatch as u8 | if luminance(style.colour) < DEEP { LIGHT } else { 0 })
        });
        let faded = strong.map(|[r, g, b, _]| with(mixed([r, g, b], plain, FADES), 0));
        Self { strong, faded }
    }

    /// The colour of a byte of [`crate::paint`].
    pub fn of(&self, byte: u8) -> Ink {
        let inks = if byte & FADED == 0 { &self.strong } else { &self.faded };
        inks[usize::from(byte & !FADED).min(CATEGORIES - 1)]
    }
}

/// A colour under the pointer.
pub fn pointed([r, g, b, pattern]: Ink) -> Ink {
    with(mixed([r, g, b], palette().surface(Surface::Hover), HOVER), pattern)
}

const fn with([r, g, b]: Rgb, last: u8) -> Ink {
    [r, g, b, last]
}

fn mixed(from: Rgb, to: Rgb, share: f32) -> Rgb {
    std::array::from_fn(|k| (f32::from(from[k]) + (f32::from(to[k]) - f32::from(from[k])) * share).round() as u8)
}

fn luminance(colour: Rgb) -> f32 {
    let [r, g, b] = colour.map(|v| f32::from(v) / 255.0);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inks() -> Inks {
        Inks::new(|surface| palette().surface(surface))
    }

    #[test]
    fn each_category_has_the_colour_of_the_legend() {
        for (byte, &category) in (0..).zip(Category::ALL) {
            let [r, g, b, _] = inks().of(byte);
            let legend = palette().style(category).colour;
            let expected = if category == Category::GeenWoning { palette().surface(Surface::Building) } else { legend };
            assert_eq!([r, g, b], expected, "{category:?}");
        }
    }

    #[test]
    fn what_is_faded_is_nearly_plain_and_has_no_pattern() {
        let plain = palette().surface(Surface::Building);
        for byte in 0..Category::ALL.len() as u8 {
            let [faded @ .., pattern] = inks().of(byte | FADED);
            assert_eq!(pattern, 0);
            assert!((0..3).all(|k| faded[k].abs_diff(plain[k]) <= 36), "{byte}: {faded:?}");
        }
    }

    #[test]
    fn a_pattern_is_light_on_a_dark_colour_only() {
        for byte in 0..Category::ALL.len() as u8 {
            let [r, g, b, pattern] = inks().of(byte);
            assert_eq!(pattern >= LIGHT, luminance([r, g, b]) < DEEP, "{byte}");
        }
    }

    #[test]
    fn under_the_pointer_a_house_keeps_its_pattern_and_changes_its_colour() {
        for byte in 0..Category::ALL.len() as u8 {
            let ink = inks().of(byte);
            assert_ne!(pointed(ink)[..3], ink[..3]);
            assert_eq!(pointed(ink)[3], ink[3]);
        }
    }

    #[test]
    fn a_byte_that_means_nothing_has_a_colour_all_the_same() {
        assert_eq!(inks().of(99), inks().of(CATEGORIES as u8 - 1));
    }
}
