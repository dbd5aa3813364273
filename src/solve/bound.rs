//! A lower bound on the cost of every plan.

use super::cancel::Cancel;
use super::options::{DEFAULT_SECONDS, Options};
use super::planner::Planner;
use super::run::pool;
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::exact::bound as lower;
use crate::model::RoutingProblem;
use crate::model::cost::Cost;
use crate::model::facts::Facts;
use rayon::ThreadPool;
use serde::Serialize;
use std::time::Instant;

/// How far a plan is from the best possible: see [`Planner::bound`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Bound {
    /// No plan of the problem costs less than this, in milliseconds of a nurse's time.
    pub value: Cost,
    /// Times that all parts of the problem were solved.
    pub rounds: u32,
    /// Cuts that the bound rests on: tours, and choices of days and faces.
    pub cuts: usize,
    /// Whether it hardly rises any more: by less than a ten-thousandth in the last 25 rounds.
    pub converged: bool,
    /// Seconds since the call, by the wall clock.
    pub seconds: f64,
}

impl Bound {
    /// The most by which a plan of this cost (in milliseconds of a nurse's time) can be dearer than the best one, as a share of the bound:
    /// `(cost - bound) / bound`. `None` where the bound is not above 0.
    pub fn gap(&self, cost: Cost) -> Option<f64> {
        (self.value > 0).then(|| cost.saturating_sub(self.value) as f64 / self.value as f64)
    }
}

/// How long to look for a bound, and what is enough.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct BoundOptions {
    /// Wall-clock limit in seconds, above 0 and at most 10,000,000; default 30.
    pub seconds: f64,
    /// Most rounds, at least 1; default: as many as the time allows.
    pub rounds: Option<u32>,
    /// Threads, 1 to 256; default: one for each core. A planner with a pool uses the threads of the pool instead.
    pub threads: usize,
    /// The cost of a plan, where one is known: the search ends once the bound proves that no plan is cheaper. In
    /// milliseconds of a nurse's time.
    pub cost: Option<Cost>,
}

impl Default for BoundOptions {
    fn default() -> Self {
        Self { seconds: DEFAULT_SECONDS, rounds: None, threads: Options::default().threads, cost: None }
    }
}

impl BoundOptions {
    /// Sets the wall-clock limit in seconds, above 0 and at most 10,000,000.
    #[must_use]
    pub fn with_seconds(mut self, seconds: f64) -> Self {
        self.seconds = seconds;
        self
    }

    /// Sets the most rounds, at least 1.
    #[must_use]
    pub fn with_rounds(mut self, rounds: u32) -> Self {
        self.rounds = Some(rounds);
        self
    }

    /// Sets the number of threads, 1 to 256.
    #[must_use]
    pub fn with_threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// Sets the cost of a plan, in milliseconds of a nurse's time.
    #[must_use]
    pub fn with_cost(mut self, cost: Cost) -> Self {
        self.cost = Some(cost);
        self
    }

    fn check(&self) -> Result<()> {
        if self.rounds == Some(0) {
            let mistake = Mistake::new("rounds", "0 is out of range".to_owned(), "give at least 1");
            return Err(Error::new(ErrorKind::Options, mistake));
        }
        Options::default().with_seconds(self.seconds).with_threads(self.threads).check()
    }
}

impl Planner {
    /// A lower bound on the cost of every plan: the best one found within the limits of `options`, or until `cancel`.
    /// Tells `progress` after every round how it stands. The bound holds whenever the search for it is stopped.
    ///
    /// # Errors
    /// Options outside their ranges.
    ///
    /// # Complexity
    /// As long as the limit allows. Each round prices the tours of every shift: exponential in the visits of a tour at
    /// worst; where that is too much, it prices a relaxation of the tours.
    ///
    /// # References
    /// See `docs/bound.md` for what is proven, and what is relaxed.
    pub fn bound(
        &self,
        options: &BoundOptions,
        cancel: &Cancel,
        mut progress: impl FnMut(&Bound),
    ) -> Result<Bound> {
        let start = Instant::now();
        let asked = if self.pool().is_some() { options.with_threads(1) } else { *options };
        asked.check()?;
        let threads = self.threads(options.threads)?;
        Ok(of_facts(&self.core.problem.facts, start, options, &threads, cancel, &mut progress))
    }
}

/// A lower bound on the cost of all routes for an instance of vehicle routing; otherwise as [`Planner::bound`].
///
/// # Errors
/// Options outside their ranges.
pub fn bound_routes(
    problem: &RoutingProblem,
    options: &BoundOptions,
    cancel: &Cancel,
    mut progress: impl FnMut(&Bound),
) -> Result<Bound> {
    let start = Instant::now();
    options.check()?;
    Ok(of_facts(&problem.facts, start, options, &pool(options.threads)?, cancel, &mut progress))
}

fn of_facts(
    facts: &Facts,
    start: Instant,
    options: &BoundOptions,
    threads: &ThreadPool,
    cancel: &Cancel,
    progress: &mut dyn FnMut(&Bound),
) -> Bound {
    let of = |standing: &lower::Standing| Bound {
        value: standing.value,
        rounds: standing.rounds,
        cuts: standing.cuts,
        converged: standing.converged,
        seconds: start.elapsed().as_secs_f64(),
    };
    let limits = lower::Limits {
        start,
        seconds: options.seconds,
        enough: options.cost.unwrap_or(Cost::MAX),
        rounds: options.rounds.unwrap_or(u32::MAX),
    };
    let over = || cancel.is_cancelled();
    let standing = lower::lower_bound(facts, limits, threads, &over, &mut |standing| progress(&of(standing)));
    of(&standing)
}
