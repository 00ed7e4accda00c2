//! Filling a quarter: cuts it into blocks and builds each in the form of its kind.

use gasvrij3d::geo::Rd;
use gasvrij3d::home::PandId;
use gasvrij3d::tile::GreenClass;

use super::facts::{Plot, Shape, Shared, home};
use super::geometry::{Cell, Edge, area, distance, middle, mix, overlap};
use super::names::{Namer, Theme};
use super::params::{Form, Kind, KindSpec, Layout};
use super::rng::Rng;
use super::site::{Block, Numbering, Quarter, Site, Unit};
use super::streets::Cutter;

/// A block of less is a small green, m².
const SMALLEST_BLOCK: f64 = 420.0;
/// A quarter with this many blocks has a school, church or playground in its middle.
const BLOCKS_FOR_AMENITY: usize = 7;
/// Buildings that share less than this in depth only touch, metres.
const SLACK: f64 = 0.04;

/// Builds one quarter.
pub struct Filler<'a, 'b> {
    pub site: &'a mut Site<'b>,
    pub spec: &'b KindSpec,
    pub kind: Kind,
    pub quarter: usize,
    pub rng: &'a mut Rng,
    /// What stands in the block that is being built.
    pub built: Vec<Vec<Rd>>,
}

/// A pand's place and what it is.
pub struct House {
    pub ring: Vec<Rd>,
    pub height: f64,
    pub shared: Shared,
    pub shape: Shape,
    /// Free ground and its depth at the rear.
    pub ground: f64,
    pub rear: f64,
}

/// How much a gable rises over half the depth of a house, and at most, metres.
const PITCH: f64 = 0.8;
const HIGHEST_GABLE: f64 = 4.2;
/// How much of it lies below the height that a measurement gives for the whole pand.
const BELOW: f64 = 0.6;
/// The lowest eaves, metres.
const LOWEST_EAVES: f64 = 2.4;

/// Eaves and ridge of a house of this height; `ring` is front left, front right, back right, back left.
fn gable(ring: &[Rd], height: f64) -> Option<[f64; 2]> {
    let [front, _, _, back] = ring else { return None };
    let rise = ((front[0] - back[0]).hypot(front[1] - back[1]) / 2.0 * PITCH).min(HIGHEST_GABLE);
    let eaves = (height - rise * BELOW).max(LOWEST_EAVES);
    Some([eaves, eaves + rise])
}

/// Whether a builder of that year built under tiles. From the sixties on some built flat roofs.
const fn has_gable(year: u16) -> bool {
    year < 1960 || !year.is_multiple_of(4)
}

/// Lays out and builds a quarter; where the town has homes enough it stays farmland.
pub fn quarter<'b>(site: &mut Site<'b>, namer: &mut Namer, kind: Kind, cell: &Cell, layout: &Layout, rng: &mut Rng) {
    let params = site.params;
    let kind = if site.room_for(layout.homes) || params.kinds.get(&kind).is_none_or(|k| k.homes.is_empty()) {
        kind
    } else {
        Kind::Akker
    };
    let Some(spec): Option<&'b KindSpec> = params.kinds.get(&kind) else { return };
    let (name, mut theme) = namer.quarter(spec, rng);
    if kind == Kind::Centrum {
        theme = namer.centre(rng);
    }
    let first_road = site.town.roads.len();
    let blocks = blocks(site, namer, &mut theme, spec, cell, rng);
    let quarter = site.quarters.len();
    let roads = first_road..site.town.roads.len();
    site.quarters.push(Quarter { kind, cell: cell.clone(), name, roads });
    let mut filler = Filler { site, spec, kind, quarter, rng, built: Vec::new() };
    let amenity = filler.amenity(&blocks);
    for (i, block) in blocks.iter().enumerate() {
        filler.block(block, amenity == Some(i), layout.most);
    }
}

fn blocks<'b>(
    site: &mut Site<'b>,
    namer: &mut Namer,
    theme: &mut Theme,
    spec: &'b KindSpec,
    cell: &Cell,
    rng: &mut Rng,
) -> Vec<Block> {
    let cells = if spec.form == Form::Open {
        vec![cell.clone()]
    } else {
        Cutter { site, namer, theme, spec, rng }.cut(cell.clone())
    };
    // A piece may touch a road around the quarter with a corner only: it keeps clear of that too.
    let width = |edge: &Edge| edge.inset;
    let inset = cells.iter().filter_map(|piece| piece.inset(width)?.clear_of(cell, width));
    inset.map(|cell| Block::new(site, cell)).collect()
}

