//! Which pand the pointer is on: a ray against the prisms of a tile, without any help of the graphics card.

use crate::geo::UNIT;
use crate::mesh::{Footprints, OFFSET};

/// Cells along a side of the grid over the panden of a tile.
const CELLS: usize = 32;
/// More panden than this over one cell are not looked at: there are no such towns, and the pointer must not wait for them.
const MOST_IN_CELL: usize = 1_000;
/// More than any ray can cross.
const MOST_STEPS: usize = 4 * CELLS;

/// A ray in the frame of a tile, metres from its north-west corner: east, south, up. The direction need not have
/// length 1; distances count in its lengths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ray {
    /// Where it begins.
    pub origin: [f64; 3],
    /// Where it goes.
    pub direction: [f64; 3],
}

/// What a ray hits first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The pand: its place in the tile.
    pub pand: u32,
    /// How far along the ray.
    pub distance: f64,
}

/// The panden of a tile, sorted into a grid.
#[derive(Clone, Debug, Default)]
pub struct Picker {
    footprints: Footprints,
    /// `[min x, min y, max x, max y]` of the panden, vertex units.
    bounds: [f64; 4],
    /// The highest roof, metres.
    top: f64,
    cells: Vec<Vec<u32>>,
}

impl Picker {
    /// A picker for these panden.
    pub fn new(footprints: Footprints) -> Self {
        let boxes: Vec<Option<[f64; 4]>> = (0..footprints.len()).map(|i| bounds_of(&footprints, i)).collect();
        let bounds = boxes.iter().flatten().copied().reduce(around).unwrap_or_default();
        let top = footprints.heights_dm.iter().copied().max().map_or(0.0, metres);
        let mut picker = Self { footprints, bounds, top, cells: vec![Vec::new(); CELLS * CELLS] };
        for (i, b) in boxes.into_iter().enumerate() {
            let Some([min_x, min_y, max_x, max_y]) = b else { continue };
            let [first_col, first_row] = picker.cell(min_x, min_y);
            let [last_col, last_row] = picker.cell(max_x, max_y);
            for row in first_row..=last_row {
                for cell in &mut picker.cells[row * CELLS + first_col..=row * CELLS + last_col] {
                    if cell.len() < MOST_IN_CELL {
                        cell.push(i as u32);
                    }
                }
            }
        }
        picker
    }

    /// The panden.
    pub fn footprints(&self) -> &Footprints {
        &self.footprints
    }

    /// The pand that the ray meets first.
    pub fn hit(&self, ray: &Ray) -> Option<Hit> {
        let (origin, direction) = in_vertex_units(ray);
        let (from, to) = self.span(origin, direction)?;
        let at = |t: f64| [origin[0] + direction[0] * t, origin[1] + direction[1] * t];
        let mut best: Option<Hit> = None;
        // Cell by cell along the ray; the first cell with a hit before its end holds the answer.
        let [start, end] = [at(from), at(to)];
        let cell_size = self.cell_size();
        let crossed = (0..2).map(|k| ((end[k] - start[k]) / cell_size[k]).abs()).fold(0.0, f64::max);
        let steps = ((crossed.ceil() as usize) * 2 + 1).min(MOST_STEPS);
        let mut last = [usize::MAX; 4];
        for step in 0..steps {
            let [a, b] = [step, step + 1].map(|s| from + (to - from) * s as f64 / steps as f64);
            if best.is_some_and(|hit| hit.distance < a) {
                break;
            }
            let [p, q] = [at(a), at(b)];
            let [c0, r0] = self.cell(p[0].min(q[0]), p[1].min(q[1]));
            let [c1, r1] = self.cell(p[0].max(q[0]), p[1].max(q[1]));
            if last == [c0, r0, c1, r1] {
                continue;
            }
            last = [c0, r0, c1, r1];
            for row in r0..=r1 {
                for &pand in (c0..=c1).flat_map(|col| &self.cells[row * CELLS + col]) {
                    let Some(distance) = self.prism(pand as usize, origin, direction, to) else { continue };
                    if best.is_none_or(|hit| distance < hit.distance) {
                        best = Some(Hit { pand, distance });
                    }
                }
            }
        }
        best
    }

