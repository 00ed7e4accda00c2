//! Every figure behind the amounts of an option, and every fact that was tried on the advice.

use gasvrij3d::cijfers::{Band, Cijfer};
use gasvrij3d::flip::{Change, Flip};
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::verdict::HeatOption;
use maud::{Markup, html};

use super::{flip, money};
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

/// The amounts again, and every figure they rest on with value, source, year and standing.
pub fn explained(case: &Case, option: HeatOption, lang: Lang) -> Markup {
    let cost = match case.cost(option) {
        Ok(cost) => cost,
        Err(why) => return html! { p class="hint" { (money::missing(why, lang)) } },
    };
    let year = case.prices.scenario().year;
    html! {
        p class="hint" { (Key::KostenSchatting.text(lang)) }
        (money::rows(case, &cost, lang))
        h4 { (Key::GeldCijfers.text(lang)) }
        ul class="figures" {
            @for figure in cost.assumptions.iter() { li { (figure_line(figure, year, lang)) } }
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
            span lang="nl" { (figure.bron().naam) } " (" (figure.jaar()) ")"
            ", "
            @if figure.is_aanname() { span class="tag" { (standing) } } @else { (standing) }
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

fn amount_in(band: Band, unit: &str, lang: Lang) -> String {
    let number = |amount: f64| match unit {
        "EUR" => words::euro(amount, 1.0, lang),
        "deel" => format!("{}%", words::measure(amount * 100.0, lang)),
        _ => words::decimals(amount, lang),
    };
    let [low, high] = [band.low(), band.high()].map(number);
    let amount = if low == high { low } else { Key::GeldVanTot.fill(lang, &[("laag", &low), ("hoog", &high)]) };
    match unit {
        "EUR" | "deel" | "tekst" => amount,
        unit => format!(
            "{amount} {}",
            unit.replace("m2", "m²").replace("m3", "m³").replace("EUR2018", "€ (2018)").replace("EUR", "€")
        ),
    }
}
