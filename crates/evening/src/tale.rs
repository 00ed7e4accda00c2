//! Telling a story: step by step on the big screen, with a presenter's screen beside it, and making one.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use evening::story::{Both, Colour, LARGEST_FILE, Layer, MOST_STEPS, Step, Story};
use evening::tell;
use evening::view::tale::{self, OF_PLANS, Told};
use gasvrij3d::Result;
use gasvrij3d::bus::map::{Camera, FromMap, Layer as MapLayer, ToMap};
use gasvrij3d::link::{Link, View};
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::theme::Theme;
use kit::data;
use kit::view::page;
use kit::{dom, file, frame, map};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, KeyboardEvent, StorageEvent};

use crate::app::{App, Place};
use crate::{city, offline};

/// Where a story that was made or opened is kept on the device: `gasvrij-verhaal-NAME`.
const KEPT: &str = "gasvrij-verhaal-";
/// Where the windows tell each other the step: `NAME/STEP`.
const STEP: &str = "gasvrij-verhaalstap";
/// What a link says for the presenter's screen.
const PRESENTER: &str = "spreker";
/// The name of a story that was opened or made here.
const OWN: &str = "eigen";
/// Pixels of a swipe.
const SWIPE: f64 = 60.0;

/// What a story calls the layers of the map.
const LAYERS: [(Layer, MapLayer); 3] = [
    (Layer::Warmtenetten, MapLayer::HeatNetworks),
    (Layer::Plannen, MapLayer::PlanAreas),
    (Layer::Buurten, MapLayer::Borders),
];

/// What is told.
#[derive(Default)]
pub struct Tale {
    name: RefCell<String>,
    story: RefCell<Option<Story>>,
    place: Cell<usize>,
    is_presenter: Cell<bool>,
    /// Whether the next place that the map tells is for this step.
    wants_camera: Cell<bool>,
    /// Where the step looks: another place is somebody looking around.
    looks: Cell<Option<Camera>>,
    touched: Cell<Option<i32>>,
    /// Whether this window goes where another one went: then it has nothing to tell.
    follows: Cell<bool>,
}

/// Shows a step.
pub async fn show(app: &Rc<App>, name: &str, step: u16, turn: u32, moved: bool) {
    let lang = frame::lang();
    let place = usize::from(step.saturating_sub(1));
    app.tale.is_presenter.set(Link::parse(&frame::hash()).open == PRESENTER);
    if *app.tale.name.borrow() != name || app.tale.story.borrow().is_none() {
        dom::fill(frame::VIEW, page::waiting(lang));
        let story = load(app, name).await;
        if !app.is_turn(turn) {
            return;
        }
        match story {
            Ok(story) => *app.tale.story.borrow_mut() = story,
            Err(error) => {
                frame::put(page::failed(Key::FoutGegevens, &error.to_string(), lang));
                return;
            }
        }
        name.clone_into(&mut app.tale.name.borrow_mut());
    }
    app.tale.place.set(place);
    render(app);
    if moved {
        dom::arrive("kop", frame::VIEW);
    }
    if !app.tale.follows.replace(false) {
        dom::remember(STEP, &format!("{name}/{}", place + 1));
    }
    show_on_map(app);
    offline::show(app);
    if with_step(app, |step| step.kleur == Colour::Plans).unwrap_or_default() {
        with_homes(app).await;
    }
}

/// Plans need the homes: brings them and shows the step once more, or says why they do not come.
async fn with_homes(app: &App) {
    let loaded = app.town.load(&app.data, |_, _| {}).await;
    if !app.is_at(Place::Story) {
        return;
    }
    match loaded {
        Ok(()) => show_on_map(app),
        Err(error) => dom::say(tale::HOMES, &format!("{} ({error})", Key::VerhaalHuizenFout.text(frame::lang()))),
    }
}

async fn load(app: &App, name: &str) -> Result<Option<Story>> {
    if let Some(text) = dom::recall(&format!("{KEPT}{name}")) {
        // One that was kept by another version is as good as none.
        return Ok(Story::read(&text).ok());
    }
    if name != OF_PLANS {
        return Ok(None);
    }
    data::texts(Lang::Nl).await?;
    data::texts(Lang::En).await?;
    let manifest = app.data.manifest().await?;
    let (plans, areas) = (app.plans().await?, app.neighbourhoods().await?);
    Ok(Some(tell::of_plans(&plans, &areas, &manifest.municipality.name, manifest.bounds)))
}

