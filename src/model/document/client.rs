//! Clients and their care plans, as recurring visits.

use super::values::DateText;
use super::{Place, TimeOfDay, Weekday};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A person cared for. A plan is health data and names a client by the id alone: choose ids that are not names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Client {
    /// Id, unique among clients.
    pub id: String,
    /// A name shown on pages. Planning never looks at it, and plans do not contain it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Where the care takes place.
    pub location: Place,
    /// The care plan: recurring visits.
    pub care: Vec<Care>,
    /// Days on which the client is away (hospital, family, holiday): no visit takes place on them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub away: Vec<Away>,
    /// Other addresses for some days (with family, in a hospice): care on these days takes place there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<Elsewhere>,
    /// The household, if several clients share one (a couple): any text, the same for each of them. On a day they
    /// should have the same nurse or nurses, at the price `household`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<String>,
    /// The first nurse (Dutch EVV'er), if named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_nurse: Option<String>,
    /// The circle: the nurses meant to do nearly all visits; a visit by another has the price `not_circle`.
    /// Empty: no circle.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub circle: Vec<String>,
    /// Nurses the client would rather see; a visit by another has the price `not_preferred`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub preferred_nurses: Vec<String>,
    /// Nurses who must not come.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forbidden_nurses: Vec<String>,
    /// The most nurses who may come during the horizon; default: any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_faces: Option<MaxFaces>,
    /// Visits of fewer minutes than this, 0 to 1,440, may be made only by a nurse whom the client knows: one who
    /// visited in the history window, the first nurse, or a nurse of the circle. Hard. (A short visit leaves no time to
    /// get acquainted.)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_faces_under_minutes: Option<f64>,
    /// Factor of the prices of continuity for this client, 0 to 100; default 1. Give more to a client for whom every
    /// new face is hard (dementia, the last phase of life). It multiplies `face`, `new_face`, `face_over_max`,
    /// `unintroduced`, `coc`, `upc` and `handover`.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub weight: f64,
}

pub(super) fn one() -> f64 {
    1.0
}

/// Takes a reference because serde's `skip_serializing_if` passes one.
fn is_one(weight: &f64) -> bool {
    *weight == 1.0
}

/// A client is away from the first to the last day, both included, and no visit takes place on these days. Care on
/// fixed days or dates loses the visits on these days. `per_week` has fewer visits, in proportion to the days away, as
/// in a week that the horizon cuts short. Day patterns with such a day are no longer possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Away {
    /// First day away.
    #[schemars(with = "DateText")]
    pub from: Date,
    /// Last day away.
    #[schemars(with = "DateText")]
    pub until: Date,
}

/// A stay of a client at another address, from its first to its last day, both included. A visit takes place at the address of the
/// day on which its time window begins. The stays of a client do not overlap. Days outside the horizon do not count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Elsewhere {
    /// First day of the stay.
    #[schemars(with = "DateText")]
    pub from: Date,
    /// Last day of the stay, included; not before `from`.
    #[schemars(with = "DateText")]
    pub until: Date,
    /// Where the care takes place during the stay.
    pub location: Place,
}

impl Client {
    /// Where the client is cared for on a date.
    pub fn location_on(&self, date: Date) -> &Place {
        self.stay_on(date).map_or(&self.location, |stay| &self.elsewhere[stay].location)
    }

    /// The position in `elsewhere` of the stay on a date, if there is one.
    pub(in crate::model) fn stay_on(&self, date: Date) -> Option<usize> {
        self.elsewhere.iter().position(|stay| (stay.from..=stay.until).contains(&date))
    }
}

/// An upper bound on the number of different nurses who visit a client during the horizon. Faces of the history do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MaxFaces {
    /// The most nurses who may come, at least 1.
    pub count: u32,
    /// True: visits are left out rather than made by a further nurse. False (default): each further nurse costs `face_over_max`.
    #[serde(default)]
    pub hard: bool,
}

