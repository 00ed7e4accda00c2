//! What a kind of road, water or green in a source is on our map. Own codes pass; the words of OpenMapTiles and
//! OpenStreetMap, the BGT, TOP10NL and the NWB are translated.

use gasvrij3d::tile::{GreenClass, RailClass, RoadClass, WaterClass};

use super::record::Record;

/// Columns that tell the kind, the most telling first.
const KIND: [&str; 4] = ["soort", "class", "fclass", "function"];
/// What registers write for no value.
const NO_VALUE: [&str; 3] = ["waardeonbekend", "geenwaarde", "onbekend"];

/// Each column's word that says something, in lower case.
fn words<'a>(record: &'a Record, columns: &'a [&str]) -> impl Iterator<Item = String> + 'a {
    let all = columns.iter().filter_map(|column| record.text(&[column])).map(|text| text.to_lowercase());
    all.filter(|word| !NO_VALUE.contains(&word.as_str()))
}

/// What a source calls the kind, to show to a person.
pub fn named(record: &Record) -> String {
    words(record, &KIND).chain(words(record, &ROAD)).next().unwrap_or_default()
}

const ROAD: [&str; 4] = ["hoofdverkeersgebruik", "typeweg", "bst_code", "wegbehsrt"];

/// The kind of road, or `None` where it is not shown (ferries, piers, works).
pub fn road(record: &Record) -> Option<RoadClass> {
    // The NWB says by whom a road is kept; of the state's roads those with an A are motorways.
    let number = record.text(&["wegnr_hmp", "wegnr_aw", "wegnummer"]).unwrap_or_default();
    let motorway = number.starts_with('A') || record.text(&["rpe_code"]).is_some_and(|c| c == "A");
    words(record, &KIND).chain(words(record, &ROAD)).find_map(|word| {
        RoadClass::from_code(&word).or(match word.as_str() {
            "motorway" | "motorway_link" | "autosnelweg" => Some(RoadClass::Motorway),
            "secondary" | "tertiary" | "secondary_link" | "tertiary_link" | "regionale weg" | "p" => {
                Some(RoadClass::Secondary)
            }
            "minor" | "busway" | "pedestrian" | "residential" | "unclassified" | "living_street" | "lokale weg"
            | "g" | "w" | "t" => Some(RoadClass::Street),
            "r" if motorway => Some(RoadClass::Motorway),
            "trunk" | "primary" | "trunk_link" | "primary_link" | "hoofdweg" | "r" => Some(RoadClass::Main),
            "service" | "parkeerplaats" | "parkeerplaats: carpool" => Some(RoadClass::Service),
            "track" | "cycleway" | "fietsers, bromfietsers" | "fp" => Some(RoadClass::Cycle),
            "path" | "footway" | "steps" | "bridleway" | "voetgangers" | "vp" | "vdf" => Some(RoadClass::Foot),
            _ => None,
        })
    })
}

/// The kind of railway, or `None` where it is not shown.
pub fn rail(record: &Record) -> Option<RailClass> {
    words(record, &KIND).chain(words(record, &["typespoorbaan"])).find_map(|word| {
        RailClass::from_code(&word).or(match word.as_str() {
            "rail" | "narrow_gauge" => Some(RailClass::Rail),
            "tram" | "light_rail" | "transit" | "sneltram" => Some(RailClass::Tram),
            _ => None,
        })
    })
}

/// The kind of water. `lake` is what OpenMapTiles calls any water it knows no better name for.
pub fn water(record: &Record) -> WaterClass {
    let found = words(record, &["plus-type", "typewater"]).chain(words(record, &KIND)).find_map(|word| {
        WaterClass::from_code(&word).or(match word.as_str() {
            "river" | "beek" => Some(WaterClass::River),
            "canal" | "kanaal" | "haven" => Some(WaterClass::Canal),
            "pond" | "reservoir" | "watervlakte" => Some(WaterClass::Lake),
            "ditch" | "stream" | "greppel, droge sloot" => Some(WaterClass::Ditch),
            _ if word.starts_with("meer, plas") => Some(WaterClass::Lake),
            _ => None,
        })
    });
    found.unwrap_or(WaterClass::Other)
}

