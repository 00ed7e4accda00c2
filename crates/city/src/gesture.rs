//! What fingers, mouse and wheel ask of the camera: like the maps people know. Pure: no events of a browser here.

use crate::orbit::{Limits, Orbit, Px, Screen};

/// Further than this, in pixels, a press is a drag and not a click.
const CLICK_PX: f64 = 6.0;
/// Two fingers must move this far before it is clear what they want.
const DECIDE_PX: f64 = 8.0;
/// Radians a pixel when turning.
const TURN: f64 = 0.007;
/// Radians a pixel when tilting.
const TILT: f64 = 0.005;

/// A second click within this time and distance of the first is a double click, milliseconds and pixels.
const DOUBLE_MS: f64 = 350.0;
const DOUBLE_PX: f64 = 24.0;
/// Two fingers that come up within this time without having moved were a tap, milliseconds.
const TAP_MS: f64 = 300.0;
/// The speed of a hand is that of its last moves, milliseconds.
const SPEED_MS: f64 = 90.0;
/// A hand slower than this, pixels in a millisecond, lets go of a map that lies still.
const SLOW: f64 = 0.25;
/// No faster than this, pixels in a millisecond.
const FAST: f64 = 2.5;
/// A map that is let go of comes to rest after this, milliseconds, on a way as long as a third of it at its first speed.
const GLIDE_MS: f64 = 700.0;

/// Something a pointer did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Input {
    /// A finger or button went down. `turn` with the right button or with Ctrl.
    Down {
        /// The pointer.
        id: i32,
        /// Where.
        at: Px,
        /// Whether it turns the view rather than moves it.
        turn: bool,
    },
    /// It moved.
    Move {
        /// The pointer.
        id: i32,
        /// Where to.
        at: Px,
    },
    /// It came up.
    Up {
        /// The pointer.
        id: i32,
    },
    /// The browser took it away.
    Cancel {
        /// The pointer.
        id: i32,
    },
}

/// What follows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    /// Nothing.
    Nothing,
    /// Another view.
    View(Orbit),
    /// A click or tap.
    Click(Px),
    /// The second of two clicks: closer, around that place.
    Closer(Px),
    /// A tap with two fingers: further away, around their middle.
    Further(Px),
    /// A map that was let go of while it moved: the view in which it comes to rest, after so many milliseconds.
    Glide(Orbit, f64),
}

/// The pointers that are down and what they are doing.
#[derive(Debug, Default)]
pub struct Gestures {
    pointers: Vec<(i32, Px)>,
    doing: Doing,
    /// Where the pointer that drags was, and when.
    trail: Vec<(f64, Px)>,
    /// The last click, and when it was.
    clicked: Option<(f64, Px)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Doing {
    #[default]
    Nothing,
    /// A press that may still be a click.
    Press { from: Px, turn: bool },
    /// What is left of two fingers: it may move the map, but is no click.
    Rest,
    /// Moving the ground that was grabbed.
    Drag { held: [f64; 2] },
    /// Turning and tilting.
    Turn,
    /// Two fingers that have not shown what they want.
    Pair { from: [Px; 2], since: f64 },
    /// Two fingers that zoom, twist and move.
    Pinch,
    /// Two fingers that tilt.
    Tilt,
}

impl Gestures {
    /// Whether any pointer is down.
    pub fn busy(&self) -> bool {
        !self.pointers.is_empty()
    }

    /// What follows from an input in this view, at a moment in milliseconds.
    pub fn apply(&mut self, input: Input, now: f64, view: Orbit, screen: Screen, limits: &Limits) -> Outcome {
        match input {
            Input::Down { id, at, turn } => self.down(id, at, turn, now),
            Input::Move { id, at } => {
                if self.pointers.iter().any(|p| p.0 == id) {
                    self.trail.retain(|(when, _)| now - when < SPEED_MS);
                    self.trail.push((now, at));
                }
                self.moved(id, at, view, screen, limits)
            }
            Input::Up { id } => {
                let outcome = self.up(id, now, view, screen);
                self.lift(id);
                outcome
            }
            Input::Cancel { id } => {
                self.lift(id);
                Outcome::Nothing
            }
        }
    }

