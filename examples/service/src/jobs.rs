//! The life of jobs: accepted, cancelled, stopped. The search of one is in `work`.

use crate::job::{Job, State};
use crate::live::LiveJobs;
use crate::metrics::Metrics;
use crate::problem::Problem;
use crate::queue::Queue;
use crate::settings::Settings;
use crate::store::{Accepted, Key, Store, Text};
use axum::http::StatusCode;
use kring::rayon::{ThreadPool, ThreadPoolBuilder};
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// How often a search is begun before the job counts as one that ends the service.
const MOST_BEGUN: u32 = 3;

/// What all requests and all searches share.
pub struct Jobs {
    pub settings: Settings,
    pub store: Store,
    pub queue: Queue,
    pub live: LiveJobs,
    pub metrics: Metrics,
    /// The threads of all searches and questions.
    pub pool: Arc<ThreadPool>,
    /// Questions about plans at the same time, documents being read included.
    pub questions: Arc<Semaphore>,
    is_stopping: AtomicBool,
    is_broken: AtomicBool,
}

/// What the log says of an error. What was read wrongly may be quoted in the message of a reader, so only its kind is told.
pub fn in_log(error: &(dyn Error + Send + Sync + 'static)) -> String {
    match error.is::<serde_json::Error>() {
        true => "a stored job cannot be read".to_owned(),
        false => error.to_string(),
    }
}

impl Jobs {
    /// Opens the store. Jobs that had not ended wait again, in the order in which they were accepted.
    pub fn open(settings: Settings) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let store = Store::open(&settings.data)?;
        let (mut waiting, mut given_up) = (Vec::new(), 0_u32);
        for (id, begun) in store.resume()? {
            if begun < MOST_BEGUN {
                waiting.push(id);
                continue;
            }
            given_up += 1;
            store.end(id, &[], |job| {
                job.state = State::Failed;
                job.failure = Some(Problem::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    format!("the service ended {begun} times while it planned this job"),
                    "shorten the document, or give the service more memory",
                ));
            })?;
        }
        tracing::info!(resumed = waiting.len(), given_up, "store opened");
        let live = LiveJobs::default();
        for &id in &waiting {
            live.enter(id);
        }
        let threads = settings.threads();
        Ok(Self {
            queue: Queue::new(settings.waiting as usize, waiting),
            pool: Arc::new(ThreadPoolBuilder::new().num_threads(threads).build()?),
            questions: Arc::new(Semaphore::new(threads.max(2))),
            metrics: Metrics::default(),
            is_stopping: AtomicBool::new(false),
            is_broken: AtomicBool::new(false),
            settings,
            store,
            live,
        })
    }

    /// Accepts a job: when this returns it is on the disk. The same request with the same key gives the same job.
    ///
    /// # Errors
    /// No place in the queue or the store; a key that was used for another request; a service that stops.
    pub fn accept(&self, job: Job, texts: &[(Text, &str)], key: Option<Key>) -> Result<(Job, bool), Problem> {
        if let Some(key) = key
            && let Some(before) = self.store.repeated(key).map_err(|error| self.broken(&*error))?
        {
            return self.answer(before, None);
        }
        if self.is_stopping() {
            return Err(Problem::stopping());
        }
        let Some(place) = self.queue.place() else {
            self.metrics.refused("queue full");
            let title = format!("{} jobs wait already", self.settings.waiting);
            return Err(Problem::new(
                StatusCode::TOO_MANY_REQUESTS,
                title,
                "send it again after the time in Retry-After",
            ));
        };
        // Before it is stored, so that whoever sees it can listen and cancel.
        self.live.enter(job.id);
        let accepted = self.store.accept(&job, texts, key, self.settings.kept.into());
        if let Ok(Accepted::New) = accepted {
            place.fill(job.id);
            self.metrics.accepted.inc();
            tracing::info!(job = %job.id, task = ?job.task, "accepted");
        } else {
            self.live.leave(job.id);
        }
        self.answer(accepted.map_err(|error| self.broken(&*error))?, Some(job))
    }

    /// The job that was accepted, and whether it is a new one.
    fn answer(&self, accepted: Accepted, new: Option<Job>) -> Result<(Job, bool), Problem> {
        match (accepted, new) {
            (Accepted::Before(job), _) => Ok((*job, false)),
            (Accepted::New, Some(job)) => Ok((job, true)),
            (Accepted::OtherRequest, _) => Err(Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "this Idempotency-Key was used for another request",
                "give each request a key of its own",
            )),
            (Accepted::Full | Accepted::New, _) => {
                self.metrics.refused("store full");
                let title = format!("{} jobs are kept already", self.settings.kept);
                let detail = "DELETE /v1/jobs/{id} removes a job that has ended";
                Err(Problem::new(StatusCode::INSUFFICIENT_STORAGE, title, detail))
            }
        }
    }

    /// Cancels a job: one that waits has ended when this returns, one that is searched ends within moments, with its best plan.
    pub fn cancel(&self, id: Uuid) -> Result<Job, Problem> {
        if let Some(live) = self.live.of(id) {
            live.cancel_job();
            if self.queue.withdraw(id) {
                let ended = self.store.end(id, &[], |job| job.state = State::Cancelled);
                let ended = ended.map_err(|error| self.broken(&*error))?;
                self.metrics.ended(State::Cancelled);
                self.live.leave(id);
                if let Some(job) = ended {
                    return Ok(job);
                }
            }
        }
        self.job(id)
    }

    pub fn job(&self, id: Uuid) -> Result<Job, Problem> {
        self.store.job(id).map_err(|error| self.broken(&*error))?.ok_or_else(Problem::unknown_job)
    }

    /// A text of a job.
    pub fn text(&self, id: Uuid, text: Text) -> Result<Option<String>, Problem> {
        self.store.text(id, text).map_err(|error| self.broken(&*error))
    }

    /// Notes a fault of the store, which `/health` then tells.
    pub fn broken(&self, error: &(dyn Error + Send + Sync + 'static)) -> Problem {
        self.is_broken.store(true, Ordering::Relaxed);
        tracing::error!(error = in_log(error), "the store failed");
        Problem::internal()
    }

    /// Notes that the store works again.
    pub fn mended(&self) {
        self.is_broken.store(false, Ordering::Relaxed);
    }

    pub fn is_broken(&self) -> bool {
        self.is_broken.load(Ordering::Relaxed)
    }

    pub fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::Relaxed)
    }

    /// Accepts nothing more and asks every search to end with its best plan. What waits is planned after the next start.
    pub fn stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
        self.queue.close();
        for (_, live) in self.live.all() {
            live.stop();
        }
    }
}
