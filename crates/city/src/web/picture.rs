//! The view as a picture to keep: what is on the map, sharper than the screen, with the legend, the sources and the day.
//!
//! The city draws itself once as large as the picture; names and legend (`caption`) are drawn over that at the same scale.

use bevy::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{
    AddEventListenerOptions, Blob, CanvasRenderingContext2d, Element, Event, HtmlAnchorElement, HtmlCanvasElement,
    HtmlElement, Url,
};

use super::caption::Caption;
use super::city::{City, Shared};
use super::{listen as keep, names, screen};
use crate::orbit::Screen;

/// The longer and the shorter side of a picture, pixels.
const LARGE: [f64; 2] = [3_840.0, 2_160.0];
/// Frames that are drawn in the new size before one is kept.
const FRAMES: u8 = 4;

/// A picture that is being made. As long as there is one, the map is as large as it was on the page.
#[derive(Clone, Copy)]
pub struct Pose {
    /// The size of the map on the page.
    pub page: Screen,
    /// Pixels of the picture in one of the page.
    scale: f64,
    left: u8,
}

pub fn plugin(app: &mut App) {
    app.add_systems(Last, keep_frame);
}

/// Makes the map as large as the page has it: a city that was lost in the middle of a picture left it larger.
pub fn own_size(city: &City) {
    if let Some(frame) = frame(city) {
        for name in ["width", "height"] {
            drop(frame.style().remove_property(name));
        }
    }
}

/// Listens to the button.
pub fn listen(shared: &Shared) {
    let Some(document) = screen::document() else { return };
    let city = shared.clone();
    keep(&document, "click", &AddEventListenerOptions::new(), move |event: Event| {
        let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if element.is_some_and(|e| e.closest("[data-do=picture]").ok().flatten().is_some()) {
            begin(&mut city.borrow_mut());
        }
    });
}

fn frame(city: &City) -> Option<HtmlElement> {
    city.canvas.parent_element()?.dyn_into().ok()
}

/// Makes the map as large as the picture; the page shows only its corner meanwhile.
fn begin(city: &mut City) {
    if city.pose.is_some() {
        return;
    }
    let page = city.whole_screen();
    let [long, short] = LARGE;
    let scale = (long / page.width.max(page.height)).min(short / page.width.min(page.height));
    let ratio = web_sys::window().map_or(1.0, |w| w.device_pixel_ratio());
    if let Some(frame) = frame(city) {
        for (name, size) in [("width", page.width), ("height", page.height)] {
            // These properties take any length.
            drop(frame.style().set_property(name, &format!("{}px", size * scale / ratio)));
        }
    }
    city.pose = Some(Pose { page, scale, left: FRAMES });
    city.refresh();
}

fn keep_frame(shared: NonSend<Shared>) {
    let mut city = shared.borrow_mut();
    let width = city.canvas.width();
    let Some(pose) = &mut city.pose else { return };
    if (f64::from(width) - pose.page.width * pose.scale).abs() > 2.0 {
        return;
    }
    pose.left = pose.left.saturating_sub(1);
    if pose.left > 0 {
        return;
    }
    // After this frame has been drawn, and before the browser takes it away.
    let shared = shared.clone();
    wasm_bindgen_futures::spawn_local(async move { finish(&mut shared.borrow_mut()) });
}

fn finish(city: &mut City) {
    let Some(pose) = city.pose else { return };
    if compose(city, pose).is_none() {
        web_sys::console::warn_1(&"the browser gave no room for a picture of this size".into());
    }
    city.pose = None;
    own_size(city);
    city.refresh();
}

fn compose(city: &City, Pose { page, scale, .. }: Pose) -> Option<()> {
    let canvas: HtmlCanvasElement = screen::document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    // Letters on it are as large as those on the page.
    let (panes, letters) = (names::sheet(city), scale * city.names.scale());
    let caption = Caption::new(panes);
    canvas.set_width((page.width * scale).round() as u32);
    canvas.set_height((page.height * scale + caption.height() * letters).round() as u32);
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    pen.draw_image_with_html_canvas_element(&city.canvas, 0.0, 0.0).ok()?;
    names::inscribe(city, &pen, scale, &caption.covers());
    pen.set_transform(letters, 0.0, 0.0, letters, 0.0, 0.0).ok()?;
    caption.draw(&pen);
    offer(&canvas)
}

/// Hands the picture over as a file.
fn offer(canvas: &HtmlCanvasElement) -> Option<()> {
    let save = Closure::once_into_js(|blob: Option<Blob>| {
        let url = blob.and_then(|blob| Url::create_object_url_with_blob(&blob).ok());
        let link = screen::document().and_then(|d| d.create_element("a").ok());
        if let (Some(url), Some(Ok(link))) = (url, link.map(JsCast::dyn_into::<HtmlAnchorElement>)) {
            link.set_href(&url);
            link.set_download("gasvrij3d.png");
            link.click();
            // The browser has taken it over by then; revoking what is not there is no fault.
            screen::after(10_000, move || drop(Url::revoke_object_url(&url)));
        }
    });
    canvas.to_blob(save.unchecked_ref()).ok()
}
