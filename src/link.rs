//! The URL hash ⇄ what is shown. A hash is never sent to a server, so an address in it stays with the visitor.

use crate::home::VboId;

/// What the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// `#/`: search.
    #[default]
    Search,
    /// `#/huis/<id>`: the card of one dwelling.
    House(VboId),
    /// `#/over`: sources, rules, how it works.
    About,
}

impl View {
    /// Reads a hash; anything unknown is the search view, so an old or broken link still opens.
    ///
    /// ```
    /// use gasvrij3d::{home::VboId, link::View};
    /// assert_eq!(View::parse("#/huis/0392010912345678"), View::House(VboId(392_010_912_345_678)));
    /// assert_eq!(View::parse("#/huis/12"), View::Search);
    /// ```
    pub fn parse(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').trim_matches('/');
        let path = path.split('~').next().unwrap_or_default().trim_end_matches('/');
        match path.split_once('/') {
            Some(("huis", id)) => id.parse().map_or(Self::Search, Self::House),
            None if path == "over" => Self::About,
            _ => Self::Search,
        }
    }

    /// The hash of this view.
    pub fn hash(&self) -> String {
        match self {
            Self::Search => "#/".to_owned(),
            Self::House(id) => format!("#/huis/{id}"),
            Self::About => "#/over".to_owned(),
        }
    }
}
