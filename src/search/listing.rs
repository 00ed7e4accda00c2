//! What is offered for what somebody typed: addresses where a number was given, else streets.

use super::{Found, Located, Query, Shard, Streets};
use crate::error::Result;
use crate::order;

/// Streets in the list at most.
const STREETS: usize = 6;
/// Files at most that are looked into. The addresses of streets with the same name lie side by side.
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
        let mut shards = Vec::new();
        for street in self.with_addresses().filter_map(|found| streets.street(found.street)) {
            if shards.len() < LOOKED_INTO && !shards.contains(&street.shard) {
                shards.push(street.shard);
            }
        }
        shards
    }

    /// The list, best first.
    pub fn list<S: AsRef<Shard>>(&self, streets: &Streets, shard: impl Fn(usize) -> Option<S>) -> Result<Vec<Listed>> {
        let shards = self.shards(streets);
        let mut is_all = true;
        let mut addresses: Vec<Located> = Vec::new();
        for found in self.with_addresses() {
            let street = streets.street(found.street).filter(|street| shards.contains(&street.shard));
            match street.and_then(|street| shard(street.shard)) {
                Some(shard) => addresses.extend(shard.as_ref().addresses(streets, found, MOST)?),
                None => is_all = false,
            }
        }
        // Of streets that fit as well the same number stands side by side: those of one must not push out the others.
        order::sort_by_key(&mut addresses, |located| located.away);
        let mut list: Vec<Listed> = addresses
            .into_iter()
            // What was not looked into may hold the same address.
            .map(|located| Listed::Address(Located { exact: located.exact && is_all, ..located }))
            .collect();
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

    /// The streets whose addresses are offered.
    fn with_addresses(&self) -> impl Iterator<Item = &Found> {
        self.0.iter().filter(|found| found.number.is_some() || self.is_alone())
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

#[cfg(test)]
mod tests;
