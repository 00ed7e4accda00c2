//! The views: HTML from facts. Colours come from the palette and words from the texts; none are in here.

pub mod about;
pub mod answer;
pub mod area;
pub mod bars;
pub mod building;
pub mod card;
pub mod changes;
pub mod compare;
pub mod correct;
pub mod dashboard;
pub mod facts;
pub mod figures;
pub mod flip;
pub mod glossary;
pub mod homes;
pub mod icon;
pub mod legend;
pub mod money;
pub mod options;
pub mod page;
pub mod people;
pub mod plan;
pub mod plans;
pub mod print;
pub mod qr;
pub mod search;
pub mod share;
pub mod status;
pub mod terms;
pub mod unbroken;
pub mod why;

#[cfg(test)]
mod house_tests;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod pages_tests;
#[cfg(test)]
mod tests;
