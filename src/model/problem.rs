//! A neighbourhood made ready for planning.

use super::calendar::Calendar;
use super::compile::compile;
use super::document::{Care, Document, Mode};
use super::facts::Facts;
use super::times::TravelTimes;
use crate::error::{Error, ErrorKind, Mistake, Result};
use rustc_hash::FxHashMap;

/// A valid document made ready for planning: the document itself, which gives plans their names and dates, and what
/// the search reads of it.
///
/// Instances of vehicle routing are a type of their own: [`RoutingProblem`](super::RoutingProblem).
#[derive(Debug, Clone)]
pub struct Problem {
    document: Document,
    times: TravelTimes,
    calendar: Calendar,
    /// Nurse `i` and client `j` are those of the document's lists.
    pub(crate) facts: Facts,
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
        let places = document.nurses.len() + document.clients.len();
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
        Ok(Self { document: document.clone(), times, calendar, facts })
    }

    /// The document that the problem was built from.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Travel times between the places of the document.
    pub fn times(&self) -> &TravelTimes {
        &self.times
    }

    /// The days of the horizon.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Number of visits to plan.
    pub fn visit_count(&self) -> usize {
        self.facts.visits.len()
    }

    /// Number of shifts after absences.
    pub fn shift_count(&self) -> usize {
        self.facts.shifts.len()
    }

    /// The id of a nurse.
    /// The number of each nurse, by id.
    pub(crate) fn nurse_numbers(&self) -> FxHashMap<&str, u32> {
        (0..).zip(&self.document.nurses).map(|(number, nurse)| (nurse.id.as_str(), number)).collect()
    }

    pub(crate) fn nurse_id(&self, nurse: u32) -> &str {
        &self.document.nurses[nurse as usize].id
    }

    /// The id of a client.
    pub(crate) fn client_id(&self, client: u32) -> &str {
        &self.document.clients[client as usize].id
    }

    /// The care line of a visit as the user wrote it.
    pub(crate) fn care(&self, visit: u32) -> &Care {
        let line = &self.facts.lines[self.facts.visits[visit as usize].line as usize];
        &self.document.clients[line.client as usize].care[line.care as usize]
    }
}
