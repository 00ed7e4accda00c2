//! The pages about neighbourhoods, plans and words as text.

use std::collections::BTreeMap;

use gasvrij3d::figures::{Known, Neighbourhood, Neighbourhoods, Network, Plan, Plans};
use gasvrij3d::home::{NetKind, NetStatus};
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::tile::{PlanStage, Technique, Woning};
use maud::html;

use super::tests::{manifest, terraced};
use super::{about, area, dashboard, glossary, homes, plans, terms};

fn centre() -> Neighbourhood {
    let counts = |rows: &[(&str, Option<u32>)]| rows.iter().map(|(k, n)| ((*k).to_owned(), *n)).collect();
    Neighbourhood {
        code: "BU89990001".into(),
        naam: "Oude Stad".into(),
        hectare: 2.9,
        woningen: Some(1_160),
        per_hectare: Some(54.3),
        typ: counts(&[("TUSSEN", Some(900)), ("VRIJ", None), ("2KAP", None)]),
        periode: counts(&[("-1929", Some(560)), ("1930-1945", Some(300)), ("2006-", Some(300))]),
        label: counts(&[("A", Some(600)), ("onbekend", Some(560))]),
        kleur: counts(&[("luchtwarmtepomp", Some(1_000)), ("onbekend", Some(160))]),
        vraag: counts(&[("-20", Some(300)), ("100-", Some(60)), ("20-30", Some(800))]),
        plan: counts(&[("Ramplaan <2>", Some(1_000)), ("geen", Some(160))]),
        gj_jaar: Some(5543.0),
        ..Neighbourhood::default()
    }
}

fn plan() -> Plan {
    Plan {
        naam: "Ramplaan".into(),
        techniek: Some(Technique::HeatNetwork),
        fase: Some(PlanStage::Decided),
        net_soort: Some(NetKind::Zlt),
        net_status: Some(NetStatus::Gepland),
        start: Some(2028),
        aangewezen_jaar: Some(2035),
        besluit: "Warmteprogramma 2026".into(),
        besluit_url: "https://example.org/besluit".into(),
        besluit_datum: "2026-06-25".into(),
        onzeker: "De bron is nog niet gekozen.".into(),
        bron: "plan".into(),
        woningen: None,
        buurten: vec!["BU89990001".into()],
        ..Plan::default()
    }
}

fn one(figures: &Neighbourhood, plans: &Plans, known: Option<&Known>, lang: Lang) -> String {
    let area = area::Area { figures, name: "BU89990001", year: 2026, plans: Some(plans), known };
    area::one(&area, &manifest(), lang).into_string()
}

