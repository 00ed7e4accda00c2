//! What is drawn: pieces of tiles and what lies around them, their colours, and what the graphics card needs for them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use bytemuck::{Pod, Zeroable};
use gasvrij3d::bus::map::Side;
use gasvrij3d::mesh::Shape;
use gasvrij3d::palette::{Rgb, Surface};
use web_sys::{WebGl2RenderingContext as Gl, WebGlBuffer, WebGlTexture};

use super::colours::{Colours, ROW, Table};
use super::piece::{Frame, Piece, Stretch};
use super::programs::{COLOURS, Look, Program, Task, VIEW};
use super::still::{self, Still};
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
    /// The same when a house is hardly a pixel.
    FarGround,
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

impl Of {
    /// Whether it lies over the town, and may change while the town does not.
    const fn lies_over(self) -> bool {
        matches!(self, Self::Outline(_) | Self::Laid(..))
    }
}

/// Which of all that is drawn.
#[derive(Clone, Copy)]
pub enum Draw<'a> {
    All,
    /// What can be kept.
    Town,
    /// What was kept, and what lies over it.
    Over(&'a Still),
}

/// All that is drawn.
pub struct Scene {
    gl: Gl,
    programs: [Program; Look::ALL.len()],
    /// Whether pictures may be kept, and the programs for them once they are being made.
    keeps: bool,
    still_programs: Option<still::Programs>,
    entries: BTreeMap<Of, Entry>,
    /// What the screen is empty with, sRGB.
    pub empty: [u8; 3],
    /// Grows with each change that a picture that was kept does not know.
    version: u64,
    colours: Colours,
    are_colours_new: bool,
    table: Table,
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
    pub fn new(city: &City, gl: Gl, keeps: bool) -> Self {
        let table = Table::new(city);
        let table_texture = gl.create_texture();
        gl.bind_texture(Gl::TEXTURE_2D, table_texture.as_ref());
        gl.tex_storage_2d(Gl::TEXTURE_2D, 1, Gl::RGBA8, ROW as i32, table.rows() as i32 * 2);
        for filter in [Gl::TEXTURE_MIN_FILTER, Gl::TEXTURE_MAG_FILTER] {
            gl.tex_parameteri(Gl::TEXTURE_2D, filter, Gl::NEAREST as i32);
        }
        Self {
            programs: Look::ALL.map(|look| Program::new(&gl, Task::Colour(look))),
            keeps,
            still_programs: None,
            entries: BTreeMap::new(),
            empty: [u8::MAX; 3],
            version: 0,
            colours: Colours::new(table.rows()),
            are_colours_new: true,
            table,
            view_buffer: gl.create_buffer(),
            colour_buffer: gl.create_buffer(),
            table_texture,
            gl,
        }
    }

    /// Whether all programs are ready. The graphics card makes them while the engine starts; who used one before that would wait.
    pub fn is_ready(&self) -> bool {
        self.programs.iter().all(|program| program.is_ready(&self.gl))
    }

    /// Has the programs made for a picture that is kept, where one may be: once the town is there, so that it waits for none of them.
    pub fn prepare_stills(&mut self) {
        if self.keeps && self.still_programs.is_none() {
            self.still_programs = Some(still::Programs::new(&self.gl));
        }
    }

    /// What a picture that was kept shows, as long as it stays the same: all but the colours of panden, and what lies over them.
    pub const fn version(&self) -> u64 {
        self.version
    }

    fn changed(&mut self, of: Of) {
        self.version += u64::from(!of.lies_over());
    }

    /// The screen is empty with this from now on, sRGB.
    pub fn empty_with(&mut self, colour: [u8; 3]) {
        self.version += u64::from(self.empty != colour);
        self.empty = colour;
    }

    /// Says where what is of this lies from now on.
    pub fn lay(&mut self, of: Of, frame: &Frame) {
        self.changed(of);
        if let Some(entry) = self.entries.get_mut(&of) {
            entry.frame = narrow(frame);
        }
    }

