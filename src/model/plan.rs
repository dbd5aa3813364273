//! The answer: tours with times, unplanned visits with their reasons. Ids are those of the document.

use super::calendar::Moment;
use super::circles::ClientCircle;
use super::reason::{Reason, Why};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A plan, as kring writes it and as `check` and a warm start read it.
///
/// Only tours, their order and times count when a plan is read; `faces`, `stand_ins`, `circles` and the reasons of
/// `unplanned` are for people and may be left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Version of the plan's form: 1.
    pub kring_plan: u32,
    /// One tour for every shift that has visits, by nurse and then by time.
    pub tours: Vec<Tour>,
    /// The visits left out.
    #[serde(default)]
    pub unplanned: Vec<Unplanned>,
    /// Meetings that a nurse misses: such a plan breaks a rule.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missed: Vec<MissedMeeting>,
    /// Who comes, client by client; derived from the tours.
    #[serde(default)]
    pub faces: Vec<ClientFaces>,
    /// Who stands in during planned leave without being known from the history window, and whether an earlier visit
    /// introduces her; derived from the tours.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stand_ins: Vec<StandIn>,
    /// The circles that were planned before the tours, where they were: who was meant to come. For people, as
    /// `faces`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub circles: Vec<ClientCircle>,
}

impl Plan {
    /// The version of the plan's form that this crate reads and writes.
    pub const VERSION: u32 = 1;
}

/// A nurse who comes during a planned leave of somebody the client counts on, whom the client did not meet in the
/// history window, and whom it does not count on as well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StandIn {
    /// Client id.
    pub client: String,
    /// Her nurse id.
    pub nurse: String,
    /// Who is away: nurse ids.
    pub away: Vec<String>,
    /// First day of the leave, within the horizon.
    pub from: Date,
    /// Last day of the leave, within the horizon.
    pub until: Date,
    /// Her visits to the client during the leave.
    pub visits: u32,
    /// The day of the visit that introduces her: her last one before the leave. None: she comes as a stranger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introduced: Option<Date>,
}

/// The ordered visits of one shift.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tour {
    /// Nurse id.
    pub nurse: String,
    /// Start of the shift, which names it among the shifts of the nurse.
    pub shift: Moment,
    /// Leaving home.
    pub leave: Moment,
    /// Being back.
    pub back: Moment,
    /// Seconds on the road, home legs included.
    pub travel_seconds: i64,
    /// Seconds of waiting between leaving and being back: neither care nor road nor break.
    pub waiting_seconds: i64,
    /// Visits, meetings and the break, in order. A break before `leave` or after `back` is taken at home; one
    /// between visits is taken at the place of the visit before it.
    pub stops: Vec<Stop>,
}

impl Tour {
    /// The meetings of the tour, in order.
    pub fn meetings(&self) -> impl Iterator<Item = &PlannedMeeting> {
        self.stops.iter().filter_map(|stop| match stop {
            Stop::Meeting(meeting) => Some(meeting),
            Stop::Visit(_) | Stop::Break(_) => None,
        })
    }

    /// Seconds on the road to each visit and meeting, in order.
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
#[serde(deny_unknown_fields)]
pub struct PlannedMeeting {
    /// Meeting id.
    pub meeting: String,
    /// Day of the meeting.
    pub date: Date,
    /// Seconds on the road from the place before.
    pub travel_seconds: i64,
    /// Start of the meeting.
    pub start: Moment,
    /// End of the meeting.
    pub end: Moment,
}

/// A visit of a care line with its times.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlannedVisit {
    /// Client id.
    pub client: String,
    /// Care line id.
    pub care: String,
    /// Day of the visit.
    pub date: Date,
    /// Seconds on the road from the place before.
    pub travel_seconds: i64,
    /// Start of care.
    pub start: Moment,
    /// End of care.
    pub end: Moment,
}

/// A break.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Break {
    /// Start of the break.
    pub start: Moment,
    /// End of the break.
    pub end: Moment,
}

/// A visit that was left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unplanned {
    /// Client id.
    pub client: String,
    /// Care line id.
    pub care: String,
    /// The day, or the day of the best attempt where kring may choose.
    pub date: Date,
    /// Why not, nurse by nurse. Empty for the less urgent of a great many visits: a plan has 20,000 reasons at most.
    #[serde(default)]
    pub reasons: Vec<Reason>,
}

impl Unplanned {
    /// The reasons, in the order of their first nurse, each with the ids of all nurses who share it.
    pub fn by_reason(&self) -> Vec<(&Why, Vec<&str>)> {
        let mut all: Vec<(&Why, Vec<&str>)> = Vec::new();
        for Reason { nurse, why } in &self.reasons {
            match all.iter_mut().find(|(known, _)| *known == why) {
                Some((_, nurses)) => nurses.push(nurse),
                None => all.push((why, vec![nurse])),
            }
        }
        all
    }
}

/// A meeting that a nurse misses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MissedMeeting {
    /// Meeting id.
    pub meeting: String,
    /// Nurse id.
    pub nurse: String,
    /// The day, or the day of the best attempt where kring may choose.
    pub date: Date,
    /// Why, in a sentence.
    #[serde(default)]
    pub why: String,
}

/// The faces of one client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientFaces {
    /// Client id.
    pub client: String,
    /// The nurses who come, most visits first.
    pub faces: Vec<Face>,
}

/// One nurse who comes to a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Face {
    /// Nurse id.
    pub nurse: String,
    /// Number of visits.
    pub visits: u32,
    /// Not met in the history window.
    pub new: bool,
}

/// A route of a vehicle of the literature: who is served in which order. All numbers count from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Route {
    /// The depot.
    pub depot: u32,
    /// The driver. Forms that do not tell drivers apart have one for each depot, with its number.
    pub driver: u32,
    /// The day.
    pub day: u16,
    /// The customers, in the order of service.
    pub customers: Vec<u32>,
}
