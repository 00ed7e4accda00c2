//! What this part knows, and what it listens to.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gasvrij3d::bus::map::ToMap;
use gasvrij3d::figures::Neighbourhood;
use gasvrij3d::home::VboId;
use gasvrij3d::link::{AreaPage, HomePage, Link, View};
use gasvrij3d::text::{self, Key};
use kit::case::Case;
use kit::data::{self, Data};
use kit::home::{Found, Opened};
use kit::parts::{self, PAGES, Shown};
use kit::view::page;
use kit::{dom, frame, map};
use wasm_bindgen_futures::spawn_local;
use web_sys::{CustomEvent, Event};

use crate::{answers, home, paper, picture, places};

/// This part of the page.
#[derive(Default)]
pub struct App {
    pub data: Data,
    /// The home that is on screen, also while the panel shows its card: it may be printed at any moment.
    pub opened: RefCell<Option<Opened>>,
    /// The last picture of the map, and of which home.
    pub picture: RefCell<Option<(VboId, String)>>,
    /// The neighbourhood that the page is about, as the map knows it.
    area: RefCell<Option<String>>,
    /// Whether the page is about the whole town.
    is_of_all: Cell<bool>,
    /// Counts the views: an answer that comes late for an earlier view is dropped.
    turn: Cell<u32>,
}

/// Starts listening. The panel says what to show.
pub fn start() {
    for part in [&text::FIRST, &text::PAGES, &text::CIJFERS] {
        part.enter();
    }
    let app = Rc::new(App::default());
    let (Some(window), Some(document)) = (dom::window(), dom::document()) else { return };
    let on = app.clone();
    dom::listen::<CustomEvent>(&window, parts::SHOW, move |event| {
        show(&on, &Shown::read(&event.detail().as_string().unwrap_or_default()));
    });
    let on = app.clone();
    map::when_it_comes(move || {
        if let area @ Some(_) = on.area.borrow().clone() {
            map::ask(&ToMap::Area { area });
        }
    });
    let on = app.clone();
    dom::listen::<Event>(&document, "click", move |event| pressed(&on, &event));
    let on = app.clone();
    dom::listen::<Event>(&document, "change", move |event| answers::changed(&on, &event, true));
    let on = app.clone();
    dom::listen::<Event>(&document, "input", move |event| answers::changed(&on, &event, false));
    dom::listen::<Event>(&window, "beforeprint", move |_| paper::fill(&app));
}

impl App {
    /// Whether the view with this count is still the one on screen.
    pub fn is_turn(&self, turn: u32) -> bool {
        self.turn.get() == turn
    }

    /// Has the map show the neighbourhood that the page is about, where this view is still on screen.
    pub fn look_at(&self, Neighbourhood { code, naam, .. }: &Neighbourhood, turn: u32) {
        if self.is_turn(turn) {
            self.mark(Some(if code.is_empty() { naam } else { code }.clone()));
        }
    }

    fn mark(&self, area: Option<String>) {
        if self.area.replace(area.clone()) != area {
            map::ask(&ToMap::Area { area });
        }
    }

    /// Looks at the home that is open, where there is one.
    pub fn look(&self, look: &mut dyn FnMut(&Case)) {
        if let (Some(opened), Some(manifest)) = (&*self.opened.borrow(), self.data.known()) {
            look(&opened.case(&manifest));
        }
    }

    /// Opens the home that the link names, as it is kept by now.
    pub async fn prepare(&self) {
        let Some(id) = frame::home() else { return };
        // Where it cannot be found the panel says so.
        if let Ok(None) = self.open(id).await {
            paper::is_ready(id);
        }
    }

    /// Opens a home; not where the id leads to no home.
    pub async fn open(&self, id: VboId) -> gasvrij3d::Result<Option<Found>> {
        data::texts(frame::lang()).await?;
        if let Some(opened) = self.opened.borrow_mut().as_mut().filter(|opened| opened.woning().id == id) {
            opened.refresh();
            return Ok(None);
        }
        *self.opened.borrow_mut() = None;
        Ok(match kit::home::find(&self.data, id).await? {
            Some(Found::Home(opened)) => {
                // One that comes late, when another was gone to, is not open.
                if frame::home() == Some(id) {
                    *self.opened.borrow_mut() = Some(opened);
                }
                None
            }
            other => other,
        })
    }
}

fn show(app: &Rc<App>, shown: &Shown) {
    let turn = app.turn.get().wrapping_add(1);
    app.turn.set(turn);
    let link = Link::parse(&frame::hash());
    if !matches!(link.view, View::House(..)) {
        *app.opened.borrow_mut() = None;
    }
    if !matches!(link.view, View::Area(AreaPage::One(_) | AreaPage::Homes(_))) {
        app.mark(None);
    }
    let is_of_all = matches!(link.view, View::Area(AreaPage::All) | View::Plans(_));
    // From one such page to another whoever looked around on the map stays where they are.
    if !app.is_of_all.replace(is_of_all) && is_of_all && shown.moved {
        map::whole();
    }
    if shown.owner != PAGES {
        let app = app.clone();
        spawn_local(async move { app.prepare().await });
        return;
    }
    let moved = shown.moved;
    let app = app.clone();
    spawn_local(async move {
        let came = data::texts(frame::lang()).await;
        if !app.is_turn(turn) {
            return;
        }
        if let Err(error) = came {
            frame::put(page::failed(Key::FoutTaal, &error.to_string(), frame::lang()));
            return;
        }
        match link.view.clone() {
            View::House(_, HomePage::Card) => {}
            View::House(id, page) => home::show(&app, id, page, &link.open, turn, moved).await,
            view => places::show(&app, view, turn, moved).await,
        }
    });
}

/// A press on what this part takes care of.
fn pressed(app: &Rc<App>, event: &Event) {
    let Some(control) = dom::hit(event, "data-do").filter(|e| e.get_attribute("data-module").as_deref() == Some(PAGES))
    else {
        return;
    };
    match control.get_attribute("data-do").as_deref() {
        Some("print") => paper::print(app),
        Some("copy") => paper::copy(&control),
        Some("share") => paper::share(),
        Some("buurt-png") => picture::keep(app),
        Some("erase") => answers::erase(app),
        _ => {}
    }
}
