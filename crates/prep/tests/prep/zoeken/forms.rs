//! Addresses as people write them, right and with one typing error, and how well they are found.

use std::collections::{BTreeMap, BTreeSet};

use super::{Address, Built, Entry, Fitting, Listed, Query, Shard, Streets, build, certain, normal};

/// What came of some texts.
#[derive(Debug, Default)]
pub struct Score {
    pub asked: usize,
    /// The address stands first.
    pub first: usize,
    /// It stands among the first five.
    pub five: usize,
    /// Another address would open without being chosen.
    pub wrong: Vec<String>,
    pub missed: Vec<String>,
}

impl Score {
    pub fn first_percent(&self) -> f64 {
        100.0 * self.first as f64 / self.asked as f64
    }

    pub fn five_percent(&self) -> f64 {
        100.0 * self.five as f64 / self.asked as f64
    }
}

/// The figures of a town: real forms, one typing error, additions.
pub struct Figures {
    pub real: Score,
    pub typos: Score,
    pub additions: Score,
}

/// A generator of numbers that is the same everywhere (xorshift).
struct Dice(u64);

impl Dice {
    fn next(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }
}

struct Town {
    streets: Streets,
    shards: Vec<Shard>,
}

impl Town {
    fn new(built: &Built) -> Self {
        let shards = built.shards.iter().map(|s| Shard::parse(s).unwrap()).collect();
        Self { streets: Streets::parse(&built.streets).unwrap(), shards }
    }

    fn list(&self, text: &str) -> Vec<Listed> {
        let fitting = Fitting::find(&self.streets, &Query::parse(text));
        fitting.list(&self.streets, |shard| self.shards.get(shard)).unwrap()
    }

    fn ask(&self, text: &str, wanted: &Address, score: &mut Score) {
        let list = self.list(text);
        // The same address on two doors is one to who types it.
        let is = |line: &Listed| matches!(line, Listed::Address(a) if a.address.to_string() == wanted.to_string() && a.address.place == wanted.place);
        score.asked += 1;
        score.first += usize::from(list.first().is_some_and(is));
        let five = list.iter().take(5).any(is);
        score.five += usize::from(five);
        if !five {
            let first = list.first().map(|l| match l {
                Listed::Address(a) => a.address.to_string(),
                Listed::Street(s) => self.streets.street(*s).unwrap().name.clone(),
            });
            score.missed.push(format!("`{text}` for {wanted}: {first:?}"));
        }
        if let Some(certain) = certain(&list).map(|i| &list[i]).filter(|line| !is(line)) {
            score.wrong.push(format!("`{text}` for {wanted}: {certain:?}"));
        }
    }
}

/// Letter and addition as one writes them, in one of several ways.
fn suffix(a: &Address, way: usize) -> String {
    let parts: Vec<&str> = [a.letter.as_str(), a.addition.as_str()].into_iter().filter(|p| !p.is_empty()).collect();
    match (way % 5, parts.is_empty()) {
        (_, true) => String::new(),
        (0, _) if a.letter.is_empty() => format!("-{}", parts.join("-")),
        (0, _) => parts.join("-"),
        (1, _) => format!(" {}", parts.join(" ")),
        (2, _) => format!("-{}", parts.join("")).to_lowercase(),
        // A digit right behind the number would be a digit of the number.
        (3, _) if !parts[0].starts_with(|c: char| c.is_ascii_digit()) => parts.join("").to_lowercase(),
        _ => format!(" {}", parts.join("-")).to_lowercase(),
    }
}

/// The street as one writes it, in one of several ways.
fn street(name: &str, way: usize) -> String {
    let plain = |text: &str| -> String {
        text.chars()
            .map(|c| match c {
                'é' | 'è' | 'ë' | 'ê' => 'e',
                'ï' | 'í' => 'i',
                'ö' | 'ó' => 'o',
                'ü' => 'u',
                'á' | 'ä' | 'à' => 'a',
                'ç' => 'c',
                other => other,
            })
            .collect()
    };
    match way % 8 {
        0 | 1 => name.to_owned(),
        2 => name.to_lowercase(),
        3 => plain(name).to_uppercase(),
        4 => name.replace("straat", "str."),
        5 => name
            .replace("van der ", "v/d ")
            .replace("van den ", "v.d. ")
            .replace("van de ", "vd ")
            .replace("Sint ", "St. "),
        6 => name.replace("plein", "pln").replace('-', " ").replace('\'', ""),
        _ => plain(&name.to_lowercase()),
    }
}

fn written(a: &Address, dice: &mut Dice) -> String {
    let (number, suffix) = (a.number, suffix(a, dice.next(5)));
    let street = street(&a.street, dice.next(8));
    let code = &a.postcode;
    let spaced = if code.len() == 6 { format!("{} {}", &code[..4], &code[4..]) } else { String::new() };
    match dice.next(8) {
        0 if !spaced.is_empty() => format!("{code} {number}{suffix}"),
        1 if !spaced.is_empty() => format!("{} {number}{suffix}", spaced.to_lowercase()),
        2 if !spaced.is_empty() => format!("{street} {number}{suffix}, {spaced} {}", a.place),
        3 => format!("{street} {number}{suffix}, {}", a.place),
        4 => format!("  {street}  {number}{suffix} "),
        _ => format!("{street} {number}{suffix}"),
    }
}

/// One letter of the street wrong, missing, doubled, or swapped with the next.
fn typo(name: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let places: Vec<usize> = (0..letters.len()).filter(|&i| letters[i].is_alphabetic()).collect();
    let at = places[dice.next(places.len())];
    let other = char::from(b'a' + dice.next(26) as u8);
    match dice.next(4) {
        0 => letters[at] = other,
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, other),
        _ if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => letters.insert(at, letters[at]),
    }
    letters.into_iter().collect()
}

/// Asks for `real` addresses in real forms, for `typos` with one typing error, and for `additions` of those with an addition.
pub fn figures(entries: &[Entry], real: usize, typos: usize, additions: usize) -> Figures {
    let town = Town::new(&build(entries.to_vec()));
    let mut dice = Dice(0x5eed_1234_abcd_0001);
    let mut figures = Figures { real: Score::default(), typos: Score::default(), additions: Score::default() };
    while figures.real.asked < real {
        let wanted = &entries[dice.next(entries.len())].address;
        let text = written(wanted, &mut dice);
        town.ask(&text, wanted, &mut figures.real);
    }
    // A typing error that makes the name of another street is that street to everybody.
    let names: BTreeSet<String> = entries.iter().map(|e| normal(&e.address.street)).collect();
    let mut alike: BTreeMap<String, u32> = BTreeMap::new();
    while figures.typos.asked < typos {
        let wanted = &entries[dice.next(entries.len())].address;
        let name = typo(&wanted.street, &mut dice);
        if names.contains(&normal(&name)) {
            *alike.entry(name).or_default() += 1;
            continue;
        }
        let text = format!("{name} {}{}", wanted.number, suffix(wanted, dice.next(5)));
        town.ask(&text, wanted, &mut figures.typos);
    }
    let with: Vec<&Entry> =
        entries.iter().filter(|e| !e.address.letter.is_empty() || !e.address.addition.is_empty()).collect();
    while figures.additions.asked < additions {
        let wanted = &with[dice.next(with.len())].address;
        let text = format!("{} {}{}", wanted.street, wanted.number, suffix(wanted, dice.next(5)));
        town.ask(&text, wanted, &mut figures.additions);
    }
    figures
}
