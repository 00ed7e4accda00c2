//! The colours of the map and its legend, from `data/palette.toml`: each category and each surface has one.

use crate::home::codes;
use crate::theme::Category;
use crate::tile::{GreenClass, RailClass, RoadClass};

/// An sRGB colour, one byte a channel.
pub type Rgb = [u8; 3];

codes! {
    /// What is coloured but says nothing about heating.
    Surface {
        /// Bare ground, the paper of the map.
        Ground = "ground",
        /// What lies behind the horizon.
        Sky = "sky",
        /// Water.
        Water = "water",
        /// The edge of water.
        WaterEdge = "water-edge",
        /// Park.
        Park = "park",
        /// Grass.
        Grass = "grass",
        /// Wood.
        Wood = "wood",
        /// Garden.
        Garden = "garden",
        /// Sports pitch.
        Pitch = "pitch",
        /// Cemetery.
        Cemetery = "cemetery",
        /// Farmland.
        Farmland = "farmland",
        /// Sand.
        Sand = "sand",
        /// Square and other paved ground.
        Paved = "paved",
        /// Quay.
        Quay = "quay",
        /// Green of no known kind.
        Green = "green",
        /// Motorway and main road.
        RoadWide = "road-wide",
        /// Street.
        Road = "road",
        /// The edge of a road.
        RoadEdge = "road-edge",
        /// Cycle path and footpath.
        Path = "path",
        /// Railway.
        Rail = "rail",
        /// Tramway.
        Tram = "tram",
        /// A building before its colour is known.
        Building = "building",
        /// Where roof and wall meet.
        RoofEdge = "roof-edge",
        /// The building that is shown on the card.
        Selected = "selected",
        /// The line around it.
        SelectedEdge = "selected-edge",
        /// The building under the pointer.
        Hover = "hover",
        /// Heat network of medium temperature.
        PipeMt = "pipe-mt",
        /// Heat network of low temperature.
        PipeLt = "pipe-lt",
        /// Source network.
        PipeZlt = "pipe-zlt",
        /// Heat network of which the temperature is not known.
        PipePlanned = "pipe-planned",
        /// The light line on both sides of a pipe.
        PipeEdge = "pipe-edge",
        /// The border of a plan area.
        PlanArea = "plan-area",
        /// The border of a neighbourhood.
        Border = "border",
        /// A group of homes that could share a small heat network.
        Cluster = "cluster",
        /// A line that is being drawn.
        Route = "route",
        /// Where the visitor is.
        Here = "here",
    }
}

codes! {
    /// The pattern beside a colour, for who does not see colours or prints in grey.
    Hatch {
        /// Plain.
        Solid = "solid",
        /// Dots.
        Dots = "dots",
        /// Slanting lines.
        Diagonal = "diagonal",
        /// Level lines.
        Horizontal = "horizontal",
        /// Upright lines.
        Vertical = "vertical",
        /// Crossed slanting lines.
        Cross = "cross",
    }
}

/// How a category looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Its colour.
    pub colour: Rgb,
    /// The line around it, where the colour alone has too little contrast.
    pub outline: Option<Rgb>,
    /// Its pattern.
    pub hatch: Hatch,
}

/// What is shown where a colour is missing. A test keeps it from ever being seen.
const MISSING: Style = Style { colour: [189, 189, 189], outline: None, hatch: Hatch::Solid };

// `static CATEGORIES`, `static SIGNS`, `static SURFACES` and `static DARK`, made by build.rs.
include!(concat!(env!("OUT_DIR"), "/palette.rs"));

/// All colours.
#[derive(Clone, Copy, Debug)]
pub struct Palette;

/// The project's colours.
pub const fn palette() -> Palette {
    Palette
}

/// The colour of a surface on a dark map. Only the city asks for it.
pub fn dark(surface: Surface) -> Rgb {
    of(&DARK, surface.code()).unwrap_or_else(|| palette().surface(surface))
}

/// The sign of a category, an area on a square of 24 as an SVG path; empty for what has none. Only the page asks for it.
pub fn sign(category: Category) -> &'static str {
    of(&SIGNS, category.code()).unwrap_or_default()
}

/// What stands in a table under a code.
fn of<T: Copy>(table: &[(&str, T)], code: &str) -> Option<T> {
    table.iter().find(|(known, _)| *known == code).map(|(_, value)| *value)
}

impl Palette {
    /// The colour of a category.
    ///
    /// ```
    /// use gasvrij3d::{palette::palette, theme::Category};
    /// assert_eq!(palette().category(Category::Geschikt), [0x35, 0x77, 0x59]);
    /// ```
    pub fn category(self, category: Category) -> Rgb {
        self.style(category).colour
    }

    /// The colour, outline and pattern of a category.
    pub fn style(self, category: Category) -> Style {
        of(&CATEGORIES, category.code()).unwrap_or(MISSING)
    }

    /// The colour of a surface.
    pub fn surface(self, surface: Surface) -> Rgb {
        of(&SURFACES, surface.code()).unwrap_or(MISSING.colour)
    }
}

impl Surface {
    /// The surface of a kind of green.
    pub const fn of_green(class: GreenClass) -> Self {
        match class {
            GreenClass::Park => Self::Park,
            GreenClass::Grass => Self::Grass,
            GreenClass::Wood => Self::Wood,
            GreenClass::Garden => Self::Garden,
            GreenClass::Pitch => Self::Pitch,
            GreenClass::Cemetery => Self::Cemetery,
            GreenClass::Farmland => Self::Farmland,
            GreenClass::Sand => Self::Sand,
            GreenClass::Paved => Self::Paved,
            GreenClass::Quay => Self::Quay,
            GreenClass::Other => Self::Green,
        }
    }

