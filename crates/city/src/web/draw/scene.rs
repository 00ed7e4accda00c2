//! What is drawn: pieces of tiles and what lies around them, their colours, and what the graphics card needs for them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use bytemuck::{Pod, Zeroable};
use gasvrij3d::bus::map::Side;
use gasvrij3d::mesh::Shape;
use web_sys::{WebGl2RenderingContext as Gl, WebGlBuffer, WebGlTexture};

use super::colours::{Colours, ROW, Table};
use super::piece::{Frame, Piece};
use super::programs::{COLOURS, Look, Program, VIEW};
use crate::frustum::Frustum;
use crate::orbit::Vec3;
use crate::web::city::City;

/// What is drawn, as events and systems share it.
pub type SharedScene = Rc<RefCell<Scene>>;

/// What a piece is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    /// A part of a tile, by the tile's place.
    Tile(usize, Part),
    /// The house on the card, by the place of its tile.
    Outline(usize),
    /// What others laid over the ground; on one of two maps, or on both.
    Laid(Option<Side>, Look),
    /// The land around the town.
    Land,
}

/// The parts of a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Ground,
    /// Its panden when it is far, or not there whole.
    Far,
    /// When a house is hardly a pixel.
    Farthest,
    /// When it is less.
    Blocks,
    /// When it is near, and let go of when it is far, as all that follow.
    Buildings,
    Sheds,
    Edges,
}

/// A piece, where it lies, and how it looks from here; nothing where it is left out.
struct Entry {
    piece: Piece,
    frame: [f32; 4],
    look: Option<Look>,
}

/// All that is drawn.
pub struct Scene {
    gl: Gl,
    programs: [Program; Look::ALL.len()],
    entries: BTreeMap<Of, Entry>,
    /// What the screen is empty with, sRGB.
    pub empty: [u8; 3],
    colours: Colours,
    are_colours_new: bool,
    table: Table,
    is_table_new: bool,
    view_buffer: Option<WebGlBuffer>,
    colour_buffer: Option<WebGlBuffer>,
    table_texture: Option<WebGlTexture>,
}

/// What the shaders know of where one looks from (`scene.glsl`).
#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable)]
pub struct View {
    pub clip_from_city: [f32; 16],
    /// Metres; the last is 1 on the second of two maps.
    pub eye: [f32; 4],
    /// Of the map, across and down.
    pub pixels: [f32; 4],
}

fn narrow(Frame { offset: [x, y, z], unit }: &Frame) -> [f32; 4] {
    [*x, *y, *z, *unit].map(|v| v as f32)
}

impl Scene {
    /// Nothing yet, for the tiles of a city.
    pub fn new(city: &City, gl: Gl) -> Self {
        let table = Table::new(city);
        let table_texture = gl.create_texture();
        gl.bind_texture(Gl::TEXTURE_2D, table_texture.as_ref());
        gl.tex_storage_2d(Gl::TEXTURE_2D, 1, Gl::R8UI, ROW as i32, table.rows() as i32 * 2);
        for filter in [Gl::TEXTURE_MIN_FILTER, Gl::TEXTURE_MAG_FILTER] {
            gl.tex_parameteri(Gl::TEXTURE_2D, filter, Gl::NEAREST as i32);
        }
        Self {
            programs: Look::ALL.map(|look| Program::new(&gl, look)),
            entries: BTreeMap::new(),
            empty: [u8::MAX; 3],
            colours: Colours::new(table.rows()),
            are_colours_new: true,
            table,
            is_table_new: true,
            view_buffer: gl.create_buffer(),
            colour_buffer: gl.create_buffer(),
            table_texture,
            gl,
        }
    }

    /// Says where what is of this lies from now on.
    pub fn lay(&mut self, of: Of, frame: &Frame) {
        if let Some(entry) = self.entries.get_mut(&of) {
            entry.frame = narrow(frame);
        }
    }

    /// Puts a shape in the scene, instead of what there was of this.
    pub fn put(&mut self, of: Of, shape: &Shape, frame: &Frame, look: Option<Look>) {
        match Piece::new(&self.gl, shape, frame) {
            Some(piece) => drop(self.entries.insert(of, Entry { piece, frame: narrow(frame), look })),
            None => drop(self.entries.remove(&of)),
        }
    }

    /// Takes out what is of these.
    pub fn take_out(&mut self, goes: impl Fn(Of) -> bool) {
        self.entries.retain(|of, _| !goes(*of));
    }

