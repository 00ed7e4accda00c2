//! Everything that lies flat: green, water, roads, rails, plan areas and pipes, one above the other in small steps.

use super::ribbon::{self, Brush};
use super::rings::clean;
use super::triangles::cut;
use super::{Faults, MOST_CORNERS, MOST_IN_TILE, SIDE, Shape, TileMeshes, quantised};
use crate::home::{NetKind, NetStatus};
use crate::palette::Surface;
use crate::tile::{GreenClass, Pipe, PlanArea, Point, Polygon, RailClass, RoadClass, Tile, WaterClass};

/// A step between two layers, centimetres: what the depth buffer can still tell apart with a whole town on screen.
const STEP_CM: u16 = 8;
/// Dashes of what is planned, metres on and off.
const PLANNED: [f64; 2] = [14.0, 9.0];

/// Layers from below to above. Named for what they hold.
#[derive(Clone, Copy)]
enum Layer {
    Plan = 1,
    Field,
    Grass,
    Park,
    Wood,
    Inset,
    Pitch,
    Paved,
    Water,
    WaterEdge,
    Quay,
    Path,
    Rail,
    RoadEdge,
    Road,
    RoadWide,
    PlanBorder,
    PipeEdge,
    Pipe,
}

/// The look of a vertex: the surface, and how strongly it covers the bare ground (255 is wholly).
pub const fn look(surface: Surface, strength: u8) -> u16 {
    surface as u16 | (strength as u16) << 8
}

/// Adds everything on the ground to the meshes.
#[inline(never)]
pub fn add(tile: &Tile, meshes: &mut TileMeshes) {
    let shape = &mut meshes.ground;
    let faults = &mut meshes.faults;
    for plan in &tile.plangebied {
        if fits(shape, &plan.polygon, faults) {
            add_plan(shape, plan, faults);
        }
    }
    for area in &tile.groen {
        if fits(shape, &area.polygon, faults) {
            let look = look(Surface::of_green(area.class), 255);
            add_area(shape, &area.polygon, layer_of(area.class), look, faults);
        }
    }
    for area in &tile.water {
        if fits(shape, &area.polygon, faults) {
            add_area(shape, &area.polygon, Layer::Water, look(Surface::Water, 255), faults);
            if area.class != WaterClass::Ditch {
                add_border(shape, &area.polygon, brush(Layer::WaterEdge, 1.2, Surface::WaterEdge), None);
            }
        }
    }
    for path in &tile.weg {
        if fits(shape, [&path.line], faults) {
            add_road(shape, path.class, &path.line);
        }
    }
    for path in &tile.spoor {
        let (width_m, layer) = match path.class {
            RailClass::Rail => (2.6, Layer::Rail),
            RailClass::Tram => (1.6, Layer::RoadWide),
        };
        if fits(shape, [&path.line], faults) {
            ribbon::line(shape, &path.line, brush(layer, width_m, Surface::of_rail(path.class)));
        }
    }
    for pipe in &tile.warmtenet {
        if fits(shape, [&pipe.line], faults) {
            add_pipe(shape, pipe);
        }
    }
}

/// Whether lines or rings can be drawn; counted where they are more than can be.
fn fits<'a>(shape: &Shape, lines: impl IntoIterator<Item = &'a Vec<Point>>, faults: &mut Faults) -> bool {
    let corners: usize = lines.into_iter().map(Vec::len).sum();
    let fits = corners <= MOST_CORNERS && shape.vertices.len() < MOST_IN_TILE;
    faults.skipped += u32::from(!fits);
    fits
}

const fn level(layer: Layer) -> u16 {
    layer as u16 * STEP_CM
}

const fn brush(layer: Layer, width_m: f32, surface: Surface) -> Brush {
    Brush { width_m, level_cm: level(layer), look: look(surface, 255), round_ends: true }
}

const fn layer_of(class: GreenClass) -> Layer {
    match class {
        GreenClass::Farmland => Layer::Field,
        GreenClass::Grass | GreenClass::Other | GreenClass::Garden => Layer::Grass,
        GreenClass::Park | GreenClass::Cemetery => Layer::Park,
        GreenClass::Wood => Layer::Wood,
        GreenClass::Sand => Layer::Inset,
        GreenClass::Pitch => Layer::Pitch,
        GreenClass::Paved => Layer::Paved,
        GreenClass::Quay => Layer::Quay,
    }
}

#[inline(never)]
fn add_area(shape: &mut Shape, polygon: &Polygon, layer: Layer, look: u16, faults: &mut Faults) {
    let Some(cut) = cut(polygon, faults) else { return };
    let base = shape.vertices.len() as u32;
    shape.vertices.extend(cut.points.iter().map(|&p| {
        let [x, y] = quantised(p);
        [x, y, level(layer), look]
    }));
    shape.indices.extend(cut.triangles.iter().map(|i| base + i));
}

/// Draws the rings of an area that was cut at the tile's edge, without the cuts.
fn add_border(shape: &mut Shape, polygon: &Polygon, brush: Brush, dashes: Option<[f64; 2]>) {
    for ring in polygon {
        for line in uncut(&clean(ring)) {
            match dashes {
                Some(dashes) => ribbon::dashes(shape, &line, brush, dashes),
                None => ribbon::line(shape, &line, Brush { round_ends: false, ..brush }),
            }
        }
    }
}

