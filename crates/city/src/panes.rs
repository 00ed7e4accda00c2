//! How one or two maps lie on the canvas: two are halves of it, side by side or one above the other, and look from the same
//! place. Pure.

use gasvrij3d::bus::map::Side;

use crate::orbit::{Px, Screen};

/// A canvas narrower than this, and not much lower than wide, has its maps one above the other, pixels.
const NARROW: f64 = 700.0;
/// How much wider than high such a canvas is at most.
const LOW: f64 = 1.5;

/// The maps on a canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Panes {
    canvas: Screen,
    lie: Option<Lie>,
}

/// How two maps lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// Left and right.
    Beside,
    /// Above and below.
    Below,
}

impl Panes {
    /// One map or two on a canvas.
    pub fn new(canvas: Screen, two: bool) -> Self {
        let is_tall = canvas.width < NARROW && canvas.width < canvas.height * LOW;
        Self { canvas, lie: two.then_some(if is_tall { Lie::Below } else { Lie::Beside }) }
    }

    /// The same maps on a canvas of which a pixel is as large as `factor` of these.
    pub fn in_pixels_of(&self, factor: f64) -> Self {
        let Screen { width, height } = self.canvas;
        Self { canvas: Screen { width: width / factor, height: height / factor }, lie: self.lie }
    }

    /// The size of the canvas.
    pub const fn canvas(&self) -> Screen {
        self.canvas
    }

    /// How two maps lie; nothing where there is one.
    pub const fn lie(&self) -> Option<Lie> {
        self.lie
    }

    /// The sides that are shown.
    pub const fn sides(&self) -> &'static [Side] {
        match self.lie {
            None => &[Side::First],
            Some(_) => Side::ALL,
        }
    }

    /// The size of each map.
    pub fn size(&self) -> Screen {
        let Screen { width, height } = self.canvas;
        match self.lie {
            None => self.canvas,
            Some(Lie::Beside) => Screen { width: width / 2.0, height },
            Some(Lie::Below) => Screen { width, height: height / 2.0 },
        }
    }

    /// The upper left corner of a map on the canvas.
    pub fn corner(&self, side: Side) -> Px {
        match (self.lie, side) {
            (Some(Lie::Beside), Side::Second) => [self.canvas.width / 2.0, 0.0],
            (Some(Lie::Below), Side::Second) => [0.0, self.canvas.height / 2.0],
            _ => [0.0, 0.0],
        }
    }

    /// The map at a place on the canvas.
    pub fn side_at(&self, at: Px) -> Side {
        let [x, y] = self.corner(Side::Second);
        let is_second = self.lie.is_some() && at[0] >= x && at[1] >= y;
        if is_second { Side::Second } else { Side::First }
    }

    /// A place on the canvas as a place on a map.
    pub fn within(&self, side: Side, at: Px) -> Px {
        let [x, y] = self.corner(side);
        [at[0] - x, at[1] - y]
    }

    /// A place on a map as a place on the canvas.
    pub fn on_canvas(&self, side: Side, at: Px) -> Px {
        let [x, y] = self.corner(side);
        [at[0] + x, at[1] + y]
    }

    /// The part of a drawing of so many pixels that a map takes: its corner and its size. Two maps are exactly as large, so
    /// that they show the same; a row of pixels that is left over lies between them.
    pub fn part(&self, side: Side, [width, height]: [u32; 2]) -> [[u32; 2]; 2] {
        let half = |pixels: u32| (pixels / 2).max(1);
        let size = match self.lie {
            None => [width, height],
            Some(Lie::Beside) => [half(width), height],
            Some(Lie::Below) => [width, half(height)],
        };
        let corner = match side {
            Side::First => [0, 0],
            Side::Second => [width.saturating_sub(size[0]), height.saturating_sub(size[1])],
        };
        [corner, size]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two(width: f64, height: f64) -> Panes {
        Panes::new(Screen { width, height }, true)
    }

    #[test]
    fn in_larger_pixels_the_maps_lie_as_they_did() {
        let panes = two(1000.0, 600.0).in_pixels_of(2.0);
        assert_eq!(panes.lie(), Some(Lie::Beside), "as narrow as a phone in number only");
        assert_eq!(
            (panes.canvas(), panes.corner(Side::Second)),
            (Screen { width: 500.0, height: 300.0 }, [250.0, 0.0])
        );
    }

    #[test]
    fn one_map_has_the_whole_canvas() {
        let one = Panes::new(Screen { width: 900.0, height: 700.0 }, false);
        assert_eq!((one.lie(), one.sides(), one.size()), (None, &[Side::First][..], one.canvas));
        assert_eq!((one.side_at([899.0, 699.0]), one.within(Side::First, [3.0, 4.0])), (Side::First, [3.0, 4.0]));
        assert_eq!(one.part(Side::First, [900, 700]), [[0, 0], [900, 700]]);
    }

    #[test]
    fn on_a_phone_two_maps_lie_one_above_the_other_and_elsewhere_side_by_side() {
        assert_eq!(two(360.0, 440.0).lie(), Some(Lie::Below));
        // A phone that lies on its side.
        assert_eq!(two(667.0, 206.0).lie(), Some(Lie::Beside));
        assert_eq!(two(860.0, 800.0).lie(), Some(Lie::Beside));
    }

    #[test]
    fn a_place_belongs_to_the_map_it_lies_on_and_comes_back_where_it_was() {
        for (panes, first, second) in
            [(two(1000.0, 600.0), [499.0, 599.0], [500.0, 0.0]), (two(360.0, 440.0), [359.0, 219.0], [0.0, 220.0])]
        {
            assert_eq!((panes.side_at(first), panes.side_at(second)), (Side::First, Side::Second));
            for at in [first, second, [120.0, 300.0]] {
                let side = panes.side_at(at);
                let [x, y] = panes.within(side, at);
                assert!((0.0..panes.size().width).contains(&x) && (0.0..panes.size().height).contains(&y), "{at:?}");
                let back = panes.on_canvas(side, [x, y]);
                assert!((0..2).all(|k| (back[k] - at[k]).abs() < 1e-9), "{back:?} {at:?}");
            }
        }
    }

    #[test]
    fn both_maps_are_as_large_whatever_the_number_of_pixels_and_do_not_touch() {
        for pixels in [[1, 1], [2, 2], [1281, 801], [360, 441], [3840, 2160]] {
            for panes in [two(1280.0, 800.0), two(360.0, 440.0)] {
                let [[first, size], [second, other]] = [Side::First, Side::Second].map(|side| panes.part(side, pixels));
                assert_eq!(size, other);
                let gap = [0, 1].map(|k| second[k] - first[k]);
                let is_apart = gap[0] >= size[0] || gap[1] >= size[1] || pixels == [1, 1];
                assert!(is_apart && (0..2).all(|k| second[k] + size[k] <= pixels[k]), "{pixels:?}");
            }
        }
    }
}
