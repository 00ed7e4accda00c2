//! The nouns: a home and the facts that are known about it.
//!
//! Each fact may be missing. A missing fact is a value of its own and never a guess. The codes are those of the
//! interchange record (`docs/facts.md`), so that a rule, a tile and a file name the same thing by the same word.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::few::Few;

macro_rules! bag_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:016}", self.0)
            }
        }

        impl FromStr for $name {
            type Err = Error;

            /// Reads 16 digits, with or without a register's prefix such as `NL.IMBAG.Pand.`.
            fn from_str(text: &str) -> Result<Self> {
                let digits = text.trim().rsplit('.').next().unwrap_or_default();
                if digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_digit()) {
                    if let Ok(number) = digits.parse() {
                        return Ok(Self(number));
                    }
                }
                Err(Error::new(format!("`{text}` is not a BAG id: 16 digits are expected")))
            }
        }

        // As text: 16 digits pass through JSON whole, also in readers that keep numbers as floats.
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> std::result::Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> std::result::Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

bag_id! {
    /// The id of a pand (building) in the BAG.
    PandId
}
bag_id! {
    /// The id of a verblijfsobject (dwelling or other unit with an address) in the BAG.
    VboId
}

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]
        // Where a variant has no text of its own, its code is the official word.
        #[allow(missing_docs)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Every code, in the same order.
            pub const CODES: &'static [&'static str] = &[$($code),+];

            /// The code in files and rules.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The value with this code, if there is one. Case counts.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// The kind of home, from shared walls and the number of homes in the pand.
    Typology {
        /// Vrijstaand: detached.
        Vrij = "VRIJ",
        /// Twee-onder-een-kap: semi-detached.
        TweeKap = "2KAP",
        /// Hoekwoning: end of a row.
        Hoek = "HOEK",
        /// Tussenwoning: within a row.
        Tussen = "TUSSEN",
        /// A home in a building of at most four floors.
        FlatLaag = "FLAT-L",
        /// A home in a building of five floors or more.
        FlatHoog = "FLAT-H",
        /// A home in a building with more homes, height unknown.
        Flat = "FLAT",
    }
}

impl Typology {
    /// The code the rules use: they know one kind of flat.
    pub const fn rule_code(self) -> &'static str {
        match self {
            Self::FlatLaag | Self::FlatHoog | Self::Flat => "FLAT",
            other => other.code(),
        }
    }
}

codes! {
    /// Who owns the home, at the level a municipality may show.
    Ownership { Koop = "koop", Vve = "vve", Corp = "corp", PartHuur = "part_huur", Onbekend = "onb" }
}
codes! {
    /// A valid registered energy label, best first.
    Label {
        A4 = "A++++", A3 = "A+++", A2 = "A++", A1 = "A+", A = "A", B = "B", C = "C", D = "D", E = "E", F = "F", G = "G",
    }
}
codes! {
    /// Protection: rijksmonument, gemeentelijk monument, beschermd stadsgezicht.
    Monument { Rijks = "rm", Gemeentelijk = "gm", Stadsgezicht = "bsg", Geen = "geen" }
}
codes! {
    /// Yes, no or not known.
    JaNee { Ja = "ja", Nee = "nee", Onbekend = "onb" }
}
codes! {
    /// The temperature of a heat network: medium, low, very low.
    NetKind { Mt = "MT", Lt = "LT", Zlt = "ZLT" }
}
codes! {
    /// How far a heat network is.
    NetStatus { Beschikbaar = "beschikbaar", Gepland = "gepland", Onderzoek = "onderzoek", Geen = "geen" }
}

