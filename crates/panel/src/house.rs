//! Brings a home or a building on screen: from its id in the link to its page, and onto the map.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gasvrij3d::Result;
use gasvrij3d::bus::ToCity;
use gasvrij3d::corrections::Corrections;
use gasvrij3d::geo::{Rd, TileId};
use gasvrij3d::home::{PandId, VboId};
use gasvrij3d::link::{HomePage, Link, View};
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::tile::{Pand, Tile, Woning};
use maud::Markup;
use panel::case::Case;
use panel::view::share::Arrived;
use panel::view::{building, card, compare, correct, page, why};
use wasm_bindgen_futures::spawn_local;

use crate::app::{self, App, VIEW};
use crate::{answers, dom, paper};

/// The home that is open.
#[derive(Default)]
pub struct House {
    pub opened: RefCell<Option<Opened>>,
    /// What came with a link, and for which home.
    pub arrived: RefCell<Option<(VboId, Arrived)>>,
    /// The last picture of the map, and of which home.
    pub picture: RefCell<Option<(VboId, String)>>,
    pub page: Cell<Option<HomePage>>,
}

/// A home with what the resident filled in.
pub struct Opened {
    tile: Rc<Tile>,
    place: usize,
    pub corrections: Corrections,
}

impl Opened {
    pub fn woning(&self) -> &Woning {
        &self.tile.woningen[self.place]
    }
}

/// What a link led to.
enum Shown {
    Home,
    Other { title: String, card: Markup, on_map: Option<ToCity> },
}

/// Looks at the home that is open, where there is one.
pub fn look(app: &App, look: &mut dyn FnMut(&Case)) {
    if let (Some(opened), Some(manifest)) = (&*app.house.opened.borrow(), app.data.known()) {
        look(&Case::of(opened.woning(), &opened.tile, &manifest, &opened.corrections));
    }
}

/// `#/huis/<id>` and the pages under it.
pub fn show_home(app: &Rc<App>, id: VboId, page: HomePage, link: Link, turn: u32, moved: bool) {
    let is_other = app.house.opened.borrow().as_ref().is_none_or(|opened| opened.woning().id != id);
    app.house.page.set(Some(page));
    arrive(app, id, &link);
    if is_other {
        *app.house.opened.borrow_mut() = None;
        wait(app);
    }
    let app = app.clone();
    spawn_local(async move {
        let shown = home(&app, id).await;
        finish(&app, turn, moved, shown, Key::FoutAdres, &link.open);
    });
}

/// Keeps what came with a link, and takes it out of the address bar.
fn arrive(app: &App, id: VboId, link: &Link) {
    if link.version.is_empty() && link.said.is_none() && link.corrections.is_empty() {
        if app.house.arrived.borrow().as_ref().is_some_and(|(of, _)| *of != id) {
            *app.house.arrived.borrow_mut() = None;
        }
        return;
    }
    let filled_in = (!link.corrections.is_empty()).then(|| Corrections::from_link(&link.corrections));
    let arrived = Arrived { version: link.version.clone(), said: link.said, filled_in };
    *app.house.arrived.borrow_mut() = Some((id, arrived));
    address(&Link { view: link.view.clone(), open: link.open.clone(), ..Link::default() });
}

/// Puts another address in the bar, without a step in the history.
pub fn address(link: &Link) {
    if let Some(history) = dom::window().and_then(|w| w.history().ok()) {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&link.hash()));
    }
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
                        address(&Link { view: View::House(only.id, HomePage::Card), ..Link::default() });
                        app::route(&app, moved);
                    }
                    return;
                }
                Ok(tile.panden.iter().find(|p| p.id == pand).map(|p| of_building(&app, &tile, p, &all)))
            }
            Err(error) => Err(error),
        };
        finish(&app, turn, moved, shown, Key::PandWeg, "");
    });
}

/// No home is open any more.
pub fn leave(app: &App) {
    *app.house.opened.borrow_mut() = None;
    app.house.page.set(None);
}

fn wait(app: &App) {
    dom::fill(VIEW, page::waiting(app.lang.get()));
}

