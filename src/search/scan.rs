//! The cheapest position of a visit in one tour: the innermost loop. [`best_insertion`] chooses the tours.
//!
//! The scan computes what [`Evaluator::delta`] computes for one kind of proposal, a visit between two stops of a tour.
//! It is the only copy of the evaluator that is tuned by hand, and debug builds compare the two.
//!
//! [`best_insertion`]: super::best_insertion
//! [`Evaluator::delta`]: crate::rules::Evaluator::delta

use super::draft::Draft;
use super::insertion::{Blinks, Insertion};
use crate::model::cost::Cost;
use crate::model::facts::ShiftFacts;
use crate::rules::{
    BreakAt, Departure, Piece, Schedule, Stop, Timing, Tour, TourSegment, TourTotals, end_legs, ends,
    whole_tour,
};
#[cfg(debug_assertions)]
use crate::rules::{Part, Proposal};

/// The visit to insert, with all that does not depend on the tour.
#[derive(Debug, Clone, Copy)]
pub(super) struct InsertedVisit {
    pub(super) visit: u32,
    pub(super) option: u32,
    pub(super) place: u32,
    pub(super) own: Schedule,
    /// An estimate of the least change of a tour's cost (0 or below), for early exits: care may take the place of
    /// waiting. (Hours below the contract or better start times may save more; the next step may find that.)
    pub(super) floor: Cost,
    /// Earliest end of care.
    pub(super) ready: i32,
    pub(super) load: i32,
    /// Whether its start has a price of its own.
    pub(super) start_priced: bool,
    /// Whether its start counts across tours.
    pub(super) start_counts: bool,
    /// Whether starts across tours are asked for at all.
    pub(super) asks_ledgers: bool,
}

impl InsertedVisit {
    /// Whether its cost in a tour depends on other tours, because of starts that count across tours.
    #[inline]
    pub(super) fn asks_ledgers_in(&self, tour: &Tour) -> bool {
        self.asks_ledgers && (self.start_counts || tour.counted_starts > 0)
    }
}

