//! The neighbourhoods: their names are written on the map, their borders drawn when somebody asks for them. They come after
//! everything else; without them the map is whole.

use gasvrij3d::bus::map::{Feature, Form};
use gasvrij3d::figures::{Border, Borders, read};
use gasvrij3d::geo::Rd;
use gasvrij3d::palette::Surface;

use super::city::Shared;
use super::{fetch, loader, screen};

/// Gets them.
pub fn fetch(shared: &Shared) {
    let file = shared.borrow().manifest.figures.as_ref().and_then(|figures| figures.grenzen.clone());
    let (Some(file), shared) = (file, shared.clone()) else { return };
    wasm_bindgen_futures::spawn_local(async move {
        let url = fetch::beside_manifest(&file.file);
        let borders = match fetch::text(&url).await {
            Ok(text) => read::<Borders>(&file.file, text.as_bytes()).map_err(|e| e.to_string()),
            Err(reason) => Err(reason),
        };
        // Reading them took a task; taking them over is another.
        screen::breathe().await;
        match borders {
            Ok(Borders { buurten }) => {
                let mut city = shared.borrow_mut();
                let places = buurten.iter().filter_map(|b| Some((b.naam.as_str().into(), middle(b)?))).collect();
                city.names.place(places);
                city.overlays.border(buurten.iter().map(|b| Feature { planned: true, ..lines(b) }).collect());
                city.borders = buurten;
                // Who came for one of them has waited for this.
                city.show_area();
                drop(city);
                loader::pump(&shared);
            }
            Err(reason) => web_sys::console::warn_1(&reason.into()),
        }
    });
}

fn rd([x, y]: [i32; 2]) -> Rd {
    [f64::from(x), f64::from(y)]
}

/// A line for each ring.
pub fn lines(border: &Border) -> Feature {
    let closed = |ring: &Vec<[i32; 2]>| ring.iter().chain(ring.first()).map(|p| rd(*p)).collect();
    let at = border.ringen.iter().map(closed).collect();
    Feature { shape: Form::Line, at, colour: Surface::Border, planned: false, label: String::new() }
}

/// The middle of the largest ring of a neighbourhood: its centre of gravity.
fn middle(border: &Border) -> Option<Rd> {
    let sums = border.ringen.iter().map(|ring| {
        let origin = rd(*ring.first().unwrap_or(&[0, 0]));
        let mut sum = [0.0, 0.0, 0.0];
        for (i, a) in ring.iter().enumerate() {
            let [a, b] = [*a, ring[(i + 1) % ring.len()]].map(|p| {
                let [x, y] = rd(p);
                [x - origin[0], y - origin[1]]
            });
            let cross = a[0] * b[1] - b[0] * a[1];
            sum = [sum[0] + (a[0] + b[0]) * cross, sum[1] + (a[1] + b[1]) * cross, sum[2] + cross];
        }
        (origin, sum)
    });
    let (origin, [x, y, area2]) = sums.max_by(|a, b| a.1[2].abs().total_cmp(&b.1[2].abs()))?;
    (area2.abs() > 0.0).then(|| [origin[0] + x / (3.0 * area2), origin[1] + y / (3.0 * area2)])
}
