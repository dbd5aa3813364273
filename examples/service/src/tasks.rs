//! Work that would hold up the asynchronous runtime: files and searches.

use crate::jobs::Jobs;
use crate::problem::Problem;
use std::sync::Arc;

/// Runs short work, such as a look at the store, on a thread that may wait.
pub async fn off_runtime<T: Send + 'static>(
    jobs: &Arc<Jobs>,
    work: impl FnOnce(&Jobs) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let jobs = jobs.clone();
    // (A panic of the work is an error here.)
    tokio::task::spawn_blocking(move || work(&jobs)).await.unwrap_or_else(|_| Err(Problem::internal()))
}

/// Runs work that takes a core for a while: at most so many at a time, the others are refused.
pub async fn question<T: Send + 'static>(
    jobs: &Arc<Jobs>,
    work: impl FnOnce(&Jobs) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    // A short queue: who waits longer than this comes back later.
    let patience = std::time::Duration::from_secs(jobs.settings.patience.into());
    let place = tokio::time::timeout(patience, jobs.questions.clone().acquire_owned()).await;
    let Ok(Ok(place)) = place else {
        jobs.metrics.refused("busy");
        return Err(Problem::busy());
    };
    off_runtime(jobs, move |jobs| {
        // Held by the work, not by the request: a client that goes away frees nothing early.
        let _place = place;
        work(jobs)
    })
    .await
}
