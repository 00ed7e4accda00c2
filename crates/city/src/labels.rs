//! Which names are written where on the screen: the important ones first, never over each other. Pure.

use std::rc::Rc;

use crate::orbit::{Orbit, Px, Screen, TAN_HALF_FOV, Vec3};

/// What a name is about, the most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// What somebody laid over the map.
    Mark,
    /// A neighbourhood.
    Place,
    /// A road that leads through the town.
    Road,
    /// A street.
    Street,
    /// A house number.
    Number,
}

/// A name that may be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// What it is about.
    pub rank: Rank,
    /// Where it begins and ends: along a street, or one place. East, up, south of the city's origin.
    pub run: [Vec3; 2],
    /// What it says.
    pub text: Rc<str>,
}

/// A name on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Written {
    /// Its place in the list of labels.
    pub label: usize,
    /// The middle of the text.
    pub at: Px,
    /// How far it is turned, radians, clockwise.
    pub angle: f64,
    /// How wide it is, pixels.
    pub width: f64,
}

impl Written {
    /// Whether any of it, with letters of this rank, lies on a rectangle of the screen: left, top, right and bottom.
    pub fn lies_on(&self, rank: Rank, [left, top, right, bottom]: [f64; 4]) -> bool {
        discs(rank, self.at, self.angle, self.width).iter().any(|Disc { at: [x, y], radius }| {
            (left - x).max(x - right) < *radius && (top - y).max(y - bottom) < *radius
        })
    }
}

/// More than this on one screen is no help to anybody.
const MOST: usize = 90;
/// A street is not named twice within this, pixels.
const REPEAT_PX: f64 = 340.0;
/// Nearer than this to the eye nothing is written, metres.
const NEAREST: f64 = 2.0;

impl Rank {
    /// The height of its letters, pixels.
    pub const fn size(self) -> f64 {
        match self {
            Self::Mark | Self::Road => 13.0,
            Self::Place => 16.0,
            Self::Street => 12.5,
            Self::Number => 11.5,
        }
    }

    /// The room that is kept free around it, pixels: a few large names say more than many.
    const fn room(self) -> f64 {
        match self {
            Self::Place => 11.0,
            Self::Mark | Self::Road | Self::Street => 3.0,
            Self::Number => 1.5,
        }
    }

    /// From how many and up to how many metres in a pixel it is written.
    const fn range(self) -> [f64; 2] {
        match self {
            Self::Mark => [0.0, f64::MAX],
            Self::Place => [0.55, 12.0],
            Self::Road => [0.0, 2.4],
            Self::Street => [0.0, 0.8],
            Self::Number => [0.0, 0.17],
        }
    }

    /// Whether it is written along a line.
    const fn is_along(self) -> bool {
        matches!(self, Self::Road | Self::Street)
    }

    fn is_written_at(self, metres_in_a_pixel: f64) -> bool {
        let [from, to] = self.range();
        (from..=to).contains(&metres_in_a_pixel)
    }
}

/// The metres in a pixel at some distance from the eye.
fn metres_in_a_pixel(depth: f64, screen: Screen) -> f64 {
    2.0 * TAN_HALF_FOV * depth / screen.height.max(1.0)
}

/// Up to this far from the eye names of a rank are written, metres; in a corner of the picture the way to them is longest.
pub fn reach(rank: Rank, screen: Screen) -> f64 {
    let across = TAN_HALF_FOV * screen.width / screen.height.max(1.0);
    rank.range()[1] / metres_in_a_pixel(1.0, screen) * across.hypot(TAN_HALF_FOV).hypot(1.0)
}

/// What is kept free of names, in pixels of the screen.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// Rounds: their middle and how far they reach.
    pub rounds: Vec<(Px, f64)>,
    /// Rectangles: left, top, right and bottom.
    pub rectangles: Vec<[f64; 4]>,
}

