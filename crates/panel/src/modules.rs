//! Which part of the page owns a view, and the parts that are loaded when one is asked for.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gasvrij3d::link::{HomePage, View};
use gasvrij3d::text::Key;
use kit::parts::{self, EVENING, PAGES, Shown, VVE};
use kit::view::page;
use kit::{dom, frame};
use web_sys::{Element, HtmlElement};

use crate::app::App;

/// The attribute of a control that a part takes care of, with the part's name.
pub const CONTROL: &str = "data-module";

/// What is known of the parts.
#[derive(Default)]
pub struct Modules {
    running: RefCell<Vec<String>>,
    coming: RefCell<Vec<String>>,
    /// Whether the visitor went to the view for which a part is on its way.
    moved: Cell<bool>,
    /// A control that was pressed before its part was there.
    pressed: RefCell<Option<(String, Element)>>,
}

/// The part that owns a view; empty: the panel itself.
pub const fn owner(view: &View) -> &'static str {
    match view {
        View::Search | View::House(_, HomePage::Card) | View::Building(..) => "",
        View::Draw | View::Timeline(_) | View::Story(..) | View::Hall => EVENING,
        View::House(..) | View::Area(_) | View::Plans(_) | View::About | View::Glossary(_) => PAGES,
        View::Vve(_) => VVE,
    }
}

impl Modules {
    /// Whether a part is there.
    pub fn is_running(&self, name: &str) -> bool {
        self.running.borrow().iter().any(|one| one == name)
    }

    /// Asks the loader for a part, where it is not there or on its way.
    pub fn start(&self, name: &str) {
        if !self.is_running(name) && !self.coming.borrow().iter().any(|one| one == name) {
            self.coming.borrow_mut().push(name.to_owned());
            dom::send(parts::START, name);
        }
    }
}

/// Hands the view over to the part that owns it.
pub fn show(app: &App, owner: &str, moved: bool) {
    if owner.is_empty() || app.modules.is_running(owner) {
        Shown { owner: owner.to_owned(), moved }.tell();
        return;
    }
    app.modules.moved.set(moved);
    dom::fill(frame::VIEW, page::waiting(app.lang.get()));
    app.modules.start(owner);
}

/// A press on a control that a part takes care of: where the part is not there yet, it comes first.
pub fn pressed(app: &App, name: &str, element: &Element) {
    if !app.modules.is_running(name) {
        *app.modules.pressed.borrow_mut() = Some((name.to_owned(), element.clone()));
        app.modules.start(name);
    }
}

/// The loader says what became of a part.
pub fn heard(app: &Rc<App>, detail: &str) {
    let (name, runs) = parts::started(detail);
    app.modules.coming.borrow_mut().retain(|one| one != name);
    let owner = owner(&View::parse(&frame::hash()));
    let pressed = app.modules.pressed.borrow_mut().take_if(|(of, _)| of == name).map(|(_, element)| element);
    if runs {
        app.modules.running.borrow_mut().push(name.to_owned());
        // The part may have come for this view, or to be ready beside the panel's own.
        if owner == name || owner.is_empty() {
            show(app, owner, owner == name && app.modules.moved.get());
        }
        if let Some(control) = pressed.and_then(|element| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(element).ok()) {
            control.click();
        }
    } else if owner == name || pressed.is_some() {
        dom::fill(frame::VIEW, page::failed(Key::FoutDeel, "", app.lang.get()));
        frame::titled(Key::FoutKop.text(app.lang.get()));
        dom::arrive("kop", frame::VIEW);
    }
    if name == PAGES {
        app.show_city();
    } else {
        app.settled();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_visitor_comes_for_needs_no_other_part() {
        for hash in ["", "#/", "#/huis/0392010000000001", "#/pand/12-34/0392100000000001", "#/gibberish"] {
            assert_eq!(owner(&View::parse(hash)), "", "{hash}");
        }
        for hash in ["#/huis/0392010000000001/waarom", "#/buurt/BU1", "#/plannen/2030", "#/over", "#/begrippen"] {
            assert_eq!(owner(&View::parse(hash)), PAGES, "{hash}");
        }
        for hash in ["#/net", "#/tijdlijn/2030", "#/verhaal/plannen/2", "#/zaal"] {
            assert_eq!(owner(&View::parse(hash)), EVENING, "{hash}");
        }
        for hash in ["#/vve", "#/vve/stukken~r=1", "#/vve/pand/12-34/0392100000000001"] {
            assert_eq!(owner(&View::parse(hash)), VVE, "{hash}");
        }
    }
}
