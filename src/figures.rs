//! Figures about groups of homes, as `prep` writes them and the pages about neighbourhoods and plans read them.
//! The forms stand in `docs/data.md`.

mod changes;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::error::{Error, Result};
use crate::home::{NetKind, NetStatus};
use crate::json::Json;
use crate::tile::{PlanStage, Technique};

pub use changes::{Change, Changes, Field};

/// Counts by code; `None` where a count is too small to be told or follows from the others.
pub type Counts = BTreeMap<String, Option<u32>>;

/// `buurten-<hash>.json`: neighbourhoods in the order of their codes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Neighbourhoods {
    /// The year the rules were asked for.
    pub jaar: u16,
    /// Each of them.
    pub buurten: Vec<Neighbourhood>,
}

/// A neighbourhood. Nothing in it is about a group of fewer than ten homes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Neighbourhood {
    /// `BU03920101`, or empty.
    pub code: String,
    /// For people.
    pub naam: String,
    /// Its area.
    pub hectare: f64,
    /// Its homes.
    pub woningen: Option<u32>,
    /// Homes by hectare.
    pub per_hectare: Option<f64>,
    /// By kind of home.
    pub typ: Counts,
    /// By period of construction.
    pub periode: Counts,
    /// By registered label.
    pub label: Counts,
    /// By what stands out for them, as the map colours it (`theme::Category`); empty in a data set from before this.
    pub kleur: Counts,
    /// By class of heat with hot water, GJ a year (`20-30`, ends open); empty in a data set from before this.
    pub vraag: Counts,
    /// By the name of the plan that they lie in, or `geen`; empty in a data set from before this.
    pub plan: Counts,
    /// Homes whose heat is known by key figures; `None` where those without would be a small group.
    pub woningen_met_warmtevraag: Option<u32>,
    /// Their heat with hot water, GJ a year, by key figures.
    pub gj_jaar: Option<f64>,
    /// The same by hectare.
    pub gj_per_hectare: Option<f64>,
    /// Figures of the statistics office by their codes; none where it counts fewer than ten dwellings.
    pub cbs: BTreeMap<String, f64>,
    /// The id of their source, or empty.
    pub cbs_bron: String,
    /// Average use of a connection by the grid operator: `gas_m3` and `elektriciteit_kwh` a year, and of how many connections
    /// (`gas_aansluitingen`, `elektriciteit_aansluitingen`); ten or more.
    pub verbruik: BTreeMap<String, f64>,
    /// The ids of their sources, with `;` between, or empty.
    pub verbruik_bron: String,
    /// Column and row of the tiles that its addresses are in, by row and column.
    pub tegels: Vec<[u32; 2]>,
}

/// `plannen-<hash>.json`: what is planned, earliest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Plans {
    /// Areas with a plan; areas of one plan are one.
    pub plannen: Vec<Plan>,
    /// Heat networks; parts of one network are one.
    pub netten: Vec<Network>,
    /// What changed since an earlier data set, where one was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vorige: Option<Changes>,
}

/// What a municipality plans for an area.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Plan {
    /// For people.
    pub naam: String,
    /// How homes are to be heated.
    pub techniek: Option<Technique>,
    /// How far the plan is.
    pub fase: Option<PlanStage>,
    /// Kind of heat network, where one is planned.
    pub net_soort: Option<NetKind>,
    /// How far that network is.
    pub net_status: Option<NetStatus>,
    /// Year in which the works start.
    pub start: Option<u16>,
    /// Year in which they are to be done.
    pub eind: Option<u16>,
    /// Year in which gas ends, where the area is designated.
    pub aangewezen_jaar: Option<u16>,
    /// Title of the decision it rests on, or empty.
    pub besluit: String,
    /// Where it can be read: an `https` address, or empty.
    pub besluit_url: String,
    /// Its day, `2026-06-25`, or empty.
    pub besluit_datum: String,
    /// What is not certain yet, Dutch, or empty.
    pub onzeker: String,
    /// The same in English, or empty.
    pub onzeker_en: String,
    /// The id of its source, or empty.
    pub bron: String,
    /// Homes in its areas; `None` where they are fewer than ten.
    pub woningen: Option<u32>,
    /// Codes of the neighbourhoods in which it has homes.
    pub buurten: Vec<String>,
}

