//! Two pages of A4 for the kitchen table: the answer with a picture of the map, then what it rests on. Readable in black
//! and white: every colour has its sign and its word.

use gasvrij3d::home::FactKey;
use gasvrij3d::ranking::NO_REGRET;
use gasvrij3d::rules::rules;
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::verdict::HeatOption;
use maud::{Markup, html};

use super::answer::{self, Answer};
use super::{card, facts, flip, icon, money, options, people, qr, share};
use crate::case::Case;
use crate::words;

/// What only the browser knows.
pub struct Paper<'a> {
    /// The picture of the map as an address with the picture in it, where there is one.
    pub picture: Option<&'a str>,
    /// The address of this home's page, whole.
    pub link: &'a str,
    /// The day of printing, `2026-11-24`.
    pub today: &'a str,
}

/// Both pages.
pub fn sheet(case: &Case, paper: &Paper, lang: Lang) -> Markup {
    html! {
        article class="sheet-page" {
            (head(case, paper, 1, lang))
            div class="sheet-answer" {
                section {
                    @let answer = Answer::of(case);
                    h2 { (answer.title.text(lang)) }
                    (answer::line(&answer, lang))
                    @if let Some(said) = answer.said {
                        p { (words::option_meaning(said.option, lang)) }
                        @if let Some(rule) = said.deciding() { p { (rule.text(lang)) } }
                        @if let Ok(cost) = case.cost(said.option) {
                            p { (money::line(&cost, lang)) " "
                                @if let Some(with) = money::with_step(&cost, lang) { (with) " " }
                                "(" (Key::GeldSchatting.text(lang)) ")" }
                        }
                    }
                    p { strong { (Key::HuisAdvies.text(lang)) } }
                }
                figure {
                    @match paper.picture {
                        Some(picture) => img src=(picture) alt=(Key::PrintKaart.text(lang));,
                        None => p class="no-picture" { (Key::PrintGeenKaart.text(lang)) },
                    }
                }
            }
            (given(case, lang))
            div class="sheet-columns" {
                section {
                    h2 { (Key::EerstKop.text(lang)) }
                    @for option in NO_REGRET { (in_short(case, option, lang)) }
                    h2 { (Key::WachtKop.text(lang)) }
                    (in_short(case, HeatOption::Wacht, lang))
                    @if let Some(year) = card::decision_year(case) {
                        p { (Key::WachtBesluit.fill(lang, &[("jaar", &year.to_string())])) }
                    }
                }
                section {
                    h2 { (Key::HuisPlan.text(lang)) }
                    @for sentence in words::plan(&case.home, lang) { p { (sentence) } }
                    @for plan in case.plans() {
                        p { strong { (plan.name) } }
                        @let (uncertain, own_words) = lang.pick_given(&plan.uncertain, &plan.uncertain_en);
                        @if !plan.decision.title.is_empty() { p { (Key::PlanBesluit.text(lang)) ": " (plan.decision.title) } }
                        @if !uncertain.is_empty() { p { (Key::PlanOnzeker.text(lang)) ": " span lang=[own_words] { (uncertain) } } }
                    }
                }
            }
            h2 { (Key::HuisOpties.text(lang)) }
            (table(case, lang))
            p class="hint" { (Key::KostenSchatting.text(lang)) }
        }
        article class="sheet-page" {
            (head(case, paper, 2, lang))
            h2 { (Key::HuisFeiten.text(lang)) }
            div class="sheet-facts" { (facts::rows(case, &facts::all(case), lang)) }
            div class="sheet-columns" {
                section {
                    h2 { (Key::HuisZekerheid.text(lang)) }
                    p { (card::sure(case.advice.confidence).text(lang)) }
                    p { (flip::sentence(&case.flips(), lang)) }
                    @let gaps: Vec<FactKey> = facts::gaps(&case.home, &case.advice);
                    @if !gaps.is_empty() {
                        @let names: Vec<String> = gaps.iter().map(|key| words::lower(words::fact(*key, lang))).collect();
                        p { (Key::HuisGaten.text(lang)) ": " (names.join(", ")) "." }
                    }
                    @if let Some((count, kind, advice)) = people::told(case, lang) {
                        h2 { (Key::BurenKop.text(lang)) }
                        p { (count) " " (kind) " " (advice) }
                    }
                }
                div {
                    (people::contact(case, lang))
                    div class="sheet-link" {
                        (qr::code(paper.link))
                        div { p { (Key::PrintQr.text(lang)) } p { (Key::PrintMeer.text(lang)) } }
                    }
                    p class="code" { (paper.link) }
                }
            }
            (card::origin(&facts::sources(&case.woning.origins, case.manifest), case.manifest, lang))
        }
    }
}

