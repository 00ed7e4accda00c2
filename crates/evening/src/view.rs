//! The pages of the evening, as HTML.

pub mod draw;
