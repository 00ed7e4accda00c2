//! Drawing a heat network: from the pointer on the map to colours and figures.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use evening::sketch;
use evening::view::draw;
use gasvrij3d::bus::map::{Feature, Form, FromMap, Pointing, ToMap};
use gasvrij3d::drawing::{Draft, Drawing, Summary};
use gasvrij3d::geo::Rd;
use gasvrij3d::home::NetKind;
use gasvrij3d::palette::Surface;
use gasvrij3d::text::Key;
use kit::view::page;
use kit::{dom, file, frame, map};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement};

use crate::app::{App, Place};
use crate::{beside, city, groups};

/// What lies over the map: the drawing.
pub const OVERLAY: &str = "route";
/// Milliseconds of rest after which the figures follow the pointer.
const REST: i32 = 150;
/// The name of the file that is saved.
const FILE: &str = "warmtenet.geojson";

/// What is drawn.
#[derive(Default)]
pub struct Net {
    is_drawing: Cell<bool>,
    /// Whether the next place that the map tells is to become a point.
    wants_middle: Cell<bool>,
    /// Where the pointer is, since the last frame.
    pointer: Cell<Option<Rd>>,
    /// Whether a frame is asked for.
    awaited: Cell<bool>,
    /// Counts changes: figures are made after the last one.
    changes: Cell<u32>,
    /// Tiles that have another colour than the map's own.
    painted: RefCell<BTreeSet<usize>>,
    /// The two sketches that are kept, and whether both are on the map.
    pub kept: RefCell<[Option<(Draft, Summary)>; 2]>,
    pub beside: Cell<bool>,
}

/// Shows the page, and brings the homes where they are not there yet.
pub async fn show(app: &Rc<App>, turn: u32, moved: bool) {
    let lang = frame::lang();
    let draft = with(app, |drawing| drawing.draft().clone()).unwrap_or_default();
    put(app, &draft);
    frame::titled(Key::TekenenKop.text(lang));
    if moved {
        dom::arrive("kop", frame::VIEW);
    }
    let progress = |shown: usize, total: usize| {
        if app.is_turn(turn) {
            let values = [("shown", &*shown.to_string()), ("total", &*total.to_string())];
            dom::say(draw::SAID, &Key::TekenenLaden.fill(lang, &values));
        }
    };
    let loaded = app.town.load(&app.data, progress).await;
    if !app.is_at(Place::Net) {
        return;
    }
    match loaded {
        Ok(()) => {
            dom::say(draw::SAID, Key::TekenenGeladen.text(lang));
            show_on_map(app);
            told(app);
        }
        Err(error) => {
            frame::put(page::failed(Key::FoutGegevens, &error.to_string(), lang));
            frame::titled(Key::FoutKop.text(lang));
        }
    }
}

fn put(app: &App, draft: &Draft) {
    let (chosen, is_painted) = app.clusters.shown();
    frame::put(draw::page(draft, app.net.is_drawing.get(), (&chosen, is_painted), frame::lang()));
    groups::render(app);
}

/// Another view: the map goes back to what it was, and the drawing stays for whoever comes back.
pub fn leave(app: &App) {
    app.net.is_drawing.set(false);
    map::ask(&ToMap::Draw { on: false });
    map::ask(&ToMap::Overlay { name: OVERLAY.into(), features: Vec::new(), side: None });
    beside::leave(app);
    app.net.painted.borrow_mut().clear();
}

/// Tells the map all that is drawn.
pub fn show_on_map(app: &App) {
    if app.net.beside.get() {
        return beside::show(app);
    }
    map::ask(&ToMap::Draw { on: app.net.is_drawing.get() });
    line(app);
    let tiles: Option<Vec<usize>> = with(app, |drawing| {
        let homes: Vec<usize> =
            (0..drawing.homes().len()).filter(|home| drawing.distance_m(*home).is_finite()).collect();
        let homes_near = app.town.homes.borrow();
        homes_near.as_ref().map(|all| all.tiles_of(&homes)).unwrap_or_default()
    });
    colour(app, &tiles.unwrap_or_default());
    groups::show_on_map(app);
}

