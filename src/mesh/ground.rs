//! Everything that lies flat: green, water, roads, rails, plan areas and pipes, one above the other in small steps.

use super::ribbon::{self, Brush, Round};
use super::rings::clean;
use super::simple::{self, simple};
use super::triangles::{Cut, cut};
use super::{Detail, Faults, MOST_CORNERS, MOST_IN_TILE, SIDE, Shape, TileMeshes, quantised};
use crate::geo::ring_area2;
use crate::home::{NetKind, NetStatus};
use crate::palette::Surface;
use crate::tile::{GreenClass, Pipe, PlanArea, Point, Polygon, RailClass, Ring, RoadClass, Tile, WaterClass};

/// A step between two layers, centimetres: what the depth buffer can still tell apart with a whole town on screen.
const STEP_CM: u16 = 8;
/// Dashes of what is planned, metres on and off.
const PLANNED: [f64; 2] = [14.0, 9.0];
/// What the two edges of a road add to its width, metres.
const ROAD_EDGE_M: f32 = 1.2;

/// Of the far ground, where a pixel is four metres or more: corners of an area closer to the line past them than these, units, are
/// left out, and those of a line closer than this; areas and islands of less than a pixel too, square units twice.
const FAR_CORNERS: &[f64] = &[38.0, 24.0, 14.0];
const FAR_BEND: f64 = 24.0;
const LEAST_AREA2: i64 = 2 * 1_451;

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

/// The two grounds of a tile, and what was wrong.
struct Ground<'a> {
    /// Nothing where none is wanted.
    near: Option<&'a mut Shape>,
    far: &'a mut Shape,
    faults: &'a mut Faults,
}

/// Adds everything on the ground to the meshes.
#[inline(never)]
pub fn add(tile: &Tile, detail: Detail, meshes: &mut TileMeshes) {
    let TileMeshes { ground, far_ground: far, faults, .. } = meshes;
    let mut ground = Ground { near: (detail >= Detail::Far).then_some(ground), far, faults };
    for plan in &tile.plangebied {
        ground.add_plan(plan);
    }
    for area in &tile.groen {
        ground.add_area(&area.polygon, layer_of(area.class), look(Surface::of_green(area.class), 255));
    }
    for area in &tile.water {
        if ground.add_area(&area.polygon, Layer::Water, look(Surface::Water, 255))
            && area.class != WaterClass::Ditch
            && let Some(near) = &mut ground.near
        {
            add_border(near, &area.polygon, brush(Layer::WaterEdge, 1.2, Surface::WaterEdge), None);
        }
    }
    for path in &tile.weg {
        ground.add_road(path.class, &path.line);
    }
    for path in &tile.spoor {
        let (width_m, layer) = match path.class {
            RailClass::Rail => (2.6, Layer::Rail),
            RailClass::Tram => (1.6, Layer::RoadWide),
        };
        ground.add_line(&path.line, brush(layer, width_m, Surface::of_rail(path.class)));
    }
    for pipe in &tile.warmtenet {
        ground.add_pipe(pipe);
    }
}

