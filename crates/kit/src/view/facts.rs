//! What is known of a home: each fact with its source and how it came; and what is not known.

use gasvrij3d::corrections::Mark;
use gasvrij3d::home::{FactKey, Home, Method, Origins};
use gasvrij3d::manifest::{Manifest, Source};
use gasvrij3d::rules::Advice;
use gasvrij3d::text::{Key, Lang};
use maud::{Markup, html};

use crate::case::Case;
use crate::words;

/// The facts in the order of the card, by what they are about.
const GROUPS: [(Key, &[FactKey]); 3] = [
    (
        Key::HuisGroepHuis,
        &[
            FactKey::Bj,
            FactKey::Typ,
            FactKey::AreaM2,
            FactKey::Own,
            FactKey::Lab,
            FactKey::Q,
            FactKey::Std,
            FactKey::Mon,
        ],
    ),
    (Key::HuisGroepGebouw, &[FactKey::Nvbo, FactKey::Block, FactKey::Garage, FactKey::SpaceGround, FactKey::DRear]),
    (
        Key::HuisGroepBuurt,
        &[
            FactKey::NetStatus,
            FactKey::NetSoort,
            FactKey::NetStart,
            FactKey::DNet,
            FactKey::AangewezenJaar,
            FactKey::Dens,
            FactKey::ClusterHomes,
            FactKey::ClusterGj,
            FactKey::GwBescherming,
            FactKey::ArcheologieHoog,
        ],
    ),
];

/// Without one of these the advice rests on less.
const WANTED: [FactKey; 6] = [FactKey::Bj, FactKey::Typ, FactKey::Own, FactKey::Lab, FactKey::Q, FactKey::NetStatus];

/// The sources that the facts of a home came from, in the order of the manifest.
pub fn sources<'m>(origins: &Origins, manifest: &'m Manifest) -> Vec<&'m Source> {
    let used = |source: &&Source| origins.0.values().any(|origin| origin.source == source.id);
    manifest.sources.iter().filter(used).collect()
}

/// The facts that are known, by what they are about.
pub fn known(case: &Case, lang: Lang) -> Markup {
    html! {
        @for (title, keys) in GROUPS {
            @let shown: Vec<FactKey> = keys.iter().copied().filter(|key| is_shown(case, *key)).collect();
            @if !shown.is_empty() {
                h3 { (title.text(lang)) }
                (rows(case, &shown, lang))
            }
        }
    }
}

/// All of them in one list, for paper.
pub fn all(case: &Case) -> Vec<FactKey> {
    GROUPS.iter().flat_map(|(_, keys)| keys.iter().copied()).filter(|key| is_shown(case, *key)).collect()
}

/// A fact is shown where it is known, and where it is not known any more.
fn is_shown(case: &Case, key: FactKey) -> bool {
    !words::is_gap(&case.home, key) || case.mark(key) != Mark::Known
}

/// These facts, each with its value, its source and date, and how it came.
pub fn rows(case: &Case, keys: &[FactKey], lang: Lang) -> Markup {
    html! {
        dl class="facts" {
            @for &key in keys {
                div data-fact=(key.code()) {
                    dt { (words::fact(key, lang)) }
                    dd { (value(case, key, lang)) (origin(case, key, lang)) }
                }
            }
        }
    }
}

/// The value as it is judged.
pub fn value(case: &Case, key: FactKey, lang: Lang) -> String {
    words::value(&case.home, key, lang).unwrap_or_else(|| Key::IngevuldNiets.text(lang).to_owned())
}

/// Where a fact came from, and what the register says where the resident knows better.
pub fn origin(case: &Case, key: FactKey, lang: Lang) -> Markup {
    let mark = match case.mark(key) {
        Mark::Known => return html! { span class="origin" { (registered(case, key, lang)) } },
        Mark::Given => Key::Ingevuld,
        Mark::Follows => Key::IngevuldVolgt,
    };
    let registered_value = words::value(&case.woning.home, key, lang);
    let before = registered_value.unwrap_or_else(|| Key::IngevuldNiets.text(lang).to_owned());
    html! {
        span class="origin" {
            span class="tag given" { (mark.text(lang)) } " "
            (Key::IngevuldRegister.fill(lang, &[("waarde", &before)]))
        }
    }
}

/// How a registered fact came, its source and its date.
fn registered(case: &Case, key: FactKey, lang: Lang) -> Markup {
    let Some(origin) = case.woning.origins.0.get(&key) else { return html! {} };
    let method = match origin.method {
        Method::Registered => Key::MethodeR,
        Method::Derived => Key::MethodeD,
        Method::Estimated => Key::MethodeE,
        Method::Corrected => Key::MethodeC,
        Method::Invented => Key::MethodeM,
    };
    html! {
        @if origin.method == Method::Estimated {
            span class="tag" { (method.text(lang)) }
        } @else {
            (method.text(lang))
        }
        ", "
        @match case.source_of(key) {
            Some(source) => {
                (source.name)
                @if !source.date.is_empty() { ", " (words::day(&source.date, lang)) }
            }
            None => (origin.source),
        }
    }
}

/// What is not known: what the rules missed, and what would make the advice surer.
pub fn gaps(home: &Home, advice: &Advice) -> Vec<FactKey> {
    let mut gaps: Vec<FactKey> = WANTED.into_iter().filter(|&key| words::is_gap(home, key)).collect();
    gaps.extend(advice.gaps().filter(|key| !WANTED.contains(key)));
    gaps
}
