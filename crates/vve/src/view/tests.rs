//! The pages of the table, as a reader finds them.

use gasvrij3d::text::{Key, Lang};
use gasvrij3d::verdict::HeatOption;
use gasvrij3d::vve::{Calc, Choice, Field, Refusal};

use super::{Notes, live, papers, whole};
use crate::csv::csv;
use crate::say;
use crate::sheet::Sheet;

fn linden() -> Calc {
    let mut calc = Calc::default();
    calc.set_name("VvE <De Linden>");
    calc.set(Field::Woningen, "12").unwrap();
    calc.set_shares(vec![30, 30, 30, 30, 40, 40, 40, 40, 55, 55, 55, 55]).unwrap();
    calc
}

fn sheet(calc: &Calc, lang: Lang) -> Sheet {
    Sheet::of(calc, "1a2b3c4d-2026.2", lang)
}

/// What a reader sees of HTML.
fn text(html: &str) -> String {
    let mut out = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => {
                in_tag = true;
                out.push(' ');
            }
            '>' => in_tag = false,
            c if !in_tag => out.push(c),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_first_thing_said_is_what_an_apartment_pays_and_what_to_decide() {
    let page = text(&whole(&sheet(&linden(), Lang::Nl), &Notes::default()).into_string());
    let at = |part: &str| page.find(part).unwrap_or_else(|| panic!("no `{part}` in {page}"));
    assert!(at("per maand per appartement") < at("Wat moet de vergadering besluiten?"));
    assert!(at("Wat moet de vergadering besluiten?") < at("Aantal appartementen"));
    assert!(page.contains("Kijk in uw splitsingsakte"));
}

#[test]
fn a_name_is_text_and_never_a_tag() {
    for lang in Lang::ALL {
        let html = whole(&sheet(&linden(), lang), &Notes::default()).into_string();
        assert!(html.contains("VvE &lt;De Linden&gt;") && !html.contains("<De"), "{lang:?}");
    }
}

#[test]
fn the_papers_have_a_cover_a_sheet_for_each_option_and_all_the_rest() {
    let html = papers::papers(&sheet(&linden(), Lang::Nl), "http://example/", "24 november 2026").into_string();
    let of = |kind: &str| html.matches(&format!("class=\"blad blad-{kind}\"")).count();
    let counts = ["cover", "option", "compare", "months", "shares", "sources"].map(of);
    assert_eq!(counts, [1, 3, 1, 1, 1, 1]);
    let text = text(&html);
    assert!(text.contains("Optie 2: Elk een luchtwarmtepomp") && text.contains("Ruimte voor de stemming"));
    assert!(text.contains("nog na te lezen in de bron"), "what was not read in its source is said");
}

#[test]
fn every_share_pays_its_part_and_the_foot_is_the_whole() {
    let sheet = sheet(&linden(), Lang::Nl);
    let html = super::shares::table(&sheet).into_string();
    for share in ["55/500", "40/500", "30/500"] {
        assert!(html.contains(share), "{html}");
    }
    let (_, column) = sheet.options().next().unwrap();
    let total = column.amounts.as_ref().unwrap().cost()[1];
    assert!(html.contains(&say::exact(total, Lang::Nl)));
}

#[test]
fn each_live_part_has_its_place_on_the_page() {
    let sheet = sheet(&Calc::default(), Lang::En);
    let page = whole(&sheet, &Notes::default()).into_string();
    for (id, _) in live(&sheet, "") {
        assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
    }
}

#[test]
fn every_chart_has_its_figures_in_words_and_in_a_table() {
    let sheet = sheet(&linden(), Lang::Nl);
    let parts = super::charts::live(&sheet);
    assert_eq!(parts.len(), 6);
    for (id, markup) in parts {
        let html = markup.into_string();
        if id.starts_with("vve-g-") {
            assert!(html.contains("role=\"img\"") && html.contains("aria-label=\"") && html.contains("€"), "{id}");
        } else {
            assert!(html.contains("<table") && html.contains("scope=\"row\""), "{id}");
        }
    }
}

#[test]
fn a_refusal_says_what_fits_and_with_what_we_go_on() {
    let calc = Calc::default();
    let said = say::refused(Refusal::OutOfBounds, Field::Gas, "-1", &calc, Lang::Nl);
    assert_eq!(
        said,
        "Vul een getal in van €\u{a0}0,30 per m³ tot €\u{a0}4 per m³. Wij rekenen door met €\u{a0}1,30 per m³."
    );
    let said = say::refused(Refusal::NotANumber, Field::Woningen, "veel", &calc, Lang::En);
    assert_eq!(said, "“veel” is no number. Fill in a number. We go on with 24.");
}

#[test]
fn numbers_are_written_as_the_language_writes_them() {
    assert_eq!(say::value(Field::Kas, 1_250_000, Lang::Nl), "€\u{a0}1.250.000");
    assert_eq!(say::value(Field::GroeiGas, -15, Lang::Nl), "−1,5\u{a0}%");
    assert_eq!(say::value(Field::Bouwjaar, 1972, Lang::Nl), "1972");
    assert_eq!(say::value(Field::Stroom, 265, Lang::En), "€0.265 a kWh");
    assert_eq!(say::exact(1_234_567, Lang::Nl), "€\u{a0}12.345,67");
}

#[test]
fn the_file_for_a_spreadsheet_holds_each_apartment_and_no_formula() {
    let mut calc = linden();
    calc.set_name("=HYPERLINK(\"x\")");
    let file = csv(&sheet(&calc, Lang::Nl));
    assert!(file.starts_with('\u{feff}') && file.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{file}");
    let rows: Vec<&str> = file.split("\r\n").collect();
    let first =
        rows.iter().position(|row| row.starts_with(&format!("\"{}\"", Key::VveStukAppartementnr.text(Lang::Nl))));
    let apartments = &rows[first.unwrap() + 1..first.unwrap() + 13];
    assert!(apartments[11].starts_with("12;55;"), "{apartments:?}");
    let cents = |row: &&str| row.split(';').nth(2).unwrap().replace(',', "").parse::<i64>().unwrap();
    let sheet = sheet(&calc, Lang::Nl);
    let (_, column) = sheet.options().next().unwrap();
    assert_eq!(apartments.iter().map(cents).sum::<i64>(), column.amounts.as_ref().unwrap().cost()[1]);
}

#[test]
fn an_option_that_is_not_there_is_said_to_be_so() {
    let mut calc = Calc::default();
    calc.choose(Choice::Label, "B").unwrap();
    calc.show(&[HeatOption::Nlt, HeatOption::NrIso]).unwrap();
    let page = text(&whole(&sheet(&calc, Lang::Nl), &Notes::default()).into_string());
    assert!(page.contains(Key::VerdictX.text(Lang::Nl)), "no network is planned here, and that is said");
}
