//! Tiles for other maps: `PMTiles` v3 with vector tiles in Web Mercator, layers `pand` and `woning`.

use std::collections::BTreeMap;
use std::f64::consts::PI;
use std::io::Cursor;

use gasvrij3d::geo::{EXTENT, Rd, ring_area2};
use gasvrij3d::tile;
use gasvrij3d::tile::mvt::{Geometry, LayerWriter, Value};
use pmtiles::{PmTilesWriter, TileCoord, TileId, TileType};
use serde_json::json;

use crate::clip;
use crate::fault::{Fault, Result};
use crate::geometry::{Bounds, EMPTY, bounds, with_point};
use crate::publish::rows::{Notice, PAND, Rows};
use gasvrij3d::wgs84::to_wgs84;

/// From a neighbourhood to a house: further in, a map draws the last ones larger.
const ZOOMS: std::ops::RangeInclusive<u8> = 12..=15;
/// Points of homes from here on: before, they would only be a cloud.
const HOMES_FROM: u8 = 14;
/// Shapes reach this far over the edge of a tile, in its units, so that an outline has no seam.
const BUFFER: f64 = 64.0;
/// Square units below which a building is left out of a tile, but for the last zoom: about one pixel of 256.
const SMALLEST: i64 = 256;

/// A position from 0 to 1 from the west and from the north.
fn mercator(p: Rd) -> [f64; 2] {
    let [lon, lat] = to_wgs84(p);
    [(lon + 180.0) / 360.0, (1.0 - lat.to_radians().tan().asinh() / PI) / 2.0]
}

#[derive(Default)]
struct Content {
    panden: Vec<(usize, Vec<tile::Polygon>)>,
    woningen: Vec<(usize, tile::Point)>,
}

/// The file.
pub fn write(rows: &Rows, notice: &Notice) -> Result<Vec<u8>> {
    make(rows, notice).map_err(|e| Fault::input(format!("the PMTiles cannot be made: {e}.")))
}

fn make(rows: &Rows, notice: &Notice) -> pmtiles::PmtResult<Vec<u8>> {
    let footprints: Vec<Vec<Vec<Vec<Rd>>>> = rows
        .panden
        .iter()
        .map(|row| row.footprint.iter().map(|polygon| polygon.iter().map(|r| map(r)).collect()).collect())
        .collect();
    let points: Vec<Rd> = rows.woningen.iter().map(|row| mercator(row.at)).collect();
    let corners = rows.panden.iter().flat_map(|row| row.footprint.iter().flatten().flatten());
    let [west, south, east, north] = corners.fold(EMPTY, |all, p| with_point(all, to_wgs84(*p)));
    let mut file = Cursor::new(Vec::new());
    let mut out = PmTilesWriter::new(TileType::Mvt)
        .min_zoom(*ZOOMS.start())
        .max_zoom(*ZOOMS.end())
        .bounds(west, south, east, north)
        .center(f64::midpoint(west, east), f64::midpoint(south, north))
        .center_zoom(*ZOOMS.start())
        .metadata(metadata(notice))
        .create(&mut file)?;
    for zoom in ZOOMS {
        // By id: readers then find neighbours side by side in the file.
        let mut tiles: BTreeMap<u64, (TileCoord, Content)> = BTreeMap::new();
        for (i, footprint) in footprints.iter().enumerate() {
            cut(zoom, footprint, &mut |coord, polygons| {
                entry(&mut tiles, coord).panden.push((i, polygons));
            });
        }
        if zoom >= HOMES_FROM {
            for (i, p) in points.iter().enumerate() {
                let [x, y] = p.map(|v| v * scale(zoom));
                let coord = TileCoord::new(zoom, (x / f64::from(EXTENT)) as u32, (y / f64::from(EXTENT)) as u32)?;
                entry(&mut tiles, coord).woningen.push((i, units(coord, [x, y])));
            }
        }
        for (coord, content) in tiles.into_values() {
            out.add_tile(coord, &encode(rows, &content))?;
        }
    }
    out.finalize()?;
    Ok(file.into_inner())
}

fn map(ring: &[Rd]) -> Vec<Rd> {
    ring.iter().map(|p| mercator(*p)).collect()
}

/// Units of a tile around the world.
fn scale(zoom: u8) -> f64 {
    f64::from(EXTENT) * f64::from(1_u32 << zoom)
}