impl Ground<'_> {
    /// Whether lines or rings can be drawn; counted where they are more than can be.
    fn fits<'a>(&mut self, lines: impl IntoIterator<Item = &'a Vec<Point>>) -> bool {
        let corners: usize = lines.into_iter().map(Vec::len).sum();
        let has_room = |shape: &Shape| shape.vertices.len() < MOST_IN_TILE;
        let fits = corners <= MOST_CORNERS && has_room(self.far) && self.near.as_deref().is_none_or(has_room);
        self.faults.skipped += u32::from(!fits);
        fits
    }

    /// Adds an area; whether it could be drawn.
    fn add_area(&mut self, polygon: &Polygon, layer: Layer, look: u16) -> bool {
        let Some(cut) = self.fits(polygon).then(|| cut(polygon, self.faults)).flatten() else { return false };
        if let Some(near) = &mut self.near {
            add_cut(near, &cut, layer, look);
        }
        let is_seen = |ring: &&Ring| ring_area2(ring).abs() >= LEAST_AREA2;
        if cut.rings.first().is_some_and(|outer| is_seen(&outer)) {
            let seen: Vec<&Ring> = cut.rings.iter().filter(is_seen).collect();
            let fewer = simple(&cut, &seen, FAR_CORNERS);
            add_cut(self.far, fewer.as_ref().unwrap_or(&cut), layer, look);
        }
        true
    }

    fn add_line(&mut self, line: &Vec<Point>, brush: Brush) {
        if self.fits([line]) {
            if let Some(near) = &mut self.near {
                ribbon::line(near, line, brush);
            }
            self.add_far_line(line, brush);
        }
    }

    fn add_far_line(&mut self, line: &[Point], brush: Brush) {
        ribbon::line(self.far, &simple::line(line, FAR_BEND), Brush { round: Round::Nothing, ..brush });
    }

    fn add_road(&mut self, class: RoadClass, line: &Vec<Point>) {
        let surface = Surface::of_road(class);
        let layer = match surface {
            Surface::RoadWide => Layer::RoadWide,
            Surface::Path => Layer::Path,
            _ => Layer::Road,
        };
        if !self.fits([line]) {
            return;
        }
        let is_path = matches!(layer, Layer::Path);
        let with_edge_m = class.width_m() + ROAD_EDGE_M;
        if let Some(near) = &mut self.near {
            if !is_path {
                ribbon::line(near, line, brush(Layer::RoadEdge, with_edge_m, Surface::RoadEdge));
            }
            ribbon::line(near, line, brush(layer, class.width_m(), surface));
        }
        // From very far its edges are of it, or it would be too narrow to be a line; a path is.
        if !is_path {
            self.add_far_line(line, brush(layer, with_edge_m, surface));
        }
    }

    fn add_plan(&mut self, plan: &PlanArea) {
        if !self.add_area(&plan.polygon, Layer::Plan, look(Surface::PlanArea, 22)) {
            return;
        }
        let border = brush(Layer::PlanBorder, 3.0, Surface::PlanArea);
        for shape in self.near.iter_mut().chain([&mut self.far]) {
            add_border(shape, &plan.polygon, border, Some(PLANNED));
        }
    }

    fn add_pipe(&mut self, pipe: &Pipe) {
        if !self.fits([&pipe.line]) {
            return;
        }
        let surface = match pipe.kind {
            Some(NetKind::Mt) => Surface::PipeMt,
            Some(NetKind::Lt) => Surface::PipeLt,
            Some(NetKind::Zlt) => Surface::PipeZlt,
            None => Surface::PipePlanned,
        };
        // A light edge, so that a pipe is seen on any ground.
        let edge = brush(Layer::PipeEdge, 6.0, Surface::PipeEdge);
        let pipe_itself = brush(Layer::Pipe, 3.6, surface);
        let line = simple::line(&pipe.line, FAR_BEND);
        let flat = |brush: Brush| Brush { round: Round::Nothing, ..brush };
        let far = (&mut *self.far, &line, flat(edge), flat(pipe_itself));
        let near = self.near.as_deref_mut().map(|near| (near, &pipe.line, edge, pipe_itself));
        for (shape, line, edge, brush) in near.into_iter().chain([far]) {
            ribbon::line(shape, line, edge);
            match pipe.status {
                NetStatus::Beschikbaar => ribbon::line(shape, line, brush),
                NetStatus::Gepland | NetStatus::Onderzoek | NetStatus::Geen => {
                    ribbon::dashes(shape, line, brush, PLANNED);
                }
            }
        }
    }
}

fn add_cut(shape: &mut Shape, cut: &Cut, layer: Layer, look: u16) {
    let base = shape.vertices.len() as u32;
    shape.vertices.extend(cut.points.iter().map(|&p| {
        let [x, y] = quantised(p);
        [x, y, level(layer), look]
    }));
    shape.indices.extend(cut.triangles.iter().map(|i| base + i));
}

const fn level(layer: Layer) -> u16 {
    layer as u16 * STEP_CM
}

