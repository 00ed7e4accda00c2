//! Tiles on screen: from the worker's parcel to meshes, and which parts of them are drawn from how far.

use bevy::asset::RenderAssetUsages;
use bevy::camera::primitives::Aabb;
use bevy::mesh::{Indices, PrimitiveTopology, VertexAttributeValues};
use bevy::prelude::*;
use bytemuck::Pod;
use gasvrij3d::geo::{TILE_WIDTH, UNIT};
use gasvrij3d::mesh::parcel::{Header, Section};
use gasvrij3d::mesh::{Footprints, OFFSET, Shape};
use gasvrij3d::pick::Picker;
use js_sys::{ArrayBuffer, Uint8Array};

use super::city::{City, Loaded, Shared};
use super::look::{Looks, PAND, PLACE};

/// Sheds are drawn up to this far, metres.
const SHEDS_TO: f64 = 2_600.0;
/// Roof edges are drawn up to this far, metres.
const EDGES_TO: f64 = 1_100.0;

/// A tile that has come from a worker.
pub struct Arrived {
    place: usize,
    buildings: Shape,
    sheds: Shape,
    edges: Shape,
    ground: Shape,
}

/// A part of a tile that is drawn up to some distance from its middle.
#[derive(Component)]
struct UpTo {
    metres: f64,
    middle: [f64; 2],
}

pub fn plugin(app: &mut App) {
    app.add_systems(Update, (show, choose_detail).chain());
}

/// Takes a parcel apart; `None` where it is not whole.
pub fn unpack(place: usize, header: &Header, buffer: &ArrayBuffer) -> Option<(Arrived, Loaded)> {
    if buffer.byte_length() as usize != header.total() {
        return None;
    }
    let shape = |vertices, ids: Option<Section>, indices| {
        Some(Shape {
            vertices: read(header, buffer, vertices)?,
            ids: ids.map_or(Some(Vec::new()), |ids| read(header, buffer, ids))?,
            indices: read(header, buffer, indices)?,
        })
    };
    let footprints = Footprints {
        points: read(header, buffer, Section::Corners)?,
        rings: read(header, buffer, Section::Rings)?,
        panden: read(header, buffer, Section::Panden)?,
        heights_dm: read(header, buffer, Section::Heights)?,
        eaves_dm: read(header, buffer, Section::Eaves)?,
    };
    let arrived = Arrived {
        place,
        buildings: shape(Section::BuildingVertices, Some(Section::BuildingIds), Section::BuildingIndices)?,
        sheds: shape(Section::ShedVertices, Some(Section::ShedIds), Section::ShedIndices)?,
        edges: shape(Section::EdgeVertices, Some(Section::EdgeIds), Section::EdgeIndices)?,
        ground: shape(Section::GroundVertices, None, Section::GroundIndices)?,
    };
    let names = String::from_utf8(read(header, buffer, Section::Names)?).ok()?;
    let ids = read(header, buffer, Section::Ids)?;
    let categories = read(header, buffer, Section::Categories)?;
    Some((arrived, Loaded { picker: Picker::new(footprints), names, ids, categories }))
}

fn read<T: Pod>(header: &Header, buffer: &ArrayBuffer, section: Section) -> Option<Vec<T>> {
    let (start, length) = header.range(section);
    if !length.is_multiple_of(size_of::<T>()) {
        return None;
    }
    let mut out = vec![T::zeroed(); length / size_of::<T>()];
    Uint8Array::new_with_byte_offset_and_length(buffer, start as u32, length as u32)
        .copy_to(bytemuck::cast_slice_mut(&mut out));
    Some(out)
}

/// The frame of a tile: its units to metres from the city's origin. `height` is metres in a unit of height.
pub fn frame(city: &City, tile: usize, height: f32) -> Transform {
    let [west, north] = city.to_city(city.manifest.tiles[tile].id.corner());
    let shift = f64::from(OFFSET) * UNIT;
    Transform {
        translation: Vec3::new((west - shift) as f32, 0.0, (north - shift) as f32),
        rotation: Quat::IDENTITY,
        scale: Vec3::new(UNIT as f32, height, UNIT as f32),
    }
}

