//! Weeks of a plan: seven days each, counted from its first day; the last may be short.

use std::ops::Range;

/// Days of a whole week.
const DAYS: u16 = 7;

/// The week of a day, from 0.
#[inline]
pub(crate) fn week_of(day: u16) -> u16 {
    day / DAYS
}

/// Number of weeks in a plan of `days` days, including a short last week.
pub(crate) fn weeks_in(days: u16) -> u16 {
    days.div_ceil(DAYS)
}

/// The days of a week in a plan of `days` days.
pub(crate) fn days_of(week: u16, days: u16) -> Range<u16> {
    let first = week * DAYS;
    first..days.min(first + DAYS)
}

/// Contract seconds of a week in a plan of `days` days; a short week has its share of the `hours` in proportion to its
/// days.
pub(crate) fn contract_seconds(hours: f64, week: u16, days: u16) -> i64 {
    let length = f64::from(days_of(week, days).len() as u16);
    (hours * 3600.0 * length / f64::from(DAYS)).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_week_may_be_short() {
        assert_eq!((week_of(6), week_of(7)), (0, 1));
        assert_eq!((weeks_in(14), weeks_in(15)), (2, 3));
        assert_eq!((days_of(1, 15), days_of(2, 15)), (7..14, 14..15));
        // A day of a week of 21 hours: 3 hours.
        assert_eq!((contract_seconds(21.0, 1, 15), contract_seconds(21.0, 2, 15)), (75_600, 10_800));
    }
}
