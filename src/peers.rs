//! Homes like yours: how many homes nearby are of the same kind and period, and whether the same suits them.

use crate::home::Home;
use crate::kentallen::period_of;
use crate::kosten::Prices;
use crate::rules::rules;
use crate::tile::Woning;
use crate::town::advised;

/// Nothing is told of fewer homes than this.
pub const FEWEST: usize = 10;

/// Homes like one home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peers {
    /// Whether they are all in the street of the home; otherwise around it.
    pub in_street: bool,
    /// How many, the home itself not counted.
    pub count: usize,
    /// Whether the same is advised first to most of them.
    pub mostly_the_same: bool,
}

/// The homes like this one among those around it: first in its street, then all. `home` is what is supposed of it. `None`
/// where there are fewer than [`FEWEST`], or where its kind or year is not known.
pub fn peers(own: &Woning, home: &Home, around: &[Woning], prices: &Prices) -> Option<Peers> {
    let kind = home.typ?.rule_code();
    let period = period_of(home.bj?);
    let alike = |other: &&Woning| {
        other.id != own.id
            && other.home.woonfunctie != Some(false)
            && other.home.typ.is_some_and(|typ| typ.rule_code() == kind)
            && other.home.bj.is_some_and(|bj| period_of(bj) == period)
    };
    let all: Vec<&Woning> = around.iter().filter(alike).collect();
    let in_street: Vec<&Woning> =
        all.iter().copied().filter(|other| other.address.street == own.address.street).collect();
    let is_street = in_street.len() >= FEWEST;
    let found = if is_street { in_street } else { all };
    if found.len() < FEWEST {
        return None;
    }
    let first = |home: &Home| advised(home, &rules().evaluate(home, rules().year()), prices).map(|(option, _)| option);
    let own = first(home);
    let same = found.iter().filter(|other| first(&other.home) == own).count();
    Some(Peers { in_street: is_street, count: found.len(), mostly_the_same: same * 2 > found.len() })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::home::{Address, Label, Origins, Typology, VboId};

    fn woning(id: u64, street: &str, bj: u16) -> Woning {
        Woning {
            id: VboId(id),
            pand: None,
            at: [0, 0],
            address: Address { street: street.into(), number: id as u32, ..Address::default() },
            buurt: String::new(),
            home: Home { bj: Some(bj), typ: Some(Typology::Tussen), ..Home::default() },
            origins: Origins::default(),
        }
    }

    fn of(own: &Woning, around: &[Woning]) -> Option<Peers> {
        peers(own, &own.home, around, &Prices::of_year(2026))
    }

    #[test]
    fn ten_homes_of_the_street_are_told_of_and_nine_are_not() {
        let homes: Vec<Woning> = (1..=11).map(|id| woning(id, "Riouwstraat", 1935)).collect();
        assert_eq!(of(&homes[0], &homes), Some(Peers { in_street: true, count: 10, mostly_the_same: true }));
        assert_eq!(of(&homes[0], &homes[..10]), None, "nine others");
    }

    #[test]
    fn where_the_street_is_small_those_around_count() {
        let mut homes: Vec<Woning> = (1..=6).map(|id| woning(id, "Riouwstraat", 1935)).collect();
        homes.extend((7..=12).map(|id| woning(id, "Delistraat", 1940)));
        assert!(!of(&homes[0], &homes).unwrap().in_street);
    }

    #[test]
    fn another_kind_or_period_is_not_like_yours_and_a_shop_is_no_home() {
        let mut homes: Vec<Woning> = (1..=11).map(|id| woning(id, "Riouwstraat", 1935)).collect();
        homes[3].home.bj = Some(1990);
        assert_eq!(of(&homes[0], &homes), None);
        homes[3].home.bj = Some(1935);
        homes[3].home.woonfunctie = Some(false);
        assert_eq!(of(&homes[0], &homes), None);
        homes[0].home.typ = None;
        assert_eq!(of(&homes[0], &homes), None);
    }

    #[test]
    fn other_advice_is_said_to_differ() {
        let mut homes: Vec<Woning> = (1..=13).map(|id| woning(id, "Riouwstraat", 1985)).collect();
        homes[0].home.net_status = Some(crate::home::NetStatus::Beschikbaar);
        homes[0].home.net_soort = Some(crate::home::NetKind::Mt);
        homes[0].home.lab = Some(Label::D);
        assert!(!of(&homes[0], &homes).unwrap().mostly_the_same);
        assert!(of(&homes[1], &homes).unwrap().mostly_the_same);
    }
}
