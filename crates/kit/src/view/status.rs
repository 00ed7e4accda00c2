//! What the map is doing: on its way, loading, missing a part, or not possible here.

use gasvrij3d::text::{Key, Lang};
use maud::{Markup, html};

use super::icon;
use crate::words;

/// How far the 3D map is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Not asked for yet.
    #[default]
    Waiting,
    /// Its program is on its way.
    Starting,
    /// It runs, with this many of its parts on screen.
    Running {
        /// Shown.
        shown: u32,
        /// Of all.
        total: u32,
    },
    /// It cannot run. A reason code of `data/text/kaart.toml` (`geen3d-…`), or a sentence.
    Failed(String),
}

/// In the place of the map, until it is there or where it cannot be.
pub fn placeholder(stage: &Stage, lang: Lang) -> Markup {
    match stage {
        Stage::Failed(reason) => {
            let known = Key::named("geen3d", reason);
            html! {
                div class="no-map" {
                    (icon::line(icon::WARN))
                    h2 { (Key::Geen3dKop.text(lang)) }
                    p { (known.map_or(reason.as_str(), |key| key.text(lang))) }
                    p { (Key::Geen3dUitleg.text(lang)) }
                    @if reason != "no-webgl2" {
                        button type="button" class="button" data-do="restart" { (Key::Geen3dOpnieuw.text(lang)) }
                    }
                }
            }
        }
        Stage::Waiting => html! { p class="map-coming" { (Key::StatusWacht.text(lang)) } },
        Stage::Starting => html! { p class="map-coming" { (Key::StatusLaden.text(lang)) } },
        Stage::Running { .. } => html! {},
    }
}

/// The line over the map: parts on their way, parts that are missing.
pub fn line(stage: &Stage, missing: &[(&str, &str)], lang: Lang) -> Markup {
    let Stage::Running { shown, total } = stage else { return html! {} };
    html! {
        @if shown < total && missing.is_empty() {
            p {
                (Key::StatusDelen.fill(lang, &[
                    ("shown", &words::whole(u64::from(*shown), lang)),
                    ("total", &words::whole(u64::from(*total), lang)),
                ]))
            }
            progress max=(total) value=(shown) aria-label=(Key::StatusLaden.text(lang)) {}
        }
        @if let Some((name, _)) = missing.first() {
            p {
                (icon::line(icon::WARN))
                @if missing.len() == 1 {
                    (Key::StatusMist.fill(lang, &[("name", name)]))
                } @else {
                    @let names: Vec<&str> = missing.iter().take(3).map(|(name, _)| *name).collect();
                    (Key::StatusMistMeer.fill(lang, &[
                        ("count", &words::whole(missing.len() as u64, lang)),
                        ("name", &names.join(", ")),
                    ]))
                }
                " " (Key::StatusOpnieuwOver.text(lang))
            }
            button type="button" class="button" data-do="retry-parts" { (Key::FoutOpnieuw.text(lang)) }
            details class="detail" {
                summary { (Key::FoutDetails.text(lang)) }
                ul lang="en" { @for (_, reason) in missing { li { (reason) } } }
            }
        }
    }
}

/// Of how many buildings only the outline is drawn, and how much is left out.
pub fn faults(counts: [u32; 2], lang: Lang) -> String {
    let all = [Key::StatusRompen, Key::StatusWeggelaten].into_iter().zip(counts).filter(|(_, count)| *count > 0);
    let said = all.map(|(key, count)| key.fill(lang, &[("count", &words::whole(u64::from(count), lang))]));
    said.collect::<Vec<_>>().join(" ")
}
