//! Shapes as a GeoPackage stores them: a GeoPackage header, then well-known binary with or without Z and M.

use gasvrij3d::geo::Rd;

use crate::model::Polygon;

/// A shape of a feature.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// No geometry, or an empty one.
    Empty,
    /// A point.
    Point(Rd),
    /// Lines.
    Lines(Vec<Vec<Rd>>),
    /// Polygons, rings without the closing point.
    Polygons(Vec<Polygon>),
}

impl Shape {
    /// What a person calls it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Empty => "an empty geometry",
            Self::Point(_) => "a point",
            Self::Lines(_) => "a line",
            Self::Polygons(_) => "a polygon",
        }
    }

    /// Every point, to be moved to another grid.
    pub fn points_mut(&mut self) -> Box<dyn Iterator<Item = &mut Rd> + '_> {
        match self {
            Self::Empty => Box::new(std::iter::empty()),
            Self::Point(p) => Box::new(std::iter::once(p)),
            Self::Lines(lines) => Box::new(lines.iter_mut().flatten()),
            Self::Polygons(polygons) => Box::new(polygons.iter_mut().flatten().flatten()),
        }
    }

    /// The first point, if there is one.
    pub fn first_point(&self) -> Option<Rd> {
        match self {
            Self::Empty => None,
            Self::Point(p) => Some(*p),
            Self::Lines(lines) => lines.iter().flatten().next().copied(),
            Self::Polygons(polygons) => polygons.iter().flatten().flatten().next().copied(),
        }
    }
}

/// Deeper collections than this are no geography.
const MAX_DEPTH: u8 = 4;

/// Reads a GeoPackage geometry: its coordinate system and its shape. The fault is a part of a sentence.
pub fn read(bytes: &[u8]) -> Result<(i32, Shape), &'static str> {
    let mut r = Reader { rest: bytes, little: true };
    if r.take(2)? != b"GP" {
        return Err("no GeoPackage geometry (it does not begin with `GP`)");
    }
    r.take(1)?;
    let flags = r.byte()?;
    r.little = flags & 1 == 1;
    let srs = r.u32()? as i32;
    let envelope = match flags >> 1 & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err("a GeoPackage geometry with an unknown kind of envelope"),
    };
    r.take(envelope)?;
    if flags & 0x10 != 0 {
        return Ok((srs, Shape::Empty));
    }
    Ok((srs, r.shape(0)?))
}

/// A ring as files write it, without the closing point and without repeated points.
pub fn open_ring(mut ring: Vec<Rd>) -> Vec<Rd> {
    ring.dedup();
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    ring
}

