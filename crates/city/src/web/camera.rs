//! Where one looks from follows the map: the whole town until somebody moves, a flight, a hand.

use bevy::prelude::*;

use super::city::Shared;
use super::screen;
use crate::orbit::{Orbit, Screen};

pub fn plugin(app: &mut App) {
    // Before all that depends on where one looks from.
    app.add_systems(PreUpdate, follow);
}

fn follow(city: NonSend<Shared>, mut last: Local<Option<Orbit>>, mut whole_on: Local<Option<Screen>>) {
    let mut city = city.borrow_mut();
    // The corners of all tiles are looked at for it: only where the window has changed.
    let screen = city.untouched.then(|| city.screen());
    if std::mem::replace(&mut *whole_on, screen) != screen && screen.is_some() {
        city.view = city.whole();
    }
    if let Some(flight) = city.flight {
        let (view, over) = flight.at(screen::now_ms());
        city.view = view;
        if over {
            city.flight = None;
        }
    }
    let view = city.view;
    let moves = last.replace(view).is_some_and(|last| last != view);
    city.ease.frame(moves);
}
