//! What requests carry: ids, limits, keys and bodies, each bounded in size and time.

use crate::job::Limits;
use crate::jobs::Jobs;
use crate::problem::Problem;
use crate::store::Key;
use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// Longest idempotency key.
const LONGEST_KEY: usize = 128;

/// Header that makes a repeated request do nothing twice.
pub const KEY: &str = "idempotency-key";

/// The id in the path. Whatever is no id is an unknown job.
pub struct Id(pub Uuid);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        let id = path.ok().and_then(|Path(id)| Uuid::try_parse(&id).ok());
        id.map(Self).ok_or_else(Problem::unknown_job)
    }
}

/// Parameters of the query.
pub struct Parameters<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Parameters<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let found = Query::<T>::from_request_parts(parts, state).await;
        let Query(parameters) =
            found.map_err(|wrong| Problem::bad_request(wrong.body_text(), "see /openapi.json"))?;
        Ok(Self(parameters))
    }
}

/// The body as text, of a size and within a time that the settings bound.
pub struct Body(pub String);

impl FromRequest<Arc<Jobs>> for Body {
    type Rejection = Problem;

    async fn from_request(request: Request, jobs: &Arc<Jobs>) -> Result<Self, Problem> {
        let form = request.headers().get(header::CONTENT_TYPE).and_then(|form| form.to_str().ok());
        let form = form.and_then(|form| form.split(';').next()).unwrap_or_default().trim();
        if !form.eq_ignore_ascii_case("application/json") {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "the body is not said to be JSON",
                "give the header content-type: application/json",
            ));
        }
        let most = jobs.settings.body_bytes();
        let too_large = || {
            let title = format!("the body is larger than {most} bytes");
            Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                title,
                "send a smaller one, or start with a larger --body",
            )
        };
        let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
        if length.and_then(|length| length.parse().ok()).is_some_and(|length: usize| length > most) {
            return Err(too_large());
        }
        let patience = Duration::from_secs(jobs.settings.patience.into());
        let body = tokio::time::timeout(patience, to_bytes(request.into_body(), most)).await;
        let body = body.map_err(|_| {
            let title = format!("the body did not come within {} seconds", patience.as_secs());
            Problem::new(StatusCode::REQUEST_TIMEOUT, title, "send it faster")
        })?;
        // (What is cut off in the middle is told the same; nobody reads that answer.)
        let body = body.map_err(|_| too_large())?;
        let text = String::from_utf8(body.into());
        text.map(Self).map_err(|_| Problem::bad_request("the body is not UTF-8", "write JSON in UTF-8"))
    }
}

/// The limits, if the settings allow them.
pub fn check_limits(limits: Limits, jobs: &Jobs) -> Result<Limits, Problem> {
    let longest = jobs.settings.longest;
    let is_fine =
        limits.seconds > 0.0 && limits.seconds <= f64::from(longest) && limits.iterations != Some(0);
    let detail = format!("give seconds above 0 and at most {longest}, and iterations of 1 or more");
    is_fine.then_some(limits).ok_or_else(|| Problem::bad_request("the limits are out of range", detail))
}

/// What makes the request recognisable, where the client gave a key: `of` names the route and its parameters.
pub fn key(headers: &HeaderMap, of: &str, body: &str) -> Result<Option<Key>, Problem> {
    let Some(key) = headers.get(KEY) else { return Ok(None) };
    let key = key.as_bytes();
    if key.is_empty() || key.len() > LONGEST_KEY {
        let title = "the Idempotency-Key is empty or too long";
        return Err(Problem::bad_request(title, format!("give 1 to {LONGEST_KEY} characters")));
    }
    let request = Sha256::new().chain_update(of).chain_update([0]).chain_update(body).finalize();
    Ok(Some(Key { key: Sha256::digest(key).into(), request: request.into() }))
}
