//! `#/net`: a heat network is drawn, and what it would mean stands beside it.

use gasvrij3d::cijfers::grenzen;
use gasvrij3d::drawing::{Draft, FURTHEST_M, Summary};
use gasvrij3d::home::NetKind;
use gasvrij3d::peers::FEWEST;
use gasvrij3d::scenario::YEARS;
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::verdict::Verdict;
use kit::parts::EVENING;
use kit::view::{bars, money, page};
use kit::words;
use maud::{Markup, html};

use super::cluster;
use crate::cluster::Chosen;

/// The element with what the drawing means.
pub const RESULT: &str = "net-gevolg";
/// The element that says how much is drawn.
pub const LINE: &str = "net-lijn";
/// The element with the two sketches side by side.
pub const COMPARED: &str = "net-vergelijk";
/// What is said to who cannot see it.
pub const SAID: &str = "net-melding";
/// The field for a file.
pub const FILE: &str = "net-bestand";
/// The button that shows both sketches on the map.
pub const BESIDE: &str = "net-naast";
/// What names the two maps.
pub const TITLES: &str = "net-kaarten";
/// The names of the two sketches that can be kept.
pub const NAMES: [&str; 2] = ["A", "B"];

/// Amounts a year are rounded to this many euros.
const TO: f64 = 10.0;

/// The whole page.
pub fn page(draft: &Draft, is_drawing: bool, (chosen, is_painted): (&Chosen, bool), lang: Lang) -> Markup {
    html! {
        article class="card draw" {
            (page::back(Key::PaginaNaarZoeken, lang))
            h1 id="kop" tabindex="-1" { (Key::TekenenKop.text(lang)) }
            p class="on-map" { (Key::TekenenUitleg.text(lang)) }
            section class="block" {
                h2 { (Key::TekenenLijn.text(lang)) }
                (tools(draft, is_drawing, lang))
            }
            section class="block" aria-live="off" {
                h2 { (Key::TekenenGevolg.text(lang)) }
                div id=(RESULT) { p { (Key::TekenenNiets.text(lang)) } }
            }
            section class="block" {
                h2 { (Key::TekenenAannames.text(lang)) }
                (suppositions(draft, lang))
            }
            section class="block" { (cluster::part(chosen, is_painted, lang)) }
            section class="block" {
                h2 { (Key::TekenenBewaren.text(lang)) }
                (keeping(lang))
                div id=(COMPARED) {}
            }
        }
    }
}

fn tools(draft: &Draft, is_drawing: bool, lang: Lang) -> Markup {
    let press = |what: &str, key: Key| html! { button type="button" class="button" data-do=(what) data-module=(EVENING) { (key.text(lang)) } };
    html! {
        // Where there can be no map a style takes away what only a map can do.
        p class="off-map" { (Key::TekenenGeenKaart.text(lang)) }
        div class="on-map" {
            p { (begin(is_drawing, lang)) }
            p id=(SAID) class="hint" role="status" {}
        }
        p id=(LINE) { (line(draft, lang)) }
        p class="buttons" {
            span class="on-map" { (press("net-midden", Key::TekenenMidden)) }
            span class="on-map" { (press("net-tak", Key::TekenenTak)) }
            (press("net-terug", Key::TekenenTerug))
            (press("net-wis", Key::TekenenWis))
        }
        p class="hint on-map" { (Key::TekenenToetsen.text(lang)) }
    }
}

/// The button that begins and ends the drawing on the map.
pub fn begin(is_drawing: bool, lang: Lang) -> Markup {
    let key = if is_drawing { Key::TekenenKlaar } else { Key::TekenenBegin };
    html! { button id="net-teken" type="button" class="button primary" data-do="net-teken" data-module=(EVENING) aria-pressed=(is_drawing.to_string()) { (key.text(lang)) } }
}

/// How much is drawn.
pub fn line(draft: &Draft, lang: Lang) -> String {
    let points: usize = draft.lines.iter().map(Vec::len).sum();
    Key::TekenenPunten.fill(
        lang,
        &[("count", &words::whole(points as u64, lang)), ("metres", &words::whole(metres(draft.length_m()), lang))],
    )
}

