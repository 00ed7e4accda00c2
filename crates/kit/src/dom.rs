//! The few things the panel does with the page. What is not there is left alone: a page may be half loaded.

use maud::Markup;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CustomEvent, CustomEventInit, Document, Element, Event, EventTarget, HtmlElement, HtmlInputElement, Window,
};

/// The window.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The element with this id.
pub fn by_id(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// Sets the content. Nothing happens where it is the same, so that focus and open details stay.
pub fn fill(id: &str, content: Markup) {
    let html = content.into_string();
    let print = fingerprint(&html);
    let old = by_id(id).filter(|e| e.get_attribute("data-filled").as_deref() != Some(&print));
    if let Some(element) = old {
        element.set_inner_html(&html);
        set(&element, "data-filled", &print);
    }
}

/// Enough to know content again (FNV-1a), without keeping it twice.
fn fingerprint(html: &str) -> String {
    let hash = html.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:x}")
}

/// Sets the text of a live region or label.
pub fn say(id: &str, text: &str) {
    if let Some(element) = by_id(id).filter(|e| e.text_content().as_deref() != Some(text)) {
        element.set_text_content(Some(text));
    }
}

/// An attribute of an element that exists cannot fail to be set: its name is one of ours.
pub fn set(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}

/// Takes an attribute away.
pub fn unset(element: &Element, name: &str) {
    let _ = element.remove_attribute(name);
}

/// Shows an element, or hides it.
pub fn show(id: &str, shown: bool) {
    if let Some(element) = by_id(id) {
        if shown { unset(&element, "hidden") } else { set(&element, "hidden", "") }
    }
}

/// Gives an element the focus.
pub fn focus(id: &str) {
    if let Some(element) = by_id(id).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it was.
        let _ = element.focus();
    }
}

/// Whether an element has the focus.
pub fn has_focus(id: &str) -> bool {
    document().and_then(|d| d.active_element()).is_some_and(|e| e.id() == id)
}

/// Goes to the top of the page and of the view, and gives the focus to its heading. On a phone the map stays in sight
/// above the heading: the browser would scroll it away to bring the heading to the top.
pub fn arrive(heading: &str, view: &str) {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
    if let Some(view) = by_id(view) {
        view.set_scroll_top(0);
    }
    let Some(element) = by_id(heading) else { return };
    let options = js_sys::Object::new();
    let focus = js_sys::Reflect::set(&options, &"preventScroll".into(), &JsValue::TRUE)
        .and_then(|_| js_sys::Reflect::get(&element, &"focus".into()));
    if let Some(focus) = focus.ok().and_then(|f| f.dyn_into::<js_sys::Function>().ok()) {
        // An element that cannot take the focus leaves it where it was.
        let _ = focus.call1(&element, &options);
    }
}

/// Brings a part of the page into sight and gives it the focus; a folded part is opened.
pub fn open_at(id: &str) {
    let Some(element) = by_id(id) else { return };
    let mut around = element.closest("details").ok().flatten();
    while let Some(details) = around {
        set(&details, "open", "");
        around = details.parent_element().and_then(|parent| parent.closest("details").ok().flatten());
    }
    element.scroll_into_view();
    let to =
        if element.tag_name() == "DETAILS" { element.query_selector("summary").ok().flatten() } else { Some(element) };
    if let Some(to) = to.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let _ = to.focus();
    }
}

/// The field with this id.
pub fn input(id: &str) -> Option<HtmlInputElement> {
    by_id(id)?.dyn_into().ok()
}

/// The element that was hit, or the one around it, that has this attribute.
pub fn hit(event: &Event, attribute: &str) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(&format!("[{attribute}]")).ok()?
}

/// Whether panel and map stand side by side, as in `layout.css`.
pub fn is_wide() -> bool {
    window().and_then(|w| w.match_media("(min-width: 60rem)").ok().flatten()).is_some_and(|query| query.matches())
}

/// Listens for as long as the page lives.
pub fn listen<E: JsCast + 'static>(target: &EventTarget, name: &str, mut heard: impl FnMut(E) + 'static) {
    let closure = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        if let Ok(event) = event.dyn_into::<E>() {
            heard(event);
        }
    });
    if target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref()).is_ok() {
        closure.forget();
    }
}

/// Runs once, after some milliseconds.
pub fn later(milliseconds: i32, run: impl FnOnce() + 'static) {
    let closure = Closure::once_into_js(run);
    if let Some(window) = window() {
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(closure.unchecked_ref(), milliseconds);
    }
}

/// Lets the page do what waits: what is done after it is a task of its own.
pub async fn breathe() {
    let pause = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = window() {
            let _ = window.set_timeout_with_callback(&resolve);
        }
    });
    // It never fails.
    let _ = wasm_bindgen_futures::JsFuture::from(pause).await;
}

