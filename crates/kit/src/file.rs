//! Files that a visitor opens, and those that are given to keep.

use gasvrij3d::{Error, Result};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

use crate::dom;

/// The text of a file that was chosen, of at most so many bytes. A larger one is refused before anything of it is read.
pub async fn read(file: &File, most: usize) -> Result<String> {
    if file.size() > most as f64 {
        let megabytes = |bytes: f64| (bytes / 1e6).ceil();
        return Err(Error::new(format!(
            "{} MB are too many: at most {} MB are read",
            megabytes(file.size()),
            megabytes(most as f64)
        )));
    }
    let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
    text.ok_or_else(|| Error::new("the browser cannot read it"))
}

/// A text of this media type.
pub fn text(media_type: &str, text: &str) -> Option<Blob> {
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&text.into()), &kind).ok()
}

/// Has the browser keep it under this name; nothing where it does not.
pub fn give(name: &str, file: &Blob) -> Option<()> {
    let url = Url::create_object_url_with_blob(file).ok()?;
    let link: HtmlAnchorElement = dom::document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser has taken it over by then.
    dom::later(10_000, move || drop(Url::revoke_object_url(&url)));
    Some(())
}
