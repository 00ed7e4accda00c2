//! Names on the map, and the pin above the home that is shown: a flat picture over the city's, so that letters are sharp
//! at any angle. It is drawn only when the city is, and once more when the camera has come to rest.

use std::collections::BTreeMap;
use std::rc::Rc;

use bevy::prelude::*;
use gasvrij3d::bus::map::{Feature, Form, Layer, Side};
use gasvrij3d::geo::Rd;
use gasvrij3d::mesh::names::{self, Name, Named};
use gasvrij3d::palette::{Rgb, Surface, palette};
use wasm_bindgen::JsCast;
use web_sys::{AddEventListenerOptions, CanvasRenderingContext2d, Event, HtmlCanvasElement};

use super::city::{City, Loaded, Shared};
use super::ruler::{Ruler, font};
use super::{listen as keep, screen};
use crate::labels::{Kept, Label, Rank, Written, reach, write};
use crate::orbit::{Orbit, Px, Screen, Vec3};
use crate::panes::Panes;
use crate::sight::Sight;

/// While the camera moves, names are chosen anew this often, milliseconds; in between those there are go along.
const CHOOSE_MS: f64 = 220.0;
/// And while tiles come: the last of them brings all names.
const COMING_MS: f64 = 600.0;
/// Names above the roofs, metres.
const ABOVE_ROOF: f64 = 1.0;
/// The pin: how high its tip is above the roof, metres, and its size on screen, pixels.
const PIN_ABOVE: f64 = 0.6;
const PIN_PX: f64 = 11.0;
/// The arms of the cross for who draws by keyboard, pixels.
const CROSS_PX: f64 = 12.0;
/// A place that somebody laid over the map, pixels.
const DOT_PX: f64 = 7.0;

/// What stands in a tile, and its rank.
const NAMED: [(Named, Rank); 3] =
    [(Named::Road, Rank::Road), (Named::Street, Rank::Street), (Named::Number, Rank::Number)];

/// The names.
#[derive(Default)]
pub struct Names {
    pen: Option<CanvasRenderingContext2d>,
    ruler: Option<Ruler>,
    /// By the place of their tile and their rank: those of tiles that are near enough for them.
    near: BTreeMap<(usize, Rank), Vec<Label>>,
    /// Neighbourhoods, and where they are.
    places: Vec<(Rc<str>, Rd)>,
    /// The labels to choose from. The first ones are marks: on which map each is, where it is not on both.
    labels: Vec<Label>,
    marks: Vec<Option<Side>>,
    /// What of the page lies over the maps, pixels of the page: left, top, right and bottom.
    covered: Vec<[f64; 4]>,
    /// Which of them are written on each map.
    written: [Vec<Written>; Side::ALL.len()],
    chosen_at: f64,
    /// There are names in tiles that came since then.
    pub is_coming: bool,
    /// How much larger than by itself all is that is written.
    scale: f64,
    /// Something else than the camera changed.
    pub stale: bool,
}

impl Names {
    /// Lays the picture over the city's.
    pub fn new(city: &HtmlCanvasElement) -> Self {
        let pen = pen_over(city);
        Self { ruler: pen.clone().map(Ruler::new), pen, scale: 1.0, stale: true, ..Self::default() }
    }

    /// A tile is there, with what is written on it: with more than before, where it came with less.
    pub fn more(&mut self, tile: usize, is_seen: bool) {
        for (_, rank) in NAMED {
            self.near.remove(&(tile, rank));
        }
        self.is_coming |= is_seen;
    }

    /// How much larger than by itself all is that is written.
    pub const fn scale(&self) -> f64 {
        self.scale
    }

    /// Takes the names of the neighbourhoods.
    pub fn place(&mut self, places: Vec<(Rc<str>, Rd)>) {
        self.places = places;
    }
}

