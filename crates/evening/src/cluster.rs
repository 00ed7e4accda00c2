//! Clusters in the page: the buildings of a town that could share a small heat network, grouped by limits that can be moved.
//!
//! Grouping and verdicts are those of `prep` (`gasvrij3d::cluster`). The trench is not: `prep` follows the streets, here it is
//! the shortest straight lines times the usual detour ("aanname"), since a page does not hold the streets of a whole town.

use gasvrij3d::cijfers::grenzen;
use gasvrij3d::cluster::{Count, Limits, MWH_PER_GJ, Verdict, near, owner, span};
use gasvrij3d::geo::plane::{Area, bounds_of};
use gasvrij3d::geo::{Rd, TileId};
use gasvrij3d::heat::Heat;
use gasvrij3d::home::PandId;
use gasvrij3d::theme::Category;
use gasvrij3d::tile::Tile;

use crate::homes::Colours;

/// What can be moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chosen {
    /// The limits.
    pub limits: Limits,
    /// How much of the heat is taken from the network, 0 to 1: those who join.
    pub share: f64,
}

impl Default for Chosen {
    fn default() -> Self {
        Self { limits: Limits::default(), share: 1.0 }
    }
}

/// A building with homes that count.
#[derive(Debug)]
struct Building {
    /// The tile, and the building in it, by their places.
    at: (usize, usize),
    footprint: Vec<Area>,
    homes: usize,
    with_heat: usize,
    gj: f64,
}

/// All buildings of a town with homes that count.
#[derive(Debug, Default)]
pub struct Buildings {
    tiles: Vec<(TileId, usize)>,
    all: Vec<Building>,
}

/// Clusters of at least ten homes, and what each comes to.
#[derive(Debug, Default, PartialEq)]
pub struct Found {
    groups: Vec<(Vec<usize>, Count, Verdict)>,
}

/// How many clusters come to something, and how many homes are in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Clusters.
    pub clusters: usize,
    /// Their homes, to the nearest ten: with two limits that differ in one building nothing follows about it.
    pub homes: usize,
}

impl Buildings {
    /// Takes in the buildings of a tile.
    pub fn add(&mut self, id: TileId, tile: &Tile) {
        let place = self.tiles.len();
        self.tiles.push((id, tile.panden.len()));
        let mut of: Vec<(usize, usize, f64)> = vec![(0, 0, 0.0); tile.panden.len()];
        let places: std::collections::HashMap<PandId, usize> = tile.panden.iter().map(|p| p.id).zip(0..).collect();
        let homes = tile.woningen.iter().filter(|w| w.home.woonfunctie != Some(false) && owner(&w.home).is_some());
        for woning in homes {
            let Some(pand) = woning.pand.and_then(|pand| places.get(&pand)) else { continue };
            let (homes, with_heat, gj) = &mut of[*pand];
            *homes += 1;
            if let Some(heat) = Heat::of(&woning.home) {
                *with_heat += 1;
                *gj += heat.total();
            }
        }
        for (pand, (homes, with_heat, gj)) in of.into_iter().enumerate().filter(|(_, (homes, ..))| *homes > 0) {
            let rings = |polygon: &Vec<Vec<[i32; 2]>>| -> Area {
                polygon.iter().map(|ring| ring.iter().map(|point| id.to_rd(*point)).collect()).collect()
            };
            let footprint = tile.panden[pand].footprint.iter().map(rings).collect();
            self.all.push(Building { at: (place, pand), footprint, homes, with_heat, gj });
        }
    }

    /// Groups them by these limits. Most heat comes first.
    pub fn find(&self, chosen: &Chosen) -> Found {
        let footprints: Vec<&[Area]> = self.all.iter().map(|building| building.footprint.as_slice()).collect();
        let judged = |members: Vec<usize>| {
            let mut count = Count::default();
            for building in members.iter().map(|member| &self.all[*member]) {
                count.homes += building.homes;
                count.with_heat += building.with_heat;
                count.gj += building.gj * chosen.share;
            }
            let middles: Vec<Rd> = members.iter().map(|member| middle(&self.all[*member].footprint)).collect();
            let connections = members.len() as f64 * chosen.share * grenzen::AANSLUITING_M;
            let metres = span(&middles) * grenzen::OMWEG + connections;
            count.mwh_per_m = if metres > 0.0 { count.gj * MWH_PER_GJ / metres } else { 0.0 };
            let verdict = chosen.limits.judge(count);
            (members, count, verdict)
        };
        let homes = |members: &Vec<usize>| members.iter().map(|member| self.all[*member].homes).sum::<usize>();
        let large = |members: &Vec<usize>| homes(members) as f64 >= grenzen::MINST_GEPUBLICEERD;
        let mut groups: Vec<_> =
            near::groups(&footprints, chosen.limits.near).into_iter().filter(large).map(judged).collect();
        groups.sort_by(|a, b| b.1.gj.total_cmp(&a.1.gj).then_with(|| a.0.cmp(&b.0)));
        Found { groups }
    }

    /// For each tile the colour of its buildings: by what their cluster comes to, and none outside of clusters.
    pub fn colours(&self, found: &Found) -> Vec<Colours> {
        let mut tiles: Vec<Colours> =
            self.tiles.iter().map(|(id, panden)| (*id, vec![Category::GeenWoning as u8; *panden])).collect();
        for (members, _, verdict) in &found.groups {
            for (tile, pand) in members.iter().map(|member| self.all[*member].at) {
                tiles[tile].1[pand] = colour(*verdict) as u8;
            }
        }
        tiles
    }
}

