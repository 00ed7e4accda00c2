//! What this part knows, and what it listens to.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gasvrij3d::bus::map::ToMap;
use gasvrij3d::bus::{self, ToCity, ToPanel};
use gasvrij3d::geo::TileId;
use gasvrij3d::home::PandId;
use gasvrij3d::link::{self, Link, View, VvePage};
use gasvrij3d::rules::rules;
use gasvrij3d::text::{self, Key};
use gasvrij3d::vve::Calc;
use js_sys::Date;
use kit::data::{self, Data};
use kit::parts::{self, Shown, VVE};
use kit::view::page;
use kit::{dom, frame, map, words};
use vve::sheet::Sheet;
use vve::view::{self, Notes, papers};
use wasm_bindgen_futures::spawn_local;
use web_sys::{CustomEvent, Event};

use crate::building::Building;
use crate::input;

/// Milliseconds after the last change before the address bar follows: browsers allow only so many changes.
const ADDRESS_AFTER: i32 = 400;

/// The attribute of the page while buildings are chosen on the map.
const CHOOSES: &str = "data-kiest";

/// This part of the page.
#[derive(Default)]
pub struct App {
    data: Data,
    /// The calculation on screen; none before the first view.
    pub calc: RefCell<Option<Calc>>,
    /// The building that it was filled in from.
    pub building: RefCell<Option<Building>>,
    /// Counts the views: an answer that comes late for an earlier view is dropped.
    turn: Cell<u32>,
    /// Counts the changes, so that the address bar follows the last one only.
    changes: Cell<u32>,
    /// Which page is on screen.
    page: Cell<Option<VvePage>>,
}

/// Starts listening. The panel says what to show.
pub fn start() {
    for part in [&text::FIRST, &text::PAGES, &text::CIJFERS, &text::VVE] {
        part.enter();
    }
    let app = Rc::new(App::default());
    let (Some(window), Some(document)) = (dom::window(), dom::document()) else { return };
    let on = app.clone();
    dom::listen::<CustomEvent>(&window, parts::SHOW, move |event| {
        show(&on, &Shown::read(&event.detail().as_string().unwrap_or_default()));
    });
    for (name, is_done) in [("input", false), ("change", true)] {
        let on = app.clone();
        dom::listen::<Event>(&document, name, move |event| input::changed(&on, &event, is_done));
    }
    dom::listen::<Event>(&document, "submit", move |event| {
        if dom::hit(&event, "data-module").is_some_and(|form| form.get_attribute("data-module").as_deref() == Some(VVE))
        {
            event.prevent_default();
        }
    });
    let on = app.clone();
    dom::listen::<Event>(&document, "click", move |event| input::pressed(&on, &event));
    let on = app.clone();
    map::when_it_comes(move || {
        if on.page.get() == Some(VvePage::Table) {
            on.show_on_map();
        }
    });
    dom::listen::<CustomEvent>(&window, bus::TO_PANEL, move |event| {
        if let Ok(ToPanel::Picked { pand, tile }) = ToPanel::read(&event.detail().as_string().unwrap_or_default())
            && app.page.get() == Some(VvePage::Table)
        {
            press(&app, tile, pand);
        }
    });
}

impl App {
    /// Whether the view with this count is still the one on screen.
    fn is_turn(&self, turn: u32) -> bool {
        self.turn.get() == turn
    }

    /// The calculation with its figures, in the language of the page.
    pub fn sheet(&self) -> Sheet {
        let calc = self.calc.borrow().clone().unwrap_or_default();
        let data = self.data.known().map(|manifest| manifest.data_version.clone()).unwrap_or_default();
        Sheet::of(&calc, &link::version(&data, rules().version()), frame::lang())
    }

    /// Shows other figures in place, and has the address bar follow.
    pub fn update(self: &Rc<Self>) {
        let sheet = self.sheet();
        for (id, content) in view::live(&sheet, &frame::base()) {
            dom::fill(id, content);
        }
        frame::titled(&view::title(&sheet));
        let change = self.changes.get().wrapping_add(1);
        self.changes.set(change);
        let app = self.clone();
        dom::later(ADDRESS_AFTER, move || {
            if app.changes.get() == change {
                app.address();
            }
        });
    }

