//! Homes of corporations and of associations of owners that lie close enough together for a small heat network: whose home
//! counts, what hangs together ([`near`]), and what a group comes to. The limits are of `data/kleine-netten.toml`.

pub mod near;

use crate::cijfers::grenzen;
use crate::geo::Rd;
use crate::home::{Home, Ownership, Typology, codes};

/// `MWh` in a GJ: exact by definition.
pub const MWH_PER_GJ: f64 = 1.0 / 3.6;

/// From where a group is a cluster for a network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Buildings this near to each other, wall to wall, hang together, metres.
    pub near: f64,
    /// Fewest homes.
    pub homes: f64,
    /// Least heat, GJ a year.
    pub gj: f64,
    /// Heat by the metre of trench from where a network is good, `MWh` a year.
    pub good: f64,
    /// The same, from where it is possible.
    pub possible: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            near: grenzen::AFSTAND_M,
            homes: grenzen::MINSTE_WONINGEN,
            gj: grenzen::MINSTE_GJ,
            good: grenzen::LIJN_GOED,
            possible: grenzen::LIJN_MOGELIJK,
        }
    }
}

codes! {
    /// What a cluster comes to.
    Verdict {
        /// Heat and density are enough.
        Goed = "goed",
        /// Enough heat, and a density that may do.
        Mogelijk = "mogelijk",
        /// Enough heat, too far apart.
        TeDun = "te_dun",
        /// Too little heat or too few homes.
        TeKlein = "te_klein",
        /// Too much is not known.
        Onbekend = "onbekend",
    }
}

/// What is counted of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Count {
    /// Its homes.
    pub homes: usize,
    /// Those of which the heat is known.
    pub with_heat: usize,
    /// Their heat, GJ a year.
    pub gj: f64,
    /// Heat by the metre of trench, `MWh` a year.
    pub mwh_per_m: f64,
}

impl Limits {
    /// What a group comes to.
    pub fn judge(&self, group: Count) -> Verdict {
        let Count { homes, with_heat, gj, mwh_per_m } = group;
        match () {
            () if (homes as f64) < self.homes => Verdict::TeKlein,
            // What is missing could bring it over the limit.
            () if gj < self.gj && with_heat < homes => Verdict::Onbekend,
            () if gj < self.gj => Verdict::TeKlein,
            () if mwh_per_m >= self.good => Verdict::Goed,
            () if mwh_per_m >= self.possible => Verdict::Mogelijk,
            () if with_heat < homes => Verdict::Onbekend,
            () => Verdict::TeDun,
        }
    }
}

/// Why a home may count in a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// It is known whose it is.
    Known,
    /// The owner is not known, and the building has many homes ("aanname").
    Assumed,
}

/// Why this home counts; nothing where it does not.
pub fn owner(home: &Home) -> Option<Owner> {
    let flat = matches!(home.typ, Some(Typology::Flat | Typology::FlatLaag | Typology::FlatHoog));
    let many = home.nvbo.is_some_and(|n| f64::from(n) >= grenzen::FLAT_ZONDER_EIGENDOM);
    match home.own {
        Some(Ownership::Corp | Ownership::Vve) => Some(Owner::Known),
        None | Some(Ownership::Onbekend) if flat && many => Some(Owner::Assumed),
        _ => None,
    }
}

/// Metres of the shortest lines by which all of these points hang together: straight from point to point.
pub fn span(points: &[Rd]) -> f64 {
    let Some((first, rest)) = points.split_first() else { return 0.0 };
    // Those that are not on it yet, each with its distance to what is.
    let mut left: Vec<(f64, Rd)> = rest.iter().map(|p| (apart(*first, *p), *p)).collect();
    let mut metres = 0.0;
    while let Some(next) = (0..left.len()).min_by(|a, b| left[*a].0.total_cmp(&left[*b].0)) {
        let (way, at) = left.swap_remove(next);
        metres += way;
        for (way, p) in &mut left {
            *way = way.min(apart(at, *p));
        }
    }
    metres
}

fn apart(a: Rd, b: Rd) -> f64 {
    (b[0] - a[0]).hypot(b[1] - a[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_judged_by_homes_then_heat_then_density() {
        let limits = Limits { near: 100.0, homes: 100.0, gj: 2_000.0, good: 2.0, possible: 1.0 };
        let of = |homes, with_heat, gj, mwh_per_m| limits.judge(Count { homes, with_heat, gj, mwh_per_m });
        assert_eq!(of(99, 99, 9_000.0, 9.0), Verdict::TeKlein);
        assert_eq!(of(100, 100, 1_999.0, 9.0), Verdict::TeKlein);
        assert_eq!(of(100, 99, 1_999.0, 9.0), Verdict::Onbekend);
        assert_eq!(of(100, 100, 2_000.0, 2.0), Verdict::Goed);
        assert_eq!(of(100, 99, 2_000.0, 1.9), Verdict::Mogelijk);
        assert_eq!([of(100, 99, 2_000.0, 0.9), of(100, 100, 2_000.0, 0.9)], [Verdict::Onbekend, Verdict::TeDun]);
    }

    #[test]
    fn the_shortest_lines_go_along_a_row_and_once_across() {
        let row = [[0.0, 0.0], [30.0, 0.0], [10.0, 0.0], [20.0, 0.0], [20.0, 5.0]];
        assert!((span(&row) - 35.0).abs() < 1e-9);
        assert!(span(&[]).abs() < 1e-9 && span(&row[..1]).abs() < 1e-9);
    }
}