    /// Puts a shape in the scene, instead of what there was of this.
    pub fn put(&mut self, of: Of, shape: &Shape, frame: &Frame, look: Option<Look>) {
        self.changed(of);
        match Piece::new(&self.gl, shape, frame) {
            Some(piece) => drop(self.entries.insert(of, Entry { piece, frame: narrow(frame), look })),
            None => drop(self.entries.remove(&of)),
        }
    }

    /// Takes out what is of these.
    pub fn take_out(&mut self, goes: impl Fn(Of) -> bool) {
        let version = &mut self.version;
        self.entries.retain(|of, _| {
            let goes = goes(*of);
            *version += u64::from(goes && !of.lies_over());
            !goes
        });
    }

    /// How what is of this looks from now on; nothing leaves it out.
    pub fn look(&mut self, of: Of, look: Option<Look>) {
        if let Some(entry) = self.entries.get_mut(&of)
            && entry.look != look
        {
            entry.look = look;
            self.changed(of);
        }
    }

    /// Decides how the parts of tiles look from here.
    pub fn choose(&mut self, look: impl Fn(usize, Part) -> Option<Look>) {
        for (of, entry) in &mut self.entries {
            if let Of::Tile(tile, part) = *of {
                let look = look(tile, part);
                self.version += u64::from(entry.look != look);
                entry.look = look;
            }
        }
    }

    /// Takes the colours of all that is no home, and so much of the edge colour for edges.
    pub fn dress(&mut self, colour: impl Fn(Surface) -> Rgb, edge: f32) {
        self.colours.dress(&colour, edge);
        self.table.dress(colour);
        self.are_colours_new = true;
        self.version += 1;
    }

    /// Marks the pand under the pointer and the one on the card.
    pub fn mark(&mut self, hovered: u32, selected: u32) {
        self.table.hover(hovered);
        if self.colours.select(selected) {
            self.are_colours_new = true;
            self.version += 1;
        }
    }

    /// Shows a surface or leaves it out.
    pub fn show(&mut self, surface: Surface, shown: bool) {
        if self.colours.show(surface, shown) {
            self.are_colours_new = true;
            self.version += 1;
        }
    }

    /// Writes the colours of tiles that came, or of all after a change of theme.
    pub fn paint(&mut self, city: &mut City) {
        self.table.paint(city);
    }

    /// Empties the picture.
    pub fn clear(&self) {
        let gl = &self.gl;
        let [red, green, blue] = self.empty.map(|v| f32::from(v) / 255.0);
        gl.depth_mask(true);
        gl.clear_color(red, green, blue, 1.0);
        // What is nearer has a greater depth.
        gl.clear_depth(0.0);
        gl.clear(Gl::COLOR_BUFFER_BIT | Gl::DEPTH_BUFFER_BIT);
    }

    /// Gives the graphics card what changed.
    pub fn begin(&mut self) {
        let gl = &self.gl;
        gl.enable(Gl::DEPTH_TEST);
        gl.depth_func(Gl::GEQUAL);
        gl.blend_func_separate(Gl::SRC_ALPHA, Gl::ONE_MINUS_SRC_ALPHA, Gl::ONE, Gl::ONE_MINUS_SRC_ALPHA);
        if std::mem::take(&mut self.are_colours_new) {
            tell(gl, self.colour_buffer.as_ref(), bytemuck::bytes_of(&self.colours));
        }
        gl.bind_buffer_base(Gl::UNIFORM_BUFFER, COLOURS, self.colour_buffer.as_ref());
        gl.active_texture(Gl::TEXTURE0);
        gl.bind_texture(Gl::TEXTURE_2D, self.table_texture.as_ref());
        if let Some((row, colours)) = self.table.take_new() {
            let (width, height) = (ROW as i32, (colours.len() / ROW) as i32);
            let bytes = Some(bytemuck::cast_slice(colours));
            // It fails only where the bytes are fewer than the pixels.
            drop(gl.tex_sub_image_2d_with_i32_and_i32_and_u32_and_type_and_opt_u8_array(
                Gl::TEXTURE_2D,
                0,
                0,
                row as i32,
                width,
                height,
                Gl::RGBA,
                Gl::UNSIGNED_BYTE,
                bytes,
            ));
        }
    }

