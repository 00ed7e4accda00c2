//! Figures about areas and ranges of postcodes: never about one home.

use std::collections::BTreeMap;

/// The size of an area. Each buurt lies in one wijk, each wijk in one municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AreaLevel {
    /// `BU03920101`.
    Buurt,
    /// `WK039201`.
    Wijk,
    /// `GM0392`.
    Gemeente,
}

impl AreaLevel {
    /// The level that a code of CBS is of.
    pub fn of_code(code: &str) -> Option<Self> {
        match code.get(..2)? {
            "BU" => Some(Self::Buurt),
            "WK" => Some(Self::Wijk),
            "GM" => Some(Self::Gemeente),
            _ => None,
        }
    }
}

/// What the statistics office says of one area.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AreaStatistics {
    /// `BU03920101`, `WK039201` or `GM0392`.
    pub code: String,
    /// For people.
    pub name: String,
    /// What is known. A figure that is secret or missing at the source is not here.
    pub values: BTreeMap<Statistic, f64>,
    /// The id of the source; its date is the year the figures speak of.
    pub source: String,
}

macro_rules! statistics {
    ($($(#[$doc:meta])* $variant:ident = $code:literal),+ $(,)?) => {
        /// A figure about an area, in the unit of its code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Statistic { $($(#[$doc])* $variant),+ }

        impl Statistic {
            /// Every figure.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in files.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The figure with this name.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

statistics! {
    /// Inhabitants.
    Inhabitants = "inwoners",
    /// Households.
    Households = "huishoudens",
    /// Dwellings.
    Dwellings = "woningen",
    /// Owner-occupied, % of dwellings.
    OwnedPct = "koop_pct",
    /// Rented, % of dwellings.
    RentedPct = "huur_pct",
    /// Rented from a housing corporation, % of dwellings.
    CorporationPct = "corporatie_pct",
    /// Rented from others, % of dwellings.
    OtherLandlordPct = "overige_verhuur_pct",
    /// Built before 2000, % of dwellings.
    Before2000Pct = "voor_2000_pct",
    /// Average use of gas, m³ a year.
    Gas = "gas_m3",
    /// The same of flats.
    GasFlat = "gas_appartement_m3",
    /// The same of terraced homes.
    GasTerraced = "gas_tussenwoning_m3",
    /// The same of homes at the end of a row.
    GasCorner = "gas_hoekwoning_m3",
    /// The same of semi-detached homes.
    GasSemiDetached = "gas_2_onder_1_kap_m3",
    /// The same of detached homes.
    GasDetached = "gas_vrijstaand_m3",
    /// The same of rented homes.
    GasRented = "gas_huur_m3",
    /// The same of owned homes.
    GasOwned = "gas_koop_m3",
    /// Average use of electricity, kWh a year.
    Electricity = "elektriciteit_kwh",
    /// Connected to district heating, % of dwellings.
    DistrictHeatPct = "stadsverwarming_pct",
}

/// What is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeterProduct {
    /// Gas, m³ a year.
    Gas,
    /// Electricity, kWh a year.
    Electricity,
}

/// Average use in a range of postcodes, as the grid operator publishes it: at least ten connections.
#[derive(Clone, Debug, PartialEq)]
pub struct MeterRange {
    /// First postcode, without a space.
    pub from: String,
    /// Last postcode; the same where it is one.
    pub to: String,
    /// Street, or empty.
    pub street: String,
    /// What is delivered.
    pub product: MeterProduct,
    /// Connections in the range.
    pub connections: u32,
    /// Share of connections in use, %, where known.
    pub active_pct: Option<f64>,
    /// Average use a year, in the unit of the product.
    pub average: f64,
    /// The id of the source; its date is the year the figures speak of.
    pub source: String,
}
