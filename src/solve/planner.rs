//! A planner: a problem, and the data that all its searches share.

use super::cancel::Cancel;
use super::guided::solve_problem;
use super::options::Options;
use super::outcome::{Outcome, Progress};
use super::prepared::{Core, Parts, prepare_until};
use super::run::{Search, pool};
use crate::error::{Result, stopped};
use crate::model::{Document, Plan, Problem};
use crate::rules::Evaluator;
use crate::search::candidates::Candidates;
use rayon::ThreadPool;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// Plans one problem as often as asked. Prices and candidate lists are made once, and so are threads if you want that.
///
/// A planner is `Send` and `Sync`, and a clone costs nothing: several threads may use one at once. Every method takes
/// its limits as [`Options`] or the like, and can be stopped with a [`Cancel`]. It then returns what it has found or,
/// if that is nothing, an error of kind `Cancelled`. (Instead of this error, [`Planner::solve`] returns a plan that
/// leaves every visit out, with the reason in [`Run::stop`](crate::Run::stop).)
///
/// # Threads
/// A new planner starts [`Options::threads`] threads for each search and ends them with it. A service that plans
/// several neighbourhoods at once would have too many: give its planners one pool ([`Planner::with_pool`]), or a pool
/// each ([`Planner::with_threads`]). The number of threads is then that of the pool, and [`Options::threads`] is
/// ignored.
///
/// # Example
/// ```
/// use kring::{Cancel, Options, Planner, prepare, read_document};
///
/// let document = read_document(&std::fs::read_to_string("examples/neighbourhoods/village.json")?)?;
/// let planner = Planner::new(prepare(&document, "examples/neighbourhoods".as_ref())?).with_threads(1)?;
/// let options = Options::default().with_iterations(200);
/// let first = planner.solve(&options, None, &Cancel::new(), |_| {})?;
/// let again = planner.solve(&options.with_seed(2), Some(&first.plan), &Cancel::new(), |_| {})?;
/// assert!(again.cost.total() <= first.cost.total());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Planner {
    pub(super) core: Arc<Core>,
    pool: Option<Arc<ThreadPool>>,
}

impl Planner {
    /// A planner of a problem, from [`prepare`](super::prepare).
    ///
    /// # Complexity
    /// Day options of visits times nurses. The first search makes lists of candidates: day options times shifts, and the square of
    /// the day options of each day.
    pub fn new(problem: impl Into<Arc<Problem>>) -> Self {
        Self { core: Arc::new(Core::new(problem.into())), pool: None }
    }

    /// A planner of a document: [`prepare`](super::prepare) and [`Planner::new`] in one, unless `cancel` stops it.
    /// Large documents, and above all extracts of a region's roads, take seconds. A cancel, or the end of its time
    /// ([`Cancel::after`]), takes effect within a tenth of a second nearly everywhere; while the roads of an extract
    /// are joined, it takes effect only after that.
    ///
    /// # Errors
    /// As [`prepare`](super::prepare); kind `Cancelled`.
    pub fn prepare(document: &Document, base: &Path, cancel: &Cancel) -> Result<Self> {
        let stop = || cancel.is_cancelled();
        let problem = prepare_until(document, base, &stop)?;
        let planner = Self::new(problem);
        planner.core.parts_until(&stop).ok_or_else(stopped)?;
        Ok(planner)
    }

    /// Gives the planner a pool of 1 to 256 threads of its own, which are started now and kept.
    ///
    /// # Errors
    /// A number outside the range; threads that the system cannot start.
    pub fn with_threads(self, threads: usize) -> Result<Self> {
        Options::default().with_threads(threads).check()?;
        Ok(self.with_pool(Arc::new(pool(threads)?)))
    }

    /// Gives the planner a pool that others use as well. A search that waits for a thread goes on when it gets one; the
    /// wait counts towards its time limit. Of a pool of more than 256 threads, 256 are used. With many more threads
    /// than cores, limits are overrun.
    #[must_use]
    pub fn with_pool(self, pool: Arc<ThreadPool>) -> Self {
        Self { pool: Some(pool), ..self }
    }

