//! One tour of the draft: its stops with their prefixes and suffixes.
//!
//! ```text
//! stops:   home ── visit ── visit ── break ── visit ── home
//! prefix:  ├─────────────────────┤               (up to and with a stop)
//! suffix:                        ├───────────────────────┤
//! ```
//! A break between visits stands at the place of the stop before it. A break at home, before
//! leaving or after the return, is no stop: it only narrows the shift.

use crate::model::cost::Cost;
use crate::model::facts::{Facts, Pause, ShiftFacts};
use crate::rules::Evaluator;
use crate::rules::hours::TourTime;
use crate::rules::preferred_start::{ANY_TIME, Timed};
use crate::rules::schedule::Schedule;
use crate::rules::segment::{Segment, TourSegment};
use crate::rules::tour_cost::TourTotals;

/// `visit` of a stop that is a break.
pub(crate) const BREAK: u32 = u32::MAX;
/// `visit` of a stop that is home.
pub(crate) const HOME: u32 = u32::MAX - 1;

/// A visit, a break, or home at either end. 64 bytes: a line of the cache.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(crate) struct Stop {
    pub(crate) visit: u32,
    pub(crate) place: u32,
    pub(crate) own: Schedule,
    pub(crate) preferred: i32,
    /// Travel to the next stop.
    pub(crate) leg: i32,
    pub(crate) option: u32,
    pub(crate) prefix: TourSegment,
    pub(crate) suffix: TourSegment,
}

impl Stop {
    fn new(visit: u32, place: u32, own: Schedule) -> Self {
        let single = TourSegment::single(own);
        Self { visit, place, own, preferred: ANY_TIME, leg: 0, option: 0, prefix: single, suffix: single }
    }

    /// A visit on one of its days.
    pub(crate) fn of_option(problem: &Facts, option: u32) -> Self {
        let facts = &problem.options[option as usize];
        let visit = &problem.visits[facts.visit as usize];
        let own = Schedule::visit(visit.duration, facts.open, facts.close);
        Self {
            preferred: facts.preferred.unwrap_or(ANY_TIME),
            option,
            ..Self::new(facts.visit, visit.place, own)
        }
    }

    /// Home at either end, with a window that `set_pause` sets.
    pub(crate) fn of_home(shift: &ShiftFacts) -> Self {
        Self::new(HOME, shift.home, Schedule::visit(0, shift.start, shift.latest_end))
    }

    /// A break, at a place that `refresh` sets.
    pub(crate) fn of_break(pause: Pause) -> Self {
        Self::new(BREAK, 0, Schedule::visit(pause.seconds, pause.earliest, pause.latest))
    }

    /// When it begins, at the earliest.
    #[inline]
    pub(crate) fn begin(&self) -> i32 {
        self.prefix.schedule.finish() - self.own.duration
    }

    pub(crate) fn is_visit(&self) -> bool {
        self.visit < HOME
    }
}

/// Where the break of a tour is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PauseAt {
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
    pub(crate) pause: PauseAt,
    pub(crate) care: i32,
    /// What its visits load.
    pub(crate) load: i32,
    /// Number of visits with a preferred start.
    pub(crate) timed: u32,
    /// Number of visits with a regular hour.
    pub(crate) regular: u32,
    /// Travel, waiting and overtime; 0 without visits.
    pub(crate) time_cost: Cost,
    /// Distance from preferred starts.
    pub(crate) start_cost: Cost,
    /// Paid seconds.
    pub(crate) paid: i64,
}

impl Tour {
    /// The tour of a shift without visits.
    pub(crate) fn empty(evaluator: &Evaluator, shift: &ShiftFacts) -> Self {
        let mut tour = Self {
            stops: Vec::with_capacity(16),
            pause: if shift.pause.is_some() { PauseAt::Before } else { PauseAt::Nowhere },
            care: 0,
            load: 0,
            timed: 0,
            regular: 0,
            time_cost: 0,
            start_cost: 0,
            paid: evaluator.hours.paid(shift, None),
        };
        let (first, last) = ends(shift, tour.pause);
        tour.stops.push(Stop::new(HOME, shift.home, first));
        tour.stops.push(Stop::new(HOME, shift.home, last));
        tour
    }

