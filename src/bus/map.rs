//! Messages between the city and parts of the page that are loaded when they are needed: overlays, drawing, the place
//! of the camera, a picture. What the page loads first knows none of them, so they cost it nothing.
//!
//! `CustomEvent`s on `window` with a JSON text in `detail`: [`TO_MAP`] holds a [`ToMap`], [`FROM_MAP`] a [`FromMap`], in
//! the outer form of [`crate::bus`]: `{"draw":{"on":true}}`, `"where"`, `{"go":{"camera":{"at":[103900,488400],
//! "distance":250,"heading":0,"tilt":55}}}`. The city listens once it has said [`crate::bus::ToPanel::Ready`].
//!
//! [`PAINT`] is not JSON: its `detail` is an array of `[column, row, Uint8Array]`, with one [`crate::theme::Category`] by
//! its place in the list for each pand, in the order of the tile. A byte that is no category leaves the theme's own. Tiles that are not
//! named keep what they had; an empty array goes back to the theme everywhere. [`PAINT_BESIDE`] is the same for the second
//! of two maps side by side.

use serde::{Deserialize, Serialize};

use crate::geo::{Rd, TileId};
use crate::home::{PandId, codes};
use crate::palette::Surface;

/// The event name of [`ToMap`].
pub const TO_MAP: &str = "gasvrij:to-map";
/// The event name of [`FromMap`].
pub const FROM_MAP: &str = "gasvrij:from-map";
/// The event name of the bytes that colour panden instead of a theme.
pub const PAINT: &str = "gasvrij:paint";
/// The event name of the same for the second of two maps side by side, which has colours of its own.
pub const PAINT_BESIDE: &str = "gasvrij:paint-beside";

/// What such a part asks of the city.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToMap {
    /// Let these panden stand out and fade all others; none takes the highlight away.
    Highlight {
        /// They, by their tile. Tiles may come later.
        panden: Vec<Panden>,
    },
    /// Draw this over the ground, instead of what this overlay held before; nothing takes it away.
    Overlay {
        /// What this overlay is called by who asks: `route`, `clusters`.
        name: String,
        /// What is in it.
        features: Vec<Feature>,
        /// On which of two maps side by side; on both where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        side: Option<Side>,
    },
    /// Show two maps side by side, that look from the same place; or one again, the first.
    Beside {
        /// Whether there are two.
        on: bool,
    },
    /// Show a layer of the map or leave it out.
    Layer {
        /// Which one.
        layer: Layer,
        /// Whether it is shown.
        shown: bool,
    },
    /// While on, the city reports places on the ground ([`FromMap::Ground`]) and picks no panden.
    Draw {
        /// Whether it is on.
        on: bool,
    },
    /// Look from there: a flight, or at once for who wants little motion.
    Go {
        /// Where to.
        camera: Camera,
    },
    /// Show a neighbourhood whole and draw its border, as soon as that is known; none takes the border away.
    Area {
        /// Its code, or its name where it has none.
        area: Option<String>,
    },
    /// Say where the camera is: [`FromMap::Camera`] answers.
    Where,
}

/// Panden of a tile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panden {
    /// The tile.
    pub tile: TileId,
    /// Its panden that are meant.
    pub panden: Vec<PandId>,
}

/// Something that is drawn over the ground.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// What it is.
    pub shape: Form,
    /// Lines; or the rings of an area, the outer one first; or points as lines of one place. RD metres.
    pub at: Vec<Vec<Rd>>,
    /// Its colour.
    pub colour: Surface,
    /// Whether it is planned: a broken line.
    #[serde(default)]
    pub planned: bool,
    /// What is written at it, or nothing.
    #[serde(default)]
    pub label: String,
}

codes! {
    /// What a feature is.
    Form {
        /// A line.
        Line = "line",
        /// An area: its border, and a tint within.
        Area = "area",
        /// A place: a dot that is as large from far as from near.
        Point = "point",
    }
}

codes! {
    /// One of two maps side by side.
    Side {
        /// The left one, or the upper one; also the map where there is one.
        First = "first",
        /// The right one, or the lower one.
        Second = "second",
    }
}

