//! The town cut into tiles. A pand lies whole in the tile of its inner point; context is cut at the edges.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use gasvrij3d::geo::{Rd, TileId, ring_area2};
use gasvrij3d::search::Entry;
use gasvrij3d::tile::{self, Area, Pand, Path, Pipe, PlanArea, Point, Roof, RoofKind, Tile, Woning};
use rayon::prelude::*;

use crate::clip;
use crate::derive::Derived;
use crate::geometry::{Bounds, bounds};
use crate::join::Joined;
use crate::model::{Body, Polygon};
use crate::names::Names;
use crate::report::Tally;
use crate::typology::Kinds;

/// A tile, ready to be written.
pub struct Built {
    /// Where it is.
    pub id: TileId,
    /// Its file.
    pub bytes: Vec<u8>,
    /// Panden in it.
    pub panden: u32,
    /// Homes in it.
    pub homes: u32,
    /// Height of its highest building, decimetres.
    pub top_dm: u32,
    /// What people call the place.
    pub name: String,
}

/// The tiles, by row and column, and the addresses that can be found in them.
pub fn build(joined: &Joined, kinds: &Kinds, derived: &Derived, tally: &mut Tally) -> (Vec<Built>, Vec<Entry>) {
    let mut parts = context(joined);
    let mut members: BTreeMap<Place, Members> = BTreeMap::new();
    let tile_of: Vec<TileId> = joined.inner.iter().map(|p| TileId::at(*p)).collect();
    for (b, id) in tile_of.iter().enumerate() {
        members.entry(place(*id)).or_default().buildings.push(b);
    }
    let mut entries = Vec::with_capacity(joined.home_of.len());
    for (d, dwelling) in joined.town.dwellings.iter().enumerate() {
        let id = joined.home_of[d].map_or_else(|| TileId::at(dwelling.at), |b| tile_of[b]);
        members.entry(place(id)).or_default().dwellings.push(d);
        if !dwelling.address.street.is_empty() || !dwelling.address.postcode.is_empty() {
            entries.push(Entry { id: dwelling.id, tile: id, at: dwelling.at, address: dwelling.address.clone() });
        }
    }
    let names = Names::new(joined);
    // Context far from any building would be tiles of nothing.
    let around = around(members.keys().copied());
    for place in parts.keys().filter(|p| inside(**p, around)) {
        members.entry(*place).or_default();
    }
    let work: Vec<(Place, Members, Tile)> =
        members.into_iter().map(|(place, m)| (place, m, parts.remove(&place).unwrap_or_default())).collect();
    let built: Vec<(Built, Vec<usize>)> =
        work.into_par_iter().map(|(at, m, tile)| assemble(at, m, tile, joined, kinds, derived, &names)).collect();
    let mut tiles = Vec::with_capacity(built.len());
    for (tile, lost) in built {
        for _ in 0..tile.panden {
            tally.keep();
        }
        for b in lost {
            tally.reject("smaller than the map can show", || joined.town.buildings[b].id.to_string());
        }
        tiles.push(tile);
    }
    (tiles, entries)
}

/// Row, then column: the order of the manifest.
type Place = (u32, u32);

fn place(id: TileId) -> Place {
    (id.row, id.col)
}

fn tile_id((row, col): Place) -> TileId {
    TileId { col, row }
}

fn around(places: impl Iterator<Item = Place>) -> [u32; 4] {
    places.fold([u32::MAX, u32::MAX, 0, 0], |[r0, c0, r1, c1], (r, c)| [r0.min(r), c0.min(c), r1.max(r), c1.max(c)])
}

fn inside((r, c): Place, [r0, c0, r1, c1]: [u32; 4]) -> bool {
    r + 1 >= r0 && r <= r1 + 1 && c + 1 >= c0 && c <= c1 + 1
}

#[derive(Default)]
struct Members {
    buildings: Vec<usize>,
    dwellings: Vec<usize>,
}

