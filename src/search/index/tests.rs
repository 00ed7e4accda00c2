//! Addresses as people type them, on a small made-up town.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::search::{Built, Entry, build};

fn entry(id: u64, street: &str, number: u32, letter: &str, addition: &str, postcode: &str) -> Entry {
    Entry {
        id: VboId(392_010_000_000_000 + id),
        tile: TileId { col: 452 + (id % 3) as u32, row: 482 },
        at: [103_000.0 + id as f64 * 7.0, 488_000.0 + id as f64],
        address: Address {
            street: street.into(),
            number,
            letter: letter.into(),
            addition: addition.into(),
            postcode: postcode.into(),
            place: if street == "Kerkweg" { "Spaarndam".into() } else { "Modelstad".into() },
        },
    }
}

fn town() -> Vec<Entry> {
    let mut entries = vec![
        entry(1, "Riouwstraat", 12, "", "", "2021AB"),
        entry(2, "Riouwstraat", 12, "A", "", "2021AB"),
        entry(3, "Riouwstraat", 12, "A", "RD", "2021AB"),
        entry(4, "Riouwstraat", 12, "", "2", "2021AB"),
        entry(5, "Riouwstraat", 120, "", "", "2021AC"),
        entry(6, "Jan van der Doesstraat", 3, "", "", "2022AA"),
        entry(7, "1e Vooruitgangstraat", 8, "", "bis", "2022AB"),
        entry(8, "Plein 1944", 7, "", "", ""),
        entry(9, "Leidsevaart", 4, "", "", "2023AA"),
        entry(10, "Cornelis Houtmanstraat", 4, "", "", "2023AB"),
        entry(11, "Kerkweg", 1, "", "", "2064AA"),
        entry(12, "Kleine Kerkstraat", 1, "", "", "2064AB"),
        entry(13, "Sint Jacobstraat", 5, "", "", "2064AC"),
    ];
    for number in 1..40 {
        entries.push(entry(100 + u64::from(number), "Langeweg", number, "", "", "2024AA"));
    }
    entries
}

fn search(built: &Built, text: &str) -> Vec<String> {
    let streets = Streets::parse(&built.streets).unwrap();
    let mut lines = Vec::new();
    for found in streets.find(&Query::parse(text), 5) {
        let shard = Shard::parse(&built.shards[streets.street(found.street).unwrap().shard]).unwrap();
        lines.extend(shard.addresses(&streets, &found, 5).unwrap().iter().map(|l| l.address.to_string()));
    }
    lines
}

fn first(text: &str) -> String {
    search(&build(town()), text).into_iter().next().unwrap_or_default()
}

#[test]
fn an_address_is_found_in_every_usual_form() {
    for text in ["Riouwstraat 12A-RD", "riouwstr. 12 a rd", "RIOUWSTRAAT 12a rood", "2021AB 12 A-RD", "2021 ab 12ard"] {
        assert_eq!(first(text), "Riouwstraat 12A-RD", "{text}");
    }
    assert_eq!(first("riouwstraat 12-2"), "Riouwstraat 12-2");
    assert_eq!(first("jan v/d doesstr 3"), "Jan van der Doesstraat 3");
    assert_eq!(first("v.d. does 3"), "Jan van der Doesstraat 3");
    assert_eq!(first("eerste vooruitgangstraat 8bis"), "1e Vooruitgangstraat 8-bis");
    assert_eq!(first("plein 1944 7"), "Plein 1944 7");
    assert_eq!(first("st jacobstraat 5 modelstad"), "Sint Jacobstraat 5");
    assert_eq!(first("Riouwstraat 12 A, 2021 AB Modelstad"), "Riouwstraat 12A");
}

#[test]
fn the_plain_number_comes_before_its_additions_and_longer_numbers() {
    let found = search(&build(town()), "Riouwstraat 12");
    let wanted = ["Riouwstraat 12", "Riouwstraat 12-2", "Riouwstraat 12A", "Riouwstraat 12A-RD", "Riouwstraat 120"];
    assert_eq!(found, wanted);
}

#[test]
fn an_addition_that_does_not_exist_gives_the_others_of_that_number_and_no_other_number() {
    let found = search(&build(town()), "Riouwstraat 12 X");
    assert_eq!(found.len(), 4);
    assert!(found.iter().all(|a| a.starts_with("Riouwstraat 12") && a != "Riouwstraat 120"));
    assert!(search(&build(town()), "Riouwstraat 13").is_empty());
}