/// What is known about one home (a verblijfsobject with woonfunctie). `None` is "not known".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Home {
    /// `bj`: year of construction.
    pub bj: Option<u16>,
    /// `typ`: kind of home.
    pub typ: Option<Typology>,
    /// `own`: ownership.
    pub own: Option<Ownership>,
    /// `lab`: registered energy label.
    pub lab: Option<Label>,
    /// `q`: NTA 8800 net heat demand, kWh/m² a year.
    pub q: Option<f64>,
    /// `std`: the Standaard for this home, kWh/m² a year.
    pub std: Option<f64>,
    /// `mon`: protection as a monument.
    pub mon: Option<Monument>,
    /// `nvbo`: homes in the pand.
    pub nvbo: Option<u32>,
    /// `block`: block heating.
    pub block: Option<JaNee>,
    /// `garage`: parking garage below.
    pub garage: Option<JaNee>,
    /// `net_soort`: kind of the heat network here.
    pub net_soort: Option<NetKind>,
    /// `net_status`: state of that network.
    pub net_status: Option<NetStatus>,
    /// `net_start`: year in which the planned network starts.
    pub net_start: Option<u16>,
    /// `d_net`: metres to the (planned) main.
    pub d_net: Option<f64>,
    /// `dens`: homes per hectare.
    pub dens: Option<f64>,
    /// `space_ground`: free ground on the plot, m².
    pub space_ground: Option<f64>,
    /// `d_rear`: metres from the rear façade to the rear boundary.
    pub d_rear: Option<f64>,
    /// `aangewezen_jaar`: year in which gas ends here.
    pub aangewezen_jaar: Option<u16>,
    /// `area_m2`: gebruiksoppervlakte, m².
    pub area_m2: Option<f64>,
    /// `gw_bescherming`: in a groundwater protection area.
    pub gw_bescherming: Option<bool>,
    /// `archeologie_hoog`: in a zone of high archaeological value.
    pub archeologie_hoog: Option<bool>,
    /// `cluster_gj`: heat of the panden within 100 m of each other, GJ a year.
    pub cluster_gj: Option<f64>,
    /// `cluster_homes`: homes in that cluster.
    pub cluster_homes: Option<u32>,
    /// `woonfunctie`: is it a home at all.
    pub woonfunctie: Option<bool>,
}

codes! {
    /// The name of a fact, as in the interchange record.
    FactKey {
        Bj = "bj", Typ = "typ", Own = "own", Lab = "lab", Q = "q", Std = "std", Mon = "mon", Nvbo = "nvbo",
        Block = "block", Garage = "garage", NetSoort = "net_soort", NetStatus = "net_status", NetStart = "net_start",
        DNet = "d_net", Dens = "dens", SpaceGround = "space_ground", DRear = "d_rear",
        AangewezenJaar = "aangewezen_jaar", AreaM2 = "area_m2", GwBescherming = "gw_bescherming",
        ArcheologieHoog = "archeologie_hoog", ClusterGj = "cluster_gj", ClusterHomes = "cluster_homes",
        Woonfunctie = "woonfunctie",
    }
}

/// One fact, as a rule sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FactValue {
    /// A number in the unit of its key.
    Number(f64),
    /// A code.
    Code(&'static str),
    /// Yes or no.
    Bool(bool),
}

impl Home {
    /// The fact with this name, or `None` where it is not known.
    ///
    /// ```
    /// use gasvrij3d::home::{FactKey, FactValue, Home};
    /// let home = Home { bj: Some(1935), ..Home::default() };
    /// assert_eq!(home.fact(FactKey::Bj), Some(FactValue::Number(1935.0)));
    /// assert_eq!(home.fact(FactKey::Lab), None);
    /// ```
    pub fn fact(&self, key: FactKey) -> Option<FactValue> {
        if let Some(number) = self.number(key) {
            return Some(FactValue::Number(number));
        }
        let place = self.place(key).checked_sub(1)?;
        Some(match key.codes().get(place)? {
            _ if key.is_yes_no() => FactValue::Bool(place == 1),
            code => FactValue::Code(code),
        })
    }
}

