//! Jobs: handed in, listed, looked at, cancelled, removed.

use crate::job::{Job, Limits, Task};
use crate::jobs::Jobs;
use crate::openapi::DocumentBody;
use crate::problem::Problem;
use crate::request::{self, Body, Id, Parameters};
use crate::store::Text;
use crate::tasks::{off_runtime, question};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kring::read_document;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Most jobs in one list.
const MOST_LISTED: usize = 100;

/// Hands in a document. It is checked at once and planned in its turn.
///
/// With an `Idempotency-Key` the same request can be sent again: it is answered with the job that the first one made.
#[utoipa::path(
    post,
    path = "/v1/jobs",
    tag = "jobs",
    params(Limits, ("Idempotency-Key" = Option<String>, Header, description = "1 to 128 characters")),
    request_body = DocumentBody,
    responses(
        (status = 202, description = "accepted: the job is on the disk", body = Job),
        (status = 200, description = "the job that this request made before", body = Job),
        (status = 400, description = "not of the documented form", body = Problem),
        (status = 413, description = "too large", body = Problem),
        (status = 422, description = "the document contradicts itself, or the key was used for another request", body = Problem),
        (status = 429, description = "too many jobs wait; see Retry-After", body = Problem),
        (status = 503, description = "the service stops or is busy; see Retry-After", body = Problem),
        (status = 507, description = "too many jobs are kept", body = Problem),
    )
)]
pub async fn submit(
    State(jobs): State<Arc<Jobs>>,
    limits: Result<Parameters<Limits>, Problem>,
    headers: HeaderMap,
    Body(text): Body,
) -> Result<Response, Problem> {
    // After the body, so that the client has sent it and reads the answer.
    let limits = request::check_limits(limits?.0, &jobs)?;
    let key = request::key(&headers, &format!("solve {}", limits.name()), &text)?;
    question(&jobs, move |jobs| {
        read_document(&text)?;
        accepted(jobs.accept(Job::new(Task::Solve, None, limits), &[(Text::Document, &text)], key)?)
    })
    .await
}

/// The answer to a job that was accepted now or before.
pub fn accepted((job, is_new): (Job, bool)) -> Result<Response, Problem> {
    let status = if is_new { StatusCode::ACCEPTED } else { StatusCode::OK };
    let place = format!("/v1/jobs/{}", job.id);
    Ok((status, [(header::LOCATION, place)], Json(job)).into_response())
}

/// Which jobs are listed.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// The last id of the page before.
    #[serde(default)]
    after: Uuid,
}

/// Jobs in the order in which they were accepted.
#[derive(Serialize, ToSchema)]
pub struct JobList {
    jobs: Vec<Job>,
    /// Whether there are further jobs: ask for those after the last id.
    more: bool,
}

/// Lists jobs, 100 at a time.
#[utoipa::path(
    get,
    path = "/v1/jobs",
    tag = "jobs",
    params(Page),
    responses((status = 200, description = "a page of jobs", body = JobList))
)]
pub async fn list(
    State(jobs): State<Arc<Jobs>>,
    Parameters(page): Parameters<Page>,
) -> Result<Json<JobList>, Problem> {
    off_runtime(&jobs, move |jobs| {
        let mut found = jobs.store.jobs(page.after, MOST_LISTED + 1).map_err(|error| jobs.broken(&*error))?;
        let more = found.len() > MOST_LISTED;
        found.truncate(MOST_LISTED);
        Ok(Json(JobList { jobs: found, more }))
    })
    .await
}

/// How a job stands.
#[utoipa::path(
    get,
    path = "/v1/jobs/{id}",
    tag = "jobs",
    params(("id" = Uuid, Path)),
    responses((status = 200, body = Job), (status = 404, body = Problem))
)]
pub async fn status(State(jobs): State<Arc<Jobs>>, Id(id): Id) -> Result<Json<Job>, Problem> {
    off_runtime(&jobs, move |jobs| jobs.job(id).map(Json)).await
}

/// Cancels a job. A search ends within moments and keeps its best plan. A job that has ended stays as it is.
#[utoipa::path(
    post,
    path = "/v1/jobs/{id}/cancel",
    tag = "jobs",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "how the job stands now", body = Job), (status = 404, body = Problem))
)]
pub async fn cancel(State(jobs): State<Arc<Jobs>>, Id(id): Id) -> Result<Json<Job>, Problem> {
    off_runtime(&jobs, move |jobs| jobs.cancel(id).map(Json)).await
}

/// Removes a job that has ended, with its document, its plan and its key.
#[utoipa::path(
    delete,
    path = "/v1/jobs/{id}",
    tag = "jobs",
    params(("id" = Uuid, Path)),
    responses(
        (status = 204, description = "removed"),
        (status = 404, body = Problem),
        (status = 409, description = "it has not ended: cancel it first", body = Problem),
    )
)]
pub async fn remove(State(jobs): State<Arc<Jobs>>, Id(id): Id) -> Result<StatusCode, Problem> {
    off_runtime(&jobs, move |jobs| {
        if jobs.store.remove(id).map_err(|error| jobs.broken(&*error))? {
            return Ok(StatusCode::NO_CONTENT);
        }
        jobs.job(id)?;
        Err(Problem::new(StatusCode::CONFLICT, "the job has not ended", "cancel it first"))
    })
    .await
}
