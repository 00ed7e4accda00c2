//! The cost model against the worked example, and what holds for any home, in the words of the domain.

use proptest::prelude::*;

use super::*;
use crate::home::{JaNee, Label, Ownership, Typology};

const STEPS: [Insulation; 3] = [Insulation::AsIs, Insulation::LabelB, Insulation::Standaard];

fn terraced() -> Home {
    Home { bj: Some(1955), typ: Some(Typology::Tussen), area_m2: Some(105.0), ..Home::default() }
}

fn prices() -> Prices {
    Prices::of_year(2026)
}

/// Equal once rounded to whole units: euro, m³, kWh, kg.
#[track_caller]
fn whole(found: f64, printed: i64) {
    assert_eq!(found.round() as i64, printed, "{found}");
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-6 * expected.abs().max(1.0), "{found}, not {expected}");
}

#[test]
fn the_worked_example_keeping_the_boiler() {
    let cost = reference(&terraced(), &prices()).unwrap();
    near(cost.demand.heating, 30.8);
    near(cost.demand.tap, 6.4);
    whole(cost.volumes.gas_m3, 1254);
    whole(cost.energy.gas, 1630);
    whole(cost.fixed, 330);
    whole(cost.maintenance.mid(), 120);
    whole(cost.co2_kg, 2231);
}

#[test]
fn the_worked_example_of_a_heat_pump_at_label_b() {
    let cost = costs(&terraced(), HeatOption::Ael, Insulation::LabelB, &prices()).unwrap();
    assert!((cost.demand.heating - 25.4).abs() < 0.01, "{:?}", cost.demand);
    whole(cost.volumes.power_kwh, 2660);
    whole(cost.energy.total(), 692);
    whole(cost.maintenance.mid(), 200);
    whole(cost.fixed, 0);
    whole(cost.co2_kg, 718);
}

#[test]
fn the_worked_example_of_a_hybrid_as_the_home_is() {
    let cost = costs(&terraced(), HeatOption::Hyb, Insulation::AsIs, &prices()).unwrap();
    whole(cost.volumes.power_kwh, 2085);
    whole(cost.volumes.gas_m3, 524);
    whole(cost.energy.power, 542);
    whole(cost.energy.gas, 681);
    whole(cost.fixed, 330);
    whole(cost.maintenance.mid(), 200);
}

#[test]
fn the_worked_example_of_a_heat_network_as_the_home_is() {
    let cost = costs(&terraced(), HeatOption::Nmt, Insulation::AsIs, &prices()).unwrap();
    assert!((cost.volumes.heat_gj - 37.2).abs() < 1e-9);
    whole(cost.energy.total() + cost.fixed, 2352);
    assert!(cost.assumptions.iter().any(|figure| figure == Cijfer::WarmtePrijs));
}

#[test]
fn what_is_not_known_of_the_home_is_named() {
    for (home, key) in [
        (Home { typ: None, ..terraced() }, FactKey::Typ),
        (Home { bj: None, ..terraced() }, FactKey::Bj),
        (Home { area_m2: None, ..terraced() }, FactKey::AreaM2),
        (Home { area_m2: Some(f64::NAN), ..terraced() }, FactKey::AreaM2),
        (Home { area_m2: Some(0.0), ..terraced() }, FactKey::AreaM2),
    ] {
        assert_eq!(eac15(&home, HeatOption::Ael, &prices()), Err(Missing::Fact(key)));
        assert_eq!(reference(&home, &prices()), Err(Missing::Fact(key)));
    }
}

#[test]
fn what_has_no_figure_has_no_number() {
    for (option, gap) in [
        (HeatOption::Gas2, Gap::GroenGas),
        (HeatOption::Bio, Gap::Hout),
        (HeatOption::Ir, Gap::Vermogen),
        (HeatOption::Air, Gap::Boiler),
        (HeatOption::Nzlt, Gap::Bronnet),
        (HeatOption::NrKoken, Gap::KokenStroom),
        (HeatOption::Wacht, Gap::Wachten),
    ] {
        for step in STEPS {
            assert_eq!(costs(&terraced(), option, step, &prices()), Err(Missing::Figure(gap)), "{option:?}");
        }
        assert_eq!(eac15(&terraced(), option, &prices()), Err(Missing::Figure(gap)));
    }
}

#[test]
fn the_electricity_at_a_source_network_is_known_though_its_tariff_is_not() {
    let found = volumes(&terraced(), HeatOption::Nzlt, Insulation::LabelB).unwrap();
    near(found.value.power_kwh, 277.78 * (25.4016 / 4.2 + 6.4 / 2.75));
}

#[test]
fn a_home_until_1945_has_no_figure_for_the_standaard_unless_it_is_there() {
    let mut home = Home { bj: Some(1925), ..terraced() };
    let at_standard = |home: &Home| costs(home, HeatOption::Nmt, Insulation::Standaard, &prices());
    assert_eq!(at_standard(&home), Err(Missing::Figure(Gap::StandaardOud)));
    (home.q, home.std) = (Some(80.0), Some(95.0));
    let found = at_standard(&home).unwrap();
    assert_eq!(found.demand, reference(&home, &prices()).unwrap().demand);
}

