//! What part of space is in the picture: a pyramid with its top in the eye. Pure.

use crate::orbit::{Orbit, Screen, Vec3};

/// A box with its sides along the axes: its lowest and highest corner, metres from the city's origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    pub low: Vec3,
    pub high: Vec3,
}

impl Bounds {
    /// A box around nothing: any that it is joined with stays as it is.
    pub const NOTHING: Self = Self { low: [f64::INFINITY; 3], high: [f64::NEG_INFINITY; 3] };

    /// The box around both.
    pub fn with(self, other: Self) -> Self {
        let each = |pick: fn(f64, f64) -> f64, a: Vec3, b: Vec3| std::array::from_fn(|k| pick(a[k], b[k]));
        Self { low: each(f64::min, self.low, other.low), high: each(f64::max, self.high, other.high) }
    }

    /// Its middle.
    pub fn middle(&self) -> Vec3 {
        std::array::from_fn(|k| f64::midpoint(self.low[k], self.high[k]))
    }
}

/// The four sides of the picture, as planes through the eye.
#[derive(Clone, Copy, Debug)]
pub struct Frustum {
    eye: Vec3,
    /// Directions that point into the picture.
    inward: [Vec3; 4],
}

impl Frustum {
    pub fn new(view: &Orbit, screen: Screen) -> Self {
        let (right, bottom) = (screen.width, screen.height);
        let rays = [[0.0, 0.0], [right, 0.0], [right, bottom], [0.0, bottom]].map(|at| view.ray(at, screen));
        Self { eye: view.eye(), inward: std::array::from_fn(|k| cross(rays[k], rays[(k + 1) % 4])) }
    }

    /// Whether any of a box may be in the picture.
    pub fn sees(&self, bounds: &Bounds) -> bool {
        self.inward.iter().all(|inward| {
            // The corner that lies furthest into the picture.
            let corner = |k: usize| if inward[k] > 0.0 { bounds.high[k] } else { bounds.low[k] };
            (0..3).map(|k| (corner(k) - self.eye[k]) * inward[k]).sum::<f64>() >= 0.0
        })
    }
}

fn cross(a: Vec3, b: Vec3) -> Vec3 {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: Screen = Screen { width: 1280.0, height: 720.0 };

    fn around([x, y, z]: Vec3, metres: f64) -> Bounds {
        Bounds { low: [x - metres, y - metres, z - metres], high: [x + metres, y + metres, z + metres] }
    }

    #[test]
    fn a_box_around_two_holds_both() {
        let both = around([0.0; 3], 1.0).with(around([9.0, 0.0, 0.0], 2.0));
        assert_eq!(both, Bounds { low: [-1.0, -2.0, -2.0], high: [11.0, 2.0, 2.0] });
        assert_eq!(Bounds::NOTHING.with(both), both);
    }

    fn views() -> impl Iterator<Item = Orbit> {
        let headings = [0.0, 0.8, 2.5, -2.0];
        headings.into_iter().flat_map(|heading| {
            [0.0, 0.6, 1.25].map(|tilt| Orbit { target: [40.0, -70.0], distance: 300.0, heading, tilt })
        })
    }

    #[test]
    fn a_box_around_whatever_is_in_the_picture_is_seen() {
        for view in views() {
            let frustum = Frustum::new(&view, SCREEN);
            for at in [[0.0, 0.0], [1280.0, 0.0], [640.0, 360.0], [3.0, 700.0]] {
                let (eye, ray) = (view.eye(), view.ray(at, SCREEN));
                for metres in [1.0, 80.0, 5_000.0] {
                    let place = std::array::from_fn(|k| eye[k] + ray[k] * metres);
                    assert!(frustum.sees(&around(place, 0.5)), "{view:?} {at:?} {metres}");
                }
            }
            assert!(frustum.sees(&around([0.0; 3], 1e6)), "a box around everything");
            let place = [3.0, -4.0, 5.0];
            let middle = around(place, 2.0).middle();
            assert!((0..3).all(|k| (middle[k] - place[k]).abs() < 1e-12), "{middle:?}");
        }
    }

    #[test]
    fn a_box_beside_or_behind_the_picture_is_not_seen() {
        for view in views() {
            let frustum = Frustum::new(&view, SCREEN);
            for at in [[-200.0, 360.0], [1480.0, 360.0], [640.0, -200.0], [640.0, 920.0]] {
                let (eye, ray) = (view.eye(), view.ray(at, SCREEN));
                let place = std::array::from_fn(|k| eye[k] + ray[k] * 400.0);
                assert!(!frustum.sees(&around(place, 1.0)), "{view:?} {at:?}");
            }
            let (eye, forward) = (view.eye(), view.forward());
            let behind = std::array::from_fn(|k| eye[k] - forward[k] * 100.0);
            assert!(!frustum.sees(&around(behind, 1.0)), "{view:?}");
        }
    }
}
