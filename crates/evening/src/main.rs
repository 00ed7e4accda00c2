//! The programme's evening: drawing a heat network, plans by year, a story, the hall. A part of the page, beside the panel.

mod app;
mod city;
mod file;
mod hall;
mod kept;
mod net;
mod tale;
mod time;
mod town;

fn main() {
    app::start();
}
