//! The start that a visit should have: the client's own hour, or the published start.

use crate::model::cost::Cost;

/// The start that a visit should have, and what it costs to miss it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct DueStart {
    /// Elapsed seconds; where departures are compared, counted from the start at the earliest departure.
    pub(super) due: i32,
    /// Seconds before and after it that cost nothing.
    pub(super) tolerance: i32,
    /// Price of a second beyond them.
    pub(super) price: Cost,
}

impl DueStart {
    /// The cost of a start.
    #[inline]
    pub(super) fn cost(&self, start: i32) -> Cost {
        Cost::from(((start - self.due).abs() - self.tolerance).max(0)) * self.price
    }
}