fn pen_over(city: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    let canvas: HtmlCanvasElement = screen::document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_class_name("map-names");
    // All that is written here stands in the page, too.
    canvas.set_attribute("aria-hidden", "true").ok()?;
    city.parent_node()?.append_child(&canvas).ok()?;
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

pub fn plugin(app: &mut App) {
    app.add_systems(Last, follow);
}

/// What the picture of names depends on, beside what is written.
#[derive(Clone, Copy, PartialEq)]
struct Seen {
    view: Orbit,
    size: Screen,
    ratio: f64,
    has_cross: bool,
}

fn follow(shared: NonSend<Shared>, mut last: Local<Option<Seen>>) {
    let mut city = shared.borrow_mut();
    // What is written goes onto the picture as it was on the page.
    if city.pose.is_some() {
        return;
    }
    let (view, size, has_cross) = (city.view, city.whole_screen(), has_cross(&city));
    let seen = Seen { view, size, ratio: screen::pixel_ratio(), has_cross };
    let before = last.replace(seen);
    if city.names.is_coming && screen::now_ms() - city.names.chosen_at > COMING_MS {
        // This frame takes up tiles, and may draw them.
        city.names.chosen_at = screen::now_ms();
        soon(&shared);
    }
    // A frame that only has other colours leaves it as it is; other words on the same view are a task of their own.
    if before == Some(seen) {
        if std::mem::take(&mut city.names.stale) {
            soon(&shared);
        }
        return;
    }
    // Letters grow with the window.
    city.names.stale |= before.is_none_or(|before| before.size != size);
    let due = city.names.stale || screen::now_ms() - city.names.chosen_at > CHOOSE_MS;
    draw(&mut city, due);
}

/// The maps in the pixels of what is written on them: where letters are larger, pixels are, so that a large screen has the names
/// that fit on a small one.
pub fn sheet(city: &City) -> Panes {
    city.panes().in_pixels_of(city.names.scale)
}

/// Draws all names, chosen anew, when what is being done is done: a task each, for a town has many.
pub fn soon(shared: &Shared) {
    let city = shared.clone();
    screen::after(0, move || {
        let due = city.borrow().pose.is_none();
        if due {
            place_all(&mut city.borrow_mut(), true);
            let city = city.clone();
            screen::after(0, move || paint(&city.borrow()));
        }
    });
}

/// Listens to what folds open or shut over the map.
pub fn listen(shared: &Shared) {
    let Some(document) = screen::document() else { return };
    let options = AddEventListenerOptions::new();
    // It does not bubble.
    options.set_capture(true);
    let city = shared.clone();
    keep(&document, "toggle", &options, move |_: Event| soon(&city));
}

/// Draws all names; `choose` anew, or those that are written already.
pub fn draw(city: &mut City, choose: bool) {
    place_all(city, choose);
    paint(city);
}

/// Finds a place for each name that may be written.
fn place_all(city: &mut City, choose: bool) {
    if choose {
        city.names.scale = screen::letters();
        city.names.covered = screen::covered(&city.canvas);
    }
    let panes = sheet(city);
    let size = panes.size();
    if choose {
        gather(city, size);
        city.names.chosen_at = screen::now_ms();
        (city.names.stale, city.names.is_coming) = (false, false);
    }
    let pin = city.top_of_selected().and_then(|top| city.view.project(top, size));
    let rounds: Vec<(Px, f64)> = pin.iter().map(|[x, y]| ([*x, y - PIN_PX], PIN_PX * 1.6)).collect();
    let City { names, view, .. } = city;
    let Some(ruler) = &mut names.ruler else { return };
    ruler.take_up();
    let mut width = |label: &Label| ruler.width(label.rank, &label.text);
    for &side in panes.sides() {
        let is_here = |label: &usize| names.marks.get(*label).is_none_or(|on| on.is_none_or(|on| on == side));
        let only: Vec<usize> = if choose {
            (0..names.labels.len()).filter(is_here).collect()
        } else {
            names.written[side as usize].iter().map(|w| w.label).collect()
        };
        let [x, y] = panes.corner(side);
        let here = |[left, top, right, bottom]: [f64; 4]| [left - x, top - y, right - x, bottom - y];
        let rectangles = names.covered.iter().map(|rectangle| here(rectangle.map(|v| v / names.scale))).collect();
        let kept = Kept { rounds: rounds.clone(), rectangles };
        names.written[side as usize] = write(view, size, &names.labels, &only, &kept, &mut width);
    }
}

/// Makes the list of what may be written now.
fn gather(city: &mut City, size: Screen) {
    let mut names = std::mem::take(&mut city.names);
    let shown = city.overlays.is_shown(Layer::Names);
    let eye = city.view.eye();
    let sight = Sight::new(city.view, size, 1.0);
    let marks = city.overlays.features().filter_map(|(side, feature)| Some((side, mark(city, feature)?)));
    (names.marks, names.labels) = marks.unzip();
    if shown {
        names.labels.extend(names.places.iter().map(|(text, at)| {
            let at = place(city, *at, 0.0);
            Label { rank: Rank::Place, run: [at, at], text: text.clone() }
        }));
    }
    for (tile, loaded) in city.tiles.iter().enumerate().filter(|(tile, _)| sight.sees(city.middle(*tile))) {
        for (of, rank) in NAMED {
            let near = |_: &&Loaded| shown && is_near(city, tile, eye, reach(rank, size));
            let Some(loaded) = loaded.as_ref().filter(near) else {
                names.near.remove(&(tile, rank));
                continue;
            };
            let read = || names::read(&loaded.names, of).map(|name| label(city, tile, name)).collect();
            names.labels.extend_from_slice(names.near.entry((tile, rank)).or_insert_with(read));
        }
    }
    city.names = names;
}

/// Whether any place of a tile may be within reach of the eye.
fn is_near(city: &City, tile: usize, eye: Vec3, reach: f64) -> bool {
    let [min_x, min_y, max_x, max_y] = city.manifest.tiles[tile].id.bounds();
    let ([west, south], [east, north]) = (city.to_city([min_x, min_y]), city.to_city([max_x, max_y]));
    let beyond = |v: f64, low: f64, high: f64| (low - v).max(v - high).max(0.0);
    beyond(eye[0], west, east).hypot(beyond(eye[2], north, south)).hypot(eye[1]) < reach
}

fn label(city: &City, tile: usize, name: Name) -> Label {
    let id = city.manifest.tiles[tile].id;
    let rank = match name.of {
        Named::Road => Rank::Road,
        Named::Street => Rank::Street,
        Named::Number => Rank::Number,
    };
    let height = if rank == Rank::Number { f64::from(name.height_dm) / 10.0 + ABOVE_ROOF } else { 0.0 };
    let run = name.run.map(|p| place(city, id.to_rd(p), height));
    Label { rank, run, text: name.text.into() }
}

fn place(city: &City, at: Rd, height: f64) -> Vec3 {
    let [east, south] = city.to_city(at);
    [east, height, south]
}

/// What is written at a feature that was laid over the map.
fn mark(city: &City, feature: &Feature) -> Option<Label> {
    let first = feature.at.first().filter(|_| !feature.label.is_empty())?;
    let at = match feature.shape {
        Form::Point | Form::Line => *first.get(first.len() / 2)?,
        Form::Area => {
            let count = first.len().max(1) as f64;
            [0, 1].map(|k| first.iter().map(|p| p[k]).sum::<f64>() / count)
        }
    };
    let at = place(city, at, 0.0);
    Some(Label { rank: Rank::Mark, run: [at, at], text: feature.label.as_str().into() })
}

/// The colours of letters and of the line around them.
fn inks() -> [&'static str; 2] {
    if screen::is_forced() {
        ["CanvasText", "Canvas"]
    } else if screen::is_dark() {
        ["#f2f5f6", "#14191c"]
    } else {
        ["#1b2429", "#ffffff"]
    }
}

fn css([r, g, b]: Rgb) -> String {
    format!("rgb({r} {g} {b})")
}

fn paint(city: &City) {
    let Some(pen) = &city.names.pen else { return };
    let size = city.whole_screen();
    let ratio = screen::pixel_ratio();
    if let Some(canvas) = pen.canvas() {
        let [wide, high] = [size.width, size.height].map(|v| (v * ratio).round() as u32);
        if canvas.width() != wide || canvas.height() != high {
            canvas.set_width(wide);
            canvas.set_height(high);
        }
    }
    // These fail only for numbers that are none.
    drop(pen.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0));
    pen.clear_rect(0.0, 0.0, size.width, size.height);
    inscribe(city, pen, ratio, &[]);
}

