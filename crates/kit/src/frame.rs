//! The page around the views: address bar, title, language, and the element that holds the view.

use gasvrij3d::home::VboId;
use gasvrij3d::link::{Link, View};
use gasvrij3d::text::{Key, Lang};
use maud::Markup;

use crate::dom;
use crate::view::terms;

/// The element that holds the view.
pub const VIEW: &str = "kaart-huis";
/// What the title of the page says before its name, kept on the view.
const TITLE: &str = "data-title";

/// The language that the page is in.
pub fn lang() -> Lang {
    let root = dom::document().and_then(|d| d.document_element()).and_then(|root| root.get_attribute("lang"));
    if root.as_deref() == Some("en") { Lang::En } else { Lang::Nl }
}

/// What the address bar says.
pub fn hash() -> String {
    dom::window().and_then(|w| w.location().hash().ok()).unwrap_or_default()
}

/// The home that the address bar names, where it names one.
pub fn home() -> Option<VboId> {
    match Link::parse(&hash()).view {
        View::House(id, _) => Some(id),
        _ => None,
    }
}

/// The address of the page, before the hash.
pub fn base() -> String {
    let href = dom::window().and_then(|w| w.location().href().ok()).unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// Goes to a view, so that "back" leads here again.
pub fn go(view: &View) {
    go_to(&view.hash());
}

/// The same by its hash.
pub fn go_to(hash: &str) {
    if let Some(window) = dom::window() {
        let _ = window.location().set_hash(hash);
    }
}

/// Puts another address in the bar, without a step in the history.
pub fn address(link: &Link) {
    if let Some(history) = dom::window().and_then(|w| w.history().ok()) {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&link.hash()));
    }
}

/// Puts a page in the view, with links to the words that are explained.
pub fn put(page: Markup) {
    dom::fill(VIEW, terms::linked(page, lang()));
}

/// Has the next page put in the view also where its HTML is the same: what was chosen in a form is not in the HTML.
pub fn forget_filled() {
    if let Some(view) = dom::by_id(VIEW) {
        dom::unset(&view, "data-filled");
    }
}

/// The title of the page: of the view, and of the whole.
pub fn titled(view: &str) {
    let town = dom::by_id("gemeente").and_then(|e| e.text_content()).unwrap_or_default();
    let parts: Vec<&str> = [view, "Gasvrij3D", &town].into_iter().filter(|part| !part.is_empty()).collect();
    if let Some(document) = dom::document() {
        document.set_title(&if view.is_empty() && town.is_empty() {
            Key::PaginaTitel.text(lang()).to_owned()
        } else {
            parts.join(" · ")
        });
    }
    if let Some(element) = dom::by_id(VIEW) {
        dom::set(&element, TITLE, view);
    }
}

/// What [`titled`] was given last.
pub fn title() -> String {
    dom::by_id(VIEW).and_then(|e| e.get_attribute(TITLE)).unwrap_or_default()
}
