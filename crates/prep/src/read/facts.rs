//! Facts given for a dwelling itself, by the keys of the interchange record (`docs/facts.md`).

use gasvrij3d::home::{FactKey, Home};
use serde_json::{Map, Value as Json};

use super::record::{Record, Value};
use crate::report::{Place, Tally};

/// Reads every column that is the key of a fact. A value that does not fit makes that one fact missing, with a remark.
pub fn read(record: &Record, tally: &mut Tally, place: &Place) -> Home {
    let mut good = Map::new();
    for (name, value) in record.iter() {
        let Some(key) = FactKey::from_code(name) else { continue };
        let Some(json) = to_json(key, value) else { continue };
        let one = Map::from_iter([(name.to_owned(), json.clone())]);
        if serde_json::from_value::<Home>(Json::Object(one)).is_ok_and(|home| home.fact(key).is_some()) {
            good.insert(name.to_owned(), json);
        } else {
            tally.remark(&format!("`{name}` has a value that the interchange record does not know: left out"), || {
                (place, json)
            });
        }
    }
    serde_json::from_value(Json::Object(good)).unwrap_or_default()
}

fn to_json(key: FactKey, value: &Value) -> Option<Json> {
    let yes_no = matches!(key, FactKey::GwBescherming | FactKey::ArcheologieHoog | FactKey::Woonfunctie);
    Some(match value {
        Value::Null => return None,
        Value::Int(n) if yes_no => Json::Bool(*n != 0),
        Value::Int(n) => Json::from(*n),
        Value::Real(n) if n.fract() == 0.0 && n.abs() < 1e15 => Json::from(*n as i64),
        Value::Real(n) => Json::from(*n),
        Value::Text(text) => match text.trim() {
            "" => return None,
            "true" | "ja" | "1" if yes_no => Json::Bool(true),
            "false" | "nee" | "0" if yes_no => Json::Bool(false),
            text => match (text.parse::<i64>(), text.replace(',', ".").parse::<f64>()) {
                (Ok(whole), _) => Json::from(whole),
                (_, Ok(number)) => Json::from(number),
                _ => Json::from(text),
            },
        },
    })
}

/// Fills what the first does not know with what the second does.
pub fn fill(home: &mut Home, other: &Home) {
    macro_rules! each {
        ($($field:ident),+ $(,)?) => { $(home.$field = home.$field.or(other.$field);)+ };
    }
    each!(
        bj,
        typ,
        own,
        lab,
        q,
        std,
        mon,
        nvbo,
        block,
        garage,
        net_soort,
        net_status,
        net_start,
        d_net,
        dens,
        space_ground,
        d_rear,
        aangewezen_jaar,
        area_m2,
        gw_bescherming,
        archeologie_hoog,
        cluster_gj,
        cluster_homes,
        woonfunctie,
    );
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use gasvrij3d::home::{Label, Ownership};

    use super::*;
    use crate::report::Scope;

    #[test]
    fn an_unknown_label_is_left_out_and_the_rest_of_the_row_stays() {
        let names: Arc<[String]> = ["id", "lab", "own", "q", "gw_bescherming", "bj"].map(str::to_owned).into();
        let values = ["1", "H", "vve", "141,9", "nee", "1968"].map(|v| Value::Text(v.to_owned())).to_vec();
        let mut tally = Tally::new("facts");
        let place = Place::new(&Scope::new("labels.csv", "row"), 2);
        let home = read(&Record::new(names, values), &mut tally, &place);
        assert_eq!((home.lab, home.own, home.q), (None, Some(Ownership::Vve), Some(141.9)));
        assert_eq!((home.gw_bescherming, home.bj), (Some(false), Some(1968)));
        assert_eq!(tally.remarks.values().next().map(|c| c.examples[0].to_string()).as_deref(), Some("row 2: \"H\""));
    }

    #[test]
    fn filling_keeps_what_was_known_and_misses_no_fact() {
        let everything: Map<String, Json> = FactKey::ALL
            .iter()
            .map(|key| {
                let json = match key {
                    FactKey::Typ => Json::from("FLAT-L"),
                    FactKey::Own => Json::from("koop"),
                    FactKey::Lab => Json::from("C"),
                    FactKey::Mon => Json::from("rm"),
                    FactKey::Block | FactKey::Garage => Json::from("ja"),
                    FactKey::NetSoort => Json::from("MT"),
                    FactKey::NetStatus => Json::from("gepland"),
                    FactKey::GwBescherming | FactKey::ArcheologieHoog | FactKey::Woonfunctie => Json::from(true),
                    _ => Json::from(1990),
                };
                (key.code().to_owned(), json)
            })
            .collect();
        let full: Home = serde_json::from_value(Json::Object(everything)).unwrap_or_default();
        let mut home = Home { lab: Some(Label::A), ..Home::default() };
        fill(&mut home, &full);
        assert_eq!(home, Home { lab: Some(Label::A), ..full });
        assert!(FactKey::ALL.iter().all(|key| home.fact(*key).is_some()));
    }
}