/// Writes what is written onto a picture with so many pixels in one of the page, but for what would lie on one of these rectangles
/// of the sheet (left, top, right and bottom); between two maps goes a line.
pub fn inscribe(city: &City, pen: &CanvasRenderingContext2d, ratio: f64, covered: &[[f64; 4]]) {
    let (panes, ratio) = (sheet(city), ratio * city.names.scale);
    let size = panes.size();
    let [ink, halo] = inks();
    for &side in panes.sides() {
        let [x, y] = panes.corner(side);
        pen.save();
        drop(pen.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0));
        pen.begin_path();
        pen.rect(x, y, size.width, size.height);
        pen.clip();
        let covered: Vec<[f64; 4]> = covered.iter().map(|[a, b, c, d]| [a - x, b - y, c - x, d - y]).collect();
        inscribe_map(city, pen, &panes, side, ratio, &covered);
        pen.restore();
    }
    if panes.lie().is_some() {
        let Screen { width, height } = panes.canvas();
        let [x, y] = panes.corner(Side::Second);
        drop(pen.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0));
        for (half, colour) in [(2.5, halo), (1.0, ink)] {
            pen.set_fill_style_str(colour);
            if x > 0.0 {
                pen.fill_rect(x - half, 0.0, half * 2.0, height);
            } else {
                pen.fill_rect(0.0, y - half, width, half * 2.0);
            }
        }
    }
}

