//! One tour of the draft: its stops with their prefixes and suffixes.
//!
//! ```text
//! stops:   home ── visit ── visit ── break ── visit ── home
//! prefix:  ├─────────────────────┤               (up to and with a stop)
//! suffix:                        ├───────────────────────┤
//! ```
//! A break between visits stands at the place of the stop before it. A break at home, before
//! leaving or after the return, is no stop: it only narrows the shift.

use super::departure::Timing;
use super::evaluator::Evaluator;
use super::hours::TourTime;
use super::schedule::Schedule;
use super::segment::{TourSegment, TourTotals};
use super::sequence::{Departure, Piece, end_legs, walk};
use super::stop::{Stop, StopKind};
use crate::model::cost::Cost;
use crate::model::facts::{Facts, Roads, ShiftFacts};

/// Where the break of a tour is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BreakAt {
    /// The shift has none.
    Nowhere,
    /// At home, before leaving.
    Before,
    /// After some visit: a stop.
    Inside,
    /// At home, after the return.
    After,
}

/// The tour of one shift.
#[derive(Debug, Clone)]
pub(crate) struct Tour {
    /// Home, visits and perhaps a break, home. Invariant: feasible; prefixes, suffixes and legs are
    /// right (`refresh`).
    pub(crate) stops: Vec<Stop>,
    pub(crate) break_at: BreakAt,
    /// When it leaves home.
    pub(crate) leave: i32,
    /// Seconds with clients.
    pub(crate) care: i32,
    /// Sum of the loads of its visits.
    pub(crate) load: i32,
    /// Number of visits whose start has a price of its own.
    pub(crate) priced_starts: u32,
    /// Number of visits whose start counts in a ledger.
    pub(crate) counted_starts: u32,
    /// Price of the tour's time; 0 without visits.
    pub(crate) time_cost: Cost,
    /// Cost of the starts that have a price of their own.
    pub(crate) start_cost: Cost,
    /// Paid seconds.
    pub(crate) paid: i64,
}

impl Tour {
    /// The tour of a shift without visits.
    pub(crate) fn empty(evaluator: &Evaluator, shift: &ShiftFacts) -> Self {
        let break_at = if shift.break_facts.is_some() { BreakAt::Before } else { BreakAt::Nowhere };
        let mut stops = Vec::with_capacity(16);
        let ends = ends(shift, break_at);
        stops.extend(Stop::of_ends(shift, ends));
        Self {
            stops,
            break_at,
            leave: ends[0].earliest,
            care: 0,
            load: 0,
            priced_starts: 0,
            counted_starts: 0,
            time_cost: 0,
            start_cost: 0,
            paid: evaluator.hours().paid_without_visits(shift),
        }
    }

    /// When and where the nurse sets out from a stop, if she leaves home at `leave`. Takes constant time, because a run
    /// that starts at its `earliest` or later lasts `duration`, and one that starts sooner ends no sooner.
    #[inline]
    pub(crate) fn departure(&self, at: usize, leave: i32) -> Departure {
        let Stop { prefix: TourSegment { schedule, .. }, place, .. } = self.stops[at];
        Departure { time: leave.max(schedule.earliest) + schedule.duration, place: Some(place) }
    }

    /// Number of visits.
    #[inline]
    pub(crate) fn visits(&self) -> usize {
        self.stops.len() - 2 - usize::from(self.break_at == BreakAt::Inside)
    }

    /// What its time and its starts cost, ledgers aside.
    #[inline]
    pub(crate) fn cost(&self) -> Cost {
        self.time_cost + self.start_cost
    }

