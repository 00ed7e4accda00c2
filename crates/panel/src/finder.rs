//! The search box: an editable combobox with a list, as the ARIA authoring practices describe it.
//!
//! The box itself is never written over while somebody types. What is chosen is chosen by hand: never the first by guess.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gasvrij3d::Result;
use gasvrij3d::few::Few;
use gasvrij3d::geo::TileId;
use gasvrij3d::link::{HomePage, View};
use gasvrij3d::order;
use gasvrij3d::search::{Area, Fitting, Listed, Query, certain};
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::tile::{Tile, Woning};
use gasvrij3d::wgs84::from_wgs84;
use kit::view::card;
use kit::view::search::{self, Choice};
use kit::{dom, frame, words};
use wasm_bindgen_futures::spawn_local;
use web_sys::KeyboardEvent;

use crate::app::{self, App};
use crate::recent;

const FIELD: &str = "zoek-veld";
const LIST: &str = "zoek-lijst";
const SAYS: &str = "zoek-status";
const FAULT: &str = "zoek-fout";
/// Neighbourhoods in the list at most.
const AREAS: usize = 3;
/// Homes around a place in the list at most.
const NEAREST: usize = 8;
/// Metres around a place in which a home is near, also where it lies in another tile: far less than a tile is wide.
const NEAR: f64 = 60.0;
/// Milliseconds of rest before the count is said, so that it does not talk through the typing.
const REST: i32 = 700;

/// What the list holds.
#[derive(Default)]
pub struct Finder {
    choices: RefCell<Vec<Choice>>,
    active: Cell<Option<usize>>,
    open: Cell<bool>,
    /// Counts what was typed.
    turn: Cell<u32>,
    /// The turn that the list answers: behind `turn` while an answer is on its way.
    answered: Cell<u32>,
    /// Enter was pressed in this turn, before its answer came.
    entered: Cell<Option<u32>>,
    /// A press was answered in this turn.
    told: Cell<Option<u32>>,
    /// What was chosen, as long as the box holds it.
    chosen: RefCell<Option<Choice>>,
}

impl Finder {
    /// Something was typed.
    pub fn typed(app: &Rc<App>) {
        let Some(field) = dom::input(FIELD) else { return };
        let turn = app.finder.begin();
        let text = field.value();
        let query = Query::parse(&text);
        if query.is_empty() {
            Self::recall(app);
            return;
        }
        if app.data.known_streets().is_none() {
            dom::say(SAYS, Key::ZoekWacht.text(app.lang.get()));
        }
        let app = app.clone();
        spawn_local(async move {
            let found = look(&app, &text, &query).await;
            if app.finder.turn.get() != turn {
                return;
            }
            let lang = app.lang.get();
            match found {
                Ok(choices) => {
                    app.finder.answer(choices, lang);
                    dom::show(FAULT, false);
                    if app.finder.entered.take() == Some(turn) {
                        Self::submit(&app);
                    }
                    let resting = app.clone();
                    dom::later(REST, move || {
                        // What a press was answered with stays.
                        if resting.finder.turn.get() == turn && resting.finder.told.get() != Some(turn) {
                            resting.finder.announce(resting.lang.get());
                        }
                    });
                    Self::neighbourhoods(&app, &text, turn).await;
                }
                Err(error) => {
                    app.finder.answer(Vec::new(), lang);
                    dom::fill(FAULT, kit::view::page::notice(Key::FoutGegevens, &error.to_string(), lang));
                    dom::show(FAULT, true);
                }
            }
        });
    }

    /// The neighbourhoods, where they did not come with the page: a link to a home fetches nothing for searching.
    async fn neighbourhoods(app: &Rc<App>, text: &str, turn: u32) {
        if app.data.known_areas().is_none()
            && app.data.areas().await.is_ok_and(|areas| !areas.find(text, 1).is_empty())
            && app.finder.turn.get() == turn
            // Who walks through the list, or has left it, keeps what is there.
            && app.finder.active.get().is_none()
            && dom::has_focus(FIELD)
        {
            Self::typed(app);
        }
    }

    /// Something else stands in the box, or is to be listed, from here on: its turn.
    fn begin(&self) -> u32 {
        self.turn.set(self.turn.get().wrapping_add(1));
        self.turn.get()
    }

    fn announce(&self, lang: Lang) {
        dom::say(SAYS, &search::announcement(&self.choices.borrow(), lang));
    }

    /// The page speaks another language from here on: nothing that was said in the old one stays.
    pub fn translate(app: &App) {
        let lang = app.lang.get();
        app.finder.render(lang);
        let has_fault = dom::by_id(FAULT).is_some_and(|fault| !fault.has_attribute("hidden"));
        let is_typed = dom::input(FIELD).is_some_and(|field| !field.value().is_empty());
        if is_typed && !has_fault && app.finder.is_current() && app.finder.chosen.borrow().is_none() {
            app.finder.announce(lang);
        } else {
            dom::say(SAYS, "");
        }
        dom::show(FAULT, false);
    }

