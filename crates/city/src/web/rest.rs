//! Notices when the camera has come to rest, and tells it.

use bevy::prelude::*;
use gasvrij3d::bus::map::FromMap;

use super::city::Shared;
use super::draw::Ready;
use super::{map, names, screen, wake};
use crate::orbit::Orbit;

/// So long the camera must have stayed where it is.
const STILL_MS: i32 = 250;

/// Where the camera was when it was looked at last.
struct Seen {
    view: Orbit,
    waiting: std::rc::Rc<std::cell::Cell<bool>>,
}

pub fn plugin(app: &mut App) {
    app.add_systems(Startup, begin);
    app.add_systems(Last, watch.after(wake::go_on));
}

fn begin(world: &mut World) {
    let view = world.non_send::<Shared>().borrow().view;
    world.insert_non_send(Seen { view, waiting: std::rc::Rc::default() });
}

fn watch(city: NonSend<Shared>, ready: Res<Ready>, mut seen: NonSendMut<Seen>) {
    let view = city.borrow().view;
    if !wake::is_held() && ready.0 {
        city.borrow_mut().ease.picture(screen::now_ms());
    }
    if seen.view != view {
        seen.view = view;
        if !seen.waiting.replace(true) {
            wait(&city, &seen.waiting, view);
        }
    }
}

/// Looks again after a while, until nothing has moved meanwhile.
fn wait(shared: &Shared, waiting: &std::rc::Rc<std::cell::Cell<bool>>, view: Orbit) {
    let (city, still) = (shared.clone(), waiting.clone());
    screen::after(STILL_MS, move || {
        let now = city.borrow().view;
        if now == view && city.borrow().is_at_rest() {
            still.set(false);
            if city.borrow().ease.lacks() {
                wake::wake();
            }
            names::draw(&mut city.borrow_mut(), true);
            let camera = city.borrow().camera();
            map::send(&FromMap::Camera(camera));
        } else {
            wait(&city, &still, now);
        }
    });
}