    /// From where to where the ray is between the ground and the highest roof, over the panden of this tile.
    fn span(&self, origin: [f64; 3], direction: [f64; 3]) -> Option<(f64, f64)> {
        if self.footprints.is_empty() || !origin.iter().chain(&direction).all(|v| v.is_finite()) {
            return None;
        }
        let low = [self.bounds[0], self.bounds[1], 0.0];
        let high = [self.bounds[2], self.bounds[3], self.top];
        let (mut from, mut to) = (0.0_f64, f64::INFINITY);
        for k in 0..3 {
            if direction[k].abs() < 1e-12 {
                if origin[k] < low[k] || origin[k] > high[k] {
                    return None;
                }
                continue;
            }
            let [a, b] = [low[k], high[k]].map(|v| (v - origin[k]) / direction[k]);
            from = from.max(a.min(b));
            to = to.min(a.max(b));
        }
        (from <= to && to.is_finite()).then_some((from, to))
    }

    /// Where the ray enters the prism of a pand, if it does before `until`.
    fn prism(&self, pand: usize, origin: [f64; 3], direction: [f64; 3], until: f64) -> Option<f64> {
        let height = metres(*self.footprints.heights_dm.get(pand)?);
        let mut nearest = f64::INFINITY;
        if direction[2] < 0.0 {
            let t = (height - origin[2]) / direction[2];
            let [x, y] = [origin[0] + direction[0] * t, origin[1] + direction[1] * t];
            if t >= 0.0 && self.inside(pand, x, y) {
                nearest = t;
            }
        }
        for ring in self.footprints.rings(pand) {
            for (i, a) in ring.iter().enumerate() {
                let t = wall(a.map(f64::from), ring[(i + 1) % ring.len()].map(f64::from), origin, direction);
                if let Some(t) = t.filter(|&t| t < nearest) {
                    let z = origin[2] + direction[2] * t;
                    if (0.0..=height).contains(&z) {
                        nearest = t;
                    }
                }
            }
        }
        (nearest <= until + 1e-6).then_some(nearest)
    }

    /// Whether a point lies in the pand: inside an odd number of its rings, so that courtyards are outside.
    fn inside(&self, pand: usize, x: f64, y: f64) -> bool {
        let mut odd = false;
        for ring in self.footprints.rings(pand) {
            for (i, a) in ring.iter().enumerate() {
                let [ax, ay] = a.map(f64::from);
                let [bx, by] = ring[(i + 1) % ring.len()].map(f64::from);
                if (ay > y) != (by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax) {
                    odd = !odd;
                }
            }
        }
        odd
    }

    fn cell_size(&self) -> [f64; 2] {
        [0, 1].map(|k| ((self.bounds[k + 2] - self.bounds[k]) / CELLS as f64).max(1e-9))
    }

    fn cell(&self, x: f64, y: f64) -> [usize; 2] {
        let size = self.cell_size();
        [x - self.bounds[0], y - self.bounds[1]]
            .into_iter()
            .zip(size)
            .map(|(d, size)| ((d / size).max(0.0) as usize).min(CELLS - 1))
            .collect::<Vec<_>>()
            .try_into()
            .unwrap_or_default()
    }
}

fn metres(decimetres: u16) -> f64 {
    f64::from(decimetres) / 10.0
}

/// The ray with its ground plane in vertex units, its height in metres.
fn in_vertex_units(ray: &Ray) -> ([f64; 3], [f64; 3]) {
    let [x, y, z] = ray.origin;
    let [dx, dy, dz] = ray.direction;
    let offset = f64::from(OFFSET);
    ([x / UNIT + offset, y / UNIT + offset, z], [dx / UNIT, dy / UNIT, dz])
}

fn bounds_of(footprints: &Footprints, pand: usize) -> Option<[f64; 4]> {
    footprints.rings(pand).flatten().map(|p| p.map(f64::from)).map(|[x, y]| [x, y, x, y]).reduce(around)
}

