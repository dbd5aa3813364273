//! Who may ask: whoever knows the token.

use crate::problem::Problem;
use crate::settings::SHORTEST_TOKEN;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The variable of the environment that holds the token. (An argument would stand in the list of processes.)
const VARIABLE: &str = "KRING_SERVICE_TOKEN";

/// Paths that tell nothing of anybody.
const OPEN: [&str; 2] = ["/health", "/openapi.json"];

/// The token, as its hash: hashes are of one length, so that comparing them tells nothing about the length of the token.
#[derive(Clone, Copy)]
pub struct Token([u8; 32]);

impl Token {
    /// The token of the environment.
    ///
    /// # Errors
    /// None, or one that could be guessed.
    pub fn of_environment() -> Result<Self, String> {
        let token = std::env::var(VARIABLE).map_err(|_| format!("{VARIABLE} is not set; see --help"))?;
        let is_plain = token.bytes().all(|byte| byte.is_ascii_graphic());
        if token.len() < SHORTEST_TOKEN || !is_plain {
            return Err(format!(
                "{VARIABLE} must have {SHORTEST_TOKEN} characters or more, without spaces; see --help"
            ));
        }
        Ok(Self(Sha256::digest(token).into()))
    }

    fn is(&self, given: &[u8]) -> bool {
        let given: [u8; 32] = Sha256::digest(given).into();
        self.0.ct_eq(&given).into()
    }
}

/// Answers 401 before anything of the body is read.
pub async fn check(State(token): State<Token>, request: Request, next: Next) -> Response {
    if OPEN.contains(&request.uri().path()) {
        return next.run(request).await;
    }
    let given = request.headers().get(header::AUTHORIZATION).map(|value| value.as_bytes());
    let given = given
        .and_then(|value| value.split_at_checked(7))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case(b"bearer "));
    if given.is_some_and(|(_, given)| token.is(given)) {
        return next.run(request).await;
    }
    let title = "the bearer token is missing or wrong";
    Problem::new(StatusCode::UNAUTHORIZED, title, format!("give the token of {VARIABLE}")).into_response()
}