impl Filler<'_, '_> {
    /// The block in the middle of the quarter, where there are enough of them.
    fn amenity(&self, blocks: &[Block]) -> Option<usize> {
        // The first quarter always has its market.
        let enough = if self.quarter == 0 { 3 } else { BLOCKS_FOR_AMENITY };
        if blocks.len() < enough || self.spec.homes.is_empty() {
            return None;
        }
        let heart = middle(&blocks.iter().map(|b| middle(&b.ring)).collect::<Vec<_>>());
        let far = |b: &Block| distance(middle(&b.ring), heart);
        let large = blocks.iter().enumerate().filter(|(_, b)| area(&b.ring) > 1500.0);
        // The market square is large first and central second.
        let fit = |b: &Block| if self.kind == Kind::Centrum { far(b) - area(&b.ring) / 20.0 } else { far(b) };
        large.min_by(|a, b| fit(a.1).total_cmp(&fit(b.1))).map(|(i, _)| i)
    }

    fn block(&mut self, block: &Block, amenity: bool, most: usize) {
        self.built.clear();
        if amenity {
            return self.amenities(block);
        }
        if self.spec.form != Form::Open
            && (area(&block.ring) < SMALLEST_BLOCK || (!self.spec.homes.is_empty() && !self.site.room_for(most)))
        {
            let ground = if self.kind == Kind::Centrum { GreenClass::Paved } else { GreenClass::Grass };
            return self.site.green(ground, block.ring.clone());
        }
        match self.spec.form {
            Form::Gesloten => self.closed(block),
            Form::Rijen => self.rows(block),
            Form::Stroken => self.slabs(block),
            Form::Hoogbouw => self.towers(block),
            Form::Vrij => self.villas(block),
            Form::Hallen => self.halls(block),
            Form::Open => self.open(block),
        }
    }

    /// A year of construction and what holds for one builder's work.
    pub fn builder(&mut self, flat: bool) -> Shared {
        let year = self.rng.year(self.spec.years);
        Shared::draw(self.site.params, self.spec, year, flat, self.rng)
    }

    pub fn draw(&mut self, range: [f64; 2]) -> f64 {
        self.rng.within(range)
    }

    /// A pand, its year known or not; nothing where another stands in the way.
    pub fn pand(&mut self, ring: Vec<Rd>, height: f64, year: u16) -> Option<PandId> {
        if self.built.iter().any(|other| overlap(other, &ring, SLACK)) {
            return None;
        }
        self.built.push(ring.clone());
        let known = !self.rng.chance(self.site.params.missing / 5.0);
        Some(self.site.building(ring, height, known.then_some(year)))
    }

    /// How many homes the next pand holds.
    pub fn homes_in_pand(&mut self) -> usize {
        self.rng.weighted(&self.spec.homes) + 1
    }

    /// How the homes in one pand are told apart here.
    pub const fn numbering(&self) -> Numbering {
        match self.kind {
            Kind::Centrum => Numbering::Letters,
            Kind::Nieuw => Numbering::Own,
            _ => Numbering::Red,
        }
    }

    /// A house with its homes and perhaps a shop; `ring` is front left, front right, back right, back left.
    pub fn house(&mut self, block: &Block, house: House, homes: usize, numbering: Numbering) {
        let House { ring, height, shared, shape, ground, rear } = house;
        let shared = if homes == 1 { shared.as_house() } else { shared };
        let front = mix(ring[0], ring[1], 0.5);
        let Some(door) = block.door(self.site, front) else { return };
        let floors = (height / 3.0).floor().clamp(1.0, 14.0);
        let shop = homes > 0 && floors >= 2.0 && self.rng.chance(self.spec.shops);
        // Stairs, walls and the part under a sloping roof are not floor area.
        let floor_area = area(&ring).abs() * floors * 0.82;
        let share = floor_area / (homes + usize::from(shop)).max(1) as f64;
        let count = homes + usize::from(shop);
        let mut units = Vec::with_capacity(count);
        let (left, right) = (mix(ring[0], ring[3], 0.5), mix(ring[1], ring[2], 0.5));
        for i in 0..count {
            let at = mix(left, right, (i as f64 + 0.5) / count as f64);
            let plot = Plot { shape, area: share.clamp(38.0, 320.0), ground, rear };
            let is_shop = shop && i == 0;
            let home = (!is_shop).then(|| home(self.site.params, self.spec, shared, plot, self.rng));
            units.push(Unit { at, home });
        }
        let slope = gable(&ring, height).filter(|_| homes <= 3 && floors <= 4.0 && has_gable(shared.year));
        let Some(pand) = self.pand(ring, height, shared.year) else { return };
        if let Some(slope) = slope {
            self.site.slope(pand, slope);
        }
        self.site.entrance(self.quarter, door, pand, numbering, units);
    }

    /// A building with one address that is no home: a school, a hall, a church.
    pub fn public(&mut self, block: &Block, ring: Vec<Rd>, height: f64, year: u16) {
        let at = middle(&ring);
        let door = block.door(self.site, at);
        if let (Some(pand), Some(door)) = (self.pand(ring, height, year), door) {
            self.site.entrance(self.quarter, door, pand, Numbering::Own, vec![Unit { at, home: None }]);
        }
    }
}
