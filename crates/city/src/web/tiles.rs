//! Tiles on screen: from the worker's parcel to meshes, and which parts of them are drawn from how far.

use bevy::asset::RenderAssetUsages;
use bevy::camera::primitives::Aabb;
use bevy::mesh::{Indices, PrimitiveTopology, VertexAttributeValues};
use bevy::prelude::*;
use bytemuck::Pod;
use gasvrij3d::geo::UNIT;
use gasvrij3d::mesh::parcel::{Header, Section};
use gasvrij3d::mesh::{Detail, Footprints, OFFSET, Shape};
use gasvrij3d::pick::Picker;
use js_sys::{ArrayBuffer, Uint8Array};

use super::city::{City, Loaded, Shared};
use super::look::{BuildingLook, Looks, PAND, PLACE};
use super::{loader, screen, wake};
use crate::sight::Sight;

/// Sheds are drawn up to this far, metres.
const SHEDS_TO: f64 = 2_600.0;
/// Roof edges are drawn up to this far, metres.
const EDGES_TO: f64 = 1_100.0;
/// So long tiles may be made ready for a frame, milliseconds; the others wait for the next.
const FRAME_MS: f64 = 8.0;

/// A tile that has come from a worker, ready for the engine.
pub struct Arrived {
    place: usize,
    far: Option<Piece>,
    farthest: Option<Piece>,
    blocks: Option<Piece>,
    buildings: Option<Piece>,
    sheds: Option<Piece>,
    edges: Option<Piece>,
    ground: Option<Piece>,
}

/// A mesh with the box around it.
type Piece = (Mesh, Aabb);

/// A part of a tile, and when it is drawn.
#[derive(Component)]
struct Part {
    tile: usize,
    when: When,
}

#[derive(Clone, Copy, PartialEq)]
enum When {
    Always,
    /// When the tile is far, or not there whole.
    Far,
    /// When a house in it is hardly a pixel.
    Furthest,
    /// When it is less.
    Beyond,
    /// When the tile is near, up to so many metres; all of it is let go of when the tile is far.
    Near(f64),
}

pub fn plugin(app: &mut App) {
    app.add_systems(Update, (want, show, choose_detail).chain());
}

/// Asks for what has come in sight, and lets go of what is far, when the camera has moved.
fn want(city: NonSend<Shared>, mut seen: Local<Option<Sight>>) {
    let sight = city.borrow().sight();
    if seen.replace(sight) != Some(sight) {
        city.borrow_mut().let_go();
        loader::pump(&city);
    }
}

