//! Three charts, each with the same figures in a table: what is paid each month, what was paid by then, and what the price of
//! gas does. A line is known by its dashes and its sign as well as by its colour, so that paper without colour will do.

use std::fmt::Write as _;

use gasvrij3d::letters::decimal;
use gasvrij3d::text::Key;
use gasvrij3d::vve::{Amounts, Column, Field, Way, column, over_years};
use maud::{Markup, html};

use crate::say;
use crate::sheet::Sheet;

/// Years of the chart of what was paid.
const YEARS: u16 = 30;
/// Prices of gas between which the third chart runs, in units of the field.
const PRICES: [i64; 2] = [50, 300];
const PRICE_STEP: i64 = 25;
/// The drawing of a line chart, in its own units.
const WIDTH: f64 = 400.0;
const HEIGHT: f64 = 250.0;
const LEFT: f64 = 62.0;
const RIGHT: f64 = 10.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 30.0;

/// A line: its way and its value at each place, €.
struct Line {
    way: Way,
    points: Vec<(f64, f64)>,
}

/// The charts that change, by the ids of their elements.
pub fn live(sheet: &Sheet) -> Vec<(&'static str, Markup)> {
    let (years, prices) = (years(sheet), prices(sheet));
    vec![
        ("vve-g-maand", bars(sheet)),
        ("vve-t-maand", bars_table(sheet)),
        ("vve-g-jaren", lines(sheet, &years, Key::VveGrafiekJaren, &|x| decimal(x, 0), None)),
        ("vve-t-jaren", lines_table(sheet, &years, 5, Key::VveGrafiekJaar, &|x| decimal(x, 0))),
        (
            "vve-g-gas",
            lines(sheet, &prices, Key::VveGrafiekGas, &|x| euros(sheet, x), Some(sheet.calc.number(Field::Gas))),
        ),
        ("vve-t-gas", lines_table(sheet, &prices, 1, Key::VveVeldGas, &|x| euros(sheet, x))),
    ]
}

/// A price as a number with its sign.
fn euros(sheet: &Sheet, price: f64) -> String {
    let units = (price * 100.0).round() as i64;
    format!("{}{}", sheet.lang.pick("€\u{a0}", "€"), say::number(Field::Gas, units, sheet.lang))
}

/// The charts, each with its heading, words and table.
pub fn figures(sheet: &Sheet) -> Markup {
    let lang = sheet.lang;
    let parts = live(sheet);
    let part = |id: &str| parts.iter().find(|(known, _)| *known == id).map(|(_, markup)| markup);
    html! {
        div class="vve-charts" {
            @for (name, title, words) in [
                ("maand", Key::VveGrafiekMaand, Key::VveGrafiekMaandUitleg),
                ("jaren", Key::VveGrafiekJaren, Key::VveGrafiekJarenUitleg),
                ("gas", Key::VveGrafiekGas, Key::VveGrafiekGasUitleg),
            ] {
                @let (chart, table) = (format!("vve-g-{name}"), format!("vve-t-{name}"));
                section class="block" {
                    h2 { (title.text(lang)) }
                    p class="hint" { (words.text(lang)) }
                    div id=(chart) { @if let Some(markup) = part(&chart) { (markup) } }
                    details class="vve-fold" {
                        summary { (Key::VveGrafiekTabel.text(lang)) }
                        div id=(table) class="scroll" role="region" tabindex="0" aria-label=(title.text(lang)) { @if let Some(markup) = part(&table) { (markup) } }
                    }
                }
            }
        }
    }
}

/// Loan, energy, and fixed cost with maintenance, of a mean home each month, €.
fn parts(sheet: &Sheet, found: &Amounts) -> [f64; 3] {
    let month = found.month;
    [month.loan[1], month.energy, month.fixed + month.maintenance[1]].map(|cents| sheet.a_home(cents))
}

const PARTS: [Key; 3] = [Key::VveGrafiekLening, Key::VveGrafiekEnergie, Key::VveGrafiekVast];

/// A bar for each column, in three parts, with a thin line from low to high.
pub fn bars(sheet: &Sheet) -> Markup {
    let lang = sheet.lang;
    let all: Vec<(&Column, &Amounts)> =
        sheet.shown().filter_map(|column| Some((column, column.amounts.as_ref().ok()?))).collect();
    let most = all.iter().map(|(_, found)| sheet.a_home(found.month.total()[2])).fold(1.0, f64::max);
    // The end of the longest line has a stroke of its own.
    let at = |amount: f64| decimal(amount / most * 99.5, 2);
    html! {
        ul class="vve-legend" aria-hidden="true" {
            @for (place, part) in PARTS.iter().enumerate() {
                li { span class={ "vve-key part-" (place) } {} (part.text(lang)) }
            }
        }
        div class="vve-bars" {
            @for (column, found) in &all {
                @let amounts = parts(sheet, found);
                @let [low, high] = [found.month.total()[0], found.month.total()[2]].map(|cents| sheet.a_home(cents));
                div class="vve-bar" {
                    p { span { (say::way(column.way, lang)) } strong { (say::a_home(sheet, found.month.total()[1], 1.0)) } }
                    svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label=(bar_words(sheet, column, amounts)) {
                        @for place in 0..3 {
                            @let from: f64 = amounts[..place].iter().sum();
                            rect class={ "part-" (place) } x=(at(from)) y="0" width=(at(amounts[place])) height="10" {}
                        }
                        @if high > low {
                            path class="vve-range" vector-effect="non-scaling-stroke" d={ "M" (at(low)) " 5H" (at(high)) "M" (at(low)) " 3V7M" (at(high)) " 3V7" } {}
                        }
                    }
                }
            }
        }
    }
}