fn metres(length: f64) -> u64 {
    length.round().max(0.0) as u64
}

fn suppositions(draft: &Draft, lang: Lang) -> Markup {
    let percent = (draft.share * 100.0).round();
    html! {
        form class="suppose" data-form="net" {
            label for="net-soort" { (Key::TekenenSoort.text(lang)) }
            select id="net-soort" {
                @for kind in NetKind::ALL {
                    option value=(kind.code()) selected[*kind == draft.kind] { (water(*kind, lang)) }
                }
            }
            label for="net-start" { (Key::TekenenStart.text(lang)) }
            select id="net-start" {
                @for year in YEARS { option value=(year) selected[year == draft.start] { (year) } }
            }
            label for="net-deel" { (Key::TekenenDeel.text(lang)) }
            (slider("net-deel", percent, [0.0, 100.0, 5.0], &share(percent, lang)))
            label for="net-bereik" { (Key::TekenenBereik.text(lang)) }
            (slider("net-bereik", draft.within_m, [0.0, FURTHEST_M.min(500.0), 10.0], &within(draft.within_m, lang)))
        }
    }
}

/// A slider with its value in words.
pub fn slider(id: &str, value: f64, [least, most, step]: [f64; 3], text: &str) -> Markup {
    html! {
        span class="slider" {
            input id=(id) type="range" min=(least) max=(most) step=(step) value=(value) aria-valuetext=(text);
            output id={ (id) "-waarde" } for=(id) { (text) }
        }
    }
}

/// The share in words: `70 van de 100`.
pub fn share(percent: f64, lang: Lang) -> String {
    Key::TekenenProcent.fill(lang, &[("value", &words::measure(percent, lang))])
}

/// The distance in words.
pub fn within(metres: f64, lang: Lang) -> String {
    Key::TekenenMeter.fill(lang, &[("value", &words::measure(metres, lang))])
}

fn water(kind: NetKind, lang: Lang) -> &'static str {
    Key::named("net", kind.code()).unwrap_or(Key::VerdictOnbekend).text(lang)
}

fn keeping(lang: Lang) -> Markup {
    html! {
        p class="buttons" {
            button type="button" class="button" data-do="net-opslaan" data-module=(EVENING) { (Key::TekenenOpslaan.text(lang)) }
            @for name in NAMES {
                button type="button" class="button" data-do="net-onthoud" data-module=(EVENING) data-sketch=(name) {
                    (Key::TekenenOnthoud.fill(lang, &[("name", name)]))
                }
            }
        }
        label for=(FILE) { (Key::TekenenOpen.text(lang)) }
        input id=(FILE) type="file" accept=".geojson,.json,application/geo+json";
        p id="net-bestand-melding" class="hint" role="status" {}
    }
}

/// What the drawing means.
pub fn result(sum: &Summary, lang: Lang) -> Markup {
    if sum.length_m <= 0.0 {
        return html! { p { (Key::TekenenNiets.text(lang)) } };
    }
    if (sum.homes as usize) < FEWEST {
        return html! {
            dl class="facts" { (row(Key::TekenenLengte, &length(sum, lang), lang)) }
            p { (Key::TekenenWeinig.fill(lang, &[("least", &FEWEST.to_string())])) }
        };
    }
    let good = words::measure(grenzen::LIJN_GOED, lang);
    let possible = words::measure(grenzen::LIJN_MOGELIJK, lang);
    html! {
        dl class="facts big" {
            (row(Key::TekenenHuizen, &words::whole(u64::from(sum.homes), lang), lang))
            (row(Key::TekenenDichtheid, &density(sum, lang), lang))
        }
        @if let Some(key) = judged(sum) { p class="plan" { strong { (key.text(lang)) } } }
        p class="hint" { (Key::TekenenGrens.fill(lang, &[("good", &good), ("possible", &possible)])) }
        dl class="facts" {
            (row(Key::TekenenLengte, &length(sum, lang), lang))
            (row(Key::TekenenWarmte, &heat(sum, lang), lang))
            (row(Key::TekenenKosten, &cost(sum, lang), lang))
            (row(Key::TekenenEerste, &at_least(sum.first, lang), lang))
            (row(Key::TekenenAnders, &otherwise(sum, lang), lang))
        }
        @if sum.eac15.is_some() { p class="hint" { (Key::TekenenKostenUitleg.text(lang)) } }
        @if is_told(sum.compared) {
            p class="hint" { (Key::TekenenAndersUitleg.fill(lang, &[("count", &words::whole(u64::from(sum.compared), lang))])) }
        }
        h3 { (Key::TekenenOordeel.text(lang)) }
        (bars::table(Key::TekenenOordeel, Key::BuurtKolomAantal, &verdicts(sum, lang), sum.homes, lang))
        p class="hint" { (Key::TekenenSchatting.text(lang)) }
    }
}

