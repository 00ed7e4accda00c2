//! Fetches the prepared data. Each file is checked against the manifest before it is used, and fetched once.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use gasvrij3d::bundles::Bundles;
use gasvrij3d::few::Few;
use gasvrij3d::geo::TileId;
use gasvrij3d::home::VboId;
use gasvrij3d::manifest::{FileEntry, Manifest, TileEntry};
use gasvrij3d::search::{Areas, Ids, Shard, Streets};
use gasvrij3d::text::{Lang, Part};
use gasvrij3d::tile::{Reading, Tile};
use gasvrij3d::{Error, Result};
use js_sys::{ArrayBuffer, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

use crate::dom;
use crate::frame::VIEW;
use crate::hash::sha256;

/// The folder with the prepared data, beside the page.
const FOLDER: &str = "data/";
/// Tiles kept: a visitor looks at a few homes close together.
const TILES: usize = 6;
/// So many panden and dwellings are read in a task: a few milliseconds, also where the browser has not compiled the program well yet.
const PIECE: usize = 400;
/// How a request treats the browser's cache: it may come from there, it must be asked for, it must come from the host.
const DEFAULT: &str = "default";
const NO_CACHE: &str = "no-cache";
const RELOAD: &str = "reload";
/// Past every cache, the one for work without a connection too.
const NO_STORE: &str = "no-store";
/// The attribute of the view with the tile of the home that was found last.
const PLACE: &str = "data-plek";

/// What was fetched.
#[derive(Default)]
pub struct Data {
    manifest: Once<Manifest>,
    streets: Once<Streets>,
    areas: Once<Areas>,
    shards: RefCell<Few<usize, Rc<Shard>>>,
    ids: RefCell<Few<usize, Rc<Ids>>>,
    tiles: RefCell<Vec<(TileId, Rc<Tile>)>>,
}

/// Something that is made once: who asks for it while it is being made waits for that.
struct Once<T> {
    made: RefCell<Option<Rc<T>>>,
    busy: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self { made: RefCell::default(), busy: Cell::default(), waiting: RefCell::default() }
    }
}

impl<T> Once<T> {
    fn known(&self) -> Option<Rc<T>> {
        self.made.borrow().clone()
    }

    async fn get(&self, making: impl Future<Output = Result<T>>) -> Result<Rc<T>> {
        poll_fn(|context| {
            if self.busy.get() {
                self.waiting.borrow_mut().push(context.waker().clone());
                return Poll::Pending;
            }
            Poll::Ready(())
        })
        .await;
        if let Some(made) = self.known() {
            return Ok(made);
        }
        self.busy.set(true);
        let made = making.await.map(Rc::new);
        self.busy.set(false);
        *self.made.borrow_mut() = made.as_ref().ok().cloned();
        for waker in self.waiting.take() {
            waker.wake();
        }
        made
    }
}

/// Fetches the texts of a language for the parts that this program has entered, once.
pub async fn texts(lang: Lang) -> Result<()> {
    for part in Part::entered().filter(|part| !part.is_loaded(lang)) {
        let file = part.file(lang);
        let entry = FileEntry { file: file.name.to_owned(), bytes: file.bytes, sha256: file.sha256.to_owned() };
        let bytes = checked("./", &entry).await?;
        let text = String::from_utf8(bytes).map_err(|_| Error::new(format!("{} is not a text file.", file.name)))?;
        part.load(lang, text)?;
    }
    Ok(())
}

impl Data {
    /// The manifest, if it is there already.
    pub fn known(&self) -> Option<Rc<Manifest>> {
        self.manifest.known()
    }

    /// The list of streets, if it is there already.
    pub fn known_streets(&self) -> Option<Rc<Streets>> {
        self.streets.known()
    }

    /// Keeps where a dwelling is that was just found, so that no part of the page needs to look it up by its id.
    pub fn hint(&self, id: VboId, tile: TileId) {
        if let Some(view) = dom::by_id(VIEW) {
            dom::set(&view, PLACE, &format!("{id} {} {}", tile.col, tile.row));
        }
    }

    /// Where a dwelling is, if it was just found.
    pub fn hinted(&self, id: VboId) -> Option<TileId> {
        let place = dom::by_id(VIEW)?.get_attribute(PLACE)?;
        let (known, at) = place.split_once(' ')?;
        let (col, row) = at.split_once(' ')?;
        known
            .parse::<VboId>()
            .is_ok_and(|known| known == id)
            .then_some(TileId { col: col.parse().ok()?, row: row.parse().ok()? })
    }

