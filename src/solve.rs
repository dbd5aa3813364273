//! The front door: problem, limits and seed in; outcome out.

use crate::check::check;
use crate::error::{Error, ErrorKind, Mistake, Result};
use crate::exact::bound as lower;
use crate::exact::recombine::Recombiner;
use crate::model::cost::{Cost, CostByTerm};
use crate::model::plan::Route;
use crate::model::problem::Problem;
use crate::model::{Document, Plan};
use crate::rules::Evaluator;
use crate::search::annealing::Annealing;
use crate::search::candidates::Candidates;
use crate::search::draft::Draft;
use crate::search::fleet;
use crate::search::output;
use crate::search::portfolio::{self, Limits};
use crate::search::recreate::construct;
use crate::search::starts::Starts;
use crate::search::worker::Worker;
use rayon::prelude::*;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

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
    /// At most two fifths of the limits go to having fewer tours: Christiaens and Vanden Berghe (2020),
    /// "Slack induction by string removals for vehicle routing problems", Transportation Science 54(2).
    Vehicles,
}

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
    /// Wall-clock limit in seconds, above 0 and at most 10,000,000; preparation of the search counts.
    /// With neither this nor `iterations`: 30.
    pub seconds: Option<f64>,
    /// Iterations of each worker, at least 1.
    pub iterations: Option<u64>,
    /// Start of the random streams.
    pub seed: u64,
    /// Threads, 1 to 256; default: one for each core.
    pub threads: usize,
    /// Workers, 1 to 256; default: 1 with an iteration limit, else one for each thread.
    pub workers: Option<usize>,
    /// What counts first; default: the cost.
    pub objective: Objective,
}

impl Default for Options {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(256);
        Self { seconds: None, iterations: None, seed: 1, threads, workers: None, objective: Objective::Cost }
    }
}

impl Options {
    /// Sets the wall-clock limit in seconds.
    #[must_use]
    pub fn with_seconds(mut self, seconds: f64) -> Self {
        self.seconds = Some(seconds);
        self
    }

    /// Sets the iterations of each worker.
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

    /// Sets the number of threads.
    #[must_use]
    pub fn with_threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// Sets the number of workers.
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

    /// The number of workers that a search with these options has.
    pub fn workers_in_effect(&self) -> usize {
        self.workers.unwrap_or(if self.iterations.is_some() { 1 } else { self.threads })
    }

    fn check(&self) -> Result<()> {
        let mut mistakes = Vec::new();
        let mut expect = |fine: bool, name: &str, value: String, mend: &str| {
            if !fine {
                mistakes.push(Mistake::new(name, format!("{value} is out of range"), mend));
            }
        };
        let seconds = self.seconds.unwrap_or(30.0);
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
    /// Cost of the best plan, by term.
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
            broken = what_is_broken(problem, plan, first.start_from(plan));
            true
        }
        None => false,
    };
    let ((plan, cost), run) = search(problem, options, cancel, &mut progress, &mut begin, |best| {
        (output::plan(best), best.terms())
    })?;
    Ok(Outcome { plan, cost, run, broken })
}

/// Routes for an instance of the literature.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Routes {
    /// The routes that serve anyone, by depot and day.
    pub routes: Vec<Route>,
    /// Visits left out: the customer of each.
    pub unplanned: Vec<u32>,
    /// Their cost by term: 1,000 for each tick of travel, see the instance's own ticks.
    pub cost: CostByTerm,
    /// How the search went.
    pub run: Run,
}

/// Plans an instance of the literature; otherwise as [`solve_with`].
///
/// # Errors
/// Options outside their ranges.
pub fn solve_routes(
    problem: &Problem,
    options: &Options,
    cancel: &Cancel,
    mut progress: impl FnMut(&Progress),
) -> Result<Routes> {
    options.check()?;
    let mut begin = |_: &mut Draft<'_>| false;
    let (((routes, unplanned), cost), run) =
        search(problem, options, cancel, &mut progress, &mut begin, |best| {
            (output::routes(best), best.terms())
        })?;
    Ok(Routes { routes, unplanned, cost, run })
}

/// The search from an empty draft on, of which `begin` may plan a part (and says whether it did), to the best
/// draft, which `end` reads.
fn search<T>(
    problem: &Problem,
    options: &Options,
    cancel: &Cancel,
    progress: &mut dyn FnMut(&Progress),
    begin: &mut dyn FnMut(&mut Draft<'_>) -> bool,
    end: impl FnOnce(&mut Draft<'_>) -> T,
) -> Result<(T, Run)> {
    let start = Instant::now();
    let seconds = options.seconds.or(options.iterations.is_none().then_some(30.0));
    let mut limits = Limits { start, seconds, iterations: options.iterations };
    let threads = pool(options.threads)?;
    let evaluator = Evaluator::new(problem);
    let candidates = Candidates::new(problem, &evaluator);
    let mut first = Draft::empty(problem, &evaluator, &candidates);
    let given = begin(&mut first);
    construct(&mut first, &mut || {
        cancel.is_cancelled() || seconds.is_some_and(|s| start.elapsed().as_secs_f64() >= s)
    });
    let annealing = Annealing::from(&first, given);
    let workers = options.workers_in_effect();
    let evaluated = first.evaluations;
    first.evaluations = 0;
    let mut workers: Vec<Worker<'_>> =
        (0..workers).map(|number| Worker::new(first.clone(), annealing, options.seed, number)).collect();
    if !given && options.objective == Objective::Cost {
        for worker in &mut workers {
            worker.starts = Some(Starts::new(worker.best.clone()));
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
            pairs.for_each(|(worker, recombiner)| recombiner.recombine(worker, done, &stop));
        };
        portfolio::run(&mut workers, &threads, limits, &stop, &mut watch, &mut between);
    }
    let iterations: u64 = workers.iter().map(Worker::iterations_in_all).sum();
    let evaluations = evaluated + workers.iter().map(|worker| worker.draft.evaluations).sum::<u64>();
    // A visit left out for shorter tours is no gain where it was in one.
    let in_more =
        fewest.filter(|fewest| portfolio::best(&workers).is_none_or(|best| best.left_out > fewest.left_out));
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
        unplanned: scratch.out.len(),
        tours: scratch.memory.used(),
    }
}

/// How far a plan is from the best possible: see [`bound`].
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Bound {
    /// No plan of the problem costs less than this, in thousandths of a second of nurse time.
    pub value: Cost,
    /// Times that all parts of the problem were solved.
    pub rounds: u32,
    /// Tours and choices of faces that the bound rests on.
    pub planes: usize,
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
    let start = Instant::now();
    Options::default().with_seconds(seconds).with_threads(threads).check()?;
    let threads = pool(threads)?;
    let of = |standing: &lower::Standing| Bound {
        value: standing.value,
        rounds: standing.rounds,
        planes: standing.planes,
        converged: standing.converged,
        seconds: start.elapsed().as_secs_f64(),
    };
    let limits = lower::Limits { start, seconds, enough: cost.unwrap_or(Cost::MAX) };
    let cancelled = || cancel.is_cancelled();
    let standing = lower::lower_bound(problem, limits, &threads, &cancelled, &mut |s| progress(&of(s)));
    Ok(of(&standing))
}
