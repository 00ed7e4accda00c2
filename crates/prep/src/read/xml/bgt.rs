//! Objects of the BGT (`IMGeo` 2.1) by the name of their element: what they are on our map, and which are not there.

use super::Element;
use crate::read::objects::Kind;

/// Elements of `IMGeo`, the layer they are counted under, and what they are here. The surfaces of roads are paved ground;
/// roads with names come from another source.
const OBJECTS: [(&str, &str, Kind); 8] = [
    ("BuildingPart", "pand", Kind::Pand),
    ("TrafficArea", "wegdeel", Kind::Groen),
    ("AuxiliaryTrafficArea", "ondersteunendwegdeel", Kind::Groen),
    ("Waterdeel", "waterdeel", Kind::Water),
    ("OndersteunendWaterdeel", "ondersteunendwaterdeel", Kind::Groen),
    ("PlantCover", "begroeidterreindeel", Kind::Groen),
    ("OnbegroeidTerreindeel", "onbegroeidterreindeel", Kind::Groen),
    ("Railway", "spoor", Kind::Spoor),
];

/// What an object is, and the layer to count it under.
pub fn kind(object: &Element) -> (&str, Kind) {
    OBJECTS
        .iter()
        .find(|(name, ..)| *name == object.name)
        .map_or((object.name.as_str(), Kind::NotShown), |(_, layer, kind)| (layer, *kind))
}

/// Why an object is not there (any more), or is not to be seen.
pub fn absent(object: &Element) -> Option<(&'static str, &str)> {
    if let Some(day) = object.text_of("terminationDate") {
        return Some(("it has ended (terminationDate)", day));
    }
    if let Some(time) = object.text_of("eindRegistratie") {
        return Some(("an older version (eindRegistratie)", time));
    }
    if let Some(status) = object.text_of("bgt-status").filter(|s| *s != "bestaand") {
        return Some(("it is not there (yet) (bgt-status)", status));
    }
    object
        .text_of("relatieveHoogteligging")
        .filter(|level| level.starts_with('-'))
        .map(|level| ("below the ground: not to be seen", level))
}
