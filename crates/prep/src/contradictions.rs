//! What is said of one home that cannot be true together (checks V41 and V42). Nothing is put right here: a
//! contradiction is for the keeper of the register.

use gasvrij3d::home::{FactKey, Home, Monument, Origins};

use crate::assumptions::assumptions;
use crate::join::Joined;
use crate::report::Tally;

/// Looks at every home.
pub fn check(joined: &Joined, homes: &[Home], origins: &[Origins]) -> Tally {
    let mut tally = Tally::new("tegenspraken");
    for ((dwelling, home), origins) in
        joined.town.dwellings.iter().zip(homes).zip(origins).filter(|((d, _), _)| d.is_home)
    {
        tally.keep();
        let at = dwelling.place.as_ref();
        let source = |key: FactKey| origins.0.get(&key).map_or("", |p| p.source.as_str());
        if let (Some(q), None) = (home.q, home.lab) {
            tally.remark("V41", || (at, format!("{}: {q} ({})", dwelling.id, source(FactKey::Q))));
        }
        let protected = matches!(home.mon, Some(Monument::Rijks | Monument::Gemeentelijk));
        if let Some(year) = home.bj.filter(|year| protected && *year > assumptions().monument.built_until) {
            tally.remark("V42", || (at, format!("{}: {year} ({})", dwelling.id, source(FactKey::Mon))));
        }
    }
    tally
}
