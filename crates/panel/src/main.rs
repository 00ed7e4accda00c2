//! The panel in the browser: search, card and legend in plain HTML. It works before the 3D city is there, and without.

mod answers;
mod app;
mod city;
mod data;
mod dom;
mod finder;
mod house;
mod pages;
mod paper;

fn main() {
    app::start();
}
