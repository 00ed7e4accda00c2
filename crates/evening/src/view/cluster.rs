//! The part of the page of a network about clusters: the limits that can be moved, beside those of the municipality, and what
//! they change.

use std::cmp::Ordering;

use gasvrij3d::cijfers::grenzen;
use gasvrij3d::cluster::Verdict;
use gasvrij3d::text::{Key, Lang};
use kit::parts::EVENING;
use kit::view::icon;
use kit::words;
use maud::{Markup, html};

use super::draw::{share, slider};
use crate::cluster::{Chosen, Found, colour};

/// The element with what the limits give.
pub const RESULT: &str = "cluster-gevolg";
/// What is said of it.
pub const SAID: &str = "cluster-melding";
/// The box that colours the homes.
pub const PAINT: &str = "cluster-kleur";
/// So many clusters are told by themselves.
const MOST: usize = 8;

/// A limit that can be moved.
pub struct Slider {
    /// The id of its field.
    pub id: &'static str,
    label: Key,
    /// The key in `data/kleine-netten.toml`; none for what only the page has.
    source: &'static str,
    least: f64,
    most: f64,
    step: f64,
    get: fn(&Chosen) -> f64,
    set: fn(&mut Chosen, f64),
    say: fn(f64, Lang) -> String,
}

fn metres(value: f64, lang: Lang) -> String {
    super::draw::within(value, lang)
}

fn homes(value: f64, lang: Lang) -> String {
    Key::ClusterWoningen.fill(lang, &[("value", &words::measure(value, lang))])
}

fn gj(value: f64, lang: Lang) -> String {
    Key::EenheidGj.fill(lang, &[("value", &words::measure(value, lang))])
}

fn density(value: f64, lang: Lang) -> String {
    Key::ClusterMwh.fill(lang, &[("value", &words::measure(value, lang))])
}

/// All of them, in the order of the page.
pub static SLIDERS: [Slider; 6] = [
    Slider {
        id: "cluster-afstand",
        label: Key::ClusterAfstand,
        source: "afstand_m",
        least: 10.0,
        most: 200.0,
        step: 10.0,
        get: |chosen| chosen.limits.near,
        set: |chosen, value| chosen.limits.near = value,
        say: metres,
    },
    Slider {
        id: "cluster-huizen",
        label: Key::ClusterHuizen,
        source: "minste_woningen",
        least: 10.0,
        most: 500.0,
        step: 10.0,
        get: |chosen| chosen.limits.homes,
        set: |chosen, value| chosen.limits.homes = value,
        say: homes,
    },
    Slider {
        id: "cluster-warmte",
        label: Key::ClusterWarmte,
        source: "minste_gj",
        least: 0.0,
        most: 10_000.0,
        step: 250.0,
        get: |chosen| chosen.limits.gj,
        set: |chosen, value| chosen.limits.gj = value,
        say: gj,
    },
    Slider {
        id: "cluster-goed",
        label: Key::ClusterGoed,
        source: "lijn_goed",
        least: 0.2,
        most: 6.0,
        step: 0.1,
        get: |chosen| chosen.limits.good,
        set: |chosen, value| chosen.limits.good = value,
        say: density,
    },
    Slider {
        id: "cluster-mogelijk",
        label: Key::ClusterMogelijk,
        source: "lijn_mogelijk",
        least: 0.2,
        most: 6.0,
        step: 0.1,
        get: |chosen| chosen.limits.possible,
        set: |chosen, value| chosen.limits.possible = value,
        say: density,
    },
    Slider {
        id: "cluster-deel",
        label: Key::ClusterDeel,
        source: "",
        least: 10.0,
        most: 100.0,
        step: 5.0,
        get: |chosen| (chosen.share * 100.0).round(),
        set: |chosen, value| chosen.share = value / 100.0,
        say: share,
    },
];

impl Slider {
    /// The one with this field.
    pub fn of(id: &str) -> Option<&'static Self> {
        SLIDERS.iter().find(|slider| slider.id == id)
    }

    /// Moves it; what is no number between its ends changes nothing. Gives what is said of the value.
    pub fn take(&self, chosen: &mut Chosen, value: f64, lang: Lang) -> Option<String> {
        if !(self.least..=self.most).contains(&value) {
            return None;
        }
        (self.set)(chosen, value);
        // From "possible" to "good" there is no way back.
        if chosen.limits.possible > chosen.limits.good {
            let limits = &mut chosen.limits;
            if self.source == "lijn_goed" { limits.possible = limits.good } else { limits.good = limits.possible }
        }
        Some((self.say)(value, lang))
    }

    /// Its value and how that is said.
    pub fn value(&self, chosen: &Chosen, lang: Lang) -> (f64, String) {
        let value = (self.get)(chosen);
        (value, (self.say)(value, lang))
    }

    /// The municipality's own limit and where it is from.
    fn usual(&self, lang: Lang) -> String {
        let (_, usual) = self.value(&Chosen::default(), lang);
        let source = grenzen::BRONNEN.iter().find(|(key, _)| *key == self.source).map(|(_, source)| source);
        let said = match source {
            Some(source) if source.landelijk => format!("{}, {}", source.bron, words::day(grenzen::DATUM, lang)),
            _ => Key::ClusterAanname.fill(lang, &[("date", &words::day(grenzen::DATUM, lang))]),
        };
        Key::ClusterStandaard.fill(lang, &[("value", &usual), ("source", &said)])
    }
}

