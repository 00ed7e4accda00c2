//! A network drawn over a street, and properties that hold wherever it is drawn.

use super::*;
use crate::geo::Rd;
use crate::home::{Label, NetStatus, Typology};
use crate::verdict::Verdict;
use proptest::prelude::*;

fn terraced() -> Home {
    Home {
        bj: Some(1955),
        typ: Some(Typology::Tussen),
        lab: Some(Label::C),
        area_m2: Some(105.0),
        net_status: Some(NetStatus::Geen),
        woonfunctie: Some(true),
        ..Home::default()
    }
}

/// A street of homes, ten metres apart, along y = 0.
fn street(count: u32) -> Drawing {
    let at: Vec<Rd> = (0..count).map(|i| [f64::from(i) * 10.0, 0.0]).collect();
    Drawing::new(vec![terraced(); count as usize], at)
}

#[test]
fn a_network_through_the_street_becomes_possible_for_its_homes_and_for_no_other() {
    let mut drawing = street(100);
    assert_eq!(drawing.outcomes()[0].verdict(HeatOption::Nmt), Verdict::NietBeschikbaar);
    assert!(drawing.add([0.0, 20.0]).is_empty(), "a point is no main");
    let changed = drawing.add([300.0, 20.0]);
    // 100 m from the end of the main: √(100² − 20²) = 97.98 m along the street.
    assert_eq!(changed.len(), 40);
    for (home, outcome) in drawing.outcomes().iter().enumerate() {
        assert_eq!(outcome.verdict(HeatOption::Nmt) < Verdict::Ongeschikt, home < 40, "{home}");
    }
    let summary = drawing.summary();
    assert_eq!((summary.homes, summary.homes_with_heat, summary.length_m), (40, 40, 300.0));
    // 37.2 GJ a home (16.1 + 0.140 × 105 and 6.4 for hot water), 70 % of 40 homes, 300 m.
    assert_eq!(summary.mwh_per_m.map(|d| (d * 1000.0).round()), Some((37.2 * 40.0 * 0.7 / 3.6 / 0.3_f64).round()));
    assert_eq!(summary.verdicts.iter().sum::<u32>(), 40);
}

#[test]
fn the_stretch_to_the_pointer_counts_until_the_pointer_leaves() {
    let mut drawing = street(100);
    let published = drawing.outcomes().to_vec();
    drawing.add([0.0, 0.0]);
    assert!(!drawing.point_at(Some([500.0, 0.0])).is_empty());
    assert!(drawing.distance_m(50) < 1e-9);
    assert_eq!(drawing.summary().homes, 61);
    drawing.point_at(None);
    assert_eq!(drawing.outcomes(), published);
    assert!(drawing.distance_m(50).is_infinite() && drawing.summary().homes == 0);
}

#[test]
fn a_low_temperature_network_is_another_option() {
    let mut drawing = street(20);
    let lines = vec![vec![[0.0, 5.0], [200.0, 5.0]]];
    drawing.change(Draft { lines: lines.clone(), kind: NetKind::Lt, ..Draft::default() });
    assert_eq!(drawing.outcomes()[3].verdict(HeatOption::Nmt), Verdict::NietBeschikbaar);
    assert_ne!(drawing.outcomes()[3].verdict(HeatOption::Nlt), Verdict::NietBeschikbaar);
    drawing.change(Draft { lines, kind: NetKind::Zlt, ..Draft::default() });
    let summary = drawing.summary();
    assert_eq!((summary.homes, summary.homes_with_cost, summary.eac15), (20, 0, None), "no figure for its cost");
}

#[test]
fn a_home_with_a_cheaper_way_is_counted_as_better_off_otherwise() {
    let mut drawing = street(20);
    drawing.change(Draft { lines: vec![vec![[0.0, 5.0], [200.0, 5.0]]], ..Draft::default() });
    let summary = drawing.summary();
    let prices = crate::kosten::Prices::of_year(Scenario::default().year);
    let outcome = drawing.outcomes()[0];
    let cost = |option| crate::kosten::eac15(&terraced(), option, &prices).unwrap_or(f64::INFINITY);
    let others = HeatOption::ALL.iter().copied().filter(|o| o.ends_gas() && *o != HeatOption::Nmt);
    let no_less = others.filter(|o| outcome.verdict(*o) <= outcome.verdict(HeatOption::Nmt));
    let cheaper = no_less.map(cost).fold(f64::INFINITY, f64::min) < cost(HeatOption::Nmt);
    assert_eq!(summary.otherwise, if cheaper { 20 } else { 0 });
    assert_eq!(summary.eac15.map(crate::cijfers::Band::mid), Some(cost(HeatOption::Nmt)));
}