    /// The pool of the planner, if it has one.
    pub fn pool(&self) -> Option<&Arc<ThreadPool>> {
        self.pool.as_ref()
    }

    /// The problem that is planned.
    pub fn problem(&self) -> &Problem {
        &self.core.problem
    }

    /// Plans the neighbourhood within the limits of `options`, or until `cancel`. Tells `progress` a few times a second how it
    /// stands.
    ///
    /// If `start` is given, the search starts from that plan: to continue a search, or after a change of the document.
    /// Parts of the plan that no longer fit are left out, listed in [`Outcome::broken`], and planned anew.
    ///
    /// # Errors
    /// Options outside their ranges; an objective other than the cost; a plan of an unknown version or of [another
    /// document](Document::accept). (Reaching the time limit and leaving visits out are no errors: see [`Outcome`].)
    ///
    /// # Complexity
    /// As long as the limits allow. Memory: linear in visits for each worker, and at most 20,000 tours seen; plus the square
    /// of the number of places for travel times.
    pub fn solve(
        &self,
        options: &Options,
        start: Option<&Plan>,
        cancel: &Cancel,
        mut progress: impl FnMut(&Progress),
    ) -> Result<Outcome> {
        self.solve_since(Instant::now(), options, start, cancel, &mut progress)
    }

    /// The same with limits that count from an earlier moment.
    pub(super) fn solve_since(
        &self,
        begin: Instant,
        options: &Options,
        start: Option<&Plan>,
        cancel: &Cancel,
        progress: &mut dyn FnMut(&Progress),
    ) -> Result<Outcome> {
        let options = &self.with_threads_of_pool(options);
        options.check()?;
        let threads = self.threads(options.threads)?;
        let core = Some(&self.core);
        let search = Search { begin, options, threads: &threads, cancel, core };
        match self.core.parts_until(&|| search.is_over()) {
            Some(parts) => solve_problem(&self.core.problem, parts, &search, start, progress),
            // With no list of candidates the search ends at once, with what was given.
            None => {
                let (facts, evaluator) = (&self.core.problem.facts, self.core.evaluator());
                let candidates = &Candidates::until(facts, evaluator, &|| true);
                let parts = Parts { facts, evaluator, candidates };
                solve_problem(&self.core.problem, parts, &search, start, progress)
            }
        }
    }

    /// The options with the number of threads of the pool, if there is one.
    pub(super) fn with_threads_of_pool(&self, options: &Options) -> Options {
        let options = options.clone();
        match &self.pool {
            Some(pool) => options.with_threads(pool.current_num_threads().min(256)),
            None => options,
        }
    }

    /// The pool, or a new one of so many threads.
    pub(super) fn threads(&self, threads: usize) -> Result<Arc<ThreadPool>> {
        self.pool.clone().map_or_else(|| pool(threads).map(Arc::new), Ok)
    }

    /// A planner of another problem on the same threads.
    pub(super) fn of(&self, problem: Problem) -> Self {
        Self { pool: self.pool.clone(), ..Self::new(problem) }
    }

    /// # Errors
    /// Options outside their ranges.
    pub(super) fn check(&self, options: &Options) -> Result<()> {
        self.with_threads_of_pool(options).check()
    }
}

/// Plans a neighbourhood once. Use a [`Planner`] to plan again, to start from a plan, to show progress, or to stop the
/// search.
///
/// # Errors
/// Options outside their ranges; an objective other than the cost.
///
/// # Complexity
/// As [`Planner::solve`].
pub fn solve(problem: &Problem, options: &Options) -> Result<Outcome> {
    let begin = Instant::now();
    options.check()?;
    let evaluator = Evaluator::new(&problem.facts);
    let candidates = Candidates::new(&problem.facts, &evaluator);
    let parts = Parts { facts: &problem.facts, evaluator: &evaluator, candidates: &candidates };
    let (threads, cancel) = (pool(options.threads)?, Cancel::new());
    let search = Search { begin, options, threads: &threads, cancel: &cancel, core: None };
    solve_problem(problem, parts, &search, None, &mut |_| {})
}
