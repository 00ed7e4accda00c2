//! The city's end of the bus: events on `window` with a JSON text.

use gasvrij3d::bus::{SHOWN, STAGE, STOP_CITY, TO_CITY, TO_PANEL, ToCity, ToPanel};
use web_sys::{AddEventListenerOptions, CustomEvent, CustomEventInit, Event};

use super::city::Shared;
use super::{listen as keep, loader, screen, wake};
use crate::steps::Step;

/// Tells the panel.
pub fn send(news: &ToPanel) {
    tell(TO_PANEL, &serde_json::to_string(news).unwrap_or_default());
}

/// Sends a text as an event of this name. Without a page there is nobody to tell.
pub fn tell(name: &str, text: &str) {
    if wake::is_stopped() {
        return;
    }
    let init = CustomEventInit::new();
    init.set_detail(&text.into());
    if let (Some(window), Ok(event)) = (web_sys::window(), CustomEvent::new_with_event_init_dict(name, &init)) {
        // It fails only for an event that is on its way already.
        drop(window.dispatch_event(&event));
    }
}

/// Looks at what the page shows already, before anything is fetched.
pub fn begin(city: &Shared) {
    let stage = screen::document().and_then(|document| document.get_element_by_id(STAGE));
    if let Some(text) = stage.and_then(|stage| stage.get_attribute(SHOWN)) {
        hear(city, &text);
    }
}

/// Does what the panel asks.
pub fn listen(city: &Shared) {
    let Some(window) = web_sys::window() else { return };
    let stopped = city.clone();
    keep(&window, STOP_CITY, &AddEventListenerOptions::new(), move |_: Event| {
        wake::stop();
        // Where it broke down in the middle of something, its state is not to be touched.
        if let Ok(mut city) = stopped.try_borrow_mut() {
            city.end();
        }
    });
    let city = city.clone();
    keep(&window, TO_CITY, &AddEventListenerOptions::new(), move |event: CustomEvent| {
        if wake::is_stopped() {
            return;
        }
        hear(&city, &event.detail().as_string().unwrap_or_default());
    });
}

fn hear(city: &Shared, text: &str) {
    match serde_json::from_str::<ToCity>(text) {
        Ok(wish) => grant(city, &wish),
        Err(e) => web_sys::console::warn_1(&format!("the city does not understand `{text}`: {e}").into()),
    }
}

fn grant(shared: &Shared, wish: &ToCity) {
    let mut city = shared.borrow_mut();
    match *wish {
        ToCity::Show { at, pand, tile } => {
            city.show(at, tile, pand);
            drop(city);
            loader::pump(shared);
        }
        ToCity::Unselect => city.select(None),
        ToCity::Colour { theme } => city.colour(theme),
        ToCity::Camera { step } => city.step(Step::Camera(step)),
        ToCity::Retry => {
            city.queue.retry_now();
            drop(city);
            loader::pump(shared);
        }
    }
}