/// Writes the labels, of equal rank in their order; `only` are the places in the list of those that may be written. `measure` says
/// how wide a label is, pixels; it is asked only of those that stand where they could be written.
pub fn write(
    view: &Orbit,
    screen: Screen,
    labels: &[Label],
    only: &[usize],
    kept: &Kept,
    measure: &mut dyn FnMut(&Label) -> f64,
) -> Vec<Written> {
    let mut order: Vec<usize> = only.iter().copied().filter(|&i| i < labels.len()).collect();
    order.sort_by_key(|&i| (labels[i].rank, i));
    let mut out: Vec<Written> = Vec::new();
    let mut taken: Vec<Disc> = kept.rounds.iter().map(|&(at, radius)| Disc { at, radius }).collect();
    for i in order {
        if out.len() == MOST {
            break;
        }
        let label = &labels[i];
        let Some((at, angle, width)) = place(view, screen, label, measure) else { continue };
        let repeats = |w: &Written| labels[w.label].text == label.text && apart(w.at, at) < REPEAT_PX;
        if label.rank.is_along() && out.iter().any(repeats) {
            continue;
        }
        let discs = discs(label.rank, at, angle, width);
        if discs.iter().any(|disc| taken.iter().any(|other| disc.touches(other))) {
            continue;
        }
        let written = Written { label: i, at, angle, width };
        if kept.rectangles.iter().any(|rectangle| written.lies_on(label.rank, *rectangle)) {
            continue;
        }
        taken.extend(discs);
        out.push(written);
    }
    out
}

/// Where a label would stand, how far it would be turned and how wide it is, if it fits there.
fn place(view: &Orbit, screen: Screen, label: &Label, width: &mut dyn FnMut(&Label) -> f64) -> Option<(Px, f64, f64)> {
    let eye = view.eye();
    let forward = view.forward();
    let depth = |p: Vec3| (0..3).map(|k| (p[k] - eye[k]) * forward[k]).sum::<f64>();
    let [mut a, mut b] = label.run;
    if !label.rank.is_along() {
        let far = depth(a);
        let fits = far > NEAREST && label.rank.is_written_at(metres_in_a_pixel(far, screen));
        let at = view.project(a, screen).filter(|_| fits)?;
        let [x, y] = at;
        if x <= 0.0 || x >= screen.width || y <= label.rank.size() || y >= screen.height {
            return None;
        }
        let wide = width(label);
        return (x > wide / 2.0 && x < screen.width - wide / 2.0).then_some((at, 0.0, wide));
    }
    // The part before the eye.
    let (da, db) = (depth(a), depth(b));
    if da.max(db) <= NEAREST {
        return None;
    }
    let cut = |from: Vec3, to: Vec3, part: f64| std::array::from_fn(|k| from[k] + (to[k] - from[k]) * part);
    if da < NEAREST {
        a = cut(a, b, (NEAREST - da) / (db - da));
    } else if db < NEAREST {
        b = cut(b, a, (NEAREST - db) / (da - db));
    }
    // And of that the part on the screen.
    let seen = [view.project(a, screen)?, view.project(b, screen)?];
    let [p, q] = within(seen, screen, label.rank.size())?;
    let middle = [f64::midpoint(p[0], q[0]), f64::midpoint(p[1], q[1])];
    let ground = view.ground(middle, screen)?;
    if !label.rank.is_written_at(metres_in_a_pixel(depth([ground[0], 0.0, ground[1]]), screen)) {
        return None;
    }
    let wide = width(label);
    if apart(p, q) < wide + 4.0 {
        return None;
    }
    let angle = (q[1] - p[1]).atan2(q[0] - p[0]);
    // Never upside down.
    let upright =
        if angle.abs() > std::f64::consts::FRAC_PI_2 { angle - angle.signum() * std::f64::consts::PI } else { angle };
    Some((middle, upright, wide))
}

/// The part of a stretch that lies on the screen, with a margin.
fn within([p, q]: [Px; 2], screen: Screen, margin: f64) -> Option<[Px; 2]> {
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for (k, size) in [screen.width, screen.height].into_iter().enumerate() {
        let (start, step) = (p[k], q[k] - p[k]);
        let [low, high] = [margin, size - margin];
        if step.abs() < 1e-9 {
            if start < low || start > high {
                return None;
            }
            continue;
        }
        let [a, b] = [(low - start) / step, (high - start) / step];
        from = from.max(a.min(b));
        to = to.min(a.max(b));
    }
    let at = |part: f64| [p[0] + (q[0] - p[0]) * part, p[1] + (q[1] - p[1]) * part];
    (from < to).then(|| [at(from), at(to)])
}

/// A round piece of a text.
struct Disc {
    at: Px,
    radius: f64,
}

impl Disc {
    fn touches(&self, other: &Self) -> bool {
        apart(self.at, other.at) < self.radius + other.radius
    }
}

