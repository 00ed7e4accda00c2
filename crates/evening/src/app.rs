//! What this part knows, and what it listens to.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gasvrij3d::Result;
use gasvrij3d::figures::{self, Figures, Neighbourhoods, Plans};
use gasvrij3d::link::{Link, View};
use gasvrij3d::manifest::FileEntry;
use gasvrij3d::text::{self, Key};
use kit::data::{self, Data};
use kit::parts::{self, EVENING, Shown};
use kit::view::page;
use kit::{dom, frame, map};
use wasm_bindgen_futures::spawn_local;
use web_sys::{CustomEvent, Element, Event, KeyboardEvent, StorageEvent, TouchEvent};

use crate::groups::{self, Clusters};
use crate::hall::{self, Hall};
use crate::net::{self, Net};
use crate::offline::{self, Offline};
use crate::tale::{self, Tale};
use crate::time::{self, Time};
use crate::town::Town;
use crate::{city, kept::Kept};

/// This part of the page.
#[derive(Default)]
pub struct App {
    pub data: Data,
    pub town: Town,
    pub net: Net,
    pub clusters: Clusters,
    pub time: Time,
    pub hall: Hall,
    pub tale: Tale,
    pub offline: Offline,
    plans: Kept<Plans>,
    /// Which of its views is on screen, if any.
    place: Cell<Option<Place>>,
    /// What was on screen before.
    before: RefCell<View>,
    /// Counts the views: an answer that comes late for an earlier view is dropped.
    turn: Cell<u32>,
}

/// Which view is on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A network is drawn.
    Net,
    /// Plans by year.
    Timeline,
    /// A story.
    Story,
    /// The hall.
    Hall,
}

impl Place {
    const fn of(view: &View) -> Option<Self> {
        match view {
            View::Draw => Some(Self::Net),
            View::Timeline(_) => Some(Self::Timeline),
            View::Story(..) => Some(Self::Story),
            View::Hall => Some(Self::Hall),
            _ => None,
        }
    }
}

/// Starts listening. The panel says what to show.
pub fn start() {
    for part in [&text::FIRST, &text::PAGES, &text::CIJFERS, &text::EVENING] {
        part.enter();
    }
    let app = Rc::new(App::default());
    let (Some(window), Some(document)) = (dom::window(), dom::document()) else { return };
    let on = app.clone();
    dom::listen::<CustomEvent>(&window, parts::SHOW, move |event| {
        show(&on, &Shown::read(&event.detail().as_string().unwrap_or_default()));
    });
    let on = app.clone();
    map::when_it_comes(move || on.remind());
    let on = app.clone();
    city::listen(move |message| match on.place.get() {
        Some(Place::Net) => net::heard(&on, &message),
        Some(Place::Story) => tale::heard(&on, &message),
        _ => {}
    });
    let on = app.clone();
    dom::listen::<Event>(&document, "click", move |event| {
        let control =
            dom::hit(&event, "data-do").filter(|e| e.get_attribute("data-module").as_deref() == Some(EVENING));
        if let Some(control) = control {
            pressed(&on, &control);
        }
    });
    let on = app.clone();
    dom::listen::<Event>(&document, "input", move |event| {
        net::changed(&on, &event);
        groups::changed(&on, &event);
        time::changed(&on, &event);
    });
    let on = app.clone();
    dom::listen::<Event>(&document, "change", move |event| match on.place.get() {
        Some(Place::Net) => {
            net::chosen(&on, &event);
            groups::ticked(&on, &event);
        }
        Some(Place::Story) => tale::changed(&on, &event),
        _ => {}
    });
    let on = app.clone();
    dom::listen::<KeyboardEvent>(&document, "keydown", move |event| match on.place.get() {
        Some(Place::Net) if event.key() == "Escape" => net::stop(&on),
        Some(Place::Story) => tale::key(&on, &event),
        _ => {}
    });
    for (name, is_down) in [("touchstart", true), ("touchend", false)] {
        let on = app.clone();
        let Some(view) = dom::by_id(frame::VIEW) else { continue };
        dom::listen::<TouchEvent>(&view, name, move |event| {
            if let Some(touch) = event.changed_touches().item(0).filter(|_| on.is_at(Place::Story)) {
                tale::touched(&on, touch.client_x(), is_down);
            }
        });
    }
    dom::listen::<StorageEvent>(&window, "storage", move |event| {
        if app.is_at(Place::Story) {
            tale::stored(&app, &event);
        }
    });
}

