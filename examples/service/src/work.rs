//! The search of a job, on a thread of its own outside the asynchronous runtime.

use crate::job::{Found, Job, State, Task};
use crate::jobs::Jobs;
use crate::live::{Live, News};
use crate::problem::Problem;
use crate::store::Text;
use kring::data::text::{Form, read_events};
use kring::error::ErrorKind;
use kring::{Cancel, Options, Outcome, Planner, Progress, StopReason};
use kring::{read_document, read_plan, write_document, write_plan};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Time for reading and preparing a document, beside the time of the search.
const PREPARATION: Duration = Duration::from_secs(60);

/// Pause before a plan that could not be stored is stored again.
const PAUSE: Duration = Duration::from_secs(5);

/// The folder in which documents may name files: none. (kring is built without road extracts here.)
pub const NO_FOLDER: &str = "/nonexistent";

/// Starts the threads that take jobs from the queue.
///
/// # Errors
/// Threads that the system does not give.
pub fn start(jobs: &Arc<Jobs>) -> std::io::Result<Vec<JoinHandle<()>>> {
    let runner = |number: u16| {
        let jobs = jobs.clone();
        thread::Builder::new().name(format!("runner-{number}")).spawn(move || {
            while let Some(id) = jobs.queue.next() {
                // (A panic of the search is caught nearer. This one is of the service, and the next start takes the job up.)
                if catch_unwind(AssertUnwindSafe(|| run(&jobs, id))).is_err() {
                    jobs.live.leave(id);
                }
            }
        })
    };
    (0..jobs.settings.runners).map(runner).collect()
}

/// How a search ended.
enum End {
    /// With a plan, and with the document that it is a plan of where events changed that.
    Plan {
        outcome: Box<Outcome>,
        document: Option<String>,
    },
    /// Somebody cancelled it before it had one.
    Cancelled,
    /// The service stopped before it had one: it is begun again after the next start.
    Again,
    Failed(Problem),
}

fn run(jobs: &Jobs, id: Uuid) {
    let live = jobs.live.enter(id);
    let begin = Instant::now();
    let Some(job) = until_stored(jobs, || jobs.store.begin(id)).flatten() else { return jobs.live.leave(id) };
    jobs.metrics.running.inc();
    let end = match live.begin(Duration::from_secs_f64(job.limits.seconds) + PREPARATION) {
        None if live.is_cancelled() => End::Cancelled,
        None => End::Again,
        // A panic of one job is no reason to lose the others.
        Some(cancel) => catch_unwind(AssertUnwindSafe(|| search(jobs, &job, &live, &cancel)))
            .unwrap_or_else(|_| End::Failed(Problem::internal())),
    };
    finish(jobs, id, &live, end);
    jobs.metrics.running.dec();
    jobs.metrics.job_seconds.observe(begin.elapsed().as_secs_f64());
    jobs.live.leave(id);
}

/// Plans a job.
fn search(jobs: &Jobs, job: &Job, live: &Live, cancel: &Cancel) -> End {
    match plan(jobs, job, live, cancel) {
        Ok((outcome, document)) => End::Plan { outcome: Box::new(outcome), document },
        Err(Fault::Kring(error)) if error.kind() == ErrorKind::Cancelled && live.is_cancelled() => {
            End::Cancelled
        }
        Err(Fault::Kring(error)) if error.kind() == ErrorKind::Cancelled && jobs.is_stopping() => End::Again,
        Err(Fault::Kring(error)) => End::Failed(error.into()),
        Err(Fault::Service(problem)) => End::Failed(problem),
    }
}

enum Fault {
    Kring(kring::Error),
    Service(Problem),
}

impl From<kring::Error> for Fault {
    fn from(error: kring::Error) -> Self {
        Fault::Kring(error)
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Fault::Service(problem)
    }
}

/// The plan of a job, and the document that events made.
fn plan(jobs: &Jobs, job: &Job, live: &Live, cancel: &Cancel) -> Result<(Outcome, Option<String>), Fault> {
    let text = |text| jobs.text(job.id, text)?.ok_or_else(Problem::internal);
    let document = read_document(&text(Text::Document)?)?;
    let planner = Planner::prepare(&document, Path::new(NO_FOLDER), cancel)?.with_pool(jobs.pool.clone());
    let options = options(jobs, job);
    let tell = |progress: &Progress| {
        live.news.send_replace(News::Searching(Box::new(progress.clone())));
    };
    match job.task {
        Task::Solve => Ok((planner.solve(&options, None, cancel, tell)?, None)),
        Task::Replan => {
            let published = read_plan(&text(Text::Published)?)?;
            let events = read_events(&text(Text::Events)?, Form::Json)?;
            let made = planner.replan(&published, &events, Path::new(NO_FOLDER), &options, cancel, tell)?;
            let document = write_document(made.planner.problem().document());
            Ok((made.outcome, Some(document)))
        }
    }
}

fn options(jobs: &Jobs, job: &Job) -> Options {
    let limits = job.limits;
    let options = Options::default()
        .with_seconds(limits.seconds)
        .with_seed(limits.seed)
        .with_workers(jobs.settings.workers());
    match limits.iterations {
        Some(iterations) => options.with_iterations(iterations),
        None => options,
    }
}

/// Asks the store until it answers; `None` where the service stops before it does.
fn until_stored<T>(jobs: &Jobs, mut ask: impl FnMut() -> crate::store::Result<T>) -> Option<T> {
    loop {
        match ask() {
            Ok(answer) => {
                jobs.mended();
                return Some(answer);
            }
            Err(error) => jobs.broken(&*error),
        };
        if jobs.is_stopping() {
            return None;
        }
        thread::sleep(PAUSE);
    }
}

/// Stores how a job ended. A store that fails is asked again, so that the plan is not lost while the service runs.
fn finish(jobs: &Jobs, id: Uuid, live: &Live, end: End) {
    let mut texts = Vec::new();
    let mut plan = String::new();
    let (state, found, failure) = match &end {
        End::Again => {
            if let Err(error) = jobs.store.put_back(id) {
                jobs.broken(&*error);
            }
            return;
        }
        End::Cancelled => (State::Cancelled, None, None),
        End::Failed(problem) => (State::Failed, None, Some(problem.clone())),
        End::Plan { outcome, document } => {
            plan = write_plan(&outcome.plan);
            texts.extend(document.as_deref().map(|document| (Text::Document, document)));
            let is_cut =
                outcome.run.stop == StopReason::Cancelled && jobs.is_stopping() && !live.is_cancelled();
            let stop = if is_cut { "service stopped" } else { outcome.run.stop.name() };
            (State::Finished, Some(Found::new(outcome, stop)), None)
        }
    };
    if state == State::Finished {
        texts.push((Text::Plan, plan.as_str()));
    }
    let stored = until_stored(jobs, || {
        jobs.store.end(id, &texts, |job| {
            job.state = state;
            job.found.clone_from(&found);
            job.failure.clone_from(&failure);
        })
    });
    if stored.is_none() {
        return;
    }
    jobs.metrics.ended(state);
    tracing::info!(job = %id, state = state.name(), "ended");
}
