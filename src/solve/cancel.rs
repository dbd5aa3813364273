//! Stopping from outside.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Stops preparations and searches from another thread, or after some time; the best plan so far is kept. Clones are
/// the same token. A cancelled token stays cancelled: take a new one for the next search.
#[derive(Debug, Clone, Default)]
pub struct Cancel {
    asked: Arc<AtomicBool>,
    until: Option<Instant>,
    /// A token that also cancels this one.
    parent: Option<Arc<Cancel>>,
}

impl Cancel {
    /// A token that nobody has used yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A token that is cancelled by itself some time after this call: a limit on preparing and solving together.
    pub fn after(time: Duration) -> Self {
        Self { until: Instant::now().checked_add(time), ..Self::default() }
    }

    /// A token for a part of the work. It is cancelled together with this one; cancelling it alone does not cancel this
    /// one.
    pub fn child(&self) -> Self {
        Self { parent: Some(Arc::new(self.clone())), ..Self::default() }
    }

    /// Asks whoever works with this token to stop. A search hears it within milliseconds, a preparation nearly everywhere within
    /// a tenth of a second.
    pub fn cancel(&self) {
        self.asked.store(true, Ordering::Relaxed);
    }

    /// The end of its time or of its parent's, whichever is first; `None` where neither is limited.
    pub(super) fn end(&self) -> Option<Instant> {
        let of_parent = self.parent.as_ref().and_then(|parent| parent.end());
        self.until.into_iter().chain(of_parent).min()
    }

    /// Whether someone asked, or the time is over.
    pub fn is_cancelled(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
            || self.until.is_some_and(|until| Instant::now() >= until)
            || self.parent.as_ref().is_some_and(|parent| parent.is_cancelled())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_cancelled_with_the_whole_and_the_whole_not_with_the_part() {
        let whole = Cancel::new();
        let (one, other) = (whole.child(), whole.child().child());
        one.cancel();
        assert!(one.is_cancelled() && !whole.is_cancelled() && !other.is_cancelled());
        whole.cancel();
        assert!(other.is_cancelled());
        assert!(Cancel::after(Duration::ZERO).child().is_cancelled());
        let limited = Cancel::after(Duration::from_secs(60));
        assert!(limited.child().end().is_some_and(|end| Some(end) == limited.end()));
        assert_eq!(whole.child().end(), None);
    }
}
