//! A piece of the city as the graphics card has it: its corners, its triangles or lines, and the box around them.

use bytemuck::Pod;
use gasvrij3d::mesh::Shape;
use web_sys::{WebGl2RenderingContext as Gl, WebGlBuffer, WebGlVertexArrayObject};

use crate::frustum::Bounds;

/// How the corners of a piece lie in the city.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Of unit 0, metres from the city's origin: east, height, south.
    pub offset: [f64; 3],
    /// Metres in a unit on the ground.
    pub unit: f64,
}

/// Metres in a unit of height of panden, and of what lies on the ground (`assets/shaders`).
const DECIMETRE: f64 = 0.1;
const CENTIMETRE: f64 = 0.01;
/// Where the shaders take the place of a corner, and its pand.
const PLACE: u32 = 0;
const PAND: u32 = 1;

/// Indices of a stretch, of whole triangles and of whole lines: it is in the picture or is left out.
const STRETCH: usize = 6 * 400;

pub struct Piece {
    gl: Gl,
    corners: Option<WebGlVertexArrayObject>,
    buffers: [Option<WebGlBuffer>; 3],
    /// Of an index.
    kind: u32,
    pub bounds: Bounds,
    stretches: Vec<Stretch>,
}

/// Triangles or lines that lie near each other.
pub struct Stretch {
    pub bounds: Bounds,
    /// The places of its indices.
    indices: [i32; 2],
}

impl Piece {
    /// Nothing where there is nothing to draw.
    pub fn new(gl: &Gl, shape: &Shape, frame: &Frame) -> Option<Self> {
        if shape.indices.is_empty() {
            return None;
        }
        let stretches = stretches(shape, frame);
        let corners = gl.create_vertex_array();
        gl.bind_vertex_array(corners.as_ref());
        let places = buffer(gl, Gl::ARRAY_BUFFER, &shape.vertices);
        gl.enable_vertex_attrib_array(PLACE);
        gl.vertex_attrib_i_pointer_with_i32(PLACE, 4, Gl::UNSIGNED_SHORT, 0, 0);
        let panden = (!shape.ids.is_empty()).then(|| buffer(gl, Gl::ARRAY_BUFFER, &shape.ids)).flatten();
        if panden.is_some() {
            gl.enable_vertex_attrib_array(PAND);
            gl.vertex_attrib_i_pointer_with_i32(PAND, 1, Gl::UNSIGNED_INT, 0, 0);
        }
        let (indices, kind) = if shape.is_narrow() {
            let narrow: Vec<u16> = shape.indices.iter().map(|&i| i as u16).collect();
            (buffer(gl, Gl::ELEMENT_ARRAY_BUFFER, &narrow), Gl::UNSIGNED_SHORT)
        } else {
            (buffer(gl, Gl::ELEMENT_ARRAY_BUFFER, &shape.indices), Gl::UNSIGNED_INT)
        };
        gl.bind_vertex_array(None);
        let buffers = [places, panden, indices];
        let bounds = stretches.iter().map(|stretch| stretch.bounds).fold(Bounds::NOTHING, Bounds::with);
        Some(Self { gl: gl.clone(), corners, buffers, kind, bounds, stretches })
    }

    /// Its stretches, in their order.
    pub fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// What is drawn from now on is of this piece.
    pub fn take(&self) {
        self.gl.bind_vertex_array(self.corners.as_ref());
    }

    /// Draws a stretch of it.
    pub fn draw(&self, shape: u32, stretch: &Stretch) {
        let [first, end] = stretch.indices;
        let size = if self.kind == Gl::UNSIGNED_SHORT { 2 } else { 4 };
        self.gl.draw_elements_with_i32(shape, end - first, self.kind, first * size);
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        self.gl.delete_vertex_array(self.corners.as_ref());
        for buffer in &self.buffers {
            self.gl.delete_buffer(buffer.as_ref());
        }
    }
}

fn stretches(shape: &Shape, frame: &Frame) -> Vec<Stretch> {
    // Only what belongs to panden says to which.
    let height = if shape.ids.is_empty() { CENTIMETRE } else { DECIMETRE };
    let units = [frame.unit, height, frame.unit];
    let at = |corner: [u16; 3]| std::array::from_fn(|k| frame.offset[k] + f64::from(corner[k]) * units[k]);
    let stretches = shape.indices.chunks(STRETCH);
    let firsts = (0..).step_by(STRETCH);
    let of = |(indices, first): (&[u32], i32)| {
        let (mut low, mut high) = ([u16::MAX; 3], [0; 3]);
        for [east, south, up, _] in indices.iter().filter_map(|&i| shape.vertices.get(i as usize)) {
            for (k, &v) in [east, up, south].into_iter().enumerate() {
                (low[k], high[k]) = (low[k].min(v), high[k].max(v));
            }
        }
        Stretch { bounds: Bounds { low: at(low), high: at(high) }, indices: [first, first + indices.len() as i32] }
    };
    stretches.zip(firsts).map(of).collect()
}

fn buffer<T: Pod>(gl: &Gl, target: u32, data: &[T]) -> Option<WebGlBuffer> {
    let buffer = gl.create_buffer();
    gl.bind_buffer(target, buffer.as_ref());
    gl.buffer_data_with_u8_array(target, bytemuck::cast_slice(data), Gl::STATIC_DRAW);
    buffer
}