/// One line of a care plan: the same visit on recurring days, at most once a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Care {
    /// Id, unique within the client.
    pub id: String,
    /// The days on which the visit takes place.
    pub days: Days,
    /// First day of the line; default: the first day of the horizon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<DateText>")]
    pub from: Option<Date>,
    /// Last day of the line, included; default: the last day of the horizon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<DateText>")]
    pub until: Option<Date>,
    /// Number of weeks from one week with visits to the next, 1 (default: every week) to 26. Weeks run from Monday to
    /// Sunday and are counted from the week of `from`, which is required if the number is above 1. Only for `daily`,
    /// `weekdays` and `per_week`.
    #[serde(default = "every_week", skip_serializing_if = "is_every_week")]
    pub every_weeks: u8,
    /// Earliest and latest *start of care*. Hard.
    pub window: Window,
    /// The start of care that the client prefers. A start further from it than `preferred_start_tolerance` has a price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred_start: Option<TimeOfDay>,
    /// Care on different days should start at about the same time of day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regular_hour: Option<RegularHour>,
    /// Minutes with the client, above 0 and at most 1,440; rounded to whole seconds.
    pub minutes: f64,
    /// The lowest level of a nurse who may give this care, 1 to 9, both included. Hard. Default: any level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// Named competences, all of them needed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub competences: Vec<String>,
    /// Priority of the visits: it sets the price of leaving one out.
    #[serde(default)]
    pub priority: Priority,
}

/// How regular the starts of a care line should be. Their spread is the latest start of care minus the earliest over
/// the days of the plan, each counted in minutes from the start of the time window of its day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegularHour {
    /// The largest spread allowed, in minutes, 0 to 1,440.
    pub within_minutes: f64,
    /// True: visits are left out rather than spread beyond `within_minutes`. False (default): each minute beyond it
    /// costs `irregular_hour`.
    #[serde(default)]
    pub hard: bool,
}

/// Earliest and latest start of care, both included; `to` before `from` means the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// Earliest start.
    pub from: TimeOfDay,
    /// Latest start.
    pub to: TimeOfDay,
}

/// On which days a care line has a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Days {
    /// Every day of the horizon.
    Daily,
    /// On these days of the week.
    Weekdays(Vec<Weekday>),
    /// On these dates; those outside the horizon (or `from`/`until`) do not count.
    Dates(#[schemars(with = "Vec<DateText>")] Vec<Date>),
    /// Once a month, on a date of the month or on a weekday of it.
    Monthly(Monthly),
    /// A number of visits in each block of seven days from the first day of the horizon; kring chooses the days.
    PerWeek(PerWeek),
    /// One of several day patterns; kring chooses the pattern. Each is a list of day numbers (0 is the first day of the
    /// horizon), and all have the same length.
    Patterns(Vec<Vec<u16>>),
}

/// `times` visits in each block of seven days counted from the first day of the horizon. A block
/// cut short by the horizon or by `from`/`until` to n days has `times * n / 7` visits, rounded down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PerWeek {
    /// Visits a week, 1 to 7.
    pub times: u8,
    /// Least difference in days between two visits of the same week, 1 (default) to 6.
    #[serde(default = "one_day")]
    pub min_gap: u8,
    /// Only on these days of the week; empty: any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weekdays: Vec<Weekday>,
}

pub(super) fn one_day() -> u8 {
    1
}

/// A day of every month: either `day`, or `weekday` and `nth`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Monthly {
    /// Day of the month, 1 to 31; in a shorter month its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<u8>,
    /// A day of the week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekday: Option<Weekday>,
    /// Which of the weekdays of the month: 1 to 4, or 5 for the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<u8>,
}

pub(super) fn every_week() -> u8 {
    1
}

/// Takes a reference because serde's `skip_serializing_if` passes one.
pub(super) fn is_every_week(weeks: &u8) -> bool {
    *weeks == 1
}

/// Priority of a visit: each class has its own price of leaving the visit out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// Cannot be missed (insulin, last phase of life).
    Vital,
    /// Should happen (default).
    #[default]
    Needed,
    /// Good to have.
    Wished,
}
