//! What is filled in and pressed. What does not fit is said beside its field, and the calculation stays as it was.

use std::rc::Rc;

use gasvrij3d::rules::rules;
use gasvrij3d::text::Key;
use gasvrij3d::verdict::HeatOption;
use gasvrij3d::vve::{Calc, Choice, Field, Group, Refusal, read_shares};
use js_sys::{Function, Reflect};
use kit::parts::VVE;
use kit::{dom, frame};
use vve::say;
use vve::sheet::Sheet;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use crate::app::App;

/// Something was typed, moved or chosen. While a number is being typed a fault is not yet one.
pub fn changed(app: &Rc<App>, event: &Event, is_done: bool) {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let Some(kind) = element.get_attribute("data-vve") else { return };
    let code = element.get_attribute("data-code").unwrap_or_default();
    let value = value(&element);
    match kind.as_str() {
        "naam" => {
            with(app, |calc| calc.set_name(&value));
            app.update();
        }
        "getal" => typed(app, &code, &value, is_done),
        "schuif" => moved(app, &code, &value),
        "keuze" if is_done => chosen(app, &code, &value, &element),
        "optie" if is_done => options(app, &element),
        "pand" if is_done => building(app, &value, checked(&element)),
        _ => {}
    }
}

fn with<T>(app: &App, change: impl FnOnce(&mut Calc) -> T) -> T {
    change(app.calc.borrow_mut().get_or_insert_with(Calc::default))
}

fn value(element: &Element) -> String {
    match element.dyn_ref::<HtmlSelectElement>() {
        Some(select) => select.value(),
        None => element.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value).unwrap_or_default(),
    }
}

fn checked(element: &Element) -> bool {
    element.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked)
}

fn typed(app: &Rc<App>, code: &str, text: &str, is_done: bool) {
    let Some(field) = Field::from_code(code) else { return };
    let homes = app.sheet().calc.shares().len();
    match with(app, |calc| calc.set(field, text)) {
        Ok(()) => {
            fault(field.code(), "");
            slider(field, &app.sheet());
            app.update();
            if homes > 0 && app.sheet().calc.shares().is_empty() {
                dom::say("vve-delen-status", Key::VveDelenGelijk.text(frame::lang()));
            }
        }
        Err(why) if is_done => {
            fault(field.code(), &say::refused(why, field, text, &app.sheet().calc, frame::lang()));
        }
        Err(_) => {}
    }
}

/// A sentence beside a field, or none.
fn fault(code: &str, sentence: &str) {
    dom::say(&format!("vve-fout-{code}"), sentence);
    if let Some(input) = dom::by_id(&format!("vve-{code}")) {
        if sentence.is_empty() { dom::unset(&input, "aria-invalid") } else { dom::set(&input, "aria-invalid", "true") }
    }
}

/// Puts the slider of a field where its number is.
fn slider(field: Field, sheet: &Sheet) {
    if let Some(input) = dom::input(&format!("vve-schuif-{}", field.code())) {
        input.set_value(&sheet.calc.units(field).to_string());
        dom::set(&input, "aria-valuetext", &say::value(field, sheet.calc.units(field), sheet.lang));
    }
}

/// Puts the number of a field where its slider is.
fn number(field: Field, sheet: &Sheet) {
    if let Some(input) = dom::input(&format!("vve-{}", field.code())) {
        input.set_value(&say::number(field, sheet.calc.units(field), sheet.lang));
    }
    fault(field.code(), "");
}

fn moved(app: &Rc<App>, code: &str, text: &str) {
    let (Some(field), Ok(units)) = (Field::from_code(code), text.parse()) else { return };
    if with(app, |calc| calc.set_units(field, units)).is_ok() {
        let sheet = app.sheet();
        number(field, &sheet);
        slider(field, &sheet);
        app.update();
    }
}

fn chosen(app: &Rc<App>, code: &str, value: &str, element: &Element) {
    let Some(choice) = Choice::from_code(code) else { return };
    match with(app, |calc| calc.choose(choice, value)) {
        Ok(()) => app.update(),
        Err(why) => {
            let sheet = app.sheet();
            if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
                select.set_value(sheet.calc.choice(choice));
            }
            let units = sheet.calc.units(Field::GasMeting).to_string();
            fault("gas-meting", &say::refused(why, Field::GasMeting, &units, &sheet.calc, sheet.lang));
        }
    }
}

