//! Where does it fit: places in a plan for visits that it leaves out.

use super::cancel::Cancel;
use super::places::{movable, on_the_road, put_anywhere, put_in_without, start_of};
use super::planner::Planner;
use crate::error::{Error, ErrorKind, Result, stopped};
use crate::model::cost::{Cost, CostByTerm};
use crate::model::plan::Unplanned;
use crate::model::problem::Task;
use crate::model::spelling::unknown_id;
use crate::model::{Moment, Plan, Problem};
use crate::search::draft::Draft;
use crate::search::explain::days_left;
use jiff::civil::Date;
use serde::Serialize;

/// Most attempts to make room by moving visits, over all places of a call.
const MOST_TRIALS: usize = 4_000;

/// A place for a visit in a plan. All other visits keep nurse, day and order, but for those that would have to move.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Fit {
    /// Client id.
    pub client: String,
    /// Care line id.
    pub care: String,
    /// Which of the [visits left out](Planner::left_out), from 0: places with the same number are for the same visit.
    pub visit: u32,
    /// The day.
    pub date: Date,
    /// Nurse id.
    pub nurse: String,
    /// When care would start.
    pub start: Moment,
    /// What it would change, term by term: after minus before. Being planned counts as `unplanned` below 0, and as
    /// `withdrawn` where the visit was published. In milliseconds of a nurse's time.
    pub cost: CostByTerm,
    /// Additional seconds on the road.
    pub road_seconds: i64,
    /// Whether the nurse would be an additional face for the client.
    pub face: bool,
    /// The visits that would have to move: none, one or two.
    pub moves: Vec<MovedVisit>,
}

/// A visit that would have to move to make room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MovedVisit {
    /// Client id.
    pub client: String,
    /// Care line id.
    pub care: String,
    /// Nurse and start as they are.
    pub before: (String, Moment),
    /// Nurse and start as they would be, on the same day.
    pub after: (String, Moment),
}

impl Fit {
    /// Change of cost without the price of leaving the visit out: what the place itself costs.
    pub fn price(&self) -> Cost {
        self.cost.total() - self.cost.left_out()
    }
}

