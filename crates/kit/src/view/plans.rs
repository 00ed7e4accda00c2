//! What the municipality plans: what, where, when, how far, by which decision, and what is not certain.

use std::collections::BTreeSet;

use gasvrij3d::figures::{Neighbourhoods, Network, Plan, Plans};
use gasvrij3d::home::{NetKind, NetStatus};
use gasvrij3d::link::{AreaPage, View};
use gasvrij3d::manifest::Manifest;
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::tile::{PlanStage, Technique};
use maud::{Markup, html};

use super::{changes, icon, page};
use crate::words;

/// `#/plannen`, or of one year.
pub fn all(plans: &Plans, year: Option<u16>, areas: &Neighbourhoods, manifest: &Manifest, lang: Lang) -> Markup {
    let of_year = |plan: &&Plan| year.is_none_or(|year| plan.is_of(year));
    let (dated, open): (Vec<&Plan>, Vec<&Plan>) =
        plans.plannen.iter().filter(of_year).partition(|p| p.years().is_some());
    let nets: Vec<&Network> = plans.netten.iter().filter(|n| year.is_none_or(|year| n.start == Some(year))).collect();
    let years: BTreeSet<u16> = plans
        .plannen
        .iter()
        .filter_map(Plan::years)
        .flatten()
        .chain(plans.netten.iter().filter_map(|n| n.start))
        .collect();
    let title = title(year, lang);
    let empty = dated.is_empty() && open.is_empty() && nets.is_empty();
    html! {
        article class="card plans" {
            (page::back(Key::PaginaNaarZoeken, lang))
            h1 id="kop" tabindex="-1" { (title) }
            @if plans.plannen.is_empty() && plans.netten.is_empty() {
                p { (Key::PlannenGeen.text(lang)) }
            } @else {
                p { (Key::PlannenUitleg.text(lang)) }
                (evening(lang))
                @if let (None, Some(earlier)) = (year, &plans.vorige) { (changes::changes(earlier, lang)) }
                nav class="years" aria-label=(Key::PlannenJaren.text(lang)) {
                    ul {
                        li { (choice(None, year, lang)) }
                        @for other in years { li { (choice(Some(other), year, lang)) } }
                    }
                }
                @if let (true, Some(year)) = (empty, year) {
                    p { (Key::PlannenGeenJaar.fill(lang, &[("year", &year.to_string())])) }
                }
                @if !dated.is_empty() { h2 class="hidden" { (Key::PaginaPlannen.text(lang)) } }
                @for plan in dated { (self::plan(plan, Some(areas), manifest, lang)) }
                @if !open.is_empty() {
                    h2 class="later" { (Key::PlannenZonderJaar.text(lang)) }
                    @for plan in open { (self::plan(plan, Some(areas), manifest, lang)) }
                }
                @if !nets.is_empty() {
                    h2 class="later" { (Key::PlannenNetten.text(lang)) }
                    @for net in nets { (network(net, manifest, lang)) }
                }
            }
        }
    }
}

/// What shows the plans on the map, and to a hall.
fn evening(lang: Lang) -> Markup {
    let links = [
        (View::Timeline(None), Key::TijdlijnKop),
        (View::Story("plannen".to_owned(), 1), Key::VerhaalVanPlannen),
        (View::Draw, Key::TekenenIngang),
        (View::Hall, Key::ZaalKop),
    ];
    html! {
        nav class="others" aria-label=(Key::AvondKop.text(lang)) {
            ul { @for (view, key) in links { li { a href=(view.hash()) { (key.text(lang)) } } } }
        }
    }
}

/// The heading, which is also the title of the page.
pub fn title(year: Option<u16>, lang: Lang) -> String {
    match year {
        None => Key::PlannenKop.text(lang).to_owned(),
        Some(year) => Key::PlannenKopJaar.fill(lang, &[("year", &year.to_string())]),
    }
}

fn choice(year: Option<u16>, now: Option<u16>, lang: Lang) -> Markup {
    let name = year.map_or_else(|| Key::PlannenAlle.text(lang).to_owned(), |year| year.to_string());
    html! { a href=(View::Plans(year).hash()) aria-current=[(year == now).then_some("page")] { (name) } }
}

