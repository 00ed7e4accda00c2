//! What is written on the map about a tile: its streets along their longest straight run, and house numbers.
//!
//! They travel as lines of text, so that a tile whose names are not near costs nothing but its bytes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::rings::within_reach;
use super::{HIGHEST_DM, OFFSET};
use crate::tile::{Point, RoadClass, Tile};

/// A run ends where a street has turned this far from where the run began: the cosine of 20°.
const STRAIGHT: f64 = 0.94;
/// A run shorter than this carries no name, tile units (15 m).
const SHORTEST: f64 = 143.0;

/// Something to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// What it is about.
    pub of: Named,
    /// Where it begins and ends, tile units; one place for a number.
    pub run: [Point; 2],
    /// How high above the ground it is written, decimetres.
    pub height_dm: u16,
    /// The text.
    pub text: String,
}

/// What a name is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A road that leads through the town.
    Road,
    /// A street.
    Street,
    /// The house numbers of a building.
    Number,
}

const KINDS: [(char, Named); 3] = [('r', Named::Road), ('s', Named::Street), ('n', Named::Number)];

/// The names in a tile: streets first.
pub fn names(tile: &Tile) -> Vec<Name> {
    streets(tile).into_iter().chain(numbers(tile)).collect()
}

#[inline(never)]
fn streets(tile: &Tile) -> Vec<Name> {
    let mut best: BTreeMap<&str, (f64, Named, [Point; 2])> = BTreeMap::new();
    for road in tile.weg.iter().filter(|road| !road.name.is_empty()) {
        let Some(run) = longest_run(&road.line) else { continue };
        let length = apart(run[0], run[1]);
        let of = match road.class {
            RoadClass::Motorway | RoadClass::Main | RoadClass::Secondary => Named::Road,
            _ => Named::Street,
        };
        if length >= SHORTEST && best.get(road.name.as_str()).is_none_or(|(other, ..)| *other < length) {
            best.insert(&road.name, (length, of, run));
        }
    }
    best.into_iter().map(|(text, (_, of, run))| Name { of, run, height_dm: 0, text: text.to_owned() }).collect()
}

/// The longest stretch of a line that stays nearly straight.
fn longest_run(line: &[Point]) -> Option<[Point; 2]> {
    let mut longest: Option<[Point; 2]> = None;
    let mut from = 0;
    for to in 1..line.len() {
        // The stretches before the last one were looked at when they were the last.
        let (a, b) = (towards(line[from], line[from + 1]), towards(line[to - 1], line[to]));
        if a[0] * b[0] + a[1] * b[1] < STRAIGHT {
            from = to - 1;
        }
        let run = [line[from], line[to]];
        if longest.is_none_or(|[a, b]| apart(a, b) < apart(run[0], run[1])) {
            longest = Some(run);
        }
    }
    longest
}

fn towards(a: Point, b: Point) -> [f64; 2] {
    let [dx, dy] = [0, 1].map(|k| f64::from(b[k]) - f64::from(a[k]));
    let length = dx.hypot(dy).max(f64::MIN_POSITIVE);
    [dx / length, dy / length]
}

fn apart(a: Point, b: Point) -> f64 {
    (f64::from(a[0]) - f64::from(b[0])).hypot(f64::from(a[1]) - f64::from(b[1]))
}

/// The addresses of one building.
#[derive(Default)]
struct Door<'a> {
    first: Option<(u32, String)>,
    last: Option<(u32, String)>,
    sum: [i64; 2],
    count: i64,
    street: &'a str,
}

/// One text a building: its number, or the first and last of its numbers in the street of its first address.
#[inline(never)]
fn numbers(tile: &Tile) -> Vec<Name> {
    let mut doors: BTreeMap<u64, Door> = BTreeMap::new();
    for woning in &tile.woningen {
        let Some(pand) = woning.pand.filter(|_| woning.address.number > 0) else { continue };
        let door = doors.entry(pand.0).or_default();
        for k in 0..2 {
            door.sum[k] += i64::from(woning.at[k]);
        }
        door.count += 1;
        if door.first.is_some() && door.street != woning.address.street {
            continue;
        }
        door.street = &woning.address.street;
        let number = (woning.address.number, format!("{}{}", woning.address.number, woning.address.letter));
        if door.first.as_ref().is_none_or(|first| number < *first) {
            door.first = Some(number.clone());
        }
        if door.last.as_ref().is_none_or(|last| number > *last) {
            door.last = Some(number);
        }
    }
    let written = tile.panden.iter().filter_map(|pand| {
        let door = doors.get(&pand.id.0)?;
        let (first, last) = (door.first.as_ref()?, door.last.as_ref()?);
        let at = door.sum.map(|sum| (sum / door.count) as i32);
        let text = if first == last { first.1.clone() } else { format!("{}–{}", first.1, last.1) };
        Some(Name { of: Named::Number, run: [at, at], height_dm: pand.height_dm.min(HIGHEST_DM), text })
    });
    written.collect()
}

