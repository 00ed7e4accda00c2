//! The options of a home, ranked, each with its reasons.

use gasvrij3d::link::HomePage;
use gasvrij3d::rules::{Basis, OptionAdvice, Rule, rules};
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::theme::Category;
use gasvrij3d::verdict::{HeatOption, Verdict};
use maud::{Markup, html};

use super::{icon, money};
use crate::case::Case;
use crate::words;

/// The badge that turns "possible but hard" into "possible but not needed".
const NOT_NEEDED: &str = "niet-nodig";

/// The source of what this project assumes: its name says so.
const OURS: &str = "project";

/// The verdict in words.
pub fn verdict(said: OptionAdvice, lang: Lang) -> &'static str {
    match (said.option, said.verdict) {
        (HeatOption::Wacht, Verdict::Geschikt) => Key::WachtG.text(lang),
        (HeatOption::Wacht, Verdict::NaStap) => Key::WachtN.text(lang),
        (HeatOption::Wacht, Verdict::Ongeschikt) => Key::WachtO.text(lang),
        (_, Verdict::Mogelijk) if said.badges().contains(&NOT_NEEDED) => Key::VerdictMNietNodig.text(lang),
        (_, verdict) => words::verdict(verdict, lang),
    }
}

/// The colour and sign before it: its verdict's; that waiting is not needed is no warning.
pub fn sign(said: OptionAdvice) -> Category {
    match (said.option, said.verdict) {
        (HeatOption::Wacht, Verdict::Ongeschikt) => Category::NietBeschikbaar,
        (_, verdict) => verdict.into(),
    }
}

/// The list of options.
pub fn list(case: &Case, options: &[OptionAdvice], lang: Lang) -> Markup {
    html! {
        ul class="options" {
            @for &said in options {
                li class="option" data-option=(said.option.code()) data-verdict=(said.verdict.code()) {
                    (option(case, said, lang))
                }
            }
        }
    }
}

fn option(case: &Case, said: OptionAdvice, lang: Lang) -> Markup {
    let badges = said.badges();
    html! {
        details {
            summary {
                (icon::swatch(sign(said)))
                span class="option-head" {
                    span class="option-name" { (words::option(said.option, lang)) }
                    span class="option-verdict" { (verdict(said, lang)) }
                    @if let Some(rule) = said.deciding() {
                        span class="option-why" { (rule.text(lang)) }
                    }
                }
                (icon::line(icon::OPEN))
            }
            div class="option-body" {
                p class="option-meaning" { (words::option_meaning(said.option, lang)) }
                @if !badges.is_empty() {
                    ul class="badges" {
                        @for badge in badges {
                            @if let Some(text) = words::badge(badge, lang) { li { (text) } }
                        }
                    }
                }
                p class="why" { (Key::HuisWaarom.text(lang)) }
                ol class="reasons" {
                    @for rule in said.rules() { li { (reason(rule, lang)) } }
                }
                @if said.verdict != Verdict::NietBeschikbaar && said.option != HeatOption::Wacht {
                    p class="why" { (Key::GeldKop.text(lang)) }
                    (money::block(case, said.option, lang))
                }
                p class="source" {
                    a href=(case.page(HomePage::Why, said.option.code())) { (Key::ActiesWaarom.text(lang)) }
                }
            }
        }
    }
}

/// A rule in words, with its sources.
pub fn reason(rule: &Rule, lang: Lang) -> Markup {
    html! {
        p class="reason" { (rule.text(lang)) }
        (source_line(rule, lang))
    }
}

/// On what a rule rests, in a line.
pub fn source_line(rule: &Rule, lang: Lang) -> Markup {
    html! {
        p class="source" {
            (sources(rule, lang)) " · " (rule.id)
            @if rule.is_assumption() && !rule.sources.contains(&OURS) {
                " " span class="tag" { (Key::HuisAanname.text(lang)) }
            }
            @if rule.sources.iter().any(|id| rules().source(id).is_some_and(|s| !s.checked)) {
                " " span class="tag" { (Key::HuisNogNalezen.text(lang)) }
            }
        }
    }
}

/// The sources of a rule, with their year.
pub fn sources(rule: &Rule, lang: Lang) -> String {
    let named = |id: &&str| rules().source(id).map(|s| format!("{} ({})", s.name(lang), s.year));
    rule.sources.iter().filter_map(named).collect::<Vec<_>>().join("; ")
}

/// On what a rule rests, in words.
pub fn basis(rule: &Rule, lang: Lang) -> String {
    let word = |basis: &Basis| match basis {
        Basis::National => Key::BasisNat.text(lang),
        Basis::Plan => Key::BasisPlan.text(lang),
        Basis::Assumption => Key::BasisAsm.text(lang),
    };
    rule.basis.iter().map(word).collect::<Vec<_>>().join(", ")
}
