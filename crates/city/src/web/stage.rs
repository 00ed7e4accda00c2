//! What the town stands on and under: bare land to the horizon, and a calm sky.
//!
//! Looking down there is no sky and no haze, so all that is empty has the one colour of the land: then it is not drawn,
//! for where pixels are dear a layer over the whole screen costs as much as the town.

use bevy::camera::primitives::Aabb;
use bevy::camera::visibility::NoFrustumCulling;
use bevy::mesh::PrimitiveTopology;
use bevy::prelude::*;
use gasvrij3d::mesh::{OFFSET, Shape};
use gasvrij3d::palette::Surface;

use super::city::Shared;
use super::look::Looks;
use super::tiles::mesh;
use super::{bench, dress};
use crate::orbit::{Orbit, Screen};

/// Just below everything that lies on the ground, metres.
const BELOW: f32 = -0.3;
/// Corners of a ring of land.
const CORNERS: u32 = 48;
/// Rings of land, each twice as wide as the one before.
const RINGS: u32 = 9;
/// Units in the height of the camera.
const UNITS: f32 = 64.0;
/// Fully covering, as a vertex has it.
const OPAQUE: u16 = 255 << 8;

/// From here on, in heights of the camera, there is haze in the colour of the land (`assets/shaders`).
const HAZE_FROM: f64 = 9.0;
/// The ground of the maps that this one is compared with.
const PLAIN: [u8; 3] = [0xE8, 0xEB, 0xEE];

/// The land, always below the camera.
#[derive(Component)]
struct Land;

pub fn plugin(app: &mut App) {
    if bench::is_on(&app.world().non_send::<Shared>().borrow().canvas) {
        app.insert_resource(ClearColor(colour(PLAIN)));
        return;
    }
    app.insert_resource(ClearColor(colour(dress::colour(Surface::Sky))));
    app.add_systems(Startup, lay);
    app.add_systems(Update, follow);
}

fn colour([r, g, b]: [u8; 3]) -> Color {
    Color::srgb_u8(r, g, b)
}

/// Whether the land is seen in one colour: no ray through the screen's upper edge goes as far as the haze.
fn is_even(view: &Orbit, screen: Screen) -> bool {
    [0.0, screen.width].iter().all(|&x| {
        let [east, up, south] = view.ray([x, 0.0], screen);
        east.hypot(south).hypot(up) < -up * HAZE_FROM
    })
}

fn lay(looks: Res<Looks>, mut meshes: ResMut<Assets<Mesh>>, mut commands: Commands) {
    let mut shape = Shape::default();
    let look = Surface::Ground as u16 | OPAQUE;
    let middle = OFFSET as u16;
    shape.vertices.push([middle, middle, 0, look]);
    for ring in 0..RINGS {
        let radius = f64::from(UNITS) * 0.5 * f64::from(1_u32 << ring);
        for corner in 0..CORNERS {
            let (sin, cos) = (f64::from(corner) * std::f64::consts::TAU / f64::from(CORNERS)).sin_cos();
            let at = |v: f64| (f64::from(OFFSET) + v * radius).round() as u16;
            shape.vertices.push([at(cos), at(-sin), 0, look]);
            let here = |corner: u32| 1 + ring * CORNERS + corner % CORNERS;
            let (a, b) = (here(corner), here(corner + 1));
            if ring == 0 {
                shape.indices.extend([0, a, b]);
            } else {
                let (c, d) = (a - CORNERS, b - CORNERS);
                shape.indices.extend([c, a, b, c, b, d]);
            }
        }
    }
    if let Some((mesh, _)) = mesh(shape, PrimitiveTopology::TriangleList) {
        let look = MeshMaterial3d(looks.ground.clone());
        commands.spawn((Mesh3d(meshes.add(mesh)), look, Transform::default(), Aabb::default(), NoFrustumCulling, Land));
    }
}

/// Keeps the land below the camera and as wide as it can see, or leaves it to the empty screen.
fn follow(
    city: NonSend<Shared>,
    mut clear: ResMut<ClearColor>,
    land: Single<(&mut Transform, &mut Visibility), With<Land>>,
) {
    let view = city.borrow().view;
    let even = is_even(&view, city.borrow().screen());
    let (mut transform, mut visibility) = land.into_inner();
    visibility.set_if_neq(if even { Visibility::Hidden } else { Visibility::Inherited });
    let empty = colour(dress::colour(if even { Surface::Ground } else { Surface::Sky }));
    if clear.0 != empty {
        clear.0 = empty;
    }

    let eye = view.eye().map(|v| v as f32);
    let scale = eye[1].max(1.0) / UNITS;
    let shift = OFFSET as f32 * scale;
    transform.set_if_neq(Transform {
        translation: Vec3::new(eye[0] - shift, BELOW, eye[2] - shift),
        rotation: Quat::IDENTITY,
        scale: Vec3::new(scale, 1.0, scale),
    });
}
