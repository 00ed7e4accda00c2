//! The homes of a neighbourhood by advice, kind, period, label, heat and plan. One list of charts, of which the page, the file
//! for a spreadsheet and the picture are made, so that they cannot differ.

use gasvrij3d::figures::{Counts, Neighbourhood};
use gasvrij3d::home::{Label, Typology};
use gasvrij3d::manifest::Manifest;
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::theme::Category;
use maud::{Markup, PreEscaped, html};

use super::area::Area;
use super::{bars, icon};
use crate::{csv, words};

/// Homes by something: what is told, and what is not since it is about few.
pub struct Chart {
    /// By what.
    pub title: Key,
    /// What it rests on, or empty.
    pub hint: String,
    /// What is told.
    pub rows: Vec<Row>,
    /// The names of what is not.
    pub hidden: Vec<String>,
}

/// The homes of one kind.
pub struct Row {
    /// The colour that these homes have on the map, where the chart is about that.
    pub colour: Option<Category>,
    /// What they are called.
    pub name: String,
    /// How many.
    pub count: u32,
}

/// All charts of a neighbourhood; none where its number of homes is not told.
pub fn charts(area: &Area<'_>, lang: Lang) -> Vec<Chart> {
    let Neighbourhood { woningen, kleur, typ, periode, label, vraag, plan, .. } = area.figures;
    if woningen.is_none() {
        return Vec::new();
    }
    let year = area.year.to_string();
    let all: [(Key, String, &Counts, Word); 6] = [
        (Key::BuurtKeuze, Key::BuurtKeuzeUitleg.fill(lang, &[("year", &year)]), kleur, colour),
        (Key::BuurtTyp, String::new(), typ, kind),
        (Key::BuurtPeriode, String::new(), periode, period),
        (Key::BuurtLabel, String::new(), label, class),
        (Key::BuurtVraag, Key::BuurtVraagUitleg.text(lang).to_owned(), vraag, heat),
        (Key::BuurtPlan, String::new(), plan, planned),
    ];
    let has_any = all.into_iter().filter(|(_, _, counts, _)| !counts.is_empty());
    has_any.map(|(title, hint, counts, word)| chart(title, hint, counts, lang, word)).collect()
}

impl Row {
    fn shown(&self, lang: Lang) -> Markup {
        self.colour.map_or_else(|| html! { (self.name) }, |colour| coloured(colour, lang))
    }
}

/// Counts by code, in the order of the file but for what is not known, which comes last. Heat goes by where its class begins,
/// colours as in the legend.
fn chart(title: Key, hint: String, counts: &Counts, lang: Lang, word: Word) -> Chart {
    let mut all: Vec<(&String, &Option<u32>)> = counts.iter().collect();
    let is_last = |code: &str| ["onbekend", "geen"].contains(&code);
    all.sort_by_key(|(code, _)| (is_last(code), begin(code), Category::from_code(code)));
    let (mut rows, mut hidden) = (Vec::new(), Vec::new());
    for (code, count) in all {
        let name = word(code, lang);
        // A bar for each that is not told would be a page of nothing.
        match count {
            Some(count) => {
                let colour = Some(code).filter(|_| title == Key::BuurtKeuze).and_then(|code| Category::from_code(code));
                rows.push(Row { colour, name, count: *count });
            }
            None => hidden.push(words::lower(&name)),
        }
    }
    Chart { title, hint, rows, hidden }
}

/// Where a class of numbers begins: `20-30` at 20, `-20` before all, what is none stays in its place.
fn begin(code: &str) -> Option<u32> {
    code.split_once('-').and_then(|(from, _)| if from.is_empty() { Some(0) } else { from.parse().ok() })
}

/// Says a code.
type Word = fn(&str, Lang) -> String;

fn unknown(lang: Lang) -> String {
    Key::BuurtNietBekend.text(lang).to_owned()
}

/// What the homes of a colour of the map get as their first advice.
fn colour(code: &str, lang: Lang) -> String {
    Category::from_code(code).map_or_else(|| unknown(lang), |category| words::category(category, lang).to_owned())
}

fn kind(code: &str, lang: Lang) -> String {
    let kind = Typology::from_code(code).and_then(|typ| Key::named("typ", typ.code()));
    kind.map_or_else(|| unknown(lang), |key| key.text(lang).to_owned())
}