/// Takes a parcel apart; `None` where it is not whole. The look of a face is that of the first corner of its triangles: where the
/// graphics card takes the last, they are turned.
pub fn unpack(
    place: usize,
    header: &Header,
    buffer: &ArrayBuffer,
    first_block: u32,
    takes_first_corner: bool,
) -> Option<(Arrived, Loaded)> {
    if buffer.byte_length() as usize != header.total() {
        return None;
    }
    let piece = |topology, vertices, ids: Option<Section>, indices| {
        let mut shape = Shape {
            vertices: read(header, buffer, vertices)?,
            ids: ids.map_or(Some(Vec::new()), |ids| read(header, buffer, ids))?,
            indices: read(header, buffer, indices)?,
        };
        if ids == Some(Section::BlockIds) {
            shape.ids.iter_mut().for_each(|id| *id += first_block);
        }
        if !takes_first_corner && topology == PrimitiveTopology::TriangleList {
            shape.indices.as_chunks_mut::<3>().0.iter_mut().for_each(|triangle| triangle.rotate_left(1));
        }
        Some(mesh(shape, topology))
    };
    let faces = |vertices, ids, indices| piece(PrimitiveTopology::TriangleList, vertices, ids, indices);
    let footprints = Footprints {
        points: read(header, buffer, Section::Corners)?,
        rings: read(header, buffer, Section::Rings)?,
        panden: read(header, buffer, Section::Panden)?,
        heights_dm: read(header, buffer, Section::Heights)?,
        eaves_dm: read(header, buffer, Section::Eaves)?,
    };
    let arrived = Arrived {
        place,
        far: faces(Section::FarVertices, Some(Section::FarIds), Section::FarIndices)?,
        farthest: faces(Section::FarthestVertices, Some(Section::FarthestIds), Section::FarthestIndices)?,
        blocks: faces(Section::BlockVertices, Some(Section::BlockIds), Section::BlockIndices)?,
        buildings: faces(Section::BuildingVertices, Some(Section::BuildingIds), Section::BuildingIndices)?,
        sheds: faces(Section::ShedVertices, Some(Section::ShedIds), Section::ShedIndices)?,
        edges: piece(PrimitiveTopology::LineList, Section::EdgeVertices, Some(Section::EdgeIds), Section::EdgeIndices)?,
        ground: faces(Section::GroundVertices, None, Section::GroundIndices)?,
    };
    let names = String::from_utf8(read(header, buffer, Section::Names)?).ok()?;
    let ids = read(header, buffer, Section::Ids)?;
    let categories = read(header, buffer, Section::Categories)?;
    let block_of = read(header, buffer, Section::BlockOf)?;
    Some((arrived, Loaded { picker: Picker::new(footprints), names, ids, categories, block_of }))
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

fn show(
    city: NonSend<Shared>,
    looks: Res<Looks>,
    parts: Query<(Entity, &Part)>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut commands: Commands,
    mut came: Local<bool>,
) {
    let mut city = city.borrow_mut();
    for (tile, kept) in std::mem::take(&mut city.gone) {
        let goes = |part: &Part| part.tile == tile && (kept.is_none() || matches!(part.when, When::Near(_)));
        for (entity, _) in parts.iter().filter(|(_, part)| goes(part)) {
            commands.entity(entity).despawn();
        }
    }
    let begin = screen::now_ms();
    while screen::now_ms() - begin < FRAME_MS {
        let Some(arrived) = city.arrived.pop() else { break };
        let Arrived { place: tile, far, farthest, blocks, buildings, sheds, edges, ground } = arrived;
        // What there was of it makes way.
        for (entity, _) in parts.iter().filter(|(_, part)| part.tile == tile) {
            commands.entity(entity).despawn();
        }
        let (high, low) = (frame(&city, tile, DECIMETRE), frame(&city, tile, CENTIMETRE));
        if let Some((mesh, bounds)) = ground {
            let look = MeshMaterial3d(looks.ground.clone());
            commands.spawn((Mesh3d(meshes.add(mesh)), look, low, bounds, Part { tile, when: When::Always }));
        }
        let mut building = |piece, look: &Handle<BuildingLook>, when| {
            if let Some((mesh, bounds)) = piece {
                let look = MeshMaterial3d(look.clone());
                commands.spawn((Mesh3d(meshes.add(mesh)), look, high, bounds, Part { tile, when }));
            }
        };
        for (piece, look, when) in [
            (far, &looks.far, When::Far),
            (farthest, &looks.far, When::Furthest),
            (blocks, &looks.far, When::Beyond),
            (buildings, &looks.buildings, When::Near(f64::INFINITY)),
            (sheds, &looks.buildings, When::Near(SHEDS_TO)),
            (edges, &looks.edges, When::Near(EDGES_TO)),
        ] {
            building(piece, look, when);
        }
        *came = true;
    }
    if !city.arrived.is_empty() {
        wake::take_up();
    } else if std::mem::take(&mut *came) && city.queue.is_satisfied(&city.sight()) {
        // The last of them: the next frame shows all.
        city.names.stale = true;
        city.frames_wanted = city.frames_wanted.max(1);
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
fn choose_detail(
    city: NonSend<Shared>,
    looks: Res<Looks>,
    mut parts: Query<(&Part, &mut Visibility, Option<&mut MeshMaterial3d<BuildingLook>>)>,
) {
    let city = city.borrow();
    let detail = city.ease.share().detail;
    // They cost a quarter of a street where the processor draws, and come back at rest.
    let has_patterns = city.ease.share().patterns;
    let sight = Sight::new(city.view, city.screen(), screen::pixel_ratio() * detail);
    for (part, mut visibility, look) in &mut parts {
        let middle = city.middle(part.tile);
        let is_near = sight.is_near(middle) && city.queue.has(part.tile) == Some(Detail::Full);
        let is_seen = match part.when {
            When::Always => true,
            When::Far => !is_near && !sight.is_furthest(middle),
            When::Furthest => !is_near && sight.is_furthest(middle) && !sight.is_beyond(middle),
            When::Beyond => sight.is_beyond(middle),
            When::Near(metres) => is_near && sight.away(middle) < metres * detail,
        };
        visibility.set_if_neq(if is_seen { Visibility::Inherited } else { Visibility::Hidden });
        // Where no pattern can be seen the shader without them draws the same, quicker.
        if let Some(mut look) = look.filter(|look| look.0 != looks.edges) {
            let wanted = if has_patterns && sight.has_patterns(middle) { &looks.buildings } else { &looks.far };
            if look.0 != *wanted {
                look.0 = wanted.clone();
            }
        }
    }
}
