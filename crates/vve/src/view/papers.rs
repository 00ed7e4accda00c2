//! The papers for a meeting: a cover, a sheet for each option, all options side by side, what each apartment pays, and what
//! the figures rest on. Each part begins on a sheet of its own; on the screen it looks as it will on paper.

use gasvrij3d::kosten::share_cents;
use gasvrij3d::link::VvePage;
use gasvrij3d::text::Key;
use gasvrij3d::verdict::HeatOption;
use gasvrij3d::vve::{Amounts, Column, Way};
use kit::case;
use kit::view::{figures, icon, money, qr, unbroken};
use kit::words;
use maud::{Markup, html};

use super::{PART, answer, charts, hash, no_amount, shares, side, sources, verdict};
use crate::say;
use crate::sheet::Sheet;

/// A longer link makes a square that a phone cannot read from paper.
const LONGEST_QR: usize = 1_200;
/// Apartments in a list of all, on one sheet.
const MOST_LISTED: usize = 120;

/// The page with all sheets.
pub fn papers(sheet: &Sheet, base: &str, today: &str) -> Markup {
    let lang = sheet.lang;
    let options: Vec<(HeatOption, &Column)> = sheet.options().collect();
    html! {
        article class="vve-papers" {
            div class="vve-papers-top" {
                p class="back" { a href=(hash(sheet, VvePage::Table)) { (icon::line(icon::BACK)) (Key::VveTerugTabel.text(lang)) } }
                h1 id="kop" tabindex="-1" { (Key::VveStukKop.text(lang)) }
                p { (Key::VveStukUitleg.text(lang)) }
                p class="buttons" {
                    button type="button" class="button primary" data-do="vve-print" data-module=(PART) { (Key::VveDoePrint.text(lang)) }
                }
            }
            (cover(sheet, base, today))
            @for (place, (option, column)) in options.iter().enumerate() { (one(sheet, place + 1, *option, column)) }
            (blad(sheet, "compare", Key::VveStukVergelijk, &html! {
                (compared(sheet))
                p class="hint" { (Key::VveSchatting.text(lang)) }
            }))
            (blad(sheet, "months", Key::VveGrafiekMaand, &html! { (charts_on_paper(sheet)) }))
            (blad(sheet, "shares", Key::VveStukAppartement, &apartments(sheet)))
            (blad(sheet, "sources", Key::VveStukAanname, &html! { (sources::sources(sheet)) }))
        }
    }
}

/// A sheet with its heading.
fn blad(sheet: &Sheet, kind: &str, title: Key, content: &Markup) -> Markup {
    html! {
        section class={ "blad blad-" (kind) } tabindex="0" aria-label=(title.text(sheet.lang)) {
            (head(sheet))
            h2 { (title.text(sheet.lang)) }
            (content)
        }
    }
}

/// Above each sheet: whose paper it is.
fn head(sheet: &Sheet) -> Markup {
    let lang = sheet.lang;
    html! {
        p class="blad-head" {
            span { (unbroken::numbers(if sheet.calc.name().is_empty() { Key::VveKop.text(lang) } else { sheet.calc.name() })) }
            span { (Key::VveStukOnder.text(lang)) }
        }
    }
}

fn cover(sheet: &Sheet, base: &str, today: &str) -> Markup {
    let lang = sheet.lang;
    let link = format!("{base}{}", hash(sheet, VvePage::Table));
    html! {
        section class="blad blad-cover" tabindex="0" aria-label=(Key::VveStukTitel.text(lang)) {
            p class="vve-cover-name" { (unbroken::numbers(if sheet.calc.name().is_empty() { "VvE" } else { sheet.calc.name() })) }
            h2 class="vve-cover-title" { (Key::VveStukTitel.text(lang)) }
            p class="vve-cover-for" {
                (Key::VveStukOnder.text(lang)) ". "
                (Key::VveStukVoor.fill(lang, &[("aantal", &words::whole(u64::from(sheet.calc.homes()), lang))])) "."
            }
            dl class="vve-cover-lines" {
                div { dt { (Key::VveStukDatum.text(lang)) } dd {} }
                div { dt { (Key::VveStukPunt.text(lang)) } dd {} }
            }
            h3 { (Key::VveStukKort.text(lang)) }
            (summary(sheet))
            h3 { (Key::VveBesluitKop.text(lang)) }
            (answer::decisions(sheet))
            div class="vve-cover-foot" {
                @if link.len() <= LONGEST_QR { div class="vve-qr" { (qr::code(&link)) } }
                div {
                    @if link.len() <= LONGEST_QR { p { (Key::VveStukLink.text(lang)) "." } }
                    p { (Key::VveSchatting.text(lang)) }
                    p { strong { (Key::VveStukAdvies.text(lang)) } }
                    p class="hint" { (today) " · " (Key::VveBronVersie.fill(lang, &[("versie", &sheet.version)])) }
                }
            }
        }
    }
}

