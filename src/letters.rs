//! Letters and numbers as they are written here, without the tables for every script and every number there is: those are
//! a tenth of what the page loads first.

/// The small letter of a Latin letter (ASCII, Latin-1, Latin Extended-A); any other character as it is.
///
/// ```
/// use gasvrij3d::letters::{lower, lowercase};
/// assert_eq!((lower('É'), lower('Ş'), lower('Ÿ'), lower('7')), ('é', 'ş', 'ÿ', '7'));
/// assert_eq!(lowercase("Café Ÿ"), "café ÿ");
/// ```
pub fn lower(c: char) -> char {
    let code = u32::from(c);
    let small = match code {
        0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde => code + 0x20,
        // In these the even one is the capital, in those the odd one.
        0x100..=0x12f | 0x132..=0x137 | 0x14a..=0x177 => code | 1,
        0x139..=0x148 | 0x179..=0x17e => code + code % 2,
        0x130 => 0x69,
        0x178 => 0xff,
        _ => code,
    };
    char::from_u32(small).unwrap_or(c)
}

/// The capital of a Latin letter (ASCII, Latin-1); any other character as it is.
pub fn upper(c: char) -> char {
    let code = u32::from(c);
    let capital = match code {
        0x61..=0x7a | 0xe0..=0xf6 | 0xf8..=0xfe => code - 0x20,
        _ => code,
    };
    char::from_u32(capital).unwrap_or(c)
}

/// A text in small letters.
pub fn lowercase(text: &str) -> String {
    text.chars().map(lower).collect()
}

/// Where a text first holds another. What Rust has for it is made for long texts, and three times as large.
///
/// ```
/// use gasvrij3d::letters::find;
/// assert_eq!((find("de kade", "kade"), find("kade", "kaden"), find("kade", "")), (Some(3), None, Some(0)));
/// ```
pub fn find(text: &str, part: &str) -> Option<usize> {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    (0..=text.len().checked_sub(part.len())?).find(|&at| text[at..].starts_with(part))
}

/// A number in digits, with a point and at most `places` decimals, none of them a nought at the end. What is no number, or
/// too large to count in such decimals, is empty.
///
/// ```
/// use gasvrij3d::letters::decimal;
/// assert_eq!((decimal(98.0, 4), decimal(-1.25, 4), decimal(0.1 + 0.2, 4)), ("98".into(), "-1.25".into(), "0.3".into()));
/// assert_eq!(decimal(f64::NAN, 2), "");
/// ```
pub fn decimal(number: f64, places: u32) -> String {
    let scale = 10_u64.pow(places.min(9));
    let scaled = (number.abs() * scale as f64).round();
    // Above this not every whole number is one that can be held.
    if scaled.is_nan() || scaled >= 9e15 {
        return String::new();
    }
    let (whole, rest) = (scaled as u64 / scale, scaled as u64 % scale);
    let sign = if number < 0.0 && scaled > 0.0 { "-" } else { "" };
    let mut text = format!("{sign}{whole}");
    if rest > 0 {
        let digits = rest.to_string();
        text.push('.');
        (digits.len()..places.min(9) as usize).for_each(|_| text.push('0'));
        text.push_str(digits.trim_end_matches('0'));
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn capitals_and_small_letters_are_those_of_every_table() {
        for c in (0..0x180).filter_map(char::from_u32) {
            let small: Vec<char> = c.to_lowercase().collect();
            // One letter of Turkish becomes two characters.
            assert_eq!(lower(c), small[0], "{c:?}");
            if !c.is_uppercase() && u32::from(c) < 0xff && c != 'ß' && c != 'µ' {
                assert_eq!(vec![upper(c)], c.to_uppercase().collect::<Vec<_>>(), "{c:?}");
            }
        }
        assert_eq!((lower('Ω'), upper('ω')), ('Ω', 'ω'));
    }

    proptest! {
        #[test]
        fn a_number_is_written_as_the_standard_writes_it(cents in -99_999_999_i64..99_999_999) {
            let number = cents as f64 / 100.0;
            prop_assert_eq!(decimal(number, 2), number.to_string());
            prop_assert_eq!(decimal(number, 6), number.to_string());
        }
    }
}