impl Found {
    /// What comes to this.
    pub fn sum(&self, verdict: Verdict) -> Sum {
        let mut sum = Sum::default();
        for (_, count, _) in self.groups.iter().filter(|(.., of)| *of == verdict) {
            sum.clusters += 1;
            sum.homes += count.homes;
        }
        Sum { homes: (sum.homes + 5) / 10 * 10, ..sum }
    }

    /// The clusters with most heat: homes to the nearest ten, heat by the metre, and what it comes to.
    pub fn largest(&self, most: usize) -> impl Iterator<Item = (usize, f64, Verdict)> {
        self.groups
            .iter()
            .take(most)
            .map(|(_, count, verdict)| ((count.homes + 5) / 10 * 10, count.mwh_per_m, *verdict))
    }
}

/// The colour of what a cluster comes to.
pub const fn colour(verdict: Verdict) -> Category {
    match verdict {
        Verdict::Goed => Category::Geschikt,
        Verdict::Mogelijk => Category::Mogelijk,
        Verdict::TeDun => Category::Ongeschikt,
        Verdict::TeKlein => Category::NietBeschikbaar,
        Verdict::Onbekend => Category::Onbekend,
    }
}

/// The middle of its box.
fn middle(footprint: &[Area]) -> Rd {
    let [x0, y0, x1, y1] = bounds_of(footprint);
    [f64::midpoint(x0, x1), f64::midpoint(y0, y1)]
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use gasvrij3d::home::{Address, Home, Origins, Ownership, Typology, VboId};
    use gasvrij3d::tile::{HeightKind, Pand, Woning};

    const ID: TileId = TileId { col: 900, row: 960 };

    /// Blocks of flats of a corporation, 20 m square, along a line: each with its west side and its homes.
    fn blocks(blocks: &[(i32, u32)]) -> Buildings {
        let metres = |m: i32| (f64::from(m) / gasvrij3d::geo::UNIT).round() as i32;
        let mut tile = Tile::default();
        for (place, (west, homes)) in blocks.iter().enumerate() {
            let id = PandId(place as u64 + 1);
            let [x, y, side] = [metres(*west), metres(50), metres(20)];
            tile.panden.push(Pand {
                id,
                footprint: vec![vec![vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side]]]],
                height_dm: 120,
                height: HeightKind::Measured,
                year: Some(1968),
                homes: *homes,
                roof: None,
            });
            tile.woningen.extend((0..*homes).map(|n| Woning {
                id: VboId(place as u64 * 1_000 + u64::from(n) + 1),
                pand: Some(id),
                at: [x + 1, y + 1],
                address: Address::default(),
                buurt: String::new(),
                home: Home {
                    own: Some(Ownership::Corp),
                    bj: Some(1968),
                    typ: Some(Typology::FlatLaag),
                    area_m2: Some(75.0),
                    nvbo: Some(*homes),
                    ..Home::default()
                },
                origins: Origins::default(),
            }));
        }
        let mut buildings = Buildings::default();
        buildings.add(TileId { col: 899, ..ID }, &Tile::default());
        buildings.add(ID, &tile);
        buildings
    }

    fn at(near: f64) -> Chosen {
        Chosen { limits: Limits { near, ..Limits::default() }, ..Chosen::default() }
    }

    #[test]
    fn blocks_within_the_distance_are_one_cluster_and_a_smaller_distance_parts_them() {
        // 60 m from wall to wall, and a third block of nine homes on its own.
        let blocks = blocks(&[(0, 60), (80, 60), (300, 9)]);
        let found = blocks.find(&at(61.0));
        assert_eq!(found.sum(Verdict::Goed), Sum { clusters: 1, homes: 120 });
        assert_eq!(found.largest(9).count(), 1, "nine homes are nobody to speak of");
        let parted = blocks.find(&at(59.0));
        assert_eq!(
            (parted.sum(Verdict::Goed).clusters, parted.sum(Verdict::TeKlein)),
            (0, Sum { clusters: 2, homes: 120 })
        );
        let (tile, colours) = &blocks.colours(&found)[1];
        let [good, none] = [Category::Geschikt as u8, Category::GeenWoning as u8];
        assert_eq!((*tile, colours.as_slice()), (ID, &[good, good, none][..]));
        assert!(blocks.colours(&found)[0].1.is_empty());
    }

    #[test]
    fn each_limit_and_the_share_move_the_verdict() {
        let blocks = blocks(&[(0, 60), (80, 60)]);
        let verdict = |chosen: Chosen| blocks.find(&chosen).largest(1).next().unwrap().2;
        let with = |limits: Limits, share| verdict(Chosen { limits, share });
        let usual = at(100.0).limits;
        assert_eq!(with(usual, 1.0), Verdict::Goed);
        assert_eq!(with(Limits { homes: 121.0, ..usual }, 1.0), Verdict::TeKlein);
        assert_eq!(with(Limits { good: 50.0, ..usual }, 1.0), Verdict::Mogelijk);
        assert_eq!(with(Limits { good: 50.0, possible: 40.0, ..usual }, 1.0), Verdict::TeDun);
        assert_eq!(with(usual, 0.1), Verdict::TeKlein, "a tenth of the heat is less than the least");
        let [(_, all, _), (_, half, _)] =
            [1.0, 0.5].map(|share| blocks.find(&Chosen { share, ..at(100.0) }).largest(1).next().unwrap());
        // 80 m from middle to middle with its detour, and 15 m for each building that joins.
        let gj = all * (80.0 * 1.25 + 30.0);
        assert!((half - gj / 2.0 / (80.0 * 1.25 + 15.0)).abs() < 0.05, "{all} {half}");
    }
}
