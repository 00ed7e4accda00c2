//! The worker: takes orders for tiles, one at a time, and answers each with a parcel or with what was wrong.

mod bundles;
mod fetch;
mod make;

use gasvrij3d::mesh::parcel::{Header, News, Order};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::bundles::Bundles;
use crate::make::Made;

fn main() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        // Opened as a page or run on a desk: there is nobody to work for.
        return;
    };
    let listener = {
        let (scope, bundles) = (scope.clone(), Bundles::default());
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            // Only the city sends orders, in a form that both share.
            let order = event.data().as_string().and_then(|text| serde_json::from_str::<Order>(&text).ok());
            if let Some(order) = order {
                wasm_bindgen_futures::spawn_local(serve(scope.clone(), bundles.clone(), order));
            }
        })
    };
    scope.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    // It listens for as long as the worker lives.
    listener.forget();
    post(&scope, &News::Ready, None);
}

async fn serve(scope: DedicatedWorkerGlobalScope, bundles: Bundles, order: Order) {
    let made = match fetch::tile(&order, &bundles).await {
        Ok(bytes) => {
            make::make(&bytes, order.first, order.panden, order.detail).map_err(|e| e.at(&order.url).to_string())
        }
        Err(reason) => Err(reason),
    };
    match made {
        Ok(made) => {
            let (header, parcel) = pack(&order, &made);
            post(&scope, &News::Tile(header), Some(parcel));
        }
        Err(reason) => post(&scope, &News::Fault { tile: order.tile, reason }, None),
    }
}

/// All arrays in one block, so that one hand-over moves them all.
#[inline(never)]
fn pack(order: &Order, made: &Made) -> (Header, ArrayBuffer) {
    let sections = made.sections();
    let header = Header::new(order.tile, order.detail, made.faults(), &sections);
    let buffer = ArrayBuffer::new(header.total() as u32);
    for (section, bytes) in gasvrij3d::mesh::parcel::Section::ALL.iter().zip(sections) {
        let (start, length) = header.range(*section);
        Uint8Array::new_with_byte_offset_and_length(&buffer, start as u32, length as u32).copy_from(bytes);
    }
    (header, buffer)
}

/// Sends a message as `[text, parcel?]`. It can only fail when the page is going away.
fn post(scope: &DedicatedWorkerGlobalScope, news: &News, parcel: Option<ArrayBuffer>) {
    let text = serde_json::to_string(news).unwrap_or_default();
    let message = Array::of1(&text.into());
    let transfer = Array::new();
    if let Some(parcel) = parcel {
        message.push(&parcel);
        transfer.push(&parcel);
    }
    drop(scope.post_message_with_transfer(&message, &transfer));
}