    /// Number of visits.
    #[inline]
    pub(crate) fn visits(&self) -> usize {
        self.stops.len() - 2 - usize::from(self.pause == PauseAt::Inside)
    }

    /// Position of a visit among the stops.
    pub(crate) fn position(&self, visit: u32) -> Option<usize> {
        self.stops.iter().position(|stop| stop.visit == visit)
    }

    /// Sets the ends of the tour by where the break is.
    pub(crate) fn set_pause(&mut self, shift: &ShiftFacts, pause: PauseAt) {
        self.pause = pause;
        let (first, last) = ends(shift, pause);
        let n = self.stops.len() - 1;
        self.stops[0].own = first;
        self.stops[n].own = last;
    }

    /// Takes the break out of the stops, if it is one.
    pub(crate) fn drop_break(&mut self) {
        if self.pause == PauseAt::Inside {
            self.stops.retain(|stop| stop.visit != BREAK);
        }
    }

    /// Makes everything derived right again after any change of `stops` or `pause`. Returns false,
    /// leaving the tour unusable until mended, if a window is broken or the tour lasts too long.
    ///
    /// # Complexity
    /// Two merges a stop.
    pub(crate) fn refresh(&mut self, problem: &Facts, evaluator: &Evaluator, shift: &ShiftFacts) -> bool {
        let visits = self.stops.iter().filter(|stop| stop.is_visit());
        (self.care, self.load, self.timed) = visits.fold((0, 0, 0), |(care, load, timed), stop| {
            let timed = timed + u32::from(stop.preferred != ANY_TIME);
            (care + stop.own.duration, load + problem.visits[stop.visit as usize].load, timed)
        });
        self.regular = match evaluator.regular.matters() {
            true => self.stops.iter().filter(|stop| evaluator.regular.has(stop.visit)).count() as u32,
            false => 0,
        };
        self.refresh_stops(problem, evaluator, shift)
    }

    /// The same where the visits are those that they were, in their order: only the break has moved.
    pub(crate) fn refresh_stops(
        &mut self,
        problem: &Facts,
        evaluator: &Evaluator,
        shift: &ShiftFacts,
    ) -> bool {
        // A break that lost every visit before it is a break before leaving.
        if self.pause == PauseAt::Inside && self.stops[1].visit == BREAK {
            self.stops.remove(1);
            self.set_pause(shift, PauseAt::Before);
        }
        let last = self.stops.len() - 1;
        self.stops[0].prefix = TourSegment::single(self.stops[0].own);
        self.stops[last].suffix = TourSegment::single(self.stops[last].own);
        self.refresh_between(problem, evaluator, shift, 1, last - 1)
    }

