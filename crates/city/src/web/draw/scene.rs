//! What is drawn: pieces of tiles and what lies around them, their colours, and what the graphics card needs for them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use bytemuck::{Pod, Zeroable};
use gasvrij3d::bus::map::Side;
use gasvrij3d::mesh::Shape;
use wgpu::{
    BindGroup, BindGroupDescriptor, BindGroupEntry, BindingResource, Buffer, BufferBinding, BufferDescriptor,
    BufferUsages, Device, Extent3d, Origin3d, Queue, RenderPass, RenderPipeline, TexelCopyBufferLayout,
    TexelCopyTextureInfo, Texture, TextureAspect, TextureDescriptor, TextureDimension, TextureFormat, TextureUsages,
    TextureViewDescriptor,
};

use super::colours::{Colours, ROW, Table};
use super::piece::{CENTIMETRE, DECIMETRE, Frame, Piece};
use super::pipelines::{Layouts, Look, pipelines};
use super::target::Way;
use crate::frustum::Frustum;
use crate::orbit::Vec3;
use crate::web::city::City;
use crate::web::tiles::frame;

/// Where a uniform may begin: WebGL promises no less.
const STEP: u64 = 256;

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

/// A piece, and how it looks from here; nothing where it is left out.
struct Entry {
    piece: Piece,
    look: Option<Look>,
}

/// All that is drawn.
pub struct Scene {
    pub device: Device,
    pub queue: Queue,
    pipelines: [RenderPipeline; Look::ALL.len()],
    entries: BTreeMap<Of, Entry>,
    /// What the screen is empty with, sRGB.
    pub empty: [u8; 3],
    colours: Colours,
    are_colours_new: bool,
    table: Table,
    is_table_new: bool,
    /// The places of tiles end here; after them come those of what is laid over the ground, and of the land.
    tiles: usize,
    frames: Buffer,
    frame_group: BindGroup,
    views: Buffer,
    shared_group: BindGroup,
    colour_buffer: Buffer,
    table_texture: Texture,
}

/// What the shaders know of where one looks from (`View` in `scene.wgsl`).
#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable)]
pub struct View {
    pub clip_from_world: [f32; 16],
    /// Metres; the last is 1 on the second of two maps.
    pub eye: [f32; 4],
    /// Of the map, across and down.
    pub pixels: [f32; 4],
}

/// What they know of where a piece lies.
#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable)]
struct Lying {
    offset: [f32; 4],
    unit: [f32; 4],
}

impl From<Frame> for Lying {
    fn from(Frame { offset: [x, y, z], unit }: Frame) -> Self {
        let narrow = |v: [f64; 4]| v.map(|v| v as f32);
        Self { offset: narrow([x, y, z, 0.0]), unit: narrow([unit, DECIMETRE, CENTIMETRE, 0.0]) }
    }
}

impl Scene {
    /// Nothing yet, for the tiles of a city.
    pub fn new(city: &City, device: Device, queue: Queue, way: Way) -> Self {
        let tiles = city.tiles.len();
        let layouts = Layouts::new(&device);
        let uniform = |label, size| {
            let usage = BufferUsages::UNIFORM | BufferUsages::COPY_DST;
            device.create_buffer(&BufferDescriptor { label: Some(label), size, usage, mapped_at_creation: false })
        };
        let frames = uniform("frames", STEP * (tiles as u64 + 2));
        let views = uniform("views", STEP * Side::ALL.len() as u64);
        let colour_buffer = uniform("colours", size_of::<Colours>() as u64);
        let table = Table::new(city);
        let table_texture = device.create_texture(&TextureDescriptor {
            label: Some("table"),
            size: extent(&table),
            mip_level_count: 1,
            sample_count: 1,
            dimension: TextureDimension::D2,
            format: TextureFormat::R8Uint,
            usage: TextureUsages::TEXTURE_BINDING | TextureUsages::COPY_DST,
            view_formats: &[],
        });
        let table_view = table_texture.create_view(&TextureViewDescriptor::default());
        let shared_group = device.create_bind_group(&BindGroupDescriptor {
            label: Some("shared"),
            layout: &layouts.shared,
            entries: &[
                entry(0, part_of::<View>(&views)),
                entry(1, colour_buffer.as_entire_binding()),
                entry(2, BindingResource::TextureView(&table_view)),
            ],
        });
        let frame_group = device.create_bind_group(&BindGroupDescriptor {
            label: Some("frame"),
            layout: &layouts.frame,
            entries: &[entry(0, part_of::<Lying>(&frames))],
        });
        let scene = Self {
            pipelines: pipelines(&device, &layouts, way),
            entries: BTreeMap::new(),
            empty: [u8::MAX; 3],
            colours: Colours::new(table.rows()),
            are_colours_new: true,
            table,
            is_table_new: true,
            tiles,
            frames,
            frame_group,
            views,
            shared_group,
            colour_buffer,
            table_texture,
            device,
            queue,
        };
        for tile in 0..tiles {
            scene.lay(Of::Outline(tile), frame(city, tile));
        }
        scene
    }

