//! A drawn heat network as a file: GeoJSON (RFC 7946) with what was supposed of it as properties. Also of lines that
//! another program wrote.

use gasvrij3d::drawing::{Draft, FURTHEST_M};
use gasvrij3d::geo::{Rd, is_rd};
use gasvrij3d::home::NetKind;
use gasvrij3d::scenario::YEARS;
use gasvrij3d::wgs84::{from_wgs84, to_wgs84};
use gasvrij3d::{Error, Result};
use geojson::{Feature, FeatureCollection, GeoJson, Geometry, GeometryValue, JsonObject, JsonValue, Position};

/// The largest file that is read, bytes: a network of a whole town is a hundredth of it.
pub const LARGEST_FILE: usize = 5_000_000;
/// The most points that are read: every home is measured against every stretch.
pub const MOST_POINTS: usize = 2_000;

const KIND: &str = "net_soort";
const START: &str = "start";
const SHARE: &str = "deel";
const WITHIN: &str = "bereik_m";

/// The file of a drawing. Coordinates are degrees with seven decimals: a centimetre.
pub fn write(draft: &Draft) -> String {
    let mut properties = JsonObject::new();
    properties.insert(KIND.into(), draft.kind.code().into());
    properties.insert(START.into(), draft.start.into());
    properties.insert(SHARE.into(), draft.share.into());
    properties.insert(WITHIN.into(), draft.within_m.into());
    let position = |p: &Rd| Position::from(to_wgs84(*p).map(|degrees| (degrees * 1e7).round() / 1e7).to_vec());
    let lines = draft.lines.iter().filter(|line| line.len() > 1);
    let features = lines.map(|line| Feature {
        geometry: Some(Geometry::new(GeometryValue::LineString { coordinates: line.iter().map(position).collect() })),
        properties: Some(properties.clone()),
        ..Feature::default()
    });
    GeoJson::from(FeatureCollection::new(features.collect::<Vec<_>>())).to_string()
}

/// Reads a drawing. What the file does not say of it stays as in `draft`; the lines are those of the file alone.
pub fn read(text: &str, draft: &Draft) -> Result<Draft> {
    if text.len() > LARGEST_FILE {
        return Err(Error::new(format!("{} bytes are too many: at most {LARGEST_FILE} are read", text.len())));
    }
    let collection = match text.parse::<GeoJson>() {
        Ok(GeoJson::FeatureCollection(collection)) => collection,
        Ok(GeoJson::Feature(feature)) => FeatureCollection::new(vec![feature]),
        Ok(GeoJson::Geometry(geometry)) => {
            FeatureCollection::new(vec![Feature { geometry: Some(geometry), ..Feature::default() }])
        }
        Err(e) => return Err(Error::new(format!("it is no GeoJSON: {e}"))),
    };
    let mut read = Draft { lines: Vec::new(), ..draft.clone() };
    let mut points = 0;
    for (place, feature) in collection.features.iter().enumerate() {
        let at = format!("feature {}", place + 1);
        if let Some(properties) = &feature.properties {
            suppose(&mut read, properties).map_err(|e| e.at(&at))?;
        }
        let lines = match feature.geometry.as_ref().map(|geometry| &geometry.value) {
            Some(GeometryValue::LineString { coordinates }) => std::slice::from_ref(coordinates),
            Some(GeometryValue::MultiLineString { coordinates }) => coordinates,
            _ => continue,
        };
        for line in lines {
            points += line.len();
            if points > MOST_POINTS {
                return Err(Error::new(format!("it has more than {MOST_POINTS} points; draw the mains only")).at(&at));
            }
            let line = line.iter().map(place_of).collect::<Result<Vec<Rd>>>().map_err(|e| e.at(&at))?;
            if line.len() > 1 {
                read.lines.push(line);
            }
        }
    }
    if read.lines.is_empty() {
        return Err(Error::new("it has no line: a LineString or MultiLineString is expected"));
    }
    Ok(read)
}

/// A position in degrees, as the standard says; or in RD metres, as files from the Netherlands often have.
fn place_of(position: &Position) -> Result<Rd> {
    let &[x, y, ..] = position.as_slice() else { return Err(Error::new("a position has no two numbers")) };
    let in_degrees = (2.0..8.0).contains(&x) && (50.0..54.0).contains(&y);
    let place = if in_degrees { from_wgs84([x, y]) } else { [x, y] };
    // The corner of RD where degrees could be meant is sea.
    if is_rd(place) && (in_degrees || x.abs() > 360.0) {
        Ok(place)
    } else {
        Err(Error::new(format!("({x}, {y}) does not lie in the Netherlands: degrees or RD metres are expected")))
    }
}

