//! The map's buttons say how the map lies: the needle of the compass points north, and the button for a flat map is
//! pressed while it is flat.

use bevy::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::city::Shared;
use super::screen;
use crate::orbit::Orbit;
use crate::steps::FLAT;

/// The buttons, and how the map lay when they were set.
struct Buttons {
    needle: Option<HtmlElement>,
    flat: Option<Element>,
    set: Option<(i32, bool)>,
}

pub fn plugin(app: &mut App) {
    app.add_systems(Startup, find);
    app.add_systems(Last, set);
}

fn find(world: &mut World) {
    let first = |selector: &str| screen::document().and_then(|d| d.query_selector(selector).ok().flatten());
    // Only its style is set, and pictures have one as other elements do.
    let needle = first("[data-step=north] svg").map(JsCast::unchecked_into);
    world.insert_non_send(Buttons { needle, flat: first("[data-step=flat]"), set: None });
}

fn set(city: NonSend<Shared>, mut buttons: NonSendMut<Buttons>) {
    let Orbit { heading, tilt, .. } = city.borrow().view;
    let lies = (-heading.to_degrees().round() as i32, tilt < FLAT);
    if buttons.set.replace(lies) == Some(lies) {
        return;
    }
    // A property and an attribute of these names are always taken.
    if let Some(needle) = &buttons.needle {
        drop(needle.style().set_property("rotate", &format!("{}deg", lies.0)));
    }
    if let Some(flat) = &buttons.flat {
        drop(flat.set_attribute("aria-pressed", if lies.1 { "true" } else { "false" }));
    }
}
