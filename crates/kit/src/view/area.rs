//! A neighbourhood: its homes, the advice, heat, plans, how good the data is; and the map of it as a list.

use gasvrij3d::figures::{Known, Neighbourhood, Neighbourhoods, Plan, Plans};
use gasvrij3d::home::FactKey;
use gasvrij3d::letters;
use gasvrij3d::link::{AreaPage, View};
use gasvrij3d::manifest::Manifest;
use gasvrij3d::order;
use gasvrij3d::text::{Key, Lang};
use maud::{Markup, html};

use super::{bars, dashboard, icon, page, plans};
use crate::parts::PAGES;
use crate::words;

/// The facts of which the page tells how often they are known.
const COVERED: [FactKey; 7] =
    [FactKey::Bj, FactKey::Typ, FactKey::AreaM2, FactKey::Lab, FactKey::Q, FactKey::Own, FactKey::NetStatus];

/// What a page about a neighbourhood rests on.
pub struct Area<'a> {
    /// Its figures.
    pub figures: &'a Neighbourhood,
    /// The name of it in an address of the page.
    pub name: &'a str,
    /// The year of the rules.
    pub year: u16,
    /// All plans, where the data set has them.
    pub plans: Option<&'a Plans>,
    /// How much is known of its homes, where the data set says so.
    pub known: Option<&'a Known>,
}

/// What is said of a file that is made.
pub const SAID: &str = "buurt-melding";
/// A figure about fewer is not told.
const GROUP: u32 = 10;

/// `#/buurt`: all neighbourhoods.
pub fn all(areas: &Neighbourhoods, lang: Lang) -> Markup {
    html! {
        article class="card" {
            (page::back(Key::PaginaNaarZoeken, lang))
            h1 id="kop" tabindex="-1" { (Key::BuurtKies.text(lang)) }
            @if areas.buurten.is_empty() {
                p { (Key::BuurtGeen.text(lang)) }
            } @else {
                p { (Key::BuurtKiesUitleg.text(lang)) }
                @let (empty, lived_in): (Vec<_>, Vec<_>) =
                    by_name(areas).into_iter().partition(|(_, area)| area.woningen == Some(0));
                (links(&lived_in, lang))
                @if !empty.is_empty() {
                    details class="more" {
                        summary {
                            span { (Key::BuurtZonder.fill(lang, &[("count", &empty.len().to_string())])) }
                            (icon::line(icon::OPEN))
                        }
                        (links(&empty, lang))
                    }
                }
            }
        }
    }
}

/// Each with its place in the file, which names one that has no code.
fn by_name(areas: &Neighbourhoods) -> Vec<(usize, &Neighbourhood)> {
    let mut all: Vec<(usize, &Neighbourhood)> = areas.buurten.iter().enumerate().collect();
    order::sort_by(&mut all, |(_, a), (_, b)| a.naam.cmp(&b.naam));
    all
}

fn links(areas: &[(usize, &Neighbourhood)], lang: Lang) -> Markup {
    html! {
        ul class="addresses" {
            @for (place, area) in areas {
                @let name = if area.code.is_empty() { place.to_string() } else { area.code.clone() };
                li {
                    a href=(View::Area(AreaPage::One(name)).hash()) { (area.naam) }
                    span class="hint" {
                        (homes(area, lang))
                        @if area.woningen.is_some() { " " (letters::lowercase(Key::BuurtKolomAantal.text(lang))) }
                    }
                }
            }
        }
    }
}

fn homes(area: &Neighbourhood, lang: Lang) -> String {
    area.woningen.map_or_else(|| Key::BuurtVerborgenKort.text(lang).to_owned(), |n| words::whole(u64::from(n), lang))
}

/// `#/buurt/<code>`: one of them.
pub fn one(area: &Area<'_>, manifest: &Manifest, lang: Lang) -> Markup {
    let figures = area.figures;
    html! {
        article class="card area" {
            (back(lang))
            h1 id="kop" tabindex="-1" { (figures.naam) }
            section class="block" {
                h2 { (Key::BuurtVan.text(lang)) }
                dl class="facts" {
                    (row(Key::BuurtWoningen, &homes(figures, lang), lang))
                    (row(Key::BuurtHectare, &hectares(figures.hectare, lang), lang))
                    @if let Some(n) = figures.per_hectare { (row(Key::BuurtPerHectare, &words::measure(n, lang), lang)) }
                }
                p { a class="button" href=(View::Area(AreaPage::Homes(area.name.to_owned())).hash()) { (Key::BuurtHuizen.text(lang)) } }
            }
            @if let Some(whole) = figures.woningen {
                @let charts = dashboard::charts(area, lang);
                (dashboard::page(&charts, whole, lang))
                @if charts.iter().any(|chart| !chart.hidden.is_empty()) { p class="hint" { (Key::BuurtVerborgenUitleg.text(lang)) } }
            } @else {
                p class="plan" { (Key::BuurtKlein.text(lang)) }
            }
            @if figures.woningen.is_some() { (keep(area, manifest, lang)) }
            (uses(figures, manifest, lang))
            (heat(figures, lang))
            (here(area, manifest, lang))
            (quality(area.known, manifest, lang))
            (office(figures, manifest, lang))
        }
    }
}

/// Back to all neighbourhoods.
pub fn back(lang: Lang) -> Markup {
    page::back_to(&View::Area(AreaPage::All), Key::BuurtAlle, lang)
}

