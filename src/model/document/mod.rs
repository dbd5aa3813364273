//! What the user writes: one JSON document, as plain types, before any index.
//!
//! Ids are free text (1 to 64 characters), unique within their list. Unknown fields are refused.
//! New optional fields do not raise [`Document::VERSION`]; a changed meaning does.
//!
//! # Example
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! use kring::model::document::{MaxFaces, Priority};
//!
//! let mut document = team()?;
//! document.clients[0].max_faces = Some(MaxFaces { count: 2, hard: true });
//! document.clients[0].care[0].priority = Priority::Vital;
//! document.prices.face = 30.0;
//! assert!(document.validate().is_ok());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub(in crate::model) mod build;
mod client;
mod meeting;
mod nurse;
mod prices;
mod travel;
mod values;

pub use crate::model::terms::Prices;
pub use client::{
    Away, Care, Client, Days, Elsewhere, MaxFaces, Monthly, PerWeek, Priority, RegularHour, Window,
};
pub use meeting::Meeting;
pub use nurse::{Base, Nurse, RecurringShift, Shift, WishedOff};
pub use prices::UnplannedPrices;
pub use travel::{Matrices, Mode, ModeSpeed, ModeTable, Osm, Straight, Street, StreetUse, Streets, Travel};
pub(crate) use values::DateText;
pub use values::{Place, TimeOfDay, Weekday};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One neighbourhood: a team of nurses, its clients and their care plans, the roads, a horizon of
/// days, what has been agreed and what happened before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Document {
    /// Version of the document format: 1.
    pub kring: u32,
    /// The id of the neighbourhood, kept from one horizon to the next. Plans carry it, so that the plan of another
    /// neighbourhood is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// A name shown on pages; planning never looks at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The days to plan.
    pub horizon: Horizon,
    /// Working-time law, and which time is paid.
    #[serde(default)]
    pub working_time: WorkingTime,
    /// The price list: what each undesired feature of a plan costs, in minutes of a nurse's time.
    #[serde(default)]
    pub prices: Prices,
    /// The office of the team. A tour starts or ends there where `leaves_from` or `returns_to` of the shift or the nurse is
    /// `office`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<Place>,
    /// The team.
    pub nurses: Vec<Nurse>,
    /// The people cared for.
    pub clients: Vec<Client>,
    /// Meetings, training and role time of nurses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meetings: Vec<Meeting>,
    /// What has been agreed: pins, absences and locks.
    #[serde(default)]
    pub agreements: Agreements,
    /// Who visited whom before the horizon.
    #[serde(default)]
    pub history: History,
    /// Where the travel times between places come from.
    pub travel: Travel,
}

impl Document {
    /// The version of the document format that this crate reads and writes.
    pub const VERSION: u32 = 1;

    /// Where a nurse's tour starts or ends; her home where the document has no office.
    pub fn base_place<'a>(&'a self, nurse: &'a Nurse, base: Base) -> &'a Place {
        self.office.as_ref().filter(|_| base == Base::Office).unwrap_or(&nurse.home)
    }
}

/// The days to plan, each from midnight to midnight local time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Horizon {
    /// First day, ISO 8601 (`2026-03-02`).
    #[schemars(with = "DateText")]
    pub first_day: Date,
    /// Number of days, 1 to 60.
    #[schemars(range(min = 1, max = 60))]
    pub days: u16,
    /// IANA time zone (`Europe/Amsterdam`). Where the clock changes, durations are counted in elapsed time. None: the
    /// clock never changes, moments of the plan have the offset +00:00, and exported calendars have local times without
    /// a zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}

/// Working-time law, and which time is paid.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct WorkingTime {
    /// The working-time law that sets breaks, rest and the longest shift.
    pub law: Law,
    /// Which part of a shift is paid.
    pub paid: Paid,
    /// True: travel from home to the first visit and from the last visit to home is unpaid. It has an effect with
    /// `paid: span` only. Travel from and to the office is always paid. False (default): all travel is paid.
    pub home_legs_unpaid: bool,
    /// Whether breaks are paid. Default false.
    pub breaks_paid: bool,
}

/// A named profile of working-time law.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Law {
    /// Netherlands, Arbeidstijdenwet, adults: a shift of more than 5.5 hours has a break of 30
    /// minutes, of more than 10 hours one of 45 (art. 5:4); 11 hours of rest between the last
    /// shift of a day and the first of the next (art. 5:3); at most 12 hours a shift (art. 5:7).
    #[default]
    Netherlands,
    /// No law: a shift has a break only where it states one (`break_minutes`), no rest is required, and a shift may
    /// have any length.
    None,
}

impl Law {
    /// The break that a shift of `seconds` must have, in seconds; 0 for none. "More than" is strict.
    pub fn break_seconds(self, seconds: i64) -> i64 {
        match self {
            Law::None => 0,
            Law::Netherlands if seconds > 10 * 3600 => 45 * 60,
            Law::Netherlands if seconds > 11 * 1800 => 30 * 60,
            Law::Netherlands => 0,
        }
    }

