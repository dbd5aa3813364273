//! Nurses and their shifts. A person is not a shift: faces, hours and rest belong to the nurse.

use super::client::{every_week, is_every_week};
use super::values::DateText;
use super::{Care, Mode, Place, TimeOfDay, Weekday};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A member of the team.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Nurse {
    /// Id, unique among nurses.
    pub id: String,
    /// A name shown on pages. Planning never looks at it, and plans do not contain it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The nurse's home. Tours start and end here, except where `leaves_from` or `returns_to` is `office`.
    pub home: Place,
    /// Where tours start: at home (default) or at the office.
    #[serde(default, skip_serializing_if = "Base::is_home")]
    pub leaves_from: Base,
    /// Where tours end: at home (default) or at the office.
    #[serde(default, skip_serializing_if = "Base::is_home")]
    pub returns_to: Base,
    /// Level of competence, 1 to 9 (Dutch teams: 2 to 6). A care line can ask for a minimum level.
    #[serde(default = "lowest_level")]
    pub level: u8,
    /// Named competences, such as `wound-care`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub competences: Vec<String>,
    /// How the nurse travels.
    #[serde(default)]
    pub mode: Mode,
    /// Contract hours a week, 0 to 60, for each block of seven days from the first day of the horizon. A shorter last
    /// block has its share in proportion to its days. Left out: hours against contract are neither priced nor shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_hours: Option<f64>,
    /// First day in the team: shifts before it are a mistake.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<DateText>")]
    pub first_day: Option<Date>,
    /// Clients whom the nurse must not visit (family, allergy, conflict).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forbidden_clients: Vec<String>,
    /// Shifts on given dates, in any order. Shifts of one nurse must not overlap.
    #[serde(default)]
    pub shifts: Vec<Shift>,
    /// Shifts that recur every week or every few weeks, in addition to `shifts`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recurring: Vec<RecurringShift>,
    /// Days on which the nurse would rather not work. Her shifts on these days remain possible, at the price
    /// `wished_off`.
    #[serde(default, skip_serializing_if = "WishedOff::is_none")]
    pub wished_off: WishedOff,
}

/// Where a tour starts or ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// The nurse's home.
    #[default]
    Home,
    /// The office of the document, which must then be given.
    Office,
}

impl Base {
    /// Takes a reference because serde's `skip_serializing_if` passes one.
    fn is_home(&self) -> bool {
        *self == Base::Home
    }
}

impl Nurse {
    /// Whether she has the level and the competences that a care line asks for.
    pub(crate) fn can_give(&self, care: &Care) -> bool {
        care.level.is_none_or(|level| self.level >= level)
            && care.competences.iter().all(|needed| self.competences.contains(needed))
    }

    /// Where the tour of one of her shifts starts, and where it ends.
    pub fn bases_of(&self, shift: &Shift) -> [Base; 2] {
        [shift.leaves_from.unwrap_or(self.leaves_from), shift.returns_to.unwrap_or(self.returns_to)]
    }
}

/// Days that a nurse wishes off. A shift belongs to the day on which it starts. (Agreed leave is not a wish but an
/// absence.)
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WishedOff {
    /// These days of every week, each named once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub weekdays: Vec<Weekday>,
    /// These dates, each named once; those outside the horizon do not count.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<DateText>")]
    pub dates: Vec<Date>,
}

impl WishedOff {
    /// Whether no day is wished off.
    pub fn is_none(&self) -> bool {
        self.weekdays.is_empty() && self.dates.is_empty()
    }

    /// Whether a day is wished off.
    pub(crate) fn has(&self, date: Date) -> bool {
        self.weekdays.contains(&Weekday::of(date)) || self.dates.contains(&date)
    }
}

pub(super) fn lowest_level() -> u8 {
    1
}

/// A stretch of work on one day. `end` at or before `start` means the next day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Shift {
    /// The day on which the shift starts, within the horizon.
    #[schemars(with = "DateText")]
    pub date: Date,
    /// Earliest departure from home, or from the office if the tour starts there. (Likewise wherever the fields of a
    /// shift mention home.)
    pub start: TimeOfDay,
    /// End of the shift. Being home later is overtime.
    pub end: TimeOfDay,
    /// Latest time of being home. Hard. Default: `end`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest_end: Option<TimeOfDay>,
    /// Length of the break in minutes, 0 to 180, and not less than the law requires; default: what the law requires.
    /// The break lies in the middle half of the shift: it starts at least a quarter of the shift after `start` and ends
    /// at least a quarter of the shift before `end`. It is taken at home before leaving or after the return, or on the
    /// way after a visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub break_minutes: Option<u32>,
    /// Where the tour starts; default: as the nurse's `leaves_from`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaves_from: Option<Base>,
    /// Where the tour ends; default: as the nurse's `returns_to`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns_to: Option<Base>,
}

/// A shift that recurs on days of the week. It does not take place outside the horizon, before the nurse's `first_day`,
/// or during her absences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RecurringShift {
    /// On these days of the week.
    pub weekdays: Vec<Weekday>,
    /// Number of weeks from one week with the shift to the next, 1 (default: every week) to 26. Weeks run from Monday
    /// to Sunday and are counted from the week of `from`, which is required if the number is above 1.
    #[serde(default = "every_week", skip_serializing_if = "is_every_week")]
    pub every_weeks: u8,
    /// First day on which it may take place; default: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<DateText>")]
    pub from: Option<Date>,
    /// Last day on which it may take place, included; default: for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<DateText>")]
    pub until: Option<Date>,
    /// Dates on which it does not take place. (For other hours on such a date, add a shift to `shifts`.)
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<DateText>")]
    pub except: Vec<Date>,
    /// As [`Shift::start`].
    pub start: TimeOfDay,
    /// As [`Shift::end`].
    pub end: TimeOfDay,
    /// As [`Shift::latest_end`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest_end: Option<TimeOfDay>,
    /// As [`Shift::break_minutes`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub break_minutes: Option<u32>,
    /// As [`Shift::leaves_from`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaves_from: Option<Base>,
    /// As [`Shift::returns_to`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns_to: Option<Base>,
}
