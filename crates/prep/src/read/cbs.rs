//! Figures of the statistics office (CBS) on buurten, wijken, municipalities and postcodes, by the column names of every
//! year. What is secret or missing there (negative numbers) is missing here; figures about fewer than ten are not kept.

use std::collections::BTreeMap;

use super::dwellings::Dwellings;
use super::record::Record;
use super::values::{Postcode, Rule};
use crate::area::{AreaLevel, AreaStatistics, MeterProduct, MeterRange, Statistic};
use crate::report::{Place, Tally};

/// Figures about fewer persons or dwellings are not kept.
const FEWEST: f64 = 10.0;

const PROTECTS: &str = "Nothing is to be done: this protects the residents.";

/// The columns of each figure, newest name first: CBS changes them from year to year, and `gasverbruikkoopwoning` has no
/// underscore in its own files.
const COLUMNS: [(Statistic, &[&str]); 18] = [
    (Statistic::Inhabitants, &["aantal_inwoners", "aant_inw"]),
    (Statistic::Households, &["aantal_huishoudens", "aantal_hh"]),
    (Statistic::Dwellings, &["woningvoorraad", "aantal_woningen", "woningen"]),
    (Statistic::OwnedPct, &["percentage_koopwoningen"]),
    (Statistic::RentedPct, &["percentage_huurwoningen"]),
    (
        Statistic::CorporationPct,
        &["perc_huurwoningen_in_bezit_woningcorporaties", "percentage_huurwoningen_in_bezit_woningcorporaties"],
    ),
    (
        Statistic::OtherLandlordPct,
        &["perc_huurwoningen_in_bezit_overige_verhuurders", "percentage_huurwoningen_in_bezit_overige_verhuurders"],
    ),
    (Statistic::Before2000Pct, &["percentage_bouwjaarklasse_tot_2000", "percentage_bouwjaar_voor_2000"]),
    (
        Statistic::Gas,
        &["gemiddeld_aardgasverbruik", "gemiddeld_gasverbruik_totaal", "gemiddeld_aardgasverbruik_totaal"],
    ),
    (Statistic::GasFlat, &["gemiddeld_gasverbruik_appartement"]),
    (Statistic::GasTerraced, &["gemiddeld_gasverbruik_tussenwoning"]),
    (Statistic::GasCorner, &["gemiddeld_gasverbruik_hoekwoning"]),
    (Statistic::GasSemiDetached, &["gemiddeld_gasverbruik_2_onder_1_kap_woning"]),
    (Statistic::GasDetached, &["gemiddeld_gasverbruik_vrijstaande_woning"]),
    (Statistic::GasRented, &["gemiddeld_gasverbruik_huurwoning"]),
    (Statistic::GasOwned, &["gemiddeld_gasverbruikkoopwoning", "gemiddeld_gasverbruik_koopwoning"]),
    (Statistic::Electricity, &["gemiddelde_elektriciteitslevering", "gemiddeld_elektriciteitsverbruik_totaal"]),
    (Statistic::DistrictHeatPct, &["percentage_woningen_met_stadsverwarming"]),
];

/// Where a postcode area has its postcode.
pub const POSTCODE: [&str; 3] = ["postcode6", "pc6", "postcode"];

/// The code of an area, with its letters: older files leave `BU` out.
pub fn code(level: AreaLevel, record: &Record) -> Option<String> {
    let (names, letters, digits): (&[&str], _, _) = match level {
        AreaLevel::Buurt => (&["buurtcode", "bu_code", "code"], "BU", 8),
        AreaLevel::Wijk => (&["wijkcode", "wk_code", "code"], "WK", 6),
        AreaLevel::Gemeente => (&["gemeentecode", "gm_code", "code"], "GM", 4),
    };
    let found = record.text(names)?.to_uppercase();
    let number = found.strip_prefix(letters).unwrap_or(&found);
    (number.len() == digits && number.bytes().all(|b| b.is_ascii_digit())).then(|| format!("{letters}{number}"))
}

/// Whether a feature is open water, which CBS counts with the buurten and municipalities.
pub fn is_water(record: &Record) -> bool {
    record.text(&["water", "h2o"]).is_some_and(|w| w.eq_ignore_ascii_case("ja"))
}

