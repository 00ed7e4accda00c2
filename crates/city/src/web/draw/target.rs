//! What is drawn into: the canvas itself where a processor draws, for every pass over all pixels counts there; or a picture of its
//! own, which is spread over the canvas, where a graphics card draws smooth edges or fewer pixels.

use std::cell::RefCell;

use web_sys::{HtmlCanvasElement, WebGl2RenderingContext as Gl, WebGlFramebuffer, WebGlRenderbuffer, WebGlSync};

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
    /// Into a picture of which a part may be used.
    Part,
    /// Into a picture with smooth edges.
    Smooth,
}

impl Way {
    /// Samples of each pixel; none where there is one.
    const fn samples(self) -> i32 {
        match self {
            Self::Smooth => 4,
            Self::Direct | Self::Part => 0,
        }
    }
}

/// The canvas, and what is drawn into on the way to it.
pub struct Target {
    gl: Gl,
    canvas: HtmlCanvasElement,
    way: Way,
    /// As large as the canvas was when it was drawn into.
    size: [u32; 2],
    picture: Option<Picture>,
}

struct Picture {
    framebuffer: Option<WebGlFramebuffer>,
    buffers: [Option<WebGlRenderbuffer>; 2],
}

impl Target {
    pub const fn new(gl: Gl, canvas: HtmlCanvasElement, way: Way) -> Self {
        Self { gl, canvas, way, size: [0; 2], picture: None }
    }

    /// Gives the canvas as many pixels as the window has; whether that emptied it.
    pub fn fit(&mut self, size: [u32; 2]) -> bool {
        let size = size.map(|side| side.max(1));
        let [width, height] = size;
        if [self.canvas.width(), self.canvas.height()] != size {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
        let is_new = std::mem::replace(&mut self.size, size) != size;
        if is_new && self.way != Way::Direct {
            self.let_go();
            self.picture = Some(self.make());
        }
        is_new
    }

    /// Pixels, across and down.
    pub const fn size(&self) -> [u32; 2] {
        self.size
    }

    fn make(&self) -> Picture {
        let (gl, samples) = (&self.gl, self.way.samples());
        let [width, height] = self.size.map(|side| side as i32);
        let framebuffer = gl.create_framebuffer();
        gl.bind_framebuffer(Gl::FRAMEBUFFER, framebuffer.as_ref());
        let formats = [(Gl::COLOR_ATTACHMENT0, Gl::RGBA8), (Gl::DEPTH_ATTACHMENT, Gl::DEPTH_COMPONENT24)];
        let buffers = formats.map(|(attachment, format)| {
            let buffer = gl.create_renderbuffer();
            gl.bind_renderbuffer(Gl::RENDERBUFFER, buffer.as_ref());
            gl.renderbuffer_storage_multisample(Gl::RENDERBUFFER, samples, format, width, height);
            gl.framebuffer_renderbuffer(Gl::FRAMEBUFFER, attachment, Gl::RENDERBUFFER, buffer.as_ref());
            buffer
        });
        Picture { framebuffer, buffers }
    }

    fn let_go(&mut self) {
        if let Some(Picture { framebuffer, buffers }) = self.picture.take() {
            self.gl.delete_framebuffer(framebuffer.as_ref());
            for buffer in &buffers {
                self.gl.delete_renderbuffer(buffer.as_ref());
            }
        }
    }

    /// What is drawn from now on goes here.
    pub fn begin(&self) {
        let framebuffer = self.picture.as_ref().and_then(|picture| picture.framebuffer.as_ref());
        self.gl.bind_framebuffer(Gl::FRAMEBUFFER, framebuffer);
    }

    /// And there to a part of it, from its lower left corner.
    pub fn view(&self, corner: [u32; 2], size: [u32; 2]) {
        let [[x, y], [width, height]] = [corner, size].map(|v| v.map(|v| v as i32));
        self.gl.viewport(x, y, width, height);
    }

    /// Spreads so many drawn pixels over the canvas, unless that was drawn into itself; and puts the sign that tells when it is
    /// done.
    pub fn finish(&self, drawn: [u32; 2]) {
        let gl = &self.gl;
        if self.picture.is_some() {
            gl.bind_framebuffer(Gl::DRAW_FRAMEBUFFER, None);
            let filter = if drawn == self.size { Gl::NEAREST } else { Gl::LINEAR };
            let [[from_width, from_height], [width, height]] = [drawn, self.size].map(|size| size.map(|v| v as i32));
            gl.blit_framebuffer(0, 0, from_width, from_height, 0, 0, width, height, Gl::COLOR_BUFFER_BIT, filter);
            gl.bind_framebuffer(Gl::FRAMEBUFFER, None);
        }
        if is_drawn()
            && let Some(sync) = gl.fence_sync(Gl::SYNC_GPU_COMMANDS_COMPLETE, 0)
        {
            gl.flush();
            FENCE.set(Some((gl.clone(), sync)));
        }
    }
}
