//! Clusters on the page and on the map: limits are moved, buildings grouped anew, homes coloured by what their cluster comes to.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use evening::cluster::{Chosen, Found};
use evening::view::cluster::{self, SLIDERS, Slider};
use gasvrij3d::text::Key;
use kit::{dom, frame};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

use crate::app::{App, Place};
use crate::{city, net};

/// Milliseconds of rest after which a moved limit is followed.
const REST: i32 = 200;

/// What is chosen, and what it gives.
#[derive(Default)]
pub struct Clusters {
    chosen: Cell<Chosen>,
    is_painted: Cell<bool>,
    /// By the limits of the municipality, and by those that are chosen; none before anybody asked.
    usual: RefCell<Option<Rc<Found>>>,
    now: RefCell<Option<Rc<Found>>>,
    changes: Cell<u32>,
}

impl Clusters {
    /// What is chosen, and whether the homes have its colours.
    pub fn shown(&self) -> (Chosen, bool) {
        (self.chosen.get(), self.is_painted.get())
    }

    /// Whether the homes have the colours of clusters.
    pub fn is_painted(&self) -> bool {
        self.is_painted.get()
    }
}

/// Groups the buildings, once the homes are there, and shows what that gives.
fn find(app: &App) {
    let lang = frame::lang();
    let buildings = app.town.buildings.borrow().clone();
    let Some(buildings) = buildings else {
        dom::say(cluster::SAID, Key::ClusterWacht.text(lang));
        return;
    };
    let chosen = app.clusters.chosen.get();
    let usual = app.clusters.usual.borrow().clone();
    let usual = usual.unwrap_or_else(|| Rc::new(buildings.find(&Chosen::default())));
    let now = if chosen == Chosen::default() { usual.clone() } else { Rc::new(buildings.find(&chosen)) };
    *app.clusters.usual.borrow_mut() = Some(usual);
    *app.clusters.now.borrow_mut() = Some(now);
    render(app);
    show_on_map(app);
}

/// Shows again what was found.
pub fn render(app: &App) {
    if let (Some(usual), Some(now)) = (&*app.clusters.usual.borrow(), &*app.clusters.now.borrow()) {
        dom::fill(cluster::RESULT, cluster::result(usual, now, frame::lang()));
        dom::say(cluster::SAID, Key::ClusterKlaar.text(frame::lang()));
    }
}

/// Colours the homes, where that was asked for.
pub fn show_on_map(app: &App) {
    let (buildings, now) = (app.town.buildings.borrow(), app.clusters.now.borrow());
    if let (true, Some(buildings), Some(now)) = (app.clusters.is_painted(), &*buildings, &*now) {
        city::own_legend(false);
        city::paint(&buildings.colours(now));
    }
}

/// Another view: the homes get their own colours back.
pub fn leave(app: &App) {
    app.clusters.is_painted.set(false);
}

/// A press on a control of this part.
pub fn pressed(app: &App, what: &str) {
    if what == "cluster-terug" {
        let lang = frame::lang();
        app.clusters.chosen.set(Chosen::default());
        for slider in &SLIDERS {
            say(slider, app, lang);
        }
    }
    find(app);
}

/// Puts the value of a limit in its field and beside it.
fn say(slider: &Slider, app: &App, lang: gasvrij3d::text::Lang) {
    let (value, said) = slider.value(&app.clusters.chosen.get(), lang);
    if let Some(field) = dom::input(slider.id) {
        field.set_value_as_number(value);
        dom::set(&field, "aria-valuetext", &said);
    }
    dom::say(&format!("{}-waarde", slider.id), &said);
}

/// A limit moves.
pub fn changed(app: &Rc<App>, event: &Event) {
    let Some(field) = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) else { return };
    let Some(slider) = Slider::of(&field.id()) else { return };
    let (lang, mut chosen) = (frame::lang(), app.clusters.chosen.get());
    if slider.take(&mut chosen, field.value_as_number(), lang).is_none() {
        return;
    }
    app.clusters.chosen.set(chosen);
    // One limit may take another along.
    for slider in &SLIDERS {
        say(slider, app, lang);
    }
    let count = app.clusters.changes.get().wrapping_add(1);
    app.clusters.changes.set(count);
    let app = app.clone();
    dom::later(REST, move || {
        if app.clusters.changes.get() == count && app.is_at(Place::Net) {
            find(&app);
        }
    });
}

/// The box for the colours is ticked or not.
pub fn ticked(app: &App, event: &Event) {
    let field = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
    let Some(field) = field.filter(|field| field.id() == cluster::PAINT) else { return };
    app.clusters.is_painted.set(field.checked());
    if field.checked() {
        find(app);
    } else {
        city::own_legend(true);
        city::paint(&[]);
        net::show_on_map(app);
    }
}
