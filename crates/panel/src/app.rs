//! What the panel knows, which view it shows, and who listens to what.

use std::cell::Cell;
use std::rc::Rc;

use gasvrij3d::bus::{self, CameraStep, ToCity, ToPanel};
use gasvrij3d::link::{HomePage, Link, View};
use gasvrij3d::text::{self, Key, Lang};
use gasvrij3d::theme::Theme;
use kit::data::{self, Data};
use kit::frame::{self, hash};
use kit::parts::{self, EVENING, PAGES};
use kit::view::{legend, page};
use kit::{dom, map};
use wasm_bindgen_futures::spawn_local;
use web_sys::{CustomEvent, Event, HtmlInputElement, HtmlSelectElement, KeyboardEvent};

use crate::city::City;
use crate::finder::Finder;
use crate::house::{self, House};
use crate::modules::{self, Modules};
use crate::recent;

/// The element with the legend, and the one with the buttons of the map that are pressed less.
const LEGEND: &str = "legenda-blad";
const MORE: &str = "kaart-meer";
/// Where the choice of language is kept.
const LANGUAGE: &str = "gasvrij-taal";
/// Milliseconds in which what was put on the page is surely painted.
const PAINTED: i32 = 100;
/// Milliseconds that somebody with a phone reads at least before asking for more.
const READING: i32 = 2_000;
/// Milliseconds that the map waits at most for what is to be there before it.
const PATIENCE: i32 = 6_000;

/// The panel.
#[derive(Default)]
pub struct App {
    pub data: Data,
    pub city: City,
    pub finder: Finder,
    pub house: House,
    pub modules: Modules,
    pub lang: Cell<Lang>,
    pub theme: Cell<Theme>,
    /// Counts the views: an answer that comes late for an earlier view is dropped.
    pub turn: Cell<u32>,
    is_settled: Cell<bool>,
}

/// Starts the panel.
pub fn start() {
    text::FIRST.enter();
    let app = Rc::new(App::default());
    if dom::recall(LANGUAGE).as_deref() == Some("en") {
        app.lang.set(Lang::En);
    }
    let beginning = app.clone();
    spawn_local(async move {
        match data::texts(beginning.lang.get()).await {
            Ok(()) => begin(&beginning),
            // Without texts there is nothing to say it in but what stands in the page itself.
            Err(error) => {
                dom::say("storing-details", &error.to_string());
                dom::show("storing", true);
            }
        }
    });
    // Meanwhile; an error shows itself in the view that needs it.
    spawn_local(async move {
        let _ = app.data.manifest().await;
    });
}

fn begin(app: &Rc<App>) {
    app.translate();
    listen(app);
    if dom::input("zoek-veld").is_some_and(|field| !field.value().is_empty()) {
        // Typed while this program was still on its way.
        Finder::typed(app);
    }
    // On a phone they would hide the map.
    for element in [LEGEND, MORE].into_iter().filter(|_| dom::is_wide()).filter_map(dom::by_id) {
        dom::set(&element, "open", "");
    }
    route(app, false);
    let app = app.clone();
    spawn_local(async move {
        // An error shows itself in the view that needs the data; here the rest of the page is filled in.
        if app.data.manifest().await.is_ok() {
            app.whose();
        }
        if matches!(View::parse(&hash()), View::Search) {
            app.start_view();
            // The streets before the first key press, so that the first answer is at once.
            let _ = app.data.streets().await;
            let _ = app.data.areas().await;
            app.settled();
        }
    });
}

/// Shows what the address bar says.
pub fn route(app: &Rc<App>, moved: bool) {
    let turn = app.turn.get().wrapping_add(1);
    app.turn.set(turn);
    let link = Link::parse(&hash());
    let view = link.view.clone();
    let owner = modules::owner(&view);
    let strange = View::is_strange(&hash());
    dom::say("zoek-link", if strange { Key::ZoekLinkVreemd.text(app.lang.get()) } else { "" });
    dom::show("zoek-link", strange);
    dom::show("inleiding", view == View::Search);
    if let Some(body) = dom::document().and_then(|d| d.body()) {
        let name = match view {
            View::Search => "zoeken",
            View::House(..) | View::Building(..) => "huis",
            View::Vve(_) => "vve",
            _ => "over",
        };
        dom::set(&body, "data-view", name);
        let page = match view {
            View::House(_, page) => page.code(),
            _ if owner == EVENING => EVENING,
            _ => HomePage::Card.code(),
        };
        dom::set(&body, "data-page", page);
    }
    match view {
        View::Draw => make_room(1_000),
        // The text of other pages is wider than a card, once its styles are there.
        View::House(_, HomePage::Card) => {}
        View::House(..) | View::About | View::Glossary(_) | View::Area(_) | View::Plans(_) => make_room(1_300),
        _ => {}
    }
    match view {
        View::House(id, _) => house::arrive(app, id, &link),
        View::Building(..) => house::leave(app),
        _ => {
            house::leave(app);
            map::unselect();
        }
    }
    match view {
        View::Search => {
            app.start_view();
            frame::titled("");
            if moved {
                dom::arrive("zoek-kop", frame::VIEW);
            }
        }
        View::House(id, HomePage::Card) => house::show_home(app, id, link, turn, moved),
        View::Building(tile, pand) => house::show_building(app, tile, pand, turn, moved),
        _ => {}
    }
    modules::show(app, owner, moved);
}

