//! What the map is asked to show. It is kept on the page itself, so that every part of it knows, also before the map is there.

use std::rc::Rc;

use gasvrij3d::bus::map::{TO_MAP, ToMap};
use gasvrij3d::bus::{self, CameraStep, SHOWN, ToCity, ToPanel};
use web_sys::{CustomEvent, Element};

use crate::dom;

/// The element around the map, whose `data-kaart` says how it fares.
pub use gasvrij3d::bus::STAGE;
fn stage() -> Option<Element> {
    dom::by_id(STAGE)
}

/// Whether there is a map to look at.
pub fn is_running() -> bool {
    stage().and_then(|e| e.get_attribute("data-kaart")).as_deref() == Some("loopt")
}

/// Asks the map for something, where it is there.
pub fn send(message: &ToCity) {
    if is_running() {
        dom::send(bus::TO_CITY, &message.write());
    }
}

/// Asks the map for something that only later parts ask for, where it is there.
pub fn ask(message: &ToMap) {
    if is_running() {
        // A tree of numbers and words can always be written.
        dom::send(TO_MAP, &serde_json::to_string(message).unwrap_or_default());
    }
}

/// Has a part of the page tell each map that has just come what it shows: such a map knows nothing of it yet.
pub fn when_it_comes(tell: impl Fn() + 'static) {
    let Some(window) = dom::window() else { return };
    let tell = Rc::new(tell);
    dom::listen::<CustomEvent>(&window, bus::TO_PANEL, move |event| {
        if ToPanel::read(&event.detail().as_string().unwrap_or_default()) == Ok(ToPanel::Ready) {
            let tell = tell.clone();
            // The panel hears it too, and marks the map as running.
            dom::later(0, move || tell());
        }
    });
}

/// Looks at the whole town, as a page about all of it does for who has just come there.
pub fn whole() {
    send(&ToCity::Camera { step: CameraStep::Whole });
}

/// Shows a building on the map.
pub fn show(show: &ToCity) {
    let Some(stage) = stage() else { return };
    let message = show.write();
    // Another page of the same home: whoever looked around on the map stays where they are.
    if stage.get_attribute(SHOWN).as_deref() != Some(&message) {
        dom::set(&stage, SHOWN, &message);
        send(show);
    }
}

/// Shows nothing in particular any more.
pub fn unselect() {
    let Some(stage) = stage().filter(|e| e.has_attribute(SHOWN)) else { return };
    dom::unset(&stage, SHOWN);
    send(&ToCity::Unselect);
}

/// Asks once more for what is shown, for a map that has just come.
pub fn remind() {
    if let Some(message) = stage().and_then(|e| e.get_attribute(SHOWN)) {
        dom::send(bus::TO_CITY, &message);
    }
}

/// Looks at what is shown once more: the home is in the middle, and the map draws, also where nothing has changed.
pub fn show_again() {
    if is_running() {
        send(&ToCity::Unselect);
        remind();
    }
}