/// Metres in a unit of height of buildings.
const DECIMETRE: f32 = 0.1;
/// Metres in a unit of height of what lies on the ground.
pub const CENTIMETRE: f32 = 0.01;

fn show(city: NonSend<Shared>, looks: Res<Looks>, mut meshes: ResMut<Assets<Mesh>>, mut commands: Commands) {
    let mut city = city.borrow_mut();
    for arrived in std::mem::take(&mut city.arrived) {
        let Arrived { place, buildings, sheds, edges, ground } = arrived;
        let high = frame(&city, place, DECIMETRE);
        let [west, north] = city.to_city(city.manifest.tiles[place].id.corner());
        let middle = [west + TILE_WIDTH / 2.0, north + TILE_WIDTH / 2.0];
        if let Some((mesh, bounds)) = mesh(ground, PrimitiveTopology::TriangleList) {
            let low = frame(&city, place, CENTIMETRE);
            commands.spawn((Mesh3d(meshes.add(mesh)), MeshMaterial3d(looks.ground.clone()), low, bounds));
        }
        if let Some((mesh, bounds)) = mesh(buildings, PrimitiveTopology::TriangleList) {
            commands.spawn((Mesh3d(meshes.add(mesh)), MeshMaterial3d(looks.buildings.clone()), high, bounds));
        }
        if let Some((mesh, bounds)) = mesh(sheds, PrimitiveTopology::TriangleList) {
            let look = MeshMaterial3d(looks.buildings.clone());
            commands.spawn((Mesh3d(meshes.add(mesh)), look, high, bounds, UpTo { metres: SHEDS_TO, middle }));
        }
        if let Some((mesh, bounds)) = mesh(edges, PrimitiveTopology::LineList) {
            let look = MeshMaterial3d(looks.edges.clone());
            commands.spawn((Mesh3d(meshes.add(mesh)), look, high, bounds, UpTo { metres: EDGES_TO, middle }));
        }
    }
}

/// A shape as the engine wants it, with the box around it: without one it would never be left out.
pub fn mesh(shape: Shape, topology: PrimitiveTopology) -> Option<(Mesh, Aabb)> {
    if shape.indices.is_empty() {
        return None;
    }
    let (mut low, mut high) = (Vec3::MAX, Vec3::MIN);
    for &[x, y, z, _] in &shape.vertices {
        let p = Vec3::new(f32::from(x), f32::from(z), f32::from(y));
        (low, high) = (low.min(p), high.max(p));
    }
    let indices = if shape.is_narrow() {
        Indices::U16(shape.indices.iter().map(|&i| i as u16).collect())
    } else {
        Indices::U32(shape.indices)
    };
    let mut mesh = Mesh::new(topology, RenderAssetUsages::RENDER_WORLD);
    mesh.insert_attribute(PLACE, VertexAttributeValues::Uint16x4(shape.vertices));
    if !shape.ids.is_empty() {
        mesh.insert_attribute(PAND, VertexAttributeValues::Uint32(shape.ids));
    }
    mesh.insert_indices(indices);
    Some((mesh, Aabb::from_min_max(low, high)))
}

/// Leaves out what is too small to be seen from here.
fn choose_detail(city: NonSend<Shared>, mut parts: Query<(&UpTo, &mut Visibility)>) {
    let eye = city.borrow().view.eye();
    for (part, mut visibility) in &mut parts {
        let [dx, dz] = [part.middle[0] - eye[0], part.middle[1] - eye[2]];
        let near = dx.hypot(dz).hypot(eye[1]) < part.metres + TILE_WIDTH / 2.0;
        visibility.set_if_neq(if near { Visibility::Inherited } else { Visibility::Hidden });
    }
}
