//! The state of the city: what is loaded, where the camera is, what is pointed at. One plain value, no engine in it.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use gasvrij3d::bundles::Bundles;
use gasvrij3d::bus::map::{Camera, Side};
use gasvrij3d::figures::Border;
use gasvrij3d::geo::{Rd, TILE_WIDTH, TileId};
use gasvrij3d::home::PandId;
use gasvrij3d::manifest::Manifest;
use gasvrij3d::mesh::blocks::MOST_BLOCKS;
use gasvrij3d::mesh::{Detail, Faults};
use gasvrij3d::pick::{Picker, Ray};
use gasvrij3d::theme::Theme;
use web_sys::HtmlCanvasElement;

use super::loader::Hand;
use super::names::Names;
use super::overlay::Overlays;
use super::picture::Pose;
use super::tiles::Arrived;
use super::{borders, draw, screen, wake};
use crate::ease::Ease;
use crate::flight::Flight;
use crate::gesture::Gestures;
use crate::orbit::{Limits, Orbit, Px, Screen};
use crate::paint::Paint;
use crate::panes::Panes;
use crate::queue::Queue;
use crate::sight::Sight;
use crate::steps::{self, Step};

/// The city, as events and systems share it. All run on one thread, one after the other.
pub type Shared = Rc<RefCell<City>>;

/// How close one comes to a house that is shown, metres.
const HOUSE_DISTANCE: f64 = 120.0;
/// How slanting one looks at it.
const HOUSE_TILT: f64 = 55.0 * std::f64::consts::PI / 180.0;
const FLY_MS: f64 = 1_200.0;
const STEP_MS: f64 = 200.0;
/// The overlay with the border of the neighbourhood that a page is about.
const AREA: &str = "buurt";
/// No more tiles than this are kept: a town of about half a million homes as it is seen from afar.
const MOST_TILES: usize = 1_500;
/// While tiles come in, what has come is shown after this many milliseconds, and no more than a part of the time goes to
/// drawing it: a frame for each would keep a slow graphics card busy long after the last.
const SHOW_MS: f64 = 250.0;
const SHOW_SHARE: f64 = 0.2;

/// A pand: its tile's place in the manifest and its own place in the tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub tile: usize,
    pub pand: u32,
}

/// What is known of a tile on screen.
pub struct Loaded {
    pub picker: Picker,
    /// What is written on it, as lines of text.
    pub names: String,
    pub ids: Vec<u64>,
    /// For each theme, one after the other, the category of each pand.
    pub categories: Vec<u8>,
    /// For each pand its block.
    pub block_of: Vec<u8>,
}

// Each stands by itself: three of what the device can do, and four things that may be due.
#[allow(clippy::struct_excessive_bools)]
pub struct City {
    pub manifest: Manifest,
    /// For each tile the place of its first pand in the table of colours.
    pub first: Vec<u32>,
    /// The place of the first block of the first tile, after those of all panden.
    pub first_block: u32,
    pub canvas: HtmlCanvasElement,
    /// Smooth edges, and passes over all pixels, cost too much here.
    pub is_modest: bool,
    /// Fewer pixels, spread over the canvas, are quicker here. On a processor it is the spreading that takes time.
    pub saves_pixels: bool,
    /// A triangle has the look of its first corner, not of its last.
    pub takes_first_corner: bool,
    /// Corners of where there are homes: what the view of the whole town must hold.
    extent: Vec<[f64; 2]>,
    pub view: Orbit,
    pub limits: Limits,
    pub flight: Option<Flight>,
    /// What is left out while it moves.
    pub ease: Ease,
    pub gestures: Gestures,
    /// Until somebody moves the camera it keeps the whole town in sight, also when the window changes.
    pub untouched: bool,
    pub queue: Queue,
    pub bundles: Bundles,
    pub tiles: Vec<Option<Loaded>>,
    /// The workers.
    pub hands: Vec<Hand>,
    /// Tiles that have come but are not on screen yet.
    pub arrived: VecDeque<Arrived>,
    /// Tiles that are no longer kept, with what is still kept of each.
    pub gone: Vec<(usize, Option<Detail>)>,
    /// When tiles that came were shown last, and whether they soon will be.
    shown_ms: f64,
    /// How long the graphics card took for that, once it is known, milliseconds.
    drawn_in_ms: Option<f64>,
    pub is_show_due: bool,
    /// Tiles of which the colours are not in the table yet.
    pub unpainted: Vec<usize>,
    pub paint: Paint,
    /// Whether there are two maps side by side, and the one that the pointer is on.
    pub beside: bool,
    pub pointed: Side,
    /// What others lay over the ground.
    pub overlays: Overlays,
    /// Whether places on the ground are reported instead of panden picked.
    pub drawing: bool,
    /// The colours must be chosen anew: light, dark or strong.
    pub undressed: bool,
    /// What is written on the map.
    pub names: Names,
    /// The picture that is being made.
    pub pose: Option<Pose>,
    pub hovered: Option<Place>,
    pub selected: Option<(TileId, PandId)>,
    /// The neighbourhoods, once they have come, and the one that a page is about.
    pub borders: Vec<Border>,
    pub area: Option<String>,
    /// The outline must be drawn anew.
    pub marks_changed: bool,
    /// What could not be drawn as it was given, of all tiles that came.
    pub faults: Faults,
}

