//! How things look: two materials of our own, the table with the category of each pand, and the palette.

use bevy::asset::{RenderAssetUsages, uuid_handle};
use bevy::mesh::{MeshVertexAttribute, MeshVertexBufferLayoutRef, VertexFormat};
use bevy::pbr::{MaterialPipeline, MaterialPipelineKey};
use bevy::prelude::*;
use bevy::render::render_resource::{
    AsBindGroup, Extent3d, RenderPipelineDescriptor, ShaderType, SpecializedMeshPipelineError, TextureDimension,
    TextureFormat,
};
use bevy::shader::{Shader, ShaderDefVal, ShaderRef};
use gasvrij3d::mesh::blocks::MOST_BLOCKS;
use gasvrij3d::palette::{Rgb, Surface, palette};
use gasvrij3d::theme::Category;

use super::city::Shared;
use super::straight;
use crate::paint::of_blocks;

/// Where a vertex is, and its shade or surface.
pub const PLACE: MeshVertexAttribute = MeshVertexAttribute::new("Place", 0x6761_7376_0001, VertexFormat::Uint16x4);
/// The pand a vertex belongs to.
pub const PAND: MeshVertexAttribute = MeshVertexAttribute::new("Pand", 0x6761_7376_0002, VertexFormat::Uint32);

const BUILDING: Handle<Shader> = uuid_handle!("a3f41c1e-7b0a-4b7e-9d55-0c6a8e1f2b01");
const GROUND: Handle<Shader> = uuid_handle!("a3f41c1e-7b0a-4b7e-9d55-0c6a8e1f2b02");

/// Panden in a row of the table.
const ROW: usize = 1024;
// What `building.wgsl` takes for granted.
const _: () = assert!((gasvrij3d::geo::UNIT - 0.105).abs() < 1e-9);
/// No pand at all.
pub const NOBODY: u32 = u32::MAX;
/// Room in the shaders for colours; a test in the heart would be too late to notice a colour too many.
const CATEGORIES: usize = 16;
const SURFACES: usize = 48;
const _: () = assert!(Category::ALL.len() <= CATEGORIES && Surface::ALL.len() <= SURFACES);
/// How much of the edge colour is in a roof edge.
const EDGE_STRENGTH: f32 = 0.42;

/// Which variant of a shader draws this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Variant {
    /// The camera takes the short way (`straight`): colours are given as the screen shows them.
    straight: bool,
    /// No patterns: from afar, and on edges.
    plain: bool,
    /// Lines along the roofs.
    edges: bool,
}

impl Variant {
    fn apply(self, descriptor: &mut RenderPipelineDescriptor) {
        let defs = [(self.straight, "STRAIGHT"), (self.plain, "PLAIN"), (self.edges, "EDGES")];
        let defs: Vec<ShaderDefVal> = defs.iter().filter(|d| d.0).map(|d| d.1.into()).collect();
        descriptor.vertex.shader_defs.extend(defs.clone());
        if let Some(fragment) = &mut descriptor.fragment {
            fragment.shader_defs.extend(defs);
            for target in fragment.targets.iter_mut().flatten().filter(|_| self.straight) {
                target.format = straight::FORMAT;
            }
        }
    }
}

/// What the shader of the buildings knows.
#[derive(Clone, Copy, Debug, ShaderType)]
pub struct BuildingColours {
    /// The last of each is its pattern, by its place in the list.
    categories: [Vec4; CATEGORIES],
    haze: Vec4,
    /// What a faded pand fades to.
    plain: Vec4,
    hover: Vec4,
    /// The colour of edges, and how strong it is: 0 for walls and roofs.
    edge: Vec4,
    selected: Vec4,
    /// The pand under the pointer, and the one on the card; then the rows of the table before those of the second map.
    marks: UVec4,
}

/// Buildings, or their edges.
#[derive(Asset, TypePath, AsBindGroup, Clone, Debug)]
#[bind_group_data(Variant)]
pub struct BuildingLook {
    #[uniform(0)]
    colours: BuildingColours,
    #[texture(1, sample_type = "u_int", visibility(vertex))]
    table: Handle<Image>,
    variant: Variant,
}

impl From<&BuildingLook> for Variant {
    fn from(look: &BuildingLook) -> Self {
        look.variant
    }
}

impl BuildingLook {
    /// Marks the pand under the pointer and the one on the card.
    pub fn mark(&mut self, hovered: u32, selected: u32) {
        (self.colours.marks.x, self.colours.marks.y) = (hovered, selected);
    }
}

/// What the shader of the ground knows.
#[derive(Clone, Copy, Debug, ShaderType)]
struct GroundColours {
    /// The last of each is 0 where the surface is left out.
    surfaces: [Vec4; SURFACES],
    /// The last is 0 where the ground below shines through instead.
    bare: Vec4,
    haze: Vec4,
}