fn row(name: Key, value: &str, lang: Lang) -> Markup {
    html! { div { dt { (name.text(lang)) } dd { (value) } } }
}

/// Whether a count can be told: nobody, or enough not to be anybody.
fn is_told(count: u32) -> bool {
    count == 0 || count as usize >= FEWEST
}

fn at_least(count: u32, lang: Lang) -> String {
    if is_told(count) { words::whole(u64::from(count), lang) } else { Key::BuurtMinder.text(lang).to_owned() }
}

fn length(sum: &Summary, lang: Lang) -> String {
    format!("{} m", words::whole(metres(sum.length_m), lang))
}

fn heat(sum: &Summary, lang: Lang) -> String {
    if (sum.homes_with_heat as usize) < FEWEST {
        return Key::VerdictOnbekend.text(lang).to_owned();
    }
    Key::EenheidGj.fill(lang, &[("value", &words::whole(sum.gj.round().max(0.0) as u64, lang))])
}

fn density(sum: &Summary, lang: Lang) -> String {
    match sum.mwh_per_m.filter(|_| sum.homes_with_heat as usize >= FEWEST) {
        Some(density) => Key::TekenenMwh.fill(lang, &[("value", &words::measure(density, lang))]),
        None => Key::VerdictOnbekend.text(lang).to_owned(),
    }
}

fn judged(sum: &Summary) -> Option<Key> {
    let density = sum.mwh_per_m.filter(|_| sum.homes_with_heat as usize >= FEWEST)?;
    Some(match () {
        () if density >= grenzen::LIJN_GOED => Key::TekenenGoed,
        () if density >= grenzen::LIJN_MOGELIJK => Key::TekenenMogelijk,
        () => Key::TekenenTeWeinig,
    })
}

fn cost(sum: &Summary, lang: Lang) -> String {
    match sum.eac15.filter(|_| sum.homes_with_cost as usize >= FEWEST) {
        Some(band) => money::band(band, TO, lang),
        None => Key::TekenenKostenGeen.text(lang).to_owned(),
    }
}

fn otherwise(sum: &Summary, lang: Lang) -> String {
    if sum.compared as usize >= FEWEST {
        at_least(sum.otherwise, lang)
    } else {
        Key::VerdictOnbekend.text(lang).to_owned()
    }
}

fn verdicts(sum: &Summary, lang: Lang) -> Vec<(String, Option<u32>)> {
    let counts = Verdict::ALL.iter().zip(sum.verdicts).filter(|(_, count)| *count > 0);
    let rows: Vec<_> = counts.map(|(verdict, count)| (*verdict, is_told(count).then_some(count))).collect();
    // With one count left out, it would follow from the others and the whole.
    let is_alone = rows.iter().filter(|(_, count)| count.is_none()).count() == 1;
    let least = rows.iter().filter_map(|(_, count)| *count).min();
    let hide = |count: Option<u32>| count.filter(|count| !is_alone || Some(*count) != least);
    rows.into_iter().map(|(verdict, count)| (words::verdict(verdict, lang).to_owned(), hide(count))).collect()
}

/// Says one thing about a sketch.
type Say<'a> = dyn Fn(&Draft, &Summary) -> String + 'a;

