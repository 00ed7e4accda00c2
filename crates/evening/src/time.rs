//! The plans by year, on the map.

use std::cell::Cell;
use std::rc::Rc;

use evening::view::timeline;
use gasvrij3d::link::{Link, View};
use gasvrij3d::scenario::YEARS;
use gasvrij3d::text::Key;
use kit::view::page;
use kit::{dom, frame};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

use crate::app::{App, Place};

/// Milliseconds that a year stays while it plays.
const BEAT: i32 = 1_500;

/// The years that are shown.
#[derive(Default)]
pub struct Time {
    year: Cell<u16>,
    /// Counts the starts and stops: a beat of an earlier start does nothing.
    playing: Cell<Option<u32>>,
    starts: Cell<u32>,
}

/// Shows the page of a year, or of the first one.
pub async fn show(app: &Rc<App>, year: Option<u16>, turn: u32, moved: bool) {
    let lang = frame::lang();
    let year = year.filter(|year| YEARS.contains(year)).unwrap_or(*YEARS.start());
    app.time.year.set(year);
    dom::fill(frame::VIEW, page::waiting(lang));
    let plans = app.plans().await;
    if !app.is_turn(turn) {
        return;
    }
    match plans {
        Ok(plans) => frame::put(timeline::page(&plans, year, lang)),
        Err(error) => frame::put(page::failed(Key::FoutGegevens, &error.to_string(), lang)),
    }
    frame::titled(Key::TijdlijnKop.text(lang));
    if moved {
        dom::arrive("kop", frame::VIEW);
    }
    // The list is there; the colours come when the homes have.
    if app.town.load(&app.data, |_, _| {}).await.is_ok() && app.is_at(Place::Timeline) {
        show_on_map(app);
    }
}

/// Colours the homes by the plans until the year.
pub fn show_on_map(app: &App) {
    app.paint_plans(Some(app.time.year.get()));
}

/// Nothing plays any more.
pub fn leave(app: &App) {
    app.time.playing.set(None);
}

/// Goes to a year, without a step in the history.
pub fn go(app: &App, year: u16) {
    let lang = frame::lang();
    app.time.year.set(year);
    frame::address(&Link { view: View::Timeline(Some(year)), ..Link::default() });
    if let Some(field) = dom::input(timeline::YEAR) {
        field.set_value(&year.to_string());
    }
    dom::say(&format!("{}-waarde", timeline::YEAR), &year.to_string());
    if let Some(plans) = app.known_plans() {
        dom::fill(timeline::LIST, timeline::list(&plans, year, lang));
    }
    show_on_map(app);
}

/// Plays the years one after the other, or stops.
pub fn play(app: &Rc<App>) {
    let is_playing = app.time.playing.get().is_some();
    let start = app.time.starts.get().wrapping_add(1);
    app.time.starts.set(start);
    app.time.playing.set((!is_playing).then_some(start));
    button(!is_playing);
    if !is_playing {
        if app.time.year.get() >= *YEARS.end() {
            go(app, *YEARS.start());
        }
        beat(app, start);
    }
}

fn button(is_playing: bool) {
    let key = if is_playing { Key::TijdlijnStop } else { Key::TijdlijnSpeel };
    dom::say(timeline::PLAY, key.text(frame::lang()));
}

fn beat(app: &Rc<App>, start: u32) {
    let app = app.clone();
    dom::later(BEAT, move || {
        if app.time.playing.get() != Some(start) || !app.is_at(Place::Timeline) {
            return;
        }
        go(&app, app.time.year.get() + 1);
        if app.time.year.get() >= *YEARS.end() {
            app.time.playing.set(None);
            button(false);
        } else {
            beat(&app, start);
        }
    });
}

/// The slider moves.
pub fn changed(app: &App, event: &Event) {
    let field = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
    if let Some(year) = field.filter(|field| field.id() == timeline::YEAR).and_then(|field| field.value().parse().ok())
    {
        go(app, year);
    }
}