/// A heat network.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Network {
    /// For people.
    pub naam: String,
    /// Its temperature.
    pub net_soort: Option<NetKind>,
    /// How far it is.
    pub net_status: Option<NetStatus>,
    /// Year in which it starts.
    pub start: Option<u16>,
    /// Length of its mains, metres.
    pub lengte_m: f64,
    /// The id of its source, or empty.
    pub bron: String,
}

/// `grenzen-<hash>.json`: where the neighbourhoods lie, for a map of the town.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Borders {
    /// Each of them.
    pub buurten: Vec<Border>,
}

/// Where a neighbourhood lies.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Border {
    /// Its code, or empty.
    pub code: String,
    /// For people.
    pub naam: String,
    /// The rings around its parts and their holes, RD metres.
    pub ringen: Vec<Vec<[i32; 2]>>,
}

/// `kwaliteit-<hash>.json`, of which a page about a neighbourhood shows its own part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quality {
    /// Each neighbourhood.
    pub buurten: Vec<Known>,
}

/// How much is known of the homes of a neighbourhood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// Its code.
    pub code: String,
    /// For people.
    pub naam: String,
    /// By fact, the share of homes of which it is known, whole per cents.
    pub bekend_pct: BTreeMap<String, u32>,
}

/// A file of figures, or a part of one.
pub trait Figures: Sized {
    /// Reads it from its values.
    fn of(at: &Json) -> Result<Self>;
}

/// Reads one of these files; `file` is its name, for who has to mend it.
pub fn read<T: Figures>(file: &str, bytes: &[u8]) -> Result<T> {
    Json::parse(bytes)
        .and_then(|json| T::of(&json))
        .map_err(|e| Error::new(format!("{file} cannot be read: {e}. Prepare the data again with `prep`.")))
}

fn all<T: Figures>(at: &Json, name: &str) -> Result<Vec<T>> {
    let Some(list) = at.maybe(name, Json::as_list)? else { return Ok(Vec::new()) };
    let mut read = Vec::with_capacity(list.len());
    for item in list {
        read.push(T::of(item)?);
    }
    Ok(read)
}

/// A value for each name in an object.
fn by_name<'t, T>(at: &Json<'t>, name: &str, get: fn(&Json<'t>) -> Option<T>) -> Result<BTreeMap<String, T>> {
    let fields = at.maybe(name, Json::as_fields)?.unwrap_or_default();
    let mut read = BTreeMap::new();
    for (own, value) in fields {
        let value = get(value).ok_or_else(|| Error::new(format!("`{name}.{own}` is of another form")))?;
        read.insert(own.clone().into_owned(), value);
    }
    Ok(read)
}

/// A count for each name in an object; `null` where it is not told.
fn counts(at: &Json, name: &str) -> Result<Counts> {
    let fields = at.maybe(name, Json::as_fields)?.unwrap_or_default();
    let mut read = Counts::new();
    for (own, value) in fields {
        let count = value.as_whole();
        if count.is_none() && *value != Json::Word("null") {
            return Err(Error::new(format!("`{name}.{own}` is not a count")));
        }
        read.insert(own.clone().into_owned(), count);
    }
    Ok(read)
}

fn place(at: &Json) -> Option<[u32; 2]> {
    match at.as_list()? {
        [col, row] => Some([col.as_whole()?, row.as_whole()?]),
        _ => None,
    }
}

fn corner(at: &Json) -> Option<[i32; 2]> {
    match at.as_list()? {
        [x, y] => Some([x.as_number()? as i32, y.as_number()? as i32]),
        _ => None,
    }
}

impl Figures for Neighbourhoods {
    fn of(at: &Json) -> Result<Self> {
        Ok(Self { jaar: at.whole("jaar")?, buurten: all(at, "buurten")? })
    }
}

