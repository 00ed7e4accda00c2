//! What this part knows, and what it listens to.

use std::cell::Cell;
use std::rc::Rc;

use gasvrij3d::bus::{self, ToPanel};
use gasvrij3d::link::{Link, View};
use gasvrij3d::text::Key;
use kit::data::{self, Data};
use kit::parts::{self, EVENING, Shown};
use kit::view::page;
use kit::{dom, frame};
use wasm_bindgen_futures::spawn_local;
use web_sys::{CustomEvent, Event, KeyboardEvent};

use crate::city;
use crate::net::{self, Net};
use crate::town::Town;

/// This part of the page.
#[derive(Default)]
pub struct App {
    pub data: Data,
    pub town: Town,
    pub net: Net,
    /// Which of its views is on screen, if any.
    view: Cell<Option<Place>>,
    /// Counts the views: an answer that comes late for an earlier view is dropped.
    turn: Cell<u32>,
}

/// Which view is on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A network is drawn.
    Net,
}

/// Starts listening. The panel says what to show.
pub fn start() {
    let app = Rc::new(App::default());
    let (Some(window), Some(document)) = (dom::window(), dom::document()) else { return };
    let on = app.clone();
    dom::listen::<CustomEvent>(&window, parts::SHOW, move |event| {
        show(&on, &Shown::read(&event.detail().as_string().unwrap_or_default()));
    });
    let on = app.clone();
    dom::listen::<CustomEvent>(&window, bus::TO_PANEL, move |event| {
        // A map that has just come knows nothing yet of what is shown. The panel hears it first, and marks it as running.
        let message = event.detail().as_string().unwrap_or_default();
        if ToPanel::read(&message) == Ok(ToPanel::Ready) {
            let on = on.clone();
            dom::later(0, move || on.remind());
        }
    });
    let on = app.clone();
    city::listen(move |message| {
        if on.is_at(Place::Net) {
            net::heard(&on, &message);
        }
    });
    let on = app.clone();
    dom::listen::<Event>(&document, "click", move |event| {
        let control =
            dom::hit(&event, "data-do").filter(|e| e.get_attribute("data-module").as_deref() == Some(EVENING));
        if let Some(control) = control {
            net::pressed(&on, &control);
        }
    });
    let on = app.clone();
    dom::listen::<Event>(&document, "input", move |event| net::changed(&on, &event));
    let on = app.clone();
    dom::listen::<Event>(&document, "change", move |event| net::chosen(&on, &event));
    dom::listen::<KeyboardEvent>(&document, "keydown", move |event| {
        if event.key() == "Escape" && app.is_at(Place::Net) {
            net::stop(&app);
        }
    });
}

impl App {
    /// Whether the view with this count is still the one on screen.
    pub fn is_turn(&self, turn: u32) -> bool {
        self.turn.get() == turn
    }

    /// Whether this view is on screen.
    pub fn is_at(&self, place: Place) -> bool {
        self.view.get() == Some(place)
    }

    /// Tells a map that has just come what it shows.
    fn remind(&self) {
        if self.is_at(Place::Net) {
            net::show_on_map(self);
        }
    }
}

fn show(app: &Rc<App>, shown: &Shown) {
    let turn = app.turn.get().wrapping_add(1);
    app.turn.set(turn);
    let place = (shown.owner == EVENING).then_some(Place::Net);
    let before = app.view.replace(place);
    if before == Some(Place::Net) && place != before {
        net::leave(app);
    }
    if place.is_none() {
        return;
    }
    // The map takes the room here.
    if let Some(body) = dom::document().and_then(|d| d.body()) {
        dom::set(&body, "data-page", EVENING);
    }
    let (app, moved) = (app.clone(), shown.moved);
    spawn_local(async move {
        if let Err(error) = data::texts(frame::lang()).await {
            frame::put(page::failed(Key::FoutTaal, &error.to_string(), frame::lang()));
            return;
        }
        if !app.is_turn(turn) {
            return;
        }
        if Link::parse(&frame::hash()).view == View::Draw {
            net::show(&app, turn, moved).await;
        }
    });
}
