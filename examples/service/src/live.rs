//! Jobs that have not ended, in memory: how to cancel them, and how they stand.

use kring::{Cancel, Progress};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use uuid::Uuid;

/// The latest of a job.
#[derive(Debug, Clone)]
pub enum News {
    /// Its search has not begun, or has no plan yet.
    Waiting,
    /// Its search told this last. The best plan can be asked of it.
    Searching(Box<Progress>),
    /// It ended, or the service stops: the store says more.
    Over,
}

/// A job that has not ended.
pub struct Live {
    cancel: Mutex<Cancel>,
    pub news: watch::Sender<News>,
}

impl Live {
    fn new() -> Self {
        Self { cancel: Mutex::default(), news: watch::Sender::new(News::Waiting) }
    }

    /// The token of the search, which ends by itself after some time. `None` for a job that was cancelled before.
    pub fn begin(&self, time: Duration) -> Option<Cancel> {
        let mut cancel = self.cancel();
        if cancel.is_cancelled() {
            return None;
        }
        *cancel = Cancel::after(time);
        Some(cancel.clone())
    }

    /// Asks the search to stop, or not to begin.
    pub fn cancel_search(&self) {
        self.cancel().cancel();
    }

    fn cancel(&self) -> MutexGuard<'_, Cancel> {
        self.cancel.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// All jobs that have not ended.
#[derive(Default)]
pub struct LiveJobs(Mutex<HashMap<Uuid, Arc<Live>>>);

impl LiveJobs {
    fn jobs(&self) -> MutexGuard<'_, HashMap<Uuid, Arc<Live>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn of(&self, id: Uuid) -> Option<Arc<Live>> {
        self.jobs().get(&id).cloned()
    }

    pub fn enter(&self, id: Uuid) -> Arc<Live> {
        self.jobs().entry(id).or_insert_with(|| Arc::new(Live::new())).clone()
    }

    /// Tells everybody who listens that a job is over.
    pub fn leave(&self, id: Uuid) {
        if let Some(live) = self.jobs().remove(&id) {
            live.news.send_replace(News::Over);
        }
    }

    pub fn all(&self) -> Vec<(Uuid, Arc<Live>)> {
        self.jobs().iter().map(|(&id, live)| (id, live.clone())).collect()
    }
}