/// The stretches of a ring that do not lie on the tile's edge.
fn uncut(ring: &[Point]) -> Vec<Vec<Point>> {
    let on_edge = |a: Point, b: Point| (0..2).any(|k| a[k] == b[k] && (a[k] <= 0 || a[k] >= SIDE));
    let next = |i: usize| ring[(i + 1) % ring.len()];
    // Begin after a cut, so that a stretch across the ring's first point stays whole.
    let start = (0..ring.len()).find(|&i| on_edge(ring[i], next(i))).map_or(0, |i| i + 1);
    let mut out = Vec::new();
    let mut line: Vec<Point> = Vec::new();
    for i in (start..start + ring.len()).map(|i| i % ring.len()) {
        if on_edge(ring[i], next(i)) {
            out.extend(Some(std::mem::take(&mut line)).filter(|l| l.len() > 1));
        } else {
            if line.is_empty() {
                line.push(ring[i]);
            }
            line.push(next(i));
        }
    }
    out.extend(Some(line).filter(|l| l.len() > 1));
    out
}

fn add_road(shape: &mut Shape, class: RoadClass, line: &[Point]) {
    let surface = Surface::of_road(class);
    let layer = match surface {
        Surface::RoadWide => Layer::RoadWide,
        Surface::Path => Layer::Path,
        _ => Layer::Road,
    };
    if !matches!(layer, Layer::Path) {
        ribbon::line(shape, line, brush(Layer::RoadEdge, class.width_m() + 1.2, Surface::RoadEdge));
    }
    ribbon::line(shape, line, brush(layer, class.width_m(), surface));
}

fn add_plan(shape: &mut Shape, plan: &PlanArea, faults: &mut Faults) {
    add_area(shape, &plan.polygon, Layer::Plan, look(Surface::PlanArea, 22), faults);
    add_border(shape, &plan.polygon, brush(Layer::PlanBorder, 3.0, Surface::PlanArea), Some(PLANNED));
}

fn add_pipe(shape: &mut Shape, pipe: &Pipe) {
    let surface = match pipe.kind {
        Some(NetKind::Mt) => Surface::PipeMt,
        Some(NetKind::Lt) => Surface::PipeLt,
        Some(NetKind::Zlt) => Surface::PipeZlt,
        None => Surface::PipePlanned,
    };
    // A light edge, so that a pipe is seen on any ground.
    ribbon::line(shape, &pipe.line, brush(Layer::PipeEdge, 6.0, Surface::PipeEdge));
    let brush = brush(Layer::Pipe, 3.6, surface);
    match pipe.status {
        NetStatus::Beschikbaar => ribbon::line(shape, &pipe.line, brush),
        NetStatus::Gepland | NetStatus::Onderzoek | NetStatus::Geen => {
            ribbon::dashes(shape, &pipe.line, brush, PLANNED);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mesh::tile_meshes;
    use crate::tile::{Area, Path};

    fn lake() -> Polygon {
        vec![
            vec![[0, 0], [4000, 0], [4000, 4000], [0, 4000]],
            vec![[1000, 1000], [1000, 2000], [2000, 2000], [2000, 1000]],
        ]
    }

    #[test]
    fn the_island_in_the_lake_is_not_under_water() {
        let area = Area { class: WaterClass::Ditch, polygon: lake() };
        let ground = tile_meshes(&Tile { water: vec![area], ..Tile::default() }, 0).ground;
        let on_island = |t: &[u32; 3]| {
            let v = t.map(|i| ground.vertices[i as usize]);
            let middle = |k: usize| v.iter().map(|v| i32::from(v[k])).sum::<i32>() / 3 - super::super::OFFSET;
            (1001..1999).contains(&middle(0)) && (1001..1999).contains(&middle(1))
        };
        assert!(!ground.indices.as_chunks::<3>().0.iter().any(on_island));
    }

    #[test]
    fn the_edge_of_a_tile_is_no_shore() {
        let lines = uncut(&lake()[0]);
        assert_eq!(lines, [vec![[4000, 0], [4000, 4000], [0, 4000]]]);
        assert_eq!(uncut(&lake()[1])[0].len(), 5);
        assert!(uncut(&[[0, 0], [SIDE, 0], [SIDE, SIDE], [0, SIDE]]).is_empty());
    }

    #[test]
    fn roads_lie_above_water_and_pipes_above_roads() {
        let tile = Tile {
            water: vec![Area { class: WaterClass::Canal, polygon: lake() }],
            weg: vec![Path { class: RoadClass::Street, name: String::new(), line: vec![[0, 500], [4000, 500]] }],
            warmtenet: vec![Pipe {
                kind: Some(NetKind::Mt),
                status: NetStatus::Gepland,
                start: Some(2030),
                name: String::new(),
                line: vec![[0, 600], [4000, 600]],
            }],
            ..Tile::default()
        };
        let ground = tile_meshes(&tile, 0).ground;
        let top = |surface: Surface| {
            ground.vertices.iter().filter(|v| v[3] & 255 == surface as u16).map(|v| v[2]).max().unwrap_or_default()
        };
        assert!(top(Surface::Water) < top(Surface::RoadEdge));
        assert!(top(Surface::RoadEdge) < top(Surface::Road));
        assert!(top(Surface::Road) < top(Surface::PipeMt));
        assert!(top(Surface::PipeMt) < 170, "the outline of a house must lie above it");
    }
}
