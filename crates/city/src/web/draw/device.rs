//! The graphics card, as the browser gives it.

use std::sync::Arc;

use gasvrij3d::bus::ToPanel;
use web_sys::HtmlCanvasElement;
use wgpu::rwh::{DisplayHandle, HandleError, HasDisplayHandle};
use wgpu::{
    Backends, Device, DeviceDescriptor, Error, Instance, InstanceDescriptor, Limits, Queue, RequestAdapterOptions,
    SurfaceTarget,
};

use crate::web::bus;

/// Where canvases are shown.
#[derive(Debug)]
struct Browser;

impl HasDisplayHandle for Browser {
    fn display_handle(&self) -> Result<DisplayHandle<'_>, HandleError> {
        Ok(DisplayHandle::web())
    }
}

/// Opens it; an error says what the browser does not give.
pub async fn open(canvas: &HtmlCanvasElement) -> Result<(Device, Queue), String> {
    let browser = InstanceDescriptor::new_with_display_handle(Box::new(Browser));
    let instance = Instance::new(InstanceDescriptor { backends: Backends::GL, ..browser });
    let surface = instance.create_surface(SurfaceTarget::Canvas(canvas.clone())).map_err(|e| e.to_string())?;
    let wanted = RequestAdapterOptions { compatible_surface: Some(&surface), ..RequestAdapterOptions::default() };
    let adapter = instance.request_adapter(&wanted).await.map_err(|e| e.to_string())?;
    let descriptor = DeviceDescriptor {
        required_limits: Limits::downlevel_webgl2_defaults().using_resolution(adapter.limits()),
        ..DeviceDescriptor::default()
    };
    let (device, queue) = adapter.request_device(&descriptor).await.map_err(|e| e.to_string())?;
    device.on_uncaptured_error(Arc::new(|error: Error| give_up(&error)));
    Ok((device, queue))
}

/// What is left when the graphics card takes no more, as where its memory is full: the page goes on, and the loader may
/// begin anew.
fn give_up(error: &Error) {
    web_sys::console::error_1(&format!("the city cannot be drawn: {error}").into());
    bus::send(&ToPanel::Failed { reason: "context-lost".into() });
}
