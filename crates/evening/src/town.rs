//! Brings the homes of the whole town.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use evening::cluster::Buildings;
use evening::homes::Homes;
use gasvrij3d::Result;
use gasvrij3d::drawing::Drawing;
use gasvrij3d::manifest::TileEntry;
use gasvrij3d::tile::Tile;
use kit::data::Data;

/// The town, as far as it has come.
#[derive(Default)]
pub struct Town {
    /// All homes, once they are there.
    pub homes: RefCell<Option<Rc<Homes>>>,
    /// The buildings that could share a small network.
    pub buildings: RefCell<Option<Rc<Buildings>>>,
    /// The network that is drawn over them.
    pub drawing: RefCell<Option<Drawing>>,
    busy: Cell<bool>,
}

impl Town {
    /// Brings all homes, where they are not there or on their way; `progress` hears how far it is. A tile that does not
    /// come stops it: a sum without its homes would be wrong.
    pub async fn load(&self, data: &Data, progress: impl Fn(usize, usize)) -> Result<()> {
        if self.homes.borrow().is_some() || self.busy.replace(true) {
            return Ok(());
        }
        let loaded = read(data, progress).await;
        self.busy.set(false);
        let (mut homes, buildings) = loaded?;
        *self.buildings.borrow_mut() = Some(Rc::new(buildings));
        *self.drawing.borrow_mut() =
            Some(Drawing::new(std::mem::take(&mut homes.homes), std::mem::take(&mut homes.at)));
        *self.homes.borrow_mut() = Some(Rc::new(homes));
        Ok(())
    }
}

async fn read(data: &Data, progress: impl Fn(usize, usize)) -> Result<(Homes, Buildings)> {
    let manifest = data.manifest().await?;
    let (mut homes, mut buildings) = (Homes::default(), Buildings::default());
    let take = |place: usize, entry: &TileEntry, tile: &Tile| {
        progress(place, manifest.tiles.len());
        homes.add(entry.id, tile);
        buildings.add(entry.id, tile);
    };
    data.all_tiles(take).await?;
    progress(manifest.tiles.len(), manifest.tiles.len());
    Ok((homes, buildings))
}
