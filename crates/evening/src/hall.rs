//! In the hall the map tells nothing about one home, until someone asks for their own.

use std::cell::Cell;
use std::rc::Rc;

use evening::view::hall;
use gasvrij3d::bus::map::ToMap;
use gasvrij3d::bus::{CameraStep, ToCity};
use gasvrij3d::link::View;
use gasvrij3d::peers::FEWEST;
use gasvrij3d::text::Key;
use kit::view::page;
use kit::{dom, frame, map};

use crate::app::{App, Place};
use crate::city;

/// Whether it is on, and how long a home is still shown.
#[derive(Default)]
pub struct Hall {
    is_on: Cell<bool>,
    /// Seconds left of the home on screen.
    left: Cell<u32>,
    /// Counts the homes: a second of an earlier one does nothing.
    count: Cell<u32>,
}

impl Hall {
    /// Whether it is on.
    pub fn is_on(&self) -> bool {
        self.is_on.get()
    }
}

/// Shows the page.
pub async fn show(app: &Rc<App>, turn: u32, moved: bool) {
    let lang = frame::lang();
    dom::fill(frame::VIEW, page::waiting(lang));
    let areas = app.neighbourhoods().await;
    if !app.is_turn(turn) {
        return;
    }
    match areas {
        Ok(areas) => frame::put(hall::page(&areas, app.hall.is_on(), lang)),
        Err(error) => frame::put(page::failed(Key::FoutGegevens, &error.to_string(), lang)),
    }
    frame::titled(Key::ZaalKop.text(lang));
    if moved {
        dom::arrive("kop", frame::VIEW);
    }
}

/// Begins or ends it.
pub async fn switch(app: &Rc<App>) {
    let lang = frame::lang();
    let on = !app.hall.is_on.get();
    app.hall.is_on.set(on);
    if let Some(button) = dom::by_id(hall::SWITCH) {
        dom::set(&button, "aria-pressed", if on { "true" } else { "false" });
        button.set_text_content(Some(hall::switch_key(on).text(lang)));
    }
    // Before the homes are there a press on the map shows none either.
    show_on_map(app);
    dom::say(hall::SAID, if on { Key::ZaalAan } else { Key::ZaalUit }.text(lang));
    if on && app.town.load(&app.data, |_, _| {}).await.is_ok() && app.hall.is_on() {
        show_on_map(app);
    }
}

/// One colour for each neighbourhood, and nothing to press; or the map as it is.
pub fn show_on_map(app: &App) {
    let on = app.hall.is_on();
    map::ask(&ToMap::Draw { on });
    let colours = app.town.homes.borrow().as_ref().filter(|_| on).and_then(|homes| {
        let drawing = app.town.drawing.borrow();
        drawing.as_ref().map(|drawing| homes.together(city::theme(), drawing.published(), FEWEST))
    });
    city::paint(&colours.unwrap_or_default());
}

/// Another view came on screen. A home in the hall has its seconds.
pub fn moved_on(app: &Rc<App>, view: &View, before: &View) {
    if !app.hall.is_on() {
        return;
    }
    let home = |view: &View| match view {
        View::House(id, _) => Some(*id),
        _ => None,
    };
    match (home(view), home(before)) {
        (None, _) => stop(app),
        // Another page of the same home has no seconds of its own.
        (now, then) if now == then && app.hall.left.get() > 0 => {}
        _ => begin(app),
    }
}

fn begin(app: &Rc<App>) {
    let count = app.hall.count.get().wrapping_add(1);
    app.hall.count.set(count);
    app.hall.left.set(hall::SECONDS);
    bar(app);
    tick(app, count);
}

fn tick(app: &Rc<App>, count: u32) {
    let app = app.clone();
    dom::later(1_000, move || {
        if app.hall.count.get() != count || !app.hall.is_on() {
            return;
        }
        let left = app.hall.left.get().saturating_sub(1);
        app.hall.left.set(left);
        if left == 0 {
            away(&app);
        } else {
            bar(&app);
            tick(&app, count);
        }
    });
}

/// The seconds over the home, in a bar of its own: the view is not ours.
fn bar(app: &App) {
    if dom::by_id(hall::BAR).is_none()
        && let Some(document) = dom::document()
        && let (Some(body), Ok(element)) = (document.body(), document.create_element("div"))
    {
        element.set_id(hall::BAR);
        // A page that is going away takes no more children.
        let _ = body.append_child(&element);
    }
    dom::fill(hall::BAR, hall::bar(app.hall.left.get(), frame::lang()));
}

fn stop(app: &App) {
    app.hall.count.set(app.hall.count.get().wrapping_add(1));
    app.hall.left.set(0);
    if let Some(bar) = dom::by_id(hall::BAR) {
        bar.remove();
    }
}

/// The home goes away.
pub fn away(app: &App) {
    stop(app);
    if let Some(field) = dom::input("zoek-veld") {
        // Nor does the address stay.
        field.set_value("");
    }
    // Nor does the map stay in the street.
    map::send(&ToCity::Camera { step: CameraStep::Whole });
    frame::go(&View::Hall);
}

/// The home may stay as long once more.
pub fn longer(app: &App) {
    app.hall.left.set(hall::SECONDS);
    bar(app);
}

/// Whether the map is the hall's, on this view.
pub fn owns_map(app: &App) -> bool {
    app.hall.is_on() && !app.is_at(Place::Net)
}
