//! Adaptive penalty: the search may break hard bounds that a ledger counts as excess, at a price that adapts to the
//! search.
//!
//! A plan with excess is often halfway to a better one without. The price rises while too many steps end with excess,
//! and falls while hardly any do; the share allowed shrinks as the search cools down. A plan with excess becomes the
//! best only in place of one with as much or more. T. Vidal, T. Crainic, M. Gendreau, N. Lahrichi and W. Rei (2012),
//! "A hybrid genetic algorithm for multidepot and periodic vehicle routing problems", Operations Research 60(3), adapt
//! theirs in the same way.

use super::draft::Draft;
use crate::rules::Penalty;

/// Steps between two changes of the price. 30 against 10, 100 and 300: where every line of the made-up village has a hard hour, half of the
/// visits stayed unplanned after 5,000 steps with 100; on ConVRP no difference seen.
const PERIOD: u32 = 30;

/// Share of steps that may end with excess, at the start of a search; none may at its end. 0.2 to 0.8 do about as well
/// on ConVRP of 100 and 150 customers.
const MAY_EXCEED: f64 = 0.6;

/// The lowest and the highest price, in sixteenths of the one that a rule begins with.
const RANGE: (u32, u32) = (2, 1_024 * Penalty::WHOLE);

/// The price, and how many of the last steps ended with excess.
#[derive(Debug, Clone)]
pub(crate) struct AdaptivePenalty {
    sixteenths: u32,
    steps: u32,
    beyond: u32,
    /// Share of steps that may end with excess now.
    may_exceed: f64,
}

impl Default for AdaptivePenalty {
    fn default() -> Self {
        Self { sixteenths: Penalty::WHOLE, steps: 0, beyond: 0, may_exceed: MAY_EXCEED }
    }
}

impl AdaptivePenalty {
    /// Notes how far the search is, 0 to 1.
    pub(crate) fn set_progress(&mut self, done: f64) {
        self.may_exceed = MAY_EXCEED * (1.0 - done.clamp(0.0, 1.0));
    }

    /// Counts the excess after a step, and adapts the price of the draft every [`PERIOD`] steps.
    pub(crate) fn note(&mut self, draft: &mut Draft<'_>) {
        self.steps += 1;
        self.beyond += u32::from(draft.excess() > 0);
        if self.steps < PERIOD {
            return;
        }
        let share = f64::from(self.beyond) / f64::from(self.steps);
        (self.steps, self.beyond) = (0, 0);
        let now = self.sixteenths;
        let then = if share > self.may_exceed {
            now + now / 8 + 1
        } else if share < self.may_exceed / 2.0 {
            now - now / 8
        } else {
            now
        };
        self.sixteenths = then.clamp(RANGE.0, RANGE.1);
        draft.set_penalty(Penalty::Sixteenths(self.sixteenths));
    }
}
