//! The kinds of sources a data set is made of. A kind that no file is given for is a gap, shown as such.

use gasvrij3d::home::Method;

use crate::model::{Facts, Town};

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $nl:literal, $en:literal;)+) => {
        /// What a source is about: the word after `soort` in the configuration. The order is the order in which files
        /// count: what an earlier kind says of an object, a later one only fills.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum SourceKind { $($(#[$doc])* $variant),+ }

        impl SourceKind {
            /// Every kind, in the order in which they count.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in the configuration.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// What it is, for people: Dutch and English.
            pub const fn name(self) -> [&'static str; 2] {
                match self { $(Self::$variant => [$nl, $en]),+ }
            }

            /// The kind with this word.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

kinds! {
    /// The border of the municipality.
    Border = "grens", "gemeentegrens", "border of the municipality";
    /// Buildings and addresses.
    Bag = "bag", "panden en adressen", "buildings and addresses";
    /// Heights, roofs and walls.
    Heights = "3dbag", "hoogten en daken", "heights and roofs";
    /// Corrections of the municipality: they win from every other fact.
    Corrections = "correcties", "verbeteringen van de gemeente", "corrections of the municipality";
    /// Registered energy labels.
    Labels = "labels", "energielabels", "energy labels";
    /// Lists of the municipality with facts by dwelling, pand or address: blocks, garages, owners' associations.
    Lists = "lijst", "lijsten van de gemeente", "lists of the municipality";
    /// Protected buildings.
    Monuments = "monumenten", "monumenten", "monuments";
    /// Protected townscapes.
    Townscapes = "stadsgezichten", "beschermde stadsgezichten", "protected townscapes";
    /// Groundwater protection and archaeology.
    Zones = "zones", "grondwater en archeologie", "groundwater and archaeology";
    /// Heat networks.
    Networks = "warmtenetten", "warmtenetten", "heat networks";
    /// Plan areas of the warmteprogramma.
    Plans = "plannen", "plannen van de gemeente", "plans of the municipality";
    /// Outlines and statistics of buurten, wijken and the municipality.
    Statistics = "cbs", "buurten en cijfers", "neighbourhoods and figures";
    /// Average use by range of postcodes.
    Meters = "verbruik", "gemiddeld verbruik", "average use";
    /// Streets with their names.
    Streets = "straten", "straten", "streets";
    /// Water, green, roads, railways.
    Context = "omgeving", "water, groen, wegen", "water, green, roads";
}

impl SourceKind {
    /// The kinds of which nothing was read.
    pub fn gaps(town: &Town, facts: &[Facts]) -> Vec<&'static str> {
        let missing = |kind: &&Self| match kind {
            Self::Corrections => !facts.iter().any(|f| f.method == Method::Corrected),
            Self::Labels => !has_label(town, facts),
            Self::Lists => !facts.iter().any(|f| f.label.is_none() && f.home.lab.is_none()),
            other => !other.fits(town, 0),
        };
        Self::ALL.iter().filter(missing).map(|kind| kind.code()).collect()
    }

    /// Whether what was read from a file is what this kind of source is about, at least in part. `facts` is the number
    /// of rows with facts of homes.
    pub fn fits(self, town: &Town, facts: usize) -> bool {
        match self {
            Self::Border => !town.border.is_empty(),
            Self::Bag => !town.buildings.is_empty() || !town.dwellings.is_empty(),
            Self::Heights => town.buildings.iter().any(|b| b.height_m.is_some() || b.body.is_some()),
            Self::Corrections | Self::Labels | Self::Lists => facts > 0,
            Self::Monuments => !town.monuments.is_empty(),
            Self::Townscapes => !town.townscapes.is_empty(),
            Self::Zones => !town.zones.is_empty(),
            Self::Networks => !town.networks.is_empty(),
            Self::Plans => !town.plans.is_empty(),
            Self::Statistics => !town.statistics.is_empty() || !town.neighbourhoods.is_empty(),
            Self::Meters => !town.meters.is_empty(),
            Self::Streets => !town.roads.is_empty(),
            Self::Context => {
                !town.water.is_empty() || !town.green.is_empty() || !town.roads.is_empty() || !town.rails.is_empty()
            }
        }
    }
}

fn has_label(town: &Town, facts: &[Facts]) -> bool {
    facts.iter().any(|f| f.home.lab.is_some()) || town.dwellings.iter().any(|d| d.facts.lab.is_some())
}