impl Planner {
    /// For every visit of a client (of one care line, where that is named) that the plan leaves out: the cheapest place
    /// with each nurse on each day; visit by visit, cheapest first. Where it is cheaper, or there is no other, also a
    /// place for which one visit, or two visits next to each other, move to their cheapest places.
    ///
    /// Where the problem has [a published plan](crate::Problem::with_published), the changes that a place makes to
    /// other visits are priced.
    ///
    /// Places without moves are exact: no other visit changes nurse, day or order, and breaks stay. Moves are a
    /// heuristic, tried at most 4,000 times in all. Every price is the difference of two full costs. A visit whose days
    /// kring chooses is tried on every day that the planned visits of its care line leave open.
    ///
    /// The plan is first timed as kring times plans: each tour is as short as possible, and the nurse leaves home when
    /// the start times cost least without making her come home late. Prices are differences to this plan, not to the
    /// cost that [`check`](crate::check()) finds for a plan in which somebody leaves later on purpose.
    ///
    /// After a cancel, the places found so far are returned.
    ///
    /// # Errors
    /// Kind `Plan` for a plan of another version or of another document, `Options` for a client or a care line that the document does not
    /// have; `Cancelled` where a cancel ends it without any place.
    ///
    /// # Complexity
    /// The visits left out, times their days, times the stops of the tours of each; 4,000 removals and insertions at most.
    pub fn fits(&self, plan: &Plan, client: &str, care: Option<&str>, cancel: &Cancel) -> Result<Vec<Fit>> {
        let (draft, visits) = self.to_place(plan, client, care, cancel)?;
        let facts = draft.problem;
        let mut search = Search { before: Before::of(&draft), draft, problem: self.problem(), trials: 0 };
        let mut all = Vec::new();
        for (number, visit) in (0..).zip(visits) {
            let chosen = search.draft.option_of(visit);
            let options = days_left(&search.draft, visit, usize::MAX);
            let first = all.len();
            'days: for option in options {
                search.draft.choose(visit, option);
                search.draft.commit();
                for nurse in 0..facts.nurses.len() as u32 {
                    if cancel.is_cancelled() {
                        break 'days;
                    }
                    search.fit(option, nurse, &mut all);
                }
            }
            search.draft.choose(visit, chosen);
            search.draft.commit();
            all[first..].sort_by_key(Fit::price);
            all[first..].iter_mut().for_each(|fit| fit.visit = number);
            if cancel.is_cancelled() {
                break;
            }
        }
        if all.is_empty() && cancel.is_cancelled() {
            return Err(stopped());
        }
        Ok(all)
    }

    /// The visits of a client, or of one care line, for which [`Planner::fits`] looks for places, in the order of their
    /// numbers ([`Fit::visit`]) and without reasons. These are the visits that the plan leaves out, and those that it
    /// does not know or can no longer make, because [events](crate::model::Events::apply) added them or took their
    /// nurse away.
    ///
    /// # Errors
    /// As [`Planner::fits`]; `Cancelled` where a cancel comes before the answer.
    ///
    /// # Complexity
    /// Linear in plan and problem, once the planner has its lists of candidates.
    pub fn left_out(
        &self,
        plan: &Plan,
        client: &str,
        care: Option<&str>,
        cancel: &Cancel,
    ) -> Result<Vec<Unplanned>> {
        let (draft, visits) = self.to_place(plan, client, care, cancel)?;
        let named = visits.into_iter().filter_map(|visit| {
            let (Task::Care { client, care }, date) = self.problem().name_of(draft.option_of(visit)) else {
                return None;
            };
            Some(Unplanned::new(client, care, date))
        });
        Ok(named.collect())
    }

    /// A plan as a draft, and the visits of a client or of one care line that are in none of its tours.
    fn to_place(
        &self,
        plan: &Plan,
        client: &str,
        care: Option<&str>,
        cancel: &Cancel,
    ) -> Result<(Draft<'_>, Vec<u32>)> {
        let problem = self.problem();
        plan.check_version()?;
        problem.document().accept(plan)?;
        let found = problem.document().clients.iter().find(|one| one.id == client);
        let wrong = |mistake| Error::new(ErrorKind::Options, mistake);
        let of_client = found.ok_or_else(|| {
            let ids = problem.document().clients.iter().map(|one| one.id.as_str());
            wrong(unknown_id("client", client, ids, "name a client"))
        })?;
        if let Some(care) = care.filter(|&care| of_client.care.iter().all(|line| line.id != care)) {
            let ids = of_client.care.iter().map(|line| line.id.as_str());
            return Err(wrong(unknown_id("care", care, ids, "name a care line of the client")));
        }
        let parts = self.core.parts_until(&|| cancel.is_cancelled());
        let mut draft = parts.ok_or_else(stopped)?.draft();
        draft.start_from(plan, problem);
        let is_asked = |visit: &u32| {
            let Task::Care { client: of, care: line } = problem.task(*visit) else { return false };
            of == client && care.is_none_or(|care| line == care)
        };
        let mut visits: Vec<u32> = draft.unplanned().iter().copied().filter(is_asked).collect();
        visits.sort_unstable();
        Ok((draft, visits))
    }
}

/// The plan as it is.
struct Before {
    terms: CostByTerm,
    excess: i64,
    road: i64,
}

impl Before {
    fn of(draft: &Draft<'_>) -> Self {
        Self { terms: draft.terms(), excess: draft.excess(), road: on_the_road(draft) }
    }
}

/// A draft in which places are tried; after each trial it is as it was.
struct Search<'p> {
    draft: Draft<'p>,
    problem: &'p Problem,
    before: Before,
    /// Attempts to make room so far.
    trials: usize,
}

