//! Small values of the document: times of day, weekdays, places.

use jiff::civil::Time;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A time of day on the wall clock of the team, from `00:00` to `24:00`, to the second. It is written `HH:MM` or `HH:MM:SS`; `7:00` is
/// read as `07:00`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(u32);

impl TimeOfDay {
    /// Seconds in a day of the wall clock.
    pub const DAY: u32 = 86_400;

    /// The first moment of a day, `00:00`.
    pub const MIDNIGHT: Self = Self(0);

    /// The time at an hour and a minute of the wall clock, from 0:00 to 24:00; `None` for a time that does not exist.
    ///
    /// ```
    /// use kring::model::document::TimeOfDay;
    ///
    /// assert_eq!(TimeOfDay::new(7, 30).map(|time| time.to_string()).as_deref(), Some("07:30"));
    /// assert!(TimeOfDay::new(24, 0).is_some() && TimeOfDay::new(24, 1).is_none() && TimeOfDay::new(7, 60).is_none());
    /// ```
    pub const fn new(hour: u8, minute: u8) -> Option<Self> {
        let seconds = 3600 * hour as u32 + 60 * minute as u32;
        if minute < 60 && seconds <= Self::DAY { Some(Self(seconds)) } else { None }
    }

    /// From seconds after midnight, 0 to 86,400; `None` beyond.
    pub fn from_seconds(seconds: u32) -> Option<Self> {
        (seconds <= Self::DAY).then_some(Self(seconds))
    }

    /// A local time, rounded down to the second.
    pub(crate) fn of(time: Time) -> Self {
        let [hour, minute, second] =
            [time.hour(), time.minute(), time.second()].map(|part| u32::from(part.unsigned_abs()));
        Self(3600 * hour + 60 * minute + second)
    }

    /// Seconds after midnight on the wall clock, 0 to 86,400.
    pub fn seconds(self) -> u32 {
        self.0
    }
}

impl FromStr for TimeOfDay {
    /// What is wrong, as a sentence without its full stop.
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let shown: String = text.chars().take(40).collect();
        let wrong = || format!("{shown:?} is not a time of day; write HH:MM or HH:MM:SS, at most 24:00");
        let parts: Vec<&str> = text.split(':').collect();
        if !(2..=3).contains(&parts.len()) {
            return Err(wrong());
        }
        let mut seconds = 0;
        for (i, (part, (limit, weight))) in parts.iter().zip([(24, 3600), (59, 60), (59, 1)]).enumerate() {
            let has_digits = part.len() == 2 || (i == 0 && part.len() == 1);
            if !has_digits || !part.bytes().all(|b| b.is_ascii_digit()) {
                return Err(wrong());
            }
            let value: u32 = part.parse().map_err(|_| wrong())?;
            if value > limit {
                return Err(wrong());
            }
            seconds += value * weight;
        }
        Self::from_seconds(seconds).ok_or_else(wrong)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (h, m, s) = (self.0 / 3600, self.0 / 60 % 60, self.0 % 60);
        if s == 0 { write!(f, "{h:02}:{m:02}") } else { write!(f, "{h:02}:{m:02}:{s:02}") }
    }
}

impl fmt::Debug for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for TimeOfDay {
    fn schema_name() -> Cow<'static, str> {
        "TimeOfDay".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A local time of day, HH:MM or HH:MM:SS, from 00:00 to 24:00.",
            "pattern": "^(([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?|24:00(:00)?)$"
        })
    }
}

/// JSON Schema of a date, written by hand because the crate that makes the schemas (schemars) does not support dates of
/// this version of jiff.
pub(crate) struct DateText;

impl JsonSchema for DateText {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

/// A day of the week.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// The weekday of a date.
    pub fn of(date: jiff::civil::Date) -> Self {
        match date.weekday() {
            jiff::civil::Weekday::Monday => Weekday::Monday,
            jiff::civil::Weekday::Tuesday => Weekday::Tuesday,
            jiff::civil::Weekday::Wednesday => Weekday::Wednesday,
            jiff::civil::Weekday::Thursday => Weekday::Thursday,
            jiff::civil::Weekday::Friday => Weekday::Friday,
            jiff::civil::Weekday::Saturday => Weekday::Saturday,
            jiff::civil::Weekday::Sunday => Weekday::Sunday,
        }
    }
}

/// A place, given by its coordinates; by its row in the travel matrices where `travel` is `matrix`; or by an address, which is looked up
/// in the road extract where `travel` is `osm`. Coordinates may be given beside an index or an address: maps are drawn from them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Place {
    /// Latitude in degrees north (WGS 84), -90 to 90; needed unless `travel` is `matrix` or an `address` is
    /// looked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Longitude in degrees east (WGS 84), -180 to 180; given whenever `lat` is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// Row and column in the travel matrices, from 0; needed where `travel` is `matrix`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u32>,
    /// Street and number, or a name, 1 to 200 characters. If the road extract has several such addresses, add the town
    /// after a comma: `Kerkstraat 12, Zeist`. The address is looked up only if no coordinates are given; remove the
    /// coordinates when the address changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

impl Place {
    /// A place by its coordinates in degrees: latitude (-90 to 90), then longitude (-180 to 180). They are checked when the
    /// document is ([`Document::validate`](super::Document::validate)).
    pub fn at(lat: f64, lon: f64) -> Self {
        Self { lat: Some(lat), lon: Some(lon), ..Self::default() }
    }

    /// A place by its row in the travel matrices, from 0.
    pub fn row(index: u32) -> Self {
        Self { index: Some(index), ..Self::default() }
    }

    /// A place by its address, which the road extract of the document must have.
    pub fn address(address: impl Into<String>) -> Self {
        Self { address: Some(address.into()), ..Self::default() }
    }

    /// Latitude and longitude in degrees; `None` unless both are given.
    pub fn coordinates(&self) -> Option<(f64, f64)> {
        self.lat.zip(self.lon)
    }
}
