//! A map of a few entries, as a list: the page loads it in place of a tree, which is ten kilobytes of program.

use std::ops::Index;

/// Values by key, in the order of the keys. Looking one up takes as long as the list is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Few<K, V>(Vec<(K, V)>);

impl<K, V> Default for Few<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: PartialEq + PartialOrd, V> Few<K, V> {
    /// The value of a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// Sets the value of a key; the last one counts.
    pub fn insert(&mut self, key: K, value: V) {
        match self.0.iter().position(|(known, _)| *known >= key) {
            Some(place) if self.0[place].0 == key => self.0[place].1 = value,
            place => self.0.insert(place.unwrap_or(self.0.len()), (key, value)),
        }
    }

    /// Takes a key out.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let place = self.0.iter().position(|(known, _)| known == key)?;
        Some(self.0.remove(place).1)
    }

    /// Each key with its value.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&K, &V)> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// Each value.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }
}

impl<K: PartialEq + PartialOrd, V> FromIterator<(K, V)> for Few<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut few = Self::default();
        for (key, value) in entries {
            few.insert(key, value);
        }
        few
    }
}

impl<K: PartialEq + PartialOrd, V> Index<&K> for Few<K, V> {
    type Output = V;

    /// Panics where there is no such key, as every map does.
    fn index(&self, key: &K) -> &V {
        &self.0[self.0.iter().position(|(known, _)| known == key).unwrap_or(self.0.len())].1
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_a_map(
            entries in prop::collection::vec((0_u8..20, any::<u8>()), 0..60),
            removed in prop::collection::vec(0_u8..20, 0..10),
        ) {
            let mut few: Few<u8, u8> = entries.iter().copied().collect();
            let mut map: BTreeMap<u8, u8> = entries.into_iter().collect();
            for key in removed {
                prop_assert_eq!(few.remove(&key), map.remove(&key));
            }
            prop_assert!(few.iter().eq(map.iter()));
            prop_assert!(few.values().eq(map.values()));
            for key in 0..20 {
                prop_assert_eq!(few.get(&key), map.get(&key));
                if few.get(&key).is_some() {
                    prop_assert_eq!(few[&key], map[&key]);
                }
            }
        }
    }
}