impl Home {
    /// Gives a fact another value, or makes it unknown. A value of another type than the fact's, or a code or number it
    /// cannot have, is refused with a sentence and changes nothing.
    ///
    /// ```
    /// use gasvrij3d::home::{FactKey, FactValue, Home, Label};
    /// let mut home = Home::default();
    /// home.set(FactKey::Lab, Some(FactValue::Code("C"))).unwrap();
    /// assert_eq!(home.lab, Some(Label::C));
    /// assert!(home.set(FactKey::Bj, Some(FactValue::Number(1.5))).is_err());
    /// ```
    pub fn set(&mut self, key: FactKey, value: Option<FactValue>) -> Result<()> {
        let refused = || {
            let found = match value {
                Some(FactValue::Code(code)) => code,
                Some(FactValue::Number(_)) => "this number",
                Some(FactValue::Bool(_)) => "yes or no",
                None => "nothing",
            };
            Error::new(format!("{found} is not a value of `{}`", key.code()))
        };
        let code = match value {
            Some(FactValue::Code(code)) => Some(code),
            _ => None,
        };
        let number = match value {
            Some(FactValue::Number(n)) if n.is_finite() && n >= 0.0 => Some(n),
            _ => None,
        };
        let yes_no = match value {
            Some(FactValue::Bool(yes)) => Some(yes),
            _ => None,
        };
        let whole = |most: f64| number.filter(|n| n.fract() == 0.0 && *n <= most);
        let year = || whole(f64::from(u16::MAX)).map(|n| n as u16);
        let count = || whole(f64::from(u32::MAX)).map(|n| n as u32);
        let mut changed = self.clone();
        match key {
            FactKey::Bj => changed.bj = year(),
            FactKey::Typ => changed.typ = code.and_then(Typology::from_code),
            FactKey::Own => changed.own = code.and_then(Ownership::from_code),
            FactKey::Lab => changed.lab = code.and_then(Label::from_code),
            FactKey::Q => changed.q = number,
            FactKey::Std => changed.std = number,
            FactKey::Mon => changed.mon = code.and_then(Monument::from_code),
            FactKey::Nvbo => changed.nvbo = count(),
            FactKey::Block => changed.block = code.and_then(JaNee::from_code),
            FactKey::Garage => changed.garage = code.and_then(JaNee::from_code),
            FactKey::NetSoort => changed.net_soort = code.and_then(NetKind::from_code),
            FactKey::NetStatus => changed.net_status = code.and_then(NetStatus::from_code),
            FactKey::NetStart => changed.net_start = year(),
            FactKey::DNet => changed.d_net = number,
            FactKey::Dens => changed.dens = number,
            FactKey::SpaceGround => changed.space_ground = number,
            FactKey::DRear => changed.d_rear = number,
            FactKey::AangewezenJaar => changed.aangewezen_jaar = year(),
            FactKey::AreaM2 => changed.area_m2 = number,
            FactKey::GwBescherming => changed.gw_bescherming = yes_no,
            FactKey::ArcheologieHoog => changed.archeologie_hoog = yes_no,
            FactKey::ClusterGj => changed.cluster_gj = number,
            FactKey::ClusterHomes => changed.cluster_homes = count(),
            FactKey::Woonfunctie => changed.woonfunctie = yes_no,
        }
        if value.is_some() != changed.fact(key).is_some() {
            return Err(refused());
        }
        *self = changed;
        Ok(())
    }
}

impl FactKey {
    /// The codes of a coded fact as rules know them; empty for a number.
    pub const fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Typ => &["VRIJ", "2KAP", "HOEK", "TUSSEN", "FLAT"],
            Self::Own => Ownership::CODES,
            Self::Lab => Label::CODES,
            Self::Mon => Monument::CODES,
            Self::Block | Self::Garage => JaNee::CODES,
            Self::NetSoort => NetKind::CODES,
            Self::NetStatus => NetStatus::CODES,
            _ if self.is_yes_no() => &["nee", "ja"],
            _ => &[],
        }
    }

    /// Whether the fact is yes or no, and no third thing.
    pub const fn is_yes_no(self) -> bool {
        matches!(self, Self::GwBescherming | Self::ArcheologieHoog | Self::Woonfunctie)
    }
}

/// What the rules ask of anything that has facts.
pub trait Facts {
    /// For a coded fact its place among [`FactKey::codes`], counted from 1; 0 where it is not known.
    fn place(&self, key: FactKey) -> usize;

    /// A number in the unit of its key, where it is known.
    fn number(&self, key: FactKey) -> Option<f64>;
}

impl Facts for Home {
    fn place(&self, key: FactKey) -> usize {
        let yes_no = |value: Option<bool>| value.map_or(0, |yes| 1 + usize::from(yes));
        match key {
            FactKey::Typ => self.typ.map_or(0, |v| 1 + (v as usize).min(Typology::FlatLaag as usize)),
            FactKey::Own => self.own.map_or(0, |v| 1 + v as usize),
            FactKey::Lab => self.lab.map_or(0, |v| 1 + v as usize),
            FactKey::Mon => self.mon.map_or(0, |v| 1 + v as usize),
            FactKey::Block => self.block.map_or(0, |v| 1 + v as usize),
            FactKey::Garage => self.garage.map_or(0, |v| 1 + v as usize),
            FactKey::NetSoort => self.net_soort.map_or(0, |v| 1 + v as usize),
            FactKey::NetStatus => self.net_status.map_or(0, |v| 1 + v as usize),
            FactKey::GwBescherming => yes_no(self.gw_bescherming),
            FactKey::ArcheologieHoog => yes_no(self.archeologie_hoog),
            FactKey::Woonfunctie => yes_no(self.woonfunctie),
            _ => 0,
        }
    }