#[test]
fn a_typing_error_is_forgiven_and_a_short_word_is_not_guessed() {
    assert_eq!(first("Leidsevart 4"), "Leidsevaart 4");
    assert_eq!(first("Riuowstraat 12"), "Riouwstraat 12");
    assert_eq!(first("houtmanstrat 4"), "Cornelis Houtmanstraat 4");
    assert!(search(&build(town()), "xyz 4").is_empty());
}

#[test]
fn the_start_of_a_name_or_of_a_word_in_it_gives_the_street() {
    let built = build(town());
    let streets = Streets::parse(&built.streets).unwrap();
    let names = |text: &str| -> Vec<&str> {
        streets.find(&Query::parse(text), 5).iter().map(|f| streets.street(f.street).unwrap().name.as_str()).collect()
    };
    assert_eq!(names("kerk"), ["Kerkweg", "Kleine Kerkstraat"]);
    assert_eq!(names("riouw"), ["Riouwstraat"]);
    assert_eq!(names("2064"), ["Kerkweg", "Sint Jacobstraat", "Kleine Kerkstraat"]);
    assert!(streets.has_places());
}

#[test]
fn a_link_by_id_leads_to_tile_and_address() {
    let built = build(town());
    let streets = Streets::parse(&built.streets).unwrap();
    for entry in town() {
        let ids = Ids::parse(&built.ids[(entry.id.0 % built.ids.len() as u64) as usize]).unwrap();
        let place = ids.place(entry.id).unwrap();
        assert_eq!(place.tile, entry.tile);
        let shard = Shard::parse(&built.shards[streets.street(place.street).unwrap().shard]).unwrap();
        let located = shard.dwelling(&streets, place.street, entry.id).unwrap().unwrap();
        assert_eq!(located.address, entry.address);
    }
}

#[test]
fn a_cut_or_foreign_file_is_a_sentence() {
    for bytes in [&b"{\"places\":["[..], b"", b"<html>", b"[1,2]"] {
        let sentence = Streets::parse(bytes).unwrap_err().to_string();
        assert!(sentence.contains("prep"), "{sentence}");
        assert!(Shard::parse(bytes).is_err() && Ids::parse(bytes).is_err());
    }
    let lost = br#"{"places":[],"tiles":[],"origin":[0,0],"streets":[["A",3,0,0,0,1,""]]}"#;
    assert!(Streets::parse(lost).is_err());
}

#[test]
fn a_town_without_addresses_has_an_empty_index_that_reads() {
    let built = build(Vec::new());
    assert!(Streets::parse(&built.streets).unwrap().find(&Query::parse("a"), 5).is_empty());
    assert_eq!((built.shards.len(), built.ids.len()), (1, 1));
}

fn any_entry() -> impl Strategy<Value = Entry> {
    let street = prop::sample::select(vec!["Riouwstraat", "Plein 1944", "Langeweg", "Jan van der Doesstraat", "Hof"]);
    let addition = prop::sample::select(vec!["", "RD", "2", "bis"]);
    let letter = prop::sample::select(vec!["", "A", "b"]);
    (0..3_000_u64, street, 1..999_u32, letter, addition, prop::sample::select(vec!["", "2021AB", "2022XZ"]))
        .prop_map(|(id, street, number, letter, addition, code)| entry(id, street, number, letter, addition, code))
}

proptest! {
    #[test]
    fn the_order_of_the_addresses_makes_no_difference(
        (entries, shuffled) in prop::collection::vec(any_entry(), 0..60)
            .prop_flat_map(|entries| (Just(entries.clone()), Just(entries).prop_shuffle())),
    ) {
        prop_assert_eq!(build(entries), build(shuffled));
    }

    #[test]
    fn every_address_is_found_again_as_it_is_written(entries in prop::collection::vec(any_entry(), 1..40)) {
        let built = build(entries.clone());
        let mut seen = std::collections::BTreeSet::new();
        for e in entries.iter().filter(|e| seen.insert(e.id)) {
            if entries.iter().filter(|o| o.id == e.id).count() == 1 {
                let found = search(&built, &e.address.to_string());
                prop_assert_eq!(found.first(), Some(&e.address.to_string()));
            }
        }
    }
}
