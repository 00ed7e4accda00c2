//! The pages of a home as text: what a resident reads on the card, under it, and on paper.
#![allow(clippy::panic, clippy::unwrap_used)]

use gasvrij3d::corrections::Corrections;
use gasvrij3d::home::{FactKey, Label, NetKind, NetStatus, Typology, VboId};
use gasvrij3d::link::{HomePage, Link};
use gasvrij3d::manifest::Manifest;
use gasvrij3d::rules::rules;
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::theme::Category;
use gasvrij3d::tile::{Decision, PlanArea, PlanStage, Technique, Tile, Woning};
use gasvrij3d::verdict::{HeatOption, Verdict};

use super::share::Arrived;
use super::tests::{manifest, terraced, tile_with};
use super::*;
use crate::case::{Case, asks};
use crate::words;

const BASE: &str = "https://voorbeeld.nl/";

/// A street of twelve houses like the first, in an area with a plan.
fn street() -> Tile {
    let houses = (0..12).map(|place| {
        let mut house = terraced();
        house.id = VboId(house.id.0 + place);
        house.address.number += 2 * place as u32;
        house
    });
    let mut tile = tile_with(houses.collect());
    tile.plangebied = vec![PlanArea {
        name: "Indische buurt".into(),
        kind: Some(NetKind::Mt),
        status: NetStatus::Gepland,
        start: Some(2030),
        gas_ends: Some(2035),
        technique: Some(Technique::HeatNetwork),
        stage: Some(PlanStage::Decided),
        end: Some(2033),
        decision: Decision {
            title: "Warmteprogramma 2026".into(),
            url: "https://voorbeeld.nl/besluit".into(),
            date: "2026-06-30".into(),
        },
        uncertain: "Het warmtebedrijf is nog niet gekozen.".into(),
        uncertain_en: "The heat company has not been chosen yet.".into(),
        source: "plan".into(),
        polygon: vec![vec![[0, 0], [100, 0], [100, 100], [0, 100]]],
    }];
    tile
}

fn given(pairs: &[(FactKey, &str)]) -> Corrections {
    let mut corrections = Corrections::default();
    for (key, text) in pairs {
        corrections.set(*key, text).unwrap();
    }
    corrections
}

/// A page of the first house, with what its resident filled in.
fn of(corrections: &Corrections, page: impl Fn(&Case) -> maud::Markup) -> String {
    let (tile, manifest) = (street(), manifest());
    page(&Case::of(&tile.woningen[0], &tile, &manifest, corrections)).into_string()
}

fn lines(html: &str) -> String {
    html.replace("><", ">\n<")
}

#[test]
fn the_card_has_all_that_was_asked_of_it() {
    let html = of(&Corrections::default(), |case| card::home(case, None, BASE, Lang::Nl));
    insta::assert_snapshot!(lines(&html));
    let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("`{text}` is not on the card"));
    // The answer first; then what to do, what is planned, waiting, and the rest.
    let order = [
        "Past het best bij dit huis",
        "Wat u eerst kunt doen",
        "Wat hier gepland is",
        "Of nu nog niet",
        "Alle opties",
        "Wat zou dit veranderen?",
        "Huizen zoals dat van u",
        "Hoe zeker is dit?",
        "Wat wij van dit huis weten",
        "Praat met een mens",
        "Deel deze pagina",
    ];
    assert!(order.windows(2).all(|pair| at(pair[0]) < at(pair[1])), "{order:?}");
    assert!(html.contains("11 andere huizen in dit deel van uw straat"));
    assert!(html.contains("van 1930 tot en met 1945"));
    assert!(html.contains("Kijk opnieuw in 2030"));
    for part in
        ["Indische buurt", "2030 tot 2033", "Vastgesteld", "Warmteprogramma 2026", "30 juni 2026", "nog niet gekozen"]
    {
        at(part);
    }
}

