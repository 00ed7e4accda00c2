//! The messages between the panel and the city: `CustomEvent`s on `window` with a JSON text in `detail`.
//!
//! `"ready"` or `{"failed":{"reason":"panic"}}`: the outer form is the one that costs the page least code.
//! Lasting state is only in the URL hash ([`crate::link`]); these are the momentary things.

use serde::{Deserialize, Serialize};

use crate::geo::{Rd, TileId};
use crate::home::PandId;
use crate::theme::Theme;

/// The event name of [`ToCity`].
pub const TO_CITY: &str = "gasvrij:to-city";
/// The event name of [`ToPanel`].
pub const TO_PANEL: &str = "gasvrij:to-panel";

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

/// A map button. Each gesture has one, so that nobody needs a mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CameraStep {
    /// Closer.
    ZoomIn,
    /// Further.
    ZoomOut,
    /// Turn the view to the left.
    TurnLeft,
    /// Turn the view to the right.
    TurnRight,
    /// Look more from above.
    TiltUp,
    /// Look more along the ground.
    TiltDown,
    /// North up.
    North,
    /// The whole town.
    Whole,
}

/// What the city tells the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToPanel {
    /// The city runs and listens.
    Ready,
    /// Tiles on screen, of all.
    Progress {
        /// Shown.
        shown: u32,
        /// In the data set.
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
    /// Polygons that could not be cut into triangles and are drawn as their hull.
    Hulls {
        /// How many in all.
        count: u32,
    },
    /// The city cannot go on; the page does.
    Failed {
        /// A sentence.
        reason: String,
    },
}