fn with_step<T>(app: &App, look: impl FnOnce(&Step) -> T) -> Option<T> {
    app.tale.story.borrow().as_ref().and_then(|story| story.stappen.get(app.tale.place.get())).map(look)
}

fn render(app: &App) {
    let lang = frame::lang();
    let (story, name) = (app.tale.story.borrow(), app.tale.name.borrow());
    let shown = match story.as_ref() {
        None => tale::missing(lang),
        Some(story) => {
            let told = Told { name: &name, story, place: app.tale.place.get() };
            if app.tale.is_presenter.get() {
                tale::presenter(told, lang)
            } else {
                tale::page(told, &frame::base(), lang)
            }
        }
    };
    frame::put(shown);
    let title = with_step(app, |step| step.titel.text(lang).to_owned());
    frame::titled(title.as_deref().unwrap_or(Key::VerhaalKop.text(lang)));
    offline::render(app);
}

/// The map shows what the step says. The presenter's own map stays as it is.
pub fn show_on_map(app: &App) {
    let Some(step) = with_step(app, Clone::clone).filter(|_| !app.tale.is_presenter.get()) else { return };
    app.tale.looks.set(step.camera.map(to_map));
    if let Some(camera) = app.tale.looks.get() {
        map::ask(&ToMap::Go { camera });
    }
    for (own, layer) in LAYERS {
        map::ask(&ToMap::Layer { layer, shown: step.lagen.contains(&own) });
    }
    match step.kleur {
        Colour::Plans => app.paint_plans(step.jaar),
        colour => {
            city::own_legend(true);
            city::paint(&[]);
            city::colour(match colour {
                Colour::Option(option) => Theme::Verdict(option),
                _ => Theme::Best,
            });
        }
    }
    dom::show(tale::BACK, false);
}

const fn to_map(camera: evening::story::Camera) -> Camera {
    Camera { at: [camera.x, camera.y], distance: camera.afstand, heading: camera.draai, tilt: camera.kanteling }
}

/// Another view: the map gets its layers and colours back.
pub fn leave(app: &App) {
    app.tale.looks.set(None);
    for (_, layer) in LAYERS {
        map::ask(&ToMap::Layer { layer, shown: city::is_switched_on(layer) });
    }
    city::paint(&[]);
    city::colour(city::theme());
}

/// Goes some steps on, where there are any.
pub fn step(app: &App, by: i32) {
    let count = app.tale.story.borrow().as_ref().map_or(0, |story| story.stappen.len());
    let place = app.tale.place.get().saturating_add_signed(by as isize);
    if place < count && place != app.tale.place.get() {
        go(app, place);
    }
}

fn go(app: &App, place: usize) {
    let open = if app.tale.is_presenter.get() { PRESENTER } else { "" };
    let step = u16::try_from(place + 1).unwrap_or(1);
    let view = View::Story(app.tale.name.borrow().clone(), step);
    frame::go_to(&Link { view, open: open.to_owned(), ..Link::default() }.hash());
}

/// What the map tells while a story is on screen.
pub fn heard(app: &Rc<App>, message: &FromMap) {
    let FromMap::Camera(camera) = *message else { return };
    if app.tale.wants_camera.replace(false) {
        let camera = evening::story::Camera {
            x: camera.at[0].round(),
            y: camera.at[1].round(),
            afstand: camera.distance.round().clamp(10.0, 100_000.0),
            draai: camera.heading.round(),
            kanteling: camera.tilt.round().clamp(0.0, 89.0),
        };
        edit(app, |step| step.camera = Some(camera));
        app.tale.looks.set(Some(to_map(camera)));
        dom::say(tale::SAID, Key::VerhaalCameraKlaar.text(frame::lang()));
        return;
    }
    let is_elsewhere = app.tale.looks.get().is_some_and(|looks| {
        let apart = (looks.at[0] - camera.at[0]).hypot(looks.at[1] - camera.at[1]);
        apart > looks.distance * 0.05 || (camera.distance / looks.distance - 1.0).abs() > 0.1
    });
    dom::show(tale::BACK, is_elsewhere);
}

