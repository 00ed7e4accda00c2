//! The shell: the browser and the engine around the pure parts.
//!
//! The state of the city is one plain value ([`city::City`]). Events of the page and of the workers change it and wake
//! the engine; the engine's systems only show it. So nothing is drawn unless something changed.

mod bench;
mod beside;
mod borders;
mod bus;
mod buttons;
mod camera;
mod caption;
mod city;
mod draw;
mod dress;
mod fetch;
mod input;
mod layers;
mod loader;
mod map;
mod mark;
mod names;
mod overlay;
mod picture;
mod probe;
mod rest;
mod ruler;
mod screen;
mod stage;
mod tiles;
mod wake;

use bevy::a11y::AccessibilityPlugin;
use bevy::app::TaskPoolPlugin;
use bevy::input::gestures::{DoubleTapGesture, PanGesture, PinchGesture, RotationGesture};
use bevy::input::keyboard::{KeyboardFocusLost, KeyboardInput};
use bevy::input::mouse::{MouseButtonInput, MouseMotion, MouseWheel};
use bevy::input::touch::TouchInput;
use bevy::prelude::*;
use bevy::window::WindowPlugin;
use bevy::winit::WinitPlugin;
use gasvrij3d::bus::ToPanel;
use wasm_bindgen::prelude::*;

use city::Shared;

use crate::orbit::Screen;

/// The element the city is drawn in.
const CANVAS: &str = "#city";
/// So long the engine waits for the workers, milliseconds.
const WORKERS_MS: f64 = 300.0;

/// Starts the city as soon as the list of tiles is there.
pub fn start() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        bus::send(&ToPanel::Failed { reason: "panic".into() });
    }));
    screen::keep_pixels_few();
    wasm_bindgen_futures::spawn_local(async {
        let manifest = fetch::manifest().await;
        let started = match screen::canvas(CANVAS) {
            Ok(canvas) => run(&Shared::new(city::City::new(manifest, canvas).into())).await,
            Err(reason) => Err(reason),
        };
        if let Err(reason) = started {
            bus::send(&ToPanel::Failed { reason });
        }
    });
}

async fn run(city: &Shared) -> Result<(), String> {
    picture::own_size(&city.borrow());
    bus::begin(city);
    bench::begin(city);
    // The workers make the first tiles while the engine starts, which hears and says nothing for a while.
    loader::start(city);
    // They are read while that is waited for.
    borders::fetch(city);
    let begin = screen::now_ms();
    while !loader::is_at_work(city) && screen::now_ms() - begin < WORKERS_MS {
        screen::breathe().await;
    }
    let Screen { width, height } = city.borrow().whole_screen();
    let window = Window {
        canvas: Some(CANVAS.into()),
        // As large as it will be: a canvas that gets another size waits until all that was drawn on it is done, and the first
        // picture takes longest.
        resolution: (width as u32, height as u32).into(),
        fit_canvas_to_parent: true,
        // The page keeps its keys: Tab, F5 and the rest.
        prevent_default_event_handling: false,
        // The search box keeps the focus.
        focused: false,
        ..default()
    };
    let mut app = App::new();
    app.add_plugins((TaskPoolPlugin::default(), AccessibilityPlugin));
    app.add_plugins((WindowPlugin { primary_window: Some(window), ..default() }, WinitPlugin::default()));
    // What the loop says of hands and keys. Nobody listens: the map hears the page's own events.
    app.add_message::<KeyboardInput>().add_message::<KeyboardFocusLost>().add_message::<TouchInput>();
    app.add_message::<MouseButtonInput>().add_message::<MouseMotion>().add_message::<MouseWheel>();
    app.add_message::<PinchGesture>().add_message::<RotationGesture>();
    app.add_message::<DoubleTapGesture>().add_message::<PanGesture>();
    app.set_error_handler(bevy::ecs::error::error);
    app.insert_non_send(city.clone());
    draw::begin(&mut app, city)?;
    app.add_plugins((wake::plugin, stage::plugin, camera::plugin, tiles::plugin, mark::plugin, overlay::plugin));
    app.add_plugins((buttons::plugin, dress::plugin, names::plugin, picture::plugin, probe::plugin, rest::plugin));
    app.add_plugins((bench::plugin, beside::plugin));
    input::listen(city);
    bus::listen(city);
    map::listen(city);
    layers::listen(city);
    picture::listen(city);
    names::listen(city);
    app.run();
    bus::send(&ToPanel::Ready);
    loader::report(city);
    Ok(())
}

/// Keeps a listener for as long as the page lives.
fn listen<E: wasm_bindgen::convert::FromWasmAbi + 'static>(
    target: &web_sys::EventTarget,
    kind: &str,
    options: &web_sys::AddEventListenerOptions,
    listener: impl FnMut(E) + 'static,
) {
    let closure = Closure::<dyn FnMut(E)>::new(listener);
    let function = closure.as_ref().unchecked_ref();
    // It fails only for a target that is none.
    drop(target.add_event_listener_with_callback_and_add_event_listener_options(kind, function, options));
    closure.forget();
}
