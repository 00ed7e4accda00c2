//! Finding an address: a list of streets that is small enough to load at once, and addresses in shards of whole streets.
//!
//! [`build`] makes the files (`docs/data.md` has their form), [`Streets`], [`Shard`] and [`Ids`] read them, and [`Query`]
//! is what somebody typed.

mod area;
mod build;
mod index;
mod listing;
mod normal;
mod query;

use serde::Serialize;

use crate::geo::{Rd, TileId};
use crate::home::{Address, VboId};

pub use area::{Area, Areas};
pub use build::{Built, build};
pub use index::{Found, Ids, Located, Place, Shard, Street, Streets};
pub use listing::{Fitting, Listed, certain};
pub use normal::normal;
pub use query::Query;

/// An address that can be found.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The verblijfsobject.
    pub id: VboId,
    /// The tile that building is in, or where its point lies.
    pub tile: TileId,
    /// Its point.
    pub at: Rd,
    /// Its address.
    pub address: Address,
}

/// The file with all streets.
#[derive(Debug, Default, Serialize)]
struct StreetsFile {
    /// Woonplaatsen.
    places: Vec<String>,
    /// Column and row of each tile that an address lies in.
    tiles: Vec<[u32; 2]>,
    /// Corner from which the points of the streets count, RD metres.
    origin: [i64; 2],
    /// Sorted by name and place.
    streets: Vec<StreetRow>,
}

/// Name, place, x and y (steps of [`STEP`] metres from the origin), shard, number of addresses, postcodes.
///
/// Postcodes are written as `2021AB,AC,2022AA`: the four digits only where they change.
type StreetRow = (String, u16, u32, u32, u16, u32, String);

/// Metres in a step of a street's point.
const STEP: f64 = 10.0;

/// The addresses of some streets: place in the list of streets, then its addresses.
type ShardFile = Vec<(u32, Vec<AddressRow>)>;

/// Number, letter, addition, dwelling, place in the list of tiles, place in the street's postcodes plus one (0: none).
type AddressRow = (u32, String, String, VboId, u32, u16);

/// Dwellings by id: a tile as `<column>-<row>`, then each dwelling in it: id, place in the list of streets. It names its
/// tiles itself, so that a link to a home needs no list of streets; the loader reads it too.
type IdsFile = Vec<(String, Vec<(VboId, u32)>)>;
