//! The pure half of the panel: from facts to HTML. No browser in it, so that every view is tested as text.

pub mod case;
pub mod view;
pub mod words;
