//! panel
fn main() {}
