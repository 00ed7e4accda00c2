//! Fetches the prepared data. Each file is checked against the manifest before it is used, and fetched once.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use gasvrij3d::geo::TileId;
use gasvrij3d::home::VboId;
use gasvrij3d::manifest::{FileEntry, Manifest};
use gasvrij3d::search::{Ids, Shard, Streets};
use gasvrij3d::tile::{self, Tile};
use gasvrij3d::{Error, Result};
use gloo_net::http::Request;
use sha2::{Digest, Sha256};
use web_sys::RequestCache;

/// The folder with the prepared data, beside the page.
const FOLDER: &str = "data/";
/// Tiles kept: a visitor looks at a few homes close together.
const TILES: usize = 6;

/// What was fetched.
#[derive(Default)]
pub struct Data {
    manifest: RefCell<Option<Rc<Manifest>>>,
    streets: RefCell<Option<Rc<Streets>>>,
    shards: RefCell<BTreeMap<usize, Rc<Shard>>>,
    ids: RefCell<BTreeMap<usize, Rc<Ids>>>,
    tiles: RefCell<Vec<(TileId, Rc<Tile>)>>,
    hint: Cell<Option<(VboId, TileId)>>,
}

impl Data {
    /// The manifest, if it is there already.
    pub fn known(&self) -> Option<Rc<Manifest>> {
        self.manifest.borrow().clone()
    }

    /// The list of streets, if it is there already.
    pub fn known_streets(&self) -> Option<Rc<Streets>> {
        self.streets.borrow().clone()
    }

    /// Keeps where a dwelling is that was just found, so that its card needs no look-up by id.
    pub fn hint(&self, id: VboId, tile: TileId) {
        self.hint.set(Some((id, tile)));
    }

    /// Where a dwelling is, if it was just found.
    pub fn hinted(&self, id: VboId) -> Option<TileId> {
        self.hint.get().filter(|(known, _)| *known == id).map(|(_, tile)| tile)
    }

    pub async fn manifest(&self) -> Result<Rc<Manifest>> {
        if let Some(manifest) = self.known() {
            return Ok(manifest);
        }
        let bytes = fetch("manifest.json", RequestCache::NoCache).await?;
        let text = String::from_utf8(bytes).map_err(|_| Error::new("data/manifest.json is not a text file."))?;
        let manifest = Rc::new(Manifest::parse(&text)?);
        *self.manifest.borrow_mut() = Some(manifest.clone());
        Ok(manifest)
    }

    pub async fn streets(&self) -> Result<Rc<Streets>> {
        if let Some(streets) = self.known_streets() {
            return Ok(streets);
        }
        let manifest = self.manifest().await?;
        let streets = Rc::new(Streets::parse(&checked(&manifest.search.streets).await?)?);
        *self.streets.borrow_mut() = Some(streets.clone());
        Ok(streets)
    }

    /// A shard of addresses.
    pub async fn shard(&self, index: usize) -> Result<Rc<Shard>> {
        if let Some(shard) = self.shards.borrow().get(&index) {
            return Ok(shard.clone());
        }
        let manifest = self.manifest().await?;
        let shard = Rc::new(Shard::parse(&checked(part(&manifest.search.shards, index)?).await?)?);
        self.shards.borrow_mut().insert(index, shard.clone());
        Ok(shard)
    }

    /// The shard in which a dwelling's id is.
    pub async fn ids(&self, id: VboId) -> Result<Rc<Ids>> {
        let manifest = self.manifest().await?;
        let index = (id.0 % manifest.search.ids.len().max(1) as u64) as usize;
        if let Some(ids) = self.ids.borrow().get(&index) {
            return Ok(ids.clone());
        }
        let ids = Rc::new(Ids::parse(&checked(part(&manifest.search.ids, index)?).await?)?);
        self.ids.borrow_mut().insert(index, ids.clone());
        Ok(ids)
    }

    pub async fn tile(&self, id: TileId) -> Result<Rc<Tile>> {
        if let Some((_, tile)) = self.tiles.borrow().iter().find(|(known, _)| *known == id) {
            return Ok(tile.clone());
        }
        let manifest = self.manifest().await?;
        let entry = manifest.tile(id).ok_or_else(|| Error::new(format!("Tile {id} is not in the manifest.")))?;
        let bytes = checked(&entry.file).await?;
        let mut decoded = tile::decode(&bytes).map_err(|e| e.at(&entry.file.file))?;
        decoded.id = Some(id);
        let tile = Rc::new(decoded);
        let mut tiles = self.tiles.borrow_mut();
        tiles.push((id, tile.clone()));
        if tiles.len() > TILES {
            tiles.remove(0);
        }
        Ok(tile)
    }
}

fn part(files: &[FileEntry], index: usize) -> Result<&FileEntry> {
    files.get(index).ok_or_else(|| Error::new(format!("Part {index} of the search index is not in the manifest.")))
}

/// A file that is what the manifest says. One that is not is fetched once more, past the caches: they may be at fault.
async fn checked(entry: &FileEntry) -> Result<Vec<u8>> {
    match whole(entry, RequestCache::Default).await {
        Ok(bytes) => Ok(bytes),
        Err(_) => whole(entry, RequestCache::Reload).await,
    }
}

async fn whole(entry: &FileEntry, cache: RequestCache) -> Result<Vec<u8>> {
    let bytes = fetch(&entry.file, cache).await?;
    if is_hash(&Sha256::digest(&bytes), &entry.sha256) {
        return Ok(bytes);
    }
    Err(Error::new(format!(
        "{FOLDER}{} was altered or cut: {} bytes came, {} were expected, and the SHA-256 differs. \
         Publish the prepared data again, all files together.",
        entry.file,
        bytes.len(),
        entry.bytes
    )))
}

/// Whether the text is this hash, in hexadecimal.
fn is_hash(hash: &[u8], text: &str) -> bool {
    let byte = |place: usize| text.get(place * 2..place * 2 + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
    text.len() == hash.len() * 2 && hash.iter().enumerate().all(|(place, &b)| byte(place) == Some(b))
}

async fn fetch(file: &str, cache: RequestCache) -> Result<Vec<u8>> {
    let url = format!("{FOLDER}{file}");
    let failed = |why: &dyn std::fmt::Display| Error::new(format!("{url} did not come: {why}."));
    let response = Request::get(&url).cache(cache).send().await.map_err(|e| failed(&e))?;
    if !response.ok() {
        return Err(failed(&format!("the server said {} {}", response.status(), response.status_text())));
    }
    response.binary().await.map_err(|e| failed(&e))
}
