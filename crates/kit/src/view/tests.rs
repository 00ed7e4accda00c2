//! The views as text: a home a resident could recognise, and what may never be missing.
#![allow(clippy::panic, clippy::unwrap_used)]

use gasvrij3d::geo::{ORIGIN_X, ORIGIN_Y, TileId};
use gasvrij3d::home::{
    Address, FactKey, Home, Label, Method, NetKind, NetStatus, Origins, Ownership, PandId, Provenance, Typology, VboId,
};
use gasvrij3d::manifest::{Counts, FORM, FileEntry, Manifest, Municipality, Notice, SearchFiles, Source};
use gasvrij3d::rules::rules;
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::theme::Theme;
use gasvrij3d::tile::{HeightKind, Pand, Woning};
use gasvrij3d::verdict::HeatOption;

use gasvrij3d::corrections::Corrections;
use gasvrij3d::tile::Tile;
use maud::PreEscaped;

use super::search::Choice;
use super::status::Stage;
use super::*;
use crate::case::Case;

const TILE: TileId = TileId { col: 452, row: 482 };

/// The card of a home that stands alone in its tile.
fn card_of(woning: &Woning, lang: Lang) -> String {
    let tile = tile_with(vec![woning.clone()]);
    let (manifest, nothing) = (manifest(), Corrections::default());
    let case = Case::of(&tile.woningen[0], &tile, &manifest, &nothing);
    card::home(&case, None, "https://voorbeeld.nl/", lang).into_string()
}

pub(super) fn tile_with(woningen: Vec<Woning>) -> Tile {
    Tile { id: Some(TILE), woningen, ..Tile::default() }
}

fn file(name: &str) -> FileEntry {
    FileEntry { file: name.into(), bytes: 1, sha256: "00".into() }
}

fn source(id: &str, name: &str) -> Source {
    Source {
        id: id.into(),
        name: name.into(),
        attribution: name.into(),
        licence: "CC-BY-4.0".into(),
        date: "2026".into(),
        file: "bron.csv".into(),
        sha256: String::new(),
    }
}

pub(super) fn manifest() -> Manifest {
    Manifest {
        form: FORM,
        data_version: "7cf49ec1d2e3f4a5".into(),
        municipality: Municipality {
            name: "Modelstad".into(),
            code: String::new(),
            model_town: true,
            contact: gasvrij3d::manifest::Contact::default(),
            notice: Notice { nl: "Modelstad, geen echte adressen".into(), en: "Model town, no real addresses".into() },
        },
        crs: "EPSG:28992".into(),
        matrix: "NetherlandsRDNewQuad".into(),
        zoom: 11,
        extent: 4096,
        bounds: [ORIGIN_X, ORIGIN_Y - 1.0, ORIGIN_X + 1.0, ORIGIN_Y],
        centre: [ORIGIN_X, ORIGIN_Y],
        tiles: Vec::new(),
        search: SearchFiles { streets: file("zoek/straten.json"), shards: Vec::new(), ids: Vec::new() },
        sources: vec![source("bag", "BAG"), source("labels", "EP-Online"), source("plan", "Warmteprogramma")],
        counts: Counts { panden: 53_138, woningen: 75_930, adressen: 77_753, with_year: 74_816, with_height: 53_138 },
        report: file("rapport.json"),
        bundles: Vec::new(),
        gaps: Vec::new(),
        quality: None,
        figures: None,
        downloads: Vec::new(),
    }
}

pub(super) fn terraced() -> Woning {
    let origin = |key, source: &str, method| (key, Provenance { source: source.into(), method });
    Woning {
        id: VboId(392_010_000_000_001),
        pand: Some(PandId(392_100_000_000_001)),
        at: [10, 10],
        address: Address {
            street: "Riouwstraat".into(),
            number: 12,
            letter: "A".into(),
            addition: String::new(),
            postcode: "2022ZK".into(),
            place: "Modelstad".into(),
        },
        buurt: "BU89990001".into(),
        home: Home {
            bj: Some(1935),
            typ: Some(Typology::Tussen),
            own: Some(Ownership::Koop),
            lab: Some(Label::E),
            nvbo: Some(1),
            net_soort: Some(NetKind::Mt),
            net_status: Some(NetStatus::Gepland),
            net_start: Some(2030),
            d_rear: Some(7.5),
            area_m2: Some(96.0),
            woonfunctie: Some(true),
            ..Home::default()
        },
        origins: Origins(
            [
                origin(FactKey::Bj, "bag", Method::Registered),
                origin(FactKey::Typ, "bag", Method::Estimated),
                origin(FactKey::Lab, "labels", Method::Registered),
                origin(FactKey::NetStatus, "plan", Method::Derived),
                origin(FactKey::AreaM2, "elders", Method::Registered),
            ]
            .into_iter()
            .collect(),
        ),
    }
}

