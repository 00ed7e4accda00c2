//! The homes of a whole town as the evening needs them: what the rules see, where they are, and which building shows them.

use std::collections::HashMap;

use gasvrij3d::geo::{Rd, TileId};
use gasvrij3d::home::{Home, NetKind, PandId};
use gasvrij3d::theme::{Category, Theme};
use gasvrij3d::tile::{PlanArea, Technique, Tile};
use gasvrij3d::town::Outcome;

/// A tile and the category of each of its buildings.
pub type Colours = (TileId, Vec<u8>);

/// What stays of a tile: nothing that tells one address from another.
#[derive(Debug)]
struct Part {
    id: TileId,
    /// Buildings in it: one colour each.
    panden: usize,
    /// Its homes, of all.
    homes: std::ops::Range<usize>,
}

/// All homes, in the order of their tiles.
#[derive(Debug, Default)]
pub struct Homes {
    parts: Vec<Part>,
    /// For each home the place of its building in its tile.
    pand: Vec<u32>,
    /// What is known of each.
    pub homes: Vec<Home>,
    /// Where each is, RD metres.
    pub at: Vec<Rd>,
    /// What is planned for each, where anything is.
    pub plan: Vec<Option<Planned>>,
    /// The neighbourhood of each, as a place in `buurten`; none where that is not known.
    pub buurt: Vec<Option<u32>>,
    /// Codes of the neighbourhoods.
    pub buurten: Vec<String>,
}

/// What a municipality plans for a home, as the map colours it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The year by which the works have begun, where that is known.
    pub begun_by: Option<u16>,
    /// The colour of its technique.
    pub category: Category,
}

impl Planned {
    fn of(plan: &PlanArea) -> Self {
        Self { begun_by: plan.begun_by(), category: Self::category(plan.technique, plan.kind) }
    }

    /// The colour of what is planned.
    pub const fn category(technique: Option<Technique>, kind: Option<NetKind>) -> Category {
        match (technique, kind) {
            (Some(Technique::HeatNetwork) | None, Some(NetKind::Lt | NetKind::Zlt)) => Category::Bronnet,
            (Some(Technique::HeatNetwork), _) | (None, Some(NetKind::Mt)) => Category::Warmtenet,
            (Some(Technique::AllElectric), _) => Category::Luchtwarmtepomp,
            (Some(Technique::Hybrid), _) => Category::Hybride,
            (Some(Technique::Collective), _) => Category::Bodem,
            (Some(Technique::GreenGas), _) => Category::Maatwerk,
            (Some(Technique::Open) | None, _) => Category::Onbekend,
        }
    }
}

impl Homes {
    /// Takes in the homes of a tile. What is no home, and what stands in no building, is left out, as on the map.
    pub fn add(&mut self, id: TileId, tile: &Tile) {
        let first = self.homes.len();
        let places: HashMap<PandId, u32> = tile.panden.iter().map(|p| p.id).zip(0..).collect();
        for woning in tile.woningen.iter().filter(|w| w.home.woonfunctie != Some(false)) {
            let Some(pand) = woning.pand.and_then(|pand| places.get(&pand)) else { continue };
            self.pand.push(*pand);
            self.plan.push(tile.plans_at(woning.at).next().map(Planned::of));
            let buurt = self.neighbourhood(&woning.buurt);
            self.buurt.push(buurt);
            self.at.push(id.to_rd(woning.at));
            self.homes.push(woning.home.clone());
        }
        self.parts.push(Part { id, panden: tile.panden.len(), homes: first..self.homes.len() });
    }

    /// The tiles in which these homes are, each once, in order.
    pub fn tiles_of(&self, homes: &[usize]) -> Vec<usize> {
        let mut tiles: Vec<usize> = homes
            .iter()
            .map(|home| self.parts.partition_point(|part| part.homes.end <= *home))
            .filter(|tile| *tile < self.parts.len())
            .collect();
        tiles.sort_unstable();
        tiles.dedup();
        tiles
    }

    /// How many tiles there are.
    pub fn tiles(&self) -> usize {
        self.parts.len()
    }