impl City {
    pub fn new(manifest: Manifest, canvas: HtmlCanvasElement) -> Self {
        let origin = manifest.centre;
        let [min_x, min_y, max_x, max_y] = manifest.bounds;
        let bounds = [min_x - origin[0], origin[1] - max_y, max_x - origin[0], origin[1] - min_y];
        let extent = extent(&manifest);
        let view = Orbit::framing(&extent, screen::size(&canvas));
        Self {
            first: manifest.first_panden(),
            first_block: manifest.tiles.iter().map(|t| t.panden).sum(),
            queue: Queue::new(manifest.tiles.iter().map(|t| middle(t.id, origin)), MOST_TILES),
            bundles: if screen::is_kept() { Bundles::default() } else { Bundles::of_manifest(&manifest) },
            tiles: manifest.tiles.iter().map(|_| None).collect(),
            limits: Limits { bounds, furthest: view.distance * 1.5 },
            extent,
            manifest,
            names: Names::new(&canvas),
            is_modest: screen::is_modest(&canvas),
            saves_pixels: screen::is_modest(&canvas) && !screen::is_software(&canvas),
            takes_first_corner: screen::takes_first_corner(&canvas),
            ease: Ease::on(screen::is_software(&canvas)),
            canvas,
            view,
            flight: None,
            gestures: Gestures::default(),
            untouched: true,
            hands: Vec::new(),
            arrived: VecDeque::new(),
            gone: Vec::new(),
            shown_ms: 0.0,
            drawn_in_ms: Some(0.0),
            is_show_due: false,
            unpainted: Vec::new(),
            paint: Paint::default(),
            beside: false,
            pointed: Side::First,
            overlays: Overlays::default(),
            drawing: false,
            undressed: true,
            pose: None,
            hovered: None,
            selected: None,
            borders: Vec::new(),
            area: None,
            marks_changed: false,
            faults: Faults::default(),
        }
    }

    /// The size of the canvas on the page, CSS pixels.
    pub fn whole_screen(&self) -> Screen {
        self.pose.as_ref().map_or_else(|| screen::size(&self.canvas), |pose| pose.page)
    }

    /// How one or two maps lie on it.
    pub fn panes(&self) -> Panes {
        Panes::new(self.whole_screen(), self.beside)
    }

    /// The size of the map, or of each of two, CSS pixels.
    pub fn screen(&self) -> Screen {
        self.panes().size()
    }

    /// A place on the canvas as a place on the map there; a gesture stays on the map where it began.
    pub fn on_map(&mut self, at: Px) -> Px {
        let panes = self.panes();
        if !self.gestures.busy() {
            self.pointed = panes.side_at(at);
        }
        panes.within(self.pointed, at)
    }

