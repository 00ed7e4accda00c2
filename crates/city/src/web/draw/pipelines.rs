//! How each kind of thing is drawn: its shaders, its corners and how it covers what lies behind.

use std::borrow::Cow;

use wgpu::{
    BindGroupLayout, BindGroupLayoutDescriptor, BindGroupLayoutEntry, BindingType, BlendState, BufferBindingType,
    ColorTargetState, ColorWrites, CompareFunction, DepthStencilState, Device, Face, FragmentState, FrontFace,
    MultisampleState, PipelineCompilationOptions, PipelineLayoutDescriptor, PrimitiveState, PrimitiveTopology,
    RenderPipeline, RenderPipelineDescriptor, ShaderModuleDescriptor, ShaderSource, ShaderStages, TextureSampleType,
    TextureViewDimension, VertexAttribute, VertexBufferLayout, VertexFormat, VertexState, VertexStepMode,
};

use super::target::{COLOUR, DEPTH, Way};

const SHADERS: [&str; 3] = [
    include_str!("../../../../../assets/shaders/scene.wgsl"),
    include_str!("../../../../../assets/shaders/building.wgsl"),
    include_str!("../../../../../assets/shaders/ground.wgsl"),
];

/// How something looks, in the order in which it is drawn: what is high comes first, for what it hides need not be drawn, and
/// what is seen through comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// Panden with the patterns of their roofs.
    Near,
    /// Panden from further than patterns are seen.
    Far,
    /// The edges of roofs.
    Edge,
    /// Lines over the ground that are no layer of the map.
    Line,
    Ground,
    /// A tint, through which the ground is seen.
    Tint,
}

impl Look {
    pub const ALL: [Self; 6] = [Self::Near, Self::Far, Self::Edge, Self::Line, Self::Ground, Self::Tint];

    /// Whether each corner says of which pand it is.
    const fn is_of_panden(self) -> bool {
        matches!(self, Self::Near | Self::Far | Self::Edge)
    }

    /// The entries of its shaders.
    const fn entries(self) -> [&'static str; 2] {
        match self {
            Self::Near => ["vertex_near", "fragment_near"],
            Self::Far => ["vertex_far", "fragment_far"],
            Self::Edge => ["vertex_edge", "fragment_far"],
            Self::Line => ["vertex_line", "fragment_ground"],
            Self::Ground => ["vertex_ground", "fragment_ground"],
            Self::Tint => ["vertex_tint", "fragment_ground"],
        }
    }
}

/// What the shaders are given: what all pieces share, and where a piece lies.
pub struct Layouts {
    pub shared: BindGroupLayout,
    pub frame: BindGroupLayout,
}

impl Layouts {
    pub fn new(device: &Device) -> Self {
        let uniform = |binding, visibility, has_dynamic_offset| BindGroupLayoutEntry {
            binding,
            visibility,
            ty: BindingType::Buffer { ty: BufferBindingType::Uniform, has_dynamic_offset, min_binding_size: None },
            count: None,
        };
        let table = BindGroupLayoutEntry {
            binding: 2,
            visibility: ShaderStages::VERTEX,
            ty: BindingType::Texture {
                sample_type: TextureSampleType::Uint,
                view_dimension: TextureViewDimension::D2,
                multisampled: false,
            },
            count: None,
        };
        let layout = |label, entries: &[BindGroupLayoutEntry]| {
            device.create_bind_group_layout(&BindGroupLayoutDescriptor { label: Some(label), entries })
        };
        let shared = [uniform(0, ShaderStages::VERTEX, true), uniform(1, ShaderStages::VERTEX, false), table];
        Self { shared: layout("shared", &shared), frame: layout("frame", &[uniform(0, ShaderStages::VERTEX, true)]) }
    }
}

/// A pipeline for each look, in the order of [`Look::ALL`].
pub fn pipelines(device: &Device, layouts: &Layouts, way: Way) -> [RenderPipeline; Look::ALL.len()] {
    let module = device.create_shader_module(ShaderModuleDescriptor {
        label: Some("assets/shaders"),
        source: ShaderSource::Wgsl(Cow::Owned(SHADERS.concat())),
    });
    let layout = device.create_pipeline_layout(&PipelineLayoutDescriptor {
        label: None,
        bind_group_layouts: &[Some(&layouts.shared), Some(&layouts.frame)],
        ..PipelineLayoutDescriptor::default()
    });
    let place = [VertexAttribute { format: VertexFormat::Uint16x4, offset: 0, shader_location: 0 }];
    let pand = [VertexAttribute { format: VertexFormat::Uint32, offset: 0, shader_location: 1 }];
    let corners =
        |array_stride, attributes| VertexBufferLayout { array_stride, step_mode: VertexStepMode::Vertex, attributes };
    let buffers = [corners(8, &place), corners(4, &pand)];
    Look::ALL.map(|look| {
        let [vertex, fragment] = look.entries();
        // From nearby a ray may slip in between two houses of unequal height: let it meet the inside of a wall, not the lawn.
        let is_two_sided = matches!(look, Look::Near | Look::Edge);
        let is_tint = look == Look::Tint;
        device.create_render_pipeline(&RenderPipelineDescriptor {
            label: Some(vertex),
            layout: Some(&layout),
            vertex: VertexState {
                module: &module,
                entry_point: Some(vertex),
                compilation_options: PipelineCompilationOptions::default(),
                buffers: if look.is_of_panden() { &buffers } else { &buffers[..1] },
            },
            primitive: PrimitiveState {
                topology: if look == Look::Edge {
                    PrimitiveTopology::LineList
                } else {
                    PrimitiveTopology::TriangleList
                },
                // The canvas has its first row below.
                front_face: if way == Way::Direct { FrontFace::Cw } else { FrontFace::Ccw },
                cull_mode: (!is_two_sided).then_some(Face::Back),
                ..PrimitiveState::default()
            },
            // What is nearer has a greater depth: so the precision is where it is needed.
            depth_stencil: Some(DepthStencilState {
                format: DEPTH,
                depth_write_enabled: Some(!is_tint),
                depth_compare: Some(CompareFunction::GreaterEqual),
                stencil: wgpu::StencilState::default(),
                bias: wgpu::DepthBiasState::default(),
            }),
            multisample: MultisampleState { count: way.samples(), ..MultisampleState::default() },
            fragment: Some(FragmentState {
                module: &module,
                entry_point: Some(fragment),
                compilation_options: PipelineCompilationOptions::default(),
                targets: &[Some(ColorTargetState {
                    format: COLOUR,
                    blend: is_tint.then_some(BlendState::ALPHA_BLENDING),
                    write_mask: ColorWrites::ALL,
                })],
            }),
            multiview_mask: None,
            cache: None,
        })
    })
}