fn assemble(
    at: Place,
    mut members: Members,
    mut tile: Tile,
    joined: &Joined,
    kinds: &Kinds,
    derived: &Derived,
    names: &Names<'_>,
) -> (Built, Vec<usize>) {
    let id = tile_id(at);
    let town = &joined.town;
    // Neighbours in space are neighbours in the file: better for every cache after it.
    members.buildings.sort_by_key(|&b| (hilbert(id.to_units(joined.inner[b])), town.buildings[b].id));
    let mut lost = Vec::new();
    let mut rank = BTreeMap::new();
    for &b in &members.buildings {
        let building = &town.buildings[b];
        let footprint: Vec<tile::Polygon> = building.footprint.iter().filter_map(|p| polygon(id, p)).collect();
        if footprint.is_empty() {
            lost.push(b);
            continue;
        }
        rank.insert(b, tile.panden.len());
        let (height_dm, height) = derived.heights[b];
        let homes = kinds.homes[b];
        let roof = building.body.as_deref().and_then(roof);
        tile.panden.push(Pand { id: building.id, footprint, height_dm, height, year: building.year, homes, roof });
    }
    members.dwellings.sort_by_key(|&d| {
        let rank = joined.home_of[d].and_then(|b| rank.get(&b)).copied().unwrap_or(usize::MAX);
        (rank, town.dwellings[d].id)
    });
    for &d in &members.dwellings {
        let dwelling = &town.dwellings[d];
        tile.woningen.push(Woning {
            id: dwelling.id,
            pand: joined.home_of[d].map(|b| town.buildings[b].id),
            at: id.to_units(dwelling.at),
            address: dwelling.address.clone(),
            buurt: derived.place[d].map(|n| town.neighbourhoods[n].code.clone()).unwrap_or_default(),
            home: derived.homes[d].clone(),
            origins: derived.origins[d].clone(),
        });
    }
    sort_context(&mut tile);
    let built = Built {
        id,
        bytes: tile::encode(&tile),
        panden: tile.panden.len() as u32,
        homes: members.dwellings.iter().filter(|&&d| town.dwellings[d].is_home).count() as u32,
        top_dm: tile.panden.iter().map(|p| u32::from(p.height_dm)).max().unwrap_or(0),
        name: names.of(id, &members.buildings, &members.dwellings),
    };
    (built, lost)
}

/// The roof as it can be drawn: a sloping one needs two heights that differ.
fn roof(body: &Body) -> Option<Roof> {
    let dm = |metres: f64| (metres * 10.0).round().clamp(0.0, f64::from(u16::MAX)) as u16;
    match body.roof? {
        RoofKind::Flat => Some(Roof::Flat),
        RoofKind::SeveralFlat => Some(Roof::SeveralFlat),
        RoofKind::Sloped => {
            let (eaves_dm, ridge_dm) = (dm(body.eaves_m?), dm(body.ridge_m?));
            (ridge_dm > eaves_dm).then_some(Roof::Sloped { eaves_dm, ridge_dm })
        }
    }
}

/// Large areas first, so that a reader that paints in file order has a pitch on its park and not under it.
fn sort_context(tile: &mut Tile) {
    let area = |p: &tile::Polygon| Reverse(p.first().map_or(0, |outer| ring_area2(outer).abs()));
    tile.groen.sort_by(|a, b| (area(&a.polygon), a.class, &a.polygon).cmp(&(area(&b.polygon), b.class, &b.polygon)));
    tile.water.sort_by(|a, b| (area(&a.polygon), a.class, &a.polygon).cmp(&(area(&b.polygon), b.class, &b.polygon)));
    tile.weg.sort_by(|a, b| (a.class, &a.name, &a.line).cmp(&(b.class, &b.name, &b.line)));
    tile.spoor.sort_by(|a, b| (a.class, &a.line).cmp(&(b.class, &b.line)));
    tile.warmtenet.sort_by(|a, b| (&a.name, &a.line).cmp(&(&b.name, &b.line)));
    tile.plangebied
        .sort_by(|a, b| (area(&a.polygon), &a.name, &a.polygon).cmp(&(area(&b.polygon), &b.name, &b.polygon)));
}

