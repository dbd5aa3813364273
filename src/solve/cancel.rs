//! Stopping from outside.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Stops preparations and searches from another thread, or after some time; the best plan so far is kept.
#[derive(Debug, Clone, Default)]
pub struct Cancel {
    asked: Arc<AtomicBool>,
    until: Option<Instant>,
}

impl Cancel {
    /// A token that nobody has used yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A token that asks for itself after some time, unless somebody does before: a limit on preparing and solving
    /// together.
    pub fn after(time: Duration) -> Self {
        Self { until: Instant::now().checked_add(time), ..Self::default() }
    }

    /// Asks every search with this token to stop; it does within milliseconds once its first plan is
    /// under construction, which takes seconds only far beyond the size of a neighbourhood.
    pub fn cancel(&self) {
        self.asked.store(true, Ordering::Relaxed);
    }

    /// Whether someone asked, or the time is over.
    pub fn is_cancelled(&self) -> bool {
        self.asked.load(Ordering::Relaxed) || self.until.is_some_and(|until| Instant::now() >= until)
    }
}