impl Search<'_> {
    /// Adds the cheapest places of a day option with a nurse.
    fn fit(&mut self, option: u32, nurse: u32, all: &mut Vec<Fit>) {
        let mut least = Cost::MAX;
        if let Some(best) = self.draft.best_with(option, nurse) {
            self.draft.insert(&best);
            let fit = self.describe(option, nurse, &[]);
            self.draft.roll_back();
            least = fit.as_ref().map_or(Cost::MAX, |fit| fit.cost.total());
            all.extend(fit);
        }
        let mut best = None;
        let candidates = self.draft.candidates;
        let shifts = candidates.shifts(option).iter().filter(|&&shift| candidates.nurse(shift) == nurse);
        for &shift in shifts {
            let visits = movable(&self.draft, shift);
            for moved in visits.chunks(1).chain(visits.windows(2)) {
                if self.trials >= MOST_TRIALS {
                    break;
                }
                self.trials += 1;
                let is_made = self.insert_moving(option, shift, moved);
                let cost = self.draft.cost() - self.draft.cost_before();
                if is_made && cost < least && self.draft.excess() <= self.before.excess {
                    least = cost;
                    best = Some((shift, moved.to_vec()));
                }
                self.draft.roll_back();
            }
        }
        if let Some((shift, moved)) = best {
            let before: Vec<_> = moved.iter().filter_map(|&visit| self.where_is(visit)).collect();
            if self.insert_moving(option, shift, &moved) {
                all.extend(self.describe(option, nurse, &before));
            }
            self.draft.roll_back();
        }
    }

    /// Takes some visits out of a tour, puts another visit there, and puts them back at their cheapest places. False,
    /// with the draft to be rolled back, where one of them has no place.
    fn insert_moving(&mut self, option: u32, shift: u32, moved: &[u32]) -> bool {
        put_in_without(&mut self.draft, option, shift, moved, i64::MAX)
            && moved.iter().all(|&visit| put_anywhere(&mut self.draft, visit))
    }

    /// A visit with its nurse and start.
    fn where_is(&self, visit: u32) -> Option<(u32, u32, i32)> {
        let shift = self.draft.shift_of(visit)?;
        let start = start_of(&self.draft, visit)?;
        Some((visit, self.draft.problem.shifts[shift as usize].nurse, start as i32))
    }

    /// Compares the draft with the plan as it is; `None` where the draft has more excess.
    fn describe(&self, option: u32, nurse: u32, moved: &[(u32, u32, i32)]) -> Option<Fit> {
        if self.draft.excess() > self.before.excess {
            return None;
        }
        let (problem, facts, calendar) = (self.problem, self.draft.problem, self.problem.calendar());
        let of_option = &facts.options[option as usize];
        let (visit, client) = (of_option.visit, facts.visits[of_option.visit as usize].client);
        let mut cost = CostByTerm::default();
        for (term, amount) in self.draft.terms().iter() {
            cost[term] = amount - self.before.terms[term];
        }
        debug_assert_eq!(
            self.draft.cost() - self.draft.cost_before(),
            cost.total(),
            "a place is priced exactly"
        );
        let at = |(_, nurse, start): (u32, u32, i32)| {
            (problem.nurse_id(nurse).to_owned(), calendar.moment(i64::from(start)))
        };
        let moves = moved.iter().filter_map(|&before| {
            let after = self.where_is(before.0).filter(|&after| after != before)?;
            let Task::Care { client, care } = problem.task(before.0) else { return None };
            Some(MovedVisit {
                client: client.to_owned(),
                care: care.to_owned(),
                before: at(before),
                after: at(after),
            })
        });
        let Task::Care { client: id, care } = problem.task(visit) else { return None };
        Some(Fit {
            client: id.to_owned(),
            care: care.to_owned(),
            visit: 0,
            date: calendar.date(i32::from(of_option.day)),
            nurse: problem.nurse_id(nurse).to_owned(),
            start: at(self.where_is(visit)?).1,
            cost,
            road_seconds: on_the_road(&self.draft) - self.before.road,
            // The count includes this visit, which is planned now.
            face: self.draft.counts().visits(client, nurse) == 1,
            moves: moves.collect(),
        })
    }
}
