//! A problem with everything that planning it again and again needs, made once.

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

/// Plans one problem, as often as asked: prices and candidate lists are made once, and threads where they are wanted.
///
/// A planner is `Send` and `Sync`, and a clone costs nothing: several threads may use one at once. Every method takes its
/// limits as [`Options`] or the like, can be stopped with a [`Cancel`], and ends with what it has; where it has nothing yet, with an error
/// of kind `Cancelled`. ([`Planner::solve`] then has a plan that leaves every visit out, and says so in [`Run::stop`](crate::Run::stop).)
///
/// # Threads
/// A new planner starts [`Options::threads`] threads for each search and ends them with it. A service that plans several
/// neighbourhoods at once would have too many: give its planners one pool ([`Planner::with_pool`]), or a pool each
/// ([`Planner::with_threads`]). The pool then says how many threads there are, and [`Options::threads`] is not asked.
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

    /// A planner of a document: [`prepare`](super::prepare) and [`Planner::new`] in one, until `cancel`. Large documents, and
    /// extracts of a region's roads above all, take seconds; a cancel, or the end of its time
    /// ([`Cancel::after`]), is heard within a tenth of a second nearly everywhere, and while the roads of an extract are joined
    /// after that.
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

    /// The planner with a pool of so many threads of its own, 1 to 256, started now and kept.
    ///
    /// # Errors
    /// A number outside the range; threads that the system does not give.
    pub fn with_threads(self, threads: usize) -> Result<Self> {
        Options::default().with_threads(threads).check()?;
        Ok(self.with_pool(Arc::new(pool(threads)?)))
    }

    /// The planner with a pool that others use as well. A search that waits for a thread goes on when it gets one; time
    /// limits hold by the clock. Of a pool of more than 256 threads 256 are used; with many more threads than cores limits are overrun.
    #[must_use]
    pub fn with_pool(self, pool: Arc<ThreadPool>) -> Self {
        Self { pool: Some(pool), ..self }
    }

    /// The pool of the planner, if it has one.
    pub fn pool(&self) -> Option<&Arc<ThreadPool>> {
        self.pool.as_ref()
    }

    /// What is planned.
    pub fn problem(&self) -> &Problem {
        &self.core.problem
    }

    /// Plans the neighbourhood within the limits of `options`, or until `cancel`. Tells `progress` a few times a second how it
    /// stands.
    ///
    /// A search starts from a plan if one is given: after a change of the document, or to go on. What no longer fits of it is
    /// left out, said in [`Outcome::broken`], and planned anew.
    ///
    /// # Errors
    /// Options outside their ranges; an objective other than the cost; a plan of an unknown version or of [another document](Document::accept). (Time up or visits left
    /// out is no error: see [`Outcome`].)
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

    /// The options with the number of threads that there are.
    pub(super) fn with_threads_of_pool(&self, options: &Options) -> Options {
        let options = options.clone();
        match &self.pool {
            Some(pool) => options.with_threads(pool.current_num_threads().min(256)),
            None => options,
        }
    }

    /// The pool, or so many new threads.
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

/// Plans a neighbourhood once. To plan again, from a plan, with progress or until somebody stops it: [`Planner`].
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