/// Ends the drawing on the map.
pub fn stop(app: &App) {
    if app.net.is_drawing.get() {
        draw_on_map(app, false);
    }
}

fn with<T>(app: &App, look: impl FnOnce(&Drawing) -> T) -> Option<T> {
    app.town.drawing.borrow().as_ref().map(look)
}

/// Changes the drawing; all that follows from it is shown.
fn change(app: &Rc<App>, change: impl FnOnce(&mut Drawing) -> Vec<usize>) {
    // What is drawn now is neither of the two sketches.
    beside::end(app);
    let changed = match app.town.drawing.borrow_mut().as_mut() {
        Some(drawing) => change(drawing),
        None => return,
    };
    follow(app, &changed);
    told(app);
}

/// Colours the homes of which the advice changed, and draws the line.
fn follow(app: &App, changed: &[usize]) {
    let tiles = app.town.homes.borrow().as_ref().map(|homes| homes.tiles_of(changed)).unwrap_or_default();
    colour(app, &tiles);
    line(app);
}

fn colour(app: &App, tiles: &[usize]) {
    app.net.painted.borrow_mut().extend(tiles);
    // While clusters are shown the homes have their colours.
    if tiles.is_empty() || app.clusters.is_painted() {
        return;
    }
    let theme = city::theme();
    let homes = app.town.homes.borrow();
    let colours = with(app, |drawing| {
        let all = |homes: &evening::homes::Homes| {
            tiles.iter().filter_map(|tile| homes.colours(*tile, theme, drawing.outcomes())).collect::<Vec<_>>()
        };
        homes.as_ref().map(|homes| all(homes)).unwrap_or_default()
    });
    if let Some(colours) = colours.filter(|colours| !colours.is_empty()) {
        city::paint(&colours);
    }
}

/// Draws the main, its points, and the stretch to the pointer.
fn line(app: &App) {
    let features = with(app, |drawing| features(drawing.draft(), drawing.pointer()));
    map::ask(&ToMap::Overlay { name: OVERLAY.into(), features: features.unwrap_or_default(), side: None });
}

/// A main, its points, and the stretch to the pointer.
pub fn features(draft: &Draft, pointer: Option<Rd>) -> Vec<Feature> {
    let feature = |shape, at, planned| Feature { shape, at, colour: Surface::Route, planned, label: String::new() };
    let mut features = Vec::new();
    let lines: Vec<Vec<Rd>> = draft.lines.iter().filter(|line| line.len() > 1).cloned().collect();
    if !lines.is_empty() {
        features.push(feature(Form::Line, lines, false));
    }
    if let (Some(from), Some(to)) = (draft.end(), pointer) {
        features.push(feature(Form::Line, vec![vec![from, to]], true));
    }
    let points: Vec<Vec<Rd>> = draft.lines.iter().flatten().map(|point| vec![*point]).collect();
    if !points.is_empty() {
        features.push(feature(Form::Point, points, false));
    }
    features
}

/// Shows the figures when nothing has changed for a moment.
fn told(app: &Rc<App>) {
    let lang = frame::lang();
    if let Some(said) = with(app, |drawing| draw::line(drawing.draft(), lang)) {
        dom::say(draw::LINE, &said);
    }
    let count = app.net.changes.get().wrapping_add(1);
    app.net.changes.set(count);
    let app = app.clone();
    dom::later(REST, move || {
        if app.net.changes.get() == count && app.is_at(Place::Net) {
            if let Some(summary) = with(&app, Drawing::summary) {
                dom::fill(draw::RESULT, draw::result(&summary, lang));
            }
            compared(&app);
        }
    });
}

