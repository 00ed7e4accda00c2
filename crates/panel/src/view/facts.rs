//! What is known of a home: each fact with its source and how it came; and what is not known.

use gasvrij3d::home::{FactKey, Home, Method, Origins};
use gasvrij3d::manifest::{Manifest, Source};
use gasvrij3d::rules::Advice;
use gasvrij3d::text::{Key, Lang};
use maud::{Markup, html};

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

/// The facts that are known, each with how it came and the number of its source.
pub fn known(home: &Home, origins: &Origins, used: &[&Source], lang: Lang) -> Markup {
    html! {
        @for (title, keys) in GROUPS {
            @let rows = rows(home, keys, lang);
            @if !rows.is_empty() {
                h3 { (title.text(lang)) }
                dl class="facts" {
                    @for (key, value) in rows {
                        div data-fact=(key.code()) {
                            dt { (words::fact(key, lang)) }
                            dd { (value) (origin(key, origins, used, lang)) }
                        }
                    }
                }
            }
        }
    }
}

fn rows(home: &Home, keys: &[FactKey], lang: Lang) -> Vec<(FactKey, String)> {
    let known = keys.iter().filter(|&&key| !words::is_gap(home, key));
    known.filter_map(|&key| Some((key, words::value(home, key, lang)?))).collect()
}

fn origin(key: FactKey, origins: &Origins, used: &[&Source], lang: Lang) -> Markup {
    let Some(origin) = origins.0.get(&key) else { return html! {} };
    let number = used.iter().position(|s| s.id == origin.source).map(|place| (place + 1).to_string());
    let method = match origin.method {
        Method::Registered => Key::MethodeR,
        Method::Derived => Key::MethodeD,
        Method::Estimated => Key::MethodeE,
        Method::Corrected => Key::MethodeC,
        Method::Invented => Key::MethodeM,
    };
    html! {
        span class="origin" {
            @if origin.method == Method::Estimated {
                span class="tag" { (method.text(lang)) }
            } @else {
                (method.text(lang))
            }
            ", "
            @match number {
                Some(number) => (Key::HuisBronNummer.fill(lang, &[("number", &number)])),
                None => (origin.source),
            }
        }
    }
}

/// What is not known: what the rules missed, and what would make the advice surer.
pub fn gaps(home: &Home, advice: &Advice) -> Vec<FactKey> {
    let mut gaps: Vec<FactKey> = WANTED.into_iter().filter(|&key| words::is_gap(home, key)).collect();
    gaps.extend(advice.gaps().filter(|key| !WANTED.contains(key)));
    gaps
}
