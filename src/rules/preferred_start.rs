//! Timing: how far care starts from the client's own hour.
//!
//! Start times follow from the whole tour (departure as late as keeps the finish), so this costs
//! the tour, is asked last, and only where the start of some visit of the tour has a price.

use crate::model::cost::{Cost, cost_per_second};
use crate::model::document::Prices;

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
        Cost::from(((start - preferred).abs() - self.tolerance).max(0)) * self.price
    }
}
