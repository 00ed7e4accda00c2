//! The engine's camera follows the map's.

use bevy::camera::Projection;
use bevy::core_pipeline::tonemapping::{DebandDither, Tonemapping};
use bevy::prelude::*;
use bevy::render::camera::CameraRenderGraph;

use super::city::Shared;
use super::screen;
use super::straight::Straight;
use crate::orbit::TAN_HALF_FOV;

pub fn plugin(app: &mut App) {
    app.add_systems(Startup, place);
    // Before all that depends on where one looks from.
    app.add_systems(PreUpdate, follow);
}

fn place(city: NonSend<Shared>, mut commands: Commands) {
    let look = (Tonemapping::None, DebandDither::Disabled);
    let camera = commands.spawn((Camera3d::default(), projection(1_000.0), look)).id();
    // Without a graphics card smooth edges cost three quarters of the speed, and every pass over all pixels counts.
    if city.borrow().is_modest {
        commands.entity(camera).insert((Msaa::Off, CameraRenderGraph::new(Straight)));
    } else {
        commands.entity(camera).insert(Msaa::Sample4);
    }
}

/// The nearest and furthest that is drawn go with the distance, so that depths stay far enough apart to tell.
fn projection(distance: f64) -> Projection {
    Projection::from(PerspectiveProjection {
        fov: (TAN_HALF_FOV.atan() * 2.0) as f32,
        near: (distance * 0.06).max(1.0) as f32,
        far: (distance * 40.0 + 4_000.0) as f32,
        ..default()
    })
}

fn follow(city: NonSend<Shared>, mut camera: Single<(&mut Transform, &mut Projection), With<Camera3d>>) {
    let mut city = city.borrow_mut();
    if city.untouched {
        city.view = city.whole();
    }
    if let Some(flight) = city.flight {
        let (view, over) = flight.at(screen::now_ms());
        city.view = view;
        if over {
            city.flight = None;
        }
    }
    let view = city.view;
    let to_vec = |v: [f64; 3]| Vec3::new(v[0] as f32, v[1] as f32, v[2] as f32);
    let transform =
        Transform::from_translation(to_vec(view.eye())).looking_to(to_vec(view.forward()), to_vec(view.up()));
    let (current, lens) = &mut *camera;
    if **current != transform {
        **current = transform;
        // The shape of the picture is kept by the engine.
        if let (Projection::Perspective(old), Projection::Perspective(new)) = (&mut **lens, projection(view.distance)) {
            (old.near, old.far) = (new.near, new.far);
        }
    }
}
