//! What the forms of vehicle routing have in common.

use crate::model::cost::Cost;

/// What a solution is worth, and what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// Total distance.
    pub distance: f64,
    /// Routes that serve anyone.
    pub vehicles: usize,
    /// Visits that no route makes.
    pub unplanned: usize,
    /// Everything that breaks the definition, customers left out included, a sentence each.
    pub violations: Vec<String>,
}

/// A visit left out costs as much as so many of the longest legs: more than any detour can save.
const UNPLANNED_LEGS: i64 = 20;

/// The price of a visit left out, where the longest leg is so many ticks and a tick costs 1,000.
pub(super) fn unplanned(longest_leg: i32) -> Cost {
    UNPLANNED_LEGS * 1000 * i64::from(longest_leg.max(1))
}
