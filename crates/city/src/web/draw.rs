//! From the city to the canvas: one pass over all pieces that are in the picture, the nearest first.
//!
//! Bevy's own way of drawing takes scenes of any kind, with lights, shadows and passes over all pixels; a town of flat
//! colours needs none of it, and pays for it at the start and in each frame (`docs/decisions/0012-a-pass-of-our-own.md`).

mod colours;
mod piece;
mod programs;
mod scene;
mod still;
mod target;

use bevy::app::MainScheduleOrder;
use bevy::ecs::schedule::ScheduleLabel;
use bevy::math::{Mat4, Vec3, Vec4};
use bevy::prelude::*;
use bevy::window::PrimaryWindow;
pub use colours::NOBODY;
use gasvrij3d::bus::map::Side;
pub use piece::Frame;
pub use programs::Look;
use scene::{Draw as What, Scene, View};
pub use scene::{Of, Part, SharedScene};
use still::Still;
pub use target::is_drawn;
use target::{Target, Way};

use super::city::{City, Shared};
use super::{screen, wake};
use crate::frustum::Frustum;
use crate::orbit::{Orbit, Screen, TAN_HALF_FOV};
use crate::panes::Lie;

/// The nearest that is drawn, as a share of the distance to the middle of the picture; and never nearer than this, metres.
const NEAR_SHARE: f64 = 0.06;
const NEAREST: f64 = 1.0;

/// Whether the graphics card is ready to draw anything.
#[derive(Resource, Default)]
pub struct Ready(pub bool);

/// What draws, after all that changes what is drawn.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
struct Draw;

/// Puts the scene in the engine; the error is the word for a browser that gives no WebGL2.
pub fn begin(app: &mut App, city: &Shared) -> Result<(), String> {
    let canvas = city.borrow().canvas.clone();
    let gl = screen::context(&canvas).ok_or("no-webgl2")?;
    let way = city.borrow().way();
    let scene = Scene::new(&city.borrow(), gl.clone(), way == Way::Direct);
    app.insert_non_send(SharedScene::new(scene.into()));
    app.insert_non_send(Target::new(gl, canvas, way));
    app.init_resource::<Ready>().init_schedule(Draw);
    app.world_mut().resource_mut::<MainScheduleOrder>().insert_after(Last, Draw);
    app.add_systems(PostUpdate, paint);
    app.add_systems(Draw, draw);
    Ok(())
}

impl City {
    /// How the picture is drawn on this device.
    const fn way(&self) -> Way {
        match (self.is_modest, self.saves_pixels) {
            (false, _) => Way::Smooth,
            (true, true) => Way::Part,
            (true, false) => Way::Direct,
        }
    }
}

fn paint(city: NonSend<Shared>, scene: NonSend<SharedScene>) {
    scene.borrow_mut().paint(&mut city.borrow_mut());
}

/// What a picture shows, but for the colours of panden and what lies over them.
#[derive(Clone, Copy, PartialEq)]
struct Shown {
    view: Orbit,
    size: [u32; 2],
    lie: Option<Lie>,
    version: u64,
}

/// What was drawn last, and what is kept of it where a processor draws.
#[derive(Default)]
struct Kept {
    last: Option<Shown>,
    /// The size that room was asked for last; there may be none for so many pixels.
    asked: Option<[u32; 2]>,
    still: Option<Still>,
    /// What the still shows.
    of: Option<Shown>,
}

fn draw(
    city: NonSend<Shared>,
    scene: NonSend<SharedScene>,
    window: Single<&Window, With<PrimaryWindow>>,
    mut target: NonSendMut<Target>,
    mut ready: ResMut<Ready>,
    mut kept: Local<Kept>,
) {
    ready.0 = ready.0 || scene.borrow().is_ready();
    if !ready.0 {
        return;
    }
    let is_empty = target.fit([window.physical_width(), window.physical_height()]);
    if wake::is_held() && !is_empty {
        return;
    }
    let (city, mut scene) = (city.borrow(), scene.borrow_mut());
    let panes = city.panes();
    let share = if city.way() == Way::Part { city.ease.share().pixels } else { 1.0 };
    let drawn = target.size().map(|side| ((f64::from(side) * share) as u32).max(1));
    let frustum = Frustum::new(&city.view, panes.size());
    scene.begin();
    let each = |what: What| {
        for &side in panes.sides() {
            let [[x, y], pixels] = panes.part(side, drawn);
            // The canvas has its first row below.
            let corner = [x, drawn[1] - y - pixels[1]];
            target.view(corner, pixels);
            scene.look_from(&look_from(&city.view, panes.size(), side, pixels));
            scene.draw(what, side, city.view.eye(), &frustum);
        }
    };
    let shown = Shown { view: city.view, size: drawn, lie: panes.lie(), version: scene.version() };
    // Only the colours are others, and there are triangles enough to spare.
    let is_still = kept.last.replace(shown) == Some(shown) && scene.can_be_kept(&frustum);
    let Kept { asked, still, of, .. } = &mut *kept;
    if is_still && asked.replace(drawn) != Some(drawn) {
        (*still, *of) = (scene.still(drawn), None);
    }
    let still = still.as_ref().filter(|_| is_still);
    if let Some(still) = still.filter(|_| of.replace(shown) != Some(shown)) {
        still.begin(scene.empty);
        each(What::Town);
        still.end();
    }
    target.begin();
    if let Some(still) = still {
        each(What::Over(still));
    } else {
        scene.clear();
        each(What::All);
    }
    target.finish(drawn);
}

/// What the shaders know of a view on a map of so many pixels.
fn look_from(view: &Orbit, screen: Screen, side: Side, pixels: [u32; 2]) -> View {
    let to_vec = |v: [f64; 3]| Vec3::new(v[0] as f32, v[1] as f32, v[2] as f32);
    let eye = to_vec(view.eye());
    let fov = (TAN_HALF_FOV.atan() * 2.0) as f32;
    let near = (view.distance * NEAR_SHARE).max(NEAREST) as f32;
    let lens = Mat4::perspective_infinite_reverse_rh(fov, (screen.width / screen.height.max(1.0)) as f32, near);
    // It gives depths from 0 to 1, WebGL has them from -1 to 1.
    let deep = Mat4::from_cols(Vec4::X, Vec4::Y, Vec4::new(0.0, 0.0, 2.0, 0.0), Vec4::new(0.0, 0.0, -1.0, 1.0));
    let to_view = Mat4::look_to_rh(eye, to_vec(view.forward()), to_vec(view.up()));
    let [width, height] = pixels.map(|v| v as f32);
    View {
        clip_from_city: (deep * lens * to_view).to_cols_array(),
        eye: [eye.x, eye.y, eye.z, if side == Side::Second { 1.0 } else { 0.0 }],
        pixels: [width, height, 0.0, 0.0],
    }
}
