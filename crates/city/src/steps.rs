//! The steps of the map's buttons and keys. Each gesture has one, so that nobody needs a mouse. Pure.

use gasvrij3d::bus::CameraStep;

use crate::orbit::{FIRST_TILT, Orbit};

/// The middle of the screen comes this much closer or further.
const ZOOM: f64 = 0.6;
/// A turn, radians.
const TURN: f64 = std::f64::consts::PI / 8.0;
/// A tilt, radians.
const TILT: f64 = std::f64::consts::PI / 12.0;
/// A move, screen heights.
const MOVE: f64 = 0.22;

/// Less slanting than this is a flat map, radians.
pub const FLAT: f64 = 0.05;

/// Something a key or a button asks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// As a button.
    Camera(CameraStep),
    /// Over the ground: right and up.
    Move(f64, f64),
    /// Away from the map.
    Leave,
}

/// The view after a step.
pub fn after(view: Orbit, step: Step, whole: Orbit) -> Orbit {
    match step {
        Step::Leave => view,
        Step::Move(right, up) => view.moved(right * MOVE, up * MOVE),
        Step::Camera(step) => match step {
            CameraStep::ZoomIn => Orbit { distance: view.distance * ZOOM, ..view },
            CameraStep::ZoomOut => Orbit { distance: view.distance / ZOOM, ..view },
            CameraStep::TurnLeft => view.turned(-TURN, 0.0, view.target),
            CameraStep::TurnRight => view.turned(TURN, 0.0, view.target),
            CameraStep::TiltUp => view.turned(0.0, -TILT, view.target),
            CameraStep::TiltDown => view.turned(0.0, TILT, view.target),
            CameraStep::North => Orbit { heading: 0.0, ..view },
            CameraStep::Whole => whole,
            CameraStep::Flat if view.tilt < FLAT => Orbit { tilt: FIRST_TILT, ..view },
            CameraStep::Flat => Orbit { tilt: 0.0, ..view },
        },
    }
}

/// What a key asks, as maps on the web have it. `None` for keys that are not the map's: Tab above all.
pub fn of_key(key: &str, shift: bool) -> Option<Step> {
    let camera = |step| Some(Step::Camera(step));
    match (key, shift) {
        ("ArrowLeft", false) => Some(Step::Move(-1.0, 0.0)),
        ("ArrowRight", false) => Some(Step::Move(1.0, 0.0)),
        ("ArrowUp", false) => Some(Step::Move(0.0, 1.0)),
        ("ArrowDown", false) => Some(Step::Move(0.0, -1.0)),
        ("ArrowLeft", true) => camera(CameraStep::TurnLeft),
        ("ArrowRight", true) => camera(CameraStep::TurnRight),
        ("ArrowUp", true) => camera(CameraStep::TiltUp),
        ("ArrowDown", true) => camera(CameraStep::TiltDown),
        ("+" | "=", _) => camera(CameraStep::ZoomIn),
        ("-" | "_", _) => camera(CameraStep::ZoomOut),
        ("Home", _) => camera(CameraStep::Whole),
        ("Escape", _) => Some(Step::Leave),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: Orbit = Orbit { target: [10.0, 20.0], distance: 500.0, heading: 1.0, tilt: 0.7 };
    const WHOLE: Orbit = Orbit { target: [0.0, 0.0], distance: 9000.0, heading: 0.0, tilt: 0.8 };

    #[test]
    fn every_step_has_one_that_undoes_it() {
        use CameraStep::{TiltDown, TiltUp, TurnLeft, TurnRight, ZoomIn, ZoomOut};
        for (there, back) in [(ZoomIn, ZoomOut), (TurnLeft, TurnRight), (TiltUp, TiltDown)] {
            let away = after(VIEW, Step::Camera(there), WHOLE);
            let again = after(away, Step::Camera(back), WHOLE);
            assert_ne!(away, VIEW);
            assert!((again.distance - 500.0).abs() + (again.heading - 1.0).abs() + (again.tilt - 0.7).abs() < 1e-9);
        }
    }

    #[test]
    fn north_and_whole_find_the_way_home() {
        assert_eq!(after(VIEW, Step::Camera(CameraStep::North), WHOLE), Orbit { heading: 0.0, ..VIEW });
        assert_eq!(after(VIEW, Step::Camera(CameraStep::Whole), WHOLE), WHOLE);
    }

    #[test]
    fn one_button_goes_from_slanting_to_flat_and_back() {
        let flat = after(VIEW, Step::Camera(CameraStep::Flat), WHOLE);
        assert_eq!(flat, Orbit { tilt: 0.0, ..VIEW });
        assert_eq!(after(flat, Step::Camera(CameraStep::Flat), WHOLE), Orbit { tilt: FIRST_TILT, ..VIEW });
    }

    #[test]
    fn tab_and_letters_are_never_taken_from_the_page() {
        for key in ["Tab", "Enter", "a", "F5", "r", " ", "PageDown"] {
            assert_eq!(of_key(key, false), None);
            assert_eq!(of_key(key, true), None);
        }
        assert_eq!(of_key("Escape", false), Some(Step::Leave));
    }
}
