//! From registers and open geo data to a data set for the map: tiles, a search index, a manifest and a report.
//!
//! `read` (one reader a form) → `join` → `protect` → `typology`, `network`, `derive` → `tiles` → `output`, told by `pipeline`.
//! The model town (`town`) enters where the readers end.

mod allowlist;
pub mod area;
mod assemble;
pub mod assumptions;
pub mod checks;
pub mod cli;
mod clip;
pub mod cluster;
mod coherence;
pub mod config;
mod contradictions;
pub mod date;
mod derive;
pub mod earlier;
pub mod fault;
pub mod fetch;
mod gate;
mod geometry;
mod given;
mod groups;
mod join;
pub mod kind;
pub mod model;
mod names;
mod network;
mod output;
pub mod pipeline;
pub mod progress;
mod protect;
pub mod publish;
pub mod publisher;
mod quality;
pub mod read;
pub mod report;
mod shape;
mod sources;
pub mod statistics;
mod tiles;
pub mod town;
mod typology;
