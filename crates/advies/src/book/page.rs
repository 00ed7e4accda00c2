//! The page of the rule book: one file that stands alone, without a script and without a request to anyone.

mod parts;

use gasvrij3d::home::FactKey;
use gasvrij3d::rules::{Basis, Kind, Rule, RuleSource, named, rules, written};
use gasvrij3d::verdict::{HeatOption, Verdict};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::homes::Example;
use super::words::{self, LANG, Words, basis_code, fill, kind_code};
use super::{REGISTER, says};

pub use parts::rule_section;

use parts::{mark, said_markup};

/// The colours are those of the map.
const STYLE: &str = concat!(include_str!("../../../../assets/css/tokens.css"), include_str!("style.css"));

/// Rules under the option that they speak of first, or under none where they speak of all.
type Group = (Option<HeatOption>, Vec<usize>);

/// The whole page.
pub fn page(words: &Words, homes: &[Example]) -> Result<Markup, String> {
    let groups = groups();
    let p = &words.page;
    let sections = groups
        .iter()
        .flat_map(|(_, of)| of)
        .map(|&at| Ok((at, rule_section(words, homes, at)?)))
        .collect::<Result<Vec<(usize, Markup)>, String>>()?;
    let section = |at: &usize| sections.iter().find(|(other, _)| other == at).map(|(_, markup)| markup);
    Ok(html! {
        (DOCTYPE)
        html lang=(LANG.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Gasvrij3D: " (p.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a class="skip" href="#inhoud" { (p.skip) }
                header {
                    p class="brand" { "Gasvrij3D" }
                    h1 { (p.title) }
                    p class="subtitle" { (p.subtitle) }
                    p { (fill(&p.version, &[("version", rules().version()), ("date", &words::date(rules().date()))])) }
                    p class="notice" { (p.advice_only) }
                }
                (contents(words, &groups))
                main id="inhoud" tabindex="-1" {
                    (how(words))
                    (options(words))
                    section {
                        h2 id="regels" { (p.rules) }
                        p { (fill(&p.rules_text, &[("count", &rules().rules().len().to_string())])) }
                        @for (option, of) in &groups {
                            section class="group" {
                                h3 id={ "regels-" (group_code(*option)) } { (group_name(words, *option)) }
                                @for at in of { @if let Some(markup) = section(at) { (markup) } }
                            }
                        }
                    }
                    (example_homes(words, homes))
                    (named_conditions(words)?)
                    (glossary(words))
                    (sources(words))
                    (about(words))
                }
            }
        }
    })
}

/// The rules by option; those for all options first.
fn groups() -> Vec<Group> {
    let first = |at: usize| {
        let spoken = written()[at].effects.iter().flat_map(|effect| effect.options);
        let is_for_all = written()[at].effects.iter().any(|effect| effect.options == HeatOption::INTERCHANGE);
        spoken.copied().min().filter(|_| !is_for_all)
    };
    let of = |option: Option<HeatOption>| {
        let own: Vec<usize> = (0..written().len()).filter(|at| first(*at) == option).collect();
        (option, own)
    };
    let all = std::iter::once(None).chain(HeatOption::ALL.iter().copied().map(Some));
    all.map(of).filter(|(_, own)| !own.is_empty()).collect()
}

fn group_code(option: Option<HeatOption>) -> &'static str {
    option.map_or("alle", HeatOption::code)
}

fn group_name(words: &Words, option: Option<HeatOption>) -> String {
    option.map_or_else(|| words.page.all_options.clone(), words::option)
}