#[test]
fn a_number_leads_to_its_figures_and_the_figures_to_their_sources() {
    let card = of(&Corrections::default(), |case| card::home(case, None, BASE, Lang::Nl));
    let link = "#/huis/0392010000000001/waarom~o=kosten-NMT";
    assert!(card.contains(link));
    let Link { open, .. } = Link::parse(link);
    let why = of(&Corrections::default(), |case| why::why(case, &open, Lang::Nl));
    assert!(why.contains(&format!("id=\"bij-{open}\"")));
    assert!(why.contains("Eenmalige aansluitbijdrage") && why.contains("ACM"), "the fee and who sets it");
}

#[test]
fn the_page_why_has_every_option_every_rule_and_every_fact_with_its_source() {
    for lang in [Lang::Nl, Lang::En] {
        let html = of(&Corrections::default(), |case| why::why(case, "", lang));
        let advice = rules().evaluate(&terraced().home, rules().year());
        for said in advice.options() {
            assert!(html.contains(&format!("id=\"bij-{}\"", said.option.code())));
            for rule in said.rules() {
                assert!(html.contains(rule.text(lang)) && html.contains(rule.id), "{}", rule.id);
            }
        }
        assert!(html.contains("EP-Online, 2026") && html.contains("data-fact=\"net_status\""));
        assert_eq!(html.matches(" open").count(), 1, "what stands out is open");
    }
}

/// The map colours such a home as a hybrid; nothing may say that a heat pump comes first.
#[test]
fn a_step_on_the_way_is_the_first_advice_on_every_page() {
    let (mut tile, manifest) = (street(), manifest());
    tile.plangebied.clear();
    for house in &mut tile.woningen {
        let own = &mut house.home;
        (own.bj, own.lab, own.q, own.net_status) = (Some(1905), Some(Label::F), None, Some(NetStatus::Geen));
    }
    let corrections = Corrections::default();
    let case = Case::of(&tile.woningen[0], &tile, &manifest, &corrections);
    let hybrid = words::option(HeatOption::Hyb, Lang::Nl);
    assert!(answer::Answer::of(&case).words(Lang::Nl).starts_with(hybrid));
    assert!(case.peers().unwrap().mostly_the_same);
    assert_eq!(case.flips().best, case.best);
    let list = homes::homes("0", "Oude Stad", &tile.woningen.iter().collect::<Vec<_>>(), Lang::Nl).into_string();
    assert_eq!(list.matches(words::category(Category::Hybride, Lang::Nl)).count(), tile.woningen.len());
    let why = why::why(&case, "", Lang::Nl).into_string();
    let (opened, _) = why.split_once(" open ").unwrap();
    assert!(opened.ends_with("id=\"bij-HYB\""), "{}", &opened[opened.len() - 80..]);
    assert!(case.link(false).contains("~b=HYB-"));
}

#[test]
fn what_nobody_put_into_english_is_told_in_dutch() {
    let mut tile = street();
    tile.plangebied[0].uncertain_en.clear();
    let (manifest, corrections) = (manifest(), Corrections::default());
    let case = Case::of(&tile.woningen[0], &tile, &manifest, &corrections);
    let told = "<span lang=\"nl\">Het warmtebedrijf is nog niet gekozen.</span>";
    assert!(card::home(&case, None, BASE, Lang::En).into_string().contains(told));
}

#[test]
fn a_better_label_is_marked_everywhere_and_changes_the_advice() {
    let corrections = given(&[(FactKey::Lab, "A")]);
    let mark = Key::Ingevuld.text(Lang::Nl);
    let pages: [fn(&Case) -> maud::Markup; 4] = [
        |case| card::home(case, None, BASE, Lang::Nl),
        |case| why::why(case, "", Lang::Nl),
        |case| correct::correct(case, Lang::Nl),
        |case| print::sheet(case, &paper(), Lang::Nl),
    ];
    for page in pages {
        let html = of(&corrections, page);
        assert!(html.contains(mark) && html.contains("In het register: E"), "{html}");
    }
    let compare = of(&corrections, |case| compare::compare(case, "", Lang::Nl));
    assert!(compare.contains("1 ding dat u zelf invulde"));
}

