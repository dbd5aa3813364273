//! Portfolio: workers side by side. Each searches alone for a round; then the worst one goes on from the best plan,
//! unless some worker is still in one of several short searches, or it is too early to exchange plans. Between rounds
//! tours are recombined.
//!
//! The plan is fixed by problem, seed, number of workers and iterations; the number of threads
//! only says how fast. (Under a time limit the number of iterations, and so the plan, depends on
//! the machine.)

use super::snapshot::Snapshot;
use super::worker::Worker;
use rayon::prelude::*;
use std::time::{Duration, Instant};

/// Rounds in a search: after each, workers exchange.
const ROUNDS: u64 = 24;

/// The part of the search in which workers stay apart where it costs something who makes a visit. A search decides
/// early who visits whom, and a worker that goes on from another's best does not decide it again. Two workers, mean
/// against exchange from the first round on: flats -0.3 %, village -0.8 % (600,000 iterations each, 4 seeds). Where it
/// costs nothing who makes a visit, staying apart costs up to 0.2 % (VRPTW of 600 customers, MDVRPTW), and PVRP does
/// not mind.
const APART: f64 = 0.66;

/// When to stop.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) start: Instant,
    pub(crate) seconds: Option<f64>,
    pub(crate) iterations: Option<u64>,
}

impl Limits {
    /// The limits of the first `share` of what is left.
    pub(crate) fn part(&self, share: f64) -> Self {
        let now = self.start.elapsed().as_secs_f64();
        Self {
            seconds: self.seconds.map(|limit| now + share * (limit - now).max(0.0)),
            iterations: self.iterations.map(|n| (n as f64 * share) as u64),
            ..*self
        }
    }

    /// Fraction of the time used, from `begin`, which is when the search proper began.
    fn time(&self, begin: f64) -> f64 {
        self.seconds.map_or(0.0, |limit| {
            let used = self.start.elapsed().as_secs_f64() - begin;
            used / (limit - begin).max(1e-3)
        })
    }

    fn fraction(&self, begin: f64, iterations: u64) -> f64 {
        let by_count = self.iterations.map_or(0.0, |limit| iterations as f64 / limit.max(1) as f64);
        by_count.max(self.time(begin))
    }
}

/// Longest stretch between two calls of `watch`.
const SLICE: Duration = Duration::from_millis(200);

/// Runs all workers to the limits, or until `stop`. `watch` is called between stretches, `between` after each
/// round, with the part of the search done.
pub(crate) fn run(
    workers: &mut [Worker<'_>],
    threads: &rayon::ThreadPool,
    limits: Limits,
    stop: &(dyn Fn() -> bool + Sync),
    watch: &mut dyn FnMut(&[Worker<'_>]),
    between: &mut (dyn FnMut(&mut [Worker<'_>], f64) + Send),
) {
    let begin = limits.start.elapsed().as_secs_f64();
    let counts_assignments =
        workers.first().is_some_and(|worker| worker.draft.evaluator.counts_assignments());
    let apart = if counts_assignments { APART } else { 0.0 };
    for round in 1..=ROUNDS {
        let round_over = round as f64 / ROUNDS as f64;
        let until = limits
            .iterations
            .map_or(u64::MAX, |n| (n as u128 * u128::from(round) / u128::from(ROUNDS)) as u64);
        loop {
            threads.install(|| {
                workers.par_iter_mut().for_each(|worker| {
                    // A stretch counts from when the worker has a thread: in a pool that others use, it may have waited.
                    let slice_end = Instant::now() + SLICE;
                    // Only the clock ends a stretch early; it never changes what a worker does next.
                    worker.run(until, &|iterations: u64| {
                        let over = stop() || limits.time(begin) >= round_over || Instant::now() >= slice_end;
                        (!over).then(|| limits.fraction(begin, iterations))
                    });
                });
            });
            watch(workers);
            let finished = workers.iter().all(|worker| worker.iterations >= until || worker.is_over());
            if stop() || limits.time(begin) >= 1.0 {
                return;
            }
            if finished || limits.time(begin) >= round_over {
                break;
            }
        }
        threads.install(|| between(workers, round_over));
        if round_over >= apart && !workers.iter().any(Worker::is_short) {
            exchange(workers);
        }
        if first(workers).is_some_and(Worker::is_over) {
            return;
        }
    }
}

/// The worst worker goes on from the best plan of all. Of equals, the first is the best and the last is the worst.
fn exchange(workers: &mut [Worker<'_>]) {
    let best = (0..workers.len()).min_by_key(|&i| (workers[i].rank(), i));
    let worst = (0..workers.len()).max_by_key(|&i| (workers[i].rank(), i));
    if let (Some(best), Some(worst)) = (best, worst)
        && workers[best].rank() < workers[worst].rank()
    {
        let copy = workers[best].best.clone();
        workers[worst].adopt(&copy);
    }
}

/// The best of all workers; ties go to the first.
pub(crate) fn best<'w>(workers: &'w [Worker<'_>]) -> Option<&'w Snapshot> {
    first(workers).map(|worker| &worker.best)
}

/// The worker with the best of all.
fn first<'w, 'p>(workers: &'w [Worker<'p>]) -> Option<&'w Worker<'p>> {
    workers.iter().min_by_key(|worker| worker.rank())
}