fn suppose(draft: &mut Draft, properties: &JsonObject) -> Result<()> {
    let wrong = |name: &str, value: &JsonValue, wanted: &str| Err(Error::new(format!("`{name}` is {value}; {wanted}")));
    if let Some(value) = properties.get(KIND) {
        match value.as_str().and_then(NetKind::from_code) {
            Some(kind) => draft.kind = kind,
            None => return wrong(KIND, value, "MT, LT or ZLT is expected"),
        }
    }
    if let Some(value) = properties.get(START) {
        match value.as_u64().and_then(|year| u16::try_from(year).ok()).filter(|year| YEARS.contains(year)) {
            Some(year) => draft.start = year,
            None => return wrong(START, value, "a year from 2026 to 2040 is expected"),
        }
    }
    if let Some(value) = properties.get(SHARE) {
        match value.as_f64().filter(|share| (0.0..=1.0).contains(share)) {
            Some(share) => draft.share = share,
            None => return wrong(SHARE, value, "a share from 0 to 1 is expected"),
        }
    }
    if let Some(value) = properties.get(WITHIN) {
        match value.as_f64().filter(|metres| (0.0..=FURTHEST_M).contains(metres)) {
            Some(metres) => draft.within_m = metres,
            None => return wrong(WITHIN, value, "metres from 0 to 1000 are expected"),
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(coordinates: &str, properties: &str) -> String {
        format!(
            r#"{{"type":"Feature","geometry":{{"type":"LineString","coordinates":{coordinates}}},"properties":{properties}}}"#
        )
    }

    const HAARLEM: &str = "[[4.636,52.381],[4.641,52.384]]";

    #[test]
    fn lines_of_another_program_are_read_in_degrees_and_in_rd() {
        let draft = Draft::default();
        let degrees = read(&line(HAARLEM, "null"), &draft).unwrap();
        let metres = read(&line("[[103900.0,488300.0],[104200.0,488700.0,1.5]]", r#"{"naam":"x"}"#), &draft).unwrap();
        let expected = from_wgs84([4.636, 52.381]);
        assert_eq!((degrees.lines[0][0], metres.lines[0][1]), (expected, [104_200.0, 488_700.0]));
        assert_eq!((degrees.kind, metres.within_m), (draft.kind, draft.within_m));
    }

    #[test]
    fn what_is_no_network_is_refused_with_a_sentence() {
        for (text, told) in [
            (String::new(), "it is no GeoJSON"),
            ("{}".into(), "it is no GeoJSON"),
            (r#"{"type":"Point","coordinates":[4.6,52.3]}"#.into(), "it has no line"),
            (line("[[0,0],[1,1]]", "null"), "feature 1: (0, 0) does not lie in the Netherlands"),
            (line(HAARLEM, r#"{"net_soort":"HT"}"#), "feature 1: `net_soort` is \"HT\"; MT, LT or ZLT is expected"),
            (line(HAARLEM, r#"{"start":1999}"#), "`start` is 1999; a year from 2026 to 2040"),
            (line(HAARLEM, r#"{"deel":-1}"#), "`deel` is -1; a share from 0 to 1"),
            (line(HAARLEM, r#"{"bereik_m":1e9}"#), "`bereik_m` is 1000000000.0; metres from 0 to 1000"),
            (line(&format!("[{}[4.6,52.3]]", "[4.6,52.3],".repeat(MOST_POINTS)), "null"), "more than 2000 points"),
            (" ".repeat(LARGEST_FILE + 1), "5000001 bytes are too many"),
        ] {
            let said = read(&text, &Draft::default()).unwrap_err().to_string();
            assert!(said.contains(told), "{said}");
        }
    }

    proptest! {
        #[test]
        fn a_drawing_that_is_saved_is_the_same_drawing_when_it_is_opened(
            lines in prop::collection::vec(prop::collection::vec((20_000.0..280_000.0_f64, 310_000.0..610_000.0_f64), 2..6), 1..4),
            kind in 0..3_usize, start in 2026..=2040_u16, percent in 0..=100_u8, metres in 0..=1_000_u16,
        ) {
            let lines = lines.into_iter().map(|line| line.into_iter().map(|(x, y)| [x, y]).collect()).collect();
            let (share, within_m) = (f64::from(percent) / 100.0, f64::from(metres));
            let draft = Draft { lines, kind: NetKind::ALL[kind], start, share, within_m };
            let again = read(&write(&draft), &Draft::default()).unwrap();
            for (old, new) in draft.lines.iter().flatten().zip(again.lines.iter().flatten()) {
                prop_assert!((old[0] - new[0]).hypot(old[1] - new[1]) < 0.02);
            }
            prop_assert_eq!(Draft { lines: draft.lines.clone(), ..again }, draft);
        }

        #[test]
        fn no_text_breaks_the_reader(text in ".{0,200}") {
            let _ = read(&text, &Draft::default());
        }
    }
}
