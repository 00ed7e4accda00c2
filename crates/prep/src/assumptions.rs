//! What is assumed where no source speaks: `data/aannames.toml`, as values.

use std::sync::LazyLock;

use gasvrij3d::home::Typology;
use serde::Deserialize;

/// All assumptions.
#[derive(Debug, Default, Deserialize)]
pub struct Assumptions {
    /// Plausible build years.
    #[serde(rename = "bouwjaar")]
    pub build_year: Years,
    /// Plausible floor areas.
    #[serde(rename = "oppervlakte")]
    pub floor_area: FloorAreas,
    /// When a monument was built.
    #[serde(rename = "monument")]
    pub monument: Monuments,
    /// Plausible heights.
    #[serde(rename = "hoogte")]
    pub heights: Heights,
    /// When two buildings are neighbours.
    #[serde(rename = "typologie")]
    pub typology: Neighbours,
    /// Heights of buildings that were not measured.
    #[serde(rename = "hoogte_aanname")]
    pub height: HeightTable,
    /// Buildings with flats.
    #[serde(rename = "woongebouw")]
    pub flats: Flats,
    /// Which homes belong to a heat network.
    #[serde(rename = "warmtenet")]
    pub network: Network,
    /// Homes per hectare.
    #[serde(rename = "dichtheid")]
    pub density: Density,
    /// Periods of construction.
    #[serde(rename = "perioden")]
    pub periods: Periods,
    /// Classes of heat.
    #[serde(rename = "warmteklassen")]
    pub heat_classes: HeatClasses,
    /// How sure the kind of a home is.
    #[serde(rename = "zekerheid")]
    pub certainty: Certainty,
    /// The envelope of one flat.
    #[serde(rename = "flat_schil")]
    pub flat_shell: FlatShell,
    /// What cannot both be true.
    #[serde(rename = "tegenspraak")]
    pub contradiction: Contradiction,
}

/// Periods of construction, by their last years.
#[derive(Debug, Default, Deserialize)]
pub struct Periods {
    #[serde(rename = "tot_en_met")]
    until: Vec<u16>,
}

impl Periods {
    /// The period that a year lies in: `1946-1964`, and `-1929` and `2015-` at the ends.
    pub fn of(&self, year: u16) -> String {
        let next = self.until.partition_point(|end| *end < year);
        let from =
            next.checked_sub(1).and_then(|i| self.until.get(i)).map_or(String::new(), |end| (end + 1).to_string());
        let end = self.until.get(next).map_or(String::new(), u16::to_string);
        format!("{from}-{end}")
    }
}

/// Classes of heat, by where each ends, GJ a year.
#[derive(Debug, Default, Deserialize)]
pub struct HeatClasses {
    #[serde(rename = "gj_tot")]
    until: Vec<u16>,
}

impl HeatClasses {
    /// The class that a heat lies in: `20-30` from 20 to just under 30, and `-20` and `75-` at the ends.
    pub fn of(&self, gj: f64) -> String {
        let next = self.until.partition_point(|end| f64::from(*end) <= gj);
        let bound = |i: Option<usize>| i.and_then(|i| self.until.get(i)).map_or(String::new(), u16::to_string);
        format!("{}-{}", bound(next.checked_sub(1)), bound(Some(next)))
    }
}

/// How sure the kind of a home is.
#[derive(Debug, Default, Deserialize)]
pub struct Certainty {
    /// Gap beyond which two buildings surely stand apart, metres.
    #[serde(rename = "ruime_tolerantie_m")]
    pub wide_gap: f64,
    /// Shared wall in a height model that is a neighbour, m².
    #[serde(rename = "scheidingsmuur_m2")]
    pub shared_wall_m2: f64,
    /// Most homes of an upstairs-downstairs building.
    #[serde(rename = "bovenwoning_woningen")]
    pub upstairs_homes: u32,
    /// Its most floors.
    #[serde(rename = "bovenwoning_verdiepingen")]
    pub upstairs_floors: u32,
}

/// The envelope of one flat.
#[derive(Debug, Default, Deserialize)]
pub struct FlatShell {
    /// Share of the façade that belongs to homes.
    #[serde(rename = "gevel_deel")]
    pub wall: f64,
    /// Parts of the façade that a home at the corner has for each one of a home in the middle.
    #[serde(rename = "hoek_delen")]
    pub corner: f64,
}

