//! The camera of a map: a point on the ground, seen from a distance, a heading and a tilt. Pure mathematics.
//!
//! Metres from the city's origin: x to the east, y up, z to the south. Screen places are pixels from the top left.

/// A place or direction in space.
pub type Vec3 = [f64; 3];
/// A place on the screen.
pub type Px = [f64; 2];

/// The tangent of half the vertical angle of view: a mild telephoto, so that houses at the edge do not lean.
pub const TAN_HALF_FOV: f64 = 1.0 / 3.0;
/// The most slanting view: 75° from straight down.
pub const MOST_TILT: f64 = 75.0 * std::f64::consts::PI / 180.0;
/// The tilt of a first look: oblique enough to see walls, steep enough to see streets.
pub const FIRST_TILT: f64 = 48.0 * std::f64::consts::PI / 180.0;
/// Closer than this there are only walls.
pub const CLOSEST: f64 = 30.0;

/// Where the camera is and how it looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Orbit {
    /// The point on the ground in the middle of the screen: east, south.
    pub target: [f64; 2],
    /// How far the camera is from it.
    pub distance: f64,
    /// Which way it looks: 0 is north, a quarter turn is east.
    pub heading: f64,
    /// 0 looks straight down.
    pub tilt: f64,
}

/// How far one may go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// `[west, north, east, south]` of what there is to see.
    pub bounds: [f64; 4],
    /// The furthest one may zoom out.
    pub furthest: f64,
}

