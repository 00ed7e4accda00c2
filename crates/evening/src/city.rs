//! What this part asks of the map, beyond what every part may.

use std::rc::Rc;

use evening::homes::Colours;
use gasvrij3d::bus::ToCity;
use gasvrij3d::bus::map::{FROM_MAP, FromMap, Layer, PAINT, PAINT_BESIDE, Side};
use gasvrij3d::theme::Theme;
use js_sys::{Array, Uint8Array};
use kit::{dom, map};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{CustomEvent, CustomEventInit, HtmlInputElement, HtmlSelectElement};

/// Says on the page that the map's own legend does not hold, where it does not: another one stands on the page then.
pub fn own_legend(holds: bool) {
    let Some(stage) = dom::by_id(map::STAGE) else { return };
    if holds { dom::unset(&stage, "data-geverfd") } else { dom::set(&stage, "data-geverfd", "") }
}

/// Colours the buildings of tiles; no tiles at all goes back to the colours of the map itself.
pub fn paint(tiles: &[Colours]) {
    paint_on(Side::First, tiles);
}

/// The same on one of two maps.
pub fn paint_on(side: Side, tiles: &[Colours]) {
    let name = match side {
        Side::First => PAINT,
        Side::Second => PAINT_BESIDE,
    };
    let all = Array::new();
    for (id, colours) in tiles {
        all.push(&Array::of3(&id.col.into(), &id.row.into(), &Uint8Array::from(colours.as_slice())));
    }
    let init = CustomEventInit::new();
    init.set_detail(&all);
    if let (Some(window), Ok(event)) = (dom::window(), CustomEvent::new_with_event_init_dict(name, &init)) {
        // It fails only for an event that is on its way already.
        let _ = window.dispatch_event(&event);
    }
}

/// Listens to what the map tells.
pub fn listen(heard: impl Fn(FromMap) + 'static) {
    let Some(window) = dom::window() else { return };
    let heard = Rc::new(heard);
    dom::listen::<CustomEvent>(&window, FROM_MAP, move |event| {
        // Only our own map speaks here; what it says in another form is of another version.
        if let Ok(message) = serde_json::from_str(&event.detail().as_string().unwrap_or_default()) {
            let heard = heard.clone();
            // Right after this event: the map may answer at once to what is asked of it then.
            spawn_local(async move { heard(message) });
        }
    });
}

/// Colours the homes by this, as long as this part shows something.
pub fn colour(theme: Theme) {
    map::send(&ToCity::Colour { theme });
}

/// Whether the visitor has a layer on, by the switches of the legend.
pub fn is_switched_on(layer: Layer) -> bool {
    let switch = format!("[data-laag={}]", layer.code());
    let found = dom::document().and_then(|document| document.query_selector(&switch).ok().flatten());
    found.and_then(|e| e.dyn_into::<HtmlInputElement>().ok()).is_none_or(|input| input.checked())
}

/// By what the visitor has the homes coloured.
pub fn theme() -> Theme {
    let select = dom::by_id("thema").and_then(|e| e.dyn_into::<HtmlSelectElement>().ok());
    let place = select.and_then(|select| usize::try_from(select.selected_index()).ok());
    place.and_then(|place| Theme::ALL.get(place)).copied().unwrap_or_default()
}
