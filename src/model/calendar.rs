//! Conversion between local dates and times and elapsed seconds from the start of the horizon.

use super::document::{Horizon, TimeOfDay};
use crate::error::{Error, ErrorKind, Mistake, Result};
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Span, Timestamp, ZonedDateTime};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// The days of a horizon in its time zone.
///
/// Seconds are *elapsed* seconds since midnight of the first day: where the clock is put forward,
/// 07:00 of that day comes an hour earlier than on other days.
#[derive(Debug, Clone)]
pub struct Calendar {
    first_day: Date,
    days: u16,
    zone: TimeZone,
    origin: Timestamp,
}

impl Calendar {
    /// Longest horizon in days.
    pub const LONGEST: u16 = 60;

    /// # Errors
    /// An unknown time zone; a first day outside the years 1970 to 2200; 0 or more than 60 days. All that apply are
    /// reported at once.
    pub fn new(horizon: &Horizon) -> Result<Self> {
        let mut mistakes = Vec::new();
        let mut wrong = |field: &str, problem: String, mend: &str| {
            mistakes.push(Mistake::new(format!("horizon.{field}"), problem, mend));
        };
        let Horizon { first_day, days, time_zone } = horizon;
        let zone = time_zone.as_deref().map_or(Ok(TimeZone::UTC), TimeZone::get).unwrap_or_else(|_| {
            let shown: String = time_zone.iter().flat_map(|name| name.chars()).take(80).collect();
            let problem = format!("{shown:?} is not a known time zone");
            wrong("time_zone", problem, "give an IANA name such as Europe/Amsterdam");
            TimeZone::UTC
        });
        if !(1..=Self::LONGEST).contains(days) {
            wrong("days", format!("{days} days"), "give 1 to 60 days");
        }
        let origin = zone.to_timestamp(first_day.at(0, 0, 0, 0)).unwrap_or_default();
        if !(1970..=2200).contains(&first_day.year()) {
            let problem = format!("{first_day} is outside the years 1970 to 2200");
            wrong("first_day", problem, "give the first day to plan");
        }
        Error::from_mistakes(ErrorKind::Document, mistakes)?;
        Ok(Self { first_day: *first_day, days: *days, zone, origin })
    }

    /// Number of days.
    pub fn days(&self) -> u16 {
        self.days
    }

    /// The date of a day number; days outside the horizon are counted on, as far as there are dates (years -9999 to 9999).
    pub fn date(&self, day: i32) -> Date {
        let days = Span::new().try_days(day);
        let end = if day < 0 { Date::MIN } else { Date::MAX };
        days.map_or(end, |days| self.first_day.saturating_add(days))
    }

    /// The day number of a date within the horizon.
    pub fn day(&self, date: Date) -> Option<u16> {
        let day = self.days_from_first(date);
        (0..i64::from(self.days)).contains(&day).then_some(day as u16)
    }

    /// Days from the first day to a date; negative before it.
    pub fn days_from_first(&self, date: Date) -> i64 {
        date.duration_since(self.first_day).as_hours() / 24
    }

    /// Elapsed seconds of a local time on a day number. A time that the clock skips is moved past the gap; a time that
    /// occurs twice means its first occurrence.
    pub fn seconds(&self, day: i32, time: TimeOfDay) -> i64 {
        let (date, s) = match time.seconds() {
            TimeOfDay::DAY => (self.date(day.saturating_add(1)), 0),
            s => (self.date(day), s as i32),
        };
        let civil = date.at((s / 3600) as i8, (s / 60 % 60) as i8, (s % 60) as i8, 0);
        self.zone.to_timestamp(civil).map_or(0, |t| t.as_second() - self.origin.as_second())
    }

    /// Elapsed seconds of the end of a period. An end at or before the start belongs to the next day.
    pub fn end_seconds(&self, day: i32, start: TimeOfDay, end: TimeOfDay) -> i64 {
        self.seconds(if end <= start { day.saturating_add(1) } else { day }, end)
    }

    /// The moment after so many elapsed seconds, in the time zone of the horizon.
    pub fn moment(&self, seconds: i64) -> Moment {
        let at = self.origin.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(self.origin);
        Moment::new(at, self.zone.to_offset(at))
    }

    /// Elapsed seconds from midnight of the first day to a moment; negative before it.
    pub fn elapsed(&self, moment: Moment) -> i64 {
        moment.at.as_second() - self.origin.as_second()
    }
}

