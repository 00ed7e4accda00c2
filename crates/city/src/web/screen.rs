//! What the page and the device are like: the canvas, its size, the renderer, the wish for little motion, the time.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{HtmlCanvasElement, HtmlElement, WebGl2RenderingContext};

use crate::orbit::Screen;

const TOUCH: &str = "(pointer: coarse)";
const DARK: &str = "(prefers-color-scheme: dark)";
const FORCED: &str = "(forced-colors: active)";
const CONTRAST: &str = "(prefers-contrast: more)";
/// What the look of the map follows.
pub const STYLES: [&str; 3] = [DARK, FORCED, CONTRAST];

/// The canvas with this selector.
pub fn canvas(selector: &str) -> Result<HtmlCanvasElement, String> {
    let found = document().and_then(|d| d.query_selector(selector).ok().flatten());
    found
        .and_then(|element| element.dyn_into().ok())
        .ok_or_else(|| format!("the page has no canvas `{selector}` to draw the city in"))
}

pub fn document() -> Option<web_sys::Document> {
    web_sys::window().and_then(|w| w.document())
}

/// The size of an element in CSS pixels, never nothing.
pub fn size(element: &HtmlElement) -> Screen {
    Screen { width: f64::from(element.client_width().max(1)), height: f64::from(element.client_height().max(1)) }
}

/// Whether the page is longer than the window.
pub fn scrolls() -> bool {
    let page = document().and_then(|d| d.document_element());
    page.is_some_and(|page| page.scroll_height() > page.client_height() + 1)
}

/// Whether the keys go to an element.
pub fn has_focus(element: &HtmlCanvasElement) -> bool {
    let element: &web_sys::Element = element;
    document().and_then(|d| d.active_element()).as_ref() == Some(element)
}

/// Pixels that are drawn for each CSS pixel.
pub fn pixel_ratio() -> f64 {
    web_sys::window().map_or(1.0, |w| w.device_pixel_ratio())
}

/// How much larger the letters of the page are than a browser has them by itself: they grow with the screen, and with what the
/// visitor asks of the browser.
pub fn letters() -> f64 {
    const USUAL_PX: f64 = 16.0;
    let page = document().and_then(|d| d.document_element());
    let style = page.and_then(|page| web_sys::window()?.get_computed_style(&page).ok()?);
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    size.and_then(|size| size.trim_end_matches("px").parse::<f64>().ok()).map_or(1.0, |px| (px / USUAL_PX).max(0.5))
}

/// Keeps the pixels for each CSS pixel to what can be seen: more would halve the speed.
pub fn keep_pixels_few() {
    let most = if matches(TOUCH) { 1.5 } else { 2.0 };
    let Some(window) = web_sys::window().filter(|_| pixel_ratio() > most) else { return };
    // The engine asks these two. A browser that keeps its own draws more pixels.
    let observed = Reflect::get(&window, &"ResizeObserverEntry".into()).unwrap_or_default();
    if let Ok(sizes) = Reflect::get(&observed, &"prototype".into()) {
        let sizes: &Object = sizes.unchecked_ref();
        drop(Reflect::delete_property(sizes, &"devicePixelContentBoxSize".into()));
        let value = Object::new();
        drop(Reflect::set(&value, &"value".into(), &most.into()));
        drop(Reflect::define_property(&window, &"devicePixelRatio".into(), &value));
    }
}

/// What of the page lies over the map, in its CSS pixels: left, top, right and bottom.
pub fn covered(canvas: &HtmlCanvasElement) -> Vec<[f64; 4]> {
    const OVER: &str = ":is(.map-buttons, .legend, .credits, .stage-status):not(:empty)";
    let map = canvas.get_bounding_client_rect();
    let Some(found) = document().and_then(|d| d.query_selector_all(OVER).ok()) else { return Vec::new() };
    let over = (0..found.length()).filter_map(|i| found.item(i)?.dyn_into::<HtmlElement>().ok());
    over.map(|element| element.get_bounding_client_rect())
        .filter(|own| own.width() > 0.0)
        .map(|own| {
            let (x, y) = (own.left() - map.left(), own.top() - map.top());
            [x, y, x + own.width(), y + own.height()]
        })
        .collect()
}

/// Whether the page comes from what was kept on this device: tiles are, bundles of them are not.
pub fn is_kept() -> bool {
    let workers = web_sys::window().map(|w| w.navigator().service_worker());
    workers.and_then(|workers| Reflect::get(&workers, &"controller".into()).ok()).is_some_and(|it| it.is_object())
}

/// Milliseconds since the page began.
pub fn now_ms() -> f64 {
    web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now())
}

/// Lets the page do what waits: hear from workers, answer the visitor.
pub async fn breathe() {
    let pause = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            // It fails only for a function that is none.
            drop(window.set_timeout_with_callback(&resolve));
        }
    });
    // It never fails.
    drop(wasm_bindgen_futures::JsFuture::from(pause).await);
}

/// Does something after a while, milliseconds.
pub fn after(ms: i32, act: impl FnOnce() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let closure = Closure::once_into_js(act);
    // It fails only for a function that is none.
    drop(window.set_timeout_with_callback_and_timeout_and_arguments_0(closure.unchecked_ref(), ms));
}

/// Whether a media query holds.
fn matches(query: &str) -> bool {
    web_sys::window().and_then(|w| w.match_media(query).ok().flatten()).is_some_and(|m| m.matches())
}

/// Whether the visitor asked for little motion.
pub fn is_calm() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

/// Whether the visitor likes a dark page.
pub fn is_dark() -> bool {
    matches(DARK)
}

/// Whether the visitor's system sets the colours.
pub fn is_forced() -> bool {
    matches(FORCED)
}

/// Whether the visitor needs lines that are easily seen.
pub fn wants_strong_lines() -> bool {
    is_forced() || matches(CONTRAST)
}

/// Whether smooth edges cost too much here: a renderer without a graphics card, or a phone.
pub fn is_modest(canvas: &HtmlCanvasElement) -> bool {
    matches(TOUCH) || is_software(canvas)
}

/// Whether the processor does the work of a graphics card.
pub fn is_software(canvas: &HtmlCanvasElement) -> bool {
    renderer(canvas).is_some_and(|name| {
        let name = name.to_lowercase();
        ["swiftshader", "llvmpipe", "softpipe", "software", "basic render"].iter().any(|soft| name.contains(soft))
    })
}

/// Lets each triangle have the look of its first corner, as graphics cards do it best; `false` where it stays the last, as
/// WebGL has it by itself.
pub fn takes_first_corner(canvas: &HtmlCanvasElement) -> bool {
    const FIRST_VERTEX_CONVENTION: u32 = 0x8E4D;
    let choose = || {
        let extension = context(canvas)?.get_extension("WEBGL_provoking_vertex").ok()??;
        let choose: Function = Reflect::get(&extension, &"provokingVertexWEBGL".into()).ok()?.dyn_into().ok()?;
        choose.call1(&extension, &FIRST_VERTEX_CONVENTION.into()).ok()
    };
    choose().is_some()
}

/// What WebGL draws on it with.
pub fn context(canvas: &HtmlCanvasElement) -> Option<WebGl2RenderingContext> {
    canvas.get_context("webgl2").ok()??.dyn_into().ok()
}

/// What the browser calls the renderer.
fn renderer(canvas: &HtmlCanvasElement) -> Option<String> {
    const UNMASKED_RENDERER: u32 = 0x9246;
    let gl = context(canvas)?;
    gl.get_extension("WEBGL_debug_renderer_info").ok()??;
    gl.get_parameter(UNMASKED_RENDERER).ok()?.as_string()
}