    /// The box has the focus.
    pub fn entered(app: &Rc<App>) {
        if dom::input(FIELD).is_some_and(|field| field.value().is_empty()) {
            Self::recall(app);
        } else {
            app.finder.reopen();
        }
    }

    /// Nothing stands in the box: the addresses that were looked at last, where they are kept.
    fn recall(app: &Rc<App>) {
        let lang = app.lang.get();
        let kept = recent::list().unwrap_or_default();
        let count = words::whole(kept.len() as u64, lang);
        app.finder.answer(kept, lang);
        dom::say(SAYS, &if count == "0" { String::new() } else { Key::ZoekLaatst.fill(lang, &[("count", &count)]) });
    }

    /// A key in the box.
    pub fn key(app: &Rc<App>, event: &KeyboardEvent) {
        // A list that answers an earlier text is not to be walked through.
        let count = if app.finder.is_current() { app.finder.choices.borrow().len() } else { 0 };
        let active = app.finder.active.get();
        let next = match event.key().as_str() {
            "ArrowDown" if count > 0 => Some(active.map_or(0, |a| (a + 1) % count)),
            "ArrowUp" if count > 0 => Some(active.map_or(count - 1, |a| (a + count - 1) % count)),
            "Escape" => {
                if app.finder.open.get() {
                    app.finder.close();
                } else if let Some(field) = dom::input(FIELD) {
                    field.set_value("");
                    Self::typed(app);
                }
                event.prevent_default();
                None
            }
            _ => None,
        };
        if next.is_some() {
            event.prevent_default();
            app.finder.active.set(next);
            app.finder.open.set(true);
            app.finder.render(app.lang.get());
        }
    }

    /// The homes around where the visitor is, to choose from. The browser asks whether it may say where that is.
    pub fn locate(app: &Rc<App>) {
        let app = app.clone();
        dom::say(SAYS, Key::ZoekPlaatsWacht.text(app.lang.get()));
        // The browser may ask for long: meanwhile, and where there is no place, the box works as it did.
        let turn = app.finder.turn.get();
        app.finder.told.set(Some(turn));
        spawn_local(async move {
            let found = near(&app).await;
            if app.finder.turn.get() != turn {
                return;
            }
            let lang = app.lang.get();
            let said = match found {
                Ok(choices) if !choices.is_empty() => {
                    // First the focus: it brings a list of its own to an empty box.
                    dom::focus(FIELD);
                    app.finder.begin();
                    app.finder.answer(choices, lang);
                    Key::ZoekPlaatsKies
                }
                Ok(_) => Key::ZoekPlaatsBuiten,
                Err(said) => said,
            };
            dom::say(SAYS, said.text(lang));
        });
    }

    /// Enter, or the button.
    pub fn submit(app: &Rc<App>) {
        if !app.finder.is_current() {
            app.finder.entered.set(Some(app.finder.turn.get()));
            return;
        }
        // What was typed may mean more than one home, or none: a home that nobody named is chosen by nobody but the person.
        let chosen = app.finder.active.get().or_else(|| {
            let choices = app.finder.choices.borrow();
            choices.iter().position(|c| matches!(c, Choice::Address { certain: true, .. }))
        });
        let lang = app.lang.get();
        app.finder.told.set(Some(app.finder.turn.get()));
        let again = app.finder.chosen.borrow().clone();
        match (chosen, again) {
            (Some(index), _) => Self::choose(app, index),
            (None, Some(again)) => Self::open(app, again),
            (None, None) if app.finder.choices.borrow().is_empty() => dom::say(SAYS, Key::ZoekNiets.text(lang)),
            (None, None) => {
                // A press on the button took the focus out of the box.
                dom::focus(FIELD);
                app.finder.reopen();
                dom::say(SAYS, Key::ZoekKies.text(lang));
            }
        }
    }

    /// An option was chosen.
    pub fn choose(app: &Rc<App>, index: usize) {
        let choice = app.finder.choices.borrow().get(index).cloned();
        if let Some(choice) = choice {
            Self::open(app, choice);
        }
    }

    fn open(app: &Rc<App>, choice: Choice) {
        let Some(field) = dom::input(FIELD) else { return };
        let with = |name: &str, place: &str| match place {
            "" => name.to_owned(),
            place => format!("{name}, {place}"),
        };
        let (text, hash) = match &choice {
            Choice::Address { id, tile, name, place, .. } => {
                app.data.hint(*id, *tile);
                (with(name, place), View::House(*id, HomePage::Card).hash())
            }
            Choice::Area { code, name } => (name.clone(), format!("#/buurt/{code}")),
            Choice::Street { name, place, .. } => {
                // With its place: other villages may have a street of that name.
                field.set_value(&format!("{} ", with(name, place)));
                dom::focus(FIELD);
                Self::typed(app);
                return;
            }
        };
        field.set_value(&text);
        app.finder.begin();
        app.finder.answer(Vec::new(), app.lang.get());
        app.finder.chosen.replace(Some(choice));
        dom::say(SAYS, "");
        if frame::hash() == hash {
            // It is open already: to its heading.
            app::route(app, true);
        } else {
            frame::go_to(&hash);
        }
    }