    /// Rest in seconds between the last shift of one day and the first of the next.
    pub fn rest_seconds(self) -> i64 {
        match self {
            Law::None => 0,
            Law::Netherlands => 11 * 3600,
        }
    }

    /// Longest shift in seconds, from start to latest end.
    pub fn longest_shift_seconds(self) -> i64 {
        match self {
            Law::None => i64::MAX,
            Law::Netherlands => 12 * 3600,
        }
    }
}

/// Which part of a shift is paid.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Paid {
    /// The whole shift from start to end, whether or not the nurse makes a visit in it, and overtime after its end.
    #[default]
    Shift,
    /// The time from leaving home to being back.
    Span,
}

/// What has been agreed before planning.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Agreements {
    /// Visits fixed to a nurse, a time, or both.
    pub pins: Vec<Pin>,
    /// Days on which a nurse is away. Her shifts that start on these days are cancelled.
    pub absences: Vec<Absence>,
    /// Parts of a published plan that stay as they were published. Locks have an effect only where a plan is made, or
    /// checked, from a published plan; without one, fix a visit by a pin.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub locks: Vec<Lock>,
}

impl Agreements {
    /// Whether a nurse is away on a day, so that her shifts of that day are cancelled.
    pub(crate) fn is_away(&self, nurse: &str, date: Date) -> bool {
        self.absences
            .iter()
            .any(|absence| absence.nurse == nurse && (absence.from..=absence.until).contains(&date))
    }
}

/// One visit fixed to a nurse, a start time, or both. Hard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Pin {
    /// Client id.
    pub client: String,
    /// Care line id of that client.
    pub care: String,
    /// Day of the visit. Where kring chooses the days of the care line, this day is one of them.
    #[schemars(with = "DateText")]
    pub date: Date,
    /// The nurse who must come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nurse: Option<String>,
    /// The start of care; must lie within the window of the care line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<TimeOfDay>,
}

/// Keeps visits of a published plan as they were published. A lock holds the visits that match every given field:
/// client, care line, nurse, days, and the time before which they start. It is hard, or it multiplies the prices of
/// changes (`factor`). A visit that cannot be made as its hard lock asks is left out. Exception: the lock does not keep
/// a nurse who has no shift on the day of the visit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Lock {
    /// Client id: the visits of this client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    /// Care line id of that client: the visits of this line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub care: Option<String>,
    /// Nurse id: the visits that were published with this nurse.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nurse: Option<String>,
    /// First day of the visits that are held; default: every day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<DateText>")]
    pub date: Option<Date>,
    /// Last day, included; default: `date`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<DateText>")]
    pub until: Option<Date>,
    /// Only visits whose published start is before this time of their day: the first visits of a tour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<TimeOfDay>,
    /// What stays as published; default: nurse, day and hour.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keep: Vec<Kept>,
    /// Factor of the prices of changing what is kept, 0 to 100. Left out: the lock is hard; where it keeps the hour,
    /// the start stays within `changed_hour_tolerance` of the published start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub factor: Option<f64>,
}

impl Lock {
    /// What the lock keeps of its visits: `keep`, or everything where that is empty.
    pub fn kept(&self) -> &[Kept] {
        if self.keep.is_empty() { &Kept::ALL } else { &self.keep }
    }
}

/// What a lock keeps of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// Who comes.
    Nurse,
    /// The day, where kring chooses the days.
    Day,
    /// When care starts.
    Hour,
}

impl Kept {
    /// Everything that can be kept.
    pub const ALL: [Kept; 3] = [Kept::Nurse, Kept::Day, Kept::Hour];
}

/// A nurse is away from the first to the last day, both included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Absence {
    /// Nurse id.
    pub nurse: String,
    /// First day away.
    #[schemars(with = "DateText")]
    pub from: Date,
    /// Last day away.
    #[schemars(with = "DateText")]
    pub until: Date,
}

/// Who visited whom before the horizon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct History {
    /// Length of the history window: the number of weeks before the first day in which a visit makes a nurse a known
    /// face, 0 to 520; default 8.
    pub weeks: u16,
    /// The half-life, in days, of what a client knows of a nurse, 0.1 to 3,650. With it, each face has the price
    /// `new_face` times the strangeness of the nurse: 1 minus the sum, over her visits in the history window, of
    /// `2^(-days / half_life_days)`, and at least 0; `days` is counted from the visit to the first day. Trust thus
    /// grows with each visit and fades between visits, as in models of learning and forgetting. The half-life does not
    /// change which faces *count* as new. None (default): one visit in the window makes a nurse fully known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub half_life_days: Option<f64>,
    /// Past visits, in any order. Those on or after the first day are a mistake. Nurses who have
    /// left the team may be named.
    pub visits: Vec<PastVisit>,
}

impl Default for History {
    fn default() -> Self {
        Self { weeks: 8, half_life_days: None, visits: Vec::new() }
    }
}

/// One visit that took place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PastVisit {
    /// Client id.
    pub client: String,
    /// Nurse id; not necessarily of the present team.
    pub nurse: String,
    /// The day.
    #[schemars(with = "DateText")]
    pub date: Date,
}
