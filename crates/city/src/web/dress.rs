//! Light or dark, quiet or with strong lines: the map follows what the visitor's system asks for, also while it runs.

use bevy::prelude::*;
use gasvrij3d::palette::{Rgb, Surface, dark, palette};
use web_sys::{AddEventListenerOptions, Event};

use super::city::Shared;
use super::draw::SharedScene;
use super::{listen as keep, screen};

/// How much of the edge colour is in a roof edge: as a rule, on dark tones, and for who needs strong lines.
const EDGE: f32 = 0.42;
const DARK_EDGE: f32 = 0.5;
const STRONG_EDGE: f32 = 1.0;
/// Colours are mixed as the eye sees them: as much of a dark colour shows with less of it.
const EASED: f32 = 1.5;

pub fn plugin(app: &mut App) {
    app.add_systems(Startup, listen);
    app.add_systems(Update, dress);
}

/// Hears when the system asks for something else.
fn listen(city: NonSend<Shared>) {
    for query in screen::STYLES {
        let list = web_sys::window().and_then(|w| w.match_media(query).ok().flatten());
        if let Some(list) = list {
            let city = city.clone();
            keep(&list, "change", &AddEventListenerOptions::new(), move |_: Event| {
                let mut city = city.borrow_mut();
                city.undressed = true;
                city.refresh();
            });
        }
    }
}

/// The colour of a surface as the visitor's system asks for it.
pub fn colour(surface: Surface) -> Rgb {
    if screen::is_dark() { dark(surface) } else { palette().surface(surface) }
}

/// Takes other colours where the system asks for them.
pub fn dress(city: NonSend<Shared>, scene: NonSend<SharedScene>) {
    if !std::mem::take(&mut city.borrow_mut().undressed) {
        return;
    }
    let edge = match (screen::wants_strong_lines(), screen::is_dark()) {
        (true, _) => STRONG_EDGE,
        (false, true) => DARK_EDGE,
        (false, false) => EDGE,
    };
    scene.borrow_mut().dress(colour, edge.powf(EASED));
}
