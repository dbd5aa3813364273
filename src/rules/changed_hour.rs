//! Timing: how far care starts from the published start. Together with the client's own hour, it decides the
//! [`departure`](super::departure) of a tour. It counts only in tours with a published visit.

use super::due_start::DueStart;
use crate::model::cost::Cost;
use crate::model::facts::Facts;

/// The published start of each day option; empty where changes of hour cost nothing.
#[derive(Debug, Clone)]
pub(crate) struct ChangedHour {
    tolerance: i32,
    /// By option: the published start and the price of a second, 0 where nothing was published.
    starts: Vec<(i32, Cost)>,
}

impl ChangedHour {
    pub(crate) fn new(problem: &Facts) -> Self {
        let published = || problem.published.iter();
        let matters = published().any(|option| option.visit.is_some() && option.second > 0);
        let start = |option: &crate::model::facts::PublishedFacts| {
            option.visit.map_or((0, 0), |(_, start)| (start, option.second))
        };
        Self {
            tolerance: problem.prices.changed_hour_seconds(),
            starts: if matters { published().map(start).collect() } else { Vec::new() },
        }
    }

    /// Whether it can cost anything.
    pub(crate) fn matters(&self) -> bool {
        !self.starts.is_empty()
    }

    /// Whether the start of a day option counts.
    #[inline]
    pub(crate) fn counts(&self, option: u32) -> bool {
        self.starts.get(option as usize).is_some_and(|&(_, price)| price > 0)
    }

    /// Whether a start is so near to the published one that the difference costs nothing.
    #[inline]
    pub(crate) fn is_slight(&self, start: i32, published: i32) -> bool {
        (start - published).abs() <= self.tolerance
    }

    /// The start that a day option should have, where it was published.
    #[inline]
    pub(super) fn due(&self, option: u32) -> Option<DueStart> {
        let &(due, price) = self.starts.get(option as usize)?;
        Some(DueStart { due, tolerance: self.tolerance, price })
    }
}
