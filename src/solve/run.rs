//! One search, from an empty draft or a plan to the best plan within its limits.

use super::cancel::Cancel;
use super::checking::check;
use super::options::{DEFAULT_SECONDS, Objective, Options};
use super::outcome::{Kept, Outcome, Progress, Run, StopReason};
use super::prepared::{Core, Parts};
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::exact::recombine::Recombiner;
use crate::model::{Plan, Problem};
use crate::search::annealing::Annealing;
use crate::search::construct::{construct, open_tours};
use crate::search::draft::Draft;
use crate::search::fleet;
use crate::search::output;
use crate::search::portfolio::{self, Limits};
use crate::search::restarts::Restarts;
use crate::search::revert::revert;
use crate::search::snapshot::Snapshot;
use crate::search::worker::Worker;
use rayon::ThreadPool;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Time between two reports of progress.
const PAUSE: Duration = Duration::from_millis(400);

/// Time that the work after the search always has, even after a cancel: needless changes are taken back, and the plan
/// is written with its reasons. Enough for all but large plans.
const GRACE: Duration = Duration::from_millis(100);

/// Share of the time limit by which this work may overrun the limit.
const AFTER: f64 = 0.05;

/// Most parts of a plan to start from that are listed as broken.
const MOST_BROKEN: usize = 1_000;

/// What a search needs beside the problem: limits, threads, and a token to stop it.
#[derive(Clone, Copy)]
pub(super) struct Search<'a> {
    /// The moment from which its time counts.
    pub(super) begin: Instant,
    pub(super) options: &'a Options,
    pub(super) threads: &'a ThreadPool,
    pub(super) cancel: &'a Cancel,
    /// Data from which a plan is made when somebody asks a progress for it; `None` where nobody can.
    pub(super) core: Option<&'a Arc<Core>>,
}

impl Search<'_> {
    /// Its time limit in seconds, if it has one.
    fn seconds(&self) -> Option<f64> {
        let Options { seconds, iterations, .. } = self.options;
        seconds.or(iterations.is_none().then_some(DEFAULT_SECONDS))
    }

    /// Whether its time is over, or somebody stops it.
    pub(super) fn is_over(&self) -> bool {
        let seconds = self.seconds();
        self.cancel.is_cancelled()
            || seconds.is_some_and(|seconds| self.begin.elapsed().as_secs_f64() >= seconds)
    }
}

/// Solves the problem by the facts as they are. In a guided search, circles have changed them before.
pub(super) fn solve_plainly(
    problem: &Problem,
    parts: Parts<'_>,
    search: &Search<'_>,
    warm: Option<&Plan>,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Outcome> {
    if search.options.objective != Objective::Cost {
        let problem = "a neighbourhood is planned for its cost".to_owned();
        let mistake = Mistake::new("objective", problem, "leave it out; its prices say what counts");
        return Err(Error::new(ErrorKind::Options, mistake));
    }
    if let Some(plan) = warm {
        plan.check_version()?;
        problem.document().accept(plan)?;
    }
    let mut broken = Vec::new();
    let mut begin = |first: &mut Draft<'_>| match warm {
        Some(plan) => {
            broken = what_is_broken(problem, plan, first.start_from(plan, problem));
            true
        }
        None => false,
    };
    let ((plan, cost), run) = find(parts, search, progress, &mut begin, |best| {
        let found = Instant::now();
        let seconds = search.seconds();
        let is_late = |now: Instant| {
            let most = seconds.map(|seconds| seconds * (1.0 + AFTER));
            search.cancel.is_cancelled()
                || most.is_some_and(|most| (now - search.begin).as_secs_f64() >= most)
        };
        let stop = || {
            let now = Instant::now();
            now - found >= GRACE && is_late(now)
        };
        revert(best, &stop);
        (output::plan(best, problem, &stop), best.terms())
    });
    Ok(Outcome { plan, cost, run, broken })
}

