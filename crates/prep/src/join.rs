//! All files together: doubles merged, what lies outside rejected, each dwelling in its pand.

use std::cmp::Ordering;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};

use gasvrij3d::geo::Rd;
use gasvrij3d::home::{FactKey, PandId};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::geometry::{Bounds, any_contains, bounds_of, contains, inner_point};
use crate::given::give_all;
use crate::model::{Body, Building, Dwelling, Facts, Polygon, Town};
use crate::read::body;
use crate::read::facts;
use crate::report::Tally;

/// A town whose objects know each other. Buildings and dwellings are sorted by id.
pub struct Joined {
    /// The town.
    pub town: Town,
    /// For each building a point on its surface.
    pub inner: Vec<Rd>,
    /// For each building its dwellings.
    pub inhabitants: Vec<Vec<usize>>,
    /// For each dwelling the building it is in.
    pub home_of: Vec<Option<usize>>,
}

/// Boxes with a number, to be found by place.
pub type Index = RTree<GeomWithData<Rectangle<Rd>, usize>>;

/// An index of boxes.
pub fn index(boxes: impl Iterator<Item = (usize, Bounds)>) -> Index {
    let entry = |(i, b): (usize, Bounds)| {
        GeomWithData::new(Rectangle::from_aabb(AABB::from_corners([b[0], b[1]], [b[2], b[3]])), i)
    };
    RTree::bulk_load(boxes.map(entry).collect())
}

/// The areas that hold a point.
pub struct Areas<'a> {
    index: Index,
    parts: Vec<(usize, &'a Polygon)>,
}

impl<'a> Areas<'a> {
    /// An index over areas of several polygons each.
    pub fn new(areas: impl Iterator<Item = &'a [Polygon]>) -> Self {
        let parts: Vec<(usize, &Polygon)> =
            areas.enumerate().flat_map(|(i, polygons)| polygons.iter().map(move |p| (i, p))).collect();
        let boxes = parts.iter().enumerate().map(|(i, (_, p))| (i, bounds_of(std::slice::from_ref(p))));
        Self { index: index(boxes), parts }
    }

    /// The first area, in the order given, that holds the point.
    pub fn at(&self, p: Rd) -> Option<usize> {
        let near = self.index.locate_in_envelope_intersecting(AABB::from_point(p));
        near.filter_map(|entry| self.parts.get(entry.data)).filter(|(_, part)| contains(part, p)).map(|(i, _)| *i).min()
    }
}

/// Joins what was read; counts what is merged and rejected.
pub fn join(mut town: Town, facts: Vec<Facts>, steps: &mut Vec<Tally>) -> Joined {
    // Where areas overlap the first counts: by their own words, not by the order in which they were read.
    town.neighbourhoods.sort_by(|a, b| (&a.code, &a.name).cmp(&(&b.code, &b.name)));
    town.plans.sort_by(|a, b| (a.status, a.start, &a.name, a.kind).cmp(&(b.status, b.start, &b.name, b.kind)));
    town.networks.sort_by(|a, b| (a.status, a.start, &a.name, a.kind).cmp(&(b.status, b.start, &b.name, b.kind)));
    town.zones.sort_by(|a, b| (a.fact, &a.source, &a.name).cmp(&(b.fact, &b.source, &b.name)));
    let mut tally = Tally::new("pand");
    let mut buildings = unique_buildings(std::mem::take(&mut town.buildings), &town.border, &mut tally);
    steps.push(tally);
    give_bodies(&mut buildings, std::mem::take(&mut town.bodies), steps);
    let inner: Vec<Rd> = buildings.iter().map(|b| inner_point(&b.footprint).unwrap_or(b.footprint[0][0][0])).collect();
    let mut tally = Tally::new("verblijfsobject");
    let dwellings = unique_dwellings(std::mem::take(&mut town.dwellings), &mut tally);

    let by_id: HashMap<PandId, usize> = buildings.iter().enumerate().map(|(i, b)| (b.id, i)).collect();
    let index = index(buildings.iter().enumerate().map(|(i, b)| (i, bounds_of(&b.footprint))));
    let mut inhabitants = vec![Vec::new(); buildings.len()];
    let mut home_of = Vec::with_capacity(dwellings.len());
    let mut kept = Vec::with_capacity(dwellings.len());
    for mut dwelling in dwellings {
        let registered: Vec<usize> = dwelling.panden.iter().filter_map(|id| by_id.get(id).copied()).collect();
        let found = if dwelling.panden.is_empty() && !dwelling.at[0].is_nan() {
            smallest_around(dwelling.at, &buildings, &index).into_iter().collect()
        } else {
            registered
        };
        if dwelling.at[0].is_nan() {
            // The file gave no place: that of the pand is the best there is.
            let Some(&b) = found.first() else {
                tally.reject("no place, and its pand is not there: give x and y, or a file with its pand", || {
                    dwelling.id.to_string()
                });
                continue;
            };
            dwelling.at = inner[b];
        }
        if found.is_empty() && !town.border.is_empty() && !any_contains(&town.border, dwelling.at) {
            tally.reject("outside the municipality", || dwelling.id.to_string());
            continue;
        }
        if found.is_empty() {
            let kind = if dwelling.panden.is_empty() { "V33" } else { "V32" };
            tally.remark(kind, || (dwelling.place.as_ref(), dwelling.id));
        }
        for &b in &found {
            inhabitants[b].push(kept.len());
        }
        home_of.push(found.first().copied());
        kept.push(dwelling);
        tally.keep();
    }
    steps.push(tally);
    give_all(&mut kept, &buildings, &inhabitants, facts, steps);
    town.buildings = buildings;
    town.dwellings = kept;
    Joined { town, inner, inhabitants, home_of }
}