    /// Puts the calculation in the address bar; not over that of a page the visitor has just gone to.
    fn address(&self) {
        if let (Some(page), Some(calc)) = (self.page.get(), &*self.calc.borrow()) {
            let papers = |page| page == VvePage::Papers;
            if matches!(Link::parse(&frame::hash()).view, View::Vve(there) if papers(there) == papers(page)) {
                frame::address(&Link { view: View::Vve(page), calc: calc.to_link(), ..Link::default() });
            }
        }
    }

    /// Shows the table anew, with what is to be said above it.
    pub fn render(&self, notes: &Notes) {
        self.page.set(Some(VvePage::Table));
        frame::forget_filled();
        let sheet = self.sheet();
        dom::fill(frame::VIEW, view::whole(&sheet, notes));
        frame::titled(&view::title(&sheet));
        self.show_on_map();
    }

    /// Shows the map above the table, to press buildings on; or no longer.
    pub fn choose_on_map(&self) {
        let Some(body) = dom::document().and_then(|document| document.body()) else { return };
        if body.has_attribute(CHOOSES) {
            dom::unset(&body, CHOOSES);
        } else {
            dom::set(&body, CHOOSES, "");
            if let Some(map) = dom::by_id(map::STAGE) {
                map.scroll_into_view();
            }
        }
        self.show_on_map();
    }

    /// The buildings of the complex stand out on the map; without any, all are as they were.
    pub fn show_on_map(&self) {
        if map::is_running() {
            let is_here = self.page.get() == Some(VvePage::Table);
            let panden = self.building.borrow().as_ref().filter(|_| is_here).map(Building::on_map).unwrap_or_default();
            map::send(&ToCity::Unselect);
            map::ask(&ToMap::Highlight { panden });
        }
    }

    /// Begins again, with an example.
    pub fn restart(&self) {
        *self.calc.borrow_mut() = Some(Calc::default());
        *self.building.borrow_mut() = None;
        self.render(&Notes { filled: Some(example()), base: frame::base(), ..Notes::default() });
        self.address();
        dom::arrive("kop", frame::VIEW);
    }

    /// The homes of the complex are those of its buildings; what else was filled in stays.
    pub fn count_homes(&self) {
        if let Some(building) = &*self.building.borrow() {
            self.calc.borrow_mut().get_or_insert_with(Calc::default).take(&building.homes());
        }
    }

    /// What is said of the building that was filled in.
    pub fn building_notes(&self) -> Notes {
        let building = self.building.borrow();
        let filled = building.as_ref().map(|building| {
            let homes = words::whole(building.homes().len() as u64, frame::lang());
            Key::VveGebouwGevuld.fill(frame::lang(), &[("aantal", &homes), ("adres", &building.address())])
        });
        let neighbours = building.as_ref().map(Building::neighbours).filter(|all| all.len() > 1).unwrap_or_default();
        Notes { filled, neighbours, base: frame::base(), fault: None }
    }
}

fn example() -> String {
    Key::VveVoorbeeld.text(frame::lang()).to_owned()
}

fn show(app: &Rc<App>, shown: &Shown) {
    let turn = app.turn.get().wrapping_add(1);
    app.turn.set(turn);
    let was_table = app.page.replace(None) == Some(VvePage::Table);
    if shown.owner != VVE {
        if let Some(body) = dom::document().and_then(|document| document.body()) {
            dom::unset(&body, CHOOSES);
        }
        if was_table {
            app.show_on_map();
        }
        return;
    }
    let hash = frame::hash();
    let link = Link::parse(&hash);
    let View::Vve(page) = link.view else { return };
    let (app, moved) = (app.clone(), shown.moved);
    spawn_local(async move {
        let lang = frame::lang();
        let came = data::texts(lang).await;
        if !app.is_turn(turn) {
            return;
        }
        if let Err(error) = came {
            dom::fill(frame::VIEW, page::failed(Key::FoutTaal, &error.to_string(), lang));
            return;
        }
        // Its version stands on the papers; without the data the table works all the same.
        let _ = app.data.manifest().await;
        let building = match page {
            VvePage::Of(tile, pand) => Some(open(&app, tile, pand).await),
            _ => None,
        };
        // Who has just gone elsewhere is not called back: the page hears of another address a moment after it is there.
        if !app.is_turn(turn) || frame::hash() != hash {
            return;
        }
        let mut notes = building.unwrap_or_else(|| take_link(&app, &link));
        notes.base = frame::base();
        if page == VvePage::Papers {
            app.page.set(Some(page));
            let today = words::day(&today(), lang);
            dom::fill(frame::VIEW, papers::papers(&app.sheet(), &frame::base(), &today));
            frame::titled(Key::VveStukKop.text(lang));
            app.show_on_map();
        } else {
            app.render(&notes);
        }
        app.address();
        if moved {
            dom::arrive("kop", frame::VIEW);
        }
    });
}

