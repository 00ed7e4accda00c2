//! Files of more tiles: each is fetched once for all of its tiles that are ordered together.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use gasvrij3d::mesh::parcel::{Bundle, Order};
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::RequestCache;

use crate::fetch;

/// The bundles of which tiles are still to be taken, by their address: the bytes as they come, and how many tiles.
#[derive(Clone, Default)]
pub struct Bundles(Rc<RefCell<HashMap<String, (Promise, u32)>>>);

impl Bundles {
    /// The bytes of a tile that is in a bundle, if they can be had.
    pub async fn tile(&self, order: &Order) -> Option<Vec<u8>> {
        let Bundle { url, from, .. } = order.bundle.as_ref()?;
        let bytes = JsFuture::from(self.bytes(order.bundle.as_ref()?)).await;
        self.take_off(url);
        let bytes: Uint8Array = bytes.ok()?.dyn_into().ok()?;
        let (from, to) = (u32::try_from(*from).ok()?, u32::try_from((*from as u64).checked_add(order.bytes)?).ok()?);
        (to <= bytes.length()).then(|| bytes.subarray(from, to).to_vec())
    }

    fn bytes(&self, Bundle { url, of, .. }: &Bundle) -> Promise {
        let mut bundles = self.0.borrow_mut();
        let coming = || {
            let url = url.clone();
            future_to_promise(async move {
                let bytes = fetch::file(&url, RequestCache::Default).await?;
                Ok(Uint8Array::from(bytes.as_slice()).into())
            })
        };
        bundles.entry(url.clone()).or_insert_with(|| (coming(), *of)).0.clone()
    }

    /// One tile less is to be taken from it.
    fn take_off(&self, url: &str) {
        let mut bundles = self.0.borrow_mut();
        if let Some((_, left)) = bundles.get_mut(url) {
            *left = left.saturating_sub(1);
            if *left == 0 {
                bundles.remove(url);
            }
        }
    }
}
