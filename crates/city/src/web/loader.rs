//! Gives the workers their orders and takes in what they bring; what fails is told and tried again.

use gasvrij3d::bus::ToPanel;
use gasvrij3d::geo::TileId;
use gasvrij3d::mesh::parcel::{Header, News, Order};
use js_sys::{Array, ArrayBuffer};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{AddEventListenerOptions, Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::city::{City, Shared};
use super::{bus, fetch, listen as keep, screen, tiles};

/// The worker's script, beside the page.
const SCRIPT: &str = "./tiler_loader.js";
/// A worker that never got to work after this many tries does not exist on the server.
const MOST_HIRES: u32 = 4;
const HIRE_AGAIN_MS: i32 = 3_000;

/// A worker and what it is busy with.
pub struct Hand {
    worker: Worker,
    ready: bool,
    /// The place of the tile it works on.
    busy: Option<usize>,
}

/// Starts the workers; one, or two where the machine has cores to spare.
pub fn start(city: &Shared) {
    let cores = web_sys::window().map_or(1.0, |w| w.navigator().hardware_concurrency());
    let hands = if cores >= 4.0 { 2 } else { 1 };
    for hand in 0..hands {
        hire(city, hand, 1);
    }
}

fn hire(city: &Shared, hand: usize, hires: u32) {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let Ok(worker) = Worker::new_with_options(SCRIPT, &options) else {
        bus::send(&ToPanel::Failed { reason: "load".into() });
        return;
    };
    let passive = AddEventListenerOptions::new();
    {
        let city = city.clone();
        keep(&worker, "message", &passive, move |event: MessageEvent| hear(&city, hand, &event));
    }
    {
        let city = city.clone();
        keep(&worker, "error", &passive, move |_: Event| lose(&city, hand, hires));
    }
    let mut city = city.borrow_mut();
    let new = Hand { worker, ready: false, busy: None };
    match city.hands.get_mut(hand) {
        Some(old) => *old = new,
        None => city.hands.push(new),
    }
}

/// A worker broke down, or its script could not be had: its tile goes back and another worker takes its place.
fn lose(shared: &Shared, hand: usize, hires: u32) {
    let lost = {
        let mut city = shared.borrow_mut();
        let Some(hand) = city.hands.get_mut(hand) else { return };
        hand.worker.terminate();
        let never_worked = !hand.ready;
        hand.ready = false;
        (hand.busy.take(), never_worked)
    };
    if let (Some(place), _) = lost {
        missing(
            shared,
            place,
            format!("{} could not be read: its worker broke down", file_of(&shared.borrow(), place)),
        );
    }
    let hires = if lost.1 { hires + 1 } else { 1 };
    if hires > MOST_HIRES {
        bus::send(&ToPanel::Failed { reason: "load".into() });
        return;
    }
    let city = shared.clone();
    after(HIRE_AGAIN_MS, move || hire(&city, hand, hires));
}

fn hear(shared: &Shared, hand: usize, event: &MessageEvent) {
    let message: Array = event.data().unchecked_into();
    let text = message.get(0).as_string().unwrap_or_default();
    match serde_json::from_str::<News>(&text) {
        Ok(News::Ready) => {
            if let Some(hand) = shared.borrow_mut().hands.get_mut(hand) {
                hand.ready = true;
            }
        }
        Ok(News::Tile(header)) => {
            if let Some(place) = free(shared, hand) {
                take_in(shared, place, &header, &message.get(1).unchecked_into());
            }
        }
        Ok(News::Fault { reason, .. }) => {
            if let Some(place) = free(shared, hand) {
                missing(shared, place, reason);
            }
        }
        Err(e) => web_sys::console::warn_1(&format!("a worker said `{text}`: {e}").into()),
    }
    pump(shared);
}

fn free(shared: &Shared, hand: usize) -> Option<usize> {
    shared.borrow_mut().hands.get_mut(hand).and_then(|h| h.busy.take())
}

/// Gives each worker that has nothing to do the tile that is wanted most.
pub fn pump(shared: &Shared) {
    let mut city = shared.borrow_mut();
    for hand in 0..city.hands.len() {
        if !city.hands[hand].ready || city.hands[hand].busy.is_some() {
            continue;
        }
        let look_at = city.heading_for().target;
        let Some((place, attempt)) = city.queue.take(look_at, screen::now_ms()) else { return };
        let entry = &city.manifest.tiles[place];
        let order = Order {
            tile: entry.id,
            url: fetch::beside_manifest(&entry.file.file),
            bytes: entry.file.bytes,
            sha256: entry.file.sha256.clone(),
            first: city.first[place],
            panden: entry.panden,
            attempt,
        };
        let text = serde_json::to_string(&order).unwrap_or_default();
        city.hands[hand].busy = Some(place);
        // A text can always be sent.
        drop(city.hands[hand].worker.post_message(&text.into()));
    }
}

fn file_of(city: &City, place: usize) -> String {
    city.manifest.tiles.get(place).map(|t| t.file.file.clone()).unwrap_or_default()
}

fn take_in(shared: &Shared, place: usize, header: &Header, buffer: &ArrayBuffer) {
    let (tile, was_missing) = {
        let mut city = shared.borrow_mut();
        let Some((arrived, loaded)) = tiles::unpack(place, header, buffer) else {
            drop(city);
            let file = file_of(&shared.borrow(), place);
            return missing(shared, place, format!("{file} was cut on its way from the worker"));
        };
        city.arrived.push(arrived);
        city.tiles[place] = Some(loaded);
        city.unpainted.push(place);
        city.marks_changed |= city.selected.is_some_and(|(tile, _)| tile == header.tile);
        city.hulls += header.hulls;
        city.refresh();
        (header.tile, city.queue.done(place))
    };
    if was_missing {
        bus::send(&ToPanel::TileBack { tile });
    }
    if header.hulls > 0 {
        let count = shared.borrow().hulls;
        bus::send(&ToPanel::Hulls { count });
    }
    report(shared);
}

/// Tells how much of the town is on screen. Whoever hears it may ask something at once: nothing is held meanwhile.
pub fn report(shared: &Shared) {
    let (shown, total) = shared.borrow().queue.progress();
    bus::send(&ToPanel::Progress { shown, total });
}

fn missing(shared: &Shared, place: usize, reason: String) {
    let wait = shared.borrow_mut().queue.failed(place, screen::now_ms());
    let (tile, name): (TileId, String) = {
        let city = shared.borrow();
        let entry = &city.manifest.tiles[place];
        (entry.id, entry.name.clone())
    };
    bus::send(&ToPanel::TileMissing { tile, name, reason, retry_in_s: wait });
    let city = shared.clone();
    after(wait as i32 * 1000 + 20, move || pump(&city));
}

fn after(ms: i32, act: impl FnOnce() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let closure = Closure::once_into_js(act);
    // It fails only for a function that is none.
    drop(window.set_timeout_with_callback_and_timeout_and_arguments_0(closure.unchecked_ref(), ms));
}
