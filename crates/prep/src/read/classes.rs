//! What a kind of road, water or green in a source is on our map. Own codes pass; OpenMapTiles classes are translated.

use gasvrij3d::tile::{GreenClass, RailClass, RoadClass, WaterClass};

/// The kind of road, or `None` where it is not shown (ferries, piers, works).
pub fn road(class: &str) -> Option<RoadClass> {
    RoadClass::from_code(class).or(match class {
        "motorway" => Some(RoadClass::Motorway),
        "trunk" | "primary" => Some(RoadClass::Main),
        "secondary" | "tertiary" => Some(RoadClass::Secondary),
        "minor" | "busway" | "pedestrian" | "residential" | "unclassified" | "living_street" => Some(RoadClass::Street),
        "service" => Some(RoadClass::Service),
        "track" | "cycleway" => Some(RoadClass::Cycle),
        "path" | "footway" | "steps" | "bridleway" => Some(RoadClass::Foot),
        _ => None,
    })
}

/// The kind of railway, or `None` where it is not shown.
pub fn rail(class: &str) -> Option<RailClass> {
    RailClass::from_code(class).or(match class {
        "rail" | "narrow_gauge" => Some(RailClass::Rail),
        "tram" | "light_rail" | "transit" => Some(RailClass::Tram),
        _ => None,
    })
}

/// The kind of water. `lake` is what OpenMapTiles calls any water it knows no better name for.
pub fn water(class: &str) -> WaterClass {
    WaterClass::from_code(class).unwrap_or(match class {
        "river" => WaterClass::River,
        "canal" => WaterClass::Canal,
        "pond" | "reservoir" => WaterClass::Lake,
        "ditch" | "stream" => WaterClass::Ditch,
        _ => WaterClass::Other,
    })
}

/// The kind of green. The finer kind says more than the class.
pub fn green(class: &str, subclass: &str) -> GreenClass {
    GreenClass::from_code(class).unwrap_or(match (class, subclass) {
        (_, "park" | "village_green" | "recreation_ground") => GreenClass::Park,
        (_, "allotments" | "garden") => GreenClass::Garden,
        ("wood" | "forest", _) => GreenClass::Wood,
        ("pitch" | "stadium", _) => GreenClass::Pitch,
        ("cemetery", _) => GreenClass::Cemetery,
        ("farmland", _) => GreenClass::Farmland,
        ("sand", _) => GreenClass::Sand,
        ("playground", _) => GreenClass::Park,
        ("grass" | "wetland", _) => GreenClass::Grass,
        _ => GreenClass::Other,
    })
}