fn paper() -> print::Paper<'static> {
    print::Paper { picture: None, link: "https://voorbeeld.nl/#/huis/0392010000000001", today: "2026-11-24" }
}

#[test]
fn the_form_shows_what_is_known_and_what_was_filled_in() {
    let html = of(&given(&[(FactKey::Bj, "1936"), (FactKey::Own, "-")]), |case| correct::correct(case, Lang::Nl));
    insta::assert_snapshot!(lines(&html));
    assert!(html.contains("Uw antwoorden veranderen het advies niet") || html.contains("Zonder uw antwoorden"));
    assert!(html.contains("Wij weten: E"));
}

#[test]
fn an_answer_that_cannot_be_is_told_at_its_field() {
    let unfolded = of(&given(&[(FactKey::Block, "ja")]), |case| correct::correct(case, Lang::Nl));
    assert!(unfolded.contains("<details class=\"more\" open>"), "what was filled in is in sight");
    let told = |key, text| {
        let refusal = Corrections::default().set(key, text).unwrap_err();
        correct::refusal(refusal, key, Lang::Nl)
    };
    assert_eq!(told(FactKey::Bj, "3000"), "Dit kan niet. Vul een getal in van 1200 tot en met 2026.");
    assert_eq!(told(FactKey::AreaM2, "-5"), "Dit kan niet. Vul een getal in van 8 tot en met 5.000.");
    assert_eq!(told(FactKey::AreaM2, "veel"), "Vul hier een getal in, bijvoorbeeld 85.");
}

#[test]
fn the_letter_goes_to_the_address_of_the_municipality_or_nowhere() {
    let corrections = given(&[(FactKey::Lab, "C")]);
    let none = of(&corrections, |case| correct::correct(case, Lang::Nl));
    assert!(!none.contains("mailto:") && none.contains("Kopieer de tekst"));
    let (tile, mut manifest): (Tile, Manifest) = (street(), manifest());
    manifest.municipality.contact.email = "loket@voorbeeld.example".into();
    let case = Case::of(&tile.woningen[0], &tile, &manifest, &corrections);
    let html = correct::correct(&case, Lang::Nl).into_string();
    assert!(html.contains("mailto:loket@voorbeeld.example?subject=Verbetering%20van%20gegevens"), "{html}");
    assert!(html.contains("Energielabel%3A%20C%20%28nu%3A%20E%29"), "{html}");
}

#[test]
fn options_stand_side_by_side() {
    let html = of(&Corrections::default(), |case| compare::compare(case, "NMT,AEL", Lang::Nl));
    insta::assert_snapshot!(lines(&html));
    assert_eq!(html.matches("scope=\"col\"").count(), 2);
    let wrong = of(&Corrections::default(), |case| compare::compare(case, "NMT", Lang::Nl));
    assert_eq!(wrong.matches("scope=\"col\"").count(), 3, "one option is no comparison");
}

#[test]
fn every_way_to_heat_that_can_be_chosen_tells_what_it_asks() {
    for &option in HeatOption::ALL {
        let is_way =
            option.ends_gas() || matches!(option, HeatOption::Hyb | HeatOption::Air | HeatOption::Ir | HeatOption::Bio);
        for aspect in ["ruimte", "geluid", "werk", "tijd"] {
            assert_eq!(asks(aspect, option).is_some(), is_way, "{aspect} of {}", option.code());
        }
    }
}

#[test]
fn two_pages_go_on_paper() {
    let html = of(&given(&[(FactKey::Lab, "C")]), |case| print::sheet(case, &paper(), Lang::Nl));
    insta::assert_snapshot!(lines(&html));
    assert_eq!(html.matches("class=\"sheet-page\"").count(), 2);
    assert!(html.contains(Key::PrintGeenKaart.text(Lang::Nl)) && html.contains("24 november 2026"));
    assert!(html.contains("<svg class=\"qr\""));
}