    /// Says where one looks from.
    pub fn look_from(&self, view: &View) {
        tell(&self.gl, self.view_buffer.as_ref(), bytemuck::bytes_of(view));
        self.gl.bind_buffer_base(Gl::UNIFORM_BUFFER, VIEW, self.view_buffer.as_ref());
    }

    /// Room to keep a picture of so many pixels.
    pub fn still(&self, size: [u32; 2]) -> Option<Still> {
        Still::new(&self.gl, size)
    }

    /// Whether all of the town can be kept by now, as it looks from here.
    pub fn can_be_kept(&self, frustum: &Frustum) -> bool {
        let is_ready = |programs: &still::Programs| programs.all().all(|program| program.is_ready(&self.gl));
        if !self.still_programs.as_ref().is_some_and(is_ready) {
            return false;
        }
        let seen = self.entries.iter().filter(|(of, entry)| !of.lies_over() && frustum.sees(&entry.piece.bounds));
        seen.filter_map(|(_, entry)| entry.look).all(Still::keeps)
    }

    /// Draws pieces that are in the picture of a map, by look, the nearest first.
    pub fn draw(&self, what: Draw, side: Side, eye: Vec3, frustum: &Frustum) {
        let gl = &self.gl;
        let is_here = |of: &Of| match what {
            Draw::All => true,
            Draw::Town => !of.lies_over(),
            Draw::Over(_) => of.lies_over(),
        } && !matches!(of, Of::Laid(Some(on), _) if *on != side);
        let mut seen: Vec<(Look, f64, Of, &Entry, &Stretch)> = Vec::with_capacity(self.entries.len());
        for (of, entry) in self.entries.iter().filter(|(of, _)| is_here(of)) {
            let is_land = *of == Of::Land;
            let Some(look) = entry.look.filter(|_| is_land || frustum.sees(&entry.piece.bounds)) else { continue };
            for stretch in entry.piece.stretches() {
                if is_land || frustum.sees(&stretch.bounds) {
                    let middle = stretch.bounds.middle();
                    let away = (0..3).map(|k| (middle[k] - eye[k]).powi(2)).sum::<f64>();
                    // The land is below all else.
                    seen.push((look, if is_land { f64::MAX } else { away }, *of, entry, stretch));
                }
            }
        }
        let kept = self.still_programs.as_ref();
        if let (Draw::Over(still), Some(programs)) = (what, kept) {
            still.show(programs, !seen.is_empty());
        }
        seen.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let (mut current, mut piece) = (None, None);
        for (look, _, of, entry, stretch) in seen {
            let program = match what {
                Draw::Town => kept.and_then(|programs| programs.keep(look)),
                Draw::All | Draw::Over(_) => Some(&self.programs[look as usize]),
            };
            let Some(program) = program else { continue };
            if current.replace(look) != Some(look) {
                program.take(gl);
                piece = None;
            }
            if piece.replace(of) != Some(of) {
                program.lay(gl, entry.frame);
                entry.piece.take();
            }
            entry.piece.draw(look.shape(), stretch);
        }
        gl.bind_vertex_array(None);
    }
}

fn tell(gl: &Gl, buffer: Option<&WebGlBuffer>, bytes: &[u8]) {
    gl.bind_buffer(Gl::UNIFORM_BUFFER, buffer);
    gl.buffer_data_with_u8_array(Gl::UNIFORM_BUFFER, bytes, Gl::DYNAMIC_DRAW);
}