impl App {
    /// Whether the view with this count is still the one on screen.
    pub fn is_turn(&self, turn: u32) -> bool {
        self.turn.get() == turn
    }

    /// The start, where the link leads there.
    pub fn start_view(&self) {
        if matches!(View::parse(&hash()), View::Search) {
            dom::fill(
                frame::VIEW,
                page::start(self.data.known().as_deref(), recent::list().map(|all| all.len()), self.lang.get()),
            );
        }
    }

    /// What was asked for first is on screen: the rest may come. In a wide window the map is beside it, so that comes next. On a
    /// phone the line and the processor are first for what is being read, and paper and the pages under a card come before the
    /// map, which takes the processor for a while.
    pub fn settled(self: &Rc<Self>) {
        if self.is_settled.replace(true) {
            return;
        }
        let app = self.clone();
        let (pages, map) = if dom::is_wide() { (PAINTED, PAINTED) } else { (READING, PATIENCE) };
        dom::later(pages, move || dom::when_idle(move || app.modules.start(PAGES)));
        let app = self.clone();
        dom::later(map, move || app.show_city());
    }

    /// Brings the map.
    pub fn show_city(&self) {
        self.city.start(self.lang.get());
    }

    /// Whose data it is: name, notice and sources.
    fn whose(&self) {
        let Some(manifest) = self.data.known() else { return };
        let lang = self.lang.get();
        dom::say("gemeente", &manifest.municipality.name);
        let notice = lang.pick(&manifest.municipality.notice.nl, &manifest.municipality.notice.en);
        dom::say("melding", notice);
        dom::show("melding", !notice.is_empty());
        let mut credits: Vec<&str> =
            manifest.sources.iter().map(|s| s.attribution.as_str()).filter(|a| !a.is_empty()).collect();
        credits.dedup();
        dom::say("bronnen", &credits.join(" · "));
        frame::titled(&frame::title());
    }

    /// Everything that stands on the page beside the views, in the chosen language.
    fn translate(&self) {
        let lang = self.lang.get();
        // The page comes in Dutch.
        if lang != frame::lang() {
            labelled(lang);
        }
        if let Some(button) = dom::by_id("taal") {
            dom::set(&button, "lang", lang.pick("en", "nl"));
        }
        dom::fill("legenda", legend::legend(self.theme.get(), lang));
        self.city.render(lang);
        self.whose();
    }
}

/// Folds the legend where it would cover much of the map: where that is less than so many CSS pixels wide.
fn make_room(narrow: i32) {
    if dom::by_id(map::STAGE).is_some_and(|stage| stage.client_width() < narrow)
        && let Some(legend) = dom::by_id(LEGEND)
    {
        dom::unset(&legend, "open");
    }
}

/// What stands in the page itself, in another language.
fn labelled(lang: Lang) {
    let Some(document) = dom::document() else { return };
    if let Some(root) = document.document_element() {
        dom::set(&root, "lang", lang.code());
    }
    let targets = [("data-text", &[][..]), ("data-label", &["aria-label"]), ("data-title", &["aria-label", "title"])];
    for (attribute, targets) in targets {
        let Ok(list) = document.query_selector_all(&format!("[{attribute}]")) else { continue };
        for i in 0..list.length() {
            let Some(element) = list.item(i).and_then(|n| wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(n).ok())
            else {
                continue;
            };
            let code = element.get_attribute(attribute).unwrap_or_default();
            let Some((_, key)) = Key::known().find(|(name, _)| *name == code) else { continue };
            if targets.is_empty() {
                element.set_text_content(Some(key.text(lang)));
            }
            for name in targets {
                dom::set(&element, name, key.text(lang));
            }
        }
    }
}

