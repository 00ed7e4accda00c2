//! Reads breukdelen as they are pasted from a deed or a spreadsheet: one a line, or all on one line.

use super::calc::LARGEST_SHARE;

/// No complex has more lines than homes can be counted.
const MOST: usize = 2000;

/// Why a pasted list is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareFault {
    /// There is no number in it.
    Empty,
    /// This line, counted from 1, holds no share: here is what it says, cut short.
    Line(usize, String),
    /// More shares than a complex has homes.
    TooMany,
    /// Fractions of different wholes: 40/1000 and 5/200.
    Wholes(u32, u32),
    /// The fractions add up to this, and the whole is that.
    Sum(u64, u32),
}

struct Part {
    times: u32,
    share: u32,
    whole: Option<u32>,
}

/// The shares in a text. Each line is `40`, `40/1000` or `8 x 40`, with whatever stands before it: the number of the
/// apartment, a name. On one line they are separated by spaces, commas or semicolons. A first line without digits is a
/// heading.
///
/// ```
/// use gasvrij3d::vve::read_shares;
/// assert_eq!(read_shares("A1\t40/100\nA2\t60/100"), Ok(vec![40, 60]));
/// assert_eq!(read_shares("2 x 30, 40"), Ok(vec![30, 30, 40]));
/// ```
pub fn read_shares(text: &str) -> Result<Vec<u32>, ShareFault> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut parts = Vec::new();
    match lines[..] {
        [] => return Err(ShareFault::Empty),
        [one] => {
            for (place, item) in items(one).into_iter().enumerate() {
                parts.push(part(&item).ok_or_else(|| fault(place, &item))?);
            }
        }
        _ => {
            for (place, line) in lines.iter().enumerate() {
                match last_of(line) {
                    Some(part) => parts.push(part),
                    None if place == 0 && !line.contains(|c: char| c.is_ascii_digit()) => {}
                    None => return Err(fault(place, line)),
                }
            }
        }
    }
    shares(&parts)
}

fn fault(place: usize, said: &str) -> ShareFault {
    ShareFault::Line(place + 1, said.chars().take(40).collect())
}

fn shares(parts: &[Part]) -> Result<Vec<u32>, ShareFault> {
    let mut shares: Vec<u32> = Vec::new();
    let mut whole: Option<u32> = None;
    for part in parts {
        if let (Some(known), Some(this)) = (whole, part.whole)
            && known != this
        {
            return Err(ShareFault::Wholes(known, this));
        }
        whole = whole.or(part.whole);
        if shares.len() + part.times as usize > MOST {
            return Err(ShareFault::TooMany);
        }
        shares.extend((0..part.times).map(|_| part.share));
    }
    if shares.is_empty() {
        return Err(ShareFault::Empty);
    }
    let sum: u64 = shares.iter().map(|share| u64::from(*share)).sum();
    match whole {
        Some(whole) if sum != u64::from(whole) => Err(ShareFault::Sum(sum, whole)),
        _ => Ok(shares),
    }
}

/// What stands on one line: separated by spaces, commas or semicolons, with `8 x 40` as one item.
fn items(line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split([' ', '\t', ',', ';']).filter(|word| !word.is_empty()).collect();
    let mut items: Vec<String> = Vec::new();
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        if is_times(word) {
            let (Some(before), Some(after)) = (items.pop(), words.next()) else {
                items.push(word.to_owned());
                continue;
            };
            items.push(format!("{before}x{after}"));
        } else {
            items.push(word.to_owned());
        }
    }
    items
}

fn is_times(word: &str) -> bool {
    matches!(word, "x" | "X" | "×" | "*" | "maal")
}

/// The last share on a line: what stands before it says whose it is.
fn last_of(line: &str) -> Option<Part> {
    part(items(line).last()?)
}

fn part(item: &str) -> Option<Part> {
    let (times, rest) = match item.split_once(['x', 'X', '×', '*']) {
        Some((times, rest)) => (whole(times)?, rest),
        None => (1, item),
    };
    let (share, of) = match rest.split_once('/') {
        Some((share, of)) => (whole(share)?, Some(whole(of).filter(|of| *of > 0)?)),
        None => (whole(rest)?, None),
    };
    let fits = share <= LARGEST_SHARE && (1..=MOST as u32).contains(&times);
    fits.then_some(Part { times, share, whole: of })
}

/// A whole number; a point between groups of three digits is left out (`1.000`).
fn whole(text: &str) -> Option<u32> {
    let groups: Vec<&str> = text.split('.').collect();
    if groups.len() > 1 && !groups[1..].iter().all(|group| group.len() == 3) {
        return None;
    }
    let digits = groups.concat();
    let plain = !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|b| b.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_column_of_a_spreadsheet_is_read() {
        assert_eq!(read_shares("Appartement\tBreukdeel\r\n1A\t42\r\n1B\t38\r\n"), Ok(vec![42, 38]));
        assert_eq!(read_shares("flat 12: 40/120\nflat 14: 80/120\n"), Ok(vec![40, 80]));
    }

    #[test]
    fn a_list_on_one_line_is_read() {
        for text in ["40 40 20", "40, 40, 20", "40;40;20", "2x40 20", "2 × 40; 20"] {
            assert_eq!(read_shares(text), Ok(vec![40, 40, 20]), "{text}");
        }
        assert_eq!(read_shares("1.000 250"), Ok(vec![1000, 250]));
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_place() {
        assert_eq!(read_shares(" \n "), Err(ShareFault::Empty));
        assert_eq!(read_shares("A 40\nB veertig"), Err(ShareFault::Line(2, "B veertig".into())));
        assert_eq!(read_shares("40 -5"), Err(ShareFault::Line(2, "-5".into())));
        assert_eq!(read_shares("40/1000\n40/900"), Err(ShareFault::Wholes(1000, 900)));
        assert_eq!(read_shares("40/100\n50/100"), Err(ShareFault::Sum(90, 100)));
        assert_eq!(read_shares("1500x1 600x1"), Err(ShareFault::TooMany));
        assert_eq!(read_shares("1/0"), Err(ShareFault::Line(1, "1/0".into())));
    }

    proptest! {
        #[test]
        fn nothing_that_is_pasted_breaks_it(text in "[0-9a-zA-Z /x.,;\n\t×-]{0,200}") {
            let _ = read_shares(&text);
        }

        #[test]
        fn what_is_written_a_line_is_what_is_read(shares in prop::collection::vec(0..100_000u32, 2..60)) {
            let sum: u32 = shares.iter().sum();
            let lines: Vec<String> =
                shares.iter().enumerate().map(|(i, s)| format!("App {i}\t{s}/{}", sum.max(1))).collect();
            let text = lines.join("\n");
            prop_assume!(sum > 0);
            prop_assert_eq!(read_shares(&text), Ok(shares));
        }
    }
}