/// All context, cut to tiles.
fn context(joined: &Joined) -> BTreeMap<Place, Tile> {
    let town = &joined.town;
    let mut tiles: BTreeMap<Place, Tile> = BTreeMap::new();
    let mut at = |place: Place, add: &dyn Fn(&mut Tile)| add(tiles.entry(place).or_default());
    for (class, parts) in cut_all(&town.water, |(class, p)| (*class, cut_polygon(p))) {
        for (place, polygon) in parts {
            at(place, &|tile| tile.water.push(Area { class, polygon: polygon.clone() }));
        }
    }
    for (class, parts) in cut_all(&town.green, |(class, p)| (*class, cut_polygon(p))) {
        for (place, polygon) in parts {
            at(place, &|tile| tile.groen.push(Area { class, polygon: polygon.clone() }));
        }
    }
    for (road, parts) in cut_all(&town.roads, |road| (road, cut_line(&road.line))) {
        for (place, line) in parts {
            at(place, &|tile| tile.weg.push(Path { class: road.class, name: road.name.clone(), line: line.clone() }));
        }
    }
    for (class, parts) in cut_all(&town.rails, |(class, line)| (*class, cut_line(line))) {
        for (place, line) in parts {
            at(place, &|tile| tile.spoor.push(Path { class, name: String::new(), line: line.clone() }));
        }
    }
    for network in &town.networks {
        for (place, line) in network.lines.iter().flat_map(|line| cut_line(line)) {
            let pipe = Pipe {
                kind: network.kind,
                status: network.status,
                start: network.start,
                name: network.name.clone(),
                line,
            };
            at(place, &|tile| tile.warmtenet.push(pipe.clone()));
        }
    }
    for plan in &town.plans {
        for (place, polygon) in plan.area.iter().flat_map(cut_polygon) {
            let area = PlanArea {
                name: plan.name.clone(),
                kind: plan.kind,
                status: plan.status,
                start: plan.start,
                gas_ends: plan.gas_ends,
                technique: plan.technique,
                stage: plan.stage,
                end: plan.end,
                decision: plan.decision.clone(),
                uncertain: plan.uncertain.clone(),
                uncertain_en: plan.uncertain_en.clone(),
                source: plan.source.clone(),
                polygon,
            };
            at(place, &|tile| tile.plangebied.push(area.clone()));
        }
    }
    tiles
}

fn cut_all<'a, T: Sync, R: Send>(things: &'a [T], cut: impl Fn(&'a T) -> R + Sync + Send) -> Vec<R> {
    things.par_iter().map(cut).collect()
}

fn cut_polygon(polygon_rd: &Polygon) -> Vec<(Place, tile::Polygon)> {
    let all = bounds(polygon_rd.iter().flatten());
    let mut parts = Vec::new();
    for_columns(all, |column| {
        for strip in clip::polygon(polygon_rd, column) {
            for_tiles(bounds(strip.iter().flatten()), column, |id| {
                let cut = clip::polygon(&strip, id.bounds());
                parts.extend(cut.iter().filter_map(|p| polygon(id, p)).map(|p| (place(id), p)));
            });
        }
    });
    parts
}

fn cut_line(line_rd: &[Rd]) -> Vec<(Place, Vec<Point>)> {
    let all = bounds(line_rd);
    let mut parts = Vec::new();
    for_columns(all, |column| {
        for_tiles(all, column, |id| {
            for cut in clip::line(line_rd, id.bounds()) {
                let mut line: Vec<Point> = cut.iter().map(|p| id.to_units(*p)).collect();
                line.dedup();
                if line.len() > 1 {
                    parts.push((place(id), line));
                }
            }
        });
    });
    parts
}