struct Reader<'a> {
    rest: &'a [u8],
    little: bool,
}

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], &'static str> {
        let (head, rest) = self.rest.split_at_checked(n).ok_or("a geometry that is cut off")?;
        self.rest = rest;
        Ok(head)
    }

    fn byte(&mut self) -> Result<u8, &'static str> {
        Ok(self.take(1)?[0])
    }

    fn u32(&mut self) -> Result<u32, &'static str> {
        let mut b = [0; 4];
        b.copy_from_slice(self.take(4)?);
        Ok(if self.little { u32::from_le_bytes(b) } else { u32::from_be_bytes(b) })
    }

    fn f64(&mut self) -> Result<f64, &'static str> {
        let mut b = [0; 8];
        b.copy_from_slice(self.take(8)?);
        Ok(if self.little { f64::from_le_bytes(b) } else { f64::from_be_bytes(b) })
    }

    /// A count of things that each take at least `size` bytes: a damaged count cannot ask for all memory.
    fn count(&mut self, size: usize) -> Result<usize, &'static str> {
        let n = self.u32()? as usize;
        if n.saturating_mul(size) > self.rest.len() { Err("a geometry that is cut off") } else { Ok(n) }
    }

    fn point(&mut self, dimensions: usize) -> Result<Rd, &'static str> {
        let p = [self.f64()?, self.f64()?];
        self.take(8 * (dimensions - 2))?;
        Ok(p)
    }

    fn points(&mut self, dimensions: usize) -> Result<Vec<Rd>, &'static str> {
        let n = self.count(8 * dimensions)?;
        (0..n).map(|_| self.point(dimensions)).collect()
    }

    fn polygon(&mut self, dimensions: usize) -> Result<Polygon, &'static str> {
        let n = self.count(4)?;
        (0..n).map(|_| Ok(open_ring(self.points(dimensions)?))).collect()
    }

    fn shape(&mut self, depth: u8) -> Result<Shape, &'static str> {
        if depth > MAX_DEPTH {
            return Err("a geometry of collections in collections");
        }
        self.little = self.byte()? == 1;
        let code = self.u32()?;
        // ISO adds 1000 for Z, 2000 for M; the older extended form sets the top bits.
        let iso = code & 0x0fff_ffff;
        let z = matches!(iso / 1000, 1 | 3) || code & 0x8000_0000 != 0;
        let m = matches!(iso / 1000, 2 | 3) || code & 0x4000_0000 != 0;
        if code & 0x2000_0000 != 0 {
            self.take(4)?;
        }
        let dimensions = 2 + usize::from(z) + usize::from(m);
        match iso % 1000 {
            1 => {
                let p = self.point(dimensions)?;
                Ok(if p[0].is_nan() { Shape::Empty } else { Shape::Point(p) })
            }
            2 => Ok(Shape::Lines(vec![self.points(dimensions)?])),
            3 => Ok(Shape::Polygons(vec![self.polygon(dimensions)?])),
            4..=7 => {
                let n = self.count(5)?;
                let mut all = Shape::Empty;
                for _ in 0..n {
                    match (&mut all, self.shape(depth + 1)?) {
                        // Of several points the first stands for all: nothing here has more than one place.
                        (_, Shape::Empty) | (Shape::Point(_), Shape::Point(_)) => {}
                        (all @ Shape::Empty, part) => *all = part,
                        (Shape::Lines(lines), Shape::Lines(more)) => lines.extend(more),
                        (Shape::Polygons(polygons), Shape::Polygons(more)) => polygons.extend(more),
                        _ => return Err("a geometry that mixes points, lines and polygons"),
                    }
                }
                Ok(all)
            }
            8..=12 => Err("a curved geometry (convert it to straight lines first)"),
            _ => Err("a geometry of an unknown kind"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn header(flags: u8, envelope: usize) -> Vec<u8> {
        let mut b = vec![b'G', b'P', 0, flags];
        let srs = 28992_u32;
        b.extend(if flags & 1 == 1 { srs.to_le_bytes() } else { srs.to_be_bytes() });
        b.extend(vec![0; envelope]);
        b
    }

    fn triangle(big_endian: bool, code: u32, extra: usize) -> Vec<u8> {
        let u = |n: u32| if big_endian { n.to_be_bytes() } else { n.to_le_bytes() };
        let f = |n: f64| if big_endian { n.to_be_bytes() } else { n.to_le_bytes() };
        let mut b = vec![u8::from(!big_endian)];
        b.extend(u(code));
        b.extend(u(1));
        b.extend(u(4));
        for p in [[0.0, 0.0], [3.0, 0.0], [0.0, 3.0], [0.0, 0.0]] {
            b.extend(f(p[0]));
            b.extend(f(p[1]));
            b.extend(f(9.0).repeat(extra));
        }
        b
    }

    #[test]
    fn a_footprint_is_read_in_every_writing() {
        let want = Shape::Polygons(vec![vec![vec![[0.0, 0.0], [3.0, 0.0], [0.0, 3.0]]]]);
        for (flags, envelope) in [(1, 0), (3, 32), (0, 0), (5, 48), (9, 64)] {
            for (big, code, extra) in [
                (false, 3, 0),
                (true, 3, 0),
                (false, 1003, 1),
                (true, 3003, 2),
                (false, 0x8000_0003, 1),
                (false, 2003, 1),
            ] {
                let bytes = [header(flags, envelope), triangle(big, code, extra)].concat();
                assert_eq!(read(&bytes).unwrap(), (28992, want.clone()), "flags {flags}, code {code}, big {big}");
            }
        }
    }

    #[test]
    fn a_multipolygon_keeps_its_parts_and_an_empty_one_is_empty() {
        let mut bytes = header(1, 0);
        bytes.push(1);
        bytes.extend(6_u32.to_le_bytes());
        bytes.extend(2_u32.to_le_bytes());
        bytes.extend(triangle(false, 3, 0));
        bytes.extend(triangle(false, 3, 0));
        assert!(matches!(read(&bytes).unwrap().1, Shape::Polygons(p) if p.len() == 2));
        assert_eq!(read(&header(0x11, 0)).unwrap().1, Shape::Empty);
    }

    #[test]
    fn a_cut_or_lying_geometry_is_a_fault_and_asks_for_no_memory() {
        let whole = [header(1, 0), triangle(false, 3, 0)].concat();
        for length in 0..whole.len() {
            assert!(read(&whole[..length]).is_err());
        }
        let mut lying = header(1, 0);
        lying.push(1);
        lying.extend(3_u32.to_le_bytes());
        lying.extend(u32::MAX.to_le_bytes());
        assert!(read(&lying).is_err());
    }
}
