//! What other parts of the page lay over the ground: lines, and areas with a tint. Its frame is the whole town.

use super::ribbon::{self, Brush, Round};
use super::triangles::cut;
use super::{Faults, OFFSET, Shape, quantised};
use crate::geo::UNIT;
use crate::palette::Surface;
use crate::tile::{Point, Polygon};

/// Metres in a unit of this frame: 16 km in all, and no line is so thin that a step would be seen.
pub const STEP: f64 = 0.25;
/// Added to a coordinate so that as much lies before the origin as behind it.
const MIDDLE: i32 = 32_768 - OFFSET;
/// The tint of an area, above all that lies on the ground; and its lines above that. Centimetres.
const TINT_CM: u16 = 156;
const LINE_CM: u16 = 162;
/// How strong the tint of an area is, of 255.
const TINT: u8 = 46;
/// Dashes of what is planned, in widths of the line.
const PLANNED: [f64; 2] = [4.0, 2.5];

/// A place in this frame, from metres to the east and to the south of the origin.
pub fn place([east, south]: [f64; 2]) -> Point {
    [east, south].map(|metres| ((metres / STEP).round() as i32).saturating_add(MIDDLE))
}

/// Where the origin of this frame's vertices lies: metres to the west and to the north of the origin of the town.
pub fn corner() -> f64 {
    f64::from(OFFSET + MIDDLE) * STEP
}

/// Adds a line of that width.
pub fn add_line(shape: &mut Shape, line: &[Point], width_m: f64, surface: Surface, planned: bool) {
    let brush = brush(width_m, surface);
    if planned {
        ribbon::dashes(shape, line, brush, PLANNED.map(|widths| widths * width_m * UNIT / STEP));
    } else {
        ribbon::line(shape, line, brush);
    }
}

/// Adds the border of an area of that width to `lines`, and its tint to `areas`.
pub fn add_area([lines, areas]: [&mut Shape; 2], polygon: &Polygon, width_m: f64, surface: Surface, planned: bool) {
    for ring in polygon {
        let closed: Vec<Point> = ring.iter().chain(ring.first()).copied().collect();
        add_line(lines, &closed, width_m, surface, planned);
    }
    let Some(cut) = cut(polygon, &mut Faults::default()) else { return };
    let base = areas.vertices.len() as u32;
    areas.vertices.extend(cut.points.iter().map(|&p| {
        let [x, y] = quantised(p);
        [x, y, TINT_CM, super::ground::look(surface, TINT)]
    }));
    areas.indices.extend(cut.triangles.iter().map(|i| base + i));
}

fn brush(width_m: f64, surface: Surface) -> Brush {
    let width_m = (width_m * UNIT / STEP) as f32;
    Brush { width_m, level_cm: LINE_CM, look: super::ground::look(surface, 255), round: Round::Ends }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Metres to the east and south of the origin, as the card draws a vertex.
    fn seen(v: [u16; 4]) -> [f64; 2] {
        [v[0], v[1]].map(|c| f64::from(c) * STEP - corner())
    }

    #[test]
    fn a_line_lies_where_it_should_and_is_as_wide_as_asked() {
        let mut shape = Shape::default();
        add_line(&mut shape, &[place([-4000.0, 100.0]), place([4000.0, 100.0])], 20.0, Surface::Route, false);
        let places: Vec<[f64; 2]> = shape.vertices.iter().map(|&v| seen(v)).collect();
        let span = |k: usize| places.iter().fold([f64::MAX, f64::MIN], |[l, h], p| [l.min(p[k]), h.max(p[k])]);
        assert!((span(1)[0] - 90.0).abs() <= STEP && (span(1)[1] - 110.0).abs() <= STEP, "{:?}", span(1));
        assert!((span(0)[0] + 4010.0).abs() <= 1.0 && (span(0)[1] - 4010.0).abs() <= 1.0, "{:?}", span(0));
    }

    #[test]
    fn a_planned_line_is_broken() {
        let area = |planned| {
            let mut shape = Shape::default();
            add_line(&mut shape, &[place([0.0, 0.0]), place([1000.0, 0.0])], 4.0, Surface::Route, planned);
            shape.indices.len()
        };
        assert!(area(true) > area(false) * 4);
    }

    #[test]
    fn an_area_has_a_border_and_a_tint_and_its_hole_has_none() {
        let square = |from: f64, to: f64| [[from, from], [to, from], [to, to], [from, to]].map(place).to_vec();
        let (mut lines, mut areas) = (Shape::default(), Shape::default());
        let polygon = vec![square(0.0, 300.0), square(100.0, 200.0)];
        add_area([&mut lines, &mut areas], &polygon, 5.0, Surface::Cluster, false);
        assert!(!lines.indices.is_empty());
        let in_hole = |t: &[u32; 3]| {
            let middle = |k: usize| t.map(|i| seen(areas.vertices[i as usize])[k]).iter().sum::<f64>() / 3.0;
            (101.0..199.0).contains(&middle(0)) && (101.0..199.0).contains(&middle(1))
        };
        assert!(!areas.indices.is_empty() && !areas.indices.as_chunks::<3>().0.iter().any(in_hole));
    }

    #[test]
    fn nonsense_is_drawn_as_nothing_or_at_the_border_and_ends() {
        let (mut lines, mut areas) = (Shape::default(), Shape::default());
        for nonsense in [[f64::NAN, 0.0], [1e300, -1e300]] {
            let polygon = vec![vec![place(nonsense), place([0.0, 0.0]), place([5.0, 5.0])], vec![]];
            add_area([&mut lines, &mut areas], &polygon, 5.0, Surface::Cluster, true);
        }
        assert!(lines.indices.iter().all(|&i| (i as usize) < lines.vertices.len()));
    }
}
