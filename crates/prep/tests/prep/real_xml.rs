//! Real deliveries in XML, with the counts that another reader found in them. Skipped where they are not there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, missing_docs)]

use crate::support::{adds_up, layer, read_kept, shared};
use gasvrij3d::tile::{GreenClass, WaterClass};
use prep::model::Date;
use prep::read::{Options, Origin, Part, read_file};

fn read(file: &str, options: &Options) -> Option<Part> {
    let origin = Origin { id: "test".to_owned(), ..Origin::default() };
    let part = read_file(&shared(file)?, &origin, options).unwrap();
    adds_up(&prep::report::Report { files: vec![part.report.clone()], ..Default::default() });
    Some(part)
}

#[test]
fn every_version_of_every_pand_of_doesburg() {
    let file = "doesburg/0221PND15092020.zip";
    let Some(part) = read(file, &Options::default()) else { return };
    let tally = layer(&part, "Pand");
    assert_eq!((tally.read, tally.kept), (13_098, 7_221));
    assert_eq!(tally.rejected["a version that is not valid on the day"].count, 5_301);
    // Of the 7,797 versions that hold, those in use, being changed or not yet measured are kept: 7204 + 14 + 3.
    let by_status = &tally.rejected["the pand is not in use (by its status)"];
    assert_eq!(by_status.count, 389 + 168 + 12 + 6 + 1);
    assert_eq!(part.about.known_as, Some("bag"));
    let years: Vec<u16> = part.town.buildings.iter().filter_map(|b| b.year).collect();
    assert_eq!((years.iter().min(), years.iter().max().map(|y| *y <= 2020)), (Some(&1286), Some(true)));
    // On an earlier day other versions hold, in use or not.
    let part = read(file, &Options { reference: Date::parse("2015-01-01"), ..Options::default() }).unwrap();
    let tally = layer(&part, "Pand");
    assert_eq!(tally.read - tally.rejected["a version that is not valid on the day"].count, 7_373);
}

#[test]
fn the_national_delivery_in_miniature_zips_in_a_zip() {
    let file = "bag-levering/BAGNLDL-15092020-small.zip";
    let Some(part) = read(file, &Options::default()) else { return };
    for (name, count) in [
        ("Pand", 6),
        ("Verblijfsobject", 5),
        // 14, and one that is no BAG object any more, which lies in a file of its own.
        ("Nummeraanduiding", 15),
        ("OpenbareRuimte", 201),
        ("Woonplaats", 1),
        ("GemeenteWoonplaatsRelatie", 8_504),
    ] {
        assert_eq!(read_kept(&part, name).0, count, "{name}");
    }
    assert_eq!(layer(&part, "Nummeraanduiding").rejected["no BAG object any more"].count, 1);
    assert_eq!((read_kept(&part, "Pand").1, read_kept(&part, "OpenbareRuimte").1), (2, 198));
    // Addresses are put together from three other files.
    let mut addresses: Vec<String> =
        part.town.dwellings.iter().map(|d| format!("{} {}", d.address.street, d.address.number)).collect();
    addresses.sort();
    assert_eq!(addresses.len(), 2, "{addresses:?}");
    for dwelling in &part.town.dwellings {
        assert_eq!(dwelling.address.place, "Doesburg");
        assert!(!dwelling.address.street.is_empty(), "{dwelling:?}");
        assert!(!dwelling.panden.is_empty());
    }
    // The woonplaats belongs to Doesburg: asked for, its outline is the border; asked for another town nothing is left.
    let of = |code: &str| read(file, &Options { code: code.to_owned(), ..Options::default() }).unwrap();
    let doesburg = of("GM0221");
    assert_eq!((doesburg.town.border.len(), doesburg.town.dwellings.len(), doesburg.town.buildings.len()), (1, 2, 2));
    let other = of("GM0392");
    assert_eq!((other.town.dwellings.len(), layer(&other, "Woonplaats").kept), (0, 0));
}

#[test]
fn the_bgt_of_otterlo_without_what_has_ended() {
    let Some(part) = read("otterlo/bgt-otterlo.zip", &Options::default()) else { return };
    assert_eq!(part.about.known_as, Some("bgt"));
    for (name, read, ended) in
        [("pand", 2_273, 312), ("wegdeel", 2_444, 466), ("waterdeel", 1_163, 208), ("begroeidterreindeel", 1_168, 160)]
    {
        let tally = layer(&part, name);
        assert_eq!(tally.read, read, "{name}");
        assert_eq!(tally.rejected["it has ended (terminationDate)"].count, ended, "{name}");
    }
    // Everything that is there now.
    assert_eq!(read_kept(&part, "wegdeel").1, 1_252);
    assert_eq!(read_kept(&part, "waterdeel").1, 296);
    assert_eq!(read_kept(&part, "begroeidterreindeel").1, 638);
    assert!(part.town.green.iter().any(|(c, _)| *c == GreenClass::Wood));
    assert!(part.town.green.iter().any(|(c, _)| *c == GreenClass::Paved));
    assert!(part.town.water.iter().any(|(c, _)| *c == WaterClass::Ditch));
}
