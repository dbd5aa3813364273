//! Acceptance: simulated annealing with a temperature that falls exponentially.

use super::dice::Dice;
use crate::model::cost::Cost;

/// Temperatures in cost units: worse plans within about this much are accepted.
///
/// Seconds of nurse time times 1,000. Higher at the start forgets the first plan and needs longer;
/// lower at the end stops looking too early. Measured on `homecare` standard and month at 20 to 30 s:
/// from 100 to 2,000 s at the start, 5 to 60 s at the end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Annealing {
    first: f64,
    last: f64,
    now: f64,
}

impl Annealing {
    /// From a constructed plan.
    pub(crate) const COLD_START: Self = Self { first: 700_000.0, last: 35_000.0, now: 700_000.0 };
    /// From a given plan, which should mostly stay as it is.
    pub(crate) const WARM_START: Self = Self { first: 60_000.0, last: 35_000.0, now: 60_000.0 };

    /// Sets the temperature for a fraction of the search done, 0 to 1.
    pub(crate) fn set_progress(&mut self, done: f64) {
        self.now = self.first * (self.last / self.first).powf(done.clamp(0.0, 1.0));
    }

    /// Whether a plan of cost `after` replaces one of cost `before`.
    #[inline]
    pub(crate) fn accepts(&self, before: Cost, after: Cost, dice: &mut Dice) -> bool {
        if after <= before {
            return true;
        }
        let worse = (after - before) as f64;
        // Beyond 16 temperatures the chance is below one in eight million: save the logarithm.
        worse < 16.0 * self.now && worse < -self.now * dice.unit().ln()
    }
}
