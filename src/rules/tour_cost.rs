//! Price of one tour's time: travel, waiting, overtime.

use super::segment::TourTotals;
use crate::model::cost::{Cost, CostByTerm, Term, cost_per_second};
use crate::model::document::Prices;
use crate::model::facts::ShiftFacts;

/// Prices per second.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TourPrices {
    pub(crate) travel: Cost,
    pub(crate) waiting: Cost,
    pub(crate) overtime: Cost,
}

impl TourPrices {
    pub(crate) fn new(prices: &Prices) -> Self {
        Self {
            travel: cost_per_second(prices.travel),
            waiting: cost_per_second(prices.waiting),
            overtime: cost_per_second(prices.overtime),
        }
    }

    /// Cost of a tour's time.
    #[inline]
    pub(crate) fn cost(&self, shift: &ShiftFacts, totals: &TourTotals) -> Cost {
        Cost::from(totals.segment.journey.travel) * self.travel
            + Cost::from(totals.waiting()) * self.waiting
            + Cost::from(totals.overtime(shift)) * self.overtime
    }

    /// The same by term.
    pub(crate) fn add_terms(&self, shift: &ShiftFacts, totals: &TourTotals, terms: &mut CostByTerm) {
        terms[Term::Travel] += Cost::from(totals.segment.journey.travel) * self.travel;
        terms[Term::Waiting] += Cost::from(totals.waiting()) * self.waiting;
        terms[Term::Overtime] += Cost::from(totals.overtime(shift)) * self.overtime;
    }
}
