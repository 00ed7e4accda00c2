//! A piece of the city as the graphics card has it: its corners, its triangles or lines, and the box around them.

use bytemuck::Pod;
use gasvrij3d::mesh::Shape;
use wgpu::util::{BufferInitDescriptor, DeviceExt};
use wgpu::{Buffer, BufferUsages, Device, IndexFormat, RenderPass};

use crate::frustum::Bounds;

/// How the corners of a piece lie in the city (`Frame` in `scene.wgsl`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Of unit 0, metres from the city's origin: east, height, south.
    pub offset: [f64; 3],
    /// Metres in a unit on the ground.
    pub unit: f64,
}

/// Metres in a unit of height of panden, and of what lies on the ground.
pub const DECIMETRE: f64 = 0.1;
pub const CENTIMETRE: f64 = 0.01;

pub struct Piece {
    corners: Buffer,
    ids: Option<Buffer>,
    indices: Buffer,
    count: u32,
    format: IndexFormat,
    pub bounds: Bounds,
}

impl Piece {
    /// Nothing where there is nothing to draw.
    pub fn new(device: &Device, shape: &Shape, frame: &Frame) -> Option<Self> {
        if shape.indices.is_empty() {
            return None;
        }
        let (mut low, mut high) = ([u16::MAX; 3], [0; 3]);
        for &[east, south, up, _] in &shape.vertices {
            for (k, v) in [east, up, south].into_iter().enumerate() {
                (low[k], high[k]) = (low[k].min(v), high[k].max(v));
            }
        }
        // Only what belongs to panden says to which.
        let height = if shape.ids.is_empty() { CENTIMETRE } else { DECIMETRE };
        let units = [frame.unit, height, frame.unit];
        let at = |corner: [u16; 3]| std::array::from_fn(|k| frame.offset[k] + f64::from(corner[k]) * units[k]);
        let narrow = shape.is_narrow().then(|| shape.indices.iter().map(|&i| i as u16).collect::<Vec<_>>());
        let (indices, format) = match narrow {
            Some(narrow) => (buffer(device, &narrow, BufferUsages::INDEX), IndexFormat::Uint16),
            None => (buffer(device, &shape.indices, BufferUsages::INDEX), IndexFormat::Uint32),
        };
        Some(Self {
            corners: buffer(device, &shape.vertices, BufferUsages::VERTEX),
            ids: (!shape.ids.is_empty()).then(|| buffer(device, &shape.ids, BufferUsages::VERTEX)),
            indices,
            count: shape.indices.len() as u32,
            format,
            bounds: Bounds { low: at(low), high: at(high) },
        })
    }

    pub fn draw(&self, pass: &mut RenderPass<'_>) {
        pass.set_vertex_buffer(0, self.corners.slice(..));
        if let Some(ids) = &self.ids {
            pass.set_vertex_buffer(1, ids.slice(..));
        }
        pass.set_index_buffer(self.indices.slice(..), self.format);
        pass.draw_indexed(0..self.count, 0, 0..1);
    }
}

fn buffer<T: Pod>(device: &Device, data: &[T], usage: BufferUsages) -> Buffer {
    device.create_buffer_init(&BufferInitDescriptor { label: None, contents: bytemuck::cast_slice(data), usage })
}