const fn brush(layer: Layer, width_m: f32, surface: Surface) -> Brush {
    Brush { width_m, level_cm: level(layer), look: look(surface, 255), round: Round::Ends }
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

/// Draws the rings of an area that was cut at the tile's edge, without the cuts.
fn add_border(shape: &mut Shape, polygon: &Polygon, brush: Brush, dashes: Option<[f64; 2]>) {
    for ring in polygon {
        for line in uncut(&clean(ring)) {
            match dashes {
                Some(dashes) => ribbon::dashes(shape, &line, brush, dashes),
                None => ribbon::line(shape, &line, Brush { round: Round::Joints, ..brush }),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::UNIT;
    use crate::mesh::{tile_meshes, tile_meshes_at};
    use crate::tile::{Area, Decision, Path};

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

    fn surfaces(shape: &Shape) -> Vec<u16> {
        let mut all: Vec<u16> = shape.vertices.iter().map(|v| v[3] & 255).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    #[test]
    fn from_furthest_a_road_is_one_stretch_as_wide_as_with_its_edges_and_a_path_is_not_seen() {
        let way = |class, line| Path { class, name: String::new(), line };
        let bends = vec![[0, 500], [1000, 510], [2000, 500], [4000, 500]];
        let tile = Tile {
            weg: vec![way(RoadClass::Street, bends.clone()), way(RoadClass::Foot, vec![[0, 900], [4000, 900]])],
            ..Tile::default()
        };
        let meshes = tile_meshes(&tile, 0);
        assert_eq!(surfaces(&meshes.far_ground), [Surface::Road as u16]);
        assert_eq!(meshes.far_ground.indices.len(), 6);
        let width = |shape: &Shape| {
            let south = || shape.vertices.iter().map(|v| v[1]);
            south().max().unwrap_or_default() - south().min().unwrap_or_default()
        };
        let with_edges = (f64::from(RoadClass::Street.width_m() + ROAD_EDGE_M) / UNIT).round() as u16;
        assert!(width(&meshes.far_ground).abs_diff(with_edges) <= 2);
        let near = surfaces(&meshes.ground);
        assert!(near.contains(&(Surface::Path as u16)) && near.contains(&(Surface::RoadEdge as u16)));
    }

    #[test]
    fn from_furthest_a_lake_has_its_island_and_no_shore_and_what_is_less_than_a_pixel_is_left_out() {
        let pond = vec![vec![[3000, 100], [3030, 100], [3030, 130], [3000, 130]]];
        let water = |polygon| Area { class: WaterClass::Canal, polygon };
        let tile = Tile { water: vec![water(lake()), water(pond)], ..Tile::default() };
        let meshes = tile_meshes(&tile, 0);
        assert_eq!(surfaces(&meshes.far_ground), [Surface::Water as u16]);
        assert_eq!(meshes.far_ground.vertices.len(), 8);
        assert!(surfaces(&meshes.ground).contains(&(Surface::WaterEdge as u16)));
    }

    #[test]
    fn plans_and_pipes_are_seen_from_furthest_too() {
        let plan = PlanArea {
            name: String::new(),
            kind: None,
            status: NetStatus::Gepland,
            start: None,
            gas_ends: None,
            technique: None,
            stage: None,
            end: None,
            decision: Decision::default(),
            uncertain: String::new(),
            uncertain_en: String::new(),
            source: String::new(),
            polygon: vec![lake()[0].clone()],
        };
        let pipe = |status, line| Pipe { kind: Some(NetKind::Mt), status, start: None, name: String::new(), line };
        let tile = Tile {
            plangebied: vec![plan],
            warmtenet: vec![
                pipe(NetStatus::Gepland, vec![[0, 600], [4000, 600]]),
                pipe(NetStatus::Beschikbaar, vec![[0, 700], [4000, 700]]),
            ],
            ..Tile::default()
        };
        let meshes = tile_meshes(&tile, 0);
        assert_eq!(surfaces(&meshes.far_ground), surfaces(&meshes.ground));
        assert!(surfaces(&meshes.far_ground).contains(&(Surface::PipeMt as u16)));
    }

    #[test]
    fn of_a_tile_that_is_wanted_from_furthest_only_that_ground_is_made_and_faults_are_counted_once() {
        let spike = vec![vec![[0, 0], [900, 0], [0, 900], [900, 900]]];
        let water = |polygon| Area { class: WaterClass::Canal, polygon };
        let tile = Tile { water: vec![water(lake()), water(spike), water(vec![vec![[0, 0]; 4]])], ..Tile::default() };
        let [whole, furthest] = [Detail::Full, Detail::Furthest].map(|detail| tile_meshes_at(&tile, 0, detail));
        assert!(furthest.ground.indices.is_empty() && !whole.ground.indices.is_empty());
        assert_eq!(furthest.far_ground, whole.far_ground);
        assert_eq!(furthest.faults, whole.faults);
        assert_eq!(whole.faults, Faults { hulls: 1, skipped: 1 });
    }
}
