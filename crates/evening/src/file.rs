//! Gives something as a file to keep.

use kit::dom;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Has the browser keep a text as a file of this name.
pub fn give(name: &str, media_type: &str, text: &str) {
    let parts = js_sys::Array::of1(&text.into());
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &kind) else { return };
    let (Ok(url), Some(document)) = (Url::create_object_url_with_blob(&blob), dom::document()) else { return };
    let link = document.create_element("a").ok().and_then(|a| a.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // The browser has taken it over by then.
    dom::later(10_000, move || drop(Url::revoke_object_url(&url)));
}