fn compared(app: &App) {
    let kept = app.net.kept.borrow();
    let both = [0, 1].map(|which| kept[which].as_ref().map(|(draft, summary)| (draft, summary)));
    dom::fill(draw::COMPARED, draw::compared(both, app.net.beside.get(), frame::lang()));
}

/// What the map tells while this page is on screen.
pub fn heard(app: &Rc<App>, message: &FromMap) {
    match *message {
        FromMap::Camera(camera) => {
            if app.net.wants_middle.replace(false) {
                change(app, |drawing| drawing.add(camera.at));
            }
        }
        FromMap::Ground { what: Pointing::Press, at } => change(app, |drawing| drawing.add(at)),
        FromMap::Ground { what: Pointing::Move, at } => {
            app.net.pointer.set(Some(at));
            if !app.net.awaited.replace(true) {
                let on = app.clone();
                next_frame(move || point(&on));
            }
        }
    }
}

/// Follows the pointer, at most once a frame.
fn point(app: &Rc<App>) {
    app.net.awaited.set(false);
    if !app.net.is_drawing.get() {
        return;
    }
    if let Some(at) = app.net.pointer.take() {
        change(app, |drawing| drawing.point_at(Some(at)));
    }
}

fn next_frame(run: impl FnOnce() + 'static) {
    let closure = Closure::once_into_js(run);
    if let Some(window) = dom::window() {
        // It fails only for what is no function.
        let _ = window.request_animation_frame(closure.unchecked_ref());
    }
}

fn draw_on_map(app: &App, on: bool) {
    let lang = frame::lang();
    beside::end(app);
    app.net.is_drawing.set(on);
    map::ask(&ToMap::Draw { on });
    if let Some(button) = dom::by_id("net-teken") {
        dom::set(&button, "aria-pressed", if on { "true" } else { "false" });
        button.set_text_content(Some(if on { Key::TekenenKlaar } else { Key::TekenenBegin }.text(lang)));
    }
    let said = match (on, kit::map::is_running()) {
        (true, false) => Key::TekenenGeenKaart,
        (true, true) => Key::TekenenAan,
        (false, _) => Key::TekenenUit,
    };
    dom::say(draw::SAID, said.text(lang));
    if !on && app.town.drawing.borrow_mut().as_mut().is_some_and(|drawing| !drawing.point_at(None).is_empty()) {
        show_on_map(app);
    } else if !on {
        line(app);
    }
}

/// A press on a control of this page.
pub fn pressed(app: &Rc<App>, control: &Element) {
    let which = control.get_attribute("data-sketch").and_then(|name| draw::NAMES.iter().position(|n| *n == name));
    match control.get_attribute("data-do").as_deref() {
        Some("net-teken") => draw_on_map(app, !app.net.is_drawing.get()),
        Some("net-midden") => {
            if kit::map::is_running() {
                app.net.wants_middle.set(true);
                map::ask(&ToMap::Where);
            } else {
                dom::say(draw::SAID, Key::TekenenGeenKaart.text(frame::lang()));
            }
        }
        Some("net-tak") => lines(app, |lines| {
            if lines.last().is_some_and(|line| !line.is_empty()) {
                lines.push(Vec::new());
            }
        }),
        Some("net-terug") => lines(app, |lines| {
            while lines.last().is_some_and(Vec::is_empty) {
                lines.pop();
            }
            if let Some(line) = lines.last_mut() {
                line.pop();
            }
        }),
        Some("net-wis") => lines(app, Vec::clear),
        Some("net-opslaan") => save(app),
        Some("net-onthoud") => {
            if let (Some(which), Some(kept)) = (which, with(app, |d| (d.draft().clone(), d.summary()))) {
                app.net.kept.borrow_mut()[which] = Some(kept);
                compared(app);
                if app.net.beside.get() {
                    beside::show(app);
                }
                let said = Key::TekenenOnthouden.fill(frame::lang(), &[("name", draw::NAMES[which])]);
                dom::say(draw::SAID, &said);
            }
        }
        Some("net-naast") => beside::switch(app),
        Some("net-toon") => {
            let kept = which.and_then(|which| app.net.kept.borrow()[which].clone());
            if let Some((draft, _)) = kept {
                open(app, &draft);
            }
        }
        _ => {}
    }
}

