//! `#/tijdlijn`: the plans by year, on the map and as a list.

use gasvrij3d::figures::{Plan, Plans};
use gasvrij3d::link::View;
use gasvrij3d::scenario::YEARS;
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::theme::Category;
use gasvrij3d::tile::Technique;
use kit::parts::EVENING;
use kit::view::{dashboard, icon, page};
use kit::words;
use maud::{Markup, html};

use crate::homes::Planned;

/// The field with the year.
pub const YEAR: &str = "tijd-jaar";
/// The element with the list.
pub const LIST: &str = "tijd-lijst";
/// The button that plays and stops.
pub const PLAY: &str = "tijd-speel";

/// The whole page.
pub fn page(plans: &Plans, year: u16, lang: Lang) -> Markup {
    html! {
        article class="card timeline" {
            (page::back(Key::PaginaNaarZoeken, lang))
            h1 id="kop" tabindex="-1" { (Key::TijdlijnKop.text(lang)) }
            @if plans.plannen.is_empty() {
                p { (Key::TijdlijnGeen.text(lang)) }
            } @else {
                p { (Key::TijdlijnUitleg.text(lang)) }
                div class="year" {
                    label for=(YEAR) { (Key::TijdlijnJaar.text(lang)) }
                    output id={ (YEAR) "-waarde" } for=(YEAR) { (year) }
                    input id=(YEAR) type="range" min=(YEARS.start()) max=(YEARS.end()) step="1" value=(year);
                    p class="year-ends" aria-hidden="true" { span { (YEARS.start()) } span { (YEARS.end()) } }
                    button id=(PLAY) type="button" class="button" data-do="tijd-speel" data-module=(EVENING) {
                        (Key::TijdlijnSpeel.text(lang))
                    }
                }
                div id=(LIST) { (list(plans, year, lang)) }
                (legend(lang))
                p { a href=(View::Plans(None).hash()) { (Key::TijdlijnMeer.text(lang)) } }
            }
        }
    }
}

/// What has started by that year, and what comes later.
pub fn list(plans: &Plans, year: u16, lang: Lang) -> Markup {
    let (started, later): (Vec<&Plan>, Vec<&Plan>) =
        plans.plannen.iter().partition(|plan| plan.begun_by().is_some_and(|begun| begun <= year));
    let year = year.to_string();
    html! {
        @if started.is_empty() {
            p { (Key::TijdlijnLeeg.fill(lang, &[("year", &year)])) }
        } @else {
            h2 { (Key::TijdlijnLijst.fill(lang, &[("year", &year)])) }
            (items(&started, lang))
        }
        @if !later.is_empty() {
            h2 { (Key::TijdlijnLater.text(lang)) }
            (items(&later, lang))
        }
    }
}

fn items(plans: &[&Plan], lang: Lang) -> Markup {
    html! {
        ul class="planned" {
            @for plan in plans {
                li {
                    (icon::swatch(Planned::category(plan.techniek, plan.net_soort)))
                    span {
                        strong lang="nl" { @if plan.naam.is_empty() { (Key::PlanZonderNaam.text(lang)) } @else { (plan.naam) } }
                        span class="hint" { (about(plan, lang)) }
                    }
                }
            }
        }
    }
}

/// What comes, when it starts, and for how many homes.
fn about(plan: &Plan, lang: Lang) -> String {
    let when = match (plan.start, plan.eind) {
        (Some(year), _) => Key::TijdlijnStart.fill(lang, &[("year", &year.to_string())]),
        (None, Some(year)) => Key::TijdlijnKlaar.fill(lang, &[("year", &year.to_string())]),
        (None, None) => Key::TijdlijnOpen.text(lang).to_owned(),
    };
    let homes =
        plan.woningen.map(|count| Key::TijdlijnHuizen.fill(lang, &[("count", &words::whole(u64::from(count), lang))]));
    [Some(technique(plan.techniek, lang).to_owned()), Some(when), homes]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// What a technique is called.
pub fn technique(technique: Option<Technique>, lang: Lang) -> &'static str {
    let key = technique.and_then(|technique| Key::named("plan-techniek", technique.code()));
    key.unwrap_or(Key::PlanTechniekNogOpen).text(lang)
}

/// What each colour of the plans means.
pub fn legend(lang: Lang) -> Markup {
    html! {
        section class="block" {
            h2 { (Key::TijdlijnLegenda.text(lang)) }
            ul class="legend-list" {
                @for technique in Technique::ALL {
                    li {
                        (icon::swatch(Planned::category(Some(*technique), None)))
                        span { (self::technique(Some(*technique), lang)) }
                    }
                    // The one that has a colour of its own by its kind.
                    @if *technique == Technique::HeatNetwork { li { (dashboard::coloured(Category::Bronnet, lang)) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::text;

    fn plans() -> Plans {
        let plan = |naam: &str, start, woningen| Plan {
            naam: naam.into(),
            start,
            woningen,
            techniek: Some(Technique::HeatNetwork),
            ..Plan::default()
        };
        Plans {
            plannen: vec![
                plan("Meer", Some(2028), Some(1_200)),
                plan("Duin", Some(2035), None),
                plan("Later", None, None),
                Plan { eind: Some(2024), ..plan("Torens", None, Some(99)) },
            ],
            ..Plans::default()
        }
    }

    #[test]
    fn the_plans_of_a_year_are_those_that_have_started() {
        let said = text(&list(&plans(), 2030, Lang::Nl));
        let (now, later) = said.split_once(Key::TijdlijnLater.text(Lang::Nl)).unwrap_or_default();
        assert!(now.contains("Meer") && now.contains("start in 2028, 1.200 woningen"), "{said}");
        assert!(later.contains("Duin") && later.contains("Later") && later.contains("nog geen jaar"), "{said}");
        assert!(now.contains("Torens") && now.contains("klaar in 2024, 99 woningen"), "{said}");
        let future =
            Plans { plannen: plans().plannen.into_iter().filter(|plan| plan.eind.is_none()).collect(), ..plans() };
        assert!(text(&list(&future, 2027, Lang::Nl)).starts_with("Tot en met 2027 start er nog geen plan."));
    }

    #[test]
    fn a_data_set_without_plans_says_so() {
        assert!(text(&page(&Plans::default(), 2030, Lang::En)).contains("There are no plans in this data."));
    }
}
