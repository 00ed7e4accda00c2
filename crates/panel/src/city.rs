//! The panel's side of the 3D map: asks it for things, and shows how it fares.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use gasvrij3d::bus::{self, CameraStep, ToCity, ToPanel};
use gasvrij3d::geo::TileId;
use gasvrij3d::link::View;
use gasvrij3d::text::Lang;
use gasvrij3d::theme::Theme;
use panel::view::status::{self, Stage};

use crate::{app, dom};

/// The event that asks the loader for the 3D map.
const START: &str = "gasvrij:start-city";

/// What is known of the 3D map.
#[derive(Default)]
pub struct City {
    stage: RefCell<Stage>,
    ready: Cell<bool>,
    missing: RefCell<BTreeMap<TileId, (String, String)>>,
    hulls: Cell<u32>,
    /// What to show: kept for a map that comes later.
    shown: RefCell<Option<ToCity>>,
}

impl City {
    /// Asks the loader for the map, once.
    pub fn start(&self, lang: Lang) {
        if *self.stage.borrow() == Stage::Waiting {
            *self.stage.borrow_mut() = Stage::Starting;
            self.render(lang);
            dom::send(START, "");
        }
    }

    /// Shows a building on the map.
    pub fn show(&self, show: ToCity) {
        // Another page of the same home: whoever looked around on the map stays where they are.
        if self.shown.borrow().as_ref() == Some(&show) {
            return;
        }
        self.send(&show);
        *self.shown.borrow_mut() = Some(show);
    }

    /// Whether there is a map to look at.
    pub fn is_running(&self) -> bool {
        self.ready.get()
    }

    /// Looks at what is shown once more: the home is in the middle, and the map draws, also where nothing has changed.
    pub fn show_again(&self) {
        if let Some(show) = &*self.shown.borrow() {
            self.send(&ToCity::Unselect);
            self.send(show);
        }
    }

    pub fn unselect(&self) {
        if self.shown.borrow_mut().take().is_some() {
            self.send(&ToCity::Unselect);
        }
    }

    pub fn colour(&self, theme: Theme) {
        self.send(&ToCity::Colour { theme });
    }

    pub fn retry(&self) {
        self.send(&ToCity::Retry);
    }

    /// A press on a map button.
    pub fn camera(&self, step: &str) {
        if let Some(step) = CameraStep::from_code(step) {
            self.send(&ToCity::Camera { step });
        }
    }

    fn send(&self, message: &ToCity) {
        if self.ready.get() {
            dom::send(bus::TO_CITY, &message.write());
        }
    }

    /// What the map says.
    pub fn heard(&self, message: &ToPanel, lang: Lang, theme: Theme) {
        match message {
            ToPanel::Ready => {
                self.ready.set(true);
                *self.stage.borrow_mut() = Stage::Running { shown: 0, total: 0 };
                self.colour(theme);
                if let Some(show) = &*self.shown.borrow() {
                    self.send(show);
                }
            }
            ToPanel::Progress { shown, total } => {
                *self.stage.borrow_mut() = Stage::Running { shown: *shown, total: *total };
            }
            ToPanel::Picked { pand, tile } => app::go(&View::Building(*tile, *pand)),
            // The card stays: a press on a street is no wish to lose it.
            ToPanel::PickedNothing => {}
            ToPanel::TileMissing { tile, name, reason, .. } => {
                self.missing.borrow_mut().insert(*tile, (name.clone(), reason.clone()));
            }
            ToPanel::TileBack { tile } => {
                self.missing.borrow_mut().remove(tile);
            }
            ToPanel::Hulls { count } => self.hulls.set(*count),
            ToPanel::Failed { reason } => {
                self.ready.set(false);
                *self.stage.borrow_mut() = Stage::Failed(reason.clone());
            }
        }
        self.render(lang);
    }

    /// Puts the state of the map on the page.
    pub fn render(&self, lang: Lang) {
        let stage = self.stage.borrow();
        let missing = self.missing.borrow();
        let named: Vec<(&str, &str)> = missing.values().map(|(n, r)| (n.as_str(), r.as_str())).collect();
        dom::fill("kaart-leeg", status::placeholder(&stage, lang));
        dom::fill("kaart-status", status::line(&stage, &named, lang));
        dom::say("kaart-rompen", &status::hulls(self.hulls.get(), lang));
        let state = match &*stage {
            Stage::Waiting | Stage::Starting => "wacht",
            Stage::Running { .. } => "loopt",
            Stage::Failed(_) => "kan-niet",
        };
        if let Some(element) = dom::by_id("toneel") {
            dom::set(&element, "data-kaart", state);
        }
    }
}