/// The smallest building around a point: one that stands within another is the one that is meant.
fn smallest_around(p: Rd, buildings: &[Building], index: &Index) -> Option<usize> {
    index
        .locate_in_envelope_intersecting(AABB::from_point(p))
        .map(|entry| entry.data)
        .filter(|&i| any_contains(&buildings[i].footprint, p))
        .min_by(|&a, &b| {
            let area = |i: usize| crate::geometry::area_of(&buildings[i].footprint);
            area(a).total_cmp(&area(b)).then(a.cmp(&b))
        })
}

fn unique_buildings(all: Vec<Building>, border: &[Polygon], tally: &mut Tally) -> Vec<Building> {
    let mut order: Vec<usize> = (0..all.len()).collect();
    let rank = ranks(all.iter().map(|b| b.source.as_str()));
    // Of one source the content decides, not the order of its rows.
    order.sort_by(|&a, &b| {
        let key = |i: usize| (all[i].id, rank[all[i].source.as_str()]);
        key(a).cmp(&key(b)).then_with(|| same_source(&all[a], &all[b]))
    });
    drop(rank);
    let mut slots: Vec<Option<Building>> = all.into_iter().map(Some).collect();
    let mut kept: Vec<Building> = Vec::with_capacity(slots.len());
    for i in order {
        let Some(building) = slots[i].take() else { continue };
        let id = building.id;
        match kept.last_mut().filter(|last| last.id == id) {
            Some(first) if first.source != building.source => {
                fill(first, building);
                tally.reject("the same pand in a later file: its height and year fill what was missing", || {
                    id.to_string()
                });
            }
            Some(first) if same_place(first, &building) => {
                fill(first, building);
                tally.reject("the same pand twice: one is kept", || id.to_string());
            }
            Some(_) => tally.reject("an id that was there before, elsewhere: the first is kept", || id.to_string()),
            None if !border.is_empty() && outside(&building, border) => {
                tally.reject("outside the municipality", || id.to_string());
            }
            None => {
                kept.push(building);
                tally.keep();
            }
        }
    }
    kept
}

fn fill(first: &mut Building, second: Building) {
    first.height_m = first.height_m.or(second.height_m);
    first.year = first.year.or(second.year);
    match (&mut first.body, second.body) {
        (Some(body), Some(other)) => body::fill(body, &other),
        (none @ None, other) => *none = other,
        (Some(_), None) => {}
    }
}

/// Gives the shapes that came in tables of their own to their buildings.
fn give_bodies(buildings: &mut [Building], bodies: Vec<(PandId, Body)>, steps: &mut Vec<Tally>) {
    if bodies.is_empty() {
        return;
    }
    let mut tally = Tally::new("maten");
    let mut parts: BTreeMap<(PandId, String), Body> = BTreeMap::new();
    for (id, body) in bodies {
        // Buildings are sorted by id.
        if buildings.binary_search_by_key(&id, |b| b.id).is_err() {
            tally.reject("no pand with this id was read", || id.to_string());
            continue;
        }
        tally.keep();
        match parts.entry((id, body.source.clone())) {
            Entry::Vacant(empty) => {
                empty.insert(body);
            }
            Entry::Occupied(mut whole) => body::add(whole.get_mut(), &body),
        }
    }
    for ((id, _), body) in parts {
        let Ok(b) = buildings.binary_search_by_key(&id, |b| b.id) else { continue };
        match &mut buildings[b].body {
            Some(present) => body::fill(present, &body),
            none => *none = Some(Box::new(body)),
        }
    }
    steps.push(tally);
}