/// Keys of a clicker, where nothing else wants them.
pub fn key(app: &App, event: &KeyboardEvent) {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    let wants_keys = "input, textarea, select, canvas, summary, [role=combobox]";
    if target.is_some_and(|element| element.closest(wants_keys).ok().flatten().is_some()) || event.ctrl_key() {
        return;
    }
    let by = match event.key().as_str() {
        "ArrowRight" | "PageDown" => 1,
        "ArrowLeft" | "PageUp" => -1,
        _ => return,
    };
    event.prevent_default();
    step(app, by);
}

/// A finger comes down on the story, or goes up again.
pub fn touched(app: &App, x: i32, is_down: bool) {
    if is_down {
        app.tale.touched.set(Some(x));
    } else if let Some(from) = app.tale.touched.take() {
        let way = f64::from(x - from);
        if way.abs() > SWIPE {
            step(app, if way < 0.0 { 1 } else { -1 });
        }
    }
}

/// Another window of this story went to another step.
pub fn stored(app: &App, event: &StorageEvent) {
    let (Some(key), Some(value)) = (event.key(), event.new_value()) else { return };
    if key == format!("{KEPT}{}", app.tale.name.borrow()) {
        if let Ok(story) = Story::read(&value) {
            *app.tale.story.borrow_mut() = Some(story);
            render(app);
        }
    } else if key == STEP
        && let Some((name, step)) = value.rsplit_once('/')
        && *app.tale.name.borrow() == name
        && let Some(place) = step.parse::<usize>().ok().and_then(|step| step.checked_sub(1))
        && place != app.tale.place.get()
    {
        app.tale.follows.set(true);
        go(app, place);
    }
}

/// Changes the step on screen and keeps the story on the device, under a name of its own.
fn edit(app: &App, edit: impl FnOnce(&mut Step)) {
    let place = app.tale.place.get();
    change(app, |story| {
        if let Some(step) = story.stappen.get_mut(place) {
            edit(step);
        }
    });
}

fn change(app: &App, change: impl FnOnce(&mut Story)) {
    if let Some(story) = app.tale.story.borrow_mut().as_mut() {
        change(story);
        OWN.clone_into(&mut app.tale.name.borrow_mut());
        dom::remember(&format!("{KEPT}{OWN}"), &story.write());
    }
    let step = u16::try_from(app.tale.place.get() + 1).unwrap_or(1);
    frame::address(&Link { view: View::Story(OWN.to_owned(), step), ..Link::default() });
}

/// A field of the form changed.
pub fn changed(app: &Rc<App>, event: &Event) {
    let Some(target) = event.target() else { return };
    let id = target.dyn_ref::<Element>().map(Element::id).unwrap_or_default();
    let text = || {
        let long = target.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value);
        long.or_else(|| target.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value)).unwrap_or_default()
    };
    let choice = || target.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value).unwrap_or_default();
    match id.as_str() {
        "verhaal-titel-nl" => edit(app, |step| step.titel.nl = text()),
        "verhaal-titel-en" => edit(app, |step| step.titel.en = text()),
        "verhaal-tekst-nl" => edit(app, |step| step.tekst.nl = text()),
        "verhaal-tekst-en" => edit(app, |step| step.tekst.en = text()),
        "verhaal-notitie" => edit(app, |step| step.notitie = text()),
        "verhaal-kleur" => {
            edit(app, |step| step.kleur = Colour::from_code(&choice()).unwrap_or_default());
            again(app);
        }
        "verhaal-jaar" => {
            edit(app, |step| step.jaar = choice().parse().ok());
            again(app);
        }
        tale::FILE => {
            if let Some(field) = target.dyn_ref::<HtmlInputElement>() {
                import(app, field);
            }
        }
        _ => {
            let layer = target.dyn_ref::<HtmlInputElement>().filter(|box_| box_.name() == "verhaal-laag");
            let layer = layer
                .and_then(|box_| Some((Layer::ALL.into_iter().find(|l| l.code() == box_.value())?, box_.checked())));
            if let Some((layer, on)) = layer {
                edit(app, |step| {
                    step.lagen.retain(|own| *own != layer);
                    if on {
                        step.lagen.push(layer);
                        step.lagen.sort_unstable();
                    }
                });
                again(app);
            }
        }
    }
}

