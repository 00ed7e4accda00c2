//! From registers and open geo data to a data set for the map: tiles, a search index, a manifest and a report.
//!
//! `read` (one reader a form) → `join` → `derive` (kind of home, height, networks) → `tiles` → `output`.

pub mod model;
pub mod town;
