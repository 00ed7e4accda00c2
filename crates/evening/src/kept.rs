//! Something that is fetched once.

use std::cell::RefCell;
use std::rc::Rc;

/// Something that is fetched once.
pub struct Kept<T>(RefCell<Option<Rc<T>>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<T> Kept<T> {
    /// It, if it is there.
    pub fn known(&self) -> Option<Rc<T>> {
        self.0.borrow().clone()
    }

    /// Keeps it.
    pub fn keep(&self, it: T) -> Rc<T> {
        let it = Rc::new(it);
        *self.0.borrow_mut() = Some(it.clone());
        it
    }
}