/// The municipality an area lies in, where the row or its code says so.
pub fn municipality(record: &Record) -> Option<String> {
    code(AreaLevel::Gemeente, record).or_else(|| {
        let of = |level| code(level, record).and_then(|c| c.get(2..6).map(|digits| format!("GM{digits}")));
        of(AreaLevel::Buurt).or_else(|| of(AreaLevel::Wijk))
    })
}

/// The figures of one area, or nothing where the file has none for it.
pub fn statistics(
    level: AreaLevel,
    record: &Record,
    source: &str,
    tally: &mut Tally,
    place: &Place,
) -> Option<AreaStatistics> {
    let code = code(level, record)?;
    let mut values: BTreeMap<Statistic, f64> = BTreeMap::new();
    let mut negative = false;
    for (statistic, names) in COLUMNS {
        let Some(value) = record.number(names) else { continue };
        if value < 0.0 {
            negative = true;
        } else if unit_fits(statistic, value) {
            values.insert(statistic, value);
        } else {
            let name = names[0];
            let reason =
                format!("{} `{name}`: a percentage, or a count or use from 0 is expected: left out", Rule::Number);
            tally.remark(&reason, || (place, value));
        }
    }
    if negative {
        tally.remark("a figure is secret or missing at CBS (a negative number): left out", || place);
    }
    if few(&mut values) {
        tally.remark(&format!("{} `aantal`: at least ten is expected; left out. {PROTECTS}", Rule::TooFew), || place);
    }
    let name = record.text(&["buurtnaam", "bu_naam", "wijknaam", "wk_naam", "gemeentenaam", "gm_naam", "naam"]);
    let name = name.unwrap_or_default().into_owned();
    (!values.is_empty()).then(|| AreaStatistics { code, name, values, source: source.to_owned() })
}

fn unit_fits(statistic: Statistic, value: f64) -> bool {
    !statistic.code().ends_with("_pct") || value <= 100.0
}

/// Takes figures out that are about fewer than ten, or not known to be about ten or more.
fn few(values: &mut BTreeMap<Statistic, f64>) -> bool {
    const PEOPLE: [Statistic; 2] = [Statistic::Inhabitants, Statistic::Households];
    let before = values.len();
    let enough = |values: &BTreeMap<Statistic, f64>, of: &[Statistic]| {
        of.iter().filter_map(|s| values.get(s)).copied().fold(0.0, f64::max) >= FEWEST
    };
    let homes = enough(values, &[Statistic::Dwellings, Statistic::Households]);
    // A count of dwellings tells nothing of the people in them.
    values.retain(|statistic, value| {
        if PEOPLE.contains(statistic) { *value >= FEWEST } else { homes || *statistic == Statistic::Dwellings }
    });
    values.len() < before
}

