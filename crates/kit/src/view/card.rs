//! The house card: what suits this home, why, what is planned, and how we know. The answer comes first; the rest is short,
//! folded, or on a page of its own.

use gasvrij3d::home::{Address, FactKey, NetStatus};
use gasvrij3d::link::{HomePage, View, VvePage};
use gasvrij3d::manifest::{Manifest, Source};
use gasvrij3d::ranking::NO_REGRET;
use gasvrij3d::rules::{Confidence, OptionAdvice, rules};
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::theme::Category;
use gasvrij3d::verdict::{HeatOption, Verdict};
use maud::{Markup, html};

use super::share::{self, Arrived};
use super::{answer, facts, flip, icon, money, options, page, people, plan, unbroken};
use crate::case::Case;
use crate::parts::PAGES;
use crate::words;

/// The card of a home. `arrived` is what came with the link, `base` the address of the page before the hash.
pub fn home(case: &Case, arrived: Option<&Arrived>, base: &str, lang: Lang) -> Markup {
    let address = &case.woning.address;
    if !case.is_home() {
        return no_home(address, lang);
    }
    html! {
        article class="card house" data-vbo=(case.woning.id) {
            div class="first" {
                (heading(address, lang))
                @if let Some(arrived) = arrived { (share::note(case, arrived, lang)) }
                (filled_in(case, lang))
                (answer::block(case, lang))
                (actions(case, lang))
            }
            (first_steps(case, lang))
            (plan::block(case, lang))
            (wait(case, lang))
            (all_options(case, lang))
            (flip::short(case, lang))
            (people::neighbours(case, lang))
            (sureness(case, lang))
            (known(case, lang))
            (people::contact(case, lang))
            (share::block(case, base, lang))
            (origin(&facts::sources(&case.woning.origins, case.manifest), case.manifest, lang))
        }
    }
}

/// The card of an address that is no home.
pub fn no_home(address: &Address, lang: Lang) -> Markup {
    html! {
        article class="card" {
            (heading(address, lang))
            section class="block best" {
                div class="best-line" {
                    (icon::swatch(Category::GeenWoning))
                    div { p class="best-name" { (Key::HuisGeenWoning.text(lang)) } }
                }
                p { (Key::HuisGeenWoningUitleg.text(lang)) }
            }
        }
    }
}

fn heading(address: &Address, lang: Lang) -> Markup {
    html! {
        (page::back(Key::HuisTerug, lang))
        h1 id="kop" tabindex="-1" { (unbroken::numbers(&address.to_string())) }
        p class="place" { (place(address)) }
    }
}

/// `2021 AB Haarlem`, as far as it is known.
pub fn place(address: &Address) -> String {
    let code = match (address.postcode.get(..4), address.postcode.get(4..)) {
        (Some(digits), Some(letters)) => format!("{digits} {letters}"),
        _ => address.postcode.clone(),
    };
    [code.as_str(), &address.place].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// That the advice counts with what the resident filled in.
pub fn filled_in(case: &Case, lang: Lang) -> Markup {
    let said = match case.corrections.count() {
        0 => return html! {},
        1 => Key::IngevuldMeldingEen.text(lang).to_owned(),
        count => Key::IngevuldMelding.fill(lang, &[("aantal", &words::whole(count as u64, lang))]),
    };
    html! {
        p class="filled-in" {
            (said) " " a href=(case.page(HomePage::Correct, "")) { (Key::IngevuldBekijk.text(lang)) }
        }
    }
}

fn actions(case: &Case, lang: Lang) -> Markup {
    html! {
        nav class="actions" aria-label=(Key::Acties.text(lang)) {
            a class="button" href=(case.page(HomePage::Why, "")) { (Key::ActiesWaarom.text(lang)) }
            a class="button" href=(case.page(HomePage::Correct, "")) { (Key::ActiesKloptNiet.text(lang)) }
            a class="button" href=(case.page(HomePage::Compare, "")) { (Key::ActiesVergelijk.text(lang)) }
            button type="button" class="button" data-module=(PAGES) data-do="print" { (Key::ActiesPrint.text(lang)) }
        }
    }
}

fn first_steps(case: &Case, lang: Lang) -> Markup {
    html! {
        section class="block first-steps" {
            h2 { (Key::EerstKop.text(lang)) }
            p class="hint" { (Key::EerstUitleg.text(lang)) }
            (options::list(case, &NO_REGRET.map(|option| case.advice.option(option)), lang))
        }
    }
}

/// "Not yet" is an option like any other: with its reasons, when to look again, and what waiting costs.
fn wait(case: &Case, lang: Lang) -> Markup {
    html! {
        section class="block wait" {
            h2 { (Key::WachtKop.text(lang)) }
            p class="hint" { (words::option_meaning(HeatOption::Wacht, lang)) }
            (options::list(case, &[case.advice.option(HeatOption::Wacht)], lang))
            @if let Some(year) = decision_year(case) {
                p { (Key::WachtBesluit.fill(lang, &[("jaar", &year.to_string())])) }
            }
            @if let Some(amount) = money::on_gas(case, lang) {
                p { (Key::WachtKosten.fill(lang, &[("bedrag", &amount)])) }
            }
        }
    }
}

/// When the next thing is known: the start of a network that is planned or studied, or else the end of gas.
pub fn decision_year(case: &Case) -> Option<u16> {
    let home = &case.home;
    let is_coming = matches!(home.net_status, Some(NetStatus::Gepland | NetStatus::Onderzoek));
    let plans = case.plans();
    let start = home.net_start.filter(|_| is_coming).or_else(|| plans.iter().filter_map(|plan| plan.start).min());
    start.or(home.aangewezen_jaar).filter(|year| *year > rules().year())
}

/// What does not fit here or is not here: told of, out of the way.
pub const fn is_elsewhere(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Ongeschikt | Verdict::NietBeschikbaar)
}