/// Two sketches side by side, in numbers; whether they are on the map too.
pub fn compared(sketches: [Option<(&Draft, &Summary)>; 2], on_map: bool, lang: Lang) -> Markup {
    let shown =
        |which: usize, say: &Say| sketches[which].map_or_else(|| "–".to_owned(), |(draft, sum)| say(draft, sum));
    let rows: [(Key, &Say); 8] = [
        (Key::TekenenSoort, &|draft, _| water(draft.kind, lang).to_owned()),
        (Key::TekenenStart, &|draft, _| draft.start.to_string()),
        (Key::TekenenDeel, &|draft, _| share((draft.share * 100.0).round(), lang)),
        (Key::TekenenLengte, &|_, sum| length(sum, lang)),
        (Key::TekenenHuizen, &|_, sum| at_least(sum.homes, lang)),
        (Key::TekenenDichtheid, &|_, sum| density(sum, lang)),
        (Key::TekenenKosten, &|_, sum| cost(sum, lang)),
        (Key::TekenenAnders, &|_, sum| otherwise(sum, lang)),
    ];
    if sketches.iter().all(Option::is_none) {
        return html! {};
    }
    html! {
        h3 { (Key::TekenenVergelijk.text(lang)) }
        @if let Some((name, _)) = NAMES.iter().zip(sketches).find(|(_, sketch)| sketch.is_none()) {
            p class="hint" { (Key::TekenenNaastEerst.fill(lang, &[("name", name)])) }
        } @else {
            p {
                button id=(BESIDE) type="button" class="button" data-do=(BESIDE) data-module=(EVENING) aria-pressed=(on_map.to_string()) {
                    (Key::TekenenNaast.text(lang))
                }
            }
        }
        table class="sketches" {
            caption class="hidden" { (Key::TekenenVergelijk.text(lang)) }
            thead {
                tr {
                    th scope="col" { (Key::TekenenWat.text(lang)) }
                    @for name in NAMES { th scope="col" { (Key::TekenenSchets.fill(lang, &[("name", name)])) } }
                    th scope="col" { (Key::TekenenVerschil.text(lang)) }
                }
            }
            tbody {
                @for (key, say) in rows {
                    tr {
                        th scope="row" { (key.text(lang)) }
                        @for which in 0..NAMES.len() { td { (shown(which, say)) } }
                        td { (difference(key, sketches, lang)) }
                    }
                }
            }
        }
        p class="buttons" {
            @for (which, name) in NAMES.iter().enumerate() {
                @if sketches[which].is_some() {
                    button type="button" class="button" data-do="net-toon" data-module=(EVENING) data-sketch=(name) {
                        (Key::TekenenToon.fill(lang, &[("name", name)]))
                    }
                }
            }
        }
    }
}

/// What stands over two maps: which sketch each shows.
pub fn titles(sketches: [(&Draft, &Summary); 2], lang: Lang) -> Markup {
    html! {
        div id=(TITLES) class="twins" role="group" aria-label=(Key::TekenenVergelijk.text(lang)) {
            @for (name, (draft, sum)) in NAMES.iter().zip(sketches) {
                p {
                    strong { (Key::TekenenSchets.fill(lang, &[("name", name)])) }
                    span { (water(draft.kind, lang)) ", " (draft.start) }
                    span { (Key::TekenenHuizen.text(lang)) ": " (at_least(sum.homes, lang)) }
                }
            }
        }
    }
}