impl Figures for Neighbourhood {
    fn of(at: &Json) -> Result<Self> {
        Ok(Self {
            code: at.text_or_empty("code")?,
            naam: at.text_or_empty("naam")?,
            hectare: at.maybe("hectare", Json::as_number)?.unwrap_or_default(),
            woningen: at.maybe("woningen", Json::as_whole)?,
            per_hectare: at.maybe("per_hectare", Json::as_number)?,
            typ: counts(at, "typ")?,
            periode: counts(at, "periode")?,
            label: counts(at, "label")?,
            kleur: counts(at, "kleur")?,
            vraag: counts(at, "vraag")?,
            plan: counts(at, "plan")?,
            woningen_met_warmtevraag: at.maybe("woningen_met_warmtevraag", Json::as_whole)?,
            gj_jaar: at.maybe("gj_jaar", Json::as_number)?,
            gj_per_hectare: at.maybe("gj_per_hectare", Json::as_number)?,
            cbs: by_name(at, "cbs", Json::as_number)?,
            cbs_bron: at.text_or_empty("cbs_bron")?,
            verbruik: by_name(at, "verbruik", Json::as_number)?,
            verbruik_bron: at.text_or_empty("verbruik_bron")?,
            tegels: at.maybe("tegels", |list| list.as_list()?.iter().map(place).collect())?.unwrap_or_default(),
        })
    }
}

impl Figures for Plans {
    fn of(at: &Json) -> Result<Self> {
        let vorige = at.find("vorige").map(Changes::of).transpose()?;
        Ok(Self { plannen: all(at, "plannen")?, netten: all(at, "netten")?, vorige })
    }
}

impl Figures for Plan {
    fn of(at: &Json) -> Result<Self> {
        Ok(Self {
            naam: at.text_or_empty("naam")?,
            techniek: at.maybe("techniek", |v| Technique::from_code(v.as_text()?))?,
            fase: at.maybe("fase", |v| PlanStage::from_code(v.as_text()?))?,
            net_soort: at.maybe("net_soort", |v| NetKind::from_code(v.as_text()?))?,
            net_status: at.maybe("net_status", |v| NetStatus::from_code(v.as_text()?))?,
            start: at.maybe("start", Json::as_whole)?,
            eind: at.maybe("eind", Json::as_whole)?,
            aangewezen_jaar: at.maybe("aangewezen_jaar", Json::as_whole)?,
            besluit: at.text_or_empty("besluit")?,
            besluit_url: at.text_or_empty("besluit_url")?,
            besluit_datum: at.text_or_empty("besluit_datum")?,
            onzeker: at.text_or_empty("onzeker")?,
            onzeker_en: at.text_or_empty("onzeker_en")?,
            bron: at.text_or_empty("bron")?,
            woningen: at.maybe("woningen", Json::as_whole)?,
            buurten: at
                .maybe("buurten", |list| {
                    list.as_list()?.iter().map(|code| code.as_text().map(str::to_owned)).collect()
                })?
                .unwrap_or_default(),
        })
    }
}

impl Figures for Network {
    fn of(at: &Json) -> Result<Self> {
        Ok(Self {
            naam: at.text_or_empty("naam")?,
            net_soort: at.maybe("net_soort", |v| NetKind::from_code(v.as_text()?))?,
            net_status: at.maybe("net_status", |v| NetStatus::from_code(v.as_text()?))?,
            start: at.maybe("start", Json::as_whole)?,
            lengte_m: at.maybe("lengte_m", Json::as_number)?.unwrap_or_default(),
            bron: at.text_or_empty("bron")?,
        })
    }
}

impl Figures for Borders {
    fn of(at: &Json) -> Result<Self> {
        Ok(Self { buurten: all(at, "buurten")? })
    }
}

impl Figures for Border {
    fn of(at: &Json) -> Result<Self> {
        let ring = |list: &Json| list.as_list()?.iter().map(corner).collect();
        Ok(Self {
            code: at.text_or_empty("code")?,
            naam: at.text_or_empty("naam")?,
            ringen: at.maybe("ringen", |list| list.as_list()?.iter().map(ring).collect())?.unwrap_or_default(),
        })
    }
}

impl Figures for Quality {
    fn of(at: &Json) -> Result<Self> {
        Ok(Self { buurten: all(at, "buurten")? })
    }
}

impl Figures for Known {
    fn of(at: &Json) -> Result<Self> {
        Ok(Self {
            code: at.text_or_empty("code")?,
            naam: at.text_or_empty("naam")?,
            bekend_pct: by_name(at, "bekend_pct", Json::as_whole)?,
        })
    }
}

