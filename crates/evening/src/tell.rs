//! A story made of what the municipality plans: the town, each plan with its year, and the question about one's own home.

use gasvrij3d::figures::{Neighbourhoods, Plan, Plans};
use gasvrij3d::geo::{TILE_WIDTH, TileId};
use gasvrij3d::scenario::YEARS;
use gasvrij3d::text::{Key, Lang};

use crate::story::{Both, Camera, Colour, Layer, Step, Story};
use crate::view::timeline;

/// At most this many plans are told: an evening has an end.
const MOST_PLANS: usize = 12;
/// How slanting the camera looks, degrees.
const TILT: f64 = 45.0;
/// How far the camera stands from what it shows, for each metre that it is wide.
const DISTANCE: f64 = 1.3;

/// The story, in both languages: both must be loaded. `bounds`: of the town, RD metres.
pub fn of_plans(plans: &Plans, areas: &Neighbourhoods, town: &str, bounds: [f64; 4]) -> Story {
    let whole = camera(bounds);
    let both = |say: &dyn Fn(Lang) -> String| Both { nl: say(Lang::Nl), en: say(Lang::En) };
    let step = |titel, tekst| Step { titel, tekst, camera: Some(whole), ..Step::default() };
    let mut stappen = vec![step(
        both(&|lang| Key::VerhaalWelkom.fill(lang, &[("town", town)])),
        both(&|lang| Key::VerhaalWelkomTekst.fill(lang, &[("town", town)])),
    )];
    let mut told: Vec<&Plan> = plans.plannen.iter().collect();
    told.sort_by_key(|plan| plan.begun_by().unwrap_or(u16::MAX));
    for plan in told.into_iter().take(MOST_PLANS) {
        let named = |lang: Lang| {
            if plan.naam.is_empty() { Key::PlanZonderNaam.text(lang).to_owned() } else { plan.naam.clone() }
        };
        stappen.push(Step {
            camera: around(plan, areas).map(camera).or(Some(whole)),
            kleur: Colour::Plans,
            // What was done before the first year of the map is there in all of them.
            jaar: plan.begun_by().map(|year| year.max(*YEARS.start())).filter(|year| YEARS.contains(year)),
            lagen: vec![Layer::Warmtenetten, Layer::Plannen],
            ..step(both(&named), both(&|lang| about(plan, lang)))
        });
    }
    stappen.push(step(
        both(&|lang| Key::VerhaalSlot.text(lang).to_owned()),
        both(&|lang| Key::VerhaalSlotTekst.text(lang).to_owned()),
    ));
    Story { naam: town.to_owned(), stappen }
}

/// What comes, when, and what is not certain.
fn about(plan: &Plan, lang: Lang) -> String {
    let when = match (plan.start, plan.eind) {
        (Some(year), _) => Key::PlanJaarStart.fill(lang, &[("year", &year.to_string())]),
        (None, Some(year)) => Key::PlanJaarEind.fill(lang, &[("year", &year.to_string())]),
        (None, None) => Key::PlanJaarGeen.text(lang).to_owned(),
    };
    let (unsure, _) = lang.pick_given(&plan.onzeker, &plan.onzeker_en);
    let values = [("what", timeline::technique(plan.techniek, lang)), ("when", &when), ("unsure", unsure)];
    Key::VerhaalPlanTekst.fill(lang, &values).trim_end().to_owned()
}

/// The box around the neighbourhoods of a plan, RD metres.
fn around(plan: &Plan, areas: &Neighbourhoods) -> Option<[f64; 4]> {
    let mut all: Option<[f64; 4]> = None;
    let near = areas.buurten.iter().filter(|area| plan.buurten.contains(&area.code));
    for [col, row] in near.flat_map(|area| area.tegels.iter().copied()) {
        let [x, y] = TileId { col, row }.corner();
        let own = [x, y - TILE_WIDTH, x + TILE_WIDTH, y];
        all = Some(all.map_or(own, |[a, b, c, d]| [a.min(own[0]), b.min(own[1]), c.max(own[2]), d.max(own[3])]));
    }
    all
}

fn camera([min_x, min_y, max_x, max_y]: [f64; 4]) -> Camera {
    let wide = (max_x - min_x).max(max_y - min_y).max(TILE_WIDTH);
    let (x, y) = (f64::midpoint(min_x, max_x).round(), f64::midpoint(min_y, max_y).round());
    Camera { x, y, afstand: (wide * DISTANCE).round().min(100_000.0), draai: 0.0, kanteling: TILT }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use gasvrij3d::figures::Neighbourhood;
    use gasvrij3d::tile::Technique;

    #[test]
    fn every_plan_becomes_a_step_between_a_welcome_and_a_question() {
        let id = TileId::at([104_000.0, 488_000.0]);
        let area = Neighbourhood { code: "BU1".into(), tegels: vec![[id.col, id.row]], ..Neighbourhood::default() };
        let areas = Neighbourhoods { jaar: 2026, buurten: vec![area] };
        let plan = |naam: &str, start| Plan {
            naam: naam.into(),
            start,
            techniek: Some(Technique::HeatNetwork),
            onzeker: "De prijs is nog niet bekend.".into(),
            buurten: vec!["BU1".into()],
            ..Plan::default()
        };
        let torens = Plan { eind: Some(2024), ..plan("Torens", None) };
        let plans =
            Plans { plannen: vec![plan("Later", None), plan("Meerwijk", Some(2028)), torens], ..Plans::default() };
        let story = of_plans(&plans, &areas, "Modelstad", [100_000.0, 485_000.0, 108_000.0, 492_000.0]);
        let titles: Vec<&str> = story.stappen.iter().map(|step| step.titel.text(Lang::Nl)).collect();
        assert_eq!(titles, ["Zo wordt Modelstad aardgasvrij", "Torens", "Meerwijk", "Later", "En uw eigen huis?"]);
        let torens = &story.stappen[1];
        assert!(torens.tekst.nl.contains("Klaar in 2024.") && torens.jaar == Some(*YEARS.start()), "{torens:?}");
        let meerwijk = &story.stappen[2];
        assert!(meerwijk.tekst.nl.ends_with("Start in 2028. De prijs is nog niet bekend."), "{}", meerwijk.tekst.nl);
        assert_eq!((meerwijk.jaar, meerwijk.kleur), (Some(2028), Colour::Plans));
        assert!(meerwijk.camera.unwrap().afstand < story.stappen[0].camera.unwrap().afstand);
        assert_eq!(Story::read(&story.write()).unwrap(), story, "a file of it is a story");
    }
}
