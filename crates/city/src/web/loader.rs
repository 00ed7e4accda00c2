//! Gives the workers their orders and takes in what they bring; what fails is told and tried again.

use gasvrij3d::bus::ToPanel;
use gasvrij3d::geo::TileId;
use gasvrij3d::mesh::Faults;
use gasvrij3d::mesh::parcel::{Bundle, Header, News, Order};
use js_sys::{Array, ArrayBuffer};
use wasm_bindgen::JsCast;
use web_sys::{AddEventListenerOptions, Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::city::{City, Shared};
use super::{bus, fetch, listen as keep, screen, tiles};
use crate::queue::Next;
use crate::sight::Sight;

/// The worker's script, beside the page.
const SCRIPT: &str = "./tiler_loader.js";
/// A worker that never got to work after this many tries does not exist on the server.
const MOST_HIRES: u32 = 4;
const HIRE_AGAIN_MS: i32 = 3_000;
/// After so long what is out of sight comes too.
const AROUND_MS: i32 = 250;
/// Orders a worker has at a time: while one is on its way another is read.
const MOST_ORDERS: usize = 3;
/// And before the first tile is there: the engine starts meanwhile and gives no orders.
const FIRST_ORDERS: usize = 60;

/// A worker and what it is busy with.
pub struct Hand {
    worker: Worker,
    ready: bool,
    /// The places of the tiles it works on, each with that of the first that was ordered with it.
    busy: Vec<(usize, usize)>,
}

impl Hand {
    /// The orders it works on: what comes in one file is one.
    fn orders(&self) -> usize {
        self.busy.chunk_by(|a, b| a.1 == b.1).count()
    }

    /// Ends the worker.
    pub fn end(self) {
        self.worker.terminate();
    }
}

/// Starts the workers; two, or one where there is one core for all.
pub fn start(city: &Shared) {
    let cores = web_sys::window().map_or(1.0, |w| w.navigator().hardware_concurrency());
    let hands = if cores >= 2.0 { 2 } else { 1 };
    for hand in 0..hands {
        hire(city, hand, 1);
    }
}

/// Whether all workers have their first orders.
pub fn is_at_work(city: &Shared) -> bool {
    city.borrow().hands.iter().all(|hand| hand.ready)
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
    let new = Hand { worker, ready: false, busy: Vec::new() };
    match city.hands.get_mut(hand) {
        Some(old) => *old = new,
        None => city.hands.push(new),
    }
}

/// A worker broke down, or its script could not be had: its tiles go back and another worker takes its place.
fn lose(shared: &Shared, hand: usize, hires: u32) {
    let lost: (Vec<(usize, usize)>, bool) = {
        let mut city = shared.borrow_mut();
        let Some(hand) = city.hands.get_mut(hand) else { return };
        hand.worker.terminate();
        let never_worked = !hand.ready;
        hand.ready = false;
        (std::mem::take(&mut hand.busy), never_worked)
    };
    for (place, _) in lost.0 {
        let file = file_of(&shared.borrow(), place);
        missing(shared, place, format!("{file} could not be read: its worker broke down"));
    }
    let hires = if lost.1 { hires + 1 } else { 1 };
    if hires > MOST_HIRES {
        bus::send(&ToPanel::Failed { reason: "load".into() });
        return;
    }
    let city = shared.clone();
    screen::after(HIRE_AGAIN_MS, move || hire(&city, hand, hires));
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
            if let Some(place) = free(shared, hand, header.tile) {
                take_in(shared, place, &header, &message.get(1).unchecked_into());
            }
        }
        Ok(News::Fault { tile, reason }) => {
            if let Some(place) = free(shared, hand, tile) {
                missing(shared, place, reason);
            }
        }
        Err(e) => web_sys::console::warn_1(&format!("a worker said `{text}`: {e}").into()),
    }
    pump(shared);
}

/// The worker is done with a tile: its place.
fn free(shared: &Shared, hand: usize, tile: TileId) -> Option<usize> {
    let mut city = shared.borrow_mut();
    let City { hands, manifest, .. } = &mut *city;
    let busy = &mut hands.get_mut(hand)?.busy;
    let at = busy.iter().position(|&(place, _)| manifest.tiles[place].id == tile)?;
    Some(busy.remove(at).0)
}

