//! The front door: problem, limits and seed in; outcome out.

mod attainable;
mod bound;
mod circles;
mod fits;
mod options;
mod replan;

use crate::check::check;
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::exact::recombine::Recombiner;
use crate::model::cost::CostByTerm;
use crate::model::facts::Facts;
use crate::model::plan::Route;
use crate::model::{Document, Plan, Problem, RoutingProblem};
use crate::rules::Evaluator;
use crate::search::annealing::Annealing;
use crate::search::candidates::Candidates;
use crate::search::draft::Draft;
use crate::search::fleet;
use crate::search::output;
use crate::search::portfolio::{self, Limits};
use crate::search::recreate::{construct, open_tours};
use crate::search::restarts::Restarts;
use crate::search::revert::revert;
use crate::search::snapshot::Snapshot;
use crate::search::worker::Worker;
use rayon::prelude::*;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

pub use attainable::{Attainable, ClientAttainable, Regret, attainable};
pub use bound::{Bound, bound, bound_routes};
pub use circles::{Circles, ClientCircle, NurseLoad, circles};
pub use fits::{Fit, MovedVisit, fits};
pub use options::{Objective, Options};
pub use replan::{Replanned, replan};

/// Makes a document ready for [`solve`]: validates it, computes travel times, builds the problem.
///
/// `base` is the folder that a file named in the document (a road extract) is relative to.
///
/// # Errors
/// Every mistake of the document with its path; places that no road reaches.
pub fn prepare(document: &Document, base: &Path) -> Result<Problem> {
    document.validate()?;
    Problem::new(document, crate::travel::times(document, base)?)
}

/// Stops a search from another thread; the best plan so far is kept.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// A token that nobody has used yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks every search with this token to stop; it does within milliseconds once its first plan is
    /// under construction, which takes seconds only far beyond the size of a neighbourhood.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether someone asked.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Where a search stands.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// Seconds since the start.
    pub seconds: f64,
    /// Iterations of all workers together.
    pub iterations: u64,
    /// Iterations a second, over the whole search so far.
    pub iterations_per_second: f64,
    /// Cost of the best plan, by term. Where a hard regular hour is not kept yet, with its price in the search.
    pub best: CostByTerm,
    /// Visits left out of the best plan.
    pub unplanned: usize,
    /// Tours of the best plan.
    pub tours: usize,
}

/// Why a search ended. None of these is an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum StopReason {
    /// The time limit.
    Time,
    /// The iteration limit.
    Iterations,
    /// Someone cancelled it.
    Cancelled,
    /// There was nothing to search: no visit, or no shift.
    Nothing,
}

impl StopReason {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            StopReason::Time => "time",
            StopReason::Iterations => "iterations",
            StopReason::Cancelled => "cancelled",
            StopReason::Nothing => "nothing to plan",
        }
    }
}

/// How a search went.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Run {
    /// Why the search ended.
    pub stop: StopReason,
    /// Seconds in all.
    pub seconds: f64,
    /// Iterations of all workers together.
    pub iterations: u64,
    /// Insertion positions evaluated by all workers together.
    pub evaluations: u64,
    /// The seed.
    pub seed: u64,
    /// Number of workers.
    pub workers: usize,
    /// Number of threads.
    pub threads: usize,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Outcome {
    /// The best plan. Breaks no hard rule; visits left out are listed with their reasons.
    pub plan: Plan,
    /// Its cost, by term.
    pub cost: CostByTerm,
    /// How the search went.
    pub run: Run,
    /// What of a warm start could not be kept or broke a rule, with its place in that plan.
    pub broken: Vec<Mistake>,
}

/// Plans a neighbourhood.
///
/// # Errors
/// Options outside their ranges, or an objective other than the cost. (Time up or visits left out is no
/// error: see [`Outcome`].)
///
/// # Complexity
/// As long as the limits allow. Memory: linear in visits for each worker, and at most 20,000 tours seen; plus
/// the square of the number of places for travel times.
pub fn solve(problem: &Problem, options: &Options) -> Result<Outcome> {
    solve_with(problem, options, None, &Cancel::new(), |_| {})
}

