//! Segments: consecutive visits of a tour as a small value that can be joined in constant time.

use super::journey::Journey;
use super::schedule::Schedule;

/// A value of consecutive visits. `merge` is associative: a tour may be folded in any grouping.
///
/// Source of the idea: Kindervater and Savelsbergh (1997); Vidal, Crainic, Gendreau and Prins
/// (2013), "A hybrid genetic algorithm with adaptive diversity management for a large class of
/// vehicle routing problems with time-windows", section 4.3.
pub(crate) trait Segment: Copy {
    /// Joins `self` and `next`, with `leg` seconds of travel between them.
    fn merge(self, leg: i32, next: Self) -> Self;
}

/// All that a tour needs to know of some of its visits: the product of every segment rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TourSegment {
    pub(crate) schedule: Schedule,
    pub(crate) journey: Journey,
}

impl TourSegment {
    /// One visit (or break, or end of the tour).
    #[inline]
    pub(crate) fn single(schedule: Schedule) -> Self {
        Self { schedule, journey: Journey::NONE }
    }
}

impl Segment for TourSegment {
    #[inline]
    fn merge(self, leg: i32, next: Self) -> Self {
        Self {
            schedule: self.schedule.merge(leg, next.schedule),
            journey: self.journey.merge(leg, next.journey),
        }
    }
}
