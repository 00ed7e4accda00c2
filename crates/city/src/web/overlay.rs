//! What others lay over the ground, and which layers of the map are shown.

use std::collections::BTreeMap;

use bevy::prelude::*;
use gasvrij3d::bus::map::{Feature, Form, Layer, Side};
use gasvrij3d::mesh::{Shape, overlay};
use gasvrij3d::palette::Surface;

use super::city::{City, Shared};
use super::draw::{Frame, Look, Of, SharedScene};
use crate::orbit::TAN_HALF_FOV;

/// How wide a line is on screen, pixels.
const LINE_PX: f64 = 6.0;
/// A border is this much thinner, but for the one of what a page is about.
const THIN: f64 = 0.5;
/// Lines are made anew when they have become this much too wide or too thin.
const TOLERANCE: f64 = 1.35;

/// What is laid over the ground.
#[derive(Default)]
pub struct Overlays {
    features: BTreeMap<String, (Option<Side>, Vec<Feature>)>,
    borders: Vec<Feature>,
    hidden: Vec<Layer>,
    changed: bool,
    /// Metres in a pixel for which the lines were made.
    scale: f64,
}

impl Overlays {
    /// Puts features under a name, instead of what was there; on one of two maps, or on both.
    pub fn put(&mut self, name: String, side: Option<Side>, features: Vec<Feature>) {
        if features.is_empty() {
            self.features.remove(&name);
        } else {
            self.features.insert(name, (side, features));
        }
        self.changed = true;
    }

    /// Takes the borders of the neighbourhoods.
    pub fn border(&mut self, borders: Vec<Feature>) {
        self.borders = borders;
        self.changed = true;
    }

    /// Shows a layer of the map or leaves it out.
    pub fn show(&mut self, layer: Layer, shown: bool) {
        self.hidden.retain(|other| *other != layer);
        if !shown {
            self.hidden.push(layer);
        }
        self.changed = true;
    }

    /// Whether a layer of the map is shown.
    pub fn is_shown(&self, layer: Layer) -> bool {
        !self.hidden.contains(&layer)
    }

    /// All that is laid over the ground, and on which map where it is not on both.
    pub fn features(&self) -> impl Iterator<Item = (Option<Side>, &Feature)> {
        let borders = self.borders.iter().filter(|_| self.is_shown(Layer::Borders));
        let features = self.features.values().flat_map(|(side, features)| features.iter().map(move |f| (*side, f)));
        features.chain(borders.map(|border| (None, border)))
    }
}

/// The surfaces a layer consists of.
const fn surfaces(layer: Layer) -> &'static [Surface] {
    match layer {
        Layer::HeatNetworks => {
            &[Surface::PipeMt, Surface::PipeLt, Surface::PipeZlt, Surface::PipePlanned, Surface::PipeEdge]
        }
        Layer::PlanAreas => &[Surface::PlanArea],
        // These are written, and those are laid over the ground.
        Layer::Names | Layer::Borders => &[],
    }
}

pub fn plugin(app: &mut App) {
    app.add_systems(Update, lay);
}

/// Metres in a pixel in the middle of the screen.
fn metres_in_a_pixel(city: &City) -> f64 {
    2.0 * TAN_HALF_FOV * city.view.distance / city.screen().height
}

fn lay(city: NonSend<Shared>, scene: NonSend<SharedScene>) {
    let mut city = city.borrow_mut();
    let mut scene = scene.borrow_mut();
    let scale = metres_in_a_pixel(&city);
    let overlays = &mut city.overlays;
    let off = (scale / overlays.scale).max(overlays.scale / scale);
    let stale = overlays.features().next().is_some() && (off.is_nan() || off >= TOLERANCE);
    if std::mem::take(&mut overlays.changed) {
        for layer in Layer::ALL {
            for surface in surfaces(*layer) {
                scene.show(*surface, overlays.is_shown(*layer));
            }
        }
    } else if !stale {
        return;
    }
    overlays.scale = scale;
    let corner = -overlay::corner();
    let frame = Frame { offset: [corner, 0.0, corner], unit: overlay::STEP };
    for side in [None, Some(Side::First), Some(Side::Second)] {
        let (lines, areas) = shapes(&city, side, LINE_PX * scale);
        for (shape, look) in [(areas, Look::Tint), (lines, Look::Line)] {
            scene.put(Of::Laid(side, look), &shape, &frame, Some(look));
        }
    }
}

fn shapes(city: &City, side: Option<Side>, width_m: f64) -> (Shape, Shape) {
    let (mut lines, mut areas) = (Shape::default(), Shape::default());
    for (_, feature) in city.overlays.features().filter(|(on, _)| *on == side) {
        let at = || feature.at.iter().map(|line| line.iter().map(|p| overlay::place(city.to_city(*p))).collect());
        match feature.shape {
            Form::Line => {
                for line in at().collect::<Vec<Vec<_>>>() {
                    let is_thin = feature.colour == Surface::Border && feature.planned;
                    let width_m = if is_thin { width_m * THIN } else { width_m };
                    overlay::add_line(&mut lines, &line, width_m, feature.colour, feature.planned);
                }
            }
            Form::Area => {
                let polygon = at().collect();
                overlay::add_area([&mut lines, &mut areas], &polygon, width_m, feature.colour, feature.planned);
            }
            // The names' picture has these: they are as large from far as from near.
            Form::Point => {}
        }
    }
    (lines, areas)
}
