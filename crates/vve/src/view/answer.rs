//! The first screen: what an apartment pays each month with each option, and what the meeting has to decide.

use gasvrij3d::text::Key;
use gasvrij3d::verdict::HeatOption;
use gasvrij3d::vve::{Column, Decision, Field, Way, asks};
use maud::{Markup, html};

use super::{no_amount, verdict};
use crate::say;
use crate::sheet::Sheet;

/// What is paid now, and a card for each option.
pub fn cards(sheet: &Sheet) -> Markup {
    let lang = sheet.lang;
    html! {
        @if let Some(now) = sheet.now() {
            p class="vve-now" {
                (Key::VveAntwoordNu.fill(lang, &[("bedrag", &say::a_home(sheet, now.month.total()[1], 1.0))]))
                @if sheet.calc.units(Field::Onderhoud) > 0 { " " (Key::VveAntwoordNuOnderhoud.text(lang)) }
            }
        }
        ul class="vve-cards" { @for (option, column) in sheet.options() { li { (card(sheet, option, column)) } } }
        @if let Some(best) = sheet.cheapest() {
            @if let Ok(found) = &best.amounts {
                p class="vve-best" {
                    (Key::VveAntwoordGoedkoopstZin.fill(lang, &[
                        ("optie", &kit::words::lower(say::way(best.way, lang))),
                        ("bedrag", &say::a_home(sheet, found.eac[0][1] / 12, 1.0)),
                    ]))
                }
            }
        }
    }
}

fn card(sheet: &Sheet, option: HeatOption, column: &Column) -> Markup {
    let lang = sheet.lang;
    html! {
        h3 { (say::way(column.way, lang)) }
        @match &column.amounts {
            Err(why) => p { (no_amount(*why, lang)) },
            Ok(found) => {
                p class="vve-amount" {
                    strong { (say::a_home(sheet, found.month.total()[1], 1.0)) } " "
                    span { (Key::VveAntwoordPerMaand.text(lang)) }
                }
                p class="vve-change" {
                    (change(sheet, found.month.total()[1]))
                    span class="origin" { (between(sheet, found.month.total())) }
                }
                p class="hint" {
                    @if found.month.loan[1] > 0 {
                        (Key::VveAntwoordWaarvan.fill(lang, &[("bedrag", &say::a_home(sheet, found.month.loan[1], 1.0))]))
                    } @else { (Key::VveAntwoordGeenLening.text(lang)) }
                    @if let Some(first) = say::insulated(&found.home, lang) { ", " (first) }
                }
            }
        }
        p class="vve-tags" {
            @if let Some(said) = column.verdict { (verdict(said, lang)) }
            span class="tag" {
                (if option.ends_gas() { Key::VveAntwoordGasWeg } else { Key::VveAntwoordGasBlijft }.text(lang))
            }
            @if sheet.cheapest().is_some_and(|best| best.way == column.way) {
                span class="tag vve-low" { (Key::VveAntwoordGoedkoopst.text(lang)) }
            }
        }
    }
}

/// How much more or less than now.
pub fn change(sheet: &Sheet, month: i64) -> String {
    let lang = sheet.lang;
    let Some(now) = sheet.now() else { return String::new() };
    let more = (sheet.a_home(month)).round() - sheet.a_home(now.month.total()[1]).round();
    let amount = kit::words::euro(more.abs(), 1.0, lang);
    match more {
        more if more > 0.0 => Key::VveAntwoordMeer.fill(lang, &[("bedrag", &amount)]),
        more if more < 0.0 => Key::VveAntwoordMinder.fill(lang, &[("bedrag", &amount)]),
        _ => Key::VveAntwoordGelijk.text(lang).to_owned(),
    }
}

/// The band of an amount of a mean home.
pub fn between(sheet: &Sheet, amounts: [i64; 3]) -> String {
    let [low, high] = [amounts[0], amounts[2]].map(|cents| say::a_home(sheet, cents, 1.0));
    if low == high {
        String::new()
    } else {
        Key::VveAntwoordTussen.fill(sheet.lang, &[("laag", &low), ("hoog", &high)])
    }
}

/// What the meeting has to decide, in order.
pub fn decisions(sheet: &Sheet) -> Markup {
    let lang = sheet.lang;
    let share = |decision: Decision| say::part(decision.majority().votes);
    let needed =
        sheet.options().filter_map(|(option, _)| asks(option)).map(|ask| ask.decision).max_by_key(|d| *d as usize);
    let deed = sheet.options().filter_map(|(option, _)| asks(option)).any(|ask| ask.deed != "nee");
    html! {
        ol class="vve-decide" {
            li { (Key::VveBesluit1.text(lang)) }
            li { (Key::VveBesluit2.text(lang)) }
            @if let Some(decision) = needed {
                li { (Key::VveBesluit3.fill(lang, &[("deel", &share(decision))])) }
            }
            @if deed { li { (Key::VveBesluit4.fill(lang, &[("deel", &share(Decision::Akte))])) } }
        }
    }
}

/// The amounts once more in one line, to be in sight while prices are moved on a phone.
pub fn short(sheet: &Sheet) -> Markup {
    html! {
        @for column in sheet.shown() {
            span {
                (say::way(column.way, sheet.lang)) " "
                @match &column.amounts {
                    Ok(found) => strong { (say::a_home(sheet, found.month.total()[1], 1.0)) },
                    Err(_) => strong { "–" },
                }
                @if column.way == Way::Now { " " }
            }
        }
    }
}
