//! Reads the files of the search index and finds streets and addresses in them.

use super::normal::{normal, plain};
use super::query::{Behind, Query, Reading, before_place, loosely, suffix};
use super::{AddressRow, STEP, ShardFile};
use crate::error::{Error, Result};
use crate::geo::{Rd, TileId};
use crate::home::{Address, VboId};
use crate::json::Json;
use crate::letters;
use crate::order;

/// All streets.
#[derive(Clone, Debug, Default)]
pub struct Streets {
    places: Vec<String>,
    tiles: Vec<TileId>,
    list: Vec<Street>,
}

/// A street.
#[derive(Clone, Debug, PartialEq)]
pub struct Street {
    /// Its name.
    pub name: String,
    /// The shard with its addresses.
    pub shard: usize,
    /// Addresses on it.
    pub count: u32,
    /// A point on it.
    pub at: Rd,
    /// Its postcodes, in the order in which its addresses refer to them.
    pub postcodes: Vec<String>,
    place: usize,
    normal: String,
    compact: String,
    /// Without one spelling for abbreviations, and without spaces.
    as_written: String,
}

/// A street that was found, and what was said about the number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Place in the list of streets.
    pub street: usize,
    /// House number that was asked for.
    pub number: Option<u32>,
    /// How far the street is from what was typed: 0 is the same.
    pub score: u32,
    behind: Behind,
    postcode: String,
}

/// An address and where to find it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The verblijfsobject.
    pub id: VboId,
    /// The tile it is in.
    pub tile: TileId,
    /// The address.
    pub address: Address,
    /// Whether it is just what was asked for: street, number, letter and addition, in the place that was named if one was, and
    /// nothing else was said.
    pub exact: bool,
    /// How far it is from what was asked for: puts the addresses of several streets in one order.
    pub(super) away: u32,
}

/// The addresses of some streets.
#[derive(Clone, Debug, Default)]
pub struct Shard(ShardFile);

/// Dwellings by id.
#[derive(Clone, Debug, Default)]
pub struct Ids(Vec<(TileId, Vec<(VboId, u32)>)>);

/// Up to this score the street is what was typed.
const SAME: u32 = 9;
/// So much further is a street of another place than was asked for: it is never what was typed.
const ELSEWHERE: u32 = 40;
/// From this score on there are typing errors in it.
const TYPO: u32 = 50;

impl Found {
    /// Whether street and number are what was typed.
    pub(super) fn is_named(&self) -> bool {
        self.number.is_some() && self.score <= SAME
    }
}

impl Streets {
    /// Reads the list of streets.
    pub fn parse(json: &[u8]) -> Result<Self> {
        Self::of(json).map_err(|e| broken("list of streets", &e))
    }

    fn of(json: &[u8]) -> Result<Self> {
        let file = Json::parse(json)?;
        let places = file.list("places")?.iter().map(|p| p.as_text().map(str::to_owned));
        let places: Vec<String> = places.collect::<Option<_>>().ok_or_else(|| row("places"))?;
        let pair = |at: &Json| -> Option<[f64; 2]> {
            let [x, y] = at.as_list()? else { return None };
            Some([x.as_number()?, y.as_number()?])
        };
        let origin = pair(file.field("origin")?).ok_or_else(|| row("origin"))?;
        let tile = |at: &Json| pair(at).map(|[col, row]| TileId { col: col as u32, row: row as u32 });
        let tiles = file.list("tiles")?.iter().map(tile).collect::<Option<_>>().ok_or_else(|| row("tiles"))?;
        let street = |at: &Json| -> Option<Street> {
            let [name, place, x, y, shard, count, postcodes] = at.as_list()? else { return None };
            let name = name.as_text()?.to_owned();
            let normal = normal(&name);
            let at = |axis: usize, steps: f64| origin[axis] + steps * STEP;
            Some(Street {
                shard: shard.as_whole()?,
                count: count.as_whole()?,
                at: [at(0, x.as_number()?), at(1, y.as_number()?)],
                postcodes: unpack_postcodes(postcodes.as_text()?),
                place: place.as_whole().filter(|place| *place < places.len())?,
                compact: normal.replace(' ', ""),
                as_written: plain(&name).replace(' ', ""),
                normal,
                name,
            })
        };
        let list = file.list("streets")?.iter().map(street).collect::<Option<_>>().ok_or_else(|| row("streets"))?;
        Ok(Self { places, tiles, list })
    }

    /// The street at a place in the list.
    pub fn street(&self, index: usize) -> Option<&Street> {
        self.list.get(index)
    }

