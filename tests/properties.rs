//! What must hold of the advice for every home, whatever its facts: tried on ten thousand homes each.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use gasvrij3d::flip::{Change, Flips, UNCERTAIN, flips, neighbours};
use gasvrij3d::home::{FactKey, FactValue, Home, JaNee, Label, Monument, NetKind, NetStatus, Ownership, Typology};
use gasvrij3d::kosten::{Insulation, Prices, costs};
use gasvrij3d::ranking::{best, ranking};
use gasvrij3d::rules::{Kind, rules};
use gasvrij3d::scenario::{Plan, Scenario};
use gasvrij3d::text::Lang;
use gasvrij3d::town::{Outcome, Town};
use gasvrij3d::verdict::{HeatOption, Verdict};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

/// The options for which a better envelope is never worse; the others may say "not needed" of a good home.
const BY_ENVELOPE: [HeatOption; 4] = [HeatOption::Ael, HeatOption::Aeg, HeatOption::Nlt, HeatOption::Nzlt];

fn years() -> impl Strategy<Value = u16> {
    prop_oneof![select(vec![1945_u16, 1946, 1974, 1975, 1991, 1992, 2005, 2006, 2018, 2019]), 1200_u16..2031]
}

fn any_home() -> impl Strategy<Value = Home> {
    let house = (
        of(years()),
        of(select(Typology::ALL)),
        of(select(Ownership::ALL)),
        of(select(Label::ALL)),
        of(10.0..300.0_f64),
        of(40.0..110.0_f64),
        of(select(Monument::ALL)),
        of(0_u32..120),
        of(select(JaNee::ALL)),
        of(select(JaNee::ALL)),
    );
    let place = (
        of(select(NetKind::ALL)),
        of(select(NetStatus::ALL)),
        of(2020_u16..2060),
        of(0.0..80.0_f64),
        of(0.0..80.0_f64),
        of(0.0..60.0_f64),
        of(0.0..10.0_f64),
        of(2020_u16..2060),
        of(20.0..250.0_f64),
        (
            of(any::<bool>()),
            of(any::<bool>()),
            of(1_900.0..2_100.0_f64),
            of(90_u32..110),
            of(prop::bool::weighted(0.9)),
        ),
    );
    (house, place).prop_map(|(h, p)| {
        let (gw_bescherming, archeologie_hoog, cluster_gj, cluster_homes, woonfunctie) = p.9;
        Home {
            bj: h.0,
            typ: h.1,
            own: h.2,
            lab: h.3,
            q: h.4,
            std: h.5,
            mon: h.6,
            nvbo: h.7,
            block: h.8,
            garage: h.9,
            net_soort: p.0,
            net_status: p.1,
            net_start: p.2,
            d_net: p.3,
            dens: p.4,
            space_ground: p.5,
            d_rear: p.6,
            aangewezen_jaar: p.7,
            area_m2: p.8,
            gw_bescherming,
            archeologie_hoog,
            cluster_gj,
            cluster_homes,
            woonfunctie,
        }
    })
}

fn year() -> impl Strategy<Value = u16> {
    2026_u16..2041
}

fn ids(home: &Home, option: HeatOption, year: u16) -> Vec<&'static str> {
    rules().evaluate(home, year).option(option).rules().map(|rule| rule.id).collect()
}

fn verdict(home: &Home, option: HeatOption) -> Verdict {
    rules().evaluate(home, 2026).verdict(option)
}