/// `1930-1945`, with an open end on either side.
fn period(code: &str, lang: Lang) -> String {
    match code.split_once('-') {
        None => unknown(lang),
        Some(("", until)) => Key::BuurtPeriodeTot.fill(lang, &[("year", until)]),
        Some((from, "")) => Key::BuurtPeriodeVanaf.fill(lang, &[("year", from)]),
        Some((from, until)) => format!("{from}–{until}"),
    }
}

fn class(code: &str, lang: Lang) -> String {
    match Label::from_code(code) {
        None => Key::BuurtLabelGeen.text(lang).to_owned(),
        Some(_) => Key::BuurtLabelNaam.fill(lang, &[("label", code)]),
    }
}

/// `20-30`, GJ a year, with an open end on either side.
fn heat(code: &str, lang: Lang) -> String {
    match code.split_once('-') {
        None => unknown(lang),
        Some(("", until)) => Key::BuurtVraagTot.fill(lang, &[("value", until)]),
        Some((from, "")) => Key::BuurtVraagVanaf.fill(lang, &[("value", from)]),
        Some((from, until)) => Key::BuurtVraagTussen.fill(lang, &[("from", from), ("until", until)]),
    }
}

fn planned(code: &str, lang: Lang) -> String {
    if code == "geen" { Key::BuurtPlanGeen.text(lang).to_owned() } else { code.to_owned() }
}

/// The same with the colour before it.
pub fn coloured(category: Category, lang: Lang) -> Markup {
    html! { (icon::swatch(category)) " " span { (words::category(category, lang)) } }
}

/// The charts on the page. One of which nothing is told is none.
pub fn page(charts: &[Chart], whole: u32, lang: Lang) -> Markup {
    html! {
        @for Chart { title, hint, rows, hidden } in charts.iter().filter(|chart| !chart.rows.is_empty()) {
            section class="block" {
                h2 { (title.text(lang)) }
                @if !hint.is_empty() { p class="hint" { (hint) } }
                @let rows: Vec<_> = rows.iter().map(|row| (row.shown(lang), Some(row.count))).collect();
                (bars::table(*title, Key::BuurtKolomAantal, &rows, whole, lang))
                @if !hidden.is_empty() {
                    p class="hint" { (words::capital(Key::BuurtVerborgenReden.text(lang))) ": " (hidden.join(", ")) "." }
                }
            }
        }
    }
}

/// The name of a file about a neighbourhood, without its end.
pub fn file_name(area: &Area<'_>) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    format!("buurt-{}", area.name.chars().map(safe).collect::<String>())
}

/// Enough of the version of the data to tell it from another.
fn version(manifest: &Manifest, lang: Lang) -> String {
    let version = manifest.data_version.get(..12).unwrap_or(&manifest.data_version);
    Key::BuurtVersie.fill(lang, &[("version", version)])
}

/// The same figures as a file for a spreadsheet.
pub fn table(area: &Area<'_>, manifest: &Manifest, lang: Lang) -> String {
    let text = |key: Key| key.text(lang).to_owned();
    let mut rows = vec![
        vec![area.figures.naam.clone(), area.figures.code.clone(), manifest.municipality.name.clone()],
        vec![version(manifest, lang)],
        vec![],
        vec![text(Key::BuurtOnderwerp), text(Key::BuurtKolomWat), text(Key::BuurtKolomAantal)],
    ];
    if let Some(homes) = area.figures.woningen {
        rows.push(vec![text(Key::BuurtWoningen), String::new(), homes.to_string()]);
    }
    for chart in charts(area, lang) {
        let told = chart.rows.into_iter().map(|row| (row.name, row.count.to_string()));
        let hidden = chart.hidden.into_iter().map(|name| (name, text(Key::BuurtVerborgen)));
        rows.extend(told.chain(hidden).map(|(name, count)| vec![text(chart.title), name, count]));
    }
    rows.push(vec![]);
    rows.push(vec![text(Key::BuurtVerborgenUitleg)]);
    for source in &manifest.sources {
        rows.push(vec![text(Key::BuurtBron), source.name.clone(), source.date.clone()]);
    }
    csv::file(&rows)
}

/// The picture, in its own units: two columns of charts, with a heading above and where it comes from below.
const WIDTH: usize = 1_600;
const MARGIN: usize = 48;
const COLUMN: usize = 776;
const LABEL: usize = 330;
const BAR: usize = 300;
const ROW: usize = 32;
const HEAD: usize = 140;
/// So many letters of a name, and of a line of sources, have room.
const NAME_LETTERS: usize = 40;
const LINE_LETTERS: usize = 160;

