//! A neighbourhood made ready for planning.

use super::calendar::{Calendar, Moment};
use super::compile::compile;
use super::document::{Document, Mode};
use super::facts::Facts;
use super::places::places;
use super::plan::{Published, Stop, Tour};
use super::reason::Why;
use super::times::TravelTimes;
use crate::error::{Error, ErrorKind, Mistake, Result};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::fmt;
use std::sync::Arc;

/// A valid document made ready for planning: the document itself, which gives plans their names and dates, and what
/// the search reads of it.
///
/// Instances of vehicle routing are a type of their own: [`RoutingProblem`](super::RoutingProblem).
#[derive(Debug, Clone)]
pub struct Problem {
    pub(super) document: Document,
    times: TravelTimes,
    pub(super) calendar: Calendar,
    /// The published plan; changes to it have a price.
    pub(super) published: Option<Arc<Published>>,
    /// Nurse `i` and client `j` are those of the document's lists. After the clients come pseudo-clients, one for the
    /// meetings of each nurse.
    pub(crate) facts: Facts,
}

/// What a visit of the facts is in the document, by ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Task<'a> {
    /// A visit of a care line.
    Care { client: &'a str, care: &'a str },
    /// A nurse at a meeting.
    Meeting { nurse: &'a str, meeting: &'a str },
}

impl<'a> Task<'a> {
    /// A stop of a plan, with its date and its start; `None` for a break.
    pub(crate) fn in_plan(tour: &'a Tour, stop: &'a Stop) -> Option<((Self, Date), Moment)> {
        match stop {
            Stop::Visit(visit) => {
                let care = Task::Care { client: &visit.client, care: &visit.care };
                Some(((care, visit.date), visit.start))
            }
            Stop::Meeting(at) => {
                let meeting = Task::Meeting { nurse: &tour.nurse, meeting: &at.meeting };
                Some(((meeting, at.date), at.start))
            }
            Stop::Break(_) => None,
        }
    }

    /// The id of the care line or of the meeting.
    pub(crate) fn name(self) -> &'a str {
        match self {
            Task::Care { care, .. } => care,
            Task::Meeting { meeting, .. } => meeting,
        }
    }
}

impl fmt::Display for Task<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Task::Care { client, care } => write!(f, "{client} {care}"),
            Task::Meeting { nurse, meeting } => write!(f, "meeting {meeting} of {nurse}"),
        }
    }
}

impl Problem {
    /// Builds a problem from a document and the travel times between its places.
    ///
    /// # Errors
    /// Every mistake of [`Document::validate`]; travel times that do not fit the document.
    ///
    /// # Complexity
    /// Linear in the number of visits, times the day patterns of each.
    pub fn new(document: &Document, times: TravelTimes) -> Result<Self> {
        document.validate()?;
        let calendar = Calendar::new(&document.horizon)?;
        let places = places(document).len();
        let missing = Mode::ALL
            .into_iter()
            .find(|&mode| document.nurses.iter().any(|n| n.mode == mode) && times.matrix(mode).is_none());
        if times.places() != places || missing.is_some() {
            return Err(Error::new(
                ErrorKind::Travel,
                Mistake::new(
                    "travel",
                    format!("times are for {} places, the document has {places}", times.places()),
                    "compute the times from the same document, for every mode that a nurse uses",
                ),
            ));
        }
        let facts = compile(document, &calendar, &times)?;
        Ok(Self { document: document.clone(), times, calendar, published: None, facts })
    }

    /// The document that the problem was built from.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Travel times between the places of the document.
    pub fn times(&self) -> &TravelTimes {
        &self.times
    }

    /// The published plan of a problem [with one](Problem::with_published); `None` of any other.
    pub fn published(&self) -> Option<&Published> {
        self.published.as_deref()
    }

    /// The days of the horizon.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Number of visits to plan, not counting meetings.
    pub fn visit_count(&self) -> usize {
        let clients = self.document.clients.len() as u32;
        self.facts.visits.iter().filter(|visit| visit.client < clients).count()
    }

    /// Number of shifts that no absence cancels.
    pub fn shift_count(&self) -> usize {
        self.facts.shifts.len()
    }

    /// The number of each nurse, by id.
    pub(crate) fn nurse_numbers(&self) -> FxHashMap<&str, u32> {
        (0..).zip(&self.document.nurses).map(|(number, nurse)| (nurse.id.as_str(), number)).collect()
    }

    /// The id of a nurse.
    pub(crate) fn nurse_id(&self, nurse: u32) -> &str {
        &self.document.nurses[nurse as usize].id
    }

    /// Why a nurse has no shift on a day: on leave, or not on the roster.
    pub(crate) fn why_no_shift(&self, nurse: u32, day: u16) -> Why {
        let date = self.calendar.date(i32::from(day));
        let is_away = self.document.agreements.is_away(self.nurse_id(nurse), date);
        if is_away { Why::OnLeave } else { Why::NoShift }
    }

    /// The id of a client of the document.
    pub(crate) fn client_id(&self, client: u32) -> &str {
        &self.document.clients[client as usize].id
    }

    /// What a visit is in the document.
    pub(crate) fn task(&self, visit: u32) -> Task<'_> {
        let facts = &self.facts.visits[visit as usize];
        let line = &self.facts.lines[facts.line as usize];
        match self.document.clients.get(line.client as usize) {
            Some(client) => Task::Care { client: &client.id, care: &client.care[line.care as usize].id },
            None => {
                let nurse = self.facts.options[facts.options.start as usize].pinned.unwrap_or(0);
                let meeting = &self.document.meetings[line.care as usize].id;
                Task::Meeting { nurse: self.nurse_id(nurse), meeting }
            }
        }
    }
}
