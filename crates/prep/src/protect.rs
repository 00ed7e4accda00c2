//! Which pand is a monument, and which home lies in a protected townscape: by what the register names, else by place.

use std::collections::HashMap;

use gasvrij3d::geo::Rd;
use gasvrij3d::home::{Address, FactKey, Method, Monument, PandId, VboId};
use rstar::AABB;

use crate::geometry::{any_contains, bounds_of, edges, grown};
use crate::join::{Areas, Index, Joined, index};
use crate::model::{Building, Dwelling, ProtectedBuilding, Subject};
use crate::report::Tally;

/// A point this far from a pand still means it, metres: registers put it before the door ("aanname").
const NEAR: f64 = 2.0;

/// A protection, and the id of the source that says so.
type Protection<'a> = (Monument, &'a str);

/// Gives each home its protection, where no source gave it one. A monument goes before a townscape.
pub fn apply(joined: &mut Joined, steps: &mut Vec<Tally>) {
    if joined.town.monuments.is_empty() && joined.town.townscapes.is_empty() {
        return;
    }
    let mut tally = Tally::new("monument");
    let found = buildings(joined, &mut tally);
    let townscapes = Areas::new(joined.town.townscapes.iter().map(|t| t.area.as_slice()));
    let of = |(d, dwelling): (usize, &Dwelling)| {
        if !dwelling.is_home || dwelling.facts.mon.is_some() {
            return None;
        }
        let townscape =
            || townscapes.at(dwelling.at).map(|t| (Monument::Stadsgezicht, joined.town.townscapes[t].source.as_str()));
        let (kind, source) = joined.home_of[d].and_then(|b| found[b]).or_else(townscape)?;
        Some((d, kind, source.to_owned()))
    };
    let given: Vec<(usize, Monument, String)> = joined.town.dwellings.iter().enumerate().filter_map(of).collect();
    for (d, kind, source) in given {
        let dwelling = &mut joined.town.dwellings[d];
        dwelling.facts.mon = Some(kind);
        dwelling.origins.push((FactKey::Mon, source, Method::Derived));
    }
    if !joined.town.monuments.is_empty() {
        steps.push(tally);
    }
}

/// The protection of each building, in the order of the town's buildings.
fn buildings<'a>(joined: &'a Joined, tally: &mut Tally) -> Vec<Option<Protection<'a>>> {
    let town = &joined.town;
    let mut found: Vec<Option<Protection<'a>>> = vec![None; town.buildings.len()];
    let finder = Finder::new(joined);
    for monument in &town.monuments {
        let panden = finder.panden(monument);
        if panden.is_empty() {
            tally.reject("V27", || (Some(&monument.place), named(monument)));
            continue;
        }
        tally.keep();
        for b in panden {
            // The state's protection goes before the municipality's.
            let better =
                found[b].is_none_or(|(present, _)| monument.kind == Monument::Rijks && present != Monument::Rijks);
            if better {
                found[b] = Some((monument.kind, monument.source.as_str()));
            }
        }
    }
    found
}

fn named(monument: &ProtectedBuilding) -> String {
    match (monument.number.as_str(), monument.at) {
        ("", Some([x, y])) => format!("{x:.0} {y:.0}"),
        (number, _) => number.to_owned(),
    }
}

struct Finder<'a> {
    joined: &'a Joined,
    index: Index,
    by_pand: HashMap<PandId, usize>,
    by_vbo: HashMap<VboId, usize>,
    by_address: HashMap<Key, Vec<usize>>,
}

/// An address without the spelling of its street: postcode (or street) with number, letter and addition.
type Key = (String, u32, String, String);

fn keys(address: &Address) -> impl Iterator<Item = Key> {
    let rest = |place: String| {
        (place, address.number, address.letter.to_lowercase(), address.addition.to_lowercase().replace([' ', '-'], ""))
    };
    let places = [address.postcode.to_lowercase(), address.street.to_lowercase()];
    places.into_iter().filter(|p| !p.is_empty()).map(rest)
}

impl<'a> Finder<'a> {
    fn new(joined: &'a Joined) -> Self {
        let town = &joined.town;
        let mut by_address: HashMap<Key, Vec<usize>> = HashMap::new();
        if !town.monuments.is_empty() {
            for (d, dwelling) in town.dwellings.iter().enumerate() {
                for key in keys(&dwelling.address) {
                    by_address.entry(key).or_default().push(d);
                }
            }
        }
        Self {
            joined,
            index: index(town.buildings.iter().enumerate().map(|(b, building)| (b, bounds_of(&building.footprint)))),
            by_pand: town.buildings.iter().enumerate().map(|(b, building)| (building.id, b)).collect(),
            by_vbo: town.dwellings.iter().enumerate().map(|(d, dwelling)| (dwelling.id, d)).collect(),
            by_address,
        }
    }

