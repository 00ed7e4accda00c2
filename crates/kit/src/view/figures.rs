//! Every figure behind the amounts of an option, and every fact that was tried on the advice.

use gasvrij3d::cijfers::{Band, Cijfer};
use gasvrij3d::flip::{Change, Flip};
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::verdict::HeatOption;
use maud::{Markup, html};

use super::{flip, icon, money};
use crate::case::Case;
use crate::words;

/// Every fact that was tried, with every value.
pub fn tried(case: &Case, lang: Lang) -> Markup {
    let flips = case.flips();
    let (changing, others): (Vec<&Flip>, Vec<&Flip>) =
        flips.facts.iter().partition(|flip| flip.change() > Change::None);
    let names: Vec<String> = others.iter().map(|flip| words::lower(words::fact(flip.fact, lang))).collect();
    html! {
        @if changing.is_empty() { p { (Key::FlipNiets.text(lang)) } }
        @for flip in changing { h3 { (words::fact(flip.fact, lang)) } (flip::outcomes(case, flip, lang)) }
        @if !names.is_empty() { p class="hint" { (Key::FlipOok.fill(lang, &[("feiten", &names.join(", "))])) } }
    }
}

/// The amounts again, and every figure they rest on with value, source, year and standing: folded, but where it was asked for.
pub fn explained(case: &Case, option: HeatOption, is_open: bool, lang: Lang) -> Markup {
    let cost = match case.cost(option) {
        Ok(cost) => cost,
        Err(why) => return html! { p class="hint" { (money::missing(why, lang)) } },
    };
    let year = case.prices.scenario().year;
    html! {
        p class="hint" { (Key::KostenSchatting.text(lang)) }
        (money::rows(case, &cost, lang))
        details class="more" open[is_open] {
            summary { (Key::GeldCijfers.text(lang)) (icon::line(icon::OPEN)) }
            ul class="figures" {
                @for figure in cost.assumptions.iter() { li { (figure_line(figure, year, lang)) } }
            }
        }
        h4 { (Key::KostenNietMeegeteld.text(lang)) }
        ul class="plain" {
            @for item in &cost.not_included {
                @if let Some(key) = Key::named("kosten-niet", item.code()) { li { (key.text(lang)) } }
            }
        }
    }
}

fn figure_line(figure: Cijfer, year: u16, lang: Lang) -> Markup {
    html! {
        span class="figure-name" { (figure.tekst(lang)) }
        @if let Some(value) = value(figure, year, lang) { ": " strong { (value) } }
        (source(figure, lang))
    }
}

/// The source of a figure, with its year and how sure it is.
pub fn source(figure: Cijfer, lang: Lang) -> Markup {
    let standing = Key::named("kosten-status", figure.status().code()).map_or("", |key| key.text(lang));
    html! {
        span class="origin" {
            // The name of its source would say the same once more.
            @if figure.is_aanname() { (Key::KostenVanOns.fill(lang, &[("jaar", &figure.jaar().to_string())])) }
            @else { span lang="nl" { (figure.bron().naam) } " (" (figure.jaar()) "), " (standing) }
        }
    }
}

/// The value of a figure with its unit; nothing for one that is a choice or a table.
pub fn value(figure: Cijfer, year: u16, lang: Lang) -> Option<String> {
    let unit = figure.eenheid();
    if let Some((from, amount)) = figure.in_jaar(year) {
        let value = amount_in(Band::exact(amount), unit, lang);
        return Some(Key::GeldEenJaar.fill(lang, &[("waarde", &value), ("jaar", &from.to_string())]));
    }
    let band = figure.spreiding();
    (band.high() > 0.0).then(|| amount_in(band, unit, lang))
}

/// An amount as people write it: `€ 957 tot € 3.222 (prijzen van 2018)`, `3 % per jaar`, `0,27 kg per kWh`.
fn amount_in(band: Band, unit: &str, lang: Lang) -> String {
    let (of, per) = unit.split_once('/').map_or((unit, None), |(of, per)| (of, Some(per)));
    let number = |amount: f64| match of {
        "EUR" | "EUR2018" => euro(amount, lang),
        "deel" => format!("{}\u{a0}%", words::measure(amount * 100.0, lang)),
        _ => words::decimals(amount, lang),
    };
    let [low, high] = [band.low(), band.high()].map(number);
    let mut said = if low == high { low } else { Key::GeldVanTot.fill(lang, &[("laag", &low), ("hoog", &high)]) };
    // What comes out for what goes in is a plain number.
    if matches!(unit, "GJ/GJ" | "factor" | "tekst") {
        return said;
    }
    if !matches!(of, "EUR" | "EUR2018" | "deel") {
        said = format!("{said}\u{a0}{}", named(of, Key::KostenEenheidJaren, lang));
    }
    if let Some(per) = per {
        said = format!("{said} per {}", named(per, Key::KostenEenheidJaar, lang));
    }
    if of == "EUR2018" { Key::KostenPrijspeil.fill(lang, &[("bedrag", &said)]) } else { said }
}

/// An amount of money: with its cents where it has any.
fn euro(amount: f64, lang: Lang) -> String {
    if amount.fract() == 0.0 {
        return words::euro(amount, 1.0, lang);
    }
    let text = words::decimals(amount, lang);
    let cents = text.split_once([',', '.']).map_or(0, |(_, cents)| cents.len());
    format!("{}{text}{}", lang.pick("€\u{a0}", "€"), if cents == 1 { "0" } else { "" })
}

/// A unit as it stands in the data, in words.
fn named(unit: &str, years: Key, lang: Lang) -> &str {
    match unit {
        "m2" => "m²",
        "m3" => "m³",
        "jaar" => years.text(lang),
        unit => unit,
    }
}
