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

/// A window in ticks, within the window in real numbers, and what to add to the service.
///
/// A window without a whole tick inside becomes the tick before it: service then starts up to a tick after
/// its tick, which a service that is a tick longer makes good. An infinite end is the largest tick.
pub(super) fn window(open: f64, close: f64, ticks: f64) -> (i32, i32, i32) {
    let (open, close) = ((open * ticks).ceil() as i32, (close * ticks).floor() as i32);
    if open > close { (close, close, 1) } else { (open, close, 0) }
}