    /// The woonplaats of a street, or empty.
    pub fn place(&self, street: &Street) -> &str {
        self.places.get(street.place).map_or("", String::as_str)
    }

    /// Whether more than one woonplaats is in the list, so that a street needs its place beside it.
    pub fn has_places(&self) -> bool {
        self.places.len() > 1
    }

    /// A tile by its place in the list.
    fn tile(&self, index: u32) -> Result<TileId> {
        self.tiles.get(index as usize).copied().ok_or_else(|| broken("list of streets", &"a tile is missing in it"))
    }

    /// The places, spelled as what they are held against.
    fn spelled(&self, spelling: fn(&str) -> String) -> Vec<String> {
        let one = |place: &String| spelling(place).split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
        self.places.iter().map(one).collect()
    }

    /// The streets that fit best, best first. Where one is the same as what was typed, only those that are, and with a number
    /// behind it all of them, however many: the same name may be in each village.
    pub fn find(&self, query: &Query, most: usize) -> Vec<Found> {
        let right = Asked::all(&query.readings, &self.spelled(normal));
        let as_typed = Asked::all(&query.as_typed, &self.spelled(plain));
        let mut found: Vec<Found> = Vec::new();
        for (index, street) in self.list.iter().enumerate() {
            let score = |a: &Asked| Some(a.score(street)? + a.elsewhere(street));
            let best = right.iter().filter_map(|a| Some((score(a)?, a))).min_by_key(|b| b.0);
            found.extend(best.map(|(score, asked)| asked.found(index, score)));
        }
        // The start of another name may be a whole name with an error in it.
        let is_sure = |f: &Found| f.score <= SAME || f.number.is_none();
        if !found.iter().any(is_sure) {
            let near = |street: &Street| {
                let wrong = right.iter().filter_map(move |a| Some((a.typos(&street.compact, &street.normal)?, a)));
                let typed = as_typed.iter().filter_map(move |a| Some((a.typos(&street.as_written, "")?, a)));
                wrong.chain(typed).map(|(score, a)| (score + a.elsewhere(street), a)).min_by_key(|b| b.0)
            };
            for (index, street) in self.list.iter().enumerate() {
                if let Some((score, asked)) = near(street) {
                    match found.iter_mut().find(|f| f.street == index) {
                        Some(known) => known.score = known.score.min(score),
                        None => found.push(asked.found(index, score)),
                    }
                }
            }
        }
        order::sort_by_key(&mut found, |f| (f.score, self.list[f.street].normal.len(), f.street));
        // Once a number or a place follows, the street has been typed to its end.
        if found.first().is_some_and(|f| f.score <= SAME && (f.number.is_some() || f.behind.place.is_some())) {
            found.retain(|f| f.score <= SAME);
        }
        let mut count = 0;
        found.retain(|f| {
            count += 1;
            count <= most || f.is_named()
        });
        found
    }

    fn located(&self, street: &Street, row: &AddressRow) -> Result<Located> {
        let (number, letter, addition, id, tile, postcode) = row;
        let postcode = usize::from(*postcode).checked_sub(1).and_then(|i| street.postcodes.get(i));
        let address = Address {
            street: street.name.clone(),
            number: *number,
            letter: letter.clone(),
            addition: addition.clone(),
            postcode: postcode.cloned().unwrap_or_default(),
            place: self.place(street).to_owned(),
        };
        Ok(Located { id: *id, tile: self.tile(*tile)?, address, exact: false, away: 0 })
    }
}

/// A reading, prepared for comparing.
struct Asked<'q> {
    street: String,
    compact: String,
    behind: Behind,
    reading: &'q Reading,
}

impl<'q> Asked<'q> {
    /// Each reading: as it is (`Weg naar Haarlem` is a street), and where its street ends with a place without that.
    fn all(readings: &'q [Reading], places: &[String]) -> Vec<Self> {
        let mut all = Vec::new();
        for reading in readings {
            let behind = reading.behind(places);
            let before = before_place(&reading.street, places).filter(|(street, _)| !street.is_empty());
            all.extend(before.map(|(street, place)| {
                let place = behind.place.or(Some(place));
                Self::new(reading, street, Behind { place, ..behind.clone() })
            }));
            all.push(Self::new(reading, &reading.street, behind));
        }
        all
    }

    fn new(reading: &'q Reading, street: &str, behind: Behind) -> Self {
        Self { compact: street.replace(' ', ""), street: street.to_owned(), behind, reading }
    }

    /// How much further a street is where another place was asked for than its own.
    fn elsewhere(&self, street: &Street) -> u32 {
        if self.behind.place.is_some_and(|place| place != street.place) { ELSEWHERE } else { 0 }
    }