#[test]
fn an_option_that_needs_insulation_says_so_and_is_ranked_with_it() {
    let gap = Err(Missing::Figure(Gap::EerstIsoleren));
    assert_eq!(costs(&terraced(), HeatOption::Ael, Insulation::AsIs, &prices()), gap);
    assert_eq!(first_step(&terraced(), HeatOption::Ael, &prices()), Ok(Insulation::LabelB));
    assert_eq!(first_step(&terraced(), HeatOption::Nmt, &prices()), Ok(Insulation::AsIs));
    let explained = costs(&terraced(), HeatOption::Ael, Insulation::LabelB, &prices()).unwrap();
    near(eac15(&terraced(), HeatOption::Ael, &prices()).unwrap(), explained.eac15.mid());
}

#[test]
fn a_registered_label_b_means_nothing_to_insulate() {
    let home = Home { lab: Some(Label::A2), ..terraced() };
    let cost = costs(&home, HeatOption::Ael, Insulation::AsIs, &prices()).unwrap();
    whole(cost.volumes.power_kwh, 2660);
    assert!(cost.assumptions.iter().any(|figure| figure == Cijfer::LabelNaastKlasse));
    assert!(!cost.parts.iter().any(|part| part.life == Life::Insulation));
}

#[test]
fn each_owner_gets_the_subsidy_that_is_for_him() {
    let of = |own, option| {
        let home = Home { own, lab: Some(Label::B), ..terraced() };
        let cost = costs(&home, option, Insulation::AsIs, &prices()).unwrap();
        (cost.scheme, cost.subsidy.round() as i64)
    };
    assert_eq!(of(Some(Ownership::Koop), HeatOption::Ael), (Scheme::Isde, 2825));
    assert_eq!(of(Some(Ownership::Koop), HeatOption::Hyb), (Scheme::Isde, 1925));
    assert_eq!(of(Some(Ownership::Koop), HeatOption::Aeg), (Scheme::Isde, 4500));
    assert_eq!(of(Some(Ownership::Koop), HeatOption::Nmt), (Scheme::Isde, 4175));
    assert_eq!(of(Some(Ownership::Vve), HeatOption::Ael), (Scheme::Svve, 2825));
    assert_eq!(of(Some(Ownership::Corp), HeatOption::Ael), (Scheme::Verhuur, 0));
    assert_eq!(of(None, HeatOption::Ael), (Scheme::Onbekend, 0));
    assert_eq!(of(Some(Ownership::Koop), HeatOption::NrIso), (Scheme::Geen, 0));
}

#[test]
fn a_price_of_an_earlier_year_says_from_which_year_it_is() {
    let cost = costs(&terraced(), HeatOption::Nmt, Insulation::AsIs, &Prices::of_year(2030)).unwrap();
    assert!(cost.years.contains(&(Cijfer::WarmtePrijs, 2026)), "{:?}", cost.years);
    let cost = costs(&terraced(), HeatOption::Nmt, Insulation::AsIs, &Prices::of_year(2025)).unwrap();
    assert!(cost.years.contains(&(Cijfer::WarmtePrijs, 2025)));
    whole(cost.fixed, 761);
}

#[test]
fn every_part_and_amount_has_its_figure_in_the_list() {
    let home = Home { own: Some(Ownership::Koop), ..terraced() };
    for option in HeatOption::ALL {
        let Ok(cost) = costs(&home, *option, Insulation::LabelB, &prices()) else { continue };
        for part in &cost.parts {
            for figure in [part.figure, part.life.figure()] {
                assert!(cost.assumptions.iter().any(|known| known == figure), "{option:?}: {}", figure.code());
            }
        }
        assert!(cost.assumptions.have_aanname());
    }
}

/// The total over the years by hand: no discount, no growth, a heat network as the home is.
#[test]
fn without_interest_the_annual_cost_is_the_plain_mean() {
    let mut scenario = Scenario::of_year(2026);
    scenario.rate = 0.0;
    let cost = costs(&terraced(), HeatOption::Nmt, Insulation::AsIs, &Prices::of(scenario)).unwrap();
    let pipes = (5750.0 + 2500.0 * 1.6) * 15.0 / 40.0;
    let once = 1400.0 + 550.0 * 1.6;
    near(cost.eac15.mid(), (pipes + once) / 15.0 + 37.2 * 40.97 + 828.0);
}

