//! Acceptance: simulated annealing with a temperature that falls exponentially.

use super::draft::Draft;
use super::rng::Rng;
use crate::model::cost::{Cost, Term};

/// Temperatures in cost units: worse plans within about this much are accepted.
///
/// They are multiples of what a leg costs, so that minutes, metres and ticks are treated alike. Higher at
/// the start forgets the first plan and needs longer; lower at the end stops looking too early. Measured on
/// `homecare` standard and month and on four VRPTW of 200 to 600 customers: from 0.3 to 6 legs at the start,
/// 0.02 to 0.15 at the end.
///
/// Where a face on average, or the opening of a tour, costs more than that, a search from a constructed plan begins at
/// the higher of these costs ([`dear_decision`](crate::rules::Evaluator::dear_decision)): who visits whom is decided
/// while an additional face is accepted now and then. Measured on the three made-up neighbourhoods, mean of four seeds
/// against a start at 1.5 legs: faces of 20 minutes, 40,000 iterations +0.4 to -1.5 %, 400,000 -0.6 to -1.8 %; of 80
/// minutes, 400,000 -1.4 to -5.2 %. Half and one and a half of what a face costs do about as well.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Annealing {
    first: f64,
    last: f64,
    now: f64,
}

/// Temperature at the start of a search from a constructed plan, in legs.
const COLD_START: f64 = 1.5;
/// The same where it costs nothing who makes a visit. 1.0 against 0.6 and 1.5 on five VRPTW of 200 to 1,000 customers,
/// after 300,000 iterations: 1.40 % above the best known on average, 1.47 and 1.56.
const COLD_START_ON_THE_ROAD: f64 = 1.0;
/// The same where most clients may meet one nurse only: a step moves all visits of some clients. Measured on ConVRP of
/// 150 and 199 customers and MDPVRP: 1.5 to 25.
const COLD_START_SINGLE_NURSE: f64 = 8.0;
/// Temperature at the start of a search from a given plan, which should mostly stay as it is, in legs. 0.6 and 1.0
/// against 0.2 on replans of the three made-up neighbourhoods: ten in a row of 20,000 iterations each (9 and 8 rows)
/// cost +1.0 and +1.1 % in the end. One replan after ten events: of 20,000 iterations -0.1 and -0.3 %, of 300,000
/// iterations -0.6 and -0.5 %, with medians from 0.0 to -0.3 %: the rest are single visits that found a place.
const WARM_START: f64 = 0.2;
/// Temperature at the end, in legs.
const END: f64 = 0.04;

impl Annealing {
    /// From the plan of a draft: one that was given, or a constructed one.
    pub(crate) fn from(draft: &Draft<'_>, given: bool) -> Self {
        /// Where no leg costs anything, a minute of a nurse's time.
        const FREE_LEG: f64 = 60_000.0;
        let used = draft.tours().iter().filter(|tour| tour.visits() > 0);
        let legs: usize = used.map(|tour| tour.visits() + 1).sum();
        let travel = draft.terms()[Term::Travel] as f64;
        let leg = if travel > 0.0 { travel / legs as f64 } else { FREE_LEG };
        let cold = match draft.evaluator {
            rules if rules.mostly_single_nurse() => COLD_START_SINGLE_NURSE,
            rules if rules.counts_assignments() => COLD_START,
            _ => COLD_START_ON_THE_ROAD,
        };
        let dear = draft.evaluator.dear_decision();
        let first = if given { leg * WARM_START } else { (cold * leg).max(dear) };
        Self { first, last: leg * END, now: first }
    }

    /// Sets the temperature for a fraction of the search done, 0 to 1.
    pub(crate) fn set_progress(&mut self, done: f64) {
        self.now = self.first * libm::pow(self.last / self.first, done.clamp(0.0, 1.0));
    }

    /// The cost below which a plan replaces one of cost `before`, drawn at random: cheaper and equal ones always do. It may be
    /// drawn before the plan is made, so that a step ends where it can no longer be accepted.
    #[inline]
    pub(crate) fn limit(&self, before: Cost, rng: &mut Rng) -> Cost {
        // At most some 37 temperatures, since the least number above 0 that is drawn is 2^-53; 708 where it is 0.
        let worse = -self.now * libm::log(rng.unit() + f64::MIN_POSITIVE);
        before.saturating_add(worse.min(1e18) as Cost).saturating_add(1)
    }
}
