//! The answer: tours with times, unplanned visits with their reasons. Ids are those of the document.
//!
//! # Example
//! ```
//! # mod team { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/team.rs")); }
//! # use team::team;
//! # let problem = kring::prepare(&team()?, ".".as_ref())?;
//! # let outcome = kring::solve(&problem, &kring::Options::default().with_iterations(200))?;
//! let visits: usize = outcome.plan.tours.iter().map(|tour| tour.visits().count()).sum();
//! assert_eq!(visits + outcome.plan.unplanned.len(), 30);
//! for tour in &outcome.plan.tours {
//!     println!("{} from {} to {}", tour.nurse, tour.leave, tour.back);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::calendar::{Calendar, Moment};
use super::circles::ClientCircle;
use super::document::DateText;
use super::document::build::with;
use super::reason::{Reason, Why};
use crate::error::{Error, ErrorKind, Mistake, Result};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A plan, as kring writes it and as `check` and a warm start read it.
///
/// Only tours, their order and times count when a plan is read; `faces`, `stand_ins`, `circles` and the reasons of
/// `unplanned` are for people and may be left out. Unknown fields are ignored, so that plans of newer versions can be
/// read; [`read_plan`](crate::read_plan) names them in the log (crate `log`).
///
/// After a change by hand, the fields that are derived from the tours are outdated: put a visit that you took out into
/// `unplanned`, correct `travel_seconds` and `waiting_seconds` of the tour, and empty `faces` and `stand_ins`;
/// [`check`](crate::check()) reports what is still wrong.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Plan {
    /// Version of the plan format: 1.
    pub kring_plan: u32,
    /// The document for which the plan was made. A plan that was made for another document is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<MadeFor>,
    /// One tour for every shift that has visits, by nurse and then by time.
    pub tours: Vec<Tour>,
    /// The visits left out.
    #[serde(default)]
    pub unplanned: Vec<Unplanned>,
    /// Meetings that a nurse misses. A plan with a missed meeting breaks a rule.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missed: Vec<MissedMeeting>,
    /// The nurses who visit each client. Derived from the tours.
    #[serde(default)]
    pub faces: Vec<ClientFaces>,
    /// Nurses who stand in during planned leave without having met the client in the history window, and the visits that introduce
    /// them. Derived from the tours.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stand_ins: Vec<StandIn>,
    /// The circles that were planned before the tours, if any were. They tell people who was meant to come; kring does not read them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub circles: Vec<ClientCircle>,
}

impl Plan {
    /// The version of the plan format that this crate reads and writes.
    pub const VERSION: u32 = 1;

    /// # Errors
    /// [`ErrorKind::Plan`] for another version.
    pub(crate) fn check_version(&self) -> Result<()> {
        if self.kring_plan == Self::VERSION {
            return Ok(());
        }
        let problem = format!("version {}", self.kring_plan);
        let mend = format!("this kring reads version {}", Self::VERSION);
        Err(Error::new(ErrorKind::Plan, Mistake::new("kring_plan", problem, mend)))
    }

    /// A plan of tours that were made elsewhere, without a list of the visits left out.
    pub fn new(tours: Vec<Tour>) -> Self {
        Self { kring_plan: Self::VERSION, tours, ..Self::default() }
    }
}

/// The document that a plan was made for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct MadeFor {
    /// The `id` of the document, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Digest of the document's horizon and people, 16 hexadecimal digits: it tells whether the plan was made for the same days and
    /// the same nurses and clients. Prices, shifts, care, agreements and labels are not in it.
    pub digest: String,
}

impl fmt::Display for MadeFor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Most characters of an id or a digest that are shown.
        const SHOWN: usize = 64;
        let cut = |text: &str| text.chars().take(SHOWN).collect::<String>();
        match &self.id {
            Some(id) => write!(f, "document {:?} of digest {:?}", cut(id), cut(&self.digest)),
            None => write!(f, "a document without an id, of digest {:?}", cut(&self.digest)),
        }
    }
}

/// The plan as it was published to clients and nurses, and the moment at which it is changed.
///
/// Its visits are matched with those of the new plan by client, care line and date, and its meetings by meeting, nurse and date. The
/// rest of the plan is not read.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Published {
    /// The plan.
    pub plan: Plan,
    /// The moment at which the plan is changed, called *now*. Visits that have begun by then, and visits to which their nurse is on the
    /// way, keep nurse, day and hour. No other visit starts before it, and no tour without such a visit leaves before it. Notice of
    /// changes is counted from it. `None`: midnight of the first day.
    pub now: Option<Moment>,
}