fn pand(homes: u32) -> Pand {
    Pand {
        id: PandId(392_100_000_000_001),
        footprint: Vec::new(),
        height_dm: 96,
        height: HeightKind::Assumed,
        year: Some(1972),
        homes,
        roof: None,
    }
}

#[test]
fn the_card_of_a_terraced_house() {
    insta::assert_snapshot!(card_of(&terraced(), Lang::Nl).replace("><", ">\n<"));
}

#[test]
fn every_option_stands_on_the_card_with_its_verdict_reason_and_source() {
    for lang in [Lang::Nl, Lang::En] {
        let html = card_of(&terraced(), lang);
        let advice = rules().evaluate(&terraced().home, rules().year());
        for said in advice.options().filter(|said| said.option != HeatOption::Wacht) {
            assert!(html.contains(&format!("data-option=\"{}\"", said.option.code())), "{}", said.option.code());
            for rule in said.rules() {
                assert!(html.contains(rule.text(lang)), "{}", rule.id);
            }
        }
        assert!(html.contains(Key::HuisAdvies.text(lang)));
    }
}

#[test]
fn an_estimate_says_so_and_a_source_has_its_number() {
    let html = card_of(&terraced(), Lang::Nl);
    let fact = |key: &str| html.split(&format!("data-fact=\"{key}\"")).nth(1).unwrap().split("</div>").next().unwrap();
    assert!(fact("typ").contains("schatting, aanname"));
    assert!(fact("bj").contains("uit het register, BAG, 2026"), "{}", fact("bj"));
    assert!(fact("lab").contains("EP-Online, 2026"));
    assert!(fact("area_m2").contains("elders"), "a source that the manifest lacks is still named");
}

#[test]
fn what_is_not_known_is_said() {
    let unknown = Woning { home: Home::default(), origins: Origins::default(), ..terraced() };
    let html = card_of(&unknown, Lang::Nl);
    assert!(html.contains(Key::HuisGaten.text(Lang::Nl)) && html.contains("<li>Bouwjaar</li>"));
    assert!(html.contains(Key::HuisPlanGeen.text(Lang::Nl)));
    assert!(html.contains(Key::HuisZekerLaag.text(Lang::Nl)));
}

#[test]
fn an_address_that_is_no_home_gets_no_advice() {
    let shop = Woning { home: Home { woonfunctie: Some(false), ..Home::default() }, ..terraced() };
    let html = card_of(&shop, Lang::Nl);
    assert!(html.contains(Key::HuisGeenWoning.text(Lang::Nl)) && !html.contains("data-option"));
}

#[test]
fn an_address_with_markup_in_it_stays_text() {
    let mut odd = terraced();
    odd.address.street = "<script>alert(1)</script>".into();
    let html = card_of(&odd, Lang::Nl);
    assert!(!html.contains("<script>") && html.contains("&lt;script&gt;"));
}

#[test]
fn a_home_in_a_flat_leads_to_its_neighbours_and_a_house_alone_does_not() {
    let mut flat = terraced();
    flat.home.nvbo = Some(24);
    let link = "#/pand/452-482/0392100000000001";
    assert!(card_of(&flat, Lang::Nl).contains(link));
    assert!(!card_of(&terraced(), Lang::Nl).contains(link));
}

#[test]
fn a_building_lists_its_addresses_in_order_and_counts_only_homes() {
    let mut second = terraced();
    second.id = VboId(392_010_000_000_002);
    second.address.number = 3;
    let mut shop = terraced();
    shop.id = VboId(392_010_000_000_003);
    shop.home.woonfunctie = Some(false);
    let tile = Some(TileId { col: 452, row: 482 });
    let html = building::building(&pand(2), tile, &[&terraced(), &second, &shop], Lang::Nl).into_string();
    assert!(html.contains("Gebouw met 2 woningen") && html.contains("#/vve/pand/452-482/"));
    let at = |id: &VboId| html.find(&format!("#/huis/{id}")).unwrap();
    assert!(at(&second.id) < at(&terraced().id));
    let empty = building::building(&pand(0), tile, &[], Lang::Nl).into_string();
    assert!(empty.contains("Gebouw zonder woning") && empty.contains("9,6 m") && empty.contains("aanname"));
}

#[test]
fn the_page_about_method_names_every_source_and_every_rule() {
    let manifest = manifest();
    let html = about::about(Some(&manifest), Lang::Nl).into_string();
    for source in &manifest.sources {
        assert!(html.contains(&source.name) && html.contains(&source.licence));
    }
    for rule in rules().rules() {
        assert!(html.contains(&format!(">{}<", rule.id)), "{}", rule.id);
    }
    assert!(about::about(None, Lang::En).into_string().contains("The rules"));
}

