//! Lines as ribbons on the ground, with joints that have no gaps, and dashes.

use super::{Shape, quantised};
use crate::geo::UNIT;
use crate::tile::Point;

/// How a ribbon looks.
#[derive(Clone, Copy, Debug)]
pub struct Brush {
    /// Width, metres.
    pub width_m: f32,
    /// Height above the ground, centimetres.
    pub level_cm: u16,
    /// Surface and strength, as a vertex has them.
    pub look: u16,
    /// What is made round.
    pub round: Round,
}

/// What of a ribbon is made round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Round {
    /// Nothing: from where that is less than a pixel.
    Nothing,
    /// Sharp joints.
    Joints,
    /// The ends too, so that lines that meet look joined.
    Ends,
}

/// Corners of a round end or joint.
const ROUND: usize = 8;
/// Up to about 45° two stretches share their corners; beyond, the joint is made round.
const GENTLE: f64 = 0.7;

/// More dashes than this in one line are not drawn: 100 km of what is planned.
const MOST_DASHES: usize = 5_000;

type Vec2 = [f64; 2];

/// Adds a line. Fewer than two different points add nothing.
pub fn line(shape: &mut Shape, points: &[Point], brush: Brush) {
    let points = distinct(points);
    draw(shape, &points, brush);
}

/// Adds a closed line.
pub fn ring(shape: &mut Shape, points: &[Point], brush: Brush) {
    let mut points = distinct(points);
    if let Some(&first) = points.first() {
        points.push(first);
    }
    draw(shape, &points, Brush { round: Round::Ends, ..brush });
}

/// Adds a dashed line: `on` metres drawn, `off` metres not.
pub fn dashes(shape: &mut Shape, points: &[Point], brush: Brush, [on, off]: [f64; 2]) {
    for dash in cut_up(&distinct(points), on / UNIT, off / UNIT) {
        draw(shape, &dash, Brush { round: brush.round.min(Round::Joints), ..brush });
    }
}

fn distinct(points: &[Point]) -> Vec<Vec2> {
    super::rings::clean_line(points).into_iter().map(|p| p.map(f64::from)).collect()
}

fn cut_up(points: &[Vec2], on: f64, off: f64) -> Vec<Vec<Vec2>> {
    let mut out = Vec::new();
    let mut dash: Vec<Vec2> = points.first().copied().into_iter().collect();
    let (mut drawing, mut left) = (true, on);
    for (a, b) in points.iter().zip(points.iter().skip(1)) {
        let (direction, length) = direction(*a, *b);
        let mut done = 0.0;
        while length - done > left {
            done += left;
            let here = [a[0] + direction[0] * done, a[1] + direction[1] * done];
            if drawing {
                dash.push(here);
                out.push(std::mem::take(&mut dash));
                if out.len() == MOST_DASHES {
                    return out;
                }
            } else {
                dash = vec![here];
            }
            drawing = !drawing;
            left = if drawing { on } else { off };
        }
        left -= length - done;
        if drawing {
            dash.push(*b);
        }
    }
    if dash.len() > 1 {
        out.push(dash);
    }
    out
}

fn direction(a: Vec2, b: Vec2) -> (Vec2, f64) {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length = dx.hypot(dy).max(f64::MIN_POSITIVE);
    ([dx / length, dy / length], length)
}

#[inline(never)]
fn draw(shape: &mut Shape, points: &[Vec2], brush: Brush) {
    let (Some(&first), Some(&last)) = (points.first(), points.last()) else { return };
    if points.len() < 2 {
        return;
    }
    let half = f64::from(brush.width_m) * 0.5 / UNIT;
    let mut previous: Option<[u32; 2]> = None;
    let directions: Vec<Vec2> = points.iter().zip(points.iter().skip(1)).map(|(a, b)| direction(*a, *b).0).collect();
    for (i, &p) in points.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| directions.get(i)).copied();
        let after = directions.get(i).copied();
        let (Some(into), Some(out)) = (before.or(after), after.or(before)) else { return };
        let cosine = into[0] * out[0] + into[1] * out[1];
        if cosine >= GENTLE {
            let across = [-(into[1] + out[1]), into[0] + out[0]];
            // Along the middle of the bend; longer there, so that the ribbon keeps its width.
            let reach = half * 2.0 / (across[0] * across[0] + across[1] * across[1]).max(1e-9);
            let here = pair(shape, p, [across[0] * reach, across[1] * reach], brush);
            if let Some(from) = previous {
                stretch(shape, from, here);
            }
            previous = Some(here);
        } else {
            let here = pair(shape, p, [-into[1] * half, into[0] * half], brush);
            if let Some(from) = previous {
                stretch(shape, from, here);
            }
            if brush.round >= Round::Joints {
                round(shape, p, half, brush);
            }
            previous = Some(pair(shape, p, [-out[1] * half, out[0] * half], brush));
        }
    }
    if brush.round == Round::Ends {
        round(shape, first, half, brush);
        round(shape, last, half, brush);
    }
}