    /// The surface of a kind of road.
    pub const fn of_road(class: RoadClass) -> Self {
        match class {
            RoadClass::Motorway | RoadClass::Main => Self::RoadWide,
            RoadClass::Secondary | RoadClass::Street | RoadClass::Service => Self::Road,
            RoadClass::Cycle | RoadClass::Foot => Self::Path,
        }
    }

    /// The surface of a kind of railway.
    pub const fn of_rail(class: RailClass) -> Self {
        match class {
            RailClass::Rail => Self::Rail,
            RailClass::Tram => Self::Tram,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::theme::Theme;

    fn linear(channel: u8) -> f64 {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    }

    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let luminance = |c: Rgb| 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        a.max(b) / a.min(b)
    }

    /// Oklab: equal steps look about equally different; a just visible one is about 0.02.
    fn oklab(c: Rgb) -> [f64; 3] {
        let [r, g, b] = c.map(linear);
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        [
            0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
            0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
        ]
    }

    fn distance(a: Rgb, b: Rgb) -> f64 {
        oklab(a).iter().zip(oklab(b)).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    }

    #[test]
    fn every_category_and_surface_has_a_colour_and_every_colour_is_of_one() {
        for category in Category::ALL {
            assert!(of(&CATEGORIES, category.code()).is_some(), "no colour for {}", category.code());
        }
        for surface in Surface::ALL {
            assert!(of(&SURFACES, surface.code()).is_some(), "no colour for {}", surface.code());
        }
        assert!(CATEGORIES.iter().all(|(code, _)| Category::from_code(code).is_some()));
        assert!(SURFACES.iter().all(|(code, _)| Surface::from_code(code).is_some()));
    }

    #[test]
    fn two_categories_of_one_theme_never_look_alike() {
        for theme in Theme::ALL {
            for (i, &a) in theme.categories().iter().enumerate() {
                for &b in &theme.categories()[i + 1..] {
                    let far = distance(palette().category(a), palette().category(b));
                    assert!(far > 0.09, "{} and {} differ by only {far:.3}", a.code(), b.code());
                }
            }
        }
    }

    #[test]
    fn two_categories_of_one_theme_never_have_colour_and_pattern_alike() {
        for theme in Theme::ALL {
            let mut seen = std::collections::BTreeSet::new();
            for &category in theme.categories() {
                let style = palette().style(category);
                assert!(seen.insert((style.colour, style.hatch)), "{}", category.code());
            }
        }
    }

    #[test]
    fn every_category_stands_out_from_the_ground_or_has_an_outline_that_does() {
        let ground = palette().surface(Surface::Ground);
        for &category in Category::ALL {
            let style = palette().style(category);
            let seen = style.outline.unwrap_or(style.colour);
            assert!(contrast(seen, ground) >= 3.0, "{}: {:.2}", category.code(), contrast(seen, ground));
        }
    }

    #[test]
    fn what_is_no_category_never_looks_like_one() {
        for &surface in &[Surface::Ground, Surface::Water, Surface::Park, Surface::Grass, Surface::Road] {
            for &category in Category::ALL.iter().filter(|&&c| c != Category::GeenWoning && c != Category::Onbekend) {
                let far = distance(palette().surface(surface), palette().category(category));
                assert!(far > 0.15, "{} and {}: {far:.3}", surface.code(), category.code());
            }
        }
    }

    #[test]
    fn each_category_of_a_home_has_a_sign_of_its_own_that_stays_on_its_square() {
        let mut seen = std::collections::BTreeSet::new();
        for category in Category::ALL.iter().filter(|category| **category != Category::GeenWoning) {
            let drawn = sign(*category);
            assert!(drawn.starts_with('m') && seen.insert(drawn), "{category:?}: {drawn}");
            let mut at = [0.0, 0.0];
            for step in drawn.split(|c: char| c.is_ascii_alphabetic()).skip(1) {
                let numbers = step.replace('-', " -");
                let numbers: Vec<f64> = numbers.split_whitespace().map(|v| v.parse().unwrap()).collect();
                at = [at[0] + numbers[numbers.len() - 2], at[1] + numbers[numbers.len() - 1]];
                assert!(at.iter().all(|v| (0.0..=24.0).contains(v)), "{category:?}: {at:?} in {drawn}");
            }
        }
        assert_eq!(sign(Category::GeenWoning), "");
    }

    #[test]
    fn on_a_dark_map_nothing_looks_like_a_category_and_every_roof_has_an_edge_that_is_seen() {
        assert!(contrast(dark(Surface::RoofEdge), dark(Surface::Ground)) >= 3.0);
        for (code, colour) in DARK.iter().filter(|(code, _)| *code != Surface::RoofEdge.code()) {
            assert!(Surface::from_code(code).is_some(), "{code}");
            for &category in Category::ALL.iter().filter(|&&c| c != Category::GeenWoning) {
                let far = distance(*colour, palette().category(category));
                assert!(far > 0.085, "{code} and {}: {far:.3}", category.code());
            }
        }
        assert_eq!(dark(Surface::PipeMt), palette().surface(Surface::PipeMt));
    }
}
