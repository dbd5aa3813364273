//! A plan to be explained: the draft of it, what it costs, and what a change of it costs.

use super::super::places::{on_the_road, start_of};
use crate::error::{Error, ErrorKind, Result};
use crate::model::cost::CostByTerm;
use crate::model::explanation::{Audience, Difference, Insertion, MovedVisit, NurseAndStart};
use crate::model::problem::Task;
use crate::model::spelling::unknown_id;
use crate::model::{Problem, Term};
use crate::search::draft::Draft;
use jiff::civil::Date;

/// The plan as it is.
pub(super) struct Scene<'a> {
    pub(super) problem: &'a Problem,
    pub(super) draft: Draft<'a>,
    pub(super) cost: CostByTerm,
    /// Whether the team asks. Error messages to others must not reveal ids, nor who is away.
    pub(super) is_for_team: bool,
    road: i64,
}

impl<'a> Scene<'a> {
    pub(super) fn new(problem: &'a Problem, draft: Draft<'a>, audience: Audience) -> Self {
        let (cost, road) = (draft.terms(), on_the_road(&draft));
        Self { problem, draft, cost, road, is_for_team: audience == Audience::Team }
    }

    /// The error of an id that the document does not have.
    pub(super) fn unknown<'k, T>(
        &self,
        path: &str,
        id: &str,
        known: impl IntoIterator<Item = &'k str>,
        mend: &str,
    ) -> Result<T> {
        let known = known.into_iter().filter(|_| self.is_for_team);
        Err(Error::new(ErrorKind::Options, unknown_id(path, id, known, mend)))
    }

    /// Cost of another draft minus cost of the plan.
    pub(super) fn difference(&self, now: &Draft<'_>) -> Difference {
        Difference::new(&self.cost, &now.terms(), on_the_road(now) - self.road)
    }

    /// Cost of the plan minus cost of a draft in which some of its visits are left out, without the price of leaving
    /// them out.
    pub(super) fn cost_beyond(&self, without: &Draft<'_>) -> Difference {
        let mut before = without.terms();
        for term in [Term::Unplanned, Term::Withdrawn] {
            before[term] = self.cost[term];
        }
        Difference::new(&before, &self.cost, self.road - on_the_road(without))
    }

    /// Who makes a visit in a draft, and when.
    pub(super) fn made(&self, draft: &Draft<'_>, visit: u32) -> Option<NurseAndStart> {
        let nurse = draft.candidates.nurse(draft.shift_of(visit)?);
        let start = self.problem.calendar().moment(start_of(draft, visit)?);
        Some(NurseAndStart { nurse: self.problem.nurse_id(nurse).to_owned(), start })
    }

    /// The day of a visit.
    pub(super) fn date(&self, visit: u32) -> Date {
        let option = &self.draft.problem.options[self.draft.option_of(visit) as usize];
        self.problem.calendar().date(i32::from(option.day))
    }

    /// Client id, care line id and day of a visit; `None` for a meeting.
    pub(super) fn name(&self, visit: u32) -> Option<(String, String, Date)> {
        let Task::Care { client, care } = self.problem.task(visit) else { return None };
        Some((client.to_owned(), care.to_owned(), self.date(visit)))
    }

    /// A place with a nurse, read off a draft that has the visit there and some others moved or left out.
    pub(super) fn place(&self, draft: &Draft<'_>, visit: u32, nurse: u32, others: &[u32]) -> Insertion {
        let client = draft.client_of(visit);
        let moved: Vec<MovedVisit> = others
            .iter()
            .filter_map(|&other| {
                let (client, care, date) = self.name(other)?;
                let before = self.made(&self.draft, other)?;
                Some(MovedVisit { client, care, date, before, after: self.made(draft, other) })
            })
            .collect();
        Insertion {
            start: self.problem.calendar().moment(start_of(draft, visit).unwrap_or(0)),
            cost: self.difference(draft),
            faces: draft.counts().faces(client),
            is_further_face: self.draft.counts().visits(client, nurse) == 0,
            moves: moved.len(),
            moved,
        }
    }
}