fn inscribe_map(
    city: &City,
    pen: &CanvasRenderingContext2d,
    panes: &Panes,
    side: Side,
    ratio: f64,
    covered: &[[f64; 4]],
) {
    let (size, [left, top]) = (panes.size(), panes.corner(side).map(|v| v * ratio));
    let upright = || drop(pen.set_transform(ratio, 0.0, 0.0, ratio, left, top));
    upright();
    let [ink, halo] = inks();
    let here = city.overlays.features().filter(|(on, _)| on.is_none_or(|on| on == side));
    let points = here.map(|(_, feature)| feature).filter(|feature| feature.shape == Form::Point);
    for (feature, at) in points.flat_map(|f| f.at.iter().flatten().map(move |at| (f, at))) {
        if let Some(at) = city.view.project(place(city, *at, 0.0), size) {
            dot(pen, at, &css(palette().surface(feature.colour)), halo);
        }
    }
    pen.set_text_align("center");
    pen.set_text_baseline("middle");
    pen.set_line_join("round");
    pen.set_stroke_style_str(halo);
    pen.set_fill_style_str(ink);
    let mut current = None;
    for written in &city.names.written[side as usize] {
        let Written { label, at, angle, .. } = written;
        let label = &city.names.labels[*label];
        if covered.iter().any(|rectangle| written.lies_on(label.rank, *rectangle)) {
            continue;
        }
        if current != Some(label.rank) {
            current = Some(label.rank);
            pen.set_font(&font(label.rank));
            pen.set_line_width(if label.rank == Rank::Number { 3.0 } else { 3.5 });
        }
        let (sin, cos) = angle.sin_cos();
        let above = if label.rank == Rank::Mark { -(DOT_PX + label.rank.size()) } else { 0.0 };
        drop(pen.set_transform(
            ratio * cos,
            ratio * sin,
            -ratio * sin,
            ratio * cos,
            (left + ratio * at[0]).round(),
            (top + ratio * (at[1] + above)).round(),
        ));
        drop(pen.stroke_text(&label.text, 0.0, 0.0));
        drop(pen.fill_text(&label.text, 0.0, 0.0));
    }
    upright();
    if let Some(at) = city.top_of_selected().and_then(|top| city.view.project(top, size)) {
        pin(pen, at);
    }
    if has_cross(city) {
        cross(pen, size, [ink, halo]);
    }
}

fn has_cross(city: &City) -> bool {
    city.drawing && screen::has_focus(&city.canvas)
}

/// A cross in the middle of the map: what Enter would mark.
fn cross(pen: &CanvasRenderingContext2d, size: Screen, [ink, halo]: [&str; 2]) {
    let [x, y] = [size.width / 2.0, size.height / 2.0];
    for (width, colour) in [(5.0, halo), (2.0, ink)] {
        pen.set_stroke_style_str(colour);
        pen.set_line_width(width);
        pen.begin_path();
        for [dx, dy] in [[CROSS_PX, 0.0], [0.0, CROSS_PX]] {
            pen.move_to(x - dx, y - dy);
            pen.line_to(x + dx, y + dy);
        }
        pen.stroke();
    }
}

fn dot(pen: &CanvasRenderingContext2d, [x, y]: Px, colour: &str, halo: &str) {
    for (radius, fill) in [(DOT_PX + 2.5, halo), (DOT_PX, colour)] {
        pen.set_fill_style_str(fill);
        pen.begin_path();
        drop(pen.arc(x, y, radius, 0.0, std::f64::consts::TAU));
        pen.fill();
    }
}

/// A pin with its tip at a place.
fn pin(pen: &CanvasRenderingContext2d, [x, y]: Px) {
    let [fill, edge] = [Surface::Selected, Surface::SelectedEdge].map(|s| css(palette().surface(s)));
    let middle = y - PIN_PX * 2.4;
    let spread = std::f64::consts::PI * 0.16;
    pen.begin_path();
    pen.move_to(x, y);
    let low = std::f64::consts::FRAC_PI_2;
    drop(pen.arc(x, middle, PIN_PX, low + 2.0 * spread, low - 2.0 * spread + std::f64::consts::TAU));
    pen.close_path();
    pen.set_fill_style_str(&fill);
    pen.set_stroke_style_str(&edge);
    pen.set_line_width(2.5);
    pen.fill();
    pen.stroke();
    pen.begin_path();
    drop(pen.arc(x, middle, PIN_PX * 0.38, 0.0, std::f64::consts::TAU));
    pen.set_fill_style_str(&edge);
    pen.fill();
}

/// Where the pin of the home that is shown stands: over the middle of its roof.
impl City {
    fn top_of_selected(&self) -> Option<Vec3> {
        let place = self.selected.and_then(|(tile, pand)| self.find(tile, pand))?;
        let footprints = self.tiles[place.tile].as_ref()?.picker.footprints();
        let rings = footprints.ring_points(place.pand as usize);
        let outer = rings.first().filter(|ring| !ring.is_empty())?;
        let middle = [0, 1].map(|k| outer.iter().map(|p| i64::from(p[k])).sum::<i64>() / outer.len() as i64);
        let at = self.manifest.tiles[place.tile].id.to_rd(middle.map(|v| v as i32));
        let [east, south] = self.to_city(at);
        Some([east, self.height_m(place) + PIN_ABOVE, south])
    }
}
