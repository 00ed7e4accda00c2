//! A small random generator of our own, so that the same seed gives the same town on every machine and in every year.

/// `SplitMix64`: a counter and a mixer, good enough for a town and the same everywhere.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// A generator of its own for a part, so that a change in one part leaves the others as they were.
    pub fn part(seed: u64, part: u64) -> Self {
        let mut rng = Self(seed ^ part.wrapping_mul(0xA076_1D64_78BD_642F));
        rng.next();
        rng
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, not including, 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number between the two.
    pub fn within(&mut self, [low, high]: [f64; 2]) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A whole number from `low` to `high`, both included.
    pub fn whole(&mut self, [low, high]: [usize; 2]) -> usize {
        low + (self.next() % (high.max(low) - low + 1) as u64) as usize
    }

    /// A year from the first to the last, both included.
    pub fn year(&mut self, [first, last]: [u16; 2]) -> u16 {
        self.whole([usize::from(first), usize::from(last)]) as u16
    }

    /// True with this chance.
    pub fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// The place of one of the weights, drawn in proportion to them.
    pub fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut rest = self.unit() * weights.iter().sum::<f64>();
        for (i, weight) in weights.iter().enumerate() {
            rest -= weight;
            if rest < 0.0 {
                return i;
            }
        }
        weights.len().saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_follow_the_weights_and_stay_in_range() {
        let mut rng = Rng::part(1, 0);
        let mut counts = [0; 3];
        for _ in 0..3000 {
            counts[rng.weighted(&[1.0, 0.0, 2.0])] += 1;
            assert!((5..=7).contains(&rng.whole([5, 7])));
            assert!((2.0..3.0).contains(&rng.within([2.0, 3.0])));
        }
        assert_eq!(counts[1], 0);
        assert!((800..1200).contains(&counts[0]), "{counts:?}");
    }
}