    /// Whether it has no visits.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.visits() == 0
    }

    /// Its visits with their day options, in order.
    pub(crate) fn visits_and_options(&self) -> impl DoubleEndedIterator<Item = (u32, u32)> + '_ {
        self.stops.iter().filter_map(|stop| match stop.kind {
            StopKind::Visit { visit, option } => Some((visit, option)),
            _ => None,
        })
    }

    /// Position of a visit among the stops.
    pub(crate) fn position(&self, visit: u32) -> Option<usize> {
        self.stops.iter().position(|stop| stop.visit() == Some(visit))
    }

    /// Position of the break among the stops, if it is one.
    pub(crate) fn break_position(&self) -> Option<usize> {
        match self.break_at {
            BreakAt::Inside => self.stops.iter().position(Stop::is_break),
            _ => None,
        }
    }

    /// Sets where the break is taken, and with it the windows of both ends of the tour.
    pub(crate) fn set_break(&mut self, shift: &ShiftFacts, break_at: BreakAt) {
        self.break_at = break_at;
        let [first, last] = ends(shift, break_at);
        let n = self.stops.len() - 1;
        self.stops[0].own = first;
        self.stops[n].own = last;
    }

    /// Recomputes everything that is derived from `stops` and `break_at`, after any change of them. Returns false if a
    /// window is broken or the tour lasts too long; the tour is then unusable until it is mended.
    ///
    /// # Complexity
    /// Two merges a stop.
    pub(crate) fn refresh(&mut self, problem: &Facts, evaluator: &Evaluator, shift: &ShiftFacts) -> bool {
        // A break with no visit before it any more becomes a break before leaving.
        if self.break_at == BreakAt::Inside && self.stops[1].is_break() {
            self.stops.remove(1);
            self.set_break(shift, BreakAt::Before);
        }
        (self.care, self.load, self.priced_starts, self.counted_starts) = (0, 0, 0, 0);
        for stop in &self.stops {
            if let StopKind::Visit { visit, option } = stop.kind {
                self.care += stop.own.duration;
                self.load += problem.visits[visit as usize].load;
                self.priced_starts += u32::from(evaluator.prices_start_of(problem, option));
                self.counted_starts += u32::from(evaluator.counts_start_of(visit));
            }
        }
        let last = self.stops.len() - 1;
        self.stops[0].prefix = TourSegment::single(self.stops[0].own);
        self.stops[last].suffix = TourSegment::single(self.stops[last].own);
        self.refresh_between(problem, evaluator, shift, 1, last - 1)
    }

    /// [`Self::refresh`] where the stops before `first` and behind `last` are as they were and the sums over visits are
    /// right: recomputes prefixes from `first` on and suffixes from `last` back.
    ///
    /// # Complexity
    /// A merge for each of them.
    pub(crate) fn refresh_between(
        &mut self,
        problem: &Facts,
        evaluator: &Evaluator,
        shift: &ShiftFacts,
        first: usize,
        mut last: usize,
    ) -> bool {
        let roads = problem.roads_of(shift);
        let stops = &mut self.stops;
        // A break is taken at the place of the stop before it: behind a changed stop its place changes, and with it the
        // leg from it.
        if stops.get(last + 1).is_some_and(Stop::is_break) {
            last += 1;
        }
        let (done, rest) = stops.split_at_mut(first);
        let mut before = &mut done[first - 1];
        let mut prefix = before.prefix;
        let (changed, unchanged) = rest.split_at_mut(last + 2 - first);
        for stop in changed {
            if stop.is_break() {
                stop.place = before.place;
            }
            before.leg = roads.leg(before.place, stop.place);
            if !prefix.schedule.fits(before.leg, stop.own) {
                return false;
            }
            prefix = prefix.merge(before.leg, TourSegment::single(stop.own));
            stop.prefix = prefix;
            before = stop;
        }
        let mut leg = before.leg;
        for stop in unchanged {
            if !prefix.schedule.fits(leg, stop.own) {
                return false;
            }
            prefix = prefix.merge(leg, TourSegment::single(stop.own));
            stop.prefix = prefix;
            leg = stop.leg;
        }
        let mut after = stops[last + 1].suffix;
        for stop in stops[..=last].iter_mut().rev() {
            after = TourSegment::single(stop.own).merge(stop.leg, after);
            stop.suffix = after;
        }
        if !shift.may_last(after.schedule.duration) {
            return false;
        }
        self.price(problem, evaluator, shift);
        #[cfg(debug_assertions)]
        self.assert_refreshed(problem, evaluator, shift);
        true
    }

    /// Slow twin of `refresh_between`: computes everything derived anew, from both ends of the tour.
    #[cfg(debug_assertions)]
    fn assert_refreshed(&self, problem: &Facts, evaluator: &Evaluator, shift: &ShiftFacts) {
        let roads = problem.roads_of(shift);
        let count = |counts: &dyn Fn(u32, u32) -> bool| {
            self.visits_and_options().filter(|&(visit, option)| counts(visit, option)).count() as u32
        };
        let care = self.stops.iter().filter(|stop| stop.is_visit()).map(|stop| stop.own.duration);
        assert_eq!(self.care, care.sum::<i32>(), "care");
        let load = self.visits_and_options().map(|(visit, _)| problem.visits[visit as usize].load);
        assert_eq!(self.load, load.sum::<i32>(), "load");
        assert!(self.load <= shift.capacity, "the load is over the capacity");
        assert_eq!(
            self.priced_starts,
            count(&|_, option| evaluator.prices_start_of(problem, option)),
            "priced starts"
        );
        assert_eq!(
            self.counted_starts,
            count(&|visit, _| evaluator.counts_start_of(visit)),
            "counted starts"
        );
        let mut fold = TourSegment::single(self.stops[0].own);
        for pair in self.stops.windows(2) {
            let place = if pair[1].is_break() { pair[0].place } else { pair[1].place };
            assert_eq!(
                (pair[1].place, pair[0].leg),
                (place, roads.leg(pair[0].place, place)),
                "places and legs"
            );
            fold = fold.merge(pair[0].leg, TourSegment::single(pair[1].own));
            assert_eq!(pair[1].prefix, fold, "prefix");
        }
        let mut fold = TourSegment::single(self.stops[self.stops.len() - 1].own);
        for pair in self.stops.windows(2).rev() {
            assert_eq!(pair[1].suffix, fold, "suffix");
            fold = TourSegment::single(pair[0].own).merge(pair[0].leg, fold);
        }
        assert_eq!(self.stops[0].suffix, fold, "suffix");
    }

    fn price(&mut self, problem: &Facts, evaluator: &Evaluator, shift: &ShiftFacts) {
        if self.visits() == 0 {
            (self.time_cost, self.start_cost) = (0, 0);
            self.paid = evaluator.hours().paid_without_visits(shift);
            self.leave = self.stops[0].suffix.schedule.earliest;
            return;
        }
        let totals = self.totals(shift);
        self.time_cost = evaluator.time_cost(shift, &totals);
        // Where paid time does not count across tours, nobody reads `paid`: it is not kept up to date.
        if evaluator.counts_work() {
            let whole = [Piece::Suffix(&self.stops)];
            let home_legs = || home_legs(shift, end_legs(problem.roads_of(shift), whole));
            self.paid = evaluator.hours().paid(shift, tour_time(shift, &totals), home_legs);
        }
        let schedule = totals.segment.schedule;
        let timing = match self.priced_starts {
            0 => Timing { leave: schedule.earliest, start_cost: 0 },
            _ => evaluator.timing(problem, shift, schedule, [Piece::Suffix(&self.stops)], Cost::MAX),
        };
        (self.leave, self.start_cost) = (timing.leave, timing.start_cost);
    }

    /// Shows each visit, its day option and the start of its care.
    #[inline]
    pub(crate) fn each_start(&self, roads: &Roads, mut show: impl FnMut(u32, u32, i32)) {
        walk(roads, Departure::home(self.leave), [Piece::Suffix(&self.stops)], |stop, start| {
            if let StopKind::Visit { visit, option } = stop.kind {
                show(visit, option, start);
            }
            true
        });
    }

    /// Totals of the whole tour.
    pub(crate) fn totals(&self, shift: &ShiftFacts) -> TourTotals {
        TourTotals { segment: self.stops[0].suffix, care: self.care, inner_break: self.inner_break(shift) }
    }

    /// Seconds of the break between leaving and being back.
    pub(crate) fn inner_break(&self, shift: &ShiftFacts) -> i32 {
        match (self.break_at, shift.break_facts) {
            (BreakAt::Inside, Some(break_facts)) => break_facts.seconds,
            _ => 0,
        }
    }

    /// Becomes a copy of another tour without allocating.
    pub(crate) fn copy_from(&mut self, other: &Self) {
        self.stops.clear();
        self.stops.extend_from_slice(&other.stops);
        let stops = std::mem::take(&mut self.stops);
        *self = Self { stops, ..*other };
    }
}

