//! The borders of the neighbourhoods, as coarse as a map of the town can show them.

use gasvrij3d::figures::{Border, Borders};
use gasvrij3d::geo::Rd;

use crate::model::Town;

/// A border point may be left out where the line then moves less than this, metres: a line on the map is wider.
const TOLERANCE: f64 = 2.5;

/// Of every neighbourhood that has a name and an area.
pub fn borders(town: &Town) -> Borders {
    let drawn = town.neighbourhoods.iter().filter(|n| !n.name.is_empty() && !n.area.is_empty());
    let mut buurten: Vec<Border> = drawn
        .map(|n| Border {
            code: n.code.clone(),
            naam: n.name.clone(),
            ringen: n.area.iter().flatten().map(|ring| coarse(ring)).filter(|ring| ring.len() > 2).collect(),
        })
        .collect();
    buurten.sort_by(|a, b| (&a.code, &a.naam).cmp(&(&b.code, &b.naam)));
    Borders { buurten }
}

/// A ring with the points that matter, whole metres. Two neighbours share their border, so it begins at a point that
/// both would begin at: the most western, then southern one.
fn coarse(ring: &[Rd]) -> Vec<[i32; 2]> {
    let mut points = ring.to_vec();
    if points.first() == points.last() {
        points.pop();
    }
    let by = |a: &Rd, b: &Rd| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1]));
    let Some(start) = (0..points.len()).min_by(|&a, &b| by(&points[a], &points[b])) else { return Vec::new() };
    points.rotate_left(start);
    let first = points[0];
    let far = |p: &Rd| (p[0] - first[0]).hypot(p[1] - first[1]);
    let across = (0..points.len()).max_by(|&a, &b| far(&points[a]).total_cmp(&far(&points[b]))).unwrap_or(0);
    points.push(first);
    let mut keep = vec![false; points.len()];
    (keep[0], keep[across]) = (true, true);
    thin(&points, 0, across, &mut keep);
    thin(&points, across, points.len() - 1, &mut keep);
    let kept = points.iter().zip(&keep).filter(|(_, keep)| **keep);
    let mut whole: Vec<[i32; 2]> = kept.map(|(p, _)| p.map(|v| v.round() as i32)).collect();
    whole.dedup();
    whole
}

/// Keeps of a stretch the points that lie further than the tolerance from the line without them (Douglas and Peucker).
fn thin(points: &[Rd], first: usize, last: usize, keep: &mut [bool]) {
    let mut stretches = vec![(first, last)];
    while let Some((first, last)) = stretches.pop() {
        let off = |i: &usize| beside(points[*i], points[first], points[last]);
        let Some(furthest) = (first + 1..last).max_by(|a, b| off(a).total_cmp(&off(b))) else { continue };
        if off(&furthest) > TOLERANCE {
            keep[furthest] = true;
            stretches.extend([(first, furthest), (furthest, last)]);
        }
    }
}

/// How far a place is from a stretch.
fn beside(p: Rd, a: Rd, b: Rd) -> f64 {
    let (along, to) = ([b[0] - a[0], b[1] - a[1]], [p[0] - a[0], p[1] - a[1]]);
    let length2 = along[0] * along[0] + along[1] * along[1];
    let part = if length2 > 0.0 { ((to[0] * along[0] + to[1] * along[1]) / length2).clamp(0.0, 1.0) } else { 0.0 };
    (to[0] - along[0] * part).hypot(to[1] - along[1] * part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Neighbourhood;

    #[test]
    fn a_border_keeps_its_corners_and_loses_what_nobody_sees() {
        let ring = vec![[0.0, 0.0], [50.0, 0.4], [100.0, 0.0], [100.0, 100.0], [50.0, 140.0], [0.0, 100.0], [0.0, 0.0]];
        let town = Town {
            neighbourhoods: vec![
                Neighbourhood { code: "BU2".into(), name: "Noord".into(), area: vec![vec![ring.clone()]] },
                Neighbourhood { code: "BU1".into(), name: "Zuid".into(), area: vec![vec![ring]] },
                Neighbourhood { code: "BU3".into(), name: "Zonder vlak".into(), area: vec![] },
            ],
            ..Town::default()
        };
        let told = borders(&town).buurten;
        assert_eq!(told.iter().map(|b| b.naam.as_str()).collect::<Vec<_>>(), ["Zuid", "Noord"]);
        assert_eq!(told[0].ringen, [vec![[0, 0], [100, 0], [100, 100], [50, 140], [0, 100]]]);
    }

    #[test]
    fn rings_that_are_none_are_left_out() {
        assert!(coarse(&[]).is_empty());
        assert!(coarse(&[[1.0, 1.0], [1.0, 1.0]]).len() < 3);
    }
}
