//! The short way from the scene to the canvas, where every pass over all pixels counts.
//!
//! The engine draws into a texture, draws that into the canvas's texture, and that into the canvas, converting colours on
//! the way. Here colours are as the screen wants them from the start, and the texture is copied to the canvas.

use std::cell::RefCell;

use bevy::core_pipeline::core_3d::{Opaque3d, Transparent3d};
use bevy::ecs::schedule::{ScheduleBuildSettings, ScheduleLabel};
use bevy::prelude::*;
use bevy::render::RenderApp;
use bevy::render::camera::ExtractedCamera;
use bevy::render::render_phase::{ViewBinnedRenderPhases, ViewSortedRenderPhases};
use bevy::render::render_resource::{
    Extent3d, LoadOp, Operations, RenderPassColorAttachment, RenderPassDescriptor, StoreOp, TextureDescriptor,
    TextureDimension, TextureFormat, TextureUsages, TextureView, TextureViewDescriptor,
};
use bevy::render::renderer::{RenderContext, RenderDevice, RenderGraph, RenderGraphSystems, ViewQuery};
use bevy::render::view::{ExtractedView, ViewDepthTexture};
use wasm_bindgen::JsCast;
use web_sys::{HtmlCanvasElement, WebGl2RenderingContext as Gl, WebGlSync};

use super::city::Shared;
use super::wake;

/// What is drawn into; the shaders give colours as the screen shows them.
pub const FORMAT: TextureFormat = TextureFormat::Rgba8Unorm;

/// What a camera on the short way draws.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Straight;

thread_local! {
    /// Passed when the graphics card has drawn the last frame.
    static FENCE: RefCell<Option<(Gl, WebGlSync)>> = const { RefCell::new(None) };
}

/// Whether the graphics card has drawn all it was given, as far as is known.
pub fn is_drawn() -> bool {
    FENCE.with_borrow_mut(|fence| {
        let Some((gl, sync)) = fence.take() else { return true };
        if gl.client_wait_sync_with_u32(&sync, 0, 0) == Gl::TIMEOUT_EXPIRED {
            *fence = Some((gl, sync));
            return false;
        }
        gl.delete_sync(Some(&sync));
        true
    })
}

/// The canvas, in the engine's world of drawing.
struct Target(HtmlCanvasElement);

/// Adds the short way; a camera takes it when its `CameraRenderGraph` says so.
pub fn plugin(app: &mut App) {
    let canvas = app.world().non_send::<Shared>().borrow().canvas.clone();
    let Some(render) = app.get_sub_app_mut(RenderApp) else { return };
    let mut passes = Schedule::new(Straight);
    passes.set_build_settings(ScheduleBuildSettings { auto_insert_apply_deferred: false, ..default() });
    passes.add_systems(draw);
    render.add_schedule(passes);
    render.world_mut().insert_non_send(Target(canvas));
    render.add_systems(RenderGraph, copy.in_set(RenderGraphSystems::Finish));
}

/// Draws all in one pass.
// The engine hands a system each thing that it asks for as a parameter of its own.
#[allow(clippy::too_many_arguments)]
fn draw(
    world: &World,
    view: ViewQuery<(&ExtractedCamera, &ExtractedView, &ViewDepthTexture)>,
    opaque: Res<ViewBinnedRenderPhases<Opaque3d>>,
    transparent: Res<ViewSortedRenderPhases<Transparent3d>>,
    clear: Res<ClearColor>,
    device: Res<RenderDevice>,
    mut picture: Local<Option<(UVec2, TextureView)>>,
    mut context: RenderContext,
) -> Result {
    if wake::is_held() {
        return Ok(());
    }
    let entity = view.entity();
    let (camera, extracted, depth) = view.into_inner();
    let Some(size) = camera.physical_target_size else { return Ok(()) };
    if picture.as_ref().is_none_or(|(old, _)| *old != size) {
        let texture = device.create_texture(&TextureDescriptor {
            label: Some("picture"),
            size: Extent3d { width: size.x, height: size.y, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: TextureDimension::D2,
            format: FORMAT,
            usage: TextureUsages::RENDER_ATTACHMENT,
            view_formats: &[],
        });
        *picture = Some((size, texture.create_view(&TextureViewDescriptor::default())));
    }
    let Some((_, picture)) = &*picture else { return Ok(()) };
    let Srgba { red, green, blue, .. } = clear.0.to_srgba();
    let empty = LinearRgba::rgb(red, green, blue);
    // The second of two maps is drawn beside the first.
    let is_first = camera.sorted_camera_index_for_target == 0;
    let load = if is_first { LoadOp::Clear(empty.into()) } else { LoadOp::Load };
    let mut pass = context.begin_tracked_render_pass(RenderPassDescriptor {
        label: Some("straight"),
        color_attachments: &[Some(RenderPassColorAttachment {
            view: picture,
            depth_slice: None,
            resolve_target: None,
            ops: Operations { load, store: StoreOp::Store },
        })],
        depth_stencil_attachment: Some(depth.get_attachment(StoreOp::Discard)),
        timestamp_writes: None,
        occlusion_query_set: None,
        multiview_mask: None,
    });
    if let Some(viewport) = &camera.viewport {
        pass.set_camera_viewport(viewport);
    }
    if let Some(phase) = opaque.get(&extracted.retained_view_entity) {
        phase.render(&mut pass, world, entity)?;
    }
    if let Some(phase) = transparent.get(&extracted.retained_view_entity) {
        phase.render(&mut pass, world, entity)?;
    }
    Ok(())
}

/// Copies what was drawn last to the canvas. The engine lets go of its framebuffer when it begins the next frame.
fn copy(target: NonSend<Target>, cameras: Query<&ExtractedCamera>) {
    if wake::is_held() {
        return;
    }
    // All of the picture, or the corner of it that fewer pixels take.
    let cameras = cameras.iter().filter(|camera| camera.schedule == Straight.intern());
    let end = |camera: &ExtractedCamera| {
        let part = camera.viewport.as_ref().map(|part| part.physical_position + part.physical_size);
        part.or(camera.physical_target_size)
    };
    let Some(drawn) = cameras.filter_map(end).reduce(UVec2::max) else { return };
    let canvas = &target.0;
    let Some(gl) = canvas.get_context("webgl2").ok().flatten().and_then(|gl| gl.dyn_into::<Gl>().ok()) else { return };
    let Ok(framebuffer) = gl.get_parameter(Gl::DRAW_FRAMEBUFFER_BINDING).map(JsCast::unchecked_into) else { return };
    gl.bind_framebuffer(Gl::READ_FRAMEBUFFER, Some(&framebuffer));
    gl.bind_framebuffer(Gl::DRAW_FRAMEBUFFER, None);
    gl.disable(Gl::SCISSOR_TEST);
    let [from_width, from_height] = [drawn.x, drawn.y].map(|v| v as i32);
    let [width, height] = [canvas.width(), canvas.height()].map(|v| v as i32);
    let filter = if [from_width, from_height] == [width, height] { Gl::NEAREST } else { Gl::LINEAR };
    // The engine draws upside down.
    gl.blit_framebuffer(0, from_height, from_width, 0, 0, 0, width, height, Gl::COLOR_BUFFER_BIT, filter);
    gl.bind_framebuffer(Gl::READ_FRAMEBUFFER, None);
    if is_drawn()
        && let Some(sync) = gl.fence_sync(Gl::SYNC_GPU_COMMANDS_COMPLETE, 0)
    {
        gl.flush();
        FENCE.set(Some((gl, sync)));
    }
}