/// Use of gas and electricity in one postcode (CBS postcode 6).
pub fn postcode(record: &Record, known: &Dwellings, source: &str) -> Result<Vec<MeterRange>, &'static str> {
    let code = record.text(&POSTCODE).unwrap_or_default();
    let Some(code) = Postcode::parse(code.as_bytes()) else {
        return Err("V17 `postcode6`: a postcode (four digits and two letters) is expected");
    };
    if !known.any_with(code..=code) {
        return Err("no dwelling with these postcodes was read");
    }
    let connections = record.number(&["aantal_woningen"]).unwrap_or(-1.0);
    if connections < FEWEST {
        return Err(
            "V18 `woningen`: at least ten is expected; not kept. Nothing is to be done: this protects the residents.",
        );
    }
    let of = |product, name| {
        let average = record.number(&[name]).filter(|average| *average >= 0.0)?;
        let (from, to) = (code.to_string(), code.to_string());
        let connections = connections as u32;
        let (street, active_pct) = (String::new(), None);
        Some(MeterRange { from, to, street, product, connections, active_pct, average, source: source.to_owned() })
    };
    let gas = of(MeterProduct::Gas, "gemiddeld_gasverbruik_woning");
    let electricity = of(MeterProduct::Electricity, "gemiddeld_elektriciteitsverbruik_woning");
    let uses: Vec<MeterRange> = gas.into_iter().chain(electricity).collect();
    if uses.is_empty() { Err("the use is secret or missing at CBS") } else { Ok(uses) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::read::dwellings::tests::zijlweg;
    use crate::read::record::Value;

    fn record(columns: &[(&str, &str)]) -> Record {
        let names: Vec<String> = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        let values = columns.iter().map(|(_, value)| Value::Text((*value).to_owned())).collect();
        Record::new(names.into(), values)
    }

    fn read(columns: &[(&str, &str)]) -> (Option<AreaStatistics>, String) {
        let mut tally = Tally::new("buurt");
        let found = statistics(AreaLevel::Buurt, &record(columns), "cbs", &mut tally, &Place::default());
        (found, tally.to_string())
    }

    #[test]
    fn the_names_of_every_year_mean_the_same() {
        let new = [("buurtcode", "BU05182665"), ("woningvoorraad", "2500"), ("gemiddeld_aardgasverbruik", "950")];
        let old = [("bu_code", "05182665"), ("aantal_hh", "2500"), ("gemiddeld_gasverbruik_totaal", "950")];
        for columns in [new, old] {
            let found = read(&columns).0.unwrap();
            assert_eq!((found.code.as_str(), found.values[&Statistic::Gas]), ("BU05182665", 950.0));
        }
        let (found, _) =
            read(&[("buurtcode", "BU05182665"), ("woningvoorraad", "20"), ("gemiddeld_gasverbruikkoopwoning", "1200")]);
        assert_eq!(found.unwrap().values.get(&Statistic::GasOwned), Some(&1200.0));
    }

    #[test]
    fn what_is_secret_at_cbs_is_missing_here() {
        let columns = [
            ("buurtcode", "BU05182665"),
            ("aantal_huishoudens", "40"),
            ("gemiddeld_gasverbruik_totaal", "-99997"),
            ("percentage_koopwoningen", "-99999999"),
            ("percentage_huurwoningen", "140"),
        ];
        let (found, told) = read(&columns);
        assert_eq!(found.unwrap().values, BTreeMap::from([(Statistic::Households, 40.0)]));
        assert!(told.contains("secret or missing at CBS") && told.contains("V16 `percentage_huurwoningen`"), "{told}");
    }

    #[test]
    fn nothing_is_told_of_fewer_than_ten() {
        let columns = [
            ("buurtcode", "BU05182665"),
            ("aantal_inwoners", "9"),
            ("aantal_huishoudens", "5"),
            ("woningvoorraad", "6"),
            ("gemiddeld_gasverbruik_totaal", "1400"),
        ];
        let (found, told) = read(&columns);
        assert_eq!(found.unwrap().values, BTreeMap::from([(Statistic::Dwellings, 6.0)]));
        assert!(told.contains("V18"), "{told}");
        let (unknown, _) = read(&[("buurtcode", "BU05182665"), ("gemiddeld_gasverbruik_totaal", "1400")]);
        assert_eq!(unknown, None, "it is not known about how many this is");
    }

    #[test]
    fn an_area_is_in_the_municipality_of_its_code() {
        assert_eq!(municipality(&record(&[("buurtcode", "03920101")])).as_deref(), Some("GM0392"));
        assert_eq!(municipality(&record(&[("wk_code", "WK051826")])).as_deref(), Some("GM0518"));
        assert_eq!(municipality(&record(&[("buurtcode", "BU1")])), None);
        assert!(is_water(&record(&[("H2O".to_lowercase().as_str(), "JA")])));
    }

    fn postcode_of(row: &Record) -> Result<Vec<MeterRange>, &'static str> {
        postcode(row, &zijlweg(), "cbs")
    }

    #[test]
    fn a_postcode_gives_its_use_where_ten_dwellings_have_it() {
        let row = |homes, gas| {
            record(&[("postcode6", "2013 AB"), ("aantal_woningen", homes), ("gemiddeld_gasverbruik_woning", gas)])
        };
        let uses = postcode_of(&row("15", "1150")).unwrap();
        assert_eq!((uses.len(), uses[0].from.as_str(), uses[0].average), (1, "2013AB", 1150.0));
        assert!(postcode_of(&row("-99997", "1150")).unwrap_err().contains("V18"));
        assert!(postcode_of(&row("5", "1150")).is_err());
        assert!(postcode_of(&row("15", "-99997")).unwrap_err().contains("secret"));
    }
}
