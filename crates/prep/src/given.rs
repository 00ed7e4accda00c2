//! Facts that came in files of their own, each given to the homes it speaks of.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use gasvrij3d::home::{Address, FactKey, Method, PandId, VboId};

use crate::model::{Building, Dwelling, Facts, Subject};
use crate::read::dwelling::give;
use crate::report::Tally;

/// The homes of a town, to be found by what a row may speak of.
struct Homes<'a> {
    vbo: HashMap<VboId, usize>,
    pand: HashMap<PandId, &'a [usize]>,
    address: HashMap<Key, usize>,
}

type Key = (String, u32, String, String);

impl<'a> Homes<'a> {
    fn new(dwellings: &[Dwelling], buildings: &[Building], inhabitants: &'a [Vec<usize>]) -> Self {
        Self {
            vbo: dwellings.iter().enumerate().map(|(i, d)| (d.id, i)).collect(),
            pand: buildings.iter().map(|b| b.id).zip(inhabitants.iter().map(Vec::as_slice)).collect(),
            // The lowest id where an address stands twice: dwellings are sorted by id.
            address: dwellings.iter().enumerate().rev().map(|(i, d)| (key(&d.address), i)).collect(),
        }
    }

    fn find(&self, subject: &Subject) -> Vec<usize> {
        match subject {
            Subject::Vbo(id) => self.vbo.get(id).copied().into_iter().collect(),
            Subject::Pand(id) => self.pand.get(id).map_or_else(Vec::new, |homes| homes.to_vec()),
            Subject::Address(address) => self.address.get(&key(address)).copied().into_iter().collect(),
        }
    }
}

/// Letters and additions are written in upper and lower case.
fn key(a: &Address) -> Key {
    (a.postcode.clone(), a.number, a.letter.to_uppercase(), a.addition.to_uppercase())
}

/// Gives each home its facts. The order of the files counts, not that of their rows: a later file does not change what an
/// earlier one said, except that a correction wins from everything.
pub fn give_all(
    dwellings: &mut [Dwelling],
    buildings: &[Building],
    inhabitants: &[Vec<usize>],
    facts: Vec<Facts>,
    steps: &mut Vec<Tally>,
) {
    if facts.is_empty() {
        return;
    }
    let mut tally = Tally::new("feiten");
    let homes = Homes::new(dwellings, buildings, inhabitants);
    let facts = sorted(facts);
    let found: Vec<Vec<usize>> = facts.iter().map(|given| homes.find(&given.subject)).collect();
    for (given, homes) in facts.into_iter().zip(found) {
        if homes.is_empty() {
            tally.reject("V31", || (&given.place, subject(&given.subject)));
            continue;
        }
        for i in homes {
            if given.method == Method::Corrected {
                forget(&mut dwellings[i], &given);
            }
            give(&mut dwellings[i], &given.home, &given.source, given.method, &given.estimated);
            if dwellings[i].label.is_none() {
                dwellings[i].label.clone_from(&given.label);
            }
        }
        tally.keep();
    }
    steps.push(tally);
}

/// By source in the order in which they come; of one source by subject and content, not by the order of its rows. The
/// newest label of a dwelling goes first.
fn sorted(mut facts: Vec<Facts>) -> Vec<Facts> {
    let mut rank: HashMap<Arc<str>, usize> = HashMap::new();
    for given in &facts {
        let next = rank.len();
        rank.entry(Arc::clone(&given.source)).or_insert(next);
    }
    let newest = |f: &Facts| Reverse(f.label.as_ref().and_then(|l| l.registered));
    facts.sort_by(|a, b| {
        let key = |f: &Facts| rank.get(&f.source).copied();
        key(a)
            .cmp(&key(b))
            .then_with(|| a.subject.cmp(&b.subject))
            .then_with(|| newest(a).cmp(&newest(b)))
            .then_with(|| format!("{:?}{:?}", a.home, a.label).cmp(&format!("{:?}{:?}", b.home, b.label)))
    });
    facts
}

/// What was known before of a fact that is corrected; an earlier correction stays.
fn forget(dwelling: &mut Dwelling, given: &Facts) {
    let corrected = |key: FactKey| dwelling.origins.iter().any(|(k, _, m)| *k == key && *m == Method::Corrected);
    let keys: Vec<FactKey> =
        FactKey::ALL.iter().copied().filter(|k| given.home.fact(*k).is_some() && !corrected(*k)).collect();
    for key in keys {
        dwelling.facts.forget(key);
        dwelling.origins.retain(|(k, ..)| *k != key);
    }
}

fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Vbo(id) => id.to_string(),
        Subject::Pand(id) => id.to_string(),
        Subject::Address(a) => format!("{} {}{} {}", a.postcode, a.number, a.letter, a.addition).trim().to_owned(),
    }
}
