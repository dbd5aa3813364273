//! Segments: consecutive stops of a tour as a small value that can be joined in constant time.

use super::journey::Journey;
use super::schedule::Schedule;
use crate::model::facts::ShiftFacts;

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

/// What the price of a tour depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TourTotals {
    /// The whole tour from home to home.
    pub(crate) segment: TourSegment,
    /// Seconds with clients.
    pub(crate) care: i32,
    /// Seconds of the break, where it is taken between leaving and being back.
    pub(crate) inner_break: i32,
}

impl TourTotals {
    /// Seconds of waiting between leaving home and being back.
    pub(crate) fn waiting(&self) -> i32 {
        self.segment.schedule.duration - self.segment.journey.travel - self.care - self.inner_break
    }

    /// Seconds of being home after the end of the shift.
    pub(crate) fn overtime(&self, shift: &ShiftFacts) -> i32 {
        (self.segment.schedule.finish() - shift.end).max(0)
    }
}
