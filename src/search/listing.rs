//! What is offered for what somebody typed: addresses where a number was given, else streets.

use super::{Found, Located, Query, Shard, Streets};
use crate::error::Result;
use crate::order;

/// Streets in the list at most.
const STREETS: usize = 6;
/// Streets at most of which the addresses are looked at: each may be a file.
const LOOKED_INTO: usize = 3;
/// Lines in the list at most.
const MOST: usize = 10;

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// An address.
    Address(Located),
    /// A street, by its place in the list of streets: the number is still to be typed.
    Street(usize),
}

/// The streets that fit what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fitting(Vec<Found>);

impl Fitting {
    /// Finds them.
    pub fn find(streets: &Streets, query: &Query) -> Self {
        Self(streets.find(query, STREETS))
    }

    /// The shards that [`Fitting::list`] reads.
    pub fn shards(&self, streets: &Streets) -> Vec<usize> {
        let mut shards: Vec<usize> =
            self.looked_into().filter_map(|found| Some(streets.street(found.street)?.shard)).collect();
        order::sort_by_key(&mut shards, |shard| *shard);
        shards.dedup();
        shards
    }

    /// The list, best first.
    pub fn list<S: AsRef<Shard>>(&self, streets: &Streets, shard: impl Fn(usize) -> Option<S>) -> Result<Vec<Listed>> {
        let mut list = Vec::new();
        for found in self.looked_into() {
            if let Some(shard) = streets.street(found.street).and_then(|street| shard(street.shard)) {
                list.extend(shard.as_ref().addresses(streets, found, MOST)?.into_iter().map(Listed::Address));
            }
        }
        if !self.is_alone() {
            list.extend(self.0.iter().filter(|found| found.number.is_none()).map(|found| Listed::Street(found.street)));
        }
        list.truncate(MOST);
        Ok(list)
    }

    /// A single street shows its addresses at once.
    fn is_alone(&self) -> bool {
        self.0.len() == 1
    }

    fn looked_into(&self) -> impl Iterator<Item = &Found> {
        self.0.iter().filter(|found| found.number.is_some() || self.is_alone()).take(LOOKED_INTO)
    }
}

/// The one line that is just what was typed, where there is exactly one: that alone may be opened without being chosen.
pub fn certain(list: &[Listed]) -> Option<usize> {
    let mut exact = list.iter().enumerate().filter(|(_, l)| matches!(l, Listed::Address(a) if a.exact));
    match (exact.next(), exact.next()) {
        (Some((only, _)), None) => Some(only),
        _ => None,
    }
}