/// The table of contents.
pub fn contents(words: &Words, groups: &[Group]) -> Markup {
    let p = &words.page;
    html! {
        nav class="contents" aria-labelledby="inhoudsopgave" {
            h2 id="inhoudsopgave" { (p.contents) }
            ol {
                li { a href="#hoe" { (p.how) } }
                li { a href="#opties" { (p.options) } }
                li {
                    a href="#regels" { (p.rules) }
                    ul {
                        @for (option, of) in groups {
                            li {
                                a href={ "#regels-" (group_code(*option)) } { (group_name(words, *option)) }
                                span class="ids" { @for at in of { " " (rule_link(rules().rules()[*at].id)) } }
                            }
                        }
                    }
                }
                li { a href="#woningen" { (p.homes) } }
                li { a href="#woorden" { (p.words) } }
                li { a href="#woordenlijst" { (p.glossary) } }
                li { a href="#bronnen" { (p.all_sources) } }
                li { a href="#versie" { (p.about) } }
            }
        }
    }
}

fn rule_link(id: &str) -> Markup {
    html! { a href={ "#" (id) } { (id) } }
}

fn how(words: &Words) -> Markup {
    let p = &words.page;
    let fallback = rules().rules().iter().find(|rule| is_fallback(rule)).map_or("", |rule| rule.id);
    let year = rules().year().to_string();
    let confidences = ["hoog", "midden", "laag"].map(|code| words::named("huis-zeker", code));
    html! {
        section {
            h2 id="hoe" { (p.how) }
            @for text in &p.how_text { p { (text) } }
            ol { @for step in &p.how_steps { li { (fill(step, &[("fallback", fallback)])) } } }
            p { (fill(&p.how_labels, &[("year", &year)])) }
            h3 { (p.verdicts) }
            p { (p.verdicts_text) }
            ul class="plain" {
                @for verdict in Verdict::ALL { li { (mark(HeatOption::Ael, *verdict, &[])) } }
                li { (mark(HeatOption::Ael, Verdict::Mogelijk, &["niet-nodig"])) }
            }
            h3 { (p.kinds) }
            dl {
                @for kind in [Kind::Base, Kind::Modifier, Kind::Info] {
                    @if let Some(said) = words.kinds.get(kind_code(kind)) {
                        div { dt { (said.name) " (" (kind_code(kind)) ")" } dd { (said.text) } }
                    }
                }
            }
            h3 { (p.basis) }
            dl {
                @for basis in [Basis::National, Basis::Plan, Basis::Assumption] {
                    @let code = basis_code(basis);
                    div {
                        dt { (words::named("basis", code)) " (" (code) ")" }
                        dd { (words.basis.get(code).map_or("", String::as_str)) }
                    }
                }
            }
            h3 { (p.sureness) }
            ul { @for text in confidences { li { (text) } } }
        }
    }
}

/// The rule that stands in where no base rule holds: the engine lists it for every option, WACHT included.
fn is_fallback(rule: &Rule) -> bool {
    rules().options_of(rule).len() == HeatOption::ALL.len()
}