codes! {
    /// What can be switched on and off on the map.
    Layer {
        /// Heat networks.
        HeatNetworks = "warmtenetten",
        /// Areas with a plan.
        PlanAreas = "plangebieden",
        /// Borders of the neighbourhoods.
        Borders = "buurtgrenzen",
        /// Names of streets and neighbourhoods, and house numbers.
        Names = "namen",
    }
}

/// Where the camera is and how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Camera {
    /// What is in the middle, RD metres.
    pub at: Rd,
    /// How far it is from there, metres.
    pub distance: f64,
    /// Which way it looks, degrees: 0 is north, 90 is east.
    pub heading: f64,
    /// How slanting it looks, degrees: 0 is straight down.
    pub tilt: f64,
}

/// What the city tells such a part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FromMap {
    /// The camera came to rest, or somebody asked where it is.
    Camera(Camera),
    /// A place on the ground, while drawing.
    Ground {
        /// What the pointer did there.
        what: Pointing,
        /// RD metres.
        at: Rd,
    },
}

codes! {
    /// What a pointer does while drawing. A drag still moves the map, and is neither.
    Pointing {
        /// It passes; only pointers that can hover.
        Move = "move",
        /// A click, a tap, or Enter for the middle of the map.
        Press = "press",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// The forms that other parts write by hand.
    #[test]
    fn messages_have_the_form_that_is_written_down() {
        let tile = TileId { col: 452, row: 926 };
        let camera = Camera { at: [103_900.0, 488_400.0], distance: 250.0, heading: 0.0, tilt: 55.0 };
        let line = Feature {
            shape: Form::Line,
            at: vec![vec![[1.0, 2.5], [3.0, 4.0]]],
            colour: Surface::PipeMt,
            planned: true,
            label: String::new(),
        };
        for (message, text) in [
            (
                ToMap::Highlight { panden: vec![Panden { tile, panden: vec![PandId(392_100_000_000_001)] }] },
                r#"{"highlight":{"panden":[{"tile":{"col":452,"row":926},"panden":["0392100000000001"]}]}}"#,
            ),
            (
                ToMap::Overlay { name: "route".into(), features: vec![line], side: None },
                r#"{"overlay":{"name":"route","features":[{"shape":"line","at":[[[1.0,2.5],[3.0,4.0]]],"colour":"pipe-mt","planned":true,"label":""}]}}"#,
            ),
            (
                ToMap::Overlay { name: "b".into(), features: Vec::new(), side: Some(Side::Second) },
                r#"{"overlay":{"name":"b","features":[],"side":"second"}}"#,
            ),
            (ToMap::Beside { on: true }, r#"{"beside":{"on":true}}"#),
            (
                ToMap::Layer { layer: Layer::HeatNetworks, shown: false },
                r#"{"layer":{"layer":"warmtenetten","shown":false}}"#,
            ),
            (ToMap::Draw { on: true }, r#"{"draw":{"on":true}}"#),
            (
                ToMap::Go { camera },
                r#"{"go":{"camera":{"at":[103900.0,488400.0],"distance":250.0,"heading":0.0,"tilt":55.0}}}"#,
            ),
            (ToMap::Area { area: Some("BU03920101".into()) }, r#"{"area":{"area":"BU03920101"}}"#),
            (ToMap::Area { area: None }, r#"{"area":{"area":null}}"#),
            (ToMap::Where, r#""where""#),
        ] {
            assert_eq!(serde_json::to_string(&message).unwrap(), text);
            assert_eq!(serde_json::from_str::<ToMap>(text).unwrap(), message);
        }
        for (message, text) in [
            (
                FromMap::Camera(camera),
                r#"{"camera":{"at":[103900.0,488400.0],"distance":250.0,"heading":0.0,"tilt":55.0}}"#,
            ),
            (
                FromMap::Ground { what: Pointing::Press, at: [1.0, 2.0] },
                r#"{"ground":{"what":"press","at":[1.0,2.0]}}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&message).unwrap(), text);
            assert_eq!(serde_json::from_str::<FromMap>(text).unwrap(), message);
        }
    }

    #[test]
    fn what_may_be_left_out_may_be_left_out() {
        let short = r#"{"overlay":{"name":"here","features":[{"shape":"point","at":[[[1,2]]],"colour":"here"}]}}"#;
        let ToMap::Overlay { features, .. } = serde_json::from_str(short).unwrap() else { unreachable!() };
        assert!(!features[0].planned && features[0].label.is_empty());
    }
}
