//! A reader that stops where one feature or row is larger than any real one: a damaged file cannot fill the memory.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// Counts down the bytes that may still be read for the present feature.
#[derive(Clone, Debug)]
pub struct Allowance {
    each: u64,
    left: Rc<Cell<u64>>,
}

impl Allowance {
    /// So many bytes for each feature.
    pub fn new(each: u64) -> Self {
        Self { each, left: Rc::new(Cell::new(each)) }
    }

    /// The next feature begins.
    pub fn renew(&self) {
        self.left.set(self.each);
    }

    /// A reader under this allowance.
    pub fn over<R: Read>(&self, inner: R) -> Metered<R> {
        Metered { inner, allowance: self.clone() }
    }
}

/// See [`Allowance::over`].
pub struct Metered<R> {
    inner: R,
    allowance: Allowance,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        let left = self.allowance.left.get();
        if n as u64 > left {
            let sentence = format!("one feature or row is larger than {} MB", self.allowance.each / 1_000_000);
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, sentence));
        }
        self.allowance.left.set(left - n as u64);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_small_features_pass_and_one_endless_one_does_not() {
        let allowance = Allowance::new(1000);
        let mut reader = allowance.over(io::repeat(b'a'));
        let mut piece = [0; 400];
        for _ in 0..10 {
            assert_eq!(reader.read(&mut piece).ok(), Some(400));
            allowance.renew();
        }
        let read: Vec<_> = (0..4).map(|_| reader.read(&mut piece).is_ok()).collect();
        assert_eq!(read, [true, true, false, false]);
    }
}