    fn found(&self, street: usize, score: u32) -> Found {
        let Reading { number, postcode, .. } = self.reading;
        Found { street, number: *number, score, behind: self.behind.clone(), postcode: postcode.clone() }
    }

    /// Once a number follows, the street has been typed to its end: a longer name is less likely.
    fn longer(&self, name: &str) -> u32 {
        if self.reading.number.is_some() { (name.len() as u32).abs_diff(self.compact.len() as u32).min(9) } else { 0 }
    }

    /// How far a street is from what was typed; `None` where it is another street.
    fn score(&self, street: &Street) -> Option<u32> {
        let postcode = &self.reading.postcode;
        if !postcode.is_empty() && !street.postcodes.iter().any(|p| p.starts_with(postcode.as_str())) {
            return None;
        }
        if self.street.is_empty() {
            return (!postcode.is_empty()).then_some(0);
        }
        if street.normal == self.street {
            Some(0)
        } else if street.compact == self.compact {
            Some(1)
        } else if street.normal.starts_with(&self.street) || street.compact.starts_with(&self.compact) {
            Some(10 + self.longer(&street.compact))
        } else if words_begin(&street.normal, &self.street) {
            Some(20 + self.longer(&street.compact))
        } else if self.compact.len() >= 3 && letters::find(&street.compact, &self.compact).is_some() {
            Some(30 + self.longer(&street.compact))
        } else {
            None
        }
    }

    /// How far what was typed, with errors in it, is from the start of the name, or of a word in it.
    fn typos(&self, name: &str, words: &str) -> Option<u32> {
        let allowed = match self.compact.len() {
            0..=3 => return None,
            4..=7 => 1,
            _ => 2,
        };
        let mut best = prefix_distance(self.compact.as_bytes(), name.as_bytes(), allowed);
        for (space, _) in words.match_indices(' ') {
            let rest = words[space + 1..].replace(' ', "");
            let distance = prefix_distance(self.compact.as_bytes(), rest.as_bytes(), allowed);
            best = [best, distance].into_iter().flatten().min();
        }
        best.map(|count| TYPO + 10 * count + self.longer(name))
    }
}

/// Whether each word that was typed begins a word of the name, in any order.
fn words_begin(name: &str, typed: &str) -> bool {
    typed.split(' ').all(|word| name.split(' ').any(|n| n.starts_with(word)))
}

