//! GeoJSON by RFC 7946: WGS 84, longitude first, seven decimals (a centimetre), one object a line.

use gasvrij3d::geo::Rd;
use gasvrij3d::tile::mvt::Value;
use serde_json::{Map, json};

use crate::publish::closed;
use crate::publish::rows::{Notice, PAND, Rows};
use gasvrij3d::wgs84::to_wgs84;

/// The panden as polygons.
pub fn panden(rows: &Rows, notice: &Notice) -> Vec<u8> {
    collection(
        notice,
        rows.panden.iter().map(|row| {
            let polygons: Vec<_> = row
                .footprint
                .iter()
                .map(|polygon| polygon.iter().enumerate().map(|(i, ring)| places(&closed(ring, i == 0))).collect())
                .collect::<Vec<Vec<_>>>();
            let geometry = match polygons.as_slice() {
                [one] => json!({"type": "Polygon", "coordinates": one}),
                more => json!({"type": "MultiPolygon", "coordinates": more}),
            };
            (row.id(), geometry, properties(PAND, row.values()))
        }),
    )
}

/// The woningen as points.
pub fn woningen(rows: &Rows, notice: &Notice) -> Vec<u8> {
    collection(
        notice,
        rows.woningen.iter().map(|row| {
            let geometry = json!({"type": "Point", "coordinates": place(row.at)});
            (row.id(), geometry, properties(rows.woning_columns(), rows.values(row)))
        }),
    )
}

type Feature = (u64, serde_json::Value, Map<String, serde_json::Value>);

fn collection(notice: &Notice, features: impl Iterator<Item = Feature>) -> Vec<u8> {
    let head = json!({"title": notice.title(), "description": notice.text(), "licence": notice.publisher.licentie,
        "version": notice.version});
    let mut out = format!("{{\"type\":\"FeatureCollection\",\"metadata\":{head},\"features\":[").into_bytes();
    for (i, (id, geometry, properties)) in features.enumerate() {
        let feature =
            json!({"type": "Feature", "id": format!("{id:016}"), "geometry": geometry, "properties": properties});
        out.extend_from_slice(if i == 0 { b"\n" } else { b",\n" });
        out.extend_from_slice(feature.to_string().as_bytes());
    }
    out.extend_from_slice(b"\n]}\n");
    out
}

fn properties(
    names: impl IntoIterator<Item = &'static str>,
    values: impl IntoIterator<Item = Option<Value>>,
) -> Map<String, serde_json::Value> {
    let known = names.into_iter().zip(values).filter_map(|(name, value)| Some((name, value?)));
    known
        .map(|(name, value)| {
            let value = match value {
                Value::Text(text) => json!(text),
                Value::Uint(n) => json!(n),
                Value::Double(n) => json!(n),
                Value::Bool(yes) => json!(yes),
            };
            (name.to_owned(), value)
        })
        .collect()
}

fn places(ring: &[Rd]) -> Vec<[f64; 2]> {
    ring.iter().map(|p| place(*p)).collect()
}

fn place(p: Rd) -> [f64; 2] {
    to_wgs84(p).map(|degrees| (degrees * 1e7).round() / 1e7)
}