impl Published {
    /// A published plan, and the moment at which it is changed; `None`: midnight of the first day.
    pub fn new(plan: Plan, now: Option<Moment>) -> Self {
        Self { plan, now }
    }

    /// Now, in elapsed seconds.
    pub(crate) fn now(&self, calendar: &Calendar) -> i64 {
        self.now.map_or(0, |now| calendar.elapsed(now))
    }
}

/// A nurse who visits a client during the planned leave of another nurse, and who is a stranger to the client: she is not one of the
/// nurses the client counts on, and did not visit the client in the history window.
///
/// The nurses a client counts on are its first nurse and its circle. A client who has neither counts on all nurses who visited it
/// in the history window. There is one entry for each client, stand-in and leave; absences that overlap or follow each other are one
/// leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct StandIn {
    /// Client id.
    pub client: String,
    /// Nurse id of the stand-in.
    pub nurse: String,
    /// Nurse ids of those the client counts on who are away.
    pub away: Vec<String>,
    /// First day of the leave, or of the horizon where the leave began before it.
    #[schemars(with = "DateText")]
    pub from: Date,
    /// Last day of the leave, included, or of the horizon where the leave ends after it.
    #[schemars(with = "DateText")]
    pub until: Date,
    /// Number of visits that the stand-in makes to the client during the leave.
    pub visits: u32,
    /// The day of the last visit that the stand-in makes to the client in this plan before the leave: it introduces her. None: the
    /// plan has no such visit, so that she comes as a stranger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<DateText>")]
    pub introduced: Option<Date>,
}

/// The ordered visits of one shift.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Tour {
    /// Nurse id.
    pub nurse: String,
    /// Start of the shift. It identifies the shift among those of the nurse.
    pub shift: Moment,
    /// When the nurse leaves home, or the office.
    pub leave: Moment,
    /// When she is back at home, or at the office.
    pub back: Moment,
    /// Travel time in whole seconds, including the legs from and to home or the office.
    pub travel_seconds: i64,
    /// Waiting in whole seconds: time between leaving and being back that is neither care, a meeting, travel nor a
    /// break.
    pub waiting_seconds: i64,
    /// Visits, meetings and the break, in order. A break before `leave` or after `back` is taken at home; one
    /// between visits is taken at the place of the visit before it.
    pub stops: Vec<Stop>,
}

impl Plan {
    /// The first and the last day of its tours.
    pub(crate) fn days(&self) -> Option<(Date, Date)> {
        let days = || self.tours.iter().map(|tour| tour.shift.date());
        days().min().zip(days().max())
    }
}

impl Tour {
    /// The tour of a nurse's shift that starts at `shift`, with its stops in order; `travel_seconds` and
    /// `waiting_seconds` are 0.
    pub fn new(
        nurse: impl Into<String>,
        shift: Moment,
        leave: Moment,
        back: Moment,
        stops: Vec<Stop>,
    ) -> Self {
        Self { nurse: nurse.into(), shift, leave, back, travel_seconds: 0, waiting_seconds: 0, stops }
    }

    /// The meetings of the tour, in order.
    pub fn meetings(&self) -> impl Iterator<Item = &PlannedMeeting> {
        self.stops.iter().filter_map(|stop| match stop {
            Stop::Meeting(meeting) => Some(meeting),
            Stop::Visit(_) | Stop::Break(_) => None,
        })
    }

    /// Travel time in seconds to each visit and meeting, in order.
    pub(crate) fn legs(&self) -> impl Iterator<Item = i64> {
        self.stops.iter().filter_map(|stop| match stop {
            Stop::Visit(visit) => Some(visit.travel_seconds),
            Stop::Meeting(meeting) => Some(meeting.travel_seconds),
            Stop::Break(_) => None,
        })
    }

    /// The visits of the tour, in order.
    pub fn visits(&self) -> impl Iterator<Item = &PlannedVisit> {
        self.stops.iter().filter_map(|stop| match stop {
            Stop::Visit(visit) => Some(visit),
            Stop::Break(_) | Stop::Meeting(_) => None,
        })
    }
}

with! { Tour PlannedVisit PlannedMeeting }

/// A visit, a meeting or a break.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    /// Care at a client's home.
    Visit(PlannedVisit),
    /// The break.
    Break(Break),
    /// A meeting, training or role time.
    Meeting(PlannedMeeting),
}

/// A nurse at a meeting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct PlannedMeeting {
    /// Meeting id.
    pub meeting: String,
    /// Day of the meeting.
    #[schemars(with = "DateText")]
    pub date: Date,
    /// Travel time in seconds from the previous place.
    pub travel_seconds: i64,
    /// Start of the meeting.
    pub start: Moment,
    /// End of the meeting.
    pub end: Moment,
}