fn pressed(app: &Rc<App>, control: &Element) {
    match control.get_attribute("data-do").as_deref() {
        Some("tijd-speel") => time::play(app),
        Some("zaal") => {
            let app = app.clone();
            spawn_local(async move { hall::switch(&app).await });
        }
        Some("zaal-weg") => hall::away(app),
        Some("zaal-langer") => hall::longer(app),
        Some(what) if what.starts_with("cluster-") => groups::pressed(app, what),
        Some(what) if what.starts_with("offline-") => offline::pressed(app, what),
        Some(what) if what.starts_with("verhaal-") => tale::pressed(app, control),
        _ => net::pressed(app, control),
    }
}

impl App {
    /// Whether the view with this count is still the one on screen.
    pub fn is_turn(&self, turn: u32) -> bool {
        self.turn.get() == turn
    }

    /// Whether this view is on screen.
    pub fn is_at(&self, place: Place) -> bool {
        self.place.get() == Some(place)
    }

    /// Tells a map that has just come what it shows.
    fn remind(&self) {
        match self.place.get() {
            Some(Place::Net) => net::show_on_map(self),
            Some(Place::Timeline) => time::show_on_map(self),
            Some(Place::Story) => tale::show_on_map(self),
            _ if self.hall.is_on() => hall::show_on_map(self),
            _ => {}
        }
    }

    /// Colours the homes by what is planned until a year, once the homes are there.
    pub fn paint_plans(&self, until: Option<u16>) {
        let homes = self.town.homes.borrow();
        let Some(homes) = homes.as_ref() else { return };
        city::own_legend(false);
        let colours: Vec<_> = (0..homes.tiles()).filter_map(|tile| homes.planned(tile, until)).collect();
        city::paint(&colours);
    }

    /// What is planned.
    pub async fn plans(&self) -> Result<Rc<Plans>> {
        if let Some(plans) = self.plans.known() {
            return Ok(plans);
        }
        let manifest = self.data.manifest().await?;
        let plans = self.read(manifest.figures.as_ref().and_then(|files| files.plannen.as_ref())).await?;
        Ok(self.plans.keep(plans))
    }

    /// The same, if it is there already.
    pub fn known_plans(&self) -> Option<Rc<Plans>> {
        self.plans.known()
    }

    /// The neighbourhoods.
    pub async fn neighbourhoods(&self) -> Result<Neighbourhoods> {
        let manifest = self.data.manifest().await?;
        self.read(manifest.figures.as_ref().map(|files| &files.buurten)).await
    }

    /// A file of figures; a data set without it knows nothing of the kind.
    async fn read<T: Figures + Default>(&self, entry: Option<&FileEntry>) -> Result<T> {
        match entry {
            Some(entry) => figures::read(&entry.file, &self.data.figures(entry).await?),
            None => Ok(T::default()),
        }
    }

    fn leave(&self, place: Place) {
        city::own_legend(true);
        match place {
            Place::Net => {
                net::leave(self);
                groups::leave(self);
            }
            Place::Timeline => time::leave(self),
            Place::Story => tale::leave(self),
            Place::Hall => {}
        }
        if hall::owns_map(self) {
            hall::show_on_map(self);
        } else {
            city::paint(&[]);
        }
    }
}

fn show(app: &Rc<App>, shown: &Shown) {
    let turn = app.turn.get().wrapping_add(1);
    app.turn.set(turn);
    let view = Link::parse(&frame::hash()).view;
    let before = app.before.replace(view.clone());
    hall::moved_on(app, &view, &before);
    let place = Place::of(&view).filter(|_| shown.owner == EVENING);
    let left = app.place.replace(place);
    if let Some(left) = left.filter(|left| Some(*left) != place) {
        app.leave(left);
    }
    if place.is_none() {
        return;
    }
    if shown.moved && left != place && matches!(place, Some(Place::Timeline | Place::Hall)) {
        map::whole();
    }
    let (app, moved) = (app.clone(), shown.moved);
    spawn_local(async move {
        let came = data::texts(frame::lang()).await;
        if !app.is_turn(turn) {
            return;
        }
        if let Err(error) = came {
            frame::put(page::failed(Key::FoutTaal, &error.to_string(), frame::lang()));
            return;
        }
        match view {
            View::Draw => net::show(&app, turn, moved).await,
            View::Timeline(year) => time::show(&app, year, turn, moved).await,
            View::Story(name, step) => tale::show(&app, &name, step, turn, moved).await,
            _ => hall::show(&app, turn, moved).await,
        }
    });
}
