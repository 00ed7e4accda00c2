//! Tiles that no town has: making their meshes ends, and what is drawn can be drawn.

use proptest::prelude::*;

use super::*;
use crate::home::{NetKind, NetStatus, PandId};
use crate::tile::{Area, HeightKind, Pand, Path, Pipe, Ring, RoadClass, Roof, WaterClass};

fn pand(footprint: Vec<Vec<Ring>>, height_dm: u16, roof: Option<Roof>) -> Pand {
    Pand { id: PandId(1), footprint, height_dm, height: HeightKind::Assumed, year: None, homes: 1, roof }
}

fn square(x: i32, y: i32, side: i32) -> Ring {
    vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side]]
}

/// A line that goes to and fro over half the tile.
fn noise(corners: i32) -> Vec<Point> {
    (0..corners).map(|i| [i.wrapping_mul(7919) % 4096, i.wrapping_mul(104_729) % 4096]).collect()
}

fn assert_can_be_drawn(meshes: &TileMeshes, panden: usize) {
    for shape in [
        &meshes.buildings,
        &meshes.far,
        &meshes.blocks,
        &meshes.sheds,
        &meshes.edges,
        &meshes.ground,
        &meshes.far_ground,
    ] {
        assert!(shape.indices.iter().all(|&i| (i as usize) < shape.vertices.len()));
        assert!(shape.ids.is_empty() || shape.ids.len() == shape.vertices.len());
    }
    for shape in [&meshes.buildings, &meshes.far, &meshes.blocks, &meshes.sheds, &meshes.edges] {
        assert!(shape.vertices.iter().all(|v| v[2] <= HIGHEST_DM));
    }
    assert_eq!(meshes.footprints.len(), panden);
}

#[test]
fn what_is_drawn_as_its_hull_is_pointed_at_as_its_hull_and_what_is_left_out_is_not_there() {
    let bow_tie = vec![[0, 0], [100, 100], [100, 0], [0, 100]];
    let nothing = vec![[500, 0], [600, 0], [700, 0]];
    let panden = [bow_tie, nothing, square(900, 0, 60)].map(|ring| pand(vec![vec![ring]], 90, None)).to_vec();
    let meshes = tile_meshes(&Tile { panden, ..Tile::default() }, 0);
    assert_eq!(meshes.faults, Faults { hulls: 1, skipped: 1 });
    let seen: Vec<usize> = (0..3).map(|i| meshes.footprints.ring_points(i).len()).collect();
    assert_eq!(seen, [1, 0, 1]);
    assert!(crate::geo::ring_area2(&meshes.footprints.ring_points(0)[0]) == 2 * 100 * 100);
    assert_can_be_drawn(&meshes, 3);
}

#[test]
fn lines_and_areas_of_a_million_corners_are_left_out_and_counted() {
    let long: Vec<Point> = (0..1_000_000).map(|i| [i / 300, 40]).collect();
    let zigzag = noise(1_000_000);
    let tile = Tile {
        weg: [&long, &zigzag]
            .map(|line| Path { class: RoadClass::Street, name: "Lange weg".into(), line: line.clone() })
            .to_vec(),
        water: vec![Area { class: WaterClass::Canal, polygon: vec![zigzag.clone()] }],
        warmtenet: vec![Pipe {
            kind: Some(NetKind::Mt),
            status: NetStatus::Gepland,
            start: None,
            name: String::new(),
            line: zigzag,
        }],
        ..Tile::default()
    };
    let meshes = tile_meshes(&tile, 0);
    assert_eq!(meshes.faults, Faults { hulls: 0, skipped: 4 });
    assert!(meshes.ground.vertices.is_empty());
    // Its name may be written: one run is as good as another.
    assert!(names::names(&tile).len() <= 1);
}

#[test]
fn millions_of_corners_in_many_panden_are_drawn_up_to_what_a_town_can_be() {
    let panden: Vec<Pand> = (0..400).map(|i| pand(vec![vec![noise(1_800 + i)]], 90, None)).collect();
    let meshes = tile_meshes(&Tile { panden, ..Tile::default() }, 0);
    assert_eq!(meshes.faults, Faults { hulls: 400, skipped: 0 });
    assert_can_be_drawn(&meshes, 400);
    let round: Ring = (0..3_600)
        .map(|i| (f64::from(i) * 0.1).to_radians().sin_cos())
        .map(|(sin, cos)| [(sin * 9_000.0) as i32, (cos * 9_000.0) as i32])
        .collect();
    let panden: Vec<Pand> = (0..400).map(|_| pand(vec![vec![round.clone()]], 90, None)).collect();
    let meshes = tile_meshes(&Tile { panden, ..Tile::default() }, 0);
    assert!(meshes.faults.skipped > 200, "{:?}", meshes.faults);
    assert_can_be_drawn(&meshes, 400);
}