fn push(shape: &mut Shape, p: Vec2, brush: Brush) -> u32 {
    let [x, y] = quantised(p.map(|c| c.round() as i32));
    shape.vertices.push([x, y, brush.level_cm, brush.look]);
    shape.vertices.len() as u32 - 1
}

fn pair(shape: &mut Shape, p: Vec2, across: Vec2, brush: Brush) -> [u32; 2] {
    let right = push(shape, [p[0] + across[0], p[1] + across[1]], brush);
    let left = push(shape, [p[0] - across[0], p[1] - across[1]], brush);
    [right, left]
}

fn stretch(shape: &mut Shape, [right, left]: [u32; 2], [next_right, next_left]: [u32; 2]) {
    shape.indices.extend([right, next_right, next_left, right, next_left, left]);
}

fn round(shape: &mut Shape, middle: Vec2, radius: f64, brush: Brush) {
    let base = shape.vertices.len() as u32;
    for i in 0..ROUND {
        let angle = i as f64 * std::f64::consts::TAU / ROUND as f64;
        push(shape, [middle[0] + angle.cos() * radius, middle[1] - angle.sin() * radius], brush);
    }
    shape.indices.extend((1..ROUND as u32 - 1).flat_map(|i| [base, base + i, base + i + 1]));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mesh::rings::turn;

    const STREET: Brush = Brush { width_m: 5.25, level_cm: 10, look: 1, round: Round::Joints };

    fn area_m2(shape: &Shape) -> f64 {
        let at = |i: u32| {
            let v = shape.vertices[i as usize];
            [i32::from(v[0]), i32::from(v[1])]
        };
        let sum: i64 = shape.indices.as_chunks::<3>().0.iter().map(|t| -turn(at(t[0]), at(t[1]), at(t[2]))).sum();
        sum as f64 * 0.5 * UNIT * UNIT
    }

    #[test]
    fn a_straight_street_has_its_width_and_faces_up() {
        let mut shape = Shape::default();
        line(&mut shape, &[[0, 0], [1000, 0]], STREET);
        let length_m = 1000.0 * UNIT;
        assert!((area_m2(&shape) / length_m - 5.25).abs() < 0.2, "{}", area_m2(&shape));
    }

    #[test]
    fn a_gentle_bend_keeps_the_width_and_a_sharp_one_is_rounded() {
        for bend in [[2000, 300], [1000, 1000], [100, 100]] {
            let mut shape = Shape::default();
            line(&mut shape, &[[0, 0], [1000, 0], bend], STREET);
            let length_m = (1000.0 + f64::from(bend[0] - 1000).hypot(f64::from(bend[1]))) * UNIT;
            let area = area_m2(&shape);
            assert!(area > length_m * 5.0 && area < length_m * 5.25 + 40.0, "{bend:?}: {area} for {length_m}");
        }
    }

    #[test]
    fn a_line_of_one_place_is_no_line() {
        let mut shape = Shape::default();
        line(&mut shape, &[[7, 7], [7, 7]], STREET);
        line(&mut shape, &[], STREET);
        dashes(&mut shape, &[[7, 7]], STREET, [10.0, 5.0]);
        assert_eq!(shape, Shape::default());
    }

    #[test]
    fn dashes_are_as_long_as_asked_also_round_a_corner() {
        let mut shape = Shape::default();
        let pipe = [[0, 0], [1000, 0], [1000, 1000]];
        dashes(&mut shape, &pipe, STREET, [10.5, 10.5]);
        let drawn = area_m2(&shape) / 5.25;
        assert!((drawn - 2000.0 * UNIT / 2.0).abs() < 16.0, "{drawn}");
    }

    #[test]
    fn a_road_to_infinity_stays_on_the_map() {
        let mut shape = Shape::default();
        line(&mut shape, &[[i32::MIN, 0], [i32::MAX, i32::MAX], [0, 0]], STREET);
        dashes(&mut shape, &[[i32::MIN, 0], [i32::MAX, i32::MAX]], STREET, [10.0, 5.0]);
        assert!(shape.indices.iter().all(|&i| (i as usize) < shape.vertices.len()));
    }
}