/// One plan. Under the heading of a neighbourhood (`areas` is none) its place needs no words.
pub fn plan(plan: &Plan, areas: Option<&Neighbourhoods>, manifest: &Manifest, lang: Lang) -> Markup {
    let name = if plan.naam.is_empty() { Key::PlanZonderNaam.text(lang) } else { &plan.naam };
    let (unsure, own_words) = lang.pick_given(&plan.onzeker, &plan.onzeker_en);
    let places: Vec<_> =
        areas.map_or(&[][..], |areas| &areas.buurten).iter().filter(|a| plan.buurten.contains(&a.code)).collect();
    html! {
        section class="plan-item" {
            h3 lang="nl" { (icon::line(icon::PLAN)) (name) }
            dl class="facts" {
                (row(Key::PlanWat, &html! { (what(plan, lang)) }, lang))
                (row(Key::PlanWanneer, &html! { (when(plan, lang)) }, lang))
                @if !places.is_empty() {
                    (row(Key::PlanWaar, &html! {
                        @for (i, area) in places.iter().enumerate() {
                            @if i > 0 { ", " }
                            a href=(View::Area(AreaPage::One(area.code.clone())).hash()) { (area.naam) }
                        }
                    }, lang))
                }
                (row(Key::PlanWoningen, &html! {
                    @match plan.woningen {
                        Some(n) => (words::whole(u64::from(n), lang)),
                        None => (Key::BuurtMinder.text(lang)),
                    }
                }, lang))
                (row(Key::PlanStand, &html! { (stage(plan.fase, plan.net_status, lang)) }, lang))
                (row(Key::PlanBesluit, &decision(plan, lang), lang))
                (row(Key::PlanOnzeker, &html! {
                    @if unsure.is_empty() { (Key::PlanOnzekerGeen.text(lang)) } @else { span lang=[own_words] { (unsure) } }
                }, lang))
                (source(&plan.bron, manifest, lang))
            }
        }
    }
}

fn network(net: &Network, manifest: &Manifest, lang: Lang) -> Markup {
    let name = if net.naam.is_empty() { Key::PlanZonderNaam.text(lang) } else { &net.naam };
    html! {
        section class="plan-item" {
            h3 lang="nl" { (icon::line(icon::STREET)) (name) }
            dl class="facts" {
                (row(Key::PlanWat, &html! { (water(net.net_soort, lang)) }, lang))
                @if let Some(year) = net.start { (row(Key::PlanWanneer, &html! { (starts(year, lang)) }, lang)) }
                (row(Key::PlanStand, &html! { (stage(None, net.net_status, lang)) }, lang))
                (row(Key::PlanLengte, &html! { (words::whole(net.lengte_m.max(0.0) as u64, lang)) " m" }, lang))
                (source(&net.bron, manifest, lang))
            }
        }
    }
}

fn row(name: Key, value: &Markup, lang: Lang) -> Markup {
    html! { div { dt { (name.text(lang)) } dd { (value) } } }
}

fn source(id: &str, manifest: &Manifest, lang: Lang) -> Markup {
    let named = manifest.sources.iter().find(|s| s.id == id);
    html! { @if let Some(source) = named { (row(Key::PlanBron, &html! { span lang="nl" { (source.name) } }, lang)) } }
}

fn what(plan: &Plan, lang: Lang) -> String {
    let technique = plan.techniek.map(Technique::code).and_then(|code| Key::named("plan-techniek", code));
    let technique = technique.unwrap_or(Key::PlanTechniekNogOpen).text(lang);
    match plan.net_soort {
        Some(_) => format!("{technique}: {}", words::lower(water(plan.net_soort, lang))),
        None => technique.to_owned(),
    }
}

fn water(kind: Option<NetKind>, lang: Lang) -> &'static str {
    let key = kind.and_then(|kind| Key::named("net", kind.code()));
    key.unwrap_or(Key::VerdictOnbekend).text(lang)
}

fn starts(year: u16, lang: Lang) -> String {
    Key::PlanJaarStart.fill(lang, &[("year", &year.to_string())])
}

fn when(plan: &Plan, lang: Lang) -> String {
    let parts =
        [(Key::PlanJaarStart, plan.start), (Key::PlanJaarEind, plan.eind), (Key::PlanJaarGas, plan.aangewezen_jaar)];
    let said: Vec<String> =
        parts.iter().filter_map(|(key, year)| Some(key.fill(lang, &[("year", &(*year)?.to_string())]))).collect();
    if said.is_empty() { Key::PlanJaarGeen.text(lang).to_owned() } else { said.join(" ") }
}

fn stage(stage: Option<PlanStage>, net: Option<NetStatus>, lang: Lang) -> &'static str {
    let key = stage.and_then(|stage| Key::named("plan-fase", stage.code()));
    let key = key.or_else(|| net.and_then(|net| Key::named("netstatus", net.code())));
    key.unwrap_or(Key::VerdictOnbekend).text(lang)
}

fn decision(plan: &Plan, lang: Lang) -> Markup {
    if plan.besluit.is_empty() && plan.besluit_url.is_empty() {
        return html! { (Key::PlanBesluitGeen.text(lang)) };
    }
    let title = if plan.besluit.is_empty() { &plan.besluit_url } else { &plan.besluit };
    html! {
        // The reader of plans lets only such an address through; a link is held to it again.
        @if plan.besluit_url.starts_with("https://") {
            a href=(plan.besluit_url) rel="noopener noreferrer" lang="nl" { (title) }
        } @else {
            span lang="nl" { (title) }
        }
        @if !plan.besluit_datum.is_empty() { ", " (words::day(&plan.besluit_datum, lang)) }
    }
}