/// Each column of tiles that a box touches, as a box of full height.
fn for_columns(b: Bounds, mut each: impl FnMut(Bounds)) {
    let (first, last) = (TileId::at([b[0], b[3]]), TileId::at([b[2], b[1]]));
    for col in first.col..=last.col {
        let [x0, _, x1, _] = TileId { col, row: first.row }.bounds();
        each([x0, f64::NEG_INFINITY, x1, f64::INFINITY]);
    }
}

/// Each tile of a column that a box touches.
fn for_tiles(b: Bounds, column: Bounds, mut each: impl FnMut(TileId)) {
    let x = f64::midpoint(column[0], column[2]);
    let (first, last) = (TileId::at([x, b[3]]), TileId::at([x, b[1]]));
    for row in first.row..=last.row {
        each(TileId { col: first.col, row });
    }
}

/// A polygon in tile units; `None` where nothing is left of it.
fn polygon(id: TileId, rings: &Polygon) -> Option<tile::Polygon> {
    let mut rings = rings.iter().map(|r| ring(id, r));
    let outer = rings.next().flatten()?;
    Some(std::iter::once(outer).chain(rings.flatten()).collect())
}

fn ring(id: TileId, ring: &[Rd]) -> Option<Vec<Point>> {
    let mut points: Vec<Point> = ring.iter().map(|p| id.to_units(*p)).collect();
    points.dedup();
    while points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    (points.len() > 2 && ring_area2(&points) != 0).then_some(points)
}

/// Place along a Hilbert curve over the tile.
fn hilbert([x, y]: Point) -> u64 {
    let clamp = |v: i32| (i64::from(v) + 32_768).clamp(0, 65_535) as u64;
    let (mut x, mut y) = (clamp(x), clamp(y));
    let mut distance = 0;
    let mut side = 32_768;
    while side > 0 {
        let (rx, ry) = (u64::from(x & side > 0), u64::from(y & side > 0));
        distance += side * side * ((3 * rx) ^ ry);
        if ry == 0 {
            if rx == 1 {
                (x, y) = (65_535 - x, 65_535 - y);
            }
            std::mem::swap(&mut x, &mut y);
        }
        side /= 2;
    }
    distance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_river_through_four_tiles_is_in_all_four_and_has_no_seam() {
        let [x, y] = TileId { col: 452, row: 482 }.corner();
        let river =
            vec![vec![[x - 400.0, y - 300.0], [x + 400.0, y - 320.0], [x + 400.0, y + 310.0], [x - 400.0, y + 300.0]]];
        let parts = cut_polygon(&river);
        let places: Vec<Place> = parts.iter().map(|(place, _)| *place).collect();
        assert_eq!(places.len(), 4);
        for (at, polygon) in &parts {
            let on_edge = polygon[0].iter().filter(|p| p[0] == 0 || p[0] == 4096 || p[1] == 0 || p[1] == 4096).count();
            assert!(on_edge >= 3, "{at:?} {polygon:?}");
        }
    }

    #[test]
    fn the_hilbert_curve_steps_from_neighbour_to_neighbour() {
        let mut cells: Vec<Point> = (0..8).flat_map(|x| (0..8).map(move |y| [x, y])).collect();
        cells.sort_by_key(|p| hilbert(*p));
        let far = cells.windows(2).filter(|w| (w[0][0] - w[1][0]).abs() + (w[0][1] - w[1][1]).abs() != 1).count();
        assert_eq!(far, 0);
    }

    #[test]
    fn a_footprint_of_nothing_is_no_polygon() {
        let id = TileId { col: 452, row: 482 };
        let [x, y] = id.corner();
        assert_eq!(polygon(id, &vec![vec![[x, y], [x + 0.01, y], [x, y - 0.01]]]), None);
    }
}
