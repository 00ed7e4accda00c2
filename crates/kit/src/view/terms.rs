//! Difficult words: links to what they mean from where they first stand in a text.

use gasvrij3d::letters;
use gasvrij3d::link::View;
use gasvrij3d::order;
use gasvrij3d::text::{Key, Lang};
use maud::{Markup, PreEscaped};

/// Letters that may follow a word and still be that word: `warmtenetten`, `homes`.
const ENDING: usize = 3;

/// A word that is explained.
pub struct Term {
    /// Its code, in the link to it.
    pub code: &'static str,
    /// As it stands in texts.
    pub word: &'static str,
}

/// All words, by their place in the alphabet of the language.
pub fn terms(lang: Lang) -> Vec<Term> {
    let of =
        |(name, key): (&'static str, Key)| Some(Term { code: name.strip_prefix("begrip-")?, word: key.text(lang) });
    let mut terms: Vec<Term> = Key::known().filter_map(of).collect();
    order::sort_by_key(&mut terms, |term| letters::lowercase(term.word));
    terms
}

/// The view with a link on the first use of each word that is explained. Not in headings, in links or in what can be
/// pressed: there a link would be in the way.
pub fn linked(view: Markup, lang: Lang) -> Markup {
    let html = view.into_string();
    // The glossary itself explains them all.
    if letters::find(&html, "class=\"terms\"").is_some() {
        return PreEscaped(html);
    }
    let mut terms = terms(lang);
    // Of two that begin alike the longer one is meant.
    order::sort_by_key(&mut terms, |term| std::cmp::Reverse(term.word.len()));
    let mut out = String::with_capacity(html.len() + 1024);
    let mut closed: Option<String> = None;
    let mut rest = html.as_str();
    while let Some(start) = rest.find('<') {
        let (text, tag) = rest.split_at(start);
        if closed.is_none() {
            link_text(text, &mut terms, &mut out);
        } else {
            out.push_str(text);
        }
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let (tag, after) = tag.split_at(end);
        let name = tag.trim_start_matches(['<', '/']).split([' ', '>']).next().unwrap_or_default();
        match &closed {
            None if is_closed_to_links(name) && !tag.starts_with("</") => closed = Some(name.to_owned()),
            Some(open) if open == name && tag.starts_with("</") => closed = None,
            _ => {}
        }
        out.push_str(tag);
        rest = after;
    }
    out.push_str(rest);
    PreEscaped(out)
}

fn is_closed_to_links(element: &str) -> bool {
    matches!(
        element,
        "a" | "button"
            | "summary"
            | "h1"
            | "h2"
            | "h3"
            | "select"
            | "label"
            | "svg"
            | "th"
            | "td"
            | "form"
            | "nav"
            | "caption"
    )
}

/// The text with links, and the words that are still without one.
fn link_text(text: &str, terms: &mut Vec<Term>, out: &mut String) {
    let mut rest = text;
    while let Some((at, place, length)) = first(rest, terms) {
        let term = terms.remove(place);
        let (before, from) = rest.split_at(at);
        let (word, after) = from.split_at(length);
        out.push_str(before);
        let link = View::Glossary(term.code.to_owned()).hash();
        for part in ["<a class=\"term\" href=\"", &link, "\">", word, "</a>"] {
            out.push_str(part);
        }
        rest = after;
    }
    out.push_str(rest);
}

/// The first word in the text that is explained: where it is, which, and its length with its ending.
fn first(text: &str, terms: &[Term]) -> Option<(usize, usize, usize)> {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80;
    let bytes = text.as_bytes();
    (0..bytes.len()).filter(|&at| is_letter(bytes[at]) && (at == 0 || !is_letter(bytes[at - 1]))).find_map(|at| {
        terms.iter().enumerate().find_map(|(place, term)| {
            let word = bytes.get(at..at + term.word.len())?;
            let ending = bytes[at + term.word.len()..].iter().take_while(|b| is_letter(**b)).count();
            (is_same(word, term.word.as_bytes()) && ending <= ENDING).then_some((at, place, term.word.len() + ending))
        })
    })
}

/// A word may begin a sentence; an abbreviation is only itself.
fn is_same(word: &[u8], term: &[u8]) -> bool {
    let is_short = term.iter().skip(1).any(u8::is_ascii_uppercase);
    if is_short { word == term } else { word.eq_ignore_ascii_case(term) }
}
