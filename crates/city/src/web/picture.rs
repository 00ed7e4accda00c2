//! The view as a picture to keep: what is on the map, sharper than the screen, with the legend, the sources and the day.
//!
//! The city draws itself once as large as the picture; names and legend are drawn over that at the same scale.

use bevy::prelude::*;
use gasvrij3d::palette::{Hatch, Rgb, palette};
use js_sys::Date;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AddEventListenerOptions, Blob, CanvasRenderingContext2d, Element, Event, HtmlAnchorElement, HtmlCanvasElement,
    HtmlElement, Url,
};

use super::city::{City, Shared};
use super::{listen as keep, names, screen, wake};
use crate::orbit::Screen;

/// The longer side of a picture, pixels; and where drawing is slow.
const LARGE: f64 = 3_840.0;
const MODEST: f64 = 1_920.0;
/// Frames that are drawn in the new size before one is kept.
const FRAMES: u8 = 4;
/// The strip below the picture, and room around what is written, pixels of the page.
const STRIP: f64 = 34.0;
const ROOM: f64 = 12.0;
const LINE: f64 = 24.0;
const SWATCH: f64 = 16.0;

/// A picture that is being made.
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
    let page = city.screen();
    let longest = if screen::is_modest(&city.canvas) { MODEST } else { LARGE };
    let scale = longest / page.width.max(page.height);
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
    wake::wake();
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
    let Some(pose) = city.pose.take() else { return };
    if compose(city, &pose).is_none() {
        web_sys::console::warn_1(&"the browser gave no room for a picture of this size".into());
    }
    if let Some(frame) = frame(city) {
        for name in ["width", "height"] {
            drop(frame.style().remove_property(name));
        }
    }
    city.refresh();
}

fn compose(city: &City, pose: &Pose) -> Option<()> {
    let Pose { page, scale, .. } = *pose;
    let canvas: HtmlCanvasElement = screen::document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width((page.width * scale).round() as u32);
    canvas.set_height(((page.height + STRIP) * scale).round() as u32);
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    pen.draw_image_with_html_canvas_element(&city.canvas, 0.0, 0.0).ok()?;
    names::inscribe(city, &pen, page, scale);
    pen.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0).ok()?;
    legend(city, &pen, page);
    strip(&pen, page);
    offer(&canvas)
}

/// The words of an element of the page.
fn words(selector: &str) -> String {
    let element = screen::document().and_then(|d| d.query_selector(selector).ok().flatten());
    element.and_then(|e| e.text_content()).unwrap_or_default().trim().to_owned()
}

fn write(pen: &CanvasRenderingContext2d, text: &str, at: [f64; 2], weight: u32, width: f64) {
    pen.set_font(&format!("{weight} 13px \"Public Sans\", system-ui, sans-serif"));
    // It fails only for numbers that are none.
    drop(pen.fill_text_with_max_width(text, at[0], at[1], width));
}

fn legend(city: &City, pen: &CanvasRenderingContext2d, page: Screen) {
    let categories = city.paint.theme.categories();
    let rows = screen::document().and_then(|d| d.query_selector_all("#legenda > .legend-list li").ok());
    let text = |i: usize| rows.as_ref().and_then(|rows| rows.item(i as u32)).and_then(|row| row.text_content());
    let [width, height] = [264.0, ROOM * 2.0 + LINE * (categories.len() + 1) as f64];
    let [x, y] = [ROOM, page.height - ROOM - height];
    pen.set_fill_style_str("#fffffff2");
    pen.fill_rect(x, y, width, height);
    pen.set_text_align("left");
    pen.set_text_baseline("middle");
    pen.set_fill_style_str("#17232a");
    let theme = words("#thema option:checked");
    write(pen, &theme, [x + ROOM, y + ROOM + LINE / 2.0], 650, width - 2.0 * ROOM);
    for (i, category) in categories.iter().enumerate() {
        let top = y + ROOM + LINE * (i + 1) as f64;
        let style = palette().style(*category);
        swatch(pen, [x + ROOM, top + (LINE - SWATCH) / 2.0], style.colour, style.hatch);
        pen.set_fill_style_str("#17232a");
        let at = [x + ROOM + SWATCH + 10.0, top + LINE / 2.0];
        write(pen, text(i).unwrap_or_default().trim(), at, 450, width - SWATCH - 3.0 * ROOM);
    }
}

/// A colour with its pattern, as on the roofs.
fn swatch(pen: &CanvasRenderingContext2d, [x, y]: [f64; 2], [r, g, b]: Rgb, hatch: Hatch) {
    pen.save();
    pen.begin_path();
    pen.rect(x, y, SWATCH, SWATCH);
    pen.clip();
    pen.set_fill_style_str(&format!("rgb({r} {g} {b})"));
    pen.fill();
    let is_dark = u32::from(r) * 2 + u32::from(g) * 7 + u32::from(b) < 1_200;
    pen.set_stroke_style_str(if is_dark { "#ffffffa0" } else { "#00000070" });
    pen.set_line_width(1.5);
    pen.begin_path();
    let line = |from: [f64; 2], to: [f64; 2]| {
        pen.move_to(x + from[0], y + from[1]);
        pen.line_to(x + to[0], y + to[1]);
    };
    for step in [-8.0, -3.0, 2.0, 7.0, 12.0, 17.0] {
        match hatch {
            Hatch::Solid => {}
            Hatch::Dots => [2.0, 7.0, 12.0].iter().for_each(|&v| line([step, v], [step + 1.5, v])),
            Hatch::Diagonal => line([step, 0.0], [step + SWATCH, SWATCH]),
            Hatch::Horizontal => line([0.0, step], [SWATCH, step]),
            Hatch::Vertical => line([step, 0.0], [step, SWATCH]),
            Hatch::Cross => {
                line([step, 0.0], [step + SWATCH, SWATCH]);
                line([step + SWATCH, 0.0], [step, SWATCH]);
            }
        }
    }
    pen.stroke();
    pen.restore();
}

/// Whose picture it is, of which day, and where the facts came from.
fn strip(pen: &CanvasRenderingContext2d, page: Screen) {
    pen.set_fill_style_str("#ffffff");
    pen.fill_rect(0.0, page.height, page.width, STRIP);
    pen.set_fill_style_str("#17232a");
    let today: String = Date::new_0().to_locale_date_string("nl-NL", &JsValue::UNDEFINED).into();
    let said = ["Gasvrij3D".to_owned(), words("#gemeente"), words("#melding"), today];
    let whose = said.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ");
    let middle = page.height + STRIP / 2.0;
    pen.set_text_align("left");
    write(pen, &whose, [ROOM, middle], 650, page.width * 0.55);
    pen.set_text_align("right");
    write(pen, &words("#bronnen"), [page.width - ROOM, middle], 450, page.width * 0.42);
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
            // The browser has taken it over; revoking what is not there is no fault.
            drop(Url::revoke_object_url(&url));
        }
    });
    canvas.to_blob(save.unchecked_ref()).ok()
}
