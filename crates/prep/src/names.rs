//! What people call the place a tile shows: its neighbourhood, else its street with most addresses, else a road.

use std::collections::BTreeMap;

use gasvrij3d::geo::TileId;

use crate::geometry::{bounds, meet};
use crate::join::{Areas, Joined};

/// Names of places.
pub struct Names<'a> {
    joined: &'a Joined,
    neighbourhoods: Areas<'a>,
}

impl<'a> Names<'a> {
    /// From the neighbourhoods, addresses and roads of a town.
    pub fn new(joined: &'a Joined) -> Self {
        Self { joined, neighbourhoods: Areas::new(joined.town.neighbourhoods.iter().map(|n| n.area.as_slice())) }
    }

    /// The name of a tile with these buildings and dwellings.
    pub fn of(&self, id: TileId, buildings: &[usize], dwellings: &[usize]) -> String {
        let town = &self.joined.town;
        let neighbourhood = most(buildings.iter().filter_map(|&b| {
            self.neighbourhoods.at(self.joined.inner[b]).map(|n| town.neighbourhoods[n].name.as_str())
        }));
        let street = || most(dwellings.iter().map(|&d| town.dwellings[d].address.street.as_str()));
        let road = || {
            let here = id.bounds();
            most(town.roads.iter().filter(|r| meet(bounds(&r.line), here)).map(|r| r.name.as_str()))
        };
        neighbourhood.or_else(street).or_else(road).unwrap_or_default().to_owned()
    }
}

/// The most frequent name, on a tie the first of the alphabet.
fn most<'a>(names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for name in names.filter(|n| !n.is_empty()) {
        *counts.entry(name).or_default() += 1;
    }
    counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0))).map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_called_after_the_street_with_most_addresses() {
        assert_eq!(most(["Kruisweg", "", "Zijlweg", "Zijlweg"].into_iter()), Some("Zijlweg"));
        assert_eq!(most(["Zijlweg", "Kruisweg"].into_iter()), Some("Kruisweg"));
        assert_eq!(most([""].into_iter()), None);
    }
}