/// The kind of green or other open ground, or `None` where the bare map shows it as well. The finer kind says more than
/// the class.
pub fn green(record: &Record) -> Option<GreenClass> {
    let finer = record.text(&["subclass"]).unwrap_or_default();
    let word = words(record, &KIND).chain(words(record, &["typelandgebruik", "bgt-fysiekvoorkomen"])).next();
    let word = word.unwrap_or_default();
    let class = match (word.as_str(), &*finer) {
        (_, "park" | "village_green" | "recreation_ground") => GreenClass::Park,
        (_, "allotments" | "garden")
        | ("fruitteelt" | "fruitkwekerij" | "boomteelt" | "boomkwekerij" | "boomgaard", _) => GreenClass::Garden,
        ("wood" | "forest" | "loofbos" | "naaldbos" | "gemengd bos" | "houtwal", _) => GreenClass::Wood,
        ("pitch" | "stadium" | "sportterrein", _) => GreenClass::Pitch,
        ("cemetery" | "dodenakker" | "dodenakker met bos", _) => GreenClass::Cemetery,
        ("farmland" | "farm" | "bouwland" | "akkerland", _) => GreenClass::Farmland,
        ("sand" | "duin" | "open duinvegetatie" | "gesloten duinvegetatie", _) => GreenClass::Sand,
        ("playground" | "park" | "groenvoorziening", _) => GreenClass::Park,
        (
            "gesloten verharding"
            | "open verharding"
            | "inrit"
            | "parkeervlak"
            | "voetpad"
            | "voetpad op trap"
            | "fietspad"
            | "voetgangersgebied"
            | "ov-baan"
            | "woonerf"
            | "ruiterpad"
            | "verkeerseiland",
            _,
        ) => GreenClass::Paved,
        (
            "grass" | "meadow" | "wetland" | "berm" | "grasland" | "oever, slootkant" | "heide" | "moeras" | "rietland"
            | "kwelder" | "struiken" | "transitie",
            _,
        ) => GreenClass::Grass,
        ("erf" | "half verhard" | "onverhard" | "bebouwd gebied" | "spoorbaanlichaam" | "spoorbaan" | "overig", _) => {
            return None;
        }
        (word, _) => GreenClass::from_code(word).unwrap_or_else(|| by_beginning(word)),
    };
    Some(class)
}

fn by_beginning(word: &str) -> GreenClass {
    let begins = |with: &str| word.starts_with(with);
    if begins("rijbaan") {
        GreenClass::Paved
    } else if begins("grasland") {
        GreenClass::Grass
    } else if begins("bos") {
        GreenClass::Wood
    } else {
        GreenClass::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::record::Value;

    fn record(columns: &[(&str, &str)]) -> Record {
        let names: Vec<String> = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        Record::new(names.into(), columns.iter().map(|(_, text)| Value::Text((*text).to_owned())).collect())
    }

    #[test]
    fn every_register_has_its_own_word_for_the_same_road() {
        for (columns, class) in [
            ([("soort", "straat"), ("x", "")], RoadClass::Street),
            ([("class", "minor"), ("brunnel", "bridge")], RoadClass::Street),
            ([("fclass", "residential"), ("x", "")], RoadClass::Street),
            ([("typeweg", "lokale weg"), ("hoofdverkeersgebruik", "gemengd verkeer")], RoadClass::Street),
            ([("typeweg", "overig"), ("hoofdverkeersgebruik", "voetgangers")], RoadClass::Foot),
            ([("wegbehsrt", "G"), ("bst_code", "")], RoadClass::Street),
            ([("wegbehsrt", "G"), ("bst_code", "FP")], RoadClass::Cycle),
            ([("wegbehsrt", "R"), ("wegnr_hmp", "A9")], RoadClass::Motorway),
            ([("wegbehsrt", "R"), ("wegnr_hmp", "N208")], RoadClass::Main),
        ] {
            assert_eq!(road(&record(&columns)), Some(class), "{columns:?}");
        }
        assert_eq!(road(&record(&[("class", "ferry")])), None);
    }

    #[test]
    fn water_and_green_go_by_the_finest_word_that_says_something() {
        assert_eq!(water(&record(&[("class", "waterloop"), ("plus-type", "sloot")])), WaterClass::Ditch);
        assert_eq!(water(&record(&[("class", "watervlakte"), ("plus-type", "waardeOnbekend")])), WaterClass::Lake);
        assert_eq!(green(&record(&[("class", "grass"), ("subclass", "park")])), Some(GreenClass::Park));
        assert_eq!(green(&record(&[("class", "grasland agrarisch")])), Some(GreenClass::Grass));
        assert_eq!(green(&record(&[("function", "rijbaan lokale weg")])), Some(GreenClass::Paved));
        assert_eq!(green(&record(&[("typelandgebruik", "bos: loofbos")])), Some(GreenClass::Wood));
        assert_eq!(green(&record(&[("class", "erf")])), None);
    }
}
