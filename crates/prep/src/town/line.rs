//! Lines on the ground: measured along, offset to both sides, bent with the plan.

use super::geometry::{P, add, along, cross, distance, left, mix, scale, sub, unit};

/// A line of which each point can be found by its distance from the start.
#[derive(Clone, Debug)]
pub struct Line {
    points: Vec<P>,
    reached: Vec<f64>,
}

impl Line {
    /// A line through at least one point.
    pub fn new(points: Vec<P>) -> Self {
        let mut total = 0.0;
        let mut reached = Vec::with_capacity(points.len());
        for (i, &p) in points.iter().enumerate() {
            total += if i == 0 { 0.0 } else { distance(points[i - 1], p) };
            reached.push(total);
        }
        Self { points, reached }
    }

    pub fn points(&self) -> &[P] {
        &self.points
    }

    pub fn length(&self) -> f64 {
        self.reached.last().copied().unwrap_or_default()
    }

    /// The point at this distance from the start, kept to the line.
    pub fn at(&self, s: f64) -> P {
        let i = self.reached.partition_point(|&r| r < s).clamp(1, self.points.len() - 1);
        let step = self.reached[i] - self.reached[i - 1];
        let t = if step > 0.0 { ((s - self.reached[i - 1]) / step).clamp(0.0, 1.0) } else { 0.0 };
        mix(self.points[i - 1], self.points[i], t)
    }

    /// The direction to the left of the line there, smoothed over a house's width.
    pub fn normal(&self, s: f64) -> P {
        unit(left(sub(self.at((s + 6.0).min(self.length())), self.at((s - 6.0).max(0.0)))))
    }
}

/// Points along a straight line, both ends included, at most `step` apart.
pub fn densify(a: P, b: P, step: f64) -> Vec<P> {
    let n = (distance(a, b) / step).ceil().max(1.0) as usize;
    (0..=n).map(|i| mix(a, b, i as f64 / n as f64)).collect()
}

/// A line drawn with a pen: the ring around all points within `half` metres of it, with mitred corners.
pub fn ribbon(line: &[P], half: f64) -> Vec<P> {
    let mut ring = offset(line, half);
    ring.extend(offset(line, -half).into_iter().rev());
    ring.reverse();
    ring
}

/// The parallel line `by` metres to the left.
pub fn offset(line: &[P], by: f64) -> Vec<P> {
    let last = line.len() - 1;
    (0..=last)
        .map(|i| {
            let before = unit(sub(line[i.max(1)], line[i.max(1) - 1]));
            let after = unit(sub(line[(i + 1).min(last)], line[(i + 1).min(last) - 1]));
            let normal = unit(left(add(before, after)));
            // A mitre grows without end where a line turns back on itself: two is enough for a street.
            let stretch = (1.0 / cross(before, normal).abs().max(0.5)).min(2.0);
            along(line[i], scale(normal, stretch), by)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::geometry::area;
    use super::*;

    #[test]
    fn a_point_is_found_by_its_distance() {
        let line = Line::new(vec![[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]]);
        assert!(distance(line.at(15.0), [10.0, 5.0]) < 1e-9);
        assert!(distance(line.at(99.0), [10.0, 10.0]) < 1e-9);
        assert!(distance(line.normal(2.0), [0.0, 1.0]) < 0.2);
    }

    #[test]
    fn a_ribbon_is_as_wide_as_the_pen() {
        let ring = ribbon(&[[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]], 1.0);
        assert!((area(&ring) - 40.0).abs() < 0.5, "{}", area(&ring));
    }
}
