//! One rule on the page: what it does, when, why, after which, and for which homes.

use gasvrij3d::rules::{Kind, OptionAdvice, Rule, WrittenEffect, rules, written};
use gasvrij3d::text::Lang;
use gasvrij3d::verdict::{HeatOption, Verdict};
use maud::{Markup, html};

use super::{rule_link, source_line};
use crate::book::homes::{Example, showing};
use crate::book::says::{self, Said};
use crate::book::words::{self, Words, basis_code, fill, kind_code};

/// An example names this many options; where a rule speaks of more, it says how many.
const MOST_OPTIONS: usize = 2;

/// The rule at this place in the table.
pub fn rule_section(words: &Words, homes: &[Example], at: usize) -> Result<Markup, String> {
    let (rule, own) = (&rules().rules()[at], &written()[at]);
    let p = &words.page;
    let effects = own.effects.iter().enumerate().map(|(i, effect)| does(words, own.effects, i, effect));
    let effects = effects.collect::<Result<Vec<_>, String>>()?;
    let said = said_markup(&says::say(words, own.when)?);
    let sources = rule.sources.iter().filter_map(|id| rules().source(id));
    Ok(html! {
        section class="rule" id=(rule.id) {
            h4 { span class="id" { (rule.id) } " " (rule.text(Lang::Nl)) }
            dl {
                div { dt { (p.does) } dd { ul { @for effect in effects { li { (effect) } } } } }
                div { dt { (p.in_words) } dd { (said) } }
                div {
                    dt { (p.condition) }
                    dd {
                        p { code { (own.when) } }
                        @for effect in own.effects {
                            @if let Some(when) = effect.when { p { (p.condition_extra) " " code { (when) } } }
                        }
                    }
                }
                div { dt { (p.after) } dd { (after(words, at)) } }
                div {
                    dt { (p.rests_on) }
                    dd {
                        @for (i, basis) in rule.basis.iter().enumerate() {
                            @if i > 0 { ", " }
                            (words::named("basis", basis_code(*basis)))
                        }
                    }
                }
                div { dt { (p.sources) } dd { ul { @for source in sources { li { (source_line(words, source)) } } } } }
                div { dt { (p.examples) } dd { (examples(words, homes, rule)) } }
                div { dt { (p.in_english) } dd lang="en" { (rule.text(Lang::En)) } }
            }
        }
    })
}

fn does(words: &Words, all: &[WrittenEffect], at: usize, effect: &WrittenEffect) -> Result<Markup, String> {
    let p = &words.page;
    let kind = words.kinds.get(kind_code(effect.kind)).map_or("", |kind| kind.name.as_str());
    let first = effect.options.first().copied().unwrap_or(HeatOption::Ael);
    let badges: Vec<&str> = effect.badge.into_iter().collect();
    // What is said where an earlier effect of the rule, with a condition of its own, did not hold.
    let is_rest = effect.when.is_none()
        && all[..at].iter().any(|e| e.kind == effect.kind && e.when.is_some() && e.options.contains(&first));
    let extra = effect.when.map(|when| says::say(words, when)).transpose()?;
    Ok(html! {
        strong { (kind) } ": " (option_names(words, effect.options)) ": "
        @match (effect.copies, effect.verdict) {
            (Some(option), _) => { (fill(&p.copies, &[("option", &words::option(option))])) ". " }
            (None, Some(verdict)) => {
                @if effect.kind == Kind::Base { (p.sets) } @else { (p.raises) }
                " " (mark(first, verdict, &badges)) ". "
            }
            (None, None) => { (p.explains) ". " }
        }
        @if let Some(badge) = effect.badge { (fill(&p.badge, &[("badge", &words::named("badge", badge))])) " " }
        @if is_rest { (p.otherwise) }
        @if let Some(said) = extra { (p.only_when) (said_markup(&said)) }
    })
}

fn option_names(words: &Words, options: &[HeatOption]) -> String {
    if options == HeatOption::INTERCHANGE {
        return fill(&words.page.all_but_waiting, &[("waiting", &words::option(HeatOption::Wacht))]);
    }
    options.iter().map(|option| words::option(*option)).collect::<Vec<_>>().join(", ")
}

/// The base rules above this one at its options, and those of them that it is declared to come after.
fn after(words: &Words, at: usize) -> Markup {
    let p = &words.page;
    let bases = |at: usize| written()[at].effects.iter().filter(|effect| effect.kind == Kind::Base);
    let shared = |above: &usize| {
        bases(*above).any(|e| e.options.iter().any(|option| bases(at).any(|own| own.options.contains(option))))
    };
    let above: Vec<&str> = (0..at).filter(shared).map(|above| rules().rules()[above].id).collect();
    html! {
        @if above.is_empty() { (p.after_none) } @else { p { (p.after_above) " " (links(&above)) } }
        @if !written()[at].after.is_empty() { p { (p.after_other) " " (links(written()[at].after)) } }
    }
}

fn links(ids: &[&str]) -> Markup {
    html! { @for (i, id) in ids.iter().enumerate() { @if i > 0 { ", " } (rule_link(id)) } "." }
}

fn examples(words: &Words, homes: &[Example], rule: &Rule) -> Markup {
    let p = &words.page;
    html! {
        ul class="examples" {
            @for home in showing(homes, rule) {
                @let number = homes.iter().position(|other| std::ptr::eq(other, home)).unwrap_or_default() + 1;
                @let options: Vec<HeatOption> = home.options_with(rule).collect();
                li {
                    a href={ "#woning-" (number) } { (home.name) }
                    @for option in options.iter().take(MOST_OPTIONS) {
                        @let said = home.advice.option(*option);
                        span class="outcome" {
                            (fill(&p.outcome, &[("option", &words::option(*option))])) " "
                            (mark(*option, said.verdict, &said.badges())) ", "
                            (fill(&p.outcome_rules, &[("rules", &ids(said))]))
                        }
                    }
                    @if options.len() > MOST_OPTIONS {
                        span class="outcome" { (fill(&p.and_more, &[("count", &options.len().to_string())])) }
                    }
                }
            }
        }
    }
}

fn ids(said: OptionAdvice) -> String {
    said.rules().map(|rule| rule.id).collect::<Vec<_>>().join(", ")
}

/// A verdict: its letter, and in words.
pub fn mark(option: HeatOption, verdict: Verdict, badges: &[&str]) -> Markup {
    html! {
        span class="verdict" {
            span class="letter" data-v=(verdict.code()) { (verdict.code()) } " "
            (words::verdict(option, verdict, badges))
        }
    }
}

/// A condition in words.
pub fn said_markup(said: &Said) -> Markup {
    html! {
        @match said {
            Said::Line(line) => p { (line) },
            Said::List(intro, parts) => {
                p { (intro) }
                ul { @for part in parts { li { (said_markup(part)) } } }
            }
        }
    }
}
