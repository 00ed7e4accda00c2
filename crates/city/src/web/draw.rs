//! From the city to the canvas: one pass over all pieces that are in the picture, the nearest first.
//!
//! The engine's own way of drawing takes scenes of any kind, with lights, shadows and passes over all pixels; a town of flat
//! colours needs none of it, and pays for it at the start and in each frame (`docs/decisions/0012-a-pass-of-our-own.md`).

mod colours;
mod device;
mod piece;
mod pipelines;
mod scene;
mod target;

use bevy::app::MainScheduleOrder;
use bevy::ecs::schedule::ScheduleLabel;
use bevy::math::{Mat4, Vec3, Vec4};
use bevy::prelude::*;
use bevy::window::PrimaryWindow;
pub use colours::NOBODY;
pub use device::open;
use gasvrij3d::bus::map::Side;
pub use piece::Frame;
pub use pipelines::Look;
use scene::View;
pub use scene::{Of, Part, Scene, SharedScene};
pub use target::is_drawn;
use target::{Target, Views, Way};
use wgpu::{
    Color, CommandEncoderDescriptor, Device, LoadOp, Operations, Queue, RenderPassColorAttachment,
    RenderPassDepthStencilAttachment, RenderPassDescriptor, StoreOp,
};

use super::city::{City, Shared};
use super::wake;
use crate::frustum::Frustum;
use crate::orbit::{Orbit, Screen, TAN_HALF_FOV};

/// The nearest that is drawn, as a share of the distance to the middle of the picture; and never nearer than this, metres.
const NEAR_SHARE: f64 = 0.06;
const NEAREST: f64 = 1.0;

/// What draws, after all that changes what is drawn.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
struct Draw;

/// Puts the scene in the engine.
pub fn plugin(app: &mut App, device: Device, queue: Queue) {
    let city = app.world().non_send::<Shared>().clone();
    let way = city.borrow().way();
    let scene = SharedScene::new(Scene::new(&city.borrow(), device, queue, way).into());
    app.insert_non_send(scene);
    app.insert_non_send(Target::new(city.borrow().canvas.clone(), way));
    app.init_schedule(Draw);
    app.world_mut().resource_mut::<MainScheduleOrder>().insert_after(Last, Draw);
    app.add_systems(PostUpdate, paint);
    app.add_systems(Draw, draw);
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

fn draw(
    city: NonSend<Shared>,
    scene: NonSend<SharedScene>,
    window: Single<&Window, With<PrimaryWindow>>,
    mut target: NonSendMut<Target>,
) {
    target.fit([window.physical_width(), window.physical_height()]);
    if wake::is_held() && !target.is_new() {
        return;
    }
    let (city, mut scene) = (city.borrow(), scene.borrow_mut());
    let way = city.way();
    let panes = city.panes();
    let share = if way == Way::Part { city.ease.share().pixels } else { 1.0 };
    let drawn = target.size().map(|side| ((f64::from(side) * share) as u32).max(1));
    let parts = panes.sides().iter().map(|&side| (side, panes.part(side, drawn)));
    let parts: Vec<(Side, [[u32; 2]; 2])> = parts.collect();
    let views: Vec<View> =
        parts.iter().map(|&(side, [_, pixels])| look_from(&city.view, panes.size(), side, pixels, way)).collect();
    scene.hand_over(&views);

    let mut encoder = scene.device.create_command_encoder(&CommandEncoderDescriptor::default());
    let Views { size, colour, depth, resolve } = target.views(&scene.device);
    let [r, g, b] = scene.empty.map(|v| f64::from(v) / 255.0);
    let mut pass = encoder.begin_render_pass(&RenderPassDescriptor {
        label: Some("city"),
        color_attachments: &[Some(RenderPassColorAttachment {
            view: colour,
            depth_slice: None,
            resolve_target: resolve,
            ops: Operations { load: LoadOp::Clear(Color { r, g, b, a: 1.0 }), store: StoreOp::Store },
        })],
        depth_stencil_attachment: Some(RenderPassDepthStencilAttachment {
            view: depth,
            depth_ops: Some(Operations { load: LoadOp::Clear(0.0), store: StoreOp::Discard }),
            stencil_ops: None,
        }),
        ..RenderPassDescriptor::default()
    });
    let frustum = Frustum::new(&city.view, panes.size());
    for (side, [[x, y], [width, height]]) in parts {
        // The canvas has its first row below.
        let y = if way == Way::Direct { size[1] - y - height } else { y };
        let [x, y, width, height] = [x, y, width, height].map(|v| v as f32);
        pass.set_viewport(x, y, width, height, 0.0, 1.0);
        scene.draw(&mut pass, side, city.view.eye(), &frustum);
    }
    drop(pass);
    if let Some(resolved) = resolve {
        // Nothing more: what was drawn last is what is copied.
        drop(encoder.begin_render_pass(&RenderPassDescriptor {
            label: Some("resolved"),
            color_attachments: &[Some(RenderPassColorAttachment {
                view: resolved,
                depth_slice: None,
                resolve_target: None,
                ops: Operations { load: LoadOp::Load, store: StoreOp::Store },
            })],
            ..RenderPassDescriptor::default()
        }));
    }
    scene.queue.submit([encoder.finish()]);
    target.finish(drawn);
}

/// What the shaders know of a view on a map of so many pixels.
fn look_from(view: &Orbit, screen: Screen, side: Side, [width, height]: [u32; 2], way: Way) -> View {
    let to_vec = |v: [f64; 3]| Vec3::new(v[0] as f32, v[1] as f32, v[2] as f32);
    let eye = to_vec(view.eye());
    let fov = (TAN_HALF_FOV.atan() * 2.0) as f32;
    let near = (view.distance * NEAR_SHARE).max(NEAREST) as f32;
    let lens = Mat4::perspective_infinite_reverse_rh(fov, (screen.width / screen.height.max(1.0)) as f32, near);
    let to_view = Mat4::look_to_rh(eye, to_vec(view.forward()), to_vec(view.up()));
    // The canvas has its first row below.
    let row = if way == Way::Direct { -1.0 } else { 1.0 };
    let flip = Mat4::from_diagonal(Vec4::new(1.0, row, 1.0, 1.0));
    View {
        clip_from_world: (flip * lens * to_view).to_cols_array(),
        eye: [eye.x, eye.y, eye.z, if side == Side::Second { 1.0 } else { 0.0 }],
        pixels: [width as f32, height as f32, 0.0, 0.0],
    }
}