    fn number(&self, key: FactKey) -> Option<f64> {
        match key {
            FactKey::Bj => self.bj.map(f64::from),
            FactKey::Q => self.q,
            FactKey::Std => self.std,
            FactKey::Nvbo => self.nvbo.map(f64::from),
            FactKey::NetStart => self.net_start.map(f64::from),
            FactKey::DNet => self.d_net,
            FactKey::Dens => self.dens,
            FactKey::SpaceGround => self.space_ground,
            FactKey::DRear => self.d_rear,
            FactKey::AangewezenJaar => self.aangewezen_jaar.map(f64::from),
            FactKey::AreaM2 => self.area_m2,
            FactKey::ClusterGj => self.cluster_gj,
            FactKey::ClusterHomes => self.cluster_homes.map(f64::from),
            _ => None,
        }
    }
}

macro_rules! each_fact {
    ($self:ident, $key:ident, $($variant:ident $field:ident),+ $(,)?) => {
        match $key { $(FactKey::$variant => $self.$field = None),+ }
    };
}

impl Home {
    /// Makes one fact unknown.
    pub fn forget(&mut self, key: FactKey) {
        each_fact!(
            self, key, Bj bj, Typ typ, Own own, Lab lab, Q q, Std std, Mon mon, Nvbo nvbo, Block block, Garage garage,
            NetSoort net_soort, NetStatus net_status, NetStart net_start, DNet d_net, Dens dens,
            SpaceGround space_ground, DRear d_rear, AangewezenJaar aangewezen_jaar, AreaM2 area_m2,
            GwBescherming gw_bescherming, ArcheologieHoog archeologie_hoog, ClusterGj cluster_gj,
            ClusterHomes cluster_homes, Woonfunctie woonfunctie
        );
    }
}

codes! {
    /// How a fact came to be.
    Method {
        /// Read from a register.
        Registered = "r",
        /// Computed from registered facts.
        Derived = "d",
        /// Estimated: an assumption, marked "aanname" wherever it is shown.
        Estimated = "e",
        /// Put right by the municipality, against what a register says.
        Corrected = "c",
        /// Made up for the model town.
        Invented = "m",
    }
}

/// Where a fact came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The id of a source in the manifest.
    pub source: String,
    /// How it came to be.
    pub method: Method,
}

/// Where each known fact of a home came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins(pub Few<FactKey, Provenance>);

impl fmt::Display for Origins {
    /// One text that many homes share: `bj=bag.r;typ=prep.d`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (key, p)) in self.0.iter().enumerate() {
            let separator = if i == 0 { "" } else { ";" };
            write!(f, "{separator}{}={}.{}", key.code(), p.source, p.method.code())?;
        }
        Ok(())
    }
}

impl FromStr for Origins {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let mut origins = Few::default();
        for part in text.split(';').filter(|p| !p.is_empty()) {
            let parsed = part.split_once('=').and_then(|(key, rest)| {
                let (source, method) = rest.rsplit_once('.')?;
                let provenance = Provenance { source: source.to_owned(), method: Method::from_code(method)? };
                Some((FactKey::from_code(key)?, provenance))
            });
            match parsed {
                Some((key, provenance)) => origins.insert(key, provenance),
                None => return Err(Error::new(format!("`{part}` is not an origin: `fact=source.method` is expected"))),
            }
        }
        Ok(Self(origins))
    }
}

/// An address as people write it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Address {
    /// Openbare ruimte.
    pub street: String,
    /// Huisnummer.
    pub number: u32,
    /// Huisletter, or empty.
    pub letter: String,
    /// Huisnummertoevoeging, or empty.
    pub addition: String,
    /// Postcode without a space, or empty.
    pub postcode: String,
    /// Woonplaats, or empty.
    pub place: String,
}

impl Address {
    /// Its place in a list for people: by street and number, and `45-2` before `45-10`.
    pub fn order(&self) -> impl Ord + '_ {
        (self.street.as_str(), self.number, self.letter.as_str(), self.addition.parse::<u32>().ok(), &self.addition)
    }
}

impl fmt::Display for Address {
    /// `Riouwstraat 12A-RD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.street, self.number, self.letter)?;
        if self.addition.is_empty() { Ok(()) } else { write!(f, "-{}", self.addition) }
    }
}
