//! The service itself: its health, its figures, its description.

use crate::jobs::Jobs;
use crate::metrics::FORM;
use crate::problem::Problem;
use crate::tasks::off_runtime;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;
use uuid::Uuid;

/// How the service is.
#[derive(Serialize, ToSchema)]
pub struct Health {
    /// `ok`.
    status: &'static str,
}

/// Whether the service can accept and store. Needs no token and tells nothing else.
#[utoipa::path(
    get,
    path = "/health",
    tag = "service",
    security(()),
    responses(
        (status = 200, description = "it can", body = Health),
        (status = 503, description = "it stops, or its store failed: start it again", body = Problem),
    )
)]
pub async fn health(State(jobs): State<Arc<Jobs>>) -> Result<Json<Health>, Problem> {
    off_runtime(&jobs, |jobs| {
        if jobs.is_stopping() {
            return Err(Problem::stopping());
        }
        if jobs.is_broken() || jobs.store.job(Uuid::nil()).is_err() {
            let title = "the store failed";
            return Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, title, "start the service again"));
        }
        Ok(Json(Health { status: "ok" }))
    })
    .await
}

/// Figures for Prometheus.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "service",
    responses((status = 200, description = "figures", content_type = "application/openmetrics-text", body = String))
)]
pub async fn metrics(State(jobs): State<Arc<Jobs>>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, FORM)], jobs.metrics.text(jobs.queue.waiting()))
}

/// The description of all requests.
pub async fn described(description: Arc<str>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], description.to_string())
}
