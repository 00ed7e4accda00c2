//! Zones in which the ground is protected: for drinking water, or for what may lie in it.

use gasvrij3d::home::FactKey;

use super::Origin;
use super::objects::{Kept, reject};
use super::record::Record;
use super::usable::polygons;
use super::wkb::Shape;
use crate::model::Zone;

/// Reads a zone: what it protects stands in one of its words, how much there may be in the ground in another.
pub fn zone(record: &Record, shape: Shape, origin: &Origin) -> Kept<Zone> {
    let text = |names: &[&str]| record.text(names).unwrap_or_default().into_owned();
    let about = text(&["zone", "soort", "type", "thema", "naam", "omschrijving"]);
    let word = about.to_lowercase();
    let fact = if word.contains("grondwater") || word.contains("waterwin") || word.contains("boringsvrij") {
        FactKey::GwBescherming
    } else if word.contains("archeolog") {
        let value = text(&["verwachting", "waarde", "waardering"]);
        let high = value.is_empty() && word.contains("hoog") || value.to_lowercase().contains("hoog");
        if !high || value.to_lowercase().contains("middelhoog") {
            return reject("an archaeological value that is not said to be high (verwachting, waarde)", value);
        }
        FactKey::ArcheologieHoog
    } else {
        return reject("a zone of another kind: zone is grondwater or archeologie", about);
    };
    let name = text(&["naam", "name", "omschrijving"]);
    Ok(Zone { fact, name, area: polygons(shape)?, source: origin.id.clone() })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::record::Value;
    use super::*;

    fn read(fields: &[(&str, &str)]) -> Kept<Zone> {
        let names = fields.iter().map(|(name, _)| (*name).to_owned()).collect();
        let values = fields.iter().map(|(_, text)| Value::Text((*text).to_owned())).collect();
        let ring = vec![[104_000.0, 488_000.0], [104_100.0, 488_000.0], [104_100.0, 488_100.0]];
        zone(&Record::new(names, values), Shape::Polygons(vec![vec![ring]]), &Origin::default())
    }

    #[test]
    fn a_zone_protects_drinking_water_or_what_lies_in_the_ground() {
        let fact = |fields: &[(&str, &str)]| read(fields).ok().map(|zone| zone.fact);
        assert_eq!(fact(&[("type", "Grondwaterbeschermingsgebied")]), Some(FactKey::GwBescherming));
        assert_eq!(fact(&[("zone", "boringsvrije zone")]), Some(FactKey::GwBescherming));
        assert_eq!(fact(&[("zone", "archeologie"), ("verwachting", "Hoog")]), Some(FactKey::ArcheologieHoog));
        assert_eq!(fact(&[("zone", "archeologie"), ("verwachting", "middelhoog")]), None);
        assert_eq!(fact(&[("zone", "archeologie")]), None);
        assert_eq!(fact(&[("zone", "stiltegebied")]), None);
    }
}
