//! The page about the data, for people: Dutch, one file, no script, readable on a phone and by a screen reader. The words
//! are in `data/kwaliteit.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Quality;
use crate::checks;
use crate::kind::SourceKind;
use crate::model::Town;
use crate::report::{Cases, Report, Tally};

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#1a1a1a;\
background:#fff}table{border-collapse:collapse;width:100%;margin:0 0 2rem}caption{text-align:left;font-weight:700;\
padding:.5rem 0}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #767676}\
td.n{text-align:right;font-variant-numeric:tabular-nums}.wide{overflow-x:auto}code{font-size:.9em}";

/// Words by key; Dutch and English side by side, the page is Dutch.
static WORDS: LazyLock<BTreeMap<String, BTreeMap<String, String>>> =
    LazyLock::new(|| toml::from_str(include_str!("../../../../data/kwaliteit.toml")).unwrap_or_default());

fn word(key: &str) -> &'static str {
    WORDS.get(key).and_then(|w| w.get("nl")).map_or("", String::as_str)
}

/// What a fact is called, or its key.
fn fact_name(key: &str) -> &str {
    WORDS.get(&format!("feit-{key}")).and_then(|w| w.get("nl")).map_or(key, String::as_str)
}

/// The page.
pub fn page(town: &Town, quality: &Quality, report: &Report) -> String {
    let title = format!("{}: {}", word("titel"), town.name);
    let markup = html! {
        (DOCTYPE)
        html lang="nl" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { (title) }
                    @if !town.notice.nl.is_empty() { p { strong { (town.notice.nl) } } }
                    p { (word("inleiding")) }
                    h2 { (word("bekend")) }
                    (facts(quality))
                    h2 { (word("bronnen")) }
                    (sources(quality))
                    h2 { (word("gebreken")) }
                    p { (word("gebreken-uitleg")) }
                    @for file in &report.files { @for layer in &file.layers { (tally(&format!("{}, {}", file.file, layer.name), layer)) } }
                    @for step in &report.steps { (tally(&step.name, step)) }
                    h2 { (word("buurten")) }
                    (neighbourhoods(quality))
                }
            }
        }
    };
    markup.into_string()
}

fn percent(part: u32, whole: u32) -> String {
    // Rounded down: 99.9 % is not all.
    if whole == 0 { String::new() } else { format!("{} %", u64::from(part) * 100 / u64::from(whole)) }
}

fn facts(quality: &Quality) -> Markup {
    html! {
        div.wide tabindex="0" role="region" aria-label=(word("bekend")) {
            table {
                caption { (word("bekend-uitleg")) " " (quality.homes) }
                thead { tr {
                    th scope="col" { (word("feit")) } th scope="col" { (word("bekend-bij")) } th scope="col" { (word("aandeel")) }
                    @for how in ["r", "d", "e", "c", "m"] { th scope="col" { (word(&format!("hoe-{how}"))) } }
                } }
                tbody { @for fact in &quality.facts { tr {
                    th scope="row" { (fact_name(fact.fact)) " (" code { (fact.fact) } ")" }
                    td.n { (fact.known) } td.n { (percent(fact.known, quality.homes)) }
                    @for how in ["r", "d", "e", "c", "m"] { td.n { (fact.methods.get(how).copied().unwrap_or(0)) } }
                } } }
            }
        }
    }
}

fn sources(quality: &Quality) -> Markup {
    let missing = quality.gaps.iter().filter_map(|code| SourceKind::from_code(code));
    html! {
        table {
            caption { (word("leeftijd")) @if let Some(day) = quality.reference { " (" (day) ")" } }
            thead { tr { th scope="col" { (word("bron")) } th scope="col" { (word("datum")) } th scope="col" { (word("maanden")) } } }
            tbody { @for source in &quality.sources { tr {
                th scope="row" { (source.name) " (" code { (source.id) } ")" }
                td { @if source.date.is_empty() { (word("onbekend")) } @else { (source.date) } }
                td.n { @match source.months { Some(months) => (months), None => (word("onbekend")) } }
            } } }
        }
        @if !quality.gaps.is_empty() {
            p { (word("afwezig")) }
            ul { @for kind in missing { li { (kind.name()[0]) " (" code { (kind.code()) } ")" } } }
        }
    }
}