/// The sources in the order in which they come.
fn ranks<'a>(sources: impl Iterator<Item = &'a str>) -> HashMap<&'a str, usize> {
    let mut ranks = HashMap::new();
    for source in sources {
        let next = ranks.len();
        ranks.entry(source).or_insert(next);
    }
    ranks
}

/// Two buildings with one id in one source: the one of which more is known, then the one further west and south.
fn same_source(a: &Building, b: &Building) -> Ordering {
    let known = |b: &Building| (b.year.is_none(), b.height_m.is_none(), b.body.is_none(), b.year);
    let points = |b: &Building| b.footprint.iter().flatten().flatten().flatten().copied().collect::<Vec<f64>>();
    let height = |b: &Building| b.height_m.unwrap_or_default();
    known(a).cmp(&known(b)).then_with(|| height(a).total_cmp(&height(b))).then_with(|| floats(&points(a), &points(b)))
}

/// The same of two dwellings.
fn same_register(a: &Dwelling, b: &Dwelling) -> Ordering {
    let known = |d: &Dwelling| FactKey::ALL.iter().filter(|k| d.facts.fact(**k).is_some()).count();
    known(b)
        .cmp(&known(a))
        .then_with(|| (&a.address, &a.panden, a.is_home).cmp(&(&b.address, &b.panden, b.is_home)))
        .then_with(|| floats(&a.at, &b.at))
        .then_with(|| format!("{:?}", a.facts).cmp(&format!("{:?}", b.facts)))
}

fn floats(a: &[f64], b: &[f64]) -> Ordering {
    let first = a.iter().zip(b).map(|(a, b)| a.total_cmp(b)).find(|o| o.is_ne());
    first.unwrap_or_else(|| a.len().cmp(&b.len()))
}

/// Two footprints are one where their boxes are, to a decimetre.
fn same_place(a: &Building, b: &Building) -> bool {
    let (a, b) = (bounds_of(&a.footprint), bounds_of(&b.footprint));
    a.iter().zip(b).all(|(a, b)| (a - b).abs() < 0.1)
}

fn outside(building: &Building, border: &[Polygon]) -> bool {
    let inner = inner_point(&building.footprint);
    !inner.is_some_and(|p| any_contains(border, p))
        && !building.footprint.iter().flatten().flatten().any(|p| any_contains(border, *p))
}

fn unique_dwellings(all: Vec<Dwelling>, tally: &mut Tally) -> Vec<Dwelling> {
    let mut order: Vec<usize> = (0..all.len()).collect();
    let rank = ranks(all.iter().map(|d| d.source.as_str()));
    order.sort_by(|&a, &b| {
        let key = |i: usize| (all[i].id, rank[all[i].source.as_str()]);
        key(a).cmp(&key(b)).then_with(|| same_register(&all[a], &all[b]))
    });
    drop(rank);
    let mut slots: Vec<Option<Dwelling>> = all.into_iter().map(Some).collect();
    let mut kept: Vec<Dwelling> = Vec::with_capacity(slots.len());
    for i in order {
        let Some(dwelling) = slots[i].take() else { continue };
        let id = dwelling.id;
        match kept.last_mut().filter(|last| last.id == id) {
            Some(first) => {
                complete(first, dwelling);
                tally.reject(
                    "the same verblijfsobject twice: the first is kept, the second fills what was missing",
                    || id.to_string(),
                );
            }
            None => kept.push(dwelling),
        }
    }
    kept
}

fn complete(first: &mut Dwelling, second: Dwelling) {
    if first.at[0].is_nan() {
        first.at = second.at;
    }
    if first.panden.is_empty() {
        first.panden = second.panden;
    }
    let (a, b) = (&mut first.address, second.address);
    for (mine, other) in [(&mut a.street, b.street), (&mut a.postcode, b.postcode), (&mut a.place, b.place)] {
        if mine.is_empty() {
            *mine = other;
        }
    }
    let origins = second.origins.into_iter().filter(|(key, ..)| first.facts.fact(*key).is_none());
    first.origins.extend(origins);
    facts::fill(&mut first.facts, &second.facts);
    first.label = first.label.take().or(second.label);
}
