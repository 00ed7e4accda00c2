//! Tiles on screen: from the worker's parcel to pieces of the scene, and which of them are drawn from how far.

use bevy::prelude::*;
use bytemuck::Pod;
use gasvrij3d::geo::UNIT;
use gasvrij3d::mesh::parcel::{Header, Section};
use gasvrij3d::mesh::{Detail, Footprints, OFFSET, Shape};
use gasvrij3d::pick::Picker;
use js_sys::{ArrayBuffer, Uint8Array};

use super::city::{City, Loaded, Shared};
use super::draw::{Frame, Look, Of, Part, Ready, SharedScene};
use super::{loader, names, screen, wake};
use crate::sight::Sight;

/// Sheds are drawn up to this far, metres.
const SHEDS_TO: f64 = 2_600.0;
/// Roof edges are drawn up to this far, metres.
const EDGES_TO: f64 = 1_100.0;
/// So long tiles may be made ready for a frame, milliseconds: one of a movement, and one that is not drawn; the others wait for the
/// next. One that is drawn while nothing moves makes none ready, where the one before was not drawn.
const MOVING_MS: f64 = 8.0;
const HELD_MS: f64 = 12.0;

/// A tile that has come from a worker.
pub struct Arrived {
    /// The place of the tile.
    pub place: usize,
    shapes: Vec<(Part, Shape)>,
}

impl Arrived {
    /// Lets go of what is only seen from nearby; something is left.
    pub fn lets_near_go(&mut self) -> bool {
        self.shapes.retain(|(part, _)| *part < Part::Buildings);
        !self.shapes.is_empty()
    }
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
    let shape = |vertices, ids: Option<Section>, indices, has_faces: bool| {
        let mut shape = Shape {
            vertices: read(header, buffer, vertices)?,
            ids: ids.map_or(Some(Vec::new()), |ids| read(header, buffer, ids))?,
            indices: read(header, buffer, indices)?,
        };
        if ids == Some(Section::BlockIds) {
            shape.ids.iter_mut().for_each(|id| *id += first_block);
        }
        if has_faces && !takes_first_corner {
            shape.indices.as_chunks_mut::<3>().0.iter_mut().for_each(|triangle| triangle.rotate_left(1));
        }
        Some(shape)
    };
    let faces = |vertices, ids, indices| shape(vertices, ids, indices, true);
    let footprints = Footprints {
        points: read(header, buffer, Section::Corners)?,
        rings: read(header, buffer, Section::Rings)?,
        panden: read(header, buffer, Section::Panden)?,
        heights_dm: read(header, buffer, Section::Heights)?,
        eaves_dm: read(header, buffer, Section::Eaves)?,
    };
    let shapes = vec![
        (Part::Ground, faces(Section::GroundVertices, None, Section::GroundIndices)?),
        (Part::FarGround, faces(Section::FarGroundVertices, None, Section::FarGroundIndices)?),
        (Part::Far, faces(Section::FarVertices, Some(Section::FarIds), Section::FarIndices)?),
        (Part::Farthest, faces(Section::FarthestVertices, Some(Section::FarthestIds), Section::FarthestIndices)?),
        (Part::Blocks, faces(Section::BlockVertices, Some(Section::BlockIds), Section::BlockIndices)?),
        (Part::Buildings, faces(Section::BuildingVertices, Some(Section::BuildingIds), Section::BuildingIndices)?),
        (Part::Sheds, faces(Section::ShedVertices, Some(Section::ShedIds), Section::ShedIndices)?),
        (Part::Edges, shape(Section::EdgeVertices, Some(Section::EdgeIds), Section::EdgeIndices, false)?),
    ];
    let arrived = Arrived { place, shapes };
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

/// How the corners of a tile lie in the city.
pub fn frame(city: &City, tile: usize) -> Frame {
    let [west, north] = city.to_city(city.manifest.tiles[tile].id.corner());
    let shift = f64::from(OFFSET) * UNIT;
    Frame { offset: [west - shift, 0.0, north - shift], unit: UNIT }
}

fn show(
    shared: NonSend<Shared>,
    scene: NonSend<SharedScene>,
    ready: Res<Ready>,
    mut came: Local<bool>,
    mut was_held: Local<bool>,
) {
    let (mut city, mut scene) = (shared.borrow_mut(), scene.borrow_mut());
    for (tile, kept) in std::mem::take(&mut city.gone) {
        scene.take_out(
            |of| matches!(of, Of::Tile(place, part) if place == tile && (kept.is_none() || part >= Part::Buildings)),
        );
    }
    let (begin, is_held) = (screen::now_ms(), wake::may_be_held() || !ready.0);
    let most = match (is_held, city.is_at_rest() && *was_held) {
        (true, _) => HELD_MS,
        (false, true) => 0.0,
        (false, false) => MOVING_MS,
    };
    *was_held = is_held;
    let sight = city.sight();
    while screen::now_ms() - begin < most {
        let Some(Arrived { place: tile, shapes }) = city.next_arrived(&sight) else { break };
        let frame = frame(&city, tile);
        for (part, shape) in shapes {
            // What there was of it makes way; how it looks is chosen next.
            scene.put(Of::Tile(tile, part), &shape, &frame, None);
        }
        let is_seen = sight.sees(city.middle(tile));
        *came |= is_seen;
        city.names.more(tile, is_seen);
    }
    if *came && city.is_settled() {
        // The last of those in sight: this frame shows all, and what is written on it is a task of its own.
        (*came, city.names.is_coming) = (false, false);
        names::soon(&shared);
        scene.prepare_stills();
        wake::draw();
        loader::pump_later(&shared);
    }
}

/// Leaves out what is too small to be seen from here.
fn choose_detail(city: NonSend<Shared>, scene: NonSend<SharedScene>) {
    let city = city.borrow();
    let share = city.ease.share();
    let sight = Sight::new(city.view, city.screen(), screen::pixel_ratio() * share.detail);
    scene.borrow_mut().choose(|tile, part| {
        let middle = city.middle(tile);
        let has = city.queue.has(tile);
        let is_near = || sight.is_near(middle) && has == Some(Detail::Full);
        // What is further has fewer shapes; what has come nearer keeps those until the others are there.
        let is_furthest = || sight.is_furthest(middle) || has < Some(Detail::Far);
        let near_to = |metres: f64| is_near() && sight.away(middle) < metres * share.detail;
        // Patterns cost a quarter of a street where the processor draws, and come back at rest. Where none can be seen the look
        // without them draws the same, quicker.
        let panden = || if share.patterns && sight.has_patterns(middle) { Look::Near } else { Look::Far };
        match part {
            Part::Ground => (!is_furthest()).then_some(Look::Ground),
            Part::FarGround => is_furthest().then_some(Look::Ground),
            Part::Far => (!is_near() && !is_furthest()).then_some(Look::Far),
            Part::Farthest => (!is_near() && is_furthest() && !sight.is_beyond(middle)).then_some(Look::Far),
            Part::Blocks => sight.is_beyond(middle).then_some(Look::Far),
            Part::Buildings => near_to(f64::INFINITY).then(panden),
            Part::Sheds => near_to(SHEDS_TO).then(panden),
            Part::Edges => near_to(EDGES_TO).then_some(Look::Edge),
        }
    });
}