#[test]
fn the_legend_has_a_row_for_every_colour_of_the_theme() {
    for &theme in Theme::ALL {
        let html = legend::legend(theme, Lang::Nl).into_string();
        let rows = html.split("<details").next().unwrap().matches("<li>").count();
        assert_eq!(rows, theme.categories().len());
        assert!(!html.contains(">pipe-") && !html.contains(">plan-"), "a line without its word");
        assert_eq!(html.matches("<option").count(), Theme::ALL.len());
        assert_eq!(html.matches(" selected").count(), 1);
    }
}

#[test]
fn a_choice_in_the_list_can_be_pointed_at() {
    let street = Choice::Street { name: "Riouwstraat".into(), place: String::new(), count: 1_204 };
    let home = Choice::Address {
        id: VboId(1),
        tile: TILE,
        name: "Riouwstraat 12".into(),
        place: "2022 ZK Modelstad".into(),
        certain: true,
    };
    let html = search::choices(&[street.clone(), home.clone()], Some(1), Lang::Nl).into_string();
    assert!(
        html.contains(&format!("id=\"{}\" role=\"option\" aria-selected=\"true\"", search::option_id(1))),
        "{html}"
    );
    assert!(html.contains("straat, 1.204 adressen"));
    assert_eq!(search::announcement(&[], Lang::En), Key::ZoekNiets.text(Lang::En));
    assert_eq!(search::announcement(&[street], Lang::Nl), "1 straat gevonden. Kies die of typ verder.");
    assert_eq!(search::announcement(&[home], Lang::Nl), "1 adres gevonden.");
}

#[test]
fn a_missing_part_of_the_map_is_named_and_can_be_tried_again() {
    let stage = Stage::Running { shown: 8, total: 9 };
    let one = status::line(&stage, &[("Transvaalwijk", "why")], Lang::Nl).into_string();
    assert!(one.contains("ontbreekt: Transvaalwijk") && one.contains("data-do=\"retry-parts\""));
    let more = status::line(&stage, &[("A", ""), ("B", "")], Lang::Nl).into_string();
    assert!(more.contains("2 delen") && more.contains("A, B"));
    assert!(status::line(&Stage::Running { shown: 9, total: 9 }, &[], Lang::Nl).into_string().is_empty());
}

#[test]
fn without_3d_the_reason_is_a_sentence() {
    for reason in ["no-webgl2", "load", "panic", "context-lost", "Een zin die niemand kent."] {
        let html = status::placeholder(&Stage::Failed(reason.into()), Lang::Nl).into_string();
        assert!(html.contains(Key::Geen3dKop.text(Lang::Nl)));
        assert!(!html.contains(&format!("<p>{reason}</p>")) || reason.ends_with('.'), "{html}");
    }
}

/// What `index.html` says before the panel runs must be what the panel says after.
#[test]
fn the_page_and_the_texts_say_the_same() {
    let page = include_str!("../../../../index.html");
    let shown = [
        ("data-text", ">"),
        ("data-label", "aria-label=\""),
        ("data-title", "aria-label=\""),
        ("data-title", " title=\""),
    ];
    for (attribute, around) in shown {
        for part in page.split(&format!("{attribute}=\"")).skip(1) {
            let code = part.split('"').next().unwrap();
            let key = Key::ALL.iter().find(|key| key.code() == code);
            let key = key.unwrap_or_else(|| panic!("index.html names the text [{code}], which is not in data/text"));
            let said = part.split_once(around).unwrap().1;
            assert!(said.starts_with(key.text(Lang::Nl)), "index.html and data/text differ on [{code}]");
        }
    }
    let start = page::start(None, None, Lang::Nl).into_string();
    for step in [Key::StartStapEen, Key::StartStapTwee, Key::StartStapDrie, Key::StartPrivacy] {
        assert!(start.contains(step.text(Lang::Nl)) && page.contains(step.text(Lang::Nl)), "{}", step.code());
    }
}

/// A policy without inline styles: the views may hold none.
#[test]
fn no_view_holds_an_inline_style_or_handler() {
    let all = [
        PreEscaped(card_of(&terraced(), Lang::Nl)),
        about::about(Some(&manifest()), Lang::Nl),
        legend::legend(Theme::Best, Lang::Nl),
        page::failed(Key::FoutGegevens, "detail", Lang::Nl),
        page::notice(Key::FoutGegevens, "detail", Lang::Nl),
        page::waiting(Lang::Nl),
    ];
    for html in all.map(PreEscaped::into_string).into_iter().chain([include_str!("../../../../index.html").into()]) {
        assert!(!html.contains(" style=") && !html.contains(" onclick=") && !html.contains("<style"), "{html}");
    }
}