#[test]
fn the_table_and_the_picture_tell_what_the_page_tells_and_no_more() {
    let figures = centre();
    let area = area::Area { figures: &figures, name: "BU89990001", year: 2026, plans: None, known: None };
    let table = dashboard::table(&area, &manifest(), Lang::Nl);
    for row in [
        "\"Woningen per plan\";\"Ramplaan <2>\";1000",
        "\"Warmtevraag\";\"20 tot 30 GJ\";800",
        "\"Soorten woningen\";\"Tussenwoning\";900",
        "\"Soorten woningen\";\"vrijstaande woning\";\"niet getoond\"",
    ] {
        assert!(table.lines().any(|line| line == row), "{row}: {table}");
    }
    let heat: Vec<&str> = table.lines().filter(|line| line.contains("Warmtevraag")).collect();
    assert!(heat[0].contains("minder dan 20") && heat[2].contains("100 GJ of meer"), "{heat:?}");
    let (svg, [width, height]) = dashboard::picture(&area, &manifest(), "25 november 2026", Lang::Nl);
    for part in ["Oude Stad", "Ramplaan &lt;2&gt;", "1.000", "25 november 2026", Key::BuurtPlaatjeVoet.text(Lang::Nl)] {
        assert!(svg.contains(part), "{part}");
    }
    assert!(svg.contains(&format!("viewBox=\"0 0 {width} {height}\"")));
    // Nothing is written or drawn below the picture's end.
    let lowest = svg.split(" y=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<usize>().ok()).max();
    assert!(lowest.is_some_and(|y| y + 8 < height), "{lowest:?} {height}");
    let small = Neighbourhood { woningen: None, ..centre() };
    let area = area::Area { figures: &small, ..area };
    assert!(!dashboard::table(&area, &manifest(), Lang::En).contains(";900"));
    assert!(!one(&small, &Plans::default(), None, Lang::Nl).contains("buurt-png"));
}

#[test]
fn neighbourhoods_without_homes_stand_apart_and_keep_their_address() {
    let named = |naam: &str, woningen| Neighbourhood { naam: naam.into(), woningen, ..Neighbourhood::default() };
    let list = |buurten| area::all(&Neighbourhoods { buurten, ..Neighbourhoods::default() }, Lang::Nl).into_string();
    let html = list(vec![named("Letterenbos", Some(0)), named("Vogelhout", None), centre()]);
    let (first, folded) = html.split_once("<details").unwrap();
    assert!(first.find("Oude Stad").unwrap() < first.find("Vogelhout").unwrap() && !first.contains("Letterenbos"));
    assert!(folded.contains("Buurten zonder woningen: 1") && folded.contains("#/buurt/0\""), "{folded}");
    assert!(!list(vec![centre()]).contains("<details"));
}

#[test]
fn a_neighbourhood_tells_its_figures_and_which_it_does_not_tell() {
    let html = one(&centre(), &Plans::default(), None, Lang::Nl);
    assert!(html.contains("1.160") && html.contains("Tussenwoning") && html.contains("tot en met 1929"));
    assert!(html.contains("2006 en later") && html.contains("1930–1945"));
    let row =
        |name: &str| html.split(&format!(">{name}</th>")).nth(1).unwrap().split("</tr>").next().unwrap().to_owned();
    let why = "<p class=\"hint\">Niet getoond, om kleine aantallen te beschermen: ";
    assert!(!html.contains(">Vrijstaande woning</th>"));
    assert!(html.split(why).nth(1).unwrap().split('.').next().unwrap().contains("vrijstaande woning"));
    assert!(row("Tussenwoning").contains("900") && row("Tussenwoning").contains("width=\"775\""));
    assert!(html.contains(Key::BuurtVerborgenUitleg.text(Lang::Nl)));
    // What is not known comes last, whatever its place in the alphabet.
    assert!(html.find("Label A").unwrap() < html.find("Geen geldig label bekend").unwrap());
    assert!(
        html.contains(Key::BuurtKwaliteitGeen.text(Lang::Nl)) && html.contains(Key::BuurtPlannenGeen.text(Lang::Nl))
    );
}

#[test]
fn a_neighbourhood_of_a_few_homes_tells_none_of_its_figures() {
    let few = Neighbourhood { woningen: None, per_hectare: None, gj_jaar: None, ..centre() };
    let html = one(&few, &Plans::default(), None, Lang::Nl);
    // It can also be another, of which the number would follow from this one.
    assert!(html.contains("niet getoond") && html.contains(Key::BuurtKlein.text(Lang::Nl)));
    assert!(!html.contains("<svg class=\"bar-line\""));
}

#[test]
fn average_use_is_told_with_its_source_and_only_of_ten_connections_or_more() {
    let verbruik = |gas: f64, stroom: f64| Neighbourhood {
        verbruik: [
            ("gas_m3", 1_340.0),
            ("gas_aansluitingen", gas),
            ("elektriciteit_kwh", 2_710.0),
            ("elektriciteit_aansluitingen", stroom),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into(),
        verbruik_bron: "elders;bag".into(),
        ..centre()
    };
    let told = |gas, stroom| one(&verbruik(gas, stroom), &Plans::default(), None, Lang::Nl);
    let html = told(1_120.0, 1_204.0);
    assert!(html.contains("1.340 m³ per jaar (1.120 aansluitingen)") && html.contains("2.710 kWh per jaar"));
    let source = manifest().sources.iter().find(|s| s.id == "bag").unwrap().name.clone();
    assert!(
        html.split(Key::BuurtVerbruik.text(Lang::Nl))
            .nth(1)
            .unwrap()
            .split("</section>")
            .next()
            .unwrap()
            .contains(&source)
    );
    assert!(told(9.0, 1_204.0).contains("kWh per jaar") && !told(9.0, 1_204.0).contains("m³ per jaar"));
    assert!(!told(9.0, 0.0).contains(Key::BuurtVerbruik.text(Lang::Nl)));
}

#[test]
fn the_quality_of_a_neighbourhood_is_of_one_hundred_homes() {
    let known = Known { bekend_pct: BTreeMap::from([("lab".to_owned(), 64)]), ..Known::default() };
    let html = one(&centre(), &Plans::default(), Some(&known), Lang::En);
    let row = html.split(">Energy label</th>").nth(1).unwrap().split("</tr>").next().unwrap();
    assert!(row.contains(">64<"), "{row}");
}

#[test]
fn a_plan_says_what_where_when_how_far_by_which_decision_and_what_is_unsure() {
    let all = Plans { plannen: vec![plan()], ..Plans::default() };
    let areas = Neighbourhoods { jaar: 2026, buurten: vec![centre()] };
    let html = plans::all(&all, None, &areas, &manifest(), Lang::Nl).into_string();
    for said in [
        "Een warmtenet: lauw water (bronnet)",
        "Start in 2028. Het gas stopt in 2035.",
        ">Oude Stad</a>",
        "Vastgesteld door de gemeenteraad",
        "href=\"https://example.org/besluit\"",
        "25 juni 2026",
        "De bron is nog niet gekozen.",
        "Warmteprogramma",
        "minder dan 10",
    ] {
        assert!(html.contains(said), "{said}: {html}");
    }
    assert!(one(&centre(), &all, None, Lang::Nl).contains("Ramplaan"), "it stands with its neighbourhood too");
}

#[test]
fn a_year_shows_its_plans_only_and_an_empty_one_says_so() {
    let all = Plans { plannen: vec![plan(), Plan { naam: "Later".into(), ..Plan::default() }], ..Plans::default() };
    let areas = Neighbourhoods::default();
    let of = |year| plans::all(&all, year, &areas, &manifest(), Lang::Nl).into_string();
    assert!(of(None).contains("Later") && of(None).contains("Nog zonder jaar"));
    assert!(of(Some(2030)).contains("Ramplaan") && !of(Some(2030)).contains("Later"));
    assert!(of(Some(2050)).contains("Voor 2050 kennen wij geen plan."));
    assert!(of(Some(2028)).contains("<a href=\"#/plannen/2028\" aria-current=\"page\">2028</a>"));
    let nothing = plans::all(&Plans::default(), Some(2030), &areas, &manifest(), Lang::Nl).into_string();
    assert!(nothing.contains(Key::PlannenGeen.text(Lang::Nl)));
}

#[test]
fn an_address_of_a_decision_that_is_no_web_page_is_no_link() {
    let odd = Plan { besluit_url: "javascript:alert(1)".into(), ..plan() };
    let html = plans::plan(&odd, None, &manifest(), Lang::Nl).into_string();
    assert!(!html.contains("href=\"javascript") && html.contains("Warmteprogramma 2026"));
}

#[test]
fn a_network_tells_its_water_and_the_length_of_its_mains() {
    let net = Network {
        naam: "Net Oost".into(),
        net_soort: Some(NetKind::Mt),
        net_status: Some(NetStatus::Beschikbaar),
        lengte_m: 3_240.0,
        ..Network::default()
    };
    let all = Plans { netten: vec![net], ..Plans::default() };
    let html = plans::all(&all, None, &Neighbourhoods::default(), &manifest(), Lang::Nl).into_string();
    assert!(html.contains("3.240 m") && html.contains("70 graden") && html.contains("Beschikbaar"));
}

#[test]
fn the_list_of_homes_is_by_street_and_number_with_what_the_map_shows() {
    let mut second = terraced();
    second.address.number = 3;
    second.address.letter = String::new();
    let mut shop = terraced();
    shop.address.street = "Markt".into();
    shop.home.woonfunctie = Some(false);
    let all: Vec<Woning> = vec![terraced(), second, shop];
    let html = homes::homes("BU89990001", "Oude Stad", &all.iter().collect::<Vec<_>>(), Lang::Nl).into_string();
    assert!(html.find("Markt, adressen: 1").unwrap() < html.find("Riouwstraat, adressen: 2").unwrap());
    assert!(html.find(">Riouwstraat 3<").unwrap() < html.find(">Riouwstraat 12A<").unwrap());
    assert!(html.contains("Geen woning") && html.contains("href=\"#/huis/0392010000000001\""));
    let none = homes::homes("0", "Oude Stad", &[], Lang::Nl).into_string();
    assert!(none.contains(Key::BuurtHuizenNiet.text(Lang::Nl)));
}

#[test]
fn the_first_use_of_a_difficult_word_leads_to_what_it_means() {
    let text = |markup| terms::linked(markup, Lang::Nl).into_string();
    let page = text(html! {
        h1 { "Een warmtenet" }
        p { "Er komen warmtenetten. Een warmtenet is er al." }
        p { a href="#/" { "warmtepomp" } " en een warmtepompboiler of een warmtepomp." }
    });
    assert!(page.contains("<h1>Een warmtenet</h1>"));
    assert!(page.contains("komen <a class=\"term\" href=\"#/begrippen/warmtenet\">warmtenetten</a>. Een warmtenet is"));
    assert!(page.contains("warmtepompboiler of een <a class=\"term\" href=\"#/begrippen/warmtepomp\">warmtepomp</a>."));
    assert_eq!(page.matches("class=\"term\"").count(), 2);
    let longest = text(html! { p { "Hybride warmtepomp" } });
    assert!(longest.contains("begrippen/hybride\">Hybride warmtepomp</a>"), "{longest}");
    assert_eq!(
        text(html! { p { "een bag en een vve" } }),
        "<p>een bag en een vve</p>",
        "an abbreviation is only itself"
    );
    assert_eq!(text(html! { p { "ën warmtenëtten <" } }), "<p>ën warmtenëtten &lt;</p>");
}

#[test]
fn the_glossary_explains_every_word_it_links_to() {
    for lang in [Lang::Nl, Lang::En] {
        let list = glossary::glossary(lang).into_string();
        let linked = terms::linked(about::about(Some(&manifest()), lang), lang).into_string();
        for part in linked.split("href=\"#/begrippen/").skip(1) {
            let code = part.split('"').next().unwrap();
            assert!(list.contains(&format!("id=\"begrip-{code}\"")), "{code}");
        }
        assert_eq!(terms::linked(glossary::glossary(lang), lang).into_string(), list, "it does not link to itself");
    }
}
