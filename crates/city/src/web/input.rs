//! Pointer, wheel and keys on the canvas. They are taken before the engine sees them, so that a pointer that only
//! passes over the map draws no frame; a frame is drawn when the view or the house under the pointer changes.

use gasvrij3d::bus::ToPanel;
use gasvrij3d::bus::map::Pointing;
use wasm_bindgen::JsCast;
use web_sys::{
    AddEventListenerOptions, Event, EventTarget, HtmlCanvasElement, KeyboardEvent, MouseEvent, PointerEvent, WheelEvent,
};

use super::city::Shared;
use super::{bus, listen as keep, loader, map, screen};
use crate::gesture::{Input, Outcome, wheel_factor};
use crate::orbit::Px;
use crate::steps::{self, Step};

/// Pixels in a line and in a page, for wheels that count in those.
const LINE_PX: f64 = 33.0;
const PAGE_PX: f64 = 600.0;
/// How much a double click goes closer.
const TWICE: f64 = 2.0;
/// A wheel that jumps further than this has notches: it is made smooth.
const NOTCH_PX: f64 = 60.0;

/// Listens for as long as the page lives.
pub fn listen(city: &Shared) {
    let canvas = city.borrow().canvas.clone();
    let Some(parent) = canvas.parent_element() else { return };
    let first = AddEventListenerOptions::new();
    first.set_capture(true);
    first.set_passive(false);
    let on = |kind: &str, act: fn(&Shared, &PointerEvent)| {
        let city = city.clone();
        keep(&parent, kind, &first, move |event: PointerEvent| {
            if is_on(&event, &city.borrow().canvas) {
                event.stop_propagation();
                act(&city, &event);
            }
        });
    };
    on("pointerdown", down);
    on("pointermove", moved);
    on("pointerup", |city, event| apply(city, event, Input::Up { id: event.pointer_id() }));
    on("pointercancel", |city, event| apply(city, event, Input::Cancel { id: event.pointer_id() }));
    on("pointerleave", |city, _| city.borrow_mut().hover(None));
    {
        let city = city.clone();
        keep(&parent, "wheel", &first, move |event: WheelEvent| {
            if is_on(&event, &city.borrow().canvas) {
                event.stop_propagation();
                // Where the page itself scrolls the wheel is the page's, until somebody turns to the map.
                if event.ctrl_key() || !screen::scrolls() || screen::has_focus(&city.borrow().canvas) {
                    event.prevent_default();
                    wheel(&city, &event);
                }
            }
        });
    }
    keep(&canvas, "contextmenu", &first, |event: MouseEvent| event.prevent_default());
    let city = city.clone();
    keep(&canvas, "keydown", &first, move |event: KeyboardEvent| key(&city, &event));
}

fn is_on(event: &Event, canvas: &HtmlCanvasElement) -> bool {
    let canvas: &EventTarget = canvas;
    event.target().as_ref() == Some(canvas)
}

/// Where on the map it happened.
fn at(shared: &Shared, event: &MouseEvent) -> Px {
    shared.borrow_mut().on_map([f64::from(event.offset_x()), f64::from(event.offset_y())])
}

fn down(shared: &Shared, event: &PointerEvent) {
    let turn = event.button() != 0 || event.ctrl_key() || event.meta_key();
    {
        let mut city = shared.borrow_mut();
        city.hover(None);
        // A pointer that ended already cannot be held; then there is nothing to hold.
        drop(city.canvas.set_pointer_capture(event.pointer_id()));
    }
    let at = at(shared, event);
    apply(shared, event, Input::Down { id: event.pointer_id(), at, turn });
}

fn moved(shared: &Shared, event: &PointerEvent) {
    let at = at(shared, event);
    if shared.borrow().gestures.busy() {
        apply(shared, event, Input::Move { id: event.pointer_id(), at });
    } else if shared.borrow().drawing {
        map::report_ground(shared, Pointing::Move, at);
    } else if event.pointer_type() == "mouse" {
        let mut city = shared.borrow_mut();
        let place = city.pick(at);
        city.hover(place);
    }
}

fn apply(shared: &Shared, event: &PointerEvent, input: Input) {
    let mut city = shared.borrow_mut();
    let (view, size, limits) = (city.view, city.screen(), city.limits);
    // When it was done, not when there was time to look at it.
    let now = event.time_stamp();
    match city.gestures.apply(input, now, view, size, &limits) {
        Outcome::Nothing => {}
        Outcome::View(view) => {
            city.look(view);
            drop(city);
            loader::pump(shared);
        }
        Outcome::Closer(at) => city.wheel(1.0 / TWICE, at, true),
        Outcome::Further(at) => city.wheel(TWICE, at, true),
        Outcome::Glide(to, ms) => {
            city.glide(to, ms);
            drop(city);
            loader::pump(shared);
        }
        Outcome::Click(at) if city.drawing => {
            drop(city);
            map::report_ground(shared, Pointing::Press, at);
        }
        Outcome::Click(at) => {
            let picked = city.pick(at).and_then(|place| city.name(place));
            // A press on a street takes nothing away: the panel says when nothing is selected any more.
            if picked.is_some() {
                city.select(picked);
            }
            // The panel may answer at once.
            drop(city);
            bus::send(&picked.map_or(ToPanel::PickedNothing, |(tile, pand)| ToPanel::Picked { pand, tile }));
        }
    }
}

fn wheel(shared: &Shared, event: &WheelEvent) {
    let pixels = event.delta_y()
        * match event.delta_mode() {
            WheelEvent::DOM_DELTA_LINE => LINE_PX,
            WheelEvent::DOM_DELTA_PAGE => PAGE_PX,
            _ => 1.0,
        };
    let factor = wheel_factor(pixels, event.ctrl_key());
    let at = at(shared, event);
    shared.borrow_mut().wheel(factor, at, pixels.abs() > NOTCH_PX);
}

fn key(shared: &Shared, event: &KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    if shared.borrow().drawing && event.key() == "Enter" {
        event.prevent_default();
        let size = shared.borrow().screen();
        return map::report_ground(shared, Pointing::Press, [size.width / 2.0, size.height / 2.0]);
    }
    let Some(step) = steps::of_key(&event.key(), event.shift_key()) else { return };
    event.prevent_default();
    let mut city = shared.borrow_mut();
    if step == Step::Leave {
        let canvas = city.canvas.clone();
        drop(city);
        // An element on the page can always lose the focus.
        drop(canvas.unchecked_ref::<web_sys::HtmlElement>().blur());
    } else {
        city.step(step);
    }
}