    /// The panden a monument is: what it names, what it lies in, or what stands within reach and has its address.
    fn panden(&self, monument: &ProtectedBuilding) -> Vec<usize> {
        let named = match &monument.subject {
            Some(Subject::Pand(id)) => self.by_pand.get(id).copied().into_iter().collect(),
            Some(Subject::Vbo(id)) => self.by_vbo.get(id).and_then(|d| self.joined.home_of[*d]).into_iter().collect(),
            Some(Subject::Address(address)) => self.at_address(address),
            None => Vec::new(),
        };
        let by_id = matches!(monument.subject, Some(Subject::Pand(_) | Subject::Vbo(_)));
        if by_id && !named.is_empty() {
            return named;
        }
        let buildings = &self.joined.town.buildings;
        if !monument.area.is_empty() {
            let inside = self.index.locate_in_envelope_intersecting(envelope(bounds_of(&monument.area)));
            let mut inside: Vec<usize> = inside
                .map(|entry| entry.data)
                .filter(|&b| any_contains(&monument.area, self.joined.inner[b]))
                .collect();
            inside.sort_unstable();
            return inside;
        }
        let Some(at) = monument.at else { return named };
        let around = grown([at[0], at[1], at[0], at[1]], NEAR);
        let mut near: Vec<(f64, usize)> = self
            .index
            .locate_in_envelope_intersecting(envelope(around))
            .map(|entry| (distance(&buildings[entry.data], at), entry.data))
            .filter(|(metres, _)| *metres <= NEAR)
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        // Of several within reach the one with the address is meant; a point that lies in none must have it.
        let with_address = near.iter().find(|(_, b)| named.contains(b));
        match (with_address, near.first()) {
            (Some((_, b)), _) => vec![*b],
            (None, Some((metres, b))) if *metres == 0.0 || named.is_empty() => vec![*b],
            // Its address stands elsewhere: the point is a rough one, the address is not.
            _ => named,
        }
    }

    /// The panden at an address; without a letter or addition only where there is no doubt.
    fn at_address(&self, address: &Address) -> Vec<usize> {
        let found = keys(address).find_map(|key| self.by_address.get(&key));
        let mut panden: Vec<usize> = found.into_iter().flatten().filter_map(|d| self.joined.home_of[*d]).collect();
        panden.sort_unstable();
        panden.dedup();
        if panden.len() == 1 { panden } else { Vec::new() }
    }
}

fn envelope(b: [f64; 4]) -> AABB<Rd> {
    AABB::from_corners([b[0], b[1]], [b[2], b[3]])
}

/// Metres from a point to a building, 0 within it.
fn distance(building: &Building, p: Rd) -> f64 {
    if any_contains(&building.footprint, p) {
        return 0.0;
    }
    let rings = building.footprint.iter().flatten();
    rings.flat_map(|ring| edges(ring)).map(|(a, b)| to_edge(p, a, b)).fold(f64::INFINITY, f64::min)
}