/// How much the second sketch has more than the first, where that is a number that can be told.
fn difference(key: Key, sketches: [Option<(&Draft, &Summary)>; 2], lang: Lang) -> String {
    let [Some((_, a)), Some((_, b))] = sketches else { return "–".to_owned() };
    let both = |enough: &dyn Fn(&Summary) -> bool| enough(a) && enough(b);
    let signed = |change: f64, say: &dyn Fn(f64) -> String| match change {
        more if more > 0.0 => format!("+{}", say(more)),
        less if less < 0.0 => format!("−{}", say(-less)),
        _ => say(0.0),
    };
    let count = |n: f64| words::whole(n.round() as u64, lang);
    match key {
        Key::TekenenLengte => signed(b.length_m.round() - a.length_m.round(), &|n| format!("{} m", count(n))),
        Key::TekenenHuizen if both(&|sum| is_told(sum.homes)) => {
            signed(f64::from(b.homes) - f64::from(a.homes), &count)
        }
        Key::TekenenAnders if both(&|sum| sum.compared as usize >= FEWEST && is_told(sum.otherwise)) => {
            signed(f64::from(b.otherwise) - f64::from(a.otherwise), &count)
        }
        Key::TekenenDichtheid if both(&|sum| sum.homes_with_heat as usize >= FEWEST) => {
            match (a.mwh_per_m, b.mwh_per_m) {
                (Some(a), Some(b)) => {
                    signed(b - a, &|n| Key::TekenenMwh.fill(lang, &[("value", &words::measure(n, lang))]))
                }
                _ => "–".to_owned(),
            }
        }
        Key::TekenenKosten if both(&|sum| sum.homes_with_cost as usize >= FEWEST) => match (a.eac15, b.eac15) {
            (Some(a), Some(b)) => signed(b.mid() - a.mid(), &|n| words::euro(n, TO, lang)),
            _ => "–".to_owned(),
        },
        _ => "–".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::text;
    use gasvrij3d::cijfers::Band;

    fn summary(homes: u32) -> Summary {
        Summary {
            length_m: 1_234.4,
            homes,
            homes_with_heat: homes,
            gj: f64::from(homes) * 40.0,
            mwh_per_m: Some(1.26),
            verdicts: [homes - 3, 3, 0, 0, 0, 0],
            first: 3,
            compared: homes,
            otherwise: homes / 2,
            homes_with_cost: homes,
            eac15: Some(Band::new(1_001.0, 1_204.0, 1_500.0)),
        }
    }

    #[test]
    fn what_a_main_means_is_told_in_words_and_numbers() {
        let said = text(&result(&summary(400), Lang::Nl));
        for part in [
            "400",
            "1,3 MWh per meter per jaar",
            "Misschien genoeg voor een net.",
            "1.234 m",
            "16.000 GJ per jaar",
            "200",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }

    #[test]
    fn nothing_is_told_about_fewer_than_ten_homes() {
        let said = text(&result(&summary(9), Lang::Nl));
        assert!(said.contains("minder dan 10 huizen") && !said.contains("GJ"), "{said}");
        // Three homes: neither their own count, nor that of the others, from which it would follow.
        let said = text(&result(&summary(400), Lang::En));
        assert!(!said.contains("397") && !said.contains(" 3 "), "{said}");
        assert_eq!(text(&result(&Summary::default(), Lang::Nl)), Key::TekenenNiets.text(Lang::Nl));
    }

    #[test]
    fn two_sketches_stand_side_by_side_with_their_difference() {
        let (draft, a) = (Draft::default(), summary(400));
        let b = Summary { length_m: 1_000.0, mwh_per_m: Some(2.0), eac15: Some(Band::exact(1_100.0)), ..summary(350) };
        let said = text(&compared([Some((&draft, &a)), Some((&draft, &b))], false, Lang::Nl));
        for part in ["Schets A", "Naast elkaar op de kaart", "−234 m", "400 350 −50", "+0,7 MWh", "−€ 100"] {
            assert!(said.contains(part), "{part}: {said}");
        }
        let alone = text(&compared([Some((&draft, &a)), None], false, Lang::Nl));
        assert!(
            alone.contains("Toon schets A")
                && !alone.contains("Toon schets B")
                && alone.contains("Onthoud ook een schets B")
        );
        assert_eq!(compared([None, None], false, Lang::Nl).0, "");
    }

    #[test]
    fn each_of_two_maps_says_which_sketch_it_shows_and_nothing_about_fewer_than_ten_homes() {
        let (draft, a, b) = (Draft::default(), summary(400), summary(9));
        let other = Draft { kind: NetKind::Zlt, start: 2034, ..Draft::default() };
        let said = text(&titles([(&draft, &a), (&other, &b)], Lang::Nl));
        for part in ["Schets A", "2030", ": 400", "Schets B", "2034", "minder dan 10"] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }
}
