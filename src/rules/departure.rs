//! Chooses when a tour leaves home: of the departures that make the tour as short as it can be and bring no overtime,
//! the one whose starts cost the least. A tour with a start that counts across tours (a regular hour) leaves at the
//! earliest.
//!
//! A tour that may choose among several departures never waits, so that all its starts move by the same time. Their
//! cost is then a sum of convex functions of the departure: it falls, is level, and rises again. The level part is
//! found by following the slope from one breakpoint (`turns`) to the next.

use super::due_start::DueStart;
use super::evaluator::Evaluator;
use super::schedule::Schedule;
use super::sequence::{Departure, Piece, walk};
use super::stop::{Stop, StopKind};
use crate::model::cost::Cost;
use crate::model::facts::{Facts, ShiftFacts};

/// Most due starts of a tour for which the departure is chosen; a visit has up to two of them, its client's own hour
/// and its published start. A tour with more leaves at the earliest; a working day hardly has as many.
const MOST_STARTS: usize = 48;

/// When a tour leaves home, and what the starts of its visits then cost by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Timing {
    pub(crate) leave: i32,
    pub(crate) start_cost: Cost,
}

/// The due starts of a tour, each counted from the start that the visit has if the tour leaves at the earliest.
struct DueStarts {
    list: [DueStart; MOST_STARTS],
    count: usize,
    /// By how many seconds it may leave later than at the earliest.
    latest: i32,
    /// Cost at the earliest departure of the starts for which the list has no room.
    others: Cost,
}

impl DueStarts {
    fn new(latest: i32) -> Self {
        Self { list: [DueStart::default(); MOST_STARTS], count: 0, latest, others: 0 }
    }

    #[inline]
    fn add(&mut self, due: DueStart, start: i32) {
        if due.price == 0 {
            return;
        }
        match self.list.get_mut(self.count) {
            Some(place) => {
                *place = DueStart { due: due.due - start, ..due };
                self.count += 1;
            }
            None => {
                // From here on the tour leaves at the earliest: what it would cost later is no longer known.
                self.others += due.cost(start);
                self.latest = 0;
            }
        }
    }

    fn cost(&self, later: i32) -> Cost {
        self.list[..self.count].iter().map(|due| due.cost(later)).sum::<Cost>() + self.others
    }

    /// By how much the cost rises if the tour leaves a second later, and if it leaves a second earlier.
    fn slopes(&self, later: i32) -> [Cost; 2] {
        let mut slopes = [0; 2];
        for due in &self.list[..self.count] {
            let beyond = later - due.due;
            slopes[0] += Cost::from(i32::from(beyond >= due.tolerance) - i32::from(beyond < -due.tolerance))
                * due.price;
            slopes[1] += Cost::from(i32::from(beyond <= -due.tolerance) - i32::from(beyond > due.tolerance))
                * due.price;
        }
        slopes
    }

    /// By how many seconds the tour leaves later than at the earliest: of the cheapest departures, the one nearest to
    /// the first due start. The search begins at that due start and goes from breakpoint to breakpoint until the cost
    /// stops falling.
    fn cheapest(&self) -> i32 {
        let dues = &self.list[..self.count];
        let Some(mut later) = dues.first().map(|due| due.due.clamp(0, self.latest)) else { return 0 };
        if self.latest == 0 || self.cost(later) == 0 {
            return later;
        }
        let turns = || dues.iter().flat_map(|due| [due.due - due.tolerance, due.due + due.tolerance]);
        let [mut more, mut less] = self.slopes(later);
        while more < 0 && later < self.latest {
            later =
                turns().filter(|&turn| turn > later).min().map_or(self.latest, |turn| turn.min(self.latest));
            [more, less] = self.slopes(later);
        }
        while less < 0 && later > 0 {
            later = turns().filter(|&turn| turn < later).max().map_or(0, |turn| turn.max(0));
            [_, less] = self.slopes(later);
        }
        later
    }
}

