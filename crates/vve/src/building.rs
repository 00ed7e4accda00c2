//! A complex from the prepared data: the homes of a building, and of those beside it that belong to it.

use std::rc::Rc;

use gasvrij3d::Result;
use gasvrij3d::bus::map::Panden;
use gasvrij3d::geo::TileId;
use gasvrij3d::home::{Address, Home, PandId};
use gasvrij3d::tile::{Pand, Tile, Woning};
use kit::data::Data;
use kit::view::building::is_home;
use vve::view::Neighbour;

/// How many buildings beside it are offered, and how far they may be, in metres.
const MOST: usize = 8;
const WITHIN: f64 = 60.0;

/// Buildings of which some are counted as the complex. They may lie in more than one tile.
pub struct Building {
    tiles: Vec<Rc<Tile>>,
    chosen: Vec<PandId>,
    /// What is offered in the list: the first building, those beside it, and what was pressed on the map.
    offered: Vec<PandId>,
}

impl Building {
    /// Opens a building; nothing where it has fewer than two homes or is not in the tile.
    pub async fn open(data: &Data, at: TileId, id: PandId) -> Result<Option<Self>> {
        data.manifest().await?;
        let tile = data.tile(at).await?;
        let Some(pand) = tile.panden.iter().find(|pand| pand.id == id) else { return Ok(None) };
        let mut offered = beside(&tile, pand);
        offered.insert(0, id);
        let found = Self { tiles: vec![tile], chosen: vec![id], offered };
        Ok((found.homes().len() >= 2).then_some(found))
    }

    /// The tile of a building that was pressed on the map.
    pub async fn tile(data: &Data, at: TileId) -> Result<Rc<Tile>> {
        data.manifest().await?;
        data.tile(at).await
    }

    /// Counts a building that was pressed, or no longer. The last one stays, and one without homes is none. Says whether
    /// anything changed.
    pub fn press(&mut self, tile: &Rc<Tile>, id: PandId) -> bool {
        if !tile.woningen.iter().any(|one| one.pand == Some(id) && is_home(one)) {
            return false;
        }
        if !self.tiles.iter().any(|known| known.id == tile.id) {
            self.tiles.push(tile.clone());
        }
        if !self.offered.contains(&id) {
            self.offered.push(id);
        }
        self.count(id, !self.chosen.contains(&id))
    }

    fn woningen(&self) -> impl Iterator<Item = &Woning> {
        self.tiles.iter().flat_map(|tile| &tile.woningen).filter(|one| is_home(one))
    }

    /// The homes that are counted.
    pub fn homes(&self) -> Vec<&Home> {
        let counted = self.woningen().filter(|one| one.pand.is_some_and(|pand| self.chosen.contains(&pand)));
        counted.map(|one| &one.home).collect()
    }

    /// Where the counted homes are, in words.
    pub fn address(&self) -> String {
        self.chosen.first().map_or_else(String::new, |id| self.addresses(*id))
    }

    /// Counts a building of the list, or no longer. The last one stays.
    pub fn toggle(&mut self, id: &str, counted: bool) {
        if let Some(pand) = self.offered.iter().copied().find(|pand| pand.to_string() == id) {
            self.count(pand, counted);
        }
    }

    fn count(&mut self, pand: PandId, counted: bool) -> bool {
        let is_counted = self.chosen.contains(&pand);
        if counted && !is_counted {
            self.chosen.push(pand);
        } else if !counted && is_counted && self.chosen.len() > 1 {
            self.chosen.retain(|one| *one != pand);
        } else {
            return false;
        }
        true
    }

    /// What can be counted, for the list.
    pub fn neighbours(&self) -> Vec<Neighbour> {
        let homes = |id: PandId| self.woningen().filter(|one| one.pand == Some(id)).count();
        let one = |id: &PandId| Neighbour {
            id: id.to_string(),
            address: self.addresses(*id),
            homes: homes(*id),
            chosen: self.chosen.contains(id),
        };
        self.offered.iter().map(one).collect()
    }

    /// What is counted, by tile, for the map.
    pub fn on_map(&self) -> Vec<Panden> {
        let of = |tile: &Rc<Tile>| {
            let here = |id: &&PandId| tile.panden.iter().any(|pand| pand.id == **id);
            let panden: Vec<PandId> = self.chosen.iter().filter(here).copied().collect();
            Some(Panden { tile: tile.id?, panden }).filter(|found| !found.panden.is_empty())
        };
        self.tiles.iter().filter_map(of).collect()
    }

    fn addresses(&self, id: PandId) -> String {
        let own = self.tiles.iter().flat_map(|tile| &tile.woningen).filter(|one| one.pand == Some(id));
        addresses(&own.map(|one| one.address.clone()).collect::<Vec<_>>(), id)
    }
}

/// Buildings with homes near another, nearest first.
fn beside(tile: &Tile, pand: &Pand) -> Vec<PandId> {
    let Some(middle) = middle(tile, pand.id) else { return Vec::new() };
    let mut near: Vec<(f64, PandId)> = tile
        .panden
        .iter()
        .filter(|other| other.id != pand.id && other.homes >= 2)
        .filter_map(|other| {
            let at = self::middle(tile, other.id)?;
            let apart = (at[0] - middle[0]).hypot(at[1] - middle[1]);
            (apart <= WITHIN).then_some((apart, other.id))
        })
        .collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0));
    near.into_iter().take(MOST).map(|(_, id)| id).collect()
}

/// The mean of the points of a building's homes, metres.
fn middle(tile: &Tile, id: PandId) -> Option<[f64; 2]> {
    let at = tile.id?;
    let points: Vec<_> = tile.woningen.iter().filter(|one| one.pand == Some(id)).map(|one| at.to_rd(one.at)).collect();
    let count = points.len() as f64;
    let sum = points.iter().fold([0.0, 0.0], |sum, at| [sum[0] + at[0], sum[1] + at[1]]);
    (count > 0.0).then(|| [sum[0] / count, sum[1] / count])
}

/// The first and last address of a building.
fn addresses(all: &[Address], id: PandId) -> String {
    let by = |a: &&Address, b: &&Address| a.order().cmp(&b.order());
    match (all.iter().min_by(by), all.iter().max_by(by)) {
        (Some(first), Some(last)) if first.street == last.street && first.number != last.number => {
            format!("{first}–{}", last.number)
        }
        // A stairwell with one number: what tells its homes apart comes after it.
        (Some(first), Some(last)) if first.street == last.street && first != last => {
            format!("{first} – {}", last.to_string().trim_start_matches(&last.street).trim_start())
        }
        (Some(first), _) => first.to_string(),
        _ => id.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_building_is_called_by_its_first_and_last_address() {
        let home = |number: u32, addition: &str| Address {
            street: "Parklaan".into(),
            number,
            addition: addition.into(),
            ..Address::default()
        };
        let called = |all: &[Address]| addresses(all, PandId(1));
        assert_eq!(called(&[home(45, "9"), home(45, "1"), home(45, "10")]), "Parklaan 45-1 – 45-10");
        assert_eq!(called(&[home(12, ""), home(20, ""), home(16, "")]), "Parklaan 12–20");
        assert_eq!(called(&[home(12, "")]), "Parklaan 12");
        assert_eq!(called(&[]), PandId(1).to_string());
    }
}
