//! What is pointed at: the house under the pointer is lighter; the one on the card has walls of its own colour and a
//! line where they end. Its roof keeps the colour that says something.

use bevy::mesh::PrimitiveTopology;
use bevy::prelude::*;
use gasvrij3d::mesh::outline;

use super::city::{City, Place, Shared};
use super::look::{BuildingLook, Looks, NOBODY};
use super::tiles::{CENTIMETRE, frame, mesh};

#[derive(Component)]
struct Outline;

pub fn plugin(app: &mut App) {
    app.add_systems(Update, draw);
}

fn draw(
    city: NonSend<Shared>,
    looks: Res<Looks>,
    outlines: Query<Entity, With<Outline>>,
    mut materials: ResMut<Assets<BuildingLook>>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut commands: Commands,
) {
    let mut city = city.borrow_mut();
    if !std::mem::take(&mut city.marks_changed) {
        return;
    }
    let selected = city.selected.and_then(|(tile, pand)| city.find(tile, pand));
    let index = |place: Option<Place>| place.map_or(NOBODY, |place| city.index(place));
    for look in [&looks.buildings, &looks.far, &looks.edges] {
        if let Some(mut look) = materials.get_mut(look) {
            look.mark(index(city.hovered), index(selected));
        }
    }
    show_pointer(&city);
    for entity in &outlines {
        commands.entity(entity).despawn();
    }
    // A house whose tile has not come yet is outlined when it does.
    let Some(place) = selected else { return };
    let Some(loaded) = &city.tiles[place.tile] else { return };
    let footprints = loaded.picker.footprints();
    let eaves = footprints.eaves_dm.get(place.pand as usize).copied().unwrap_or_default();
    let shape = outline(&footprints.ring_points(place.pand as usize), eaves);
    if let Some((mesh, bounds)) = mesh(shape, PrimitiveTopology::TriangleList) {
        let low = frame(&city, place.tile, CENTIMETRE);
        commands.spawn((Mesh3d(meshes.add(mesh)), MeshMaterial3d(looks.ground.clone()), low, bounds, Outline));
    }
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
