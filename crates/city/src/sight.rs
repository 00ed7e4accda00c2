//! What is in sight of the camera, and how much of it is worth having. Pure.

use gasvrij3d::geo::TILE_WIDTH;
use gasvrij3d::mesh::Detail;

use crate::orbit::{Orbit, Screen, TAN_HALF_FOV};

/// A tile is wanted whole up to this far, metres for each pixel in the height of the picture: what is left out beyond is
/// smaller than a pixel.
const FULL_TO: f64 = 2.4;
/// What is whole stays whole until it is this many times as far.
const KEPT_TO: f64 = 1.4;
/// Beyond this a house is hardly a pixel, metres for each pixel in the height of the picture.
const SHAPES_TO: f64 = 4.8;
/// Beyond this it is less than half a pixel, metres for each pixel in the height of the picture.
const HOUSES_TO: f64 = 20.0;
/// Patterns on roofs are seen up to this far, metres for each pixel in the height of the picture (`building.vert`).
const PATTERNS_TO: f64 = 0.51;
/// From the middle of a tile to whatever sticks out of its corners, metres.
const REACH: f64 = TILE_WIDTH * 0.75;

/// Where one looks from, and through how large a window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sight {
    view: Orbit,
    aspect: f64,
    /// Pixels that are drawn, from the top to the bottom of the picture.
    pixels: f64,
}

impl Sight {
    /// What is seen on a screen of that many CSS pixels, each drawn with `ratio` pixels.
    pub fn new(view: Orbit, screen: Screen, ratio: f64) -> Self {
        Self { view, aspect: screen.width / screen.height.max(1.0), pixels: screen.height * ratio }
    }

    /// How far the nearest part of a tile is, by its middle.
    pub fn away(&self, middle: [f64; 2]) -> f64 {
        let eye = self.view.eye();
        ((middle[0] - eye[0]).hypot(middle[1] - eye[2]) - TILE_WIDTH / 2.0).max(0.0).hypot(eye[1])
    }

    /// Whether any of a tile may be in the picture.
    pub fn sees(&self, middle: [f64; 2]) -> bool {
        let eye = self.view.eye();
        let to = [middle[0] - eye[0], -eye[1], middle[1] - eye[2]];
        let along = |axis: [f64; 3]| to[0] * axis[0] + to[1] * axis[1] + to[2] * axis[2];
        let depth = along(self.view.forward());
        let within = |offset: f64, tangent: f64| offset.abs() <= depth * tangent + REACH * tangent.hypot(1.0);
        depth > -REACH
            && within(along(self.view.right()), TAN_HALF_FOV * self.aspect)
            && within(along(self.view.up()), TAN_HALF_FOV)
    }

    /// Whether a tile is so near that it is wanted whole.
    pub fn is_near(&self, middle: [f64; 2]) -> bool {
        self.away(middle) < FULL_TO * self.pixels
    }

    /// Whether a tile is so far that nothing is lost when only what is seen from afar is kept of it.
    pub fn is_far(&self, middle: [f64; 2]) -> bool {
        self.away(middle) > KEPT_TO * FULL_TO * self.pixels
    }

    /// Whether a tile is so far that a house in it is hardly a pixel.
    pub fn is_furthest(&self, middle: [f64; 2]) -> bool {
        self.away(middle) > SHAPES_TO * self.pixels
    }

    /// Whether a tile is so far that its houses are drawn as blocks.
    pub fn is_beyond(&self, middle: [f64; 2]) -> bool {
        self.away(middle) > HOUSES_TO * self.pixels
    }

    /// Whether the patterns on the roofs of a tile may be seen.
    pub fn has_patterns(&self, middle: [f64; 2]) -> bool {
        self.away(middle) < PATTERNS_TO * self.pixels
    }

    /// How much of a tile is wanted.
    pub fn wanted(&self, middle: [f64; 2]) -> Detail {
        if self.is_near(middle) && self.sees(middle) {
            Detail::Full
        } else if self.is_furthest(middle) {
            Detail::Furthest
        } else {
            Detail::Far
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: Screen = Screen { width: 1280.0, height: 720.0 };

    fn from(distance: f64, heading: f64) -> Sight {
        let view = Orbit { target: [0.0, 0.0], distance, heading, tilt: 0.9 };
        Sight::new(view, SCREEN, 1.0)
    }

    #[test]
    fn a_street_is_wanted_whole_and_a_town_as_it_is_seen_from_afar() {
        assert_eq!(from(230.0, 0.0).wanted([0.0, 0.0]), Detail::Full);
        assert_eq!(from(2_500.0, 0.0).wanted([0.0, 0.0]), Detail::Far);
        assert_eq!(from(7_900.0, 0.0).wanted([0.0, 0.0]), Detail::Furthest);
        let is_dot = |distance| from(distance, 0.0).is_furthest([0.0, 0.0]);
        assert!(is_dot(7_900.0) && !is_dot(2_500.0));
        let is_block = |distance| from(distance, 0.0).is_beyond([0.0, 0.0]);
        assert!(is_block(16_000.0) && !is_block(7_900.0));
    }

    #[test]
    fn a_sharper_screen_wants_more() {
        let view = Orbit { target: [0.0, 0.0], distance: 2_500.0, heading: 0.0, tilt: 0.9 };
        assert_eq!(Sight::new(view, SCREEN, 1.0).wanted([0.0, 0.0]), Detail::Far);
        assert_eq!(Sight::new(view, SCREEN, 2.0).wanted([0.0, 0.0]), Detail::Full);
    }

    #[test]
    fn what_lies_behind_the_camera_is_not_in_sight() {
        let north = from(400.0, 0.0);
        assert!(north.sees([0.0, 0.0]) && north.sees([0.0, -600.0]));
        assert!(!north.sees([0.0, 3_000.0]));
        assert!(from(400.0, std::f64::consts::PI).sees([0.0, 600.0]));
    }

    #[test]
    fn every_tile_with_a_place_in_the_picture_is_in_sight() {
        for heading in [0.0, 0.7, 2.0, -1.3] {
            let sight = from(900.0, heading);
            for (x, y) in (-12..12).flat_map(|x| (-12..12).map(move |y| (x, y))) {
                let place = [f64::from(x) * 200.0, f64::from(y) * 200.0];
                let seen = sight.view.project([place[0], 0.0, place[1]], SCREEN);
                if seen.is_some_and(|[px, py]| (0.0..SCREEN.width).contains(&px) && (0.0..SCREEN.height).contains(&py))
                {
                    // Whatever tile the place is in, its middle is within half a tile.
                    assert!(sight.sees([place[0] + 215.0, place[1] - 215.0]), "{place:?}");
                }
            }
        }
    }

    #[test]
    fn patterns_are_seen_in_a_street_and_not_over_a_neighbourhood() {
        assert!(from(230.0, 0.0).has_patterns([0.0, 0.0]) && !from(1_100.0, 0.0).has_patterns([0.0, 0.0]));
    }

    #[test]
    fn between_near_and_far_a_tile_keeps_what_it_has() {
        let sight = from(2_200.0, 0.0);
        assert!(!sight.is_near([0.0, 0.0]) && !sight.is_far([0.0, 0.0]));
    }
}
