//! The cost model against the worked example, in the words of the domain.

use super::*;
use crate::home::Typology;

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

#[test]
fn the_worked_example_keeping_the_boiler() {
    let cost = reference(&terraced(), &prices()).unwrap();
    whole(cost.volumes.gas_m3, 1254);
    whole(cost.energy.gas, 1630);
    whole(cost.fixed, 330);
    whole(cost.maintenance.mid(), 120);
    whole(cost.co2_kg, 2231);
}
