//! Options side by side: what each costs, and what it asks of the building, its people and the meeting.

use gasvrij3d::text::{Key, Lang};
use gasvrij3d::verdict::HeatOption;
use gasvrij3d::vve::{Amounts, Column, Way, asks};
use kit::case;
use kit::view::{figures, money};
use maud::{Markup, html};

use super::{answer, no_amount, verdict};
use crate::say;
use crate::sheet::Sheet;

/// A row: its name, what it is, and a cell for a column.
pub type Row<'a> = (Key, Kind, Box<dyn Fn(&Column) -> Markup + 'a>);

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Amounts.
    Amount,
    /// A sum of amounts above it.
    Sum,
    /// Words, which say nothing of staying as it is.
    Words,
}

/// The table; on a phone each row is a block with the name of the option before each cell.
pub fn table(sheet: &Sheet) -> Markup {
    let rows: Vec<Row> = money_rows(sheet).into_iter().chain(word_rows(sheet)).collect();
    of_rows(sheet, &rows)
}

/// A table of some rows.
pub fn of_rows(sheet: &Sheet, rows: &[Row]) -> Markup {
    let lang = sheet.lang;
    html! {
        table class="vve-side" role="table" {
            caption class="hidden" { (Key::VveTabelKop.text(lang)) }
            thead role="rowgroup" {
                tr role="row" {
                    td role="cell" {}
                    @for column in sheet.shown() { th scope="col" role="columnheader" { (say::way(column.way, lang)) } }
                }
            }
            tbody role="rowgroup" {
                @for (title, kind, cell) in rows {
                    tr role="row" class=[class(*kind)] {
                        th scope="row" role="rowheader" { (title.text(lang)) }
                        @for column in sheet.shown() {
                            td role="cell" data-name=(say::way(column.way, lang)) { div { (cell(column)) } }
                        }
                    }
                }
            }
        }
    }
}

const fn class(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Amount => None,
        Kind::Sum => Some("sum"),
        Kind::Words => Some("words"),
    }
}

fn dash() -> Markup {
    html! { "–" }
}

/// The subsidy that counts; that of a collective heat pump goes by its power, which nobody knows yet.
fn subsidy(way: Way, cents: i64, lang: Lang) -> Markup {
    html! {
        @if cents == 0 { "–" } @else { (say::euro(cents, 1000.0, lang)) }
        @if way == Way::Option(HeatOption::Col) { span class="origin" { (Key::VveSubsidieColKort.text(lang)) } }
    }
}

/// What it costs.
pub fn money_rows(sheet: &Sheet) -> Vec<Row<'_>> {
    let lang = sheet.lang;
    let amount = move |column: &Column, write: &dyn Fn(&Amounts) -> Markup| match &column.amounts {
        Ok(found) => write(found),
        Err(why) => no_amount(*why, lang),
    };
    let whole = move |amounts: [i64; 3]| {
        html! { @if amounts[2] == 0 { "–" } @else { (say::whole_band(amounts, 1000.0, lang)) } }
    };
    let home = move |amounts: [i64; 3], to: f64| html! { @if amounts[2] == 0 { "–" } @else { (say::band(sheet, amounts, to)) } };
    vec![
        (
            Key::VveRijOordeel,
            Kind::Amount,
            Box::new(move |column| {
                html! {
                    @match column.verdict { Some(said) => (verdict(said, lang)), None => "–" }
                }
            }),
        ),
        (
            Key::VveRijInvestering,
            Kind::Amount,
            Box::new(move |column| {
                amount(column, &|found| {
                    html! {
                        (whole(found.investment))
                        @if let Some(first) = say::insulated(&found.home, lang) { span class="origin" { (first) } }
                    }
                })
            }),
        ),
        (
            Key::VveRijSubsidie,
            Kind::Amount,
            Box::new(move |column| amount(column, &|found| subsidy(column.way, found.subsidy, lang))),
        ),
        (Key::VveRijKas, Kind::Amount, Box::new(move |column| amount(column, &|found| whole(found.fund)))),
        (Key::VveRijLening, Kind::Amount, Box::new(move |column| amount(column, &|found| whole(found.loan)))),
        (Key::VveRijPerWoning, Kind::Sum, Box::new(move |column| amount(column, &|found| home(found.cost(), 100.0)))),
        (
            Key::VveRijLeningMaand,
            Kind::Amount,
            Box::new(move |column| amount(column, &|found| home(found.month.loan, 1.0))),
        ),
        (
            Key::VveRijEnergie,
            Kind::Amount,
            Box::new(move |column| amount(column, &|found| html! { (say::a_home(sheet, found.month.energy, 1.0)) })),
        ),
        (
            Key::VveRijVast,
            Kind::Amount,
            Box::new(move |column| {
                amount(column, &|found| {
                    home(found.month.maintenance.map(|maintenance| maintenance + found.month.fixed), 1.0)
                })
            }),
        ),
        (
            Key::VveRijMaand,
            Kind::Sum,
            Box::new(move |column| {
                amount(column, &|found| {
                    html! {
                        strong { (say::a_home(sheet, found.month.total()[1], 1.0)) }
                        span class="origin" {
                            (answer::between(sheet, found.month.total()))
                            @if column.way != Way::Now { br; (answer::change(sheet, found.month.total()[1])) }
                        }
                    }
                })
            }),
        ),
        (
            Key::VveRijEac15,
            Kind::Amount,
            Box::new(move |column| {
                amount(column, &|found| {
                    html! {
                        (home(found.eac[0], 10.0))
                        @if column.way != Way::Now { span class="origin" { (Key::VveRijEacUitleg.text(lang)) } }
                    }
                })
            }),
        ),
        (Key::VveRijEac30, Kind::Amount, Box::new(move |column| amount(column, &|found| home(found.eac[1], 10.0)))),
        (
            Key::VveRijCo2,
            Kind::Amount,
            Box::new(move |column| amount(column, &|found| html! { (money::co2(&found.home, lang)) })),
        ),
    ]
}

