//! What a value in a register's table must be (checks V11 to V20 of `data/controle.toml`), and how a row that breaks one is
//! told: file, row, field, what was found, what is expected, what to do.

use std::borrow::Cow;
use std::fmt;

use gasvrij3d::home::{PandId, VboId};

use crate::model::Date;
use crate::report::{Place, Tally};

/// A check on tables, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The header has the columns that are needed.
    Header = 11,
    /// A row can be split, and has as many values as the header.
    Row = 12,
    /// An id is a BAG id of the right kind.
    Id = 13,
    /// A date is one.
    Date = 14,
    /// A code is one of its list.
    Code = 15,
    /// A number is one, within what is possible.
    Number = 16,
    /// An address can be found by.
    Address = 17,
    /// A figure is about ten or more.
    TooFew = 18,
    /// A row holds only what may be shown.
    Privacy = 19,
    /// Rows do not contradict each other.
    Contradiction = 20,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "V{}", *self as u8)
    }
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    /// The rule it breaks.
    pub rule: Rule,
    /// The column, as the documentation calls it.
    pub field: &'static str,
    /// What stands there.
    pub found: String,
    /// What should.
    pub expected: &'static str,
    /// What to do.
    pub advice: &'static str,
}

/// A value, or what is wrong with it.
pub type Checked<T> = Result<T, Bad>;

impl Bad {
    /// A value that breaks a rule.
    pub fn new(rule: Rule, field: &'static str, found: &[u8], expected: &'static str, advice: &'static str) -> Self {
        Self { rule, field, found: shown(found), expected, advice }
    }

    /// The sentence to count it under.
    pub fn reason(&self) -> String {
        format!("{} `{}`: {} is expected. {}", self.rule, self.field, self.expected, self.advice)
    }

    /// Counts it: the row is not used.
    pub fn reject(&self, tally: &mut Tally, place: &Place) {
        tally.reject(&self.reason(), || (place, self.quoted()));
    }

    /// Counts it: this value is left out, the row stays.
    pub fn remark(&self, tally: &mut Tally, place: &Place) {
        tally.remark(&self.reason(), || (place, self.quoted()));
    }

    fn quoted(&self) -> String {
        format!("`{}`", self.found)
    }
}

/// What was found, short and on one line.
fn shown(found: &[u8]) -> String {
    let text = text(found);
    let short: String = text.chars().take(40).flat_map(char::escape_debug).collect();
    if text.chars().nth(40).is_some() { short + "…" } else { short }
}

/// What Windows-1252 has where Latin-1 has control characters, from 0x80.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// UTF-8, or else Windows-1252: what older programs of municipalities write.
pub fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => bytes
            .iter()
            .map(|byte| match byte {
                0x80..0xa0 => WINDOWS_1252[usize::from(byte - 0x80)],
                _ => char::from(*byte),
            })
            .collect(),
    }
}

/// A day, or nothing where nothing is filled in.
pub fn day(field: &'static str, found: &[u8]) -> Checked<Option<Date>> {
    if found.is_empty() {
        return Ok(None);
    }
    let bad = || Bad::new(Rule::Date, field, found, "a date as 20260401 or 2026-04-01", "Put the date right.");
    Date::parse(&text(found)).map(Some).ok_or_else(bad)
}

/// A number with a decimal comma or point; `None` where it is none.
pub fn decimal(found: &[u8]) -> Option<f64> {
    let found = found.trim_ascii();
    // Nothing but what a number consists of: Rust also reads `inf` and `1e9`.
    if found.is_empty() || found.len() > 24 || !found.iter().all(|b| b.is_ascii_digit() || b"-,.".contains(b)) {
        return None;
    }
    let text = std::str::from_utf8(found).ok()?;
    // 1.234,5 has points between thousands.
    let text = if text.contains(',') { text.replace('.', "").replace(',', ".") } else { text.to_owned() };
    text.parse().ok()
}

/// A number within bounds, or nothing where nothing is filled in.
pub fn number(
    field: &'static str,
    found: &[u8],
    bounds: std::ops::RangeInclusive<f64>,
    expected: &'static str,
) -> Checked<Option<f64>> {
    if found.is_empty() {
        return Ok(None);
    }
    let bad = || Bad::new(Rule::Number, field, found, expected, "Put the number right, or leave it empty.");
    decimal(found).filter(|n| bounds.contains(n)).map(Some).ok_or_else(bad)
}

/// The id of a verblijfsobject: 16 digits, the fifth and sixth are 01.
pub fn vbo_id(field: &'static str, found: &[u8]) -> Checked<VboId> {
    let bad = || {
        Bad::new(
            Rule::Id,
            field,
            found,
            "the id of a verblijfsobject (16 digits, the fifth and sixth are 01)",
            "Take the id from the BAG. Spreadsheets spoil it: make the column text.",
        )
    };
    bag_id(found, b"01").map(VboId).ok_or_else(bad)
}

/// The id of a pand: 16 digits, the fifth and sixth are 10.
pub fn pand_id(field: &'static str, found: &[u8]) -> Checked<PandId> {
    let bad = || {
        Bad::new(
            Rule::Id,
            field,
            found,
            "the id of a pand (16 digits, the fifth and sixth are 10)",
            "Take the id from the BAG. Spreadsheets spoil it: make the column text.",
        )
    };
    bag_id(found, b"10").map(PandId).ok_or_else(bad)
}