    /// The manifest.
    pub async fn manifest(&self) -> Result<Rc<Manifest>> {
        let made = async {
            let bytes = fetch("data/manifest.json", NO_CACHE).await?;
            let content = dom::content(&bytes);
            let text = String::from_utf8(bytes).map_err(|_| Error::new("data/manifest.json is not a text file."))?;
            let manifest = Manifest::parse(&text)?;
            // Its name holds no hash: without this each part of the page would ask the host for it again.
            dom::lend("data/manifest.json", &content);
            Ok(manifest)
        };
        self.manifest.get(made).await
    }

    /// The list of streets.
    pub async fn streets(&self) -> Result<Rc<Streets>> {
        let made = async {
            let manifest = self.manifest().await?;
            Streets::parse(&checked(FOLDER, &manifest.search.streets).await?)
        };
        self.streets.get(made).await
    }

    /// The neighbourhoods, if they are there already.
    pub fn known_areas(&self) -> Option<Rc<Areas>> {
        self.areas.known()
    }

    /// The neighbourhoods by name; none where the data has no figures of them.
    pub async fn areas(&self) -> Result<Rc<Areas>> {
        let made = async {
            let manifest = self.manifest().await?;
            let Some(figures) = &manifest.figures else { return Ok(Areas::default()) };
            Areas::parse(&checked(FOLDER, &figures.buurten).await?).map_err(|e| e.at(&figures.buurten.file))
        };
        self.areas.get(made).await
    }

    /// A shard of addresses.
    pub async fn shard(&self, index: usize) -> Result<Rc<Shard>> {
        if let Some(shard) = self.shards.borrow().get(&index) {
            return Ok(shard.clone());
        }
        let manifest = self.manifest().await?;
        let shard = Rc::new(Shard::parse(&checked(FOLDER, part(&manifest.search.shards, index)?).await?)?);
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
        let ids = Rc::new(Ids::parse(&checked(FOLDER, part(&manifest.search.ids, index)?).await?)?);
        self.ids.borrow_mut().insert(index, ids.clone());
        Ok(ids)
    }

    /// A tile.
    pub async fn tile(&self, id: TileId) -> Result<Rc<Tile>> {
        if let Some((_, tile)) = self.tiles.borrow().iter().find(|(known, _)| *known == id) {
            return Ok(tile.clone());
        }
        let manifest = self.manifest().await?;
        let entry = manifest.tile(id).ok_or_else(|| Error::new(format!("Tile {id} is not in the manifest.")))?;
        let tile = Rc::new(read(&checked(FOLDER, &entry.file).await?, entry).await?);
        {
            let mut tiles = self.tiles.borrow_mut();
            tiles.push((id, tile.clone()));
            if tiles.len() > TILES {
                tiles.remove(0);
            }
        }
        dom::breathe().await;
        Ok(tile)
    }

    /// Every tile, in the order of the manifest; `take` gets its place, too. One that does not come ends it.
    pub async fn all_tiles(&self, mut take: impl FnMut(usize, &TileEntry, &Tile)) -> Result<()> {
        let manifest = self.manifest().await?;
        let bundles = if dom::is_kept() { Bundles::default() } else { Bundles::of_manifest(&manifest) };
        let mut came: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
        for (place, entry) in manifest.tiles.iter().enumerate() {
            let mut bytes = None;
            if let Some((file, range)) = bundles.of(place) {
                if !came.contains_key(file) {
                    // Its tiles come one by one where it does not come.
                    came.insert(file, fetch(&format!("{FOLDER}{file}"), DEFAULT).await.unwrap_or_default());
                }
                let own =
                    came.get(file).and_then(|all| all.get(range)).filter(|own| hold(file, own, &entry.file).is_ok());
                bytes = own.map(<[u8]>::to_vec);
                if bundles.beside(place).last() == Some(&place) {
                    came.remove(file);
                }
            }
            let bytes = match bytes {
                Some(bytes) => bytes,
                None => checked(FOLDER, &entry.file).await?,
            };
            take(place, entry, &read(&bytes, entry).await?);
            dom::breathe().await;
        }
        Ok(())
    }

    /// A file that few pages need. The browser keeps it: its name holds its hash.
    pub async fn figures(&self, entry: &FileEntry) -> Result<Vec<u8>> {
        checked(FOLDER, entry).await
    }
}

