//! The programme's evening: drawing a heat network, plans by year, a story, the hall. A part of the page, beside the panel.

mod app;
mod beside;
mod city;
mod groups;
mod hall;
mod kept;
mod net;
mod offline;
mod store;
mod tale;
mod time;
mod town;

fn main() {
    app::start();
}
