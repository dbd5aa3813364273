//! Timing: how far care starts from the client's own hour.
//!
//! Start times follow from the whole tour (departure as late as keeps the finish), so this costs
//! the tour, is asked last, and only where some visit of the tour has a preferred start.

use crate::model::cost::{Cost, cost_per_second};
use crate::model::document::Prices;

/// No preferred start.
pub(crate) const ANY_TIME: i32 = i32::MIN;

/// What the start times of a visit depend on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timed {
    /// Seconds of travel to it from the stop before.
    pub(crate) leg: i32,
    pub(crate) open: i32,
    pub(crate) duration: i32,
    /// Preferred start, or [`ANY_TIME`].
    pub(crate) preferred: i32,
}

/// The price of a second beyond the tolerance.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PreferredStart {
    price: Cost,
    tolerance: i32,
}

impl PreferredStart {
    pub(crate) fn new(prices: &Prices) -> Self {
        Self {
            price: cost_per_second(prices.preferred_start),
            tolerance: (prices.preferred_start_tolerance * 60.0).round() as i32,
        }
    }

    /// Whether it can cost anything.
    pub(crate) fn matters(&self) -> bool {
        self.price != 0
    }

    /// Cost of one visit.
    #[inline]
    pub(crate) fn cost(&self, start: i32, preferred: i32) -> Cost {
        if preferred == ANY_TIME {
            return 0;
        }
        Cost::from(((start - preferred).abs() - self.tolerance).max(0)) * self.price
    }

    /// Cost of the stops of a tour that leaves home at `leave`.
    pub(crate) fn tour_cost(&self, leave: i32, stops: impl Iterator<Item = Timed>) -> Cost {
        let mut time = leave;
        let mut cost = 0;
        for stop in stops {
            let start = (time + stop.leg).max(stop.open);
            cost += self.cost(start, stop.preferred);
            time = start + stop.duration;
        }
        cost
    }
}
