//! The dwellings that were read from the registers of addresses, to be found by id and by address: of a national table
//! only what is about these is kept.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::RangeInclusive;

use gasvrij3d::home::{Address, VboId};

use super::values::{Checked, Postcode, house_number, postcode, text};
use crate::model::Dwelling;

/// An address as it is compared: postcode, number, and the letters and digits of letter and addition together, because
/// older files have those in one column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddressKey {
    postcode: Postcode,
    number: u32,
    rest: String,
}

impl AddressKey {
    /// Of an address that was read; `None` where it has no postcode.
    pub fn of(address: &Address) -> Option<Self> {
        let postcode = Postcode::parse(address.postcode.as_bytes())?;
        Some(Self { postcode, number: address.number, rest: rest([&address.letter, &address.addition]) })
    }

    /// Of the columns of a row.
    pub fn read(code: &[u8], number: &[u8], letter: &[u8], addition: &[u8]) -> Checked<Self> {
        let postcode = postcode("postcode", code)?;
        let number = house_number("huisnummer", number)?;
        Ok(Self { postcode, number, rest: rest([&text(letter), &text(addition)]) })
    }
}

fn rest(parts: [&str; 2]) -> String {
    parts.into_iter().flat_map(str::chars).filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Dwellings {
    ids: HashSet<VboId>,
    /// `None` where dwellings share the address.
    addresses: HashMap<AddressKey, Option<VboId>>,
    postcodes: BTreeSet<Postcode>,
}

impl Dwellings {
    /// Of everything that was read so far.
    pub fn new<'a>(all: impl Iterator<Item = &'a Dwelling>) -> Self {
        let mut known = Self::default();
        for dwelling in all {
            if !known.ids.insert(dwelling.id) {
                continue;
            }
            if let Some(key) = AddressKey::of(&dwelling.address) {
                known.postcodes.insert(key.postcode);
                known.addresses.entry(key).and_modify(|id| *id = None).or_insert(Some(dwelling.id));
            }
        }
        known
    }

    /// Whether this dwelling was read.
    pub fn has(&self, id: VboId) -> bool {
        self.ids.contains(&id)
    }

    /// The one dwelling at an address.
    pub fn at(&self, address: &AddressKey) -> Option<VboId> {
        self.addresses.get(address).copied().flatten()
    }

    /// Whether a dwelling has one of these postcodes.
    pub fn any_with(&self, postcodes: RangeInclusive<Postcode>) -> bool {
        postcodes.start() <= postcodes.end() && self.postcodes.range(postcodes).next().is_some()
    }
}

#[cfg(test)]
pub mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]
    use super::*;

    /// Zijlweg 12, 12A and 12A-RD (2013AB).
    pub fn zijlweg() -> Dwellings {
        let dwelling = |id: u64, letter: &str, addition: &str| Dwelling {
            id: VboId(392_010_000_000_000 + id),
            address: Address {
                street: "Zijlweg".into(),
                number: 12,
                letter: letter.into(),
                addition: addition.into(),
                postcode: "2013AB".into(),
                place: "Haarlem".into(),
            },
            ..Dwelling::default()
        };
        Dwellings::new([dwelling(1, "", ""), dwelling(2, "A", ""), dwelling(3, "a", "RD")].iter())
    }

    #[test]
    fn an_address_is_found_with_letter_and_addition_in_one_column_or_two() {
        let known = zijlweg();
        let find = |letter: &[u8], addition: &[u8]| {
            known.at(&AddressKey::read(b"2013 ab", b"12", letter, addition).unwrap()).map(|id| id.0 % 10)
        };
        assert_eq!((find(b"", b""), find(b"A", b""), find(b"", b"a")), (Some(1), Some(2), Some(2)));
        assert_eq!((find(b"A", b"rd"), find(b"", b"A-RD"), find(b"B", b"")), (Some(3), Some(3), None));
    }

    #[test]
    fn an_address_that_is_none_is_told_with_its_column() {
        let told = |code: &[u8], number: &[u8]| AddressKey::read(code, number, b"", b"").unwrap_err();
        assert_eq!(told(b"2013", b"12").field, "postcode");
        assert_eq!(told(b"2013AB", b"12A").advice, "Put the letter and the addition in columns of their own.");
        assert_eq!(told(b"2013AB", b"0").found, "0");
    }

    #[test]
    fn dwellings_that_share_an_address_are_not_found_by_it() {
        let address = Address { number: 1, postcode: "2013AB".into(), ..Address::default() };
        let dwelling = |id| Dwelling { id: VboId(id), address: address.clone(), ..Dwelling::default() };
        let known = Dwellings::new([dwelling(1), dwelling(2)].iter());
        assert_eq!(known.at(&AddressKey::of(&address).unwrap()), None);
        assert!(known.has(VboId(2)));
    }
}
