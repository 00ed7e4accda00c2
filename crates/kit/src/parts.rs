//! The parts of the page that come when they are asked for: each a WebAssembly module with its own styles.
//!
//! The panel decides which part owns a view, has it loaded where it is not there yet, and says with each view whose it is.
//! A part reads everything else itself: the link, the language, the data.

use crate::dom;

/// The event that asks the loader for a part; the detail is its name.
pub const START: &str = "gasvrij:start-module";
/// The event by which the loader says what became of it: the name, and ` failed` after it where it did not come.
pub const STARTED: &str = "gasvrij:module";
/// The event that says whose view the link leads to now. See [`Shown`].
pub const SHOW: &str = "gasvrij:show";

/// The name of the part with the pages about a home, neighbourhoods, plans and method.
pub const PAGES: &str = "pages";
/// The name of the part for the programme's evening: drawing a network, plans by year, a story, the hall.
pub const EVENING: &str = "evening";
/// The name of the part with the table of an owners' association and its meeting papers.
pub const VVE: &str = "vve";

/// Whose view is on screen from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The part that owns it; empty: the panel itself.
    pub owner: String,
    /// Whether the visitor went there just now: then the focus goes along.
    pub moved: bool,
}

impl Shown {
    /// The detail of the event.
    pub fn write(&self) -> String {
        format!("{}{}", self.owner, if self.moved { " moved" } else { "" })
    }

    /// Reads the detail of the event.
    pub fn read(detail: &str) -> Self {
        let (owner, moved) = detail.split_once(' ').map_or((detail, false), |(owner, rest)| (owner, rest == "moved"));
        Self { owner: owner.to_owned(), moved }
    }

    /// Tells every part.
    pub fn tell(&self) {
        dom::send(SHOW, &self.write());
    }
}

/// What became of a part that was asked for: its name, and whether it runs.
pub fn started(detail: &str) -> (&str, bool) {
    detail.split_once(' ').map_or((detail, true), |(name, rest)| (name, rest != "failed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_view_it_is_goes_over_and_back() {
        for owner in ["", PAGES] {
            for moved in [false, true] {
                let shown = Shown { owner: owner.to_owned(), moved };
                assert_eq!(Shown::read(&shown.write()), shown);
            }
        }
    }

    #[test]
    fn the_loader_says_whether_a_part_runs() {
        assert_eq!((started("pages"), started("pages failed")), (("pages", true), ("pages", false)));
    }
}
