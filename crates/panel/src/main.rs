//! The panel in the browser: search, card and legend in plain HTML. It works before the 3D city is there, and without.

mod app;
mod city;
mod finder;
mod house;
mod modules;
mod recent;

fn main() {
    app::start();
}
