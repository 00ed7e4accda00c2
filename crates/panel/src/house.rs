//! Brings a home or a building on screen: from its id in the link to its card, and onto the map.

use std::rc::Rc;

use gasvrij3d::Result;
use gasvrij3d::bus::ToCity;
use gasvrij3d::geo::{Rd, TileId};
use gasvrij3d::home::{PandId, VboId};
use gasvrij3d::link::{HomePage, View};
use gasvrij3d::manifest::Manifest;
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::tile::{Pand, Tile, Woning};
use maud::Markup;
use panel::view::{building, card, page};
use wasm_bindgen_futures::spawn_local;

use crate::app::{self, App, VIEW};
use crate::dom;

/// What a link led to.
struct Shown {
    title: String,
    card: Markup,
    on_map: Option<ToCity>,
}

/// `#/huis/<id>`.
pub fn show_home(app: &Rc<App>, id: VboId, _page: HomePage, turn: u32, moved: bool) {
    wait(app);
    let app = app.clone();
    spawn_local(async move {
        let shown = home(&app, id).await;
        finish(&app, turn, moved, shown, Key::FoutAdres);
    });
}

/// `#/pand/<tile>/<id>`.
pub fn show_building(app: &Rc<App>, tile: TileId, pand: PandId, turn: u32, moved: bool) {
    wait(app);
    let app = app.clone();
    spawn_local(async move {
        let shown = match app.data.tile(tile).await {
            Ok(tile) => {
                let all: Vec<&Woning> = tile.woningen.iter().filter(|w| w.pand == Some(pand)).collect();
                let homes: Vec<&Woning> = all.iter().copied().filter(|w| building::is_home(w)).collect();
                if let [only] = homes[..] {
                    // One home: its own card, in place of this link, so that "back" does not come by here again.
                    if app.is_turn(turn) {
                        replace(&app, &View::House(only.id, HomePage::Card), moved);
                    }
                    return;
                }
                Ok(tile.panden.iter().find(|p| p.id == pand).map(|p| of_building(&app, &tile, p, &all)))
            }
            Err(error) => Err(error),
        };
        finish(&app, turn, moved, shown, Key::PandWeg);
    });
}

fn wait(app: &App) {
    dom::fill(VIEW, page::waiting(app.lang.get()));
}

fn replace(app: &Rc<App>, view: &View, moved: bool) {
    let history = dom::window().and_then(|w| w.history().ok());
    if let Some(history) = history {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&view.hash()));
    }
    app::route(app, moved);
}

fn finish(app: &App, turn: u32, moved: bool, shown: Result<Option<Shown>>, absent: Key) {
    if !app.is_turn(turn) {
        return;
    }
    let lang = app.lang.get();
    match shown {
        Ok(Some(shown)) => {
            dom::fill(VIEW, shown.card);
            app.titled(&shown.title);
            match shown.on_map {
                Some(show) => app.city.show(show),
                None => app.city.unselect(),
            }
        }
        other => {
            let (what, detail) = match other {
                Err(error) => (Key::FoutGegevens, error.to_string()),
                Ok(_) => (absent, String::new()),
            };
            dom::fill(VIEW, page::failed(what, &detail, lang));
            app.titled(Key::FoutKop.text(lang));
            app.city.unselect();
        }
    }
    if moved {
        dom::arrive("kop", VIEW);
    }
}

async fn home(app: &App, id: VboId) -> Result<Option<Shown>> {
    let lang = app.lang.get();
    let manifest = app.data.manifest().await?;
    if let Some(at) = app.data.hinted(id) {
        let tile = app.data.tile(at).await?;
        if let Some(woning) = tile.woningen.iter().find(|w| w.id == id) {
            return Ok(Some(of_home(woning, at, &manifest, lang)));
        }
    }
    let streets = app.data.streets().await?;
    let Some(place) = app.data.ids(id).await?.place(&streets, id)? else { return Ok(None) };
    let tile = app.data.tile(place.tile).await?;
    if let Some(woning) = tile.woningen.iter().find(|w| w.id == id) {
        return Ok(Some(of_home(woning, place.tile, &manifest, lang)));
    }
    // Not a home: its address is in the index only.
    let Some(street) = streets.street(place.street) else { return Ok(None) };
    let shard = app.data.shard(street.shard).await?;
    Ok(shard.dwelling(&streets, place.street, id)?.map(|located| Shown {
        title: located.address.to_string(),
        card: card::no_home(&located.address, lang),
        on_map: None,
    }))
}

fn of_home(woning: &Woning, tile: TileId, manifest: &Manifest, lang: Lang) -> Shown {
    Shown {
        title: woning.address.to_string(),
        card: card::home(woning, tile, manifest, lang),
        on_map: woning.pand.map(|pand| ToCity::Show { at: tile.to_rd(woning.at), pand, tile }),
    }
}

fn of_building(app: &App, tile: &Tile, pand: &Pand, addresses: &[&Woning]) -> Shown {
    let lang = app.lang.get();
    let title = match addresses.first() {
        Some(first) => first.address.street.clone(),
        None => Key::PandGeenWoning.text(lang).to_owned(),
    };
    Shown { title, card: building::building(pand, addresses, lang), on_map: tile.id.map(|id| show(id, pand)) }
}

fn show(tile: TileId, pand: &Pand) -> ToCity {
    ToCity::Show { at: middle(tile, pand), pand: pand.id, tile }
}

/// The middle of the box around a footprint.
fn middle(tile: TileId, pand: &Pand) -> Rd {
    let points = || pand.footprint.iter().flatten().flatten();
    let middle = |axis: usize| {
        let least = points().map(|p| p[axis]).min().unwrap_or_default();
        let most = points().map(|p| p[axis]).max().unwrap_or_default();
        least + (most - least) / 2
    };
    tile.to_rd([middle(0), middle(1)])
}