/// Searches, starting from an empty draft, for the best draft, which `end` reads. `begin` may plan a part of the empty
/// draft, and returns whether it did.
pub(super) fn find<T>(
    parts: Parts<'_>,
    search: &Search<'_>,
    progress: &mut dyn FnMut(&Progress),
    begin: &mut dyn FnMut(&mut Draft<'_>) -> bool,
    end: impl FnOnce(&mut Draft<'_>) -> T,
) -> (T, Run) {
    let Search { begin: start, options, threads, cancel, core } = *search;
    let problem = parts.facts;
    let seconds = search.seconds();
    let mut limits = Limits { start, seconds, iterations: options.iterations };
    let mut first = parts.draft();
    let given = begin(&mut first);
    let over = || search.is_over();
    let mut told = start;
    let mut stop = |draft: &Draft<'_>| {
        if told.elapsed() >= PAUSE {
            told = Instant::now();
            progress(&standing_of(draft, start, 0, None));
        }
        over()
    };
    if !given && options.objective == Objective::Cost {
        open_tours(&mut first, options.seed, &mut stop);
    }
    construct(&mut first, &mut stop);
    let annealing = Annealing::from(&first, given);
    let workers = options.workers_in_effect();
    let evaluated = first.evaluations;
    first.evaluations = 0;
    let mut workers: Vec<Worker<'_>> =
        (0..workers).map(|number| Worker::new(first.clone(), annealing, options.seed, number)).collect();
    if first.excess() > 0 {
        // The given plan exceeds a hard bound. The workers also get a plan made from scratch, to fall back on.
        let mut own = parts.draft();
        construct(&mut own, &mut stop);
        workers.iter_mut().for_each(|worker| worker.offer(Snapshot::of(&own)));
    }
    if !given && options.objective == Objective::Cost {
        for worker in &mut workers {
            worker.restarts = Some(Restarts::new(worker.best.clone()));
        }
    }
    let nothing = problem.visits.is_empty() || problem.shifts.is_empty();
    let mut fewest = None;
    if !nothing {
        let mut told = Instant::now();
        let stop = || cancel.is_cancelled();
        let mut watch = |workers: &[Worker<'_>]| {
            if told.elapsed() >= PAUSE {
                told = Instant::now();
                progress(&standing(workers, &mut first, start, core));
            }
        };
        if options.objective == Objective::Vehicles {
            (fewest, limits) = fleet::reduce(&mut workers, threads, limits, &stop, &mut watch);
        }
        let mut recombiners: Vec<Recombiner> =
            (0..workers.len()).map(|number| Recombiner::new(options.seed, number)).collect();
        let mut between = |workers: &mut [Worker<'_>], done: f64| {
            let pairs = workers.par_iter_mut().zip(&mut recombiners);
            pairs.for_each(|(worker, recombiner)| {
                recombiner.recombine(worker, done, &over);
            });
        };
        portfolio::run(&mut workers, threads, limits, &stop, &mut watch, &mut between);
    }
    let iterations: u64 = workers.iter().map(Worker::iterations_in_all).sum();
    let evaluations = evaluated + workers.iter().map(|worker| worker.draft.evaluations).sum::<u64>();
    // Leaving a visit out to shorten tours is no gain: if the last search did so, the plan with the fewest tours is the
    // best.
    let in_more = fewest
        .filter(|fewest| portfolio::best(&workers).is_none_or(|best| best.unplanned > fewest.unplanned));
    if let Some(best) = in_more.as_ref().or(portfolio::best(&workers)) {
        first.load(best);
    }
    let stop = match limits.iterations {
        _ if nothing => StopReason::Nothing,
        _ if cancel.is_cancelled() => StopReason::Cancelled,
        Some(limit) if workers.iter().all(|worker| worker.iterations >= limit) => StopReason::Iterations,
        _ => StopReason::Time,
    };
    let found = end(&mut first);
    let run = Run {
        stop,
        seconds: start.elapsed().as_secs_f64(),
        iterations,
        evaluations,
        seed: options.seed,
        workers: workers.len(),
        threads: options.threads,
    };
    (found, run)
}

pub(super) fn pool(threads: usize) -> Result<ThreadPool> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(|e| {
        let mistake = Mistake::new("threads", format!("could not start {threads}: {e}"), "give fewer");
        Error::new(ErrorKind::Options, mistake)
    })
}

/// Parts of a plan that could not be kept, and what else the second opinion finds wrong with it: times and breaks,
/// which are made anew without a loss.
fn what_is_broken(problem: &Problem, plan: &Plan, mut lost: Vec<Mistake>) -> Vec<Mistake> {
    let violations = check(problem, plan).map_or_else(|_| Vec::new(), |checked| checked.violations);
    let mut named: FxHashSet<String> = lost.iter().map(|mistake| mistake.path.clone()).collect();
    let others = violations.into_iter().filter(|violation| named.insert(violation.place.clone()));
    lost.extend(others.map(|violation| Mistake::new(violation.place, violation.message, "made anew")));
    if let Some(more) = lost.len().checked_sub(MOST_BROKEN).filter(|&more| more > 0) {
        lost.truncate(MOST_BROKEN);
        lost.push(Mistake::new("tours", format!("{more} more such parts"), "compare with 'kring check'"));
    }
    lost
}

fn standing(
    workers: &[Worker<'_>],
    scratch: &mut Draft<'_>,
    start: Instant,
    core: Option<&Arc<Core>>,
) -> Progress {
    let iterations: u64 = workers.iter().map(Worker::iterations_in_all).sum();
    let best = portfolio::best(workers);
    if let Some(best) = best {
        scratch.load(best);
    }
    let kept =
        best.zip(core).map(|(best, core)| Kept { core: core.clone(), snapshot: Arc::new(best.clone()) });
    standing_of(scratch, start, iterations, kept)
}

fn standing_of(draft: &Draft<'_>, start: Instant, iterations: u64, kept: Option<Kept>) -> Progress {
    let seconds = start.elapsed().as_secs_f64();
    Progress {
        seconds,
        iterations,
        iterations_per_second: iterations as f64 / seconds.max(1e-9),
        best: draft.terms(),
        unplanned: draft.unplanned().len(),
        tours: draft.used_tours(),
        kept,
    }
}
