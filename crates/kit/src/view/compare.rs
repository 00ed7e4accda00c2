//! Options side by side: what is said of each, what it costs, and what it asks of the home and its people.

use gasvrij3d::home::NetStatus;
use gasvrij3d::kosten::{Missing, OptionCost};
use gasvrij3d::order;
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::verdict::{HeatOption, Verdict};
use maud::{Markup, html};

use super::{card, figures, icon, money, options, page};
use crate::case::{Case, asks};
use crate::words;

/// The element with the table, filled anew at each choice.
pub const TABLE: &str = "vergelijk-tabel";
/// How many options can stand side by side.
pub const COUNT: std::ops::RangeInclusive<usize> = 2..=4;

/// How many are shown where nothing was chosen.
const USUAL: usize = 3;

struct Column {
    option: HeatOption,
    cost: Result<OptionCost, Missing>,
}

/// The options that were chosen, in the order of the ranking; the best ones where the choice cannot be shown.
pub fn chosen(case: &Case, open: &str) -> Vec<HeatOption> {
    let all = || choices(case).into_iter();
    let chosen: Vec<HeatOption> = all().filter(|option| open.split(',').any(|code| code == option.code())).collect();
    if COUNT.contains(&chosen.len()) { chosen } else { all().take(USUAL).collect() }
}

/// All ways to heat; those that do not exist here come last, and none is left out.
fn choices(case: &Case) -> Vec<HeatOption> {
    case.ranking().into_iter().map(|ranked| ranked.option).collect()
}

/// The page.
pub fn compare(case: &Case, open: &str, lang: Lang) -> Markup {
    let chosen = chosen(case, open);
    // What does not fit here or is not here can still be asked for.
    let (elsewhere, here): (Vec<HeatOption>, Vec<HeatOption>) =
        choices(case).into_iter().partition(|option| card::is_elsewhere(case.advice.verdict(*option)));
    html! {
        article class="card compare" {
            (page::back_home(case, lang))
            h1 id="kop" tabindex="-1" { (Key::VergelijkKop.text(lang)) }
            p { (Key::VergelijkInleiding.text(lang)) }
            (card::filled_in(case, lang))
            fieldset class="choose" {
                legend { (Key::VergelijkKies.text(lang)) }
                @for option in here { (choice(option, &chosen, lang)) }
                @if !elsewhere.is_empty() {
                    details class="more elsewhere" open[elsewhere.iter().any(|option| chosen.contains(option))] {
                        summary {
                            (Key::HuisNietHier.fill(lang, &[("count", &elsewhere.len().to_string())]))
                            (icon::line(icon::OPEN))
                        }
                        @for option in elsewhere { (choice(option, &chosen, lang)) }
                    }
                }
            }
            p id="vergelijk-melding" class="field-fault" role="alert" {}
            div id=(TABLE) { (table(case, &chosen, lang)) }
            p class="hint" { (Key::KostenSchatting.text(lang)) }
        }
    }
}

fn choice(option: HeatOption, chosen: &[HeatOption], lang: Lang) -> Markup {
    html! {
        label class="check" {
            input type="checkbox" name="optie" value=(option.code()) data-compare=(option.code())
                checked[chosen.contains(&option)];
            span { (words::option(option, lang)) }
        }
    }
}