impl Evaluator {
    /// The timing of a tour that is made of `pieces` and has the whole `schedule`. It leaves at the earliest where no
    /// start has a price of its own, and where a start counts across tours. If its starts cost `limit` or more,
    /// `start_cost` may be any figure from `limit` up.
    ///
    /// # Complexity
    /// Linear in the stops, where starts have prices; the starts squared at most.
    #[inline]
    pub(crate) fn timing<'a>(
        &self,
        problem: &Facts,
        shift: &ShiftFacts,
        schedule: Schedule,
        pieces: impl IntoIterator<Item = Piece<'a>> + Clone,
        limit: Cost,
    ) -> Timing {
        if !self.starts_matter() {
            return Timing { leave: schedule.earliest, start_cost: 0 };
        }
        self.cheapest_timing(problem, shift, schedule, pieces, limit)
    }

    /// [`Self::timing`] where starts have prices. Not inlined, so that its callers stay small.
    #[inline(never)]
    fn cheapest_timing<'a>(
        &self,
        problem: &Facts,
        shift: &ShiftFacts,
        schedule: Schedule,
        pieces: impl IntoIterator<Item = Piece<'a>> + Clone,
        limit: Cost,
    ) -> Timing {
        let latest = schedule.latest.min(shift.end - schedule.duration) - schedule.earliest;
        // A regular hour depends on several tours and may be hard, so a tour that has one keeps the earliest departure.
        let is_counted = |stop: &Stop| stop.visit().is_some_and(|visit| self.counts_start_of(visit));
        let is_bound = || pieces.clone().into_iter().any(|piece| piece.stops().iter().any(is_counted));
        if latest <= 0 || (self.counts_starts() && is_bound()) {
            let mut start_cost = 0;
            self.each_due(problem, shift, schedule, pieces, |due, start| {
                start_cost += due.cost(start);
                start_cost < limit
            });
            return Timing { leave: schedule.earliest, start_cost };
        }
        let mut dues = DueStarts::new(latest);
        self.each_due(problem, shift, schedule, pieces, |due, start| {
            dues.add(due, start);
            true
        });
        let later = dues.cheapest();
        Timing { leave: schedule.earliest + later, start_cost: dues.cost(later) }
    }

    /// Shows each due start of a tour, and the start that the visit has if the tour leaves at the earliest; ends early
    /// where `show` returns false.
    #[inline(always)]
    fn each_due<'a>(
        &self,
        problem: &Facts,
        shift: &ShiftFacts,
        schedule: Schedule,
        pieces: impl IntoIterator<Item = Piece<'a>>,
        mut show: impl FnMut(DueStart, i32) -> bool,
    ) {
        walk(problem.roads_of(shift), Departure::home(schedule.earliest), pieces, |stop, start| {
            let StopKind::Visit { option, .. } = stop.kind else { return true };
            let [published, own] = self.due_starts(problem, option);
            published.is_none_or(|due| show(due, start)) && own.is_none_or(|due| show(due, start))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn due() -> impl Strategy<Value = DueStart> {
        (-60..60, 0..20, 1..4i64).prop_map(|(due, tolerance, price)| DueStart { due, tolerance, price })
    }

    #[test]
    fn a_tour_with_too_many_prices_leaves_at_the_earliest_and_none_is_forgotten() {
        let mut list = DueStarts::new(60);
        let due = DueStart { due: 30, tolerance: 0, price: 1 };
        (0..MOST_STARTS).for_each(|_| list.add(due, 0));
        assert_eq!((list.cheapest(), list.cost(30)), (30, 0));
        list.add(due, 0);
        assert_eq!(list.cheapest(), 0);
        assert_eq!(list.cost(0), 30 * (MOST_STARTS as Cost + 1));
    }

    proptest! {
        #[test]
        fn no_other_departure_is_cheaper_or_nearer_to_the_first(
            dues in prop::collection::vec(due(), 0..6),
            latest in 1..80,
        ) {
            let mut list = DueStarts::new(latest);
            dues.iter().for_each(|&due| list.add(due, 0));
            let chosen = list.cheapest();
            let cost = |later: i32| dues.iter().map(|due| due.cost(later)).sum::<Cost>();
            let far = |later: i32| dues.first().map_or(later, |first| (first.due - later).abs());
            let best = (0..=latest).map(|later| (cost(later), far(later))).min();
            prop_assert_eq!(Some((cost(chosen), far(chosen))), best);
        }
    }
}
