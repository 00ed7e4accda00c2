//! Says on the page how two maps lie, so that what names each stands over it: `data-kaarten` on the element around the map.

use bevy::prelude::*;

use super::city::Shared;
use crate::panes::Lie;

const LIE: &str = "data-kaarten";

pub fn plugin(app: &mut App) {
    app.add_systems(Last, say);
}

fn say(city: NonSend<Shared>, mut said: Local<Option<Lie>>) {
    let city = city.borrow();
    let lie = city.panes().lie();
    if *said == lie {
        return;
    }
    *said = lie;
    let stage = city.canvas.parent_element().and_then(|map| map.parent_element());
    let Some(stage) = stage else { return };
    // An attribute of this name is always taken, and can always be taken away.
    drop(match lie {
        Some(Lie::Beside) => stage.set_attribute(LIE, "naast"),
        Some(Lie::Below) => stage.set_attribute(LIE, "onder"),
        None => stage.remove_attribute(LIE),
    });
}
