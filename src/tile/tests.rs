//! The tile form: there and back, read by another reader, and cut or bent without a panic.
#![allow(clippy::unwrap_used)]

use mvt_reader::Reader;
use proptest::prelude::*;

use super::*;
use crate::home::{Label, Method, Provenance, Typology};

fn house() -> Pand {
    Pand {
        id: PandId(392_100_912_345_678),
        footprint: vec![vec![
            vec![[10, 10], [60, 10], [60, 90], [10, 90]],
            vec![[20, 20], [20, 30], [30, 30], [30, 20]],
        ]],
        height_dm: 87,
        height: HeightKind::Measured,
        year: Some(1932),
        homes: 1,
        roof: Some(Roof::Sloped { eaves_dm: 55, ridge_dm: 104 }),
    }
}

fn street() -> Tile {
    let origins = [(crate::home::FactKey::Bj, Provenance { source: "bag".to_owned(), method: Method::Registered })];
    Tile {
        id: None,
        panden: vec![house()],
        woningen: vec![Woning {
            id: VboId(392_010_912_345_678),
            pand: Some(PandId(392_100_912_345_678)),
            at: [35, 50],
            address: Address {
                street: "Riouwstraat".to_owned(),
                number: 1,
                letter: "A".to_owned(),
                addition: "RD".to_owned(),
                postcode: "2022ZJ".to_owned(),
                place: "Haarlem".to_owned(),
            },
            buurt: "BU03920301".to_owned(),
            home: Home {
                bj: Some(1932),
                typ: Some(Typology::FlatLaag),
                lab: Some(Label::A2),
                q: Some(101.5),
                nvbo: Some(2),
                d_rear: Some(0.0),
                woonfunctie: Some(true),
                ..Home::default()
            },
            origins: Origins(origins.into_iter().collect()),
        }],
        water: vec![Area { class: WaterClass::River, polygon: vec![vec![[0, 0], [100, 0], [100, 5]]] }],
        groen: vec![Area { class: GreenClass::Park, polygon: vec![vec![[0, 0], [4096, 0], [4096, 4096], [0, 4096]]] }],
        weg: vec![Path { class: RoadClass::Street, name: "Riouwstraat".to_owned(), line: vec![[0, 5], [4096, 5]] }],
        spoor: vec![Path { class: RailClass::Rail, name: String::new(), line: vec![[0, 7], [-3, 9], [8, 8]] }],
        warmtenet: vec![Pipe {
            kind: Some(NetKind::Mt),
            status: NetStatus::Gepland,
            start: Some(2030),
            name: "Net Oost".to_owned(),
            line: vec![[1, 1], [2, 2]],
        }],
        plangebied: vec![PlanArea {
            name: "Oost".to_owned(),
            kind: None,
            status: NetStatus::Onderzoek,
            start: None,
            gas_ends: Some(2035),
            technique: Some(Technique::HeatNetwork),
            stage: Some(PlanStage::Draft),
            end: Some(2038),
            decision: Decision {
                title: "Warmteprogramma".to_owned(),
                url: String::new(),
                date: "2026-06-18".to_owned(),
            },
            uncertain: "De bron is nog niet gekozen.".to_owned(),
            uncertain_en: "The source has not been chosen yet.".to_owned(),
            source: "plan".to_owned(),
            polygon: vec![vec![[0, 0], [50, 0], [50, 50]]],
        }],
    }
}

#[test]
fn a_street_comes_back_as_it_went() {
    assert_eq!(decode(&encode(&street())).unwrap(), street());
}

#[test]
fn another_reader_sees_the_same_house() {
    let bytes = encode(&street());
    let reader = Reader::new(bytes).unwrap();
    let names = reader.get_layer_names().unwrap();
    assert_eq!(names, ["groen", "water", "weg", "spoor", "plangebied", "warmtenet", "pand", "woning"]);
    let panden = reader.get_features(6).unwrap();
    let outer = "(10.0 10.0,60.0 10.0,60.0 90.0,10.0 90.0,10.0 10.0)";
    let hole = "(20.0 20.0,20.0 30.0,30.0 30.0,30.0 20.0,20.0 20.0)";
    assert_eq!(format!("{:?}", panden[0].geometry), format!("MULTIPOLYGON(({outer},{hole}))"));
    assert_eq!(panden[0].id, Some(392_100_912_345_678));
}

#[test]
fn a_tile_of_another_extent_is_refused() {
    let mut bytes = encode(&street());
    let extent = bytes.windows(3).position(|w| w == [0x28, 0x80, 0x20]).unwrap();
    bytes[extent + 2] = 0x40;
    assert_eq!(decode(&bytes).unwrap_err().to_string(), "layer `groen` has extent 8192, 4096 is expected");
}

fn ring() -> impl Strategy<Value = Ring> {
    (0..4096_i32, 0..4096_i32, 1..500_i32, 1..500_i32)
        .prop_map(|(x, y, w, h)| vec![[x, y], [x + w, y], [x + w, y + h], [x, y + h]])
}

proptest! {
    #[test]
    fn any_footprint_comes_back(rings in proptest::collection::vec(ring(), 1..4), height_dm in 1_u16..4000) {
        let footprint = rings.into_iter().map(|r| vec![r]).collect();
        let tile = Tile { panden: vec![Pand { footprint, height_dm, ..house() }], ..Tile::default() };
        prop_assert_eq!(decode(&encode(&tile)).unwrap(), tile);
    }

    #[test]
    fn any_roof_comes_back(eaves_dm in 0_u16..900, slope in 1_u16..900, kind in 0..4) {
        let roof = match kind {
            0 => None,
            1 => Some(Roof::Flat),
            2 => Some(Roof::SeveralFlat),
            _ => Some(Roof::Sloped { eaves_dm, ridge_dm: eaves_dm + slope }),
        };
        let tile = Tile { panden: vec![Pand { roof, ..house() }], ..Tile::default() };
        prop_assert_eq!(decode(&encode(&tile)).unwrap(), tile);
    }

    #[test]
    fn a_bent_tile_is_an_error_or_a_tile_never_a_panic(at in 0_usize..10_000, byte: u8, cut in 0_usize..10_000) {
        let mut bytes = encode(&street());
        let length = bytes.len();
        bytes[at % length] = byte;
        bytes.truncate(length - cut % length);
        let _ = decode(&bytes);
    }
}

#[test]
fn a_plan_holds_for_what_lies_in_it_and_not_in_its_holes() {
    let square = |from: i32, to: i32| vec![[from, from], [to, from], [to, to], [from, to]];
    let mut tile = street();
    let plan = tile.plangebied[0].clone();
    tile.plangebied = vec![PlanArea { polygon: vec![square(0, 100), square(40, 60)], ..plan }];
    let planned = |at: Point| tile.plans_at(at).count();
    assert_eq!([[10, 10], [50, 50], [99, 41], [101, 50], [-1, 50]].map(planned), [1, 0, 1, 0, 0]);
}

#[test]
fn whoever_asks_about_a_home_reads_the_panden_dwellings_and_plans_only() {
    let Tile { panden, woningen, plangebied, .. } = street();
    assert!(!street().water.is_empty() && !plangebied.is_empty());
    let bytes = encode(&street());
    for piece in [1, 2, 1_000] {
        let mut reading = Reading::of_homes(&bytes).unwrap();
        while !reading.go_on(piece).unwrap() {}
        let (panden, woningen, plangebied) = (panden.clone(), woningen.clone(), plangebied.clone());
        assert_eq!(reading.tile(), Tile { panden, woningen, plangebied, ..Tile::default() });
    }
}
