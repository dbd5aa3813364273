//! How long before a visit people hear that it changes.

use super::calendar::Calendar;
use super::terms::Prices;
use serde::Serialize;

/// How long before a visit people hear that it changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// Less than an hour before, or after the published start.
    Hour,
    /// Later on the same day.
    Today,
    /// Within seven days.
    Week,
    /// Seven days before, or earlier.
    Later,
}

impl Notice {
    /// The notice of a visit by its start, both in elapsed seconds. Days are those of the calendar.
    pub(crate) fn of(calendar: &Calendar, start: i64, now: i64) -> Self {
        let seconds = start.saturating_sub(now);
        if seconds < 3_600 {
            Notice::Hour
        } else if calendar.moment(start).date() == calendar.moment(now).date() {
            Notice::Today
        } else if seconds < 7 * 86_400 {
            Notice::Week
        } else {
            Notice::Later
        }
    }

    /// What the prices of changes are multiplied by.
    pub fn factor(self, prices: &Prices) -> f64 {
        match self {
            Notice::Hour => prices.notice_hour,
            Notice::Today => prices.notice_today,
            Notice::Week => 1.0,
            Notice::Later => prices.notice_later,
        }
    }

    /// In words that complete the sentence "the notice is".
    pub fn words(self) -> &'static str {
        match self {
            Notice::Hour => "under an hour",
            Notice::Today => "the same day",
            Notice::Week => "under a week",
            Notice::Later => "a week or more",
        }
    }
}
