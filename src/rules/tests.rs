//! The rules against the worked homes of the domain brief.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::home::{JaNee, Label, Monument, NetKind, NetStatus, Ownership, Typology};
use HeatOption::{Ael, Col, Hyb, Nmt, NrIso, NrKoken};

fn ids(advice: &Advice, option: HeatOption) -> Vec<&'static str> {
    advice.option(option).rules().map(|rule| rule.id).collect()
}

/// Verdict and rule ids as one text: `M R06 R09`.
fn said(home: &Home, option: HeatOption) -> String {
    let advice = rules().evaluate(home, 2026);
    format!("{} {}", advice.verdict(option).code(), ids(&advice, option).join(" "))
}

fn t1() -> Home {
    Home {
        typ: Some(Typology::Tussen),
        bj: Some(1935),
        own: Some(Ownership::Koop),
        net_status: Some(NetStatus::Geen),
        mon: Some(Monument::Geen),
        d_rear: Some(9.0),
        space_ground: Some(30.0),
        ..Home::default()
    }
}

fn flat(bj: u16, nvbo: u32) -> Home {
    Home { typ: Some(Typology::FlatHoog), bj: Some(bj), nvbo: Some(nvbo), ..Home::default() }
}

/// A flat where a network of 70 °C is planned for 2030.
fn flat_at_mt(bj: u16, nvbo: u32) -> Home {
    Home { net_soort: Some(NetKind::Mt), net_status: Some(NetStatus::Gepland), net_start: Some(2030), ..flat(bj, nvbo) }
}

#[test]
fn t1_a_terraced_house_of_1935_without_label() {
    assert_eq!(said(&t1(), Ael), "M R08");
    assert_eq!(said(&t1(), Hyb), "N R23");
    assert_eq!(said(&t1(), Nmt), "X R26");
    assert_eq!(said(&t1(), Col), "X R43");
    assert_eq!(said(&t1(), NrIso), "G R55 R59");
    assert_eq!(said(&t1(), NrKoken), "G R58");
}

#[test]
fn t2_the_same_house_with_label_c_and_a_source_net_planned() {
    let home =
        Home { lab: Some(Label::C), net_soort: Some(NetKind::Zlt), net_status: Some(NetStatus::Gepland), ..t1() };
    assert_eq!(said(&home, Ael), "N R07");
    assert_eq!(said(&home, Hyb), "G R22");
    assert_eq!(said(&home, Nmt), "X R26");
}

#[test]
fn t3_an_end_of_row_house_of_1958_with_label_e() {
    let home = Home { typ: Some(Typology::Hoek), bj: Some(1958), lab: Some(Label::E), d_rear: Some(8.0), ..t1() };
    assert_eq!(said(&home, Ael), "N R06");
    assert_eq!(said(&home, Hyb), "N R23");
    assert_eq!(said(&home, Col), "X R43");
}

#[test]
fn t4_a_terraced_house_of_1998() {
    let home = Home { bj: Some(1998), d_rear: Some(8.0), space_ground: Some(15.0), ..t1() };
    assert_eq!(said(&home, Ael), "G R04");
    assert_eq!(said(&home, Hyb), "M R21");
    let advice = rules().evaluate(&home, 2026);
    assert_eq!(advice.option(Ael).badges(), ["vijftig-gradentest"]);
}

#[test]
fn t5_a_corporation_flat_with_block_heating_and_a_network_planned() {
    let home = Home { lab: Some(Label::D), own: Some(Ownership::Corp), block: Some(JaNee::Ja), ..flat_at_mt(1968, 96) };
    assert_eq!(said(&home, Ael), "M R06 R09 R14 R15");
    assert_eq!(said(&home, Hyb), "M R22 R24 R25 R15");
    assert_eq!(said(&home, Nmt), "G R29 R15");
    assert_eq!(said(&home, Col), "N R45 R15 R50");
    assert_eq!(rules().evaluate(&home, 2026).candidates().collect::<Vec<_>>(), [Nmt]);
}

#[test]
fn t6_a_vve_flat_above_a_garage_lists_the_rules_in_order() {
    let home =
        Home { own: Some(Ownership::Vve), block: Some(JaNee::Nee), garage: Some(JaNee::Ja), ..flat_at_mt(1972, 24) };
    assert_eq!(said(&home, Ael), "M R06 R09 R10 R14");
    assert_eq!(said(&home, Hyb), "M R22 R10 R24 R25");
    assert_eq!(said(&home, Nmt), "N R30 R10 R49");
    assert_eq!(said(&home, Col), "N R45 R10 R49");
    assert_eq!(said(&home, NrIso), "G R55 R49 R59");
    assert_eq!(said(&home, NrKoken), "G R58");
}

#[test]
fn t7_a_small_old_vve_in_a_protected_townscape() {
    let home = Home {
        lab: Some(Label::F),
        own: Some(Ownership::Vve),
        mon: Some(Monument::Stadsgezicht),
        net_status: Some(NetStatus::Geen),
        space_ground: Some(0.0),
        ..flat(1910, 3)
    };
    assert_eq!(said(&home, Ael), "M R08 R09 R10 R12");
    assert_eq!(said(&home, Hyb), "M R23 R10 R12 R25");
    assert_eq!(said(&home, Nmt), "X R26 R10");
    assert_eq!(said(&home, Col), "M R47 R10");
}

