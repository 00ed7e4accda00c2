//! One spelling for the many ways in which a street is written.

use crate::letters::lower;

/// Words that are written in more than one way, and the one we compare by.
const SAME: &[(&str, &str)] = &[
    ("sint", "st"),
    ("sinte", "st"),
    ("sinter", "st"),
    ("eerste", "1e"),
    ("tweede", "2e"),
    ("derde", "3e"),
    ("vierde", "4e"),
    ("vijfde", "5e"),
    ("1ste", "1e"),
    ("2de", "2e"),
    ("3de", "3e"),
    ("4de", "4e"),
    ("5de", "5e"),
    ("burgemeester", "burg"),
    ("bgm", "burg"),
    ("doctor", "dr"),
    ("dokter", "dr"),
    ("professor", "prof"),
    ("dominee", "ds"),
    ("meester", "mr"),
    ("ingenieur", "ir"),
    ("jonkheer", "jhr"),
    ("generaal", "gen"),
    ("koningin", "kon"),
    ("koning", "kon"),
    ("prinses", "pr"),
    ("prins", "pr"),
    ("pastoor", "past"),
    ("kapitein", "kapt"),
    ("admiraal", "adm"),
    ("president", "pres"),
    ("minister", "min"),
    ("kardinaal", "kard"),
    ("str", "straat"),
    ("pln", "plein"),
    ("ln", "laan"),
    ("wg", "weg"),
];

/// Ends of words that are shortened too: `riouwstr`.
const ENDS: &[(&str, &str)] = &[("str", "straat"), ("pln", "plein")];

/// The text in lower case, without accents and punctuation, and with one spelling for usual abbreviations.
///
/// ```
/// use gasvrij3d::search::normal;
/// assert_eq!(normal("Jan v/d Doesstr."), normal("Jan van der Doesstraat"));
/// assert_eq!(normal("Sint Jacobsgodshuis"), normal("St. Jacobsgodshuis"));
/// assert_eq!(normal("1e Vooruitgangstraat"), normal("Eerste Vooruitgangstraat"));
/// ```
pub fn normal(text: &str) -> String {
    let plain = plain(text);
    let mut words: Vec<String> = Vec::new();
    for word in plain.split(' ').filter(|w| !w.is_empty()) {
        let joined = match (words.last().map(String::as_str), word) {
            (Some("van" | "v"), "de" | "der" | "den" | "d") => Some("vd"),
            (Some("van" | "v"), "het" | "t") => Some("vt"),
            _ => None,
        };
        if let Some(joined) = joined {
            words.pop();
            words.push(joined.to_owned());
        } else {
            words.push(one_spelling(word));
        }
    }
    words.join(" ")
}

/// The text in lower case, without accents and punctuation. A word with a typing error in it has no other spelling.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().map(lower) {
        match fold(c) {
            Some(letters) => plain.push_str(letters),
            None if c.is_alphanumeric() => plain.push(c),
            None => plain.push(' '),
        }
    }
    plain
}

fn one_spelling(word: &str) -> String {
    if let Some((_, same)) = SAME.iter().find(|(from, _)| *from == word) {
        return (*same).to_owned();
    }
    for (end, whole) in ENDS {
        if let Some(stem) = word.strip_suffix(end).filter(|stem| !stem.is_empty()) {
            return format!("{stem}{whole}");
        }
    }
    word.to_owned()
}

/// Letters without their accents; a combining accent is nothing at all.
fn fold(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' => "a",
        'ç' | 'č' | 'ć' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'ı' => "i",
        'ñ' | 'ń' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' => "o",
        'š' | 'ś' => "s",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' => "u",
        'ý' | 'ÿ' => "y",
        'ž' | 'ź' | 'ż' => "z",
        'ł' => "l",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ĳ' => "ij",
        '\u{300}'..='\u{36f}' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accents_capitals_and_dashes_make_no_difference() {
        assert_eq!(normal("Café-plein"), "cafe plein");
        assert_eq!(normal("Cafe\u{301}plein"), "cafeplein");
        assert_eq!(normal("IJsbaanlaan"), normal("ĳsbaanlaan"));
        assert_eq!(normal("'s-Gravenhagestraat"), "s gravenhagestraat");
    }

    #[test]
    fn van_der_in_all_its_forms_is_one_word() {
        for form in ["Jan van der Doesstraat", "jan v.d. doesstraat", "Jan v/d Doesstraat", "jan vd doesstr"] {
            assert_eq!(normal(form), "jan vd doesstraat", "{form}");
        }
        assert_eq!(normal("Van 't Hoffstraat"), normal("van het hoffstraat"));
    }

    #[test]
    fn a_street_that_ends_on_str_inside_a_word_is_left_alone() {
        assert_eq!(normal("Strandweg"), "strandweg");
        assert_eq!(normal("Riouwstr."), "riouwstraat");
    }

    proptest! {
        #[test]
        fn twice_is_the_same_as_once(text in "\\PC{0,40}") {
            prop_assert_eq!(normal(&normal(&text)), normal(&text));
        }

        #[test]
        fn twice_is_the_same_as_once_for_street_like_texts(
            text in "((van|v|de|der|d|t|sint|str|1ste|Café|[a-z]{1,4}|[0-9]{1,3})[ ./'-]?){0,8}",
        ) {
            prop_assert_eq!(normal(&normal(&text)), normal(&text));
        }
    }
}