/// What cannot both be true.
#[derive(Debug, Default, Deserialize)]
pub struct Contradiction {
    /// Years between the label and the BAG.
    #[serde(rename = "bouwjaar_verschil")]
    pub years: u16,
    /// Floors' worth of homes on one footprint.
    #[serde(rename = "meeste_verdiepingen")]
    pub floors: f64,
    /// From an address to its pand, metres.
    #[serde(rename = "punt_buiten_pand_m")]
    pub outside: f64,
}

/// The first and last plausible year.
#[derive(Debug, Default, Deserialize)]
pub struct Years {
    #[serde(rename = "vroegste")]
    first: u16,
    #[serde(rename = "laatste")]
    last: u16,
}

impl Years {
    /// Whether the year is plausible.
    pub fn contains(&self, year: u16) -> bool {
        (self.first..=self.last).contains(&year)
    }
}

/// When a monument was built.
#[derive(Debug, Default, Deserialize)]
pub struct Monuments {
    /// The last year in which a protected building was built.
    #[serde(rename = "gebouwd_tot")]
    pub built_until: u16,
}

/// The smallest and largest plausible floor area, m².
#[derive(Debug, Default, Deserialize)]
pub struct FloorAreas {
    #[serde(rename = "laagste_m2")]
    low: f64,
    #[serde(rename = "hoogste_m2")]
    high: f64,
}

impl FloorAreas {
    /// Whether the area is plausible.
    pub fn contains(&self, square_metres: f64) -> bool {
        (self.low..=self.high).contains(&square_metres)
    }
}

/// The lowest and highest plausible height, metres.
#[derive(Debug, Default, Deserialize)]
pub struct Heights {
    #[serde(rename = "laagste_m")]
    low: f64,
    #[serde(rename = "hoogste_m")]
    high: f64,
}

impl Heights {
    /// Whether the height is plausible.
    pub fn contains(&self, metres: f64) -> bool {
        (self.low..=self.high).contains(&metres)
    }
}

/// When two buildings share a wall, and which count.
#[derive(Debug, Default, Deserialize)]
pub struct Neighbours {
    /// Gap that is still a shared wall, metres.
    #[serde(rename = "tolerantie_m")]
    pub tolerance: f64,
    /// Shortest shared wall, metres.
    #[serde(rename = "gedeelde_muur_m")]
    pub shared_wall: f64,
    /// Smallest building without a home that is a neighbour, m².
    #[serde(rename = "kleinste_buur_m2")]
    pub smallest: f64,
    /// Floors from which a flat is high.
    #[serde(rename = "hoge_flat_verdiepingen")]
    pub high_flat_floors: u32,
    /// Height of a floor, metres.
    #[serde(rename = "verdieping_m")]
    pub floor: f64,
}

/// Heights by kind.
#[derive(Debug, Default, Deserialize)]
pub struct HeightTable {
    #[serde(rename = "zonder_adres")]
    no_address: Vec<BySize>,
    #[serde(rename = "zonder_woning")]
    no_home: Vec<BySize>,
    #[serde(rename = "eengezins")]
    houses: Vec<ByYear>,
    #[serde(rename = "klein_huis")]
    small_house: BySize,
}

#[derive(Debug, Default, Deserialize)]
struct BySize {
    #[serde(rename = "tot_m2")]
    below: f64,
    #[serde(rename = "hoogte_m")]
    height: f64,
}

#[derive(Debug, Deserialize)]
struct ByYear {
    typ: Typology,
    #[serde(rename = "tot_jaar")]
    until: u16,
    #[serde(rename = "hoogte_m")]
    height: f64,
}

fn by_size(table: &[BySize], area: f64) -> f64 {
    table.iter().find(|row| area < row.below).or(table.last()).map_or(0.0, |row| row.height)
}

impl HeightTable {
    /// A building without an address.
    pub fn without_address(&self, area: f64) -> f64 {
        by_size(&self.no_address, area)
    }

    /// A building with addresses and without homes.
    pub fn without_home(&self, area: f64) -> f64 {
        by_size(&self.no_home, area)
    }

    /// A house of one home.
    pub fn house(&self, typ: Typology, year: Option<u16>, area: f64) -> f64 {
        if area < self.small_house.below {
            return self.small_house.height;
        }
        let mut rows = self.houses.iter().filter(|row| row.typ == typ);
        let row = match year {
            Some(year) => rows.find(|row| year <= row.until),
            None => rows.next_back(),
        };
        row.map_or(self.small_house.height, |row| row.height)
    }
}

