//! A complex from the prepared data: the homes of a building, and of those beside it that belong to it.

use std::rc::Rc;

use gasvrij3d::Result;
use gasvrij3d::geo::TileId;
use gasvrij3d::home::{Home, PandId};
use gasvrij3d::tile::{Pand, Tile, Woning};
use kit::data::Data;
use kit::view::building::is_home;
use vve::view::Neighbour;

/// How many buildings beside it are offered, and how far they may be, in metres.
const MOST: usize = 8;
const WITHIN: f64 = 60.0;

/// Buildings of one tile of which some are counted as the complex.
pub struct Building {
    tile: Rc<Tile>,
    chosen: Vec<PandId>,
    beside: Vec<PandId>,
}

impl Building {
    /// Opens a building; nothing where it has fewer than two homes or is not in the tile.
    pub async fn open(data: &Data, at: TileId, id: PandId) -> Result<Option<Self>> {
        data.manifest().await?;
        let tile = data.tile(at).await?;
        let Some(pand) = tile.panden.iter().find(|pand| pand.id == id) else { return Ok(None) };
        let mut found = Self { beside: beside(&tile, pand), tile: tile.clone(), chosen: vec![id] };
        if found.homes().len() < 2 {
            return Ok(None);
        }
        found.beside.insert(0, id);
        Ok(Some(found))
    }

    /// The homes that are counted.
    pub fn homes(&self) -> Vec<&Home> {
        let woningen = self.tile.woningen.iter().filter(|one| is_home(one));
        woningen.filter(|one| one.pand.is_some_and(|pand| self.chosen.contains(&pand))).map(|one| &one.home).collect()
    }

    /// Where the counted homes are, in words.
    pub fn address(&self) -> String {
        self.chosen.first().map_or_else(String::new, |id| addresses(&self.tile, *id))
    }

    /// Counts a building, or no longer. The last one stays.
    pub fn toggle(&mut self, id: &str, counted: bool) {
        let Some(pand) = self.beside.iter().copied().find(|pand| pand.to_string() == id) else { return };
        if counted && !self.chosen.contains(&pand) {
            self.chosen.push(pand);
        } else if !counted && self.chosen.len() > 1 {
            self.chosen.retain(|one| *one != pand);
        }
    }

    /// What can be counted: the building itself and those beside it.
    pub fn neighbours(&self) -> Vec<Neighbour> {
        let homes = |id: PandId| self.tile.woningen.iter().filter(|one| one.pand == Some(id) && is_home(one)).count();
        let one = |id: &PandId| Neighbour {
            id: id.to_string(),
            address: addresses(&self.tile, *id),
            homes: homes(*id),
            chosen: self.chosen.contains(id),
        };
        self.beside.iter().map(one).collect()
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
fn addresses(tile: &Tile, id: PandId) -> String {
    let own = || tile.woningen.iter().filter(|one| one.pand == Some(id));
    let address = |one: &Woning| one.address.clone();
    match (own().map(address).min(), own().map(address).max()) {
        (Some(first), Some(last)) if first.street == last.street && first.number != last.number => {
            format!("{first}–{}", last.number)
        }
        (Some(first), _) => first.to_string(),
        _ => id.to_string(),
    }
}