/// Plans a neighbourhood, starting from a plan if one is given (what no longer fits of it is left
/// out, said in [`Outcome::broken`], and planned anew), until the limits or `cancel`; tells
/// `progress` a few times a second how it stands.
///
/// # Errors
/// As [`solve`]; a plan of an unknown version.
pub fn solve_with(
    problem: &Problem,
    options: &Options,
    warm: Option<&Plan>,
    cancel: &Cancel,
    mut progress: impl FnMut(&Progress),
) -> Result<Outcome> {
    options.check()?;
    if let Some(circles) = &options.circles {
        circles::check_fit(problem, circles)?;
        let mut outcome = match warm {
            None => circles::solve_guided(problem, options, circles, cancel, &mut progress)?,
            Some(_) => solve_plainly(problem, &problem.facts, options, warm, cancel, &mut progress)?,
        };
        outcome.plan.circles =
            circles.clients.iter().filter(|circle| !circle.nurses.is_empty()).cloned().collect();
        return Ok(outcome);
    }
    solve_plainly(problem, &problem.facts, options, warm, cancel, &mut progress)
}

/// Solves without a guide, or by facts that a guide has changed.
fn solve_plainly(
    problem: &Problem,
    facts: &Facts,
    options: &Options,
    warm: Option<&Plan>,
    cancel: &Cancel,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Outcome> {
    if options.objective != Objective::Cost {
        let problem = "a neighbourhood is planned for its cost".to_owned();
        let mistake = Mistake::new("objective", problem, "leave it out; its prices say what counts");
        return Err(Error::new(ErrorKind::Options, mistake));
    }
    if let Some(plan) = warm
        && plan.kring_plan != Plan::VERSION
    {
        let problem = format!("version {} is unknown", plan.kring_plan);
        return Err(Error::new(ErrorKind::Plan, Mistake::new("kring_plan", problem, "write 1")));
    }
    let mut broken = Vec::new();
    let mut begin = |first: &mut Draft<'_>| match warm {
        Some(plan) => {
            broken = what_is_broken(problem, plan, first.start_from(plan, problem));
            true
        }
        None => false,
    };
    let ((plan, cost), run) = search(facts, options, cancel, progress, &mut begin, |best| {
        revert(best);
        (output::plan(best, problem), best.terms())
    })?;
    Ok(Outcome { plan, cost, run, broken })
}

/// Routes for an instance of vehicle routing.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Routes {
    /// The routes that serve anyone, by driver and day.
    pub routes: Vec<Route>,
    /// Visits left out: the customer of each.
    pub unplanned: Vec<u32>,
    /// Their cost by term: 1,000 for each tick of travel, see the instance's own ticks.
    pub cost: CostByTerm,
    /// How the search went.
    pub run: Run,
}

/// Plans an instance of vehicle routing; otherwise as [`solve_with`].
///
/// # Errors
/// Options outside their ranges.
pub fn solve_routes(
    problem: &RoutingProblem,
    options: &Options,
    cancel: &Cancel,
    mut progress: impl FnMut(&Progress),
) -> Result<Routes> {
    options.check()?;
    let mut begin = |_: &mut Draft<'_>| false;
    let (((routes, unplanned), cost), run) =
        search(&problem.facts, options, cancel, &mut progress, &mut begin, |best| {
            (output::routes(best), best.terms())
        })?;
    Ok(Routes { routes, unplanned, cost, run })
}

