//! Timing: how far care starts from the client's own hour.
//!
//! Start times follow from the whole tour and its [`departure`](super::departure), so that this price takes a walk
//! along the tour. It is asked for last, and only where the start of some visit of the tour has a price.

use super::due_start::DueStart;
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

    /// The client's own hour with its tolerance and its price.
    #[inline]
    pub(super) fn due(&self, preferred: i32) -> DueStart {
        DueStart { due: preferred, tolerance: self.tolerance, price: self.price }
    }
}
