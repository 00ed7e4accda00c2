//! The 3D city: a view of what the panel says in words. It starts after the panel and may fail without it.
//!
//! `ease`, `orbit`, `flight`, `frustum`, `gesture`, `ink`, `labels`, `paint`, `panes`, `queue`, `sight` and `steps` are pure and tested
//! at a desk; `web` is the shell around them.

#[cfg(any(target_arch = "wasm32", test))]
mod ease;
#[cfg(any(target_arch = "wasm32", test))]
mod flight;
#[cfg(any(target_arch = "wasm32", test))]
mod frustum;
#[cfg(any(target_arch = "wasm32", test))]
mod gesture;
#[cfg(any(target_arch = "wasm32", test))]
mod ink;
#[cfg(any(target_arch = "wasm32", test))]
mod labels;
#[cfg(any(target_arch = "wasm32", test))]
mod orbit;
#[cfg(any(target_arch = "wasm32", test))]
mod paint;
#[cfg(any(target_arch = "wasm32", test))]
mod panes;
#[cfg(any(target_arch = "wasm32", test))]
mod queue;
#[cfg(any(target_arch = "wasm32", test))]
mod sight;
#[cfg(any(target_arch = "wasm32", test))]
mod steps;
// The engine hands systems their parameters by value.
#[cfg(target_arch = "wasm32")]
#[allow(clippy::needless_pass_by_value)]
mod web;

fn main() {
    #[cfg(target_arch = "wasm32")]
    web::start();
}
