//! From the bytes of a tile to all that the city shows of it: meshes, ids and the colour of each pand by each theme.

use std::collections::HashMap;

use gasvrij3d::home::{Home, PandId};
use gasvrij3d::mesh::parcel::SECTIONS;
use gasvrij3d::mesh::{Detail, Faults, TileMeshes, names, tile_meshes_at};
use gasvrij3d::scenario::Scenario;
use gasvrij3d::theme::{Category, Theme};
use gasvrij3d::tile::{Tile, Woning, decode};
use gasvrij3d::town::Town;
use gasvrij3d::{Error, Result};

/// What was made of a tile.
pub struct Made {
    meshes: TileMeshes,
    names: String,
    ids: Vec<u64>,
    categories: Vec<u8>,
}

/// Makes everything. `first` and `panden` are what the manifest says of this tile.
#[inline(never)]
pub fn make(bytes: &[u8], first: u32, panden: u32, detail: Detail) -> Result<Made> {
    let tile = decode(bytes)?;
    if tile.panden.len() as u32 != panden {
        let found = tile.panden.len();
        return Err(Error::new(format!("{found} panden were found, the manifest speaks of {panden}")));
    }
    let ids = tile.panden.iter().map(|p| p.id.0).collect();
    // From further nothing is written.
    let names = if detail == Detail::Furthest { String::new() } else { names::write(&names::names(&tile)) };
    Ok(Made { meshes: tile_meshes_at(&tile, first, detail), names, ids, categories: categories(&tile) })
}

/// For each theme, one after the other, the category of each pand: the most frequent among its homes.
#[inline(never)]
fn categories(tile: &Tile) -> Vec<u8> {
    let mut homes: HashMap<PandId, Vec<[Category; Theme::ALL.len()]>> = HashMap::new();
    // Shops and offices have an address too; only homes give a building its colour.
    let of_pand = |woning: &Woning| woning.pand.filter(|_| woning.home.woonfunctie != Some(false));
    let (panden, facts): (Vec<PandId>, Vec<Home>) =
        tile.woningen.iter().filter_map(|woning| Some((of_pand(woning)?, woning.home.clone()))).unzip();
    let mut town = Town::new(facts);
    for (pand, outcome) in panden.into_iter().zip(town.evaluate(&Scenario::default())) {
        let mut each = [Category::Onbekend; Theme::ALL.len()];
        for (category, theme) in each.iter_mut().zip(Theme::ALL) {
            *category = theme.category(outcome);
        }
        homes.entry(pand).or_default().push(each);
    }
    let mut out = Vec::with_capacity(Theme::ALL.len() * tile.panden.len());
    for (i, theme) in Theme::ALL.iter().enumerate() {
        for pand in &tile.panden {
            let category = match homes.get(&pand.id) {
                Some(homes) => theme.majority(homes.iter().map(|each| each[i])),
                None => Category::GeenWoning,
            };
            out.push(category as u8);
        }
    }
    out
}

impl Made {
    /// What could not be drawn as it was given.
    pub fn faults(&self) -> Faults {
        self.meshes.faults
    }

    /// The arrays in the order of [`gasvrij3d::mesh::parcel::Section`].
    pub fn sections(&self) -> [&[u8]; SECTIONS] {
        let TileMeshes { buildings, far, farthest, blocks, block_of, sheds, edges, .. } = &self.meshes;
        let TileMeshes { ground, far_ground, footprints, .. } = &self.meshes;
        [
            bytemuck::cast_slice(&buildings.vertices),
            bytemuck::cast_slice(&buildings.ids),
            bytemuck::cast_slice(&buildings.indices),
            bytemuck::cast_slice(&far.vertices),
            bytemuck::cast_slice(&far.ids),
            bytemuck::cast_slice(&far.indices),
            bytemuck::cast_slice(&farthest.vertices),
            bytemuck::cast_slice(&farthest.ids),
            bytemuck::cast_slice(&farthest.indices),
            bytemuck::cast_slice(&blocks.vertices),
            bytemuck::cast_slice(&blocks.ids),
            bytemuck::cast_slice(&blocks.indices),
            bytemuck::cast_slice(&sheds.vertices),
            bytemuck::cast_slice(&sheds.ids),
            bytemuck::cast_slice(&sheds.indices),
            bytemuck::cast_slice(&edges.vertices),
            bytemuck::cast_slice(&edges.ids),
            bytemuck::cast_slice(&edges.indices),
            bytemuck::cast_slice(&ground.vertices),
            bytemuck::cast_slice(&ground.indices),
            bytemuck::cast_slice(&far_ground.vertices),
            bytemuck::cast_slice(&far_ground.indices),
            bytemuck::cast_slice(&footprints.points),
            bytemuck::cast_slice(&footprints.rings),
            bytemuck::cast_slice(&footprints.panden),
            bytemuck::cast_slice(&footprints.heights_dm),
            bytemuck::cast_slice(&footprints.eaves_dm),
            self.names.as_bytes(),
            bytemuck::cast_slice(&self.ids),
            block_of,
            &self.categories,
        ]
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use gasvrij3d::home::{Address, Origins, Typology, VboId};
    use gasvrij3d::tile::{HeightKind, Pand, encode};

    use super::*;

    fn street() -> Vec<u8> {
        let pand = |id: u64, homes: u32| Pand {
            id: PandId(id),
            footprint: vec![vec![vec![[0, 0], [60, 0], [60, 90], [0, 90]]]],
            height_dm: 90,
            height: HeightKind::Measured,
            year: Some(1998),
            homes,
            roof: None,
        };
        let home = Home { bj: Some(1998), typ: Some(Typology::Tussen), woonfunctie: Some(true), ..Home::default() };
        let woning = Woning {
            id: VboId(1),
            pand: Some(PandId(1)),
            at: [10, 10],
            address: Address { street: "Dorpsstraat".into(), number: 1, ..Address::default() },
            buurt: String::new(),
            home,
            origins: Origins::default(),
        };
        encode(&Tile { panden: vec![pand(1, 1), pand(2, 0)], woningen: vec![woning], ..Tile::default() })
    }

    #[test]
    fn a_home_gets_a_colour_by_each_theme_and_a_shed_is_no_home() {
        let made = make(&street(), 0, 2, Detail::Full).unwrap();
        assert_eq!(made.ids, [1, 2]);
        assert_eq!(made.categories.len(), 2 * Theme::ALL.len());
        for theme in made.categories.as_chunks::<2>().0 {
            assert_ne!(theme[0], Category::GeenWoning as u8);
            assert_eq!(theme[1], Category::GeenWoning as u8);
        }
    }

    #[test]
    fn what_is_seen_from_very_far_has_its_colours_and_no_names() {
        let [furthest, far] = [Detail::Furthest, Detail::Far].map(|detail| make(&street(), 0, 2, detail).unwrap());
        assert_eq!((furthest.ids, furthest.categories), (far.ids, far.categories));
        assert!(furthest.names.is_empty() && !far.names.is_empty());
    }

    #[test]
    fn a_tile_with_another_number_of_panden_is_refused_for_all_colours_after_it_would_shift() {
        let reason = make(&street(), 0, 3, Detail::Full).err().unwrap().to_string();
        assert_eq!(reason, "2 panden were found, the manifest speaks of 3");
    }

    #[test]
    fn noise_is_refused() {
        assert!(make(&[0xFF; 40], 0, 0, Detail::Full).is_err());
    }
}
