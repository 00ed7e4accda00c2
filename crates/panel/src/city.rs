//! The panel's side of the 3D map: asks it for things, and shows how it fares.

use std::cell::{Cell, RefCell};

use gasvrij3d::bus::{ToCity, ToPanel};
use gasvrij3d::few::Few;
use gasvrij3d::geo::TileId;
use gasvrij3d::link::View;
use gasvrij3d::text::Lang;
use gasvrij3d::theme::Theme;
use kit::view::status::{self, Stage};
use kit::{dom, frame, map};

/// The event that asks the loader for the 3D map.
const START: &str = "gasvrij:start-city";
/// So often the loader begins a map anew that broke down (`assets/boot.js`).
const TRIES: u8 = 3;

/// What is known of the 3D map.
#[derive(Default)]
pub struct City {
    stage: RefCell<Stage>,
    missing: RefCell<Few<TileId, (String, String)>>,
    faults: Cell<[u32; 2]>,
    /// How often it broke down.
    falls: Cell<u8>,
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

    /// What the map says.
    pub fn heard(&self, message: &ToPanel, lang: Lang, theme: Theme) {
        match message {
            ToPanel::Ready => {
                *self.stage.borrow_mut() = Stage::Running { shown: 0, total: 0 };
                // From here on it is asked for things.
                self.render(lang);
                map::send(&ToCity::Colour { theme });
                map::remind();
            }
            ToPanel::Progress { shown, total } => {
                *self.stage.borrow_mut() = Stage::Running { shown: *shown, total: *total };
            }
            // There a press adds a building to the complex, or takes it out.
            ToPanel::Picked { .. } if matches!(View::parse(&frame::hash()), View::Vve(_)) => {}
            ToPanel::Picked { pand, tile } => frame::go(&View::Building(*tile, *pand)),
            // The card stays: a press on a street is no wish to lose it.
            ToPanel::PickedNothing => {}
            ToPanel::TileMissing { tile, name, reason, .. } => {
                self.missing.borrow_mut().insert(*tile, (name.clone(), reason.clone()));
            }
            ToPanel::TileBack { tile } => {
                self.missing.borrow_mut().remove(tile);
            }
            ToPanel::Faults { hulls, skipped } => self.faults.set([*hulls, *skipped]),
            ToPanel::Failed { reason } => {
                let fall = self.falls.get().saturating_add(1);
                self.falls.set(fall);
                let comes_back = fall <= TRIES && matches!(reason.as_str(), "panic" | "context-lost");
                *self.stage.borrow_mut() = if comes_back { Stage::Starting } else { Stage::Failed(reason.clone()) };
            }
        }
        self.render(lang);
    }

    /// The map is ended, and another begins: that one says itself what it misses, also before it runs.
    pub fn stopped(&self) {
        self.missing.take();
    }

    /// Puts the state of the map on the page.
    pub fn render(&self, lang: Lang) {
        let stage = self.stage.borrow();
        let missing = self.missing.borrow();
        let named: Vec<(&str, &str)> = missing.values().map(|(n, r)| (n.as_str(), r.as_str())).collect();
        dom::fill("kaart-leeg", status::placeholder(&stage, lang));
        dom::fill("kaart-status", status::line(&stage, &named, lang));
        dom::say("kaart-rompen", &status::faults(self.faults.get(), lang));
        let state = match &*stage {
            Stage::Waiting | Stage::Starting => "wacht",
            Stage::Running { .. } => "loopt",
            Stage::Failed(_) => "kan-niet",
        };
        if let Some(element) = dom::by_id(map::STAGE) {
            dom::set(&element, "data-kaart", state);
        }
    }
}
