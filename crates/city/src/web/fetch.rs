//! Gets the manifest: without it there is nothing to show, so it is asked for until it comes.

use gasvrij3d::manifest::Manifest;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::screen;

/// Where it is, relative to the page.
pub const MANIFEST: &str = "data/manifest.json";

const FIRST_WAIT_MS: i32 = 2_000;
const LONGEST_WAIT_MS: i32 = 30_000;

/// The manifest, as soon as a whole one can be had. The panel tells the visitor what is wrong meanwhile.
pub async fn manifest() -> Manifest {
    let mut wait = FIRST_WAIT_MS;
    loop {
        match text(MANIFEST).await.and_then(|json| Manifest::parse(&json).map_err(|e| e.to_string())) {
            Ok(manifest) => return manifest,
            Err(reason) => web_sys::console::warn_1(&reason.into()),
        }
        pause(wait).await;
        wait = (wait * 2).min(LONGEST_WAIT_MS);
    }
}

/// The text of a file, or a sentence that says what is wrong with it.
pub async fn text(url: &str) -> Result<String, String> {
    let failed = |e: JsValue| format!("{url} could not be fetched: {e:?}");
    let window = web_sys::window().ok_or("this is not a page")?;
    let response: Response =
        JsFuture::from(window.fetch_with_str(url)).await.map_err(failed)?.dyn_into().map_err(failed)?;
    if !response.ok() {
        return Err(format!("{url} could not be fetched: the server answered {}", response.status()));
    }
    let text = JsFuture::from(response.text().map_err(failed)?).await.map_err(failed)?;
    text.as_string().ok_or_else(|| format!("{url} holds no text"))
}

/// A path in the manifest as an address.
pub fn beside_manifest(file: &str) -> String {
    let base = screen::document().and_then(|d| d.base_uri().ok().flatten()).unwrap_or_default();
    let folder = web_sys::Url::new_with_base(MANIFEST, &base).map(|u| u.href()).unwrap_or_default();
    web_sys::Url::new_with_base(file, &folder).map_or_else(|_| file.to_owned(), |u| u.href())
}

async fn pause(ms: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            drop(window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms));
        }
    });
    drop(JsFuture::from(promise).await);
}
