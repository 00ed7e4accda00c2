//! The switches of the legend: which layers of the map are shown. They are ordinary boxes on the page; what they show is
//! the city's affair alone.

use gasvrij3d::bus::map::Layer;
use wasm_bindgen::JsCast;
use web_sys::{AddEventListenerOptions, Element, Event, HtmlInputElement};

use super::city::{City, Shared};
use super::{listen as keep, screen};

/// The attribute that says which layer a box switches.
const LAYER: &str = "data-laag";

/// Takes over how the boxes stand, and listens to them.
pub fn listen(shared: &Shared) {
    let Some(document) = screen::document() else { return };
    if let Ok(boxes) = document.query_selector_all(&format!("[{LAYER}]")) {
        for i in 0..boxes.length() {
            if let Some(Ok(element)) = boxes.item(i).map(wasm_bindgen::JsCast::dyn_into) {
                switch(&mut shared.borrow_mut(), &element);
            }
        }
    }
    let city = shared.clone();
    keep(&document, "change", &AddEventListenerOptions::new(), move |event: Event| {
        let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(element) = element.filter(|element| element.has_attribute(LAYER)) {
            switch(&mut city.borrow_mut(), &element);
        }
    });
}

fn switch(city: &mut City, element: &Element) {
    let layer = element.get_attribute(LAYER).and_then(|code| Layer::from_code(&code));
    if let (Some(layer), Some(input)) = (layer, element.dyn_ref::<HtmlInputElement>()) {
        city.overlays.show(layer, input.checked());
        city.refresh();
    }
}
