//! A lower bound on the cost of every plan.

use super::{Cancel, Options, pool};
use crate::error::Result;
use crate::exact::bound as lower;
use crate::model::cost::Cost;
use crate::model::facts::Facts;
use crate::model::{Problem, RoutingProblem};
use std::time::Instant;

/// How far a plan is from the best possible: see [`bound`].
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Bound {
    /// No plan of the problem costs less than this, in thousandths of a second of nurse time.
    pub value: Cost,
    /// Times that all parts of the problem were solved.
    pub rounds: u32,
    /// Cuts that the bound rests on: tours, and choices of days and faces.
    pub cuts: usize,
    /// Whether it hardly rises any more: by less than a ten-thousandth in the last 25 rounds.
    pub converged: bool,
    /// Seconds since the start.
    pub seconds: f64,
}

impl Bound {
    /// How far a plan of a cost is from the best possible at most: `(cost - bound) / bound`; `None` where the
    /// bound is not above 0.
    pub fn gap(&self, cost: Cost) -> Option<f64> {
        (self.value > 0).then(|| (cost - self.value) as f64 / self.value as f64)
    }
}

/// A lower bound on the cost of every plan of a problem: the best one found in `seconds` with `threads`, or
/// until `cancel`, or until it proves that no plan is cheaper than `cost`, the cost of a plan where one is
/// known. Tells `progress` after every round how it stands. It holds whenever it is stopped.
///
/// # Errors
/// Seconds or threads outside the ranges of [`Options`].
///
/// # Complexity
/// As long as the limit allows. Each round prices the tours of every shift: exponential in the visits of a
/// tour at worst; where that is too much, a relaxation of them.
///
/// # References
/// See `docs/bound.md` for what is proven, and what is relaxed.
pub fn bound(
    problem: &Problem,
    cost: Option<Cost>,
    seconds: f64,
    threads: usize,
    cancel: &Cancel,
    mut progress: impl FnMut(&Bound),
) -> Result<Bound> {
    of_facts(&problem.facts, cost, seconds, threads, cancel, &mut progress)
}

/// A lower bound on the cost of all routes for an instance of vehicle routing; otherwise as [`bound`].
///
/// # Errors
/// Seconds or threads outside the ranges of [`Options`].
pub fn bound_routes(
    problem: &RoutingProblem,
    cost: Option<Cost>,
    seconds: f64,
    threads: usize,
    cancel: &Cancel,
    mut progress: impl FnMut(&Bound),
) -> Result<Bound> {
    of_facts(&problem.facts, cost, seconds, threads, cancel, &mut progress)
}

fn of_facts(
    facts: &Facts,
    cost: Option<Cost>,
    seconds: f64,
    threads: usize,
    cancel: &Cancel,
    progress: &mut dyn FnMut(&Bound),
) -> Result<Bound> {
    let start = Instant::now();
    Options::default().with_seconds(seconds).with_threads(threads).check()?;
    let threads = pool(threads)?;
    let of = |standing: &lower::Standing| Bound {
        value: standing.value,
        rounds: standing.rounds,
        cuts: standing.cuts,
        converged: standing.converged,
        seconds: start.elapsed().as_secs_f64(),
    };
    let limits = lower::Limits { start, seconds, enough: cost.unwrap_or(Cost::MAX) };
    let cancelled = || cancel.is_cancelled();
    let standing = lower::lower_bound(facts, limits, &threads, &cancelled, &mut |s| progress(&of(s)));
    Ok(of(&standing))
}