/// A text as a row of discs, so that it does not matter how it is turned.
fn discs(rank: Rank, at: Px, angle: f64, width: f64) -> Vec<Disc> {
    let radius = rank.size() * 0.6 + rank.room();
    let reach = (width / 2.0 - rank.size() * 0.4).max(0.0);
    let count = (2.0 * reach / radius).ceil().max(1.0);
    let (sin, cos) = angle.sin_cos();
    (0..=count as usize)
        .map(|i| -reach + 2.0 * reach * i as f64 / count)
        .map(|along| Disc { at: [at[0] + cos * along, at[1] + sin * along], radius })
        .collect()
}

fn apart(a: Px, b: Px) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const SCREEN: Screen = Screen { width: 1200.0, height: 800.0 };

    fn view(distance: f64) -> Orbit {
        Orbit { target: [0.0, 0.0], distance, heading: 0.0, tilt: 0.0 }
    }

    fn street(text: &str, from: [f64; 2], to: [f64; 2]) -> Label {
        let run = [from, to].map(|[east, south]| [east, 0.0, south]);
        Label { rank: Rank::Street, run, text: text.into() }
    }

    fn number(text: &str, at: [f64; 2]) -> Label {
        let at = [at[0], 8.0, at[1]];
        Label { rank: Rank::Number, run: [at, at], text: text.into() }
    }

    fn wrote(view: &Orbit, screen: Screen, labels: &[Label], only: &[usize]) -> Vec<Written> {
        beside(&Kept::default(), view, screen, labels, only)
    }

    fn beside(kept: &Kept, view: &Orbit, screen: Screen, labels: &[Label], only: &[usize]) -> Vec<Written> {
        write(view, screen, labels, only, kept, &mut |label| 7.0 * label.text.len() as f64)
    }

    fn texts(view: Orbit, labels: &[Label]) -> Vec<String> {
        let all: Vec<usize> = (0..labels.len()).collect();
        wrote(&view, SCREEN, labels, &all).iter().map(|w| labels[w.label].text.to_string()).collect()
    }

    #[test]
    fn numbers_come_with_zoom_and_neighbourhoods_go() {
        let labels = [
            number("12", [0.0, 40.0]),
            street("Dorpsstraat", [-80.0, 0.0], [80.0, 0.0]),
            Label { rank: Rank::Place, ..number("Binnenstad", [0.0, 0.0]) },
        ];
        assert_eq!(texts(view(150.0), &labels), ["Dorpsstraat", "12"]);
        assert_eq!(texts(view(420.0), &labels), ["Dorpsstraat"]);
        assert_eq!(texts(view(3000.0), &labels), ["Binnenstad"]);
    }

    #[test]
    fn from_afar_only_the_roads_through_the_town_are_named_and_numbers_only_within_their_reach() {
        let road = Label { rank: Rank::Road, ..street("Rijksweg", [-800.0, 0.0], [800.0, 0.0]) };
        assert_eq!(texts(view(2000.0), &[street("Dorpsstraat", [-800.0, 99.0], [800.0, 99.0]), road]), ["Rijksweg"]);
        let straight_down = Rank::Number.range()[1] / metres_in_a_pixel(1.0, SCREEN);
        for (part, written) in [(0.95, 1), (1.1, 0)] {
            let above = view(straight_down * part + 8.0);
            assert_eq!(texts(above, &[number("12", [0.0, 0.0])]).len(), written);
            // In a corner it is further from the eye, and within reach all the same.
            let corner = above.ground([SCREEN.width - 40.0, SCREEN.height - 30.0], SCREEN).unwrap();
            assert_eq!(texts(above, &[number("12", corner)]).len(), written);
            let away = corner[0].hypot(corner[1]).hypot(straight_down * part);
            assert_eq!(away < reach(Rank::Number, SCREEN), written == 1);
        }
    }

    #[test]
    fn two_names_never_touch_and_the_important_one_stays() {
        let mark = Label { rank: Rank::Mark, ..number("hier", [0.0, 0.0]) };
        let labels = [number("12", [0.0, 0.0]), street("Dorpsstraat", [-80.0, 1.0], [80.0, 1.0]), mark];
        assert_eq!(texts(view(150.0), &labels), ["hier"]);
        let crossing =
            [street("Kruisweg", [-80.0, 0.0], [80.0, 0.0]), street("Dwarsstraat", [0.0, -80.0], [0.0, 80.0])];
        assert_eq!(texts(view(150.0), &crossing), ["Kruisweg"]);
    }

    #[test]
    fn where_a_pin_stands_nothing_is_written() {
        let labels = [number("12", [0.0, 0.0]), number("14", [30.0, 0.0])];
        let kept = Kept { rounds: vec![([SCREEN.width / 2.0, SCREEN.height / 2.0], 20.0)], ..Kept::default() };
        let written = beside(&kept, &view(100.0), SCREEN, &labels, &[0, 1]);
        assert_eq!(written.iter().map(|w| w.label).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn a_name_lies_on_what_any_of_its_letters_would_be_under() {
        let written = wrote(&view(150.0), SCREEN, &[street("Dorpsstraat", [-80.0, 0.0], [80.0, 0.0])], &[0])[0];
        let [x, y] = written.at;
        let half = written.width / 2.0;
        let lies_on =
            |from: f64, to: f64, top: f64| written.lies_on(Rank::Street, [x + from, y + top, x + to, y + 200.0]);
        assert!(lies_on(half - 4.0, 400.0, -50.0) && lies_on(-400.0, 4.0 - half, -50.0));
        assert!(!lies_on(half + 20.0, 400.0, -50.0) && !lies_on(-400.0, 400.0, 20.0));
        // It is turned: what lies beside it when it lies flat is under it when it stands.
        let standing = Written { angle: std::f64::consts::FRAC_PI_2, ..written };
        assert!(standing.lies_on(Rank::Street, [x - 4.0, y + half - 6.0, x + 4.0, y + half]));
        assert!(!written.lies_on(Rank::Street, [x - 4.0, y + half - 6.0, x + 4.0, y + half]));
    }

    #[test]
    fn under_what_lies_over_the_map_no_name_is_written() {
        let street = [street("Dorpsstraat", [-80.0, 0.0], [80.0, 0.0])];
        let free = wrote(&view(150.0), SCREEN, &street, &[0]);
        let [x, y] = free[0].at;
        let with = |rectangle| {
            let kept = Kept { rectangles: vec![rectangle], ..Kept::default() };
            beside(&kept, &view(150.0), SCREEN, &street, &[0])
        };
        assert!(with([x + 10.0, 0.0, SCREEN.width, SCREEN.height]).is_empty(), "the end of it");
        assert_eq!(with([0.0, y + 40.0, SCREEN.width, SCREEN.height]), free);
    }

    #[test]
    fn a_street_that_is_too_short_on_screen_is_not_named_and_one_that_leaves_it_is_named_where_it_is_seen() {
        assert!(texts(view(150.0), &[street("Ridderspoorstraat", [0.0, 0.0], [4.0, 0.0])]).is_empty());
        let long = [street("Lange weg", [0.0, 0.0], [5000.0, 0.0])];
        let written = wrote(&view(150.0), SCREEN, &long, &[0]);
        assert!((600.0..1200.0).contains(&written[0].at[0]), "{written:?}");
    }

    #[test]
    fn names_are_read_from_left_to_right_whichever_way_one_looks() {
        for turn in 0..16 {
            let heading = f64::from(turn) * 0.4;
            let view = Orbit { heading, tilt: 0.6, ..view(200.0) };
            for w in wrote(&view, SCREEN, &[street("Dorpsstraat", [-80.0, -10.0], [80.0, 10.0])], &[0]) {
                assert!(w.angle.abs() <= std::f64::consts::FRAC_PI_2);
            }
        }
    }

    #[test]
    fn a_street_in_two_tiles_is_named_once() {
        let both = [street("Lange weg", [-50.0, 0.0], [0.0, 0.0]), street("Lange weg", [0.0, 0.0], [50.0, 0.0])];
        assert_eq!(texts(view(200.0), &both), ["Lange weg"]);
    }

    #[test]
    fn what_lies_behind_the_eye_is_not_written_and_nonsense_ends() {
        let slanting = Orbit { tilt: 1.3, ..view(100.0) };
        let behind = [number("7", [0.0, 900.0]), street("Achterweg", [0.0, 400.0], [50.0, 900.0])];
        assert!(texts(slanting, &behind).is_empty());
        let nonsense = [street("x", [f64::NAN, 0.0], [1e308, f64::INFINITY]), number("y", [f64::NAN, 0.0])];
        assert!(texts(slanting, &nonsense).is_empty());
        assert!(wrote(&slanting, SCREEN, &behind, &[7]).is_empty());
    }
}
