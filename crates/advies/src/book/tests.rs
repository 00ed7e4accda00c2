//! The rule book as a reader sees it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use gasvrij3d::rules::{rules, written};
use gasvrij3d::text::Lang;
use gasvrij3d::verdict::HeatOption;

use super::*;

fn html() -> String {
    Book::new().unwrap().html
}

/// What stands between the first place of `from` and the next `to`, one tag a line.
fn cut(html: &str, from: &str, to: &str) -> String {
    let (_, rest) = html.split_once(from).expect("the start is on the page");
    let (inner, _) = rest.split_once(to).expect("the end is on the page");
    format!("{from}{inner}{to}").replace("><", ">\n<")
}

#[test]
fn the_table_of_contents() {
    insta::assert_snapshot!(cut(&html(), "<nav", "</nav>"));
}

#[test]
fn the_section_of_one_rule() {
    insta::assert_snapshot!(cut(&html(), "<section class=\"rule\" id=\"R53\"", "</section>"));
}

#[test]
fn every_rule_is_on_the_page_with_its_reason_condition_and_sources() {
    let html = html();
    let shown = |text: &str| maud::html! { (text) }.into_string();
    for (rule, own) in rules().rules().iter().zip(written()) {
        let section = cut(&html, &format!("<section class=\"rule\" id=\"{}\"", rule.id), "</section>");
        let sources = rule.sources.iter().map(|id| rules().source(id).unwrap().name(Lang::Nl));
        for text in [rule.text(Lang::Nl), rule.text(Lang::En), own.when].into_iter().chain(sources) {
            assert!(section.contains(&shown(text)), "{}: `{text}` is not in its section", rule.id);
        }
        let unchecked = rule.sources.iter().any(|id| !rules().source(id).unwrap().checked);
        assert_eq!(section.contains("nog na te lezen"), unchecked, "{}", rule.id);
        assert_eq!(section.contains("aanname"), rule.is_assumption(), "{}", rule.id);
        assert!(section.contains("href=\"#woning-"), "{} has no example", rule.id);
    }
    assert!(html.contains(rules().hash()) && html.contains(rules().version()));
}

#[test]
fn what_is_written_of_a_rule_is_what_the_engine_does() {
    for (rule, written) in rules().rules().iter().zip(written()) {
        for &option in HeatOption::ALL {
            let said = written.effects.iter().filter(|e| e.options.contains(&option));
            let mut said: Vec<_> = said.map(|e| (e.kind, e.copies, e.badge)).collect();
            let mut done: Vec<_> = rules().effects_of(rule, option).map(|e| (e.kind, e.copies, e.badge)).collect();
            said.sort_unstable();
            said.dedup();
            done.sort_unstable();
            done.dedup();
            assert_eq!(said, done, "{} at {}", rule.id, option.code());
        }
    }
}

#[test]
fn every_link_on_the_page_leads_somewhere() {
    let html = html();
    for target in html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert_eq!(html.matches(&format!(" id=\"{target}\"")).count(), 1, "#{target}");
    }
}

/// B1: short sentences.
#[test]
fn no_sentence_of_the_book_is_long() {
    let mut left = vec![toml::Value::Table(include_str!("../../../../data/regelboek.toml").parse().unwrap())];
    let mut sentences = 0;
    while let Some(value) = left.pop() {
        match value {
            toml::Value::Table(table) => left.extend(table.into_iter().map(|(_, value)| value)),
            toml::Value::Array(list) => left.extend(list),
            toml::Value::String(text) => {
                for sentence in text.split(['.', '?', '!', ':', ';']) {
                    sentences += 1;
                    assert!(sentence.split_whitespace().count() <= 20, "more than 20 words: {sentence}");
                }
            }
            _ => {}
        }
    }
    assert!(sentences > 100, "the sentences were not found");
}

#[test]
fn headings_leave_no_level_out() {
    let html = html();
    let levels = html.split("<h").skip(1).filter_map(|tag| tag.chars().next()?.to_digit(10));
    let mut above = 0;
    for level in levels {
        assert!(level <= above + 1, "h{level} after h{above}");
        above = level;
    }
    assert_eq!(html.matches("<h1").count(), 1);
}

#[test]
fn the_page_stands_alone() {
    let html = html();
    assert!(html.starts_with("<!DOCTYPE html><html lang=\"nl\">"));
    for word in ["<script", "http:", "https:", "url(", "@import", " src=", " on"] {
        let in_a_tag = html.split('<').filter_map(|tag| tag.split('>').next()).any(|tag| tag.contains(word));
        let in_the_style =
            html.split("<style>").nth(1).unwrap().split("</style>").next().unwrap().contains(word.trim());
        assert!(!in_a_tag, "{word} in a tag");
        assert!(word == " on" || !in_the_style, "{word} in the style");
    }
}

#[test]
fn both_files_are_written_and_the_old_ones_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("new/book");
    for _ in 0..2 {
        Book::new().unwrap().write(&to).unwrap();
    }
    let mut names: Vec<_> = std::fs::read_dir(&to).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, [REGISTER, PAGE]);
    std::fs::write(folder.path().join("file"), "").unwrap();
    let fault = Book::new().unwrap().write(&folder.path().join("file")).unwrap_err();
    assert!(fault.contains("cannot be made") && fault.contains("--out"));
}