    /// Metres from the city's origin, to the east and to the south.
    pub fn to_city(&self, [x, y]: Rd) -> [f64; 2] {
        [x - self.manifest.centre[0], self.manifest.centre[1] - y]
    }

    /// RD metres, from metres to the east and to the south of the city's origin.
    pub fn to_rd(&self, [east, south]: [f64; 2]) -> Rd {
        [self.manifest.centre[0] + east, self.manifest.centre[1] - south]
    }

    /// Where the camera is or will soon be.
    pub fn heading_for(&self) -> Orbit {
        self.flight.map_or(self.view, |f| f.end())
    }

    /// What is seen from where the camera is or will soon be.
    pub fn sight(&self) -> Sight {
        Sight::new(self.heading_for(), self.screen(), screen::pixel_ratio())
    }

    /// The middle of a tile, metres from the city's origin.
    pub fn middle(&self, tile: usize) -> [f64; 2] {
        self.manifest.tiles.get(tile).map_or([0.0, 0.0], |t| middle(t.id, self.manifest.centre))
    }

    /// Whether all that is in sight is on screen and nothing moves.
    pub fn is_settled(&self) -> bool {
        let sight = self.sight();
        self.flight.is_none() && self.queue.is_satisfied(&sight) && self.next_seen(&sight).is_none()
    }

    /// The first that has come of what is in sight.
    fn next_seen(&self, sight: &Sight) -> Option<usize> {
        self.arrived.iter().position(|tile| sight.sees(self.middle(tile.place)))
    }

    /// Takes what has come: first what is in sight.
    pub fn next_arrived(&mut self, sight: &Sight) -> Option<Arrived> {
        self.arrived.remove(self.next_seen(sight).unwrap_or_default())
    }

    /// Whether what is out of sight may come: nothing that is in sight is on its way, or waits to be shown.
    pub fn looks_around(&self, sight: &Sight) -> bool {
        !self.queue.awaits(sight) && self.next_seen(sight).is_none()
    }

    /// A tile has come: returns after how many milliseconds it is to be shown, if it is not yet known.
    pub fn show_arrived(&mut self) -> Option<i32> {
        let is_all = self.queue.is_satisfied(&self.sight());
        if is_all && self.arrived.is_empty() {
            // It was to be shown a while later, and the last one came before that: all of it is on screen.
            return None;
        }
        wake::take_up();
        if is_all {
            // It is drawn when all has been taken up.
            return None;
        }
        let since = screen::now_ms() - self.shown_ms;
        if self.drawn_in_ms.is_none() && draw::is_drawn() {
            self.drawn_in_ms = Some(since);
        }
        let wait = self.drawn_in_ms.map_or(since + SHOW_MS / 4.0, |ms| SHOW_MS.max(ms / SHOW_SHARE));
        if wait > since {
            return (!std::mem::replace(&mut self.is_show_due, true)).then_some((wait - since).ceil() as i32);
        }
        (self.shown_ms, self.drawn_in_ms) = (screen::now_ms(), None);
        wake::wake();
        None
    }

    /// Another city takes the place of this one: its workers end and its data goes.
    pub fn end(&mut self) {
        for hand in self.hands.drain(..) {
            hand.end();
        }
        self.arrived.clear();
        self.tiles.fill_with(|| None);
    }

    /// Lets go of what is not needed from here.
    pub fn let_go(&mut self) {
        let sight = self.sight();
        for (place, kept) in self.queue.let_go(&sight) {
            if kept.is_none() {
                self.tiles[place] = None;
            }
            // What has come of it but is not on screen yet goes too.
            self.arrived.retain_mut(|arrived| arrived.place != place || kept.is_some_and(|_| arrived.lets_near_go()));
            self.gone.push((place, kept));
        }
    }

    /// The view that shows the whole town.
    pub fn whole(&self) -> Orbit {
        Orbit::framing(&self.extent, self.screen())
    }

