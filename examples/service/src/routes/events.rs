//! Progress of a job as server-sent events.

use crate::jobs::Jobs;
use crate::live::News;
use crate::problem::Problem;
use crate::request::Id;
use crate::tasks::off_runtime;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::watch;
use utoipa::ToSchema;
use uuid::Uuid;

/// What `progress` events hold: how the search stands.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what kring::Progress is written as")]
pub struct ProgressEvent {
    /// Seconds since the start.
    seconds: f64,
    /// Iterations of all workers together; 0 while the first plan is built.
    iterations: u64,
    /// Iterations a second, over the whole search so far.
    iterations_per_second: f64,
    /// Cost of the best plan: `total` and `terms`, in thousandths of a second of a nurse's time.
    #[schema(value_type = Object)]
    best: (),
    /// Visits left out of the best plan.
    unplanned: usize,
    /// Tours of the best plan.
    tours: usize,
}

/// Tells how a job stands: `progress` events a few times a second while it is searched, and one event `job` at the end, with
/// the job. If the service stops before the end, the state in `job` is `queued` or `running`.
#[utoipa::path(
    get,
    path = "/v1/jobs/{id}/events",
    tag = "jobs",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, description = "events", content_type = "text/event-stream", body = ProgressEvent),
        (status = 404, body = Problem),
    )
)]
pub async fn events(
    State(jobs): State<Arc<Jobs>>,
    Id(id): Id,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    // Asked before the store, so that a job that ends meanwhile is found there.
    let news = jobs.live.of(id).map(|live| live.news.subscribe());
    off_runtime(&jobs, move |jobs| jobs.job(id).map(|_| ())).await?;
    let told = stream::unfold(Teller { jobs, id, news, is_over: false }, Teller::tell);
    Ok(Sse::new(told).keep_alive(KeepAlive::default()))
}

/// What one listener is told.
struct Teller {
    jobs: Arc<Jobs>,
    id: Uuid,
    /// `None` for a job that had ended before.
    news: Option<watch::Receiver<News>>,
    is_over: bool,
}

impl Teller {
    async fn tell(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        if self.is_over {
            return None;
        }
        while let Some(news) = &mut self.news {
            if matches!(*news.borrow_and_update(), News::Over) || news.changed().await.is_err() {
                break;
            }
            // A slow listener misses what is in between.
            let latest = news.borrow_and_update().clone();
            if let News::Searching(progress) = latest
                && let Ok(event) = Event::default().event("progress").json_data(&*progress)
            {
                return Some((Ok(event), self));
            }
        }
        self.is_over = true;
        let id = self.id;
        let job = off_runtime(&self.jobs, move |jobs| jobs.job(id)).await;
        let event = Event::default().event("job");
        let event = match job {
            Ok(job) => event.json_data(job),
            Err(problem) => event.json_data(problem),
        };
        Some((Ok(event.unwrap_or_default()), self))
    }
}
