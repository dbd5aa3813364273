//! The change of cost of a proposal: the one place that decides whether it is feasible, and adds up its costs.

use super::assignments::Assignment;
use super::departure::Timing;
use super::evaluator::Evaluator;
use super::ledgers::Ledgers;
use super::proposal::{Pieces, Proposal};
use super::segment::TourTotals;
use super::sequence::{Departure, Piece, end_legs, walk, whole_tour};
use super::stop::StopKind;
use super::tour::{Tour, home_legs, tour_time};
use crate::model::cost::Cost;
use crate::model::facts::{Facts, Roads, ShiftFacts};
use std::ops::Range;

/// The plan that a proposal would change.
#[derive(Clone, Copy)]
pub(crate) struct Standing<'a> {
    pub(crate) problem: &'a Facts,
    pub(crate) tours: &'a [Tour],
    /// The shift of each visit; for an unplanned visit, a number beyond the last shift.
    pub(crate) shift_of: &'a [u32],
    /// The day option of each visit.
    pub(crate) option_of: &'a [u32],
}

impl Standing<'_> {
    /// Who makes a visit now; `None` if it is unplanned.
    fn assignment(&self, visit: u32) -> Option<Assignment> {
        let shift = self.problem.shifts.get(self.shift_of[visit as usize] as usize)?;
        let client = self.problem.visits[visit as usize].client;
        Some(Assignment { option: self.option_of[visit as usize], client, nurse: shift.nurse })
    }
}

/// One tour of a proposal, evaluated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TourDelta {
    /// Change of cost from the tour's time and starts.
    pub(crate) cost: Cost,
    /// Change of paid seconds.
    pub(crate) paid: i64,
    /// When the tour leaves home.
    pub(crate) leave: i32,
}

/// Lists that [`Evaluator::delta`] reuses.
#[derive(Debug, Clone, Default)]
pub(crate) struct DeltaScratch {
    /// Assignments that the ledgers were told of; true for one that began, false for one that ended.
    told: Vec<(Assignment, bool)>,
    /// Changes of paid time that the ledgers were told of: shift and seconds.
    worked: Vec<(u32, i64)>,
    pieces: Pieces,
    /// The visits of one tour whose start counts across tours.
    counted: Vec<u32>,
}

impl Evaluator {
    /// Change of cost, if the proposal is feasible and the change is below `limit`; otherwise `None`.
    ///
    /// Cheap terms come first: pairing prices and the ledgers that count who visits whom, then one tour after another.
    /// The evaluation ends once the remaining tours cannot bring the sum below `limit`. The ledgers are told of each
    /// change on the way, so that the cost of several changes together is exact; in the end everything is taken back.
    ///
    /// # Complexity
    /// Linear in the visits that move and in the stops of the pieces.
    pub(crate) fn delta(
        &self,
        standing: Standing<'_>,
        ledgers: &mut Ledgers,
        proposal: &Proposal,
        limit: Cost,
        scratch: &mut DeltaScratch,
    ) -> Option<Cost> {
        scratch.told.clear();
        scratch.worked.clear();
        let sum = self.assignments_delta(standing, ledgers, proposal, &mut scratch.told);
        let sum = sum.and_then(|sum| self.tours_delta(standing, ledgers, proposal, sum, limit, scratch));
        self.take_back(standing, ledgers, proposal, scratch);
        sum.filter(|&sum| sum < limit)
    }

    /// Change of cost from who visits whom, including the price of visits that were unplanned. Tells the ledgers of
    /// each change and lists it in `told`.
    fn assignments_delta(
        &self,
        standing: Standing<'_>,
        ledgers: &mut Ledgers,
        proposal: &Proposal,
        told: &mut Vec<(Assignment, bool)>,
    ) -> Option<Cost> {
        let problem = standing.problem;
        let mut sum = 0;
        // First all assignments that end, so that those that begin are priced without them.
        for begin in [false, true] {
            for at in 0..proposal.len() {
                let nurse = problem.shifts[proposal.shift(at) as usize].nurse;
                let mut allowed = true;
                proposal.each_arrival(standing.tours, at, |option| {
                    let visit = problem.options[option as usize].visit;
                    let facts = &problem.visits[visit as usize];
                    let now = standing.assignment(visit);
                    let then = Assignment { option, client: facts.client, nurse };
                    if now == Some(then) {
                        // The same nurse makes the visit on the same day, only in another of her shifts: nothing
                        // changes here.
                    } else if let (false, Some(one)) = (begin, now) {
                        sum += ledgers.unassign(&self.ledgers, &one) - self.pair(one.option, one.nurse);
                        told.push((one, false));
                    } else if begin && allowed {
                        allowed = self.assign_delta(ledgers, &then).is_some();
                        if allowed {
                            let planned_now = if now.is_none() { facts.unplanned } else { 0 };
                            sum +=
                                self.pair(option, nurse) + ledgers.assign(&self.ledgers, &then) - planned_now;
                            told.push((then, true));
                        }
                    }
                });
                if !allowed {
                    return None;
                }
            }
        }
        Some(sum)
    }

