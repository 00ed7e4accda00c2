//! The house card: what suits this home, why, what is planned, and how we know.

use gasvrij3d::geo::TileId;
use gasvrij3d::home::{Address, Home};
use gasvrij3d::kosten::Prices;
use gasvrij3d::link::View;
use gasvrij3d::manifest::{Manifest, Source};
use gasvrij3d::ranking::{self, NO_REGRET, ranking};
use gasvrij3d::rules::{Advice, Confidence, OptionAdvice, rules};
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::theme::{Category, Theme};
use gasvrij3d::tile::Woning;
use gasvrij3d::town::Outcome;
use gasvrij3d::verdict::{HeatOption, Verdict};
use maud::{Markup, html};

use super::{facts, icon, options, page};
use crate::words;

/// The card of a home.
pub fn home(woning: &Woning, tile: TileId, manifest: &Manifest, lang: Lang) -> Markup {
    let home = &woning.home;
    if home.woonfunctie == Some(false) {
        return no_home(&woning.address, lang);
    }
    let year = rules().year();
    let advice = rules().evaluate(home, year);
    let prices = Prices::of_year(year);
    let ranked = ranking(home, &advice, &prices).into_iter().map(|ranked| advice.option(ranked.option));
    let (elsewhere, heating): (Vec<OptionAdvice>, Vec<OptionAdvice>) =
        ranked.partition(|said| said.verdict == Verdict::NietBeschikbaar);
    let steps = NO_REGRET.map(|option| advice.option(option));
    let wait = advice.option(HeatOption::Wacht);
    let gaps = facts::gaps(home, &advice);
    let used = facts::sources(&woning.origins, manifest);
    html! {
        article class="card" data-vbo=(woning.id) {
            (heading(&woning.address, lang))
            @if let (Some(pand), Some(count @ 2..)) = (woning.pand, home.nvbo) {
                p class="neighbours" {
                    a href=(View::Building(tile, pand).hash()) {
                        (Key::HuisGebouw.fill(lang, &[("count", &words::whole(u64::from(count), lang))]))
                    }
                }
            }
            (best(home, &advice, &prices, lang))
            section class="block plan" {
                h2 { (icon::line(icon::PLAN)) (Key::HuisPlan.text(lang)) }
                @for sentence in words::plan(home, lang) { p { (sentence) } }
            }
            @if wait.verdict <= Verdict::NaStap {
                section class="block wait" {
                    h2 { (words::option(wait.option, lang)) }
                    p class="hint" { (words::option_meaning(wait.option, lang)) }
                    (options::list(&[wait], lang))
                }
            }
            section class="block" {
                h2 { (Key::HuisOpties.text(lang)) }
                p class="hint" { (Key::HuisOptiesUitleg.text(lang)) }
                (options::list(&heating, lang))
                @if !elsewhere.is_empty() {
                    details class="elsewhere" {
                        summary {
                            (Key::HuisNietHier.fill(lang, &[("count", &elsewhere.len().to_string())]))
                            (icon::line(icon::OPEN))
                        }
                        (options::list(&elsewhere, lang))
                    }
                }
                h3 { (Key::HuisAltijd.text(lang)) }
                (options::list(&steps, lang))
            }
            section class="block" {
                h2 { (Key::HuisZekerheid.text(lang)) }
                p { (sureness(advice.confidence).text(lang)) }
                @if home.lab.is_some() { p class="hint" { (Key::HuisLabelsSchil.text(lang)) } }
                @if !gaps.is_empty() {
                    h3 { (Key::HuisGaten.text(lang)) }
                    p class="hint" { (Key::HuisGatenUitleg.text(lang)) }
                    ul class="gaps" { @for key in gaps { li { (words::fact(key, lang)) } } }
                }
            }
            section class="block" {
                h2 { (Key::HuisFeiten.text(lang)) }
                p class="hint" { (Key::HuisFeitenUitleg.text(lang)) }
                (facts::known(home, &woning.origins, &used, lang))
            }
            (origin(&used, manifest, lang))
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
        h1 id="kop" tabindex="-1" { (address) }
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

/// What stands out, with the colour that this home has on the map.
fn best(home: &Home, advice: &Advice, prices: &Prices, lang: Lang) -> Markup {
    let stands_out = ranking::best(home, advice, prices).map(|(option, _)| option);
    let category = Theme::Best.category(&Outcome { verdicts: advice.verdicts(), best: stands_out });
    let said = match category {
        Category::Hybride => Some(advice.option(HeatOption::Hyb)),
        _ => stands_out.map(|option| advice.option(option)),
    };
    let title = match category {
        Category::Hybride => Key::HuisBestTussenstap,
        Category::Maatwerk => Key::HuisBestLastig,
        _ => Key::HuisBest,
    };
    html! {
        section class="block best" data-category=(category.code()) {
            @if let Some(said) = said {
                h2 { (title.text(lang)) }
                div class="best-line" {
                    (icon::swatch(category))
                    div {
                        p class="best-name" { (words::option(said.option, lang)) }
                        p class="best-verdict" { (options::verdict(said, lang)) }
                    }
                }
                p { (words::option_meaning(said.option, lang)) }
            } @else {
                h2 { (Key::HuisBestGeen.text(lang)) }
                p { (Key::HuisBestGeenUitleg.text(lang)) }
            }
            p class="advice" { (Key::HuisAdvies.text(lang)) }
        }
    }
}

const fn sureness(confidence: Confidence) -> Key {
    match confidence {
        Confidence::High => Key::HuisZekerHoog,
        Confidence::Middle => Key::HuisZekerMidden,
        Confidence::Low => Key::HuisZekerLaag,
    }
}

/// The sources by the numbers that the facts refer to, and the versions.
fn origin(used: &[&Source], manifest: &Manifest, lang: Lang) -> Markup {
    let version = manifest.data_version.get(..8).unwrap_or(&manifest.data_version);
    let year = rules().year().to_string();
    let values = [("version", version), ("rules", rules().version()), ("year", year.as_str())];
    html! {
        section class="block origin-block" {
            h2 { (Key::HuisGegevensKop.text(lang)) }
            ol class="used" {
                @for source in used {
                    li {
                        (source.name)
                        @for part in [&source.date, &source.licence] { @if !part.is_empty() { ", " (part) } }
                    }
                }
            }
            p { (Key::HuisGegevens.fill(lang, &values)) }
            p { a href="#/over" { (Key::PaginaOver.text(lang)) } }
        }
    }
}