fn tally(name: &str, tally: &Tally) -> Markup {
    if tally.rejected.is_empty() && tally.remarks.is_empty() {
        return html! {};
    }
    html! {
        h3 { (name) }
        p { (word("gelezen")) " " (tally.read) ", " (word("gebruikt")) " " (tally.kept) "." }
        div.wide tabindex="0" role="region" aria-label=(name) {
            table {
                thead { tr {
                    th scope="col" { (word("wat")) } th scope="col" { (word("aantal")) } th scope="col" { (word("voorbeelden")) }
                    th scope="col" { (word("raad")) }
                } }
                tbody {
                    @for (sign, cases) in [(word("niet-gebruikt"), &tally.rejected), (word("opgemerkt"), &tally.remarks)] {
                        @for (reason, cases) in cases { (case(sign, reason, cases)) }
                    }
                }
            }
        }
    }
}

fn case(sign: &str, reason: &str, cases: &Cases) -> Markup {
    let check = checks::all().get(reason);
    let mut examples: Vec<&str> = cases.examples.iter().map(|e| e.what.as_str()).filter(|w| !w.is_empty()).collect();
    examples.dedup();
    html! { tr {
        th scope="row" {
            (sign) ": "
            @match check {
                Some(check) => { (check.nl) " (" (reason) ", " code { (check.field) } ")" }
                None => span lang="en" { (reason) },
            }
        }
        td.n { (cases.count) }
        td { (examples.join(", ")) }
        td { @if let Some(check) = check { (check.advice_nl) } }
    } }
}

fn neighbourhoods(quality: &Quality) -> Markup {
    let keys: Vec<&str> = quality.facts.iter().filter(|f| f.known > 0).map(|f| f.fact).collect();
    html! {
        p { (word("buurten-uitleg")) }
        div.wide tabindex="0" role="region" aria-label=(word("buurten")) {
            table {
                thead { tr {
                    th scope="col" { (word("buurt")) } th scope="col" { (word("woningen")) }
                    @for key in &keys { th scope="col" { (fact_name(key)) } }
                } }
                tbody { @for part in &quality.neighbourhoods { tr {
                    th scope="row" { (part.name) @if !part.code.is_empty() { " (" (part.code) ")" } }
                    td.n { @match part.homes { Some(n) => (n), None => (word("te-weinig")) } }
                    @for key in &keys { td.n { @if let Some(pct) = part.known_pct.get(key) { (pct) " %" } } }
                } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use gasvrij3d::home::FactKey;

    use super::*;
    use crate::quality::{Age, Coverage};

    #[test]
    fn every_word_of_the_page_and_every_fact_has_its_dutch() {
        for key in FactKey::ALL.iter().filter(|k| **k != FactKey::Woonfunctie) {
            assert_ne!(fact_name(key.code()), key.code());
        }
        assert!(WORDS.values().all(|w| w.contains_key("nl") && w.contains_key("en")));
        let source = include_str!("page.rs");
        for key in source.split("word(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(!word(key).is_empty() || key == ").skip(1).filter_map(|rest| rest.split('", "{key}");
        }
    }

    #[test]
    fn the_page_tells_a_gap_a_fault_with_advice_and_no_markup_of_a_file() {
        let coverage = Coverage { fact: "bj", known: 999, methods: BTreeMap::from([("r", 999)]) };
        let age = Age { id: "bag".into(), name: "<b>BAG</b>".into(), date: "2026-04".into(), months: Some(3) };
        let quality = Quality {
            reference: None,
            homes: 1000,
            outside: Some(0),
            facts: vec![coverage],
            sources: vec![age],
            gaps: vec!["labels"],
            neighbourhoods: Vec::new(),
        };
        let mut layer = Tally::new("pand");
        layer.remark("V06", || "0392100000000001: 9999".to_owned());
        let report = Report { steps: vec![layer], ..Report::default() };
        let page = page(&Town { name: "Modelstad".into(), ..Town::default() }, &quality, &report);
        assert!(page.contains("99 %") && page.contains("energielabels") && page.contains("&lt;b&gt;BAG"), "{page}");
        assert!(page.contains("Meld het bij de bronhouder van de BAG.") && page.contains("0392100000000001: 9999"));
        assert!(!page.contains("<script") && !page.contains("http"));
    }
}
