//! Where the panden of a tile are, in flat arrays that a worker can hand over without copying each ring.

use super::quantised;
use crate::tile::{Point, Ring};

/// The outlines and heights of the panden of a tile, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Footprints {
    /// Corners as vertices have them.
    pub points: Vec<[u16; 2]>,
    /// For each ring the place after its last corner.
    pub rings: Vec<u32>,
    /// For each pand the place after its last ring.
    pub panden: Vec<u32>,
    /// For each pand its height, decimetres.
    pub heights_dm: Vec<u16>,
    /// For each pand where its walls end and its roof begins, decimetres: its height where the roof is flat.
    pub eaves_dm: Vec<u16>,
}

/// Adds panden one by one.
#[derive(Debug, Default)]
pub struct FootprintsBuilder(Footprints);

impl FootprintsBuilder {
    /// Adds a pand; one without rings takes its place, but cannot be hit.
    pub fn push<'a>(&mut self, rings: impl IntoIterator<Item = &'a Ring>, height_dm: u16, eaves_dm: u16) {
        for ring in rings {
            self.0.points.extend(ring.iter().map(|&p| quantised(p)));
            self.0.rings.push(self.0.points.len() as u32);
        }
        self.0.panden.push(self.0.rings.len() as u32);
        self.0.heights_dm.push(height_dm);
        self.0.eaves_dm.push(eaves_dm);
    }

    /// All that was added.
    pub fn finish(self) -> Footprints {
        self.0
    }
}

impl Footprints {
    /// How many panden.
    pub fn len(&self) -> usize {
        self.panden.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.panden.is_empty()
    }

    /// The rings of a pand, tile units. Places out of range, as a damaged hand-over could hold, give nothing.
    pub fn rings(&self, pand: usize) -> impl Iterator<Item = &[[u16; 2]]> {
        let end = self.panden.get(pand).copied().unwrap_or_default() as usize;
        let start = pand.checked_sub(1).and_then(|p| self.panden.get(p)).copied().unwrap_or_default() as usize;
        (start..end).filter_map(|ring| {
            let from = if ring == 0 { 0 } else { *self.rings.get(ring - 1)? as usize };
            self.points.get(from..*self.rings.get(ring)? as usize)
        })
    }

    /// The same rings with points as a tile has them.
    pub fn ring_points(&self, pand: usize) -> Vec<Vec<Point>> {
        let point = |p: &[u16; 2]| p.map(|c| i32::from(c) - super::OFFSET);
        self.rings(pand).map(|ring| ring.iter().map(point).collect()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pand_gets_its_own_rings_back() {
        let block = vec![vec![[0, 0], [100, 0], [100, 100], [0, 100]], vec![[30, 30], [30, 70], [70, 70], [70, 30]]];
        let shed = vec![vec![[-50, 0], [-40, 0], [-40, 10]]];
        let mut builder = FootprintsBuilder::default();
        builder.push(&block, 90, 90);
        builder.push(&[], 30, 30);
        builder.push(&shed, 25, 25);
        let footprints = builder.finish();
        assert_eq!(footprints.ring_points(0), block);
        assert!(footprints.ring_points(1).is_empty());
        assert_eq!(footprints.ring_points(2), shed);
        assert!(footprints.ring_points(3).is_empty());
    }
}
