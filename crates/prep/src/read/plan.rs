//! Heat networks and plan areas of a municipality, by the schema in `docs/data.md`: every field is checked, and one that
//! does not fit is told with what to do.

use gasvrij3d::home::{NetKind, NetStatus};
use gasvrij3d::tile::{Decision, PlanStage, Technique};

use super::Origin;
use super::objects::{Kept, reject};
use super::record::Record;
use super::usable::{lines, polygons};
use super::wkb::Shape;
use crate::model::{Date, HeatNetwork, Plan};
use crate::report::{Place, Tally};

/// Years a network or plan can speak of: the oldest heat networks of the country are of after 1945.
const YEARS: std::ops::RangeInclusive<u32> = 1950..=2100;
/// Longer texts are documents.
const LONGEST_TEXT: usize = 500;

/// Columns by which a feature is known as a network or plan.
pub const COLUMNS: [&str; 3] = ["net_status", "net_soort", "techniek"];

/// Reads a heat network.
pub fn network(record: &Record, shape: Shape, origin: &Origin, tally: &mut Tally, place: &Place) -> Kept<HeatNetwork> {
    Ok(HeatNetwork {
        name: text(record, &["naam", "name"], tally, place),
        kind: word(record, "net_soort", NetKind::from_code, tally, place),
        status: status(record, None)?,
        start: year(record, &["net_start", "start"], tally, place),
        lines: lines(shape)?,
        source: origin.id.clone(),
    })
}

/// Reads a plan area.
pub fn plan(record: &Record, shape: Shape, origin: &Origin, tally: &mut Tally, place: &Place) -> Kept<Plan> {
    let technique = word(record, "techniek", Technique::from_code, tally, place);
    let start = year(record, &["net_start", "start"], tally, place);
    let mut end = year(record, &["eind", "einde"], tally, place);
    let gas_ends = year(record, &["aangewezen_jaar"], tally, place);
    if let (Some(first), Some(last)) = (start, end)
        && last < first
    {
        tally.remark("V29", || (place, format!("start {first}, eind {last}")));
        end = None;
    }
    let decision = Decision {
        title: text(record, &["besluit"], tally, place),
        url: url(record, tally, place),
        date: date(record, tally, place),
    };
    Ok(Plan {
        name: text(record, &["naam", "name"], tally, place),
        technique,
        stage: word(record, "fase", PlanStage::from_code, tally, place),
        kind: word(record, "net_soort", NetKind::from_code, tally, place),
        status: status(record, technique)?,
        start,
        gas_ends,
        end,
        decision,
        uncertain: text(record, &["onzeker", "onzeker_nl"], tally, place),
        uncertain_en: text(record, &["onzeker_en"], tally, place),
        area: polygons(shape)?,
        source: origin.id.clone(),
    })
}

/// How far the heat network is. A plan for another technique has none, and need not say so.
fn status(record: &Record, technique: Option<Technique>) -> Kept<NetStatus> {
    let written = record.text(&["net_status"]);
    match (written.as_deref().map(NetStatus::from_code), technique) {
        (Some(Some(status)), _) => Ok(status),
        (None, Some(Technique::AllElectric | Technique::Hybrid | Technique::Collective | Technique::GreenGas)) => {
            Ok(NetStatus::Geen)
        }
        _ => reject("V28", written.unwrap_or_default()),
    }
}

fn word<C>(
    record: &Record,
    name: &str,
    code: impl Fn(&str) -> Option<C>,
    tally: &mut Tally,
    place: &Place,
) -> Option<C> {
    let written = record.text(&[name])?;
    let known = code(&written);
    if known.is_none() {
        tally.remark("V30", || (place, format!("{name}: {written}")));
    }
    known
}

fn year(record: &Record, names: &[&str], tally: &mut Tally, place: &Place) -> Option<u16> {
    let written = record.value(names)?;
    let known = record.whole(names).filter(|y| YEARS.contains(y)).and_then(|y| u16::try_from(y).ok());
    if known.is_none() {
        tally.remark("V29", || (place, format!("{}: {written}", names[0])));
    }
    known
}

fn date(record: &Record, tally: &mut Tally, place: &Place) -> String {
    let Some(written) = record.text(&["besluit_datum"]) else { return String::new() };
    let known = Date::parse(&written);
    if known.is_none() {
        tally.remark("V30", || (place, format!("besluit_datum: {written}")));
    }
    known.map_or_else(String::new, |date| date.to_string())
}

/// An address of a document: only what a browser opens safely.
fn url(record: &Record, tally: &mut Tally, place: &Place) -> String {
    let url = text(record, &["besluit_url"], tally, place);
    if url.is_empty() || (url.starts_with("https://") && !url.contains(char::is_whitespace)) {
        return url;
    }
    tally.remark("V30", || (place, format!("besluit_url: {url}")));
    String::new()
}

fn text(record: &Record, names: &[&str], tally: &mut Tally, place: &Place) -> String {
    let text = record.text(names).unwrap_or_default();
    if text.chars().count() <= LONGEST_TEXT {
        return text.into_owned();
    }
    tally.remark("V30", || (place, format!("{}: longer than {LONGEST_TEXT} characters, cut", names[0])));
    text.chars().take(LONGEST_TEXT).collect()
}
