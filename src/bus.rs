//! The messages between the panel and the city: `CustomEvent`s on `window` with a JSON text in `detail`.
//!
//! `"ready"` or `{"failed":{"reason":"panic"}}`: the outer form is the one that costs the page least code.
//! The page writes and reads them by hand: code that is made for each type is too much for what it loads first.
//! Lasting state is only in the URL hash ([`crate::link`]); these are the momentary things.

pub mod map;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::geo::{Rd, TileId};
use crate::home::{PandId, codes};
use crate::json::Json;
use crate::letters::decimal;
use crate::theme::Theme;

/// The event name of [`ToCity`].
pub const TO_CITY: &str = "gasvrij:to-city";
/// The event name of [`ToPanel`].
pub const TO_PANEL: &str = "gasvrij:to-panel";

/// The event by which the loader ends a city that broke down, before it begins another (`assets/boot.js`): that one says nothing
/// any more.
pub const STOP_CITY: &str = "gasvrij:stop-city";

/// The element around the map.
pub const STAGE: &str = "toneel";
/// Its attribute with what the map shows, as a [`ToCity`]: so that a map that comes knows it before it fetches anything.
pub const SHOWN: &str = "data-toont";

/// What the page asks of the city.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToCity {
    /// Fly to a place and outline the building there.
    Show {
        /// RD metres.
        at: Rd,
        /// The building to outline.
        pand: PandId,
        /// The tile it is in.
        tile: TileId,
    },
    /// Nothing is selected any more.
    Unselect,
    /// Colour the homes by this.
    Colour {
        /// By what.
        theme: Theme,
    },
    /// A press on a map button.
    Camera {
        /// Which one.
        step: CameraStep,
    },
    /// Try the missing parts again now.
    Retry,
}

codes! {
    /// A map button. Each gesture has one, so that nobody needs a mouse.
    CameraStep {
        /// Closer.
        ZoomIn = "zoom-in",
        /// Further.
        ZoomOut = "zoom-out",
        /// Turn the view to the left.
        TurnLeft = "turn-left",
        /// Turn the view to the right.
        TurnRight = "turn-right",
        /// Look more from above.
        TiltUp = "tilt-up",
        /// Look more along the ground.
        TiltDown = "tilt-down",
        /// North up.
        North = "north",
        /// The whole town.
        Whole = "whole",
        /// From slanting to straight from above, and back.
        Flat = "flat",
    }
}

/// What the city tells the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToPanel {
    /// The city runs and listens.
    Ready,
    /// Tiles that are there, of those in sight.
    Progress {
        /// There.
        shown: u32,
        /// In sight.
        total: u32,
    },
    /// A building was clicked.
    Picked {
        /// The building.
        pand: PandId,
        /// Its tile.
        tile: TileId,
    },
    /// A click on no building.
    PickedNothing,
    /// A part is missing, and is tried again.
    TileMissing {
        /// Which one.
        tile: TileId,
        /// What people call the place.
        name: String,
        /// Why, as a sentence with the file.
        reason: String,
        /// Seconds until the next try.
        retry_in_s: u32,
    },
    /// A missing part has come.
    TileBack {
        /// Which one.
        tile: TileId,
    },
    /// What could not be drawn as it was given.
    Faults {
        /// Polygons that are drawn as their hull.
        hulls: u32,
        /// Lines and polygons that are left out.
        skipped: u32,
    },
    /// The city cannot go on; the page does.
    Failed {
        /// A sentence.
        reason: String,
    },
}

