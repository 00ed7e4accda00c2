//! The pure half of the programme's evening: from homes, drawings and stories to text. No browser in it.

pub mod cluster;
pub mod homes;
pub mod ready;
pub mod sketch;
pub mod story;
pub mod tell;
pub mod view;