fn bar_words(sheet: &Sheet, column: &Column, amounts: [f64; 3]) -> String {
    let mut words = say::way(column.way, sheet.lang).to_owned();
    for (part, amount) in PARTS.iter().zip(amounts) {
        // A String takes all that is written to it.
        let _ = write!(
            words,
            ", {} {}",
            kit::words::lower(part.text(sheet.lang)),
            kit::words::euro(amount, 1.0, sheet.lang)
        );
    }
    words
}

fn bars_table(sheet: &Sheet) -> Markup {
    let lang = sheet.lang;
    html! {
        table class="vve-numbers" {
            caption class="hidden" { (Key::VveGrafiekMaand.text(lang)) }
            thead {
                tr {
                    td {}
                    @for part in PARTS { th scope="col" { (part.text(lang)) } }
                    th scope="col" { (Key::VveDelenSamen.text(lang)) }
                    th scope="col" { (Key::VveStukLaag.text(lang)) }
                    th scope="col" { (Key::VveStukHoog.text(lang)) }
                }
            }
            tbody {
                @for column in sheet.shown() {
                    @if let Ok(found) = &column.amounts {
                        @let total = found.month.total();
                        tr {
                            th scope="row" { (say::way(column.way, lang)) }
                            @for amount in parts(sheet, found) { td { (kit::words::euro(amount, 1.0, lang)) } }
                            @for cents in [total[1], total[0], total[2]] { td { (say::a_home(sheet, cents, 1.0)) } }
                        }
                    }
                }
            }
        }
    }
}

fn years(sheet: &Sheet) -> Vec<Line> {
    let homes = f64::from(sheet.calc.homes());
    let of = |column: &Column| {
        let found = column.amounts.as_ref().ok()?;
        let paid = over_years(&sheet.calc, found, YEARS);
        Some(Line {
            way: column.way,
            points: paid.iter().enumerate().map(|(year, paid)| (year as f64, paid / homes)).collect(),
        })
    };
    sheet.shown().filter_map(of).collect()
}

fn prices(sheet: &Sheet) -> Vec<Line> {
    let at: Vec<i64> = (PRICES[0]..=PRICES[1]).step_by(PRICE_STEP as usize).collect();
    let calcs: Vec<_> = at
        .into_iter()
        .filter_map(|units| {
            let mut calc = sheet.calc.clone();
            calc.set_units(Field::Gas, units).ok()?;
            Some((Field::Gas.number(units), calc))
        })
        .collect();
    let of = |shown: &Column| {
        let point = |(price, calc): &(f64, gasvrij3d::vve::Calc)| {
            Some((*price, sheet.a_home(column(calc, shown.way).amounts.ok()?.eac[0][1]) / 12.0))
        };
        Some(Line { way: shown.way, points: calcs.iter().map(point).collect::<Option<Vec<_>>>()? })
    };
    sheet.shown().filter_map(of).collect()
}

/// Round values between which a scale runs, from 0.
fn scale(most: f64) -> (f64, f64) {
    let rough = most / 4.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|n| n * power).find(|step| *step >= rough).unwrap_or(rough);
    (step, (most / step).ceil() * step)
}