fn to_edge(p: Rd, a: Rd, b: Rd) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length2 = dx * dx + dy * dy;
    let t = if length2 > 0.0 { (((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2).clamp(0.0, 1.0) } else { 0.0 };
    (a[0] + t * dx - p[0]).hypot(a[1] + t * dy - p[1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::join::join;
    use crate::model::{Town, Townscape};

    /// Three houses in a row, 6 m wide, with the numbers 1, 3 and 5; a street of 2 m before them.
    fn row() -> Town {
        let mut town = Town::default();
        for i in 0..3_u32 {
            let x = 104_000.0 + f64::from(i) * 6.0;
            let y = 488_000.0;
            let footprint = vec![vec![vec![[x, y], [x + 6.0, y], [x + 6.0, y + 9.0], [x, y + 9.0]]]];
            let id = PandId(392_100_000_000_000 + u64::from(i));
            town.buildings.push(Building { id, footprint, ..Building::default() });
            let address = Address { street: "Bakenessergracht".to_owned(), number: 1 + 2 * i, ..Address::default() };
            let id_of_home = VboId(392_010_000_000_000 + u64::from(i));
            town.dwellings.push(Dwelling {
                id: id_of_home,
                at: [x + 3.0, y + 4.0],
                panden: vec![id],
                address,
                is_home: true,
                ..Dwelling::default()
            });
        }
        town
    }

    fn monument(at: Option<Rd>, subject: Option<Subject>) -> ProtectedBuilding {
        ProtectedBuilding {
            number: "19168".to_owned(),
            kind: Monument::Rijks,
            at,
            area: Vec::new(),
            subject,
            source: "rce".to_owned(),
            place: crate::report::Place::default(),
        }
    }

    fn found(monuments: Vec<ProtectedBuilding>) -> (Vec<usize>, Tally) {
        let mut town = row();
        town.monuments = monuments;
        let joined = join(town, Vec::new(), &mut Vec::new());
        let mut tally = Tally::new("monument");
        let all = buildings(&joined, &mut tally);
        (all.iter().enumerate().filter(|(_, p)| p.is_some()).map(|(b, _)| b).collect(), tally)
    }

    fn address(number: u32) -> Subject {
        let street = "Bakenessergracht".to_owned();
        Subject::Address(Address { street, number, ..Address::default() })
    }

    #[test]
    fn a_point_means_the_pand_it_lies_in_or_stands_before() {
        assert_eq!(found(vec![monument(Some([104_009.0, 488_003.0]), None)]).0, [1]);
        assert_eq!(found(vec![monument(Some([104_009.0, 487_998.5]), None)]).0, [1]);
        let (none, tally) = found(vec![monument(Some([104_009.0, 487_997.0]), None)]);
        assert_eq!((none.len(), tally.rejected["V27"].count), (0, 1));
    }

    #[test]
    fn between_two_panden_the_address_tells_which() {
        let corner = Some([104_006.0, 487_999.0]);
        assert_eq!(found(vec![monument(corner, Some(address(1)))]).0, [0]);
        assert_eq!(found(vec![monument(corner, Some(address(3)))]).0, [1]);
        // A rough point, and an address two doors on.
        assert_eq!(found(vec![monument(corner, Some(address(5)))]).0, [2]);
        // An address that is not there, and a point within a pand.
        assert_eq!(found(vec![monument(Some([104_001.0, 488_001.0]), Some(address(99)))]).0, [0]);
    }

    #[test]
    fn an_area_protects_what_stands_in_it_and_the_state_goes_first() {
        let block = ProtectedBuilding {
            area: vec![vec![vec![
                [103_999.0, 487_999.0],
                [104_012.5, 487_999.0],
                [104_012.5, 488_010.0],
                [103_999.0, 488_010.0],
            ]]],
            kind: Monument::Gemeentelijk,
            ..monument(None, None)
        };
        assert_eq!(found(vec![block.clone()]).0, [0, 1]);
        let mut town = row();
        town.monuments = vec![block, monument(None, Some(Subject::Pand(PandId(392_100_000_000_001))))];
        let joined = join(town, Vec::new(), &mut Vec::new());
        let all = buildings(&joined, &mut Tally::new("monument"));
        assert_eq!(
            all.iter().map(|p| p.map(|(kind, _)| kind)).collect::<Vec<_>>(),
            [Some(Monument::Gemeentelijk), Some(Monument::Rijks), None]
        );
    }

    #[test]
    fn a_home_in_a_townscape_is_of_it_unless_it_is_a_monument() {
        let mut town = row();
        town.monuments = vec![monument(None, Some(address(3)))];
        let area = vec![vec![vec![
            [103_990.0, 487_990.0],
            [104_011.0, 487_990.0],
            [104_011.0, 488_020.0],
            [103_990.0, 488_020.0],
        ]]];
        town.townscapes = vec![Townscape { name: "Bakenes".to_owned(), area, source: "rce-gezichten".to_owned() }];
        let mut joined = join(town, Vec::new(), &mut Vec::new());
        let mut steps = Vec::new();
        apply(&mut joined, &mut steps);
        let mon: Vec<Option<Monument>> = joined.town.dwellings.iter().map(|d| d.facts.mon).collect();
        assert_eq!(mon, [Some(Monument::Stadsgezicht), Some(Monument::Rijks), None]);
        let sources: Vec<&str> = joined.town.dwellings.iter().flat_map(|d| &d.origins).map(|o| o.1.as_str()).collect();
        assert_eq!((sources, steps[0].kept), (vec!["rce-gezichten", "rce"], 1));
    }
}
