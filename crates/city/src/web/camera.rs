//! The engine's cameras follow the map's: one, or two that look from the same place, each at a half of the canvas.

use bevy::camera::visibility::RenderLayers;
use bevy::camera::{Projection, Viewport};
use bevy::core_pipeline::tonemapping::{DebandDither, Tonemapping};
use bevy::prelude::*;
use bevy::render::camera::CameraRenderGraph;
use bevy::window::PrimaryWindow;
use gasvrij3d::bus::map::Side;

use super::city::Shared;
use super::screen;
use super::straight::Straight;
use crate::orbit::{Orbit, TAN_HALF_FOV};

/// The map that a camera shows.
#[derive(Component)]
struct On(Side);

pub fn plugin(app: &mut App) {
    app.add_systems(Startup, place);
    // Before all that depends on where one looks from.
    app.add_systems(PreUpdate, follow);
}

/// What is seen on one side only.
pub fn only(side: Side) -> RenderLayers {
    RenderLayers::layer(side as usize + 1)
}

fn place(city: NonSend<Shared>, mut commands: Commands) {
    for &side in Side::ALL {
        let camera = Camera { order: side as isize, is_active: side == Side::First, ..default() };
        let look = (Tonemapping::None, DebandDither::Disabled);
        let seen = RenderLayers::default().union(&only(side));
        let all = (Camera3d::default(), camera, projection(1_000.0), look, seen, On(side));
        let camera = commands.spawn(all).id();
        // Without a graphics card smooth edges cost three quarters of the speed, and every pass over all pixels counts.
        if city.borrow().is_modest {
            commands.entity(camera).insert((Msaa::Off, CameraRenderGraph::new(Straight)));
        } else {
            commands.entity(camera).insert(Msaa::Sample4);
        }
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

fn follow(
    city: NonSend<Shared>,
    window: Single<&Window, With<PrimaryWindow>>,
    mut cameras: Query<(&On, &mut Camera, &mut Transform, &mut Projection)>,
    mut last: Local<Option<Orbit>>,
) {
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
    let moves = last.replace(view).is_some_and(|last| last != view);
    city.ease.frame(moves);
    let to_vec = |v: [f64; 3]| Vec3::new(v[0] as f32, v[1] as f32, v[2] as f32);
    let transform =
        Transform::from_translation(to_vec(view.eye())).looking_to(to_vec(view.forward()), to_vec(view.up()));
    let panes = city.panes();
    let pixels = if city.saves_pixels { city.ease.share().pixels } else { 1.0 };
    let drawn = [window.physical_width(), window.physical_height()].map(|side| (f64::from(side) * pixels) as u32);
    let has_parts = panes.lie().is_some() || pixels < 1.0;
    for (&On(side), mut camera, mut current, mut lens) in &mut cameras {
        let is_active = panes.sides().contains(&side);
        if camera.is_active != is_active {
            camera.is_active = is_active;
        }
        let part = has_parts.then(|| panes.part(side, drawn));
        let is_same = match (&part, &camera.viewport) {
            (None, None) => true,
            (Some([corner, size]), Some(old)) => {
                old.physical_position == UVec2::from(*corner) && old.physical_size == UVec2::from(*size)
            }
            _ => false,
        };
        if !is_same {
            camera.viewport = part.map(|[corner, size]| Viewport {
                physical_position: corner.into(),
                physical_size: size.into(),
                ..default()
            });
        }
        if *current != transform {
            *current = transform;
            // The shape of the picture is kept by the engine.
            if let (Projection::Perspective(old), Projection::Perspective(new)) =
                (&mut *lens, projection(view.distance))
            {
                (old.near, old.far) = (new.near, new.far);
            }
        }
    }
}
