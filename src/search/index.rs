//! Reads the files of the search index and finds streets and addresses in them.

use super::query::{Query, Reading, suffix};
use super::{AddressRow, IdsFile, STEP, ShardFile, StreetsFile, normal};
use crate::error::{Error, Result};
use crate::geo::{Rd, TileId};
use crate::home::{Address, VboId};

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
    suffix: String,
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
    /// Whether it is just what was asked for: street, number, letter and addition.
    pub exact: bool,
}

/// The addresses of some streets.
#[derive(Clone, Debug, Default)]
pub struct Shard(ShardFile);

/// Dwellings by id.
#[derive(Clone, Debug, Default)]
pub struct Ids(IdsFile);

/// Up to this score the street is what was typed.
const SAME: u32 = 9;
/// From this score on there are typing errors in it.
const TYPO: u32 = 50;

impl Streets {
    /// Reads the list of streets.
    pub fn parse(json: &[u8]) -> Result<Self> {
        let file: StreetsFile = serde_json::from_slice(json).map_err(|e| broken("list of streets", &e))?;
        let mut streets = Vec::with_capacity(file.streets.len());
        for (name, place, x, y, shard, count, postcodes) in file.streets {
            if usize::from(place) >= file.places.len() {
                return Err(broken("list of streets", &"a place is missing in it"));
            }
            let normal = normal(&name);
            let at = |axis: usize, steps: u32| file.origin[axis] as f64 + f64::from(steps) * STEP;
            streets.push(Street {
                shard: usize::from(shard),
                count,
                at: [at(0, x), at(1, y)],
                postcodes: unpack_postcodes(&postcodes),
                place: usize::from(place),
                compact: normal.replace(' ', ""),
                normal,
                name,
            });
        }
        let tiles = file.tiles.into_iter().map(|[col, row]| TileId { col, row }).collect();
        Ok(Self { places: file.places, tiles, list: streets })
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

    /// The streets that fit best, best first. Where one is the same as what was typed, only those that are.
    pub fn find(&self, query: &Query, most: usize) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let asked: Vec<Asked> = query.readings.iter().map(|r| self.asked(r)).collect();
        for typos in [false, true] {
            for (index, street) in self.list.iter().enumerate() {
                let best = asked.iter().filter_map(|a| Some((a.score(street, typos)?, a.reading))).min_by_key(|b| b.0);
                if let Some((score, reading)) = best {
                    found.push(Found {
                        street: index,
                        number: reading.number,
                        score,
                        suffix: reading.suffix.clone(),
                        postcode: reading.postcode.clone(),
                    });
                }
            }
            if !found.is_empty() {
                break;
            }
        }
        found.sort_by_key(|f| (f.score, self.list[f.street].normal.len(), f.street));
        if found.first().is_some_and(|f| f.score <= SAME && f.number.is_some()) {
            found.retain(|f| f.score <= SAME);
        }
        found.truncate(most);
        found
    }

    /// The reading, without the place that may stand at its end.
    fn asked<'q>(&self, reading: &'q Reading) -> Asked<'q> {
        let mut places = self.places.iter().map(|p| normal(p)).filter(|p| !p.is_empty());
        let street = places.find_map(|p| reading.street.strip_suffix(&p)?.strip_suffix(' ').map(str::to_owned));
        let street = street.unwrap_or_else(|| reading.street.clone());
        Asked { compact: street.replace(' ', ""), street, reading }
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
        Ok(Located { id: *id, tile: self.tile(*tile)?, address, exact: false })
    }
}

/// A reading, prepared for comparing.
struct Asked<'q> {
    street: String,
    compact: String,
    reading: &'q Reading,
}

impl Asked<'_> {
    /// How far a street is from what was typed; `None` where it is another street.
    fn score(&self, street: &Street, typos: bool) -> Option<u32> {
        let postcode = &self.reading.postcode;
        if !postcode.is_empty() && !street.postcodes.iter().any(|p| p.starts_with(postcode.as_str())) {
            return None;
        }
        if self.street.is_empty() {
            return (!postcode.is_empty() && !typos).then_some(0);
        }
        // Once a number follows, the street has been typed to its end: a longer name is less likely.
        let complete = u32::from(self.reading.number.is_some());
        let longer = (street.compact.len() as u32).abs_diff(self.compact.len() as u32).min(9);
        if typos {
            return self.typos(street).map(|count| TYPO + 10 * count + complete * longer);
        }
        let score = if street.normal == self.street {
            0
        } else if street.compact == self.compact {
            1
        } else if street.normal.starts_with(&self.street) || street.compact.starts_with(&self.compact) {
            10
        } else if words_begin(&street.normal, &self.street) {
            20
        } else if self.compact.len() >= 3 && street.compact.contains(&self.compact) {
            30
        } else {
            return None;
        };
        Some(score + if score < 10 { 0 } else { complete * longer })
    }

    /// Typing errors between what was typed and the start of the name, or of a word in it.
    fn typos(&self, street: &Street) -> Option<u32> {
        let allowed = match self.compact.len() {
            0..=3 => return None,
            4..=7 => 1,
            _ => 2,
        };
        let mut best = prefix_distance(self.compact.as_bytes(), street.compact.as_bytes(), allowed);
        for (space, _) in street.normal.match_indices(' ') {
            let rest = street.normal[space + 1..].replace(' ', "");
            let distance = prefix_distance(self.compact.as_bytes(), rest.as_bytes(), allowed);
            best = [best, distance].into_iter().flatten().min();
        }
        best
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

impl Shard {
    /// Reads a shard.
    pub fn parse(json: &[u8]) -> Result<Self> {
        serde_json::from_slice(json).map(Self).map_err(|e| broken("list of addresses", &e))
    }

    /// The addresses on a street that fit, best first. Without a number: the first ones.
    pub fn addresses(&self, streets: &Streets, found: &Found, most: usize) -> Result<Vec<Located>> {
        let Some(street) = streets.street(found.street) else { return Ok(Vec::new()) };
        let digits = found.number.map(|n| n.to_string()).unwrap_or_default();
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
                Some(n) if n == *number && own == found.suffix => 0,
                Some(n) if n == *number && own.starts_with(&found.suffix) => 1,
                Some(n) if n == *number => 3,
                Some(_) if found.suffix.is_empty() && number.to_string().starts_with(&digits) => 2,
                Some(_) => continue,
            };
            fits.push((rank, row));
        }
        // Another addition than was asked for is shown only where that one does not exist.
        if fits.iter().any(|(rank, _)| *rank < 2) {
            fits.retain(|(rank, _)| *rank < 3);
        }
        fits.sort_by_key(|(rank, _)| *rank);
        let asked = found.number.is_some() && found.score <= SAME;
        let located = |(rank, row): (u32, &AddressRow)| {
            Ok(Located { exact: asked && rank == 0, ..streets.located(street, row)? })
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
        serde_json::from_slice(json).map(Self).map_err(|e| broken("list of ids", &e))
    }

    /// Where a dwelling is, if it is in this shard.
    pub fn place(&self, streets: &Streets, id: VboId) -> Result<Option<Place>> {
        let Some((_, tile, street)) = self.0.iter().find(|row| row.0 == id) else { return Ok(None) };
        Ok(Some(Place { tile: streets.tile(*tile)?, street: *street as usize }))
    }
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