    /// Goes to the neighbourhood that a page is about and draws its border; or takes the border away. Before the borders have come
    /// there is nothing to go to.
    pub fn show_area(&mut self) {
        let area = self.area.as_ref();
        let is_it = |b: &&Border| area.is_some_and(|area| area == if b.code.is_empty() { &b.naam } else { &b.code });
        let border = self.borders.iter().find(is_it).map(borders::lines);
        let places: Vec<[f64; 2]> =
            border.iter().flat_map(|border| &border.at).flatten().map(|at| self.to_city(*at)).collect();
        self.overlays.put(AREA.into(), None, border.into_iter().collect());
        if places.is_empty() {
            return self.refresh();
        }
        self.names.stale = true;
        self.fly(Orbit::framing(&places, self.screen()), FLY_MS);
    }

    /// Draws a frame with what changed, and writes the names anew.
    pub fn refresh(&mut self) {
        self.names.stale = true;
        wake::wake();
    }

    /// Looks from there at once.
    pub fn look(&mut self, view: Orbit) {
        self.untouched = false;
        self.flight = None;
        self.view = view.kept(&self.limits);
        wake::wake();
    }

    /// Goes there, or is there at once for who wants little motion, and while there is nothing yet to fly over.
    fn fly(&mut self, to: Orbit, ms: f64) {
        let to = to.kept(&self.limits);
        if screen::is_calm() || self.tiles.iter().all(Option::is_none) {
            return self.look(to);
        }
        self.untouched = false;
        self.flight = Some(Flight::new(self.view, to, screen::now_ms(), ms));
        wake::wake();
    }

    /// Goes on as a map that was thrown, for who does not want little motion.
    pub fn glide(&mut self, to: Orbit, ms: f64) {
        if !screen::is_calm() {
            self.flight = Some(Flight::glide(self.view, to.kept(&self.limits), screen::now_ms(), ms));
            wake::wake();
        }
    }

    /// A key or a button.
    pub fn step(&mut self, step: Step) {
        self.fly(steps::after(self.heading_for(), step, self.whole()), STEP_MS);
    }

    /// A turn of the wheel.
    pub fn wheel(&mut self, factor: f64, at: Px, smooth: bool) {
        let to = self.heading_for().zoomed(factor, at, self.screen(), &self.limits);
        if smooth { self.fly(to, STEP_MS) } else { self.look(to) }
    }

    /// Flies to a house and outlines it; one that was clicked and is well in sight stays where it is.
    pub fn show(&mut self, at: Rd, tile: TileId, pand: PandId) {
        let target = self.to_city(at);
        let clicked = self.selected == Some((tile, pand));
        self.select(Some((tile, pand)));
        if clicked && self.view.distance < HOUSE_DISTANCE * 6.0 && self.flight.is_none() {
            return;
        }
        let height = self.find(tile, pand).map_or(0.0, |place| self.height_m(place));
        let distance = HOUSE_DISTANCE.max(height * 3.5);
        self.fly(Orbit { target, distance, tilt: HOUSE_TILT, heading: self.view.heading }, FLY_MS);
    }

    pub fn select(&mut self, selected: Option<(TileId, PandId)>) {
        if self.selected != selected {
            self.selected = selected;
            self.marks_changed = true;
            self.refresh();
        }
    }

    pub fn hover(&mut self, hovered: Option<Place>) {
        if self.hovered != hovered {
            self.hovered = hovered;
            self.marks_changed = true;
            self.refresh();
        }
    }

    pub fn colour(&mut self, theme: Theme) {
        if self.paint.theme != theme {
            self.paint.theme = theme;
            self.repaint();
        }
    }

    /// All colours are written anew.
    pub fn repaint(&mut self) {
        self.unpainted = (0..self.tiles.len()).collect();
        wake::wake();
    }

    /// Flies to a view that somebody asks for.
    pub fn go(&mut self, camera: &Camera) {
        let (heading, tilt) = (camera.heading.to_radians(), camera.tilt.to_radians());
        self.fly(Orbit { target: self.to_city(camera.at), distance: camera.distance, heading, tilt }, FLY_MS);
    }