    /// How what is of this looks from now on; nothing leaves it out.
    pub fn look(&mut self, of: Of, look: Option<Look>) {
        if let Some(entry) = self.entries.get_mut(&of) {
            entry.look = look;
        }
    }

    /// Decides how the parts of tiles look from here.
    pub fn choose(&mut self, look: impl Fn(usize, Part) -> Option<Look>) {
        for (of, entry) in &mut self.entries {
            if let Of::Tile(tile, part) = *of {
                entry.look = look(tile, part);
            }
        }
    }

    /// The colours, to change them.
    pub const fn colours(&mut self) -> &mut Colours {
        self.are_colours_new = true;
        &mut self.colours
    }

    /// Writes the colours of tiles that came, or of all after a change of theme.
    pub fn paint(&mut self, city: &mut City) {
        self.is_table_new |= self.table.paint(city);
    }

    /// Empties the picture and gives the graphics card what changed.
    pub fn begin(&mut self) {
        let gl = &self.gl;
        let [red, green, blue] = self.empty.map(|v| f32::from(v) / 255.0);
        gl.depth_mask(true);
        gl.clear_color(red, green, blue, 1.0);
        // What is nearer has a greater depth.
        gl.clear_depth(0.0);
        gl.clear(Gl::COLOR_BUFFER_BIT | Gl::DEPTH_BUFFER_BIT);
        gl.enable(Gl::DEPTH_TEST);
        gl.depth_func(Gl::GEQUAL);
        gl.blend_func_separate(Gl::SRC_ALPHA, Gl::ONE_MINUS_SRC_ALPHA, Gl::ONE, Gl::ONE_MINUS_SRC_ALPHA);
        if std::mem::take(&mut self.are_colours_new) {
            tell(gl, self.colour_buffer.as_ref(), bytemuck::bytes_of(&self.colours));
        }
        gl.bind_buffer_base(Gl::UNIFORM_BUFFER, COLOURS, self.colour_buffer.as_ref());
        gl.active_texture(Gl::TEXTURE0);
        gl.bind_texture(Gl::TEXTURE_2D, self.table_texture.as_ref());
        if std::mem::take(&mut self.is_table_new) {
            gl.pixel_storei(Gl::UNPACK_ALIGNMENT, 1);
            let (width, height) = (ROW as i32, self.table.rows() as i32 * 2);
            let (format, kind) = (Gl::RED_INTEGER, Gl::UNSIGNED_BYTE);
            let bytes = Some(self.table.bytes.as_slice());
            // It fails only where the bytes are fewer than the pixels.
            drop(gl.tex_sub_image_2d_with_i32_and_i32_and_u32_and_type_and_opt_u8_array(
                Gl::TEXTURE_2D,
                0,
                0,
                0,
                width,
                height,
                format,
                kind,
                bytes,
            ));
        }
    }

    /// Draws all pieces that are in the picture of a map, by look, the nearest first.
    pub fn draw(&self, view: &View, side: Side, eye: Vec3, frustum: &Frustum) {
        let gl = &self.gl;
        tell(gl, self.view_buffer.as_ref(), bytemuck::bytes_of(view));
        gl.bind_buffer_base(Gl::UNIFORM_BUFFER, VIEW, self.view_buffer.as_ref());
        let is_here = |of: &Of| !matches!(of, Of::Laid(Some(on), _) if *on != side);
        let mut seen: Vec<(Look, f64, &Entry)> = Vec::with_capacity(self.entries.len());
        for (of, entry) in self.entries.iter().filter(|(of, _)| is_here(of)) {
            let is_land = *of == Of::Land;
            if let Some(look) = entry.look.filter(|_| is_land || frustum.sees(&entry.piece.bounds)) {
                let middle = entry.piece.bounds.middle();
                let away = (0..3).map(|k| (middle[k] - eye[k]).powi(2)).sum::<f64>();
                // The land is below all else.
                seen.push((look, if is_land { f64::MAX } else { away }, entry));
            }
        }
        seen.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mut current = None;
        for (look, _, entry) in seen {
            let program = &self.programs[look as usize];
            if current.replace(look) != Some(look) {
                program.take(gl);
            }
            program.lay(gl, entry.frame);
            entry.piece.draw(look.shape());
        }
        gl.bind_vertex_array(None);
    }
}

fn tell(gl: &Gl, buffer: Option<&WebGlBuffer>, bytes: &[u8]) {
    gl.bind_buffer(Gl::UNIFORM_BUFFER, buffer);
    gl.buffer_data_with_u8_array(Gl::UNIFORM_BUFFER, bytes, Gl::DYNAMIC_DRAW);
}
