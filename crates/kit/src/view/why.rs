//! Why: every option with all rules that held, the facts they looked at, and the figures behind the amounts.

use gasvrij3d::home::FactKey;
use gasvrij3d::order;
use gasvrij3d::rules::{Effect, Kind, OptionAdvice, rules, written};
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::verdict::{HeatOption, Verdict};
use maud::{Markup, html};

use super::{card, facts, figures, icon, options, page};
use crate::case::Case;
use crate::words;

/// The page. `open` names the part that is asked for: an option (`AEL`), its amounts (`kosten-AEL`), or `flip`.
pub fn why(case: &Case, open: &str, lang: Lang) -> Markup {
    let ranked = case.ranking().into_iter().map(|ranked| ranked.option);
    let beside = [HeatOption::NrIso, HeatOption::NrKoken, HeatOption::Wacht];
    let all: Vec<OptionAdvice> = ranked.chain(beside).map(|option| case.advice.option(option)).collect();
    let asked = open.strip_prefix("kosten-").unwrap_or(open);
    // Without a wish: what stands out.
    let opened = if asked.is_empty() { case.best.map_or("", |(option, _)| option.code()) } else { asked };
    html! {
        article class="card why" {
            (page::back_home(case, lang))
            h1 id="kop" tabindex="-1" { (Key::WaaromKop.text(lang)) }
            p { (Key::WaaromInleiding.text(lang)) }
            (card::filled_in(case, lang))
            section class="block" {
                h2 class="hidden" { (Key::HuisOpties.text(lang)) }
                @for said in all {
                    (option(case, said, said.option.code() == opened, open.starts_with("kosten-"), lang))
                }
            }
            section class="block" id="bij-flip" tabindex="-1" {
                h2 { (Key::FlipKop.text(lang)) }
                (figures::tried(case, lang))
            }
            section class="block" {
                h2 { (Key::HuisZekerheid.text(lang)) }
                p { (card::sure(case.advice.confidence).text(lang)) }
            }
            section class="block" {
                h2 { (Key::WaaromAlleFeiten.text(lang)) }
                (facts::known(case, lang))
            }
            (card::origin(&facts::sources(&case.woning.origins, case.manifest), case.manifest, lang))
        }
    }
}

/// An option. `with_figures`: what is open shows the figures behind its amounts too.
fn option(case: &Case, said: OptionAdvice, is_open: bool, with_figures: bool, lang: Lang) -> Markup {
    let code = said.option.code();
    let mut seen: Vec<FactKey> = Vec::new();
    for rule in said.rules() {
        seen.extend(rule.facts.iter().filter(|key| !words::is_gap(&case.home, **key)).copied());
    }
    order::sort_by_key(&mut seen, |key| *key);
    seen.dedup();
    html! {
        details class="option why-option" id={ "bij-" (code) } open[is_open] data-option=(code) {
            summary {
                (icon::swatch(options::sign(said)))
                span class="option-head" {
                    span class="option-name" { (words::option(said.option, lang)) }
                    span class="option-verdict" { (options::verdict(said, lang)) }
                }
                (icon::line(icon::OPEN))
            }
            div class="option-body" {
                ol class="reasons" {
                    @for effect in said.effects() { li { (reason(said, effect, lang)) } }
                }
                @if !seen.is_empty() {
                    h3 { (Key::WaaromFeiten.text(lang)) }
                    (facts::rows(case, &seen, lang))
                }
                @if said.verdict != Verdict::NietBeschikbaar && said.option != HeatOption::Wacht {
                    h3 id={ "bij-kosten-" (code) } tabindex="-1" { (Key::GeldKop.text(lang)) }
                    (figures::explained(case, said.option, is_open && with_figures, lang))
                }
            }
        }
    }
}

fn copied(from: Option<HeatOption>, lang: Lang) -> String {
    Key::WaaromEffectKopie.fill(lang, &[("optie", from.map_or("", |option| words::option(option, lang)))])
}

/// A rule: what it says, what it does, what it rests on, and its condition as it stands in the table.
fn reason(said: OptionAdvice, effect: &'static Effect, lang: Lang) -> Markup {
    let (Some(rule), Some(written)) = (rules().rules().get(effect.rule), written().get(effect.rule)) else {
        return html! {};
    };
    let verdict =
        words::lower(if effect.kind == Kind::Base && effect.copies.is_none() && effect.verdict == said.verdict {
            options::verdict(said, lang)
        } else {
            words::verdict(effect.verdict, lang)
        });
    let does = match effect.kind {
        Kind::Base if effect.copies.is_some() => copied(effect.copies, lang),
        Kind::Base => Key::WaaromEffectB.fill(lang, &[("oordeel", &verdict)]),
        Kind::Modifier => Key::WaaromEffectW.fill(lang, &[("oordeel", &verdict)]),
        Kind::Info => Key::WaaromEffectI.text(lang).to_owned(),
    };
    html! {
        p class="reason" { (rule.text(lang)) }
        p class="effect" { (does) }
        (options::source_line(rule, lang))
        details class="detail" {
            summary { (Key::WaaromRegel.fill(lang, &[("id", rule.id)])) }
            p class="code" lang="nl" { (written.when) }
            p { (options::basis(rule, lang)) }
        }
    }
}
