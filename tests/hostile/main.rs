//! Whatever comes in: an answer or an error, never a panic.

mod instances;
mod odd_documents;
#[allow(dead_code)]
#[path = "../common/random.rs"]
mod random;
#[allow(dead_code)]
#[path = "../common/routing.rs"]
mod routing;
mod texts;