/// The size of the picture, pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screen {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Orbit {
    /// The direction of view.
    pub fn forward(&self) -> Vec3 {
        let (sin_h, cos_h) = self.heading.sin_cos();
        let (sin_t, cos_t) = self.tilt.sin_cos();
        [sin_h * sin_t, -cos_t, -cos_h * sin_t]
    }

    /// What is to the right on the screen.
    pub fn right(&self) -> Vec3 {
        let (sin_h, cos_h) = self.heading.sin_cos();
        [cos_h, 0.0, sin_h]
    }

    /// What is up on the screen.
    pub fn up(&self) -> Vec3 {
        let (sin_h, cos_h) = self.heading.sin_cos();
        let (sin_t, cos_t) = self.tilt.sin_cos();
        [sin_h * cos_t, sin_t, -cos_h * cos_t]
    }

    /// Where the camera is.
    pub fn eye(&self) -> Vec3 {
        let f = self.forward();
        [self.target[0] - f[0] * self.distance, -f[1] * self.distance, self.target[1] - f[2] * self.distance]
    }

    /// The direction from the eye through a pixel; not of length 1.
    pub fn ray(&self, at: Px, screen: Screen) -> Vec3 {
        let x = (at[0] * 2.0 - screen.width) / screen.height.max(1.0) * TAN_HALF_FOV;
        let y = (1.0 - at[1] * 2.0 / screen.height.max(1.0)) * TAN_HALF_FOV;
        let (f, r, u) = (self.forward(), self.right(), self.up());
        std::array::from_fn(|k| f[k] + r[k] * x + u[k] * y)
    }

    /// The point on the ground under a pixel; none in the sky, or where the ground is too far to hold on to.
    pub fn ground(&self, at: Px, screen: Screen) -> Option<[f64; 2]> {
        let (eye, ray) = (self.eye(), self.ray(at, screen));
        let reach = -eye[1] / ray[1];
        (ray[1] < 0.0 && reach < self.distance * 8.0).then(|| [eye[0] + ray[0] * reach, eye[2] + ray[2] * reach])
    }

    /// The pixel where a place is seen; none behind the camera.
    pub fn project(&self, place: Vec3, screen: Screen) -> Option<Px> {
        let eye = self.eye();
        let to: Vec3 = std::array::from_fn(|k| place[k] - eye[k]);
        let along = |axis: Vec3| to[0] * axis[0] + to[1] * axis[1] + to[2] * axis[2];
        let depth = along(self.forward());
        let scale = screen.height / (2.0 * TAN_HALF_FOV * depth);
        (depth > 1e-6)
            .then(|| [screen.width / 2.0 + along(self.right()) * scale, screen.height / 2.0 - along(self.up()) * scale])
    }

    /// Moves so that a held point of the ground comes under a pixel.
    #[must_use]
    pub fn dragged(self, held: [f64; 2], to: Px, screen: Screen) -> Self {
        match self.ground(to, screen) {
            Some(now) => {
                Self { target: [self.target[0] + held[0] - now[0], self.target[1] + held[1] - now[1]], ..self }
            }
            None => self,
        }
    }

    /// Moves over the screen: right and up, in screen heights.
    #[must_use]
    pub fn moved(self, right: f64, up: f64) -> Self {
        let (sin_h, cos_h) = self.heading.sin_cos();
        let step = 2.0 * TAN_HALF_FOV * self.distance;
        let [dx, dz] = [right * cos_h + up * sin_h, right * sin_h - up * cos_h];
        Self { target: [self.target[0] + dx * step, self.target[1] + dz * step], ..self }
    }

    /// Zooms by a factor (below 1 is closer) so that the ground under a pixel stays there.
    #[must_use]
    pub fn zoomed(self, factor: f64, at: Px, screen: Screen, limits: &Limits) -> Self {
        let distance = (self.distance * factor).clamp(CLOSEST, limits.furthest);
        let factor = distance / self.distance;
        let around = self.ground(at, screen).unwrap_or(self.target);
        Self { distance, target: std::array::from_fn(|k| around[k] + (self.target[k] - around[k]) * factor), ..self }
    }

    /// Turns and tilts around a point on the ground.
    #[must_use]
    pub fn turned(self, by: f64, tilt_by: f64, around: [f64; 2]) -> Self {
        let (sin, cos) = by.sin_cos();
        let [dx, dz] = [self.target[0] - around[0], self.target[1] - around[1]];
        Self {
            target: [around[0] + dx * cos - dz * sin, around[1] + dx * sin + dz * cos],
            heading: wrapped(self.heading + by),
            tilt: (self.tilt + tilt_by).clamp(0.0, MOST_TILT),
            ..self
        }
    }

    /// The same, kept within the limits; nonsense becomes the middle of what there is.
    #[must_use]
    pub fn kept(self, limits: &Limits) -> Self {
        let [west, north, east, south] = limits.bounds;
        let keep =
            |v: f64, low: f64, high: f64| if v.is_finite() { v.clamp(low, high) } else { f64::midpoint(low, high) };
        Self {
            target: [keep(self.target[0], west, east), keep(self.target[1], north, south)],
            distance: keep(self.distance, CLOSEST, limits.furthest),
            heading: if self.heading.is_finite() { wrapped(self.heading) } else { 0.0 },
            tilt: keep(self.tilt, 0.0, MOST_TILT),
        }
    }

    /// The view that shows all of these places, north up, with a little room around them.
    pub fn framing(places: &[[f64; 2]], screen: Screen) -> Self {
        const ROOM: f64 = 0.94;
        // On an upright screen more from above: a slanting view would leave half of it empty.
        let tilt = FIRST_TILT * (screen.width / screen.height.max(1.0)).clamp(0.4, 1.0);
        let mut view = Self { target: [0.0, 0.0], distance: 1_000.0, heading: 0.0, tilt };
        let (Some(first), true) = (places.first(), places.iter().flatten().all(|v| v.is_finite())) else { return view };
        let far = places.iter().map(|p| (p[0] - first[0]).hypot(p[1] - first[1])).fold(100.0, f64::max);
        (view.target, view.distance) = (*first, far * 6.0);
        for _ in 0..24 {
            let seen: Vec<Px> = places.iter().filter_map(|c| view.project([c[0], 0.0, c[1]], screen)).collect();
            let span = |k: usize| {
                let (low, high) =
                    seen.iter().map(|p| p[k]).fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
                (f64::midpoint(low, high), high - low)
            };
            let ((mid_x, wide), (mid_y, high)) = (span(0), span(1));
            let too_big = (wide / screen.width.max(1.0)).max(high / screen.height.max(1.0)) / ROOM;
            if let Some(ground) = view.ground([mid_x, mid_y], screen) {
                view.target = ground;
            }
            view.distance *= too_big.clamp(0.5, 2.0);
        }
        view
    }
}