/// What is told, as files to keep.
fn keep(area: &Area<'_>, manifest: &Manifest, lang: Lang) -> Markup {
    let table = dashboard::table(area, manifest, lang);
    html! {
        section class="block" {
            h2 { (Key::BuurtBewaar.text(lang)) }
            p class="buttons" {
                a class="button" download={ (dashboard::file_name(area)) ".csv" } href={ "data:text/csv;charset=utf-8," (words::encode(&table)) } {
                    (Key::BuurtCsv.text(lang))
                }
                button type="button" class="button" data-do="buurt-png" data-module=(PAGES) { (Key::BuurtPng.text(lang)) }
            }
            p id=(SAID) class="hint" role="status" {}
        }
    }
}

fn row(name: Key, value: &str, lang: Lang) -> Markup {
    html! { div { dt { (name.text(lang)) } dd { (value) } } }
}

fn hectares(value: f64, lang: Lang) -> String {
    Key::BuurtEenheidHectare.fill(lang, &[("value", &words::measure(value, lang))])
}

fn heat(figures: &Neighbourhood, lang: Lang) -> Markup {
    let gj = |value: f64| Key::EenheidGj.fill(lang, &[("value", &words::measure(value, lang))]);
    let Some(year) = figures.gj_jaar else { return html! {} };
    html! {
        section class="block" {
            h2 { (Key::BuurtWarmte.text(lang)) }
            p class="hint" { (Key::BuurtWarmteUitleg.text(lang)) }
            dl class="facts" {
                (row(Key::BuurtWarmteJaar, &gj(year), lang))
                @if let Some(n) = figures.gj_per_hectare { (row(Key::BuurtWarmteHectare, &gj(n), lang)) }
                @if let Some(n) = figures.woningen_met_warmtevraag {
                    (row(Key::BuurtWarmteWoningen, &words::whole(u64::from(n), lang), lang))
                }
            }
        }
    }
}

/// Average use, as the grid operator counts it; nothing where it is of fewer than ten connections.
fn uses(figures: &Neighbourhood, manifest: &Manifest, lang: Lang) -> Markup {
    let kinds = [
        (Key::BuurtVerbruikGas, "gas_m3", "gas_aansluitingen", "m³"),
        (Key::BuurtVerbruikStroom, "elektriciteit_kwh", "elektriciteit_aansluitingen", "kWh"),
    ];
    let told = |(name, average, count, unit): (Key, &str, &str, &str)| {
        let count = figures.verbruik.get(count).filter(|count| **count >= f64::from(GROUP))?;
        let value = format!("{} {unit}", words::measure(*figures.verbruik.get(average)?, lang));
        Some((name, Key::BuurtVerbruikVan.fill(lang, &[("waarde", &value), ("aantal", &words::measure(*count, lang))])))
    };
    let told: Vec<(Key, String)> = kinds.into_iter().filter_map(told).collect();
    let sources = figures.verbruik_bron.split(';').filter_map(|id| manifest.sources.iter().find(|s| s.id == id));
    html! {
        @if !told.is_empty() {
            section class="block" {
                h2 { (Key::BuurtVerbruik.text(lang)) }
                p class="hint" { (Key::BuurtVerbruikUitleg.text(lang)) }
                dl class="facts" { @for (name, value) in told { (row(name, &value, lang)) } }
                @for source in sources { p class="source" { (source.name) ", " (words::day(&source.date, lang)) } }
            }
        }
    }
}

fn here(area: &Area<'_>, manifest: &Manifest, lang: Lang) -> Markup {
    let all = area.plans.map_or(&[][..], |plans| &plans.plannen);
    let here: Vec<&Plan> =
        all.iter().filter(|p| !area.figures.code.is_empty() && p.buurten.contains(&area.figures.code)).collect();
    html! {
        section class="block" {
            h2 { (Key::BuurtPlannen.text(lang)) }
            @if here.is_empty() { p { (Key::BuurtPlannenGeen.text(lang)) } }
            @for plan in here { (plans::plan(plan, None, manifest, lang)) }
            p { a href=(View::Plans(None).hash()) { (Key::PlanNaarAlle.text(lang)) } }
        }
    }
}

fn quality(known: Option<&Known>, manifest: &Manifest, lang: Lang) -> Markup {
    let known = known.map(|known| &known.bekend_pct).filter(|known| !known.is_empty());
    html! {
        section class="block" {
            h2 { (Key::BuurtKwaliteit.text(lang)) }
            @if let Some(known) = known {
                @let share = |key: &FactKey| (words::fact(*key, lang).to_owned(), Some(known.get(key.code()).copied().unwrap_or(0)));
                p class="hint" { (Key::BuurtKwaliteitUitleg.text(lang)) }
                (bars::table(Key::BuurtKwaliteit, Key::BuurtKolomDeel, &COVERED.iter().map(share).collect::<Vec<_>>(), 100, lang))
            } @else {
                p { (Key::BuurtKwaliteitGeen.text(lang)) }
            }
            (page::quality_link(manifest, lang))
        }
    }
}

fn office(figures: &Neighbourhood, manifest: &Manifest, lang: Lang) -> Markup {
    if figures.cbs.is_empty() {
        return html! {};
    }
    let source = manifest.sources.iter().find(|s| s.id == figures.cbs_bron);
    html! {
        section class="block" {
            h2 { (Key::BuurtCbs.text(lang)) }
            dl class="facts" {
                @for (code, value) in &figures.cbs {
                    @if let Some(key) = Key::named("cbs", code) { (row(key, &words::measure(*value, lang), lang)) }
                }
            }
            @if let Some(source) = source { p class="source" { (source.name) ", " (source.date) } }
        }
    }
}
