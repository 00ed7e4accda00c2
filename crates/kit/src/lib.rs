//! What every part of the page is built with: from facts to HTML (pure, tested as text), and what touches the page.

pub mod case;
pub mod csv;
pub mod data;
pub mod dom;
pub mod file;
pub mod frame;
pub mod hash;
pub mod home;
pub mod map;
pub mod parts;
pub mod view;
pub mod words;