/// What lies on the ground.
#[derive(Asset, TypePath, AsBindGroup, Clone, Debug)]
#[bind_group_data(Variant)]
pub struct GroundLook {
    #[uniform(0)]
    colours: GroundColours,
    variant: Variant,
}

impl From<&GroundLook> for Variant {
    fn from(look: &GroundLook) -> Self {
        look.variant
    }
}

impl GroundLook {
    /// Shows a surface or leaves it out.
    pub fn show(&mut self, surface: Surface, shown: bool) {
        self.colours.surfaces[surface as usize].w = if shown { 1.0 } else { 0.0 };
    }
}

impl BuildingLook {
    /// Takes the colours of all that is no home, and so much of the edge colour for edges.
    pub fn dress(&mut self, colour: impl Fn(Surface) -> Rgb, edge: f32) {
        let (colours, straight) = (&mut self.colours, self.variant.straight);
        let colour = |surface| given(colour(surface), straight);
        colours.haze = colour(Surface::Sky);
        colours.plain = colour(Surface::Building);
        let other = &mut colours.categories[Category::GeenWoning as usize];
        *other = colours.plain.with_w(other.w);
        let strength = if colours.edge.w > 0.0 { edge_strength(edge, straight) } else { 0.0 };
        colours.edge = colour(Surface::RoofEdge).with_w(strength);
    }
}

impl GroundLook {
    /// Takes its colours.
    pub fn dress(&mut self, colour: impl Fn(Surface) -> Rgb) {
        let (colours, straight) = (&mut self.colours, self.variant.straight);
        let colour = |surface| given(colour(surface), straight);
        for (slot, &surface) in colours.surfaces.iter_mut().zip(Surface::ALL) {
            *slot = colour(surface).with_w(slot.w);
        }
        colours.bare = colour(Surface::Ground).with_w(colours.bare.w);
        colours.haze = colour(Surface::Sky);
    }
}

impl Material for BuildingLook {
    fn vertex_shader() -> ShaderRef {
        BUILDING.into()
    }

    fn fragment_shader() -> ShaderRef {
        BUILDING.into()
    }

    fn enable_prepass() -> bool {
        false
    }

    fn enable_shadows() -> bool {
        false
    }

    fn specialize(
        _: &MaterialPipeline,
        descriptor: &mut RenderPipelineDescriptor,
        layout: &MeshVertexBufferLayoutRef,
        key: MaterialPipelineKey<Self>,
    ) -> Result<(), SpecializedMeshPipelineError> {
        let attributes = [PLACE.at_shader_location(0), PAND.at_shader_location(1)];
        descriptor.vertex.buffers = vec![layout.0.get_layout(&attributes)?];
        key.bind_group_data.apply(descriptor);
        // From nearby a ray may slip in between two houses of unequal height: let it meet the inside of a wall, not the
        // lawn.
        if !key.bind_group_data.plain {
            descriptor.primitive.cull_mode = None;
        }
        Ok(())
    }
}

impl Material for GroundLook {
    fn alpha_mode(&self) -> AlphaMode {
        if self.colours.bare.w == 0.0 { AlphaMode::Blend } else { AlphaMode::Opaque }
    }

    fn vertex_shader() -> ShaderRef {
        GROUND.into()
    }

    fn fragment_shader() -> ShaderRef {
        GROUND.into()
    }

    fn enable_prepass() -> bool {
        false
    }

    fn enable_shadows() -> bool {
        false
    }

    fn specialize(
        _: &MaterialPipeline,
        descriptor: &mut RenderPipelineDescriptor,
        layout: &MeshVertexBufferLayoutRef,
        key: MaterialPipelineKey<Self>,
    ) -> Result<(), SpecializedMeshPipelineError> {
        descriptor.vertex.buffers = vec![layout.0.get_layout(&[PLACE.at_shader_location(0)])?];
        key.bind_group_data.apply(descriptor);
        Ok(())
    }
}

/// The looks in use: one of each, shared by all tiles, so that a change is one small write.
#[derive(Resource)]
pub struct Looks {
    pub buildings: Handle<BuildingLook>,
    /// Buildings from further than their patterns are seen.
    pub far: Handle<BuildingLook>,
    pub edges: Handle<BuildingLook>,
    pub ground: Handle<GroundLook>,
    /// Lines over the ground that are no layer of the map.
    pub lines: Handle<GroundLook>,
    /// A tint over the ground.
    pub tint: Handle<GroundLook>,
    table: Handle<Image>,
}

pub fn plugin(app: &mut App) {
    app.add_plugins((MaterialPlugin::<BuildingLook>::default(), MaterialPlugin::<GroundLook>::default()));
    app.add_systems(PreStartup, prepare);
    app.add_systems(Update, paint);
}