#[test]
fn a_link_of_another_version_says_what_was_different() {
    let arrived = |version: &str, said| Arrived { version: version.into(), said, filled_in: None };
    let note = |arrived: &Arrived| of(&Corrections::default(), |case| share::note(case, arrived, Lang::Nl));
    let now = of(&Corrections::default(), |case| maud::html! { (case.version()) });
    assert!(note(&arrived(&now, Some((HeatOption::Ael, Verdict::Geschikt)))).is_empty(), "the same version");
    let other = note(&arrived("00000000-2025.1", Some((HeatOption::Ael, Verdict::NaStap))));
    assert!(other.contains("versie 00000000-2025.1"), "{other}");
    assert!(
        other.contains("Toen paste het best: luchtwarmtepomp (geschikt na een stap). Nu: warmtenet van 70 graden"),
        "{other}"
    );
    let hostile = note(&arrived("<script>alert(1)</script>", None));
    assert!(!hostile.contains("<script>"), "{hostile}");
}

#[test]
fn what_a_sender_filled_in_is_shown_before_it_counts() {
    let arrived = Arrived { version: String::new(), said: None, filled_in: Some(Some(given(&[(FactKey::Lab, "B")]))) };
    let html = of(&Corrections::default(), |case| card::home(case, Some(&arrived), BASE, Lang::Nl));
    assert!(html.contains("Energielabel: <strong>B</strong>") && html.contains("data-do=\"take-over\""));
    assert!(!html.contains(Key::Ingevuld.text(Lang::Nl)), "it does not count yet");
    let unreadable = Arrived { filled_in: Some(None), ..arrived };
    let html = of(&Corrections::default(), |case| share::note(case, &unreadable, Lang::Nl));
    assert!(html.contains(Key::LinkVerbeterdFout.text(Lang::Nl)) && !html.contains("take-over"));
}

#[test]
fn a_shared_link_holds_the_answers_only_if_that_is_wanted() {
    let html = of(&given(&[(FactKey::Lab, "C")]), |case| share::block(case, BASE, Lang::Nl));
    let plain = html.split("readonly value=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(plain.starts_with("https://voorbeeld.nl/#/huis/0392010000000001~v=7cf49ec1-"), "{plain}");
    assert!(!plain.contains("~c="));
    assert!(html.contains("~c=lab=C"));
}

#[test]
fn without_a_fact_the_amount_is_not_guessed() {
    let unknown = Woning { home: gasvrij3d::home::Home { area_m2: None, ..terraced().home }, ..terraced() };
    let (tile, manifest, nothing) = (tile_with(vec![unknown]), manifest(), Corrections::default());
    let case = Case::of(&tile.woningen[0], &tile, &manifest, &nothing);
    let html = money::block(&case, HeatOption::Nmt, Lang::Nl).into_string();
    assert!(html.contains("Dit weten wij niet van uw woning: Oppervlakte."), "{html}");
}

#[test]
fn no_page_of_a_home_holds_an_inline_style_or_loses_a_text() {
    let corrections = given(&[(FactKey::Typ, Typology::FlatLaag.code()), (FactKey::Lab, Label::G.code())]);
    for lang in [Lang::Nl, Lang::En] {
        for page in HomePage::ALL {
            let html = of(&corrections, |case| match page {
                HomePage::Card => card::home(case, None, BASE, lang),
                HomePage::Why => why::why(case, "flip", lang),
                HomePage::Correct => correct::correct(case, lang),
                HomePage::Compare => compare::compare(case, "", lang),
            });
            assert!(!html.contains(" style=") && !html.contains("<style") && !html.contains(" onclick="));
            // The conditions of rules have braces of their own.
            let is_whole = *page == HomePage::Why || !html.contains('{');
            assert!(is_whole, "a text with a gap: {}", html.split('{').nth(1).unwrap().get(..40).unwrap());
        }
    }
}
