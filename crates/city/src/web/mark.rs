//! What is pointed at: the house under the pointer is lighter; the one on the card has walls of its own colour and a
//! line where they end. Its roof keeps the colour that says something.

use bevy::prelude::*;
use gasvrij3d::mesh::outline;

use super::city::{City, Place, Shared};
use super::draw::{Look, NOBODY, Of, SharedScene};
use super::tiles::frame;

pub fn plugin(app: &mut App) {
    app.add_systems(Update, draw);
}

fn draw(city: NonSend<Shared>, scene: NonSend<SharedScene>) {
    let mut city = city.borrow_mut();
    if !std::mem::take(&mut city.marks_changed) {
        return;
    }
    let selected = city.selected.and_then(|(tile, pand)| city.find(tile, pand));
    let index = |place: Option<Place>| place.map_or(NOBODY, |place| city.index(place));
    let mut scene = scene.borrow_mut();
    scene.mark(index(city.hovered), index(selected));
    show_pointer(&city);
    scene.take_out(|of| matches!(of, Of::Outline(_)));
    // A house whose tile has not come yet is outlined when it does.
    let Some(place) = selected else { return };
    let Some(loaded) = &city.tiles[place.tile] else { return };
    let footprints = loaded.picker.footprints();
    let eaves = footprints.eaves_dm.get(place.pand as usize).copied().unwrap_or_default();
    let shape = outline(&footprints.ring_points(place.pand as usize), eaves);
    scene.put(Of::Outline(place.tile), &shape, &frame(&city, place.tile), Some(Look::Ground));
}

/// A hand over what can be clicked.
fn show_pointer(city: &City) {
    let cursor = match (city.drawing, city.hovered) {
        (true, _) => "crosshair",
        (false, Some(_)) => "pointer",
        (false, None) => "grab",
    };
    // The name of a style property is always taken.
    drop(city.canvas.style().set_property("cursor", cursor));
}