/// An sRGB colour as the shader wants it, so that the same bytes come out on screen: linear, or on the short way as it is.
fn given(rgb: Rgb, straight: bool) -> Vec4 {
    let [r, g, b] = rgb;
    let colour = Color::srgb_u8(r, g, b);
    if straight { colour.to_srgba().to_vec4() } else { colour.to_linear().to_vec4() }
}

/// On the short way colours are mixed as the eye sees them: as much of a dark colour shows with less of it.
fn edge_strength(edge: f32, straight: bool) -> f32 {
    if straight { edge.powf(1.5) } else { edge }
}

fn prepare(
    city: NonSend<Shared>,
    mut shaders: ResMut<Assets<Shader>>,
    mut images: ResMut<Assets<Image>>,
    mut buildings: ResMut<Assets<BuildingLook>>,
    mut grounds: ResMut<Assets<GroundLook>>,
    mut commands: Commands,
) -> Result {
    let of_buildings = include_str!("../../../../assets/shaders/building.wgsl");
    let of_ground = include_str!("../../../../assets/shaders/ground.wgsl");
    shaders.insert(BUILDING.id(), Shader::from_wgsl(of_buildings, "assets/shaders/building.wgsl"))?;
    shaders.insert(GROUND.id(), Shader::from_wgsl(of_ground, "assets/shaders/ground.wgsl"))?;

    // And as many again for the second of two maps.
    let rows = {
        let city = city.borrow();
        (city.blocks_from(city.tiles.len()) as usize).div_ceil(ROW).max(1)
    };
    let table = images.add(Image::new(
        Extent3d { width: ROW as u32, height: rows as u32 * 2, depth_or_array_layers: 1 },
        TextureDimension::D2,
        vec![Category::GeenWoning as u8; ROW * rows * 2],
        TextureFormat::R8Uint,
        RenderAssetUsages::all(),
    ));
    let palette = palette();
    let straight = city.borrow().is_modest;
    let surface = |s: Surface| given(palette.surface(s), straight);
    let mut categories = [Vec4::ZERO; CATEGORIES];
    for (slot, &category) in categories.iter_mut().zip(Category::ALL) {
        let style = palette.style(category);
        *slot = given(style.colour, straight).with_w(f32::from(style.hatch as u8));
    }
    let mut surfaces = [Vec4::ZERO; SURFACES];
    for (slot, &s) in surfaces.iter_mut().zip(Surface::ALL) {
        *slot = surface(s);
    }
    let haze = surface(Surface::Sky);
    let hover = surface(Surface::Hover).with_w(if straight { 0.62 } else { 0.55 });
    let edge = surface(Surface::RoofEdge);
    let colours = BuildingColours {
        categories,
        haze,
        plain: surface(Surface::Building),
        hover,
        edge: edge.with_w(0.0),
        selected: surface(Surface::Selected),
        marks: UVec4::new(NOBODY, NOBODY, rows as u32, 0),
    };
    let lines = BuildingColours { edge: edge.with_w(edge_strength(EDGE_STRENGTH, straight)), ..colours };
    let land = GroundColours { surfaces, bare: surface(Surface::Ground), haze };
    let tint = GroundColours { bare: Vec4::ZERO, ..land };
    let near = Variant { straight, plain: false, edges: false };
    let plain = Variant { plain: true, ..near };
    let mut building = |colours, variant| buildings.add(BuildingLook { colours, table: table.clone(), variant });
    let mut ground = |colours| grounds.add(GroundLook { colours, variant: near });
    commands.insert_resource(Looks {
        buildings: building(colours, near),
        far: building(colours, plain),
        edges: building(lines, Variant { edges: true, ..plain }),
        ground: ground(land),
        lines: ground(land),
        tint: ground(tint),
        table: table.clone(),
    });
    Ok(())
}

/// Writes the colours of tiles that came, or of all after a change of theme, into the table.
fn paint(city: NonSend<Shared>, looks: Res<Looks>, mut images: ResMut<Assets<Image>>) {
    let mut city = city.borrow_mut();
    if city.unpainted.is_empty() {
        return;
    }
    let Some(mut image) = images.get_mut(&looks.table) else { return };
    let Some(data) = image.data.as_mut() else { return };
    for tile in std::mem::take(&mut city.unpainted) {
        let Some(loaded) = &city.tiles[tile] else { continue };
        for (side, half) in city.panes().sides().iter().zip([0, data.len() / 2]) {
            let (first, count) = (half + city.first[tile] as usize, loaded.ids.len());
            if let Some(to) = data.get_mut(first..first + count) {
                city.paint.fill(*side, tile, &loaded.ids, &loaded.categories, to);
                let blocks = of_blocks(&loaded.block_of, to);
                let from = half + city.blocks_from(tile) as usize;
                if let Some(to) = data.get_mut(from..from + MOST_BLOCKS) {
                    to.copy_from_slice(&blocks);
                }
            }
        }
    }
}
