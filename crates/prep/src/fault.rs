//! Whose fault it is: the input's (a sentence with the remedy, exit code 2) or the program's own (exit code 1).

use std::fmt;
use std::path::Path;

use gasvrij3d::Error;

/// The result of a preparation.
pub type Result<T> = std::result::Result<T, Fault>;

/// Why nothing was prepared.
#[derive(Debug)]
pub enum Fault {
    /// Something in a file or on the command line: the person can put it right.
    Input(Error),
    /// Something of this program or this computer, such as a full disk.
    Own(Error),
}

impl Fault {
    /// A fault of the input.
    pub fn input(sentence: impl Into<String>) -> Self {
        Self::Input(Error::new(sentence))
    }

    /// A fault while writing, with the path in front.
    pub fn writing(path: &Path, cause: impl fmt::Display) -> Self {
        Self::Own(Error::new(format!(
            "{}: cannot be written: {cause}. Check the free space and the rights on that folder.",
            path.display()
        )))
    }

    /// The exit code.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Input(_) => 2,
            Self::Own(_) => 1,
        }
    }

    /// The same fault, with the place in front.
    #[must_use]
    pub fn at(self, place: impl fmt::Display) -> Self {
        match self {
            Self::Input(e) => Self::Input(e.at(place)),
            Self::Own(e) => Self::Own(e.at(place)),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(e) | Self::Own(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for Fault {}

/// A fault of the heart is about what it was given.
impl From<Error> for Fault {
    fn from(e: Error) -> Self {
        Self::Input(e)
    }
}
