//! What the town stands on and under: bare land to the horizon, and a calm sky.
//!
//! Looking down there is no sky and no haze, so all that is empty has the one colour of the land: then it is not drawn,
//! for where pixels are dear a layer over the whole screen costs as much as the town.

use bevy::prelude::*;
use gasvrij3d::mesh::{OFFSET, Shape};
use gasvrij3d::palette::{Rgb, Surface};

use super::city::Shared;
use super::draw::{Frame, Look, Of, SharedScene};
use super::{bench, dress};
use crate::orbit::{Orbit, Screen};

/// Just below everything that lies on the ground, metres.
const BELOW: f64 = -0.3;
/// Corners of a ring of land.
const CORNERS: u32 = 48;
/// Rings of land, each twice as wide as the one before.
const RINGS: u32 = 9;
/// Units in the height of the camera.
const UNITS: f64 = 64.0;
/// Fully covering, as a vertex has it.
const OPAQUE: u16 = 255 << 8;

/// From here on, in heights of the camera, there is haze in the colour of the land (`assets/shaders`).
const HAZE_FROM: f64 = 9.0;
/// The ground of the maps that this one is compared with.
const PLAIN: Rgb = [0xE8, 0xEB, 0xEE];

pub fn plugin(app: &mut App) {
    if bench::is_on(&app.world().non_send::<Shared>().borrow().canvas) {
        app.add_systems(Startup, |scene: NonSend<SharedScene>| scene.borrow_mut().empty_with(PLAIN));
        return;
    }
    app.add_systems(Startup, lay);
    app.add_systems(Update, follow.before(dress::dress));
}

/// Whether the land is seen in one colour: no ray through the screen's upper edge goes as far as the haze.
fn is_even(view: &Orbit, screen: Screen) -> bool {
    [0.0, screen.width].iter().all(|&x| {
        let [east, up, south] = view.ray([x, 0.0], screen);
        east.hypot(south).hypot(up) < -up * HAZE_FROM
    })
}

fn lay(scene: NonSend<SharedScene>) {
    let mut shape = Shape::default();
    let look = Surface::Ground as u16 | OPAQUE;
    let middle = OFFSET as u16;
    shape.vertices.push([middle, middle, 0, look]);
    for ring in 0..RINGS {
        let radius = UNITS * 0.5 * f64::from(1_u32 << ring);
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
    // It lies below the camera, wherever that is.
    let frame = Frame { offset: [0.0; 3], unit: 1.0 };
    scene.borrow_mut().put(Of::Land, &shape, &frame, None);
}

/// Keeps the land below the camera and as wide as it can see, or leaves it to the empty screen.
fn follow(
    city: NonSend<Shared>,
    scene: NonSend<SharedScene>,
    mut last: Local<Option<Frame>>,
    mut was_even: Local<Option<bool>>,
) {
    let (view, screen, undressed) = (city.borrow().view, city.borrow().screen(), city.borrow().undressed);
    let mut scene = scene.borrow_mut();
    let even = is_even(&view, screen);
    // What the system asks for takes long to ask.
    if was_even.replace(even) != Some(even) || undressed {
        scene.empty_with(dress::colour(if even { Surface::Ground } else { Surface::Sky }));
        scene.look(Of::Land, (!even).then_some(Look::Ground));
    }

    let [east, up, south] = view.eye();
    let unit = up.max(1.0) / UNITS;
    let shift = f64::from(OFFSET) * unit;
    let frame = Frame { offset: [east - shift, BELOW, south - shift], unit };
    if last.replace(frame) != Some(frame) {
        scene.lay(Of::Land, &frame);
    }
}
