//! What the file formats for vehicle routing problems have in common.

use crate::error::{Error, ErrorKind, Mistake};
use crate::model::cost::Cost;

/// What a solution is worth, and what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// Total distance, in the unit of the file's coordinates.
    pub distance: f64,
    /// Routes that serve anyone.
    pub vehicles: usize,
    /// Visits that no route makes.
    pub unplanned: usize,
    /// Everything that breaks the definition, customers left out included, a sentence each.
    pub violations: Vec<String>,
}

/// Most ticks in a unit of distance. A finer tick would not show in any printed result.
pub(super) const FINEST: f64 = 100_000.0;

/// Ticks of the horizon: with the sums of a day on top they stay within `i32`.
pub(super) const HORIZON_TICKS: f64 = 1.5e9;

/// Upper limits that keep the tables of the search below two gigabytes: on visits, on the days on which visits may take
/// place (summed over all visits), on vehicles (summed over all days), and on pairs of a vehicle and such a day.
pub(super) const MOST_VISITS: usize = 100_000;
pub(super) const MOST_OPTIONS: usize = 200_000;
pub(super) const MOST_VEHICLES: usize = 200_000;
pub(super) const MOST_PAIRS: usize = 500_000_000;

/// A visit left out costs as much as so many of the longest legs, which is more than any detour can save.
const UNPLANNED_LEGS: i64 = 20;

/// The price of a visit left out, for a longest leg in ticks. A tick costs 1,000.
pub(super) fn unplanned(longest_leg: i32) -> Cost {
    UNPLANNED_LEGS * 1000 * i64::from(longest_leg.max(1))
}

/// A window in ticks that lies within the window in real numbers, and what to add to the service.
///
/// A window without a whole tick inside becomes the tick before it. Service may then start up to a tick later than
/// planned; a service that is a tick longer makes up for it. An infinite end is the largest tick.
pub(super) fn window(open: f64, close: f64, ticks: f64) -> (i32, i32, i32) {
    let (open, close) = ((open * ticks).ceil() as i32, (close * ticks).floor() as i32);
    if open > close { (close, close, 1) } else { (open, close, 0) }
}

/// The distances between places in ticks, row by row, rounded up.
pub(super) fn legs(places: &[(f64, f64)], ticks: f64) -> Vec<i32> {
    let mut legs = Vec::with_capacity(places.len() * places.len());
    for a in places {
        legs.extend(places.iter().map(|b| (libm::hypot(a.0 - b.0, a.1 - b.1) * ticks).ceil() as i32));
    }
    legs
}

/// Diagonal of the smallest rectangle that holds every place; 0 without places.
pub(super) fn widest(places: &[(f64, f64)]) -> f64 {
    let (mut low, mut high) = ((f64::MAX, f64::MAX), (f64::MIN, f64::MIN));
    for (x, y) in places {
        low = (low.0.min(*x), low.1.min(*y));
        high = (high.0.max(*x), high.1.max(*y));
    }
    libm::hypot((high.0 - low.0).max(0.0), (high.1 - low.1).max(0.0))
}

pub(super) fn too_large(problem: &str, mend: &str) -> Error {
    Error::new(ErrorKind::TooLarge, Mistake::new("file", problem, mend))
}
