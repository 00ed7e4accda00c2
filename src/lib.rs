//! The heart of Gasvrij3D: what a home is, which rules hold for it, and how a town becomes tiles and meshes.
//!
//! Pure on purpose: no engine, no browser, no files, no clock. The same bytes on every target, so that the panel, the
//! city and the preparation can never disagree. Layers import downwards only (`tests/architecture.rs`):
//!
//! `bus`, `link`, `theme` → `search`, `manifest` → `rules` → `kosten` → `kentallen` → `standaard` → `cijfers`,
//! `verdict` → `home`, and `pick` → `mesh` → `tile` → `geo` → `home`; `rules` never sees geometry, `mesh` never sees
//! rules; `palette` and `error` are leaves, and every room may speak (`text`).

pub mod bundles;
pub mod bus;
pub mod cijfers;
pub mod cluster;
pub mod corrections;
pub mod drawing;
pub mod error;
pub mod few;
pub mod figures;
pub mod flip;
pub mod geo;
pub mod heat;
pub mod home;
pub mod json;
pub mod kentallen;
pub mod kosten;
pub mod letters;
pub mod link;
pub mod manifest;
pub mod mesh;
pub mod order;
pub mod palette;
pub mod peers;
pub mod pick;
pub mod ranking;
pub mod rules;
pub mod scenario;
pub mod search;
pub mod sets;
pub mod standaard;
pub mod text;
pub mod theme;
pub mod tile;
pub mod town;
pub mod verdict;
pub mod vve;
pub mod wgs84;

pub use error::{Error, Result};
