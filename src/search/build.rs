//! Makes the files of the search index. The order in which the addresses come makes no difference.

use std::collections::{BTreeMap, BTreeSet};

use super::{AddressRow, Entry, IdsFile, STEP, ShardFile, StreetRow, StreetsFile};
use crate::geo::TileId;
use crate::home::VboId;

/// Addresses in a shard, about: some kilobytes on the wire.
const SHARD: usize = 1_400;
/// Shards at most. A large city gets larger shards, so that nobody can tell much from which one is fetched.
const MOST: usize = 64;

/// The files of the index, as they go on the web.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Built {
    /// All streets.
    pub streets: Vec<u8>,
    /// Addresses, in shards of whole streets.
    pub shards: Vec<Vec<u8>>,
    /// From dwelling id to tile; a dwelling is in shard `id % ids.len()`.
    pub ids: Vec<Vec<u8>>,
}

/// Makes the index. An id that comes twice keeps its first address in the order of addresses.
pub fn build(mut entries: Vec<Entry>) -> Built {
    entries.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut seen = BTreeSet::new();
    entries.retain(|e| seen.insert(e.id));

    let tiles: BTreeSet<TileId> = entries.iter().map(|e| e.tile).collect();
    let tile_place: BTreeMap<TileId, u32> = tiles.iter().copied().zip(0..).collect();
    let places: BTreeSet<&str> = entries.iter().map(|e| e.address.place.as_str()).collect();
    let place_index: BTreeMap<&str, u16> = places.iter().copied().zip(0..).collect();
    let shard_count = entries.len().div_ceil(SHARD).clamp(1, MOST);
    let per_shard = entries.len().div_ceil(shard_count).max(1);
    let origin = [0, 1].map(|axis| {
        let least = entries.iter().map(|e| e.at[axis]).filter(|v| v.is_finite()).fold(f64::INFINITY, f64::min);
        if least.is_finite() { least.floor() as i64 } else { 0 }
    });

    let mut shards: Vec<ShardFile> = vec![Vec::new(); shard_count];
    let mut ids: Vec<BTreeMap<TileId, Vec<(VboId, u32)>>> = vec![BTreeMap::new(); shard_count];
    let mut streets: Vec<StreetRow> = Vec::new();
    let mut done = 0;
    for street in entries.chunk_by(same_street) {
        let shard = (done / per_shard).min(shard_count - 1);
        done += street.len();
        let place_in_list = streets.len() as u32;
        let postcodes: BTreeSet<&str> =
            street.iter().map(|e| e.address.postcode.as_str()).filter(|p| !p.is_empty()).collect();
        let postcode_place: BTreeMap<&str, u16> = postcodes.iter().copied().zip(1..).collect();
        let rows: Vec<AddressRow> = street
            .iter()
            .map(|e| {
                let a = &e.address;
                let postcode = postcode_place.get(a.postcode.as_str()).copied().unwrap_or(0);
                (a.number, a.letter.clone(), a.addition.clone(), e.id, tile_place[&e.tile], postcode)
            })
            .collect();
        for e in street {
            let of_tile = ids[(e.id.0 % shard_count as u64) as usize].entry(e.tile).or_default();
            of_tile.push((e.id, place_in_list));
        }
        shards[shard].push((place_in_list, rows));
        let first = &street[0].address;
        // The address in the middle of the list lies on the street; the mean of a curved street may not.
        let at = street[street.len() / 2].at;
        let steps = |axis: usize| ((at[axis] - origin[axis] as f64) / STEP).round().max(0.0) as u32;
        streets.push((
            first.street.clone(),
            place_index[first.place.as_str()],
            steps(0),
            steps(1),
            shard as u16,
            street.len() as u32,
            pack_postcodes(&postcodes),
        ));
    }
    let ids = ids.into_iter().map(|shard| {
        let of_tile = |(tile, mut homes): (TileId, Vec<(VboId, u32)>)| {
            homes.sort_unstable();
            (format!("{}-{}", tile.col, tile.row), homes)
        };
        shard.into_iter().map(of_tile).collect::<IdsFile>()
    });
    let file = StreetsFile {
        places: places.iter().map(|p| (*p).to_owned()).collect(),
        tiles: tiles.iter().map(|t| [t.col, t.row]).collect(),
        origin,
        streets,
    };
    Built {
        streets: json(&file),
        shards: shards.iter().map(json).collect(),
        ids: ids.map(|shard| json(&shard)).collect(),
    }
}

type Order<'a> = (&'a str, &'a str, u32, &'a str, &'a str, &'a str, u64, [u64; 2]);

fn order(e: &Entry) -> Order<'_> {
    let a = &e.address;
    // The bits of a coordinate are an order too: any will do, as long as it is always the same.
    (&a.street, &a.place, a.number, &a.letter, &a.addition, &a.postcode, e.id.0, e.at.map(f64::to_bits))
}

fn same_street(a: &Entry, b: &Entry) -> bool {
    a.address.street == b.address.street && a.address.place == b.address.place
}

fn pack_postcodes(postcodes: &BTreeSet<&str>) -> String {
    let mut text = String::new();
    let mut digits = "";
    for code in postcodes {
        if !text.is_empty() {
            text.push(',');
        }
        match code.get(..4) {
            Some(same) if same == digits => text.push_str(&code[4..]),
            first => {
                digits = first.unwrap_or_default();
                text.push_str(code);
            }
        }
    }
    text
}

/// Plain lists of texts and numbers cannot fail to become JSON.
fn json(file: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(file).unwrap_or_default()
}
