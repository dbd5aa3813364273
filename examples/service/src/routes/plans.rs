//! The plan of a job, its document, and planning it again after events.

use super::jobs::accepted;
use crate::job::{Job, Limits, State as JobState, Task};
use crate::jobs::Jobs;
use crate::live::News;
use crate::openapi::{DocumentBody, EventsBody, PlanBody};
use crate::problem::{Problem, told};
use crate::request::{self, Body, Id, Parameters};
use crate::store::Text;
use crate::tasks::{off_runtime, question};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kring::data::text::{Form, event_warnings, read_events};
use kring::{read_document, read_plan, write_plan};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::sync::Arc;
use std::time::Duration;
use utoipa::IntoParams;
use uuid::Uuid;

/// Longest wait for a plan in seconds: shorter than what proxies commonly allow.
const LONGEST_WAIT: u32 = 50;

/// The header that says whether a plan is the last word: the state of its job.
const STATE: HeaderName = HeaderName::from_static("kring-state");

/// How long to wait.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wait {
    /// Seconds to wait for the end of the job, at most 50. Default: 0.
    #[serde(default)]
    wait: u32,
}

/// The plan of a job: the best so far while it is searched, as the header `kring-state` says.
#[utoipa::path(
    get,
    path = "/v1/jobs/{id}/plan",
    tag = "plans",
    params(("id" = Uuid, Path), Wait),
    responses(
        (status = 200, description = "the plan", body = PlanBody, headers(("kring-state" = String))),
        (status = 404, body = Problem),
        (status = 409, description = "there is no plan, or none yet", body = Problem),
    )
)]
pub async fn plan(
    State(jobs): State<Arc<Jobs>>,
    Id(id): Id,
    Parameters(Wait { wait }): Parameters<Wait>,
) -> Result<Response, Problem> {
    if let Some(live) = jobs.live.of(id) {
        let wait = Duration::from_secs(wait.min(LONGEST_WAIT).into());
        let mut news = live.news.subscribe();
        // The time may pass: then the best plan so far is the answer.
        let _ = tokio::time::timeout(wait, news.wait_for(|news| matches!(news, News::Over))).await;
    }
    off_runtime(&jobs, move |jobs| {
        // Asked before the store, so that a job that ends meanwhile is found there.
        let news = jobs.live.of(id).map(|live| live.news.borrow().clone());
        let job = jobs.job(id)?;
        let text = match (job.state, news) {
            (JobState::Finished, _) => jobs.text(id, Text::Plan)?,
            (_, Some(News::Searching(progress))) => progress.plan().map(|(plan, _)| write_plan(&plan)),
            _ => None,
        };
        let text = text.ok_or_else(|| {
            let title = format!("the job is {} and has no plan", job.state.name());
            Problem::new(StatusCode::CONFLICT, title, "wait, or look at the job")
        })?;
        Ok(([(STATE, job.state.name())], json(text)).into_response())
    })
    .await
}

/// The document that the plan of a job is a plan of. Of a replanned job: as the events made it, once it is finished.
#[utoipa::path(
    get,
    path = "/v1/jobs/{id}/document",
    tag = "plans",
    params(("id" = Uuid, Path)),
    responses((status = 200, body = DocumentBody), (status = 404, body = Problem))
)]
pub async fn document(State(jobs): State<Arc<Jobs>>, Id(id): Id) -> Result<Response, Problem> {
    off_runtime(&jobs, move |jobs| {
        let text = jobs.text(id, Text::Document)?;
        text.map(|text| json(text).into_response()).ok_or_else(Problem::unknown_job)
    })
    .await
}

/// Plans again from the plan of a finished job, after events: a new job, which is accepted as a document is. Its `warnings` are what the
/// events probably do not mean.
#[utoipa::path(
    post,
    path = "/v1/jobs/{id}/replan",
    tag = "plans",
    params(("id" = Uuid, Path), Limits, ("Idempotency-Key" = Option<String>, Header, description = "1 to 128 characters")),
    request_body = EventsBody,
    responses(
        (status = 202, description = "accepted: the job is on the disk", body = Job),
        (status = 200, description = "the job that this request made before", body = Job),
        (status = 404, body = Problem),
        (status = 409, description = "the job has no plan", body = Problem),
        (status = 422, description = "the events do not belong to the document", body = Problem),
        (status = 429, description = "too many jobs wait; see Retry-After", body = Problem),
    )
)]
pub async fn replan(
    State(jobs): State<Arc<Jobs>>,
    Id(id): Id,
    limits: Result<Parameters<Limits>, Problem>,
    headers: HeaderMap,
    Body(events): Body,
) -> Result<Response, Problem> {
    // After the body, so that the client has sent it and reads the answer.
    let limits = request::check_limits(limits?.0, &jobs)?;
    let key = request::key(&headers, &format!("replan {id} {}", limits.name()), &events)?;
    question(&jobs, move |jobs| {
        let (document, published) = finished(jobs, id)?;
        only_json(&events)?;
        // Said now rather than by a job that fails.
        let warnings = event_warnings(
            &read_events(&events, Form::Json)?,
            &read_document(&document)?,
            &read_plan(&published)?,
            &events,
            Form::Json,
        )?;
        let job = Job { warnings: told(&warnings), ..Job::new(Task::Replan, Some(id), limits) };
        // A copy of what it starts from, so that the other job may be removed.
        let texts = [(Text::Document, &*document), (Text::Published, &*published), (Text::Events, &*events)];
        accepted(jobs.accept(job, &texts, key)?)
    })
    .await
}

/// Document and plan of a finished job, as texts.
pub fn finished(jobs: &Jobs, id: Uuid) -> Result<(String, String), Problem> {
    let job = jobs.job(id)?;
    if job.state != JobState::Finished {
        let title = format!("the job is {} and has no plan", job.state.name());
        return Err(Problem::new(StatusCode::CONFLICT, title, "name a finished job"));
    }
    let text = |text| jobs.text(id, text)?.ok_or_else(Problem::unknown_job);
    Ok((text(Text::Document)?, text(Text::Plan)?))
}

/// (kring reads events as YAML, which knows more than JSON.)
fn only_json(text: &str) -> Result<(), Problem> {
    match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) => Ok(()),
        Err(error) => {
            Err(Problem::bad_request(format!("the body is not JSON: {error}"), "mend the JSON there"))
        }
    }
}

fn json(text: String) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], text)
}