fn finish(app: &App, turn: u32, moved: bool, shown: Result<Option<Shown>>, absent: Key, open: &str) {
    if !app.is_turn(turn) {
        return;
    }
    let lang = app.lang.get();
    match shown {
        Ok(Some(Shown::Home)) => render(app, open),
        Ok(Some(Shown::Other { title, card, on_map })) => {
            leave(app);
            app.put(card);
            app.titled(&title);
            match on_map {
                Some(show) => app.city.show(show),
                None => app.city.unselect(),
            }
        }
        other => {
            leave(app);
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
    if !open.is_empty() {
        dom::open_at(&format!("bij-{open}"));
    }
}

/// Puts the page of the home that is open on screen.
pub fn render(app: &App, open: &str) {
    let lang = app.lang.get();
    let page = app.house.page.get().unwrap_or(HomePage::Card);
    look(app, &mut |case| {
        let arrived = app.house.arrived.borrow();
        let arrived = arrived.as_ref().filter(|(of, _)| *of == case.woning.id).map(|(_, arrived)| arrived);
        let shown = match page {
            _ if !case.is_home() => card::no_home(&case.woning.address, lang),
            HomePage::Card => card::home(case, arrived, &paper::base(), lang),
            HomePage::Why => why::why(case, open, lang),
            HomePage::Correct => correct::correct(case, lang),
            HomePage::Compare => compare::compare(case, open, lang),
        };
        app.put(shown);
        let address = case.woning.address.to_string();
        app.titled(&match title(page) {
            None => address,
            Some(name) => format!("{} · {address}", name.text(lang)),
        });
        if let (Some(pand), Some(tile)) = (case.woning.pand, case.tile.id) {
            app.city.show(ToCity::Show { at: tile.to_rd(case.woning.at), pand, tile });
        }
    });
    paper::offer(app);
}

/// Puts the page on screen anew, also where its HTML would be the same: what was chosen in a form is not in the HTML.
pub fn again(app: &App) {
    if let Some(view) = dom::by_id(VIEW) {
        dom::unset(&view, "data-filled");
    }
    render(app, "");
}

const fn title(page: HomePage) -> Option<Key> {
    match page {
        HomePage::Card => None,
        HomePage::Why => Some(Key::WaaromKop),
        HomePage::Correct => Some(Key::KloptKop),
        HomePage::Compare => Some(Key::VergelijkKop),
    }
}

async fn home(app: &App, id: VboId) -> Result<Option<Shown>> {
    app.data.manifest().await?;
    if app.house.opened.borrow().as_ref().is_some_and(|opened| opened.woning().id == id) {
        return Ok(Some(Shown::Home));
    }
    if let Some(at) = app.data.hinted(id)
        && open(app, app.data.tile(at).await?, id)
    {
        return Ok(Some(Shown::Home));
    }
    let streets = app.data.streets().await?;
    let Some(place) = app.data.ids(id).await?.place(&streets, id)? else { return Ok(None) };
    if open(app, app.data.tile(place.tile).await?, id) {
        return Ok(Some(Shown::Home));
    }
    // Not a home: its address is in the index only.
    let Some(street) = streets.street(place.street) else { return Ok(None) };
    let shard = app.data.shard(street.shard).await?;
    let lang = app.lang.get();
    Ok(shard.dwelling(&streets, place.street, id)?.map(|located| Shown::Other {
        title: located.address.to_string(),
        card: card::no_home(&located.address, lang),
        on_map: None,
    }))
}

fn open(app: &App, tile: Rc<Tile>, id: VboId) -> bool {
    let Some(place) = tile.woningen.iter().position(|w| w.id == id) else { return false };
    let corrections = answers::kept(&tile.woningen[place]);
    *app.house.opened.borrow_mut() = Some(Opened { tile, place, corrections });
    true
}

fn of_building(app: &App, tile: &Tile, pand: &Pand, addresses: &[&Woning]) -> Shown {
    let lang: Lang = app.lang.get();
    let title = match addresses.first() {
        Some(first) => first.address.street.clone(),
        None => Key::PandGeenWoning.text(lang).to_owned(),
    };
    Shown::Other { title, card: building::building(pand, addresses, lang), on_map: tile.id.map(|id| show(id, pand)) }
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
