//! The table of an owners' association: what holds for any complex, what is refused, and that a link is the whole calculation.

use proptest::prelude::*;

use super::*;
use crate::home::{Home, Label, NetKind, NetStatus, Typology};
use crate::kosten::share_cents;
use crate::text::Key;

/// Any complex that can be filled in.
fn any_calc() -> impl Strategy<Value = Calc> {
    let numbers: Vec<_> = Field::ALL.iter().map(|f| f.limits().least..=f.limits().most).collect();
    let choices: Vec<_> = Choice::ALL.iter().map(|c| 0..c.codes().len()).collect();
    let name = "[a-zA-Z0-9 ,~%=._#é-]{0,60}";
    (numbers, choices, 0..4u32, prop::collection::vec(0..5000u32, 60), name).prop_map(
        |(numbers, choices, how, parts, name)| {
            let mut calc = Calc::default();
            for (choice, place) in Choice::ALL.iter().zip(choices) {
                calc.choose(*choice, choice.codes()[place]).unwrap();
            }
            for (field, units) in Field::ALL.iter().zip(numbers) {
                // Small complexes as often as large ones.
                let units = if *field == Field::Woningen && how > 0 { 2 + units % 58 } else { units };
                // Gas that is too little for hot water is refused, and then none is filled in.
                let _ = calc.set_units(*field, units);
            }
            if how > 1 && (calc.homes() as usize) <= parts.len() {
                let _ = calc.set_shares(parts[..calc.homes() as usize].to_vec());
            }
            calc.set_name(&name);
            calc
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_link_is_the_whole_calculation(calc in any_calc()) {
        let link = calc.to_link();
        prop_assert!(!link.contains(['~', '%', '#', ' ', '"', '<']), "{link}");
        prop_assert_eq!(Calc::of_link(&link), Ok(calc.clone()));
        prop_assert_eq!(Calc::of_link(&link.replace(',', "%2C").replace('=', "%3D")), Ok(calc));
    }

    #[test]
    fn the_money_of_any_complex_adds_up(calc in any_calc()) {
        for column in table(&calc) {
            let Ok(found) = &column.amounts else { continue };
            let shares = calc.all_shares();
            prop_assert_eq!(shares.len(), calc.homes() as usize);
            for k in 0..3 {
                prop_assert!(found.subsidy >= 0 && found.subsidy <= found.investment[k], "no subsidy above the cost");
                prop_assert!(found.fund[k] >= 0 && found.loan[k] >= 0);
                prop_assert_eq!(found.subsidy + found.fund[k] + found.loan[k], found.investment[k]);
                for amount in [found.cost()[k], found.loan[k], found.month.loan[k], found.month.total()[k]] {
                    prop_assert_eq!(share_cents(amount, &shares).iter().sum::<i64>(), amount);
                }
                let months = calc.units(Field::LeningJaren) * 12;
                prop_assert!(found.month.loan[k] * months + months >= found.loan[k], "a loan is paid back");
            }
            for band in [found.investment, found.loan, found.month.total(), found.eac[0], found.eac[1]] {
                prop_assert!(band.is_sorted(), "{band:?}");
            }
            prop_assert!(found.co2_kg >= 0.0);
            let paid = over_years(&calc, found, 30);
            prop_assert!(paid.len() == 31 && paid.is_sorted());
        }
    }

    #[test]
    fn a_link_that_was_altered_opens_nothing_or_a_whole_calculation(at in 0..2000usize, with in "[0-9a-zA-Z=,.x_%<>\"'-]{0,6}") {
        let mut link = Calc::default().to_link();
        let at = at % link.len();
        link.replace_range(at..(at + with.len() / 2).min(link.len()), &with);
        if let Ok(calc) = Calc::of_link(&link) {
            prop_assert_eq!(Calc::of_link(&calc.to_link()), Ok(calc));
        }
    }

    #[test]
    fn the_cheapest_at_a_price_is_the_cheapest_of_the_table(calc in any_calc(), share in 0.01..0.99f64) {
        for field in LEVERS {
            let limits = field.limits();
            let units = limits.least + ((limits.most - limits.least) as f64 * share) as i64;
            let mut other = calc.clone();
            other.set_units(field, units).unwrap();
            let columns = table(&other);
            let best = cheapest(&columns).map(|place| columns[place].amounts.as_ref().unwrap().eac[0][1]);
            let winners = winners(&calc, field);
            let at = field.number(units);
            let named = winners.iter().rev().find(|(from, _)| *from <= at).map(|(_, way)| column(&other, *way));
            let named = named.map(|column| column.amounts.unwrap().eac[0][1]);
            let close = best.zip(named).is_none_or(|(a, b)| (a - b).abs() <= 4);
            prop_assert!(close, "{best:?} and {named:?} at {at} of {winners:?}");
        }
    }

    #[test]
    fn what_is_typed_never_breaks_it(text in "\\PC{0,40}") {
        let mut calc = Calc::default();
        for field in Field::ALL {
            if calc.set(*field, &text).is_err() {
                prop_assert_eq!(&calc, &Calc::default(), "what is refused changes nothing");
            }
            calc = Calc::default();
        }
    }
}

#[test]
fn a_number_is_read_as_people_type_it() {
    let mut calc = Calc::default();
    for (field, typed, units) in [
        (Field::Kas, "€ 12.000", 12_000),
        (Field::Kas, "1.250.000", 1_250_000),
        (Field::Gas, "1,30", 130),
        (Field::Gas, "1.3", 130),
        (Field::LeningRente, "4,5 %", 45),
        (Field::GroeiGas, "-1,5", -15),
        (Field::Oppervlakte, "72", 720),
        (Field::Stroom, "0,265", 265),
    ] {
        calc.set(field, typed).unwrap();
        assert_eq!(calc.units(field), units, "{typed}");
    }
}

#[test]
fn what_cannot_be_is_refused_and_the_old_value_stays() {
    let mut calc = Calc::default();
    let before = calc.clone();
    for (field, typed, why) in [
        (Field::Woningen, "0", Refusal::OutOfBounds),
        (Field::Woningen, "1000000", Refusal::OutOfBounds),
        (Field::Woningen, "12,5", Refusal::Decimals(0)),
        (Field::Gas, "-1,30", Refusal::OutOfBounds),
        (Field::Gas, "gratis", Refusal::NotANumber),
        (Field::Gas, "", Refusal::NotANumber),
        (Field::Gas, "1.2.3", Refusal::NotANumber),
        (Field::Kas, "99999999999999999999", Refusal::NotANumber),
        (Field::GasMeting, "200", Refusal::LessThanHotWater),
    ] {
        assert_eq!(calc.set(field, typed), Err(why), "{field:?} {typed}");
    }
    assert_eq!(calc.choose(Choice::Label, "H"), Err(Refusal::NotAChoice));
    assert_eq!(calc.set_shares(vec![1; 23]), Err(Refusal::ShareCount(23)));
    assert_eq!(calc.set_shares(vec![0; 24]), Err(Refusal::Share));
    assert_eq!(calc.show(&[]), Err(Refusal::Count));
    assert_eq!(calc.show(&OPTIONS), Err(Refusal::Count));
    assert_eq!(calc.show(&[HeatOption::Bio]), Err(Refusal::Count));
    assert_eq!(calc, before);
}

#[test]
fn a_hostile_link_is_refused_with_what_is_wrong() {
    let good = Calc::default().to_link();
    for (link, why) in [
        (String::new(), "does not start"),
        ("2,naam=".into(), "does not start"),
        (good.replace("woningen=24", "woningen=0"), "`woningen`"),
        (good.replace("gas=130", "gas=-130"), "`gas`"),
        (good.replace("gas=130", "gas=1e9"), "`gas`"),
        (good.replace("label=-", "label=<b>"), "`label`"),
        (good.replace("naam=", "naam=<script>"), "`naam`"),
        (good.replace("naam=", "naam=_ff"), "`naam`"),
        (good.replace("delen=", "delen=4000000000x1"), "`delen`"),
        (good.replace("delen=", "delen=23x1"), "`delen`"),
        (good.replace("COL.AEL.HYB", "COL.COL"), "`opties`"),
        (good.replace("kas=0", "gas=130"), "each name once"),
        (format!("{good},x=1"), "values"),
        ("1,".repeat(30_000), "longer than"),
    ] {
        let said = Calc::of_link(&link).unwrap_err().to_string();
        assert!(said.contains(why), "{said}");
    }
}

#[test]
fn a_building_fills_in_what_is_known_of_it() {
    let home = |area: f64, lab| Home {
        bj: Some(1968),
        typ: Some(Typology::FlatHoog),
        area_m2: Some(area),
        lab: Some(lab),
        net_status: Some(NetStatus::Gepland),
        net_soort: Some(NetKind::Mt),
        net_start: Some(2031),
        ..Home::default()
    };
    let homes = [home(70.0, Label::C), home(75.5, Label::D), home(80.0, Label::D)];
    let mut calc = Calc::default();
    calc.take(&homes.iter().collect::<Vec<_>>());
    assert_eq!((calc.homes(), calc.number(Field::Oppervlakte), calc.units(Field::Bouwjaar)), (3, 75.2, 1968));
    assert_eq!((calc.choice(Choice::Soort), calc.choice(Choice::Label)), ("FLAT-H", "D"));
    assert_eq!((calc.home().net_start, calc.home().net_soort), (Some(2031), Some(NetKind::Mt)));
    assert_eq!(
        calc.shown(),
        [HeatOption::Col, HeatOption::Nmt, HeatOption::Ael],
        "the network that is planned is shown"
    );
}

#[test]
fn above_its_turning_point_an_option_costs_less_than_gas() {
    let mut calc = Calc::default();
    let way = Way::Option(HeatOption::Col);
    let Some(Turn::Above(price)) = turn(&calc, way, Field::Gas) else {
        panic!("dearer gas favours an option without gas")
    };
    let eac = |calc: &Calc, way| column(calc, way).amounts.unwrap().eac[0][1];
    let around = (price * 100.0).floor() as i64;
    calc.set_units(Field::Gas, around).unwrap();
    assert!(eac(&calc, way) >= eac(&calc, Way::Now));
    calc.set_units(Field::Gas, around + 1).unwrap();
    assert!(eac(&calc, way) <= eac(&calc, Way::Now));
}

#[test]
fn measured_gas_gives_that_gas_back() {
    let mut calc = Calc::default();
    calc.set_units(Field::GasMeting, 1100).unwrap();
    let now = column(&calc, Way::Now).amounts.unwrap();
    assert!((now.home.volumes.gas_m3 - 1100.0).abs() < 1e-6);
}

#[test]
fn planned_maintenance_is_paid_by_who_stays_as_it_is() {
    let mut calc = Calc::default();
    calc.set_units(Field::Onderhoud, 48_000).unwrap();
    calc.set_units(Field::Kas, 10_000).unwrap();
    let now = column(&calc, Way::Now).amounts.unwrap();
    assert_eq!((now.investment[1], now.fund[1], now.loan[1]), (4_800_000, 1_000_000, 3_800_000));
    let without = column(&Calc::default(), Way::Option(HeatOption::Col)).amounts.unwrap();
    let with = column(&calc, Way::Option(HeatOption::Col)).amounts.unwrap();
    assert_eq!(with.investment, without.investment);
}

#[test]
fn every_code_has_its_words() {
    let named = |kind: &str, code: &str| assert!(Key::named(kind, code).is_some(), "data/text has no [{kind}-{code}]");
    for field in Field::ALL {
        named("vve-veld", field.code());
        named("vve-eenheid", &field.limits().unit.to_ascii_lowercase().replace('/', "-"));
    }
    for choice in Choice::ALL {
        named("vve-veld", choice.code());
    }
    for group in Group::ALL {
        named("vve-groep", group.code());
    }
    for option in OPTIONS {
        let ask = asks(option).unwrap_or_else(|| panic!("data/vve.toml has no [optie.{}]", option.code()));
        named("vve-besluit", ask.decision.code());
        named("vve-akte", ask.deed);
        named("vve-koken", ask.cooking);
        ask.depends.iter().for_each(|code| named("vve-hangt", code));
        ask.steps.iter().for_each(|code| named("vve-doen", code));
    }
}
