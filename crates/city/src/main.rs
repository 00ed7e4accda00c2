//! The 3D city.
#[cfg(target_arch = "wasm32")]
fn main() { bevy::app::App::new().add_plugins(bevy::DefaultPlugins).run(); }
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