/// An angle between half a turn left and half a turn right.
pub fn wrapped(angle: f64) -> f64 {
    use std::f64::consts::{PI, TAU};
    (angle + PI).rem_euclid(TAU) - PI
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const SCREEN: Screen = Screen { width: 1440.0, height: 900.0 };
    const LIMITS: Limits = Limits { bounds: [-4000.0, -5000.0, 4000.0, 5000.0], furthest: 20_000.0 };

    fn views() -> impl Iterator<Item = Orbit> {
        let tilts = [0.0, 0.4, 0.8, MOST_TILT];
        let turns = [-3.0, -0.5, 0.0, 1.0, 2.5];
        tilts.into_iter().flat_map(move |tilt| {
            turns.map(|heading| Orbit { target: [120.0, -340.0], distance: 800.0, heading, tilt })
        })
    }

    fn near(a: Px, b: Px) -> bool {
        (a[0] - b[0]).hypot(a[1] - b[1]) < 1e-6
    }

    #[test]
    fn the_middle_of_the_screen_is_the_target() {
        for view in views() {
            assert!(near(view.ground([720.0, 450.0], SCREEN).unwrap(), view.target));
            assert!(near(view.project([120.0, 0.0, -340.0], SCREEN).unwrap(), [720.0, 450.0]));
        }
    }

    #[test]
    fn what_is_under_a_pixel_is_drawn_at_that_pixel() {
        for view in views() {
            for at in [[100.0, 800.0], [1300.0, 500.0], [720.0, 899.0]] {
                let ground = view.ground(at, SCREEN).unwrap();
                assert!(near(view.project([ground[0], 0.0, ground[1]], SCREEN).unwrap(), at));
            }
        }
    }

    #[test]
    fn the_grabbed_point_stays_under_the_pointer() {
        for view in views() {
            let held = view.ground([300.0, 700.0], SCREEN).unwrap();
            let moved = view.dragged(held, [900.0, 600.0], SCREEN);
            assert!(near(moved.project([held[0], 0.0, held[1]], SCREEN).unwrap(), [900.0, 600.0]));
        }
    }

    #[test]
    fn zooming_keeps_what_is_under_the_pointer() {
        for view in views() {
            let at = [1000.0, 700.0];
            let ground = view.ground(at, SCREEN).unwrap();
            for factor in [0.5, 1.7, 1e-9, 1e9] {
                let zoomed = view.zoomed(factor, at, SCREEN, &LIMITS);
                assert!(near(zoomed.project([ground[0], 0.0, ground[1]], SCREEN).unwrap(), at));
                assert!((CLOSEST..=LIMITS.furthest).contains(&zoomed.distance));
            }
        }
    }

    #[test]
    fn turning_around_a_point_keeps_it_in_place() {
        for view in views() {
            let at = [1000.0, 700.0];
            let ground = view.ground(at, SCREEN).unwrap();
            let turned = view.turned(0.7, 0.0, ground);
            assert!(near(turned.project([ground[0], 0.0, ground[1]], SCREEN).unwrap(), at));
        }
    }

    #[test]
    fn looking_north_east_is_to_the_right() {
        let view = Orbit { target: [0.0, 0.0], distance: 100.0, heading: 0.0, tilt: 0.5 };
        assert!(view.project([10.0, 0.0, 0.0], SCREEN).unwrap()[0] > 720.0);
        assert!(view.project([0.0, 0.0, -10.0], SCREEN).unwrap()[1] < 450.0);
        assert!(view.project([0.0, 10.0, 0.0], SCREEN).unwrap()[1] < 450.0);
        let moved = view.moved(0.1, 0.0);
        assert!(moved.target[0] > 0.0 && moved.target[1].abs() < 1e-9);
        assert!(view.moved(0.0, 0.1).target[1] < 0.0);
    }

    #[test]
    fn the_sky_has_no_ground() {
        let view = Orbit { target: [0.0, 0.0], distance: 100.0, heading: 0.0, tilt: MOST_TILT };
        assert_eq!(view.ground([720.0, 0.0], SCREEN), None);
        assert_eq!(view.dragged([0.0, 0.0], [720.0, 0.0], SCREEN), view);
    }

    #[test]
    fn the_whole_town_fits_on_a_laptop_a_phone_and_a_hall_screen() {
        let towns = [LIMITS.bounds, [0.0, 0.0, 600.0, 300.0], [-100.0, -9000.0, 100.0, 9000.0]];
        for [width, height] in [[1440.0, 900.0], [390.0, 844.0], [1920.0, 1080.0]] {
            let screen = Screen { width, height };
            for [west, north, east, south] in towns {
                let corners = [[west, north], [east, north], [west, south], [east, south]];
                let view = Orbit::framing(&corners, screen);
                let mut filled = 0.0_f64;
                for [x, z] in corners {
                    let [x, y] = view.project([x, 0.0, z], screen).unwrap();
                    assert!((0.0..width).contains(&x) && (0.0..height).contains(&y), "{x} {y} on {screen:?}");
                    filled = filled.max((x / width - 0.5).abs()).max((y / height - 0.5).abs());
                }
                assert!(filled > 0.42, "only {filled} of half {screen:?} is used");
            }
        }
    }

    #[test]
    fn a_town_of_one_place_or_none_has_a_view_too() {
        for places in [&[][..], &[[5.0, 5.0]], &[[f64::NAN, 0.0]]] {
            let view = Orbit::framing(places, SCREEN);
            assert!(view.distance.is_finite() && view.target[0].is_finite());
        }
    }

    #[test]
    fn nobody_gets_lost_outside_the_town_or_in_nonsense() {
        let lost = Orbit { target: [1e9, f64::NAN], distance: 1e9, heading: 40.0, tilt: 9.0 };
        let kept = lost.kept(&LIMITS);
        assert!(near(kept.target, [4000.0, 0.0]));
        assert!(kept.distance <= LIMITS.furthest && kept.tilt <= MOST_TILT && kept.heading.abs() <= 3.15);
    }
}