impl Draft<'_> {
    /// The cheapest position in one tour, if it costs less than `best`.
    ///
    /// `base` is the cost of assigning the visit to this nurse: prices of the pair, and of who visits whom. It is the same at every
    /// position of the tour, so it may be 0 where only positions of one tour are compared.
    pub(crate) fn scan(
        &mut self,
        shift: u32,
        option: u32,
        base: Cost,
        blinks: &mut Blinks,
        best: &mut Insertion,
    ) {
        let visit = self.inserted_visit(option);
        self.scan_for(&visit, shift, base, blinks, best);
    }

    /// The same without the estimate [`InsertedVisit::floor`] of what an insertion can save: no position is passed
    /// over.
    pub(crate) fn scan_all(&mut self, shift: u32, option: u32, base: Cost, best: &mut Insertion) {
        let visit = InsertedVisit { floor: Cost::MIN / 4, ..self.inserted_visit(option) };
        self.scan_for(&visit, shift, base, &mut Blinks::never(), best);
    }

    /// The cheapest place of an unplanned visit, on the day chosen for it, with a nurse. Exact.
    pub(crate) fn best_with(&mut self, option: u32, nurse: u32) -> Option<Insertion> {
        if !self.evaluator.pairs_up(option, nurse) {
            return None;
        }
        let base = self.assign_delta(option, nurse)?;
        let candidates = self.candidates;
        let mut best = Insertion::nowhere(option);
        for &shift in candidates.shifts(option).iter().filter(|&&shift| candidates.nurse(shift) == nurse) {
            self.scan_all(shift, option, base, &mut best);
        }
        best.found()
    }

    pub(super) fn inserted_visit(&self, option: u32) -> InsertedVisit {
        let visit = self.problem.options[option as usize].visit;
        let day = &self.problem.options[option as usize];
        let facts = &self.problem.visits[visit as usize];
        InsertedVisit {
            visit,
            option,
            place: day.place,
            own: Schedule::visit(facts.duration, day.open, day.close),
            floor: -self.evaluator.relief_price() * Cost::from(facts.duration),
            ready: day.open + facts.duration,
            load: facts.load,
            start_priced: self.evaluator.prices_start_of(self.problem, option),
            start_counts: self.evaluator.counts_start_of(visit),
            asks_ledgers: self.evaluator.counts_starts(),
        }
    }

    #[inline]
    pub(super) fn scan_for(
        &mut self,
        visit: &InsertedVisit,
        shift: u32,
        base: Cost,
        blinks: &mut Blinks,
        best: &mut Insertion,
    ) {
        if base + visit.floor >= best.cost {
            return;
        }
        let facts = &self.problem.shifts[shift as usize];
        let tour = &self.tours[shift as usize];
        if tour.load + visit.load > facts.capacity {
            return;
        }
        if visit.start_counts && self.holds_other(shift, visit.visit) {
            return;
        }
        #[cfg(debug_assertions)]
        let before = best.cost;
        if tour.is_empty() {
            self.evaluations += 1;
            self.open_tour(shift, facts, visit, base, best);
        } else if self.evaluator.spans_matter()
            || facts.bounds_length()
            || tour.priced_starts > 0
            || visit.start_priced
            || visit.asks_ledgers_in(tour)
        {
            self.evaluations += self.scan_stops::<true>(shift, facts, tour, visit, base, blinks, best);
        } else {
            self.evaluations += self.scan_stops::<false>(shift, facts, tour, visit, base, blinks, best);
        }
        #[cfg(debug_assertions)]
        if best.cost < before && visit.asks_ledgers == self.evaluator.counts_starts() {
            self.assert_scan(&Insertion { cost: best.cost - base, ..*best });
        }
    }

    /// Compares the scan with the evaluator on the same proposal. The cost of `insertion` is without that of assigning
    /// the nurse.
    #[cfg(debug_assertions)]
    fn assert_scan(&mut self, insertion: &Insertion) {
        let nurse = self.candidates.nurse(insertion.shift);
        let Some(base) = self.assign_delta(insertion.option, nurse) else { return };
        let mut proposal = Proposal::default();
        self.propose_insertion(insertion, &mut proposal);
        let visit = self.problem.options[insertion.option as usize].visit;
        if self.is_planned(visit) {
            return;
        }
        let due = self.delta(&proposal, Cost::MAX);
        let cost = insertion.cost + base - self.problem.visits[visit as usize].unplanned;
        assert_eq!(due, Some(cost), "the scan and the evaluator disagree on {insertion:?}");
    }

    /// Writes an insertion as a proposal.
    #[cfg(debug_assertions)]
    fn propose_insertion(&self, insertion: &Insertion, proposal: &mut Proposal) {
        let shift = insertion.shift;
        let tour = self.tour(shift);
        let position = insertion.after as usize + 1;
        proposal.clear();
        proposal.tour(shift, insertion.break_at.unwrap_or(tour.break_at));
        proposal.stops(shift, 1..position).part(Part::Visit(insertion.option));
        if insertion.break_at == Some(BreakAt::Inside) {
            proposal.part(Part::Break);
        }
        proposal.stops(shift, position..tour.stops.len() - 1);
    }

    /// Scans the positions of a tour with visits. `BEYOND_TRAVEL`: the cost is more than that of
    /// travel, or the tour's duration is bounded.
    #[inline(always)]
    #[allow(clippy::too_many_arguments)]
    fn scan_stops<const BEYOND_TRAVEL: bool>(
        &self,
        shift: u32,
        facts: &ShiftFacts,
        tour: &Tour,
        visit: &InsertedVisit,
        base: Cost,
        blinks: &mut Blinks,
        best: &mut Insertion,
    ) -> u64 {
        let own = visit.own;
        let roads = self.problem.roads_of(facts);
        let (to_visit, from_visit) = (roads.into(visit.place), roads.out_of(visit.place));
        let price = if BEYOND_TRAVEL {
            self.evaluator.travel_price() - self.evaluator.relief_price()
        } else {
            self.evaluator.travel_price()
        };
        let mut evaluations = 0;
        for (i, pair) in tour.stops.windows(2).enumerate() {
            let (a, mut b) = (&pair[0], &pair[1]);
            // Too early in the tour: what follows would start too late. (This does not hold for a break: a visit before
            // it changes the way after it, which is considered below.)
            if b.suffix.schedule.latest < visit.ready && !b.is_break() {
                continue;
            }
            // Too late, and later positions are later still.
            let finish = a.prefix.schedule.finish();
            if finish > own.latest {
                break;
            }
            let leg_in = to_visit[a.place as usize];
            let start = (finish + leg_in).max(own.earliest);
            if start > own.latest {
                continue;
            }
            let mut ready = start + own.duration;
            let mut old_leg = a.leg;
            // A break behind the visit is taken at the visit's place; the way follows it.
            let behind_break = b.is_break();
            if behind_break {
                if ready > b.own.latest {
                    continue;
                }
                ready = ready.max(b.own.earliest) + b.own.duration;
                old_leg = b.leg;
                b = &tour.stops[i + 2];
            }
            let leg_out = from_visit[b.place as usize];
            if ready + leg_out > b.suffix.schedule.latest {
                continue;
            }
            evaluations += 1;
            let detour = leg_in + leg_out - old_leg;
            let mut cost = base + Cost::from(detour) * price;
            if cost + if BEYOND_TRAVEL { visit.floor } else { 0 } >= best.cost || blinks.now() {
                continue;
            }
            if BEYOND_TRAVEL {
                let mut head = a.prefix.merge(leg_in, TourSegment::single(own));
                if behind_break {
                    head = head.merge(0, TourSegment::single(pair[1].own));
                }
                let whole = head.merge(leg_out, b.suffix);
                if !facts.may_last(whole.schedule.duration) {
                    continue;
                }
                let limit = best.cost.saturating_sub(base);
                cost = base + self.time_and_starts_delta(facts, tour, visit, i, whole, limit);
                if cost >= best.cost {
                    continue;
                }
            }
            *best = Insertion { cost, shift, after: i as u32, option: visit.option, break_at: None };
        }
        evaluations
    }

    /// Change of all costs that depend on the tour's times, with the visit behind stop `i`. Where that is `limit` or
    /// more, the result may be any number from `limit` up. Start times, which take longest to evaluate, come last.
    #[inline]
    #[allow(clippy::too_many_arguments)]
    pub(super) fn time_and_starts_delta(
        &self,
        facts: &ShiftFacts,
        tour: &Tour,
        visit: &InsertedVisit,
        i: usize,
        whole: TourSegment,
        limit: Cost,
    ) -> Cost {
        let totals = TourTotals {
            segment: whole,
            care: tour.care + visit.own.duration,
            inner_break: tour.inner_break(facts),
        };
        let end_legs = || {
            let stop = Stop::of_option(self.problem, visit.option);
            end_legs(self.problem.roads_of(facts), self.pieces_behind(tour, &stop, i))
        };
        let (mut delta, _) = self.evaluator.time_delta(&self.ledgers, facts, tour, &totals, end_legs);
        let asks_ledgers = visit.asks_ledgers_in(tour);
        if tour.priced_starts > 0 || visit.start_priced || asks_ledgers {
            delta -= tour.start_cost;
            if asks_ledgers || delta < limit {
                let limit = if asks_ledgers { Cost::MAX } else { limit.saturating_sub(delta) };
                delta += self.starts_delta(facts, tour, visit, i, whole.schedule, asks_ledgers, limit);
            }
        }
        delta
    }

    /// The pieces of a tour with a visit behind stop `i`.
    #[inline]
    pub(super) fn pieces_behind<'a>(&self, tour: &'a Tour, visit: &'a Stop, i: usize) -> [Piece<'a>; 3] {
        let (head, tail) = tour.stops.split_at(i + 1);
        [Piece::Prefix(head), Piece::one(visit), Piece::Suffix(tail)]
    }

    /// Change of cost by the time and the starts of a tour, and when it would leave home, with a visit behind stop `i`; `None` where
    /// that is not feasible.
    pub(super) fn delta_behind(&self, visit: &InsertedVisit, shift: u32, i: usize) -> Option<(Cost, i32)> {
        let facts = &self.problem.shifts[shift as usize];
        let tour = self.tour(shift);
        let stop = Stop::of_option(self.problem, visit.option);
        let pieces = self.pieces_behind(tour, &stop, i);
        let whole = whole_tour(self.problem, facts, pieces, tour.load + visit.load)?;
        let cost = self.time_and_starts_delta(facts, tour, visit, i, whole, Cost::MAX);
        Some((cost, self.evaluator.timing(self.problem, facts, whole.schedule, pieces, Cost::MAX).leave))
    }

    /// What the starts of a tour cost with the visit behind stop `i`. It is not always needed, and not inlined, so that
    /// the scan stays short.
    #[inline(never)]
    #[allow(clippy::too_many_arguments)]
    fn starts_delta(
        &self,
        facts: &ShiftFacts,
        tour: &Tour,
        visit: &InsertedVisit,
        i: usize,
        schedule: Schedule,
        asks_ledgers: bool,
        limit: Cost,
    ) -> Cost {
        let stop = Stop::of_option(self.problem, visit.option);
        let pieces = self.pieces_behind(tour, &stop, i);
        let Timing { leave, start_cost } =
            self.evaluator.timing(self.problem, facts, schedule, pieces, limit);
        if !asks_ledgers {
            return start_cost;
        }
        // If the nurse leaves home when she does now, the stops before the visit keep their starts, which the ledgers
        // already count.
        let (from, pieces) = match leave == tour.leave {
            true => (tour.departure(i, leave), &pieces[1..]),
            false => (Departure::home(leave), &pieces[..]),
        };
        let (roads, pieces) = (self.problem.roads_of(facts), pieces.iter().copied());
        start_cost + self.evaluator.counted_starts_delta(self.problem, &self.ledgers, roads, from, pieces)
    }

    /// Whether a tour has another visit that must not be in one tour with `visit`.
    pub(super) fn holds_other(&self, shift: u32, visit: u32) -> bool {
        self.evaluator.any_excluded(visit, |other| self.shift_of[other as usize] == shift)
    }

    /// Evaluates the visit alone in a tour. The break may be before the nurse leaves, after she is back, or directly
    /// after the visit.
    pub(super) fn open_tour(
        &self,
        shift: u32,
        facts: &ShiftFacts,
        visit: &InsertedVisit,
        base: Cost,
        best: &mut Insertion,
    ) {
        if self.used_tours() >= self.most_tours {
            return;
        }
        let tour = self.tour(shift);
        let Some(break_facts) = facts.break_facts else {
            self.scan_stops::<true>(shift, facts, tour, visit, base, &mut Blinks::never(), best);
            return;
        };
        let (stop, rest) = (Stop::of_option(self.problem, visit.option), Stop::of_break(break_facts));
        // Of equal costs, the earlier break wins: a break inside leaves the hours after it free for other visits.
        for break_at in [BreakAt::Before, BreakAt::Inside, BreakAt::After] {
            let [leave, back] = Stop::of_ends(facts, ends(facts, break_at));
            let [leave, stop, rest, back] = [&leave, &stop, &rest, &back].map(Piece::one);
            if break_at == BreakAt::Inside {
                let pieces = [leave, stop, rest, back];
                self.open_with(shift, facts, visit, base, break_at, pieces, best);
            } else {
                self.open_with(shift, facts, visit, base, break_at, [leave, stop, back], best);
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn open_with<'a, const N: usize>(
        &self,
        shift: u32,
        facts: &ShiftFacts,
        visit: &InsertedVisit,
        base: Cost,
        break_at: BreakAt,
        pieces: [Piece<'a>; N],
        best: &mut Insertion,
    ) {
        let tour = self.tour(shift);
        let delta = self.evaluator.tour_delta(
            self.problem,
            &self.ledgers,
            facts,
            tour,
            pieces.into_iter(),
            visit.load,
            visit.asks_ledgers,
        );
        if let Some(delta) = delta
            && base + delta.cost < best.cost
        {
            let cost = base + delta.cost;
            *best = Insertion { cost, shift, after: 0, option: visit.option, break_at: Some(break_at) };
        }
    }
}