/// Gives the workers what is out of sight, a while after all that is in sight was there: until that is drawn, whoever draws needs
/// the processor.
pub fn pump_later(shared: &Shared) {
    let city = shared.clone();
    screen::after(AROUND_MS, move || pump(&city));
}

/// Gives each worker that has little to do the tiles that are wanted most.
pub fn pump(shared: &Shared) {
    let mut city = shared.borrow_mut();
    let sight = city.sight();
    let most = if city.queue.progress().0 == 0 { FIRST_ORDERS } else { MOST_ORDERS };
    for orders in 0..most {
        for hand in 0..city.hands.len() {
            if !city.hands[hand].ready || city.hands[hand].orders() > orders {
                continue;
            }
            let around = city.looks_around(&sight);
            let next = city.queue.take(&sight, screen::now_ms(), around);
            let Some(next) = next else { return };
            let mut all = city.take_bundled(&next, &sight, around);
            all.insert(0, next);
            for one in &all {
                order(&mut city, hand, one, &all);
            }
        }
    }
}

/// Orders a tile; `all` are those that come in the same file.
fn order(city: &mut City, hand: usize, Next { place, detail, attempt }: &Next, all: &[Next]) {
    let entry = &city.manifest.tiles[*place];
    let order = Order {
        tile: entry.id,
        url: fetch::beside_manifest(&entry.file.file),
        bytes: entry.file.bytes,
        sha256: entry.file.sha256.clone(),
        first: city.first[*place],
        panden: entry.panden,
        bundle: city.bundles.of(*place).filter(|_| all.len() > 1).map(|(file, range)| Bundle {
            url: fetch::beside_manifest(file),
            from: range.start,
            of: all.len() as u32,
        }),
        detail: *detail,
        attempt: *attempt,
    };
    let text = serde_json::to_string(&order).unwrap_or_default();
    let hand = &mut city.hands[hand];
    hand.busy.push((*place, all[0].place));
    // A text can always be sent.
    drop(hand.worker.post_message(&text.into()));
}

impl City {
    /// Takes what comes in the same bundle, where that is less work than tile by tile.
    fn take_bundled(&mut self, next: &Next, sight: &Sight, around: bool) -> Vec<Next> {
        let Self { queue, bundles, .. } = self;
        let together = bundles.beside(next.place);
        queue.take_others(next, together, sight, around, |places| bundles.are_worth_it(places, next.detail))
    }
}

fn file_of(city: &City, place: usize) -> String {
    city.manifest.tiles.get(place).map(|t| t.file.file.clone()).unwrap_or_default()
}

fn take_in(shared: &Shared, place: usize, header: &Header, buffer: &ArrayBuffer) {
    let (was_missing, is_new) = {
        let mut city = shared.borrow_mut();
        let unpacked = tiles::unpack(place, header, buffer, city.blocks_from(place), city.takes_first_corner);
        let Some((arrived, loaded)) = unpacked else {
            drop(city);
            let file = file_of(&shared.borrow(), place);
            return missing(shared, place, format!("{file} was cut on its way from the worker"));
        };
        let is_new = city.tiles[place].is_none();
        city.arrived.push_back(arrived);
        city.tiles[place] = Some(loaded);
        if is_new {
            city.unpainted.push(place);
            city.faults.hulls += header.hulls;
            city.faults.skipped += header.skipped;
        }
        city.marks_changed |= city.selected.is_some_and(|(tile, _)| tile == header.tile);
        (city.queue.done(place, header.detail), is_new)
    };
    show(shared);
    if was_missing {
        bus::send(&ToPanel::TileBack { tile: header.tile });
    }
    if is_new && header.hulls + header.skipped > 0 {
        let Faults { hulls, skipped } = shared.borrow().faults;
        bus::send(&ToPanel::Faults { hulls, skipped });
    }
    if is_new {
        report(shared);
    }
}

/// Shows what has come, now or soon.
fn show(shared: &Shared) {
    let wait = shared.borrow_mut().show_arrived();
    if let Some(ms) = wait {
        let city = shared.clone();
        screen::after(ms, move || {
            city.borrow_mut().is_show_due = false;
            show(&city);
        });
    }
}

/// Tells how much of what is in sight is there. Whoever hears it may ask something at once: nothing is held meanwhile.
pub fn report(shared: &Shared) {
    let (shown, total) = {
        let city = shared.borrow();
        city.queue.seen(&city.sight())
    };
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
    screen::after(wait as i32 * 1000 + 20, move || pump(&city));
}