    /// The same where the stops before `first` and behind `last` are as they were, and `care`, `load`
    /// and `timed` are right: prefixes are made anew from `first` on, suffixes from `last` back.
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
        // A break behind a changed stop has changed its place, and so the way from it.
        if stops.get(last + 1).is_some_and(|stop| stop.visit == BREAK) {
            last += 1;
        }
        let (done, rest) = stops.split_at_mut(first);
        let mut before = &mut done[first - 1];
        let mut prefix = before.prefix;
        for stop in rest {
            if stop.visit == BREAK {
                stop.place = before.place;
            }
            let leg = roads.leg(before.place, stop.place);
            if !prefix.schedule.fits(leg, stop.own) {
                return false;
            }
            prefix = prefix.merge(leg, TourSegment::single(stop.own));
            stop.prefix = prefix;
            before.leg = leg;
            before = stop;
        }
        let mut after = stops[last + 1].suffix;
        for stop in stops[..=last].iter_mut().rev() {
            after = TourSegment::single(stop.own).merge(stop.leg, after);
            stop.suffix = after;
        }
        if after.schedule.duration > shift.longest {
            return false;
        }
        self.price(evaluator, shift);
        #[cfg(debug_assertions)]
        self.assert_refreshed(problem, shift);
        true
    }

    /// Slow twin of `refresh_between`: everything derived, from the ends.
    #[cfg(debug_assertions)]
    fn assert_refreshed(&self, problem: &Facts, shift: &ShiftFacts) {
        let roads = problem.roads_of(shift);
        let visits = || self.stops.iter().filter(|stop| stop.is_visit());
        assert_eq!(self.care, visits().map(|stop| stop.own.duration).sum::<i32>(), "care");
        let load = |stop: &Stop| problem.visits[stop.visit as usize].load;
        assert_eq!(self.load, visits().map(load).sum::<i32>(), "load");
        assert!(self.load <= shift.capacity, "the load is over the capacity");
        assert_eq!(self.timed as usize, visits().filter(|stop| stop.preferred != ANY_TIME).count(), "timed");
        let regular =
            |stop: &&Stop| problem.lines[problem.visits[stop.visit as usize].line as usize].regular.is_some();
        assert_eq!(self.regular as usize, visits().filter(regular).count(), "regular");
        let mut fold = TourSegment::single(self.stops[0].own);
        for pair in self.stops.windows(2) {
            let place = if pair[1].visit == BREAK { pair[0].place } else { pair[1].place };
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

    fn price(&mut self, evaluator: &Evaluator, shift: &ShiftFacts) {
        if self.visits() == 0 {
            (self.time_cost, self.start_cost) = (0, 0);
            self.paid = evaluator.hours.paid(shift, None);
            return;
        }
        let totals = self.totals(self.inner_break(shift));
        self.time_cost = evaluator.tour.cost(shift, &totals);
        self.paid = evaluator.hours.paid(shift, Some(tour_time(shift, &totals, self.home_legs())));
        self.start_cost = if self.timed > 0 && evaluator.starts_matter {
            let leave = totals.segment.schedule.earliest;
            evaluator.preferred.tour_cost(leave, timed_stops(&self.stops))
        } else {
            0
        };
    }

    /// Shows each visit with the start of its care.
    pub(crate) fn each_start(&self, mut show: impl FnMut(&Stop, i32)) {
        let mut time = self.stops[0].suffix.schedule.earliest;
        for pair in self.stops.windows(2) {
            let start = (time + pair[0].leg).max(pair[1].own.earliest);
            if pair[1].is_visit() {
                show(&pair[1], start);
            }
            time = start + pair[1].own.duration;
        }
    }

    /// Totals of the whole tour.
    pub(crate) fn totals(&self, inner_break: i32) -> TourTotals {
        TourTotals { segment: self.stops[0].suffix, care: self.care, inner_break }
    }

    /// Seconds of the break between leaving and being back.
    pub(crate) fn inner_break(&self, shift: &ShiftFacts) -> i32 {
        match (self.pause, shift.pause) {
            (PauseAt::Inside, Some(pause)) => pause.seconds,
            _ => 0,
        }
    }

    /// Seconds of the first and the last leg.
    pub(crate) fn home_legs(&self) -> i32 {
        let last = self.stops.len() - 2;
        self.stops[0].leg + self.stops[last].leg
    }
}

/// What the hours of a tour depend on.
pub(crate) fn tour_time(shift: &ShiftFacts, totals: &TourTotals, home_legs: i32) -> TourTime {
    TourTime {
        span: i64::from(totals.segment.schedule.duration),
        inner_break: i64::from(totals.inner_break),
        home_legs: i64::from(home_legs),
        overtime: i64::from(totals.overtime(shift)),
    }
}

/// The stops after home, as start times need them.
pub(crate) fn timed_stops(stops: &[Stop]) -> impl Iterator<Item = Timed> + '_ {
    stops.windows(2).map(|pair| Timed {
        leg: pair[0].leg,
        open: pair[1].own.earliest,
        duration: pair[1].own.duration,
        preferred: pair[1].preferred,
    })
}

/// Home at both ends: when the tour may leave and when it must be back.
pub(crate) fn ends(shift: &ShiftFacts, pause: PauseAt) -> (Schedule, Schedule) {
    let (mut open, mut close) = (shift.start, shift.latest_end);
    if let Some(p) = shift.pause {
        match pause {
            PauseAt::Before => open = p.earliest + p.seconds,
            PauseAt::After => close = p.latest,
            PauseAt::Nowhere | PauseAt::Inside => {}
        }
    }
    (Schedule::visit(0, open, shift.latest_end), Schedule::visit(0, shift.start, close))
}

impl Tour {
    /// Becomes a copy of another tour without allocating.
    pub(crate) fn copy_from(&mut self, other: &Self) {
        self.stops.clear();
        self.stops.extend_from_slice(&other.stops);
        let stops = std::mem::take(&mut self.stops);
        *self = Self { stops, ..*other };
    }
}
