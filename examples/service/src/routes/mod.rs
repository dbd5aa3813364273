//! The requests that the service answers, a file for each subject.

mod events;
mod jobs;
mod plans;
mod questions;
mod service;

use crate::auth::{self, Token};
use crate::jobs::Jobs;
use crate::metrics::Request as Answered;
use crate::openapi;
use crate::problem::Problem;
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use std::sync::Arc;
use std::time::Instant;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// All routes, behind the token.
pub fn router(jobs: &Arc<Jobs>, token: Token) -> Router {
    let (router, description) = OpenApiRouter::with_openapi(openapi::head())
        .routes(routes!(jobs::submit, jobs::list))
        .routes(routes!(jobs::status, jobs::remove))
        .routes(routes!(jobs::cancel))
        .routes(routes!(events::events))
        .routes(routes!(plans::plan))
        .routes(routes!(plans::document))
        .routes(routes!(plans::replan))
        .routes(routes!(questions::fits))
        .routes(routes!(service::health))
        .routes(routes!(service::metrics))
        .split_for_parts();
    let description: Arc<str> = openapi::complete(&description).into();
    router
        .route("/openapi.json", get(move || service::described(description.clone())))
        .method_not_allowed_fallback(wrong_method)
        .fallback(nothing_here)
        .layer(from_fn_with_state(token, auth::check))
        .layer(from_fn_with_state(jobs.clone(), note))
        .with_state(jobs.clone())
}

async fn nothing_here() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "there is nothing at this path", "GET /openapi.json lists the paths")
}

async fn wrong_method() -> Problem {
    let title = "the path is not asked in this way";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, title, "GET /openapi.json lists the methods")
}

/// Counts and logs every request by its route: no ids of people, no content, no query.
async fn note(State(jobs): State<Arc<Jobs>>, request: Request, next: Next) -> Response {
    let begin = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let response = next.run(request).await;
    let seconds = begin.elapsed().as_secs_f64();
    let status = response.status().as_u16();
    tracing::info!(%method, route, status, milliseconds = seconds * 1e3, "answered");
    jobs.metrics.answered(&Answered { route, status }, seconds);
    response
}
