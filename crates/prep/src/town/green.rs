//! Open ground: parks with ponds, sports grounds, allotments, cemeteries, woods, lakes and fields with ditches.

use gasvrij3d::geo::Rd;
use gasvrij3d::tile::{GreenClass, RoadClass, WaterClass};

use super::fill::Filler;
use super::flats::{extent, frame};
use super::geometry::{P, along, contains, left, middle, polar, rectangle, scale, sub, unit};
use super::line::ribbon;
use super::params::Kind;
use super::site::Block;

impl Filler<'_, '_> {
    pub fn open(&mut self, block: &Block) {
        match self.kind {
            Kind::Station => self.station(block),
            Kind::Park => self.park(block),
            Kind::Sport => self.sports(block),
            Kind::Volkstuin => self.allotments(block),
            Kind::Begraafplaats => self.cemetery(block),
            Kind::Plas => self.lake(block),
            Kind::Akker => self.fields(block),
            _ => {
                self.site.green(GreenClass::Wood, block.ring.clone());
                self.paths(block, 3, 0.0);
            }
        }
    }

    fn park(&mut self, block: &Block) {
        self.site.green(GreenClass::Park, block.ring.clone());
        for _ in 0..3 {
            let (p, radius) = (self.somewhere(block), self.draw([14.0, 34.0]));
            let grove = self.blob(p, radius);
            if block.holds(&grove) {
                self.site.green(GreenClass::Wood, grove);
            }
        }
        let reach =
            extent(block, middle(&block.ring), [1.0, 0.0])[1].min(extent(block, middle(&block.ring), [0.0, 1.0])[1]);
        let radius = (reach * 0.45).clamp(8.0, 60.0);
        let pond = self.blob(middle(&block.ring), radius);
        self.paths(block, 4, radius * 1.2);
        if block.holds(&pond) {
            self.site.water(WaterClass::Lake, pond);
        }
        let (origin, u) = frame(block);
        let beside = along(origin, left(u), (reach * 0.75).max(16.0));
        self.pavilion(block, beside, u, [16.0, 9.0], 1925);
    }

    fn sports(&mut self, block: &Block) {
        self.site.green(GreenClass::Grass, block.ring.clone());
        let (origin, u) = frame(block);
        let v = left(u);
        let ([west, east], [south, north]) = (extent(block, origin, u), extent(block, origin, v));
        let mut y = south + 8.0;
        while y + 66.0 < north {
            let mut x = west + 8.0;
            while x + 100.0 < east {
                let pitch = rectangle(along(along(origin, u, x + 50.0), v, y + 32.0), u, 100.0, 64.0);
                if block.holds(&pitch) {
                    self.site.green(GreenClass::Pitch, pitch);
                    let club = along(along(origin, u, x + 50.0), v, y + 70.0);
                    if self.rng.chance(0.4) {
                        self.pavilion(block, club, u, [22.0, 6.0], 1978);
                    }
                    x += 108.0;
                } else {
                    x += 15.0;
                }
            }
            y += 78.0;
        }
    }

    fn allotments(&mut self, block: &Block) {
        self.site.green(GreenClass::Garden, block.ring.clone());
        let (origin, u) = frame(block);
        let v = left(u);
        let ([west, east], [south, north]) = (extent(block, origin, u), extent(block, origin, v));
        let mut y = south + 8.0;
        let mut row = 0;
        while y < north - 8.0 {
            let mut x = west + 8.0;
            while x < east - 8.0 {
                let hut = rectangle(along(along(origin, u, x), v, y), u, 3.6, 3.0);
                if block.holds(&hut) && self.rng.chance(0.8) {
                    self.pand(hut, 2.5, 1985);
                }
                x += 15.0;
            }
            y += if row % 2 == 0 { 9.0 } else { 26.0 };
            row += 1;
        }
        self.paths(block, 2, 0.0);
    }

    fn cemetery(&mut self, block: &Block) {
        self.site.green(GreenClass::Cemetery, block.ring.clone());
        let (origin, u) = frame(block);
        self.pavilion(block, origin, u, [18.0, 10.0], 1931);
        self.paths(block, 4, 0.0);
    }

    fn lake(&mut self, block: &Block) {
        self.site.green(GreenClass::Park, block.ring.clone());
        let (origin, u) = frame(block);
        let reach = [u, left(u), scale(u, -1.0), scale(left(u), -1.0)].map(|d| block.reach(origin, d));
        let least = reach.iter().copied().fold(f64::MAX, f64::min);
        let shore = self.blob(origin, least * 0.8);
        if block.holds(&shore) {
            self.site.water(WaterClass::Lake, shore);
        }
    }

    /// Long fields with ditches in between, as the polder was laid out.
    fn fields(&mut self, block: &Block) {
        let class = if self.rng.chance(0.7) { GreenClass::Farmland } else { GreenClass::Grass };
        self.site.green(class, block.ring.clone());
        let cell = &block.cell;
        let axis = cell.axis();
        let [low, high] = cell.extent(left(axis));
        let (mut at, apart) = (low, self.rng.within([36.0, 64.0]));
        while at + 1.5 * apart < high {
            at += apart;
            let along_axis = f64::midpoint(cell.extent(axis)[0], cell.extent(axis)[1]);
            let p = along(scale(axis, along_axis), left(axis), at);
            if let Some((a, b)) = cell.chord(p, axis) {
                let ring = self.site.bend_ring(&ribbon(&[a, b], 1.4));
                self.site.water(WaterClass::Ditch, ring);
            }
        }
    }

    /// Footpaths across, at least `clear` metres from the middle.
    fn paths(&mut self, block: &Block, count: usize, clear: f64) {
        for _ in 0..count {
            let centre = middle(&block.cell.corners);
            let [low, high] = block.cell.extent([1.0, 0.0]);
            let angle = self.rng.within([0.0, std::f64::consts::TAU]);
            let p = along(centre, polar(1.0, angle), clear + self.rng.within([0.0, 0.2]) * (high - low));
            if let Some((a, b)) = block.cell.chord(p, left(polar(1.0, angle))) {
                self.site.road("", RoadClass::Foot, &[a, b]);
            }
        }
    }

    /// A round shape that is not a circle.
    fn blob(&mut self, centre: Rd, radius: f64) -> Vec<Rd> {
        let (first, second) = (self.rng.within([0.0, 6.0]), self.rng.within([0.0, 6.0]));
        (0..20)
            .map(|k| f64::from(k) / 20.0 * std::f64::consts::TAU)
            .map(|t| {
                let bumps = 1.0 + 0.22 * (2.0 * t + first).sin() + 0.1 * (3.0 * t + second).sin();
                along(centre, polar(1.0, t), radius * bumps / 1.3)
            })
            .collect()
    }

    fn somewhere(&mut self, block: &Block) -> Rd {
        let heart = middle(&block.ring);
        let direction: P = polar(1.0, self.rng.within([0.0, std::f64::consts::TAU]));
        let p = along(heart, direction, block.reach(heart, direction) * self.rng.within([0.3, 0.8]));
        if contains(&block.ring, p) { p } else { along(heart, unit(sub(p, heart)), 1.0) }
    }
}
