//! The pure half of the table of an owners' association: from a calculation to HTML and CSV. No browser in it, so that
//! every view is tested as text.

pub mod csv;
pub mod say;
pub mod sheet;
pub mod view;