    fn up(&mut self, id: i32, now: f64, view: Orbit, screen: Screen) -> Outcome {
        let Some(at) = self.pointers.iter().find(|p| p.0 == id).map(|p| p.1) else { return Outcome::Nothing };
        match self.doing {
            Doing::Press { turn: false, .. } => {
                let first = self.clicked.take();
                if first.is_some_and(|(when, place)| now - when < DOUBLE_MS && apart(place, at) < DOUBLE_PX) {
                    return Outcome::Closer(at);
                }
                self.clicked = Some((now, at));
                Outcome::Click(at)
            }
            Doing::Pair { from, since } if now - since < TAP_MS => Outcome::Further(middle(from)),
            Doing::Drag { held } => self.glide(held, at, now, view, screen).unwrap_or(Outcome::Nothing),
            _ => Outcome::Nothing,
        }
    }

    /// Where the map comes to rest that is let go of at a place, if the hand was quick.
    fn glide(&self, held: [f64; 2], at: Px, now: f64, view: Orbit, screen: Screen) -> Option<Outcome> {
        let (then, from) = self.trail.iter().find(|(when, _)| now - when < SPEED_MS)?;
        let speed = [0, 1].map(|k| (at[k] - from[k]) / (now - then).max(1.0));
        let length = speed[0].hypot(speed[1]);
        if length < SLOW {
            return None;
        }
        let way = GLIDE_MS / 3.0 * (FAST / length).min(1.0);
        let to = [0, 1].map(|k| at[k] + speed[k] * way);
        // No further than there is ground to hold on to: in the sky nothing can be dragged.
        view.ground(to, screen)?;
        Some(Outcome::Glide(view.dragged(held, to, screen), GLIDE_MS))
    }

    fn down(&mut self, id: i32, at: Px, turn: bool, now: f64) -> Outcome {
        self.trail.clear();
        self.pointers.retain(|p| p.0 != id);
        self.pointers.push((id, at));
        self.doing = match self.pointers[..] {
            [_] => Doing::Press { from: at, turn },
            [(_, a), (_, b)] => Doing::Pair { from: [a, b], since: now },
            _ => Doing::Nothing,
        };
        Outcome::Nothing
    }

    fn lift(&mut self, id: i32) {
        self.trail.clear();
        self.pointers.retain(|p| p.0 != id);
        self.doing = match self.pointers[..] {
            [_] => Doing::Rest,
            _ => Doing::Nothing,
        };
    }

    fn moved(&mut self, id: i32, at: Px, view: Orbit, screen: Screen, limits: &Limits) -> Outcome {
        let before = self.pointers.clone();
        let Some(pointer) = self.pointers.iter_mut().find(|p| p.0 == id) else { return Outcome::Nothing };
        let last = std::mem::replace(&mut pointer.1, at);
        match self.doing {
            Doing::Nothing => Outcome::Nothing,
            Doing::Press { from, .. } if apart(from, at) <= CLICK_PX => Outcome::Nothing,
            Doing::Press { turn: true, .. } => {
                self.doing = Doing::Turn;
                self.single(last, at, view, screen)
            }
            Doing::Press { .. } | Doing::Rest => {
                self.doing = view.ground(last, screen).map_or(Doing::Turn, |held| Doing::Drag { held });
                self.single(last, at, view, screen)
            }
            Doing::Drag { .. } | Doing::Turn => self.single(last, at, view, screen),
            Doing::Pair { .. } | Doing::Pinch | Doing::Tilt => {
                let ([(_, a0), (_, b0)], [(_, a1), (_, b1)]) = (&before[..], &self.pointers[..]) else {
                    return Outcome::Nothing;
                };
                let (was, now) = ([*a0, *b0], [*a1, *b1]);
                if let Doing::Pair { from, .. } = self.doing {
                    self.doing = decide(from, now).unwrap_or(self.doing);
                }
                match self.doing {
                    Doing::Pinch => Outcome::View(pinched(view, was, now, screen, limits)),
                    Doing::Tilt => {
                        let by = (middle(was)[1] - middle(now)[1]) * TILT;
                        Outcome::View(view.turned(0.0, by, view.target))
                    }
                    _ => Outcome::Nothing,
                }
            }
        }
    }

