//! The cost model against a second computation of the same text, in another language (`tests/onafhankelijk/kosten.py`).
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail, in its helpers too")]

use std::path::{Path, PathBuf};
use std::process::Command;

use gasvrij3d::home::Home;
use gasvrij3d::kosten::{Band, Growth, Insulation, OptionCost, Prices, Scenario, costs};
use gasvrij3d::verdict::HeatOption;
use serde::Deserialize;

#[derive(Deserialize)]
struct Row {
    home: Home,
    option: String,
    step: String,
    year: u16,
    rate: f64,
    growth: [f64; 3],
    cost: Option<Printed>,
}

#[derive(Deserialize)]
struct Printed {
    gas_m3: f64,
    power_kwh: f64,
    heat_gj: f64,
    energy: [f64; 3],
    investment: [f64; 3],
    subsidy: f64,
    fixed: f64,
    maintenance: [f64; 3],
    co2_kg: f64,
    eac15: [f64; 3],
    eac30: [f64; 3],
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/onafhankelijk")
}

fn golden() -> String {
    std::fs::read_to_string(folder().join("kosten.json")).unwrap()
}

/// Names and amounts side by side: found here, printed there.
fn side_by_side(found: &OptionCost, printed: &Printed) -> Vec<(&'static str, f64, f64)> {
    let mut all = vec![
        ("gas m³", found.volumes.gas_m3, printed.gas_m3),
        ("electricity kWh", found.volumes.power_kwh, printed.power_kwh),
        ("heat GJ", found.volumes.heat_gj, printed.heat_gj),
        ("gas €", found.energy.gas, printed.energy[0]),
        ("electricity €", found.energy.power, printed.energy[1]),
        ("heat €", found.energy.heat, printed.energy[2]),
        ("subsidy €", found.subsidy, printed.subsidy),
        ("fixed €", found.fixed, printed.fixed),
        ("CO2 kg", found.co2_kg, printed.co2_kg),
    ];
    let mut band = |name, found: Band, printed: [f64; 3]| {
        all.extend([found.low(), found.mid(), found.high()].into_iter().zip(printed).map(|(f, p)| (name, f, p)));
    };
    band("investment €", found.investment, printed.investment);
    band("maintenance €", found.maintenance, printed.maintenance);
    band("EAC over 15 years €", found.eac15, printed.eac15);
    band("EAC over 30 years €", found.eac30, printed.eac30);
    all
}

#[test]
fn a_second_computation_gives_the_same_amounts() {
    let rows: Vec<Row> = serde_json::from_str(&golden()).unwrap();
    let (mut compared, mut without) = (0, 0);
    for row in &rows {
        let name = format!("{} {} of a {:?} of {:?}", row.option, row.step, row.home.typ, row.home.bj);
        let growth = Growth { gas: row.growth[0], power: row.growth[1], heat: row.growth[2] };
        let prices = Prices::of(Scenario { year: row.year, rate: row.rate, growth });
        let option = HeatOption::from_code(&row.option).unwrap();
        let step = Insulation::from_code(&row.step).unwrap();
        match (costs(&row.home, option, step, &prices), &row.cost) {
            (Ok(found), Some(printed)) => {
                compared += 1;
                for (what, found, printed) in side_by_side(&found, printed) {
                    assert!((found - printed).abs() < 0.01, "{name}: {what} is {found}, the other says {printed}");
                }
            }
            (Err(_), None) => without += 1,
            (found, printed) => {
                let there = printed.is_some();
                panic!("{name}: here {found:?}, and the other has an answer: {there}");
            }
        }
    }
    assert!(compared >= 40, "{compared} combinations, of {}", rows.len());
    assert!(without > 0, "combinations without an answer belong in it too");
}

#[test]
fn the_golden_file_is_what_the_script_prints() {
    let Ok(output) = Command::new("python3").arg(folder().join("kosten.py")).output() else {
        eprintln!("skipped: there is no python3 here");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed == golden(), "run the script anew: its first lines say how");
}