/// The charts as a picture (SVG, light, whatever the page looks like), with its width and height.
pub fn picture(area: &Area<'_>, manifest: &Manifest, today: &str, lang: Lang) -> (String, [usize; 2]) {
    let whole = area.figures.woningen.unwrap_or_default();
    let charts = charts(area, lang);
    let tall = |chart: &Chart| (chart.rows.len() + 2) * ROW + if chart.hidden.is_empty() { 0 } else { ROW };
    let mut ends = [HEAD; 2];
    let mut placed = Vec::new();
    for chart in &charts {
        let column = usize::from(ends[1] < ends[0]);
        placed.push((MARGIN + column * COLUMN, ends[column], chart));
        ends[column] += tall(chart);
    }
    let sources = sources(manifest, lang);
    let foot = ends[0].max(ends[1]) + ROW;
    let height = foot + ROW * (sources.len() + 3);
    let text = |x: usize, y: usize, size: u8, weight: u16, words: &str| {
        html! { text x=(x) y=(y) font-size=(size) font-weight=(weight) fill="#17232a" { (words) } }
    };
    let homes = Key::BuurtAantal.fill(lang, &[("count", &words::whole(u64::from(whole), lang))]);
    let svg = html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(WIDTH) height=(height) viewBox={ "0 0 " (WIDTH) " " (height) } font-family="Public Sans, Arial, Helvetica, sans-serif" {
            rect width=(WIDTH) height=(height) fill="#ffffff" {}
            (text(MARGIN, 64, 36, 700, &area.figures.naam))
            (text(MARGIN, 100, 20, 400, &[manifest.municipality.name.as_str(), &homes].join(" · ")))
            @for (x, y, chart) in placed {
                (text(x, y + 24, 22, 700, chart.title.text(lang)))
                @for (row, Row { name, count, .. }) in chart.rows.iter().enumerate() {
                    @let y = y + (row + 1) * ROW + 22;
                    @let width = u64::from(*count) * BAR as u64 / u64::from(whole.max(*count).max(1));
                    (text(x, y, 17, 400, &cut(name)))
                    rect x=(x + LABEL) y=(y - 15) width=(BAR) height="18" fill="#e8eceb" {}
                    rect x=(x + LABEL) y=(y - 15) width=(width) height="18" fill="#0b4f5c" {}
                    (text(x + LABEL + BAR + 12, y, 17, 600, &words::whole(u64::from(*count), lang)))
                }
                @if !chart.hidden.is_empty() {
                    @let said = format!("{}: {}.", words::capital(Key::BuurtVerborgen.text(lang)), chart.hidden.join(", "));
                    (text(x, y + (chart.rows.len() + 1) * ROW + 22, 15, 400, &said.chars().take(84).collect::<String>()))
                }
            }
            @for (line, words) in sources.iter().enumerate() { (text(MARGIN, foot + line * ROW, 16, 400, words)) }
            @let last = foot + sources.len() * ROW;
            (text(MARGIN, last, 16, 400, &[Key::BuurtGemaakt.fill(lang, &[("date", today)]), version(manifest, lang)].join(" ")))
            (text(MARGIN, last + ROW, 16, 400, Key::BuurtPlaatjeVoet.text(lang)))
        }
    };
    let PreEscaped(svg) = svg;
    (svg, [WIDTH, height])
}

fn cut(name: &str) -> String {
    if name.chars().count() <= NAME_LETTERS {
        return name.to_owned();
    }
    name.chars().take(NAME_LETTERS - 1).chain(['…']).collect()
}

/// Where the figures come from, in lines that fit.
fn sources(manifest: &Manifest, lang: Lang) -> Vec<String> {
    let mut lines = vec![format!("{}:", Key::BuurtBron.text(lang))];
    for (place, source) in manifest.sources.iter().enumerate() {
        let end = if place + 1 == manifest.sources.len() { "." } else { "," };
        let date = words::day(&source.date, lang);
        let said =
            if date.is_empty() { format!("{}{end}", source.name) } else { format!("{} ({date}){end}", source.name) };
        match lines.last_mut() {
            Some(line) if line.chars().count() + said.chars().count() < LINE_LETTERS => {
                line.push(' ');
                line.push_str(&said);
            }
            _ => lines.push(said),
        }
    }
    lines
}
