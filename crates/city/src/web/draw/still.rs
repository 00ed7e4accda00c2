//! A picture that is kept while nothing moves: for each pixel whose pand it is and what its colour is made of. Other colours then
//! cost one pass over the pixels instead of all triangles of a town, where a processor draws.

use web_sys::{WebGl2RenderingContext as Gl, WebGlFramebuffer, WebGlTexture};

use super::programs::{Look, Program, Task};

/// No picture of more pixels than this is kept, for what it takes of memory: 12 bytes each.
const MOST_PIXELS: u32 = 4_200_000;

/// The looks that can be kept. Those that are not lie over the picture, or have patterns.
const KEPT: [Look; 3] = [Look::Far, Look::Edge, Look::Ground];

/// What draws into it and from it.
pub struct Programs {
    keep: [Program; KEPT.len()],
    /// Without and with how deep it lies.
    show: [Program; 2],
}

impl Programs {
    pub fn new(gl: &Gl) -> Self {
        let keep = KEPT.map(|look| Program::new(gl, Task::Keep(look)));
        Self { keep, show: [false, true].map(|deep| Program::new(gl, Task::Show { deep })) }
    }

    pub fn all(&self) -> impl Iterator<Item = &Program> {
        self.keep.iter().chain(&self.show)
    }

    /// With what a look is drawn into it.
    pub fn keep(&self, look: Look) -> Option<&Program> {
        KEPT.iter().zip(&self.keep).find(|(kept, _)| **kept == look).map(|(_, program)| program)
    }
}

/// Where it is drawn into.
pub struct Still {
    gl: Gl,
    framebuffer: Option<WebGlFramebuffer>,
    /// What colours are made of and how deep it lies: in the order of the units they are read from.
    textures: [Option<WebGlTexture>; 2],
}

impl Still {
    /// Room for a picture of so many pixels; none for one that is too large.
    pub fn new(gl: &Gl, size: [u32; 2]) -> Option<Self> {
        if size[0].saturating_mul(size[1]) > MOST_PIXELS {
            return None;
        }
        let framebuffer = gl.create_framebuffer();
        gl.bind_framebuffer(Gl::FRAMEBUFFER, framebuffer.as_ref());
        let parts = [(Gl::RG32UI, Gl::COLOR_ATTACHMENT0), (Gl::DEPTH_COMPONENT24, Gl::DEPTH_ATTACHMENT)];
        let textures = parts.map(|(format, attachment)| {
            let texture = gl.create_texture();
            // Not where the table of colours is.
            gl.active_texture(Gl::TEXTURE1);
            gl.bind_texture(Gl::TEXTURE_2D, texture.as_ref());
            gl.tex_storage_2d(Gl::TEXTURE_2D, 1, format, size[0] as i32, size[1] as i32);
            for filter in [Gl::TEXTURE_MIN_FILTER, Gl::TEXTURE_MAG_FILTER] {
                gl.tex_parameteri(Gl::TEXTURE_2D, filter, Gl::NEAREST as i32);
            }
            gl.framebuffer_texture_2d(Gl::FRAMEBUFFER, attachment, Gl::TEXTURE_2D, texture.as_ref(), 0);
            texture
        });
        let is_whole = gl.check_framebuffer_status(Gl::FRAMEBUFFER) == Gl::FRAMEBUFFER_COMPLETE;
        gl.bind_framebuffer(Gl::FRAMEBUFFER, None);
        // One that is not whole lets go of what it has.
        let made = Self { gl: gl.clone(), framebuffer, textures };
        is_whole.then_some(made)
    }

    /// Whether what looks so can be kept.
    pub fn keeps(look: Look) -> bool {
        KEPT.contains(&look)
    }

    /// What is drawn from now on is kept; where nothing will be drawn it has this colour, sRGB.
    pub fn begin(&self, [red, green, blue]: [u8; 3]) {
        let gl = &self.gl;
        gl.bind_framebuffer(Gl::FRAMEBUFFER, self.framebuffer.as_ref());
        gl.depth_mask(true);
        // Nothing of any pand (`still.frag`).
        gl.clear_bufferuiv_with_u32_array(Gl::COLOR, 0, &[0, u32::from_le_bytes([0, red, green, blue]), 0, 0]);
        gl.clear_bufferfv_with_f32_array(Gl::DEPTH, 0, &[0.0]);
    }

    /// No more is kept.
    pub fn end(&self) {
        self.gl.bind_framebuffer(Gl::FRAMEBUFFER, None);
    }

    /// Colours what was kept; with how deep it lies where something is drawn over it.
    pub fn show(&self, programs: &Programs, deep: bool) {
        let gl = &self.gl;
        for (unit, texture) in (1..).zip(&self.textures) {
            gl.active_texture(Gl::TEXTURE0 + unit);
            gl.bind_texture(Gl::TEXTURE_2D, texture.as_ref());
        }
        programs.show[usize::from(deep)].take(gl);
        gl.depth_mask(deep);
        gl.depth_func(Gl::ALWAYS);
        gl.bind_vertex_array(None);
        gl.draw_arrays(Gl::TRIANGLES, 0, 3);
        gl.depth_func(Gl::GEQUAL);
        // What is drawn into must not be what is read.
        for unit in 1..=self.textures.len() as u32 {
            gl.active_texture(Gl::TEXTURE0 + unit);
            gl.bind_texture(Gl::TEXTURE_2D, None);
        }
        gl.active_texture(Gl::TEXTURE0);
    }
}

impl Drop for Still {
    fn drop(&mut self) {
        self.gl.delete_framebuffer(self.framebuffer.as_ref());
        for texture in &self.textures {
            self.gl.delete_texture(texture.as_ref());
        }
    }
}
