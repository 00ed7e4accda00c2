//! Today, as `2026-11-24`, for the file beside what was fetched.

use std::time::{SystemTime, UNIX_EPOCH};

/// The day of a moment, UTC.
pub fn of(moment: SystemTime) -> String {
    let days = moment.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs() / 86_400;
    // Years that begin on 1 March, so that the leap day is the last: Howard Hinnant, "chrono-compatible low-level date
    // algorithms" (2021).
    let z = days + 719_468;
    let (era, day_of_era) = (z / 146_097, z % 146_097);
    let year = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn days_are_those_of_the_calendar() {
        let day = |seconds| of(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(951_782_399), "2000-02-28");
        assert_eq!(day(951_782_400), "2000-02-29");
        assert_eq!(day(1_795_478_400), "2026-11-24");
    }
}