fn listen(app: &Rc<App>) {
    let (Some(window), Some(document)) = (dom::window(), dom::document()) else { return };
    let on = app.clone();
    dom::listen::<Event>(&document, "click", move |event| pressed(&on, &event));
    let on = app.clone();
    dom::listen::<Event>(&document, "change", move |event| {
        themed(&on, &event);
        with_answers(&event);
        if let Some(field) =
            dom::input(recent::SWITCH).filter(|_| dom::hit(&event, "id").is_some_and(|e| e.id() == recent::SWITCH))
        {
            recent::switch(&on, field.checked());
        }
    });
    let on = app.clone();
    dom::listen::<Event>(&window, "hashchange", move |_| route(&on, true));
    let on = app.clone();
    dom::listen::<CustomEvent>(&window, bus::TO_PANEL, move |event| {
        let detail = event.detail().as_string().unwrap_or_default();
        // Only our own city and loader speak here; what they say in another form is of another version.
        if let Ok(message) = ToPanel::read(&detail) {
            on.city.heard(&message, on.lang.get(), on.theme.get());
        }
    });
    let on = app.clone();
    dom::listen::<Event>(&window, bus::STOP_CITY, move |_| on.city.stopped());
    let on = app.clone();
    dom::listen::<CustomEvent>(&window, parts::STARTED, move |event| {
        modules::heard(&on, &event.detail().as_string().unwrap_or_default());
    });
    if let Some(field) = dom::by_id("zoek-veld") {
        let on = app.clone();
        dom::listen::<Event>(&field, "input", move |_| Finder::typed(&on));
        let on = app.clone();
        dom::listen::<KeyboardEvent>(&field, "keydown", move |event| Finder::key(&on, &event));
        let on = app.clone();
        dom::listen::<Event>(&field, "focus", move |_| Finder::entered(&on));
        let on = app.clone();
        dom::listen::<Event>(&field, "blur", move |_| {
            // A press on an option takes the focus away before it is a click.
            let on = on.clone();
            dom::later(200, move || on.finder.left());
        });
    }
    if let Some(form) = dom::by_id("zoek") {
        let on = app.clone();
        dom::listen::<Event>(&form, "submit", move |event| {
            event.prevent_default();
            Finder::submit(&on);
        });
    }
}

/// A press on anything that says what it does by `data-do`, or on an option of the list.
fn pressed(app: &Rc<App>, event: &Event) {
    if let Some(choice) = dom::hit(event, "data-choice").and_then(|e| e.get_attribute("data-choice")) {
        if let Ok(index) = choice.parse() {
            Finder::choose(app, index);
        }
        return;
    }
    if let Some(control) = dom::hit(event, modules::CONTROL) {
        modules::pressed(app, &control.get_attribute(modules::CONTROL).unwrap_or_default(), &control);
        return;
    }
    let Some(element) = dom::hit(event, "data-do") else { return };
    let what = element.get_attribute("data-do").unwrap_or_default();
    match what.as_str() {
        "again" => route(app, true),
        "search" => dom::focus("zoek-veld"),
        "search-again" => Finder::typed(app),
        "wipe" => recent::wipe(app),
        "locate" => Finder::locate(app),
        "skip" => {
            // The hash holds the view: a jump within the page must leave it alone.
            event.prevent_default();
            dom::focus("inhoud");
        }
        "language" => {
            let lang = if app.lang.get() == Lang::Nl { Lang::En } else { Lang::Nl };
            let app = app.clone();
            spawn_local(async move { speak(&app, lang).await });
        }
        "retry-parts" => map::send(&ToCity::Retry),
        "restart" => {
            if let Some(window) = dom::window() {
                let _ = window.location().reload();
            }
        }
        "take-over" => house::decide(app, true),
        "leave" => house::decide(app, false),
        "to-map" => dom::focus("city"),
        "camera" => {
            if let Some(step) = CameraStep::from_code(&element.get_attribute("data-step").unwrap_or_default()) {
                map::send(&ToCity::Camera { step });
            }
        }
        _ => {}
    }
}

/// Goes over to another language.
async fn speak(app: &Rc<App>, lang: Lang) {
    match data::texts(lang).await {
        Ok(()) => {
            app.lang.set(lang);
            dom::remember(LANGUAGE, lang.code());
            app.translate();
            Finder::translate(app);
            route(app, false);
        }
        Err(error) => {
            let old = app.lang.get();
            dom::fill("zoek-fout", page::notice(Key::FoutTaal, &error.to_string(), old));
            dom::show("zoek-fout", true);
        }
    }
}

fn themed(app: &Rc<App>, event: &Event) {
    let Some(element) = dom::hit(event, "id").filter(|e| e.id() == "thema") else { return };
    let Ok(select) = wasm_bindgen::JsCast::dyn_into::<HtmlSelectElement>(element) else { return };
    if let Some(theme) = usize::try_from(select.selected_index()).ok().and_then(|i| Theme::ALL.get(i)) {
        app.theme.set(*theme);
        dom::fill("legenda", legend::legend(*theme, app.lang.get()));
        dom::focus("thema");
        map::send(&ToCity::Colour { theme: *theme });
    }
}

/// The link to pass on, with or without what the resident filled in.
fn with_answers(event: &Event) {
    let Some(element) = dom::hit(event, "id").filter(|e| e.id() == "deel-met") else { return };
    let Ok(field) = wasm_bindgen::JsCast::dyn_into::<HtmlInputElement>(element) else { return };
    let from = if field.checked() { "data-with" } else { "data-without" };
    if let (Some(link), Some(out)) = (field.get_attribute(from), dom::input("deel-link")) {
        out.set_value(&link);
    }
}