fn around(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// How far along the ray it crosses the upright plane between two corners.
fn wall(a: [f64; 2], b: [f64; 2], origin: [f64; 3], direction: [f64; 3]) -> Option<f64> {
    let along = [b[0] - a[0], b[1] - a[1]];
    let cross = direction[0] * along[1] - direction[1] * along[0];
    if cross.abs() < 1e-12 {
        return None;
    }
    let to_a = [a[0] - origin[0], a[1] - origin[1]];
    let t = (to_a[0] * along[1] - to_a[1] * along[0]) / cross;
    let s = (to_a[0] * direction[1] - to_a[1] * direction[0]) / cross;
    (t >= 0.0 && (0.0..=1.0).contains(&s)).then_some(t)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::mesh::FootprintsBuilder;
    use crate::tile::Ring;

    fn block(x: i32, y: i32, side: i32) -> Ring {
        vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side]]
    }

    fn street() -> Picker {
        let mut panden = FootprintsBuilder::default();
        panden.push(&[block(0, 0, 100)], 100, 100);
        panden.push(&[block(200, 0, 100), vec![[230, 30], [230, 70], [270, 70], [270, 30]]], 300, 300);
        panden.push(&[block(400, 0, 100), block(600, 0, 100)], 60, 60);
        Picker::new(panden.finish())
    }

    fn from_above(x: i32, y: i32) -> Ray {
        Ray { origin: [f64::from(x) * UNIT, f64::from(y) * UNIT, 500.0], direction: [0.0, 0.0, -1.0] }
    }

    #[test]
    fn straight_from_above_the_roof_is_hit() {
        let hit = street().hit(&from_above(50, 50)).unwrap();
        assert_eq!(hit.pand, 0);
        assert!((hit.distance - 490.0).abs() < 1e-9);
    }

    #[test]
    fn a_courtyard_and_the_street_are_no_building() {
        assert_eq!(street().hit(&from_above(250, 50)), None);
        assert_eq!(street().hit(&from_above(150, 50)), None);
        assert_eq!(street().hit(&from_above(50, 5000)), None);
    }

    #[test]
    fn both_parts_of_a_pand_in_two_parts_are_that_pand() {
        assert_eq!(street().hit(&from_above(450, 50)).unwrap().pand, 2);
        assert_eq!(street().hit(&from_above(650, 50)).unwrap().pand, 2);
    }

    #[test]
    fn a_wall_in_front_hides_the_house_behind_it() {
        let look = |height: f64| Ray { origin: [-50.0, 50.0 * UNIT, height], direction: [1.0, 0.0, 0.0] };
        assert_eq!(street().hit(&look(5.0)).unwrap().pand, 0);
        assert_eq!(street().hit(&look(20.0)).unwrap().pand, 1);
        assert_eq!(street().hit(&look(40.0)), None);
    }

    #[test]
    fn an_empty_tile_and_a_ray_of_nonsense_hit_nothing() {
        assert_eq!(Picker::new(Footprints::default()).hit(&from_above(0, 0)), None);
        let nonsense = Ray { origin: [f64::NAN; 3], direction: [0.0; 3] };
        assert_eq!(street().hit(&nonsense), None);
    }

    proptest! {
        /// The grid must only make it quicker: one by one over all panden gives the same answer.
        #[test]
        fn the_grid_finds_what_a_search_through_all_panden_finds(
            corners in prop::collection::vec((0..4096_i32, 0..4096_i32, 5..400_i32, 10..900_u16), 1..60),
            origin in [-400.0..1200.0_f64, -400.0..1200.0_f64, 1.0..600.0_f64],
            towards in [0.0..430.0_f64, 0.0..430.0_f64],
        ) {
            let mut panden = FootprintsBuilder::default();
            for &(x, y, side, height) in &corners {
                panden.push(&[block(x, y, side)], height, height);
            }
            let picker = Picker::new(panden.finish());
            let ray = Ray { origin, direction: [towards[0] - origin[0], towards[1] - origin[1], -origin[2]] };
            let (o, d) = in_vertex_units(&ray);
            let all = (0..corners.len()).filter_map(|i| picker.prism(i, o, d, 1.0)).reduce(f64::min);
            let found = picker.hit(&ray).map(|hit| hit.distance);
            match (all, found) {
                (Some(a), Some(b)) => prop_assert!((a - b).abs() < 1e-9, "{a} {b}"),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }
}