#[test]
fn nothing_drawn_means_nothing() {
    let mut drawing = street(3);
    assert!(drawing.change(Draft { within_m: 500.0, ..Draft::default() }).is_empty());
    assert_eq!(drawing.summary(), Summary::default());
    assert_eq!(Drawing::new(Vec::new(), vec![[0.0, 0.0]]).summary(), Summary::default());
}

fn point() -> impl Strategy<Value = Rd> {
    (0.0..2_000.0_f64, 0.0..2_000.0_f64).prop_map(|(x, y)| [x, y])
}

/// The distance to a stretch, found by trying points on it.
fn by_trying(p: Rd, [a, b]: [Rd; 2]) -> f64 {
    let at = |t: f64| (p[0] - a[0] - t * (b[0] - a[0])).hypot(p[1] - a[1] - t * (b[1] - a[1]));
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..200 {
        let (left, right) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
        if at(left) < at(right) { high = right } else { low = left }
    }
    at(f64::midpoint(low, high))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// However it came about, point by point and with the pointer anywhere, it is as if all were drawn at once.
    #[test]
    fn drawing_point_by_point_is_as_drawing_at_once(
        at in prop::collection::vec(point(), 1..40),
        route in prop::collection::vec(point(), 2..8),
        pointers in prop::collection::vec(prop::option::of(point()), 0..4),
        within_m in 0.0..1_000.0_f64,
    ) {
        let homes = vec![terraced(); at.len()];
        let draft = Draft { within_m, ..Draft::default() };
        let mut slow = Drawing::new(homes.clone(), at.clone());
        slow.change(draft.clone());
        for (point, pointer) in route.iter().zip(pointers.iter().chain(std::iter::repeat(&None))) {
            slow.point_at(*pointer);
            slow.add(*point);
        }
        let mut quick = Drawing::new(homes, at);
        quick.change(Draft { lines: vec![route], ..draft });
        for kind in [NetKind::Lt, NetKind::Mt] {
            let other = Draft { kind, ..slow.draft().clone() };
            slow.change(other);
        }
        prop_assert_eq!(slow.draft(), quick.draft());
        prop_assert_eq!(slow.outcomes(), quick.outcomes());
        prop_assert_eq!(slow.summary(), quick.summary());
    }

    #[test]
    fn the_distance_is_that_to_the_nearest_stretch(
        at in prop::collection::vec(point(), 1..20),
        route in prop::collection::vec(point(), 2..6),
    ) {
        let mut drawing = Drawing::new(vec![terraced(); at.len()], at.clone());
        let draft = Draft { lines: vec![route], ..Draft::default() };
        drawing.change(draft.clone());
        for (home, p) in at.iter().enumerate() {
            let nearest = draft.stretches().map(|stretch| by_trying(*p, stretch)).fold(f64::INFINITY, f64::min);
            prop_assert!((drawing.distance_m(home) - nearest).abs() < 1e-6);
        }
    }

    /// Each home is judged as it would be alone, under the plan that is drawn.
    #[test]
    fn each_home_is_judged_as_if_alone(
        at in prop::collection::vec(point(), 1..20),
        route in prop::collection::vec(point(), 2..5),
        kind in 0..3_usize,
    ) {
        let kind = NetKind::ALL[kind];
        let mut drawing = Drawing::new(vec![terraced(); at.len()], at);
        drawing.change(Draft { lines: vec![route], kind, within_m: 400.0, ..Draft::default() });
        for (home, outcome) in drawing.outcomes().iter().enumerate() {
            let distance_m = drawing.distance_m(home);
            let start = drawing.draft().start;
            let plan = if distance_m <= 400.0 { Plan::Drawn { kind, start, distance_m } } else { Plan::Published };
            prop_assert_eq!(*outcome, Outcome::of(&terraced(), &Scenario { plan, ..Scenario::default() }));
        }
    }
}
