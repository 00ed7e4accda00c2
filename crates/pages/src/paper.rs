//! Passing a home on: on paper with a picture of the map, as a link, or through what the device offers for sharing.

use std::rc::Rc;

use gasvrij3d::home::VboId;
use gasvrij3d::text::Key;
use js_sys::{Date, Function, Promise, Reflect};
use kit::view::print::{self, Paper};
use kit::{dom, frame, map};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlImageElement, HtmlInputElement, HtmlTextAreaElement,
};

use crate::app::App;

/// The element that is only on paper.
const SHEET: &str = "afdruk";
/// Size of the picture, pixels.
const PICTURE: [f64; 2] = [1_200.0, 900.0];
/// How many frames to wait for the map at most, and how many without a picture mean that it has come to rest.
const FRAMES: u32 = 120;
const STILL: u32 = 6;
/// Milliseconds in which the map takes an order.
const AFTER: i32 = 8;
/// An empty picture of this size is smaller than this, as text.
const EMPTY: usize = 12_000;

/// Says to who measures that this home can be printed at any moment.
pub fn is_ready(id: VboId) {
    if let Some(sheet) = dom::by_id(SHEET) {
        dom::set(&sheet, "data-klaar", &id.to_string());
    }
}

/// The day of today, `2026-11-24`.
pub fn today() -> String {
    let today = Date::new_0();
    format!("{}-{}-{}", today.get_full_year(), today.get_month() + 1, today.get_date())
}

/// Makes the pages of the home that is open, or none.
pub fn fill(app: &App) {
    let lang = frame::lang();
    let today = today();
    let mut sheet = maud::html! {};
    if let Some(opened) = app.opened.borrow_mut().as_mut() {
        opened.refresh();
    }
    app.look(&mut |case| {
        let picture = app.picture.borrow();
        let picture = picture.as_ref().filter(|(of, _)| *of == case.woning.id).map(|(_, picture)| picture.as_str());
        let link = frame::base() + &case.link(false);
        if case.is_home() {
            sheet = print::sheet(case, &Paper { picture, link: &link, today: &today }, lang);
        }
    });
    dom::fill(SHEET, sheet);
}

/// Takes a picture of the map and prints.
pub fn print(app: &Rc<App>) {
    let app = app.clone();
    spawn_local(async move {
        app.prepare().await;
        let id = app.opened.borrow().as_ref().map(|opened| opened.woning().id);
        if let (Some(id), Some(picture)) = (id, picture().await) {
            *app.picture.borrow_mut() = Some((id, picture));
        }
        fill(&app);
        let image = dom::by_id(SHEET).and_then(|sheet| sheet.query_selector("img").ok().flatten());
        if let Some(Ok(image)) = image.map(wasm_bindgen::JsCast::dyn_into::<HtmlImageElement>) {
            // Without it the paper has an empty frame; there is nothing else to do about it.
            let _ = JsFuture::from(image.decode()).await;
        }
        if let Some(window) = dom::window() {
            let _ = window.print();
        }
    });
}

/// The middle of the map as it is on screen. The map keeps no picture after a frame, so it has to draw one while we look.
async fn picture() -> Option<String> {
    let map: HtmlCanvasElement = dom::by_id("city")?.dyn_into().ok()?;
    if !map::is_running() || map.width() == 0 || map.height() == 0 {
        return None;
    }
    let copy: HtmlCanvasElement = dom::document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    copy.set_width(PICTURE[0] as u32);
    copy.set_height(PICTURE[1] as u32);
    let pen: CanvasRenderingContext2d = copy.get_context("2d").ok()??.dyn_into().ok()?;
    let [wide, high] = [f64::from(map.width()), f64::from(map.height())];
    let scale = (wide / PICTURE[0]).min(high / PICTURE[1]);
    let [w, h] = PICTURE.map(|side| side * scale);
    let [x, y] = [(wide - w) / 2.0, (high - h) / 2.0];
    // The map flies to the home: the last frame that it draws is the one.
    map::show_again();
    let (mut last, mut empty) = (None, 0);
    for _ in 0..FRAMES {
        // The map asks for its frame first: then ours comes after it, when the picture is still there.
        pause(Some(AFTER)).await;
        pause(None).await;
        pen.clear_rect(0.0, 0.0, PICTURE[0], PICTURE[1]);
        pen.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            &map, x, y, w, h, 0.0, 0.0, PICTURE[0], PICTURE[1],
        )
        .ok()?;
        let picture = copy.to_data_url_with_type("image/jpeg").ok()?;
        if picture.len() > EMPTY {
            (last, empty) = (Some(picture), 0);
        } else {
            empty += 1;
        }
        if empty > STILL && last.is_some() {
            break;
        }
    }
    last
}

/// Waits some milliseconds, or for the next frame.
async fn pause(milliseconds: Option<i32>) {
    let promise = Promise::new(&mut |done, _| {
        let Some(window) = dom::window() else { return };
        let _ = match milliseconds {
            None => window.request_animation_frame(&done),
            Some(time) => window.set_timeout_with_callback_and_timeout_and_arguments_0(&done, time),
        };
    });
    let _ = JsFuture::from(promise).await;
}

/// Copies the text of a field; where that is not allowed the text is selected.
pub fn copy(button: &Element) {
    let [from, says] = ["data-from", "data-says"].map(|name| button.get_attribute(name).unwrap_or_default());
    let Some(field) = dom::by_id(&from) else { return };
    let text = if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        input.select();
        input.value()
    } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        area.select();
        area.value()
    } else {
        return;
    };
    let lang = frame::lang();
    let Some(clipboard) = dom::of_device("clipboard").and_then(|c| c.dyn_into::<web_sys::Clipboard>().ok()) else {
        dom::say(&says, Key::DeelKanNiet.text(lang));
        return;
    };
    spawn_local(async move {
        let done = JsFuture::from(clipboard.write_text(&text)).await;
        dom::say(&says, if done.is_ok() { Key::DeelGekopieerd } else { Key::DeelKanNiet }.text(lang));
    });
}

/// Gives the link to what the device offers for sharing.
pub fn share() {
    let Some(share) = dom::of_device("share").and_then(|f| f.dyn_into::<Function>().ok()) else { return };
    let what = js_sys::Object::new();
    let link = dom::input("deel-link").map(|field| field.value()).unwrap_or_default();
    for (name, value) in [("title", frame::title().as_str()), ("url", link.as_str())] {
        let _ = Reflect::set(&what, &name.into(), &value.into());
    }
    let Some(window) = dom::window() else { return };
    if let Ok(promise) = share.call1(&window.navigator(), &what).map(Promise::from) {
        // Who changes their mind has not done anything wrong.
        spawn_local(async move {
            let _ = JsFuture::from(promise).await;
        });
    }
}