/// Buildings with flats.
#[derive(Debug, Default, Deserialize)]
pub struct Flats {
    #[serde(rename = "woning_m2")]
    home: f64,
    #[serde(rename = "nuttig_deel")]
    useful: f64,
    #[serde(rename = "verdieping_m")]
    floor: f64,
    #[serde(rename = "dak_m")]
    roof: f64,
    #[serde(rename = "dak_oud_m")]
    old_roof: f64,
    #[serde(rename = "oud_tot_jaar")]
    old_until: u16,
    #[serde(rename = "minst")]
    least: u32,
    #[serde(rename = "meest")]
    most: u32,
}

impl Flats {
    /// Height of a building with flats. Shops below them take a floor of their own.
    pub fn height(&self, building: &FlatBuilding) -> f64 {
        let area = building.known_area.unwrap_or(f64::from(building.homes) * self.home);
        let floors = (area / (building.footprint * self.useful).max(1.0)).round() + f64::from(u8::from(building.shops));
        let old = building.year.is_some_and(|year| year <= self.old_until);
        let roof = if old { self.old_roof } else { self.roof };
        floors.clamp(f64::from(self.least), f64::from(self.most)) * self.floor + roof
    }
}

/// What is known of a building with flats.
pub struct FlatBuilding {
    /// Homes in it.
    pub homes: u32,
    /// Whether there are other addresses in it.
    pub shops: bool,
    /// Floor area of the homes where it is registered, m².
    pub known_area: Option<f64>,
    /// Footprint, m².
    pub footprint: f64,
    /// Year of construction.
    pub year: Option<u16>,
}

/// Which homes belong to a network.
#[derive(Debug, Default, Deserialize)]
pub struct Network {
    /// From a main, metres.
    #[serde(rename = "reikwijdte_m")]
    pub reach: f64,
    /// Beyond which a distance says nothing, metres.
    #[serde(rename = "verste_m")]
    pub furthest: f64,
}

/// Homes per hectare.
#[derive(Debug, Default, Deserialize)]
pub struct Density {
    /// Around a home, metres.
    #[serde(rename = "straal_m")]
    pub radius: f64,
}

/// The assumptions. They are part of the program: a test reads them, so that this never falls back.
pub fn assumptions() -> &'static Assumptions {
    static ASSUMPTIONS: LazyLock<Assumptions> = LazyLock::new(|| parse().unwrap_or_default());
    &ASSUMPTIONS
}

fn parse() -> Result<Assumptions, toml::de::Error> {
    toml::from_str(include_str!("../../../data/aannames.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_assumptions_reads() {
        assert_eq!(parse().err(), None);
    }

    #[test]
    fn a_year_lies_in_the_period_that_ends_with_it() {
        let of = |year| assumptions().periods.of(year);
        assert_eq!([of(1650), of(1929), of(1930), of(1964)], ["-1929", "-1929", "1930-1945", "1946-1964"]);
        assert_eq!([of(1998), of(2014), of(2015)], ["1992-2005", "2006-2014", "2015-"]);
    }

    #[test]
    fn a_heat_lies_in_the_class_that_begins_with_it() {
        let of = |gj| assumptions().heat_classes.of(gj);
        assert_eq!([of(0.0), of(19.9), of(20.0), of(74.9), of(75.0)], ["-20", "-20", "20-30", "50-75", "75-"]);
    }

    #[test]
    fn each_kind_of_building_has_a_height_a_resident_would_believe() {
        let a = assumptions();
        assert!((2.0..3.0).contains(&a.height.without_address(8.0)));
        for typ in [Typology::Vrij, Typology::TweeKap, Typology::Hoek, Typology::Tussen] {
            for year in [None, Some(1650), Some(1930), Some(2020)] {
                assert!((6.0..10.0).contains(&a.height.house(typ, year, 60.0)), "{typ:?} {year:?}");
            }
        }
        let flats = |homes, shops, footprint, year| {
            a.flats.height(&FlatBuilding { homes, shops, known_area: None, footprint, year })
        };
        // Sixty flats on 900 m²: five or six floors. A lying number of homes is no tower to the clouds.
        assert!((14.0..21.0).contains(&flats(60, false, 900.0, Some(1970))));
        assert!(flats(10_000, false, 900.0, None) < 60.0);
        // Upstairs and downstairs in 1910, and the same above a shop.
        assert!((8.0..12.0).contains(&flats(2, false, 75.0, Some(1910))));
        assert!(flats(2, true, 75.0, Some(1910)) > flats(2, false, 75.0, Some(1910)) + 2.0);
    }
}