/// What it asks, in words.
pub fn word_rows(sheet: &Sheet) -> Vec<Row<'_>> {
    let lang = sheet.lang;
    let of = |column: &Column| match column.way {
        Way::Now => None,
        Way::Option(option) => Some(option),
    };
    let aspect = move |name: &'static str| {
        move |column: &Column| {
            html! {
                @match of(column).and_then(|option| case::asks(name, option)) {
                    Some(figure) => { (figure.tekst(lang)) (figures::source(figure, lang)) }
                    None => "–",
                }
            }
        }
    };
    vec![
        (Key::VveRijRuimte, Kind::Words, Box::new(aspect("ruimte"))),
        (Key::VveRijGeluid, Kind::Words, Box::new(aspect("geluid"))),
        (Key::VveRijWerk, Kind::Words, Box::new(aspect("werk"))),
        (
            Key::VveRijKoken,
            Kind::Words,
            Box::new(move |column| of(column).map_or_else(dash, |option| cooking(option, sheet))),
        ),
        (
            Key::VveRijBesluit,
            Kind::Words,
            Box::new(move |column| of(column).map_or_else(dash, |option| decision(option, sheet))),
        ),
        (
            Key::VveRijStappen,
            Kind::Words,
            Box::new(move |column| of(column).map_or_else(dash, |option| steps(option, sheet))),
        ),
        (Key::VveRijTijd, Kind::Words, Box::new(aspect("tijd"))),
        (
            Key::VveRijHangt,
            Kind::Words,
            Box::new(move |column| of(column).map_or_else(dash, |option| depends(option, sheet))),
        ),
    ]
}

/// How people cook then.
pub fn cooking(option: HeatOption, sheet: &Sheet) -> Markup {
    html! { @if let Some(ask) = asks(option) { (say::word("vve-koken", ask.cooking, sheet.lang)) } }
}

/// Which majority is needed.
pub fn decision(option: HeatOption, sheet: &Sheet) -> Markup {
    html! {
        @if let Some(ask) = asks(option) {
            p { (say::decision(ask.decision, sheet.lang)) }
            p class="origin" { (say::deed(ask.deed, sheet.lang)) }
        }
    }
}

/// The steps in order.
pub fn steps(option: HeatOption, sheet: &Sheet) -> Markup {
    html! {
        @if let Some(ask) = asks(option) {
            ol class="vve-steps" { @for code in ask.steps { li { (say::step(code, sheet.lang)) } } }
        }
    }
}

/// What it depends on.
pub fn depends(option: HeatOption, sheet: &Sheet) -> Markup {
    html! {
        @if let Some(ask) = asks(option) {
            ul class="plain" { @for code in ask.depends { li { (say::word("vve-hangt", code, sheet.lang)) } } }
        }
    }
}