fn lines(sheet: &Sheet, all: &[Line], title: Key, x_words: &dyn Fn(f64) -> String, mark: Option<f64>) -> Markup {
    let lang = sheet.lang;
    let most = all.iter().flat_map(|line| &line.points).map(|point| point.1).fold(1.0, f64::max);
    let (step, top) = scale(most);
    let Some([first, last]) = all.first().and_then(|line| Some([line.points.first()?.0, line.points.last()?.0])) else {
        return html! {};
    };
    let x = move |at: f64| LEFT + (at - first) / (last - first) * (WIDTH - LEFT - RIGHT);
    let y = move |at: f64| HEIGHT - BOTTOM - at / top * (HEIGHT - TOP - BOTTOM);
    let n = |at: f64| decimal(at, 1);
    let ticks: Vec<f64> = (0..=5).map(|place| first + (last - first) * f64::from(place) / 5.0).collect();
    html! {
        svg class="vve-lines" viewBox={ "0 0 " (n(WIDTH)) " " (n(HEIGHT)) } role="img" aria-label=(line_words(sheet, all, title, x_words)) {
            @for place in 0..=((top / step).round() as i32) {
                @let value = f64::from(place) * step;
                path class="grid" d={ "M" (n(LEFT)) " " (n(y(value))) "H" (n(WIDTH - RIGHT)) } {}
                text x=(n(LEFT - 5.0)) y=(n(y(value) + 4.0)) text-anchor="end" { (kit::words::euro(value, 1.0, lang)) }
            }
            @for (place, tick) in ticks.iter().enumerate() {
                @let anchor = if place == 5 { "end" } else { "middle" };
                text x=(n(x(*tick) + if place == 5 { 8.0 } else { 0.0 })) y=(n(HEIGHT - 8.0)) text-anchor=(anchor) { (x_words(*tick)) }
            }
            @if let Some(at) = mark.filter(|at| (first..=last).contains(at)) {
                path class="mark" d={ "M" (n(x(at))) " " (n(TOP)) "V" (n(HEIGHT - BOTTOM)) } {}
                text x=(n(x(at) + 4.0)) y=(n(HEIGHT - BOTTOM - 6.0)) { (Key::VveGrafiekNuPrijs.fill(lang, &[("prijs", &x_words(at))])) }
            }
            @for (place, line) in all.iter().enumerate() {
                path class={ "line line-" (place) } d=(path_of(&line.points, &x, &y)) {}
                @for point in line.points.iter().step_by((line.points.len() / 5).max(1)) {
                    (sign(place, x(point.0), y(point.1)))
                }
            }
        }
        ul class="vve-legend" aria-hidden="true" {
            @for (place, line) in all.iter().enumerate() {
                li {
                    svg class="vve-lines vve-sample" viewBox="0 0 34 12" focusable="false" {
                        path class={ "line line-" (place) } d="M1 6H33" {} (sign(place, 17.0, 6.0))
                    }
                    (say::way(line.way, lang))
                }
            }
        }
    }
}

fn path_of(points: &[(f64, f64)], x: &dyn Fn(f64) -> f64, y: &dyn Fn(f64) -> f64) -> String {
    let mut path = String::new();
    for (place, point) in points.iter().enumerate() {
        let letter = if place == 0 { 'M' } else { 'L' };
        // A String takes all that is written to it.
        let _ = write!(path, "{letter}{} {}", decimal(x(point.0), 1), decimal(y(point.1), 1));
    }
    path
}

/// The sign of a line: a dot, a square, a triangle, a diamond, a cross.
fn sign(place: usize, x: f64, y: f64) -> Markup {
    let n = |at: f64| decimal(at, 1);
    let path = match place {
        0 => format!("M{} {}a3.5 3.5 0 1 1 7 0a3.5 3.5 0 1 1 -7 0z", n(x - 3.5), n(y)),
        1 => format!("M{} {}h6v6h-6z", n(x - 3.0), n(y - 3.0)),
        2 => format!("M{} {}l4 7h-8z", n(x), n(y - 4.0)),
        3 => format!("M{} {}l4 4l-4 4l-4 -4z", n(x), n(y - 4.0)),
        _ => format!("M{} {}l7 7M{} {}l7 -7", n(x - 3.5), n(y - 3.5), n(x - 3.5), n(y + 3.5)),
    };
    html! { path class={ "sign sign-" (place) } d=(path) {} }
}

/// The chart for who cannot see it: where each line begins and ends.
fn line_words(sheet: &Sheet, all: &[Line], title: Key, x_words: &dyn Fn(f64) -> String) -> String {
    let mut words = title.text(sheet.lang).to_owned();
    for line in all {
        let _ = write!(words, " {}:", say::way(line.way, sheet.lang));
        for point in [line.points.first(), line.points.last()].into_iter().flatten() {
            let _ = write!(words, " {} {},", x_words(point.0), kit::words::euro(point.1, 1.0, sheet.lang));
        }
    }
    words.trim_end_matches(',').to_owned()
}

fn lines_table(sheet: &Sheet, all: &[Line], each: usize, name: Key, x_words: &dyn Fn(f64) -> String) -> Markup {
    let lang = sheet.lang;
    html! {
        table class="vve-numbers" {
            caption class="hidden" { (name.text(lang)) }
            thead {
                tr {
                    th scope="col" { (name.text(lang)) }
                    @for line in all { th scope="col" { (say::way(line.way, lang)) } }
                }
            }
            tbody {
                @for place in (0..all.first().map_or(0, |line| line.points.len())).step_by(each) {
                    tr {
                        th scope="row" { (x_words(all[0].points[place].0)) }
                        @for line in all { td { (kit::words::euro(line.points[place].1, 1.0, lang)) } }
                    }
                }
            }
        }
    }
}