fn units(coord: TileCoord, [x, y]: Rd) -> tile::Point {
    let unit = |v: f64, tile: u32| (v - f64::from(tile) * f64::from(EXTENT)).round() as i32;
    [unit(x, coord.x()), unit(y, coord.y())]
}

fn entry(tiles: &mut BTreeMap<u64, (TileCoord, Content)>, coord: TileCoord) -> &mut Content {
    &mut tiles.entry(TileId::from(coord).value()).or_insert_with(|| (coord, Content::default())).1
}

/// A footprint in each tile that it touches.
fn cut(zoom: u8, footprint: &[Vec<Vec<Rd>>], each: &mut impl FnMut(TileCoord, Vec<tile::Polygon>)) {
    let world: Vec<Vec<Vec<Rd>>> = footprint
        .iter()
        .map(|polygon| polygon.iter().map(|ring| ring.iter().map(|p| p.map(|v| v * scale(zoom))).collect()).collect())
        .collect();
    let extent = f64::from(EXTENT);
    let smallest = if zoom == *ZOOMS.end() { 1 } else { SMALLEST };
    let [x0, y0, x1, y1]: Bounds = bounds(world.iter().flatten().flatten());
    let tile = |v: f64| (v / extent).floor().max(0.0) as u32;
    for row in tile(y0 - BUFFER)..=tile(y1 + BUFFER) {
        for col in tile(x0 - BUFFER)..=tile(x1 + BUFFER) {
            let Ok(coord) = TileCoord::new(zoom, col, row) else { continue };
            let (left, top) = (f64::from(col) * extent, f64::from(row) * extent);
            let within = [left - BUFFER, top - BUFFER, left + extent + BUFFER, top + extent + BUFFER];
            let parts: Vec<tile::Polygon> = world
                .iter()
                .flat_map(|polygon| clip::polygon(polygon, within))
                .filter_map(|polygon| {
                    let mut rings = polygon.iter().map(|ring| {
                        let mut points: Vec<tile::Point> = ring.iter().map(|p| units(coord, *p)).collect();
                        points.dedup();
                        points
                    });
                    let outer = rings.next().filter(|ring| ring_area2(ring).abs() / 2 >= smallest)?;
                    Some(std::iter::once(outer).chain(rings.filter(|ring| ring_area2(ring) != 0)).collect())
                })
                .collect();
            if !parts.is_empty() {
                each(coord, parts);
            }
        }
    }
}

fn encode(rows: &Rows, content: &Content) -> Vec<u8> {
    let mut panden = LayerWriter::new("pand");
    for (i, polygons) in &content.panden {
        let row = &rows.panden[*i];
        let tags: Vec<(&'static str, Value)> =
            PAND.into_iter().zip(row.values()).filter_map(|(name, value)| Some((name, value?))).collect();
        panden.push(Some(row.id()), &tags, &Geometry::Polygons(polygons.clone()));
    }
    let mut woningen = LayerWriter::new("woning");
    for (i, point) in &content.woningen {
        let row = &rows.woningen[*i];
        let mut tags =
            vec![("identificatie", Value::Text(format!("{:016}", row.id()))), ("adres", Value::Text(row.address()))];
        tags.extend(row.verdicts());
        woningen.push(Some(row.id()), &tags, &Geometry::Point(*point));
    }
    let mut bytes = Vec::new();
    panden.finish(&mut bytes);
    woningen.finish(&mut bytes);
    bytes
}

fn metadata(notice: &Notice) -> String {
    let options = gasvrij3d::verdict::HeatOption::INTERCHANGE.iter().map(|option| (option.code(), "String"));
    let woning: BTreeMap<&str, &str> = options.chain([("identificatie", "String"), ("adres", "String")]).collect();
    let pand: BTreeMap<&str, &str> = PAND
        .into_iter()
        .map(|name| (name, if matches!(name, "identificatie" | "hoogte_bron") { "String" } else { "Number" }))
        .collect();
    let attribution: Vec<&str> = notice.town.sources.iter().map(|s| s.attribution.as_str()).collect();
    json!({
        "name": notice.title(),
        "description": notice.text(),
        "attribution": attribution.join("; "),
        "version": notice.version,
        "type": "overlay",
        "vector_layers": [
            {"id": "pand", "fields": pand, "minzoom": ZOOMS.start(), "maxzoom": ZOOMS.end()},
            {"id": "woning", "fields": woning, "minzoom": HOMES_FROM, "maxzoom": ZOOMS.end()},
        ],
    })
    .to_string()
}