    fn single(&self, last: Px, at: Px, view: Orbit, screen: Screen) -> Outcome {
        if let Doing::Drag { held } = self.doing {
            return Outcome::View(view.dragged(held, at, screen));
        }
        let (turn, tilt) = ((at[0] - last[0]) * TURN, (last[1] - at[1]) * TILT);
        Outcome::View(view.turned(turn, tilt, view.target))
    }
}

/// How much a turn of the wheel zooms. A notch is about 100 pixels; a trackpad's pinch comes as small steps with Ctrl.
pub fn wheel_factor(pixels: f64, pinch: bool) -> f64 {
    let pixels_to_double = if pinch { 100.0 } else { 320.0 };
    (pixels.clamp(-600.0, 600.0) / pixels_to_double).exp2()
}

fn apart(a: Px, b: Px) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

fn middle([a, b]: [Px; 2]) -> Px {
    [f64::midpoint(a[0], b[0]), f64::midpoint(a[1], b[1])]
}

/// Side by side and both up or both down is a tilt; anything else a pinch. `None` while it could be either.
fn decide(from: [Px; 2], now: [Px; 2]) -> Option<Doing> {
    let [da, db] = [0, 1].map(|i| [now[i][0] - from[i][0], now[i][1] - from[i][1]]);
    if apart(from[0], now[0]).max(apart(from[1], now[1])) < DECIDE_PX {
        return None;
    }
    let side_by_side = (from[0][0] - from[1][0]).abs() > (from[0][1] - from[1][1]).abs();
    let upright = |d: Px| d[1].abs() > d[0].abs() * 1.5;
    let together = upright(da) && upright(db) && da[1] * db[1] > 0.0;
    let one_waits = apart(from[0], now[0]).min(apart(from[1], now[1])) < DECIDE_PX / 3.0;
    let growth = (apart(now[0], now[1]) - apart(from[0], from[1])).abs();
    match (side_by_side && together, one_waits && growth < DECIDE_PX * 2.0) {
        (true, _) => Some(Doing::Tilt),
        // The events of two fingers come one after the other: give the second its turn.
        (false, true) => None,
        (false, false) => Some(Doing::Pinch),
    }
}

/// Zoom, twist and move at once, so that the ground under both fingers stays under them.
fn pinched(view: Orbit, was: [Px; 2], now: [Px; 2], screen: Screen, limits: &Limits) -> Orbit {
    let Some(held) = view.ground(middle(was), screen) else { return view };
    let angle = |p: [Px; 2]| (p[1][1] - p[0][1]).atan2(p[1][0] - p[0][0]);
    let factor = apart(was[0], was[1]).max(1.0) / apart(now[0], now[1]).max(1.0);
    let twist = crate::orbit::wrapped(angle(was) - angle(now));
    view.zoomed(factor, middle(was), screen, limits).turned(twist, 0.0, held).dragged(held, middle(now), screen)
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::*;

    const SCREEN: Screen = Screen { width: 1000.0, height: 800.0 };
    const LIMITS: Limits = Limits { bounds: [-4000.0, -5000.0, 4000.0, 5000.0], furthest: 20_000.0 };
    const VIEW: Orbit = Orbit { target: [0.0, 0.0], distance: 500.0, heading: 0.3, tilt: 0.7 };

    /// Plays inputs and returns the view at the end and the clicks on the way.
    fn play(inputs: &[Input]) -> (Orbit, Vec<Px>) {
        let (mut gestures, mut view, mut clicks, mut now) = (Gestures::default(), VIEW, Vec::new(), 0.0);
        for &input in inputs {
            // A slow hand: no map goes on after it.
            now += 1_000.0;
            match gestures.apply(input, now, view, SCREEN, &LIMITS) {
                Outcome::View(next) => view = next,
                Outcome::Click(at) => clicks.push(at),
                _ => {}
            }
        }
        (view, clicks)
    }

    /// Plays inputs at their moments and returns what followed from the last.
    fn last(inputs: &[(f64, Input)]) -> Outcome {
        let (mut gestures, mut view, mut outcome) = (Gestures::default(), VIEW, Outcome::Nothing);
        for &(now, input) in inputs {
            outcome = gestures.apply(input, now, view, SCREEN, &LIMITS);
            if let Outcome::View(next) = outcome {
                view = next;
            }
        }
        outcome
    }

    #[test]
    fn a_map_that_is_thrown_goes_on_the_way_it_went_and_one_that_is_put_down_does_not() {
        let drag = |rest: f64| {
            last(&[
                (0.0, down(1, 300.0, 600.0)),
                (20.0, to(1, 340.0, 600.0)),
                (40.0, to(1, 380.0, 600.0)),
                (60.0, to(1, 420.0, 600.0)),
                (60.0 + rest, Input::Up { id: 1 }),
            ])
        };
        let Outcome::Glide(end, ms) = drag(10.0) else { panic!("{:?}", drag(10.0)) };
        let held = VIEW.ground([300.0, 600.0], SCREEN).unwrap_or_default();
        let rests = end.project([held[0], 0.0, held[1]], SCREEN).unwrap_or_default();
        assert!(rests[0] > 560.0 && rests[0] < 1_100.0 && (rests[1] - 600.0).abs() < 1.0 && ms > 0.0, "{rests:?}");
        assert_eq!(drag(400.0), Outcome::Nothing);
    }

    #[test]
    fn two_clicks_go_closer_and_two_fingers_that_tap_go_further() {
        let click = |at: f64, x: f64| [(at, down(1, x, 300.0)), (at + 50.0, Input::Up { id: 1 })];
        assert_eq!(last(&[click(0.0, 300.0), click(200.0, 304.0)].concat()), Outcome::Closer([304.0, 300.0]));
        assert_eq!(last(&[click(0.0, 300.0), click(900.0, 304.0)].concat()), Outcome::Click([304.0, 300.0]));
        assert_eq!(last(&[click(0.0, 300.0), click(200.0, 404.0)].concat()), Outcome::Click([404.0, 300.0]));
        // A third one begins anew.
        let thrice = [click(0.0, 300.0), click(200.0, 300.0), click(400.0, 300.0)].concat();
        assert_eq!(last(&thrice), Outcome::Click([300.0, 300.0]));
        let tap = [(0.0, down(1, 400.0, 400.0)), (10.0, down(2, 600.0, 400.0)), (120.0, Input::Up { id: 2 })];
        assert_eq!(last(&tap), Outcome::Further([500.0, 400.0]));
    }

    const fn down(id: i32, x: f64, y: f64) -> Input {
        Input::Down { id, at: [x, y], turn: false }
    }

    const fn to(id: i32, x: f64, y: f64) -> Input {
        Input::Move { id, at: [x, y] }
    }

    #[test]
    fn a_press_with_a_trembling_hand_is_a_click() {
        let (view, clicks) = play(&[down(1, 300.0, 300.0), to(1, 303.0, 302.0), Input::Up { id: 1 }]);
        assert_eq!((view, clicks), (VIEW, vec![[303.0, 302.0]]));
    }

    #[test]
    fn a_drag_moves_the_ground_along_and_is_no_click() {
        let (view, clicks) =
            play(&[down(1, 300.0, 600.0), to(1, 420.0, 640.0), to(1, 500.0, 500.0), Input::Up { id: 1 }]);
        assert!(clicks.is_empty());
        let held = VIEW.ground([300.0, 600.0], SCREEN).unwrap_or_default();
        let seen = view.project([held[0], 0.0, held[1]], SCREEN).unwrap_or_default();
        assert!(apart(seen, [500.0, 500.0]) < 1e-6, "{seen:?}");
        assert_eq!((view.distance, view.tilt), (VIEW.distance, VIEW.tilt));
    }

    #[test]
    fn the_right_button_turns_and_tilts() {
        let press = Input::Down { id: 1, at: [300.0, 300.0], turn: true };
        let (view, clicks) = play(&[press, to(1, 400.0, 250.0), Input::Up { id: 1 }]);
        assert!(clicks.is_empty() && view.heading > VIEW.heading && view.tilt > VIEW.tilt);
        assert!(apart(view.target, VIEW.target) < 1e-9);
    }

    #[test]
    fn two_fingers_apart_zoom_in_and_keep_the_ground_under_them() {
        let fingers = [down(1, 400.0, 400.0), down(2, 600.0, 400.0)];
        let apart_now = [to(1, 350.0, 400.0), to(2, 650.0, 400.0), to(1, 300.0, 400.0), to(2, 700.0, 400.0)];
        let (view, clicks) = play(&[&fingers[..], &apart_now, &[Input::Up { id: 1 }, Input::Up { id: 2 }]].concat());
        assert!(clicks.is_empty());
        assert!(view.distance < VIEW.distance * 0.6, "{}", view.distance);
        assert!(apart(view.target, VIEW.target) < VIEW.distance * 0.1);
    }

    #[test]
    fn two_fingers_that_twist_turn_the_map_with_them() {
        let twist = [to(1, 500.0, 300.0), to(2, 500.0, 500.0)];
        let (view, _) = play(&[&[down(1, 400.0, 400.0), down(2, 600.0, 400.0)][..], &twist].concat());
        assert!(view.heading < VIEW.heading - 0.5, "{}", view.heading);
    }

    #[test]
    fn two_fingers_up_together_tilt() {
        let up = [to(1, 400.0, 390.0), to(2, 600.0, 390.0), to(1, 400.0, 340.0), to(2, 600.0, 340.0)];
        let (view, _) = play(&[&[down(1, 400.0, 400.0), down(2, 600.0, 400.0)][..], &up].concat());
        assert!(view.tilt > VIEW.tilt + 0.1 && (view.distance - VIEW.distance).abs() < 1e-9, "{view:?}");
    }

    #[test]
    fn lifting_one_of_two_fingers_is_no_click_and_the_map_does_not_jump() {
        let (_, clicks) =
            play(&[down(1, 400.0, 400.0), down(2, 600.0, 400.0), Input::Up { id: 2 }, to(1, 401.0, 400.0)]);
        assert!(clicks.is_empty());
        let (view, clicks) = play(&[
            down(1, 400.0, 400.0),
            down(2, 600.0, 400.0),
            Input::Up { id: 2 },
            to(1, 401.0, 400.0),
            Input::Up { id: 1 },
        ]);
        assert!(clicks.is_empty() && apart(view.target, VIEW.target) < 2.0);
    }

    #[test]
    fn pointers_that_were_never_down_do_nothing() {
        assert_eq!(play(&[to(9, 1.0, 1.0), Input::Up { id: 9 }, Input::Cancel { id: 9 }]), (VIEW, vec![]));
        let mut gestures = Gestures::default();
        gestures.apply(down(1, 5.0, 5.0), 0.0, VIEW, SCREEN, &LIMITS);
        assert!(gestures.busy());
        gestures.apply(Input::Cancel { id: 1 }, 1.0, VIEW, SCREEN, &LIMITS);
        assert!(!gestures.busy());
    }

    #[test]
    fn a_wheel_gone_wild_zooms_by_a_sane_step() {
        assert!(wheel_factor(1e9, false) < 4.0 && wheel_factor(-1e9, true) > 0.01);
        assert!(wheel_factor(100.0, false) > 1.0);
    }
}
