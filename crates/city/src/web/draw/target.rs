//! What is drawn into: the canvas itself where a processor draws, for every pass over all pixels counts there; or a texture,
//! which is spread over the canvas, where a graphics card draws smooth edges or fewer pixels.

use std::cell::RefCell;

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{HtmlCanvasElement, WebGl2RenderingContext as Gl, WebGlSync};
use wgpu::{
    Device, Extent3d, Texture, TextureDescriptor, TextureDimension, TextureFormat, TextureUsages, TextureView,
    TextureViewDescriptor,
};

/// The shaders give colours as the screen shows them.
pub const COLOUR: TextureFormat = TextureFormat::Rgba8Unorm;
pub const DEPTH: TextureFormat = TextureFormat::Depth32Float;

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

/// Which of the ways a picture is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Into the canvas itself.
    Direct,
    /// Into a texture, of which a part may be used.
    Part,
    /// Into a texture, with smooth edges.
    Smooth,
}

impl Way {
    /// Samples of each pixel.
    pub const fn samples(self) -> u32 {
        match self {
            Self::Smooth => 4,
            Self::Direct | Self::Part => 1,
        }
    }
}

/// The canvas, and what is drawn into on the way to it.
pub struct Target {
    canvas: HtmlCanvasElement,
    gl: Option<Gl>,
    way: Way,
    made: Option<Made>,
}

struct Made {
    size: [u32; 2],
    colour: TextureView,
    depth: TextureView,
    /// What smooth edges are made into.
    smooth: Option<TextureView>,
}

/// What a pass draws into.
pub struct Views<'a> {
    pub size: [u32; 2],
    pub colour: &'a TextureView,
    pub depth: &'a TextureView,
    pub resolve: Option<&'a TextureView>,
}

impl Target {
    pub fn new(canvas: HtmlCanvasElement, way: Way) -> Self {
        let gl = canvas.get_context("webgl2").ok().flatten().and_then(|gl| gl.dyn_into::<Gl>().ok());
        if let (Way::Direct, Some(gl)) = (way, &gl) {
            keep_draw_buffers(gl);
        }
        Self { canvas, gl, way, made: None }
    }

    /// Gives the canvas as many pixels as the window has; that empties it.
    pub fn fit(&self, [width, height]: [u32; 2]) {
        if [width.max(1), height.max(1)] != self.size() {
            self.canvas.set_width(width.max(1));
            self.canvas.set_height(height.max(1));
        }
    }

    /// Pixels of the canvas, across and down.
    pub fn size(&self) -> [u32; 2] {
        [self.canvas.width().max(1), self.canvas.height().max(1)]
    }

    /// Whether the canvas has had another size since it was drawn into, and is empty now.
    pub fn is_new(&self) -> bool {
        self.made.as_ref().is_none_or(|made| made.size != self.size())
    }

    /// What to draw into.
    pub fn views(&mut self, device: &Device) -> Views<'_> {
        let (size, way) = (self.size(), self.way);
        let made = match self.made.take().filter(|made| made.size == size) {
            Some(made) => made,
            None => make(device, size, way),
        };
        let Made { size, colour, depth, smooth } = self.made.insert(made);
        let (colour, resolve) = match smooth {
            Some(smooth) => (&*smooth, Some(&*colour)),
            None => (&*colour, None),
        };
        Views { size: *size, colour, depth, resolve }
    }

    /// Spreads so many drawn pixels over the canvas, unless that was drawn into itself; and puts the sign that tells when it is
    /// done. The library lets go of its framebuffer when it begins the next pass.
    pub fn finish(&self, drawn: [u32; 2]) {
        let Some(gl) = &self.gl else { return };
        if self.way != Way::Direct {
            copy(gl, drawn, self.size());
        }
        if is_drawn()
            && let Some(sync) = gl.fence_sync(Gl::SYNC_GPU_COMMANDS_COMPLETE, 0)
        {
            gl.flush();
            FENCE.set(Some((gl.clone(), sync)));
        }
    }
}

/// Of each target there is one colour, which is what WebGL takes for granted. The library says so before each pass, in words
/// that WebGL does not take for the canvas itself, and complains of on the console.
fn keep_draw_buffers(gl: &Gl) {
    let nothing = Closure::<dyn Fn()>::new(|| ()).into_js_value();
    // A context takes any property.
    drop(Reflect::set(gl, &"drawBuffers".into(), &nothing));
}

fn describe([width, height]: [u32; 2], format: TextureFormat, samples: u32) -> TextureDescriptor<'static> {
    TextureDescriptor {
        label: Some("picture"),
        size: Extent3d { width, height, depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: samples,
        dimension: TextureDimension::D2,
        format,
        usage: TextureUsages::RENDER_ATTACHMENT,
        view_formats: &[],
    }
}

fn make(device: &Device, size: [u32; 2], way: Way) -> Made {
    let view = |texture: Texture| texture.create_view(&TextureViewDescriptor::default());
    let texture = |format, samples| view(device.create_texture(&describe(size, format, samples)));
    let canvas = |format| view(canvas_itself(device, size, format));
    match way {
        Way::Direct => Made { size, colour: canvas(COLOUR), depth: canvas(DEPTH), smooth: None },
        Way::Part => Made { size, colour: texture(COLOUR, 1), depth: texture(DEPTH, 1), smooth: None },
        Way::Smooth => {
            let [smooth, depth] = [COLOUR, DEPTH].map(|format| texture(format, way.samples()));
            Made { size, colour: texture(COLOUR, 1), depth, smooth: Some(smooth) }
        }
    }
}

/// What the browser shows of the canvas, as if it were a texture.
fn canvas_itself(device: &Device, size: [u32; 2], format: TextureFormat) -> Texture {
    let canvas = wgpu::hal::gles::Texture::default_framebuffer(format);
    // What the library asks for: it stands for no memory of any device, has this size, and the browser has made it and cleared it.
    #[allow(unsafe_code)]
    unsafe {
        device.create_texture_from_hal::<wgpu::hal::api::Gles>(canvas, &describe(size, format, 1))
    }
}

fn copy(gl: &Gl, [from_width, from_height]: [u32; 2], [width, height]: [u32; 2]) {
    let Ok(framebuffer) = gl.get_parameter(Gl::DRAW_FRAMEBUFFER_BINDING).map(JsCast::unchecked_into) else { return };
    gl.bind_framebuffer(Gl::READ_FRAMEBUFFER, Some(&framebuffer));
    gl.bind_framebuffer(Gl::DRAW_FRAMEBUFFER, None);
    gl.disable(Gl::SCISSOR_TEST);
    let filter = if [from_width, from_height] == [width, height] { Gl::NEAREST } else { Gl::LINEAR };
    let [from_width, from_height, width, height] = [from_width, from_height, width, height].map(|v| v as i32);
    // A texture has its first row above, the canvas below.
    gl.blit_framebuffer(0, from_height, from_width, 0, 0, 0, width, height, Gl::COLOR_BUFFER_BIT, filter);
    gl.bind_framebuffer(Gl::READ_FRAMEBUFFER, None);
}
