//! The city's end of the messages with parts of the page that are loaded later ([`gasvrij3d::bus::map`]).

use gasvrij3d::bus::map::{FROM_MAP, FromMap, PAINT, PAINT_BESIDE, Pointing, Side, TO_MAP, ToMap};
use gasvrij3d::geo::TileId;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{AddEventListenerOptions, CustomEvent};

use super::city::{City, Shared};
use super::{bus, listen as keep, loader};
use crate::orbit::Px;

/// Tells whoever listens.
pub fn send(news: &FromMap) {
    bus::tell(FROM_MAP, &serde_json::to_string(news).unwrap_or_default());
}

/// Does what is asked.
pub fn listen(shared: &Shared) {
    let Some(window) = web_sys::window() else { return };
    let passive = AddEventListenerOptions::new();
    let city = shared.clone();
    keep(&window, TO_MAP, &passive, move |event: CustomEvent| {
        let text = event.detail().as_string().unwrap_or_default();
        match serde_json::from_str::<ToMap>(&text) {
            Ok(wish) => grant(&city, wish),
            Err(e) => web_sys::console::warn_1(&format!("the map does not understand `{text}`: {e}").into()),
        }
    });
    for (side, name) in [(Side::First, PAINT), (Side::Second, PAINT_BESIDE)] {
        let city = shared.clone();
        keep(&window, name, &passive, move |event: CustomEvent| paint(&mut city.borrow_mut(), side, &event));
    }
}

fn grant(shared: &Shared, wish: ToMap) {
    let mut city = shared.borrow_mut();
    match wish {
        ToMap::Highlight { panden } => {
            let place = |tile: TileId| city.manifest.tiles.iter().position(|t| t.id == tile);
            let all: Vec<(usize, u64)> = panden
                .iter()
                .filter_map(|group| Some((place(group.tile)?, &group.panden)))
                .flat_map(|(tile, panden)| panden.iter().map(move |pand| (tile, pand.0)))
                .collect();
            city.paint.highlight(all);
            city.repaint();
        }
        ToMap::Overlay { name, features, side } => {
            city.overlays.put(name, side, features);
            city.refresh();
        }
        ToMap::Beside { on } => {
            city.beside = on;
            city.names.stale = true;
            // The second map's colours are written only while it is there.
            city.repaint();
            drop(city);
            loader::pump(shared);
        }
        ToMap::Layer { layer, shown } => {
            city.overlays.show(layer, shown);
            city.refresh();
        }
        ToMap::Draw { on } => {
            city.drawing = on;
            city.hover(None);
            city.marks_changed = true;
            city.refresh();
        }
        ToMap::Go { camera } => {
            city.go(&camera);
            drop(city);
            loader::pump(shared);
        }
        ToMap::Area { area } => {
            city.area = area;
            city.show_area();
            drop(city);
            loader::pump(shared);
        }
        ToMap::Where => {
            let camera = city.camera();
            drop(city);
            send(&FromMap::Camera(camera));
        }
    }
}

/// Reports the place on the ground under a pixel; nothing where there is sky.
pub fn report_ground(shared: &Shared, what: Pointing, at: Px) {
    let city = shared.borrow();
    let ground = city.view.ground(at, city.screen()).map(|place| city.to_rd(place));
    // Whoever hears it may ask something at once.
    drop(city);
    if let Some(at) = ground {
        send(&FromMap::Ground { what, at });
    }
}

fn paint(city: &mut City, side: Side, event: &CustomEvent) {
    let Ok(tiles) = event.detail().dyn_into::<Array>() else {
        return web_sys::console::warn_1(&format!("`{}` holds no array", event.type_()).into());
    };
    if tiles.length() == 0 {
        city.paint.clear(side);
    }
    for entry in tiles.iter() {
        let entry: Array = entry.unchecked_into();
        let number = |i: u32| entry.get(i).as_f64().map_or(0, |v| v as u32);
        let id = TileId { col: number(0), row: number(1) };
        let place = city.manifest.tiles.iter().position(|t| t.id == id);
        match (place, entry.get(2).dyn_into::<Uint8Array>()) {
            (Some(place), Ok(bytes)) if bytes.length() == city.manifest.tiles[place].panden => {
                city.paint.lay_over(side, place, bytes.to_vec());
            }
            _ => web_sys::console::warn_1(
                &format!("`{}`: no tile {id} with as many panden as bytes", event.type_()).into(),
            ),
        }
    }
    city.repaint();
}