/// The options that are ticked; the last one that would make them none or too many goes back.
fn options(app: &Rc<App>, element: &Element) {
    let Some(option) = HeatOption::from_code(&value(element)) else { return };
    let mut shown = app.sheet().calc.shown().to_vec();
    shown.retain(|one| *one != option);
    if checked(element) {
        shown.push(option);
    }
    let taken = with(app, |calc| calc.show(&shown));
    let sentence = if taken.is_ok() { "" } else { Key::VveFoutOpties.text(frame::lang()) };
    dom::say("vve-fout-opties", sentence);
    if taken.is_ok() {
        app.update();
    } else if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.set_checked(!input.checked());
    }
}

/// A building beside it counts, or no longer.
fn building(app: &Rc<App>, id: &str, counted: bool) {
    if let Some(building) = &mut *app.building.borrow_mut() {
        building.toggle(id, counted);
    }
    app.count_homes();
    app.render(&app.building_notes());
    app.update();
    let again =
        dom::document().and_then(|d| d.query_selector(&format!("[data-vve=pand][value=\"{id}\"]")).ok().flatten());
    if let Some(element) = again.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it was.
        let _ = element.focus();
    }
}

/// A press on what this part takes care of.
pub fn pressed(app: &Rc<App>, event: &Event) {
    let Some(control) = dom::hit(event, "data-do").filter(|e| e.get_attribute("data-module").as_deref() == Some(VVE))
    else {
        return;
    };
    match control.get_attribute("data-do").as_deref() {
        Some("vve-kaart") => app.choose_on_map(),
        Some("vve-print") => {
            if let Some(window) = dom::window() {
                // A browser without paper does nothing.
                let _ = window.print();
            }
        }
        Some("vve-copy") => copy(),
        Some("vve-restart") => app.restart(),
        Some("vve-prices") => prices(app),
        Some("vve-shares") => shares(app),
        Some("vve-even") => {
            let taken = with(app, |calc| calc.set_shares(Vec::new()));
            shares_said(app, taken, Key::VveDelenGelijk);
        }
        _ => {}
    }
}

/// Prices and rates as they were before anything was filled in.
fn prices(app: &Rc<App>) {
    let year = rules().year();
    for field in Field::ALL {
        if matches!(field.limits().group, Group::Prijs | Group::Groei | Group::Vast) {
            // A start lies within its bounds.
            let _ = with(app, |calc| calc.set_units(*field, field.start(year)));
            let sheet = app.sheet();
            number(*field, &sheet);
            slider(*field, &sheet);
        }
    }
    app.update();
}

fn shares(app: &Rc<App>) {
    let lang = frame::lang();
    let field = dom::by_id("vve-plak").and_then(|element| element.dyn_into::<HtmlTextAreaElement>().ok());
    let text = field.map(|field| field.value()).unwrap_or_default();
    match read_shares(&text) {
        Ok(shares) => {
            let taken = with(app, |calc| calc.set_shares(shares));
            shares_said(app, taken, Key::VveDelenOver);
        }
        Err(why) => {
            dom::say("vve-fout-delen", &say::share_fault(&why, lang));
            dom::say("vve-delen-status", "");
        }
    }
}

fn shares_said(app: &Rc<App>, taken: Result<(), Refusal>, done: Key) {
    let lang = frame::lang();
    let sentence = match taken {
        Ok(()) => String::new(),
        Err(why) => say::share_refused(why, &app.sheet().calc, lang),
    };
    dom::say("vve-fout-delen", &sentence);
    dom::say("vve-delen-status", if sentence.is_empty() { done.text(lang) } else { "" });
    if sentence.is_empty() {
        app.update();
    }
}

/// Copies the link; where the browser forbids it, the text is there to be copied by hand.
fn copy() {
    let Some(input) = dom::input("vve-link") else { return };
    let text = input.value();
    input.select();
    spawn_local(async move {
        let clipboard = dom::window().and_then(|w| Reflect::get(&w.navigator(), &"clipboard".into()).ok());
        let write = clipboard.as_ref().and_then(|c| Reflect::get(c, &"writeText".into()).ok());
        let promise = match (clipboard, write.and_then(|w| w.dyn_into::<Function>().ok())) {
            (Some(clipboard), Some(write)) => write.call1(&clipboard, &text.into()).ok(),
            _ => None,
        };
        let done = match promise.and_then(|p| p.dyn_into::<js_sys::Promise>().ok()) {
            Some(promise) => JsFuture::from(promise).await.is_ok(),
            None => false,
        };
        let said = if done { Key::DeelGekopieerd } else { Key::DeelKanNiet };
        dom::say("vve-status", said.text(frame::lang()));
    });
}
