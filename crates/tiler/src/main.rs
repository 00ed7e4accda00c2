//! tiler
fn main() {}
