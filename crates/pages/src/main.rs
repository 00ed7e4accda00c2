//! The pages that come when they are asked for: everything but the search and the cards. A part of the page, beside the panel.

mod answers;
mod app;
mod home;
mod paper;
mod picture;
mod places;

fn main() {
    app::start();
}
