//! The charts of a neighbourhood as a picture to keep: the browser turns the drawing into points, and into a file.

use std::rc::Rc;

use gasvrij3d::link::{AreaPage, Link, View};
use gasvrij3d::text::Key;
use js_sys::Promise;
use kit::view::{area, dashboard};
use kit::{dom, file, frame, words};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};

use crate::app::App;
use crate::{paper, places};

/// Pixels of the file in one of the drawing.
const SCALE: f64 = 2.0;

/// Makes the picture of the neighbourhood on screen, and says how that went.
pub fn keep(app: &Rc<App>) {
    let app = app.clone();
    spawn_local(async move {
        let made = make(&app).await.is_some();
        let said = if made { Key::BuurtPngKlaar } else { Key::BuurtPngFout };
        dom::say(area::SAID, said.text(frame::lang()));
    });
}

async fn make(app: &App) -> Option<()> {
    let View::Area(AreaPage::One(name)) = Link::parse(&frame::hash()).view else { return None };
    let lang = frame::lang();
    let manifest = app.data.manifest().await.ok()?;
    let found = places::neighbourhood(app, &name).await.ok()??;
    let area = found.area(&name);
    let (svg, [width, height]) = dashboard::picture(&area, &manifest, &words::day(&paper::today(), lang), lang);
    let png = draw(&svg, [width, height].map(|side| side as f64)).await?;
    file::give(&format!("{}.png", dashboard::file_name(&area)), &png)
}

async fn draw(svg: &str, [width, height]: [f64; 2]) -> Option<Blob> {
    let url = Url::create_object_url_with_blob(&file::text("image/svg+xml", svg)?).ok()?;
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&url);
    let decoded = JsFuture::from(image.decode()).await;
    // It is decoded or it never will be.
    let _ = Url::revoke_object_url(&url);
    decoded.ok()?;
    let canvas: HtmlCanvasElement = dom::document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width((width * SCALE) as u32);
    canvas.set_height((height * SCALE) as u32);
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    pen.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width * SCALE, height * SCALE).ok()?;
    let made = Promise::new(&mut |done, _| {
        let closure = Closure::once_into_js(move |blob: Option<Blob>| {
            let blob = blob.map_or(JsValue::NULL, JsValue::from);
            // A function that ends a promise does not fail.
            let _ = done.call1(&JsValue::NULL, &blob);
        });
        let _ = canvas.to_blob(closure.unchecked_ref());
    });
    JsFuture::from(made).await.ok()?.dyn_into().ok()
}
