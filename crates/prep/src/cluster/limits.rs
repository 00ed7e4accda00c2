//! The limits for small heat networks (`data/kleine-netten.toml`): each with its unit, standing and source.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// A limit and where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// The number, in its unit.
    pub waarde: f64,
    /// Its unit.
    pub eenheid: String,
    /// Whether it is national or assumed.
    pub status: Standing,
    /// The source, or for an assumption what it means.
    pub bron: String,
}

/// Who set a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// A national source.
    #[serde(rename = "NAT")]
    National,
    /// An assumption of this project: "aanname" wherever it is shown.
    #[serde(rename = "ASM")]
    Assumed,
}

macro_rules! limits {
    ($($(#[$doc:meta])* $field:ident = $key:literal),+ $(,)?) => {
        /// All limits. Lengths in metres, heat in GJ a year, linear density in `MWh` per metre a year.
        #[derive(Clone, Debug)]
        pub struct Limits { $($(#[$doc])* pub $field: f64),+ }

        impl Limits {
            fn from_table(table: &BTreeMap<String, Limit>) -> Self {
                // A test reads the file and finds each of them.
                Self { $($field: table.get($key).map_or(f64::INFINITY, |l| l.waarde)),+ }
            }

            #[cfg(test)]
            const KEYS: &'static [&'static str] = &[$($key),+];
        }
    };
}

limits! {
    /// Buildings this near to each other hang together.
    near = "afstand_m",
    /// Homes in a building whose owner is not known, from which it counts as one of an association or corporation.
    unowned_flat = "flat_zonder_eigendom",
    /// Least heat.
    least_gj = "minste_gj",
    /// Fewest homes.
    least_homes = "minste_woningen",
    /// Homes from which the national subsidy can be asked.
    subsidy_homes = "wis_woningen",
    /// Buildings from which it can be asked.
    subsidy_panden = "wis_panden",
    /// Users above which the law no longer calls it a small system.
    small_system = "klein_stelsel",
    /// Of a straight line to a trench.
    detour = "omweg",
    /// For each building.
    connection = "aansluiting_m",
    /// Of all peaks at once.
    simultaneity = "gelijktijdigheid",
    /// From heat in a year to power.
    full_load_hours = "vollasturen",
    /// Good from here.
    line_good = "lijn_goed",
    /// Possible from here.
    line_possible = "lijn_mogelijk",
    /// From a building to its street.
    street_reach = "straat_bereik_m",
    /// From one building to the next along streets.
    longest_way = "langste_weg_m",
    /// Smaller groups are not published.
    least_published = "minst_gepubliceerd",
}

/// Every limit by its key, as published beside the clusters.
pub fn table() -> &'static BTreeMap<String, Limit> {
    static TABLE: LazyLock<BTreeMap<String, Limit>> = LazyLock::new(|| parse().unwrap_or_default());
    &TABLE
}

/// The limits.
pub fn limits() -> &'static Limits {
    static LIMITS: LazyLock<Limits> = LazyLock::new(|| Limits::from_table(table()));
    &LIMITS
}

fn parse() -> Result<BTreeMap<String, Limit>, toml::de::Error> {
    let mut file: toml::Table = toml::from_str(include_str!("../../../../data/kleine-netten.toml"))?;
    file.remove("datum");
    toml::Value::Table(file).try_into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_limit_is_in_the_file_with_its_source_and_no_other() {
        let table = parse().unwrap_or_default();
        let mut keys = Limits::KEYS.to_vec();
        keys.sort_unstable();
        assert_eq!(table.keys().map(String::as_str).collect::<Vec<_>>(), keys);
        assert!(table.values().all(|l| l.waarde > 0.0 && !l.bron.is_empty() && !l.eenheid.is_empty()));
        assert_eq!((table["minste_gj"].waarde, table["minste_gj"].status), (2000.0, Standing::National));
    }
}
