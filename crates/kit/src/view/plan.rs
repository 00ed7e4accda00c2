//! What the municipality plans here: what, when, how far, by which decision, and what is not certain.

use gasvrij3d::home::NetStatus;
use gasvrij3d::link::{AreaPage, View};
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::tile::{PlanArea, PlanStage, Technique};
use maud::{Markup, html};

use super::icon;
use crate::case::Case;
use crate::words;

/// The plans for a home.
pub fn block(case: &Case, lang: Lang) -> Markup {
    html! {
        section class="block plan" {
            h2 { (icon::line(icon::PLAN)) (Key::HuisPlan.text(lang)) }
            @for sentence in words::plan(&case.home, lang) { p { (sentence) } }
            @for plan in case.plans() { (area(plan, case, lang)) }
            @let buurt = &case.woning.buurt;
            @if !buurt.is_empty() {
                p { a href=(View::Area(AreaPage::One(buurt.clone())).hash()) { (Key::BuurtVan.text(lang)) } }
            }
        }
    }
}

fn area(plan: &PlanArea, case: &Case, lang: Lang) -> Markup {
    let word = |kind: &str, code: &str| Key::named(kind, code).map(|key| key.text(lang));
    let (uncertain, own_words) = lang.pick_given(&plan.uncertain, &plan.uncertain_en);
    let decision = &plan.decision;
    let source = case.manifest.sources.iter().find(|source| source.id == plan.source);
    let row = |title: Key, value: Markup| html! { div { dt { (title.text(lang)) } dd { (value) } } };
    html! {
        details class="more" {
            summary {
                span { (if plan.name.is_empty() { Key::PlanNaam.text(lang) } else { plan.name.as_str() }) }
                (icon::line(icon::OPEN))
            }
            dl class="facts" {
                @if let Some(what) = plan.technique.and_then(|t| word("plan-techniek", t.code())) {
                    (row(Key::PlanWat, html! { (what) }))
                }
                (row(Key::PlanWanneer, html! { (when(plan, lang)) }))
                @if let Some(year) = plan.gas_ends { (row(Key::PlanGas, html! { (year) })) }
                @if let Some(stage) = plan.stage.and_then(|s| word("plan-fase", s.code())) {
                    (row(Key::PlanStand, html! { (stage) }))
                }
                (row(Key::PlanAanbod, html! { (offer(plan).text(lang)) }))
                @if !decision.title.is_empty() {
                    (row(Key::PlanBesluit, html! {
                        @if is_page(&decision.url) { a href=(decision.url) rel="noreferrer" { (decision.title) } }
                        @else { (decision.title) }
                        @if !decision.date.is_empty() { span class="origin" { (words::day(&decision.date, lang)) } }
                    }))
                }
                @if !uncertain.is_empty() { (row(Key::PlanOnzeker, html! { span lang=[own_words] { (uncertain) } })) }
                @if let Some(source) = source {
                    (row(Key::PlanBron, html! {
                        (source.name) span class="origin" { (words::day(&source.date, lang)) }
                    }))
                }
            }
        }
    }
}

/// A link in a data set may only lead to a page.
fn is_page(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

fn when(plan: &PlanArea, lang: Lang) -> String {
    match (plan.start, plan.end) {
        (Some(from), Some(to)) => Key::PlanVanTot.fill(lang, &[("van", &from.to_string()), ("tot", &to.to_string())]),
        (Some(from), None) => Key::PlanVanaf.fill(lang, &[("jaar", &from.to_string())]),
        (None, Some(to)) => Key::BurenTot.fill(lang, &[("jaar", &to.to_string())]),
        (None, None) => Key::PlanGeenJaar.text(lang).to_owned(),
    }
}

/// Whether somebody will come with an offer.
fn offer(plan: &PlanArea) -> Key {
    match (plan.technique, plan.stage) {
        (Some(Technique::AllElectric | Technique::Hybrid), _) => Key::PlanAanbodZelf,
        (_, Some(PlanStage::Explored)) | (Some(Technique::Open | Technique::GreenGas), _) => Key::PlanAanbodOpen,
        (Some(Technique::HeatNetwork | Technique::Collective), _) => Key::PlanAanbodJa,
        (None, _) if matches!(plan.status, NetStatus::Beschikbaar | NetStatus::Gepland) => Key::PlanAanbodJa,
        (None, _) => Key::PlanAanbodOpen,
    }
}
