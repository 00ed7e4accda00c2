//! Buildings in which nobody lives: halls, schools, shops, churches, the station.

use gasvrij3d::geo::Rd;
use gasvrij3d::tile::GreenClass;

use super::fill::Filler;
use super::flats::{extent, frame};
use super::geometry::{P, along, area, distance, left, middle, mix, polar, rectangle, scale};
use super::params::Kind;
use super::site::{Block, Numbering, Unit};

impl Filler<'_, '_> {
    /// Halls in rows, each on its own yard.
    pub fn halls(&mut self, block: &Block) {
        self.site.green(GreenClass::Paved, block.ring.clone());
        let (origin, u) = frame(block);
        let v = left(u);
        let [west, east] = extent(block, origin, u);
        let [south, north] = extent(block, origin, v);
        let mut y = south + 6.0;
        while y < north - 20.0 {
            let deep = self.draw(self.spec.depth);
            let mut x = west + 6.0;
            while x < east - 20.0 {
                let wide = self.draw(self.spec.width);
                let centre = along(along(origin, u, x + wide / 2.0), v, y + deep / 2.0);
                let ring = rectangle(centre, u, wide, deep);
                if block.holds(&ring) && !self.rng.chance(0.12) {
                    let (height, year) = (self.draw(self.spec.height), self.rng.year(self.spec.years));
                    self.public(block, ring, height, year);
                    x += wide + 12.0;
                } else {
                    x += 8.0;
                }
            }
            y += deep + 16.0;
        }
    }

    /// What a quarter has in its middle.
    pub fn amenities(&mut self, block: &Block) {
        // The market comes first and a school next, however small the town.
        let before = self.site.amenities;
        self.site.amenities += 1;
        match (self.kind, before % 4) {
            (Kind::Centrum, _) => self.market(block, before == 0),
            (Kind::Galerij | Kind::Stroken | Kind::Rij65, 0 | 2) => self.shops(block),
            (Kind::Gordel | Kind::Jaren30 | Kind::Villa, 0 | 2) => self.church_green(block),
            (_, 3) => self.playground(block),
            _ => self.school(block),
        }
    }

    /// A square with a church on it; the great one has a tower of sixty metres.
    fn market(&mut self, block: &Block, great: bool) {
        self.site.green(GreenClass::Paved, block.ring.clone());
        self.church(block, if great { 1.0 } else { 0.7 }, 1480);
        // The town hall or weigh house stands apart, where there is room.
        let (origin, u) = frame(block);
        for (x, y) in [(34.0, 30.0), (-34.0, 30.0), (34.0, -30.0), (-34.0, -30.0), (45.0, 0.0), (-45.0, 0.0)] {
            let ring = rectangle(along(along(origin, u, x), left(u), y), u, 22.0, 13.0);
            if block.holds(&ring) {
                return self.public(block, ring, 15.0, 1602);
            }
        }
    }

    fn church_green(&mut self, block: &Block) {
        self.site.green(GreenClass::Park, block.ring.clone());
        self.church(block, 0.62, 1912);
    }

    /// Nave with aisles, transept, choir, apse and tower, each a pand that touches the next.
    fn church(&mut self, block: &Block, size: f64, year: u16) {
        // The choir looks east, or else along the square; a tight square has a smaller church.
        let centre = middle(&block.ring);
        let fits = |u: P, k: f64| {
            let cross = [(-31.0, 0.0), (36.0, 0.0), (14.5, 17.0), (14.5, -17.0), (-31.0, 12.0), (-31.0, -12.0)];
            block.holds(&cross.map(|(x, y)| along(along(centre, u, k * x), left(u), k * y)))
        };
        let (axis, east) = (frame(block).1, polar(1.0, 0.12));
        let choices = [1.0, 0.85, 0.7, 0.55, 0.42].map(|k| [east, axis, left(axis)].map(|u| (u, k * size)));
        let nominal = size;
        let Some(&(u, size)) = choices.as_flattened().iter().find(|(u, k)| fits(*u, *k)) else { return };
        let at = |x: f64, y: f64| -> Rd { along(along(centre, u, x * size), left(u), y * size) };
        let part = |x: [f64; 2], y: [f64; 2]| vec![at(x[0], y[0]), at(x[1], y[0]), at(x[1], y[1]), at(x[0], y[1])];
        let apse: Vec<Rd> = (0..=6)
            .map(|k| polar(6.0, (f64::from(k) / 6.0 - 0.5) * std::f64::consts::PI))
            .map(|[x, y]| at(30.0 + x, y))
            .collect();
        let parts = [
            (part([-31.0, -22.0], [-4.5, 4.5]), 60.0),
            (part([-22.0, 10.0], [-6.0, 6.0]), 22.0),
            (part([-22.0, 10.0], [6.0, 12.0]), 11.0),
            (part([-22.0, 10.0], [-12.0, -6.0]), 11.0),
            (part([10.0, 19.0], [-17.0, 17.0]), 20.0),
            (part([19.0, 30.0], [-6.0, 6.0]), 19.0),
            (apse, 17.0),
        ];
        for (i, (ring, height)) in parts.into_iter().enumerate() {
            let height = height * nominal;
            if i == 1 {
                self.public(block, ring, height, year);
            } else {
                self.pand(ring, height, year);
            }
        }
    }