fn any_home() -> impl Strategy<Value = Home> {
    let bj = 1600..2030u16;
    let label = prop::option::of(prop::sample::select(Label::ALL));
    let own = prop::option::of(prop::sample::select(Ownership::ALL));
    let block = prop::option::of(prop::sample::select(JaNee::ALL));
    let measured = prop::option::of((10.0..300.0f64, 40.0..200.0f64));
    (bj, prop::sample::select(Typology::ALL), 15.0..600.0f64, label, own, block, measured).prop_map(
        |(bj, typ, area, lab, own, block, measured)| Home {
            bj: Some(bj),
            typ: Some(typ),
            area_m2: Some(area),
            lab,
            own,
            block,
            q: measured.map(|(q, _)| q),
            std: measured.map(|(_, std)| std),
            ..Home::default()
        },
    )
}

fn any_scenario() -> impl Strategy<Value = Scenario> {
    let growth = (0.0..0.03f64, 0.0..0.01f64, 0.0..0.02f64);
    (2020..2045u16, 0.0..0.06f64, growth).prop_map(|(year, rate, (gas, power, heat))| Scenario {
        year,
        rate,
        growth: Growth { gas, power, heat },
    })
}

fn any_option() -> impl Strategy<Value = HeatOption> {
    prop::sample::select(HeatOption::ALL)
}

fn any_step() -> impl Strategy<Value = Insulation> {
    prop::sample::select(&STEPS)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn no_amount_is_below_nothing(
        home in any_home(), option in any_option(), step in any_step(), scenario in any_scenario(),
    ) {
        let prices = Prices::of(scenario);
        if let Ok(cost) = costs(&home, option, step, &prices) {
            for band in [cost.investment, cost.maintenance, cost.eac15, cost.eac30, cost.npv[0], cost.npv[1]] {
                prop_assert!(band.low() >= 0.0 && band.low() <= band.mid() && band.mid() <= band.high());
            }
            let Volumes { gas_m3, power_kwh, heat_gj } = cost.volumes;
            for amount in [gas_m3, power_kwh, heat_gj, cost.subsidy, cost.fixed, cost.co2_kg, cost.energy.total()] {
                prop_assert!(amount >= 0.0 && amount.is_finite());
            }
            prop_assert!(cost.subsidy <= cost.investment.low());
            prop_assert!(cost.npv[1].mid() > cost.npv[0].mid(), "thirty years cost more than fifteen");
        }
    }

    #[test]
    fn a_dearer_carrier_never_makes_an_option_cheaper(home in any_home(), option in any_option(), more in 0.0..3.0f64) {
        let cheap = prices();
        let mut dear = prices();
        dear.gas += more;
        dear.power += more;
        dear.heat += more;
        if let (Ok(cheap), Ok(dear)) = (eac15(&home, option, &cheap), eac15(&home, option, &dear)) {
            prop_assert!(cheap <= dear);
        }
    }

    #[test]
    fn a_rising_price_never_makes_an_option_cheaper(home in any_home(), option in any_option(), scenario in any_scenario()) {
        let still = Scenario { growth: Growth { gas: 0.0, power: 0.0, heat: 0.0 }, ..scenario };
        let (still, rising) = (Prices::of(still), Prices::of(scenario));
        if let (Ok(still), Ok(rising)) = (eac15(&home, option, &still), eac15(&home, option, &rising)) {
            prop_assert!(still <= rising + 1e-9);
        }
    }

    #[test]
    fn without_growth_each_year_costs_the_same(home in any_home(), option in any_option(), step in any_step()) {
        if let Ok(cost) = costs(&home, option, step, &prices()) {
            for (horizon, years) in HORIZONS.into_iter().enumerate() {
                let factors = &prices().factors[horizon];
                let parts: Band = cost.parts.iter().map(|p| p.price.times(factors.capital[p.life as usize])).sum();
                let once = (parts.mid() - cost.subsidy) * annuity(years, 0.03);
                let eac = [cost.eac15, cost.eac30][horizon].mid();
                let each_year = cost.energy.total() + cost.fixed + cost.maintenance.mid();
                prop_assert!((eac - once - each_year).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn more_insulation_never_takes_more_energy(home in any_home(), option in any_option()) {
        let as_is = volumes(&home, option, Insulation::AsIs);
        for step in [Insulation::LabelB, Insulation::Standaard] {
            if let (Ok(as_is), Ok(after)) = (&as_is, volumes(&home, option, step)) {
                prop_assert!(after.value.gas_m3 <= as_is.value.gas_m3 + 1e-9);
                prop_assert!(after.value.power_kwh <= as_is.value.power_kwh + 1e-9);
                prop_assert!(after.value.heat_gj <= as_is.value.heat_gj + 1e-9);
            }
        }
    }

    #[test]
    fn the_quick_number_is_the_explained_one(home in any_home(), option in any_option(), scenario in any_scenario()) {
        let prices = Prices::of(scenario);
        let explained = first_step(&home, option, &prices).and_then(|step| costs(&home, option, step, &prices));
        prop_assert_eq!(eac15(&home, option, &prices), explained.map(|cost| cost.eac15.mid()));
    }
}
