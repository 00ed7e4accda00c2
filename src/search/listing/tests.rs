//! The same street in many villages: the place that is typed decides, and without one no home is chosen by guess.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::geo::TileId;
use crate::home::{Address, VboId};
use crate::search::{Entry, build};

const VILLAGES: [&str; 8] = ["Dorp1", "Dorp2", "Dorp3", "Dorp4", "Dorp5", "Dorp6", "Sint Pancras", "Oude Dorp1"];

fn entry(street: &str, number: u32, place: &str, id: usize) -> Entry {
    Entry {
        id: VboId(392_010_000_000_000 + id as u64),
        tile: TileId { col: 452, row: 482 },
        at: [103_000.0, 488_000.0],
        address: Address {
            street: street.into(),
            number,
            letter: String::new(),
            addition: String::new(),
            postcode: String::new(),
            place: place.into(),
        },
    }
}

/// A Kerkstraat of 20 homes in each village, and one number 99.
fn villages() -> Vec<Entry> {
    let mut entries = Vec::new();
    for place in VILLAGES {
        entries.extend((1..=20).map(|number| ("Kerkstraat", number, place)));
    }
    entries.extend([("Kerkstraat", 99, "Dorp6"), ("Molenweg", 1, "Dorp2"), ("Weg naar Dorp1", 3, "Dorp2")]);
    entries.into_iter().enumerate().map(|(id, (street, number, place))| entry(street, number, place, id)).collect()
}

/// What is listed for what is typed, and what Enter would open.
fn ask(entries: Vec<Entry>, text: &str) -> (Vec<String>, Option<String>) {
    let built = build(entries);
    let streets = Streets::parse(&built.streets).unwrap();
    let shards: Vec<Shard> = built.shards.iter().map(|shard| Shard::parse(shard).unwrap()).collect();
    let list = Fitting::find(&streets, &Query::parse(text)).list(&streets, |index| shards.get(index)).unwrap();
    let line = |listed: &Listed| match listed {
        Listed::Address(located) => format!("{}, {}", located.address, located.address.place),
        Listed::Street(index) => {
            let street = streets.street(*index).unwrap();
            format!("{}, {}", street.name, streets.place(street))
        }
    };
    (list.iter().map(line).collect(), certain(&list).map(|index| line(&list[index])))
}

#[test]
fn each_village_is_reached_with_street_number_and_place() {
    for place in VILLAGES {
        let forms = [
            format!("Kerkstraat 12 {place}"),
            format!("kerkstr. 12, {}", place.to_lowercase()),
            // As the box has it after a street was chosen.
            format!("Kerkstraat, {place} 12"),
        ];
        for text in forms {
            let wanted = format!("Kerkstraat 12, {place}");
            assert_eq!(ask(villages(), &text), (vec![wanted.clone()], Some(wanted)), "{text}");
        }
    }
}

#[test]
fn a_street_with_its_place_is_that_street_alone() {
    let (list, _) = ask(villages(), "Kerkstraat, Dorp5 ");
    assert_eq!(list.len(), MOST);
    assert!(list.iter().all(|line| line.starts_with("Kerkstraat ") && line.ends_with(", Dorp5")), "{list:?}");
    // Half a name: the street in that place comes first.
    assert_eq!(ask(villages(), "Kerk Dorp5").0.first().map(String::as_str), Some("Kerkstraat, Dorp5"));
}

#[test]
fn an_address_of_another_place_than_was_typed_does_not_open() {
    assert_eq!(ask(villages(), "Kerkstraat 99 Dorp5"), (vec![], None));
    assert_eq!(ask(villages(), "Molenweg 1 Dorp5"), (vec!["Molenweg 1, Dorp2".to_owned()], None));
    let (_, opened) = ask(villages(), "Molenweg 1");
    assert_eq!(opened.as_deref(), Some("Molenweg 1, Dorp2"));
}

#[test]
fn a_typing_error_in_the_street_leaves_the_place_as_it_is() {
    for place in ["Dorp5", "Sint Pancras"] {
        let (list, opened) = ask(villages(), &format!("Kerkstrat 12 {place}"));
        assert_eq!((list[0].as_str(), opened), (format!("Kerkstraat 12, {place}").as_str(), None));
    }
}

#[test]
fn the_name_of_a_place_may_be_part_of_a_street() {
    for text in ["Weg naar Dorp1 3", "Weg naar Dorp1 3 Dorp2"] {
        assert_eq!(ask(villages(), text).1.as_deref(), Some("Weg naar Dorp1 3, Dorp2"), "{text}");
    }
}

#[test]
fn without_a_place_the_number_is_listed_in_each_village_and_none_opens() {
    // Each street has a 10 and so on as well: those come after the 1 of all.
    let (list, opened) = ask(villages(), "Kerkstraat 1");
    let wanted: std::collections::BTreeSet<String> =
        VILLAGES.iter().map(|place| format!("Kerkstraat 1, {place}")).collect();
    assert_eq!((list[..VILLAGES.len()].iter().cloned().collect(), opened), (wanted, None));
}

#[test]
fn where_not_all_was_looked_into_nothing_opens() {
    // So many homes that each village has a file of its own; only the first and the last have a number 7.
    let many = VILLAGES.iter().enumerate().flat_map(|(village, place)| {
        let numbers = (1..=1_400).filter(move |number| *number != 7 || village == 0 || village == VILLAGES.len() - 1);
        numbers.map(move |number| entry("Kerkstraat", number, place, village * 2_000 + number as usize))
    });
    let (list, opened) = ask(many.collect(), "Kerkstraat 7");
    assert!(list.contains(&"Kerkstraat 7, Dorp1".to_owned()), "{list:?}");
    assert_eq!(opened, None);
}