/// Reads a tile as far as pages need it. To check it, to read it and to find a home in it take long enough for tasks of their own,
/// where the map comes meanwhile.
async fn read(bytes: &[u8], entry: &TileEntry) -> Result<Tile> {
    let at = |error: Error| error.at(&entry.file.file);
    let mut reading = Reading::of_homes(bytes).map_err(at)?;
    while !reading.go_on(PIECE).map_err(at)? {
        dom::breathe().await;
    }
    let mut tile = reading.tile();
    tile.id = Some(entry.id);
    Ok(tile)
}

fn part(files: &[FileEntry], index: usize) -> Result<&FileEntry> {
    files.get(index).ok_or_else(|| Error::new(format!("Part {index} of the search index is not in the manifest.")))
}

/// A file that is what the manifest says. One that is not is fetched once more, past the caches: they may be at fault.
async fn checked(folder: &str, entry: &FileEntry) -> Result<Vec<u8>> {
    let url = format!("{folder}{}", entry.file);
    match whole(&url, entry, DEFAULT).await {
        Ok(bytes) => Ok(bytes),
        Err(_) => whole(&url, entry, RELOAD).await,
    }
}

async fn whole(url: &str, entry: &FileEntry, cache: &str) -> Result<Vec<u8>> {
    let bytes = fetch(url, cache).await?;
    hold(url, &bytes, entry)?;
    Ok(bytes)
}

/// Holds what came against what was expected.
fn hold(url: &str, bytes: &[u8], entry: &FileEntry) -> Result<()> {
    if is_hash(&sha256(bytes), &entry.sha256) {
        return Ok(());
    }
    Err(Error::new(format!(
        "{url} was altered or cut: {} bytes came, {} were expected, and the SHA-256 differs. \
         Publish it again, all files together.",
        bytes.len(),
        entry.bytes
    )))
}

/// What the host has now, past every cache.
pub async fn newest(url: &str) -> Result<Vec<u8>> {
    body(url, get(url, NO_STORE).await?).await
}

/// The answer with a file, for who keeps it whole: checked as all files are; one without a hash comes from the host.
pub async fn answer(url: &str, entry: &FileEntry) -> Result<Response> {
    if entry.sha256.is_empty() {
        return get(url, RELOAD).await;
    }
    match held(url, entry, DEFAULT).await {
        Ok(answer) => Ok(answer),
        Err(_) => held(url, entry, RELOAD).await,
    }
}

async fn held(url: &str, entry: &FileEntry, cache: &str) -> Result<Response> {
    let answer = get(url, cache).await?;
    let copy = answer.clone().map_err(|_| failed(url, "the browser gave no copy of it"))?;
    hold(url, &body(url, copy).await?, entry)?;
    Ok(answer)
}

/// Whether the text is this hash, in hexadecimal.
fn is_hash(hash: &[u8], text: &str) -> bool {
    let byte = |place: usize| text.get(place * 2..place * 2 + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
    text.len() == hash.len() * 2 && hash.iter().enumerate().all(|(place, &b)| byte(place) == Some(b))
}

/// A file: the one that is lent to whoever asks first (the loader asks before this program is there), else a new request.
async fn fetch(url: &str, cache: &str) -> Result<Vec<u8>> {
    if let Some(early) = dom::early(url) {
        // Where that one failed there is nothing in it, and this one says why.
        if let Ok(content) = JsFuture::from(early).await.and_then(JsCast::dyn_into::<ArrayBuffer>) {
            return Ok(Uint8Array::new(&content).to_vec());
        }
    }
    body(url, get(url, cache).await?).await
}

fn failed(url: &str, why: &str) -> Error {
    Error::new(format!("{url} did not come: {why}."))
}

fn unreachable(url: &str) -> Error {
    failed(url, "the host cannot be reached, or the connection broke off")
}

async fn get(url: &str, cache: &str) -> Result<Response> {
    let how = RequestInit::new();
    // An object that was just made takes what is set on it.
    let _ = Reflect::set(&how, &"cache".into(), &cache.into());
    let window = dom::window().ok_or_else(|| failed(url, "there is no page"))?;
    let response = JsFuture::from(window.fetch_with_str_and_init(url, &how)).await.map_err(|_| unreachable(url))?;
    let response: Response = response.dyn_into().map_err(|_| unreachable(url))?;
    if response.ok() {
        return Ok(response);
    }
    Err(failed(url, &format!("the server said {} {}", response.status(), response.status_text())))
}

async fn body(url: &str, response: Response) -> Result<Vec<u8>> {
    let content = response.array_buffer().map_err(|_| unreachable(url))?;
    let content = JsFuture::from(content).await.map_err(|_| unreachable(url))?;
    Ok(Uint8Array::new(&content).to_vec())
}
