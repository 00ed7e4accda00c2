//! `window.peer`: how the comparison with other maps drives the city. It is there only on a page whose canvas has
//! `data-bench`, the first view as JSON; `tests/peers/README.md` says what each member promises.

use bevy::prelude::*;
use gasvrij3d::theme::Theme;
use gasvrij3d::wgs84;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;

use super::city::Shared;
use super::{loader, wake};
use crate::orbit::Orbit;

/// Those who wait for a frame, and those who wait until all is on screen.
#[derive(Default)]
struct Waiting {
    frame: Vec<Function>,
    settled: Vec<Function>,
}

type SharedWaiting = std::rc::Rc<std::cell::RefCell<Waiting>>;

/// The attribute of the canvas on a page that compares.
const MARK: &str = "data-bench";

/// Whether this page compares.
pub fn is_on(canvas: &web_sys::HtmlCanvasElement) -> bool {
    canvas.has_attribute(MARK)
}

/// Looks from the first view before any tile is asked for, as the page does from what its link says.
pub fn begin(city: &Shared) {
    let first = city.borrow().canvas.get_attribute(MARK);
    if let Some(view) = first.and_then(|first| js_sys::JSON::parse(&first).ok()) {
        look(city, &view);
    }
}

/// A view without a number looks from nowhere: the caller sees it.
fn look(city: &Shared, to: &JsValue) {
    let number = |key: &str| Reflect::get(to, &key.into()).ok().and_then(|v| v.as_f64()).unwrap_or_default();
    let mut city = city.borrow_mut();
    let target = city.to_city(wgs84::from_wgs84([number("lng"), number("lat")]));
    let [heading, tilt] = [number("bearing"), number("pitch")].map(f64::to_radians);
    city.look(Orbit { target, distance: number("range"), heading, tilt });
}

pub fn plugin(app: &mut App) {
    let city = app.world().non_send::<Shared>().clone();
    if !is_on(&city.borrow().canvas) {
        return;
    }
    let waiting = SharedWaiting::default();
    publish(&city, &waiting);
    app.insert_non_send(waiting);
    // What a frame shows is drawn in the same task; who waits goes on when that task ends.
    app.add_systems(Last, tell);
}

fn tell(city: NonSend<Shared>, waiting: NonSend<SharedWaiting>) {
    let ready = city.borrow().is_settled();
    let mut waiting = waiting.borrow_mut();
    let mut done = std::mem::take(&mut waiting.frame);
    if ready {
        done.append(&mut waiting.settled);
    }
    for resolve in done {
        // A promise can always be kept.
        drop(resolve.call0(&JsValue::NULL));
    }
}

fn publish(city: &Shared, waiting: &SharedWaiting) {
    let Some(window) = web_sys::window() else { return };
    let peer = Object::new();
    let set = |key: &str, value: JsValue| drop(Reflect::set(&peer, &key.into(), &value));

    let settled = {
        let waiting = waiting.clone();
        move || {
            Promise::new(&mut |resolve, _| {
                waiting.borrow_mut().settled.push(resolve);
                wake::wake();
            })
        }
    };
    set("ready", settled().into());
    set("settle", Closure::<dyn Fn() -> Promise>::new(settled).into_js_value());

    let frame = {
        let waiting = waiting.clone();
        move || {
            Promise::new(&mut |resolve, _| {
                waiting.borrow_mut().frame.push(resolve);
                wake::wake();
            })
        }
    };
    set("frame", Closure::<dyn Fn() -> Promise>::new(frame.clone()).into_js_value());

    let recolour = {
        let city = city.clone();
        move |k: f64| {
            city.borrow_mut().colour(Theme::ALL[k as usize % Theme::ALL.len()]);
            frame()
        }
    };
    set("recolour", Closure::<dyn Fn(f64) -> Promise>::new(recolour).into_js_value());

    let go = {
        let city = city.clone();
        move |to: JsValue| {
            look(&city, &to);
            loader::pump(&city);
        }
    };
    set("setCamera", Closure::<dyn Fn(JsValue)>::new(go).into_js_value());

    let pick = {
        let city = city.clone();
        move |x: f64, y: f64| {
            let city = city.borrow();
            city.pick([x, y])
                .and_then(|place| city.name(place))
                .map_or(JsValue::NULL, |(_, pand)| (pand.0 as f64).into())
        }
    };
    set("pick", Closure::<dyn Fn(f64, f64) -> JsValue>::new(pick).into_js_value());

    drop(Reflect::set(&window, &"peer".into(), &peer));
}
