//! `#/zaal`: what may be shown to a hall, and the bar that takes a home away again.

use std::collections::BTreeMap;

use gasvrij3d::figures::Neighbourhoods;
use gasvrij3d::peers::FEWEST;
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::theme::Category;
use kit::parts::EVENING;
use kit::view::{bars, dashboard, page};
use maud::{Markup, html};

/// How long a home that someone asked for is shown, seconds.
pub const SECONDS: u32 = 60;
/// The button that begins and ends it.
pub const SWITCH: &str = "zaal-knop";
/// What is said of it.
pub const SAID: &str = "zaal-melding";
/// The bar with the seconds.
pub const BAR: &str = "zaal-balk";

/// The whole page.
pub fn page(areas: &Neighbourhoods, is_on: bool, lang: Lang) -> Markup {
    let seconds = SECONDS.to_string();
    let rows = choices(areas, lang);
    let whole = rows.iter().filter_map(|(_, count)| *count).sum();
    html! {
        article class="card hall" {
            (page::back(Key::PaginaNaarZoeken, lang))
            h1 id="kop" tabindex="-1" { (Key::ZaalKop.text(lang)) }
            p { (Key::ZaalUitleg.text(lang)) }
            p { (Key::ZaalVraag.fill(lang, &[("seconds", &seconds)])) }
            p {
                button id=(SWITCH) type="button" class="button primary" data-do="zaal" data-module=(EVENING) aria-pressed=(is_on.to_string()) {
                    (switch(is_on, lang))
                }
            }
            p id=(SAID) class="hint" role="status" {}
            @if !rows.is_empty() {
                section class="block" {
                    h2 { (Key::ZaalBuurten.text(lang)) }
                    (bars::table(Key::ZaalBuurten, Key::BuurtKolomAantal, &rows, whole, lang))
                    p class="hint" { (Key::ZaalAlle.fill(lang, &[("least", &FEWEST.to_string())])) }
                }
            }
        }
    }
}

/// What the button says.
pub const fn switch_key(is_on: bool) -> Key {
    if is_on { Key::ZaalEinde } else { Key::ZaalBegin }
}

fn switch(is_on: bool, lang: Lang) -> &'static str {
    switch_key(is_on).text(lang)
}

/// Homes by what is advised first, of all neighbourhoods: only counts that are told of a neighbourhood are in the sum.
fn choices(areas: &Neighbourhoods, lang: Lang) -> Vec<(Markup, Option<u32>)> {
    let mut sums: BTreeMap<&str, u32> = BTreeMap::new();
    for (code, count) in areas.buurten.iter().flat_map(|area| &area.kleur) {
        *sums.entry(code).or_default() += count.unwrap_or_default();
    }
    let told = sums.into_iter().filter(|(_, sum)| *sum > 0);
    let mut rows: Vec<(Category, u32)> =
        told.filter_map(|(code, sum)| Category::from_code(code).map(|colour| (colour, sum))).collect();
    rows.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
    rows.into_iter().map(|(colour, sum)| (dashboard::coloured(colour, lang), Some(sum))).collect()
}

/// The bar over a home that someone asked for.
pub fn bar(seconds: u32, lang: Lang) -> Markup {
    let control = |what: &str, text: &str| {
        html! { button type="button" class="button" data-do=(what) data-module=(EVENING) { (text) } }
    };
    html! {
        p role="timer" { (Key::ZaalTelt.fill(lang, &[("seconds", &seconds.to_string())])) }
        (control("zaal-langer", &Key::ZaalLanger.fill(lang, &[("seconds", &SECONDS.to_string())])))
        (control("zaal-weg", Key::ZaalWeg.text(lang)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::text;
    use gasvrij3d::figures::Neighbourhood;
    use kit::words;

    #[test]
    fn the_hall_sees_sums_of_neighbourhoods_and_nothing_that_a_neighbourhood_does_not_tell() {
        let area = |counts: &[(&str, Option<u32>)]| Neighbourhood {
            kleur: counts.iter().map(|(code, count)| ((*code).to_owned(), *count)).collect(),
            ..Neighbourhood::default()
        };
        let areas = Neighbourhoods {
            jaar: 2026,
            buurten: vec![
                area(&[("luchtwarmtepomp", Some(40)), ("warmtenet", None)]),
                area(&[("luchtwarmtepomp", Some(25)), ("hybride", Some(90))]),
            ],
        };
        let said = text(&page(&areas, false, Lang::Nl));
        assert!(said.contains("90") && said.contains("65") && said.contains("Begin in de zaal"), "{said}");
        assert!(!said.contains(words::category(Category::Warmtenet, Lang::Nl)), "{said}");
        assert!(text(&bar(42, Lang::Nl)).contains("over 42 seconden weg"));
    }
}
