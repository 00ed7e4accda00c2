//! The table of an owners' association in the browser. A part of the page, beside the panel.

mod app;
mod building;
mod input;

fn main() {
    app::start();
}
