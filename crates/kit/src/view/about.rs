//! How it works: sources, rules, what is not known, privacy.

use gasvrij3d::manifest::Manifest;
use gasvrij3d::rules::{Rule, rules, written};
use gasvrij3d::text::{Key, Lang};
use maud::{Markup, html};

use super::{icon, options, page};
use crate::words;

/// The page with method and sources. Without a manifest: what does not depend on the data.
pub fn about(manifest: Option<&Manifest>, lang: Lang) -> Markup {
    html! {
        article class="card about" {
            (page::back(Key::PaginaNaarZoeken, lang))
            h1 id="kop" tabindex="-1" { (Key::OverKop.text(lang)) }
            (section(Key::OverWat, Key::OverWatTekst, lang))
            (page::others(Some(Key::OverKop), lang))
            @if let Some(manifest) = manifest {
                (counts(manifest, lang))
                (sources(manifest, lang))
                (downloads(manifest, lang))
            }
            (rule_list(lang))
            (section(Key::OverRegister, Key::OverRegisterTekst, lang))
            (section(Key::OverNiet, Key::OverNietTekst, lang))
            (section(Key::OverKleuren, Key::OverKleurenTekst, lang))
            (section(Key::OverPrivacy, Key::OverPrivacyTekst, lang))
            (accessibility(lang))
        }
    }
}

/// What holds, what was tested, what was not, and whom to tell.
fn accessibility(lang: Lang) -> Markup {
    let parts = [
        Key::OverToegankelijkTekst,
        Key::OverToegankelijkKaart,
        Key::OverToegankelijkGetest,
        Key::OverToegankelijkNiet,
        Key::OverToegankelijkMeld,
    ];
    html! {
        section class="block" {
            h2 { (Key::OverToegankelijk.text(lang)) }
            @for part in parts { p { (part.text(lang)) } }
        }
    }
}

fn downloads(manifest: &Manifest, lang: Lang) -> Markup {
    html! {
        section class="block" {
            h2 { (Key::OverDownloads.text(lang)) }
            @if manifest.downloads.is_empty() {
                p { (Key::OverDownloadsGeen.text(lang)) }
            } @else {
                p { (Key::OverDownloadsTekst.text(lang)) }
                ul class="sources" {
                    @for download in &manifest.downloads {
                        li {
                            a href={ "data/" (download.file.file) } download="" { (download.title) }
                            p class="source" {
                                (words::whole(download.file.bytes.div_ceil(1000), lang)) " kB · " (download.licence)
                            }
                        }
                    }
                }
            }
        }
    }
}

fn section(title: Key, text: Key, lang: Lang) -> Markup {
    html! { section class="block" { h2 { (title.text(lang)) } p { (text.text(lang)) } } }
}

fn counts(manifest: &Manifest, lang: Lang) -> Markup {
    let c = &manifest.counts;
    let rows = [
        (Key::OverPanden, c.panden),
        (Key::OverWoningen, c.woningen),
        (Key::OverAdressen, c.adressen),
        (Key::OverMetJaar, c.with_year),
        (Key::OverMetHoogte, c.with_height),
    ];
    html! {
        section class="block" {
            h2 { (Key::OverAantallen.text(lang)) }
            dl class="facts" {
                @for (key, count) in rows {
                    div { dt { (key.text(lang)) } dd { (words::whole(u64::from(count), lang)) } }
                }
            }
            p { a href={ "data/" (manifest.report.file) } { (Key::OverRapport.text(lang)) } }
            (page::quality_link(manifest, lang))
        }
    }
}

fn sources(manifest: &Manifest, lang: Lang) -> Markup {
    html! {
        section class="block" {
            h2 { (Key::OverBronnen.text(lang)) }
            ul class="sources" {
                @for source in &manifest.sources {
                    li {
                        p class="source-name" { (source.name) }
                        dl class="facts" {
                            @for (key, value) in [
                                (Key::OverLicentie, &source.licence),
                                (Key::OverDatum, &source.date),
                                (Key::OverBestand, &source.file),
                            ] {
                                @if !value.is_empty() { div { dt { (key.text(lang)) } dd { (value) } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn rule_list(lang: Lang) -> Markup {
    let year = rules().year().to_string();
    let values = [("version", rules().version()), ("date", rules().date()), ("year", year.as_str())];
    html! {
        section class="block" {
            h2 { (Key::OverRegels.text(lang)) }
            p { (Key::OverRegelsUitleg.fill(lang, &values)) }
            details class="more" {
                summary {
                    (Key::OverRegelsAlle.fill(lang, &[("count", &rules().rules().len().to_string())]))
                    (icon::line(icon::OPEN))
                }
                ul class="rules" {
                    @for (rule, written) in rules().rules().iter().zip(written()) {
                        li { (one_rule(rule, written.when, lang)) }
                    }
                }
            }
        }
    }
}

/// A rule with its condition, its options and what it rests on.
fn one_rule(rule: &Rule, when: &str, lang: Lang) -> Markup {
    let names: Vec<&str> = rules().options_of(rule).iter().map(|o| words::option(*o, lang)).collect();
    html! {
        details {
            summary {
                span class="rule-id" { (rule.id) }
                span { (rule.text(lang)) }
            }
            dl class="facts" {
                div { dt { (Key::OverAls.text(lang)) } dd class="code" lang="nl" { (when) } }
                div { dt { (Key::HuisOpties.text(lang)) } dd { (names.join(", ")) } }
                div { dt { (Key::OverBasis.text(lang)) } dd { (options::basis(rule, lang)) } }
                div { dt { (Key::HuisBron.text(lang)) } dd { (options::sources(rule, lang)) } }
            }
        }
    }
}