/// Runs when the browser has nothing better to do.
pub fn when_idle(run: impl FnOnce() + 'static) {
    let Some(window) = window() else { return };
    // Not every browser has it.
    if js_sys::Reflect::has(&window, &JsValue::from_str("requestIdleCallback")).unwrap_or(false) {
        let closure = Closure::once_into_js(run);
        let _ = window.request_idle_callback(closure.unchecked_ref());
    } else {
        later(300, run);
    }
}

/// Tells the other half of the page.
pub fn send(name: &str, detail: &str) {
    let init = CustomEventInit::new();
    init.set_detail(&JsValue::from_str(detail));
    if let (Some(window), Ok(event)) = (window(), CustomEvent::new_with_event_init_dict(name, &init)) {
        let _ = window.dispatch_event(&event);
    }
}

/// What is on the page for all its parts, by the name of the file: promises of an `ArrayBuffer`.
const LENT: &str = "gasvrijVroeg";

/// The content of a file that was asked for already. It is given once.
pub fn early(url: &str) -> Option<js_sys::Promise> {
    let all = js_sys::Reflect::get(window()?.as_ref(), &LENT.into()).ok()?;
    let promise = js_sys::Reflect::get(&all, &url.into()).ok()?.dyn_into().ok()?;
    js_sys::Reflect::delete_property(all.unchecked_ref::<js_sys::Object>(), &url.into()).ok()?;
    Some(promise)
}

/// Lends the content of a file to the next part of the page that asks for it.
pub fn lend(url: &str, content: &JsValue) {
    let all = window().and_then(|w| js_sys::Reflect::get(w.as_ref(), &LENT.into()).ok());
    if let Some(all) = all.filter(JsValue::is_object) {
        let _ = js_sys::Reflect::set(&all, &url.into(), &js_sys::Promise::resolve(content));
    }
}

/// Bytes as the browser holds them.
pub fn content(bytes: &[u8]) -> JsValue {
    js_sys::Uint8Array::from(bytes).buffer().into()
}

/// What the device offers by this name, where it does.
pub fn of_device(name: &str) -> Option<JsValue> {
    let navigator: JsValue = window()?.navigator().into();
    js_sys::Reflect::get(&navigator, &name.into()).ok().filter(|found| !found.is_undefined())
}

/// Whether the page comes from what was kept on this device: tiles are, bundles of them are not.
pub fn is_kept() -> bool {
    let workers = of_device("serviceWorker");
    workers
        .and_then(|workers| js_sys::Reflect::get(&workers, &"controller".into()).ok())
        .is_some_and(|it| it.is_object())
}

/// Where the visitor is: longitude and latitude in degrees. The browser asks first; otherwise the code that it gives.
pub async fn place() -> Result<[f64; 2], u16> {
    const UNAVAILABLE: u16 = 2;
    let sensor = window().and_then(|w| w.navigator().geolocation().ok()).ok_or(UNAVAILABLE)?;
    let asked = js_sys::Promise::new(&mut |found, failed| {
        let _ = sensor.get_current_position_with_error_callback(&found, Some(&failed));
    });
    // The bindings name these two only behind a flag for what may still change.
    let field = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).ok();
    let number = |of: &JsValue, name: &str| field(of, name)?.as_f64();
    let found =
        JsFuture::from(asked).await.map_err(|why| number(&why, "code").map_or(UNAVAILABLE, |code| code as u16))?;
    let at = field(&found, "coords").ok_or(UNAVAILABLE)?;
    number(&at, "longitude").zip(number(&at, "latitude")).map(|(x, y)| [x, y]).ok_or(UNAVAILABLE)
}

/// Where things are kept that a browser does not let this page keep: for as long as the page is open.
const KEPT: &str = "gasvrijBewaard";

fn storage() -> Option<web_sys::Storage> {
    window()?.local_storage().ok()?
}

fn kept_here() -> Option<JsValue> {
    let window = window()?;
    let kept = js_sys::Reflect::get(window.as_ref(), &KEPT.into()).ok()?;
    if kept.is_object() {
        return Some(kept);
    }
    let new: JsValue = js_sys::Object::new().into();
    js_sys::Reflect::set(window.as_ref(), &KEPT.into(), &new).ok()?;
    Some(new)
}

/// What is kept on this device.
pub fn recall(name: &str) -> Option<String> {
    match storage().and_then(|s| s.get_item(name).ok().flatten()) {
        Some(text) => Some(text),
        None => js_sys::Reflect::get(&kept_here()?, &name.into()).ok()?.as_string(),
    }
}

/// Keeps it no longer.
pub fn forget(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(name);
    }
    if let Some(kept) = kept_here() {
        let _ = js_sys::Reflect::delete_property(kept.unchecked_ref::<js_sys::Object>(), &name.into());
    }
}

/// Keeps it on this device, or where the browser forbids that for as long as the page is open.
pub fn remember(name: &str, value: &str) {
    let is_kept = storage().is_some_and(|storage| storage.set_item(name, value).is_ok());
    if let Some(kept) = kept_here().filter(|_| !is_kept) {
        let _ = js_sys::Reflect::set(&kept, &name.into(), &value.into());
    }
}