    /// Where the camera is, as others say it.
    pub fn camera(&self) -> Camera {
        let Orbit { target, distance, heading, tilt } = self.view;
        Camera {
            at: self.to_rd(target),
            distance,
            heading: heading.to_degrees().rem_euclid(360.0),
            tilt: tilt.to_degrees(),
        }
    }

    /// Whether the camera is not being moved.
    pub fn is_at_rest(&self) -> bool {
        self.flight.is_none() && !self.gestures.busy()
    }

    /// The pand that is seen at a pixel.
    pub fn pick(&self, at: Px) -> Option<Place> {
        let (eye, ray) = (self.view.eye(), self.view.ray(at, self.screen()));
        let mut nearest: Option<(f64, Place)> = None;
        for (tile, loaded) in self.tiles.iter().enumerate() {
            let Some(loaded) = loaded else { continue };
            let [west, north] = self.to_city(self.manifest.tiles[tile].id.corner());
            let local = Ray { origin: [eye[0] - west, eye[2] - north, eye[1]], direction: [ray[0], ray[2], ray[1]] };
            let hit = loaded.picker.hit(&local);
            if let Some(hit) = hit.filter(|hit| nearest.is_none_or(|(distance, _)| hit.distance < distance)) {
                nearest = Some((hit.distance, Place { tile, pand: hit.pand }));
            }
        }
        nearest.map(|(_, place)| place)
    }

    /// The names of a pand.
    pub fn name(&self, place: Place) -> Option<(TileId, PandId)> {
        let id = *self.tiles.get(place.tile)?.as_ref()?.ids.get(place.pand as usize)?;
        Some((self.manifest.tiles[place.tile].id, PandId(id)))
    }

    /// Where a pand is, if its tile is loaded.
    pub fn find(&self, tile: TileId, pand: PandId) -> Option<Place> {
        let tile = self.manifest.tiles.iter().position(|t| t.id == tile)?;
        let pand = self.tiles[tile].as_ref()?.ids.iter().position(|&id| id == pand.0)?;
        Some(Place { tile, pand: pand as u32 })
    }

    /// The place of the first block of a tile in the table of colours.
    pub fn blocks_from(&self, tile: usize) -> u32 {
        self.first_block + (tile * MOST_BLOCKS) as u32
    }

    /// The place of a pand in the table of colours.
    pub fn index(&self, place: Place) -> u32 {
        self.first[place.tile] + place.pand
    }

    pub fn height_m(&self, place: Place) -> f64 {
        let loaded = self.tiles[place.tile].as_ref();
        let height = loaded.and_then(|l| l.picker.footprints().heights_dm.get(place.pand as usize));
        height.map_or(0.0, |dm| f64::from(*dm) / 10.0)
    }
}

fn middle(id: TileId, origin: Rd) -> [f64; 2] {
    let [x, y] = id.corner();
    [x + TILE_WIDTH / 2.0 - origin[0], origin[1] - y + TILE_WIDTH / 2.0]
}

/// The corners of all tiles with homes, cut to the bounds of the town.
fn extent(manifest: &Manifest) -> Vec<[f64; 2]> {
    let [min_x, min_y, max_x, max_y] = manifest.bounds;
    let lived_in = manifest.tiles.iter().filter(|t| t.woningen > 0);
    let corners = lived_in.flat_map(|t| {
        let [west, south, east, north] = t.id.bounds();
        [[west, north], [east, north], [west, south], [east, south]]
    });
    let place = |[x, y]: Rd| [x.clamp(min_x, max_x) - manifest.centre[0], manifest.centre[1] - y.clamp(min_y, max_y)];
    let mut places: Vec<[f64; 2]> = corners.map(place).collect();
    if places.is_empty() {
        places = [[min_x, min_y], [max_x, max_y]].map(place).to_vec();
    }
    places
}
