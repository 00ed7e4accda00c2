//! The one error of the heart: a sentence that says where, what was found, what was expected and what to do.

use std::fmt;

/// The result of everything in the heart that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong, as a sentence for a person. Opaque on purpose: no caller decides on the kind of a fault, each shows
/// it, or skips and counts what it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<str>);

impl Error {
    /// An error with this sentence.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into().into_boxed_str())
    }

    /// The same error, with the place where it happened in front.
    #[must_use]
    pub fn at(self, place: impl fmt::Display) -> Self {
        Self::new(format!("{place}: {}", self.0))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}