/// The search from an empty draft on, of which `begin` may plan a part (and says whether it did), to the best
/// draft, which `end` reads.
fn search<T>(
    problem: &Facts,
    options: &Options,
    cancel: &Cancel,
    progress: &mut dyn FnMut(&Progress),
    begin: &mut dyn FnMut(&mut Draft<'_>) -> bool,
    end: impl FnOnce(&mut Draft<'_>) -> T,
) -> Result<(T, Run)> {
    let start = Instant::now();
    let seconds = options.seconds.or(options.iterations.is_none().then_some(options::DEFAULT_SECONDS));
    let mut limits = Limits { start, seconds, iterations: options.iterations };
    let threads = pool(options.threads)?;
    let evaluator = Evaluator::new(problem);
    let candidates = Candidates::new(problem, &evaluator);
    let mut first = Draft::empty(problem, &evaluator, &candidates);
    let given = begin(&mut first);
    let over = || cancel.is_cancelled() || seconds.is_some_and(|s| start.elapsed().as_secs_f64() >= s);
    if !given && options.objective == Objective::Cost {
        open_tours(&mut first, options.seed);
    }
    construct(&mut first, &mut || over());
    let annealing = Annealing::from(&first, given);
    let workers = options.workers_in_effect();
    let evaluated = first.evaluations;
    first.evaluations = 0;
    let mut workers: Vec<Worker<'_>> =
        (0..workers).map(|number| Worker::new(first.clone(), annealing, options.seed, number)).collect();
    if first.excess() > 0 {
        // What was given is beyond a bound: to fall back on, a plan of our own.
        let mut own = Draft::empty(problem, &evaluator, &candidates);
        construct(&mut own, &mut || over());
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
            if told.elapsed() >= Duration::from_millis(400) {
                told = Instant::now();
                progress(&standing(workers, &mut first, start));
            }
        };
        if options.objective == Objective::Vehicles {
            (fewest, limits) = fleet::reduce(&mut workers, &threads, limits, &stop, &mut watch);
        }
        let mut recombiners: Vec<Recombiner> =
            (0..workers.len()).map(|number| Recombiner::new(options.seed, number)).collect();
        let mut between = |workers: &mut [Worker<'_>], done: f64| {
            let pairs = workers.par_iter_mut().zip(&mut recombiners);
            pairs.for_each(|(worker, recombiner)| {
                recombiner.recombine(worker, done, &stop);
            });
        };
        portfolio::run(&mut workers, &threads, limits, &stop, &mut watch, &mut between);
    }
    let iterations: u64 = workers.iter().map(Worker::iterations_in_all).sum();
    let evaluations = evaluated + workers.iter().map(|worker| worker.draft.evaluations).sum::<u64>();
    // A visit left out for shorter tours is no gain where it was in one.
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
    Ok((found, run))
}

fn pool(threads: usize) -> Result<rayon::ThreadPool> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(|e| {
        let mistake = Mistake::new("threads", format!("could not start {threads}: {e}"), "give fewer");
        Error::new(ErrorKind::Options, mistake)
    })
}

/// What could not be kept of a plan, and what else the second opinion finds wrong with it: times and
/// breaks, which are made anew without a loss.
fn what_is_broken(problem: &Problem, plan: &Plan, mut lost: Vec<Mistake>) -> Vec<Mistake> {
    let violations = check(problem.document(), problem.times(), plan)
        .map_or_else(|_| Vec::new(), |checked| checked.violations);
    for violation in violations {
        if lost.iter().all(|mistake| mistake.path != violation.place) {
            lost.push(Mistake::new(violation.place, violation.message, "made anew"));
        }
    }
    lost
}

fn standing(workers: &[Worker<'_>], scratch: &mut Draft<'_>, start: Instant) -> Progress {
    let seconds = start.elapsed().as_secs_f64();
    let iterations: u64 = workers.iter().map(Worker::iterations_in_all).sum();
    if let Some(best) = portfolio::best(workers) {
        scratch.load(best);
    }
    Progress {
        seconds,
        iterations,
        iterations_per_second: iterations as f64 / seconds.max(1e-9),
        best: scratch.terms(),
        unplanned: scratch.unplanned().len(),
        tours: scratch.used_tours(),
    }
}