impl ToCity {
    /// The text of this message.
    pub fn write(&self) -> String {
        match self {
            Self::Show { at, pand, tile } => {
                let [x, y] = at.map(|metres| decimal(metres, 2));
                let TileId { col, row } = tile;
                format!(r#"{{"show":{{"at":[{x},{y}],"pand":"{pand}","tile":{{"col":{col},"row":{row}}}}}}}"#)
            }
            Self::Unselect => r#""unselect""#.to_owned(),
            Self::Colour { theme: Theme::Best } => r#"{"colour":{"theme":"best"}}"#.to_owned(),
            Self::Colour { theme: Theme::Verdict(option) } => {
                format!(r#"{{"colour":{{"theme":{{"verdict":"{}"}}}}}}"#, option.code())
            }
            Self::Camera { step } => format!(r#"{{"camera":{{"step":"{}"}}}}"#, step.code()),
            Self::Retry => r#""retry""#.to_owned(),
        }
    }
}

impl ToPanel {
    /// Reads the text of a message.
    pub fn read(text: &str) -> Result<Self> {
        let json = Json::parse(text.as_bytes())?;
        let (name, at) = match (json.as_text(), json.as_fields()) {
            (Some(name), _) => (name, &json),
            (None, Some([(name, at)])) => (name.as_ref(), at),
            _ => return Err(Error::new("it is no message")),
        };
        let tile = || -> Result<TileId> {
            let tile = at.field("tile")?;
            Ok(TileId { col: tile.whole("col")?, row: tile.whole("row")? })
        };
        Ok(match name {
            "ready" => Self::Ready,
            "progress" => Self::Progress { shown: at.whole("shown")?, total: at.whole("total")? },
            "picked" => Self::Picked { pand: at.text("pand")?.parse()?, tile: tile()? },
            "picked-nothing" => Self::PickedNothing,
            "tile-missing" => Self::TileMissing {
                tile: tile()?,
                name: at.text("name")?.to_owned(),
                reason: at.text("reason")?.to_owned(),
                retry_in_s: at.whole("retry_in_s")?,
            },
            "tile-back" => Self::TileBack { tile: tile()? },
            "faults" => Self::Faults { hulls: at.whole("hulls")?, skipped: at.whole("skipped")? },
            "failed" => Self::Failed { reason: at.text("reason")?.to_owned() },
            other => return Err(Error::new(format!("there is no message `{other}`"))),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::verdict::HeatOption;

    #[test]
    fn the_city_reads_what_the_page_writes() {
        let tile = TileId { col: 452, row: 926 };
        let pand = PandId(392_100_000_000_001);
        let steps = CameraStep::ALL.iter().map(|step| ToCity::Camera { step: *step });
        let themes = HeatOption::ALL.iter().map(|option| ToCity::Colour { theme: Theme::Verdict(*option) });
        let others = [
            ToCity::Show { at: [103_999.05, -4.5], pand, tile },
            ToCity::Unselect,
            ToCity::Retry,
            ToCity::Colour { theme: Theme::Best },
        ];
        for message in steps.chain(themes).chain(others) {
            assert_eq!(serde_json::from_str::<ToCity>(&message.write()).unwrap(), message);
        }
    }

    #[test]
    fn the_page_reads_what_the_city_writes() {
        let tile = TileId { col: 452, row: 926 };
        let (name, reason) = ("Oude Stad".to_owned(), "\"tiles/a.mvt\": 404 – é".to_owned());
        for message in [
            ToPanel::Ready,
            ToPanel::Progress { shown: 3, total: 12 },
            ToPanel::Picked { pand: PandId(392_100_000_000_001), tile },
            ToPanel::PickedNothing,
            ToPanel::TileMissing { tile, name, reason: reason.clone(), retry_in_s: 4 },
            ToPanel::TileBack { tile },
            ToPanel::Faults { hulls: 2, skipped: 1 },
            ToPanel::Failed { reason },
        ] {
            assert_eq!(ToPanel::read(&serde_json::to_string(&message).unwrap()).unwrap(), message);
        }
        for wrong in ["", "{}", "\"unknown\"", "{\"progress\":{\"shown\":-1,\"total\":2}}", "[1]"] {
            assert!(ToPanel::read(wrong).is_err(), "{wrong}");
        }
    }
}
