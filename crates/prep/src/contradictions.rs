//! What is said of one home that cannot be true together (checks V32 and V33). Nothing is put right here: a
//! contradiction is for the keeper of the register.

use gasvrij3d::home::{Home, Monument};

use crate::assumptions::assumptions;
use crate::join::Joined;
use crate::report::Tally;

/// Looks at every home.
pub fn check(joined: &Joined, homes: &[Home]) -> Tally {
    let mut tally = Tally::new("tegenspraken");
    for (dwelling, home) in joined.town.dwellings.iter().zip(homes).filter(|(d, _)| d.is_home) {
        tally.keep();
        if let (Some(q), None) = (home.q, home.lab) {
            tally.remark("V32", || format!("{}: {q}", dwelling.id));
        }
        let protected = matches!(home.mon, Some(Monument::Rijks | Monument::Gemeentelijk));
        if let Some(year) = home.bj.filter(|year| protected && *year > assumptions().monument.built_until) {
            tally.remark("V33", || format!("{}: {year}", dwelling.id));
        }
    }
    tally
}