/// A moment in local time with its offset from UTC, written as RFC 3339: `2026-03-02T07:30:00+01:00`.
///
/// It is a point in time and needs no time zone to be compared: moments are ordered by their timestamps. Moments at the
/// same point in time with different offsets are not equal: the smaller offset comes first.
///
/// # Example
/// ```
/// use kring::jiff::{Timestamp, ZonedDateTime};
/// use kring::model::Moment;
///
/// let early: Moment = "2026-03-02T07:30:00+01:00".parse()?;
/// let late: Moment = "2026-03-02T07:00:00Z".parse()?;
/// assert!(early < late);
/// assert_eq!(early.timestamp(), "2026-03-02T06:30:00Z".parse::<Timestamp>()?);
///
/// let zoned: ZonedDateTime = "2026-03-02T07:30[Europe/Amsterdam]".parse()?;
/// assert_eq!(Moment::from(&zoned), early);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
// The derived order compares `at` first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    at: Timestamp,
    offset: Offset,
}

impl Moment {
    /// A point in time as the clocks with this offset show it. The offset is cut to whole minutes, as it is written, so
    /// that a moment is read back as the same moment.
    pub fn new(at: Timestamp, offset: Offset) -> Self {
        let offset = Offset::from_seconds(offset.seconds() / 60 * 60).unwrap_or(offset);
        Self { at, offset }
    }

    /// The point in time.
    pub fn timestamp(self) -> Timestamp {
        self.at
    }

    /// How far local time is ahead of UTC.
    pub fn offset(self) -> Offset {
        self.offset
    }

    /// The local date, by the moment's own offset.
    pub fn date(self) -> Date {
        self.offset.to_datetime(self.at).date()
    }

    /// The local time of day, to the second, by the moment's own offset.
    pub fn time(self) -> jiff::civil::Time {
        self.offset.to_datetime(self.at).time()
    }
}

impl From<&ZonedDateTime> for Moment {
    fn from(zoned: &ZonedDateTime) -> Self {
        Self::new(zoned.timestamp(), zoned.offset())
    }
}

impl FromStr for Moment {
    /// What is wrong, as a sentence without its full stop: no such day or time, or no offset.
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let wrong = |_| {
            let local = text.parse::<jiff::civil::DateTime>().is_ok();
            let offset = if local { ", which ends with its offset from UTC" } else { "" };
            format!("{text:?} is not a moment like 2026-03-02T07:30:00+01:00{offset}")
        };
        let pieces = jiff::fmt::temporal::Pieces::parse(text).map_err(wrong)?;
        let at: Timestamp = text.parse().map_err(wrong)?;
        let offset = pieces.to_numeric_offset().unwrap_or(Offset::UTC);
        Ok(Self::new(at, offset))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.at.display_with_offset(self.offset), f)
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Moment {
    fn schema_name() -> Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "format": "date-time",
            "description": "Local time with its offset, RFC 3339."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::offset;
    use proptest::prelude::*;

    fn moment(text: &str) -> Moment {
        text.parse().unwrap()
    }

    // The clock is put back at 03:00 summer time: 02:30 occurs at 00:30 and at 01:30 UTC.
    #[test]
    fn an_hour_that_occurs_twice_is_in_order() {
        let (first, second) = (moment("2026-10-25T02:30:00+02:00"), moment("2026-10-25T02:30:00+01:00"));
        assert!(first < second);
        assert_eq!((first.date(), first.time()), (second.date(), second.time()));
    }

    // Found by fuzzing: such an offset was read to the second and written to the minute.
    #[test]
    fn offsets_are_kept_to_the_minute_as_they_are_written() {
        for text in
            ["2026-03-29T00:26-02:30:00.5", "2026-03-29T00:26:30+00:19:32", "2026-03-29T00:26:00-00:00:59"]
        {
            let read = moment(text);
            assert_eq!(moment(&read.to_string()), read, "{text}");
        }
    }

    proptest! {
        #[test]
        fn moments_are_ordered_by_their_timestamps(
            a in (0_i64..4_000_000_000, -12_i8..=14),
            b in (0_i64..4_000_000_000, -12_i8..=14),
        ) {
            let [a, b] = [a, b].map(|(at, hours)| Moment::new(Timestamp::from_second(at).unwrap(), offset(hours)));
            if a.timestamp() != b.timestamp() {
                prop_assert_eq!(a.cmp(&b), a.timestamp().cmp(&b.timestamp()));
            }
            prop_assert_eq!(a.cmp(&b).is_eq(), a == b);
            prop_assert_eq!(moment(&a.to_string()), a);
        }
    }
}