    /// Two wings and a hall around a playground.
    fn school(&mut self, block: &Block) {
        self.site.green(GreenClass::Grass, block.ring.clone());
        let (origin, u) = frame(block);
        let v = left(u);
        let size = [1.0, 0.75, 0.55].into_iter().find(|k| block.holds(&rectangle(origin, u, 64.0 * k, 40.0 * k)));
        let Some(size) = size else { return self.playground(block) };
        let at = |x: f64, y: f64| along(along(origin, u, x * size), v, y * size);
        self.site.green(GreenClass::Paved, rectangle(at(0.0, -2.0), u, 40.0 * size, 26.0 * size));
        let year = self.rng.year(self.spec.years).max(1905);
        self.public(block, rectangle(at(0.0, 16.0), u, 64.0 * size, 10.0 * size), 7.5, year);
        self.pand(rectangle(at(-27.0, -0.0), u, 10.0 * size, 22.0 * size), 7.5, year);
        self.pand(rectangle(at(25.0, 0.0), u, 14.0 * size, 22.0 * size), 9.0, year);
    }

    /// A row of shops on a square with a car park.
    fn shops(&mut self, block: &Block) {
        self.site.green(GreenClass::Paved, block.ring.clone());
        let (origin, u) = frame(block);
        let v = left(u);
        let size = [1.0, 0.8, 0.6].into_iter().find(|k| block.holds(&rectangle(origin, u, 80.0 * k, 46.0 * k)));
        let Some(size) = size else { return self.playground(block) };
        let year = self.rng.year(self.spec.years);
        for side in [-1.0, 1.0] {
            let ring = rectangle(along(origin, v, side * 15.0 * size), u, 78.0 * size, 16.0 * size);
            let door = block.door(self.site, middle(&ring));
            let units = (0..8).map(|i| {
                let at = mix(mix(ring[0], ring[3], 0.5), mix(ring[1], ring[2], 0.5), (f64::from(i) + 0.5) / 8.0);
                Unit { at, home: None }
            });
            let units = units.collect();
            if let (Some(pand), Some(door)) = (self.pand(ring, 5.5, year), door) {
                self.site.entrance(self.quarter, door, pand, Numbering::Own, units);
            }
        }
    }

    /// A small park.
    pub fn playground(&mut self, block: &Block) {
        self.site.green(GreenClass::Park, block.ring.clone());
        let heart = middle(&block.ring);
        let sand = rectangle(heart, frame(block).1, 14.0, 9.0);
        if block.holds(&sand) {
            self.site.green(GreenClass::Sand, sand);
        }
    }

    /// The station along the railway, with its square, a hotel and offices.
    pub fn station(&mut self, block: &Block) {
        self.site.green(GreenClass::Paved, block.ring.clone());
        let rail = block.sides.iter().filter(|s| s.segment.is_none());
        let rail = rail.max_by(|a, b| a.line.length().total_cmp(&b.line.length()));
        let Some(side) = rail else { return };
        let s = side.line.length() / 2.0;
        let (edge, inwards) = (side.line.at(s), side.line.normal(s));
        let across = scale(left(inwards), -1.0);
        for (x, long, deep, height) in [(0.0, 30.0, 18.0, 16.0), (-45.0, 60.0, 12.0, 8.0), (45.0, 60.0, 12.0, 8.0)] {
            let centre = along(along(edge, across, x), inwards, 3.0 + deep / 2.0);
            let ring = rectangle(centre, across, long, deep);
            if block.holds(&ring) {
                self.public(block, ring, height, 1908);
            }
        }
        let mut x = -110.0;
        while x < 115.0 {
            let (long, deep) = (self.draw([22.0, 34.0]), self.draw([16.0, 24.0]));
            for away in [62.0, 100.0, 140.0] {
                let ring = rectangle(along(along(edge, across, x), inwards, away), across, long, deep);
                if block.holds(&ring) && self.rng.chance(0.75) {
                    let (height, year) = (self.draw([14.0, 44.0]), self.rng.year([1968, 2019]));
                    self.public(block, ring, height, year);
                }
            }
            x += long + 12.0;
        }
    }

    /// A small building in a park or on sports grounds.
    pub fn pavilion(&mut self, block: &Block, centre: Rd, u: P, [long, wide]: [f64; 2], year: u16) {
        let ring = rectangle(centre, u, long, wide);
        if block.holds(&ring) && area(&ring) > 10.0 && distance(centre, frame(block).0) < 1000.0 {
            self.public(block, ring, 4.2, year);
        }
    }
}
