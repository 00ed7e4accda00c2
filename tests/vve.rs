//! The table of an owners' association against a second computation in another language (`tests/onafhankelijk/vve.py`): the worked example of
//! the brief and thirty other complexes, opened from their links.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail, in its helpers too")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use gasvrij3d::kosten::share_cents;
use gasvrij3d::vve::{Calc, Cents, Way, table};
use serde::Deserialize;

#[derive(Deserialize)]
struct Row {
    link: String,
    ways: BTreeMap<String, Option<Printed>>,
}

#[derive(Deserialize)]
struct Printed {
    investment: Cents,
    subsidy: i64,
    fund: Cents,
    loan: Cents,
    loan_month: Cents,
    energy_month: i64,
    fixed_month: i64,
    maintenance_month: Cents,
    energy: Cents,
    eac15: Cents,
    eac30: Cents,
    co2_kg: f64,
    gas_m3: f64,
    kwh: f64,
    gj: f64,
    shares: Vec<i64>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/onafhankelijk")
}

fn golden() -> String {
    std::fs::read_to_string(folder().join("vve.json")).unwrap()
}

fn name(way: Way) -> &'static str {
    match way {
        Way::Now => "NU",
        Way::Option(option) => option.code(),
    }
}

#[test]
fn a_second_computation_gives_the_same_amounts_to_the_cent() {
    let rows: Vec<Row> = serde_json::from_str(&golden()).unwrap();
    assert_eq!(rows.len(), 31, "the worked example and thirty complexes");
    let mut compared = 0;
    for row in &rows {
        let calc = Calc::of_link(&row.link).unwrap();
        assert_eq!(calc.to_link(), row.link, "the link of {}", calc.name());
        for column in table(&calc) {
            let at = format!("{} of {}", name(column.way), row.link);
            let found = column.amounts.unwrap_or_else(|why| panic!("{at}: {why:?}"));
            let printed = row.ways[name(column.way)].as_ref().unwrap_or_else(|| panic!("{at}: nothing is printed"));
            compared += 1;
            let one = |what: &str, found: i64, printed: i64| {
                // A cent: two programs may round another last digit of the same amount.
                assert!((found - printed).abs() <= 1, "{at}: {what} is {found}, the other says {printed}");
            };
            let three = |what: &str, found: Cents, printed: Cents| (0..3).for_each(|k| one(what, found[k], printed[k]));
            three("investment", found.investment, printed.investment);
            one("subsidy", found.subsidy, printed.subsidy);
            three("fund", found.fund, printed.fund);
            three("loan", found.loan, printed.loan);
            three("loan a month", found.month.loan, printed.loan_month);
            one("energy a month", found.month.energy, printed.energy_month);
            one("fixed a month", found.month.fixed, printed.fixed_month);
            three("maintenance a month", found.month.maintenance, printed.maintenance_month);
            three("energy a year", found.energy, printed.energy);
            three("EAC over 15 years", found.eac[0], printed.eac15);
            three("EAC over 30 years", found.eac[1], printed.eac30);
            let homes = f64::from(calc.homes());
            let volumes = found.home.volumes;
            for (what, found, printed) in [
                ("CO2", found.co2_kg, printed.co2_kg),
                ("gas", volumes.gas_m3 * homes, printed.gas_m3),
                ("electricity", volumes.power_kwh * homes, printed.kwh),
                ("heat", volumes.heat_gj * homes, printed.gj),
            ] {
                assert!((found - printed).abs() < 0.01, "{at}: {what} is {found}, the other says {printed}");
            }
            let shares = share_cents(found.cost()[1], &calc.all_shares());
            assert_eq!(shares.len(), printed.shares.len(), "{at}");
            for (found, printed) in shares.iter().zip(&printed.shares) {
                one("share", *found, *printed);
            }
        }
    }
    assert_eq!(compared, 31 * 8, "each way of each complex has figures");
}

#[test]
fn the_worked_example_gives_the_figures_of_the_brief() {
    let rows: Vec<Row> = serde_json::from_str(&golden()).unwrap();
    let calc = Calc::of_link(&rows[0].link).unwrap();
    let homes = f64::from(calc.homes());
    let mut seen = BTreeMap::new();
    for column in table(&calc) {
        let amounts = column.amounts.unwrap();
        let a_home = |cents: i64| (cents as f64 / 100.0 / homes).round() as i64;
        let year = (amounts.energy.iter().sum::<i64>(), amounts.month.fixed * 12, amounts.month.maintenance[1] * 12);
        let kg = (amounts.co2_kg / homes).round() as i64;
        seen.insert(name(column.way), [a_home(year.0), a_home(year.1), a_home(year.2), kg]);
    }
    // Per home: energy, fixed cost and maintenance in € a year, and kg CO2.
    assert_eq!(seen["NU"], [1630, 330, 120, 2231]);
    assert_eq!(seen["AEL"], [692, 0, 200, 718]);
    assert_eq!(seen["HYB"][..3], [542 + 681, 330, 200]);
    assert_eq!(seen["NMT"][0] + seen["NMT"][1], 2352);
}

#[test]
fn the_golden_file_is_what_the_script_prints() {
    let Ok(output) = Command::new("python3").arg("-B").arg(folder().join("vve.py")).output() else {
        eprintln!("skipped: there is no python3 here");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed == golden(), "run the script anew: its first lines say how");
}
