//! The surfaces through which one home loses heat, from the shape of its building: for the Standaard (`std`).

use gasvrij3d::standaard::Surfaces;

use crate::assumptions::assumptions;
use crate::model::Body;

/// Where a flat is in its building.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// On the ground floor.
    pub ground: bool,
    /// Below the roof.
    pub roof: bool,
    /// At an end of its floor.
    pub corner: bool,
}

impl Position {
    /// From a registered `Gebouwsubtype`: `Hoekdak`, `Tussenvloer`, `Hoekdakvloer`...
    pub fn from_subkind(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let (corner, floor) = match (text.strip_prefix("hoek"), text.strip_prefix("tussen")) {
            (Some(floor), _) => (true, floor),
            (_, Some(floor)) => (false, floor),
            _ => return None,
        };
        let (roof, ground) = match floor {
            "dak" => (true, false),
            "vloer" => (false, true),
            "dakvloer" => (true, true),
            "midden" => (false, false),
            _ => return None,
        };
        Some(Self { ground, roof, corner })
    }
}

/// All surfaces of a building, where each was measured.
pub fn of_building(body: &Body) -> Option<Surfaces> {
    Some(Surfaces {
        outside: body.outer_wall_m2? + body.flat_roof_m2? + body.sloped_roof_m2?,
        ground: body.ground_m2?,
        neighbour: body.shared_wall_m2.unwrap_or(0.0),
    })
}

/// The share of a building with this many homes and floors that belongs to the home at a position: the roof over the homes
/// below it, the ground over those on it, the façade over the homes of each floor by corner and middle.
pub fn of_flat(body: &Body, homes: u32, floors: u32, at: Position) -> Option<Surfaces> {
    if homes == 0 || floors == 0 {
        return None;
    }
    let shell = &assumptions().flat_shell;
    let on_floor = (f64::from(homes) / f64::from(floors)).max(1.0);
    let corners = on_floor.min(2.0);
    let parts = corners * shell.corner + (on_floor - corners);
    let mine = if at.corner { shell.corner } else { 1.0 };
    let wall = body.outer_wall_m2? * shell.wall / f64::from(floors) * mine / parts;
    let roof = if at.roof { (body.flat_roof_m2? + body.sloped_roof_m2?) / on_floor } else { 0.0 };
    let ground = if at.ground { body.ground_m2? / on_floor } else { 0.0 };
    Some(Surfaces { outside: wall + roof, ground, neighbour: 0.0 })
}

/// The surfaces of all homes of a building together: for a home whose position is not known its part by floor area.
pub fn of_all_flats(body: &Body) -> Option<Surfaces> {
    let all = of_building(body)?;
    let stairs = body.outer_wall_m2? * (1.0 - assumptions().flat_shell.wall);
    Some(Surfaces { outside: all.outside - stairs, ..all })
}

#[cfg(test)]
mod tests {
    use gasvrij3d::home::Typology;
    use gasvrij3d::standaard::standaard;
    use proptest::prelude::*;

    use super::*;

    fn body(wall: f64, roof: f64, ground: f64) -> Body {
        Body {
            outer_wall_m2: Some(wall),
            flat_roof_m2: Some(roof / 4.0),
            sloped_roof_m2: Some(roof * 0.75),
            ground_m2: Some(ground),
            ..Body::default()
        }
    }

    #[test]
    fn a_terraced_home_of_1970_has_the_standaard_of_its_three_surfaces() {
        // Walls 61, roof 50, ground 45: 142.5 m² on 105 m² is 1.3571, and 43 + 40 × 0.3571 = 57.3.
        let surfaces = of_building(&body(61.0, 50.0, 45.0)).unwrap_or_default();
        assert!((surfaces.als() - 142.5).abs() < 1e-9);
        assert_eq!(standaard(Typology::Tussen, 1970, surfaces.als(), 105.0), Some(57));
        assert_eq!(of_building(&Body { ground_m2: None, ..body(61.0, 50.0, 45.0) }), None);
    }

    #[test]
    fn the_register_tells_where_a_flat_is() {
        let of = |text| Position::from_subkind(text).map(|p| (p.corner, p.roof, p.ground));
        assert_eq!(of("Hoekdakvloer"), Some((true, true, true)));
        assert_eq!(of("Tussenmidden"), Some((false, false, false)));
        assert_eq!(of("hoekvloer"), Some((true, false, true)));
        assert_eq!(of("Tussendak"), Some((false, true, false)));
        assert_eq!((of("Galerijwoning"), of(""), of("Hoekwoning")), (None, None, None));
    }

    #[test]
    fn a_flat_in_the_middle_has_only_its_piece_of_façade() {
        // Four floors of six homes. A floor has 95 % of 250 m²; a middle home one part of ten, a corner home three.
        let (body, homes, floors) = (body(1000.0, 600.0, 600.0), 24, 4);
        let at =
            |corner, roof, ground| of_flat(&body, homes, floors, Position { ground, roof, corner }).unwrap_or_default();
        assert!((at(false, false, false).als() - 23.75).abs() < 1e-9);
        assert!((at(true, true, false).als() - (71.25 + 100.0)).abs() < 1e-9);
        assert!((at(true, false, true).als() - (71.25 + 70.0)).abs() < 1e-9);
    }

    proptest! {
        /// All homes of a full building together have its roof, its ground and 95 % of its façade: nothing counts twice.
        #[test]
        fn the_homes_together_are_the_building(
            floors in 1u32..12, on_floor in 2u32..20, wall in 10.0..5000.0f64, roof in 1.0..3000.0f64, ground in 1.0..3000.0f64
        ) {
            let body = body(wall, roof, ground);
            let (mut outside, mut below) = (0.0, 0.0);
            for floor in 0..floors {
                for home in 0..on_floor {
                    let at = Position { ground: floor == 0, roof: floor + 1 == floors, corner: home < 2 };
                    let s = of_flat(&body, floors * on_floor, floors, at).unwrap_or_default();
                    outside += s.outside;
                    below += s.ground;
                }
            }
            prop_assert!((outside - (wall * 0.95 + roof)).abs() < 1e-6);
            prop_assert!((below - ground).abs() < 1e-6);
            let all = of_all_flats(&body).unwrap_or_default();
            prop_assert!((all.outside - outside).abs() < 1e-6 && (all.ground - below).abs() < 1e-6);
        }
    }
}
