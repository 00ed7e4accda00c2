//! The views: HTML from facts. Colours come from the palette and words from the texts; none are in here.

pub mod about;
pub mod building;
pub mod card;
pub mod facts;
pub mod icon;
pub mod legend;
pub mod options;
pub mod page;
pub mod search;
pub mod status;

#[cfg(test)]
mod tests;