/// The table; on a phone each row is a block with the name of the option before each cell.
pub fn table(case: &Case, chosen: &[HeatOption], lang: Lang) -> Markup {
    let columns: Vec<Column> = chosen.iter().map(|&option| Column { option, cost: case.cost(option) }).collect();
    let row = |title: Key, cell: &dyn Fn(&Column) -> Markup| {
        html! {
            tr role="row" {
                th scope="row" role="rowheader" { (title.text(lang)) }
                @for column in &columns {
                    td role="cell" data-name=(words::option(column.option, lang)) { div { (cell(column)) } }
                }
            }
        }
    };
    let amount = |column: &Column, write: &dyn Fn(&OptionCost) -> Markup| match &column.cost {
        Ok(cost) => write(cost),
        Err(why) => html! { span class="origin" { (money::missing(*why, lang)) } },
    };
    let aspect = |name: &'static str| {
        move |column: &Column| match asks(name, column.option) {
            None => html! { (Key::VergelijkGeenTekst.text(lang)) },
            Some(figure) => {
                html! { (figure.tekst(lang)) (figures::source(figure, lang)) }
            }
        }
    };
    html! {
        table class="side-by-side" role="table" {
            caption class="hidden" { (Key::VergelijkKop.text(lang)) }
            thead role="rowgroup" {
                tr role="row" {
                    td role="cell" {}
                    @for column in &columns {
                        th scope="col" role="columnheader" data-option=(column.option.code()) {
                            (words::option(column.option, lang))
                        }
                    }
                }
            }
            tbody role="rowgroup" {
                (row(Key::VergelijkOordeel, &|column| {
                    let said = case.advice.option(column.option);
                    html! {
                        span class="verdict" {
                            (icon::swatch(said.verdict.into())) strong { (options::verdict(said, lang)) }
                        }
                    }
                }))
                (row(Key::VergelijkReden, &|column| {
                    let rule = case.advice.option(column.option).deciding();
                    html! { @if let Some(rule) = rule { (rule.text(lang)) } }
                }))
                (row(Key::GeldInvestering, &|column| amount(column, &|cost| html! { (money::purchase(cost, lang)) })))
                (row(Key::GeldSubsidie, &|column| amount(column, &|cost| money::subsidy(cost, lang))))
                (row(Key::GeldMaand, &|column| amount(column, &|cost| html! { (money::month(cost, lang)) })))
                (row(Key::GeldSamen, &|column| {
                    amount(column, &|cost| html! {
                        (money::all_in(cost, lang)) span class="origin" { (Key::GeldSamenUitleg.text(lang)) }
                    })
                }))
                (row(Key::GeldCo2, &|column| amount(column, &|cost| html! { (money::co2(cost, lang)) })))
                (row(Key::VergelijkEerst, &|column| first(case, column, lang)))
                (row(Key::VergelijkHangtAf, &|column| depends(case, column.option, lang)))
                (row(Key::VergelijkRuimte, &aspect("ruimte")))
                (row(Key::VergelijkGeluid, &aspect("geluid")))
                (row(Key::VergelijkWerk, &aspect("werk")))
                (row(Key::VergelijkTijd, &|column| {
                    html! { (aspect("tijd")(column)) (start(case, column.option, lang)) }
                }))
                (row(Key::VergelijkGas, &|column| {
                    let key = match column.option {
                        HeatOption::Hyb | HeatOption::Gas2 => Key::VergelijkGasBlijft,
                        option if option.ends_gas() => Key::VergelijkGasWeg,
                        _ => Key::VergelijkGeenTekst,
                    };
                    html! { (key.text(lang)) }
                }))
            }
        }
    }
}

/// What has to be done first: insulating, and what the rules give a badge for.
fn first(case: &Case, column: &Column, lang: Lang) -> Markup {
    let step = column.cost.as_ref().ok().and_then(|cost| money::step(cost, lang));
    let badges = case.advice.option(column.option).badges();
    let words: Vec<&str> = step.into_iter().chain(badges.into_iter().filter_map(|b| words::badge(b, lang))).collect();
    html! {
        @if words.is_empty() { (Key::VergelijkNiets.text(lang)) }
        @else { ul class="plain" { @for word in words { li { (word) } } } }
    }
}

/// The facts that the matching rules looked at and that are not sure or can still change.
fn depends(case: &Case, option: HeatOption, lang: Lang) -> Markup {
    let said = case.advice.option(option);
    let mut facts: Vec<_> = said.rules().flat_map(|rule| rule.facts.iter().copied()).collect();
    order::sort_by_key(&mut facts, |key| *key);
    facts.dedup();
    facts.retain(|key| *key != gasvrij3d::home::FactKey::Woonfunctie);
    let names: Vec<String> = facts.into_iter().map(|key| words::lower(words::fact(key, lang))).collect();
    html! { @if names.is_empty() { (Key::VergelijkNiets.text(lang)) } @else { (names.join(", ")) } }
}

/// When the network comes, where the option needs one and there is one.
fn start(case: &Case, option: HeatOption, lang: Lang) -> Markup {
    let is_network = matches!(option, HeatOption::Nmt | HeatOption::Nlt | HeatOption::Nzlt);
    let is_here = case.advice.verdict(option) != Verdict::NietBeschikbaar;
    let year =
        case.home.net_start.filter(|_| is_network && is_here && case.home.net_status == Some(NetStatus::Gepland));
    html! { @if let Some(year) = year { p { (Key::VergelijkNetStart.fill(lang, &[("jaar", &year.to_string())])) } } }
}
