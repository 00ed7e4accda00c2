//! The URL hash ⇄ what is shown. A hash is never sent to a server, so an address in it stays with the visitor.

use crate::geo::TileId;
use crate::home::{PandId, VboId};

/// What the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// `#/`: search.
    #[default]
    Search,
    /// `#/huis/<id>`: the card of one dwelling.
    House(VboId),
    /// `#/pand/<column>-<row>/<id>`: a building, by a press on the map.
    Building(TileId, PandId),
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
            Some(("pand", rest)) => building(rest).unwrap_or(Self::Search),
            None if path == "over" => Self::About,
            _ => Self::Search,
        }
    }

    /// The hash of this view.
    pub fn hash(&self) -> String {
        match self {
            Self::Search => "#/".to_owned(),
            Self::House(id) => format!("#/huis/{id}"),
            Self::Building(tile, id) => format!("#/pand/{}-{}/{id}", tile.col, tile.row),
            Self::About => "#/over".to_owned(),
        }
    }
}

fn building(text: &str) -> Option<View> {
    let (tile, id) = text.split_once('/')?;
    let (col, row) = tile.split_once('-')?;
    Some(View::Building(TileId { col: col.parse().ok()?, row: row.parse().ok()? }, id.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_has_a_hash_that_leads_back_to_it() {
        let building = View::Building(TileId { col: 452, row: 482 }, PandId(392_100_000_000_001));
        for view in [View::Search, View::House(VboId(392_010_000_000_001)), building, View::About] {
            assert_eq!(View::parse(&view.hash()), view);
        }
    }

    #[test]
    fn a_broken_link_opens_the_search_view() {
        for hash in ["", "#", "#/huis/", "#/pand/1-2", "#/pand/a-b/0392100000000001", "#/%00", "#/huis/../../x"] {
            assert_eq!(View::parse(hash), View::Search, "{hash}");
        }
    }
}
