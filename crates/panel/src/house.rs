//! Brings the card of a home or a building on screen: from its id in the link to its card, and onto the map.

use std::cell::RefCell;
use std::rc::Rc;

use gasvrij3d::Result;
use gasvrij3d::bus::ToCity;
use gasvrij3d::corrections::Corrections;
use gasvrij3d::geo::TileId;
use gasvrij3d::home::{PandId, VboId};
use gasvrij3d::link::{HomePage, Link, View};
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::tile::{Pand, Tile, Woning};
use kit::home::{self, Found, Opened};
use kit::view::share::Arrived;
use kit::view::{building, card, page};
use kit::{dom, frame, map};
use maud::Markup;
use wasm_bindgen_futures::spawn_local;

use crate::app::{self, App};
use crate::recent;

/// The home that is open.
#[derive(Default)]
pub struct House {
    opened: RefCell<Option<Opened>>,
    /// What came with a link, and for which home.
    arrived: RefCell<Option<(VboId, Arrived)>>,
}

/// What a link led to.
enum Shown {
    Home,
    Other { title: String, card: Markup, on_map: Option<ToCity> },
}

/// `#/huis/<id>`.
pub fn show_home(app: &Rc<App>, id: VboId, link: Link, turn: u32, moved: bool) {
    let mut opened = app.house.opened.borrow_mut();
    if let Some(opened) = opened.as_mut().filter(|opened| opened.woning().id == id) {
        // The page of corrections may have changed them since.
        opened.refresh();
    } else {
        *opened = None;
        wait(app);
    }
    drop(opened);
    let app = app.clone();
    spawn_local(async move {
        let shown = open(&app, id).await;
        finish(&app, turn, moved, shown, Key::FoutAdres);
        if !link.open.is_empty() && app.is_turn(turn) {
            dom::open_at(&format!("bij-{}", link.open));
        }
    });
}

/// Keeps what came with a link, and takes it out of the address bar.
pub fn arrive(app: &App, id: VboId, link: &Link) {
    if link.version.is_empty() && link.said.is_none() && link.corrections.is_empty() {
        if app.house.arrived.borrow().as_ref().is_some_and(|(of, _)| *of != id) {
            *app.house.arrived.borrow_mut() = None;
        }
        return;
    }
    let filled_in = (!link.corrections.is_empty()).then(|| Corrections::from_link(&link.corrections));
    let arrived = Arrived { version: link.version.clone(), said: link.said, filled_in };
    *app.house.arrived.borrow_mut() = Some((id, arrived));
    frame::address(&Link { view: link.view.clone(), open: link.open.clone(), ..Link::default() });
}

/// Takes over what came with a link, or not.
pub fn decide(app: &App, is_wanted: bool) {
    let given = app.house.arrived.borrow_mut().as_mut().and_then(|(_, arrived)| arrived.filled_in.take()).flatten();
    if let (Some(given), Some(opened), Some(manifest)) =
        (given.filter(|_| is_wanted), &mut *app.house.opened.borrow_mut(), app.data.known())
    {
        opened.take(given, &manifest);
    }
    frame::forget_filled();
    render(app);
    dom::focus("kop");
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
                        frame::address(&Link { view: View::House(only.id, HomePage::Card), ..Link::default() });
                        app::route(&app, moved);
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

/// No home is open any more.
pub fn leave(app: &App) {
    *app.house.opened.borrow_mut() = None;
}

fn wait(app: &App) {
    dom::fill(frame::VIEW, page::waiting(app.lang.get()));
}

fn finish(app: &Rc<App>, turn: u32, moved: bool, shown: Result<Option<Shown>>, absent: Key) {
    if !app.is_turn(turn) {
        return;
    }
    let lang = app.lang.get();
    match shown {
        Ok(Some(Shown::Home)) => render(app),
        Ok(Some(Shown::Other { title, card, on_map })) => {
            leave(app);
            frame::put(card);
            frame::titled(&title);
            match on_map {
                Some(show) => map::show(&show),
                None => map::unselect(),
            }
        }
        other => {
            leave(app);
            let (what, detail) = match other {
                Err(error) => (Key::FoutGegevens, error.to_string()),
                Ok(_) => (absent, String::new()),
            };
            dom::fill(frame::VIEW, page::failed(what, &detail, lang));
            frame::titled(Key::FoutKop.text(lang));
            map::unselect();
        }
    }
    if moved {
        dom::arrive("kop", frame::VIEW);
    }
    app.settled();
}

/// Puts the card of the home that is open on screen.
fn render(app: &App) {
    let (Some(opened), Some(manifest)) = (&*app.house.opened.borrow(), app.data.known()) else { return };
    let case = opened.case(&manifest);
    let arrived = app.house.arrived.borrow();
    let arrived = arrived.as_ref().filter(|(of, _)| *of == case.woning.id).map(|(_, arrived)| arrived);
    frame::put(card::home(&case, arrived, &frame::base(), app.lang.get()));
    frame::titled(&case.woning.address.to_string());
    recent::keep(&case);
    home::on_map(&case);
    // Not every device has anything to share with.
    dom::show("deel-app", dom::of_device("share").is_some());
}

async fn open(app: &App, id: VboId) -> Result<Option<Shown>> {
    app.data.manifest().await?;
    if app.house.opened.borrow().as_ref().is_some_and(|opened| opened.woning().id == id) {
        return Ok(Some(Shown::Home));
    }
    Ok(home::find(&app.data, id).await?.map(|found| match found {
        Found::Home(opened) => {
            // One that comes late, when another was gone to, is not open.
            if frame::home() == Some(id) {
                *app.house.opened.borrow_mut() = Some(opened);
            }
            Shown::Home
        }
        Found::Other(located) => Shown::Other {
            title: located.address.to_string(),
            card: card::no_home(&located.address, app.lang.get()),
            on_map: None,
        },
    }))
}

fn of_building(app: &App, tile: &Tile, pand: &Pand, addresses: &[&Woning]) -> Shown {
    let lang: Lang = app.lang.get();
    let title = match addresses.first() {
        Some(first) => first.address.street.clone(),
        None => Key::PandGeenWoning.text(lang).to_owned(),
    };
    Shown::Other {
        title,
        card: building::building(pand, tile.id, addresses, lang),
        on_map: tile.id.map(|id| show(id, pand)),
    }
}

fn show(tile: TileId, pand: &Pand) -> ToCity {
    ToCity::Show { at: middle(tile, pand), pand: pand.id, tile }
}

/// The middle of the box around a footprint.
fn middle(tile: TileId, pand: &Pand) -> [f64; 2] {
    let points = || pand.footprint.iter().flatten().flatten();
    let middle = |axis: usize| {
        let least = points().map(|p| p[axis]).min().unwrap_or_default();
        let most = points().map(|p| p[axis]).max().unwrap_or_default();
        least + (most - least) / 2
    };
    tile.to_rd([middle(0), middle(1)])
}