#[test]
fn thousands_of_panden_that_each_cover_the_tile_are_drawn_without_waiting_for_each_other() {
    let panden: Vec<Pand> = (0..20_000).map(|i| pand(vec![vec![square(i % 7, i % 11, 40_000)]], 90, None)).collect();
    let meshes = tile_meshes(&Tile { panden, ..Tile::default() }, 0);
    assert_can_be_drawn(&meshes, 20_000);
    let picker = crate::pick::Picker::new(meshes.footprints);
    let down = crate::pick::Ray { origin: [100.0, 100.0, 500.0], direction: [0.0, 0.0, -1.0] };
    assert!(picker.hit(&down).is_some());
}

fn any_ring() -> impl Strategy<Value = Ring> {
    let near = prop::collection::vec([-300..4_400_i32, -300..4_400_i32], 0..14);
    let anywhere = prop::collection::vec(any::<[i32; 2]>(), 0..6);
    let small = (0..4_000_i32, 0..4_000_i32, 1..200_i32).prop_map(|(x, y, side)| square(x, y, side));
    let flat = (0..4_000_i32, 1..9_i32).prop_map(|(x, count)| (0..count).map(|i| [x + i * 10, x]).collect());
    prop_oneof![near, anywhere, small, flat]
}

fn any_pand() -> impl Strategy<Value = Pand> {
    let roof = prop_oneof![
        Just(None),
        Just(Some(Roof::Flat)),
        any::<[u16; 2]>().prop_map(|[eaves_dm, ridge_dm]| Some(Roof::Sloped { eaves_dm, ridge_dm })),
    ];
    let polygons = prop::collection::vec(prop::collection::vec(any_ring(), 0..3), 0..3);
    (polygons, any::<u16>(), roof).prop_map(|(footprint, height_dm, roof)| pand(footprint, height_dm, roof))
}

proptest! {
    #[test]
    fn any_panden_at_all_are_drawn_or_counted(panden in prop::collection::vec(any_pand(), 0..8)) {
        let polygons: usize = panden.iter().map(|pand| pand.footprint.len()).sum();
        let (count, tile) = (panden.len(), Tile { panden, ..Tile::default() });
        let meshes = tile_meshes(&tile, 0);
        assert_can_be_drawn(&meshes, count);
        prop_assert!((meshes.faults.hulls + meshes.faults.skipped) as usize <= polygons);
        let drawn = (0..count).filter(|i| !meshes.footprints.ring_points(*i).is_empty()).count();
        prop_assert!(drawn + meshes.faults.skipped as usize <= polygons);
        // From afar the same panden are there, and no others; and what is seen from further looks the same.
        for detail in [Detail::Far, Detail::Furthest] {
            let afar = tile_meshes_at(&tile, 0, detail);
            prop_assert_eq!((&afar.footprints, afar.faults), (&meshes.footprints, meshes.faults));
            prop_assert_eq!((&afar.farthest.indices, &afar.blocks.indices), (&meshes.farthest.indices, &meshes.blocks.indices));
            let far = if detail == Detail::Far { meshes.far.indices.len() } else { 0 };
            prop_assert_eq!(afar.far.indices.len(), far);
        }
    }

    #[test]
    fn any_line_at_all_is_drawn_or_counted(line in any_ring(), planned in any::<bool>()) {
        let status = if planned { NetStatus::Gepland } else { NetStatus::Beschikbaar };
        let pipe = Pipe { kind: None, status, start: None, name: String::new(), line: line.clone() };
        let road = Path { class: RoadClass::Street, name: "Laan".into(), line: line.clone() };
        let water = Area { class: WaterClass::Lake, polygon: vec![line] };
        let tile = Tile { warmtenet: vec![pipe], weg: vec![road], water: vec![water], ..Tile::default() };
        assert_can_be_drawn(&tile_meshes(&tile, 0), 0);
        prop_assert!(names::names(&tile).len() <= 1);
    }
}
