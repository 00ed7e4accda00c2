//! A home on the page: found by its id, with what its resident filled in, which is kept on this device only.

use std::rc::Rc;

use gasvrij3d::Result;
use gasvrij3d::bus::ToCity;
use gasvrij3d::corrections::{self, Corrections};
use gasvrij3d::home::VboId;
use gasvrij3d::manifest::Manifest;
use gasvrij3d::search::Located;
use gasvrij3d::tile::{Tile, Woning};

use crate::case::Case;
use crate::data::Data;
use crate::{dom, map};

/// A home with what the resident filled in.
pub struct Opened {
    tile: Rc<Tile>,
    place: usize,
    /// What the resident filled in.
    pub corrections: Corrections,
}

/// What an id leads to.
pub enum Found {
    /// A home.
    Home(Opened),
    /// Not a home: its address is in the index only.
    Other(Located),
}

impl Opened {
    fn of(tile: Rc<Tile>, id: VboId) -> Option<Self> {
        let place = tile.woningen.iter().position(|w| w.id == id)?;
        let corrections = kept(&tile.woningen[place]);
        Some(Self { tile, place, corrections })
    }

    /// As it is registered.
    pub fn woning(&self) -> &Woning {
        &self.tile.woningen[self.place]
    }

    /// The home with what follows from it.
    pub fn case<'a>(&'a self, manifest: &'a Manifest) -> Case<'a> {
        Case::of(self.woning(), &self.tile, manifest, &self.corrections)
    }

    /// Reads again what is kept: another part of the page may have changed it.
    pub fn refresh(&mut self) {
        self.corrections = kept(self.woning());
    }

    /// Takes other answers, and keeps them.
    pub fn take(&mut self, corrections: Corrections, manifest: &Manifest) {
        self.corrections = corrections.without_what_is_known(&self.woning().home);
        let place = place(self.woning().id);
        if self.corrections.is_empty() {
            dom::forget(&place);
        } else {
            dom::remember(&place, &self.corrections.to_file(self.woning().id, &self.case(manifest).version()));
        }
    }
}

/// Where the answers about a home are kept.
fn place(id: VboId) -> String {
    format!("gasvrij-huis-{id}")
}

/// What was kept of a home, as far as the registers do not say it by now.
fn kept(woning: &Woning) -> Corrections {
    let kept = dom::recall(&place(woning.id)).and_then(|json| corrections::read(&json).ok());
    let own = kept.filter(|(id, _)| *id == woning.id).map(|(_, corrections)| corrections).unwrap_or_default();
    own.without_what_is_known(&woning.home)
}

/// Looks a home up by its id.
pub async fn find(data: &Data, id: VboId) -> Result<Option<Found>> {
    data.manifest().await?;
    if let Some(at) = data.hinted(id)
        && let Some(opened) = Opened::of(data.tile(at).await?, id)
    {
        return Ok(Some(Found::Home(opened)));
    }
    let Some(place) = data.ids(id).await?.place(id) else { return Ok(None) };
    if let Some(opened) = Opened::of(data.tile(place.tile).await?, id) {
        data.hint(id, place.tile);
        return Ok(Some(Found::Home(opened)));
    }
    let streets = data.streets().await?;
    let Some(street) = streets.street(place.street) else { return Ok(None) };
    let shard = data.shard(street.shard).await?;
    Ok(shard.dwelling(&streets, place.street, id)?.map(Found::Other))
}

/// Shows a home on the map.
pub fn on_map(case: &Case) {
    if let (Some(pand), Some(tile)) = (case.woning.pand, case.tile.id) {
        map::show(&ToCity::Show { at: tile.to_rd(case.woning.at), pand, tile });
    }
}
