//! Segments: consecutive stops of a tour as a small value that can be joined in constant time.

use super::journey::Journey;
use super::schedule::Schedule;

/// All that a tour needs to know of some of its consecutive stops: the product of every segment rule. `merge` is associative,
/// so that a tour may be folded in any grouping.
///
/// Source of the idea: Kindervater and Savelsbergh (1997); Vidal, Crainic, Gendreau and Prins
/// (2013), "A hybrid genetic algorithm with adaptive diversity management for a large class of
/// vehicle routing problems with time-windows", section 4.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TourSegment {
    pub(crate) schedule: Schedule,
    pub(crate) journey: Journey,
}

impl TourSegment {
    /// One stop.
    #[inline]
    pub(crate) fn single(schedule: Schedule) -> Self {
        Self { schedule, journey: Journey::NONE }
    }

    /// Joins `self` and `next`, with `leg` seconds of travel between them.
    #[inline]
    pub(crate) fn merge(self, leg: i32, next: Self) -> Self {
        Self {
            schedule: self.schedule.merge(leg, next.schedule),
            journey: self.journey.merge(leg, next.journey),
        }
    }
}