fn all_options(case: &Case, lang: Lang) -> Markup {
    let ranked = case.ranking().into_iter().map(|ranked| case.advice.option(ranked.option));
    let (elsewhere, heating): (Vec<OptionAdvice>, Vec<OptionAdvice>) =
        ranked.partition(|said| is_elsewhere(said.verdict));
    html! {
        section class="block" {
            h2 { (Key::HuisOpties.text(lang)) }
            p class="hint" { (Key::HuisOptiesUitleg.text(lang)) }
            (options::list(case, &heating, lang))
            @if !elsewhere.is_empty() {
                details class="more elsewhere" {
                    summary {
                        (Key::HuisNietHier.fill(lang, &[("count", &elsewhere.len().to_string())]))
                        (icon::line(icon::OPEN))
                    }
                    (options::list(case, &elsewhere, lang))
                }
            }
        }
    }
}

fn sureness(case: &Case, lang: Lang) -> Markup {
    let gaps = facts::gaps(&case.home, &case.advice);
    html! {
        section class="block" {
            h2 { (Key::HuisZekerheid.text(lang)) }
            p { (sure(case.advice.confidence).text(lang)) }
            @if case.home.lab.is_some() { p class="hint" { (Key::HuisLabelsSchil.text(lang)) } }
            @if !gaps.is_empty() {
                h3 { (Key::HuisGaten.text(lang)) }
                p class="hint" { (Key::HuisGatenUitleg.text(lang)) }
                ul class="gaps" { @for key in gaps { li { (words::fact(key, lang)) } } }
            }
        }
    }
}

/// How sure the advice is, in words.
pub const fn sure(confidence: Confidence) -> Key {
    match confidence {
        Confidence::High => Key::HuisZekerHoog,
        Confidence::Middle => Key::HuisZekerMidden,
        Confidence::Low => Key::HuisZekerLaag,
    }
}

fn known(case: &Case, lang: Lang) -> Markup {
    let home = &case.home;
    html! {
        section class="block" {
            h2 { (Key::HuisFeiten.text(lang)) }
            details class="more facts-more" {
                summary {
                    span { (in_short(case, lang)) }
                    (icon::line(icon::OPEN))
                }
                p class="hint" { (Key::HuisFeitenUitleg.text(lang)) }
                (facts::known(case, lang))
            }
            @if let (Some(pand), Some(tile), Some(count @ 2..)) = (case.woning.pand, case.tile.id, home.nvbo) {
                p {
                    a href=(View::Building(tile, pand).hash()) {
                        (Key::HuisGebouw.fill(lang, &[("count", &words::whole(u64::from(count), lang))]))
                    }
                }
                p { a href=(View::Vve(VvePage::Of(tile, pand)).hash()) { (Key::VveInPand.text(lang)) } }
            }
            p { a href=(case.page(HomePage::Correct, "")) { (Key::ActiesKloptNiet.text(lang)) } }
        }
    }
}

/// `Tussenwoning, 1935, 96 m², energielabel E`: what most people know of their home.
fn in_short(case: &Case, lang: Lang) -> String {
    let value = |key| words::value(&case.home, key, lang);
    let label = value(FactKey::Lab).map(|label| format!("{} {label}", words::lower(words::fact(FactKey::Lab, lang))));
    let parts = [value(FactKey::Typ), value(FactKey::Bj), value(FactKey::AreaM2), label];
    let said: Vec<String> = parts.into_iter().flatten().collect();
    if said.is_empty() { Key::IngevuldNiets.text(lang).to_owned() } else { said.join(", ") }
}

/// The sources that the facts came from, and the versions.
pub fn origin(used: &[&Source], manifest: &Manifest, lang: Lang) -> Markup {
    let version = manifest.data_version.get(..8).unwrap_or(&manifest.data_version);
    let year = rules().year().to_string();
    let values = [("version", version), ("rules", rules().version()), ("year", year.as_str())];
    html! {
        section class="block origin-block" {
            h2 { (Key::HuisGegevensKop.text(lang)) }
            ul class="used" {
                @for source in used {
                    li {
                        (source.name)
                        @if !source.date.is_empty() { ", " (words::day(&source.date, lang)) }
                        @if !source.licence.is_empty() { ", " (source.licence) }
                    }
                }
            }
            p { (Key::HuisGegevens.fill(lang, &values)) }
            p { a href="#/over" { (Key::PaginaOver.text(lang)) } }
        }
    }
}
