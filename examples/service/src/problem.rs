//! Answers that say what is wrong: `application/problem+json` (RFC 9457) with the mistakes of kring; and what is probably wrong.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kring::error::ErrorKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Seconds after which a client that was refused for want of room may ask again.
const RETRY_SECONDS: u32 = 5;

/// Most warnings in an answer.
const MOST_WARNINGS: usize = 100;

/// A mistake in what was sent: where it stands, what is wrong, and how to mend it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Mistake {
    /// Path in the document, such as `clients[12].care[0].window`.
    pub path: String,
    /// What is wrong, with the offending value.
    pub problem: String,
    /// What would be right.
    pub mend: String,
    /// Whose it is, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The line of the text, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// Why a request or a job has no answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// The status of HTTP.
    pub status: u16,
    /// What is wrong.
    pub title: String,
    /// How to mend it.
    pub detail: String,
    /// Every mistake of the document, the plan or the events.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mistakes: Vec<Mistake>,
}

impl Problem {
    pub fn new(status: StatusCode, title: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { status: status.as_u16(), title: title.into(), detail: detail.into(), mistakes: Vec::new() }
    }

    pub fn bad_request(title: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, title, detail)
    }

    pub fn unknown_job() -> Self {
        Self::new(StatusCode::NOT_FOUND, "there is no such job", "GET /v1/jobs lists the jobs")
    }

    pub fn stopping() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "the service stops", "ask again when it is back")
    }

    pub fn busy() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "too many questions at once", "ask again later")
    }

    pub fn late() -> Self {
        let title = "no answer in time";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, title, "ask for less, or start with a larger --answer")
    }

    /// A fault of the service. What it was stands in the log, not in the answer.
    pub fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the service failed",
            "the log of the service says where",
        )
    }
}

impl From<&kring::error::Mistake> for Mistake {
    fn from(mistake: &kring::error::Mistake) -> Self {
        Self {
            path: mistake.path.clone(),
            problem: mistake.problem.clone(),
            mend: mistake.mend.clone(),
            of: mistake.of.clone(),
            line: mistake.line,
        }
    }
}

/// What is possible and probably not meant: an event that changes nothing, or one of a day that is over. It is planned all the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Warning {
    /// The kind in one word, such as `event_without_effect`; more kinds may come.
    pub kind: String,
    #[serde(flatten)]
    pub said: Mistake,
}

impl From<&kring::model::warnings::Warning> for Warning {
    fn from(warning: &kring::model::warnings::Warning) -> Self {
        let kind = serde_json::to_value(warning.kind).unwrap_or_default();
        Self { kind: kind.as_str().unwrap_or_default().to_owned(), said: (&warning.said).into() }
    }
}

/// The first of some warnings, as an answer holds them.
pub fn told(warnings: &[kring::model::warnings::Warning]) -> Vec<Warning> {
    warnings.iter().take(MOST_WARNINGS).map(Warning::from).collect()
}

impl From<kring::Error> for Problem {
    fn from(error: kring::Error) -> Self {
        let (status, title) = match error.kind() {
            ErrorKind::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "larger than kring accepts"),
            ErrorKind::Syntax => (StatusCode::BAD_REQUEST, "not of the documented form"),
            ErrorKind::Cancelled => (StatusCode::SERVICE_UNAVAILABLE, "not ready in time"),
            _ => (StatusCode::UNPROCESSABLE_ENTITY, "cannot be planned"),
        };
        let mistakes = error.mistakes().iter().map(Mistake::from);
        let detail = "each mistake says where it stands and how to mend it";
        Self { mistakes: mistakes.collect(), ..Self::new(status, title, detail) }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(&self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        match status {
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(RETRY_SECONDS));
            }
            StatusCode::UNAUTHORIZED => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            _ => {}
        }
        response
    }
}