/// The times of a tour on which its paid time depends.
pub(crate) fn tour_time(shift: &ShiftFacts, totals: &TourTotals) -> TourTime {
    TourTime {
        span: i64::from(totals.segment.schedule.duration),
        inner_break: i64::from(totals.inner_break),
        overtime: i64::from(totals.overtime(shift)),
    }
}

/// Seconds of the first and the last leg of a tour, as far as these start or end at home and not at the office.
pub(crate) fn home_legs(shift: &ShiftFacts, end_legs: [i32; 2]) -> i64 {
    let [leaves_home, returns_home] = shift.is_home;
    let [first, last] = end_legs.map(i64::from);
    i64::from(leaves_home) * first + i64::from(returns_home) * last
}

/// Home at both ends: when the tour may leave and when it must be back.
pub(crate) fn ends(shift: &ShiftFacts, break_at: BreakAt) -> [Schedule; 2] {
    let (mut open, mut close) = (shift.leave, shift.latest_end);
    if let Some(break_facts) = shift.break_facts {
        match break_at {
            BreakAt::Before => open = open.max(break_facts.earliest + break_facts.seconds),
            BreakAt::After => close = break_facts.latest,
            BreakAt::Nowhere | BreakAt::Inside => {}
        }
    }
    [Schedule::visit(0, open, shift.latest_end), Schedule::visit(0, shift.start, close)]
}
