//! What a search is asked for: objective, limits, seed, threads.

use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::model::circles::Circles;

/// What counts first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Objective {
    /// The cost of the plan; of instances of the literature its total distance.
    #[default]
    Cost,
    /// The number of tours, then the cost: for instances of the literature only. Visits left out
    /// come before both.
    ///
    /// At most two fifths of the limits are spent on reducing the number of tours: Christiaens and Vanden Berghe
    /// (2020), "Slack induction by string removals for vehicle routing problems", Transportation Science 54(2).
    Vehicles,
}

/// Wall-clock limit in seconds where neither a time limit nor a number of iterations is given.
pub(super) const DEFAULT_SECONDS: f64 = 30.0;

/// How long and how to search. Two runs with the same problem, seed, workers and iterations, and no
/// time limit, give the same plan, whatever the number of threads.
///
/// # Example
/// ```
/// let options = kring::Options::default().with_iterations(10_000).with_seed(7);
/// assert_eq!(options.workers_in_effect(), 1);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Options {
    /// Wall-clock limit in seconds, above 0 and at most 10,000,000. It includes the preparation of the search, except
    /// for what a [`Planner`](super::Planner) made before. With neither this nor `iterations`: 30.
    pub seconds: Option<f64>,
    /// Iterations of each worker, at least 1; default: no limit. An iteration takes some visits out of the plan and puts them back.
    pub iterations: Option<u64>,
    /// Seed of the random numbers: any whole number, default 1. Each worker has its own stream, made from the seed and the number
    /// of the worker. Two seeds are two independent searches; neither is better.
    pub seed: u64,
    /// Threads, 1 to 256; default: one for each core. A [`Planner`](super::Planner) with a pool uses the threads of the
    /// pool instead.
    pub threads: usize,
    /// Workers, 1 to 256; default: 1 with an iteration limit, else one for each thread.
    pub workers: Option<usize>,
    /// What counts first; default: the cost.
    pub objective: Objective,
    /// Circles that guide the search, from [`Planner::circles`](super::Planner::circles); default: none. For documents only: instances
    /// of the literature have none.
    ///
    /// During the first 95 % of the search, a visit by a nurse outside the circle of its client has an extra price: `not_circle` of the
    /// document or, where that is 0, a tenth of `face`. The last 5 % continue from the plan found so far at the prices of the
    /// document alone, so that a visit may leave its circle where that is cheaper. A search that starts from a given plan is not
    /// guided. The circles are written into the plan in any case ([`Plan::circles`](crate::Plan::circles)).
    pub circles: Option<Circles>,
}

impl Default for Options {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(256);
        Self {
            seconds: None,
            iterations: None,
            seed: 1,
            threads,
            workers: None,
            objective: Objective::Cost,
            circles: None,
        }
    }
}

impl Options {
    /// Sets the wall-clock limit in seconds, above 0 and at most 10,000,000.
    #[must_use]
    pub fn with_seconds(mut self, seconds: f64) -> Self {
        self.seconds = Some(seconds);
        self
    }

    /// Sets the iterations of each worker, at least 1.
    #[must_use]
    pub fn with_iterations(mut self, iterations: u64) -> Self {
        self.iterations = Some(iterations);
        self
    }

    /// Sets the seed.
    #[must_use]
    pub fn with_seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets the number of threads, 1 to 256.
    #[must_use]
    pub fn with_threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// Sets the number of workers, 1 to 256.
    #[must_use]
    pub fn with_workers(mut self, workers: usize) -> Self {
        self.workers = Some(workers);
        self
    }

    /// Sets what counts first.
    #[must_use]
    pub fn with_objective(mut self, objective: Objective) -> Self {
        self.objective = objective;
        self
    }

    /// Sets circles to guide the search.
    #[must_use]
    pub fn with_circles(mut self, circles: Circles) -> Self {
        self.circles = Some(circles);
        self
    }

    /// Options for a part of the search: a share of the limits, the same workers, no circles.
    pub(super) fn part(&self, share: f64) -> Self {
        let seconds = self.seconds.or(self.iterations.is_none().then_some(DEFAULT_SECONDS));
        Self {
            seconds: seconds.map(|seconds| (seconds * share).max(f64::MIN_POSITIVE)),
            iterations: self.iterations.map(|iterations| ((iterations as f64 * share) as u64).max(1)),
            workers: Some(self.workers_in_effect()),
            circles: None,
            ..*self
        }
    }

    /// The number of workers that a search with these options has.
    pub fn workers_in_effect(&self) -> usize {
        self.workers.unwrap_or(if self.iterations.is_some() { 1 } else { self.threads })
    }

    pub(super) fn check(&self) -> Result<()> {
        let mut mistakes = Vec::new();
        let mut expect = |fine: bool, name: &str, value: String, mend: &str| {
            if !fine {
                mistakes.push(Mistake::new(name, format!("{value} is out of range"), mend));
            }
        };
        let seconds = self.seconds.unwrap_or(DEFAULT_SECONDS);
        expect(
            seconds > 0.0 && seconds <= 1e7,
            "seconds",
            seconds.to_string(),
            "give seconds above 0, at most 10,000,000",
        );
        expect(self.iterations != Some(0), "iterations", "0".to_owned(), "give at least 1");
        expect((1..=256).contains(&self.threads), "threads", self.threads.to_string(), "give 1 to 256");
        let workers = self.workers_in_effect();
        expect((1..=256).contains(&workers), "workers", workers.to_string(), "give 1 to 256");
        Error::from_mistakes(ErrorKind::Options, mistakes)
    }
}
