//! `window.gasvrijCity`: what the browser tests look at. Nothing in the page depends on it.
//!
//! `frames` so far, `tiles` of `total` that are there, `whole` once all that is in sight is, `ready` once all of the town is drawn,
//! `distance` of the camera in metres, and `project(x, y, z, second)`: RD metres and a height to the CSS pixel on the canvas,
//! or `null` behind the camera; on the second of two maps where that is asked.

use bevy::prelude::*;
use gasvrij3d::bus::map::Side;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;

use super::city::Shared;
use super::draw::Ready;

pub fn plugin(app: &mut App) {
    app.add_systems(Startup, publish);
    app.add_systems(Last, count);
}

struct Probe {
    object: Object,
    frames: u32,
}

fn set(object: &Object, key: &str, value: impl Into<JsValue>) {
    // A plain object takes any property.
    drop(Reflect::set(object, &key.into(), &value.into()));
}

fn publish(world: &mut World) {
    let Some(window) = web_sys::window() else { return };
    let object = Object::new();
    let city = world.non_send::<Shared>().clone();
    let project =
        Closure::<dyn Fn(f64, f64, f64, bool) -> JsValue>::new(move |x: f64, y: f64, z: f64, second: bool| {
            let Ok(city) = city.try_borrow() else { return JsValue::NULL };
            let [east, south] = city.to_city([x, y]);
            match city.view.project([east, z, south], city.screen()) {
                Some(at) => {
                    let side = if second { Side::Second } else { Side::First };
                    let [px, py] = city.panes().on_canvas(side, at);
                    Array::of2(&px.into(), &py.into()).into()
                }
                None => JsValue::NULL,
            }
        });
    set(&object, "project", project.into_js_value());
    drop(Reflect::set(&window, &"gasvrijCity".into(), &object));
    world.insert_non_send(Probe { object, frames: 0 });
}

fn count(city: NonSend<Shared>, ready: Res<Ready>, probe: Option<NonSendMut<Probe>>) {
    let Some(mut probe) = probe else { return };
    probe.frames += 1;
    let city = city.borrow();
    let (shown, total) = city.queue.progress();
    set(&probe.object, "frames", probe.frames);
    set(&probe.object, "tiles", shown);
    set(&probe.object, "total", total);
    set(&probe.object, "distance", city.view.distance);
    let is_whole = city.is_settled();
    set(&probe.object, "whole", is_whole);
    // All tiles may be there before there are shaders to draw them with.
    set(&probe.object, "ready", shown == total && is_whole && city.arrived.is_empty() && ready.0);
}