/// The whole part, folded away.
pub fn part(chosen: &Chosen, is_painted: bool, lang: Lang) -> Markup {
    html! {
        details class="clusters" {
            summary { (Key::ClusterKop.text(lang)) }
            p { (Key::ClusterUitleg.text(lang)) }
            form class="suppose" data-form="cluster" {
                @for limit in &SLIDERS {
                    @let (value, said) = limit.value(chosen, lang);
                    label for=(limit.id) { (limit.label.text(lang)) }
                    (slider(limit.id, value, [limit.least, limit.most, limit.step], &said))
                    p class="hint" { (limit.usual(lang)) }
                }
            }
            p class="buttons" {
                button type="button" class="button primary" data-do="cluster-zoek" data-module=(EVENING) { (Key::ClusterZoek.text(lang)) }
                button type="button" class="button" data-do="cluster-terug" data-module=(EVENING) { (Key::ClusterTerug.text(lang)) }
            }
            label class="check" {
                input id=(PAINT) type="checkbox" checked[is_painted];
                span { (Key::ClusterKleur.text(lang)) }
            }
            p id=(SAID) class="hint" role="status" {}
            div id=(RESULT) {}
            p class="hint" { (Key::ClusterSleuf.text(lang)) }
        }
    }
}

/// What the limits of the municipality give, what the chosen ones give, and the difference.
pub fn result(usual: &Found, now: &Found, lang: Lang) -> Markup {
    let whole = |n: usize| words::whole(n as u64, lang);
    let difference = |from: usize, to: usize| {
        let sign = match to.cmp(&from) {
            Ordering::Less => "−",
            Ordering::Equal => "",
            Ordering::Greater => "+",
        };
        format!("{sign}{}", whole(to.abs_diff(from)))
    };
    html! {
        table class="sketches" {
            caption class="hidden" { (Key::ClusterKop.text(lang)) }
            thead {
                tr {
                    th scope="col" { (Key::ClusterOordeel.text(lang)) }
                    @for key in [Key::ClusterGemeente, Key::ClusterUw, Key::TekenenVerschil] { th scope="col" { (key.text(lang)) } }
                }
            }
            tbody {
                @for verdict in Verdict::ALL {
                    @let [usual, now] = [usual, now].map(|found| found.sum(*verdict));
                    tr {
                        th scope="row" { (icon::swatch(colour(*verdict))) " " (name(*verdict, lang)) }
                        @for sum in [usual, now] {
                            td { (Key::ClusterAantal.fill(lang, &[("clusters", &whole(sum.clusters)), ("homes", &whole(sum.homes))])) }
                        }
                        td { (Key::ClusterAantal.fill(lang, &[("clusters", &difference(usual.clusters, now.clusters)), ("homes", &difference(usual.homes, now.homes))])) }
                    }
                }
            }
        }
        p class="hint" { (Key::ClusterTientallen.text(lang)) }
        h3 { (Key::ClusterGrootste.text(lang)) }
        ol {
            @for (homes, mwh_per_m, verdict) in now.largest(MOST) {
                li { (Key::ClusterEen.fill(lang, &[("homes", &whole(homes)), ("value", &words::measure(mwh_per_m, lang)), ("verdict", name(verdict, lang))])) }
            }
        }
    }
}

fn name(verdict: Verdict, lang: Lang) -> &'static str {
    Key::named("cluster-oordeel", &verdict.code().replace('_', "-")).unwrap_or(Key::VerdictOnbekend).text(lang)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::view::text;

    #[test]
    fn each_limit_stands_beside_the_municipalitys_own_with_its_source_and_day() {
        let said = text(&part(&Chosen::default(), false, Lang::Nl));
        for words in ["100 meter", "RVO Afwegingskader", "2.000 GJ", "aanname", "2 MWh", "november 2026"] {
            assert!(said.contains(words), "{words}: {said}");
        }
        for slider in &SLIDERS {
            let (value, _) = slider.value(&Chosen::default(), Lang::Nl);
            assert!((slider.least..=slider.most).contains(&value), "{}", slider.id);
            let steps = (value - slider.least) / slider.step;
            assert!((steps - steps.round()).abs() < 1e-6, "{}: the default can be reached", slider.id);
        }
    }

    #[test]
    fn a_limit_outside_its_ends_changes_nothing_and_good_is_never_below_possible() {
        let mut chosen = Chosen::default();
        for value in [f64::NAN, -1.0, 1e9] {
            assert_eq!(Slider::of("cluster-afstand").unwrap().take(&mut chosen, value, Lang::Nl), None);
        }
        assert_eq!(chosen, Chosen::default());
        Slider::of("cluster-goed").unwrap().take(&mut chosen, 0.5, Lang::Nl).unwrap();
        assert!((chosen.limits.possible - 0.5).abs() < 1e-9);
        Slider::of("cluster-mogelijk").unwrap().take(&mut chosen, 3.0, Lang::Nl).unwrap();
        assert!((chosen.limits.good - 3.0).abs() < 1e-9);
        assert_eq!(Slider::of("cluster-deel").unwrap().take(&mut chosen, 70.0, Lang::Nl).unwrap(), "70 van de 100");
        assert!(Slider::of("net-deel").is_none());
    }

    #[test]
    fn the_difference_between_the_limits_is_told() {
        let none = Found::default();
        let said = text(&result(&none, &none, Lang::Nl));
        assert!(said.contains("0 clusters, 0 huizen") && said.contains("te klein"), "{said}");
    }
}