fn option() -> impl Strategy<Value = HeatOption> {
    select(HeatOption::ALL)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn p01_every_verdict_has_a_reason_with_a_text_a_source_and_a_date_in_both_languages(home in any_home(), year in year()) {
        for said in rules().evaluate(&home, year).options() {
            prop_assert!(said.rules().next().is_some());
            for rule in said.rules() {
                prop_assert!(Lang::ALL.iter().all(|&lang| !rule.text(lang).is_empty()) && !rule.sources.is_empty());
                for id in rule.sources {
                    let source = rules().source(id).unwrap();
                    prop_assert!(Lang::ALL.iter().all(|&lang| !source.name(lang).is_empty()) && source.date.len() == 10);
                }
            }
        }
    }

    #[test]
    fn p02_the_reasons_are_one_base_rule_then_modifiers_then_infos_by_id(home in any_home(), year in year(), option in option()) {
        let said = rules().evaluate(&home, year).option(option);
        let kinds: Vec<Kind> = said.effects().map(|effect| effect.kind).collect();
        prop_assert!(kinds.is_sorted() && kinds.iter().filter(|k| **k == Kind::Base).count() == 1 && kinds[0] == Kind::Base);
        for kind in [Kind::Modifier, Kind::Info] {
            let of_kind = said.effects().filter(|e| e.kind == kind).map(|e| rules().rules()[e.rule].id);
            prop_assert!(of_kind.is_sorted_by(|a, b| a < b));
        }
    }

    #[test]
    fn p03_a_modifier_never_lowers_and_leaves_final_verdicts_alone(home in any_home(), option in option()) {
        let said = rules().evaluate(&home, 2026).option(option);
        let base = said.effects().next().unwrap();
        if base.copies.is_none() {
            let is_final = matches!(base.verdict, Verdict::Onbekend | Verdict::NietBeschikbaar);
            let worst = said.effects().filter(|e| e.kind == Kind::Modifier).map(|e| e.verdict).max();
            let expected = if is_final { base.verdict } else { worst.map_or(base.verdict, |w| w.max(base.verdict)) };
            prop_assert_eq!(said.verdict, expected);
        }
    }

    #[test]
    fn p04_a_better_letter_never_lowers_the_suitability_for_low_temperature(
        home in any_home(), bj in years(), labels in prop::sample::subsequence(Label::ALL.to_vec(), 2),
    ) {
        for option in BY_ENVELOPE {
            let with = |lab| verdict(&Home { bj: Some(bj), lab: Some(lab), ..home.clone() }, option);
            prop_assert!(with(labels[0]) <= with(labels[1]), "{}", option.code());
        }
    }

    #[test]
    fn p05_a_lower_heat_demand_never_lowers_the_suitability_for_low_temperature(
        home in any_home(), bj in years(), std in 40.0..110.0_f64, low in 10.0..250.0_f64, more in 0.0..100.0_f64,
    ) {
        for option in BY_ENVELOPE {
            let with = |q| verdict(&Home { bj: Some(bj), std: Some(std), q: Some(q), ..home.clone() }, option);
            prop_assert!(with(low) <= with(low + more), "{}", option.code());
        }
    }

    #[test]
    fn p06_a_home_with_neither_year_nor_label_is_unknown_for_everything(home in any_home()) {
        let home = Home { bj: None, lab: None, ..home };
        prop_assert!(rules().evaluate(&home, 2026).verdicts().iter().all(|v| *v == Verdict::Onbekend));
    }

    #[test]
    fn p07_an_unknown_plan_never_beats_an_available_network(home in any_home(), bj in years(), kind in select(NetKind::ALL)) {
        let home = Home { bj: Some(bj), woonfunctie: None, net_soort: Some(kind), ..home };
        for option in [HeatOption::Nmt, HeatOption::Nlt, HeatOption::Nzlt] {
            let with = |status| verdict(&Home { net_status: status, ..home.clone() }, option);
            prop_assert!(with(Some(NetStatus::Beschikbaar)) <= with(None));
        }
    }

    #[test]
    fn p08_an_unknown_label_never_beats_the_best_label_for_the_air_heat_pump(home in any_home(), bj in years()) {
        let home = Home { bj: Some(bj), woonfunctie: None, q: None, ..home };
        let with = |lab| verdict(&Home { lab, ..home.clone() }, HeatOption::Ael);
        prop_assert!(with(Some(Label::A4)) <= with(None));
    }

    #[test]
    fn p09_ground_is_never_easier_than_the_envelope_asks_for(home in any_home()) {
        let bare = Home { own: None, typ: None, mon: None, d_rear: None, ..home.clone() };
        prop_assert!(verdict(&home, HeatOption::Aeg) >= verdict(&bare, HeatOption::Ael));
    }

    #[test]
    fn p10_the_year_counts_for_the_end_of_gas_and_the_start_of_a_network_only(home in any_home(), year in year()) {
        let without = Home { aangewezen_jaar: None, net_start: None, ..home };
        prop_assert_eq!(rules().evaluate(&without, 2026), rules().evaluate(&without, year));
    }

    #[test]
    fn p11_a_later_year_never_makes_the_hybrid_more_suitable(home in any_home(), year in year()) {
        let of = |year| rules().evaluate(&home, year).verdict(HeatOption::Hyb);
        prop_assert!(of(2026) <= of(year) || of(2026) == Verdict::Onbekend);
    }

    #[test]
    fn p12_who_owns_the_home_raises_a_verdict_only_for_a_vve(home in any_home(), option in option()) {
        let with = |own| verdict(&Home { own, ..home.clone() }, option);
        if option != HeatOption::Wacht {
            let koop = with(Some(Ownership::Koop));
            for own in [None, Some(Ownership::Corp), Some(Ownership::PartHuur), Some(Ownership::Onbekend)] {
                prop_assert_eq!(with(own), koop);
            }
            let vve = with(Some(Ownership::Vve));
            let raised = if koop == Verdict::Geschikt { Verdict::NaStap } else { koop };
            // The hybrid also looks at the verdict of the air heat pump, which is raised too.
            prop_assert!(option == HeatOption::Hyb || vve == koop || vve == raised, "{:?} {:?}", vve, koop);
        }
    }

    #[test]
    fn p13_what_stands_out_is_the_best_verdict_and_none_of_the_steps(home in any_home()) {
        let (advice, prices) = (rules().evaluate(&home, 2026), Prices::of_year(2026));
        match best(&home, &advice, &prices) {
            None => prop_assert!(HeatOption::ALL.iter().all(|o| !o.ends_gas() || advice.verdict(*o) > Verdict::Mogelijk)),
            Some((option, verdict)) => {
                prop_assert!(option.ends_gas() && advice.verdict(option) == verdict && verdict <= Verdict::Mogelijk);
                prop_assert!(HeatOption::ALL.iter().all(|o| !o.ends_gas() || advice.verdict(*o) >= verdict));
            }
        }
    }

    #[test]
    fn p14_the_ranking_has_every_way_to_heat_once_in_order_of_verdict(home in any_home()) {
        let ranked = ranking(&home, &rules().evaluate(&home, 2026), &Prices::of_year(2026));
        prop_assert!(ranked.iter().map(|r| r.verdict).is_sorted());
        let mut options: Vec<HeatOption> = ranked.iter().map(|r| r.option).collect();
        options.sort_unstable();
        options.dedup();
        prop_assert_eq!(options.len(), 11);
    }

    #[test]
    fn p15_costs_are_not_negative_and_low_is_at_most_middle_is_at_most_high(
        home in any_home(), option in option(), step in select(Insulation::ALL),
    ) {
        if let Ok(cost) = costs(&home, option, step, &Prices::of_year(2026)) {
            for band in [cost.investment, cost.eac15, cost.eac30, cost.maintenance] {
                prop_assert!(band.low() <= band.mid() && band.mid() <= band.high(), "{band:?}");
            }
            prop_assert!(cost.investment.low() >= 0.0 && cost.subsidy >= 0.0 && cost.energy.total() >= 0.0);
            prop_assert!(cost.co2_kg >= 0.0 && cost.fixed >= 0.0);
        }
    }

    #[test]
    fn p16_a_corrected_fact_counts_as_a_registered_one_of_the_same_value(home in any_home(), other in any_home(), key in select(FactKey::ALL)) {
        let value = other.fact(key);
        let scenario = Scenario { corrections: vec![(key, value)], ..Scenario::default() };
        let mut registered = home.clone();
        registered.set(key, value).unwrap();
        prop_assert_eq!(scenario.evaluate(&home), rules().evaluate(&registered, 2026));
    }

    #[test]
    fn p17_corrections_of_different_facts_may_come_in_any_order(home in any_home(), other in any_home(), keys in prop::sample::subsequence(FactKey::ALL.to_vec(), 3)) {
        let corrections: Vec<(FactKey, Option<FactValue>)> = keys.iter().map(|key| (*key, other.fact(*key))).collect();
        let forwards = Scenario { corrections: corrections.clone(), ..Scenario::default() };
        let backwards = Scenario { corrections: corrections.into_iter().rev().collect(), ..Scenario::default() };
        prop_assert_eq!(forwards.home(&home), backwards.home(&home));
    }

    #[test]
    fn p18_insulating_never_lowers_the_suitability_of_a_home_built_after_1945(home in any_home(), bj in 1946_u16..2031) {
        let home = Home { bj: Some(bj), woonfunctie: None, ..home };
        for option in BY_ENVELOPE {
            let at = |step| Scenario { step, ..Scenario::default() }.evaluate(&home).verdict(option);
            prop_assert!(at(Insulation::LabelB) <= at(Insulation::AsIs), "{} to B", option.code());
            prop_assert!(at(Insulation::Standaard) <= at(Insulation::AsIs), "{} to the Standaard", option.code());
        }
    }

    #[test]
    fn p19_the_flip_test_is_symmetric(home in any_home(), fact in select(UNCERTAIN.to_vec())) {
        let (scenario, prices) = (Scenario::default(), Prices::of_year(2026));
        let of = |home: &Home| flips(home, &scenario, &prices);
        let changes = |flips: &Flips, value| {
            let flip = flips.facts.iter().find(|flip| flip.fact == fact);
            flip.and_then(|flip| flip.alternatives.iter().find(|a| a.value == value)).map(|a| a.change)
        };
        let here = of(&home);
        // A label better than A has the neighbours of A, which the table makes of it too.
        let home = match home.lab {
            Some(lab) if lab < Label::A && fact == FactKey::Lab => Home { lab: Some(Label::A), ..home },
            _ => home,
        };
        let own = home.fact(fact);
        // A heat demand that is measured lies anywhere; its neighbours are the two levels that are tried.
        let on_a_level = fact != FactKey::Q || own.is_none() || own == home.std.map(FactValue::Number);
        if on_a_level {
            for value in neighbours(&home, fact) {
                let mut other = home.clone();
                other.set(fact, value).unwrap();
                prop_assert_eq!(changes(&here, value), changes(&of(&other), own), "{:?} {:?}", own, value);
            }
        }
    }

    #[test]
    fn p20_what_is_worth_checking_changes_the_advice_and_nothing_changes_it_more(home in any_home()) {
        let all = flips(&home, &Scenario::default(), &Prices::of_year(2026));
        let most = all.facts.iter().map(gasvrij3d::flip::Flip::change).max().unwrap_or(Change::None);
        prop_assert_eq!(all.worth_checking().map_or(Change::None, gasvrij3d::flip::Flip::change), most);
    }

    #[test]
    fn p21_many_homes_in_one_call_are_judged_as_one_by_one_whatever_their_order(
        mut homes in prop::collection::vec(any_home(), 0..4), year in year(), plan in select(vec![Plan::Published, Plan::WithoutNetworks, Plan::StudiesGoAhead]), step in select(Insulation::ALL),
    ) {
        let scenario = Scenario { year, plan, step, corrections: Vec::new() };
        let mut town = Town::new(homes.clone());
        // Twice, and with another scenario between: what is kept must not show.
        town.evaluate(&scenario);
        town.evaluate(&Scenario { step: Insulation::LabelB, ..Scenario::default() });
        let mut forwards = town.evaluate(&scenario).to_vec();
        for (home, outcome) in homes.iter().zip(&forwards) {
            prop_assert_eq!(Outcome::of(home, &scenario), *outcome);
            prop_assert_eq!(scenario.evaluate(home).verdicts(), outcome.verdicts);
        }
        homes.reverse();
        forwards.reverse();
        let mut backwards = Town::new(homes);
        prop_assert_eq!(&forwards, backwards.evaluate(&scenario));
    }

    #[test]
    fn p22_without_networks_no_network_is_available(home in any_home()) {
        let scenario = Scenario { plan: Plan::WithoutNetworks, ..Scenario::default() };
        for option in [HeatOption::Nmt, HeatOption::Nlt, HeatOption::Nzlt] {
            prop_assert!(scenario.evaluate(&home).verdict(option) >= Verdict::NietBeschikbaar);
        }
    }

    #[test]
    fn p23_a_drawn_network_is_judged_for_its_own_kind_only(home in any_home(), kind in select(NetKind::ALL), start in 2026_u16..2041, bj in years()) {
        let home = Home { bj: Some(bj), woonfunctie: None, ..home };
        let scenario = Scenario { plan: Plan::Drawn { kind, start, distance_m: 20.0 }, ..Scenario::default() };
        let advice = scenario.evaluate(&home);
        for (option, of) in [(HeatOption::Nmt, NetKind::Mt), (HeatOption::Nlt, NetKind::Lt), (HeatOption::Nzlt, NetKind::Zlt)] {
            let is_there = advice.verdict(option) != Verdict::NietBeschikbaar;
            prop_assert_eq!(is_there, kind == of, "{}", option.code());
        }
    }

    #[test]
    fn p24_a_fact_that_is_set_is_read_back_and_a_wrong_value_changes_nothing(home in any_home(), other in any_home(), key in select(FactKey::ALL), wrong in select(FactKey::ALL)) {
        let mut changed = home.clone();
        changed.set(key, other.fact(key)).unwrap();
        prop_assert_eq!(changed.fact(key), other.fact(key));
        let before = changed.clone();
        if changed.set(key, other.fact(wrong)).is_err() {
            prop_assert_eq!(changed, before);
        }
    }

    #[test]
    fn p25_the_same_home_gives_the_same_reasons_every_time(home in any_home(), option in option(), year in year()) {
        prop_assert_eq!(ids(&home, option, year), ids(&home.clone(), option, year));
    }
}