/// The map follows a change; plans need the homes.
fn again(app: &Rc<App>) {
    let app = app.clone();
    spawn_local(async move { with_homes(&app).await });
}

/// A press on a control of a story.
pub fn pressed(app: &Rc<App>, control: &Element) {
    let place = app.tale.place.get();
    match control.get_attribute("data-do").as_deref() {
        Some("verhaal-terug") => show_on_map(app),
        Some("verhaal-stap") => {
            step(app, control.get_attribute("data-step").and_then(|by| by.parse().ok()).unwrap_or(1));
        }
        Some("verhaal-camera") => {
            app.tale.wants_camera.set(true);
            map::ask(&ToMap::Where);
        }
        Some("verhaal-erbij") => {
            change(app, |story| {
                if story.stappen.len() < MOST_STEPS {
                    let like = story.stappen.get(place).cloned().unwrap_or_default();
                    let blank = Step { titel: Both::default(), tekst: Both::default(), notitie: String::new(), ..like };
                    story.stappen.insert(place + 1, blank);
                }
            });
            go(app, place + 1);
        }
        Some("verhaal-eruit") => {
            change(app, |story| {
                if story.stappen.len() > 1 && place < story.stappen.len() {
                    story.stappen.remove(place);
                }
            });
            let last = app.tale.story.borrow().as_ref().map_or(0, |story| story.stappen.len().saturating_sub(1));
            app.tale.place.set(place.min(last));
            render(app);
            go(app, place.min(last));
        }
        Some("verhaal-eerder") if place > 0 => swap(app, place, place - 1),
        Some("verhaal-later") => swap(app, place, place + 1),
        Some("verhaal-bewaar") => {
            let story = app.tale.story.borrow();
            if let Some(story) = story.as_ref() {
                file::text("application/json", &story.write()).and_then(|file| file::give("verhaal.json", &file));
            }
        }
        Some("verhaal-spreker") => {
            let step = u16::try_from(place + 1).unwrap_or(1);
            let view = View::Story(app.tale.name.borrow().clone(), step);
            let link = Link { view, open: PRESENTER.to_owned(), ..Link::default() };
            if let Some(window) = dom::window() {
                // A browser may forbid a second window; the presenter then opens the address by hand.
                let _ = window.open_with_url_and_target(&(frame::base() + &link.hash()), "gasvrij-spreker");
            }
        }
        _ => {}
    }
}

fn swap(app: &App, place: usize, other: usize) {
    let count = app.tale.story.borrow().as_ref().map_or(0, |story| story.stappen.len());
    if other < count {
        change(app, |story| story.stappen.swap(place, other));
        go(app, other);
    }
}

/// Opens a file with a story. One that does not fit changes nothing.
fn import(app: &Rc<App>, field: &HtmlInputElement) {
    let Some(chosen) = field.files().and_then(|files| files.get(0)) else { return };
    // The same file again is a choice again.
    field.set_value("");
    let app = app.clone();
    spawn_local(async move {
        let lang = frame::lang();
        match file::read(&chosen, LARGEST_FILE).await.and_then(|text| Story::read(&text)) {
            Ok(story) => {
                dom::remember(&format!("{KEPT}{OWN}"), &story.write());
                OWN.clone_into(&mut app.tale.name.borrow_mut());
                *app.tale.story.borrow_mut() = Some(story);
                app.tale.place.set(0);
                frame::address(&Link { view: View::Story(OWN.to_owned(), 1), ..Link::default() });
                frame::forget_filled();
                render(&app);
                again(&app);
                dom::say(tale::SAID, Key::VerhaalGeopend.text(lang));
            }
            Err(error) => {
                let said = format!("{} ({}: {error})", Key::VerhaalFout.text(lang), chosen.name());
                dom::say(tale::SAID, &said);
            }
        }
        dom::focus(tale::FILE);
    });
}
