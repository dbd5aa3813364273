//! Price of one tour's time: of travel, waiting and overtime, of using the shift at all, of a day wished off, and of a
//! tour that is too short.

use super::segment::TourTotals;
use crate::model::cost::{Cost, CostByTerm, Term, cost_of_minutes, cost_per_second};
use crate::model::document::Prices;
use crate::model::facts::ShiftFacts;

/// Prices of a tour; those of travel, waiting and overtime are per second.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TourPrices {
    pub(crate) travel: Cost,
    pub(crate) waiting: Cost,
    pub(crate) overtime: Cost,
    /// Price of a tour with visits, whatever its time.
    used: Cost,
    /// Price of a tour with visits on a day that the nurse wished off.
    wished_off: Cost,
    /// Price of each second by which it is shorter than `least`.
    short: Cost,
    least: i32,
}

impl TourPrices {
    pub(crate) fn new(prices: &Prices) -> Self {
        Self {
            travel: cost_per_second(prices.travel),
            waiting: cost_per_second(prices.waiting),
            overtime: cost_per_second(prices.overtime),
            used: cost_of_minutes(prices.used_shift),
            wished_off: cost_of_minutes(prices.wished_off),
            short: cost_per_second(prices.short_tour),
            least: (prices.least_tour * 60.0).round() as i32,
        }
    }

    /// Whether a tour's duration or its end has a price, beside its travel.
    pub(crate) fn prices_span(&self, overtime_possible: bool) -> bool {
        self.waiting != 0 || self.short != 0 || (overtime_possible && self.overtime != 0)
    }

    /// The most that a tour costs because it is opened for very little care.
    pub(crate) fn opening(&self) -> Cost {
        self.used + Cost::from(self.least) * self.short
    }

    /// The most that one more second of care lowers the cost of a tour.
    #[inline]
    pub(crate) fn relief(&self) -> Cost {
        self.waiting + self.short
    }

    /// Cost of a tour with visits by its time, term by term.
    #[inline(always)]
    fn by_term(&self, shift: &ShiftFacts, totals: &TourTotals) -> [(Term, Cost); 6] {
        let times = |seconds: i32, price: Cost| Cost::from(seconds) * price;
        [
            (Term::Travel, times(totals.segment.journey.travel, self.travel)),
            (Term::Waiting, times(totals.waiting(), self.waiting)),
            (Term::Overtime, times(totals.overtime(shift), self.overtime)),
            (Term::UsedShifts, self.used),
            (Term::WishedOff, if shift.wished_off { self.wished_off } else { 0 }),
            (Term::ShortTours, times((self.least - totals.segment.schedule.duration).max(0), self.short)),
        ]
    }

    /// Cost of a tour with visits by its time.
    #[inline]
    pub(crate) fn cost(&self, shift: &ShiftFacts, totals: &TourTotals) -> Cost {
        self.by_term(shift, totals).into_iter().map(|(_, cost)| cost).sum()
    }

    /// The same by term.
    pub(crate) fn add_terms(&self, shift: &ShiftFacts, totals: &TourTotals, terms: &mut CostByTerm) {
        for (term, cost) in self.by_term(shift, totals) {
            terms[term] += cost;
        }
    }
}
