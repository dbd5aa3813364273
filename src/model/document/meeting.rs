//! Meetings, training and role time: work of nurses that is not care.

use super::client::{every_week, is_every_week};
use super::values::DateText;
use super::{Base, Care, Days, Place, TimeOfDay, Window};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A meeting, training or role time: work of nurses that is not care, on days that recur.
///
/// A nurse takes part on the days of the meeting on which one of her shifts has room for it: between the start of the
/// shift, or of the window if that is later, and the latest end of the shift. On other days, and during absences, she
/// does not take part; a warning names such days, except those of absences. On a day on which she takes part,
/// attendance is hard: a plan in which she misses the meeting breaks a rule. Travel there and back must fit in her
/// shift as well: let the shift end later than the meeting (`latest_end`), or at the office (`returns_to`). A meeting
/// comes before care: where a nurse cannot do both, the visit is left out, with its reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Meeting {
    /// Id, unique among meetings.
    pub id: String,
    /// A name shown on pages; planning never looks at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Who takes part: nurse ids. Empty (default): the whole team.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nurses: Vec<String>,
    /// The days, given as for a care line, but not as `patterns`. With `per_week`, kring chooses the days separately
    /// for each nurse, so that a meeting of several nurses needs a `window`.
    pub days: Days,
    /// First day; default: the first day of the horizon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<DateText>")]
    pub from: Option<Date>,
    /// Last day, included; default: the last day of the horizon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<DateText>")]
    pub until: Option<Date>,
    /// As [`Care::every_weeks`].
    #[serde(default = "every_week", skip_serializing_if = "is_every_week")]
    pub every_weeks: u8,
    /// Start of a meeting at a fixed time, at which all participants meet. Give either `start` or `window`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<TimeOfDay>,
    /// Earliest and latest start of work that each nurse does at a time of her own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// Length of the meeting in minutes of elapsed time, above 0 and at most 1,440, rounded to whole seconds. It is paid as care is,
    /// and does not count as time with clients.
    pub minutes: f64,
    /// Where it takes place: at the office or at each nurse's home. Default: `location` if given; otherwise the office
    /// of the document; if it has none, each nurse's home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Base>,
    /// A place of its own, instead of `at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Place>,
}

impl Meeting {
    /// A meeting of the whole team at a fixed local time, for `minutes` (above 0, at most 1,440).
    pub fn new(id: impl Into<String>, days: Days, start: TimeOfDay, minutes: f64) -> Self {
        Self {
            id: id.into(),
            label: None,
            nurses: Vec::new(),
            days,
            from: None,
            until: None,
            every_weeks: every_week(),
            start: Some(start),
            window: None,
            minutes,
            at: None,
            location: None,
        }
    }

    /// Whether the nurse with this id is meant to take part.
    pub fn is_for(&self, nurse: &str) -> bool {
        self.nurses.is_empty() || self.nurses.iter().any(|id| id == nurse)
    }

    /// Earliest and latest start, both included. They are equal for a meeting at a fixed time.
    pub fn starts(&self) -> Window {
        let at = self.start.unwrap_or(TimeOfDay::MIDNIGHT);
        self.window.filter(|_| self.start.is_none()).unwrap_or(Window { from: at, to: at })
    }

    /// A care line on the same days and at the same times.
    pub(in crate::model) fn as_care(&self) -> Care {
        Care {
            from: self.from,
            until: self.until,
            every_weeks: self.every_weeks,
            ..Care::new(self.id.clone(), self.days.clone(), self.starts(), self.minutes)
        }
    }
}
