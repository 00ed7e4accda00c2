//! The engine sleeps until it is woken, and sleeps again when all is drawn.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use bevy::prelude::*;
use bevy::window::RequestRedraw;
use bevy::winit::{EventLoopProxy, EventLoopProxyWrapper, UpdateMode, WinitSettings, WinitUserEvent};

use super::city::Shared;
use super::draw::Ready;

thread_local! {
    static STOPPED: Cell<bool> = const { Cell::new(false) };
    /// The next frame only takes up what has come.
    static TAKES_UP: Cell<bool> = const { Cell::new(false) };
    /// The next frame is seen.
    static DRAWS: Cell<bool> = const { Cell::new(true) };
    /// This frame is not drawn.
    static HELD: Cell<bool> = const { Cell::new(false) };
    static PROXY: RefCell<Option<EventLoopProxy<WinitUserEvent>>> = const { RefCell::new(None) };
}

pub fn plugin(app: &mut App) {
    let idle = UpdateMode::reactive_low_power(Duration::MAX);
    app.insert_resource(WinitSettings { focused_mode: idle, unfocused_mode: idle });
    app.add_systems(Startup, publish);
    app.add_systems(Last, go_on);
}

fn publish(proxy: Res<EventLoopProxyWrapper>) {
    PROXY.set(Some((**proxy).clone()));
}

/// The page begins anew with another city: this one does and says nothing any more.
pub fn stop() {
    STOPPED.set(true);
    PROXY.with_borrow_mut(|proxy| *proxy = None);
}

/// Whether another city has taken the place of this one.
pub fn is_stopped() -> bool {
    STOPPED.get()
}

/// Wakes the engine for a frame. Before the engine runs, and after it, nothing needs waking.
pub fn wake() {
    DRAWS.set(true);
    send();
}

/// Wakes the engine to take up what has come: where a picture costs much it is not drawn for that alone.
pub fn take_up() {
    if !TAKES_UP.replace(true) {
        send();
    }
}

/// The frame that is being made is seen, also where it was to take up what has come only.
pub fn draw() {
    DRAWS.set(true);
}

/// Whether the frame that is being made only takes up what has come, as far as is known before its end.
pub fn may_be_held() -> bool {
    TAKES_UP.get() && !DRAWS.get()
}

/// Whether this frame only takes up what has come.
pub fn is_held() -> bool {
    HELD.get()
}

fn send() {
    PROXY.with_borrow(|proxy| {
        if let Some(proxy) = proxy {
            // It fails only when the engine has ended.
            let _ = proxy.send_event(WinitUserEvent::WakeUp);
        }
    });
}

/// Asks for the next frame while something still moves, a picture is made, or tiles wait to be taken up. What wakes the engine
/// while it makes a frame may go unheard. The loop hears what was asked in the frame before once more, and would draw one too many.
pub fn go_on(city: NonSend<Shared>, ready: Res<Ready>, mut redraw: ResMut<Messages<RequestRedraw>>) {
    let city = city.borrow();
    let goes_on = city.flight.is_some() || city.pose.is_some() || !ready.0;
    let waits = !city.arrived.is_empty();
    redraw.clear();
    if goes_on || waits {
        redraw.write(RequestRedraw);
    }
    HELD.set(may_be_held());
    TAKES_UP.set(waits);
    DRAWS.set(goes_on);
}
