//! The 3D city.
#[cfg(test)]
mod flight;
#[cfg(test)]
mod gesture;
#[cfg(test)]
mod orbit;
fn main() {}