/// Takes the calculation of a link; a link that is not whole leaves the one on screen.
fn take_link(app: &App, link: &Link) -> Notes {
    let lang = frame::lang();
    let had = app.calc.borrow().is_some();
    if !link.calc.is_empty() {
        let Ok(calc) = Calc::of_link(&link.calc) else {
            let fault = if had { Key::VveLinkFout } else { Key::VveLinkFoutLeeg };
            app.calc.borrow_mut().get_or_insert_with(Calc::default);
            return Notes { fault: Some(fault.text(lang).to_owned()), ..app.building_notes() };
        };
        let same = app.calc.borrow().as_ref() == Some(&calc);
        *app.calc.borrow_mut() = Some(calc);
        if same {
            return app.building_notes();
        }
        *app.building.borrow_mut() = None;
        return Notes::default();
    }
    if had {
        return app.building_notes();
    }
    *app.calc.borrow_mut() = Some(Calc::default());
    Notes { filled: Some(example()), ..Notes::default() }
}

/// A building is pressed on the map: it belongs to the complex from now on, or no longer.
fn press(app: &Rc<App>, at: TileId, pand: PandId) {
    let (app, turn) = (app.clone(), app.turn.get());
    spawn_local(async move {
        let found = Building::tile(&app.data, at).await;
        if !app.is_turn(turn) {
            return;
        }
        let lang = frame::lang();
        let fault = |key: Key| Notes { fault: Some(key.text(lang).to_owned()), ..app.building_notes() };
        let Ok(tile) = found else {
            app.render(&fault(Key::VveGebouwFout));
            return;
        };
        let is_first = app.building.borrow().is_none();
        if is_first {
            let opened = Building::open(&app.data, at, pand).await;
            if !app.is_turn(turn) {
                return;
            }
            *app.building.borrow_mut() = opened.ok().flatten();
        }
        let changed = match &mut *app.building.borrow_mut() {
            Some(building) => is_first || building.press(&tile, pand),
            None => false,
        };
        if changed {
            app.count_homes();
        }
        app.render(&if changed { app.building_notes() } else { fault(Key::VveGebouwNiet) });
        app.update();
    });
}

/// Fills in a building.
async fn open(app: &App, tile: TileId, pand: PandId) -> Notes {
    let lang = frame::lang();
    let fault = |key: Key| {
        app.calc.borrow_mut().get_or_insert_with(Calc::default);
        Notes { fault: Some(key.text(lang).to_owned()), ..Notes::default() }
    };
    match Building::open(&app.data, tile, pand).await {
        Ok(Some(building)) => {
            let mut calc = Calc::default();
            calc.take(&building.homes());
            calc.set_name(&format!("VvE {}", building.address()));
            *app.calc.borrow_mut() = Some(calc);
            *app.building.borrow_mut() = Some(building);
            app.building_notes()
        }
        Ok(None) => fault(Key::VveGebouwKlein),
        Err(_) => fault(Key::VveGebouwFout),
    }
}

/// The day of today, `2026-11-24`.
fn today() -> String {
    let date = Date::new_0();
    format!("{}-{}-{}", date.get_full_year(), date.get_month() + 1, date.get_date())
}