/// 16 digits with these as the fifth and sixth, with or without a prefix such as `NL.IMBAG.Pand.`.
fn bag_id(found: &[u8], kind: &[u8]) -> Option<u64> {
    let digits = found.rsplit(|b| *b == b'.').next()?;
    let read = || digits.iter().try_fold(0, |n: u64, d| d.is_ascii_digit().then(|| n * 10 + u64::from(d - b'0')));
    if digits.len() == 16 && digits[4..6] == *kind { read() } else { None }
}

/// A postcode: four digits and two letters, with or without a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Postcode([u8; 6]);

impl Postcode {
    /// Reads `2013AB` and `2013 ab`.
    pub fn parse(found: &[u8]) -> Option<Self> {
        let mut code = [0; 6];
        let mut filled = 0;
        for byte in found.iter().filter(|b| !b.is_ascii_whitespace()) {
            *code.get_mut(filled)? = byte.to_ascii_uppercase();
            filled += 1;
        }
        let fits = code[0] != b'0'
            && code[..4].iter().all(u8::is_ascii_digit)
            && code[4..].iter().all(u8::is_ascii_uppercase)
            && filled == 6;
        fits.then_some(Self(code))
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.0))
    }
}

/// A postcode that must be one.
pub fn postcode(field: &'static str, found: &[u8]) -> Checked<Postcode> {
    let bad =
        || Bad::new(Rule::Address, field, found, "a postcode (four digits and two letters)", "Put the postcode right.");
    Postcode::parse(found).ok_or_else(bad)
}

/// A house number that must be one.
pub fn house_number(field: &'static str, found: &[u8]) -> Checked<u32> {
    let bad = || {
        let advice = "Put the letter and the addition in columns of their own.";
        Bad::new(Rule::Address, field, found, "a house number from 1 to 99999", advice)
    };
    text(found).parse().ok().filter(|n| (1..100_000).contains(n)).ok_or_else(bad)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_check_on_tables_is_in_the_list_of_checks() {
        use Rule::{Address, Code, Contradiction, Header, Id, Number, Privacy, Row, TooFew};
        for rule in [Header, Row, Id, Rule::Date, Code, Number, Address, TooFew, Privacy, Contradiction] {
            assert!(crate::checks::all().contains_key(&rule.to_string()), "{rule}");
        }
    }

    #[test]
    fn a_number_may_have_a_comma_and_points_between_thousands() {
        assert_eq!(decimal(b"141,9"), Some(141.9));
        assert_eq!(decimal(b"1.234,5"), Some(1234.5));
        assert_eq!(decimal(b"-0.5"), Some(-0.5));
        for none in ["", "1,2,3", "1e9", "inf", "NaN", "12 m2", "--1", "9".repeat(30).as_str()] {
            assert_eq!(decimal(none.as_bytes()), None, "{none}");
        }
        let told = number("Warmtebehoefte", b"99999", 0.0..=1000.0, "0 to 1000 kWh/m2").unwrap_err();
        assert_eq!(
            told.reason(),
            "V16 `Warmtebehoefte`: 0 to 1000 kWh/m2 is expected. Put the number right, or leave it empty."
        );
    }

    #[test]
    fn an_id_that_a_spreadsheet_spoiled_is_told_with_the_remedy() {
        assert_eq!(vbo_id("verblijfsobject", b"0518010000000012").unwrap().to_string(), "0518010000000012");
        assert_eq!(pand_id("pand", b"NL.IMBAG.Pand.0518100000000012").unwrap().to_string(), "0518100000000012");
        assert!(pand_id("pand", b"0518010000000012").is_err(), "this is a verblijfsobject");
        let told = vbo_id("verblijfsobject", b"5,1801E+14").unwrap_err();
        assert_eq!((told.found.as_str(), told.rule), ("5,1801E+14", Rule::Id));
        assert!(told.advice.contains("make the column text"));
    }

    #[test]
    fn a_postcode_is_four_digits_and_two_letters() {
        assert_eq!(Postcode::parse(b"2013 ab").unwrap().to_string(), "2013AB");
        for none in ["2013A", "2013ABC", "0013AB", "AB2013", ""] {
            assert_eq!(Postcode::parse(none.as_bytes()), None, "{none}");
        }
        assert!(Postcode::parse(b"2013AB") < Postcode::parse(b"2013AC"));
    }

    #[test]
    fn text_of_an_older_program_keeps_its_letters() {
        assert_eq!(text(b"Caf\xe9 \x80 5"), "Café € 5");
        assert_eq!(text("Café €".as_bytes()), "Café €");
    }

    #[test]
    fn what_is_shown_of_a_value_is_short_and_on_one_line() {
        let told = Bad::new(Rule::Code, "x", "regel\n".repeat(100).as_bytes(), "", "");
        assert!(told.found.chars().count() < 60 && !told.found.contains('\n'), "{}", told.found);
    }

    proptest! {
        #[test]
        fn no_bytes_stop_a_check(found in proptest::collection::vec(any::<u8>(), 0..40)) {
            let _ = (day("x", &found), number("x", &found, 0.0..=1.0, ""), vbo_id("x", &found), pand_id("x", &found));
            let _ = (postcode("x", &found), text(&found).len(), shown(&found));
        }
    }
}
