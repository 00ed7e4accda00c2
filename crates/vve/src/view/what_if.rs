//! When the answer changes: turning points, and the cost with other assumptions.

use gasvrij3d::text::Key;
use gasvrij3d::vve::{Field, Trial, Turn, Way, trials, turn, winners};
use kit::words;
use maud::{Markup, html};

use crate::say;
use crate::sheet::Sheet;

/// A price of gas in words.
fn price(value: f64, sheet: &Sheet) -> String {
    let units = (value * 100.0).round() as i64;
    let number = say::number(Field::Gas, units, sheet.lang);
    format!("{}{number}", sheet.lang.pick("€\u{a0}", "€"))
}

/// From which price of gas each option costs less than gas, and which way is cheapest from where.
pub fn turns(sheet: &Sheet) -> Markup {
    let lang = sheet.lang;
    let all = winners(&sheet.calc, Field::Gas);
    html! {
        ul class="vve-turns" {
            @for (option, _) in sheet.options() {
                @if let Some(found) = turn(&sheet.calc, Way::Option(option), Field::Gas) {
                    li { (said(sheet, Way::Option(option), found)) }
                }
            }
        }
        p class="hint" { (Key::VveAlsVergelijk.text(lang)) }
        @if all.len() > 1 {
            ol class="vve-winners" {
                @for (place, (from, way)) in all.iter().enumerate() {
                    li {
                        @let name = words::lower(say::way(*way, lang));
                        @if place == 0 { (Key::VveAlsWintEerst.fill(lang, &[("optie", &name)])) }
                        @else { (Key::VveAlsWint.fill(lang, &[("prijs", &price(*from, sheet)), ("optie", &name)])) }
                    }
                }
            }
        }
    }
}

fn said(sheet: &Sheet, way: Way, turn: Turn) -> String {
    let name = say::way(way, sheet.lang);
    let (key, at) = match turn {
        Turn::Above(at) => (Key::VveAlsGasBoven, at),
        Turn::Below(at) => (Key::VveAlsGasOnder, at),
        Turn::Always => (Key::VveAlsGasAltijd, 0.0),
        Turn::Never => (Key::VveAlsGasNooit, 0.0),
    };
    let inside = matches!(turn, Turn::Above(_) | Turn::Below(_));
    let name = if inside { words::lower(name) } else { name.to_owned() };
    key.fill(sheet.lang, &[("optie", &name), ("prijs", &price(at, sheet))])
}

/// The cost of each way with one assumption other at a time; the lowest is marked.
pub fn trials_table(sheet: &Sheet) -> Markup {
    let lang = sheet.lang;
    let places: Vec<usize> = sheet
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| sheet.shown().any(|shown| shown.way == column.way))
        .map(|(place, _)| place)
        .collect();
    html! {
        table class="vve-numbers" {
            caption class="hidden" { (Key::VveAlsTabel.text(lang)) }
            thead {
                tr {
                    th scope="col" { (Key::VveAlsAnders.text(lang)) }
                    @for place in &places { th scope="col" { (say::way(sheet.columns[*place].way, lang)) } }
                }
            }
            tbody { @for trial in trials(&sheet.calc) { (row(sheet, &trial, &places)) } }
        }
    }
}

fn row(sheet: &Sheet, trial: &Trial, places: &[usize]) -> Markup {
    let lang = sheet.lang;
    let lowest = places.iter().filter_map(|place| trial.eac[*place]).min();
    html! {
        tr {
            th scope="row" {
                @match trial.change {
                    None => (Key::VveAlsNu.text(lang)),
                    Some((field, units)) => (Key::VveAlsWaarde.fill(lang, &[
                        ("veld", say::field(field, lang)), ("waarde", &say::value(field, units, lang)),
                    ])),
                }
            }
            @for place in places {
                td {
                    @match trial.eac[*place] {
                        None => "–",
                        Some(eac) => {
                            @let amount = say::a_home(sheet, eac / 12, 1.0);
                            @if Some(eac) == lowest {
                                strong { (amount) } span class="origin" { (Key::VveAlsMinst.text(lang)) }
                            } @else { (amount) }
                        }
                    }
                }
            }
        }
    }
}