    fn neighbourhood(&mut self, code: &str) -> Option<u32> {
        if code.is_empty() {
            return None;
        }
        // The homes of a tile come neighbourhood by neighbourhood: the last one is nearly always it.
        let known = self.buurten.iter().rposition(|known| known == code).unwrap_or_else(|| {
            self.buurten.push(code.to_owned());
            self.buurten.len() - 1
        });
        u32::try_from(known).ok()
    }

    /// Which tile it is, and the category of each of its buildings: the most frequent among its homes.
    pub fn colours(&self, tile: usize, theme: Theme, outcomes: &[Outcome]) -> Option<Colours> {
        self.by_home(tile, theme, |home| {
            outcomes.get(home).map_or(Category::Onbekend, |outcome| theme.category(outcome))
        })
    }

    /// The same by what is planned until a year; of all years without one. A home without a plan by then has no colour.
    pub fn planned(&self, tile: usize, until: Option<u16>) -> Option<Colours> {
        self.by_home(tile, Theme::Best, |home| {
            let due = |plan: &Planned| until.is_none_or(|until| plan.begun_by.is_some_and(|year| year <= until));
            self.plan[home].filter(due).map_or(Category::GeenWoning, |plan| plan.category)
        })
    }

    /// The same with one colour for each neighbourhood, so that nothing is told of one home: the most frequent one, and
    /// none for a neighbourhood in which fewer than `least` homes have it.
    pub fn together(&self, theme: Theme, outcomes: &[Outcome], least: usize) -> Vec<Colours> {
        let mut counts = vec![[0_usize; Category::ALL.len()]; self.buurten.len()];
        for (home, outcome) in outcomes.iter().enumerate().take(self.buurt.len()) {
            if let Some(buurt) = self.buurt[home] {
                counts[buurt as usize][theme.category(outcome) as usize] += 1;
            }
        }
        let colours: Vec<Category> = counts
            .iter()
            .map(|counts| {
                let most = theme.categories().iter().rev().max_by_key(|category| counts[**category as usize]);
                most.copied().filter(|most| counts[*most as usize] >= least).unwrap_or(Category::Onbekend)
            })
            .collect();
        let colour = |home: usize| self.buurt[home].map_or(Category::Onbekend, |buurt| colours[buurt as usize]);
        (0..self.tiles()).filter_map(|tile| self.by_home(tile, theme, colour)).collect()
    }

