//! How well addresses are found: in the model town, and in a real city where that is there.
#![allow(clippy::unwrap_used, clippy::print_stderr, clippy::print_stdout, missing_docs)]

mod forms;

use gasvrij3d::geo::TileId;
use gasvrij3d::home::Address;
use gasvrij3d::search::{Built, Entry, Fitting, Listed, Query, Shard, Streets, build, certain, normal};
use prep::model::Town;
use prep::read::{Options, Origin, read_file};
use prep::town::{Size, generate};

use self::forms::{Figures, Score, figures};
use crate::support::shared;

fn entries(town: &Town) -> Vec<Entry> {
    let with_street = town.dwellings.iter().filter(|d| !d.address.street.is_empty());
    with_street.map(|d| Entry { id: d.id, tile: TileId::at(d.at), at: d.at, address: d.address.clone() }).collect()
}

fn holds(place: &str, found: &Figures) {
    for (what, score) in [("real", &found.real), ("typos", &found.typos), ("additions", &found.additions)] {
        let Score { asked, .. } = score;
        println!(
            "{place}, {what}: {asked} asked, first {:.2} %, five {:.2} %, opened wrongly {}",
            score.first_percent(),
            score.five_percent(),
            score.wrong.len()
        );
        assert_eq!(score.wrong, Vec::<String>::new(), "{place}, {what}: another home would open");
    }
    let some = |score: &Score| score.missed.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    assert!(found.real.first_percent() >= 99.5, "{place}: not found\n{}", some(&found.real));
    assert!(found.typos.five_percent() >= 97.0, "{place}: not found\n{}", some(&found.typos));
    assert!(found.additions.first_percent() >= 99.5, "{place}: not found\n{}", some(&found.additions));
}

/// Enough of a town for every run; `--ignored` asks for all of it.
#[test]
fn addresses_of_the_model_town_are_found_and_none_is_opened_by_mistake() {
    let town = entries(&generate(Size::Whole, 1).unwrap());
    holds("model town", &figures(&town, 400, 600, 100));
}

#[test]
#[ignore = "a minute: 12,300 questions to each town"]
fn thousands_of_addresses_are_found_and_none_is_opened_by_mistake() {
    let town = entries(&generate(Size::Whole, 1).unwrap());
    holds("model town", &figures(&town, 2_000, 10_000, 300));
    let Some(path) = shared("haarlem/haarlem.gpkg.zip") else { return };
    let part = read_file(&path, &Origin { id: "test".to_owned(), ..Origin::default() }, &Options::default()).unwrap();
    holds("Haarlem", &figures(&entries(&part.town), 2_000, 10_000, 300));
}