fn lines(app: &Rc<App>, edit: impl FnOnce(&mut Vec<Vec<Rd>>)) {
    change(app, |drawing| {
        let mut draft = drawing.draft().clone();
        edit(&mut draft.lines);
        drawing.change(draft)
    });
}

/// Puts another drawing in the place of this one; what is supposed of it stands in the form.
fn open(app: &Rc<App>, draft: &Draft) {
    change(app, |drawing| drawing.change(draft.clone()));
    frame::forget_filled();
    put(app, draft);
    told(app);
}

/// A slider moves.
pub fn changed(app: &Rc<App>, event: &Event) {
    let Some(field) = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) else { return };
    let (lang, value) = (frame::lang(), field.value_as_number());
    let said = match field.id().as_str() {
        "net-deel" => draw::share(value, lang),
        "net-bereik" => draw::within(value, lang),
        _ => return,
    };
    dom::set(&field, "aria-valuetext", &said);
    dom::say(&format!("{}-waarde", field.id()), &said);
    change(app, |drawing| {
        let mut draft = drawing.draft().clone();
        match field.id().as_str() {
            "net-deel" => draft.share = value / 100.0,
            _ => draft.within_m = value,
        }
        drawing.change(draft)
    });
}

/// Something was chosen: a kind, a year, a file, or by what the map is coloured.
pub fn chosen(app: &Rc<App>, event: &Event) {
    let Some(target) = event.target() else { return };
    if let Some(field) = target.dyn_ref::<HtmlInputElement>().filter(|field| field.id() == draw::FILE) {
        import(app, field);
    }
    let Some(select) = target.dyn_ref::<HtmlSelectElement>() else { return };
    let value = select.value();
    match select.id().as_str() {
        "net-soort" => suppose(app, |draft| draft.kind = NetKind::from_code(&value).unwrap_or(draft.kind)),
        "net-start" => suppose(app, |draft| draft.start = value.parse().unwrap_or(draft.start)),
        "thema" if app.net.beside.get() => beside::show(app),
        "thema" => {
            let tiles: Vec<usize> = app.net.painted.borrow().iter().copied().collect();
            colour(app, &tiles);
        }
        _ => {}
    }
}

fn suppose(app: &Rc<App>, edit: impl FnOnce(&mut Draft)) {
    change(app, |drawing| {
        let mut draft = drawing.draft().clone();
        edit(&mut draft);
        drawing.change(draft)
    });
}

/// Opens a file with a drawing. One that does not fit changes nothing.
fn import(app: &Rc<App>, field: &HtmlInputElement) {
    let Some(chosen) = field.files().and_then(|files| files.get(0)) else { return };
    // The same file again is a choice again.
    field.set_value("");
    let app = app.clone();
    spawn_local(async move {
        let lang = frame::lang();
        let draft = with(&app, |drawing| drawing.draft().clone()).unwrap_or_default();
        match file::read(&chosen, sketch::LARGEST_FILE).await.and_then(|text| sketch::read(&text, &draft)) {
            Ok(draft) => {
                open(&app, &draft);
                dom::say("net-bestand-melding", Key::TekenenGeopend.text(lang));
            }
            Err(error) => {
                let said = format!("{} ({}: {error})", Key::TekenenOpenFout.text(lang), chosen.name());
                dom::say("net-bestand-melding", &said);
            }
        }
        dom::focus(draw::FILE);
    });
}

/// Gives the drawing as a file.
fn save(app: &App) {
    if let Some(text) = with(app, |drawing| sketch::write(drawing.draft())) {
        file::text("application/geo+json", &text).and_then(|file| file::give(FILE, &file));
    }
}
