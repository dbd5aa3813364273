//! Questions about a finished plan: where does it fit, and why. Each is one handler around [`ask`].

use super::plans::finished;
use crate::jobs::Jobs;
use crate::openapi::{Events, FitsAnswer};
use crate::problem::{Problem, Warning, told};
use crate::request::{Body, Id};
use crate::tasks::question;
use crate::work::NO_FOLDER;
use axum::Json;
use axum::extract::State;
use kring::jiff::civil::Date;
use kring::model::Published;
use kring::model::explanation::{Audience, Explanation, Question};
use kring::model::plan::Unplanned;
use kring::{Cancel, Fit, Plan, Planner, read_document, read_plan};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use utoipa::ToSchema;
use uuid::Uuid;

/// Asks something of a planner and the plan of a finished job, outside the runtime and until its time is over. Events
/// come first where there are any: the planner and the plan are then as they made them. Where people were told the plan, its changes
/// have their price, and nothing is placed before the *now* of the events. The answer comes with the warnings of the events.
async fn ask<T: Send + 'static>(
    jobs: &Arc<Jobs>,
    id: Uuid,
    events: Option<kring::model::Events>,
    is_told: bool,
    of_plan: impl FnOnce(&Planner, &Plan, &Cancel) -> kring::Result<T> + Send + 'static,
) -> Result<(T, Vec<Warning>), Problem> {
    question(jobs, move |jobs| {
        let cancel = Cancel::after(Duration::from_secs(jobs.settings.answer.into()));
        let (document, plan) = finished(jobs, id)?;
        let (mut document, mut plan) = (read_document(&document)?, read_plan(&plan)?);
        let now = events.as_ref().and_then(|events| events.now);
        let mut warnings = Vec::new();
        if let Some(events) = events {
            warnings = told(&events.warnings(&document, &plan)?);
            (document, plan) = events.apply(&document, &plan)?;
        }
        let mut planner = Planner::prepare(&document, Path::new(NO_FOLDER), &cancel)?;
        if is_told {
            let published = Published::new(plan.clone(), now);
            planner = Planner::new(planner.problem().clone().with_published(&published));
        }
        let planner = planner.with_pool(jobs.pool.clone());
        let answer = of_plan(&planner, &plan, &cancel)?;
        if cancel.is_cancelled() {
            jobs.metrics.refused("answer too late");
            return Err(Problem::late());
        }
        Ok((answer, warnings))
    })
    .await
}

/// Where does it fit?
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FitsQuestion {
    /// Client id.
    client: String,
    /// Care line id. Default: every care line of the client.
    care: Option<String>,
    /// What happens first: the new client or visit.
    #[schema(value_type = Option<Events>)]
    events: Option<kring::model::Events>,
}

/// The visits of a client that the plan leaves out, and the cheapest place of each with each nurse on each day. Nothing is changed; the plan
/// counts as published, so that visits that would move have the price of a change.
#[utoipa::path(
    post,
    path = "/v1/jobs/{id}/fits",
    tag = "questions",
    params(("id" = Uuid, Path)),
    request_body = FitsQuestion,
    responses(
        (status = 200, description = "the visits and their places", body = FitsAnswer),
        (status = 404, body = Problem),
        (status = 409, description = "the job has no plan", body = Problem),
        (status = 422, description = "there is no such client or care line", body = Problem),
        (status = 503, description = "too many questions at once, or no answer in time", body = Problem),
    )
)]
pub async fn fits(
    State(jobs): State<Arc<Jobs>>,
    Id(id): Id,
    Body(body): Body,
) -> Result<Json<FitsFound>, Problem> {
    let FitsQuestion { client, care, events } = read(&body)?;
    let found = ask(&jobs, id, events, true, move |planner, plan, cancel| {
        let left_out = planner.left_out(plan, &client, care.as_deref(), cancel)?;
        Ok((left_out, planner.fits(plan, &client, care.as_deref(), cancel)?))
    });
    found.await.map(|((left_out, fits), warnings)| Json(FitsFound { left_out, fits, warnings }))
}

/// What [`FitsAnswer`] describes.
#[derive(Serialize)]
pub struct FitsFound {
    left_out: Vec<Unplanned>,
    fits: Vec<Fit>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<Warning>,
}

/// Why is it so?
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainQuestion {
    /// Client id.
    client: String,
    /// Care line id.
    care: String,
    /// The day of the visit.
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// Who will read the answer. Default: the team.
    #[serde(default)]
    audience: Reader,
}

/// Who will read an answer. It holds only what they may know.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Reader {
    /// The team that plans together.
    #[default]
    Team,
    /// The client.
    Client,
    /// The nurse who makes the visit.
    Nurse,
}

/// Why a visit is with its nurse, and what each other nurse would cost.
#[utoipa::path(
    post,
    path = "/v1/jobs/{id}/explain",
    tag = "questions",
    params(("id" = Uuid, Path)),
    request_body = ExplainQuestion,
    responses(
        (status = 200, description = "the explanation: `kring::model::explanation`", body = Object),
        (status = 404, body = Problem),
        (status = 409, description = "the job has no plan", body = Problem),
        (status = 422, description = "there is no such visit, or this audience may not ask", body = Problem),
        (status = 503, description = "too many questions at once, or no answer in time", body = Problem),
    )
)]
pub async fn explain(
    State(jobs): State<Arc<Jobs>>,
    Id(id): Id,
    Body(body): Body,
) -> Result<Json<Explanation>, Problem> {
    let ExplainQuestion { client, care, date, audience } = read(&body)?;
    let question = Question::Visit { client, care, date };
    let audience = match audience {
        Reader::Team => Audience::Team,
        Reader::Client => Audience::Client,
        Reader::Nurse => Audience::Nurse,
    };
    ask(&jobs, id, None, false, move |planner, plan, cancel| {
        planner.explain(plan, &question, audience, cancel)
    })
    .await
    .map(|(explanation, _)| Json(explanation))
}

/// A question as it was sent.
fn read<T: DeserializeOwned>(body: &str) -> Result<T, Problem> {
    serde_json::from_str(body).map_err(|error| {
        Problem::bad_request(format!("not of the documented form: {error}"), "see /openapi.json")
    })
}