/// The answer in a few lines, for the cover.
fn summary(sheet: &Sheet) -> Markup {
    let lang = sheet.lang;
    html! {
        table class="vve-numbers vve-summary vve-stack" role="table" {
            caption class="hidden" { (Key::VveStukKort.text(lang)) }
            thead role="rowgroup" {
                tr role="row" {
                    td role="cell" {}
                    @for name in SUMMARY { th scope="col" role="columnheader" { (name.text(lang)) } }
                }
            }
            tbody role="rowgroup" {
                @for column in sheet.shown() {
                    tr role="row" {
                        th scope="row" role="rowheader" { (say::way(column.way, lang)) }
                        @match &column.amounts {
                            Err(why) => td role="cell" colspan="3" { (no_amount(*why, lang)) },
                            Ok(found) => @for (name, cell) in SUMMARY.iter().zip(summed(sheet, column.way, found)) {
                                td role="cell" data-name=(name.text(lang)) { div { (cell) } }
                            },
                        }
                    }
                }
            }
        }
    }
}

/// The columns of the answer in a few lines.
const SUMMARY: [Key; 3] = [Key::VveRijPerWoning, Key::VveRijMaand, Key::VveRijCo2];

/// What stands in them for a way.
fn summed(sheet: &Sheet, way: Way, found: &Amounts) -> [Markup; 3] {
    let month = found.month.total()[1];
    [
        html! { @if found.cost()[2] == 0 { "–" } @else { (say::a_home(sheet, found.cost()[1], 100.0)) } },
        html! {
            strong { (say::a_home(sheet, month, 1.0)) }
            @if way != Way::Now { span class="origin" { (answer::change(sheet, month)) } }
        },
        html! { (money::co2(&found.home, sheet.lang)) },
    ]
}

/// All options side by side, on one sheet: the steps stand with each option.
fn compared(sheet: &Sheet) -> Markup {
    let words = side::word_rows(sheet).into_iter().filter(|(title, ..)| *title != Key::VveRijStappen);
    side::of_rows(sheet, &side::money_rows(sheet).into_iter().chain(words).collect::<Vec<_>>())
}

/// A sheet about one option.
fn one(sheet: &Sheet, place: usize, option: HeatOption, column: &Column) -> Markup {
    let lang = sheet.lang;
    let title = Key::VveStukOptie.fill(lang, &[("nummer", &place.to_string()), ("optie", say::way(column.way, lang))]);
    html! {
        section class="blad blad-option" tabindex="0" aria-label=(title) {
            (head(sheet))
            h2 { (title) }
            p class="lead" { (words::option_meaning(option, lang)) }
            @if let Some(said) = column.verdict {
                p { (verdict(said, lang)) ". " (reason(sheet, option)) }
            }
            h3 { (Key::VveStukKosten.text(lang)) }
            @match &column.amounts {
                Err(why) => p { (no_amount(*why, lang)) },
                Ok(found) => { (costs(sheet, found)) }
            }
            div class="blad-pair" {
                div {
                    h3 { (Key::VveStukMerkt.text(lang)) }
                    dl class="vve-notice" {
                        @for (name, aspect) in [
                            (Key::VveRijRuimte, "ruimte"), (Key::VveRijGeluid, "geluid"), (Key::VveRijWerk, "werk"),
                            (Key::VveRijTijd, "tijd"),
                        ] {
                            @if let Some(figure) = case::asks(aspect, option) {
                                div { dt { (name.text(lang)) } dd { (figure.tekst(lang)) (figures::source(figure, lang)) } }
                            }
                        }
                        div { dt { (Key::VveRijKoken.text(lang)) } dd { (side::cooking(option, sheet)) } }
                    }
                }
                div {
                    h3 { (Key::VveStukNodig.text(lang)) }
                    (side::decision(option, sheet))
                    (side::steps(option, sheet))
                    h3 { (Key::VveRijHangt.text(lang)) }
                    (side::depends(option, sheet))
                }
            }
            (vote(sheet))
        }
    }
}

/// Why the rules say what they say of it.
fn reason(sheet: &Sheet, option: HeatOption) -> &'static str {
    let advice = gasvrij3d::vve::advice(&sheet.calc);
    advice.option(option).deciding().map_or("", |rule| rule.text(sheet.lang))
}