    /// Its place among the frames.
    const fn slot(&self, of: Of) -> u64 {
        (match of {
            Of::Tile(tile, _) | Of::Outline(tile) => tile,
            Of::Laid(..) => self.tiles,
            Of::Land => self.tiles + 1,
        }) as u64
    }

    /// Says where what is of this lies.
    pub fn lay(&self, of: Of, frame: Frame) {
        self.queue.write_buffer(&self.frames, self.slot(of) * STEP, bytemuck::bytes_of(&Lying::from(frame)));
    }

    /// Puts a shape in the scene, instead of what there was of this.
    pub fn put(&mut self, of: Of, shape: &Shape, frame: &Frame, look: Option<Look>) {
        match Piece::new(&self.device, shape, frame) {
            Some(piece) => drop(self.entries.insert(of, Entry { piece, look })),
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

    /// Gives the graphics card what changed, and the views of one map or two.
    pub fn hand_over(&mut self, views: &[View]) {
        for (slot, view) in views.iter().enumerate() {
            self.queue.write_buffer(&self.views, slot as u64 * STEP, bytemuck::bytes_of(view));
        }
        if std::mem::take(&mut self.are_colours_new) {
            self.queue.write_buffer(&self.colour_buffer, 0, bytemuck::bytes_of(&self.colours));
        }
        if std::mem::take(&mut self.is_table_new) {
            let size = extent(&self.table);
            let to = TexelCopyTextureInfo {
                texture: &self.table_texture,
                mip_level: 0,
                origin: Origin3d::ZERO,
                aspect: TextureAspect::All,
            };
            let rows = TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(size.width), rows_per_image: None };
            self.queue.write_texture(to, &self.table.bytes, rows, size);
        }
    }

    /// Draws all pieces that are in the picture of a map, by look, the nearest first.
    pub fn draw(&self, pass: &mut RenderPass<'_>, side: Side, eye: Vec3, frustum: &Frustum) {
        let is_here = |of: &Of| !matches!(of, Of::Laid(Some(on), _) if *on != side);
        let away = |piece: &Piece| {
            let middle = piece.bounds.middle();
            (0..3).map(|k| (middle[k] - eye[k]).powi(2)).sum::<f64>()
        };
        let mut seen: Vec<(Look, f64, u64, &Piece)> = Vec::with_capacity(self.entries.len());
        for (of, Entry { piece, look }) in self.entries.iter().filter(|(of, _)| is_here(of)) {
            if let Some(look) = look.filter(|_| *of == Of::Land || frustum.sees(&piece.bounds)) {
                // The land is below all else.
                let away = if *of == Of::Land { f64::MAX } else { away(piece) };
                seen.push((look, away, self.slot(*of), piece));
            }
        }
        seen.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        pass.set_bind_group(0, &self.shared_group, &[(side as u64 * STEP) as u32]);
        let (mut current, mut lying) = (None, None);
        for (look, _, slot, piece) in seen {
            if current.replace(look) != Some(look) {
                pass.set_pipeline(&self.pipelines[look as usize]);
            }
            if lying.replace(slot) != Some(slot) {
                pass.set_bind_group(1, &self.frame_group, &[(slot * STEP) as u32]);
            }
            piece.draw(pass);
        }
    }
}

fn extent(table: &Table) -> Extent3d {
    Extent3d { width: ROW as u32, height: table.rows() * 2, depth_or_array_layers: 1 }
}

const fn entry(binding: u32, resource: BindingResource<'_>) -> BindGroupEntry<'_> {
    BindGroupEntry { binding, resource }
}

/// As much of a buffer as one of these takes; where it begins is said for each draw.
const fn part_of<T>(buffer: &Buffer) -> BindingResource<'_> {
    BindingResource::Buffer(BufferBinding { buffer, offset: 0, size: std::num::NonZeroU64::new(size_of::<T>() as u64) })
}