    /// Adds the change of cost of each tour to `sum`, and tells the ledgers.
    fn tours_delta(
        &self,
        standing: Standing<'_>,
        ledgers: &mut Ledgers,
        proposal: &Proposal,
        mut sum: Cost,
        limit: Cost,
        scratch: &mut DeltaScratch,
    ) -> Option<Cost> {
        let problem = standing.problem;
        let tour_of = |at: usize| &standing.tours[proposal.shift(at) as usize];
        // `left` is the most that the remaining tours can save: what they cost now. It is no bound where their paid
        // time or their starts count across tours.
        let bounded = !self.counts_work() && !self.counts_starts();
        let mut left: Cost = (0..proposal.len()).map(|at| tour_of(at).cost()).sum();
        for at in 0..proposal.len() {
            if bounded && sum - left >= limit {
                return None;
            }
            left -= tour_of(at).cost();
            let shift = proposal.shift(at);
            let facts = &problem.shifts[shift as usize];
            proposal.make_pieces(problem, standing.tours, at, &mut scratch.pieces)?;
            let pieces = scratch.pieces.iter(standing.tours);
            scratch.counted.clear();
            if self.counts_starts() {
                let visits = pieces.clone().flat_map(|piece| piece.stops()).filter_map(|stop| stop.visit());
                scratch.counted.extend(visits.filter(|&visit| self.counts_start_of(visit)));
                if !self.keeps_exclusions(&mut scratch.counted) {
                    return None;
                }
            }
            let load = load(problem, pieces.clone());
            // `tell_starts` below returns the cost of starts that count across tours, so they are not asked about here.
            let delta = self.tour_delta(problem, ledgers, facts, tour_of(at), pieces.clone(), load, false)?;
            sum += delta.cost;
            if self.counts_work() && delta.paid != 0 {
                ledgers.work(&self.ledgers, facts, delta.paid);
                scratch.worked.push((shift, delta.paid));
            }
            if !scratch.counted.is_empty() {
                sum += self.tell_starts(problem, ledgers, facts, delta.leave, pieces);
            }
        }
        Some(sum)
    }