/// The names as lines of text.
#[inline(never)]
pub fn write(names: &[Name]) -> String {
    let mut out = String::new();
    for Name { of, run, height_dm, text } in names {
        let kind = KINDS.iter().find(|(_, kind)| kind == of).map_or('n', |(letter, _)| *letter);
        let [a, b] = run.map(within_reach);
        let text = text.replace('\n', " ");
        // Writing to a text cannot fail.
        let _ = writeln!(out, "{kind} {} {} {} {} {height_dm} {text}", a[0], a[1], b[0], b[1]);
    }
    out
}

/// The names of a kind from such lines; a line of another form is left out.
pub fn read(lines: &str, of: Named) -> impl Iterator<Item = Name> {
    lines.lines().filter_map(move |line| read_line(line, of))
}

fn read_line(line: &str, wanted: Named) -> Option<Name> {
    let mut parts = line.splitn(7, ' ');
    let letter = parts.next()?.chars().next()?;
    let of = KINDS.iter().find(|(kind, of)| *kind == letter && *of == wanted)?.1;
    let mut number = || parts.next()?.parse::<i32>().ok().filter(|v| v.abs() <= 4 * OFFSET);
    let run = [[number()?, number()?], [number()?, number()?]];
    let height_dm = number()?.try_into().ok()?;
    Some(Name { of, run, height_dm, text: parts.next()?.to_owned() })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::home::{Address, Home, Origins, PandId, VboId};
    use crate::tile::{HeightKind, Pand, Path, Woning};

    fn road(name: &str, class: RoadClass, line: &[Point]) -> Path<RoadClass> {
        Path { class, name: name.into(), line: line.to_vec() }
    }

    fn door(pand: u64, street: &str, number: u32, letter: &str, at: Point) -> Woning {
        let address = Address { street: street.into(), number, letter: letter.into(), ..Address::default() };
        Woning {
            id: VboId(1),
            pand: Some(PandId(pand)),
            at,
            address,
            buurt: String::new(),
            home: Home::default(),
            origins: Origins::default(),
        }
    }

    fn house(id: u64) -> Pand {
        Pand {
            id: PandId(id),
            footprint: vec![],
            height_dm: 85,
            height: HeightKind::Assumed,
            year: None,
            homes: 1,
            roof: None,
        }
    }

    #[test]
    fn a_street_is_named_once_along_its_longest_straight_run() {
        let weg = vec![
            road("Dorpsstraat", RoadClass::Street, &[[0, 0], [300, 0], [300, 900], [310, 1500], [900, 1500]]),
            road("Dorpsstraat", RoadClass::Street, &[[900, 1500], [1200, 1500]]),
            road("Rijksweg", RoadClass::Main, &[[0, 2000], [4000, 2000]]),
            road("", RoadClass::Foot, &[[0, 0], [4000, 0]]),
            road("Steeg", RoadClass::Street, &[[0, 0], [50, 0]]),
        ];
        let found = names(&Tile { weg, ..Tile::default() });
        let told: Vec<_> = found.iter().map(|n| (n.text.as_str(), n.of, n.run)).collect();
        assert_eq!(
            told,
            [
                ("Dorpsstraat", Named::Street, [[300, 0], [310, 1500]]),
                ("Rijksweg", Named::Road, [[0, 2000], [4000, 2000]])
            ]
        );
    }

    #[test]
    fn a_building_has_its_number_or_the_first_and_last_in_one_street() {
        let woningen = vec![
            door(1, "Dorpsstraat", 12, "A", [10, 20]),
            door(2, "Dorpsstraat", 9, "", [100, 0]),
            door(2, "Dorpsstraat", 36, "", [200, 0]),
            door(2, "Dorpsstraat", 10, "", [300, 0]),
            door(2, "Zijstraat", 1, "", [400, 0]),
            door(3, "Dorpsstraat", 0, "", [0, 0]),
        ];
        let found = names(&Tile { panden: vec![house(1), house(2), house(3)], woningen, ..Tile::default() });
        let told: Vec<_> = found.iter().map(|n| (n.text.as_str(), n.run[0], n.height_dm)).collect();
        assert_eq!(told, [("12A", [10, 20], 85), ("9–36", [250, 0], 85)]);
    }

    #[test]
    fn names_survive_the_trip_and_damage_loses_only_its_line() {
        let all = vec![
            Name { of: Named::Road, run: [[-5, 7], [400, 12]], height_dm: 0, text: "Rijksweg A 9 (noord)".into() },
            Name { of: Named::Number, run: [[1, 2], [1, 2]], height_dm: 85, text: "12A".into() },
        ];
        let text = write(&all);
        for lines in [text.clone(), format!("x 1\n\n{text}s 1 2 3\nn 1 2 3 99999999999 5 x\n")] {
            let found: Vec<Name> = KINDS.iter().flat_map(|(_, of)| read(&lines, *of)).collect();
            assert_eq!(found, all);
        }
    }
}