/// What it costs: the whole association and one apartment, low, middle and high. On a phone the two stand one below the other.
fn costs(sheet: &Sheet, found: &Amounts) -> Markup {
    let lang = sheet.lang;
    let month = found.month;
    let rows: [(Key, [i64; 3], f64, bool); 8] = [
        (Key::VveRijInvestering, found.investment, 100.0, false),
        (Key::VveRijSubsidie, [-found.subsidy; 3], 100.0, false),
        (Key::VveRijKas, found.fund.map(|cents| -cents), 100.0, false),
        (Key::VveRijLening, found.loan, 100.0, true),
        (Key::VveStukLeningMaand, month.loan, 1.0, false),
        (Key::VveStukEnergieMaand, [month.energy; 3], 1.0, false),
        (Key::VveRijVast, month.maintenance.map(|cents| cents + month.fixed), 1.0, false),
        (Key::VveStukSamenMaand, month.total(), 1.0, true),
    ];
    let names = [Key::VveStukLaag, Key::VveStukMidden, Key::VveStukHoog];
    let [whole, one] = [Key::VveStukHele, Key::VveStukEen].map(|key| key.text(lang));
    html! {
        table class="vve-numbers vve-costs" role="table" {
            caption class="hidden" { (Key::VveStukKosten.text(lang)) }
            thead role="rowgroup" {
                tr role="row" {
                    td rowspan="2" role="cell" {}
                    @for whose in [whole, one] { th scope="colgroup" colspan="3" role="columnheader" { (whose) } }
                }
                tr role="row" {
                    @for _ in 0..2 {
                        @for name in names { th scope="col" role="columnheader" { (words::capital(name.text(lang))) } }
                    }
                }
            }
            tbody role="rowgroup" {
                @for (name, amounts, to, is_sum) in rows {
                    tr class=[is_sum.then_some("sum")] role="row" data-whole=(whole) data-one=(one) {
                        th scope="row" role="rowheader" { (name.text(lang)) }
                        @for cents in amounts {
                            td role="cell" { (say::euro(cents, if to > 1.0 { to } else { 10.0 }, lang)) }
                        }
                        @for cents in amounts {
                            td role="cell" { (say::a_home(sheet, cents, if to > 1.0 { 10.0 } else { 1.0 })) }
                        }
                    }
                }
            }
        }
        p class="hint" {
            @if let Some(first) = say::insulated(&found.home, lang) { (words::capital(first)) ". " }
            (words::capital(&answer::change(sheet, month.total()[1]))) ". "
            (Key::VveRijEac15.text(lang)) ": " (say::band(sheet, found.eac[0], 10.0)) ". "
            (Key::VveRijEac30.text(lang)) ": " (say::band(sheet, found.eac[1], 10.0)) ". "
            (Key::VveRijCo2.text(lang)) ": " (money::co2(&found.home, lang)) "."
        }
    }
}

/// Room to write down the votes.
fn vote(sheet: &Sheet) -> Markup {
    let lang = sheet.lang;
    html! {
        div class="vve-vote" {
            p { (Key::VveStukStemming.text(lang)) }
            @for name in [Key::VveStukVoorstem, Key::VveStukTegen, Key::VveStukBlanco] {
                p { (name.text(lang)) ": " span class="vve-line" {} }
            }
        }
    }
}

fn charts_on_paper(sheet: &Sheet) -> Markup {
    let lang = sheet.lang;
    let parts = charts::live(sheet);
    let [month, years, gas] = ["vve-g-maand", "vve-g-jaren", "vve-g-gas"]
        .map(|id| parts.iter().find(|(known, _)| *known == id).map(|(_, markup)| markup));
    html! {
        p class="hint" { (Key::VveGrafiekMaandUitleg.text(lang)) }
        div class="blad-chart" { @if let Some(chart) = month { (chart) } }
        div class="blad-pair" {
            div class="blad-chart" {
                h3 { (Key::VveGrafiekJaren.text(lang)) }
                @if let Some(chart) = years { (chart) }
                p class="hint" { (Key::VveGrafiekJarenUitleg.text(lang)) }
            }
            div class="blad-chart" {
                h3 { (Key::VveGrafiekGas.text(lang)) }
                @if let Some(chart) = gas { (chart) }
                p class="hint" { (Key::VveGrafiekGasUitleg.text(lang)) }
            }
        }
        h3 { (Key::VveAlsKop.text(lang)) }
        (super::what_if::turns(sheet))
    }
}

/// What each apartment pays: by share, and each one by its number where they are not too many.
fn apartments(sheet: &Sheet) -> Markup {
    let lang = sheet.lang;
    let all = sheet.calc.all_shares();
    let differ = all.iter().any(|share| *share != all[0]);
    let split: Vec<(&str, Vec<i64>)> = sheet
        .options()
        .filter_map(|(option, column)| {
            let found = column.amounts.as_ref().ok()?;
            Some((say::way(Way::Option(option), lang), share_cents(found.month.loan[1], &all)))
        })
        .collect();
    html! {
        p { (Key::VveDelenUitleg.text(lang)) }
        (shares::table(sheet))
        @if differ && all.len() <= MOST_LISTED {
            h3 { (Key::VveDelenLening.text(lang)) }
            div class="vve-columns" {
                table class="vve-numbers" {
                    caption class="hidden" { (Key::VveDelenLening.text(lang)) }
                    thead {
                        tr {
                            th scope="col" { (Key::VveStukAppartementnr.text(lang)) }
                            th scope="col" { (Key::VveDelenKolom.text(lang)) }
                            @for (name, _) in &split { th scope="col" { (name) } }
                        }
                    }
                    tbody {
                        @for (place, share) in all.iter().enumerate() {
                            tr {
                                th scope="row" { (place + 1) }
                                td { (share) }
                                @for (_, amounts) in &split { td { (say::exact(amounts[place], lang)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