    /// Change of cost from the time and the starts of one tour, if it were made of these pieces, whose visits load
    /// `load`; `None` if that is not feasible. Starts that count across tours are included only if `asks_ledgers`. The
    /// ledgers are then asked about one start at a time, which is exact where no two of the starts count together
    /// ([`Self::keeps_exclusions`]).
    #[inline]
    #[allow(clippy::too_many_arguments)]
    pub(crate) fn tour_delta<'a>(
        &self,
        problem: &Facts,
        ledgers: &Ledgers,
        facts: &ShiftFacts,
        now: &Tour,
        pieces: impl DoubleEndedIterator<Item = Piece<'a>> + Clone,
        load: i32,
        asks_ledgers: bool,
    ) -> Option<TourDelta> {
        let roads = problem.roads_of(facts);
        let segment = whole_tour(problem, facts, pieces.clone(), load)?;
        let (mut care, mut inner_break, mut visits) = (0, 0, 0);
        for piece in pieces.clone() {
            for stop in piece.stops() {
                match stop.kind {
                    StopKind::Visit { .. } => (care, visits) = (care + stop.own.duration, visits + 1),
                    StopKind::Break => inner_break += stop.own.duration,
                    StopKind::Home => {}
                }
            }
        }
        if visits == 0 {
            let leave = segment.schedule.earliest;
            let paid = self.hours().paid_without_visits(facts) - now.paid;
            let work = if self.counts_work() { ledgers.work_delta(&self.ledgers, facts, paid) } else { 0 };
            return Some(TourDelta { cost: work - now.cost(), paid, leave });
        }
        let totals = TourTotals { segment, care, inner_break };
        let legs = || end_legs(roads, pieces.clone());
        let (mut cost, paid) = self.time_delta(ledgers, facts, now, &totals, legs);
        let Timing { leave, start_cost } =
            self.timing(problem, facts, segment.schedule, pieces.clone(), Cost::MAX);
        cost += start_cost - now.start_cost;
        if asks_ledgers && self.counts_starts() {
            cost += self.counted_starts_delta(problem, ledgers, roads, Departure::home(leave), pieces);
        }
        Some(TourDelta { cost, paid, leave })
    }

    /// Change of cost from the time of a tour with visits, and the change of its paid seconds.
    #[inline(always)]
    pub(crate) fn time_delta(
        &self,
        ledgers: &Ledgers,
        facts: &ShiftFacts,
        now: &Tour,
        totals: &TourTotals,
        end_legs: impl FnOnce() -> [i32; 2],
    ) -> (Cost, i64) {
        let cost = self.time_cost(facts, totals) - now.time_cost;
        if !self.counts_work() {
            return (cost, 0);
        }
        let home_legs = || home_legs(facts, end_legs());
        let paid = self.hours().paid(facts, tour_time(facts, totals), home_legs) - now.paid;
        (cost + ledgers.work_delta(&self.ledgers, facts, paid), paid)
    }

    /// Change of cost in the ledgers from the starts of a tour made of pieces; they are asked about one start at a
    /// time.
    #[inline]
    pub(crate) fn counted_starts_delta<'a>(
        &self,
        problem: &Facts,
        ledgers: &Ledgers,
        roads: &Roads,
        from: Departure,
        pieces: impl IntoIterator<Item = Piece<'a>>,
    ) -> Cost {
        let mut cost = 0;
        walk(roads, from, pieces, |stop, start| {
            if let StopKind::Visit { visit, option } = stop.kind
                && self.counts_start_of(visit)
            {
                cost += ledgers.start_delta(&self.ledgers, visit, problem.hour_of(option, start));
            }
            true
        });
        cost
    }

    /// Tells the ledgers the starts of a tour made of pieces; returns the change of cost.
    fn tell_starts<'a>(
        &self,
        problem: &Facts,
        ledgers: &mut Ledgers,
        facts: &ShiftFacts,
        leave: i32,
        pieces: impl Iterator<Item = Piece<'a>>,
    ) -> Cost {
        let mut cost = 0;
        walk(problem.roads_of(facts), Departure::home(leave), pieces, |stop, start| {
            if let StopKind::Visit { visit, option } = stop.kind
                && self.counts_start_of(visit)
            {
                cost += ledgers.start(&self.ledgers, visit, problem.hour_of(option, start));
            }
            true
        });
        cost
    }

    /// Tells the ledgers the starts of a tour as it is now; returns the change of cost.
    pub(crate) fn tell_starts_of(
        &self,
        problem: &Facts,
        ledgers: &mut Ledgers,
        facts: &ShiftFacts,
        tour: &Tour,
    ) -> Cost {
        if tour.counted_starts == 0 {
            return 0;
        }
        let whole = std::iter::once(Piece::Suffix(&tour.stops));
        self.tell_starts(problem, ledgers, facts, tour.leave, whole)
    }

    /// Whether all of these visits, those of one tour whose starts count across tours, may share a tour. Sorts
    /// `visits`.
    ///
    /// # Complexity
    /// The visits times the logarithm of their number.
    fn keeps_exclusions(&self, visits: &mut [u32]) -> bool {
        visits.sort_unstable();
        // The visits that must not share a tour with a visit have the numbers of a range, which may include the visit
        // itself.
        let share = |visit: u32, excluded: Range<u32>| {
            let first = visits.partition_point(|&other| other < excluded.start);
            visits[first..].iter().take_while(|&&other| other < excluded.end).any(|&other| other != visit)
        };
        !visits.iter().any(|&visit| self.ledgers.any_excluded(visit, |excluded| share(visit, excluded)))
    }

    /// Takes back what the ledgers were told.
    fn take_back(
        &self,
        standing: Standing<'_>,
        ledgers: &mut Ledgers,
        proposal: &Proposal,
        scratch: &DeltaScratch,
    ) {
        let problem = standing.problem;
        for &(shift, paid) in scratch.worked.iter().rev() {
            ledgers.work(&self.ledgers, &problem.shifts[shift as usize], -paid);
        }
        for (one, began) in scratch.told.iter().rev() {
            match began {
                true => ledgers.unassign(&self.ledgers, one),
                false => ledgers.assign(&self.ledgers, one),
            };
        }
        if self.counts_starts() {
            for at in 0..proposal.len() {
                let shift = proposal.shift(at);
                let (facts, tour) = (&problem.shifts[shift as usize], &standing.tours[shift as usize]);
                self.tell_starts_of(problem, ledgers, facts, tour);
            }
        }
    }
}

/// Sum of the loads of the visits in the pieces.
fn load<'a>(problem: &Facts, pieces: impl Iterator<Item = Piece<'a>>) -> i32 {
    let mut load = 0;
    for piece in pieces {
        for stop in piece.stops() {
            load += stop.visit().map_or(0, |visit| problem.visits[visit as usize].load);
        }
    }
    load
}
