//! A day as registers write it: `20260131`, `2026-01-31`, `31-01-2026`, or a time that begins with one.

use std::fmt;

use serde::Serialize;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day, from 1.
    pub day: u8,
}

impl Date {
    /// The day, if there is such a day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            _ => return None,
        };
        (1..=days).contains(&day).then_some(Self { year, month, day })
    }

    /// Reads a day; `None` where it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.split(['T', ' ']).next()?;
        let parts: Vec<&str> = text.split(['-', '/']).collect();
        let whole = |t: &str| t.bytes().all(|b| b.is_ascii_digit()).then(|| t.parse().ok()).flatten();
        match parts.as_slice() {
            [t] if t.len() == 8 && t.is_ascii() => {
                Self::new(whole(&t[..4])?, whole(&t[4..6])? as u8, whole(&t[6..])? as u8)
            }
            [y, m, d] if y.len() == 4 => Self::new(whole(y)?, whole(m)? as u8, whole(d)? as u8),
            [d, m, y] if y.len() == 4 => Self::new(whole(y)?, whole(m)? as u8, whole(d)? as u8),
            _ => None,
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_in_each_form_and_a_day_that_is_none_is_not() {
        let day = Date::new(2026, 1, 31);
        for text in ["20260131", "2026-01-31", "31-01-2026", "2026-01-31T12:00:00Z", " 2026-01-31 00:00 "] {
            assert_eq!(Date::parse(text), day, "{text}");
        }
        for text in ["", "2026", "20260230", "31-02-2026", "1-2-3", "éééé", "2026-13-01", "+026-01-01", "99999-01-01"]
        {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        assert_eq!(Date::parse("2024-02-29").map(|d| d.to_string()).as_deref(), Some("2024-02-29"));
    }
}
