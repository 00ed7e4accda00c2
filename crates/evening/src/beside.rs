//! Two sketches on two maps side by side, that look from the same place.

use evening::homes::Colours;
use evening::view::draw;
use gasvrij3d::bus::map::{Side, ToMap};
use gasvrij3d::drawing::Draft;
use gasvrij3d::text::Key;
use kit::{dom, frame, map};

use crate::app::App;
use crate::{city, net};

/// The button, or nothing where there is none now.
fn button() -> Option<web_sys::Element> {
    dom::by_id(draw::BESIDE)
}

/// Begins or ends.
pub fn switch(app: &App) {
    let lang = frame::lang();
    if app.net.beside.get() {
        end(app);
        dom::say(draw::SAID, Key::TekenenNaastUit.text(lang));
    } else if map::is_running() {
        net::stop(app);
        // An open legend covers half of a map, and holds for both.
        if let Some(legend) = dom::by_id("legenda-blad") {
            dom::unset(&legend, "open");
        }
        show(app);
        dom::say(draw::SAID, Key::TekenenNaastAan.text(lang));
    } else {
        dom::say(draw::SAID, Key::TekenenGeenKaart.text(lang));
    }
}

/// Shows both sketches, each on its map.
pub fn show(app: &App) {
    let kept = app.net.kept.borrow();
    let [Some(a), Some(b)] = &*kept else { return };
    app.net.beside.set(true);
    map::ask(&ToMap::Overlay { name: net::OVERLAY.into(), features: Vec::new(), side: None });
    for (&side, (draft, _)) in Side::ALL.iter().zip([a, b]) {
        let name = draw::NAMES[side as usize].into();
        map::ask(&ToMap::Overlay { name, features: net::features(draft, None), side: Some(side) });
        city::paint_on(side, &[]);
        city::paint_on(side, &colours(app, draft));
    }
    map::ask(&ToMap::Beside { on: true });
    untitled();
    if let Some(stage) = dom::by_id(map::STAGE) {
        let titles = draw::titles([a, b].map(|(draft, summary)| (draft, summary)), frame::lang());
        // It fails only for a place that is none.
        let _ = stage.insert_adjacent_html("beforeend", &titles.into_string());
    }
    if let Some(button) = button() {
        dom::set(&button, "aria-pressed", "true");
    }
}

/// Back to one map, with what is being drawn.
pub fn end(app: &App) {
    if leave(app) {
        city::paint_on(Side::First, &[]);
        net::show_on_map(app);
    }
}

/// Back to one map, with nothing on it. Returns whether there were two.
pub fn leave(app: &App) -> bool {
    let were_two = app.net.beside.replace(false);
    if were_two {
        map::ask(&ToMap::Beside { on: false });
        for (&side, name) in Side::ALL.iter().zip(draw::NAMES) {
            map::ask(&ToMap::Overlay { name: name.into(), features: Vec::new(), side: Some(side) });
        }
        city::paint_on(Side::Second, &[]);
        untitled();
        if let Some(button) = button() {
            dom::set(&button, "aria-pressed", "false");
        }
    }
    were_two
}

fn untitled() {
    if let Some(titles) = dom::by_id(draw::TITLES) {
        titles.remove();
    }
}

/// The colours of the buildings for which a sketch changes the advice, tile by tile.
fn colours(app: &App, draft: &Draft) -> Vec<Colours> {
    let (homes, mut drawing) = (app.town.homes.borrow(), app.town.drawing.borrow_mut());
    let (Some(homes), Some(drawing)) = (homes.as_ref(), drawing.as_mut()) else { return Vec::new() };
    let own = drawing.draft().clone();
    drawing.change(draft.clone());
    let both = drawing.outcomes().iter().zip(drawing.published());
    let changed: Vec<usize> =
        both.enumerate().filter(|(_, (now, before))| now != before).map(|(home, _)| home).collect();
    let theme = city::theme();
    let tiles = homes.tiles_of(&changed);
    let colours = tiles.iter().filter_map(|tile| homes.colours(*tile, theme, drawing.outcomes())).collect();
    drawing.change(own);
    colours
}
