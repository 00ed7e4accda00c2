//! Brings the homes of the whole town, tile by tile.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use evening::homes::Homes;
use gasvrij3d::Result;
use gasvrij3d::drawing::Drawing;
use kit::data::Data;

/// The town, as far as it has come.
#[derive(Default)]
pub struct Town {
    /// All homes, once they are there.
    pub homes: RefCell<Option<Rc<Homes>>>,
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
        let mut homes = loaded?;
        *self.drawing.borrow_mut() =
            Some(Drawing::new(std::mem::take(&mut homes.homes), std::mem::take(&mut homes.at)));
        *self.homes.borrow_mut() = Some(Rc::new(homes));
        Ok(())
    }
}

async fn read(data: &Data, progress: impl Fn(usize, usize)) -> Result<Homes> {
    let manifest = data.manifest().await?;
    let mut homes = Homes::default();
    for (place, entry) in manifest.tiles.iter().enumerate() {
        progress(place, manifest.tiles.len());
        homes.add(entry.id, &*data.tile(entry.id).await?);
    }
    progress(manifest.tiles.len(), manifest.tiles.len());
    Ok(homes)
}