/// Errors (a letter wrong, missing, too many, or two swapped) between `typed` and the best start of `name`.
fn prefix_distance(typed: &[u8], name: &[u8], allowed: u32) -> Option<u32> {
    let name = &name[..name.len().min(typed.len() + allowed as usize)];
    let mut before: Vec<u32> = Vec::new();
    let mut last: Vec<u32> = (0..=name.len() as u32).collect();
    for (i, &a) in typed.iter().enumerate() {
        let mut row = Vec::with_capacity(name.len() + 1);
        row.push(i as u32 + 1);
        for (j, &b) in name.iter().enumerate() {
            let mut least = (last[j] + u32::from(a != b)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a == name[j - 1] && typed[i - 1] == b {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        if row.iter().all(|&d| d > allowed) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.into_iter().min().filter(|&d| d <= allowed)
}

impl AsRef<Self> for Shard {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl Shard {
    /// Reads a shard.
    pub fn parse(json: &[u8]) -> Result<Self> {
        let address = |at: &Json| -> Option<AddressRow> {
            let [number, letter, addition, id, tile, postcode] = at.as_list()? else { return None };
            let text = |at: &Json| at.as_text().map(str::to_owned);
            let id = id.as_text()?.parse().ok()?;
            Some((number.as_whole()?, text(letter)?, text(addition)?, id, tile.as_whole()?, postcode.as_whole()?))
        };
        let street = |at: &Json| -> Option<(u32, Vec<AddressRow>)> {
            let [street, addresses] = at.as_list()? else { return None };
            Some((street.as_whole()?, addresses.as_list()?.iter().map(address).collect::<Option<_>>()?))
        };
        rows(json, street).map(Self).map_err(|e| broken("list of addresses", &e))
    }

    /// The addresses on a street that fit, best first. Without a number: the first ones.
    pub fn addresses(&self, streets: &Streets, found: &Found, most: usize) -> Result<Vec<Located>> {
        let Some(street) = streets.street(found.street) else { return Ok(Vec::new()) };
        let digits = found.number.map(|n| n.to_string()).unwrap_or_default();
        let asked_suffix = &found.behind.suffix;
        let loose = loosely(asked_suffix);
        let mut fits: Vec<(u32, &AddressRow)> = Vec::new();
        for row in self.rows(found.street) {
            let (number, letter, addition, _, _, postcode) = row;
            let code = usize::from(*postcode).checked_sub(1).and_then(|i| street.postcodes.get(i));
            if !found.postcode.is_empty() && !code.is_some_and(|c| c.starts_with(&found.postcode)) {
                continue;
            }
            let own = suffix(&[letter, addition]);
            let rank = match found.number {
                None => 0,
                Some(n) if n == *number && own == *asked_suffix => 0,
                Some(n) if n == *number && (own.starts_with(asked_suffix) || loosely(&own) == loose) => 1,
                Some(n) if n == *number => 3,
                Some(_) if asked_suffix.is_empty() && number.to_string().starts_with(&digits) => 2,
                Some(_) => continue,
            };
            fits.push((rank, row));
        }
        // Another addition than was asked for is shown only where that one does not exist.
        if fits.iter().any(|(rank, _)| *rank < 2) {
            fits.retain(|(rank, _)| *rank < 3);
        }
        order::sort_by_key(&mut fits, |(rank, _)| *rank);
        let asked = found.is_named() && !found.behind.strange;
        let located = |(rank, row): (u32, &AddressRow)| {
            let away = found.score.max(SAME) * 4 + rank;
            Ok(Located { exact: asked && rank == 0, away, ..streets.located(street, row)? })
        };
        fits.into_iter().take(most).map(located).collect()
    }

    /// The address of a dwelling on a street.
    pub fn dwelling(&self, streets: &Streets, street: usize, id: VboId) -> Result<Option<Located>> {
        let row = self.rows(street).iter().find(|row| row.3 == id);
        match (streets.street(street), row) {
            (Some(street), Some(row)) => streets.located(street, row).map(Some),
            _ => Ok(None),
        }
    }

    fn rows(&self, street: usize) -> &[AddressRow] {
        self.0.iter().find(|(index, _)| *index as usize == street).map_or(&[], |(_, rows)| rows)
    }
}

/// Where a dwelling is, by its id alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The tile it is in.
    pub tile: TileId,
    /// Place of its street in the list of streets.
    pub street: usize,
}

impl Ids {
    /// Reads a shard of ids.
    pub fn parse(json: &[u8]) -> Result<Self> {
        let dwelling = |at: &Json| -> Option<(VboId, u32)> {
            let [id, street] = at.as_list()? else { return None };
            Some((id.as_text()?.parse().ok()?, street.as_whole()?))
        };
        let of_tile = |at: &Json| -> Option<(TileId, Vec<(VboId, u32)>)> {
            let [tile, dwellings] = at.as_list()? else { return None };
            let (col, row) = tile.as_text()?.split_once('-')?;
            let tile = TileId { col: col.parse().ok()?, row: row.parse().ok()? };
            Some((tile, dwellings.as_list()?.iter().map(dwelling).collect::<Option<_>>()?))
        };
        rows(json, of_tile).map(Self).map_err(|e| broken("list of ids", &e))
    }

    /// Where a dwelling is, if it is in this shard.
    pub fn place(&self, id: VboId) -> Option<Place> {
        self.0.iter().find_map(|(tile, dwellings)| {
            let (_, street) = dwellings.iter().find(|dwelling| dwelling.0 == id)?;
            Some(Place { tile: *tile, street: *street as usize })
        })
    }
}

/// A file that is a list of rows.
fn rows<T>(json: &[u8], read: impl Fn(&Json) -> Option<T>) -> Result<Vec<T>> {
    let file = Json::parse(json)?;
    let rows = file.as_list().map(|list| list.iter().map(read).collect::<Option<_>>());
    rows.flatten().ok_or_else(|| row("rows"))
}

fn row(what: &str) -> Error {
    Error::new(format!("one of its {what} has another form"))
}

fn unpack_postcodes(text: &str) -> Vec<String> {
    let mut digits = String::new();
    let mut codes = Vec::new();
    for part in text.split(',').filter(|p| !p.is_empty()) {
        if part.starts_with(|c: char| c.is_ascii_digit()) {
            digits = part.chars().take(4).collect();
            codes.push(part.to_owned());
        } else {
            codes.push(format!("{digits}{part}"));
        }
    }
    codes
}

fn broken(what: &str, why: &dyn std::fmt::Display) -> Error {
    Error::new(format!("The {what} of the search index cannot be read: {why}. Prepare the data again with `prep`."))
}

#[cfg(test)]
mod tests;