impl Neighbourhoods {
    /// The neighbourhood that an address of the page names: by its code, or by its place in the list where it has none.
    pub fn find(&self, name: &str) -> Option<&Neighbourhood> {
        let by_code = self.buurten.iter().find(|b| !b.code.is_empty() && b.code == name);
        by_code.or_else(|| self.buurten.get(name.parse::<usize>().ok()?).filter(|b| b.code.is_empty()))
    }
}

impl Plan {
    /// The year by which its works have begun: that of their start or, where only their end is known, that one.
    pub fn begun_by(&self) -> Option<u16> {
        self.start.or(self.eind)
    }

    /// Years that it speaks of, first to last. A plan without years is of no year.
    pub fn years(&self) -> Option<[u16; 2]> {
        let years = || [self.start, self.eind, self.aangewezen_jaar].into_iter().flatten();
        Some([years().min()?, years().max()?])
    }

    /// Whether something happens, goes on or ends in that year.
    pub fn is_of(&self, year: u16) -> bool {
        self.years().is_some_and(|[first, last]| (first..=last).contains(&year))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_neighbourhood_is_found_by_its_code_and_one_without_by_its_place() {
        let named =
            |code: &str, naam: &str| Neighbourhood { code: code.into(), naam: naam.into(), ..Default::default() };
        let all = Neighbourhoods { jaar: 2026, buurten: vec![named("", "Dorp"), named("BU03920101", "Centrum")] };
        assert_eq!(all.find("BU03920101").unwrap().naam, "Centrum");
        assert_eq!(all.find("0").unwrap().naam, "Dorp");
        assert_eq!((all.find("1"), all.find(""), all.find("BU9")), (None, None, None));
    }

    #[test]
    fn a_plan_is_of_every_year_from_its_first_to_its_last() {
        let plan = Plan { start: Some(2028), aangewezen_jaar: Some(2035), ..Plan::default() };
        assert!(plan.is_of(2028) && plan.is_of(2031) && plan.is_of(2035));
        assert!(!plan.is_of(2027) && !plan.is_of(2036) && !Plan::default().is_of(2028));
    }

    #[test]
    fn works_that_end_in_a_year_have_begun_by_then() {
        let plan = |start, eind| Plan { start, eind, ..Plan::default() }.begun_by();
        assert_eq!(plan(Some(2028), Some(2031)), Some(2028));
        assert_eq!((plan(None, Some(2024)), plan(None, None)), (Some(2024), None));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let plans = Plans {
            plannen: vec![Plan {
                naam: "Ramplaan".into(),
                techniek: Some(Technique::HeatNetwork),
                net_status: Some(NetStatus::Gepland),
                start: Some(2028),
                woningen: Some(120),
                buurten: vec!["BU03920101".into()],
                ..Plan::default()
            }],
            netten: vec![Network { net_soort: Some(NetKind::Mt), lengte_m: 1250.5, ..Network::default() }],
            vorige: None,
        };
        assert_eq!(read::<Plans>("plannen-1.json", &serde_json::to_vec(&plans).unwrap()).unwrap(), plans);
        let borders = Borders {
            buurten: vec![Border {
                naam: "Dorp".into(),
                ringen: vec![vec![[1, 2], [3, -4], [5, 6]]],
                ..Border::default()
            }],
        };
        assert_eq!(read::<Borders>("grenzen-1.json", &serde_json::to_vec(&borders).unwrap()).unwrap(), borders);
        let text = br#"{"jaar":2026,"buurten":[{"naam":"Dorp","woningen":null,"typ":{"VRIJ":null,"TUSSEN":40},"tegels":[[1,2]]}]}"#;
        let all = read::<Neighbourhoods>("buurten-1.json", text).unwrap();
        let (vrij, tussen) = (all.buurten[0].typ["VRIJ"], all.buurten[0].typ["TUSSEN"]);
        assert_eq!((all.jaar, all.buurten[0].woningen, vrij, tussen), (2026, None, None, Some(40)));
        assert_eq!(all.buurten[0].tegels, [[1, 2]]);
        let why = read::<Plans>("plannen-1.json", br#"{"plannen":[{"start":"later"}]}"#).unwrap_err().to_string();
        assert!(why.contains("`start`"), "{why}");
    }

    #[test]
    fn a_file_that_is_no_such_file_is_named() {
        let why = read::<Plans>("plannen-1.json", b"<html>").unwrap_err().to_string();
        assert!(why.starts_with("plannen-1.json cannot be read"), "{why}");
    }
}