impl PlannedMeeting {
    /// A meeting on the day of its start; its travel time is 0.
    pub fn new(meeting: impl Into<String>, start: Moment, end: Moment) -> Self {
        Self { meeting: meeting.into(), date: start.date(), travel_seconds: 0, start, end }
    }
}

/// A visit of a care line with its times.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct PlannedVisit {
    /// Client id.
    pub client: String,
    /// Care line id.
    pub care: String,
    /// Day of the visit.
    #[schemars(with = "DateText")]
    pub date: Date,
    /// Travel time in seconds from the previous place.
    pub travel_seconds: i64,
    /// Start of care.
    pub start: Moment,
    /// End of care.
    pub end: Moment,
}

impl PlannedVisit {
    /// A visit on the day of its start; its travel time is 0.
    pub fn new(client: impl Into<String>, care: impl Into<String>, start: Moment, end: Moment) -> Self {
        let (client, care, date) = (client.into(), care.into(), start.date());
        Self { client, care, date, travel_seconds: 0, start, end }
    }
}

/// A break.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Break {
    /// Start of the break.
    pub start: Moment,
    /// End of the break.
    pub end: Moment,
}

impl Break {
    /// A break.
    pub fn new(start: Moment, end: Moment) -> Self {
        Self { start, end }
    }
}

/// A visit that was left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Unplanned {
    /// Client id.
    pub client: String,
    /// Care line id.
    pub care: String,
    /// The day; where kring chooses the day, that of the best attempt.
    #[schemars(with = "DateText")]
    pub date: Date,
    /// Why the visit was left out, nurse by nurse. A plan has at most 20,000 reasons: where very many visits are left
    /// out, the list is empty for the less urgent ones.
    #[serde(default)]
    pub reasons: Vec<Reason>,
}

impl Unplanned {
    /// A visit that is left out, without a reason.
    pub fn new(client: impl Into<String>, care: impl Into<String>, date: Date) -> Self {
        Self { client: client.into(), care: care.into(), date, reasons: Vec::new() }
    }

    /// The reasons, in the order of their first nurse, each with the ids of all nurses who share it.
    pub fn by_reason(&self) -> Vec<(&Reason, Vec<&str>)> {
        let mut all: Vec<(&Reason, Vec<&str>)> = Vec::new();
        // Reasons contain floating-point numbers, which cannot be keys of a hash map; their text can.
        let mut known = FxHashMap::default();
        for reason in &self.reasons {
            let at = *known.entry((format!("{:?}", reason.why), reason.date)).or_insert(all.len());
            match all.get_mut(at) {
                Some((_, nurses)) => nurses.push(&reason.nurse),
                None => all.push((reason, vec![&reason.nurse])),
            }
        }
        all
    }

    /// The reason that takes the least change to lift, and so the one to try first; `None` without reasons.
    pub fn nearest(&self) -> Option<&Reason> {
        // Care cannot move out of its time window: a shift for a nurse who has none that day comes before a second
        // shift for a nurse who works at another hour.
        let order = |reason: &&Reason| match &reason.why {
            Why::OutsideWindow => 2 * Why::NoShift.effort() + 1,
            why => 2 * why.effort(),
        };
        self.reasons.iter().min_by_key(order)
    }
}

/// A meeting that a nurse misses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct MissedMeeting {
    /// Meeting id.
    pub meeting: String,
    /// Nurse id.
    pub nurse: String,
    /// The day; where kring chooses the day, that of the best attempt.
    #[schemars(with = "DateText")]
    pub date: Date,
    /// Why she misses it, in a sentence.
    #[serde(default)]
    pub why: String,
}

/// The faces of one client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct ClientFaces {
    /// Client id.
    pub client: String,
    /// The nurses who come, most visits first.
    pub faces: Vec<Face>,
}

/// One nurse who comes to a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Face {
    /// Nurse id.
    pub nurse: String,
    /// Number of visits.
    pub visits: u32,
    /// Whether the client did not meet the nurse in the history window.
    pub new: bool,
}

/// A route of a vehicle in an instance of the literature: its customers in the order of service. All numbers count from
/// 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Route {
    /// The depot.
    pub depot: u32,
    /// The driver. Instances that do not distinguish drivers have one driver for each depot, with the number of the
    /// depot.
    pub driver: u32,
    /// The day.
    pub day: u16,
    /// The customers, in the order of service.
    pub customers: Vec<u32>,
}