    fn by_home(&self, tile: usize, theme: Theme, category: impl Fn(usize) -> Category) -> Option<Colours> {
        let part = self.parts.get(tile)?;
        let mut of_pand: Vec<Vec<Category>> = vec![Vec::new(); part.panden];
        for home in part.homes.clone() {
            of_pand[self.pand[home] as usize].push(category(home));
        }
        let colour = |homes: Vec<Category>| match homes.as_slice() {
            [] => Category::GeenWoning,
            [only] => *only,
            _ => theme.majority(homes),
        };
        Some((part.id, of_pand.into_iter().map(|homes| colour(homes) as u8).collect()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use gasvrij3d::drawing::{Draft, Drawing};
    use gasvrij3d::home::{Address, NetStatus, Origins, Typology, VboId};
    use gasvrij3d::tile::{Decision, HeightKind, Pand, Woning};
    use gasvrij3d::verdict::HeatOption;

    const ID: TileId = TileId { col: 900, row: 960 };

    /// Two houses and a shop, in a row.
    fn tile() -> Tile {
        let pand = |id| Pand {
            id: PandId(id),
            footprint: Vec::new(),
            height_dm: 80,
            height: HeightKind::Measured,
            year: Some(1998),
            homes: 1,
            roof: None,
        };
        let woning = |id: u64, is_home| Woning {
            id: VboId(id),
            pand: Some(PandId(id)),
            at: [id as i32 * 100, 10],
            address: Address::default(),
            buurt: String::new(),
            home: Home {
                bj: Some(1998),
                typ: Some(Typology::Tussen),
                area_m2: Some(100.0),
                net_status: Some(NetStatus::Geen),
                woonfunctie: Some(is_home),
                ..Home::default()
            },
            origins: Origins::default(),
        };
        let nowhere = Woning { pand: None, ..woning(9, true) };
        Tile {
            panden: vec![pand(1), pand(2), pand(3)],
            woningen: vec![nowhere, woning(1, true), woning(2, false), woning(3, true)],
            ..Tile::default()
        }
    }

    #[test]
    fn buildings_get_the_colour_of_their_homes_and_a_shop_gets_none() {
        let mut homes = Homes::default();
        homes.add(ID, &tile());
        homes.add(TileId { col: 901, ..ID }, &Tile::default());
        assert_eq!((homes.homes.len(), homes.tiles()), (2, 2));
        let mut drawing = Drawing::new(homes.homes.clone(), homes.at.clone());
        let theme = Theme::Verdict(HeatOption::Nmt);
        let colours = |drawing: &Drawing| homes.colours(0, theme, drawing.outcomes()).unwrap().1;
        assert_eq!(colours(&drawing)[1], Category::GeenWoning as u8);
        assert_eq!(colours(&drawing)[0], Category::NietBeschikbaar as u8);
        // A main along the first house only: the other is 21 m further.
        let [x, y] = homes.at[0];
        let lines = vec![vec![[x, y - 50.0], [x, y + 50.0]]];
        let changed = drawing.change(Draft { lines, within_m: 15.0, ..Draft::default() });
        assert_eq!((changed.as_slice(), homes.tiles_of(&changed)), (&[0][..], vec![0]));
        assert_ne!(colours(&drawing)[0], Category::NietBeschikbaar as u8);
        assert_eq!(colours(&drawing)[2], Category::NietBeschikbaar as u8);
        assert!(homes.colours(1, theme, drawing.outcomes()).unwrap().1.is_empty());
        assert!(homes.colours(2, theme, drawing.outcomes()).is_none());
    }

    #[test]
    fn the_plans_of_a_year_colour_the_homes_that_they_are_for() {
        let plan = |start, technique| PlanArea {
            name: "Oude Stad".into(),
            kind: None,
            status: NetStatus::Gepland,
            start,
            gas_ends: None,
            technique,
            stage: None,
            end: None,
            decision: Decision::default(),
            uncertain: String::new(),
            uncertain_en: String::new(),
            source: String::new(),
            // Around the first house only.
            polygon: vec![vec![[50, 0], [200, 0], [200, 50], [50, 50]]],
        };
        let mut homes = Homes::default();
        homes.add(ID, &Tile { plangebied: vec![plan(Some(2030), Some(Technique::Collective))], ..tile() });
        let first = |until| homes.planned(0, until).unwrap().1[0];
        assert_eq!(first(None), Category::Bodem as u8);
        assert_eq!(first(Some(2030)), Category::Bodem as u8);
        assert_eq!(first(Some(2029)), Category::GeenWoning as u8);
        assert_eq!(homes.planned(0, None).unwrap().1[2], Category::GeenWoning as u8);
        for technique in Technique::ALL {
            assert_ne!(Planned::of(&plan(None, Some(*technique))).category, Category::GeenWoning);
        }
    }

    #[test]
    fn in_the_hall_a_neighbourhood_has_one_colour_and_a_small_one_none() {
        let mut homes = Homes::default();
        let named = |tile: Tile| Tile {
            woningen: tile.woningen.into_iter().map(|w| Woning { buurt: "BU1".into(), ..w }).collect(),
            ..tile
        };
        homes.add(ID, &named(tile()));
        let drawing = Drawing::new(std::mem::take(&mut homes.homes), std::mem::take(&mut homes.at));
        let theme = Theme::Verdict(HeatOption::Nmt);
        let colours = |least| homes.together(theme, drawing.outcomes(), least).remove(0).1;
        assert_eq!(
            colours(2),
            [Category::NietBeschikbaar as u8, Category::GeenWoning as u8, Category::NietBeschikbaar as u8]
        );
        assert_eq!(colours(3)[0], Category::Onbekend as u8);
    }
}
