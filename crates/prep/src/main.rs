//! prep
fn main() {}
