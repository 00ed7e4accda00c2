//! What the resident fills in: from the form to the advice, kept on this device only, and read from a file.

use std::rc::Rc;

use gasvrij3d::corrections::{self, Corrections, KNOWABLE, LARGEST_FILE};
use gasvrij3d::home::{FactKey, VboId};
use gasvrij3d::link::{HomePage, Link, View};
use gasvrij3d::text::Key;
use gasvrij3d::verdict::HeatOption;
use kit::view::{compare, correct};
use kit::{dom, frame};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, Event, File, HtmlInputElement, HtmlSelectElement};

use crate::app::App;
use crate::home;

/// Takes other answers for the home that is open, and keeps them.
fn take(app: &App, corrections: Corrections) {
    if let (Some(opened), Some(manifest)) = (&mut *app.opened.borrow_mut(), app.data.known()) {
        opened.take(corrections, &manifest);
    }
}

fn now(app: &App) -> Corrections {
    app.opened.borrow().as_ref().map(|opened| opened.corrections.clone()).unwrap_or_default()
}

/// Something was typed or chosen. While it is being typed a fault is not yet one.
pub fn changed(app: &Rc<App>, event: &Event, is_done: bool) {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    if let Some(name) = element.get_attribute("data-correct") {
        answered(app, &element, &name, is_done);
    } else if let (Some(code), true) = (element.get_attribute("data-compare"), is_done) {
        compared(app, &element, &code);
    } else if element.id() == "klopt-bestand"
        && is_done
        && let Ok(field) = element.dyn_into::<HtmlInputElement>()
    {
        import(app, &field);
    }
}

fn answered(app: &App, element: &Element, name: &str, is_done: bool) {
    let value = match element.dyn_ref::<HtmlSelectElement>() {
        Some(select) => select.value(),
        None => element.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value).unwrap_or_default(),
    };
    let mut corrections = now(app);
    let (key, taken) = if name == correct::STEP {
        (None, corrections.set_step(&value))
    } else {
        let Some(key) = FactKey::from_code(name) else { return };
        (Some(key), corrections.set(key, &value))
    };
    let fault = format!("klopt-{name}-fout");
    match (taken, key) {
        (Ok(()), _) => {
            dom::say(&fault, "");
            dom::unset(element, "aria-invalid");
            take(app, corrections);
            refresh(app);
        }
        (Err(refusal), Some(key)) if is_done => {
            dom::say(&fault, &correct::refusal(refusal, key, frame::lang()));
            dom::set(element, "aria-invalid", "true");
        }
        _ => {}
    }
}

/// What the answers lead to, without touching the fields.
fn refresh(app: &App) {
    let lang = frame::lang();
    app.look(&mut |case| {
        dom::fill(correct::OUTCOME, correct::outcome(case, lang));
        dom::fill(correct::KEEP, correct::keep(case, lang));
        for &key in &KNOWABLE {
            dom::fill(&format!("klopt-{}-weten", key.code()), correct::knowing(case, key, lang));
        }
    });
}

/// Forgets all answers about this home.
pub fn erase(app: &App) {
    take(app, Corrections::default());
    home::again(app);
    dom::say("klopt-melding", Key::KloptGewist.text(frame::lang()));
    dom::focus("kop");
}

/// Another option was chosen to stand beside the others.
fn compared(app: &App, element: &Element, code: &str) {
    let lang = frame::lang();
    let Some(box_) = element.dyn_ref::<HtmlInputElement>() else { return };
    let open = Link::parse(&frame::hash()).open;
    app.look(&mut |case| {
        let mut chosen = compare::chosen(case, &open);
        chosen.retain(|option| option.code() != code);
        if box_.checked() {
            chosen.extend(HeatOption::from_code(code));
        }
        if !compare::COUNT.contains(&chosen.len()) {
            box_.set_checked(!box_.checked());
            let why = if box_.checked() { Key::VergelijkTeWeinig } else { Key::VergelijkTeVeel };
            dom::say("vergelijk-melding", why.text(lang));
            return;
        }
        dom::say("vergelijk-melding", "");
        let codes: Vec<&str> = chosen.iter().map(|option| option.code()).collect();
        let link =
            Link { view: View::House(case.woning.id, HomePage::Compare), open: codes.join(","), ..Link::default() };
        frame::address(&link);
        dom::fill(compare::TABLE, compare::table(case, &compare::chosen(case, &link.open), lang));
    });
}

/// Reads a file with answers. One that does not fit changes nothing.
fn import(app: &Rc<App>, field: &HtmlInputElement) {
    let Some(file) = field.files().and_then(|files| files.get(0)) else { return };
    // The same file again is a choice again.
    field.set_value("");
    let app = app.clone();
    spawn_local(async move {
        let said = match read(&file).await {
            None => Key::KloptBestandFout,
            Some((id, corrections)) => {
                let is_own = app.opened.borrow().as_ref().is_some_and(|opened| opened.woning().id == id);
                if is_own {
                    take(&app, corrections);
                    home::again(&app);
                    Key::KloptGeopend
                } else {
                    Key::KloptBestandAnder
                }
            }
        };
        dom::say("klopt-melding", said.text(frame::lang()));
        dom::focus("klopt-bestand");
    });
}

async fn read(file: &File) -> Option<(VboId, Corrections)> {
    if file.size() > LARGEST_FILE as f64 {
        return None;
    }
    let text = JsFuture::from(file.text()).await.ok()?.as_string()?;
    corrections::read(&text).ok()
}