fn head(case: &Case, paper: &Paper, number: u8, lang: Lang) -> Markup {
    let municipality = &case.manifest.municipality;
    let notice = lang.pick(&municipality.notice.nl, &municipality.notice.en);
    let printed = Key::PrintDatum.fill(lang, &[("datum", &words::day(paper.today, lang))]);
    html! {
        header class="sheet-head" {
            p {
                strong { "Gasvrij3D" } " · " (municipality.name)
                @if !notice.is_empty() { " · " strong { (notice) } }
            }
            p { (printed) " · " (Key::PrintBladzijde.fill(lang, &[("nummer", &number.to_string())])) }
        }
        @if number == 1 {
            h1 { (case.woning.address) }
            p class="place" { (card::place(&case.woning.address)) " · " (Key::PrintKop.text(lang)) }
        } @else {
            p class="place" { (case.woning.address) ", " (card::place(&case.woning.address)) }
        }
    }
}

fn given(case: &Case, lang: Lang) -> Markup {
    let told = share::told(case, lang);
    html! {
        @if !told.is_empty() {
            p class="filled-in" {
                (words::capital(Key::Ingevuld.text(lang))) ": "
                @for (place, (fact, value)) in told.iter().enumerate() {
                    @if place > 0 { "; " }
                    (words::lower(fact)) " " strong { (value) }
                }
                "."
            }
        }
    }
}

fn in_short(case: &Case, option: HeatOption, lang: Lang) -> Markup {
    let said = case.advice.option(option);
    html! {
        p {
            strong { (words::option(option, lang)) } ": " (words::lower(options::verdict(said, lang))) "."
            @if let Some(rule) = said.deciding() { " " (rule.text(lang)) }
        }
    }
}

fn table(case: &Case, lang: Lang) -> Markup {
    let ranked = case.ranking();
    let (elsewhere, here): (Vec<_>, Vec<_>) = ranked.into_iter().partition(|ranked| card::is_elsewhere(ranked.verdict));
    let names: Vec<&str> = elsewhere.iter().map(|ranked| words::option(ranked.option, lang)).collect();
    html! {
        table class="sheet-options" {
            thead {
                tr {
                    @for key in [
                        Key::PrintOptie, Key::VergelijkOordeel, Key::VergelijkReden, Key::GeldInvestering, Key::GeldMaand,
                    ] { th scope="col" { (key.text(lang)) } }
                }
            }
            tbody {
                @for ranked in here {
                    @let said = case.advice.option(ranked.option);
                    @let cost = case.cost(ranked.option).ok();
                    tr {
                        th scope="row" { (icon::swatch(said.verdict.into())) (words::option(ranked.option, lang)) }
                        td { (options::verdict(said, lang)) }
                        td { @if let Some(rule) = said.deciding() { (rule.text(lang)) } }
                        td { @if let Some(cost) = &cost { (money::purchase(cost, lang)) } @else { "–" } }
                        td { @if let Some(cost) = &cost { (money::month(cost, lang)) } @else { "–" } }
                    }
                }
            }
        }
        @if !names.is_empty() {
            p class="hint" {
                (Key::HuisNietHier.fill(lang, &[("count", &names.len().to_string())])) " (" (names.join(", ")) ")."
            }
        }
        p class="hint" { (Key::HuisGegevens.fill(lang, &[
            ("version", case.manifest.data_version.get(..8).unwrap_or_default()),
            ("rules", rules().version()),
            ("year", &rules().year().to_string()),
        ])) }
    }
}
