//! When a tour leaves home: of the departures that keep it as short as it can be, and its nurse out of overtime, the one whose
//! starts cost the least.
//!
//! Within these departures nothing waits, so that all starts of the tour move as one. What they cost is then a sum of convex
//! functions of the departure: it falls, is level, and rises again, and where it is level is found by adding up slopes.

use super::due_start::DueStart;
use super::evaluator::Evaluator;
use super::schedule::Schedule;
use super::sequence::{Departure, Piece, walk};
use super::stop::StopKind;
use crate::model::cost::Cost;
use crate::model::facts::{Facts, ShiftFacts};

/// Of how many starts with a price of their own a departure takes account: the first of a tour. No working day has more.
const MOST_STARTS: usize = 48;

/// The starts that a tour should have, counted from those that it has where it leaves at the earliest.
struct DueStarts {
    list: [DueStart; MOST_STARTS],
    count: usize,
    /// How much later than at the earliest it may leave.
    latest: i32,
}

impl DueStarts {
    #[inline]
    fn add(&mut self, due: DueStart, start: i32) {
        if self.count < MOST_STARTS && due.price > 0 {
            self.list[self.count] = DueStart { due: due.due - start, ..due };
            self.count += 1;
        }
    }

    /// How much later than at the earliest the tour leaves: as cheaply as can be, and then as near to what the first of its
    /// visits asks for as that allows.
    fn cheapest(&self) -> i32 {
        let dues = &self.list[..self.count];
        let Some(first) = dues.first().map(|due| due.due.clamp(0, self.latest)) else { return 0 };
        if dues.iter().all(|due| due.cost(first) == 0) {
            return first;
        }
        // From here on a start costs no less, and from there on more: what it costs is level between the two.
        let mut turns = [(0, 0); 2 * MOST_STARTS];
        let turns = &mut turns[..2 * dues.len()];
        for (pair, due) in turns.chunks_exact_mut(2).zip(dues) {
            pair[0] = (due.due - due.tolerance, due.price);
            pair[1] = (due.due + due.tolerance, due.price);
        }
        turns.sort_unstable();
        let mut slope = -dues.iter().map(|due| due.price).sum::<Cost>();
        let (mut least, mut most) = (self.latest, self.latest);
        for &(at, rise) in turns.iter() {
            if slope < 0 && slope + rise >= 0 {
                least = at;
            }
            slope += rise;
            if slope > 0 {
                most = at;
                break;
            }
        }
        let (least, most) = (least.clamp(0, self.latest), most.clamp(0, self.latest));
        first.clamp(least, most)
    }
}

impl Evaluator {
    /// When a tour made of pieces leaves home, if its whole schedule is this: the earliest departure that makes it as short as it can
    /// be, where no start has a price of its own.
    ///
    /// # Complexity
    /// Linear in the stops where starts have prices; at most the starts times their logarithm more.
    #[inline]
    pub(crate) fn leave<'a>(
        &self,
        problem: &Facts,
        shift: &ShiftFacts,
        schedule: Schedule,
        pieces: impl IntoIterator<Item = Piece<'a>>,
    ) -> i32 {
        if !self.starts_matter() {
            return schedule.earliest;
        }
        self.cheapest_leave(problem, shift, schedule, pieces)
    }

    /// The same where starts have prices. Not inlined, so that what asks stays short.
    #[inline(never)]
    fn cheapest_leave<'a>(
        &self,
        problem: &Facts,
        shift: &ShiftFacts,
        schedule: Schedule,
        pieces: impl IntoIterator<Item = Piece<'a>>,
    ) -> i32 {
        let latest = schedule.latest.min(shift.end - schedule.duration) - schedule.earliest;
        if latest <= 0 {
            return schedule.earliest;
        }
        let mut dues = DueStarts { list: [DueStart::default(); MOST_STARTS], count: 0, latest };
        walk(problem.roads_of(shift), Departure::home(schedule.earliest), pieces, |stop, start| {
            if let StopKind::Visit { option, .. } = stop.kind {
                self.due_starts(problem, option).into_iter().flatten().for_each(|due| dues.add(due, start));
            }
            true
        });
        schedule.earliest + dues.cheapest()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn due() -> impl Strategy<Value = DueStart> {
        (-60..60, 0..20, 1..4i64).prop_map(|(due, tolerance, price)| DueStart { due, tolerance, price })
    }

    proptest! {
        #[test]
        fn no_other_departure_is_cheaper_or_nearer_to_the_first(
            dues in prop::collection::vec(due(), 0..6),
            latest in 1..80,
        ) {
            let mut list = DueStarts { list: [DueStart::default(); MOST_STARTS], count: 0, latest };
            dues.iter().for_each(|&due| list.add(due, 0));
            let chosen = list.cheapest();
            let cost = |later: i32| dues.iter().map(|due| due.cost(later)).sum::<Cost>();
            let far = |later: i32| dues.first().map_or(later, |first| (first.due - later).abs());
            let best = (0..=latest).map(|later| (cost(later), far(later))).min();
            prop_assert_eq!(Some((cost(chosen), far(chosen))), best);
        }
    }
}