#[test]
fn t8_a_home_at_the_standaard_is_ready_for_50_degrees() {
    let home = Home {
        typ: Some(Typology::TweeKap),
        bj: Some(1970),
        q: Some(52.0),
        std: Some(61.0),
        own: Some(Ownership::Koop),
        ..Home::default()
    };
    assert_eq!(said(&home, Ael), "G R02");
    assert_eq!(said(&home, Hyb), "M R21");
    assert_eq!(said(&home, Col), "X R43");
    assert_eq!(said(&home, NrIso), "G R56");
    assert_eq!(rules().evaluate(&home, 2026).confidence, Confidence::High);
}

#[test]
fn t9_a_building_without_year_and_label_is_unknown_everywhere() {
    let advice = rules().evaluate(&Home::default(), 2026);
    assert!(advice.options().all(|o| o.verdict == Verdict::Onbekend), "{advice:?}");
    assert_eq!(ids(&advice, Ael), ["R60"]);
    assert_eq!(advice.best_verdict(), None);
    assert_eq!(advice.gaps().collect::<Vec<_>>(), [FactKey::SpaceGround, FactKey::DRear, FactKey::DNet]);
}

#[test]
fn a_listed_building_without_room_for_a_unit_is_hard_with_room_it_needs_a_permit() {
    let listed = |space| Home { mon: Some(Monument::Rijks), space_ground: Some(space), bj: Some(1990), ..t1() };
    assert_eq!(said(&listed(0.5), Ael), "M R05 R11");
    assert_eq!(said(&listed(20.0), Ael), "N R05 R11");
    assert_eq!(said(&listed(0.5), Hyb), "N R22 R11");
}

#[test]
fn a_final_verdict_keeps_its_value_and_still_lists_the_modifiers() {
    let home = Home { net_status: Some(NetStatus::Onderzoek), dens: Some(5.0), own: Some(Ownership::Vve), ..t1() };
    assert_eq!(said(&home, Nmt), "? R27 R10");
    let ending = Home { aangewezen_jaar: Some(2030), own: Some(Ownership::Vve), ..t1() };
    assert_eq!(said(&ending, Hyb), "X R20 R10");
}

#[test]
fn the_rule_that_decides_is_the_one_that_raised_the_verdict() {
    let deciding = |home: &Home, option| rules().evaluate(home, 2026).option(option).deciding().unwrap().id;
    assert_eq!(deciding(&t1(), Ael), "R08");
    let small = Home { typ: Some(Typology::Flat), nvbo: Some(3), space_ground: Some(0.0), ..t1() };
    assert_eq!(deciding(&small, HeatOption::Aeg), "R17");
    assert_eq!(deciding(&small, Hyb), "R25");
}

#[test]
fn every_option_is_judged_in_order() {
    let options: Vec<HeatOption> = rules().evaluate(&t1(), 2026).options().map(|said| said.option).collect();
    assert_eq!(options, HeatOption::ALL);
}

#[test]
fn the_year_of_evaluation_counts_for_the_end_of_gas_only() {
    let home = Home { aangewezen_jaar: Some(2035), ..t1() };
    assert_eq!(rules().evaluate(&home, 2026).verdict(Hyb), Verdict::NaStap);
    assert_eq!(rules().evaluate(&home, 2030).verdict(Hyb), Verdict::NietBeschikbaar);
}

fn any_home() -> impl Strategy<Value = Home> {
    fn of<T: Clone + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = Option<T>> {
        proptest::option::of(proptest::sample::select(all))
    }
    let house = (
        proptest::option::of(1600_u16..2027),
        of(Typology::ALL),
        of(Ownership::ALL),
        of(Label::ALL),
        proptest::option::of(10.0..300.0_f64),
        proptest::option::of(40.0..110.0_f64),
    );
    let place = (
        of(Monument::ALL),
        proptest::option::of(0_u32..200),
        of(JaNee::ALL),
        of(NetKind::ALL),
        of(NetStatus::ALL),
        proptest::option::of(0.0..80.0_f64),
        proptest::option::of(0.0..80.0_f64),
    );
    (house, place).prop_map(|((bj, typ, own, lab, q, std), (mon, nvbo, block, net_soort, net_status, d_net, dens))| {
        Home { bj, typ, own, lab, q, std, mon, nvbo, block, net_soort, net_status, d_net, dens, ..Home::default() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_verdict_has_a_reason_and_no_rule_twice(home in any_home()) {
        for said in rules().evaluate(&home, 2026).options() {
            let mut ids: Vec<&str> = said.rules().map(|rule| rule.id).collect();
            prop_assert!(!ids.is_empty());
            let count = ids.len();
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), count);
        }
    }

    #[test]
    fn a_better_label_never_makes_the_air_heat_pump_less_suitable(
        home in any_home(),
        bj in 1600_u16..2027,
        labels in proptest::sample::subsequence(Label::ALL.to_vec(), 2),
    ) {
        let verdict = |lab| {
            rules().evaluate(&Home { bj: Some(bj), lab: Some(lab), ..home.clone() }, 2026).verdict(Ael)
        };
        prop_assert!(verdict(labels[0]) <= verdict(labels[1]));
    }
}
