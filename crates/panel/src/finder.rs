//! The search box: an editable combobox with a list, as the ARIA authoring practices describe it.
//!
//! The box itself is never written over while somebody types. What is chosen is chosen by hand: never the first by guess.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gasvrij3d::Result;
use gasvrij3d::link::{HomePage, View};
use gasvrij3d::search::Query;
use gasvrij3d::text::{Key, Lang};
use panel::view::card;
use panel::view::search::{self, Choice};
use wasm_bindgen_futures::spawn_local;
use web_sys::KeyboardEvent;

use crate::app::{self, App};
use crate::dom;

const FIELD: &str = "zoek-veld";
const LIST: &str = "zoek-lijst";
const SAYS: &str = "zoek-status";
/// Streets in the list at most.
const STREETS: usize = 6;
/// Streets at most of which the addresses are looked at: each may be a file.
const LOOKED_INTO: usize = 3;
/// Choices in the list at most.
const MOST: usize = 10;
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
}

impl Finder {
    /// Something was typed.
    pub fn typed(app: &Rc<App>) {
        let Some(field) = dom::input(FIELD) else { return };
        let turn = app.finder.turn.get().wrapping_add(1);
        app.finder.turn.set(turn);
        let query = Query::parse(&field.value());
        if query.is_empty() {
            app.finder.answer(Vec::new(), app.lang.get());
            dom::say(SAYS, "");
            return;
        }
        if app.data.known_streets().is_none() {
            dom::say(SAYS, Key::ZoekWacht.text(app.lang.get()));
        }
        let app = app.clone();
        spawn_local(async move {
            let found = look(&app, &query).await;
            if app.finder.turn.get() != turn {
                return;
            }
            let lang = app.lang.get();
            match found {
                Ok(choices) => {
                    app.finder.answer(choices, lang);
                    dom::show("zoek-fout", false);
                    if app.finder.entered.take() == Some(turn) {
                        Self::submit(&app);
                    }
                    let app = app.clone();
                    dom::later(REST, move || {
                        if app.finder.turn.get() == turn {
                            dom::say(SAYS, &search::announcement(&app.finder.choices.borrow(), lang));
                        }
                    });
                }
                Err(error) => {
                    app.finder.answer(Vec::new(), lang);
                    dom::fill("zoek-fout", panel::view::page::notice(Key::FoutGegevens, &error.to_string(), lang));
                    dom::show("zoek-fout", true);
                }
            }
        });
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

    /// Enter, or the button.
    pub fn submit(app: &Rc<App>) {
        if !app.finder.is_current() {
            app.finder.entered.set(Some(app.finder.turn.get()));
            return;
        }
        let chosen = {
            let choices = app.finder.choices.borrow();
            let exact: Vec<usize> = choices
                .iter()
                .enumerate()
                .filter(|(_, c)| matches!(c, Choice::Address { exact: true, .. }))
                .map(|(i, _)| i)
                .collect();
            match (app.finder.active.get(), &exact[..], choices.len()) {
                (Some(active), ..) => Some(active),
                (None, [only], _) => Some(*only),
                (None, _, 1) => Some(0),
                _ => None,
            }
        };
        let lang = app.lang.get();
        match chosen {
            Some(index) => Self::choose(app, index),
            None if app.finder.choices.borrow().is_empty() => dom::say(SAYS, Key::ZoekNiets.text(lang)),
            None => {
                app.finder.reopen();
                dom::say(SAYS, Key::ZoekKies.text(lang));
            }
        }
    }

    /// An option was chosen.
    pub fn choose(app: &Rc<App>, index: usize) {
        let Some(choice) = app.finder.choices.borrow().get(index).cloned() else { return };
        let Some(field) = dom::input(FIELD) else { return };
        match choice {
            Choice::Address { id, tile, name, place, .. } => {
                let whole = if place.is_empty() { name } else { format!("{name}, {place}") };
                field.set_value(&whole);
                app.finder.turn.set(app.finder.turn.get().wrapping_add(1));
                app.finder.answer(Vec::new(), app.lang.get());
                dom::say(SAYS, "");
                app.data.hint(id, tile);
                app::go(&View::House(id, HomePage::Card));
            }
            Choice::Street { name, .. } => {
                field.set_value(&format!("{name} "));
                dom::focus(FIELD);
                Self::typed(app);
            }
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
        self.active.set(None);
        self.render(lang);
    }

    /// Shows the list again, where there is one.
    pub fn reopen(&self) {
        self.open.set(!self.choices.borrow().is_empty());
        self.expanded();
    }

    /// Puts the list away; what was typed stays.
    pub fn close(&self) {
        self.open.set(false);
        self.active.set(None);
        self.expanded();
    }

    /// Puts the list on the page.
    pub fn render(&self, lang: Lang) {
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

/// The choices for what was typed: streets while there is no number, else addresses.
async fn look(app: &App, query: &Query) -> Result<Vec<Choice>> {
    let streets = app.data.streets().await?;
    let found = streets.find(query, STREETS);
    let mut choices = Vec::new();
    // A single street shows its addresses at once.
    let alone = found.len() == 1;
    let mut looked_into = 0;
    for one in &found {
        let Some(street) = streets.street(one.street) else { continue };
        if one.number.is_none() && !alone {
            let place = if streets.has_places() { streets.place(street) } else { "" };
            choices.push(Choice::Street { name: street.name.clone(), place: place.to_owned(), count: street.count });
            continue;
        }
        if looked_into == LOOKED_INTO {
            break;
        }
        looked_into += 1;
        let shard = app.data.shard(street.shard).await?;
        for located in shard.addresses(&streets, one, MOST)? {
            choices.push(Choice::Address {
                id: located.id,
                tile: located.tile,
                name: located.address.to_string(),
                place: card::place(&located.address),
                exact: located.exact,
            });
        }
        if choices.len() >= MOST {
            break;
        }
    }
    choices.truncate(MOST);
    Ok(choices)
}