    /// Whether the list answers what stands in the box now.
    fn is_current(&self) -> bool {
        self.answered.get() == self.turn.get()
    }

    /// Puts the answer to what was typed last in the list.
    fn answer(&self, choices: Vec<Choice>, lang: Lang) {
        self.answered.set(self.turn.get());
        self.open.set(!choices.is_empty());
        *self.choices.borrow_mut() = choices;
        self.chosen.replace(None);
        self.active.set(None);
        self.render(lang);
        if let Some(list) = dom::by_id(LIST) {
            // Says to who measures that the list is that of what was typed last.
            dom::set(&list, "data-answer", &self.turn.get().to_string());
        }
    }

    /// Shows the list again, where there is one.
    fn reopen(&self) {
        self.open.set(!self.choices.borrow().is_empty());
        self.expanded();
    }

    /// The focus left the box a moment ago.
    pub fn left(&self) {
        // A press on the button or on a street brought it back.
        if !dom::has_focus(FIELD) {
            self.close();
        }
    }

    /// Puts the list away; what was typed stays.
    fn close(&self) {
        self.open.set(false);
        self.active.set(None);
        self.expanded();
    }

    /// Puts the list on the page.
    fn render(&self, lang: Lang) {
        dom::fill(LIST, search::choices(&self.choices.borrow(), self.active.get(), lang));
        self.expanded();
    }

    fn expanded(&self) {
        dom::show(LIST, self.open.get());
        let Some(field) = dom::by_id(FIELD) else { return };
        dom::set(&field, "aria-expanded", if self.open.get() { "true" } else { "false" });
        match self.active.get().filter(|_| self.open.get()) {
            Some(active) => {
                let id = search::option_id(active);
                dom::set(&field, "aria-activedescendant", &id);
                if let Some(option) = dom::by_id(&id) {
                    option.scroll_into_view_with_bool(false);
                }
            }
            None => dom::unset(&field, "aria-activedescendant"),
        }
    }
}

/// The choices for what was typed.
async fn look(app: &App, text: &str, query: &Query) -> Result<Vec<Choice>> {
    let streets = app.data.streets().await?;
    let fitting = Fitting::find(&streets, query);
    let mut shards = Few::default();
    for index in fitting.shards(&streets) {
        shards.insert(index, app.data.shard(index).await?);
    }
    let list = fitting.list(&streets, |index| shards.get(&index).cloned())?;
    let certain = certain(&list);
    let mut choices = Vec::with_capacity(list.len() + AREAS);
    if let Some(areas) = app.data.known_areas().filter(|_| certain.is_none()) {
        let area = |area: &Area| Choice::Area { code: area.code.clone(), name: area.name.clone() };
        choices.extend(areas.find(text, AREAS).into_iter().map(area));
    }
    for (place, line) in list.into_iter().enumerate() {
        choices.extend(match line {
            Listed::Address(located) => Some(Choice::Address {
                id: located.id,
                tile: located.tile,
                name: located.address.to_string(),
                place: card::place(&located.address),
                certain: certain == Some(place),
            }),
            Listed::Street(index) => streets.street(index).map(|street| Choice::Street {
                name: street.name.clone(),
                place: if streets.has_places() { streets.place(street).to_owned() } else { String::new() },
                count: street.count,
            }),
        });
    }
    Ok(choices)
}

/// The homes nearest to where the visitor is, or what went wrong.
async fn near(app: &App) -> std::result::Result<Vec<Choice>, Key> {
    let place = dom::place().await.map_err(|code| match code {
        1 => Key::ZoekPlaatsMagNiet,
        _ => Key::ZoekPlaatsLukteNiet,
    })?;
    let [x, y] = from_wgs84(place);
    let manifest = app.data.manifest().await.map_err(|_| Key::FoutGegevens)?;
    // What is nearest may lie over the edge of the tile. The corners of the square around are in all tiles that it touches.
    let mut tiles: Vec<(TileId, Rc<Tile>)> = Vec::new();
    for [east, north] in [[-NEAR, -NEAR], [-NEAR, NEAR], [NEAR, -NEAR], [NEAR, NEAR]] {
        let id = TileId::at([x + east, y + north]);
        if manifest.tile(id).is_some() && tiles.iter().all(|(known, _)| *known != id) {
            tiles.push((id, app.data.tile(id).await.map_err(|_| Key::FoutGegevens)?));
        }
    }
    let far = |id: TileId, woning: &Woning| {
        let at = id.to_rd(woning.at);
        (at[0] - x).hypot(at[1] - y)
    };
    let mut homes: Vec<(f64, TileId, &Woning)> = Vec::new();
    for (id, tile) in &tiles {
        homes.extend(tile.woningen.iter().map(|woning| (far(*id, woning), *id, woning)));
    }
    order::sort_by(&mut homes, |a, b| a.0.total_cmp(&b.0));
    let choice = |(_, tile, woning): &(f64, TileId, &Woning)| Choice::Address {
        id: woning.id,
        tile: *tile,
        name: woning.address.to_string(),
        place: card::place(&woning.address),
        certain: false,
    };
    Ok(homes.iter().take(NEAREST).map(choice).collect())
}