fn options(words: &Words) -> Markup {
    let p = &words.page;
    html! {
        section {
            h2 id="opties" { (p.options) }
            p { (p.options_text) }
            @for &option in HeatOption::ALL {
                section class="option" {
                    h3 id={ "optie-" (option.code()) } { (words::option(option)) " " span class="code" { (option.code()) } }
                    p { (words::named("optie-uitleg", option.code())) }
                    @if option == HeatOption::Wacht { p { (p.waiting) } }
                    @for (kind, title) in
                        [(Kind::Base, &p.base_rules), (Kind::Modifier, &p.modifiers), (Kind::Info, &p.infos)]
                    {
                        @let rows = rows_of(option, kind);
                        @if !rows.is_empty() {
                            h4 { (title) }
                            ul class="rows" {
                                @for (id, verdicts) in rows {
                                    li { (rule_link(id)) @for said in verdicts { " " span class="letter" data-v=(said) { (said) } } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The rules of one kind for an option in the order in which they count, each with the letters it can give.
fn rows_of(option: HeatOption, kind: Kind) -> Vec<(&'static str, Vec<String>)> {
    let mut rows: Vec<(&str, Vec<String>)> = Vec::new();
    for (rule, written) in rules().rules().iter().zip(written()) {
        let own = written.effects.iter().filter(|effect| effect.kind == kind && effect.options.contains(&option));
        let said: Vec<String> = own
            .clone()
            .filter_map(|effect| match effect.copies {
                Some(other) => Some(format!("= {}", other.code())),
                None => effect.verdict.map(|verdict| verdict.code().to_owned()),
            })
            .collect();
        if own.count() > 0 {
            rows.push((rule.id, said));
        }
    }
    if kind != Kind::Base {
        rows.sort_by_key(|(id, _)| *id);
    }
    rows
}

fn example_homes(words: &Words, homes: &[Example]) -> Markup {
    let p = &words.page;
    html! {
        section {
            h2 id="woningen" { (p.homes) }
            p { (p.homes_text) }
            @for (number, home) in homes.iter().enumerate() {
                section class="home" {
                    h3 id={ "woning-" (number + 1) } { (home.name) }
                    @if home.facts.is_empty() { p { (p.home_nothing) } } @else {
                        ul class="known" {
                            @for (key, place, value) in &home.facts { li { (says::fact(words, *key, *place, *value)) } }
                        }
                    }
                    table {
                        thead {
                            tr {
                                th scope="col" { (p.home_option) }
                                th scope="col" { (p.home_verdict) }
                                th scope="col" { (p.home_rules) }
                            }
                        }
                        tbody {
                            @for said in home.advice.options() {
                                tr {
                                    th scope="row" { (words::option(said.option)) }
                                    td { (mark(said.option, said.verdict, &said.badges())) }
                                    td { @for rule in said.rules() { (rule_link(rule.id)) " " } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn named_conditions(words: &Words) -> Result<Markup, String> {
    let p = &words.page;
    let each = named()
        .iter()
        .map(|term| Ok((term, said_markup(&says::say(words, term.when)?))))
        .collect::<Result<Vec<_>, String>>()?;
    Ok(html! {
        section {
            h2 id="woorden" { (p.words) }
            p { (p.words_text) }
            dl {
                @for (term, said) in each {
                    div { dt { code { (term.name) } } dd { p { code { (term.when) } } (said) } }
                }
            }
            h3 { (p.facts) }
            p { (p.facts_text) }
            dl class="pairs" {
                @for key in FactKey::ALL { div { dt { code { (key.code()) } } dd { (words::named("feit", key.code())) } } }
            }
        }
    })
}

fn glossary(words: &Words) -> Markup {
    html! {
        section {
            h2 id="woordenlijst" { (words.page.glossary) }
            dl class="pairs" { @for entry in &words.glossary { div { dt { (entry.word) } dd { (entry.text) } } } }
        }
    }
}

fn sources(words: &Words) -> Markup {
    html! {
        section {
            h2 id="bronnen" { (words.page.all_sources) }
            ul class="sources" { @for source in rules().sources() { li { (source_line(words, source)) } } }
        }
    }
}

fn source_line(words: &Words, source: &RuleSource) -> Markup {
    let p = &words.page;
    let year = source.year.to_string();
    html! {
        (source.name(LANG)) " ("
        (fill(&p.source_of, &[("year", &year), ("date", &words::date(source.date))]))
        @if !source.checked { "; " strong { (p.unchecked) } }
        ")"
    }
}

fn about(words: &Words) -> Markup {
    let p = &words.page;
    let year = rules().year().to_string();
    html! {
        section {
            h2 id="versie" { (p.about) }
            p { (p.about_text) }
            dl {
                div { dt { (p.about_version) } dd { (rules().version()) } }
                div { dt { (p.about_date) } dd { (words::date(rules().date())) } }
                div { dt { (p.about_year) } dd { (year) } }
                div { dt { (p.about_hash) } dd { code class="hash" { (rules().hash()) } } }
                div { dt { (p.about_register) } dd { a href=(REGISTER) { (REGISTER) } } }
            }
        }
    }
}
