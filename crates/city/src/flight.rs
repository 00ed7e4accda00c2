//! From one view to another: along the way that is shortest to the eye, over a high arc where it is far.

use crate::orbit::{Orbit, wrapped};

/// How much a flight rises before it travels; the value people liked best (van Wijk and Nuij, 2003).
const RHO: f64 = 1.42;

/// A camera on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flight {
    from: Orbit,
    to: Orbit,
    start_ms: f64,
    duration_ms: f64,
    /// Whether it begins at full speed.
    is_glide: bool,
}

impl Flight {
    /// A flight that begins at a moment and takes a while.
    pub fn new(from: Orbit, to: Orbit, start_ms: f64, duration_ms: f64) -> Self {
        Self { from, to, start_ms, duration_ms, is_glide: false }
    }

    /// A map that was thrown: it begins at full speed and slows down.
    pub fn glide(from: Orbit, to: Orbit, start_ms: f64, duration_ms: f64) -> Self {
        Self { is_glide: true, ..Self::new(from, to, start_ms, duration_ms) }
    }

    /// Where it ends.
    pub fn end(&self) -> Orbit {
        self.to
    }

    /// The view at a moment, and whether the flight is over.
    pub fn at(&self, now_ms: f64) -> (Orbit, bool) {
        let part = ((now_ms - self.start_ms) / self.duration_ms.max(1.0)).clamp(0.0, 1.0);
        if part >= 1.0 {
            return (self.to, true);
        }
        let eased = if self.is_glide {
            1.0 - (1.0 - part).powi(3)
        } else {
            part * part * part * (part * (part * 6.0 - 15.0) + 10.0)
        };
        let mix = |a: f64, b: f64| a + (b - a) * eased;
        let (travelled, distance) = if self.is_glide {
            (eased, mix(self.from.distance, self.to.distance))
        } else {
            arc(&self.from, &self.to, eased)
        };
        let view = Orbit {
            target: std::array::from_fn(|k| {
                self.from.target[k] + (self.to.target[k] - self.from.target[k]) * travelled
            }),
            distance,
            heading: self.from.heading + wrapped(self.to.heading - self.from.heading) * eased,
            tilt: mix(self.from.tilt, self.to.tilt),
        };
        (view, false)
    }
}

/// How much of the way has been made and how far the camera is from the ground, by van Wijk and Nuij.
fn arc(from: &Orbit, to: &Orbit, part: f64) -> (f64, f64) {
    let way = (to.target[0] - from.target[0]).hypot(to.target[1] - from.target[1]);
    let (w0, w1) = (from.distance, to.distance);
    if way < w0.min(w1) * 1e-3 {
        return (part, w0 * (w1 / w0).powf(part));
    }
    let rho2 = RHO * RHO;
    let r = |w: f64, sign: f64| {
        let b = (w1 * w1 - w0 * w0 + sign * rho2 * rho2 * way * way) / (2.0 * w * rho2 * way);
        -b.asinh()
    };
    let (r0, r1) = (r(w0, 1.0), r(w1, -1.0));
    let s = part * (r1 - r0);
    let travelled = w0 / (rho2 * way) * (r0.cosh() * (s + r0).tanh() - r0.sinh());
    (travelled.clamp(0.0, 1.0), w0 * r0.cosh() / (s + r0).cosh())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(x: f64, distance: f64) -> Orbit {
        Orbit { target: [x, 0.0], distance, heading: 0.0, tilt: 0.8 }
    }

    #[test]
    fn a_flight_begins_where_it_is_and_ends_where_it_should() {
        let (from, to) = (view(0.0, 9000.0), Orbit { heading: 3.0, ..view(2500.0, 120.0) });
        let flight = Flight::new(from, to, 1000.0, 1200.0);
        let (start, over) = flight.at(1000.0);
        assert!(!over && (start.distance - 9000.0).abs() < 1e-6 && start.target[0].abs() < 1e-6);
        assert_eq!((flight.at(2200.0), flight.end()), ((to, true), to));
        assert_eq!(flight.at(1e12), (to, true));
        let (late, _) = flight.at(2199.99);
        assert!((late.distance - 120.0).abs() < 1.0 && (late.target[0] - 2500.0).abs() < 1.0, "{late:?}");
    }

    #[test]
    fn a_far_flight_rises_and_a_near_one_does_not() {
        let highest = |from: Orbit, to: Orbit| {
            let flight = Flight::new(from, to, 0.0, 100.0);
            (0..100).map(|ms| flight.at(f64::from(ms)).0.distance).fold(0.0, f64::max)
        };
        assert!(highest(view(0.0, 120.0), view(5000.0, 120.0)) > 1000.0);
        assert!(highest(view(0.0, 120.0), view(1.0, 120.0)) < 121.0);
    }

    #[test]
    fn it_moves_on_at_every_moment_and_never_into_nonsense() {
        for (from, to) in [(view(0.0, 9000.0), view(2000.0, 120.0)), (view(0.0, 100.0), view(0.0, 100.0))] {
            let flight = Flight::new(from, to, 0.0, 1000.0);
            let mut last = -1e-9;
            for ms in 0..=1000 {
                let (now, _) = flight.at(f64::from(ms));
                assert!(now.distance.is_finite() && now.target[0] >= last, "{now:?}");
                last = now.target[0] - 1e-9;
            }
        }
    }

    #[test]
    fn a_glide_begins_at_the_speed_of_the_hand_and_ends_at_none() {
        let glide = Flight::glide(view(0.0, 100.0), view(30.0, 100.0), 0.0, 100.0);
        let at = |ms: f64| glide.at(ms).0.target[0];
        // Three times the way in that time, at first.
        assert!((at(1.0) - 30.0 * 0.03).abs() < 0.02, "{}", at(1.0));
        assert!(at(100.0) - at(99.0) < 0.01);
        assert_eq!(glide.at(100.0), (view(30.0, 100.0), true));
    }

    #[test]
    fn it_turns_the_short_way() {
        let from = Orbit { heading: 3.0, ..view(0.0, 100.0) };
        let to = Orbit { heading: -3.0, ..view(0.0, 100.0) };
        let (half, _) = Flight::new(from, to, 0.0, 100.0).at(50.0);
        assert!(half.heading > 3.0);
    }
}
