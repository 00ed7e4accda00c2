//! What changed in the plans since an earlier data set: plans that came, that went, and that say something else.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Figures, Plan, Plans, all};
use crate::error::{Error, Result};
use crate::json::Json;

/// What changed since an earlier data set.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Changes {
    /// `data_version` of the earlier one.
    pub versie: String,
    /// Each plan that is not the same, by name.
    pub plannen: Vec<Change>,
}

/// A plan that is not the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What it is called.
    pub naam: String,
    /// `nieuw`, `weg` or `anders`.
    pub soort: String,
    /// What it says otherwise; empty for a plan that came or went.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub velden: Vec<Field>,
}

/// A part of a plan that says something else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Which one, by its name in the file of plans.
    pub veld: String,
    /// What it said, or empty.
    pub was: String,
    /// What it says, or empty.
    pub nu: String,
}

impl Changes {
    /// The differences between two files of plans. Plans are the same plan by their name.
    pub fn between(versie: &str, old: &Plans, new: &Plans) -> Self {
        let by_name = |plans: &Plans| -> BTreeMap<String, Vec<Plan>> {
            let mut named: BTreeMap<String, Vec<Plan>> = BTreeMap::new();
            for plan in &plans.plannen {
                named.entry(plan.naam.clone()).or_default().push(plan.clone());
            }
            named
        };
        let (old, new) = (by_name(old), by_name(new));
        let mut plannen = Vec::new();
        let change =
            |naam: &str, soort: &str, velden| Change { naam: naam.to_owned(), soort: soort.to_owned(), velden };
        for (naam, was) in &old {
            let none = Vec::new();
            let now = new.get(naam).unwrap_or(&none);
            for (was, now) in was.iter().zip(now) {
                let velden = fields(was, now);
                if !velden.is_empty() {
                    plannen.push(change(naam, "anders", velden));
                }
            }
            plannen.extend(was.iter().skip(now.len()).map(|_| change(naam, "weg", Vec::new())));
        }
        for (naam, now) in &new {
            let known = old.get(naam).map_or(0, Vec::len);
            plannen.extend(now.iter().skip(known).map(|_| change(naam, "nieuw", Vec::new())));
        }
        plannen.sort_by(|a, b| (&a.naam, &a.soort).cmp(&(&b.naam, &b.soort)));
        Self { versie: versie.to_owned(), plannen }
    }
}

fn fields(was: &Plan, now: &Plan) -> Vec<Field> {
    let [old, new] = [was, now].map(|plan| {
        let year = |year: Option<u16>| year.map(|year| year.to_string()).unwrap_or_default();
        [
            ("techniek", plan.techniek.map(|it| it.code().to_owned()).unwrap_or_default()),
            ("fase", plan.fase.map(|it| it.code().to_owned()).unwrap_or_default()),
            ("net_soort", plan.net_soort.map(|it| it.code().to_owned()).unwrap_or_default()),
            ("net_status", plan.net_status.map(|it| it.code().to_owned()).unwrap_or_default()),
            ("start", year(plan.start)),
            ("eind", year(plan.eind)),
            ("aangewezen_jaar", year(plan.aangewezen_jaar)),
            ("besluit", plan.besluit.clone()),
            ("onzeker", plan.onzeker.clone()),
        ]
    });
    let differ = old.into_iter().zip(new).filter(|((_, was), (_, now))| was != now);
    differ.map(|((veld, was), (_, nu))| Field { veld: veld.to_owned(), was, nu }).collect()
}

impl Figures for Changes {
    fn of(at: &Json) -> Result<Self> {
        Ok(Self { versie: at.text("versie")?.to_owned(), plannen: all(at, "plannen")? })
    }
}

impl Figures for Change {
    fn of(at: &Json) -> Result<Self> {
        let soort = at.text("soort")?;
        if !["nieuw", "weg", "anders"].contains(&soort) {
            return Err(Error::new(format!("`soort` is `{soort}`; nieuw, weg or anders is expected")));
        }
        Ok(Self { naam: at.text_or_empty("naam")?, soort: soort.to_owned(), velden: all(at, "velden")? })
    }
}

impl Figures for Field {
    fn of(at: &Json) -> Result<Self> {
        Ok(Self { veld: at.text("veld")?.to_owned(), was: at.text_or_empty("was")?, nu: at.text_or_empty("nu")? })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::figures::read;

    fn plan(naam: &str, start: Option<u16>) -> Plan {
        Plan { naam: naam.into(), start, ..Plan::default() }
    }

    #[test]
    fn a_plan_that_came_went_or_moved_is_told_and_one_that_stayed_is_not() {
        let plans = |plannen| Plans { plannen, ..Plans::default() };
        let old = plans(vec![plan("Blijft", Some(2030)), plan("Schuift", Some(2028)), plan("Vervalt", None)]);
        let new = plans(vec![plan("Schuift", Some(2031)), plan("Blijft", Some(2030)), plan("Nieuw", Some(2035))]);
        let changes = Changes::between("abc", &old, &new);
        let told: Vec<_> = changes.plannen.iter().map(|c| (c.naam.as_str(), c.soort.as_str())).collect();
        assert_eq!(told, [("Nieuw", "nieuw"), ("Schuift", "anders"), ("Vervalt", "weg")]);
        let field = Field { veld: "start".into(), was: "2028".into(), nu: "2031".into() };
        assert_eq!(changes.plannen[1].velden, [field]);
        assert_eq!(Changes::between("abc", &new, &new).plannen, []);
        assert_eq!(read::<Changes>("x.json", &serde_json::to_vec(&changes).unwrap()).unwrap(), changes);
    }

    #[test]
    fn two_plans_of_one_name_are_two() {
        let plans = |count| Plans { plannen: vec![plan("", None); count], ..Plans::default() };
        assert_eq!(Changes::between("", &plans(2), &plans(1)).plannen.len(), 1);
        assert_eq!(Changes::between("", &plans(1), &plans(3)).plannen.len(), 2);
    }
}
